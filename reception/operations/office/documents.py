"""Papers received (来文): registered, handled, circulated, filed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reception.context import Session
from reception.facts.office import NewDocument
from reception.operations import cleaning
from reception.operations.office import common


def begin(session: Session, entry_id: int, new: NewDocument, _values: Mapping[str, Any]) -> common.Changes:
    """Write what a paper bears and how it came. Raises InputError."""
    _, changes = common.add(
        session,
        entry_id,
        "document",
        {
            "year": None,
            "number": None,
            "sender": cleaning.line(new.sender, "sender"),
            "sender_number": cleaning.line(new.sender_number, "sender_number"),
            "sender_day": new.sender_day,
            "copies": new.copies,
            "way": new.way.value,
            "brought_by": cleaning.line(new.brought_by, "brought_by"),
            "proposed": cleaning.long_text(new.proposed, "proposed"),
            "filed_at": None,
            "filed_where": "",
        },
    )
    return changes
