"""What has to be true of the office's entries after an act was taken back or done again.

An act that others built on is refused. Often the values that it changed say so; here is what they do not say:
whoever was told of a meeting was told its time and place, a paper that is filed waits for nobody, the leader
is told after the director, and what ended stays the last that was done.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import RowMapping, func, select

from reception import tables
from reception.context import Session
from reception.facts import CONTACTS, Kind
from reception.facts.office import Level
from reception.journal import plain
from reception.operations import acts
from reception.operations.acts import Line, Pairs
from reception.operations.office import circulation, common
from reception.operations.referring import RUNNING

_R, _V = tables.referral, tables.OF_ENTRY["invitation"]
_TOLD = ("meets_at", "place")
"""What makes stale what was told before."""
_KEPT = (*_TOLD, "convener", "agenda", "attendance", "materials", "dress", "reply_by", "issued_by")
"""What a round takes over from the one before."""


def refused(
    session: Session, entry: RowMapping, act: Line, since: Sequence[Line], undone: Line | None
) -> bool:
    """Whether a line of an act may not be taken back, or done again where ``undone`` took it back.

    ``since`` are the lines about its entry from then on, first to last.
    """
    if undone is not None:
        meanwhile = [line for line in since if line.id > undone.id]
        if _ends(entry, act) and acts.goes_on(meanwhile):
            return True
        if entry["kind"] == Kind.CALL_OUT:
            return False
        for key, pairs in act.changes.items():
            if key.startswith("invitation/") and not _told_of(session, entry["id"], key, pairs, since):
                return True
            if key.startswith("meeting/") and "ordinal" in pairs:  # it brings back what the round before was
                before = int(key.partition("/")[2]) - 1
                if not _as_before(session, entry["id"], before, since, _KEPT):
                    return True
    elif entry["kind"] == Kind.CALL_OUT:
        return act.verb == "void" and not _tells(session, entry["id"], act)
    if _taken_over(session, entry["id"], act):
        return True
    return any(
        key.startswith("meeting/")
        and "ordinal" not in pairs
        and not pairs.keys().isdisjoint(_TOLD)
        and any(call["round"] == int(key.partition("/")[2]) for call in _calls(session, entry["id"]))
        for key, pairs in act.changes.items()
    )


def _taken_over(session: Session, entry_id: int, act: Line) -> bool:
    """Whether a later round of a meeting that stands took over what an act wrote."""
    wrote = [
        int(key.partition("/")[2])
        for key, pairs in act.changes.items()
        if key.startswith("meeting/") and not pairs.keys().isdisjoint((*_KEPT, "ordinal"))
    ]
    if not wrote:
        return False
    return any(row["ordinal"] > min(wrote) for row in common.rows(session, entry_id, "meeting"))


def _ends(entry: RowMapping, act: Line) -> bool:
    """Whether an act ended something: it is not done again once something else was begun."""
    if act.verb == "void":
        return True
    if act.verb == "register" or (entry["kind"] in CONTACTS and "meeting" not in _tables(act)):
        return False
    return any(
        not pairs.keys().isdisjoint(("ended_at", "filed_at", "closed_at"))
        or (key.startswith("meeting/") and "ordinal" in pairs)
        for key, pairs in act.changes.items()
    )


def _tables(act: Line) -> set[str]:
    return {key.partition("/")[0] for key in act.changes}


def whole(session: Session, entry: RowMapping) -> bool:
    """Whether an entry stands as its own acts would have left it."""
    running = _running(session, entry["id"])
    if running > 1:  # the one before had ended when it was sent again
        return False
    if entry["kind"] == Kind.DOCUMENT:
        unsigned = [(row["department_id"], row["whom"]) for row in circulation.unsigned(session, entry["id"])]
        if _filed(session, entry["id"]):
            return not running and not unsigned
        return len(unsigned) == len(set(unsigned))
    if entry["kind"] == Kind.MEETING:
        return _each_once(session, entry["id"])
    return entry["kind"] != Kind.JOB or _level_by_level(session, entry["id"])


def _filed(session: Session, entry_id: int) -> bool:
    return any(row["filed_at"] is not None for row in common.rows(session, entry_id, "document"))


def _running(session: Session, entry_id: int) -> int:
    query = select(func.count()).where(_R.c.entry_id == entry_id, _R.c.status.in_(RUNNING))
    return int(session.connection().scalar(query) or 0)


def _level_by_level(session: Session, entry_id: int) -> bool:
    told: set[str] = set()
    for row in common.rows(session, entry_id, "job_step"):
        if row["level"] == Level.LEADER:
            if Level.DIRECTOR.value not in told:
                return False
            told = set()
        elif row["level"] is not None:
            told.add(row["level"])
    return True


def _each_once(session: Session, entry_id: int) -> bool:
    from reception.operations.office.meetings import writing

    invited = [writing.alike(row) for row in common.rows(session, entry_id, "invitee")]
    return len(invited) == len(set(invited))


def _calls(session: Session, entry_id: int) -> list[RowMapping]:
    from reception.operations.office.meetings import held

    return held.calls(session, entry_id)


def _told_of(session: Session, entry_id: int, key: str, pairs: Pairs, since: Iterable[Line]) -> bool:
    """Whether a call that an act made, or that reached somebody by it, told what holds now."""
    place = int(key.partition("/")[2])
    query = select(_V.c.round).where(_V.c.entry_id == entry_id, _V.c.ordinal == place)
    round_ = pairs["round"][1] if "round" in pairs else session.connection().scalar(query)
    return _as_before(session, entry_id, round_, since, _TOLD)


def _tells(session: Session, call_id: int, act: Line) -> bool:
    """Whether a call that is not void after all told what holds now."""
    rows = select(_V).where(_V.c.call_id == call_id, _V.c.status == common.STANDING)
    for row in session.connection().execute(rows).mappings().all():
        query = acts.LINES.where(
            tables.journal.c.subject_kind == "entry",
            tables.journal.c.subject_id == row["entry_id"],
            tables.journal.c.id > act.id,
        )
        since = [
            acts.line_of(one) for one in session.connection().execute(query.order_by(tables.journal.c.id))
        ]
        if not _as_before(session, row["entry_id"], row["round"], since, _TOLD):
            return False
    return True


def _as_before(
    session: Session, entry_id: int, round_: Any, since: Iterable[Line], names: Iterable[str]
) -> bool:
    """Whether these columns of a round are what they were before these lines."""
    table = tables.OF_ENTRY["meeting"]
    query = select(table).where(table.c.entry_id == entry_id, table.c.ordinal == round_)
    row = session.connection().execute(query).mappings().one_or_none()
    if row is None:
        return True
    before: dict[str, Any] = {}
    for line in since:
        for name, (old, _new) in line.changes.get(f"meeting/{round_}", {}).items():
            before.setdefault(name, old)
    return all(before.get(name, plain(row[name])) == plain(row[name]) for name in names)
