"""Urgent events and groups (紧急情况, 集体访): the minute, the calls, the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reception.context import Session
from reception.facts.office import NewUrgent
from reception.operations import cleaning
from reception.operations.office import common


def begin(session: Session, entry_id: int, new: NewUrgent, _values: Mapping[str, Any]) -> common.Changes:
    """Write where it is. Raises InputError."""
    values = {"place": cleaning.line(new.place, "place"), "ended_at": None}
    return common.add(session, entry_id, "urgent", values)[1]
