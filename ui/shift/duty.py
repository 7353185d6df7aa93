"""Who is on duty outside the office hours of today, and the weather: kept where the site wants it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reception.facts import Duty
from ui import actions, icons
from ui.theme import GAP_SMALL
from ui.today.fields import TextBox
from ui.widgets.buttons import Button
from ui.wording import _


class DutyLine(QWidget):
    """Three fields and a button."""

    wanted = Signal(object)
    """The ``Duty`` that is to be kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = Duty(0)
        heading = QLabel(_("On duty today, outside office hours"), self)
        heading.setProperty("role", "heading")
        self.fields = (
            TextBox("officer", _("Duty officer")),
            TextBox("leader", _("Leader on duty")),
            TextBox("weather", _("Weather")),
        )
        self.keep = Button(_("Save"), self)
        actions.tip(self.keep, "shift.duty")
        icons.dress(self.keep, "save")
        self.keep.clicked.connect(self.give)
        line = QHBoxLayout()
        line.setSpacing(GAP_SMALL)
        for field in self.fields:
            field.editor.setPlaceholderText(field.label)
            field.editor.setToolTip(field.label)
            line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(heading)
        column.addLayout(line)

    def show_duty(self, duty: Duty) -> None:
        """Show who is on duty; what is being typed stays."""
        before, self._shown = self._shown, duty
        for field in self.fields:
            if field.raw.strip() == getattr(before, field.name):
                field.put(getattr(duty, field.name))

    def saved(self, duty: Duty) -> None:
        """The register has this; whatever else was typed since stays."""
        self._shown = duty

    def stops(self) -> list[QWidget]:
        """What Tab walks through, in order."""
        return [*(field.editor for field in self.fields), self.keep]

    @property
    def unsaved(self) -> bool:
        """Whether something is typed that the register does not have."""
        return any(field.raw.strip() != getattr(self._shown, field.name) for field in self.fields)

    @property
    def typed(self) -> tuple[str, ...]:
        """What stands in the fields."""
        return tuple(field.raw for field in self.fields)

    def put(self, typed: tuple[str, ...]) -> None:
        """Let this stand in the fields."""
        for field, raw in zip(self.fields, typed, strict=True):
            field.put(raw)

    def discard(self) -> None:
        """What is typed is not wanted."""
        for field in self.fields:
            field.put(getattr(self._shown, field.name))

    @Slot()
    def give(self) -> None:
        """Keep what is typed."""
        officer, leader, weather = (field.raw for field in self.fields)
        self.wanted.emit(Duty(self._shown.day, officer, leader, weather))
