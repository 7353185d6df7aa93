"""Papers received, meetings, jobs, urgent events; who is expected, what is lent or kept for somebody."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from reception.shapes import dataclass


class Stands(StrEnum):
    """What was noted stands until it is taken back."""

    STANDING = "standing"
    WITHDRAWN = "withdrawn"


class PaperWay(StrEnum):
    """How a paper came: 专人送达, 邮寄, 快递, 传真, 公文交换, 电子公文."""

    HAND = "hand"
    POST = "post"
    COURIER = "courier"
    FAX = "fax"
    EXCHANGE = "exchange"
    ELECTRONIC = "electronic"


class Reply(StrEnum):
    """What somebody invited says: 参会, 请假."""

    ATTENDS = "attends"
    EXCUSED = "excused"


class StandsOn(StrEnum):
    """On what page a leader wrote an instruction."""

    ENTRY = "entry"
    REFERRAL = "referral"
    DAY = "day"


class JobStepKind(StrEnum):
    """Something done about a job, or a report upward."""

    STEP = "step"
    REPORT = "report"


class Level(StrEnum):
    """Reports go upward level by level: 经办人 → 办公室主任 → 分管领导."""

    OFFICER = "officer"
    DIRECTOR = "director"
    LEADER = "leader"


class EventKind(StrEnum):
    """What a line of an urgent event's log tells: something happened, a call, who came, what was agreed."""

    NOTED = "noted"
    CALLED = "called"
    CAME = "came"
    AGREED = "agreed"


class ExpectedStatus(StrEnum):
    """Somebody expected has come, did not come, or said that they will not."""

    EXPECTED = "expected"
    CAME = "came"
    ABSENT = "absent"
    CANCELLED = "cancelled"


class LoanStatus(StrEnum):
    """A thing is lent out or back; withdrawn if it was noted by mistake."""

    OUT = "out"
    BACK = "back"
    WITHDRAWN = "withdrawn"


class ParcelKind(StrEnum):
    """包裹, 信件, 挂号信."""

    PARCEL = "parcel"
    LETTER = "letter"
    REGISTERED = "registered"


class ParcelStatus(StrEnum):
    """What was taken in is here, handed out, or sent back; withdrawn if it was noted by mistake."""

    HERE = "here"
    HANDED = "handed"
    SENT_BACK = "sent-back"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class NewInvitee:
    """Somebody to be notified of a meeting: a department of the directory, a person, a unit outside."""

    name: str = ""
    position: str = ""
    phone: str = ""
    department_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A meeting to be notified by phone; its name is the entry's subject.

    ``received``: somebody notified us by the call that this entry is.
    """

    convener: str = ""
    agenda: str = ""
    meets_at: dt.datetime | None = None
    place: str = ""
    attendance: str = ""
    materials: str = ""
    dress: str = ""
    reply_by: dt.datetime | None = None
    issued_by: str = ""
    received: bool = False
    invitees: tuple[NewInvitee, ...] = ()


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A paper received; its title is the entry's subject. ``sender_day`` is ``YYYYMMDD``.

    ``marking`` is a security marking (密级): a paper that has one is refused. ``readers`` is to whom it is
    circulated, one after the other: names, and codes or names of departments.
    """

    sender: str = ""
    sender_number: str = ""
    sender_day: int | None = None
    copies: int = 1
    way: PaperWay = PaperWay.HAND
    brought_by: str = ""
    proposed: str = ""
    marking: str = ""
    readers: str = ""


@dataclass(frozen=True, slots=True)
class NewJob:
    """A job that a leader handed out; the words as said are the entry's request."""

    given_by: str = ""
    given_to: str = ""
    on_day: int | None = None
    """The day (``YYYYMMDD``) on whose sheet the leader wrote it."""


@dataclass(frozen=True, slots=True)
class NewUrgent:
    """An urgent event or a group; the number of people is the entry's ``party_size``."""

    place: str = ""
