"""What stands above an entry's trail: its number, where it stands, its next steps, where it was sent."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.facts import EntryView, Kind, Receipt
from ui.theme import GAP
from ui.today import entry_words
from ui.today.entry_steps import EntrySteps, plain_label
from ui.today.reveal import Reveal
from ui.work import Lanes


class EntryHead(QWidget):
    """Tells of one entry and offers what may be done with it.

    Args:
        lanes: the way to the register.
        parent: the entry's window.
    """

    told = Signal(object)
    """The ``Receipt`` of a notice that was given."""

    def __init__(self, lanes: Lanes, parent: QWidget) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._owner = parent
        self._number, self._id, self._kind = "", 0, Kind.VISIT
        self.title = plain_label("title")
        self.where = plain_label("muted")
        self.referrals = plain_label("")
        self.reveal = Reveal(lanes, parent)
        self.steps = EntrySteps(self)
        self.steps.trail.clicked.connect(self._print)
        self.steps.record.clicked.connect(self._print_record)
        self.steps.notice.clicked.connect(self._ask_notice)
        self.steps.badge.clicked.connect(self._print_pass)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for widget in (self.title, self.where, self.reveal, self.steps, self.referrals):
            column.addWidget(widget)

    def tell(self, view: EntryView, zone: ZoneInfo) -> None:
        """Show this entry."""
        self._number, self._id, self._kind = view.row.number, view.row.id, view.row.kind
        self.title.setText(entry_words.title(view.row))
        self.where.setText(entry_words.circumstances(view.row, zone))
        lines = entry_words.lines(view, zone)
        self.referrals.setText("\n".join(lines))
        self.referrals.setVisible(bool(lines))
        self.steps.offer(view)
        self.reveal.offer(view)

    def stops(self) -> list[QWidget]:
        """What Tab walks through, in order."""
        return [*(line.button for line in self.reveal.lines), *self.steps.buttons]

    @Slot()
    def _print(self) -> None:
        self._open("case_trail")

    @Slot()
    def _print_record(self) -> None:
        if not self._number:
            return
        from ui.sheet.opener import open_forms
        from ui.today import records

        open_forms(self._owner, self._lanes, *records.wanted(self._number, self._kind))

    @Slot()
    def _print_pass(self) -> None:
        self._open("visitor_pass")

    @Slot()
    def _ask_notice(self) -> None:
        if not self._id:
            return
        from ui.today.notice_dialog import NoticeDialog

        NoticeDialog.show_for(self._owner, self._lanes, self._id).given.connect(self._on_given)

    @Slot(object)
    def _on_given(self, receipt: Receipt) -> None:
        self.told.emit(receipt)
        self._open("notice")

    def _open(self, form: str) -> None:
        if not self._number:
            return
        from ui.sheet.opener import Wanted, open_forms

        open_forms(self._owner, self._lanes, Wanted(form, {"number": self._number}))
