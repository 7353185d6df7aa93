"""The words of papers received, meeting notices, jobs and urgent events, for window, terminal and paper.

Apart from ``words``, because nothing of it is needed before the window is painted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reception.facts.awaited import Coming
from reception.facts.meetings import Notified
from reception.facts.office import (
    EventKind,
    ExpectedStatus,
    JobStepKind,
    Level,
    LoanStatus,
    PaperWay,
    ParcelKind,
    ParcelStatus,
    Reply,
    Stands,
    StandsOn,
)
from reception.facts.papers_in import PaperStep
from reception.facts.words import PartStatus, StepKind, Todo
from reception.wording import N_
from reception.words import PARTS, STEPS, TODOS

STANDS: Mapping[Stands, str] = {Stands.STANDING: N_("Stands"), Stands.WITHDRAWN: N_("Taken back")}
PAPER_WAYS: Mapping[PaperWay, str] = {
    PaperWay.HAND: N_("By hand"),
    PaperWay.POST: N_("By post"),
    PaperWay.COURIER: N_("By courier"),
    PaperWay.FAX: N_("By fax"),
    PaperWay.EXCHANGE: N_("Exchange"),
    PaperWay.ELECTRONIC: N_("Online"),
}
REPLIES: Mapping[Reply, str] = {Reply.ATTENDS: N_("Will attend"), Reply.EXCUSED: N_("Excused")}
STANDS_ON: Mapping[StandsOn, str] = {
    StandsOn.ENTRY: N_("On the entry"),
    StandsOn.REFERRAL: N_("On the referral"),
    StandsOn.DAY: N_("On the day's sheet"),
}
JOB_STEPS: Mapping[JobStepKind, str] = {JobStepKind.STEP: N_("Step"), JobStepKind.REPORT: N_("Report upward")}
JOB_COURSE: Mapping[JobStepKind | PartStatus | StepKind, str] = {
    JobStepKind.STEP: JOB_STEPS[JobStepKind.STEP],
    JobStepKind.REPORT: JOB_STEPS[JobStepKind.REPORT],
    PartStatus.ANSWERED: PARTS[PartStatus.ANSWERED],
    PartStatus.RETURNED: PARTS[PartStatus.RETURNED],
    StepKind.SEEN: STEPS[StepKind.SEEN],
}
"""What the course of a job tells."""
LEVELS: Mapping[Level, str] = {
    Level.OFFICER: N_("Officer"),
    Level.DIRECTOR: N_("Office director"),
    Level.LEADER: N_("Leader in charge"),
}
EVENTS: Mapping[EventKind, str] = {
    EventKind.NOTED: N_("Noted"),
    EventKind.CALLED: N_("Call made"),
    EventKind.CAME: N_("Arrived there"),
    EventKind.AGREED: N_("Agreed"),
}
EXPECTED: Mapping[ExpectedStatus, str] = {
    ExpectedStatus.EXPECTED: N_("Expected"),
    ExpectedStatus.CAME: N_("Has come"),
    ExpectedStatus.ABSENT: N_("Did not come"),
    ExpectedStatus.CANCELLED: N_("Cancelled"),
}
COMING: Mapping[Coming, str] = {
    Coming.LATER: N_("Expected later"),
    Coming.NOW: TODOS[Todo.EXPECTED],
    Coming.MISSED: N_("Did not come?"),
}
LOANS: Mapping[LoanStatus, str] = {
    LoanStatus.OUT: N_("Lent"),
    LoanStatus.BACK: N_("Given back"),
    LoanStatus.WITHDRAWN: N_("Taken back"),
}
PARCEL_KINDS: Mapping[ParcelKind, str] = {
    ParcelKind.PARCEL: N_("Parcel"),
    ParcelKind.LETTER: N_("Plain letter"),
    ParcelKind.REGISTERED: N_("Registered letter"),
}
PARCELS: Mapping[ParcelStatus, str] = {
    ParcelStatus.HERE: N_("To be collected"),
    ParcelStatus.HANDED: N_("Handed out"),
    ParcelStatus.SENT_BACK: N_("Sent back"),
    ParcelStatus.WITHDRAWN: N_("Taken back"),
}
PAPER_STEPS: Mapping[PaperStep, str] = {
    PaperStep.NOTHING: N_("Not handled"),
    PaperStep.REFERRED: N_("At the departments"),
    PaperStep.CIRCULATING: N_("Goes round"),
    PaperStep.FILED: N_("In the file"),
    PaperStep.VOID: N_("Void"),
}
NOTIFIED: Mapping[Notified, str] = {
    Notified.UNCALLED: N_("Not called"),
    Notified.UNREACHED: N_("Not reached"),
    Notified.GIVEN_UP: N_("Given up"),
    Notified.TOLD: N_("Told"),
    Notified.SPARED: N_("Never told"),
}
CANCELLED = N_("The meeting is cancelled")

FIELDS: Mapping[str, str] = {
    "convener": N_("Convener"),
    "agenda": N_("Agenda"),
    "meets_at": N_("Meets at"),
    "meeting.place": N_("Place"),
    "attendance": N_("Who should attend"),
    "meeting.materials": N_("Materials"),
    "dress": N_("Dress"),
    "reply_by": N_("Reply by"),
    "issued_by": N_("Issued by"),
    "meeting.received": N_("Notified to us"),
    "laid_at": N_("Laid before the leader at"),
    "laid_before": N_("Laid before"),
    "cancelled": N_("Meeting cancelled"),
    "answered_whom": N_("Answered to"),
    "invitee.position": N_("Position"),
    "attendee": N_("Who will attend"),
    "invitation.invitee": N_("Invitee"),
    "invitation.round": N_("Round"),
    "call_id": N_("Call"),
    "told_whom": N_("Who answered"),
    "document.number": N_("Number of the paper"),
    "sender": N_("Sent by"),
    "sender_number": N_("Document number"),
    "sender_day": N_("Document date"),
    "copies": N_("Copies"),
    "document.way": N_("How it came"),
    "brought_by": N_("Brought by"),
    "proposed": N_("Proposed handling"),
    "filed_at": N_("Filed at"),
    "filed_where": N_("Filed where"),
    "signed_at": N_("Signed at"),
    "stands_on": N_("Stands on"),
    "instruction.referral": N_("Referral"),
    "on_day": N_("Day"),
    "job_id": N_("Assignment"),
    "given_by": N_("Given by"),
    "given_to": N_("Given to"),
    "level": N_("Level"),
    "urgent.place": N_("Place"),
    "thing": N_("Thing"),
    "pieces": N_("Pieces"),
    "lent_at": N_("Lent at"),
    "back_by": N_("Back by"),
    "tracking": N_("Tracking number"),
    "handed_at": N_("Handed out at"),
    "handed_to": N_("Handed to"),
    "room": N_("Room"),
    "visit_id": N_("Visit"),
}
"""What stands before a value that the trail tells of."""


def _by_value(names: Mapping[Any, str]) -> dict[str, str]:
    return {str(word.value): name for word, name in names.items()}


VALUES: Mapping[str, Mapping[str, str]] = {
    "document.way": _by_value(PAPER_WAYS),
    "invitee.reply": _by_value(REPLIES),
    "stands_on": _by_value(STANDS_ON),
    "job_step.kind": _by_value(JOB_STEPS),
    "level": _by_value(LEVELS),
    "event.kind": _by_value(EVENTS),
}
"""The words of what is kept as a word of the trade, by its field or its last name."""
