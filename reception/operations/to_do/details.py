"""What the rows of one page show: read by their ids, once their places in the list are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import RowMapping, Select, func, select

from reception import tables
from reception.context import Session
from reception.facts import (
    CONTACTS,
    Category,
    Kind,
    PartStatus,
    ReferralRow,
    ReferralStatus,
    Role,
    Source,
    StepKind,
    Todo,
    Urgency,
    Way,
)
from reception.numbers import Number, slip_number
from reception.operations import site, terms
from reception.operations.referral_views import part_columns, part_view
from reception.operations.to_do.finding import AT_DEPARTMENTS
from reception.operations.to_do.moment import Moment
from reception.tables import standing
from reception.tables.among import IDS, among, on_server

_E, _R, _P, _S = tables.entry, tables.referral, tables.part, tables.step


def _of_request(column: str) -> Any:
    """A column of the request for more time on which nobody has decided."""
    asked = _S.alias("asked")
    anew = _S.alias("anew")
    kinds = (StepKind.REOPENED.value, StepKind.REROUTED.value)
    last = select(func.max(anew.c.ordinal)).where(anew.c.referral_id == _R.c.id, anew.c.kind.in_(kinds))
    query = select(asked.c[column]).where(
        asked.c.referral_id == _R.c.id,
        asked.c.kind == StepKind.ASKED.value,
        asked.c.replied_at.is_(None),
        asked.c.ordinal > func.coalesce(last.correlate(_R).scalar_subquery(), 0),
        _R.c.waits == standing.ASKED,
    )
    return query.order_by(asked.c.ordinal.desc()).limit(1).correlate(_R).scalar_subquery()


def _columns() -> Select[Any]:
    person, matter = tables.party, tables.matter
    reminders = (
        select(func.count())
        .select_from(_S)
        .where(_S.c.referral_id == _R.c.id, _S.c.kind == StepKind.REMINDER.value)
        .scalar_subquery()
    )
    return (
        part_columns()
        .add_columns(
            _R.c.status.label("referral_status"),
            _R.c.waits.label("referral_waits"),
            _R.c.instruction,
            *(_R.c[name] for name in _OF_REFERRAL),
            reminders.label("reminders"),
            _of_request("words").label("asked"),
            _of_request("rung").label("asked_amount"),
            _E.c.day,
            _E.c.epoch,
            _E.c.sequence,
            _E.c.kind,
            _E.c.received_at.label("entry_received_at"),
            *(_E.c[name] for name in _OF_ENTRY),
            tables.desk.c.code.label("desk_code"),
            person.c.name.label("person"),
            person.c.phone.label("person_phone"),
            matter.c.name.label("matter"),
        )
        .join(_R, _R.c.id == _P.c.referral_id)
        .join(_E, _E.c.id == _P.c.entry_id)
        .join(tables.desk, tables.desk.c.id == _E.c.desk_id)
        .outerjoin(person, (person.c.entry_id == _E.c.id) & (person.c.position == 0))
        .outerjoin(matter, matter.c.id == _E.c.matter_id)
    )


_OF_REFERRAL = (
    *("limit_amount", "limit_clock", "remind_days", "started_at", "due_day", "due_at", "provisional"),
    *("paused_at", "leader_asked", "person_asked", "leader", "slip_year", "slip_number"),
    *("press_at", "reminded"),
)
_OF_ENTRY = ("subject", "urgency", "version", "identity_protected", "category", "source")


@cache
def _these_parts(*, server: bool) -> Select[Any]:
    """Made once: to put such a statement together takes longer than to run it."""
    return _columns().where(among(_P.c.id, server=server))


@cache
def _leads(*, server: bool) -> Select[Any]:
    return _columns().where(
        among(_P.c.referral_id, server=server), _P.c.role == Role.LEAD.value, _P.c.waits.is_not(None)
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """A part as the list shows it, and what is to be done about it."""

    what: Todo
    row: ReferralRow
    since: Any
    rung: int | None
    way: Way | None


def parts(session: Session, now: Moment, ids: Sequence[int]) -> dict[int, Shown]:
    """These parts, by their ids."""
    found = _read(session, _these_parts, ids)
    return {row["id"]: shown for row, shown in _shown(session, now, found)}


def leads(session: Session, now: Moment, referral_ids: Sequence[int]) -> dict[int, Shown]:
    """The parts of the lead departments of these referrals, by the referrals' ids."""
    found = _read(session, _leads, referral_ids)
    return {row["referral_id"]: shown for row, shown in _shown(session, now, found)}


def _read(session: Session, made: Callable[..., Select[Any]], ids: Sequence[int]) -> Sequence[RowMapping]:
    if not ids:
        return ()
    connection = session.connection()
    query = made(server=on_server(connection))
    return connection.execute(query, {IDS: list(ids)}).mappings().all()


def _shown(session: Session, now: Moment, found: Sequence[RowMapping]) -> list[tuple[RowMapping, Shown]]:
    named = any(row["slip_number"] is not None for row in found)
    form = site.slip_form(session) if named else ""
    senders = _senders(session, found)
    shown = []
    # the one overdue longest first: its working days tell those of the others
    for row in sorted(found, key=lambda one: one["due_day"] or 0):
        what, rung = what_of(row, now), None
        if row["referral_waits"] == standing.DEPARTMENT and row["role"] == Role.LEAD:
            rung = now.rung(row["press_at"], row["reminded"], row["remind_days"])
        one = Shown(
            what,
            _fact(row, now, what, form, senders.get(row["entry_id"], "")),
            _since(row, what),
            rung.days if rung else None,
            rung.way if rung else None,
        )
        shown.append((row, one))
    return shown


def what_of(row: RowMapping, now: Moment) -> Todo:
    """The most pressing of what is to be done about a part: the order of ``finding``, for one row."""
    state, waits = row["waits"], row["referral_waits"]
    if state is None:
        return Todo.ENDED
    late = state == PartStatus.SENT and row["sent_at"] <= now.late
    if row["role"] != Role.LEAD:
        return _assisting(state, late=late)
    if waits in _AFTER_THE_ANSWER:
        return _AFTER_THE_ANSWER[waits]
    if row["press_at"] <= now.now:
        return Todo.OVERDUE
    if row["press_at"] <= now.midnight:
        return Todo.DUE_TODAY
    if state == PartStatus.RETURNED:
        return Todo.RETURNED
    if waits == standing.ASKED:
        return Todo.ASKED
    if late:
        return Todo.NOT_RECEIVED
    due = now.rung(row["press_at"], row["reminded"], row["remind_days"])
    return Todo.REMIND if due is not None else Todo.UNDER_WAY


def _assisting(state: str, *, late: bool) -> Todo:
    if state == PartStatus.RETURNED:
        return Todo.RETURNED
    return Todo.NOT_RECEIVED if late else Todo.UNDER_WAY


_AFTER_THE_ANSWER = {
    standing.PERSON: Todo.CALL_BACK_PERSON,
    standing.BOTH: Todo.CALL_BACK_PERSON,
    standing.LEADER: Todo.LEADER,
    standing.CLOSING: Todo.ANSWERED,
}
_SINCE = {
    Todo.OVERDUE: "due_at",
    Todo.RETURNED: "returned_at",
    Todo.CALL_BACK_PERSON: "answered_at",
    Todo.LEADER: "answered_at",
    Todo.ANSWERED: "answered_at",
}


def _since(row: RowMapping, what: Todo) -> Any:
    return row[_SINCE.get(what, "sent_at")] or row["sent_at"]


def _senders(session: Session, found: Sequence[RowMapping]) -> dict[int, str]:
    """Who sent the papers, gave the jobs and convenes the meetings among these."""
    kinds = {row["entry_id"]: kind for row in found if (kind := Kind(row["kind"])) not in CONTACTS}
    if not kinds:
        return {}
    from reception.operations.office import whose  # few departments have any

    every = whose.of(session, kinds).items()
    # the place of a meeting is nobody
    return {one: known.get("name", known.get("organisation", "")) for one, known in every}


def _fact(row: RowMapping, now: Moment, what: Todo, form: str, sender: str) -> ReferralRow:
    number = str(Number(row["day"], row["sequence"], row["desk_code"], row["epoch"]))
    return ReferralRow(
        part=part_view(row, number),
        referral_id=row["referral_id"],
        referral_status=ReferralStatus(row["referral_status"]),
        entry_id=row["entry_id"],
        number=number,
        kind=Kind(row["kind"]),
        received_at=row["entry_received_at"],
        person=row["person"] or sender,
        phone=row["person_phone"] or "",
        matter=row["matter"] or "",
        subject=row["subject"],
        instruction=row["instruction"],
        urgency=Urgency(row["urgency"]),
        entry_version=row["version"],
        identity_protected=row["identity_protected"],
        category=Category(row["category"]) if row["category"] else None,
        source=Source(row["source"]) if row["source"] else None,
        slip=slip_number(form, row["slip_year"], row["slip_number"]),
        term=terms.term(row),
        overdue_days=_overdue_days(row, now),
        reminders=row["reminders"],
        leader_asked=bool(row["leader_asked"]),
        person_asked=bool(row["person_asked"]),
        leader=row["leader"],
        asked=row["asked"] or "",
        asked_amount=row["asked_amount"] or 0,
    )


def _overdue_days(row: RowMapping, now: Moment) -> int:
    if row["referral_waits"] not in AT_DEPARTMENTS or row["press_at"] > now.now:
        return 0
    return now.overdue_days(row["due_day"])
