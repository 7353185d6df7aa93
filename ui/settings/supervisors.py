"""Whom accusations are shown to, by name."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from ui.settings.card import SettingsCard
from ui.wording import _
from ui.work import Lanes


class SupervisorsCard(SettingsCard):
    """The names, and what they are worth until people sign in."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(lanes, _("Supervisors (all desks)"), parent)
        self.names = self.line(
            "supervisors",
            _("Names"),
            _("As they stand among the clerks, with commas between. Only they see accusations."),
        )
        note = QLabel(
            _(
                "This is courtesy, not security: until people sign in with a password, whoever sits down"
                " under one of these names (F8) sees what is sealed."
            ),
            self.form,
        )
        note.setProperty("role", "care")
        note.setWordWrap(True)
        self.form.add_words(note)
