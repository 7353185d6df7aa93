"""What a desk keeps in its head: who is here, whom to call back, what was just taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from reception.facts.words import AttemptResult, CallbackStatus, Urgency
from reception.shapes import dataclass


@dataclass(frozen=True, slots=True)
class NewCallback:
    """A call that is owed from now on.

    ``due_at`` None means as soon as can be; an empty ``phone`` means that of the entry's main person, an
    empty ``about`` the entry's subject. ``owner`` is who owes it, ``""`` for the desk.
    """

    due_at: dt.datetime | None = None
    phone: str = ""
    about: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One attempt to call back; ``reached`` is who answered."""

    ordinal: int
    at: dt.datetime
    result: AttemptResult
    reached: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CallbackView:
    """A call-back of an entry with every attempt, first to last."""

    id: int
    ordinal: int
    status: CallbackStatus
    created_at: dt.datetime
    due_at: dt.datetime | None
    phone: str
    about: str
    owner: str
    operator: str
    ended_at: dt.datetime | None = None
    reason: str = ""
    attempts: tuple[AttemptView, ...] = ()


@dataclass(frozen=True, slots=True)
class CallbackRow:
    """One line of the queue of calls owed.

    ``id`` is None for an entry that only says that a call is wanted; its first step makes the call-back
    (the verbs with ``_for`` in their names take the entry). ``due_at`` None means as soon as can be;
    ``since`` is when it began to be owed; ``overdue`` that its time has come.
    """

    id: int | None
    entry_id: int
    number: str
    since: dt.datetime
    due_at: dt.datetime | None
    overdue: bool
    phone: str
    about: str
    owner: str
    person: str
    organisation: str
    urgency: Urgency
    attempts: int = 0
    last_at: dt.datetime | None = None
    last_result: AttemptResult | None = None
    last_note: str = ""
    identity_protected: bool = False


@dataclass(frozen=True, slots=True)
class NewNotice:
    """What somebody is told in full and in writing (一次性告知) about a matter of the catalogue.

    ``has`` are the papers that the person has, by their places in the catalogue's list, from 1;
    ``not_needed`` those that only others have to bring (代办, 未成年人): they are not on the notice.
    ``refusal`` is why it is not accepted, ``whereto`` where to go instead.
    """

    matter_id: int
    has: tuple[int, ...] = ()
    refusal: str = ""
    whereto: str = ""
    not_needed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice as it was given; ``materials`` and ``lacks`` are papers as the catalogue had them that day.

    What this person need not bring is in neither.
    """

    ordinal: int
    at: dt.datetime
    operator: str
    matter: str
    materials: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    basis: str = ""
    steps: str = ""
    time_limit: str = ""
    fee: str = ""
    place: str = ""
    refusal: str = ""
    whereto: str = ""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A visit of today whose people have not left.

    ``waiting_minutes`` None means that nobody waits here: they never said so, or were received.
    It is as of the moment of asking; ``hours.minutes_between`` tells it for later moments.
    """

    entry_id: int
    number: str
    desk: str
    name: str
    organisation: str
    phone: str
    party_size: int
    about: str
    department: str
    department_name: str
    wanted: str
    received_at: dt.datetime
    waiting_since: dt.datetime | None
    seen_at: dt.datetime | None
    waiting_minutes: int | None
    late: bool
    """They wait longer than the site's ``waiting_minutes``."""
    identity_protected: bool = False

    @property
    def waits(self) -> bool:
        """They said that they wait, and nobody has received them yet."""
        return self.waiting_since is not None and self.seen_at is None


def in_turn(visitors: Iterable[Visitor]) -> tuple[Visitor, ...]:
    """Those who wait, whoever waits longest first, then the others as they came."""

    def turn(one: Visitor) -> tuple[bool, dt.datetime, str]:
        since = one.waiting_since if one.waits else None
        return since is None, since or one.received_at, one.number

    return tuple(sorted(visitors, key=turn))


@dataclass(frozen=True, slots=True)
class RollCall:
    """Everybody known to be here at ``as_of``, for a list that has to come without the register too.

    ``zone`` is the site's; ``live`` False means that the register did not answer any more.
    """

    site: str
    zone: str
    as_of: dt.datetime
    live: bool
    visitors: tuple[Visitor, ...]


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back, or done ``again``: the verb of the act (a word of ``words.VERBS``) on which entry.

    Of an act on another record ``kind`` says on what (person, department, matter, operator, setting) and
    ``number`` how it is called; there is no entry then, and ``entry_id``, ``version`` and ``day`` are 0.
    """

    entry_id: int
    number: str
    verb: str
    version: int
    day: int
    kind: str = "entry"
    again: bool = False
