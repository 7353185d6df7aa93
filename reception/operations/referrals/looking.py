"""Looking referrals up: by name, in lists, in numbers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping, Select, func, select

from reception import tables
from reception.context import Session
from reception.errors import InputError, NotFoundError
from reception.facts import (
    Kind,
    PartStatus,
    PartView,
    ReferralRow,
    ReferralStatus,
    ReferralView,
    Role,
    Urgency,
)
from reception.numbers import Number, PartName, parse_part
from reception.operations.reading import among_running, find_entry, part_columns, part_view, referral_views
from reception.operations.referring import RUNNING

_E, _R, _P, _D = tables.entry, tables.referral, tables.part, tables.department
FILTERS = ("open", "all", "sent", "received", "returned", "answered")


def find_part(session: Session, text: str) -> PartView:
    """The part named ``20261122-001/JC``; for a bare number the lead's part of the latest referral.

    Raises InputError, NotFoundError.
    """
    name = parse_part(text)
    entry_id = find_entry(session, name.number if isinstance(name, PartName) else name)
    query = part_columns().where(_P.c.entry_id == entry_id)
    if isinstance(name, PartName):
        query = query.where(_D.c.code == name.department, _P.c.sending == name.sending)
    else:
        query = query.where(_P.c.role == Role.LEAD, _P.c.status != PartStatus.WITHDRAWN.value)
    row = session.connection().execute(query.order_by(_P.c.id.desc()).limit(1)).mappings().one_or_none()
    if row is None:
        raise NotFoundError("{name} is not referred there.", field="number", name=str(name))
    return part_view(row, str(name.number if isinstance(name, PartName) else name))


def find_referral(session: Session, text: str) -> ReferralView:
    """The referral that a part's name or an entry's number means. Raises InputError, NotFoundError."""
    part = find_part(session, text)
    row = (
        session.connection().execute(select(_P.c.referral_id, _P.c.entry_id).where(_P.c.id == part.id)).one()
    )
    number = part.name.partition("/")[0]
    return next(one for one in referral_views(session, row.entry_id, number) if one.id == row.referral_id)


def rows(
    session: Session,
    *,
    which: str = "open",
    department: str = "",
    before: int | None = None,
    limit: int = 100,
) -> tuple[ReferralRow, ...]:
    """Parts in the list of referrals, newest first; ``before`` is the last part id of the page above.

    ``which`` is one of ``FILTERS``: ``open`` holds every part whose referral is not closed. Raises
    InputError.
    """
    if which not in FILTERS:
        raise InputError("'{value}' is not known here.", field="which", value=which)
    query = _list_columns().order_by(_P.c.id.desc()).limit(limit)
    if which != "all":
        query = query.where(_R.c.status.in_(RUNNING))
    if which not in ("open", "all"):
        query = query.where(among_running(_P.c.status) == which)
    if department:
        query = query.where((_D.c.code if which == "all" else among_running(_D.c.code)) == department)
    if before is not None:
        query = query.where(_P.c.id < before)
    return tuple(_row(one) for one in session.connection().execute(query).mappings())


def count(session: Session) -> dict[str, int]:
    """How many parts of referrals that are not closed stand where, by status."""
    query = (
        select(_P.c.status, func.count())
        .join(_R, _R.c.id == _P.c.referral_id)
        .where(_R.c.status.in_(RUNNING))
        .group_by(_P.c.status)
    )
    return {row[0]: row[1] for row in session.connection().execute(query)}


def _list_columns() -> Select[Any]:
    person = tables.party
    return (
        part_columns()
        .add_columns(
            _R.c.id.label("referral_row_id"),
            _R.c.status.label("referral_status"),
            _R.c.instruction,
            _E.c.id.label("entry_row_id"),
            _E.c.day,
            _E.c.epoch,
            _E.c.sequence,
            _E.c.kind,
            _E.c.received_at.label("entry_received_at"),
            _E.c.subject,
            _E.c.urgency,
            _E.c.version,
            _E.c.identity_protected,
            tables.desk.c.code.label("desk_code"),
            person.c.name.label("person"),
            person.c.phone.label("person_phone"),
            tables.matter.c.name.label("matter"),
        )
        .join(_R, _R.c.id == _P.c.referral_id)
        .join(_E, _E.c.id == _P.c.entry_id)
        .join(tables.desk, tables.desk.c.id == _E.c.desk_id)
        .outerjoin(person, (person.c.entry_id == _E.c.id) & (person.c.position == 0))
        .outerjoin(tables.matter, tables.matter.c.id == _E.c.matter_id)
    )


def _row(row: RowMapping) -> ReferralRow:
    number = str(Number(row["day"], row["sequence"], row["desk_code"], row["epoch"]))
    return ReferralRow(
        part=part_view(row, number),
        referral_id=row["referral_row_id"],
        referral_status=ReferralStatus(row["referral_status"]),
        entry_id=row["entry_row_id"],
        number=number,
        kind=Kind(row["kind"]),
        received_at=row["entry_received_at"],
        person=row["person"] or "",
        phone=row["person_phone"] or "",
        matter=row["matter"] or "",
        subject=row["subject"],
        instruction=row["instruction"],
        urgency=Urgency(row["urgency"]),
        entry_version=row["version"],
        identity_protected=row["identity_protected"],
    )
