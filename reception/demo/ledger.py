"""The made-up register while it is written: records and their lines in the chain, in whole batches.

It does to dictionaries what the verbs do to tables, with the verbs' own parts: what a line says of a change,
how it is hashed, how parts are named. ``reception check`` holds the result to the standard of any register.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from reception import journal
from reception.demo.chain import Chain, Changes, Clerk, Row
from reception.facts import (
    Act,
    AttemptResult,
    CallbackStatus,
    EntryStatus,
    Kind,
    PartStatus,
    ReferralStatus,
    Role,
    StepKind,
)
from reception.facts.office import Stands
from reception.operations import touching
from reception.operations.entries import UNJOURNALED

ITSELF = object()
"""Stands for the id of an entry that is just being made."""
_OWN = frozenset({"id", "entry_id"})
_ENTRY_OWN = UNJOURNALED | {"id"}


@dataclass(slots=True)
class Held:
    """An entry with all that belongs to it, as long as something is still to happen to it."""

    row: Row
    persons: list[Row]
    referrals: list[Row] = field(default_factory=list)
    parts: dict[str, Row] = field(default_factory=dict)
    callbacks: list[Row] = field(default_factory=list)
    attempts: int = 0
    steps: int = 0
    beside: dict[str, list[Row]] = field(default_factory=dict)
    """What only entries of its kind have, by table."""
    act: uuid.UUID | None = None
    """The last act on it."""

    def latest(self) -> list[str]:
        """The keys of the parts of the latest referral."""
        last = self.referrals[-1]["id"]
        return [key for key, row in self.parts.items() if row["referral_id"] == last]

    def lead(self) -> str:
        """The key of the lead's part of the latest referral."""
        return next(key for key in self.latest() if self.parts[key]["role"] == Role.LEAD)


class Ledger(Chain):
    """Writes entries and acts into batches.

    Args:
        dice, desk, head, last: as for any ``Chain``.
        term: the columns that tell the limit of an entry's row which is sent on at an instant.
    """

    def __init__(
        self,
        dice: Random,
        desk: tuple[int, str],
        head: tuple[int, bytes],
        last: Mapping[str, int],
        term: Callable[[dt.datetime, Row], Row],
    ) -> None:
        super().__init__(dice, desk, head, last)
        self._term = term
        self._numbers: dict[int, int] = {}
        self._papers: dict[int, int] = {}

    def register(
        self,
        at: dt.datetime,
        clerk: Clerk,
        day: int,
        values: Row,
        persons: Iterable[Row],
        referral: Row | None = None,
        callback: Row | None = None,
        beside: Iterable[tuple[str, Row]] = (),
    ) -> Held:
        """A new entry under the next number of ``day``.

        ``values`` lack what is given here; ``referral`` is as for ``refer``, if it is sent on at once,
        ``callback`` as for ``owe``, ``beside`` what only its kind has, by table.
        """
        number = self._numbers[day] = self._numbers.get(day, 0) + 1
        uid = self._uid()
        values.update(
            uid=uid,
            desk_id=self._desk_id,
            day=day,
            epoch=0,
            sequence=number,
            operator_id=clerk.id,
            version=1,
            line_desk_id=self._desk_id,
            line=self._sequence + 1,
        )
        held = Held(self._add("entry", values), [])
        changes: Changes = {"entry": touching.created(values, _ENTRY_OWN)}
        for position, person in enumerate(persons):
            one = self._add("party", {"entry_id": values["id"], "position": position, **person})
            held.persons.append(one)
            changes[f"party/{position}"] = touching.created(one, _OWN)
        if referral is not None:
            changes |= self._send(at, clerk, held, **referral)
        if callback is not None:
            changes |= self.owe(at, clerk, held, **callback)
        for name, row in beside:
            changes |= self.beside(at, clerk, held, name, row)
        held.act = uid
        self._line(at, clerk, "register", ("entry", values["id"]), changes, uid)
        return held

    def refer(self, at: dt.datetime, clerk: Clerk, held: Held, **referral: Any) -> None:
        """Refer a held entry: ``lead`` and ``assists`` (ids), ``instruction``, ``told`` (whom)."""
        others = self._send(at, clerk, held, **referral)
        new = {
            "act": Act.REFERRED.value,
            "call_result": None,
            "department_id": referral["lead"],
            "status": EntryStatus.OPEN.value,
        }
        self.change(at, clerk, held, "refer", new, others)

    def _send(
        self,
        at: dt.datetime,
        clerk: Clerk,
        held: Held,
        *,
        lead: int,
        assists: tuple[int, ...] = (),
        instruction: str = "",
        told: str = "",
        leader: str = "",
    ) -> Changes:
        entry_id, ordinal = held.row["id"], len(held.referrals) + 1
        referral = self._add(
            "referral",
            {
                "entry_id": entry_id,
                "ordinal": ordinal,
                "operator_id": clerk.id,
                "instruction": instruction,
                "status": ReferralStatus.OPEN.value,
                "created_at": at,
                "closed_at": None,
                "closing_note": "",
                "leader": leader,
                "leader_asked": True if leader and held.row["kind"] == Kind.JOB else None,
                **self._term(at, held.row),
            },
        )
        held.referrals.append(referral)
        changes: Changes = {f"referral/{ordinal}": touching.created(referral, _OWN)}
        for department_id in (lead, *assists):
            sending = 1 + sum(row["department_id"] == department_id for row in held.parts.values())
            first = department_id == lead
            part = self._add(
                "part",
                {
                    "referral_id": referral["id"],
                    "entry_id": entry_id,
                    "department_id": department_id,
                    "sending": sending,
                    "role": (Role.LEAD if first else Role.ASSIST).value,
                    "status": PartStatus.SENT.value,
                    "sent_at": at,
                    "told_at": at if first and told else None,
                    "told_whom": told if first else "",
                    "received_at": None,
                    "received_by": "",
                    "answered_at": None,
                    "answer": "",
                    "returned_at": None,
                    "return_reason": "",
                },
            )
            key = journal.part_key(department_id, sending)
            held.parts[key] = part
            changes[key] = touching.created({**part, "referral_id": ordinal}, _OWN)
        return changes

    def change(
        self,
        at: dt.datetime,
        clerk: Clerk,
        held: Held,
        verb: str,
        new: Mapping[str, Any],
        others: Changes | None = None,
        uid: uuid.UUID | None = None,
    ) -> None:
        """An act on a held entry: its new values, and the changes of what belongs to it.

        ``uid`` is given for a further line of an act.
        """
        differences = touching.changed(held.row, new)
        changes: Changes = dict(others or {})
        if differences:
            changes["entry"] = differences
        version = {"version": held.row["version"] + 1, "line": self._sequence + 1}
        self._touch("entry", held.row, {**new, **version})
        held.act = uid or self._uid()
        self._line(at, clerk, verb, ("entry", held.row["id"]), changes, held.act)

    def beside(self, at: dt.datetime, clerk: Clerk, held: Held, name: str, values: Row) -> Changes:
        """A row of what only entries of its kind have; what the act's line says of it.

        A value that is ``ITSELF`` is the id of the entry.
        """
        itself = {column: held.row["id"] for column, value in values.items() if value is ITSELF}
        rows = held.beside.setdefault(name, [])
        given = {"entry_id": held.row["id"], "ordinal": len(rows) + 1, "operator_id": clerk.id, "at": at}
        row = self._add(name, {**given, "status": Stands.STANDING.value, **values, **itself})
        rows.append(row)
        return {f"{name}/{row['ordinal']}": touching.created(row, _OWN)}

    def beside_changed(self, held: Held, name: str, new: Mapping[str, Any], place: int = 1) -> Changes:
        """Change such a row, by its place; what the act's line says of it."""
        return {f"{name}/{place}": self._touch(name, held.beside[name][place - 1], new)}

    def step(
        self, at: dt.datetime, clerk: Clerk, held: Held, kind: StepKind, values: Mapping[str, Any]
    ) -> Changes:
        """What was done about the latest referral as a whole; what the act's line says of it."""
        referral = held.referrals[-1]
        held.steps += 1
        given = {"entry_id": held.row["id"], "referral_id": referral["id"], "ordinal": held.steps}
        who = {"kind": kind.value, "at": at, "operator_id": clerk.id}
        row = self._add("step", {**given, **who, **values})
        told = {**row, "referral_id": referral["ordinal"]}
        return {f"step/{held.steps}": touching.created(told, _OWN)}

    def paper_number(self, year: int) -> Row:
        """The next number of a year for a paper received."""
        self._papers[year] = self._papers.get(year, 0) + 1
        return {"year": year, "number": self._papers[year]}

    def owe(
        self,
        at: dt.datetime,
        clerk: Clerk,
        held: Held,
        *,
        due: dt.datetime | None = None,
        about: str = "",
        owner: str = "",
    ) -> Changes:
        """A call is owed about a held entry; what the act's line says of it."""
        callback = self._add(
            "callback",
            {
                "entry_id": held.row["id"],
                "ordinal": len(held.callbacks) + 1,
                "operator_id": clerk.id,
                "created_at": at,
                "due_at": due,
                "phone": "",
                "owner": owner,
                "about": about,
                "status": CallbackStatus.OWED.value,
                "ended_at": None,
                "reason": "",
            },
        )
        held.callbacks.append(callback)
        return {f"callback/{callback['ordinal']}": touching.created(callback, _OWN)}

    def attempt(
        self, at: dt.datetime, held: Held, result: AttemptResult, *, reached: str = "", note: str = ""
    ) -> Changes:
        """Somebody tried to call; what the act's line says of it, the end of the call-back included."""
        last = held.callbacks[-1]
        held.attempts += 1
        attempt = self._add(
            "attempt",
            {
                "entry_id": held.row["id"],
                "callback_id": last["id"],
                "ordinal": held.attempts,
                "at": at,
                "result": result.value,
                "reached": reached,
                "note": note,
            },
        )
        kept = {**attempt, "callback_id": last["ordinal"]}
        changes: Changes = {f"attempt/{held.attempts}": touching.created(kept, _OWN)}
        if result is AttemptResult.REACHED:
            changes |= self.callback(held, {"status": CallbackStatus.DONE.value, "ended_at": at})
        return changes

    def callback(self, held: Held, new: Mapping[str, Any]) -> Changes:
        """Change the latest call-back; what the act's line says of it."""
        last = held.callbacks[-1]
        return {f"callback/{last['ordinal']}": self._touch("callback", last, new)}

    def part(self, held: Held, key: str, new: Mapping[str, Any]) -> Changes:
        """Change a part; what the act's line says of it."""
        return {key: self._touch("part", held.parts[key], new)}

    def referral(self, held: Held, new: Mapping[str, Any]) -> Changes:
        """Change the latest referral; what the act's line says of it."""
        last = held.referrals[-1]
        return {f"referral/{last['ordinal']}": self._touch("referral", last, new)}

    def person(self, held: Held, new: Mapping[str, Any]) -> Changes:
        """Correct the main person; what the act's line says of it."""
        return {"party/0": self._touch("party", held.persons[0], new)}
