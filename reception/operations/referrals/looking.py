"""Looking referrals up: by name, in lists, in numbers."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import func, select

from reception import scope, tables
from reception.context import Session
from reception.errors import NotFoundError
from reception.facts import (
    PartStatus,
    PartView,
    Place,
    ReferralRow,
    ReferralView,
    Role,
)
from reception.numbers import PartName, parse_part
from reception.operations import to_do, veiling
from reception.operations.reading import find_entry
from reception.operations.referral_views import part_columns, part_view, referral_views
from reception.scope import open_to_departments

_E, _P, _D = tables.entry, tables.part, tables.department
FILTERS = to_do.FILTERS


@open_to_departments
def find_part(session: Session, text: str) -> PartView:
    """The part named ``20261122-001/JC``; for a bare number the lead's part of the latest referral.

    A department finds its own latest one.
    Raises InputError, NotFoundError; StateError for a sealed entry, of which a department finds its part.
    """
    name = parse_part(text)
    number = name.number if isinstance(name, PartName) else name
    entry_id = find_entry(session, number)
    category = session.connection().scalar(select(_E.c.category).where(_E.c.id == entry_id))
    query = part_columns().where(_P.c.entry_id == entry_id)
    mine = scope.department(session)
    if mine is not None:
        query = query.where(_P.c.department_id == mine)
    else:
        veiling.refuse_sealed(session, category, str(number))
    if isinstance(name, PartName):
        query = query.where(_D.c.code == name.department, _P.c.sending == name.sending)
    elif mine is None:
        query = query.where(_P.c.role == Role.LEAD)
    if not isinstance(name, PartName):
        query = query.where(_P.c.status != PartStatus.WITHDRAWN.value)
    row = session.connection().execute(query.order_by(_P.c.id.desc()).limit(1)).mappings().one_or_none()
    if row is None:
        raise NotFoundError("{name} is not referred there.", field="number", name=str(name))
    return veiling.facts(session, [(part_view(row, str(number)), category)])[0]


@open_to_departments
def find_referral(session: Session, text: str) -> ReferralView:
    """The referral that a part's name or an entry's number means. Raises InputError, NotFoundError."""
    part = find_part(session, text)
    query = select(_P.c.referral_id, _P.c.entry_id, _E.c.category).join(_E, _E.c.id == _P.c.entry_id)
    row = session.connection().execute(query.where(_P.c.id == part.id)).one()
    number = part.name.partition("/")[0]
    views = referral_views(session, row.entry_id, number)
    found = next(one for one in views if one.id == row.referral_id)
    return veiling.facts(session, [(found, row.category)])[0]


@open_to_departments
def rows(
    session: Session,
    *,
    which: str = "open",
    department: str = "",
    before: Place | None = None,
    limit: int = 100,
) -> tuple[ReferralRow, ...]:
    """Parts of referrals as ``to_do.rows`` lists them. Raises InputError, NotFoundError."""
    listed = to_do.rows(session, which=which, department=department, before=before, limit=limit)
    return tuple(replace(row.referral, place=row.place) for row in listed if row.referral is not None)


def count(session: Session) -> dict[str, int]:
    """How many parts of referrals that are not closed stand where, by status."""
    query = select(_P.c.waits, func.count()).where(_P.c.waits.is_not(None)).group_by(_P.c.waits)
    return {row[0]: row[1] for row in session.connection().execute(query)}
