"""Taking an act back: by a new line that names it, never by erasing; refused once others built on it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from reception import tables
from reception.context import Session, present
from reception.errors import NotFoundError, StateError
from reception.facts import EntryStatus, Undone
from reception.operations import reversing, touching

_J, _PR = tables.journal, tables.private
KEPT = frozenset({"undo", "reveal", "recompute", "slip"})
"""Verbs that are never taken back: what was seen was seen, an undo is undone by doing the act again, and a
due date follows the calendar, and no number is given twice."""
_LOOK_BACK = 200


@dataclass(frozen=True, slots=True)
class _Act:
    """An act as its line tells of it."""

    line_id: int
    uid: uuid.UUID
    verb: str
    entry_id: int
    changes: Mapping[str, reversing.Pairs]


def undo(session: Session, act_uid: uuid.UUID, *, uid: uuid.UUID) -> Undone:
    """Take an act on an entry back: everything it changed is as it was before.

    An entry that was just registered becomes void; a referral just sent and a call-back just noted are
    withdrawn. Raises NotFoundError for an act that is none of an entry's; StateError if it was taken back
    before, or if something was done since on what it changed.
    """
    if done := touching.repeated(session, uid):
        verb = _act(session, uid).changes["undo"]["verb"][1]
        return Undone(done.entry_id, done.number, verb, done.version, done.day)
    act = _act(session, act_uid)
    touched = touching.open_entry(session, act.entry_id, void_too=True)
    number = str(touching.number_of(touched.row))
    if act.verb in KEPT:
        raise StateError("This cannot be taken back.", number=number)
    later = _lines(session, act.entry_id, after=act.line_id)
    taken = _taken_back(later)
    if act.uid in taken:
        raise StateError("This was taken back before.", number=number)
    built_on = [one for one in later if one.uid not in taken and one.verb not in KEPT]
    if act.verb == "register":
        if built_on:
            raise reversing.refusal(number)
        new = reversing.unregister(session, touched)
    else:
        if touched.row["status"] == EntryStatus.VOID and act.verb != "void":
            raise reversing.refusal(number)
        new = reversing.reverse(session, touched, act.verb, act.changes)
    touched.others["undo"] = {"act": (None, act.uid), "verb": (None, act.verb)}
    receipt = touching.save(session, touched, new, "undo", uid)
    return Undone(receipt.entry_id, receipt.number, act.verb, receipt.version, receipt.day)


def undo_last(session: Session, *, uid: uuid.UUID) -> Undone:
    """Take back the act that ``last_act`` names. Raises NotFoundError without one, StateError as ``undo``."""
    if touching.repeated(session, uid) is not None:
        return undo(session, uid, uid=uid)
    act = last_act(session)
    if act is None:
        raise NotFoundError("Nothing was done here today that could be taken back.", field="act")
    return undo(session, act, uid=uid)


def last_act(session: Session) -> uuid.UUID | None:
    """The last act of this day by this operator at this desk that can still be taken back; None without one.

    What the desk itself closed as estimated is nobody's act.
    """
    here = present(session)
    query = (
        select(_J.c.act_uid, _J.c.verb, _J.c.at, _J.c.subject_id)
        .where(_J.c.desk_id == here.desk_id, _J.c.operator == here.operator, _J.c.subject_kind == "entry")
        .order_by(_J.c.sequence.desc())
        .limit(_LOOK_BACK)
    )
    today = here.instant.astimezone(here.zone).date()
    for row in session.connection().execute(query):
        if row.at.astimezone(here.zone).date() != today:
            return None
        if row.verb in KEPT or row.verb == "estimate":
            continue
        uid: uuid.UUID = row.act_uid
        if uid not in _taken_back(_lines(session, row.subject_id)):
            return uid
    return None


def _columns() -> Any:
    columns = (_J.c.id, _J.c.act_uid, _J.c.verb, _J.c.subject_id, _PR.c.changes)
    return select(*columns).join(_PR, _PR.c.journal_id == _J.c.id).where(_J.c.subject_kind == "entry")


def _line(row: Any) -> _Act:
    return _Act(row.id, row.act_uid, row.verb, row.subject_id, json.loads(row.changes))


def _act(session: Session, act_uid: uuid.UUID) -> _Act:
    row = session.connection().execute(_columns().where(_J.c.act_uid == act_uid)).one_or_none()
    if row is None:
        raise NotFoundError("There is no such act to take back.", field="act")
    return _line(row)


def _lines(session: Session, entry_id: int, after: int = 0) -> list[_Act]:
    query = _columns().where(_J.c.subject_id == entry_id, _J.c.id > after).order_by(_J.c.id)
    return [_line(row) for row in session.connection().execute(query)]


def _taken_back(lines: list[_Act]) -> set[uuid.UUID]:
    return {uuid.UUID(one.changes["undo"]["act"][1]) for one in lines if one.verb == "undo"}
