"""The strip above the form: what starts an entry, and what was put aside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from ui import icons
from ui.theme import GAP, GAP_SMALL, theme
from ui.today.drafts import Draft
from ui.widgets.yielding import ElidedButton, YieldingBar, plain_tip
from ui.wording import _
from ui.words import KIND_ICONS, KINDS

_HALF_MINUTE = 30_000
_BESIDE = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
_CAPTION = 6
"""So many letters of a draft's caption stay in any case."""


class Shelf(YieldingBar):
    """The starting actions at the left, a button for each draft in the middle, the sheet at the right."""

    taken = Signal(int)
    """The position of the draft that is wanted back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._drafts: tuple[Draft, ...] = ()
        self._label = QLabel(_("Put aside:"), self)
        self._label.setProperty("role", "muted")
        self._label.hide()
        self._chips: list[QToolButton] = []
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        self._layout.setSpacing(GAP_SMALL)
        self._layout.addWidget(self._label)
        self._layout.addStretch(1)
        self._clock = QTimer(self)
        self._clock.setInterval(_HALF_MINUTE)
        self._clock.timeout.connect(self._show_minutes)
        self._buttons: list[QToolButton] = []
        self._starting = 0
        theme().changed.connect(self.anew)

    def less(self, step: int, yielding: bool) -> None:
        """The actions' words go (their tooltips keep them): what was put aside stays legible."""
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if yielding else _BESIDE
        for button in self._buttons:
            button.setToolButtonStyle(style)

    def add_actions(self, starting: Sequence[QAction], ending: Sequence[QAction]) -> None:
        """Put buttons for the window's actions at both ends."""
        for at, action in enumerate(starting):
            self._buttons.append(_button(action, self))
            self._layout.insertWidget(at, self._buttons[-1])
        self._starting = len(starting)
        self._layout.insertSpacing(len(starting), GAP)
        for action in ending:
            self._buttons.append(_button(action, self))
            self._layout.addWidget(self._buttons[-1])

    def stand_behind(self, above: QWidget) -> None:
        """Come behind what is above in the order of Tab, though its buttons were made after the form."""
        QWidget.setTabOrder(above, self._buttons[0])
        self._chain()

    def _chain(self) -> None:
        stops = [*self._buttons[: self._starting], *self._chips, *self._buttons[self._starting :]]
        for one, then in pairwise(stops):
            QWidget.setTabOrder(one, then)

    def show_drafts(self, drafts: Sequence[Draft]) -> None:
        """Show these drafts, oldest first."""
        self._drafts = tuple(drafts)
        for chip in self._chips:
            self._layout.removeWidget(chip)
            chip.hide()  # it may have been clicked just now: it goes a turn later, and is not seen meanwhile
            chip.deleteLater()
        self._chips.clear()
        place = self._layout.indexOf(self._label) + 1
        for at, draft in enumerate(self._drafts):
            chip = ElidedButton(self, _CAPTION)
            chip.setProperty("kind", "button")
            chip.setProperty("position", at)
            chip.setToolButtonStyle(_BESIDE)
            failed = draft.error is not None
            icons.dress(
                chip, "triangle-alert" if failed else KIND_ICONS[draft.kind], "alarm" if failed else "text"
            )
            chip.clicked.connect(self._on_clicked)
            self._layout.insertWidget(place + at, chip)
            self._chips.append(chip)
        self._chain()
        self._label.setVisible(bool(self._drafts))
        self._show_minutes()
        if self._drafts:
            self._clock.start()
        else:
            self._clock.stop()

    @Slot()
    def _show_minutes(self) -> None:
        now = dt.datetime.now(dt.UTC)
        for chip, draft in zip(self._chips, self._drafts, strict=True):
            words = _("Not saved") if draft.error is not None else f"{draft.minutes(now)}′"
            chip.setText(f"{draft.caption} {words}")
            chip.setAccessibleName(f"{_(KINDS[draft.kind])}: {chip.text()}")
            reason = draft.error.say(_) if draft.error is not None else ""
            hint = reason or _("Put aside; Ctrl+Tab brings it back")
            chip.setToolTip(plain_tip(f"{chip.text()}\n{hint}"))

    @Slot()
    def _on_clicked(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.taken.emit(sender.property("position"))


def _button(action: QAction, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setProperty("kind", "button")
    button.setDefaultAction(action)
    button.setToolButtonStyle(_BESIDE)
    button.setAccessibleName(action.text())
    return button
