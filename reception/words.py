"""The words of the facts, for window and terminal alike; they are still to go through a ``Wording``."""

from __future__ import annotations

from collections.abc import Mapping

from reception.facts import (
    Act,
    AttemptResult,
    CallbackStatus,
    CallResult,
    Category,
    EntryStatus,
    Kind,
    Lack,
    LimitClock,
    NoticeStatus,
    PartOutcome,
    PartStatus,
    PinKind,
    ReferralStatus,
    Role,
    Sex,
    Source,
    StepKind,
    Todo,
    Urgency,
    Visits,
    Way,
)
from reception.wording import N_

KINDS: Mapping[Kind, str] = {
    Kind.VISIT: N_("Visit"),
    Kind.CALL_IN: N_("Incoming call"),
    Kind.CALL_OUT: N_("Outgoing call"),
    Kind.DOCUMENT: N_("Incoming document"),
    Kind.JOB: N_("Assignment"),
    Kind.MEETING: N_("Meeting notice"),
    Kind.URGENT: N_("Urgent event"),
}
ACTS: Mapping[Act, str] = {
    Act.ANSWERED: N_("Answered"),
    Act.POINTED: N_("Pointed"),
    Act.PUT_THROUGH: N_("Put through"),
    Act.REFERRED: N_("Referred"),
}
RESULTS: Mapping[CallResult, str] = {
    CallResult.CONNECTED: N_("Connected"),
    CallResult.NO_ANSWER: N_("No answer"),
    CallResult.BUSY: N_("Busy"),
}
STATUSES: Mapping[EntryStatus, str] = {
    EntryStatus.OPEN: N_("Open"),
    EntryStatus.FINISHED: N_("Finished"),
    EntryStatus.VOID: N_("Void"),
}
CATEGORIES: Mapping[Category, str] = {
    Category.ENQUIRY: N_("Enquiry"),
    Category.BUSINESS: N_("Business"),
    Category.OFFICIAL: N_("Official"),
    Category.PETITION: N_("Petition"),
    Category.COMPLAINT: N_("Complaint"),
    Category.REPORT: N_("Report"),
    Category.ACCUSATION: N_("Accusation"),
    Category.DELIVERY: N_("Delivery"),
    Category.NOTICE: N_("Notice"),
    Category.INSTRUCTIONS: N_("Request for instructions"),
}
URGENCIES: Mapping[Urgency, str] = {
    Urgency.NORMAL: N_("Normal"),
    Urgency.URGENT: N_("Urgent"),
    Urgency.CRITICAL: N_("Critical"),
}
SEXES: Mapping[Sex, str] = {Sex.FEMALE: N_("Female"), Sex.MALE: N_("Male")}
VISITS: Mapping[Visits, str] = {Visits.FIRST: N_("First visit"), Visits.REPEAT: N_("Repeat visit")}
ROLES: Mapping[Role, str] = {Role.LEAD: N_("Lead"), Role.ASSIST: N_("Assisting")}
PARTS: Mapping[PartStatus, str] = {
    PartStatus.SENT: N_("Not received"),
    PartStatus.RECEIVED: N_("Received"),
    PartStatus.ANSWERED: N_("Answered"),
    PartStatus.RETURNED: N_("Returned"),
    PartStatus.WITHDRAWN: N_("Taken back"),
}
REFERRALS: Mapping[ReferralStatus, str] = {
    ReferralStatus.OPEN: N_("Open"),
    ReferralStatus.COMPLETED: N_("Lead has answered"),
    ReferralStatus.CLOSED: N_("Closed"),
    ReferralStatus.WITHDRAWN: N_("Taken back"),
}
CALLBACKS: Mapping[CallbackStatus, str] = {
    CallbackStatus.OWED: N_("Owed"),
    CallbackStatus.DONE: N_("Done"),
    CallbackStatus.GIVEN_UP: N_("Given up"),
    CallbackStatus.WITHDRAWN: N_("Taken back"),
}
NOTICES: Mapping[NoticeStatus, str] = {
    NoticeStatus.GIVEN: N_("Given"),
    NoticeStatus.WITHDRAWN: N_("Taken back"),
}
ATTEMPTS: Mapping[AttemptResult, str] = {
    AttemptResult.NO_ANSWER: N_("No answer"),
    AttemptResult.BUSY: N_("Busy"),
    AttemptResult.REACHED: N_("Reached"),
}
VERBS: Mapping[str, str] = {
    "register": N_("Registered"),
    "correct": N_("Corrected"),
    "void": N_("Voided"),
    "answered": N_("Answered"),
    "pointed": N_("Pointed"),
    "put-through": N_("Put through"),
    "outcome": N_("Outcome written"),
    "wait": N_("Waits here"),
    "seen": N_("Went in"),
    "leave": N_("Left"),
    "estimate": N_("Closed as estimated"),
    "owe": N_("Call-back noted"),
    "called": N_("Tried to call back"),
    "give-up": N_("Call-back given up"),
    "undo": N_("Act taken back"),
    "redo": N_("Done again"),
    "reveal": N_("Masked data shown"),
    "refer": N_("Referred"),
    "told": N_("Told by phone"),
    "receive": N_("Received"),
    "answer": N_("Department answered"),
    "return": N_("Returned"),
    "close": N_("Referral closed"),
    "reopen": N_("Reopened"),
    "reroute": N_("Re-routed"),
    "extend": N_("Extended"),
    "ask": N_("More time asked for"),
    "deny": N_("More time refused"),
    "pause": N_("Clock paused"),
    "resume": N_("Clock goes on"),
    "remind": N_("Reminded"),
    "decide": N_("Director decided"),
    "reply": N_("Reminder answered"),
    "leader-seen": N_("Seen by the leader"),
    "call-back": N_("Person called back"),
    "slip": N_("Slip numbered"),
    "recompute": N_("Due date computed again"),
    "check": N_("Line checked"),
    "notice": N_("Told in full, in writing"),
    "circulate": N_("Circulated"),
    "sign": N_("Signed for having read it"),
    "take-off": N_("Taken off the circulation"),
    "file": N_("Put into the file"),
    "notify": N_("Notified by phone"),
    "new-round": N_("Time or place changed"),
    "invite": N_("Invited"),
    "uninvite": N_("Taken off the list"),
    "attend": N_("Reply noted"),
    "cancel": N_("Meeting cancelled"),
    "lay": N_("Laid before the leader"),
    "answer-sender": N_("Answered to the sender"),
    "end-notice": N_("Meeting notice ended"),
    "over": N_("Meeting is over"),
    "note": N_("Note written"),
    "merge": N_("Put together"),
    "unmerge": N_("Taken apart"),
    "create": N_("Made"),
    "save": N_("Changed"),
    "learn": N_("Published year entered"),
    "restore": N_("Restored from a backup"),
    "step": N_("Step noted"),
    "report": N_("Reported upward"),
    "instruct": N_("Leader's instruction entered"),
    "log": N_("Log line written"),
    "count": N_("People counted"),
    "end-event": N_("Event over"),
    "print": N_("Printed"),
}
"""What the journal's lines say was done: every verb that the program ever journals."""

OUTCOMES: Mapping[PartOutcome, str] = {
    PartOutcome.ANSWERED: N_("Answered"),
    PartOutcome.ACCEPTED: N_("Accepted as a case"),
    PartOutcome.REFUSED: N_("Not accepted"),
    PartOutcome.PASSED_ON: N_("Passed on"),
}
SOURCES: Mapping[Source, str] = {
    Source.HOTLINE: N_("12345 hotline"),
    Source.LETTER: N_("Letter"),
    Source.ONLINE: N_("Online message"),
    Source.SUPERIOR: N_("Superior authority"),
    Source.LEADER: N_("Leader's instruction"),
    Source.OTHER_UNIT: N_("Another organisation"),
}
CLOCKS: Mapping[LimitClock, str] = {
    LimitClock.CALENDAR: N_("calendar days"),
    LimitClock.WORKING: N_("working days"),
    LimitClock.HOURS: N_("office hours"),
}
STEPS: Mapping[StepKind, str] = {
    StepKind.REMINDER: N_("Reminder"),
    StepKind.EXTENSION: N_("Extension"),
    StepKind.PAUSE: N_("Clock paused"),
    StepKind.SEEN: N_("Seen by the leader"),
    StepKind.CALLED_BACK: N_("Person called back"),
    StepKind.REROUTED: N_("Re-routed"),
    StepKind.REOPENED: N_("Reopened"),
    StepKind.ASKED: N_("More time asked for"),
}
WAYS: Mapping[Way, str] = {
    Way.PHONE: N_("By phone"),
    Way.WRITTEN: N_("In writing"),
    Way.DIRECTOR: N_("Laid before the office director"),
    Way.LEADER: N_("Laid before the leader in charge"),
}
PINS: Mapping[PinKind, str] = {
    PinKind.NOTE: N_("Note"),
    PinKind.LEADER: N_("A leader said"),
    PinKind.HELD: N_("Held at the desk"),
}
TODOS: Mapping[Todo, str] = {
    Todo.URGENT: N_("Urgent event"),
    Todo.UNHANDLED: N_("Paper not handled"),
    Todo.UNCALLED: N_("Notice to give"),
    Todo.NOTIFIED: N_("Meeting to answer"),
    Todo.EXPECTED: N_("Expected now"),
    Todo.NOT_BACK: N_("Lent, not back"),
    Todo.PARCEL: N_("Parcel to hand out"),
    Todo.WAITING: N_("Waits here"),
    Todo.ASKED: N_("Asks for more time"),
    Todo.OVERDUE: N_("Overdue"),
    Todo.DUE_TODAY: N_("Due today"),
    Todo.RETURNED: N_("Came back"),
    Todo.NOT_RECEIVED: N_("Not received"),
    Todo.CALL_BACK_PERSON: N_("Person to call"),
    Todo.LEADER: N_("Leader to see"),
    Todo.REMIND: N_("To be reminded"),
    Todo.CALLBACK: N_("To be called"),
    Todo.ANSWERED: N_("To close"),
    Todo.OPEN: N_("Still open"),
    Todo.CHECK: N_("Lacks something"),
    Todo.UNDER_WAY: N_("Under way"),
    Todo.ENDED: N_("Ended"),
}
LACKS: Mapping[Lack, str] = {
    Lack.PHONE: N_("telephone"),
    Lack.OUTCOME: N_("outcome"),
    Lack.DESTINATION: N_("destination"),
    Lack.READ_BACK: N_("read-back"),
}


def small(text: str) -> str:
    """A word, translated, as it stands inside a line: a language with capitals begins it with none."""
    return text[:1].lower() + text[1:]
