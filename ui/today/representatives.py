"""The representatives of a group: one line each in the form, filled without leaving the keyboard's flow."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from reception.facts import MAX_PARTIES, Party
from reception.text import clean_line, clean_name, fold
from reception.text.patterns import later
from ui import icons
from ui.theme import GAP_SMALL
from ui.today.fields import Field, TextBox
from ui.widgets.buttons import Button
from ui.widgets.texts import LineField
from ui.wording import _

_MOST = MAX_PARTIES - 1
_ORDINAL = later(r"^\W*\d{1,2}(?:[.)）、．]\s*|\s+)(?=\D)")
_NUMBER = later(r"\+?\d[\d\s()（）-]{2,}(?:转\s*\d+)?")
_BETWEEN = " \t,，;；:：、/|"


def read_person(line: str) -> tuple[str, str]:
    """Name and telephone number of a line of a list: ``1、张三 138 0000 1111``."""
    line = _ORDINAL.sub("", line.strip())
    found = _NUMBER.search(fold(line))
    if found is None:
        return clean_line(line.strip(_BETWEEN)), ""
    # Folding may change the length, so the name is what is left of the digits as they were written.
    begin = next((at for at, one in enumerate(line) if one.isdigit() or one in "+＋"), 0)
    name = line[:begin].strip(_BETWEEN) or fold(line)[found.end() :].strip(_BETWEEN)
    return clean_line(name), found[0].strip()


class _Line(LineField):
    """Enter asks where to go instead of going; a paste of several lines is a list."""

    entered = Signal()
    lines_pasted = Signal(object)

    def focusNextChild(self) -> bool:
        """Tell instead of going."""
        self.entered.emit()
        return True

    def _insert_measured(self, text: str) -> None:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1:
            self.lines_pasted.emit(lines)
        else:
            super()._insert_measured(text)


class Representatives(QWidget):
    """The representatives of a group besides its speaker: at most five (信访工作条例)."""

    edited = Signal()
    left = Signal()
    """Enter on an empty line, or after the last one: the focus may move on."""
    grown = Signal(object)
    """Another line stands there: its name's and its phone's editor."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[TextBox, TextBox]] = []
        self._kept: list[Party] = []
        self._wanted = False
        self.add_button = Button(_("Add a representative  Ctrl+Shift+G"), self)
        self.add_button.setAutoDefault(False)
        self.add_button.setAccessibleName(_("Add a representative"))
        self.add_button.setToolTip(_("One line for each: name, Enter, phone, Enter (Ctrl+Shift+G)"))
        icons.dress(self.add_button, "plus")
        self.add_button.clicked.connect(self.add)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GAP_SMALL)
        self._layout.addWidget(self.add_button)

    @property
    def raw(self) -> tuple[Party, ...]:
        """What stands in the rows, empty ones included, with what the register knows besides."""
        return tuple(
            _changed(kept, name.raw, phone.raw)
            for kept, (name, phone) in zip(self._kept, self._rows, strict=True)
        )

    @property
    def named(self) -> int:
        """How many lines hold anything."""
        return sum(1 for name, phone in self._rows if name.raw.strip() or phone.raw.strip())

    @property
    def said(self) -> str:
        """Every message that stands at a line."""
        return "\n".join(field.wrong for pair in self._rows for field in pair if field.wrong)

    def put(self, parties: tuple[Party, ...]) -> None:
        """Show these persons."""
        while self._rows:
            self._drop()
        for party in parties:
            self._append(party)
        self._settle()

    def take(self, at: int, party: Party) -> None:
        """Let a line be this person's."""
        self._kept[at] = party
        for field, text in zip(self._rows[at], (party.name, party.phone), strict=True):
            field.put(text)

    def go_on(self, at: int) -> None:
        """From the end of a line to the next, which is made if there is room; else leave."""
        if at + 1 == _MOST:
            self._leave()
        elif at + 1 < len(self._rows):
            self._rows[at + 1][0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.add()

    def line_of(self, editor: QWidget) -> int | None:
        """The position of the line that an editor belongs to."""
        pairs = enumerate(self._rows)
        return next((at for at, pair in pairs if editor in (pair[0].editor, pair[1].editor)), None)

    def field(self, name: str) -> Field | None:
        """The field that an error such as ``parties.2.phone`` means."""
        _parties, _dot, rest = name.partition(".")
        number, _dot, attribute = rest.partition(".")
        if not number.isdigit() or not 1 <= int(number) <= len(self._rows):
            return None
        return self._rows[int(number) - 1][1 if attribute == "phone" else 0]

    def editors(self) -> list[QWidget]:
        """What is typed into, line by line, for the order of Tab."""
        return [field.editor for pair in self._rows for field in pair] + [self.add_button]

    def unfold(self, wanted: bool) -> None:
        """Show the button that adds a line although there is none, or hide it again."""
        self._wanted = wanted
        self._settle()

    @Slot()
    def add(self) -> None:
        """Go to the first empty line, making one if there is room (Ctrl+Shift+G)."""
        empty = next((pair for pair in self._rows if not (pair[0].raw or pair[1].raw)), None)
        if empty is None and len(self._rows) < _MOST:
            self._append(Party())
            empty = self._rows[-1]
            self.edited.emit()
        self._settle()
        (empty or self._rows[-1])[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _append(self, party: Party) -> None:
        number = len(self._rows) + 1
        holder = QWidget(self)
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        fields = []
        for attribute, label, hint in (
            ("name", _("Representative {number}: name"), _("Name")),
            ("phone", _("Representative {number}: phone"), _("Phone")),
        ):
            editor = _Line()
            field = TextBox(attribute, label.format(number=number), editor=editor)
            field.put(getattr(party, attribute))
            editor.setPlaceholderText(f"{number} {hint}")
            editor.entered.connect(self._on_entered)
            editor.lines_pasted.connect(self._on_lines)
            field.edited.connect(self._on_edited)
            layout.addWidget(field)
            fields.append(field)
        self._kept.append(party)
        self._rows.append((fields[0], fields[1]))
        self._layout.insertWidget(self._layout.count() - 1, holder)
        self.grown.emit((fields[0].editor, fields[1].editor))

    def _drop(self) -> None:
        name, _phone = self._rows.pop()
        self._kept.pop()
        if (holder := name.parentWidget()) is not None:
            self._layout.removeWidget(holder)
            holder.hide()
            holder.deleteLater()

    def _settle(self) -> None:
        self.add_button.setEnabled(len(self._rows) < _MOST)
        self.setVisible(self._wanted or bool(self._rows))

    @Slot()
    def _on_edited(self) -> None:
        self.edited.emit()

    @Slot()
    def _on_entered(self) -> None:
        sender = self.sender()
        at = self.line_of(sender) if isinstance(sender, QWidget) else None
        if at is None:
            return
        name, phone = self._rows[at]
        if sender is name.editor and name.raw.strip():
            phone.setFocus(Qt.FocusReason.TabFocusReason)
        elif sender is name.editor:
            self._leave()
        else:
            self.go_on(at)

    def _leave(self) -> None:
        self.left.emit()
        dropped = False
        while self._rows and not (self._rows[-1][0].raw or self._rows[-1][1].raw):
            self._drop()
            dropped = True
        self._settle()
        if dropped:
            self.edited.emit()

    @Slot(object)
    def _on_lines(self, lines: list[str]) -> None:
        sender = self.sender()
        at = self.line_of(sender) if isinstance(sender, QWidget) else None
        if at is None:
            return
        people = [read_person(line) for line in lines]
        for pair in self._rows[at:]:
            if people and not (pair[0].raw.strip() or pair[1].raw.strip()):
                _fill(pair, people.pop(0))
        while people and len(self._rows) < _MOST:
            self._append(Party())
            _fill(self._rows[-1], people.pop(0))
        self.edited.emit()
        if people:
            names = "、".join(name or phone for name, phone in people)
            words = _("A group has at most five representatives besides its speaker. Left out: {names}")
            self._rows[-1][0].say(words.format(names=names), role="care")
        if people or len(self._rows) == _MOST:
            self._settle()
            self._rows[-1][1].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.add()


def _fill(pair: tuple[TextBox, TextBox], person: tuple[str, str]) -> None:
    for field, text in zip(pair, person, strict=True):
        field.put(text)


def _changed(kept: Party, name: str, phone: str) -> Party:
    same = clean_name(name) == clean_name(kept.name)
    return dataclasses.replace(kept, name=name, phone=phone, person_id=kept.person_id if same else None)
