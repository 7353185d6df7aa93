"""What cards of the site's settings share: fields saved together, which every desk has at once."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
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
from ui import actions
from ui.thrown import Thrown, first
from ui.widgets.buttons import Button
from ui.widgets.form import Form
from ui.wording import _
from ui.work import Lanes


class OwnEditor(QWidget):
    """A field of a setting that no field of Qt's can hold."""

    edited = Signal()
    """Something was typed or chosen."""

    def value(self) -> str:
        """The setting as the register keeps it."""
        raise NotImplementedError

    def put(self, value: str) -> None:
        """Show a setting as the register keeps it."""
        raise NotImplementedError


MOVING = frozenset({"office_hours", "hours_summer", "hours_winter", "summer_from", "winter_from"})
"""Settings that due dates in hours rest on."""
Editor = QLineEdit | QComboBox | QCheckBox | OwnEditor


class SettingsCard(QFrame):
    """Shows settings by their names in the register.

    Args:
        lanes: where they are saved.
        title: translated.
        parent: the page.
    """

    message = Signal(str)
    thrown = Signal(object)
    """``Thrown``: what was typed and dropped."""

    def __init__(self, lanes: Lanes, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._lanes = lanes
        self._editors: dict[str, Editor] = {}
        self._shown: dict[str, str] = {}
        self._saving: tuple[dict[str, str], uuid.UUID] | None = None
        self.form = Form(self)
        self.keep = Button(_("Save  Ctrl+Enter"), self)
        self.keep.setProperty("kind", "primary")
        actions.tip(self.keep, "settings.save")
        heading = QLabel(title, self)
        heading.setProperty("role", "title")
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.addWidget(heading)
        column.addWidget(self.form)
        column.addLayout(below)
        self.keep.clicked.connect(self.save)
        actions.tip(self.keep, "settings.save")
        self.keep.setEnabled(False)

    def line(self, name: str, label: str, hint: str = "") -> QLineEdit:
        """A setting of one line."""
        editor = QLineEdit(self.form)
        editor.textChanged.connect(self._on_typed)
        editor.returnPressed.connect(self.save)
        self.form.add(name, label, editor, hint)
        self._editors[name] = editor
        return editor

    def choice(self, name: str, label: str, options: tuple[tuple[str, str], ...]) -> QComboBox:
        """A setting that is one of some values: their words and themselves."""
        editor = QComboBox(self.form)
        for words, value in options:
            editor.addItem(words, value)
        editor.currentIndexChanged.connect(self._on_typed)
        self.form.add(name, label, editor)
        self._editors[name] = editor
        return editor

    def tick(self, name: str, label: str, hint: str = "") -> QCheckBox:
        """A setting that is yes or no."""
        editor = QCheckBox(label, self.form)
        editor.toggled.connect(self._on_typed)
        self.form.add_across(name, editor, hint)
        self._editors[name] = editor
        return editor

    def own(self, name: str, label: str, editor: OwnEditor, hint: str = "") -> None:
        """A setting in a field of its own kind."""
        editor.edited.connect(self._on_typed)
        self.form.add(name, label, editor, hint)
        self._editors[name] = editor

    def hold(self, name: str, editor: OwnEditor) -> None:
        """A setting whose field stands in another: one column of a table."""
        editor.edited.connect(self._on_typed)
        self._editors[name] = editor

    @property
    def unsaved(self) -> bool:
        """Whether something is typed that the register does not have."""
        return bool(self._shown) and self._typed() != self._shown

    def put(self, site: Site) -> None:
        """Show what the register has now; what is being typed stays."""
        if self.unsaved:
            return
        found = dict(site.values)
        for name, editor in self._editors.items():
            _show(editor, found.get(name, ""))
        self._shown = self._typed()
        self._on_typed()

    def discard(self) -> None:
        """Drop what is typed: the settings stand there as the register has them."""
        typed = self._typed() if self._shown else {}
        dropped = {name: value for name, value in typed.items() if value != self._shown[name]}
        self.form.clear()
        for name, value in self._shown.items():
            _show(self._editors[name], value)
        if dropped:
            self.thrown.emit(Thrown(self, dropped))

    def put_back(self, dropped: dict[str, str]) -> bool:
        """Show again what was dropped; False while something else is typed."""
        if self.unsaved:
            self.message.emit(first())
            return False
        for name, value in dropped.items():
            _show(self._editors[name], value)
        self._editors[next(iter(dropped))].setFocus()
        return True

    @Slot()
    def save(self) -> None:
        """Save what was changed, if anything was."""
        if not self.unsaved or not self.keep.isEnabled() or not self.can_be_saved():
            return
        typed = self._typed()
        values = {name: value for name, value in typed.items() if value != self._shown[name]}
        if self._saving is None or self._saving[0] != values:
            self._saving = (values, uuid.uuid4())  # the same words again are the same act
        self.keep.setEnabled(False)
        task = self._lanes.write("site.save", values, uid=self._saving[1])
        task.done.connect(self._saved)
        task.failed.connect(self._refused)

    def can_be_saved(self) -> bool:
        """Whether what is typed can be handed on; what cannot is said at its field."""
        return True

    def typed_changed(self) -> None:
        """Something else stands in the fields: whoever shows what would come of it shows it anew."""

    def _typed(self) -> dict[str, str]:
        return {name: _written(editor) for name, editor in self._editors.items()}

    @Slot()
    def _on_typed(self) -> None:
        self.keep.setEnabled(self.unsaved)
        self.typed_changed()

    @Slot(object)
    def _saved(self, site: Site) -> None:
        sent, self._saving = self._saving, None
        if sent is not None:
            self._shown |= sent[0]
        self.form.clear()
        self.put(site)  # what was typed while it was on its way stays
        self._on_typed()
        self._lanes.refresh_catalogue()
        if sent is not None and MOVING & sent[0].keys():
            self._lanes.read("settings.moved", "working_days.moved", sent[1]).done.connect(self._moved)
        else:
            self.message.emit(_("The settings are saved."))

    @Slot(int)
    def _moved(self, count: int) -> None:
        self.message.emit(f"{_('The settings are saved.')} {moved_words(count)}")

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self._on_typed()
        self.form.say(error)


def moved_words(count: int) -> str:
    """How many open due dates other hours or days moved."""
    return _("Due dates that moved: {count}").format(count=count) if count else _("No due date moved.")


def _written(editor: Editor) -> str:
    if isinstance(editor, OwnEditor):
        return editor.value()
    if isinstance(editor, QLineEdit):
        return editor.text()
    if isinstance(editor, QComboBox):
        return str(editor.currentData())
    return "yes" if editor.isChecked() else "no"


def _show(editor: Editor, value: str) -> None:
    if isinstance(editor, OwnEditor):
        editor.put(value)
    elif isinstance(editor, QLineEdit):
        editor.setText(value)
        editor.setCursorPosition(0)
    elif isinstance(editor, QComboBox):
        editor.setCurrentIndex(max(0, editor.findData(value)))
    else:
        editor.setChecked(value == "yes")
