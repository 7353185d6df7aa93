"""Referrals: sent, told by phone, received, answered or returned by their parts, closed as a whole."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import RowMapping, Select, Table, func, select

from reception import journal, tables
from reception.context import Session, now
from reception.errors import InputError, NotFoundError, StateError
from reception.facts import (
    Act,
    EntryStatus,
    Kind,
    NewReferral,
    PartStatus,
    PartView,
    Receipt,
    ReferralRow,
    ReferralStatus,
    ReferralView,
    Role,
    Urgency,
)
from reception.numbers import Number, PartName, parse_part
from reception.operations import cleaning, owing, touching
from reception.operations.reading import (
    among_running,
    find_entry,
    part_columns,
    part_view,
    referral_views,
)
from reception.operations.referring import RUNNING, send

_E, _R, _P, _D = tables.entry, tables.referral, tables.part, tables.department
FILTERS = ("open", "all", "sent", "received", "returned", "answered")


def refer(session: Session, entry_id: int, new: NewReferral, *, uid: uuid.UUID) -> Receipt:
    """Refer an entry that no open referral holds, or whose lead returned the one it has: that one ends then.

    Raises InputError, StateError, NotFoundError.
    """
    if done := touching.repeated(session, uid):
        return done
    touched = touching.open_entry(session, entry_id)
    last = _latest(session, entry_id)
    if last is not None and last["status"] in RUNNING:
        if _lead_status(session, last["id"]) != PartStatus.RETURNED:
            raise StateError(
                "{number} is referred already and that referral is not closed.",
                number=str(touching.number_of(touched.row)),
            )
        ended = {"status": ReferralStatus.CLOSED.value, "closed_at": now(session)}
        touched.others |= touching.update_other(session, _R, f"referral/{last['ordinal']}", last, ended)
    touched.others |= send(session, entry_id, new, ordinal=_next_ordinal(session, entry_id))
    entry = {
        "act": Act.REFERRED.value,
        "call_result": None,
        "department_id": new.lead_id,
        "status": EntryStatus.OPEN.value,
    }
    return touching.save(
        session, touched, entry, "refer", uid, cleaning.warnings({"instruction": new.instruction})
    )


def _latest(session: Session, entry_id: int) -> RowMapping | None:
    """The latest referral of an entry but for those taken back."""
    query = (
        select(_R)
        .where(_R.c.entry_id == entry_id, _R.c.status != ReferralStatus.WITHDRAWN.value)
        .order_by(_R.c.ordinal.desc())
        .limit(1)
    )
    return session.connection().execute(query).mappings().one_or_none()


def _next_ordinal(session: Session, entry_id: int) -> int:
    last = session.connection().scalar(select(func.max(_R.c.ordinal)).where(_R.c.entry_id == entry_id))
    return int(last or 0) + 1


def _lead_status(session: Session, referral_id: int) -> str | None:
    query = select(_P.c.status).where(_P.c.referral_id == referral_id, _P.c.role == Role.LEAD.value)
    return session.connection().scalar(query)


def told(session: Session, part_id: int, whom: str, *, uid: uuid.UUID) -> Receipt:
    """The department was told by phone; ``whom``. Raises InputError, StateError."""
    name = _person(whom, "told_whom")
    return _step(session, part_id, "told", {"told_at": now(session), "told_whom": name}, uid)


def receive(session: Session, part_id: int, by: str, *, uid: uuid.UUID) -> Receipt:
    """The department has it; ``by`` signed. Raises InputError, StateError."""
    name = _person(by, "received_by")
    new = {"status": PartStatus.RECEIVED.value, "received_at": now(session), "received_by": name}
    return _step(session, part_id, "receive", new, uid)


def answer(session: Session, part_id: int, text: str, *, uid: uuid.UUID) -> Receipt:
    """The department answered; the lead's answer completes the referral. Raises InputError, StateError."""
    words = cleaning.required(text, "answer")
    new = {"status": PartStatus.ANSWERED.value, "answered_at": now(session), "answer": words}
    return _step(session, part_id, "answer", new, uid)


def give_back(session: Session, part_id: int, reason: str, *, uid: uuid.UUID) -> Receipt:
    """The department returned it with a reason. Raises InputError, StateError."""
    words = cleaning.required(reason, "return_reason")
    new = {"status": PartStatus.RETURNED.value, "returned_at": now(session), "return_reason": words}
    return _step(session, part_id, "return", new, uid)


def close(session: Session, referral_id: int, note: str = "", *, uid: uuid.UUID) -> Receipt:
    """End a referral whose lead has answered or returned it; its entry is finished then.

    After a return the note must say what becomes of the matter. Raises InputError, StateError.
    """
    if done := touching.repeated(session, uid):
        return done
    touched = _open(session, _R, referral_id)
    row = session.connection().execute(select(_R).where(_R.c.id == referral_id)).mappings().one()
    number = str(touching.number_of(touched.row))
    _still_runs(row["status"], number)
    state = _lead_status(session, referral_id)
    if state not in (PartStatus.ANSWERED, PartStatus.RETURNED):
        raise StateError(
            "The lead department has not answered {number} yet; a referral closes on its answer.",
            number=number,
        )
    words = cleaning.long_text(note, "closing_note")
    if state == PartStatus.RETURNED and not words:
        raise InputError(
            "The lead returned it: write what becomes of the matter, or refer it again.", field="closing_note"
        )
    new = {"status": ReferralStatus.CLOSED.value, "closed_at": now(session), "closing_note": words}
    touched.others |= touching.update_other(session, _R, f"referral/{row['ordinal']}", row, new)
    status = owing.standing(session, touched.id, Act.REFERRED.value, None)
    return touching.save(session, touched, {"status": status.value}, "close", uid, cleaning.warnings(new))


def _still_runs(status: str, number: str) -> None:
    if status == ReferralStatus.CLOSED:
        raise StateError("The referral of {number} is closed already.", number=number)
    if status == ReferralStatus.WITHDRAWN:
        raise StateError("The referral of {number} was taken back.", number=number)


def _open(session: Session, table: Table, row_id: int) -> touching.Touched:
    """The entry that a referral or a part belongs to, opened before the row itself is read."""
    entry_id = session.connection().scalar(select(table.c.entry_id).where(table.c.id == row_id))
    if entry_id is None:
        raise NotFoundError("There is no such referral.", field="number")
    return touching.open_entry(session, entry_id)


def _person(name: str, field: str) -> str:
    cleaned = cleaning.line(name, field)
    if not cleaned:
        raise InputError("Write the name of the person.", field=field)
    return cleaned


_ALLOWED = {
    "told": (PartStatus.SENT, PartStatus.RECEIVED),
    "receive": (PartStatus.SENT,),
    "answer": (PartStatus.SENT, PartStatus.RECEIVED),
    "return": (PartStatus.SENT, PartStatus.RECEIVED),
}


def _step(session: Session, part_id: int, verb: str, new: dict[str, Any], uid: uuid.UUID) -> Receipt:
    if done := touching.repeated(session, uid):
        return done
    touched = _open(session, _P, part_id)
    row = session.connection().execute(select(_P).where(_P.c.id == part_id)).mappings().one()
    referral = session.connection().execute(select(_R).where(_R.c.id == row["referral_id"])).mappings().one()
    number = str(touching.number_of(touched.row))
    _still_runs(referral["status"], number)
    if row["status"] not in _ALLOWED[verb]:
        raise _refusal(row["status"], number)
    if verb == "answer" and row["received_at"] is None:
        new = {**new, "received_at": new["answered_at"]}  # who answers has it
    touched.others |= touching.update_other(
        session, _P, journal.part_key(row["department_id"], row["sending"]), row, new
    )
    if verb == "answer" and row["role"] == Role.LEAD:
        done_now = {"status": ReferralStatus.COMPLETED.value}
        touched.others |= touching.update_other(
            session, _R, f"referral/{referral['ordinal']}", referral, done_now
        )
    return touching.save(session, touched, {}, verb, uid, cleaning.warnings(new))


def _refusal(status: str, number: str) -> StateError:
    if status == PartStatus.RECEIVED:
        return StateError("{number} was received already.", number=number)
    if status == PartStatus.ANSWERED:
        return StateError("{number} was answered already.", number=number)
    return StateError("{number} was returned; refer it again instead.", number=number)


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
