"""The words of the facts, as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reception.facts.people import NoteKind
from reception.wording import N_
from reception.words import (
    ACTS,
    ATTEMPTS,
    CALLBACKS,
    CATEGORIES,
    KINDS,
    PARTS,
    REFERRALS,
    RESULTS,
    ROLES,
    SEXES,
    STATUSES,
    URGENCIES,
    VERBS,
    VISITS,
)


def _by_value(names: Mapping[Any, str]) -> dict[str, str]:
    return {str(word.value): name for word, name in names.items()}


NOTES: Mapping[NoteKind, str] = {
    NoteKind.INTERPRETER: N_("needs an interpreter"),
    NoteKind.HEARING: N_("hard of hearing"),
    NoteKind.BANNED: N_("banned from the building"),
    NoteKind.OTHER: N_("note"),
}
VALUES: Mapping[str, Mapping[str, str]] = {
    "kind": _by_value(KINDS),
    "act": _by_value(ACTS),
    "call_result": _by_value(RESULTS),
    "category": _by_value(CATEGORIES),
    "urgency": _by_value(URGENCIES),
    "visits": _by_value(VISITS),
    "sex": _by_value(SEXES),
    "status": _by_value(STATUSES),
    "part.role": _by_value(ROLES),
    "part.status": _by_value(PARTS),
    "referral.status": _by_value(REFERRALS),
    "callback.status": _by_value(CALLBACKS),
    "attempt.result": _by_value(ATTEMPTS),
    "undo.verb": VERBS,
}
"""The words of what the trail holds as it is kept, by field."""
ANSWERS: Mapping[str, str] = {"True": N_("yes"), "False": N_("no")}

LABELS: Mapping[str, str] = {
    "number": N_("Number"),
    "uid": "UID",
    "kind": N_("Kind"),
    "received_at": N_("Received at"),
    "name": N_("Name"),
    "phone": N_("Phone"),
    "organisation": N_("Organisation or address"),
    "sex": N_("Sex"),
    "document_type": N_("Type of document"),
    "document_number": N_("Number of document"),
    "person_id": N_("Known as"),
    "merged_into": N_("Put together with"),
    "note_kind": N_("Kind of note"),
    "case_id": N_("Asks about"),
    "enquiries": N_("Asked about by"),
    "times": N_("Visits"),
    "last_at": N_("Last visit"),
    "last_number": N_("Its number"),
    "open_cases": N_("Open cases"),
    "party": N_("People"),
    "matter": N_("Matter of the catalogue"),
    "subject": N_("Subject"),
    "request": N_("Request"),
    "outcome": N_("Outcome"),
    "category": N_("Category"),
    "act": N_("Act"),
    "call_result": N_("Put through"),
    "department": N_("Department"),
    "status": N_("Status"),
    "operator": N_("Clerk"),
    "waiting_since": N_("Waiting since"),
    "seen_at": N_("Received by the department at"),
    "left_at": N_("Left at"),
    "left_estimated": N_("Leaving time estimated"),
    "late": N_("Entered later"),
    "void_reason": N_("Why void"),
    "urgency": N_("Urgency"),
    "visits": N_("First or repeat"),
    "complained_about": N_("Complained about"),
    "people_concerned": N_("People concerned"),
    "amount": N_("Amount"),
    "since": N_("Since"),
    "evidence": N_("Evidence"),
    "papers": N_("Papers handed in"),
    "identity_protected": N_("Identity not to be disclosed"),
    "wanted": N_("Looks for"),
    "plate": N_("Plate"),
    "read_back": N_("Read back"),
    "callback_wanted": N_("Call-back wanted"),
    "role": N_("Role"),
    "instruction": N_("Instruction"),
    "sent_at": N_("Sent at"),
    "told_at": N_("Told at"),
    "told_whom": N_("Told whom"),
    "part.received_at": N_("Signed for at"),
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
    "verb": N_("What"),
    "person": N_("Person"),
    "waiting_minutes": N_("Minutes waiting"),
    "attempts": N_("Attempts"),
    "last_result": N_("Last attempt"),
    "where": N_("Where"),
}
"""What stands before a value: the keys of the JSON documents, for people."""
