"""The words of what the trail tells of: fields and values by the names that it keeps them under.

Window, terminal and paper say the same of them; nothing of it is needed before the window is painted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reception import office_words
from reception.wording import N_
from reception.words import (
    ACTS,
    ATTEMPTS,
    CALLBACKS,
    CATEGORIES,
    CLOCKS,
    KINDS,
    NOTICES,
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

FIELDS: Mapping[str, str] = {
    "kind": N_("Kind"),
    "received_at": N_("Received at"),
    "name": N_("Name"),
    "phone": N_("Phone"),
    "sex": N_("Sex"),
    "person_id": N_("Known as"),
    "merged_into": N_("Put together with"),
    "note_kind": N_("Kind of note"),
    "case_id": N_("Asks about"),
    "request": N_("Request"),
    "category": N_("Category"),
    "act": N_("Act"),
    "status": N_("Status"),
    "left_at": N_("Left at"),
    "left_estimated": N_("Leaving time estimated"),
    "late": N_("Entered later"),
    "void_reason": N_("Why void"),
    "urgency": N_("Urgency"),
    "visits": N_("First or repeat"),
    "people_concerned": N_("People concerned"),
    "amount": N_("Amount"),
    "evidence": N_("Evidence"),
    "papers": N_("Papers handed in"),
    "wanted": N_("Looks for"),
    "plate": N_("Plate"),
    "read_back": N_("Read back"),
    "callback_wanted": N_("Call-back wanted"),
    "role": N_("Role"),
    "instruction": N_("Instruction"),
    "sent_at": N_("Sent at"),
    "told_at": N_("Told at"),
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
    "source": N_("By what way it came"),
    "source_number": N_("Its number there"),
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
    "materials": N_("Papers to bring"),
    "notice.matter": N_("Told about"),
    "lacks": N_("Papers that are missing"),
    "basis": N_("Legal basis"),
    "steps": N_("How it goes"),
    "fee": N_("Fee"),
    "time_limit": N_("Time it takes"),
    "place": N_("Where it is dealt with"),
    "refusal": N_("Why not accepted"),
    "whereto": N_("Where to go instead"),
    **office_words.FIELDS,
}
"""What stands before a value. A form or a list that calls its own otherwise has a word of its own."""


def _by_value(names: Mapping[Any, str]) -> dict[str, str]:
    return {str(word.value): name for word, name in names.items()}


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
    "notice.status": _by_value(NOTICES),
    "source": _by_value(SOURCES),
    "part.outcome": _by_value(OUTCOMES),
    "limit_clock": _by_value(CLOCKS),
    "step.kind": _by_value(STEPS),
    "step.way": _by_value(WAYS),
    "undo.verb": VERBS,
    **office_words.VALUES,
}
"""The words of what is kept as a word of the trade, by its field (``part.status``) or its last name."""


def of_value(name: str, value: str) -> str:
    """The word of what the trail keeps of a field (``part.status``); "" where it is none of the trade's."""
    last = name.rpartition(".")[2]
    return (VALUES.get(name) or VALUES.get(last) or {}).get(value, "")
