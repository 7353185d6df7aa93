"""Computing the open due dates again when a year's calendar or the office hours changed."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, bindparam, select, update

from reception import journal, tables
from reception.context import Session, present
from reception.deadlines import Due
from reception.facts import Limit, LimitClock, StepKind
from reception.operations import terms, touching
from reception.operations.referring import RUNNING
from reception.store.prepared import Prepared
from reception.tables import standing

_E, _R, _S = tables.entry, tables.referral, tables.step
_COMPUTED = ("due_day", "due_at", "provisional")
_RUNNING = (_R.c.status.in_(RUNNING), _R.c.due_at.is_not(None))
_MOVE = Prepared(update(_R).where(_R.c.id == bindparam("row_id")), _COMPUTED)
_TOUCH = Prepared(update(_E).where(_E.c.id == bindparam("row_id")), ("version", "line_desk_id", "line"))


def recompute(session: Session) -> int:
    """Give every running referral the due date that the calendar says now; how many changed.

    Each that changes gets a line in its entry's trail. They may be thousands and somebody waits for it: so
    what is written goes in a few statements. The act in hand has locked the desk's chain.
    """
    rows = _locked(session)
    found = _dues(session, rows)
    changed = [(row, changes) for row in rows if (changes := touching.changed(row, found[row["id"]]))]
    if not changed:
        return 0
    lines, entries = [], []
    for entry_id, group in itertools.groupby(changed, key=lambda one: int(one[0]["entry_id"])):
        of_entry = list(group)
        told = {f"referral/{row['ordinal']}": changes for row, changes in of_entry}
        lines.append(journal.Line("recompute", ("entry", entry_id), told, uuid.uuid4()))
        entries.append({"row_id": entry_id, "version": of_entry[0][0]["version"] + 1})
    first = journal.append_many(session, lines)
    desk_id, connection = present(session).desk_id, session.connection()
    _TOUCH.many(
        connection, [{**one, "line_desk_id": desk_id, "line": first + at} for at, one in enumerate(entries)]
    )
    _MOVE.many(connection, [{"row_id": row["id"], **found[row["id"]]} for row, _changes in changed])
    standing.press_anew(connection)
    return len(changed)


def _locked(session: Session) -> list[RowMapping]:
    """The running referrals with a limit, in the order of their entries, which are locked before."""
    connection = session.connection()
    theirs = select(_R.c.entry_id).where(*_RUNNING)
    lock = select(_E.c.id).where(_E.c.id.in_(theirs)).order_by(_E.c.id)
    connection.execute(lock.with_for_update(of=_E, key_share=True)).all()
    query = select(_R, _E.c.version).join(_E, _E.c.id == _R.c.entry_id).where(*_RUNNING)
    return list(connection.execute(query.order_by(_R.c.entry_id, _R.c.id)).mappings())


def _dues(session: Session, rows: list[RowMapping]) -> dict[int, Mapping[str, Any]]:
    """What is computed of each referral. Those that began on one day with one limit are due together."""
    calendar, zone = terms.Calendar(session), present(session).zone
    pauses = _pauses(session)
    known: dict[tuple[dt.date, Limit], Due] = {}
    found: dict[int, Mapping[str, Any]] = {}
    for row in rows:
        limit = Limit(row["limit_amount"], LimitClock(row["limit_clock"]))
        stood = [one for one in pauses[row["id"]] if one[0] >= row["started_at"]]
        key = (row["started_at"].astimezone(zone).date(), limit)
        due = None if stood else known.get(key)
        if due is None:
            due = calendar.due(row["started_at"], limit, stood)
            if not stood and limit.clock is not LimitClock.HOURS:
                known[key] = due
        values = terms.columns(limit, due)
        found[row["id"]] = {name: values[name] for name in _COMPUTED}
    return found


def _pauses(session: Session) -> Mapping[int, list[tuple[dt.datetime, dt.datetime]]]:
    """The pauses that are over, of every running referral."""
    query = (
        select(_S.c.referral_id, _S.c.at, _S.c.until)
        .join(_R, _R.c.id == _S.c.referral_id)
        .where(*_RUNNING, _S.c.kind == StepKind.PAUSE.value, _S.c.until.is_not(None))
        .order_by(_S.c.ordinal)
    )
    found: dict[int, list[tuple[dt.datetime, dt.datetime]]] = defaultdict(list)
    for row in session.connection().execute(query):
        found[row.referral_id].append((row.at, row.until))
    return found
