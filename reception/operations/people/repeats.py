"""初访 or 重访: whether somebody comes about a matter for the first time or again."""

from __future__ import annotations

from sqlalchemy import RowMapping, select

from reception import tables
from reception.context import Session
from reception.facts import EntryStatus, Kind, Visits
from reception.operations.people import links, offers

_E, _N = tables.entry, tables.party


def visits(session: Session, entry_id: int) -> Visits | None:
    """What the clerk said of a visit; else what the register knows of the main person; None: not known.

    It is a repeat visit where it asks about a matter again, or where the person came about the same matter
    of the catalogue before; a first one where the person did not, as far as every matter is known. Visits
    that are void or came later do not count, so that the answer stays.
    """
    connection = session.connection()
    entry = connection.execute(select(_E).where(_E.c.id == entry_id)).mappings().one()
    if entry["visits"]:
        return Visits(entry["visits"])
    if entry["case_id"] is not None:
        return Visits.REPEAT
    party = select(_N.c.person_id).where(_N.c.entry_id == entry_id, _N.c.position == 0)
    person_id = connection.scalar(party)
    if person_id is None:
        return None
    matters = _earlier_matters(session, entry, person_id)
    if entry["matter_id"] is not None and entry["matter_id"] in matters:
        return Visits.REPEAT
    known = not matters or (entry["matter_id"] is not None and None not in matters)
    return Visits.FIRST if known else None


def _earlier_matters(session: Session, entry: RowMapping, person_id: int) -> set[int | None]:
    """The matters of the person's visits before this one, None among them for one without a matter."""
    connection = session.connection()
    group = offers.members(connection, [links.root(connection, person_id)])
    query = (
        select(_E.c.matter_id)
        .join(_N, _N.c.entry_id == _E.c.id)
        .where(
            _N.c.person_id.in_(group),
            _E.c.kind == Kind.VISIT.value,
            _E.c.status != EntryStatus.VOID.value,
            _E.c.id != entry["id"],
            _E.c.received_at < entry["received_at"],
        )
    )
    return set(connection.scalars(query))
