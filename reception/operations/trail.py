"""The trail of a record, read from the journal for people: who did what, and the old and new values."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from reception import scope, tables
from reception import text as rules
from reception.context import Session, present
from reception.facts import Role, TrailLine
from reception.numbers import Number, day_date
from reception.operations.narrowing import is_seen

_HIDDEN = frozenset(
    {
        "uid",
        "desk_id",
        "operator_id",
        "phone_digits",
        "position",
        "epoch",
        "sequence",
        "day",
        "referral_id",
        "callback_id",
        "sending",
        "ordinal",
        "face",
        "slip_year",
        "started_at",
        "rung",
        "referral.due_at",
        "step.at",
        *(f"{name}.{column}" for name in tables.OF_ENTRY for column in ("at", "status")),
        *("document.year", "circulation.department_id", "calendar_uid"),
    }
) | frozenset(
    f"notice.{name}"
    for name in ("at", "matter_id", "basis", "materials", "steps", "time_limit", "fee", "place")
)
"""What says nothing that the line does not say anyway; of some records only with their name before it.

Of a notice it tells what was asked about and what was missing; the catalogue's words stand on its paper.
"""
_INSTANTS = frozenset(
    {
        "received_at",
        "waiting_since",
        "seen_at",
        "left_at",
        "created_at",
        "closed_at",
        "sent_at",
        "told_at",
        "answered_at",
        "returned_at",
        "due_at",
        "ended_at",
        "at",
        "paused_at",
        "contacted_at",
        "replied_at",
        "until",
        *("meets_at", "reply_by", "laid_at", "filed_at", "signed_at"),
        *("lent_at", "back_by", "handed_at"),
    }
)
_DAYS = frozenset(
    {"due_day", "due_before", "due_after", "first_day", "last_day", "until_day", "sender_day"} | {"on_day"}
)
"""Kept as ``YYYYMMDD``."""
_USUAL = {"urgency": "normal", "party_size": 1}
"""What a new entry has unless somebody says otherwise: not worth a word in its first line."""
_NUMBERED = frozenset({"case_id", "call_id", "job_id", "visit_id"})
"""Entries, told by their numbers."""
_NO_SAYS_SOMETHING = frozenset({"reached", "content", "contacted"})
"""Of these no is an answer, and nothing is none."""
_NAMED = {
    "department_id": tables.department,
    "matter_id": tables.matter,
    "concerned_id": tables.department,
    "passed_to": tables.department,
    "person_id": tables.person,
    "merged_into": tables.person,
}


def lines(
    session: Session, subject_kind: str, subject_id: int, *, people: bool = True
) -> tuple[TrailLine, ...]:
    """The acts on a record, first to last. Document numbers are masked; erased values are left out.

    Without ``people`` nothing of it says who told an entry. A department sees the lines about its own parts.
    """
    table, private, desk = tables.journal, tables.private, tables.desk
    query = (
        select(table.c.at, table.c.operator, table.c.verb, desk.c.code, private.c.changes)
        .join(desk, desk.c.id == table.c.desk_id)
        .outerjoin(private, private.c.journal_id == table.c.id)
        .where(table.c.subject_kind == subject_kind, table.c.subject_id == subject_id)
        .order_by(table.c.id)
    )
    found = session.connection().execute(query).all()
    raw = [(row, json.loads(row.changes) if row.changes else {}) for row in found]
    if not people:
        raw = [(row, _without_people(changes)) for row, changes in raw]
    if (mine := scope.department(session)) is not None:
        raw = _of_department(session, mine, subject_kind, subject_id, raw)
    words = _Words(present(session).zone, _names(session, [changes for _, changes in raw]))
    named = _departments(session, [changes for _, changes in raw])
    return tuple(
        TrailLine(
            row.at,
            row.operator,
            row.code,
            row.verb,
            words.shown(changes),
            tuple(dict.fromkeys(named[one] for one in _of_parts(changes))),
        )
        for row, changes in raw
    )


def _of_parts(changes: dict[str, Any]) -> list[int]:
    """The ids of the departments whose parts an act touched, the lead first, or that it reminded."""
    steps = [pairs for key, pairs in changes.items() if key.startswith("step/")]
    reminded = [pairs["department_id"][1] for pairs in steps if pairs.get("way", (None, None))[1]]
    keys = [key for key in changes if key.startswith("part/")]
    keys.sort(key=lambda key: changes[key].get("role", (None, None))[1] != Role.LEAD)
    parts = [int(key.split("/")[1]) for key in keys]
    return [*parts, *(one for one in reminded if one is not None)]


def _departments(session: Session, all_changes: list[dict[str, Any]]) -> dict[int, str]:
    wanted = {one for changes in all_changes for one in _of_parts(changes)}
    if not wanted:
        return {}
    table = tables.department
    found = session.connection().execute(select(table.c.id, table.c.name).where(table.c.id.in_(wanted)))
    return {row.id: row.name for row in found}


def _of_department(
    session: Session, mine: int, kind: str, subject: int, lines: list[tuple[Any, dict[str, Any]]]
) -> list[tuple[Any, dict[str, Any]]]:
    """Of what was done to an entry, what concerns its referrals to one department."""
    if kind != "entry":
        return []
    referral, part, step = tables.referral, tables.part, tables.step
    own = select(part.c.referral_id).where(part.c.entry_id == subject, part.c.department_id == mine)
    connection = session.connection()
    named = select(referral.c.ordinal).where(referral.c.id.in_(own))
    keys = {f"referral/{ordinal}" for ordinal in connection.scalars(named)}
    steps = select(step).where(step.c.referral_id.in_(own))
    found = connection.execute(steps).mappings()
    keys |= {f"step/{one['ordinal']}" for one in found if is_seen(mine, one)}
    narrowed = []
    for row, changes in lines:
        kept = {key: one for key, one in changes.items() if key in keys or key.startswith(f"part/{mine}/")}
        if kept:
            kept |= {"undo": changes["undo"]} if "undo" in changes else {}
            narrowed.append((row, kept))
    return narrowed


def _without_people(changes: dict[str, Any]) -> dict[str, Any]:
    return {
        key: {name: pair for name, pair in pairs.items() if name not in ("phone", "reached", "about")}
        if key.startswith(("callback/", "attempt/"))
        else pairs
        for key, pairs in changes.items()
        if not key.startswith("party/")
    }


def _names(session: Session, all_changes: list[dict[str, Any]]) -> dict[tuple[str, int], str]:
    wanted: dict[str, set[int]] = {name: set() for name in _NAMED}
    for changes in all_changes:
        for pairs in changes.values():
            for column, pair in pairs.items():
                if column in wanted:
                    wanted[column] |= {one for one in pair if one is not None}
    names: dict[tuple[str, int], str] = {}
    named = {
        one
        for changes in all_changes
        for pairs in changes.values()
        for column in _NUMBERED.intersection(pairs)
        for one in pairs[column]
        if one is not None
    }
    if named:
        names |= _numbers(session, named)
    for column, ids in wanted.items():
        if ids:
            table = _NAMED[column]
            for row in session.connection().execute(
                select(table.c.id, table.c.name).where(table.c.id.in_(ids))
            ):
                names[column, row.id] = row.name
    return names


def _numbers(session: Session, entries: set[int]) -> dict[tuple[str, int], str]:
    entry, desk = tables.entry, tables.desk
    query = (
        select(entry.c.id, entry.c.day, entry.c.sequence, entry.c.epoch, desk.c.code)
        .join(desk, desk.c.id == entry.c.desk_id)
        .where(entry.c.id.in_(entries))
    )
    found = session.connection().execute(query)
    numbers = {row.id: str(Number(row.day, row.sequence, row.code, row.epoch)) for row in found}
    return {(column, at): number for column in _NUMBERED for at, number in numbers.items()}


@dataclass(frozen=True, slots=True)
class _Words:
    """How kept values read: ids by their names, instants by the site's clock, document numbers masked."""

    zone: ZoneInfo
    names: dict[tuple[str, int], str]

    def shown(self, changes: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
        """Label, old and new of each change worth telling, the entry's own first."""
        shown = []
        for key in sorted(changes, key=lambda one: (one != "entry", one)):
            prefix = "" if key in ("entry", "record", "party/0") else key.split("/")[0] + "."
            for column, (old, new) in changes[key].items():
                no = new is False and column not in _NO_SAYS_SOMETHING
                untold = old is None and (no or _USUAL.get(column) == new)
                if (
                    (_HIDDEN.isdisjoint((column, prefix + column)) or key == "reveal")
                    and not untold
                    and prefix + column != "undo.act"
                ):
                    told = new + 1 if key == "reveal" else new  # people are counted from one
                    shown.append((prefix + column, self._word(column, old), self._word(column, told)))
        return tuple(shown)

    def _word(self, column: str, value: Any) -> str:
        if value is None:
            return ""
        if column in _NAMED or column in _NUMBERED:
            return self.names.get((column, value), str(value))
        if column in _DAYS:
            return day_date(value).isoformat()
        if column == "document_number":
            return rules.mask_document(str(value))
        if column in _INSTANTS:
            return dt.datetime.fromisoformat(value).astimezone(self.zone).strftime("%Y-%m-%d %H:%M")
        return str(value)
