"""The visits of a period with what a visitor register has of them, as everybody may read it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from reception import tables
from reception import text as rules
from reception.context import Session
from reception.errors import InputError
from reception.facts import EntryRow, Kind, Sex, Visibility
from reception.numbers import day_date
from reception.operations import reading, veiling

_E, _D, _N = tables.entry, tables.desk, tables.party


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit. ``document`` is masked (``****1234``); nothing is said of who is not to be disclosed."""

    row: EntryRow
    sex: Sex | None
    document: str
    wanted: str


def between(session: Session, first_day: int, last_day: int, desk: str | None = None) -> tuple[Visit, ...]:
    """The visits of the days (``YYYYMMDD``, both included) in the order of their numbers, veiled for paper.

    Raises:
        ValueError: there is no such day.
        InputError: the period ends before it begins.
    """
    day_date(first_day), day_date(last_day)
    if last_day < first_day:
        raise InputError("The last day is before the first.", field="last_day")
    query = (
        reading.entry_columns()
        .add_columns(_N.c.sex, _N.c.document_number)
        .where(_E.c.kind == Kind.VISIT.value, _E.c.day >= first_day, _E.c.day <= last_day)
        .order_by(*reading.ORDER)
    )
    if desk is not None:
        query = query.where(_E.c.desk_id == select(_D.c.id).where(_D.c.code == desk).scalar_subquery())
    found = session.connection().execute(query).mappings().all()
    rows = veiling.entries(session, map(reading.entry_row, found), on_paper=True)
    visits = []
    for row, one in zip(rows, found, strict=True):
        known, sealed = not row.identity_protected, veiling.of(row.category) is Visibility.SEALED
        visits.append(
            Visit(
                row=row,
                sex=Sex(one["sex"]) if known and one["sex"] else None,
                document=rules.mask_document(one["document_number"] or "") if known else "",
                wanted="" if sealed else one["wanted"],
            )
        )
    return tuple(visits)
