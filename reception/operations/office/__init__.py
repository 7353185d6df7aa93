"""What a front office has in hand besides visits and calls: papers, meetings, jobs, urgent events.

Each is an entry with a number of the day, and what only it has stands beside it (``tables.office``). Whatever
entries have in common (referrals, clocks, void, undo, trail, paper) is theirs by the same verbs.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from sqlalchemy import select

from reception import tables
from reception.context import Session
from reception.errors import InputError, StateError
from reception.facts import Act, EntryStatus, Kind, NewEntry
from reception.facts.office import Stands
from reception.operations.referring import RUNNING

Changes = dict[str, Mapping[str, tuple[Any, Any]]]
_ROOMS = {
    "NewDocument": (Kind.DOCUMENT, "documents"),
    "NewJob": (Kind.JOB, "jobs"),
    "NewMeeting": (Kind.MEETING, "meetings"),
    "NewUrgent": (Kind.URGENT, "urgent"),
}
_OWN = frozenset(kind for kind, _room in _ROOMS.values())
_ENDS = {
    Kind.DOCUMENT: ("document", "filed_at"),
    Kind.MEETING: ("meeting", "ended_at"),
    Kind.URGENT: ("urgent", "ended_at"),
}
"""What says of an entry of these kinds that nothing is to be done about it any more."""


def check(new: NewEntry) -> None:
    """Raises InputError where an entry of these kinds lacks its record or has an act, or another has one."""
    if new.kind in _OWN and new.act not in (None, Act.REFERRED):
        raise InputError("This is no visit and no call: refer it, or end it on the Office page.", field="act")
    if new.record is None:
        if new.kind in _OWN:
            raise InputError("This kind of entry has a form of its own.", field="kind")
        return
    kind, _ = _ROOMS[type(new.record).__name__]
    notified = new.kind is Kind.CALL_IN and kind is Kind.MEETING and getattr(new.record, "received", False)
    if new.kind is not kind and not notified:
        raise InputError("This does not belong to an entry of this kind.", field="kind")


def begin(session: Session, entry_id: int, new: NewEntry, values: Mapping[str, Any]) -> Changes:
    """Write what only this entry has; what the journal keeps of it. Raises InputError."""
    _, room = _ROOMS[type(new.record).__name__]
    changes: Changes = import_module(f"{__name__}.{room}").begin(session, entry_id, new.record, values)
    return changes


def refuse_act(kind: str, number: str) -> None:
    """Raises StateError for what is not answered, pointed or put through, but ends by steps of its own."""
    if kind in _OWN:
        raise StateError(
            "{number} is no visit and no call: refer it, or end it on the Office page.",
            field="act",
            number=number,
        )


def standing(session: Session, entry_id: int, kind: str) -> EntryStatus:
    """Where an entry of these kinds stands: open until its referrals have ended and it is filed or over."""
    connection, referral = session.connection(), tables.referral
    runs = select(referral.c.id).where(referral.c.entry_id == entry_id, referral.c.status.in_(RUNNING))
    if connection.scalar(runs.limit(1)) is not None:
        return EntryStatus.OPEN
    if kind == Kind.JOB:  # its referral closes when the leader has seen the result and wants no more
        return EntryStatus.FINISHED
    name, column = _ENDS[Kind(kind)]
    table = tables.OF_ENTRY[name]
    ended = (
        select(table.c[column])
        .where(table.c.entry_id == entry_id, table.c.status == Stands.STANDING.value)
        .order_by(table.c.ordinal.desc())
        .limit(1)
    )
    return EntryStatus.OPEN if connection.scalar(ended) is None else EntryStatus.FINISHED
