"""The page of those who are here: who waits, who was received, and one key when they leave."""

from __future__ import annotations

import datetime as dt
import uuid

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reception import dates
from reception.errors import DeskError
from reception.facts import Catalogue, Receipt, RollCall, Visitor
from ui import actions, icons, labels
from ui.here.watch import Attendance
from ui.pages import Page, PageSpec
from ui.theme import GAP, GAP_SMALL
from ui.today.day import short_number
from ui.waiting import Waiting
from ui.widgets.buttons import Button
from ui.widgets.table import Column, PagedTable
from ui.wording import _, ngettext
from ui.work import Lanes

_LETTERS = "123456789abcdefghijklmnopqrstuvwxyz"
"""The keys that put the cursor on a row, from above."""
_MINUTE = 60_000


class HerePage(Page):
    """Lists who has not left: a digit or letter chooses a row, Space signs out, F7 tells of waiting."""

    closed = Signal()
    """Back was asked for."""

    def __init__(self, spec: PageSpec, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(spec, lanes, parent)
        self._attendance: Attendance | None = None
        self._going: tuple[str, int] | None = None
        """What is being written, of which visit."""
        self._waiting = Waiting()
        self._zone = labels.zone("UTC")
        self.count = QLabel(self)
        self.as_of = QLabel(self)
        self.back = Button(_("Back"), self)  # in the order of Tab
        self.wait = Button(_("Waits here"), self)
        self.left = Button(_("Left"), self)
        self.badge = Button(_("Visitor pass"), self)
        self.keep = Button(_("Save…"), self)
        self.print = Button(_("Print the roll-call"), self)
        self.foot = QLabel(self)
        self.table: PagedTable[Visitor] = PagedTable(
            lanes,
            "here",
            self._columns(),
            _key,
            name=_("Who is here"),
            empty=_("Nobody is here."),
            parent=self,
        )
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE)
        self._clock.timeout.connect(self._on_minute)
        self._lay_out()
        self._connect()

    def use(self, attendance: Attendance) -> None:
        """Show what this window knows of who is here."""
        self._attendance = attendance
        attendance.changed.connect(self._on_changed)
        self._on_changed()

    def activate(self) -> None:
        """The first row is under the cursor, so that one key is enough."""
        self._clock.start()
        self.table.setFocus()
        if self._attendance is not None:
            self._attendance.ask()
        if self.table.row() is None and self.table.rows.rowCount():
            self.table.selectRow(0)

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """The site's hours, its zone, and when waiting is too long."""
        self._waiting = Waiting(catalogue.site, catalogue.years)
        self._zone = labels.zone(catalogue.site.zone)
        self.table.rows.repaint_all()

    def stop(self) -> None:
        """End the clock."""
        self._clock.stop()

    def recovered(self) -> None:
        """The watch asks again by itself."""

    @Slot()
    def print_list(self) -> None:
        """Print everybody who is known to be here, also while the register does not answer."""
        known = self._attendance.known if self._attendance is not None else None
        if known is None:
            self._say(_("Nothing is known yet of who is here."))
            return
        self._open_paper(known, "print")

    @Slot()
    def save_list(self) -> None:
        """Save the list as a file."""
        known = self._attendance.known if self._attendance is not None else None
        if known is not None:
            self._open_paper(known, "save")

    def show_paper(self) -> bool:
        """The roll-call."""
        known = self._attendance.known if self._attendance is not None else None
        if known is not None:
            self._open_paper(known, "")
        return known is not None

    @Slot()
    def _print_pass(self) -> None:
        from ui.sheet.opener import Wanted, open_forms

        if (row := self.table.row()) is not None:
            open_forms(self, self.lanes, Wanted("visitor_pass", {"number": row.number}))

    def _open_paper(self, known: RollCall, then: str) -> None:
        """When nothing answers the list is printed as it was known: the house is cleared all the same."""
        from ui.sheet.opener import Wanted, open_forms

        open_forms(self, self.lanes, Wanted("roll_call", known=known, offline=not known.live), then=then)

    @property
    def said(self) -> str:
        """What stands above the list."""
        return " ".join(label.text() for label in (self.count, self.as_of) if not label.isHidden())

    def _columns(self) -> list[Column[Visitor]]:
        return [
            Column("key", _("Key"), self._letter, 4),
            Column("name", _("Who"), _name, 14, icon=labels.lock, note=labels.guarded, tip=_name_tip),
            Column("from", _("From"), _organisation, 18),
            Column("about", _("Matter"), _about, 0),
            Column("to", _("Sent to"), _to, 18),
            Column("came", _("Came"), self._came, 7),
            Column("state", _("State"), self._state, 15, tone=self._tone, icon=self._icon),
            Column("number", _("No."), _number, 7),
        ]

    def _lay_out(self) -> None:
        title = QLabel(_("Who is here"), self)
        title.setProperty("role", "title")
        title.setBuddy(self.table)
        self.as_of.setProperty("role", "care")
        for label in (self.count, self.as_of, self.foot):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.foot.setProperty("role", "muted")
        bar = QFrame(self)
        bar.setProperty("role", "bar")
        head = QHBoxLayout(bar)
        head.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        head.addWidget(self.back)
        head.addWidget(title)
        head.addWidget(self.count)
        head.addWidget(self.as_of)
        head.addStretch(1)
        for button in (self.wait, self.left, self.badge, self.keep, self.print):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(bar)
        holder = QVBoxLayout()
        holder.setContentsMargins(GAP, 0, GAP, GAP_SMALL)
        holder.addWidget(self.table, 1)
        holder.addWidget(self.foot)
        column.addLayout(holder, 1)
        self.as_of.hide()
        self.left.setProperty("kind", "primary")
        icons.dress(self.left, "log-out", "on_accent")
        icons.dress(self.wait, "hourglass")
        icons.dress(self.badge, "user-round")
        icons.dress(self.keep, "file-down")
        icons.dress(self.print, "printer")
        icons.dress(self.back, "arrow-left")

    def _connect(self) -> None:
        actions.tip(self.left, "here.left")
        actions.tip(self.wait, "wait", _("Waits here, or was received"))
        actions.tip(self.print, "roll-call")
        actions.press(self.badge, "here.pass")
        actions.press(self.keep, "here.save")
        actions.press(self.back, "here.back")
        self.badge.clicked.connect(self._print_pass)
        self.keep.clicked.connect(self.save_list)
        self.back.clicked.connect(self.closed)
        self.left.clicked.connect(self._check_out)
        self.wait.clicked.connect(self.wait_here)
        self.print.clicked.connect(self.print_list)
        self.table.installEventFilter(self)
        self.table.chosen.connect(self._open)
        self.table.current_changed.connect(self._offer)
        self._offer(None)

    # What is shown.

    @Slot()
    def _on_changed(self) -> None:
        assert self._attendance is not None
        known = self._attendance.known
        at = self.table.currentIndex().row()
        self.table.rows.put(self._attendance.visitors)
        if self.table.row() is None and self.table.rows.rowCount():
            self.table.selectRow(min(max(at, 0), self.table.rows.rowCount() - 1))
        self._offer(self.table.row())
        heads = sum(one.party_size for one in self._attendance.visitors)
        visits = len(self._attendance.visitors)
        groups = ngettext("{visits} visit", "{visits} visits", visits).format(visits=visits)
        people = ngettext("{heads} person", "{heads} people", heads).format(heads=heads)
        self.count.setText(_("{visits} ({heads})").format(visits=groups, heads=people))
        stale = known is not None and not known.live
        if known is not None and stale:
            local = known.as_of.astimezone(labels.zone(known.zone))
            words = _("as of {time}: the register does not answer")
            self.as_of.setText(words.format(time=dates.clock(local)))
        self.as_of.setVisible(stale)

    @Slot()
    def _on_minute(self) -> None:
        self.table.rows.repaint_all()

    @Slot(object)
    def _offer(self, row: Visitor | None) -> None:
        self.left.setEnabled(row is not None)
        self.badge.setEnabled(row is not None)
        self.wait.setEnabled(row is not None and (row.waiting_since is None or row.seen_at is None))
        waits = row is not None and row.waiting_since is not None and row.seen_at is None
        self.wait.setText(_("Went in") if waits else _("Waits here"))

    @Slot(str)
    def _say(self, sentence: str) -> None:
        self.foot.setText(sentence)
        if sentence:
            self.message.emit(sentence)

    # What the clerk does.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space signs out; digits and letters choose a row."""
        if watched is self.table and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and event.key() == Qt.Key.Key_Space:
                self._check_out()
                return True
            letter = event.text().lower()
            if plain and letter and letter in _LETTERS:
                if (at := _LETTERS.index(letter)) < self.table.rows.rowCount():
                    self.table.selectRow(at)
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _check_out(self) -> None:
        row = self.table.row()
        if row is not None:
            self._write("presence.check_out", row, self._on_left)

    @Slot()
    def wait_here(self) -> None:
        """The visitor under the cursor waits here from now, or was received (F7)."""
        row = self.table.row()
        if row is not None and self.wait.isEnabled():
            waits = row.waiting_since is not None
            self._write("entries.seen" if waits else "entries.wait", row, self._on_noted)

    def _write(self, verb: str, row: Visitor, then: object) -> None:
        if self._going == (verb, row.entry_id):
            return  # a key struck twice means it once
        self._going = (verb, row.entry_id)
        task = self.lanes.write(verb, row.entry_id, uid=uuid.uuid4())
        task.done.connect(then)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_left(self, receipt: Receipt) -> None:
        self._going = None
        self._say(_("{number}: left").format(number=receipt.number))

    @Slot(object)
    def _on_noted(self, receipt: Receipt) -> None:
        self._going = None
        self._say(_("{number}: noted").format(number=receipt.number))

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self._going = None
        self._say(error.say(_))

    @Slot(object)
    def _open(self, row: Visitor) -> None:
        self.open_entry.emit(row.entry_id)

    # Cells.

    def _letter(self, row: Visitor) -> str:
        at = self.table.rows.position(row.entry_id)
        return _LETTERS[at].upper() if 0 <= at < len(_LETTERS) else ""

    def _came(self, row: Visitor) -> str:
        return dates.clock(row.received_at.astimezone(self._zone))

    def _state(self, row: Visitor) -> str:
        now = dt.datetime.now(dt.UTC)
        if row.waiting_since is not None and row.seen_at is None:
            minutes = self._waiting.minutes(row.waiting_since, now)
            return f"{self._waiting.word(row.waiting_since, now)} {minutes}′"
        return _("Went in") if row.seen_at is not None else _("In the house")

    def _icon(self, row: Visitor) -> str:
        if row.waiting_since is not None and row.seen_at is None:
            return self._waiting.icon(row.waiting_since, dt.datetime.now(dt.UTC))
        return "check" if row.seen_at is not None else "door-open"

    def _tone(self, row: Visitor) -> str:
        if row.waiting_since is not None and row.seen_at is None:
            return self._waiting.tone(row.waiting_since, dt.datetime.now(dt.UTC))
        return "muted"


def _key(row: Visitor) -> int:
    return row.entry_id


def _name(row: Visitor) -> str:
    if row.identity_protected:
        return labels.veiled(row.name)
    name = row.name or row.phone or "—"
    if row.party_size > 1:
        return _("{name} and {others} more").format(name=name, others=row.party_size - 1)
    return name


def _name_tip(row: Visitor) -> str:
    if row.identity_protected:
        return _name(row)
    return "\n".join(word for word in (_name(row), row.phone, row.organisation) if word)


def _organisation(row: Visitor) -> str:
    return "" if row.identity_protected else row.organisation


def _about(row: Visitor) -> str:
    return row.about


def _to(row: Visitor) -> str:
    return " · ".join(word for word in (row.department_name, row.wanted) if word)


def _number(row: Visitor) -> str:
    return short_number(row.number)
