"""The ladder of reminders, one rung a line: so many working days before or after the due day, and a way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QSizePolicy, QWidget

from reception import ladder
from reception.facts import Way
from reception.words import WAYS
from ui.settings.card import OwnEditor
from ui.theme import GAP_SMALL
from ui.wording import _

_LEAST = 5
"""Lines that are always there; a ladder may have more rungs, and one line is always empty."""
_CHOICES = (Way.PHONE, Way.WRITTEN, Way.DIRECTOR)
_BEFORE, _AFTER = -1, 1


class LadderEditor(OwnEditor):
    """Shows ``-1 phone; 1 written; 6 director`` as lines; a line without a way is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP_SMALL)
        self._grid.setColumnStretch(2, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.lines: list[tuple[QLineEdit, QComboBox, QComboBox]] = []
        for _at in range(_LEAST):
            self._add()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the keyboard into the first line."""
        self.lines[0][0].setFocus(reason)

    def value(self) -> str:
        """The rungs by their days, as far as they can be read; what cannot stays as it is typed."""
        rungs = sorted(self._rungs(), key=_by_day)
        return "; ".join(f"{days} {way}" for days, way in rungs)

    def put(self, value: str) -> None:
        """Show these rungs."""
        try:
            rungs: Sequence[ladder.Rung] = ladder.parse(value)
        except ValueError:
            rungs = ()
        while len(self.lines) <= len(rungs):
            self._add()
        for at, (days, side, way) in enumerate(self.lines):
            rung = rungs[at] if at < len(rungs) else None
            days.setText(str(abs(rung.days)) if rung is not None else "")
            side.setCurrentIndex(side.findData(_BEFORE if rung is not None and rung.days < 0 else _AFTER))
            way.setCurrentIndex(way.findData(rung.way if rung is not None else None))

    def _rungs(self) -> list[tuple[str, str]]:
        found = []
        for days, side, way in self.lines:
            if way.currentData() is not None:
                text = days.text().strip() or "?"
                sign = "-" if side.currentData() == _BEFORE and text.strip("0") else ""
                found.append((f"{sign}{text}", str(way.currentData())))
        return found

    def _add(self) -> None:
        at = len(self.lines)
        days, side, way = QLineEdit(self), QComboBox(self), QComboBox(self)
        days.setMaximumWidth(days.fontMetrics().horizontalAdvance("0") * 7)
        side.addItem(_("working days before"), _BEFORE)
        side.addItem(_("working days after"), _AFTER)
        side.setCurrentIndex(1)
        way.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        way.setMinimumContentsLength(10)
        way.addItem(_("–  nothing"), None)
        for one in _CHOICES:
            way.addItem(_(WAYS[one]), one)
        number = at + 1
        days.setAccessibleName(_("Step {number}: working days").format(number=number))
        side.setAccessibleName(_("Step {number}: before or after the due day").format(number=number))
        way.setAccessibleName(_("Step {number}: way").format(number=number))
        for column, widget in enumerate((days, side, way)):
            self._grid.addWidget(widget, at, column)
        if self.lines:
            last: QWidget = self.lines[-1][2]
            for widget in (days, side, way):
                QWidget.setTabOrder(last, widget)
                last = widget
        self.lines.append((days, side, way))
        days.textChanged.connect(self._on_edited)
        side.currentIndexChanged.connect(self._on_edited)
        way.currentIndexChanged.connect(self._on_edited)

    @Slot()
    def _on_edited(self) -> None:
        self.edited.emit()


def _by_day(rung: tuple[str, str]) -> int:
    try:
        return int(rung[0])
    except ValueError:
        return ladder.MOST_DAYS + 1
