"""A row of buttons of which at most one is down, chosen by digit, mouse or arrow keys."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QPushButton, QWidget

from ui import icons
from ui.theme import GAP_SMALL
from ui.widgets.texts import is_enter


class DigitRow(QWidget):
    """Buttons ``1 …``, ``2 …``; pressing the one that is down again lets go of it.

    Args:
        options: value, translated text and icon ("" for none) of each.
        parent: the usual one.
    """

    changed = Signal(object)
    """The value that is chosen now, or None."""
    picked = Signal(object)
    """The same, only when the clerk did it."""

    def __init__(self, options: Sequence[tuple[StrEnum, str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: StrEnum | None = None
        self._buttons: dict[StrEnum, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_SMALL)
        for digit, (value, text, icon) in enumerate(options, start=1):
            button = QPushButton(f"{digit} {text}", self)
            button.setAccessibleName(text)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setToolTip(f"{text} ({digit})")
            if icon:
                icons.dress(button, icon)
            button.clicked.connect(self._on_clicked)
            self._buttons[value] = button
            layout.addWidget(button, 1)
        self._stop: QPushButton = next(iter(self._buttons.values()))

    @property
    def value(self) -> StrEnum | None:
        """What is chosen."""
        return self._value

    def put(self, value: StrEnum | None) -> None:
        """Choose, or let go with None."""
        value = next((one for one in self._buttons if one == value), None)  # a word may come from the disk
        self._value = value
        for one, button in self._buttons.items():
            button.setChecked(one == value)
        self._tab_stop()
        self.changed.emit(value)

    def pick(self, number: int) -> bool:
        """Choose by position from 1, as the clerk does; False where there is none."""
        if not 1 <= number <= len(self._buttons):
            return False
        value = list(self._buttons)[number - 1]
        if not self._buttons[value].isVisibleTo(self):
            return False
        self.put(value)
        self.picked.emit(value)
        return True

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """The buttons as they stand."""
        return tuple(self._buttons.values())

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the keyboard on the button that is down, else on the first."""
        self._stop.setFocus(reason)

    def button(self, value: StrEnum) -> QPushButton:
        """The button of a value."""
        return self._buttons[value]

    def allow(self, value: StrEnum, allowed: bool) -> None:
        """Offer a value or not."""
        self._buttons[value].setVisible(allowed)
        self._tab_stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose, arrows walk, Enter moves on."""
        if event.text() in tuple("123456789") and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            if not self.pick(int(event.text())):
                super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._walk(1 if event.key() == Qt.Key.Key_Right else -1)
        elif is_enter(event):
            self._last().setFocus()
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)

    def _last(self) -> QPushButton:
        return list(self._buttons.values())[-1]

    def _walk(self, step: int) -> None:
        buttons = [button for button in self._buttons.values() if button.isVisibleTo(self)]
        focused = next((at for at, button in enumerate(buttons) if button.hasFocus()), 0)
        buttons[max(0, min(focused + step, len(buttons) - 1))].setFocus(Qt.FocusReason.OtherFocusReason)

    def _tab_stop(self) -> None:
        # One stop for Tab, as with radio buttons: the one that is down, else the first.
        first = next((one for one in self._buttons.values() if not one.isHidden()), self._stop)
        stop = self._buttons[self._value] if self._value is not None else first
        for button in self._buttons.values():
            policy = Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)
        self._stop = stop

    @Slot()
    def _on_clicked(self) -> None:
        sender = self.sender()
        assert isinstance(sender, QAbstractButton)
        value = next(one for one, button in self._buttons.items() if button is sender)
        self.put(value if self._value != value else None)
        self.picked.emit(self._value)
