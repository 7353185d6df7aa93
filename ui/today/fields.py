"""The form's fields behind one small shape: what stands in them, what it means, and what is wrong with it.

``raw`` is what the clerk typed and can be put back unchanged (a form that is put aside); ``value`` is what it
means, or an `InputError` naming the field.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from reception.errors import InputError
from ui.announcing import announce
from ui.widgets.choice_field import Choice, ChoiceField
from ui.widgets.moments import read_moment
from ui.widgets.texts import LONG, SHORT, LineField, TextField, is_enter
from ui.wording import N_, _

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class Field(QWidget):
    """An editor with room for a message under it.

    Args:
        name: the attribute of ``facts`` that it fills; errors name it.
        label: translated; the form shows it beside the field, accessibility hears it.
        editor: the widget that is typed into.
    """

    edited = Signal()
    """What stands here is different from before."""

    def __init__(self, name: str, label: str, editor: QWidget) -> None:
        super().__init__()
        self.name = name
        self.label = label
        self.editor = editor
        self._message: QLabel | None = None
        self._below: tuple[QGridLayout, int] | None = None
        editor.setAccessibleName(label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(editor)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the keyboard into the editor. No focus proxy: Tab would find the field by its empty frame."""
        self.editor.setFocus(reason)

    @property
    def raw(self) -> Any:
        """What stands here."""
        raise NotImplementedError

    def put(self, raw: Any) -> None:
        """Put back what `raw` gave."""
        raise NotImplementedError

    @property
    def empty(self) -> Any:
        """What `raw` is when nothing was typed."""
        return ""

    @property
    def typed(self) -> bool:
        """Whether anything stands here."""
        return bool(self.raw != self.empty)

    def clear(self) -> None:
        """Take away what stands here, and the message."""
        self.put(self.empty)
        self.say("")

    def value(self) -> Any:
        """What it means. Raises InputError."""
        return self.raw

    @property
    def wrong(self) -> str:
        """The message that stands under the field, "" for none."""
        return self._message.text() if self._message is not None and not self._message.isHidden() else ""

    def say_below(self, grid: QGridLayout, row: int) -> None:
        """Let messages stand across ``grid`` in ``row`` (from its second column): the field is narrow."""
        self._below = (grid, row)

    def say(self, sentence: str, *, role: str = "wrong") -> None:
        """Show a message under the field (translated), "" takes it away; ``care`` is a hint, no refusal."""
        if not sentence and self._message is None:
            return
        if self._message is None:
            self._message = QLabel(self)
            self._message.setProperty("role", "wrong")
            self._message.setTextFormat(Qt.TextFormat.PlainText)
            self._message.setWordWrap(True)
            if self._below is None:
                layout = self.layout()
                assert layout is not None
                layout.addWidget(self._message)
            else:
                grid, row = self._below
                grid.addWidget(self._message, row, 1, 1, -1)
        if self._message.property("role") != role:
            self._message.setProperty("role", role)
            self._message.style().unpolish(self._message)
            self._message.style().polish(self._message)
        self._message.setText(sentence)
        self._message.setVisible(bool(sentence))
        self.editor.setAccessibleDescription(sentence)
        wrong = bool(sentence) and role == "wrong"
        if bool(self.editor.property("wrong")) != wrong:
            self.editor.setProperty("wrong", wrong)
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)
        if sentence:
            announce(self.editor, f"{self.label}: {sentence}")

    @Slot()
    def _on_edited(self) -> None:
        self.say("")
        self.edited.emit()

    @Slot(int)
    def _on_too_long(self, length: int) -> None:
        limit = getattr(self.editor, "limit", SHORT)
        template = _("{length} characters were to go in, {limit} fit here. Nothing was pasted.")
        self.say(template.format(length=length, limit=limit))


class TextBox(Field):
    """Text of one line, or of several. ``raw`` and ``value`` are the text as typed."""

    editor: LineField | TextField

    def __init__(
        self,
        name: str,
        label: str,
        *,
        limit: int = SHORT,
        lines: int = 1,
        editor: LineField | TextField | None = None,
    ) -> None:
        field = editor or (LineField(limit) if lines == 1 else TextField(limit, lines))
        super().__init__(name, label, field)
        field.textChanged.connect(self._on_edited)
        field.too_long.connect(self._on_too_long)

    @property
    def raw(self) -> str:
        """The text."""
        return self.editor.text() if isinstance(self.editor, LineField) else self.editor.toPlainText()

    def put(self, raw: str) -> None:
        """Put the text back."""
        if isinstance(self.editor, LineField):
            self.editor.setText(raw)
            self.editor.setCursorPosition(0)
        else:
            self.editor.setPlainText(raw)

    def measure(self) -> None:
        """Take the height of the lines in the present font."""
        if isinstance(self.editor, TextField):
            self.editor.measure()


class NumberBox(TextBox):
    """A whole number typed as text; ``value`` is an int, or ``absent`` when empty."""

    def __init__(self, name: str, label: str, *, absent: int | None) -> None:
        super().__init__(name, label, limit=9)
        self._absent = absent
        self.editor.setMaximumWidth(self.editor.fontMetrics().horizontalAdvance("0") * 9)

    def value(self) -> int | None:
        """The number. Raises InputError."""
        text = self.raw.strip()
        if not text:
            return self._absent
        try:
            return int(text)  # reads full-width digits too
        except ValueError:
            raise InputError(N_("'{text}' is not a whole number."), field=self.name, text=text) from None


class MomentBox(TextBox):
    """A point in time; ``value`` is an instant in UTC or None. The form tells the zone and the present."""

    def __init__(self, name: str, label: str, zone: Callable[[], ZoneInfo]) -> None:
        super().__init__(name, label, limit=40)
        self._zone = zone
        self.editor.setPlaceholderText(_("e.g. 9:42"))

    def value(self) -> dt.datetime | None:
        """The instant. Raises InputError."""
        return read_moment(self.raw, self._zone(), dt.datetime.now(dt.UTC), self.name)


class Pick(Field):
    """One of a few values or none; ``raw`` and ``value`` are the value."""

    def __init__(
        self,
        name: str,
        label: str,
        options: Sequence[tuple[Any, str]],
        *,
        none: str | None = "–",
        absent: Any = None,
    ) -> None:
        self._box = _PickBox()
        super().__init__(name, label, self._box)
        self._none = none
        self._absent = absent
        self.offer(options)
        self._box.currentIndexChanged.connect(self._on_edited)

    def offer(self, options: Sequence[tuple[Any, str]]) -> None:
        """Offer other values; one that is still offered stays."""
        old = self.raw if self._box.count() else self._absent
        self._box.blockSignals(True)
        self._box.clear()
        if self._none is not None:
            self._box.addItem(self._none, None)
            self._box.setItemData(0, _("none"), Qt.ItemDataRole.AccessibleTextRole)
        self._values: list[Any] = [None] if self._none is not None else []
        for value, text in options:
            self._values.append(value)
            self._box.addItem(text)
        self._box.blockSignals(False)
        self.put(old)

    @property
    def raw(self) -> Any:
        """The value."""
        return self._values[self._box.currentIndex()]

    def put(self, raw: Any) -> None:
        """Choose a value; one that is not offered becomes the absent one."""
        self._box.setCurrentIndex(self._values.index(raw if raw in self._values else self._absent))

    @property
    def empty(self) -> Any:
        """The value of an untouched field."""
        return self._absent


class _PickBox(QComboBox):
    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel scrolls the form, not the value

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: Any) -> None:
        event.ignore()


class Tick(Field):
    """Yes or no; ``raw`` and ``value`` are a bool."""

    def __init__(self, name: str, label: str) -> None:
        self._box = _TickBox(label)
        super().__init__(name, label, self._box)
        self._box.toggled.connect(self._on_edited)

    @property
    def raw(self) -> bool:
        """Whether it is ticked."""
        return self._box.isChecked()

    def put(self, raw: bool) -> None:
        """Tick it or not."""
        self._box.setChecked(bool(raw))

    @property
    def empty(self) -> bool:
        """Not ticked."""
        return False


class _TickBox(QCheckBox):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)


class ChoiceBox(Field):
    """One of the directory or the catalogue; ``raw`` is ``(id, text)``, ``value`` the id or None."""

    editor: ChoiceField
    chosen = Signal(object)
    """The id that is chosen now, or None."""

    def __init__(self, name: str, label: str, *, free: bool) -> None:
        editor = ChoiceField(free=free, limit=LONG if free else SHORT)
        super().__init__(name, label, editor)
        editor.textChanged.connect(self._on_edited)
        editor.too_long.connect(self._on_too_long)
        editor.choice_changed.connect(self._on_chosen)
        self._free = free

    @property
    def raw(self) -> tuple[int | None, str]:
        """The id that is chosen and the text that stands there."""
        return self.editor.chosen, self.editor.text()

    def put(self, raw: tuple[int | None, str | None]) -> None:
        """Put both back; without a text, the choice's own stands there."""
        self.editor.put(*raw)

    @property
    def empty(self) -> tuple[int | None, str]:
        """Nothing chosen, nothing written."""
        return None, ""

    def value(self) -> int | None:
        """The id. Raises InputError when something stands there that is none of the choices."""
        if not self._free and self.editor.unresolved:
            template = N_(
                "'{text}' is none of the departments. Choose one from the list, or clear the field."
            )
            raise InputError(template, field=self.name, text=self.editor.text()[:40])
        return self.editor.chosen

    def offer(self, choices: Sequence[Choice]) -> None:
        """What there is to choose from."""
        self.editor.set_choices(choices)

    @Slot(object)
    def _on_chosen(self, number: int | None) -> None:
        self.chosen.emit(number)
        self._on_edited()


def options(words: Mapping[Any, str], values: Iterable[StrEnum] | None = None) -> list[tuple[Any, str]]:
    """The options of a `Pick` from a table of words, translated."""
    return [(value, _(words[value])) for value in (values if values is not None else words)]
