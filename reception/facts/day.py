"""A day at a glance, what is to be done, what a search asks, what changed."""

from __future__ import annotations

import datetime as dt

from reception.facts.referrals import Place, ReferralRow
from reception.facts.words import Act, EntryStatus, Kind, Lack, Todo, Way
from reception.shapes import dataclass


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of a day or of any list: visits by groups and heads, calls, acts, and what is still open.

    Voided lines count nowhere but in ``void``.
    """

    visits: int = 0
    visitors: int = 0
    calls_in: int = 0
    calls_out: int = 0
    answered: int = 0
    pointed: int = 0
    put_through: int = 0
    referred: int = 0
    open: int = 0
    void: int = 0
    estimated: int = 0
    """Visits that nobody signed out of: their leaving times are estimated."""


@dataclass(frozen=True, slots=True)
class Counters:
    """The four "never let" counters at their present size; each opens the list of ``to_do`` with its name.

    不延误: ``overdue``. 不积压: ``not_received`` after the site's hours, ``unhandled`` (``piled``). 不冷落:
    ``waiting`` and ``callbacks``, with these the notices of which somebody was not called yet (``people``).
    不影响形象: ``unanswered``, ``to_check`` (``check``).
    """

    overdue: int = 0
    not_received: int = 0
    waiting: int = 0
    callbacks: int = 0
    unanswered: int = 0
    to_check: int = 0
    unhandled: int = 0
    """Papers without a next step from the site's hour on; 不积压 too."""
    pressing: bool = False
    """Something of 不影响形象 is late: overdue, left without an act since an earlier day, or lines to be
    checked though the site's day is over (setting ``close_day_at``)."""


@dataclass(frozen=True, slots=True)
class TodoRow:
    """One thing to be done now, most pressing first. ``since`` is when it began to wait."""

    what: Todo
    entry_id: int
    number: str
    since: dt.datetime
    person: str
    phone: str
    text: str
    department: str = ""
    part_id: int | None = None
    referral_id: int | None = None
    identity_protected: bool = False
    callback_id: int | None = None
    """None with ``Todo.CALLBACK``: the entry only says that a call is wanted (``facts.CallbackRow``)."""
    due_at: dt.datetime | None = None
    """By when a call or a referral is due; with referrals the instant from which it is overdue."""
    owner: str = ""
    """Who calls back; of a meeting notified to us before whom it was laid."""
    attempts: int = 0
    place: Place | None = None
    referral: ReferralRow | None = None
    """The part that it is about, with all that is needed to work it from the list."""
    overdue_days: int = 0
    """By how many working days a referral is overdue."""
    rung: int | None = None
    """The rung of the site's ladder whose moment has come: so many working days after the due day."""
    way: Way | None = None
    """How that rung reminds."""
    lacks: tuple[Lack, ...] = ()
    record_id: int | None = None
    """That of somebody expected, a thing lent or a parcel; there is no entry then, or a visit with it."""


@dataclass(frozen=True, slots=True)
class Query:
    """What Find looks for. Days are ``YYYYMMDD``, both ends included; empty means anything."""

    text: str = ""
    from_day: int | None = None
    to_day: int | None = None
    kind: Kind | None = None
    status: EntryStatus | None = None
    act: Act | None = None
    department_id: int | None = None
    operator: str = ""
    """The clerk's name."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that a committed act touched.

    ``entry``, ``department``, ``matter``, ``operator``, ``setting``, ``desk``.
    """

    subject_kind: str
    subject_id: int
