"""The words of the director's page and the bulletin, for terminal, paper and spreadsheet alike.

Apart from ``words``, because nothing of it is needed before the window is painted.
"""

from __future__ import annotations

from collections.abc import Mapping

from reception.facts.reports import Lapse, Late, Period, Rule
from reception.wording import N_, Wording

RULES: Mapping[Rule, str] = {
    Rule.DELAY: N_("No delay"),
    Rule.PILE: N_("No backlog"),
    Rule.NEGLECT: N_("Nobody kept waiting"),
    Rule.IMAGE: N_("Good name"),
}
LAPSES: Mapping[Lapse, str] = {
    Lapse.OVERDUE: N_("Overdue"),
    Lapse.LATE: N_("Answered late"),
    Lapse.UNHANDLED: N_("Paper not handled"),
    Lapse.NOT_RECEIVED: N_("Not received in time"),
    Lapse.WAITED: N_("Waited long"),
    Lapse.WAITING: N_("Still waits"),
    Lapse.UNSEEN: N_("Waited, not received"),
    Lapse.CALLBACK: N_("Call-back owed"),
    Lapse.UNREACHED: N_("Not told of a meeting"),
    Lapse.NO_ACT: N_("Nothing done yet"),
    Lapse.UNCHECKED: N_("To be checked"),
}
PERIODS: Mapping[Period, str] = {Period.WEEK: N_("Week"), Period.MONTH: N_("Month")}
FIGURES: Mapping[str, str] = {
    "received": N_("Sent to it"),
    "answered": N_("Answered"),
    "late": N_("Answered late"),
    "returned": N_("Returned"),
    "open": N_("Open"),
    "overdue": N_("Overdue"),
}
"""The columns of a department, by the fields of ``Figures``."""
TOTALS: Mapping[str, str] = {
    "visits": N_("Visits"),
    "visitors": N_("Visitors"),
    "calls_in": N_("Calls in"),
    "calls_out": N_("Calls out"),
    "answered": N_("Answered"),
    "pointed": N_("Pointed"),
    "put_through": N_("Put through"),
    "referred": N_("Referred"),
    "open": N_("Open"),
}
"""The totals of a span of days, by the fields of ``facts.Totals``."""
_HOUR = 60


def late(one: Late, wording: Wording) -> str:
    """``3 working days``, ``2 h 05 min``, ``12 min``; "" where nothing is late."""
    if one.days:
        told = wording.ngettext("{count} working day", "{count} working days", one.days)
        return told.format(count=one.days)
    hours, minutes = divmod(one.minutes, _HOUR)
    if hours and not minutes:
        return wording.gettext("{hours} h").format(hours=hours)
    if hours:
        return wording.gettext("{hours} h {minutes} min").format(hours=hours, minutes=f"{minutes:02d}")
    return wording.gettext("{minutes} min").format(minutes=minutes) if minutes else ""


def change(now: int, before: int) -> str:
    """``+3``, ``-2``, ``±0``: how much more than before."""
    more = now - before
    return f"{more:+d}" if more else "±0"
