"""Open things as a list: what a leader said, what a shift was handed over with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from reception import dates
from reception.facts import PinKind, Todo
from reception.facts.shifts import HandoverItem
from reception.numbers import parse_number
from reception.shapes import dataclass
from reception.words import PINS
from ui import labels
from ui.today.day import short_number
from ui.today.signs import WHAT
from ui.widgets.table import Column, PagedTable
from ui.wording import _, current
from ui.work import Lanes

PIN_ICONS: Mapping[PinKind, str] = {
    PinKind.NOTE: "info",
    PinKind.LEADER: "user-round",
    PinKind.HELD: "inbox",
}


@dataclass(frozen=True, slots=True)
class Line:
    """An item and its place, which is all that tells it from another."""

    at: int
    item: HandoverItem


class ItemTable(PagedTable[Line]):
    """What is open, most pressing first.

    Args:
        lanes: the way to the register.
        topic: of its questions.
        name: accessible name, translated.
        empty: what stands there while there is nothing, translated.
        parent: the usual one.
    """

    def __init__(
        self, lanes: Lanes, topic: str, *, name: str, empty: str, parent: QWidget | None = None
    ) -> None:
        self._zone = labels.zone("UTC")
        super().__init__(lanes, topic, self._columns(), _key, name=name, empty=empty, parent=parent)

    def show_items(self, items: Sequence[HandoverItem], zone_name: str) -> None:
        """Show these."""
        self._zone = labels.zone(zone_name)
        self.rows.put([Line(at, item) for at, item in enumerate(items)])

    def _columns(self) -> list[Column[Line]]:
        return [
            Column("what", _("What"), _what, 14, tone=_tone, icon=_icon, least=16),
            Column("person", _("Who"), _person, 9, icon=_lock),
            Column("text", _("Matter"), _text, 0, least=20),
            Column("department", _("Department"), _department, 8),
            Column("due", _("Due"), self._due, 10, least=9),
            Column("number", _("No."), _number, 10),
        ]

    def _due(self, line: Line) -> str:
        if line.item.due_at is None:
            return ""
        here = line.item.due_at.astimezone(self._zone)
        if here.time() == dt.time():  # the midnight after the day on which it is due
            return dates.short_date(here.date() - dt.timedelta(days=1), current().language)
        today = dt.datetime.now(self._zone).date()
        return dates.clock_on(here, today, current().language)


def _key(line: Line) -> int:
    return line.at


def _what(line: Line) -> str:
    what = line.item.what
    return _(WHAT[what][0] if isinstance(what, Todo) else PINS[what])


def _icon(line: Line) -> str:
    what = line.item.what
    return WHAT[what][1] if isinstance(what, Todo) else PIN_ICONS[what]


def _tone(line: Line) -> str:
    what = line.item.what
    return WHAT[what][2] if isinstance(what, Todo) else "care"


def _text(line: Line) -> str:
    item = line.item
    if not item.leader:
        return item.text
    return _("{name}: {value}").format(name=item.leader, value=item.text)


def _lock(line: Line) -> str:
    return "lock" if line.item.identity_protected else ""


def _person(line: Line) -> str:
    item = line.item
    return labels.veiled(item.person) if item.identity_protected and item.person else item.person


def _department(line: Line) -> str:
    return line.item.department


def _number(line: Line) -> str:
    number = line.item.number
    return f"{parse_number(number).day % 10_000:04d}-{short_number(number)}" if number else ""
