"""What changed, told after the commit: the journal read as a feed, one cursor per desk.

One cursor per desk, because on a server ids are given before they are committed and a single cursor would
skip the slower of two desks.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from reception import scope, tables
from reception.context import Session
from reception.facts import Change
from reception.scope import open_to_departments
from reception.store.opened import OpenRegister

_D, _J = tables.desk, tables.journal
MOST = 500
"""More lines than this at once (a bulk load) are told as one change of everything."""
EVERYTHING = Change("everything", 0)


class Watcher:
    """Follows the acts of every desk and every process on one register."""

    def __init__(self, desk: OpenRegister) -> None:
        self._desk = desk
        self._cursors = desk.ask(_heads)

    def poll(self) -> tuple[Change, ...]:
        """What was committed since the last poll, each subject once.

        Raises SurroundingsError kinds; may be called again then, and misses nothing.
        """
        cursors, changes = self._desk.ask(_since, self._cursors)
        self._cursors = cursors
        return changes


Cursors = dict[int, tuple[int, int]]
"""Head and epoch by desk: a backup that was restored may have brought back any head, but never its epoch."""


@open_to_departments
def _heads(session: Session) -> Cursors:
    query = select(_D.c.id, _D.c.head_sequence, _D.c.epoch)
    return {row.id: (row.head_sequence, row.epoch) for row in session.connection().execute(query)}


@open_to_departments
def _since(session: Session, cursors: Cursors) -> tuple[Cursors, tuple[Change, ...]]:
    heads = _heads(session)
    if any(heads.get(desk_id, (0, -1))[1] != epoch for desk_id, (_head, epoch) in cursors.items()):
        return heads, (EVERYTHING,)
    found: dict[Change, None] = {}
    for desk_id, (head, _epoch) in heads.items():
        seen = cursors.get(desk_id, (0, 0))[0]
        if head == seen:
            continue
        if not 0 < head - seen <= MOST:
            return heads, (EVERYTHING,)
        query = (
            select(_J.c.subject_kind, _J.c.subject_id)
            .where(_J.c.desk_id == desk_id, _J.c.sequence > seen, _J.c.sequence <= head)
            .order_by(_J.c.sequence)
        )
        for kind, subject in session.connection().execute(query):
            found[Change(kind, subject)] = None
    return heads, tuple(_own(session, found))


def _own(session: Session, found: Iterable[Change]) -> Iterable[Change]:
    """Of what changed, what concerns the department that has the register open."""
    mine = scope.department(session)
    if mine is None:
        return found
    ids = [one.subject_id for one in found if one.subject_kind == "entry"]
    part = tables.part
    theirs = select(part.c.entry_id).where(part.c.entry_id.in_(ids), part.c.department_id == mine)
    entries = set(session.connection().scalars(theirs)) if ids else set()
    return [one for one in found if one.subject_kind != "entry" or one.subject_id in entries]
