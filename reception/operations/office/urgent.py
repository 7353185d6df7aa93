"""Urgent events and groups (紧急情况, 集体访): the minute, the calls, the log.

The log is written line by line and never reordered: no line may be of an earlier minute than the one above.
What was noted wrongly is taken back, and stands struck through.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, Select, func, select

from reception import tables, wording
from reception.context import Session, now
from reception.errors import InputError, NotFoundError, StateError
from reception.facts import Act, EntryStatus, Kind, NewEntry, Receipt
from reception.facts.office import EventKind, NewUrgent
from reception.facts.urgency import EventLine, ToCall, UrgentRow, UrgentView
from reception.numbers import Number
from reception.operations import cleaning, entries, owing, site, touching
from reception.operations.office import common
from reception.text.patterns import later
from reception.wording import N_

_E, _U, _V, _O, _K = tables.entry, tables.urgent, tables.event, tables.operator, tables.desk
_SPLIT = later(r"[,，;；|\t]")
_ONLY_PEOPLE = later(r"(\d{1,5})\s*[个名]?人?")
_NAMED = (N_("Urgent event"), N_("Group visit"))
_ROWS: Select[Any] = (
    select(
        _U.c.entry_id,
        _U.c.place,
        _U.c.ended_at,
        *(_E.c[name] for name in ("day", "sequence", "epoch", "subject", "party_size", "received_at")),
        _E.c.status.label("entry_status"),
        _E.c.outcome,
        _K.c.code.label("desk_code"),
        _O.c.name.label("operator_name"),
        select(func.count())
        .select_from(_V)
        .where(_V.c.entry_id == _U.c.entry_id, _V.c.status == common.STANDING)
        .scalar_subquery()
        .label("lines"),
    )
    .join(_E, _E.c.id == _U.c.entry_id)
    .join(_K, _K.c.id == _E.c.desk_id)
    .join(_O, _O.c.id == _U.c.operator_id)
)


def register(
    session: Session,
    *,
    subject: str = "",
    people: int | None = None,
    place: str = "",
    received_at: dt.datetime | None = None,
    uid: uuid.UUID,
) -> Receipt:
    """Begin an event: the number of people or one word is enough, its minute is now.

    Raises InputError naming the field that cannot be taken.
    """
    words = cleaning.long_text(subject, "subject")
    if people is None and (said := _ONLY_PEOPLE.fullmatch(words)):  # typed into the first field there is
        words, people = "", int(said[1])
    if not words and people is None:
        raise InputError("Write one word, or how many people there are.", field="subject")
    if not words:
        language = wording.load(site.values(session).get("language", ""))
        words = language.gettext(_NAMED[1] if people is not None and people > 1 else _NAMED[0])
    new = NewEntry(
        Kind.URGENT,
        words,
        uid,
        party_size=1 if people is None else people,
        received_at=received_at,
        record=NewUrgent(place),
    )
    return entries.register(session, new)


def begin(session: Session, entry_id: int, new: NewUrgent, _values: Mapping[str, Any]) -> common.Changes:
    """Write where it is. Raises InputError."""
    values = {"place": cleaning.line(new.place, "place"), "ended_at": None}
    return common.add(session, entry_id, "urgent", values)[1]


def note(
    session: Session,
    entry_id: int,
    *,
    words: str = "",
    kind: EventKind = EventKind.NOTED,
    whom: str = "",
    phone: str = "",
    reached: bool | None = None,
    at: dt.datetime | None = None,
    uid: uuid.UUID,
) -> Receipt:
    """One line more of the log: what happened, who was called and what they said, who came, what was agreed.

    ``at`` is now if not given. Raises InputError for a minute before the last line's or one to come;
    StateError for an event that is over.
    """
    if done := touching.repeated(session, uid):
        return done
    touched, _row = _opened(session, entry_id)
    instant = at or now(session)
    cleaning.check_instants(now(session), touched.row["received_at"], {"at": instant})
    last = select(func.max(_V.c.at)).where(_V.c.entry_id == entry_id, _V.c.status == common.STANDING)
    above = session.connection().scalar(last)
    if above is not None and instant < above:
        raise InputError("The line above is of a later minute; the log is not reordered.", field="at")
    kind = EventKind(kind)
    values = {
        "at": instant,
        "kind": kind.value,
        "whom": cleaning.line(whom, "whom"),
        "phone": cleaning.line(phone, "phone"),
        "reached": reached if kind is EventKind.CALLED else None,
        "words": cleaning.long_text(words, "words"),
    }
    if not values["words"] and not values["whom"]:
        raise InputError("Write what happened.", field="words")
    touched.others |= common.add(session, entry_id, "event", values)[1]
    return touching.save(session, touched, {}, "log", uid)


def call(
    session: Session,
    entry_id: int,
    *,
    whom: str = "",
    phone: str = "",
    words: str = "",
    reached: bool = True,
    uid: uuid.UUID,
) -> Receipt:
    """A call: of the next one on the site's list if nobody is named. Raises InputError, StateError."""
    if done := touching.repeated(session, uid):
        return done
    if not whom:
        _opened(session, entry_id)  # held first: else two desks note the same call
        following = view(session, entry_id).next_call
        if following is None:
            raise InputError("Write who was called.", field="whom")
        whom, phone = following.name, phone or following.phone
    elif not phone:
        phone = next((one.phone for one in to_call(session) if one.name == whom), "")
    kind = EventKind.CALLED
    return note(session, entry_id, words=words, kind=kind, whom=whom, phone=phone, reached=reached, uid=uid)


def count(session: Session, entry_id: int, *, people: int, uid: uuid.UUID) -> Receipt:
    """There are so many people now. Raises InputError, StateError."""
    if done := touching.repeated(session, uid):
        return done
    touched, _row = _opened(session, entry_id)
    return touching.save(session, touched, {"party_size": cleaning.party_size(people, 0)}, "count", uid)


def end(session: Session, entry_id: int, *, outcome: str = "", uid: uuid.UUID) -> Receipt:
    """It is over; ``outcome`` says how. Raises InputError, StateError."""
    if done := touching.repeated(session, uid):
        return done
    touched, row = _opened(session, entry_id)
    words = cleaning.required(outcome or touched.row["outcome"], "outcome")
    touched.others |= common.change(session, "urgent", row, {"ended_at": now(session)})
    act = touched.row["act"]
    status = owing.standing(session, entry_id, Act(act).value if act else None, None)
    return touching.save(session, touched, {"outcome": words, "status": status.value}, "end-event", uid)


def rows(
    session: Session, *, which: str = "open", before: int | None = None, limit: int = 50
) -> tuple[UrgentRow, ...]:
    """Events, the newest first: those that are not over, or ``all``."""
    query = _ROWS
    if which == "open":
        query = query.where(_U.c.ended_at.is_(None), _E.c.status != EntryStatus.VOID.value)
    if before is not None:
        query = query.where(_U.c.entry_id < before)
    found = session.connection().execute(query.order_by(_U.c.entry_id.desc()).limit(limit)).mappings()
    return tuple(map(_row, found))


def of_day(session: Session, day: int) -> tuple[UrgentView, ...]:
    """The events of a day (``YYYYMMDD``), first to last, with their logs."""
    query = _ROWS.where(_E.c.day == day, _E.c.status != EntryStatus.VOID.value).order_by(_U.c.entry_id)
    found = session.connection().execute(query).mappings().all()
    return tuple(_view(session, row) for row in found)


def view(session: Session, entry_id: int) -> UrgentView:
    """The whole of an event. Raises NotFoundError."""
    found = session.connection().execute(_ROWS.where(_U.c.entry_id == entry_id)).mappings().one_or_none()
    if found is None:
        raise NotFoundError("There is no such event.", field="number")
    return _view(session, found)


def to_call(session: Session) -> tuple[ToCall, ...]:
    """Whom the site wants called, in its order (setting ``urgent_calls``: name, telephone, what they are)."""
    return read_calls(site.values(session).get("urgent_calls", ""))


def read_calls(kept: str) -> tuple[ToCall, ...]:
    """One to be called per line: ``吴局长, 13800001111, 分管领导``."""
    found = []
    for line in kept.splitlines():
        parts = [part.strip() for part in _SPLIT.split(line)] + ["", ""]
        if parts[0]:
            phone, role = sorted(parts[1:3], key=_has_no_digit)  # people write them in either order
            found.append(ToCall(parts[0], phone, role))
    return tuple(found)


def _has_no_digit(part: str) -> bool:
    return not any(sign.isdigit() for sign in part)


def _opened(session: Session, entry_id: int) -> tuple[touching.Touched, RowMapping]:
    touched = touching.open_entry(session, entry_id)
    if touched.row["kind"] != Kind.URGENT:
        raise NotFoundError("There is no such event.", field="number")
    row = common.one(session, entry_id, "urgent")
    if row["ended_at"] is not None:
        raise StateError("{number} is over.", number=str(touching.number_of(touched.row)))
    return touched, row


def _row(row: RowMapping) -> UrgentRow:
    return UrgentRow(
        entry_id=row["entry_id"],
        number=str(Number(row["day"], row["sequence"], row["desk_code"], row["epoch"])),
        began_at=row["received_at"],
        subject=row["subject"],
        place=row["place"],
        people=row["party_size"],
        lines=row["lines"],
        ended_at=row["ended_at"],
        status=EntryStatus(row["entry_status"]),
    )


def _view(session: Session, row: RowMapping) -> UrgentView:
    query = (
        select(_V, _O.c.name.label("operator_name"))
        .join(_O, _O.c.id == _V.c.operator_id)
        .where(_V.c.entry_id == row["entry_id"], _V.c.status == common.STANDING)
        .order_by(_V.c.ordinal)
    )
    log = tuple(map(_line, session.connection().execute(query).mappings()))
    called = tuple(dict.fromkeys(one.whom for one in log if one.kind is EventKind.CALLED and one.reached))
    return UrgentView(
        row=_row(row),
        outcome=row["outcome"],
        operator=row["operator_name"],
        log=log,
        calls=to_call(session),
        called=called,
    )


def _line(row: RowMapping) -> EventLine:
    return EventLine(
        ordinal=row["ordinal"],
        at=row["at"],
        kind=EventKind(row["kind"]),
        whom=row["whom"],
        phone=row["phone"],
        reached=row["reached"],
        words=row["words"],
        operator=row["operator_name"],
    )
