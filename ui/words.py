"""The words and icons of the facts as the window shows them; the words are still to go through ``_``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from reception import dates
from reception.facts import (
    Act,
    AttemptResult,
    CallbackStatus,
    CallResult,
    EntryRow,
    EntryStatus,
    Kind,
    PartStatus,
    ReferralStatus,
    Role,
    Urgency,
)
from reception.wording import N_
from ui.wording import _, current

KINDS: Mapping[Kind, str] = {
    Kind.VISIT: N_("Visit"),
    Kind.CALL_IN: N_("Incoming call"),
    Kind.CALL_OUT: N_("Outgoing call"),
}
KIND_ICONS: Mapping[Kind, str] = {
    Kind.VISIT: "user-round",
    Kind.CALL_IN: "phone-incoming",
    Kind.CALL_OUT: "phone-outgoing",
}
ACTS: Mapping[Act, str] = {
    Act.ANSWERED: N_("Answered"),
    Act.POINTED: N_("Pointed"),
    Act.PUT_THROUGH: N_("Put through"),
    Act.REFERRED: N_("Referred"),
}
RESULTS: Mapping[CallResult, str] = {
    CallResult.CONNECTED: N_("connected"),
    CallResult.NO_ANSWER: N_("no answer"),
    CallResult.BUSY: N_("busy"),
}
STATUSES: Mapping[EntryStatus, str] = {
    EntryStatus.OPEN: N_("Open"),
    EntryStatus.FINISHED: N_("Finished"),
    EntryStatus.VOID: N_("Void"),
}
ROLES: Mapping[Role, str] = {Role.LEAD: N_("Lead"), Role.ASSIST: N_("Assisting")}
PARTS: Mapping[PartStatus, str] = {
    PartStatus.SENT: N_("Not received"),
    PartStatus.RECEIVED: N_("Received"),
    PartStatus.ANSWERED: N_("Answered"),
    PartStatus.RETURNED: N_("Returned"),
    PartStatus.WITHDRAWN: N_("Taken back"),
}
PART_ICONS: Mapping[PartStatus, str] = {
    PartStatus.SENT: "send",
    PartStatus.RECEIVED: "inbox",
    PartStatus.ANSWERED: "message-circle-reply",
    PartStatus.RETURNED: "corner-up-left",
    PartStatus.WITHDRAWN: "undo-2",
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
ATTEMPTS: Mapping[AttemptResult, str] = {
    AttemptResult.NO_ANSWER: N_("No answer"),
    AttemptResult.BUSY: N_("Busy"),
    AttemptResult.REACHED: N_("Reached"),
}
URGENCIES: Mapping[Urgency, str] = {
    Urgency.NORMAL: N_("Normal"),
    Urgency.URGENT: N_("Urgent"),
    Urgency.CRITICAL: N_("Critical"),
}


def acted(row: EntryRow) -> str:
    """What was done with an entry, translated: ``Put through: busy``; "" while nothing was."""
    if row.act is None:
        return ""
    words = _(ACTS[row.act])
    return words if row.call_result is None else f"{words} · {_(RESULTS[row.call_result])}"


def when(moment: dt.datetime, zone: ZoneInfo, today: dt.date | None = None) -> str:
    """An instant on the site's clock: ``14:05`` on ``today``, else with its day, or the whole date."""
    local = moment.astimezone(zone)
    if today is not None and local.year == today.year:
        return dates.clock_on(local, today, current().language)
    return dates.stamp(local, current().language)
