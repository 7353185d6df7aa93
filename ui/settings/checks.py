"""What the desk watches: parts that nobody receives, lines that lack something."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from reception.facts import Lack
from reception.words import LACKS
from ui.settings.card import OwnEditor, SettingsCard
from ui.theme import GAP
from ui.widgets.flow import FlowLayout
from ui.wording import _
from ui.work import Lanes


class ChecksCard(SettingsCard):
    """When what was sent counts as not received; what a line has to have before the day is printed."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(lanes, _("Receiving and checking (all desks)"), parent)
        self.hours = self.line(
            "receive_hours",
            _("Office hours until received"),
            _("What a department has not received after so many office hours stands under to be done now."),
        )
        self.wants = LackTicks(self.form)
        self.own(
            "check_wants",
            _("A line needs"),
            self.wants,
            _("At the end of the day lines that lack one of these are gone through before printing."),
        )


class LackTicks(OwnEditor):
    """One box for each thing that a line may lack."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # as wide as other fields, or the words below it are laid out in less than was reckoned with
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = FlowLayout(self, 2 * GAP)
        self.boxes: dict[Lack, QCheckBox] = {}
        for lack in Lack:
            box = QCheckBox(_(LACKS[lack]), self)
            box.toggled.connect(self._on_edited)
            row.addWidget(box)
            self.boxes[lack] = box

    def value(self) -> str:
        """What is ticked, with blanks between."""
        return " ".join(lack for lack, box in self.boxes.items() if box.isChecked())

    def put(self, value: str) -> None:
        """Tick these."""
        for lack, box in self.boxes.items():
            box.setChecked(lack in value.split())

    @Slot()
    def _on_edited(self) -> None:
        self.edited.emit()
