"""The words of the trade, as the register keeps them."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What an entry is: 来访, 来电, 去电; 来文, 领导交办, 会议通知, 紧急情况."""

    VISIT = "visit"
    CALL_IN = "call-in"
    CALL_OUT = "call-out"
    DOCUMENT = "document"
    JOB = "job"
    MEETING = "meeting"
    URGENT = "urgent"


CONTACTS = (Kind.VISIT, Kind.CALL_IN, Kind.CALL_OUT)
"""How somebody reaches the desk; the others are what else a front office has in hand."""


class Act(StrEnum):
    """What the clerk did: 答复, 引导, 转接, 转办. Only a referral starts a clock."""

    ANSWERED = "answered"
    POINTED = "pointed"
    PUT_THROUGH = "put-through"
    REFERRED = "referred"


class CallResult(StrEnum):
    """How putting a call through ended: 接通, 无人接, 占线."""

    CONNECTED = "connected"
    NO_ANSWER = "no-answer"
    BUSY = "busy"


class EntryStatus(StrEnum):
    """Open until an act ends it.

    A referred entry is open until its referral is closed; void keeps its line.
    """

    OPEN = "open"
    FINISHED = "finished"
    VOID = "void"


class Category(StrEnum):
    """What kind of visit or call it was."""

    ENQUIRY = "enquiry"
    BUSINESS = "business"
    OFFICIAL = "official"
    PETITION = "petition"
    COMPLAINT = "complaint"
    REPORT = "report"
    ACCUSATION = "accusation"
    DELIVERY = "delivery"
    NOTICE = "notice"
    INSTRUCTIONS = "instructions"


VISIT_CATEGORIES = (
    Category.ENQUIRY,
    Category.BUSINESS,
    Category.OFFICIAL,
    Category.PETITION,
    Category.COMPLAINT,
    Category.REPORT,
    Category.ACCUSATION,
    Category.DELIVERY,
)
CALL_CATEGORIES = (
    Category.NOTICE,
    Category.INSTRUCTIONS,
    Category.ENQUIRY,
    Category.COMPLAINT,
    Category.REPORT,
    Category.ACCUSATION,
)
MAX_PARTIES = 6
"""The main person and up to five representatives of a group (信访工作条例: at most 5 representatives)."""


def categories(kind: Kind) -> tuple[Category, ...]:
    """The categories that make sense for a kind of entry; what is no visit and no call has none."""
    if kind is Kind.VISIT:
        return VISIT_CATEGORIES
    return CALL_CATEGORIES if kind in CONTACTS else ()


class Visibility(StrEnum):
    """Who sees who told it.

    投诉: the handler sees everything. 举报: lists and slips mask who reported. 检举控告: only the supervisor.
    """

    PLAIN = "plain"
    MASKED = "masked"
    SEALED = "sealed"


def visibility(category: Category | None) -> Visibility:
    """Who sees who told an entry of this category."""
    if category is Category.ACCUSATION:
        return Visibility.SEALED
    return Visibility.MASKED if category is Category.REPORT else Visibility.PLAIN


def gives_notice(kind: Kind, category: Category | None) -> bool:
    """Whether it is a call of ours that tells somebody of something: it answers nobody and is put nowhere."""
    return kind is Kind.CALL_OUT and category is Category.NOTICE


AGAINST = (Category.COMPLAINT, Category.REPORT, Category.ACCUSATION)
"""Categories that are about somebody, to whom they are never referred."""


class Source(StrEnum):
    """By what way a matter came, if not to the desk itself."""

    HOTLINE = "hotline"
    LETTER = "letter"
    ONLINE = "online"
    SUPERIOR = "superior"
    LEADER = "leader"
    OTHER_UNIT = "other-unit"


class Urgency(StrEnum):
    """平件, 加急, 特急."""

    NORMAL = "normal"
    URGENT = "urgent"
    CRITICAL = "critical"


class Sex(StrEnum):
    """Recorded only if told."""

    FEMALE = "female"
    MALE = "male"


class Visits(StrEnum):
    """初访 or 重访; petitions only, blank by default."""

    FIRST = "first"
    REPEAT = "repeat"


class Role(StrEnum):
    """主办, 协办."""

    LEAD = "lead"
    ASSIST = "assist"


class PartStatus(StrEnum):
    """Where one department's part of a referral stands."""

    SENT = "sent"
    RECEIVED = "received"
    ANSWERED = "answered"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class PartOutcome(StrEnum):
    """What a department's answer was: 答复, 已受理 (with its own case number), 不予受理, 转 to another."""

    ANSWERED = "answered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    PASSED_ON = "passed-on"


class StepKind(StrEnum):
    """What is done about a referral as a whole."""

    REMINDER = "reminder"
    EXTENSION = "extension"
    PAUSE = "pause"
    SEEN = "seen"
    CALLED_BACK = "called-back"
    REROUTED = "rerouted"
    REOPENED = "reopened"
    ASKED = "asked"


class Way(StrEnum):
    """How a department is reminded, or before whom it is laid."""

    PHONE = "phone"
    WRITTEN = "written"
    DIRECTOR = "director"
    LEADER = "leader"


class PinKind(StrEnum):
    """What stands pinned for the next shift: a note, what a leader said, a thing that the desk holds."""

    NOTE = "note"
    LEADER = "leader"
    HELD = "held"


class ReferralStatus(StrEnum):
    """Open until the lead has answered (completed); closed ends it, withdrawn takes it back as if unsent."""

    OPEN = "open"
    COMPLETED = "completed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class LimitClock(StrEnum):
    """What a limit is counted in: 日 calendar days, 工作日 working days, 小时 hours of office time."""

    CALENDAR = "calendar"
    WORKING = "working"
    HOURS = "hours"


class CallbackStatus(StrEnum):
    """A call is owed until it is done or given up with a reason; withdrawn if it was noted by mistake."""

    OWED = "owed"
    DONE = "done"
    GIVEN_UP = "given-up"
    WITHDRAWN = "withdrawn"


class NoticeStatus(StrEnum):
    """A notice was given; withdrawn if that was a mistake: its paper may be in somebody's hands."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class AttemptResult(StrEnum):
    """How an attempt to call back ended: 无人接, 占线, 已接通."""

    NO_ANSWER = "no-answer"
    BUSY = "busy"
    REACHED = "reached"


class Todo(StrEnum):
    """Why something stands under "to be done now", most pressing first.

    Visitors who wait here stand before the clerk and have an alarm of their own.
    The last three are not among it: a line that lacks something, a part that nothing is to be done about yet,
    and one whose referral has ended.
    """

    URGENT = "urgent"
    OVERDUE = "overdue"
    DUE_TODAY = "due-today"
    RETURNED = "returned"
    ASKED = "asked"
    NOT_RECEIVED = "not-received"
    UNHANDLED = "unhandled"
    CALL_BACK_PERSON = "call-back-person"
    UNCALLED = "uncalled"
    NOTIFIED = "notified"
    CALLBACK = "callback"
    LEADER = "leader"
    WAITING = "waiting"
    EXPECTED = "expected"
    REMIND = "remind"
    ANSWERED = "answered"
    OPEN = "open"
    NOT_BACK = "not-back"
    PARCEL = "parcel"
    CHECK = "check"
    UNDER_WAY = "under-way"
    ENDED = "ended"


class Lack(StrEnum):
    """What a line lacks that the site wants: a telephone, an outcome, the read-back of an important call.

    A destination lacks where somebody was pointed the way (引导) and nothing says whither.
    """

    PHONE = "phone"
    OUTCOME = "outcome"
    DESTINATION = "destination"
    READ_BACK = "read-back"
