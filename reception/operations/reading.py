"""Reading entries: one shape for a day, a list, the sheet and a search; and the whole of one entry."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import RowMapping, Select, bindparam, select, tuple_

from reception import tables
from reception import text as rules
from reception.context import Session
from reception.errors import NotFoundError
from reception.facts import (
    CONTACTS,
    Act,
    CallResult,
    Category,
    Details,
    EntryRow,
    EntryStatus,
    EntryView,
    Kind,
    Party,
    ReferralStatus,
    Sex,
    Source,
    Urgency,
    Visibility,
    Visits,
)
from reception.numbers import Number, parse_number
from reception.operations import veiling
from reception.tables.among import IDS, among, on_server

_E, _D = tables.entry, tables.department
ORDER = (_E.c.day, _E.c.epoch, _E.c.sequence, _E.c.desk_id)
_LATEST = tables.referral.alias("latest")
_REFERRAL = (
    select(_LATEST.c.status)
    .where(_LATEST.c.entry_id == _E.c.id, _LATEST.c.status != ReferralStatus.WITHDRAWN.value)
    .order_by(_LATEST.c.ordinal.desc())
    .limit(1)
    .correlate(_E)
    .scalar_subquery()
)


def entry_columns() -> Select[Any]:
    """The statement under every list of entries: one row an entry, names instead of ids."""
    person = tables.party
    return (
        select(
            _E,
            tables.desk.c.code.label("desk_code"),
            tables.operator.c.name.label("operator_name"),
            person.c.name.label("person"),
            person.c.phone,
            person.c.organisation,
            tables.matter.c.name.label("matter_name"),
            _D.c.code.label("department_code"),
            _D.c.name.label("department_name"),
            _REFERRAL.label("referral_status"),
        )
        .join(tables.desk, tables.desk.c.id == _E.c.desk_id)
        .join(tables.operator, tables.operator.c.id == _E.c.operator_id)
        .outerjoin(person, (person.c.entry_id == _E.c.id) & (person.c.position == 0))
        .outerjoin(tables.matter, tables.matter.c.id == _E.c.matter_id)
        .outerjoin(_D, _D.c.id == _E.c.department_id)
    )


_COLUMNS = entry_columns()
_DAY = _COLUMNS.where(_E.c.day == bindparam("day"))
_NEWEST = (_E.c.id + 0).desc()
"""As they came, whichever desk took them; not by the index of ids, which leads to those of all days."""


# Looking a word up is many times cheaper than calling its class, and a day has a thousand of them.
KIND: dict[str, Kind] = {one.value: one for one in Kind}
CATEGORY: dict[str | None, Category | None] = {None: None, **{one.value: one for one in Category}}
URGENCY: dict[str, Urgency] = {one.value: one for one in Urgency}
ACT: dict[str | None, Act | None] = {None: None, **{one.value: one for one in Act}}
RESULT: dict[str | None, CallResult | None] = {None: None, **{one.value: one for one in CallResult}}
STATUS: dict[str, EntryStatus] = {one.value: one for one in EntryStatus}
STANDS: dict[str | None, ReferralStatus | None] = {None: None, **{one.value: one for one in ReferralStatus}}


def entry_row(row: RowMapping) -> EntryRow:
    """A row of ``entry_columns`` as a fact."""
    return EntryRow(
        id=row["id"],
        uid=str(row["uid"]),
        number=str(Number(row["day"], row["sequence"], row["desk_code"], row["epoch"])),
        day=row["day"],
        sequence=row["sequence"],
        desk=row["desk_code"],
        kind=KIND[row["kind"]],
        received_at=row["received_at"],
        late=row["late"],
        name=row["person"] or "",
        phone=row["phone"] or "",
        organisation=row["organisation"] or "",
        party_size=row["party_size"],
        matter=row["matter_name"] or "",
        subject=row["subject"],
        request=row["request"],
        outcome=row["outcome"],
        category=CATEGORY[row["category"]],
        urgency=URGENCY[row["urgency"]],
        act=ACT[row["act"]],
        call_result=RESULT[row["call_result"]],
        department=row["department_code"] or "",
        department_name=row["department_name"] or "",
        status=STATUS[row["status"]],
        referral_status=STANDS[row["referral_status"]],
        operator=row["operator_name"],
        waiting_since=row["waiting_since"],
        seen_at=row["seen_at"],
        left_at=row["left_at"],
        identity_protected=row["identity_protected"],
        callback_wanted=row["callback_wanted"],
        void_reason=row["void_reason"],
        version=row["version"],
        left_estimated=bool(row["left_estimated"]),
    )


def day_rows(
    session: Session,
    day: int,
    *,
    before: int | None = None,
    limit: int | None = None,
    desk: str | None = None,
    newest_first: bool = True,
) -> tuple[EntryRow, ...]:
    """The entries of a day: on paper in the order of their numbers, in the window as they came.

    Args:
        session: the transaction.
        day: ``YYYYMMDD``.
        before: id of the last entry of the page above, for the next page.
        limit: how many at most.
        desk: only this desk's.
        newest_first: as the window shows it; False as paper does. Paging goes the same way.
    """
    query = _DAY.order_by(_NEWEST) if newest_first else _DAY.order_by(*ORDER)
    if desk is not None:
        query = query.where(tables.desk.c.code == desk)
    if before is not None and newest_first:
        query = query.where(_E.c.id < before)
    elif before is not None:
        place = session.connection().execute(select(*ORDER).where(_E.c.id == before)).one_or_none()
        if place is None:
            return ()
        query = query.where(tuple_(*ORDER) > tuple(place))
    if limit is not None:
        query = query.limit(limit)
    found = session.connection().execute(query, {"day": day}).mappings().all()
    return with_names(session, veiling.entries(session, [entry_row(row) for row in found]))


def rows(session: Session, ids: Sequence[int]) -> tuple[EntryRow, ...]:
    """These entries, ascending by id; ids that do not exist are left out."""
    connection = session.connection()
    query = _these(server=on_server(connection))
    found = connection.execute(query, {IDS: list(ids)}).mappings().all()
    return with_names(session, veiling.entries(session, [entry_row(row) for row in found]))


@cache
def _these(*, server: bool) -> Select[Any]:
    return _COLUMNS.where(among(_E.c.id, server=server)).order_by(_E.c.id)


def with_names(session: Session, found: tuple[EntryRow, ...]) -> tuple[EntryRow, ...]:
    """The rows, papers with their sender, jobs with their leader, notices with whoever convenes."""
    if all(row.kind in CONTACTS for row in found):
        return found
    from reception.operations.office import whose  # a day of visits and calls pays nothing for it

    return whose.named(session, found)


def person(row: EntryRow) -> str:
    """Who an entry is from, where a list has room for one name.

    Where nobody has a name it is the organisation: of who called, or of who sent a paper. The place of a
    meeting is nobody.
    """
    return row.name or ("" if row.kind is Kind.MEETING else row.organisation)


def find_number(session: Session, text: str) -> int:
    """The id of the entry with this number. Raises InputError (no number), NotFoundError."""
    return find_entry(session, parse_number(text))


def find_entry(session: Session, number: Number) -> int:
    """The id of the entry with this number. Raises NotFoundError."""
    query = (
        select(_E.c.id)
        .join(tables.desk, tables.desk.c.id == _E.c.desk_id)
        .where(
            _E.c.day == number.day,
            _E.c.epoch == number.epoch,
            _E.c.sequence == number.sequence,
            tables.desk.c.code == number.desk,
        )
    )
    found = session.connection().scalar(query)
    if found is None:
        raise NotFoundError("There is no entry {number}.", field="number", number=str(number))
    return int(found)


def entry(session: Session, entry_id: int) -> EntryView:
    """The whole of one entry as whoever sits here sees it, document numbers masked. Raises NotFoundError."""
    from reception.operations import (
        notices,
        owing,
        referral_views,
        trail,
    )  # the day's list is read without them

    connection = session.connection()
    row = connection.execute(_COLUMNS.where(_E.c.id == entry_id)).mappings().one_or_none()
    if row is None:
        raise NotFoundError("There is no such entry.", field="number")
    fact = entry_row(row)
    persons = (
        select(tables.party).where(tables.party.c.entry_id == entry_id).order_by(tables.party.c.position)
    )
    whole = EntryView(
        row=fact,
        matter_id=row["matter_id"],
        department_id=row["department_id"],
        parties=tuple(_party(one) for one in connection.execute(persons).mappings()),
        details=details_of(row),
        referrals=tuple(
            one
            for one in referral_views.referral_views(session, entry_id, fact.number)
            if one.status is not ReferralStatus.WITHDRAWN  # the trail tells of it
        ),
        trail=trail.lines(
            session, "entry", entry_id, people=veiling.of(fact.category) is not Visibility.MASKED
        ),
        callbacks=owing.views(session, entry_id),
        notices=notices.views(session, entry_id),
        case=next(iter(rows(session, [row["case_id"]])), None) if row["case_id"] is not None else None,
        enquiries=_enquiries(session, entry_id),
        concerned=connection.scalar(select(_D.c.code).where(_D.c.id == row["concerned_id"])) or ""
        if row["concerned_id"] is not None
        else "",
    )
    return veiling.view(session, whole)


def _enquiries(session: Session, entry_id: int) -> tuple[EntryRow, ...]:
    asked = _COLUMNS.where(_E.c.case_id == entry_id).order_by(_E.c.id)
    found = session.connection().execute(asked).mappings()
    return veiling.entries(session, [entry_row(row) for row in found])


def parties(session: Session, entry_id: int) -> tuple[Party, ...]:
    """The persons of an entry with their document numbers whole: for correcting them, never for showing."""
    persons = (
        select(tables.party).where(tables.party.c.entry_id == entry_id).order_by(tables.party.c.position)
    )
    return tuple(_party(one, whole=True) for one in session.connection().execute(persons).mappings())


def _party(row: RowMapping, *, whole: bool = False) -> Party:
    number = row["document_number"]
    return Party(
        name=row["name"],
        phone=row["phone"],
        organisation=row["organisation"],
        sex=Sex(row["sex"]) if row["sex"] else None,
        document_type=row["document_type"],
        document_number=number if whole else rules.mask_document(number),
        person_id=row["person_id"],
    )


def details_of(row: RowMapping) -> Details:
    """The rarely used fields of an entry's row."""
    return Details(
        urgency=Urgency(row["urgency"]),
        visits=Visits(row["visits"]) if row["visits"] else None,
        complained_about=row["complained_about"],
        people_concerned=row["people_concerned"],
        amount=row["amount"],
        since=row["since"],
        evidence=row["evidence"],
        papers=row["papers"],
        identity_protected=row["identity_protected"],
        wanted=row["wanted"],
        plate=row["plate"],
        read_back=row["read_back"],
        callback_wanted=row["callback_wanted"],
        source=Source(row["source"]) if row["source"] else None,
        source_number=row["source_number"],
        concerned_id=row["concerned_id"],
    )
