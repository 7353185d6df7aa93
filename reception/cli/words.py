"""The words that only the terminal has for what the facts hold."""

from __future__ import annotations

from collections.abc import Mapping

from reception.facts.people import NoteKind
from reception.trail_words import FIELDS
from reception.wording import N_

NOTES: Mapping[NoteKind, str] = {
    NoteKind.INTERPRETER: N_("needs an interpreter"),
    NoteKind.HEARING: N_("hard of hearing"),
    NoteKind.BANNED: N_("banned from the building"),
    NoteKind.OTHER: N_("note"),
}
ANSWERS: Mapping[str, str] = {"True": N_("yes"), "False": N_("no")}

LABELS: Mapping[str, str] = {
    **FIELDS,
    "number": N_("Number"),
    "uid": "UID",
    "organisation": N_("Organisation or address"),
    "document_type": N_("Type of document"),
    "document_number": N_("Number of document"),
    "enquiries": N_("Asked about by"),
    "times": N_("Visits"),
    "last_at": N_("Last visit"),
    "last_number": N_("Last number"),
    "open_cases": N_("Open cases"),
    "party": N_("People"),
    "matter": N_("Matter of the catalogue"),
    "subject": N_("Subject"),
    "outcome": N_("Outcome"),
    "call_result": N_("Put through"),
    "department": N_("Department"),
    "operator": N_("Clerk"),
    "waiting_since": N_("Waiting since"),
    "seen_at": N_("Received by the department at"),
    "complained_about": N_("Complained about"),
    "since": N_("Since"),
    "identity_protected": N_("Identity not to be disclosed"),
    "told_whom": N_("Told whom"),
    "waiting_minutes": N_("Minutes waiting"),
    "attempts": N_("Attempts"),
    "last_result": N_("Last attempt"),
    "where": N_("Where"),
    "concerned": N_("About which department"),
    "overdue_days": N_("Working days overdue"),
}
"""What stands before a value: the keys of the JSON documents, for people."""
