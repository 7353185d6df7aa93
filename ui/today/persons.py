"""Who somebody is, in a line: for the list of offers, the line under the fields, the banner of a note."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reception.text import fold, number_meant, phone_digits
from reception.wording import N_
from ui import labels, words
from ui.widgets.line_list import Line
from ui.wording import _, ngettext

if TYPE_CHECKING:
    from reception.facts.people import PersonOffer

# By their words, because the enum is no part of what the window imports before it is painted.
NOTES: Mapping[str, tuple[str, str, str]] = {
    "interpreter": (N_("Needs an interpreter"), "languages", "care"),
    "hearing": (N_("Hard of hearing"), "ear", "care"),
    "banned": (N_("Banned from the building"), "ban", "alarm"),
    "other": (N_("To be minded"), "info", "care"),
}
"""Word, icon and tone of each kind of note on a person."""


def named(offer: PersonOffer) -> str:
    """The name that may be read on the screen, "—" for somebody who gave none."""
    if offer.identity_protected:
        return labels.veiled(offer.name)
    return offer.name or "—"


def numbers(offer: PersonOffer) -> str:
    """The telephone numbers that may be read on the screen."""
    return "" if offer.identity_protected else " / ".join(offer.phones)


def seen(offer: PersonOffer, zone: ZoneInfo) -> str:
    """How often, what is still open, when last and about what."""
    often = ngettext("in touch {times} time", "in touch {times} times", offer.times)
    parts = [often.format(times=offer.times)]
    if offer.open_cases:
        parts.append(_("open {count}").format(count=offer.open_cases))
    if offer.last_at is not None:
        today = dt.datetime.now(zone).date()
        last = words.when(offer.last_at, zone, today)
        subject = " ".join(offer.last_subject.split())[:30]
        parts.append(_("last {when}").format(when=f"{last} {subject}".strip()))
    return " · ".join(parts)


def chosen(offer: PersonOffer, zone: ZoneInfo) -> str:
    """What the line under the fields says of whoever was chosen; also why the entry is to be protected."""
    return " · ".join(word for word in (labels.guarded(offer), seen(offer, zone)) if word)


def offered(offer: PersonOffer, zone: ZoneInfo) -> Line:
    """Somebody in the list of offers."""
    first = [named(offer), numbers(offer)]
    icon, tone = "user-round", "muted"
    if offer.note_kind is not None:
        word, icon, tone = NOTES[offer.note_kind]
        first.append(f"[{_(word)}]")
    second = [] if offer.identity_protected else [offer.organisation]
    second.append(seen(offer, zone))
    return Line(
        "   ".join(word for word in first if word), " · ".join(word for word in second if word), icon, tone
    )


def filled(typed: Mapping[str, str], source: str, offer: PersonOffer) -> dict[str, str]:
    """What stands in ``phone``, ``name`` and ``organisation`` once an offer was taken.

    What the clerk typed stays, unless it is a part of what the offer says: then it was the beginning of it.
    The field in which it was looked for (``source``) always gets the offer's.
    """
    phone = number_meant(typed["phone"], offer.phones)
    known = {"name": offer.name, "organisation": offer.organisation, "phone": phone}
    found: dict[str, str] = {}
    for field, new in known.items():
        text = typed[field].strip()
        another = field == "phone" and phone_digits(text) and not _of(text, offer)
        taken = field == source or not text or _begun(text, new)
        found[field] = new if taken and not another else typed[field]
    return found


def _of(typed: str, offer: PersonOffer) -> bool:
    return any(phone_digits(typed) in phone_digits(phone) for phone in offer.phones)


def _begun(typed: str, whole: str) -> bool:
    return bool(whole) and fold(typed) in fold(whole)
