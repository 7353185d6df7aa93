"""What a front office has in hand besides visits and calls: papers, meetings, jobs, urgent events.

Each is an entry with a number of the day, and what only it has stands beside it (``tables.office``). Whatever
entries have in common (referrals, clocks, void, undo, trail, paper) is theirs by the same verbs.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from reception.context import Session
from reception.errors import InputError
from reception.facts import Kind, NewEntry

Changes = dict[str, Mapping[str, tuple[Any, Any]]]
_ROOMS = {
    "NewDocument": (Kind.DOCUMENT, "documents"),
    "NewJob": (Kind.JOB, "jobs"),
    "NewMeeting": (Kind.MEETING, "meetings"),
    "NewUrgent": (Kind.URGENT, "urgent"),
}
_OWN = frozenset(kind for kind, _room in _ROOMS.values())


def check(new: NewEntry) -> None:
    """Raises InputError where an entry of these kinds lacks its record, or another has one."""
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
