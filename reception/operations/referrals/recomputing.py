"""Computing the open due dates again when a year's calendar is entered or changed."""

from __future__ import annotations

import uuid

from sqlalchemy import select

from reception import journal, tables
from reception.context import Session
from reception.facts import Limit, LimitClock
from reception.operations import terms, touching
from reception.operations.referring import RUNNING

_R = tables.referral


def recompute(session: Session) -> int:
    """Give every running referral the due date that the calendar says now; how many changed.

    Each that changes gets a line in its entry's trail.
    """
    calendar, changed = terms.Calendar(session), 0
    query = select(_R).where(_R.c.status.in_(RUNNING), _R.c.due_at.is_not(None)).order_by(_R.c.id)
    for row in session.connection().execute(query).mappings().all():
        limit = Limit(row["limit_amount"], LimitClock(row["limit_clock"]))
        due = calendar.due(row["started_at"], limit, terms.pauses(session, row["id"]))
        if not touching.changed(row, terms.columns(limit, due)):
            continue
        uid = uuid.uuid4()
        journal.open_act(session, uid)
        touched = touching.open_entry(session, row["entry_id"], void_too=True)
        key = f"referral/{row['ordinal']}"
        touched.others |= touching.update_other(session, _R, key, row, terms.columns(limit, due))
        touching.save(session, touched, {}, "recompute", uid)
        changed += 1
    return changed
