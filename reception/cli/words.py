"""The words of the facts, as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reception.facts import (
    Act,
    AttemptResult,
    CallbackStatus,
    CallResult,
    Category,
    EntryStatus,
    Kind,
    PartStatus,
    ReferralStatus,
    Role,
    Sex,
    Urgency,
    Visits,
)
from reception.wording import N_


def _by_value(names: Mapping[Any, str]) -> dict[str, str]:
    return {str(word.value): name for word, name in names.items()}


KINDS: Mapping[Kind, str] = {
    Kind.VISIT: N_("visit"),
    Kind.CALL_IN: N_("incoming call"),
    Kind.CALL_OUT: N_("outgoing call"),
}
ACTS: Mapping[Act, str] = {
    Act.ANSWERED: N_("answered"),
    Act.POINTED: N_("pointed"),
    Act.PUT_THROUGH: N_("put through"),
    Act.REFERRED: N_("referred"),
}
RESULTS: Mapping[CallResult, str] = {
    CallResult.CONNECTED: N_("connected"),
    CallResult.NO_ANSWER: N_("no answer"),
    CallResult.BUSY: N_("busy"),
}
STATUSES: Mapping[EntryStatus, str] = {
    EntryStatus.OPEN: N_("open"),
    EntryStatus.FINISHED: N_("finished"),
    EntryStatus.VOID: N_("void"),
}
CATEGORIES: Mapping[Category, str] = {
    Category.ENQUIRY: N_("enquiry"),
    Category.BUSINESS: N_("business"),
    Category.OFFICIAL: N_("official"),
    Category.PETITION: N_("petition"),
    Category.COMPLAINT: N_("complaint"),
    Category.REPORT: N_("report"),
    Category.DELIVERY: N_("delivery"),
    Category.NOTICE: N_("notice"),
    Category.INSTRUCTIONS: N_("request for instructions"),
}
ROLES: Mapping[Role, str] = {Role.LEAD: N_("lead"), Role.ASSIST: N_("assisting")}
PARTS: Mapping[PartStatus, str] = {
    PartStatus.SENT: N_("sent"),
    PartStatus.RECEIVED: N_("received"),
    PartStatus.ANSWERED: N_("answered"),
    PartStatus.RETURNED: N_("returned"),
    PartStatus.WITHDRAWN: N_("taken back"),
}
REFERRALS: Mapping[ReferralStatus, str] = {
    ReferralStatus.OPEN: N_("open"),
    ReferralStatus.COMPLETED: N_("completed"),
    ReferralStatus.CLOSED: N_("closed"),
    ReferralStatus.WITHDRAWN: N_("taken back"),
}
CALLBACKS: Mapping[CallbackStatus, str] = {
    CallbackStatus.OWED: N_("owed"),
    CallbackStatus.DONE: N_("done"),
    CallbackStatus.GIVEN_UP: N_("given up"),
    CallbackStatus.WITHDRAWN: N_("taken back"),
}
ATTEMPTS: Mapping[AttemptResult, str] = {
    AttemptResult.NO_ANSWER: N_("no answer"),
    AttemptResult.BUSY: N_("busy"),
    AttemptResult.REACHED: N_("reached"),
}
URGENCIES: Mapping[Urgency, str] = {
    Urgency.NORMAL: N_("normal"),
    Urgency.URGENT: N_("urgent"),
    Urgency.CRITICAL: N_("critical"),
}
SEXES: Mapping[Sex, str] = {Sex.FEMALE: N_("female"), Sex.MALE: N_("male")}
VISITS: Mapping[Visits, str] = {Visits.FIRST: N_("first visit"), Visits.REPEAT: N_("repeat visit")}

VERBS: Mapping[str, str] = {
    "register": N_("registered"),
    "correct": N_("corrected"),
    "void": N_("voided"),
    "answered": N_("answered"),
    "pointed": N_("pointed"),
    "put-through": N_("put through"),
    "outcome": N_("outcome written"),
    "wait": N_("waiting"),
    "seen": N_("received by the department"),
    "leave": N_("left"),
    "estimate": N_("closed as estimated"),
    "owe": N_("call-back noted"),
    "called": N_("tried to call back"),
    "give-up": N_("call-back given up"),
    "undo": N_("taken back"),
    "reveal": N_("document number shown"),
    "refer": N_("referred"),
    "told": N_("told by phone"),
    "receive": N_("received"),
    "answer": N_("answered by the department"),
    "return": N_("returned"),
    "close": N_("closed"),
}
"""What the trail says was done."""

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
    "wanted": N_("Person wanted"),
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
