"""What became of a matter, in one sentence that the clerk can say as it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reception import dates
from reception.facts import Act, DepartmentFact
from reception.wording import N_
from ui import words
from ui.wording import _, current

if TYPE_CHECKING:
    from reception.facts.people import CaseAnswer

_SAID = 80
"""So much of an answer is said; the entry has all of it."""

_SENTENCES: Mapping[str, str] = {
    "noted": N_("Your matter, {subject}, was noted {came} and lies with us; there is no answer yet."),
    "answered": N_("Your matter, {subject}, was answered {at}: {text}."),
    "pointed": N_("With your matter, {subject}, you were pointed {at} to {where}."),
    "put-through": N_("With your matter, {subject}, you were put through {at} to {where}."),
    "sent": N_("Your matter, {subject}, was sent {sent} to {where}; they have not received it yet."),
    "told": N_(
        "Your matter, {subject}, was sent {sent} to {where} and told by phone {at}; "
        "they have not received it yet."
    ),
    "received": N_(
        "Your matter, {subject}, was sent {sent} to {where} and received {at}; there is no answer yet."
    ),
    "department-answered": N_(
        "Your matter, {subject}, was sent {sent} to {where} and answered by them {at}: {text}."
    ),
    "returned": N_(
        "Your matter, {subject}, was sent {sent} to {where} and came back {at} ({text}); "
        "we are finding out who is in charge."
    ),
    "withdrawn": N_("Your matter, {subject}, was taken back {at} from {where} and lies with us."),
    "closed": N_("Your matter, {subject}, was closed {at}: {text}."),
}
_WITHOUT: Mapping[str, str] = {
    "answered": N_("Your matter, {subject}, was answered {at}."),
    "pointed": N_("With your matter, {subject}, you were pointed {at} to where it is dealt with."),
    "put-through": N_("With your matter, {subject}, you were put through {at}."),
    "department-answered": N_(
        "Your matter, {subject}, was sent {sent} to {where} and answered by them {at}."
    ),
    "returned": N_(
        "Your matter, {subject}, was sent {sent} to {where} and came back {at}; "
        "we are finding out who is in charge."
    ),
    "withdrawn": N_("Your matter, {subject}, was taken back {at} and lies with us."),
    "closed": N_("Your matter, {subject}, was closed {at}."),
}
"""The same where the register knows no text, or no department."""
_DUE = N_("It is due {day}.")
_OVERDUE = N_("It was due {day} and is overdue.")


def _matter(subject: str) -> str:
    # The Chinese sentence begins with the same word: it would be said twice.
    return subject.removeprefix("反映") or subject


def sentence(answer: CaseAnswer, zone: ZoneInfo, now: dt.datetime) -> str:
    """Who has the matter, with room and phone, the last step and when, and when it is due."""
    parts = {
        "subject": _short(_matter(answer.entry.subject or answer.entry.matter)),
        "came": day(answer.entry.received_at, zone, now),
        "at": day(answer.step_at, zone, now),
        "sent": day(answer.parts[0].sent_at if answer.parts else answer.step_at, zone, now),
        "where": whereabouts(answer.department),
        "text": _short(answer.step_text or (answer.entry.outcome if _own(answer) else "")),
    }
    step = answer.step.value
    wanted = "{where}" if step in ("pointed", "put-through", "withdrawn") else "{text}"
    lacking = not parts[wanted.strip("{}")]
    template = _WITHOUT.get(step) if lacking else None
    said = _(template or _SENTENCES[step]).format(**parts)
    if answer.due_at is None or not answer.is_open:
        return said
    due = _(_OVERDUE if answer.due_at < now else _DUE).format(day=day(answer.due_at, zone, now))
    return f"{said}{'' if current().language == dates.CHINESE else ' '}{due}"


def day(moment: dt.datetime, zone: ZoneInfo, now: dt.datetime) -> str:
    """A day as it is said: ``today``, ``on 20 Nov``, ``on 20 November 2025``; ``今天``, ``11月20日``."""
    local, here = moment.astimezone(zone).date(), now.astimezone(zone).date()
    if local == here:
        return _("today")
    language = current().language
    date = dates.short_date(local, language) if local.year == here.year else dates.plain_date(local, language)
    return _("on {date}").format(date=date)


def whereabouts(department: DepartmentFact | None) -> str:
    """A department with its room and phone, as they are said; "" for none."""
    if department is None:
        return ""
    details = []
    if department.room:
        number = department.room.isdecimal()
        details.append(_("room {room}").format(room=department.room) if number else department.room)
    if department.phone:
        details.append(_("phone {phone}").format(phone=department.phone))
    if not details:
        return department.name
    gap = "，" if current().language == dates.CHINESE else ", "
    return _("{department} ({details})").format(department=department.name, details=gap.join(details))


def asked_before(answer: CaseAnswer, zone: ZoneInfo, now: dt.datetime) -> str:
    """How often and when it was asked about before; "" if never."""
    if not answer.enquiries or answer.asked_at is None:
        return ""
    last = words.when(answer.asked_at, zone, now.astimezone(zone).date())
    return _("asked about {times}×, last {when}").format(times=answer.enquiries, when=last)


def _own(answer: CaseAnswer) -> bool:
    return answer.entry.act is Act.ANSWERED and answer.step.value in ("answered", "closed")


def _short(text: str) -> str:
    text = " ".join(text.split()).rstrip("。.．;；!！,， ")
    return text if len(text) <= _SAID else text[: _SAID - 1] + "…"
