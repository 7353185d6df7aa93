"""What stands above an entry's trail: its number, its circumstances, and where its referrals are."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from reception.facts import EntryRow, EntryView, ReferralView
from ui import labels
from ui.wording import _
from ui.words import ATTEMPTS, CALLBACKS, KINDS, PARTS, term_day, when

_ENQUIRIES = 4


def title(row: EntryRow) -> str:
    """Number, kind, and where it stands."""
    return f"{row.number} · {_(KINDS[row.kind])} · {labels.progress(row)}"


def circumstances(row: EntryRow, zone: ZoneInfo) -> str:
    """When, by whom, until when, and why it is void."""
    words = [when(row.received_at, zone), row.operator]
    if left := labels.left(row, zone):
        words.append(_("left {time}").format(time=left))
    if row.left_estimated:
        words.append(_("nobody signed out"))
    if row.late:
        words.append(_("entered later"))
    if row.identity_protected:
        words.append(_("Identity not to be disclosed"))
    if row.void_reason:
        words.append(_("void: {reason}").format(reason=row.void_reason))
    return " · ".join(words)


def lines(view: EntryView, zone: ZoneInfo) -> list[str]:
    """What was promised, where it was sent, who asked."""
    return [*calls(view, zone), *parts(view, zone), *asked(view, zone)]


def calls(view: EntryView, zone: ZoneInfo) -> list[str]:
    """One line for each call that is or was owed: to whom, by when, by whom, and how often it was tried."""
    lines = []
    today = view.row.received_at.astimezone(zone).date()
    for call in view.callbacks:
        words = [_("Call-back"), _(CALLBACKS[call.status]), call.phone or (view.row.phone or "—")]
        if call.due_at is not None:
            words.append(_("by {time}").format(time=when(call.due_at, zone, today)))
        if call.owner:
            words.append(call.owner)
        for one in call.attempts:
            result = f"{when(one.at, zone, today)} {_(ATTEMPTS[one.result])}"
            words.append(f"{result} {one.reached}" if one.reached else result)
        if call.reason:
            words.append(call.reason)
        lines.append(" · ".join(words))
    return lines


def _whole(referral: ReferralView, zone: ZoneInfo) -> str:
    """The number of the year, by when it is due, on whose instruction."""
    words = [referral.slip] if referral.slip else []
    if referral.term is not None:
        words.append(_("due {day}").format(day=term_day(referral.term, zone)))
        if referral.term.provisional:
            words.append(_("provisional"))
    if referral.leader:
        words.append(_("instruction by {leader}").format(leader=referral.leader))
    return " · ".join(words)


def asked(view: EntryView, zone: ZoneInfo) -> list[str]:
    """The case that was asked about, or who asked about this one, the latest ones with what was said."""
    lines = []
    today = view.row.received_at.astimezone(zone).date()
    if view.case is not None:
        subject = view.case.subject or view.case.matter
        lines.append(_("Asks about {number} {subject}").format(number=view.case.number, subject=subject))
    if len(view.enquiries) > _ENQUIRIES:
        lines.append(_("Asked about {times} times; the latest:").format(times=len(view.enquiries)))
    for row in view.enquiries[-_ENQUIRIES:]:
        words = [_("Asked about"), when(row.received_at, zone, today), _(KINDS[row.kind]), row.operator]
        lines.append(" · ".join(word for word in words if word) + f"  {row.number}")
    return lines


def parts(view: EntryView, zone: ZoneInfo) -> list[str]:
    """One line for each referral with a limit or a number, one for each department it was sent to."""
    lines = []
    for referral in view.referrals:
        if whole := _whole(referral, zone):
            lines.append(whole)
        for part in referral.parts:
            told = _(" · told {whom}").format(whom=part.told_whom) if part.told_whom else ""
            officer = f" · {part.officer}" if part.officer else ""
            line = f"{part.name} {part.department_name}{officer} · {_(PARTS[part.status])}{told}"
            said = part.answer or part.return_reason
            lines.append(_("{name}: {value}").format(name=line, value=said) if said else line)
    return lines
