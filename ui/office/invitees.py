"""The grid of a meeting notice: whom to call, at which number, who answered, what they say."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from reception.facts.meetings import InviteeView, Notified
from reception.office_words import NOTIFIED, REPLIES
from reception.words import ATTEMPTS
from ui import words
from ui.theme import GAP_SMALL
from ui.widgets.question import Question
from ui.widgets.table import Column, PagedTable
from ui.wording import _
from ui.work import Lanes


class InviteeGrid(QWidget):
    """Whoever is to be called next stands on top, and large above: the eyes are on the telephone."""

    changed = Signal()
    """Another line is under the cursor, or more is known of it."""
    chosen = Signal(object)
    """The entry of a call is to be opened."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry_id: int | None = None
        self._zone = ZoneInfo("UTC")
        self._on = False
        self.large = QLabel(self)
        self.large.setProperty("role", "number")
        self.large.setTextFormat(Qt.TextFormat.PlainText)
        self.large.setWordWrap(True)
        self.large.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        columns = (
            Column("who", _("Who is invited"), _who, 0),
            Column("phone", _("Phone"), _phone, 14, least=12),
            Column("told", _("Told"), self._told, 20, tone=_tone, icon=_icon, note=_state, least=10),
            Column("reply", _("Reply"), _reply, 16),
        )
        self.table: PagedTable[InviteeView] = PagedTable(
            lanes,
            "office.invitees",
            columns,
            _id,
            name=_("Who is to be called"),
            empty=_("Nobody is on the list yet; 5 invites."),
            parent=self,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self.large)
        column.addWidget(self.table, 1)
        self.table.rows.answered.connect(self._on_answered)
        self.table.current_changed.connect(self._on_current)
        self.table.chosen.connect(self._on_chosen)
        self.hide()

    @property
    def row(self) -> InviteeView | None:
        """Whoever is under the cursor."""
        return self.table.row() if self.entry_id is not None else None

    def show_meeting(self, entry_id: int | None, zone: ZoneInfo) -> None:
        """Show the grid of another notice; None hides it."""
        self._zone = zone
        if entry_id == self.entry_id:
            return
        self.entry_id = entry_id
        self._on = True
        if entry_id is None:
            self.table.rows.ask(None)
        else:
            self.table.rows.ask(Question("office.meetings.invitees", (entry_id,)))

    def refresh(self) -> None:
        """Ask anew."""
        if self.entry_id is not None:
            self.table.rows.refresh()

    def go_on(self) -> None:
        """Something was noted: whoever is to be called next is wanted."""
        self._on = True

    @Slot()
    def _on_answered(self) -> None:
        if self.table.rows.rowCount() and (self._on or self.table.row() is None):
            self.table.selectRow(0)
        self._on = False
        self._on_current()

    @Slot()
    def _on_current(self) -> None:
        one = self.row
        parts = (one.name, one.position, one.phone) if one is not None else ()
        self.large.setText("  ".join(filter(None, parts)))
        self.changed.emit()

    @Slot(object)
    def _on_chosen(self, one: InviteeView) -> None:
        if one.calls:
            self.chosen.emit(one.calls[-1].call_id)

    def _told(self, one: InviteeView) -> str:
        """``√ 09:42 赵丽``; of whoever was not reached how often and when last."""
        today = dt.datetime.now(self._zone).date()
        call = one.calls[-1] if one.calls else None
        if call is None or one.state in (Notified.UNCALLED, Notified.SPARED):
            return _(NOTIFIED[one.state])
        if call.told_at is not None:
            return f"✓ {words.when(call.told_at, self._zone, today)} {call.told_whom}".strip()
        last = words.when(call.last_at or call.called_at, self._zone, today)
        how = _(ATTEMPTS[call.last_result]) if call.last_result is not None else _(NOTIFIED[one.state])
        return f"{how} × {call.attempts} {last}"


def _id(one: InviteeView) -> int:
    return one.id


def _who(one: InviteeView) -> str:
    return f"{one.name}  {one.position}".strip()


def _phone(one: InviteeView) -> str:
    return one.phone


def _reply(one: InviteeView) -> str:
    if one.reply is None:
        return ""
    said = " ".join(filter(None, (_(REPLIES[one.reply]), one.attendee or one.reason)))
    return _("{text} (earlier round)").format(text=said) if one.stale else said


def _tone(one: InviteeView) -> str:
    if one.state is Notified.TOLD:
        return "good"
    return "alarm" if one.state is Notified.UNREACHED else ""


def _icon(one: InviteeView) -> str:
    return "phone-missed" if one.state is Notified.UNREACHED else ""


def _state(one: InviteeView) -> str:
    return _(NOTIFIED[one.state]) if one.state is Notified.UNREACHED else ""
