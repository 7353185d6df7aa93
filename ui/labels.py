"""The words of the facts as the window shows them, and times as a clerk reads them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from reception.facts import (
    Act,
    CallResult,
    Category,
    EntryRow,
    EntryStatus,
    Kind,
    PartStatus,
    ReferralStatus,
    Role,
    Sex,
    Urgency,
    Visits,
)
from ui.wording import N_, _, pgettext

WORDS: Mapping[StrEnum, str] = {
    Kind.VISIT: N_("Visit"),
    Kind.CALL_IN: N_("Incoming call"),
    Kind.CALL_OUT: N_("Outgoing call"),
    CallResult.CONNECTED: N_("Connected"),
    CallResult.NO_ANSWER: N_("No answer"),
    CallResult.BUSY: N_("Busy"),
    EntryStatus.OPEN: N_("Open"),
    EntryStatus.FINISHED: N_("Finished"),
    EntryStatus.VOID: N_("Void"),
    Category.ENQUIRY: N_("Enquiry"),
    Category.BUSINESS: N_("Business"),
    Category.OFFICIAL: N_("Official"),
    Category.PETITION: N_("Petition"),
    Category.COMPLAINT: N_("Complaint"),
    Category.REPORT: N_("Report"),
    Category.DELIVERY: N_("Delivery"),
    Category.NOTICE: N_("Notice"),
    Category.INSTRUCTIONS: N_("Request for instructions"),
    Urgency.NORMAL: N_("Normal"),
    Urgency.URGENT: N_("Urgent"),
    Urgency.CRITICAL: N_("Critical"),
    Sex.FEMALE: N_("Female"),
    Sex.MALE: N_("Male"),
    Visits.FIRST: N_("First visit"),
    Visits.REPEAT: N_("Repeat visit"),
    Role.LEAD: N_("Lead"),
    Role.ASSIST: N_("Assisting"),
}
_ACTS: Mapping[Act, str] = {
    Act.ANSWERED: N_("Answer"),
    Act.POINTED: N_("Point"),
    Act.PUT_THROUGH: N_("Put through"),
    Act.REFERRED: N_("Refer"),
}
_DONE: Mapping[Act, str] = {
    Act.ANSWERED: N_("Answered"),
    Act.POINTED: N_("Pointed"),
    Act.PUT_THROUGH: N_("Put through"),
    Act.REFERRED: N_("Referred"),
}
_PARTS: Mapping[PartStatus, str] = {
    PartStatus.SENT: N_("Not received yet"),
    PartStatus.RECEIVED: N_("Received"),
    PartStatus.ANSWERED: N_("Answered"),
    PartStatus.RETURNED: N_("Returned"),
}
_REFERRALS: Mapping[ReferralStatus, str] = {
    ReferralStatus.OPEN: N_("Open"),
    ReferralStatus.COMPLETED: N_("Answered, to be closed"),
    ReferralStatus.CLOSED: N_("Closed"),
}
_WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


def word(value: StrEnum | None) -> str:
    """A kind, category, urgency, result, status, role or sex in words; "" for None."""
    if value is None:
        return ""
    match value:
        case Act():
            return _(_DONE[value])
        case PartStatus():
            return _(_PARTS[value])
        case ReferralStatus():
            return _(_REFERRALS[value])
    return _(WORDS[value])


def act_verb(act: Act) -> str:
    """The act as what the clerk is about to do (答复, 引导, 转接, 转办)."""
    return _(_ACTS[act])


def progress(row: EntryRow) -> str:
    """Where an entry stands, in a word or two: what was done, or that it is open."""
    if row.status is EntryStatus.VOID:
        return word(EntryStatus.VOID)
    if row.act is None:
        return word(EntryStatus.OPEN)
    if row.act is Act.REFERRED and row.referral_status is not None:
        return f"{word(row.act)} · {word(row.referral_status)}"
    if row.act is Act.PUT_THROUGH and row.call_result is not CallResult.CONNECTED:
        return f"{word(row.act)} · {word(row.call_result)}"
    return word(row.act)


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


@lru_cache(maxsize=8)
def zone(name: str) -> ZoneInfo:
    """The site's zone by its IANA name."""
    return ZoneInfo(name)


def clock_time(instant: dt.datetime | None, zone_name: str) -> str:
    """``09:42`` in the site's zone; "" for None."""
    return instant.astimezone(zone(zone_name)).strftime("%H:%M") if instant is not None else ""


def date_time(instant: dt.datetime | None, zone_name: str) -> str:
    """``11-23 09:42`` of the running year, ``2025-11-23 09:42`` of another; "" for None."""
    if instant is None:
        return ""
    local = instant.astimezone(zone(zone_name))
    this_year = dt.datetime.now(zone(zone_name)).year
    return local.strftime("%m-%d %H:%M" if local.year == this_year else "%Y-%m-%d %H:%M")


def weekday(day: dt.date) -> str:
    """The name of the day of the week."""
    return _(_WEEKDAYS[day.weekday()])


def long_date(day: dt.date) -> str:
    """The date as a person reads it: ``2026年11月23日 星期一``, ``Monday, 23 November 2026``."""
    # Translators: a date with its weekday, e.g. "{year}年{month}月{day}日 {weekday}"
    pattern = pgettext("date", "{weekday}, {year}-{month:02d}-{day:02d}")
    return pattern.format(year=day.year, month=day.month, day=day.day, weekday=weekday(day))


def today(zone_name: str) -> int:
    """The site's present day as ``YYYYMMDD``."""
    day = dt.datetime.now(zone(zone_name)).date()
    return day.year * 10_000 + day.month * 100 + day.day
