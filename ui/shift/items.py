"""Open things as a list: what a leader said, what a shift was handed over with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from reception import dates
from reception.facts import PinKind, Todo
from reception.facts.shifts import HandoverItem
from reception.shapes import dataclass
from reception.words import PINS, TODOS
from ui import labels
from ui.today.day import short_number
from ui.widgets.table import Column, PagedTable
from ui.wording import _, current
from ui.work import Lanes

PIN_ICONS: Mapping[PinKind, str] = {
    PinKind.NOTE: "info",
    PinKind.LEADER: "user-round",
    PinKind.HELD: "inbox",
}
_PRESSING = (Todo.WAITING, Todo.OVERDUE, Todo.DUE_TODAY, Todo.RETURNED)


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
            Column("what", _("What"), _what, 14, tone=_tone, icon=_icon),
            Column("text", _("Matter"), _text, 0),
            Column("leader", _("Leader"), _leader, 8),
            Column("department", _("Department"), _department, 8),
            Column("due", _("Due"), self._due, 10),
            Column("number", _("No."), _number, 7),
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
    return _(TODOS[what] if isinstance(what, Todo) else PINS[what])


def _icon(line: Line) -> str:
    what = line.item.what
    return "circle-alert" if isinstance(what, Todo) else PIN_ICONS[what]


def _tone(line: Line) -> str:
    return "alarm" if line.item.what in _PRESSING else "care"


def _text(line: Line) -> str:
    return line.item.text


def _leader(line: Line) -> str:
    return line.item.leader


def _department(line: Line) -> str:
    return line.item.department


def _number(line: Line) -> str:
    return short_number(line.item.number) if line.item.number else ""
