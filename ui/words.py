"""The icons of the facts, and their words as the window shows them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from reception import dates
from reception.facts import (
    Act,
    CallResult,
    EntryRow,
    Kind,
    LimitClock,
    PartStatus,
    ReferralRow,
    Term,
    gives_notice,
)
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

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

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
    "due",
    "term_day",
    "when",
]

KIND_ICONS: Mapping[Kind, str] = {
    Kind.VISIT: "user-round",
    Kind.CALL_IN: "phone-incoming",
    Kind.CALL_OUT: "phone-outgoing",
    Kind.DOCUMENT: "mail-open",
    Kind.JOB: "list-checks",
    Kind.MEETING: "bell",
    Kind.URGENT: "triangle-alert",
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
    if gives_notice(row.kind, row.category) and row.act in (Act.ANSWERED, Act.PUT_THROUGH):
        missed = row.call_result in (CallResult.NO_ANSWER, CallResult.BUSY)
        return _(RESULTS[row.call_result]) if row.call_result and missed else _("Told")
    words = _(ACTS[row.act])
    return words if row.call_result is None else f"{words} · {small(_(RESULTS[row.call_result]))}"


def when(moment: dt.datetime, zone: ZoneInfo, today: dt.date | None = None) -> str:
    """An instant on the site's clock: ``14:05`` on ``today``, else with its day, or the whole date."""
    local = moment.astimezone(zone)
    if today is not None and local.year == today.year:
        return dates.clock_on(local, today, current().language)
    return dates.stamp(local, current().language)


def due(row: ReferralRow, zone: ZoneInfo, *, whole: bool) -> str:
    """By when a referral is to be done: its day, with hours the minute, and what is to be known of it.

    ``whole`` adds by how much it is overdue, and that its clock stands. "" where it has no limit.
    """
    term = row.term
    if term is None:
        return ""
    parts = [term_day(term, zone, whole=whole)]
    if term.provisional:
        parts.append(_("provisional") if whole else _("prov."))
    if whole and row.overdue_days:
        parts.append(_("{n} wd late").format(n=row.overdue_days))
    if whole and term.paused_at is not None:
        parts.append(_("its clock stands"))
    return " · ".join(parts)


def term_day(term: Term, zone: ZoneInfo, *, whole: bool = False) -> str:
    """The day on which a limit ends, with hours the minute too; ``whole`` with its year."""
    day = dt.date(term.due_day // 10_000, term.due_day // 100 % 100, term.due_day % 100)
    said = (dates.plain_date if whole else dates.short_date)(day, current().language)
    if term.clock is LimitClock.HOURS:
        said += f" {dates.clock(term.due_at.astimezone(zone))}"
    return said
