"""The day's table, newest on top, with the line of totals above it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.errors import DeskError
from reception.facts import Catalogue, Change, EntryRow, EntryStatus, Kind, Receipt, Totals, Urgency
from reception.numbers import parse_number
from ui import labels
from ui.changes import concerns
from ui.theme import GAP_SMALL
from ui.widgets.table import Column, PagedTable
from ui.widgets.yielding import ElidedLabel
from ui.wording import _, ngettext
from ui.words import KIND_ICONS, URGENCIES
from ui.work import Lanes


def totals_line(totals: Totals) -> str:
    """The day in one line: groups and heads, calls, referrals, what is open."""
    visits = ngettext("{visits} visit", "{visits} visits", totals.visits).format(visits=totals.visits)
    heads = ngettext("{heads} person", "{heads} people", totals.visitors).format(heads=totals.visitors)
    parts = [
        _("{visits} ({heads})").format(visits=visits, heads=heads),
        _("calls in {calls}").format(calls=totals.calls_in),
        _("out {calls}").format(calls=totals.calls_out),
        _("answered {number}").format(number=totals.answered),
        _("pointed {number}").format(number=totals.pointed),
        _("put through {number}").format(number=totals.put_through),
        _("referred {number}").format(number=totals.referred),
        _("open {number}").format(number=totals.open),
    ]
    if totals.void:
        parts.append(_("void {number}").format(number=totals.void))
    return " · ".join(parts)


ICONS = (
    *((name, "muted") for name in (*KIND_ICONS.values(), "lock", "ban")),
    *((name, "care") for name in ("send", "hourglass")),
    ("circle-check", "good"),
)
"""What the table's cells show, name and tone."""


class DayTable(QWidget):
    """What the day has brought so far."""

    chosen = Signal(object)
    """The id of the entry to show."""
    shown = Signal()
    """The rows of the day stand there."""
    message = Signal(str)

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._zone = "UTC"
        self._day = 0
        self._going: tuple[str, int] | None = None
        """What is being written, of which visit."""
        self._dates: dict[int, str] = {}
        self._totals = ElidedLabel(self)
        self._totals.setProperty("role", "heading")
        self.table: PagedTable[EntryRow] = PagedTable(
            lanes,
            "today.day",
            self._columns(),
            _id_of,
            name=_("Entries of the day"),
            empty=_("Nothing yet today. F2 starts a visit, F3 an incoming call."),
            struck=_is_void,
            parent=self,
        )
        self.table.chosen.connect(self._on_chosen)
        self.table.installEventFilter(self)
        self.table.rows.answered.connect(self._on_answered)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_SMALL)
        layout.addWidget(self._totals)
        layout.addWidget(self.table, 1)

    @property
    def said(self) -> str:
        """The totals as they stand there."""
        return self._totals.said

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """The times are shown in the site's zone."""
        if catalogue.site.zone != self._zone:
            self._zone = catalogue.site.zone
            self.table.rows.repaint_all()

    def show_day(self, day: int) -> None:
        """Read a day (``YYYYMMDD``)."""
        from ui.widgets.question import Question  # not before the first paint

        self._day = day
        self.table.rows.ask(Question("reading.day_rows", (day,), after=_id_of))
        self._ask_totals()

    def changed(self, changes: tuple[Change, ...]) -> None:
        """Read again when an entry or what is shown of it may be new."""
        if self._day and concerns(changes, "entry", "department", "matter"):
            self.table.rows.refresh()
            self._ask_totals()

    def _ask_totals(self) -> None:
        self._lanes.read("today.totals", "day.totals", self._day).done.connect(self._on_totals)

    @Slot(object)
    def _on_totals(self, totals: Totals) -> None:
        self._totals.say(totals_line(totals))

    @Slot(int)
    def _on_answered(self, _count: int) -> None:
        self.shown.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space signs the visitor out who is under the cursor."""
        if watched is self.table and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if plain and event.key() == Qt.Key.Key_Space:
                self._note("presence.check_out", self._on_left)
                return True
        return super().eventFilter(watched, event)

    def toggle_wait(self) -> None:
        """The visitor under the cursor waits here from now, or was received (F7)."""
        row = self.table.row()
        waits = row is not None and row.waiting_since is not None
        self._note("entries.seen" if waits else "entries.wait", self._on_noted)

    def _note(self, verb: str, then: Callable[[Any], None]) -> None:
        row = self.table.row()
        if row is None or row.kind is not Kind.VISIT:
            self.message.emit(_("Only visitors wait and leave: choose a visit in the list."))
            return
        if self._going == (verb, row.id):
            return  # a key struck twice means it once
        self._going = (verb, row.id)
        task = self._lanes.write(verb, row.id, uid=uuid.uuid4())
        task.done.connect(then)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_left(self, receipt: Receipt) -> None:
        self._going = None
        self.message.emit(_("{number}: left").format(number=receipt.number))

    @Slot(object)
    def _on_noted(self, receipt: Receipt) -> None:
        self._going = None
        self.message.emit(_("{number}: noted").format(number=receipt.number))

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self._going = None
        self.message.emit(error.say(_))

    @Slot(object)
    def _on_chosen(self, row: EntryRow) -> None:
        self.chosen.emit(row.id)

    def _columns(self) -> list[Column[EntryRow]]:
        return [
            Column("number", _("No."), _short_number, 5, tip=_number),
            Column("time", _("Time"), self._time, 8),
            Column("kind", _("Kind"), _kind, 8, icon=_kind_icon),
            Column("who", _("Who"), _who, 12, icon=labels.lock, note=labels.guarded, tip=_who_tip),
            Column("subject", _("Matter"), _subject, 0, tip=_subject_tip, least=16),
            Column("department", _("Sent to"), _department, 13),
            Column(
                "progress",
                _("Done"),
                labels.progress,
                14,
                tone=labels.progress_tone,
                icon=labels.progress_icon,
                tip=_progress_tip,
                least=10,
            ),
            Column("operator", _("Clerk"), _operator, 7),
        ]

    def _time(self, row: EntryRow) -> str:
        local = row.received_at.astimezone(labels.zone(self._zone))
        time = f"{local.hour:02d}:{local.minute:02d}"
        left = labels.left(row, labels.zone(self._zone))
        time = f"{time}–{left}" if left else time
        # Translators: the time of an entry that was made later from a note
        return _("{time} late").format(time=time) if row.late else time


def waited(since: dt.datetime, now: dt.datetime) -> str:
    """How long something has been waiting: ``14′``, ``2 h``, ``3 d``."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 100:
        return f"{minutes}′"
    hours = minutes // 60
    if hours < 48:
        return _("{hours} h").format(hours=hours)
    return _("{days} d").format(days=hours // 24)


def _id_of(row: EntryRow) -> int:
    return row.id


def _is_void(row: EntryRow) -> bool:
    return row.status is EntryStatus.VOID


def short_number(number: str) -> str:
    """What tells the entries of a day apart at a glance: ``012``, ``B-012``."""
    parsed = parse_number(number)
    return f"{parsed.desk}-{parsed.sequence:03d}" if parsed.desk else f"{parsed.sequence:03d}"


def _short_number(row: EntryRow) -> str:
    return short_number(row.number)


def _number(row: EntryRow) -> str:
    return row.number


def _kind(row: EntryRow) -> str:
    return _(labels.SHORT_KINDS[row.kind])


def _kind_icon(row: EntryRow) -> str:
    return KIND_ICONS[row.kind]


def _who(row: EntryRow) -> str:
    if row.identity_protected:
        return labels.veiled(row.name)
    called = row.organisation if row.kind is Kind.CALL_OUT else ""  # a department has no name of a person
    name = row.name or called or row.phone or row.organisation or "—"
    if row.kind is Kind.VISIT and row.party_size > 1:
        return _("{name} and {others} more").format(name=name, others=row.party_size - 1)
    return name


def _who_tip(row: EntryRow) -> str:
    return "\n".join(word for word in (_who(row), row.phone, row.organisation) if word)


def _subject(row: EntryRow) -> str:
    urgency = f"[{_(URGENCIES[row.urgency])}] " if row.urgency is not Urgency.NORMAL else ""
    return urgency + row.subject


def _subject_tip(row: EntryRow) -> str:
    return "\n".join(word for word in (row.subject, row.request, row.outcome) if word)


def _department(row: EntryRow) -> str:
    return row.department_name


def _progress_tip(row: EntryRow) -> str:
    return "\n".join(word for word in (labels.progress(row), row.outcome, row.void_reason) if word)


def _operator(row: EntryRow) -> str:
    return row.operator
