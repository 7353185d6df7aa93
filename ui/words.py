"""The icons of the facts, and their words as the window shows them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from reception import dates
from reception.facts import EntryRow, Kind, PartStatus
from reception.words import (
    ACTS,
    ATTEMPTS,
    CALLBACKS,
    KINDS,
    PARTS,
    REFERRALS,
    RESULTS,
    ROLES,
    STATUSES,
    URGENCIES,
    small,
)
from ui.wording import _, current

__all__ = [
    "ACTS",
    "ATTEMPTS",
    "CALLBACKS",
    "KINDS",
    "KIND_ICONS",
    "PARTS",
    "PART_ICONS",
    "REFERRALS",
    "RESULTS",
    "ROLES",
    "STATUSES",
    "URGENCIES",
    "acted",
    "when",
]

KIND_ICONS: Mapping[Kind, str] = {
    Kind.VISIT: "user-round",
    Kind.CALL_IN: "phone-incoming",
    Kind.CALL_OUT: "phone-outgoing",
}
PART_ICONS: Mapping[PartStatus, str] = {
    PartStatus.SENT: "send",
    PartStatus.RECEIVED: "inbox",
    PartStatus.ANSWERED: "message-circle-reply",
    PartStatus.RETURNED: "corner-up-left",
    PartStatus.WITHDRAWN: "undo-2",
}


def acted(row: EntryRow) -> str:
    """What was done with an entry, translated: ``Put through: busy``; "" while nothing was."""
    if row.act is None:
        return ""
    words = _(ACTS[row.act])
    return words if row.call_result is None else f"{words} · {small(_(RESULTS[row.call_result]))}"


def when(moment: dt.datetime, zone: ZoneInfo, today: dt.date | None = None) -> str:
    """An instant on the site's clock: ``14:05`` on ``today``, else with its day, or the whole date."""
    local = moment.astimezone(zone)
    if today is not None and local.year == today.year:
        return dates.clock_on(local, today, current().language)
    return dates.stamp(local, current().language)
