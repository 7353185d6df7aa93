"""What stands beside the form about people: who came before, notes on them, duplicates, cases asked about.

All of it asks the register, so it is made when the register is open: the window is painted without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.facts import Party
from ui.today.form import EntryForm
from ui.work import Lanes

if TYPE_CHECKING:
    from ui.today.notes import Notes
    from ui.today.recall import Recall
    from ui.today.twice import TwiceLine


class PeopleSide(QObject):
    """Makes and wires it.

    Args:
        lanes: where to ask.
        form: whose people are meant.
        page: what the form is on; it gives `below_form` its place.
    """

    open_entry = Signal(object)
    """The id of an entry to show."""
    noted = Signal(object, bool)
    """The ``Receipt`` of a progress enquiry, and whether it used up the form."""

    recall: Recall
    notes: Notes
    twice: TwiceLine

    def __init__(self, lanes: Lanes, form: EntryForm, page: QWidget) -> None:
        super().__init__(page)
        self._lanes = lanes
        self._form = form
        self._page = page
        self._begun = False
        self.below_form = QVBoxLayout()

    def begin(self) -> None:
        """The register is open."""
        if self._begun:
            return
        from ui.today.notes import Notes
        from ui.today.recall import Recall
        from ui.today.twice import TwiceLine

        self._begun = True
        self.recall = Recall(self._lanes, self._form)
        self.notes = Notes(self._lanes, self._form, "today.notes")
        self.twice = TwiceLine(self._lanes, self._form, self._page)
        self.below_form.addWidget(self.twice)
        self.twice.wanted.connect(self.open_entry)
        self.notes.look()
        self.twice.look_soon()

    def use_actions(self, actions: Mapping[str, QAction]) -> None:
        """Hear the window's keys."""
        actions["case"].triggered.connect(self.ask_case)
        actions["twice"].triggered.connect(self._on_twice)
        actions["group"].triggered.connect(self._on_group)

    @Slot()
    def look_soon(self) -> None:
        """What is typed is different."""
        if self._begun:
            self.twice.look_soon()

    @Slot()
    def ask_case(self) -> None:
        """Tell somebody what became of their matter, whatever the form holds now (Ctrl+I)."""
        from ui.today.case_answer import CaseDialog

        draft = self._form.draft()
        contact = Party(self._form.body.person.raw.strip(), self._form.body.phone.raw.strip())
        uid = draft.uid if draft.contact_only else None
        dialog = CaseDialog(self._page.window(), self._lanes, draft.kind, contact, uid)
        dialog.noted.connect(self.noted)
        dialog.open_entry.connect(self.open_entry)
        dialog.open()

    @Slot()
    def _on_twice(self) -> None:
        if self._begun:
            self.twice.open()

    @Slot()
    def _on_group(self) -> None:
        if self._page.isVisible():
            self._form.body.make_people().add()
