"""From the Today page to what a visitor takes along: the one-time notice, the pass, a referral's slip."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from reception.errors import DeskError
from reception.facts import EntryRow, EntryView, Kind, Receipt
from ui.sheet.wanted import Wanted
from ui.today.drafts import Draft
from ui.wording import _

if TYPE_CHECKING:
    from ui.today.page import TodayPage


class Noticing(QObject):
    """Knows what was saved here last, and opens what is wanted of it, or of the line chosen in the day."""

    def __init__(self, page: TodayPage) -> None:
        super().__init__(page)
        self._page = page
        self._awaited: uuid.UUID | None = None
        page.saved.connect(self._on_saved)

    @property
    def _row(self) -> EntryRow | None:
        """The line of the day that has the keyboard."""
        table = self._page.day.table
        return table.row() if table.hasFocus() else None

    def notice(self) -> None:
        """Ctrl+G: the chosen line's notice; else what is typed is saved first, and its notice follows."""
        if (row := self._row) is not None:
            self.ask(row.id)
            return
        form = self._page.form
        uid = form.uid
        form.settle()
        if form.touched and form.doubts("Ctrl+G"):  # the key that is pressed again is this one
            return
        self._page.save()
        if form.uid != uid:  # it is on its way
            self._awaited = uid

    def ask(self, entry_id: int) -> None:
        """Ask what is to be told of an entry."""
        from ui.today.notice_dialog import NoticeDialog

        dialog = NoticeDialog.show_for(self._page.window(), self._page.lanes, entry_id)
        dialog.given.connect(self._on_given)

    def visitor_pass(self, last: Receipt | None) -> None:
        """The pass of the chosen visit, or of the entry that was saved last."""
        row = self._row
        if row is not None and row.kind is not Kind.VISIT:
            self._page.message.emit(
                _("{number} is a call; only a visitor gets a pass.").format(number=row.number)
            )
        elif row is not None or last is not None:
            number = row.number if row is not None else last.number if last is not None else ""
            self._open(Wanted("visitor_pass", {"number": number}))
        else:
            self._page.message.emit(_("Save a visit first, or choose one in the day's list."))

    def record(self, last: tuple[str, Kind] | None) -> None:
        """The record of the chosen line, or of the entry that was saved last."""
        from ui.today import records

        row = self._row
        if row is not None:
            self._open(*records.wanted(row.number, row.kind))
        elif last is not None:
            self._open(*records.wanted(*last))
        else:
            self._page.message.emit(_("Save something first, or choose it in the day's list."))

    def slip(self, last: Receipt | None) -> None:
        """The slip of the chosen line's referral, or of the entry that was saved last."""
        row = self._row
        if row is None and last is None:
            self._page.message.emit(_("Refer something first, or choose it in the day's list."))
            return
        entry_id = row.id if row is not None else last.entry_id if last is not None else 0
        task = self._page.lanes.read("today.slip", "reading.entry", entry_id)
        task.done.connect(self._on_referred)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_referred(self, view: EntryView) -> None:
        if view.referrals:
            self._open(Wanted("referral_slip", {"referral": view.row.number}))
        else:
            self._page.message.emit(_("{number} is not referred.").format(number=view.row.number))

    @Slot(object)
    def _on_given(self, receipt: Receipt) -> None:
        self._page.message.emit(_("Told in full, in writing: {number}").format(number=receipt.number))
        self._open(Wanted("notice", {"number": receipt.number}))

    @Slot(object, object)
    def _on_saved(self, receipt: Receipt, draft: Draft | None) -> None:
        if draft is not None and draft.uid == self._awaited:
            self._awaited = None
            self.ask(receipt.entry_id)

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self._page.message.emit(error.say(_))

    def _open(self, *wanted: Wanted) -> None:
        from ui.sheet.opener import open_forms

        open_forms(self._page, self._page.lanes, *wanted)
