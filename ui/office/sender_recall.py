"""Whoever notifies us is offered by what is typed of them: the same offices call again and again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QLineEdit, QWidget

from ui.today import persons
from ui.today.fields import Field
from ui.today.recalling import Editor, Recalling
from ui.widgets.recall_list import Line
from ui.work import Lanes

if TYPE_CHECKING:
    from reception.facts.people import PersonOffer

WHO = ("organisation", "name", "phone")


class SenderRecall(Recalling):
    """Watches the three fields that say who calls, and fills them.

    Args:
        lanes: where to ask.
        parent: in whose window the list is.
        zone: the site's.
    """

    def __init__(self, lanes: Lanes, parent: QWidget, zone: Callable[[], ZoneInfo]) -> None:
        super().__init__(lanes, parent, "office.sender", zone)
        self._fields: dict[str, Field] = {}
        self._then: Field | None = None

    def fill(self, fields: Mapping[str, Field], then: Field) -> None:
        """Watch those of a question; the keyboard goes on to ``then``."""
        self._fields = {name: fields[name] for name in WHO}
        self._then = then
        for one in self._fields.values():
            assert isinstance(one.editor, QLineEdit)
            self.watch(one.editor)

    def lines(self, offers: Sequence[PersonOffer]) -> Sequence[tuple[Line, Any]]:
        """Nobody is led to those who are not to be disclosed."""
        return super().lines([one for one in offers if not one.identity_protected])

    def take(self, field: Editor | None, offer: PersonOffer) -> None:
        """Fill what is not typed yet, and go on to what they say."""
        source = next((name for name, one in self._fields.items() if one.editor is field), "name")
        found = persons.filled({name: one.raw for name, one in self._fields.items()}, source, offer)
        for name, text in found.items():
            self._fields[name].put(text)
        if self._then is not None:
            self._then.setFocus()
