"""The trail of an entry in words: who did what when, and what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtWidgets import QWidget

from reception.facts import (
    Act,
    AttemptResult,
    CallbackStatus,
    CallResult,
    Catalogue,
    Category,
    EntryStatus,
    Kind,
    LimitClock,
    PartOutcome,
    PartStatus,
    ReferralStatus,
    Role,
    Sex,
    Source,
    StepKind,
    TrailLine,
    Urgency,
    Visits,
    Way,
)
from reception.words import (
    ACTS,
    ATTEMPTS,
    CALLBACKS,
    CATEGORIES,
    CLOCKS,
    KINDS,
    OUTCOMES,
    PARTS,
    REFERRALS,
    RESULTS,
    ROLES,
    SEXES,
    SOURCES,
    STATUSES,
    STEPS,
    URGENCIES,
    VERBS,
    VISITS,
    WAYS,
)
from ui import labels
from ui.widgets.table import Column, PagedTable
from ui.wording import N_, _
from ui.words import when
from ui.work import Lanes

_FIELDS: Mapping[str, str] = {
    "kind": N_("Kind"),
    "subject": N_("Matter"),
    "matter_id": N_("Matter of the catalogue"),
    "request": N_("Request"),
    "outcome": N_("Done"),
    "category": N_("Category"),
    "party_size": N_("People"),
    "department_id": N_("Send to"),
    "act": N_("Act"),
    "call_result": N_("How it ended"),
    "status": N_("Status"),
    "received_at": N_("Received at"),
    "part.received_at": N_("Signed for at"),
    "late": N_("Entered later"),
    "waiting_since": N_("Waits since"),
    "seen_at": N_("Went in at"),
    "left_at": N_("Left at"),
    "left_estimated": N_("Leaving time estimated"),
    "void_reason": N_("Why void"),
    "urgency": N_("Urgency"),
    "visits": N_("First or repeat"),
    "complained_about": N_("Against whom"),
    "people_concerned": N_("People concerned"),
    "amount": N_("Amount"),
    "since": N_("Since when"),
    "evidence": N_("Evidence"),
    "papers": N_("Papers handed in"),
    "identity_protected": N_("Do not disclose the identity"),
    "wanted": N_("Looks for"),
    "plate": N_("Plate"),
    "read_back": N_("Read back"),
    "callback_wanted": N_("Call-back wanted"),
    "parties": N_("Persons"),
    "person_id": N_("Known as"),
    "merged_into": N_("Put together with"),
    "note_kind": N_("Kind of note"),
    "case_id": N_("Asks about"),
    "name": N_("Name"),
    "phone": N_("Phone"),
    "organisation": N_("From"),
    "sex": N_("Sex"),
    "document_type": N_("Document"),
    "document_number": N_("Its number"),
    "instruction": N_("Instruction"),
    "role": N_("Role"),
    "told_at": N_("Told at"),
    "told_whom": N_("Told by phone"),
    "sent_at": N_("Sent at"),
    "received_by": N_("Received by"),
    "answered_at": N_("Answered at"),
    "answer": N_("Answer"),
    "returned_at": N_("Returned at"),
    "return_reason": N_("Why returned"),
    "created_at": N_("Made at"),
    "closed_at": N_("Closed at"),
    "closing_note": N_("Closing note"),
    "due_at": N_("Due at"),
    "about": N_("About"),
    "owner": N_("Who calls"),
    "ended_at": N_("Ended at"),
    "reason": N_("Reason"),
    "at": N_("At"),
    "result": N_("How it ended"),
    "reached": N_("Reached"),
    "note": N_("Note"),
    "undo.verb": N_("What"),
    "reveal.person": N_("Person"),
    "source": N_("By what way it came"),
    "source_number": N_("Its number there"),
    "concerned_id": N_("About which department"),
    "checked": N_("Line checked"),
    "officer": N_("Officer"),
    "stood_in": N_("Officer B stood in"),
    "on_behalf": N_("Taken by the desk on their behalf"),
    "part.outcome": N_("What the answer was"),
    "case_number": N_("Their case number"),
    "passed_to": N_("Passed on to"),
    "contacted": N_("Person contacted"),
    "contacted_at": N_("Contacted at"),
    "contacted_how": N_("Contacted how"),
    "leader": N_("Leader"),
    "leader_asked": N_("The leader is to see the result"),
    "person_asked": N_("The person is to be called back"),
    "slip_number": N_("Number of the slip"),
    "limit_amount": N_("Limit"),
    "limit_clock": N_("Counted in"),
    "remind_days": N_("Reminder days"),
    "due_day": N_("Due on"),
    "provisional": N_("Provisional"),
    "paused_at": N_("Clock paused at"),
    "step.kind": N_("Step"),
    "way": N_("Way"),
    "whom": N_("Whom"),
    "words": N_("Words"),
    "reply": N_("Reply"),
    "replied_at": N_("Replied at"),
    "content": N_("Satisfied"),
    "until": N_("Until"),
    "due_before": N_("Due before"),
    "due_after": N_("Due after"),
}
_PLACES: Mapping[str, str] = {
    "party": N_("representative"),
    "part": N_("department"),
    "referral": N_("referral"),
    "callback": N_("call-back"),
    "attempt": N_("attempt"),
    "step": N_("referral"),
}
"""Whose a field is that is not the entry's own."""
_WORDS: Mapping[str, tuple[type[StrEnum], Mapping[StrEnum, str]]] = {
    "kind": (Kind, KINDS),  # type: ignore[dict-item]
    "act": (Act, ACTS),  # type: ignore[dict-item]
    "call_result": (CallResult, RESULTS),  # type: ignore[dict-item]
    "category": (Category, CATEGORIES),  # type: ignore[dict-item]
    "urgency": (Urgency, URGENCIES),  # type: ignore[dict-item]
    "visits": (Visits, VISITS),  # type: ignore[dict-item]
    "sex": (Sex, SEXES),  # type: ignore[dict-item]
    "role": (Role, ROLES),  # type: ignore[dict-item]
    "result": (AttemptResult, ATTEMPTS),  # type: ignore[dict-item]
    "source": (Source, SOURCES),  # type: ignore[dict-item]
    "part.outcome": (PartOutcome, OUTCOMES),  # type: ignore[dict-item]
    "limit_clock": (LimitClock, CLOCKS),  # type: ignore[dict-item]
    "step.kind": (StepKind, STEPS),  # type: ignore[dict-item]
    "way": (Way, WAYS),  # type: ignore[dict-item]
}
_PLAIN = {"True": N_("Yes"), "False": N_("No"), "yes": N_("Yes"), "no": N_("No")}
_STATUSES: tuple[tuple[type[StrEnum], Mapping[StrEnum, str]], ...] = (
    (EntryStatus, STATUSES),  # type: ignore[assignment]
    (PartStatus, PARTS),
    (ReferralStatus, REFERRALS),
    (CallbackStatus, CALLBACKS),
)


def field_word(name: str) -> str:
    """A field as the trail names it (``outcome``, ``part.answer``), in words."""
    place, _dot, last = name.rpartition(".")
    word = _(_FIELDS.get(name) or _FIELDS.get(last) or last)
    if place not in _PLACES:
        return word
    return _("{name} ({place})").format(name=word, place=_(_PLACES[place]))


def value_word(name: str, value: str) -> str:
    """A value as the trail or a conflict gives it, in words; "–" for nothing."""
    last = name.rpartition(".")[2]
    if value in ("", "None"):
        return "–"
    if name == "undo.verb":
        return _(VERBS[value]) if value in VERBS else value
    if (table := _WORDS.get(name) or _WORDS.get(last)) is not None:
        return _enum_word(value, (table,))
    if last == "status":
        return _enum_word(value, _STATUSES)
    return _(_PLAIN[value]) if value in _PLAIN else value


def _enum_word(value: str, tables: tuple[tuple[type[StrEnum], Mapping[StrEnum, str]], ...]) -> str:
    for kind, words in tables:
        if value in list(kind):
            return _(words[kind(value)])
    return value


@dataclass(frozen=True, slots=True)
class _Line:
    at: int
    line: TrailLine


class TrailTable(PagedTable[_Line]):
    """The steps of one entry, first to last."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        self._catalogue: Catalogue | None = None
        columns: list[Column[_Line]] = [
            Column("at", _("Time"), self._time, 12),
            Column("operator", _("Clerk"), _operator, 8),
            Column("verb", _("What"), _verb, 12),
            Column("changes", _("Old → new"), self._changes, wrapped=True),
        ]
        super().__init__(lanes, "entry.trail", columns, _place, name=_("Trail"), parent=parent)

    def show_trail(self, lines: tuple[TrailLine, ...], catalogue: Catalogue | None) -> None:
        """Show these steps."""
        self._catalogue = catalogue
        self.rows.put([_Line(at, line) for at, line in enumerate(lines)])

    def _time(self, row: _Line) -> str:
        if self._catalogue is None:
            return ""
        zone = labels.zone(self._catalogue.site.zone)
        return when(row.line.at, zone, dt.datetime.now(zone).date())

    def _changes(self, row: _Line) -> str:
        words = []
        for name, old, new in row.line.changes:
            before, after = (value_word(name, value) for value in (old, new))
            change = after if before == "–" else f"{before} → {after}"
            words.append(_("{name}: {value}").format(name=field_word(name), value=change))
        return "\n".join(words)


def _place(row: _Line) -> int:
    return row.at


def _operator(row: _Line) -> str:
    return row.line.operator


def _verb(row: _Line) -> str:
    return verb_word(row.line.verb)


def verb_word(verb: str) -> str:
    """What was done, in words."""
    return _(VERBS[verb]) if verb in VERBS else verb
