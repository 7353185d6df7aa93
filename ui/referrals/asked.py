"""The fields of what a step asks for, and how they stand below each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from reception import dates
from reception.errors import InputError
from reception.numbers import day_number
from reception.wording import N_
from ui.referrals.one_of import OneOf
from ui.referrals.step import Ask, Shape
from ui.theme import GAP, GAP_SMALL, theme
from ui.today.fields import ChoiceBox, Field, MomentBox, NumberBox, TextBox
from ui.widgets.choice_field import Choice
from ui.widgets.list_field import ListField
from ui.widgets.moments import read_ahead, read_day
from ui.widgets.scrolled import Scrolled
from ui.widgets.texts import LONG
from ui.wording import _, current

_NOT_YET = N_("This day is still to come.")


class AheadBox(MomentBox):
    """A point in time that is to come: ``14:30``, ``25 9:00``, ``11-25 9:00``."""

    def __init__(self, name: str, label: str, zone: Callable[[], ZoneInfo]) -> None:
        super().__init__(name, label, zone)
        self.editor.setPlaceholderText(_("e.g. 11-25 9:00"))
        self.edited.connect(self._look)

    @Slot()
    def _look(self) -> None:
        """Say which day of the week it is, as soon as it is a day."""
        try:
            moment = self.value()
        except InputError:
            moment = None
        day = moment.astimezone(self._zone()).date() if moment is not None else None
        self.say(dates.long_date(day, current().language) if day is not None else "", role="care")

    def value(self) -> dt.datetime | None:
        """The instant. Raises InputError."""
        return read_ahead(self.raw, self._zone(), dt.datetime.now(dt.UTC), self.name)


class DayBox(TextBox):
    """A day, today or before; ``value`` is ``YYYYMMDD`` or None."""

    def __init__(self, name: str, label: str, zone: Callable[[], ZoneInfo]) -> None:
        super().__init__(name, label, limit=20)
        self._zone = zone
        self.editor.setPlaceholderText(_("e.g. 11-25"))

    def value(self) -> int | None:
        """The day: without its year the last such one. Raises InputError."""
        if not self.raw.strip():
            return None
        today = dt.datetime.now(self._zone()).date()
        day = read_day(self.raw, today, self.name, past=True)
        if day > today:
            raise InputError(_NOT_YET, field=self.name)
        return day_number(day)


def field(ask: Ask, label: str, zone: Callable[[], ZoneInfo], departments: Sequence[Choice]) -> Field:
    """The field of ``ask``; ``label`` is translated."""
    match ask.shape:
        case Shape.ONE_OF:
            assert ask.options is not None
            return OneOf(ask.name, label, ask.options)
        case Shape.DEPARTMENT:
            chosen = ChoiceBox(ask.name, label, free=False)
            chosen.offer(departments)
            return chosen
        case Shape.MOMENT:
            return MomentBox(ask.name, label, zone)
        case Shape.AHEAD:
            return AheadBox(ask.name, label, zone)
        case Shape.DAY:
            return DayBox(ask.name, label, zone)
        case Shape.NUMBER:
            return NumberBox(ask.name, label, absent=None)
        case Shape.TEXT:
            return TextBox(ask.name, label, limit=LONG, lines=ask.lines)
        case Shape.LIST:
            return TextBox(ask.name, label, editor=ListField(LONG, ask.lines))
        case _:
            return TextBox(ask.name, label)


class _Follows(QObject):
    """What is said under the field that is typed in stays in sight."""

    def __init__(self, area: QScrollArea, holder: QWidget) -> None:
        super().__init__(area)
        self._area, self._holder = area, holder
        holder.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The fields need more room, or less."""
        editor = QApplication.focusWidget() if event.type() == QEvent.Type.Resize else None
        if editor is not None and self._holder.isAncestorOf(editor):
            self._area.ensureWidgetVisible(editor.parentWidget() or editor, 0, 0)
        return False


class Area(Scrolled):
    """The fields of a step that asks for much: in their full height where there is room, else they scroll."""

    def __init__(self, holder: QWidget, parent: QWidget) -> None:
        super().__init__(holder, parent)
        self._holder = holder
        self._follows = _Follows(self, holder)

    def sizeHint(self) -> QSize:
        """All of the fields."""
        return QSize(self._holder.sizeHint().width(), self._holder.sizeHint().height() + GAP_SMALL)

    def minimumSizeHint(self) -> QSize:
        """Some of them."""
        least = super().minimumSizeHint()
        return QSize(least.width(), min(self.sizeHint().height(), theme().px(_LEAST)))


MANY = 6
"""More fields than that may scroll."""
_LEAST = 150


class Rows:
    """Puts each field under its label, the next one below it; two with half a line share one."""

    def __init__(self, holder: QWidget) -> None:
        self._holder = holder
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_SMALL)
        self._shared: QHBoxLayout | None = None

    def add(self, ask: Ask, made: Field) -> QWidget:
        """The label and the field of ``ask``, to be shown or hidden together."""
        row = QWidget(self._holder)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        label = QLabel(made.label, row)
        label.setBuddy(made.editor)
        column.addWidget(label)
        column.addWidget(made)
        if not ask.half:
            self._shared = None
            self._column.addWidget(row)
        elif self._shared is None:
            self._shared = QHBoxLayout()
            self._shared.setSpacing(GAP)
            self._shared.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
            self._column.addLayout(self._shared)
        else:
            self._shared.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
            self._shared = None
        return row

    def end(self) -> None:
        """What room is left stays below them."""
        self._column.addStretch(1)
