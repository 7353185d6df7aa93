"""Meeting notices by phone (会议通知): what is told, who is invited, who was told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reception.context import Session
from reception.facts.office import NewInvitee, NewMeeting
from reception.operations import cleaning
from reception.operations.office import common

_LINES = ("convener", "place", "attendance", "materials", "dress", "issued_by")


def begin(session: Session, entry_id: int, new: NewMeeting, _values: Mapping[str, Any]) -> common.Changes:
    """Write the first round and who is invited. Raises InputError."""
    _, changes = common.add(
        session,
        entry_id,
        "meeting",
        {
            **{name: cleaning.line(getattr(new, name), name) for name in _LINES},
            "agenda": cleaning.long_text(new.agenda, "agenda"),
            "received": new.received,
            "cancelled": False,
            "meets_at": new.meets_at,
            "reply_by": new.reply_by,
            "laid_at": None,
            "laid_before": "",
            "answered_at": None,
            "answered_whom": "",
            "ended_at": None,
        },
    )
    for one in new.invitees:
        changes |= common.add(session, entry_id, "invitee", _invitee(one))[1]
    return changes


def _invitee(new: NewInvitee) -> dict[str, Any]:
    return {
        "department_id": new.department_id,
        "name": cleaning.required(new.name, "name"),
        "position": cleaning.line(new.position, "position"),
        "phone": cleaning.line(new.phone, "phone"),
        "reply": None,
        "replied_at": None,
        "attendee": "",
        "reason": "",
    }
