"""What all desks of the site share: name, foot of the window, waiting limit, language of the papers."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from reception.errors import DeskError
from reception.facts import Site
from ui.widgets.buttons import Button
from ui.widgets.form import Form
from ui.wording import _
from ui.work import Lanes


class SiteCard(QFrame):
    """The site's settings; they are saved together, and every desk has them at once."""

    message = Signal(str)

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._lanes = lanes
        self._shown: dict[str, str] = {}
        self._saving: tuple[dict[str, str], uuid.UUID] | None = None
        self.form = Form(self)
        self.name = QLineEdit(self.form)
        self.footer = QLineEdit(self.form)
        self.minutes = QLineEdit(self.form)
        self.language = QComboBox(self.form)
        self.language.addItem("中文", "zh_CN")
        self.language.addItem("English", "en")
        self.zone = QLineEdit(self.form)
        self.zone.setEnabled(False)
        self.keep = Button(_("Save  Ctrl+Enter"), self)
        self.keep.setProperty("kind", "primary")
        self.form.add("name", _("Name of the organisation"), self.name)
        self.form.add("footer", _("Foot of window and sheet"), self.footer)
        self.form.add(
            "waiting_minutes",
            _("Minutes until waiting is too long"),
            self.minutes,
            _("After that a waiting visitor is shown as an alarm."),
        )
        self.form.add("language", _("Language of the papers"), self.language)
        self.form.add(
            "zone",
            _("Time zone"),
            self.zone,
            _("Fixed when the register is made: entries already stand in it."),
        )
        self._lay_out()
        for field in (self.name, self.footer, self.minutes):
            field.textChanged.connect(self._on_typed)
            field.returnPressed.connect(self.save)
        self.language.currentIndexChanged.connect(self._on_typed)
        self.keep.clicked.connect(self.save)
        self._on_typed()

    @property
    def unsaved(self) -> bool:
        """Whether something is typed that the register does not have."""
        return bool(self._shown) and self._typed() != self._shown

    def put(self, site: Site) -> None:
        """Show what the register has now; what is being typed stays."""
        if self.unsaved:
            return
        self.name.setText(site.name)
        self.footer.setText(site.footer)
        self.minutes.setText(str(site.waiting_minutes))
        self.language.setCurrentIndex(max(0, self.language.findData(site.language)))
        self.zone.setText(site.zone)
        for field in (self.name, self.footer):
            field.setCursorPosition(0)
        self._shown = self._typed()
        self._on_typed()

    def _lay_out(self) -> None:
        title = QLabel(_("The organisation (all desks)"), self)
        title.setProperty("role", "title")
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.addWidget(title)
        column.addWidget(self.form)
        column.addLayout(below)

    def _typed(self) -> dict[str, str]:
        return {
            "name": self.name.text(),
            "footer": self.footer.text(),
            "waiting_minutes": self.minutes.text(),
            "language": str(self.language.currentData()),
        }

    @Slot()
    def _on_typed(self) -> None:
        self.keep.setEnabled(self.unsaved)

    @Slot()
    def save(self) -> None:
        """Save what is typed, if anything is."""
        if not self.unsaved or not self.keep.isEnabled():
            return
        values = self._typed()
        if self._saving is None or self._saving[0] != values:
            self._saving = (values, uuid.uuid4())  # the same words again are the same act
        self.keep.setEnabled(False)
        task = self._lanes.write("site.save", values, uid=self._saving[1])
        task.done.connect(self._saved)
        task.failed.connect(self._refused)

    @Slot(object)
    def _saved(self, site: Site) -> None:
        self._saving = None
        self._shown = self._typed()
        self.form.clear()
        self.put(site)
        self._lanes.refresh_catalogue()
        self.message.emit(_("The settings are saved."))

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self._on_typed()
        self.form.say(error)
