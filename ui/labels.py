"""The words that the entry form and the day's table add to `ui.words`, and how an entry stands in a word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from reception import dates
from reception.facts import Act, EntryRow, EntryStatus, Kind
from reception.numbers import day_number
from ui.wording import N_, _, current
from ui.words import REFERRALS, STATUSES, acted

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

SHORT_KINDS: Mapping[Kind, str] = {
    Kind.VISIT: N_("Visit"),
    Kind.CALL_IN: N_("Call in"),
    Kind.CALL_OUT: N_("Call out"),
    Kind.DOCUMENT: N_("Doc. in"),
    Kind.JOB: N_("Assignment"),
    Kind.MEETING: N_("Meeting"),
    Kind.URGENT: N_("Urgent event"),
}
"""Short enough for a column."""
ACT_VERBS: Mapping[Act, str] = {
    Act.ANSWERED: N_("Answer"),
    Act.POINTED: N_("Point"),
    Act.PUT_THROUGH: N_("Put through"),
    Act.REFERRED: N_("Refer"),
}
"""The acts as what the clerk is about to do: 答复, 引导, 转接, 转办."""


def progress(row: EntryRow) -> str:
    """Where an entry stands, in a word or two: what was done, or that it is open."""
    if row.status is EntryStatus.VOID or row.act is None:
        return _(STATUSES[row.status])
    if row.act is Act.REFERRED and row.referral_status is not None:
        return f"{acted(row)} · {_(REFERRALS[row.referral_status])}"
    return acted(row)


def progress_icon(row: EntryRow) -> str:
    """The icon that says the same as `progress`."""
    if row.status is EntryStatus.VOID:
        return "ban"
    if row.status is EntryStatus.OPEN:
        return "send" if row.act is Act.REFERRED else "hourglass"
    return "circle-check"


def progress_tone(row: EntryRow) -> str:
    """The colour that goes with `progress`, never alone."""
    if row.status is EntryStatus.VOID:
        return "muted"
    return "care" if row.status is EntryStatus.OPEN else "good"


def veiled(name: str) -> str:
    """A name whose bearer must not be disclosed: the screen may face the people who wait."""
    return f"{name[:1]}＊＊"


class Guarded(Protocol):
    """A row about somebody whose identity may have to stay unsaid."""

    @property
    def identity_protected(self) -> bool:
        """Whether it has to."""


def lock(row: Guarded) -> str:
    """The icon beside a veiled name, "" beside another."""
    return "lock" if row.identity_protected else ""


def guarded(row: Guarded) -> str:
    """What the lock says, in words; "" where there is none."""
    return _("Identity not to be disclosed") if row.identity_protected else ""


def left(row: EntryRow, site_zone: ZoneInfo) -> str:
    """When a visitor left: ``17:30``, ``about 17:30`` where nobody signed out; "" while they are here."""
    if row.left_at is None:
        return ""
    came = row.received_at.astimezone(site_zone).date()
    time = dates.clock_on(row.left_at.astimezone(site_zone), came, current().language)
    return _("about {time}").format(time=time) if row.left_estimated else time


@lru_cache(maxsize=8)
def zone(name: str) -> ZoneInfo:
    """The site's zone by its IANA name."""
    from zoneinfo import ZoneInfo  # not before the first paint

    return ZoneInfo(name)


def today(zone_name: str) -> int:
    """The site's present day as ``YYYYMMDD``."""
    return day_number(dt.datetime.now(zone(zone_name)))
