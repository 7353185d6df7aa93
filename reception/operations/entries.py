"""What happens to an entry: registered, answered, pointed, put through, left, voided, corrected."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, func, insert, select

from reception import journal, tables
from reception.context import Session, local_day, now, present
from reception.errors import InputError, StateError
from reception.facts import (
    Act,
    CallbackStatus,
    CallResult,
    EntryStatus,
    Kind,
    NewCallback,
    NewEntry,
    Receipt,
    Visibility,
)
from reception.operations import cases, cleaning, owing, touching, veiling
from reception.operations.corrections import correct as correct
from reception.operations.people import links
from reception.operations.referring import RUNNING, send
from reception.store.prepared import Prepared
from reception.tables import standing

_E = tables.entry
_INSERT = Prepared(insert(_E), [column.name for column in _E.c if column.name != "id"])
_INSERT_PARTY = Prepared(
    insert(tables.party), [column.name for column in tables.party.c if column.name != "id"]
)
_LAST = Prepared(
    select(func.max(_E.c.sequence)).where(
        _E.c.day == bindparam("day"), _E.c.epoch == bindparam("epoch"), _E.c.desk_id == bindparam("desk_id")
    )
)
UNJOURNALED = frozenset({"version", "line", "line_desk_id", "entry_id"})


def register(session: Session, new: NewEntry) -> Receipt:
    """Keep a new entry under the next number of its day; the same ``new.uid`` twice is the same entry.

    Raises InputError naming the field that cannot be taken.
    """
    if done := touching.repeated(session, new.uid):
        return done
    return write(session, new, new.uid)


def write(session: Session, new: NewEntry, uid: uuid.UUID) -> Receipt:
    """As ``register``, for an act in hand that has lines of its own; ``uid`` is that of this line."""
    from reception.operations import office  # a visit or a call has nothing of it

    office.check(new)
    values, persons = _values(session, new)
    connection = session.connection()
    entry_id = _INSERT.insert(connection, values)
    if veiling.of(new.category) is not Visibility.PLAIN:
        people = links.nobody(persons)
    else:
        people = links.link(session, entry_id, values["received_at"], persons)
    changes: dict[str, Mapping[str, tuple[Any, Any]]] = {"entry": touching.created(values, UNJOURNALED)}
    for position, person in enumerate(persons):
        one = {"entry_id": entry_id, "position": position, **person}
        _INSERT_PARTY.run(connection, {**one, "person_id": people[position].person_id})
        told = {**one, "person_id": people[position].chosen}
        changes[f"party/{position}"] = touching.created(told, UNJOURNALED)
    if new.referral is not None:
        changes |= send(session, entry_id, values, new.referral, ordinal=1)
        standing.refresh(connection, entry_id)
    if new.callback is not None:
        known = persons[0]["phone"] if persons else ""
        changes |= owing.note(session, entry_id, new.callback, known_phone=known, ordinal=1)
    if new.record is not None:
        changes |= office.begin(session, entry_id, new, values)
    journal.append(session, "register", ("entry", entry_id), changes, uid)
    row: Any = {"id": entry_id, "desk_code": present(session).desk_code, **values}
    texts: dict[str, Any] = dict(values)
    for position, person in enumerate(persons):
        texts |= {f"{position}.{name}": value for name, value in person.items()}
    return touching.receipt_of(row, 1, cleaning.warnings(texts))


def _values(session: Session, new: NewEntry) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    here, instant = present(session), now(session)
    received = new.received_at or instant
    cleaning.check_instants(
        instant,
        received,
        {"waiting_since": new.waiting_since, "seen_at": new.seen_at, "left_at": new.left_at},
    )
    cleaning.check_category(new.category, new.kind)
    persons = cleaning.parties(new.parties)
    details = cleaning.details(new.details, new.category)
    act, department = _act(new, known_target=new.department_id is not None or bool(details["wanted"]))
    cleaning.check_visitor(
        new.kind,
        {
            "waiting_since": new.waiting_since,
            "seen_at": new.seen_at,
            "left_at": new.left_at,
            "plate": details["plate"],
        },
    )
    day = local_day(session, received)
    epoch = journal.epoch_of(session, day)
    last = (
        _LAST.run(session.connection(), {"day": day, "epoch": epoch, "desk_id": here.desk_id}).scalar() or 0
    )
    values = {
        "uid": new.uid,
        "desk_id": here.desk_id,
        "day": day,
        "epoch": epoch,
        "sequence": last + 1,
        "kind": new.kind.value,
        "received_at": received,
        "late": new.late or day < local_day(session, instant),
        "operator_id": here.operator_id,
        "party_size": cleaning.party_size(new.party_size, len(persons)),
        "matter_id": new.matter_id,
        "subject": _subject(session, new),
        "request": cleaning.long_text(new.request, "request"),
        "outcome": cleaning.long_text(new.outcome, "outcome"),
        "category": new.category.value if new.category else None,
        "act": act.value if act else None,
        "call_result": new.call_result.value if new.call_result else None,
        "department_id": department,
        "status": _first_status(new, act).value,
        "waiting_since": new.waiting_since,
        "seen_at": new.seen_at,
        "left_at": new.left_at,
        "left_estimated": None,
        "case_id": cases.root(session, new.case_id) if new.case_id is not None else None,
        "void_reason": "",
        "checked": None,
        "version": 1,
        "line_desk_id": here.desk_id,
        "line": journal.next_sequence(session),
        **details,
    }
    return values, persons


def _first_status(new: NewEntry, act: Act | None) -> EntryStatus:
    """Whoever is owed a call is not done with; an instruction that asks for nothing is."""
    if new.callback is not None:
        return EntryStatus.OPEN
    if new.kind is Kind.JOB and new.referral is None:
        return EntryStatus.FINISHED
    return cleaning.status_of(act, new.call_result)


def _act(new: NewEntry, *, known_target: bool) -> tuple[Act | None, int | None]:
    if new.referral is not None:
        if new.act not in (None, Act.REFERRED):
            raise InputError("An entry that is referred has no second act.", field="act")
        cleaning.check_act(Act.REFERRED, new.call_result, known_target=True)
        return Act.REFERRED, new.referral.lead_id
    if new.act is Act.REFERRED:
        raise InputError("Say to which department the matter is referred.", field="department_id")
    cleaning.check_act(new.act, new.call_result, known_target=known_target)
    return new.act, new.department_id


def _subject(session: Session, new: NewEntry) -> str:
    subject = cleaning.long_text(new.subject, "subject")
    if not subject and new.matter_id is not None:
        name = select(tables.matter.c.name).where(tables.matter.c.id == new.matter_id)
        subject = session.connection().scalar(name) or ""
    if not subject:
        raise InputError("Say in a word what it is about.", field="subject")
    return subject


def void(session: Session, entry_id: int, reason: str, *, uid: uuid.UUID) -> Receipt:
    """Strike an entry through; it keeps its line and its number. Raises StateError for a void one."""
    if done := touching.repeated(session, uid):
        return done
    touched = touching.open_entry(session, entry_id)
    words = cleaning.required(reason, "reason")
    touched.others |= _end_all(session, entry_id, words)
    receipt = touching.save(
        session, touched, {"status": EntryStatus.VOID.value, "void_reason": words}, "void", uid
    )
    if touched.row["kind"] == Kind.MEETING:
        from reception.operations.office.meetings import held  # nobody is called about it any more

        held.give_up(session, entry_id, None, words, uid)
    return receipt


def _end_all(session: Session, entry_id: int, words: str) -> dict[str, Any]:
    """End what is still under way for an entry: its referrals, the calls owed."""
    referral, callback, instant = tables.referral, tables.callback, now(session)
    closed = {"status": "closed", "closed_at": instant, "closing_note": words}
    given_up = {"status": CallbackStatus.GIVEN_UP.value, "ended_at": instant, "reason": words}
    changes: dict[str, Any] = {}
    for table, key, running, new in (
        (referral, "referral", RUNNING, closed),
        (callback, "callback", (owing.OWED,), given_up),
    ):
        open_ones = select(table).where(table.c.entry_id == entry_id, table.c.status.in_(running))
        for row in session.connection().execute(open_ones).mappings().all():
            changes |= touching.update_other(session, table, f"{key}/{row['ordinal']}", row, new)
    return changes


def act(
    session: Session,
    entry_id: int,
    act: Act,
    *,
    call_result: CallResult | None = None,
    department_id: int | None = None,
    outcome: str | None = None,
    callback: NewCallback | None = None,
    uid: uuid.UUID,
) -> Receipt:
    """Answer, point or put through an entry that is still open; ``callback`` is what is owed from now on.

    Raises InputError, StateError.
    """
    if done := touching.repeated(session, uid):
        return done
    touched = touching.open_entry(session, entry_id)
    row = touched.row
    veiling.refuse_sealed(session, row["category"], str(touching.number_of(row)))
    owing.refuse_act(row["kind"], str(touching.number_of(row)))
    if act is Act.REFERRED or row["act"] == Act.REFERRED:
        raise StateError(
            "{number} is referred; answer or close the referral.", number=str(touching.number_of(row))
        )
    if row["status"] == EntryStatus.FINISHED:
        raise StateError(
            "{number} is finished already; correct it if it is wrong.", number=str(touching.number_of(row))
        )
    target = department_id if department_id is not None else row["department_id"]
    cleaning.check_act(act, call_result, known_target=target is not None or bool(row["wanted"]))
    new: dict[str, Any] = {
        "act": act.value,
        "call_result": call_result.value if call_result else None,
        "department_id": target,
    }
    if callback is not None:
        owing.note_on(session, touched, callback)
    new["status"] = owing.standing(session, entry_id, act.value, new["call_result"]).value
    if outcome is not None:
        new["outcome"] = cleaning.long_text(outcome, "outcome")
    return touching.save(session, touched, new, act.value, uid, cleaning.warnings(new))


def set_outcome(
    session: Session, entry_id: int, text: str, *, close: bool = False, uid: uuid.UUID
) -> Receipt:
    """Write what was said or done; ``close`` finishes an open entry as answered.

    Raises InputError, StateError.
    """
    if done := touching.repeated(session, uid):
        return done
    touched = touching.open_entry(session, entry_id)
    veiling.refuse_sealed(session, touched.row["category"], str(touching.number_of(touched.row)))
    new: dict[str, Any] = {"outcome": cleaning.required(text, "outcome")}
    if close:
        owing.refuse_act(touched.row["kind"], str(touching.number_of(touched.row)))
        if touched.row["act"] == Act.REFERRED:
            raise StateError(
                "{number} is referred; answer or close the referral.",
                number=str(touching.number_of(touched.row)),
            )
        if touched.row["status"] == EntryStatus.FINISHED:
            raise StateError(
                "{number} is finished already; correct it if it is wrong.",
                number=str(touching.number_of(touched.row)),
            )
        status = owing.standing(session, entry_id, Act.ANSWERED.value, None)
        new |= {"act": Act.ANSWERED.value, "call_result": None, "status": status.value}
    return touching.save(session, touched, new, "outcome", uid, cleaning.warnings(new))


def wait(session: Session, entry_id: int, at: dt.datetime | None = None, *, uid: uuid.UUID) -> Receipt:
    """The visitor waits here from ``at`` (now). Raises InputError, StateError."""
    return _moment(session, entry_id, "waiting_since", "wait", at, uid)


def seen(session: Session, entry_id: int, at: dt.datetime | None = None, *, uid: uuid.UUID) -> Receipt:
    """The visitor was received by whom they waited for. Raises InputError, StateError."""
    return _moment(session, entry_id, "seen_at", "seen", at, uid)


def leave(session: Session, entry_id: int, at: dt.datetime | None = None, *, uid: uuid.UUID) -> Receipt:
    """The visitor left; what the desk only took for it at the end of the day gives way.

    Raises InputError before the arrival, StateError for a call or a second leaving.
    """
    return _moment(session, entry_id, "left_at", "leave", at, uid)


def _moment(
    session: Session, entry_id: int, field: str, verb: str, at: dt.datetime | None, uid: uuid.UUID
) -> Receipt:
    if done := touching.repeated(session, uid):
        return done
    touched = touching.open_entry(session, entry_id)
    row, instant = touched.row, now(session)
    number = str(touching.number_of(row))
    if row["kind"] != Kind.VISIT:
        raise StateError("{number} is a call; only visitors wait and leave.", number=number)
    estimated = field == "left_at" and row["left_estimated"]
    if row[field] is not None and not estimated:
        raise StateError(
            "This was noted for {number} before; correct it if it is wrong.", field=field, number=number
        )
    if field != "left_at" and row["left_at"] is not None:
        raise StateError("The visitor of {number} has left.", field=field, number=number)
    cleaning.check_instants(instant, row["received_at"], {field: at or instant})
    new: dict[str, Any] = {field: at or instant}
    if estimated:
        new["left_estimated"] = None
    return touching.save(session, touched, new, verb, uid)
