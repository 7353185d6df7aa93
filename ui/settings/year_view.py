"""Twelve months at once, painted: arrow keys move from day to day, Space turns the kind of the day."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from reception import dates
from ui.announcing import announce
from ui.settings.year_draft import YearDraft
from ui.theme import FONT_SMALL, GAP, theme
from ui.widgets.texts import is_enter
from ui.wording import _, current, pgettext

_ACROSS, _DOWN = 4, 3
_WEEK, _LINES = 7, 8
"""A month has its name, the weekdays and up to six weeks."""
_DAY = dt.timedelta(days=1)
_MOVES = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_WEEK,
    Qt.Key.Key_Down: _WEEK,
}


class YearView(QWidget):
    """Shows a `YearDraft` and where in it the clerk is."""

    moved = Signal()
    """The cursor is on another day."""
    turned = Signal()
    """A day is of another kind."""
    named = Signal()
    """Enter: the name of the day is to be typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft: YearDraft | None = None
        self.day = dt.date(2000, 1, 1)
        """Where the cursor is."""
        self.today = dt.date.min
        self._places: dict[dt.date, QRect] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Year view"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme().changed.connect(self._on_theme)

    def show_year(self, draft: YearDraft, today: dt.date) -> None:
        """Show a year; the cursor stays on the day of the year that it is on."""
        self.draft, self.today = draft, today
        self._places.clear()
        if self.day.year != draft.year:
            self.day = _same_day(self.day if self.day.year != 2000 else today, draft.year)
        self.refresh()

    def refresh(self) -> None:
        """What is shown is new."""
        self.update()
        self._tell()

    # Sizes.

    def sizeHint(self) -> QSize:
        """As much as the letters need."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Twelve months of two-digit days."""
        metrics = QFontMetrics(self._font())
        width = (metrics.horizontalAdvance("30") + theme().px(10)) * _WEEK
        height = (metrics.height() + theme().px(2)) * _LINES
        gap = theme().px(GAP)
        return QSize(width * _ACROSS + gap * (_ACROSS + 1), height * _DOWN + gap * (_DOWN + 1))

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(theme().px(FONT_SMALL))
        return font

    def _month(self, month: int) -> QRect:
        gap = theme().px(GAP)
        across, down = (month - 1) % _ACROSS, (month - 1) // _ACROSS
        width = (self.width() - gap * (_ACROSS + 1)) // _ACROSS
        height = (self.height() - gap * (_DOWN + 1)) // _DOWN
        return QRect(gap + across * (width + gap), gap + down * (height + gap), width, height)

    def place(self, day: dt.date) -> QRect:
        """Where a day stands."""
        return self._laid_out()[day]

    def _laid_out(self) -> Mapping[dt.date, QRect]:
        """Where each day of the year stands in the present size."""
        if not self._places and self.draft is not None:
            months = {month: self._month(month) for month in range(1, 13)}
            for day in self.draft.days():
                row, column = divmod(day.replace(day=1).weekday() + day.day - 1, _WEEK)
                self._places[day] = _cell(months[day.month], row + 2, column)
        return self._places

    def day_at(self, point: QPoint) -> dt.date | None:
        """The day that stands there."""
        return next((day for day, box in self._laid_out().items() if box.contains(point)), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything stands elsewhere."""
        super().resizeEvent(event)
        self._places.clear()

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        """The months and days that are to be painted: a step of the cursor concerns two of them."""
        if self.draft is None:
            return
        painter = QPainter(self)
        painter.setFont(self._font())
        for month in range(1, 13):
            if event.rect().intersects(self._month(month)):
                self._paint_head(painter, month)
        for day, box in self._laid_out().items():
            if event.rect().intersects(box):
                self._paint_day(painter, self.draft, day, box)
        painter.end()

    def _paint_head(self, painter: QPainter, month: int) -> None:
        assert self.draft is not None
        box = self._month(month)
        bold = self._font()
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(theme().colour("text"))
        head = QRect(box.x(), box.y(), box.width(), box.height() // _LINES)
        painter.drawText(head, Qt.AlignmentFlag.AlignCenter, dates.month(month, current().language))
        painter.setFont(self._font())
        painter.setPen(theme().colour("muted"))
        for column in range(_WEEK):
            monday = dt.date(2024, 1, 1 + column)  # a Monday and what follows
            word = dates.narrow_weekday(monday, current().language)
            painter.drawText(_cell(box, 1, column), Qt.AlignmentFlag.AlignCenter, word)

    def _paint_day(self, painter: QPainter, draft: YearDraft, day: dt.date, place: QRect) -> None:
        box = place.adjusted(1, 1, -1, -1)
        tone, ground, mark = _look(draft, day)
        if ground:
            painter.fillRect(box, theme().colour(ground))
        painter.setPen(theme().colour(tone))
        words = f"{day.day}{mark}"
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        if day == self.today:
            width = painter.fontMetrics().horizontalAdvance(words)
            base = box.center().y() + painter.fontMetrics().ascent() // 2 + 1
            painter.drawLine(box.center().x() - width // 2, base, box.center().x() + width // 2, base)
        if day == self.day:
            colour = theme().colour("accent" if self.hasFocus() else "field_line")
            painter.setPen(QPen(colour, 2 if self.hasFocus() else 1))
            painter.drawRect(box)

    # Keys and mouse.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Page up and down by months, Home and End; Space turns, Enter names."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = _MOVES.get(Qt.Key(event.key()))
        if self.draft is None or not plain:
            super().keyPressEvent(event)
        elif step is not None:
            self.go(self.day + step * _DAY)
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.go(_month_on(self.day, 1 if event.key() == Qt.Key.Key_PageDown else -1))
        elif event.key() == Qt.Key.Key_Home:
            self.go(dt.date(self.draft.year, 1, 1))
        elif event.key() == Qt.Key.Key_End:
            self.go(dt.date(self.draft.year, 12, 31))
        elif event.key() == Qt.Key.Key_Space:
            self._turn()
        elif is_enter(event):
            self.named.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click goes to the day."""
        if (day := self.day_at(event.position().toPoint())) is not None:
            self.go(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click turns it."""
        if self.day_at(event.position().toPoint()) == self.day:
            self._turn()

    def go(self, day: dt.date) -> None:
        """Put the cursor on a day, if it is one of this year."""
        if self.draft is not None and day.year == self.draft.year and day != self.day:
            self.update(self.place(self.day))
            self.day = day
            self.update(self.place(day))
            self._tell()

    def _turn(self) -> None:
        assert self.draft is not None
        self.draft.turn(self.day)
        self.update(self.place(self.day))
        self.turned.emit()
        self._tell()

    def _tell(self) -> None:
        self.setAccessibleDescription(self.said())
        if self.hasFocus():
            announce(self, self.said())
        self.moved.emit()

    def said(self) -> str:
        """The day under the cursor in words: its date, what kind of day it is, what the notice calls it."""
        if self.draft is None:
            return ""
        words = [dates.long_date(self.day, current().language), kind_words(self.draft, self.day)]
        if name := self.draft.name(self.day):
            words.append(name)
        return " · ".join(words)

    def changeEvent(self, event: QEvent) -> None:
        """Another size of text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    @Slot()
    def _on_theme(self) -> None:
        self.updateGeometry()
        self.update()


def kind_words(draft: YearDraft, day: dt.date) -> str:
    """What kind of day it is."""
    if draft.is_worked(day):
        return _("make-up day") if day in draft.worked else _("worked")
    return _("day off") if day in draft.off else _("weekend")


def marks() -> tuple[str, str]:
    """What stands beside the number of a day off and of a make-up day: colour is never the only sign."""
    return pgettext("mark of a day off", "–"), pgettext("mark of a make-up day", "+")


def _look(draft: YearDraft, day: dt.date) -> tuple[str, str, str]:
    off, made_up = marks()
    if day in draft.worked:
        return "care", "care_surface", made_up
    if day in draft.off:
        return "alarm", "alarm_surface", off
    return ("text" if draft.is_worked(day) else "muted"), "", ""


def _cell(month: QRect, line: int, column: int) -> QRect:
    width, height = month.width() / _WEEK, month.height() / _LINES
    left, top = month.x() + round(column * width), month.y() + round(line * height)
    right, bottom = month.x() + round((column + 1) * width), month.y() + round((line + 1) * height)
    return QRect(left, top, right - left, bottom - top)


def _same_day(day: dt.date, year: int) -> dt.date:
    return dt.date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def _month_on(day: dt.date, step: int) -> dt.date:
    month = day.month + step
    if not 1 <= month <= 12:
        return day
    return dt.date(day.year, month, min(day.day, calendar.monthrange(day.year, month)[1]))
