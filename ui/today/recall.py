"""People seen before are offered in the form, while phone, name or organisation are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from reception.facts import Party
from ui.today import persons
from ui.today.form import EntryForm
from ui.today.recalling import FIRST, Editor, Recalling
from ui.widgets.recall_list import OfferList
from ui.widgets.texts import LineField
from ui.work import Lanes

if TYPE_CHECKING:
    from reception.facts.people import PersonOffer

__all__ = ["FIRST", "Recall"]


class Recall(Recalling):
    """Watches the fields of a form that say who somebody is.

    Args:
        lanes: where to ask.
        form: whose fields are watched and filled.
    """

    taken = Signal(object)
    """The ``PersonOffer`` that the main person of the form is now."""

    def __init__(self, lanes: Lanes, form: EntryForm) -> None:
        super().__init__(lanes, form, "today.recall", form.zone)
        self._form = form
        self._watched: list[QWidget] = []
        body = form.body
        for field in (body.phone, body.person, body.organisation):
            self._watch(field.editor)
        for editor in body.people.editors()[:-1] if body.people is not None else ():
            self._watch(editor)
        body.line_added.connect(self._on_line)

    def look(self) -> None:
        """Offer those who fit what was typed before anybody listened."""
        field = self._form.focusWidget()
        if field not in self._watched or not isinstance(field, LineField):
            return
        self._composed = field.composing
        if self._composed or field.isModified():
            self._seek(field, self.typed(field))

    def _watch(self, editor: QWidget) -> None:
        assert isinstance(editor, QLineEdit)
        self._watched.append(editor)
        self.watch(editor)

    @Slot(object)
    def _on_line(self, editors: tuple[QWidget, QWidget]) -> None:
        for editor in editors:
            self._watch(editor)

    def _listed(self, made: OfferList) -> None:
        self._form.body.resized.connect(made.follow)

    def take(self, field: Editor | None, offer: PersonOffer) -> None:
        """Fill the form, or the line of one of its further people."""
        if offer.identity_protected:
            # whose last entry must not disclose them: neither must this one, unless the clerk says otherwise
            self._form.rare("identity_protected").put(True)
        people = self._form.body.people
        line = people.line_of(field) if people is not None and field is not None else None
        if people is not None and line is not None:
            sex = people.raw[line].sex or offer.sex
            phone = people.raw[line].phone
            typed = {"name": people.raw[line].name, "phone": phone, "organisation": ""}
            source = "phone" if field is people.editors()[2 * line + 1] else "name"
            found = persons.filled(typed, source, offer)
            party = Party(found["name"], found["phone"], found["organisation"], sex, person_id=offer.id)
            people.take(line, party)
            people.go_on(line)
            return
        self._fill(field, offer)
        self.taken.emit(offer)

    def _fill(self, field: Editor | None, offer: PersonOffer) -> None:
        body = self._form.body
        fields = {"phone": body.phone, "name": body.person, "organisation": body.organisation}
        source = next((name for name, one in fields.items() if one.editor is field), "name")
        found = persons.filled({name: one.raw for name, one in fields.items()}, source, offer)
        for name, text in found.items():
            fields[name].put(text)
        if offer.sex is not None and not self._form.rare("sex").typed:
            self._form.rare("sex").put(offer.sex)
        body.known.put((offer.id, offer.name, persons.chosen(offer, self._form.zone())))
        matter = body.matter
        (matter if not matter.typed else body.after_person()).setFocus(Qt.FocusReason.OtherFocusReason)
