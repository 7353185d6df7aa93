"""Acts as the journal tells of them: found by their uid, and which of them were taken back since."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from reception import journal, tables
from reception.context import Session
from reception.errors import NotFoundError, StateError

Pairs = Mapping[str, tuple[Any, Any]]
KINDS = frozenset(
    {"entry", "person", "department", "matter", "operator", "setting"}
    | {"working_year", "limit_rule", "absence", "duty", "pinned_note", "printed"}
    | {"expected", "loan", "parcel"}
)
"""What acts are about that can be taken back, or of which it is said that they cannot."""
TURNS = frozenset({"undo", "redo"})
"""Lines that say of an act that it was taken back, or done again."""
_J, _PR = tables.journal, tables.private
_SEVERAL = frozenset({"setting", "limit_rule", "entry", "expected", "loan", "parcel"})
_MOST = 512
"""Settings saved together, and the calls that a meeting put off has no more use for, are fewer."""
LINES = select(
    *(_J.c[name] for name in ("id", "desk_id", "sequence", "at", "operator", "act_uid", "verb")),
    _J.c.subject_kind,
    _J.c.subject_id,
    _PR.c.changes,
).join(_PR, _PR.c.journal_id == _J.c.id)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the journal with what it tells."""

    id: int
    desk_id: int
    sequence: int
    at: dt.datetime
    operator: str
    uid: uuid.UUID
    verb: str
    kind: str
    subject_id: int
    changes: Mapping[str, Pairs]

    @property
    def about(self) -> uuid.UUID:
        """The act that a line of ``TURNS`` takes back or does again."""
        return uuid.UUID(self.changes["undo"]["act"][1])


def line_of(row: Any) -> Line:
    """A row of ``LINES``."""
    changes = json.loads(row.changes)
    about = (row.verb, row.subject_kind, row.subject_id, changes)
    return Line(row.id, row.desk_id, row.sequence, row.at, row.operator, row.act_uid, *about)


def find(session: Session, act_uid: uuid.UUID) -> Line:
    """The line of an act. Raises NotFoundError; an act that is none of ``KINDS`` is not found either."""
    found = session.connection().execute(LINES.where(_J.c.act_uid == act_uid)).one_or_none()
    if found is None or found.subject_kind not in KINDS:
        raise NotFoundError("There is no such act to take back.", field="act")
    return line_of(found)


def after(session: Session, line: Line) -> list[Line]:
    """What was done since to what an act was about, first to last."""
    query = LINES.where(
        _J.c.subject_kind == line.kind, _J.c.subject_id == line.subject_id, _J.c.id > line.id
    ).order_by(_J.c.id)
    return [line_of(row) for row in session.connection().execute(query)]


def taken_back(lines: Iterable[Line]) -> dict[uuid.UUID, Line]:
    """The acts that are taken back at the end of these lines, and the line that did it."""
    taken: dict[uuid.UUID, Line] = {}
    for one in lines:
        if one.verb == "undo":
            taken[one.about] = one
        elif one.verb == "redo":
            taken.pop(one.about, None)
    return taken


def goes_on(lines: Iterable[Line]) -> bool:
    """Whether these lines tell of anything that was not taken back."""
    every = list(lines)
    taken = taken_back(every)
    return any(one.verb not in TURNS and one.uid not in taken for one in every)


def overwritten(act: Line, later: Iterable[Line], kept: frozenset[str]) -> bool:
    """Whether something that stands was written since where the act wrote, be it the same value.

    Lines with the verbs ``kept`` do not count, nor does what stood before ``later`` and was only taken back
    and done again meanwhile.
    """
    every = list(later)
    taken, first = taken_back(every), _first_turns(every)
    for one in every:
        anew = one.verb == "redo" == first[one.about]
        again = anew and one.about not in taken and one.about != act.uid
        if one.verb in kept or one.uid in taken or (one.verb in TURNS and not again):
            continue
        if any(not pairs.keys().isdisjoint(one.changes.get(key, ())) for key, pairs in act.changes.items()):
            return True
    return False


def done_without(later: Iterable[Line], undone: Line) -> bool:
    """Whether an act stands that did when this one was neither done nor taken back: it was done as if not.

    ``later`` are the lines since this one was done, ``undone`` the one that took it back. What ended an event
    may have been taken back when somebody wrote on; once it ended again, that is not written again.
    """
    every = list(later)
    taken, first = taken_back(every), _first_turns(every)
    meanwhile = _first_turns(one for one in every if one.id > undone.id)
    return any(verb == "redo" == first[act] and act not in taken for act, verb in meanwhile.items())


def _first_turns(lines: Iterable[Line]) -> dict[uuid.UUID, str]:
    """Whether each act that these lines turn was taken back first, so that it stood before, or done again."""
    first: dict[uuid.UUID, str] = {}
    for one in lines:
        if one.verb in TURNS:
            first.setdefault(one.about, one.verb)
    return first


def remark(act: Line) -> Pairs:
    """What a line of ``TURNS`` says of the act that it takes back or does again."""
    return {"act": (None, act.uid), "verb": (None, act.verb)}


def check_still(later: Iterable[Line], act: Line, undone: Line, name: str) -> None:
    """Raises StateError unless this is how the act was taken back, and it still is."""
    if (last := taken_back(later).get(act.uid)) is None or last.uid != undone.uid:
        raise StateError("This was done again before.", number=name)


def whole(session: Session, line: Line) -> list[Line]:
    """All lines of an act, the given first one before.

    Settings saved together have one each, limits too; so has each entry that an act concerns.
    """
    found = [line]
    while True:
        uid = journal.further(line.uid, len(found))
        row = session.connection().execute(LINES.where(_J.c.act_uid == uid)).one_or_none()
        if row is None:
            return found
        found.append(line_of(row))


def first(session: Session, line: Line) -> Line:
    """The first line of the act that a line belongs to: the others were written right behind it."""
    if line.kind not in _SEVERAL:
        return line
    earlier = LINES.where(
        _J.c.desk_id == line.desk_id,
        _J.c.sequence < line.sequence,
        _J.c.sequence >= line.sequence - _MOST,
        _J.c.at == line.at,
    ).order_by(_J.c.sequence.desc())
    for distance, row in enumerate(session.connection().execute(earlier), 1):
        if journal.further(row.act_uid, distance) == line.uid:
            return line_of(row)
    return line


def of_founding(session: Session, line: Line) -> bool:
    """Whether a line came with the register itself, or with its desk."""
    born = select(_J.c.at).where(_J.c.desk_id == line.desk_id, _J.c.sequence == 1)
    return line.verb == "create" and bool(session.connection().scalar(born) == line.at)
