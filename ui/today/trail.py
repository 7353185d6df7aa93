"""The trail of an entry in words: who did what when, and what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from reception import trail_words
from reception.facts import Catalogue, TrailLine
from reception.timeline import FIELDS
from reception.words import VERBS
from ui import labels
from ui.widgets.table import Column, PagedTable
from ui.wording import N_, _
from ui.words import when
from ui.work import Lanes

_FIELDS: Mapping[str, str] = {**FIELDS, "told_whom": N_("Told by phone")}
_PLACES: Mapping[str, str] = {
    "party": N_("representative"),
    "part": N_("department"),
    "referral": N_("referral"),
    "callback": N_("call-back"),
    "attempt": N_("attempt"),
    "step": N_("referral"),
    "notice": N_("notice"),
}
"""Whose a field is that is not the entry's own."""
_PLAIN = {"True": N_("Yes"), "False": N_("No"), "yes": N_("Yes"), "no": N_("No")}


def field_word(name: str) -> str:
    """A field as the trail names it (``outcome``, ``part.answer``), in words."""
    place, _dot, last = name.rpartition(".")
    word = _(_FIELDS.get(name) or _FIELDS.get(last) or last)
    if place not in _PLACES:
        return word
    return _("{name} ({place})").format(name=word, place=_(_PLACES[place]))


def value_word(name: str, value: str) -> str:
    """A value as the trail or a conflict gives it, in words; "–" for nothing."""
    if value in ("", "None"):
        return "–"
    word = trail_words.of_value(name, value) or _PLAIN.get(value)
    return _(word) if word else value


@dataclass(frozen=True, slots=True)
class _Line:
    at: int
    line: TrailLine


class TrailTable(PagedTable[_Line]):
    """The steps of one entry, first to last."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        self._catalogue: Catalogue | None = None
        columns: list[Column[_Line]] = [
            Column("at", _("Time"), self._time, 12),
            Column("operator", _("Clerk"), _operator, 8),
            Column("verb", _("What"), _verb, 12),
            Column("changes", _("Old → new"), self._changes, wrapped=True),
        ]
        super().__init__(lanes, "entry.trail", columns, _place, name=_("Trail"), parent=parent)

    def show_trail(self, lines: tuple[TrailLine, ...], catalogue: Catalogue | None) -> None:
        """Show these steps."""
        self._catalogue = catalogue
        self.rows.put([_Line(at, line) for at, line in enumerate(lines)])

    def _time(self, row: _Line) -> str:
        if self._catalogue is None:
            return ""
        zone = labels.zone(self._catalogue.site.zone)
        return when(row.line.at, zone, dt.datetime.now(zone).date())

    def _changes(self, row: _Line) -> str:
        words = []
        for name, old, new in row.line.changes:
            before, after = (value_word(name, value) for value in (old, new))
            change = after if before in ("–", after) else f"{before} → {after}"
            words.append(_("{name}: {value}").format(name=field_word(name), value=change))
        return "\n".join(words)


def _place(row: _Line) -> int:
    return row.at


def _operator(row: _Line) -> str:
    return row.line.operator


def _verb(row: _Line) -> str:
    return verb_word(row.line.verb)


def verb_word(verb: str) -> str:
    """What was done, in words."""
    return _(VERBS[verb]) if verb in VERBS else verb
