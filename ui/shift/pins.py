"""Notes pinned for whoever comes next: written and pinned with Enter, taken down with Del."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reception import dates
from reception.errors import DeskError, InputError
from reception.facts import PinKind
from reception.facts.shifts import Pin
from reception.numbers import day_date, day_number
from reception.words import PINS
from ui import actions, icons
from ui.shift.items import PIN_ICONS
from ui.theme import GAP_SMALL
from ui.today.fields import Pick, TextBox
from ui.widgets.buttons import Button
from ui.widgets.moments import read_day
from ui.widgets.table import Column, PagedTable
from ui.widgets.texts import LineField
from ui.wording import _, current
from ui.work import Lanes


class _Line(LineField):
    """Enter says that the note is written."""

    entered = Signal()

    def focusNextChild(self) -> bool:
        """Tell instead of going."""
        self.entered.emit()
        return True


class PinBoard(QWidget):
    """The list, and the line in which a new note is written."""

    wanted = Signal(str, object, object)
    """A note is to be pinned: its text, its ``PinKind``, and the last day (``YYYYMMDD``) or None."""
    ended = Signal(object)
    """The ``Pin`` that needs to be known no more."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = dt.date.min
        heading = QLabel(_("Pinned"), self)
        heading.setProperty("role", "heading")
        self.unpin = Button(_("Take down  Del"), self)
        actions.tip(self.unpin, "shift.unpin")
        icons.dress(self.unpin, "x")
        self.table: PagedTable[Pin] = PagedTable(
            lanes,
            "shift.pins",
            self._columns(),
            _id,
            name=_("Pinned"),
            empty=_("Nothing is pinned."),
            parent=self,
        )
        heading.setBuddy(self.table)
        kinds = [(one, _(word)) for one, word in PINS.items()]
        self.kind = Pick("kind", _("What"), kinds, none=None, absent=PinKind.NOTE)
        self.text = TextBox("text", _("New note"), editor=_Line())
        self.text.editor.setPlaceholderText(_("Alt+N: what whoever comes next is to know"))
        self.until = TextBox("until", _("Up to and including"), editor=_Line())
        self.until.editor.setPlaceholderText(_("no end; or 11-25"))
        self.add = Button(_("Pin  Enter"), self)
        actions.tip(self.add, "shift.pin")
        icons.dress(self.add, "plus")
        self._lay_out(heading)
        self.table.installEventFilter(self)
        self.table.current_changed.connect(self._on_current)
        self.unpin.clicked.connect(self._on_unpin)
        self.add.clicked.connect(self.give)
        for field in (self.text, self.until):
            assert isinstance(field.editor, _Line)
            field.editor.entered.connect(self.give)
        self._on_current(None)

    def _lay_out(self, heading: QLabel) -> None:
        head = QHBoxLayout()
        head.addWidget(heading, 1)
        head.addWidget(self.unpin)
        line = QHBoxLayout()
        line.setSpacing(GAP_SMALL)
        for widget, share in ((self.kind, 4), (self.text, 13), (self.until, 6), (self.add, 0)):
            line.addWidget(widget, share, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addLayout(line)

    def show_pins(self, pins: Sequence[Pin], today: int) -> None:
        """Show what is pinned on a day (``YYYYMMDD``)."""
        self._today = day_date(today)
        self.table.rows.put(pins)
        self._on_current(self.table.row())

    def stops(self) -> list[QWidget]:
        """What Tab walks through, in order."""
        fields = (self.kind.editor, self.text.editor, self.until.editor)
        return [self.unpin, self.table, *fields, self.add]

    @property
    def unsaved(self) -> bool:
        """Whether a note is being written."""
        return bool(self.text.raw.strip())

    def clear(self) -> None:
        """An empty line for the next note."""
        for field in (self.text, self.until):
            field.clear()
        self.kind.put(PinKind.NOTE)

    @property
    def typed(self) -> tuple[str, PinKind, str]:
        """What stands in the line."""
        return self.text.raw, self.kind.raw, self.until.raw

    def put(self, typed: tuple[str, PinKind, str]) -> None:
        """Let this stand in the line."""
        for field, raw in zip((self.text, self.kind, self.until), typed, strict=True):
            field.put(raw)

    @Slot()
    def give(self) -> None:
        """Pin what is written (Enter)."""
        try:
            until = None
            if self.until.raw.strip():
                day = read_day(self.until.raw, self._today, "until")
                until = day_number(day)
        except InputError as error:
            self.refuse(error)
            return
        self.wanted.emit(self.text.raw, self.kind.raw, until)

    def refuse(self, error: DeskError) -> None:
        """Say why it was not pinned; what was written stays."""
        field = self.until if error.field == "until" else self.text
        field.say(error.say(_))
        field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Del takes a note down."""
        pressed = watched is self.table and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete:
            self._on_unpin()
            return True
        return super().eventFilter(watched, event)

    @Slot(object)
    def _on_current(self, pin: Pin | None) -> None:
        self.unpin.setEnabled(pin is not None)

    @Slot()
    def _on_unpin(self) -> None:
        pin = self.table.row()
        if pin is not None:
            self.ended.emit(pin)

    def _columns(self) -> list[Column[Pin]]:
        return [
            Column("kind", _("What"), _kind, 13, icon=_icon),
            Column("text", _("Note"), _text, 0),
            Column("until", _("Until"), _until, 9),
            Column("by", _("Clerk"), _by, 8),
        ]


def _id(pin: Pin) -> int:
    return pin.id


def _kind(pin: Pin) -> str:
    return _(PINS[pin.kind])


def _icon(pin: Pin) -> str:
    return PIN_ICONS[pin.kind]


def _text(pin: Pin) -> str:
    return pin.text


def _until(pin: Pin) -> str:
    return dates.short_date(day_date(pin.until_day), current().language) if pin.until_day else ""


def _by(pin: Pin) -> str:
    return pin.operator
