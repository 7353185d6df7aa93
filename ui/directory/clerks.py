"""Who may sit at the desk."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from reception.errors import DeskError
from ui import actions
from ui.icons import dress
from ui.theme import GAP, theme
from ui.thrown import Thrown, first
from ui.widgets.buttons import Button
from ui.widgets.form import Form
from ui.wording import _
from ui.work import Lanes


class ClerksTab(QWidget):
    """The clerks' names; one that leaves is taken off the list, and stays on what was written."""

    message = Signal(str)
    thrown = Signal(object)
    """``Thrown``: the name that was dropped."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._saving: tuple[str, bool, uuid.UUID] | None = None
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Clerks"))
        self.form = Form(self)
        self.name = QLineEdit(self.form)
        self.form.add("name", _("Name of a new clerk"), self.name)
        self.add = Button(_("Add  Enter"), self)
        self.add.setProperty("kind", "primary")
        self.remove = Button(_("Take off the list  Del"), self)
        dress(self.remove, "trash-2")
        self._lay_out()
        self.name.returnPressed.connect(self._add)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        actions.tip(self.add, "directory.add")
        actions.tip(self.remove, "directory.remove")
        self.list.currentRowChanged.connect(self._on_row)
        shortcut = QShortcut(QKeySequence("Del"), self.list)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self._remove)

    @property
    def unsaved(self) -> bool:
        """Whether a name is typed and not added."""
        return bool(self.name.text().strip())

    @Slot()
    def discard(self) -> None:
        """Drop the name that is typed."""
        typed = self.name.text() if self.unsaved else ""
        self.form.clear()
        self.name.clear()
        self.name.setFocus()
        if typed:
            self.thrown.emit(Thrown(self, typed))

    def put_back(self, name: str) -> bool:
        """Show again the name that was dropped; False while another is typed."""
        if self.unsaved:
            self.message.emit(first())
            return False
        self.name.setText(name)
        self.name.setFocus()
        return True

    def put(self, names: Sequence[str]) -> None:
        """Show the clerks of the register."""
        current = self.list.currentItem()
        chosen = current.text() if self.list.count() else ""
        self.list.clear()
        self.list.addItems(list(names))
        found = self.list.findItems(chosen, Qt.MatchFlag.MatchExactly) if chosen else []
        self.list.setCurrentItem(found[0]) if found else self.list.setCurrentRow(0)
        self._on_row()

    def _lay_out(self) -> None:
        words = QLabel(
            _(
                "Whoever is on this list can be chosen as the clerk at the desk (F8). Taking a name off"
                " changes nothing that is written: it stays on every line."
            ),
            self,
        )
        words.setWordWrap(True)
        words.setProperty("role", "muted")
        below = QHBoxLayout()
        below.addWidget(self.add)
        below.addWidget(self.remove)
        below.addStretch(1)
        card = QFrame(self)
        card.setProperty("role", "card")
        card.setMaximumWidth(theme().px(640))
        column = QVBoxLayout(card)
        column.addWidget(words)
        column.addWidget(self.form)
        column.addLayout(below)
        column.addStretch(1)
        self.list.setMaximumWidth(theme().px(420))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, GAP, 0, 0)
        row.setSpacing(2 * GAP)
        row.addWidget(self.list, 1)
        row.addWidget(card, 2)
        row.addStretch(1)

    @Slot()
    def _on_row(self) -> None:
        self.remove.setEnabled(self.list.currentItem() is not None)

    @Slot()
    def _add(self) -> None:
        self._write(self.name.text(), active=True)

    @Slot()
    def _remove(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._write(item.text(), active=False)

    def _write(self, name: str, *, active: bool) -> None:
        self.form.clear()
        if self._saving is None or self._saving[:2] != (name, active):
            self._saving = (name, active, uuid.uuid4())  # the same again is the same act
        task = self._lanes.write("directory.save_operator", name, active=active, uid=self._saving[2])
        task.done.connect(self._saved)
        task.failed.connect(self._refused)

    @Slot(object)
    def _saved(self, name: str) -> None:
        done, self._saving = self._saving, None
        added = done is not None and done[1]
        if added:
            self.name.clear()
        self._lanes.refresh_catalogue()
        words = _("{name} is on the list.") if added else _("{name} is off the list.")
        self.message.emit(words.format(name=name))

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self.form.say(error)
