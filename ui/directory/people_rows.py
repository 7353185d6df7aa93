"""What the lists of people and of their history show."""

from __future__ import annotations

import datetime as dt
from typing import Protocol
from zoneinfo import ZoneInfo

from reception.facts import EntryRow, EntryStatus
from reception.facts.people import PersonOffer
from reception.words import SEXES
from ui import labels, words
from ui.today.persons import NOTES, named, numbers, seen
from ui.widgets.table import Column
from ui.wording import N_, _

DONE = {
    "people.save_note": N_("Saved: {name}"),
    "people.merge": N_("Both are one now: {name}. Ctrl+Shift+M takes them apart again."),
    "people.unmerge": N_("{name}: the other record is one of its own again."),
}
"""What is told after a verb."""


class Zoned(Protocol):
    """Who knows the site's zone."""

    @property
    def zone(self) -> ZoneInfo:
        """The site's zone."""
        ...


class _Identified(Protocol):
    @property
    def id(self) -> int: ...


def people_columns(site: Zoned) -> tuple[Column[PersonOffer], ...]:
    """A person in a line."""

    def last(offer: PersonOffer) -> str:
        today = dt.datetime.now(site.zone).date()
        return words.when(offer.last_at, site.zone, today) if offer.last_at is not None else ""

    return (
        Column("name", _("Name"), named, width=10, tone=_tone, icon=_icon, tip=_tip),
        Column("phone", _("Phone"), numbers, width=14),
        Column("organisation", _("From"), _organisation),
        Column("times", _("Times"), _times, width=6),
        Column("last", _("Last seen"), last, width=13),
        Column("open", _("Open"), _open, width=5),
    )


def history_columns(site: Zoned) -> tuple[Column[EntryRow], ...]:
    """An entry in a line of somebody's history."""

    def received(row: EntryRow) -> str:
        return words.when(row.received_at, site.zone, dt.datetime.now(site.zone).date())

    return (
        Column("received", _("Time"), received, width=13),
        Column("kind", _("Kind"), _kind, width=9),
        Column("subject", _("Subject"), _subject),
        Column("done", _("What was done"), _done, width=16),
        Column("status", _("Status"), _status, width=8),
    )


def said_facts(offer: PersonOffer, zone: ZoneInfo) -> dict[str, str]:
    """What is known of somebody, for a `FactsCard`."""
    return {
        "name": named(offer),
        "numbers": numbers(offer),
        "organisation": _organisation(offer),
        "sex": _(SEXES[offer.sex]) if offer.sex is not None else "",
        "seen": seen(offer, zone),
        "note": " · ".join(filter(None, (_(NOTES[offer.note_kind][0]), offer.note)))
        if offer.note_kind
        else "",
    }


def id_of(row: _Identified) -> int:
    """The identity of a row."""
    return row.id


def is_void(row: EntryRow) -> bool:
    """Whether a line is struck through."""
    return row.status is EntryStatus.VOID


def _organisation(offer: PersonOffer) -> str:
    return "" if offer.identity_protected else offer.organisation


def _times(offer: PersonOffer) -> str:
    return str(offer.times)


def _open(offer: PersonOffer) -> str:
    return str(offer.open_cases) if offer.open_cases else ""


def _icon(offer: PersonOffer) -> str:
    return NOTES[offer.note_kind][1] if offer.note_kind is not None else ""


def _tone(offer: PersonOffer) -> str:
    return NOTES[offer.note_kind][2] if offer.note_kind is not None else ""


def _tip(offer: PersonOffer) -> str:
    lines = [named(offer)]
    if offer.note_kind is not None:
        lines += [_(NOTES[offer.note_kind][0]), offer.note]
    return "\n".join(line for line in lines if line)


def _kind(row: EntryRow) -> str:
    return _(labels.SHORT_KINDS[row.kind])


def _subject(row: EntryRow) -> str:
    return row.subject or row.matter


def _done(row: EntryRow) -> str:
    return " → ".join(filter(None, (words.acted(row), row.department_name)))


def _status(row: EntryRow) -> str:
    return _(words.STATUSES[row.status])
