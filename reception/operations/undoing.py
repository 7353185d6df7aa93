"""Taking an act back, and doing it again: by a new line that names it, never by erasing.

Refused once others built on it. What an act changed is read from its own line, what taking it back changed
from that one's, so that an act can be taken back and done again as often as somebody wishes.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import select

from reception import journal, scope, tables
from reception.context import Session, present
from reception.errors import NotFoundError, StateError
from reception.facts import EntryStatus, Undone
from reception.operations import acts, records, reversing, site, touching
from reception.scope import open_to_departments

_J = tables.journal
KEPT = frozenset({"reveal", "restore", "recompute", "learn", "slip", "print"})
"""Verbs that are never taken back: what was seen was seen, a due date follows the calendar, no number is
given twice, and paper lies where nobody gets it back."""
_NOBODYS = frozenset({"estimate", "over"})
"""What the desk does by itself."""
_LOOK_BACK = 200


@open_to_departments
def undo(session: Session, act_uid: uuid.UUID, *, uid: uuid.UUID) -> Undone:
    """Take an act back: everything it changed is as it was before. Of a taking back: do the act again.

    An entry that was just registered becomes void; a referral just sent and a call-back just noted are
    withdrawn; whatever was added to the directory is not in use any more. Raises NotFoundError for what is no
    act; StateError if it was taken back (or done again) before, or if something was done since on what it
    changed; InputError where it is not allowed, as for any other act.
    """
    line = acts.first(session, acts.find(session, act_uid))
    if scope.department(session) is not None and line.desk_id != present(session).desk_id:
        raise NotFoundError("There is no such act to take back.", field="act")  # it is the desk's
    if journal.open_act(session, uid, line.kind) is not None:
        return _told(session, uid)
    act = acts.find(session, line.about) if line.verb in acts.TURNS else line
    if act.verb == "print":
        raise StateError(
            "A print cannot be taken back; the sheet is out. Correct the entry and print it again."
        )
    if act.verb in KEPT or acts.of_founding(session, act):
        raise StateError("This cannot be taken back.")
    if line.verb == "undo":
        _do_again(session, act, line, uid)
    else:
        _take_back(session, act, uid)
    return _told(session, uid)


@open_to_departments
def undo_last(session: Session, *, uid: uuid.UUID) -> Undone:
    """Take back the act that ``last_act`` names. Raises NotFoundError without one, otherwise as ``undo``."""
    if (done := _done(session, uid)) is not None:
        return done
    act = last_act(session)
    if act is None:
        raise NotFoundError("Nothing was done here today that could be taken back.", field="act")
    return undo(session, act, uid=uid)


@open_to_departments
def redo_last(session: Session, *, uid: uuid.UUID) -> Undone:
    """Do again what was taken back last. Raises NotFoundError if something else was done since."""
    if (done := _done(session, uid)) is not None:
        return done
    for line in _mine(session):
        if line.verb == "undo":
            act = acts.find(session, line.about)
            if acts.taken_back(acts.after(session, act)).get(act.uid) == line:
                return undo(session, acts.first(session, line).uid, uid=uid)
        elif line.verb != "redo":
            break
    raise NotFoundError("Nothing was taken back here that could be done again.", field="act")


def last_act(session: Session) -> uuid.UUID | None:
    """The last act of this day by this operator at this desk that can still be taken back; None without one.

    What the desk does by itself is nobody's act.
    """
    for line in _mine(session):
        if line.verb not in acts.TURNS:
            act = acts.first(session, line)
            if act.verb not in _NOBODYS and act.uid not in acts.taken_back(acts.after(session, act)):
                return act.uid
    return None


def _mine(session: Session) -> Iterator[acts.Line]:
    """The lines of this day by this operator at this desk that somebody wanted, the last one first."""
    here = present(session)
    query = (
        acts.LINES.where(
            _J.c.desk_id == here.desk_id, _J.c.operator == here.operator, _J.c.subject_kind.in_(acts.KINDS)
        )
        .order_by(_J.c.sequence.desc())
        .limit(_LOOK_BACK)
    )
    today = here.instant.astimezone(here.zone).date()
    for line in map(acts.line_of, session.connection().execute(query).all()):
        if line.at.astimezone(here.zone).date() != today:
            return
        if line.verb not in KEPT | _NOBODYS and not _by_itself(session, line):
            yield line


def _by_itself(session: Session, line: acts.Line) -> bool:
    """What comes with a register, whoever sits down, and the day from which visits are closed."""
    if line.kind == "operator" and line.verb == "create":
        return bool(line.changes["record"]["name"][1] == line.operator)
    if line.kind == "setting":
        key = select(tables.setting.c.key).where(tables.setting.c.id == line.subject_id)
        if session.connection().scalar(key) in site.BY_ITSELF:
            return True
    return acts.of_founding(session, line)


def _take_back(session: Session, act: acts.Line, uid: uuid.UUID) -> None:
    lines = acts.whole(session, act)
    held = _held(session, lines)
    for kind, part, uids in _alike(lines, uid):
        if kind != "entry":
            records.take_back(session, part, uids)
            continue
        for line, own in zip(part, uids, strict=True):
            touched = held[line.subject_id]
            new = _taken(session, line, touched)
            touched.others["undo"] = acts.remark(line)
            touching.save(session, touched, new, "undo", own)


def _taken(session: Session, act: acts.Line, touched: touching.Touched) -> dict[str, Any]:
    """The entry's own values from before this line of an act; its other rows have theirs again."""
    number = str(touching.number_of(touched.row))
    later = acts.after(session, act)
    taken = acts.taken_back(later)
    if act.uid in taken:
        raise StateError("This was taken back before.", number=number)
    if act.verb == "register":
        kept = KEPT | acts.TURNS
        if any(one.uid not in taken and one.verb not in kept for one in later):
            raise reversing.refusal(number)
        return reversing.unregister(session, touched)
    if touched.row["status"] == EntryStatus.VOID and act.verb != "void":
        raise reversing.refusal(number)
    if acts.overwritten(act, later, KEPT):
        raise reversing.refusal(number)
    _check_office(session, touched, act, later, None)
    return reversing.reverse(session, touched, act.verb, act.changes)


def _do_again(session: Session, act: acts.Line, undone: acts.Line, uid: uuid.UUID) -> None:
    lines, turns = acts.whole(session, act), acts.whole(session, undone)
    held, back = _held(session, lines), dict(zip((one.uid for one in lines), turns, strict=True))
    for kind, part, uids in _alike(lines, uid):
        if kind != "entry":
            records.do_again(session, part, [back[one.uid] for one in part], uids)
            continue
        for line, own in zip(part, uids, strict=True):
            touched = held[line.subject_id]
            new = _again(session, line, back[line.uid], touched)
            touched.others["undo"] = acts.remark(line)
            touching.save(session, touched, new, "redo", own)


def _again(session: Session, act: acts.Line, undone: acts.Line, touched: touching.Touched) -> dict[str, Any]:
    """The entry's own values as this line of an act made them; its other rows have theirs again."""
    number = str(touching.number_of(touched.row))
    later = acts.after(session, act)
    acts.check_still(later, act, undone, number)
    if touched.row["status"] == EntryStatus.VOID and act.verb != "register":
        raise reversing.refusal(number)
    meanwhile = [one for one in later if one.id > undone.id]
    if acts.overwritten(act, meanwhile, KEPT) or acts.done_without(later, undone):
        raise reversing.refusal(number)
    _check_office(session, touched, act, later, undone)
    return reversing.reverse(session, touched, act.verb, undone.changes)


def _check_office(
    session: Session,
    touched: touching.Touched,
    act: acts.Line,
    later: Sequence[acts.Line],
    undone: acts.Line | None,
) -> None:
    """Raises StateError for what the office's entries and the calls about meetings do not allow."""
    from reception.operations.office import turning

    if turning.refused(session, touched.row, act, later, undone):
        raise reversing.refusal(str(touching.number_of(touched.row)))


def _alike(
    lines: Sequence[acts.Line], uid: uuid.UUID
) -> Iterator[tuple[str, list[acts.Line], list[uuid.UUID]]]:
    """The lines of an act in their order, alike ones together; the uids of those that tell of them."""
    at = 0
    for kind, part in groupby(lines, key=lambda line: line.kind):
        alike = list(part)
        yield kind, alike, [journal.further(uid, n) if n else uid for n in range(at, at + len(alike))]
        at += len(alike)


def _held(session: Session, lines: Iterable[acts.Line]) -> dict[int, touching.Touched]:
    """The entries that an act concerns, each once, kept from the other desks in one order for all."""
    ids = sorted({line.subject_id for line in lines if line.kind == "entry"})
    return {one: touching.open_entry(session, one, void_too=True) for one in ids}


def _done(session: Session, uid: uuid.UUID) -> Undone | None:
    """What this very act came to if it was done before. It locks the desk's chain."""
    journal.open_act(session, uid)
    known = select(_J.c.id).where(_J.c.act_uid == uid)
    return None if session.connection().scalar(known) is None else _told(session, uid)


def _told(session: Session, uid: uuid.UUID) -> Undone:
    line = acts.find(session, uid)
    verb, again = line.changes["undo"]["verb"][1], line.verb == "redo"
    if line.kind == "entry":
        done = touching.receipt(session, line.subject_id)
        return Undone(done.entry_id, done.number, verb, done.version, done.day, again=again)
    return Undone(0, records.name(session, line), verb, 0, 0, line.kind, again)
