"""Who the clerk chose among those seen before: kept with the form, shown in a line under its fields."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel

from reception.text import clean_name
from ui.today.fields import Field, TextBox
from ui.wording import _

Known = tuple[int, str, str]
"""Id and name of the person, and what the line says of them."""


class KnownLine(Field):
    """``raw`` is a `Known` or None, ``value`` the person's id. Another name is another person.

    Args:
        name: where the name stands.
    """

    def __init__(self, name: TextBox) -> None:
        self._line = QLabel()
        self._line.setProperty("role", "small")
        self._line.setTextFormat(Qt.TextFormat.PlainText)
        self._line.setWordWrap(True)
        super().__init__("person_id", _("Seen before"), self._line)
        self._known: Known | None = None
        self._name = name
        name.edited.connect(self._on_name)
        self.hide()

    @property
    def raw(self) -> Known | None:
        """Who was chosen."""
        return self._known

    def put(self, raw: Known | None) -> None:
        """Choose somebody, or nobody."""
        self._known = raw
        words = raw[2] if raw is not None else ""
        self._line.setText(f"✓ {words}" if words else "")
        self._line.setAccessibleDescription(words)
        self.setVisible(bool(words))
        self.edited.emit()

    @property
    def empty(self) -> None:
        """Nobody."""
        return None

    def value(self) -> int | None:
        """The id."""
        return self._known[0] if self._known is not None else None

    @Slot()
    def _on_name(self) -> None:
        if self._known is not None and clean_name(self._name.raw) != clean_name(self._known[1]):
            self.put(None)
