"""One of a few answers, chosen by digit, as a field of a form."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from ui.today.fields import Field
from ui.widgets.digits import DigitRow
from ui.wording import _


class OneOf(Field):
    """``raw`` and ``value`` are the answer, None as long as there is none."""

    editor: DigitRow
    picked = Signal()
    """The clerk chose one: the keyboard may move on."""

    def __init__(self, name: str, label: str, options: Mapping[StrEnum, str]) -> None:
        super().__init__(name, label, DigitRow([(one, _(word), "") for one, word in options.items()]))
        self.editor.changed.connect(self._on_changed)
        self.editor.picked.connect(self._on_picked)

    @property
    def raw(self) -> StrEnum | None:
        """The answer."""
        return self.editor.value

    def put(self, raw: StrEnum | None) -> None:
        """Choose it, or let go."""
        self.editor.put(raw)

    @property
    def empty(self) -> None:
        """Nothing is chosen."""
        return

    def hear_methods(self) -> None:
        """Let an input method compose over the buttons: what comes of it is for the text that follows."""
        for button in self.editor.buttons:
            button.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    def stops(self) -> tuple[QWidget, ...]:
        """The buttons, for the order of Tab."""
        return self.editor.buttons

    @Slot(object)
    def _on_changed(self, _value: object) -> None:
        self._on_edited()

    @Slot(object)
    def _on_picked(self, value: object) -> None:
        if value is not None:
            self.picked.emit()
