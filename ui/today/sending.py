"""Forms on their way to the register: none is lost, none becomes two entries, whatever comes back."""

from __future__ import annotations

import dataclasses
import uuid

from PySide6.QtCore import QObject, Signal, Slot

from reception.errors import DeskError, SurroundingsError
from reception.facts import EntryView, NewEntry, Receipt
from ui.today.drafts import Draft
from ui.today.form import EntryForm
from ui.wording import _
from ui.work import Lanes, Task


class Sending(QObject):
    """Hands entries to the write lane and keeps what was typed until the answer is there."""

    saved = Signal(object, object)
    """What became an entry: its ``Receipt`` and the ``Draft`` of it."""
    refused = Signal(object)
    """The ``Draft`` that did not, with its error."""
    numbered = Signal(str)
    """The number of the year that a written slip got, in a sentence."""
    settled = Signal()
    """Nothing is on its way to the register any more."""

    def __init__(self, lanes: Lanes, parent: QObject) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._saving: dict[Task, Draft] = {}
        self._tried: dict[uuid.UUID, Draft] = {}
        self._fresh: uuid.UUID | None = None

    @property
    def busy(self) -> bool:
        """Whether something is on its way to the register."""
        return bool(self._saving)

    def made_room(self, form: EntryForm) -> None:
        """What was in the form is on its way, and it is empty for the next."""
        self._fresh = form.uid

    def awaits(self, form: EntryForm) -> bool:
        """Whether an empty form is as it should be: a second press of the key is not a second entry."""
        return self.busy or form.uid == self._fresh

    def drafts(self) -> tuple[Draft, ...]:
        """What is on its way."""
        return tuple(self._saving.values())

    def renew(self, form: EntryForm) -> None:
        """Let what is typed be an entry of its own, if an attempt that said something else got no answer.

        That attempt may have arrived all the same; under its uid nothing else would be kept.
        """
        tried = self._tried.pop(form.uid, None)
        if tried is not None and form.draft().says_other_than(tried):
            form.uid = uuid.uuid4()

    def send(self, draft: Draft, entry: NewEntry) -> None:
        """Have ``entry`` kept, which is what ``draft`` means."""
        task = self._lanes.write("entries.register", entry)
        self._saving[task] = draft
        task.done.connect(self._on_saved)
        task.failed.connect(self._on_refused)

    @Slot(object)
    def _on_saved(self, receipt: Receipt) -> None:
        draft = self._saving.pop(self._asked(), None)
        self.saved.emit(receipt, draft)
        if draft is not None and draft.raw.get("written"):
            asked = self._lanes.read(f"slip.{receipt.entry_id}", "reading.entry", receipt.entry_id)
            asked.done.connect(self._on_slip)
        self._settle()

    @Slot(object)
    def _on_slip(self, view: EntryView) -> None:
        slip = view.referrals[-1].slip if view.referrals else ""
        if slip:
            words = _("Saved {number} · {slip} · Alt+P prints it")
            self.numbered.emit(words.format(number=view.row.number, slip=slip))

    @Slot(object)
    def _on_refused(self, error: DeskError) -> None:
        draft = self._saving.pop(self._asked(), None)
        if draft is None:
            return
        if isinstance(error, SurroundingsError):
            self._tried[draft.uid] = draft
        self.refused.emit(dataclasses.replace(draft, error=error))
        self._settle()

    def _asked(self) -> Task:
        task = self.sender()
        assert isinstance(task, Task)
        return task

    def _settle(self) -> None:
        if not self._saving:
            self.settled.emit()
