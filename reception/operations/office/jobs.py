"""Jobs that leaders hand out (领导交办): who gave it, what was done, what was reported upward."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reception.context import Session
from reception.facts.office import NewJob
from reception.operations import cleaning
from reception.operations.office import common


def begin(session: Session, entry_id: int, new: NewJob, _values: Mapping[str, Any]) -> common.Changes:
    """Write who gave the job, and to whom. Raises InputError."""
    values = {
        "given_by": cleaning.required(new.given_by, "given_by"),
        "given_to": cleaning.line(new.given_to, "given_to"),
        "ended_at": None,
    }
    return common.add(session, entry_id, "job", values)[1]
