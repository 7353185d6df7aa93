"""What is to be done now, most pressing first: who waits, who is to be called, what came back."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reception import dates
from reception.errors import DeskError
from reception.facts import CallResult, Catalogue, Change, Kind, Place, Receipt, Todo, TodoRow
from reception.numbers import parse_number
from reception.words import TODOS
from ui import actions, icons, labels, words
from ui.changes import concerns
from ui.theme import GAP_SMALL
from ui.today.alarm import Alarm, WaitingLine
from ui.today.calls import STEPS, CallNote, CallSteps, Step, is_call
from ui.today.day import short_number, waited
from ui.today.signs import does, room_of, sign_of
from ui.waiting import Waiting
from ui.widgets.buttons import Button
from ui.widgets.table import Column, PagedTable
from ui.wording import _, current
from ui.work import Lanes

if TYPE_CHECKING:
    from ui.today.drafts import Draft

_KINDS = 32
"""More than there are reasons."""
_MINUTE = 60_000
_PAGE = 50


class TodoTable(QWidget):
    """The list, and one key for the commonest of it: who waited was received, who was to be called was."""

    chosen = Signal(object)
    """The id of the entry to show."""
    message = Signal(str)
    call_wanted = Signal(object)
    """The ``TodoRow`` of a call owed that is to be made now."""
    step_wanted = Signal(object)
    """The ``TodoRow`` of what is worked on elsewhere: a referral, or something of the office."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._day = 0
        self._names: dict[str, str] = {}
        self._waiting = Waiting()
        self._zone = "UTC"
        self._waits: tuple[TodoRow, ...] = ()
        self._alarm = Alarm(self)
        self._alarm.told.connect(self.message)
        self.waits = WaitingLine(self)
        self._arriving: int | None = None
        """Who is expected and was said to be here, until the list shows it."""
        self._come = False
        self._came_from: QWidget | None = None
        """Where the keyboard was when a saved call was asked about."""
        self.seen_button = self._button(_("Went in"), "todo.seen", "check")
        self.seen_button.setEnabled(False)
        self.seen_button.clicked.connect(self.receive)
        word, icon = does(Todo.OPEN)
        self.step_button = self._button(word, "todo.step", icon)
        self.step_button.hide()
        self.step_button.clicked.connect(self.receive)
        self.steps = CallSteps(self)
        self.steps.wanted.connect(self._on_step)
        tip = _("Start an outgoing call with the number")
        self.call_button = self._button(_("Call"), "todo.call", "phone-outgoing", tip)
        self.call_button.hide()
        self.call_button.clicked.connect(self._on_call)
        self.note = CallNote(lanes, self)
        self.note.noted.connect(self._on_noted)
        self.note.ended.connect(self._on_note_ended)
        self.table: PagedTable[TodoRow] = PagedTable(
            lanes,
            "today.todo",
            self._columns(),
            _key_of,
            name=_("To be done now"),
            empty=_("Nothing waits."),
            page=_PAGE,
            parent=self,
        )
        self.table.follow = _matter
        self.table.installEventFilter(self)
        self.table.rows.answered.connect(self._on_rows)
        self.table.chosen.connect(self._on_chosen)
        self.table.current_changed.connect(self._on_current)
        self._lay_out()
        # Minutes pass though nothing is committed.
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE)
        self._clock.timeout.connect(self._on_minute)
        self._clock.start()

    def _lay_out(self) -> None:
        heading = QLabel(_("To be done now"), self)
        heading.setProperty("role", "heading")
        heading.setBuddy(self.table)
        head = QHBoxLayout()
        head.addWidget(heading, 1)
        head.addWidget(self.steps)
        head.addWidget(self.call_button)
        head.addWidget(self.seen_button)
        head.addWidget(self.step_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_SMALL)
        layout.addLayout(head)
        layout.addWidget(self.waits)
        layout.addWidget(self.note)
        layout.addWidget(self.table, 1)

    def _button(self, words: str, key: str, icon: str, tip: str = "") -> Button:
        button = Button(words, self)
        button.setAutoDefault(False)
        actions.tip(button, key, tip)
        icons.dress(button, icon)
        return button

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """The departments' names, and the hours in which waiting runs."""
        self._names = {one.code: one.name for one in catalogue.departments}
        self._waiting = Waiting(catalogue.site, catalogue.years)
        self._zone = catalogue.site.zone
        self.table.rows.repaint_all()

    def show_day(self, day: int) -> None:
        """Read what waits now; ``day`` (``YYYYMMDD``) is today."""
        if self._day:
            self.table.rows.refresh()
        else:
            from ui.widgets.question import Question  # not before the first paint

            self.table.rows.ask(Question("to_do.rows", (), {}, after=_place))
        self._day = day
        # the list may be longer than what is shown of it; nobody who waits is to be overlooked
        waits = self._lanes.read("today.waiting", "to_do.rows", which=Todo.WAITING.value, limit=_PAGE)
        waits.done.connect(self._on_waits)

    def changed(self, changes: tuple[Change, ...]) -> None:
        """Read again when an entry changed."""
        if self._day and concerns(changes, "entry", "department", "setting", "expected", "loan", "parcel"):
            self.show_day(self._day)

    @Slot()
    def _on_rows(self) -> None:
        if self._come:
            self._arriving, self._come = None, False
        self._on_current(self.table.row())

    @Slot()
    def _on_minute(self) -> None:
        self.table.rows.repaint_all()
        self._look()
        if self._day:
            self.show_day(self._day)  # something may be overdue by now

    @Slot(object)
    def _on_waits(self, rows: tuple[TodoRow, ...]) -> None:
        self._waits = rows
        self._look()

    def _look(self) -> None:
        now = dt.datetime.now(dt.UTC)
        self.waits.tell(self._waits, self._waiting, now)
        self._alarm.look(self._waits, self._waiting, now)

    def put_focus(self) -> None:
        """Into the list, to its most pressing line; a call that is being made stays chosen."""
        chosen = self.table.row()
        stays = chosen is not None and (self.table.hasFocus() or is_call(chosen))
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not stays and self.table.rows.rowCount():
            self.table.selectRow(0)

    @property
    def unsaved(self) -> bool:
        """Whether an answer about a call owed is typed and not noted."""
        return self.note.unsaved

    @property
    def calling(self) -> TodoRow | None:
        """The call owed that the clerk works on in the list, None while the keyboard is elsewhere."""
        row = self.table.row()
        return row if self.table.hasFocus() and is_call(row) else None

    @Slot(object)
    def _on_current(self, row: TodoRow | None) -> None:
        self.seen_button.setEnabled(row is not None and row.what is Todo.WAITING)
        elsewhere = row is not None and (row.referral is not None or bool(room_of(row)))
        self.seen_button.setVisible(not is_call(row) and not elsewhere)
        self.step_button.setVisible(elsewhere)
        if row is not None and elsewhere:
            word, icon = does(row.what)
            self.step_button.setText(word)
            actions.tip(self.step_button, "todo.step", word)
            icons.dress(self.step_button, icon)
        self.steps.setVisible(is_call(row))
        self.call_button.setVisible(is_call(row))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space receives who waits and works on a referral, digits tell how a call owed went."""
        if watched is self.table and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and event.key() == Qt.Key.Key_Space:
                self.receive()
                return True
            if plain and event.text() and self.steps.choose(event.text()):
                return True
        return super().eventFilter(watched, event)

    @Slot(object)
    def _on_step(self, step: Step) -> None:
        row = self.table.row()
        if row is not None and is_call(row):
            self.note.begin(row, step)
            if (layout := self.layout()) is not None:
                layout.activate()  # the question takes a line of the list: what it is about stays in sight
            self.table.scrollTo(self.table.currentIndex())

    @Slot()
    def _on_call(self) -> None:
        row = self.table.row()
        if row is not None and is_call(row):
            self.call_wanted.emit(row)

    @Slot(object, object)
    def settle(self, _receipt: Receipt, draft: Draft | None) -> None:
        """An outgoing call was saved: if its number is owed one, ask who answered."""
        if draft is None or draft.kind is not Kind.CALL_OUT or not self.note.isHidden():
            return
        number = _digits(draft.raw.get("phone", ""))
        _act, result = draft.raw.get("act", (None, None))
        shown = (self.table.rows.row(at) for at in range(self.table.rows.rowCount()))
        calls = (row for row in shown if row is not None and is_call(row))
        owed = next((row for row in calls if number and _digits(row.phone) == number), None)
        if owed is None or result in (CallResult.NO_ANSWER, CallResult.BUSY):
            return
        self._came_from = QApplication.focusWidget()
        self.table.select(_key_of(owed))
        self._on_step(STEPS[0])

    @Slot(object)
    def _on_noted(self, receipt: Receipt) -> None:
        self.message.emit(_("{number}: the call is noted").format(number=receipt.number))
        self.show_day(self._day)

    @Slot()
    def _on_note_ended(self) -> None:
        focus = QApplication.focusWidget()
        if focus is None or self.note.isAncestorOf(focus):  # nobody has it after a line was disabled
            (self._came_from or self.table).setFocus()
        self._came_from = None

    @Slot(object)
    def _on_chosen(self, row: TodoRow) -> None:
        if row.record_id is not None:  # no entry, or a visit that is not what it is about
            self.step_wanted.emit(row)
        else:
            self.chosen.emit(row.entry_id)

    @Slot()
    def receive(self) -> None:
        """The visitor under the cursor was received; a referral there is to be worked on."""
        row = self.table.row()
        if row is not None and row.what is Todo.EXPECTED:
            if row.record_id == self._arriving:
                return  # a key struck twice means it once
            self._arriving = row.record_id
            task = self._lanes.write("office.expected.arrive", row.record_id, uid=uuid.uuid4())
            task.done.connect(self._on_arrived)
            task.failed.connect(self._on_failed)
            return
        if row is not None and (row.referral is not None or room_of(row)):
            self.step_wanted.emit(row)
            return
        if row is None or row.what is not Todo.WAITING:
            self.message.emit(_("Nobody waits on this line."))
            return
        self.seen_button.setEnabled(False)
        task = self._lanes.write("entries.seen", row.entry_id, uid=uuid.uuid4())
        task.done.connect(self._on_seen_done)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_seen_done(self, receipt: Receipt) -> None:
        self.message.emit(_("{number}: went in").format(number=receipt.number))
        self.show_day(self._day)

    @Slot(object)
    def _on_arrived(self, receipt: Receipt) -> None:
        self._come = True
        self.message.emit(_("{number}: has come, and waits here").format(number=receipt.number))
        self.show_day(self._day)

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self._arriving = None
        self.message.emit(error.say(_))
        self._on_current(self.table.row())

    def _sign(self, row: TodoRow) -> tuple[str, str, str]:
        return sign_of(row, self._waiting, dt.datetime.now(dt.UTC))

    def _what(self, row: TodoRow) -> str:
        return self._sign(row)[0]

    def _icon(self, row: TodoRow) -> str:
        return self._sign(row)[1]

    def _tone(self, row: TodoRow) -> str:
        return self._sign(row)[2]

    def _since(self, row: TodoRow) -> str:
        now = dt.datetime.now(dt.UTC)
        if row.what is Todo.WAITING:
            return f"{self._waiting.minutes(row.since, now)}′"
        if row.overdue_days:
            return _("{n} wd late").format(n=row.overdue_days)
        zone = labels.zone(self._zone)
        if row.referral is not None and row.referral.term is not None:
            return words.due(row.referral, zone, whole=False)
        if (due := row.since if row.what is Todo.EXPECTED else row.due_at) is not None:
            today = now.astimezone(zone).date()
            return dates.clock_on(due.astimezone(zone), today, current().language)
        return waited(row.since, now)

    def _department(self, row: TodoRow) -> str:
        return self._names.get(row.department, row.department)

    def _columns(self) -> list[Column[TodoRow]]:
        return [
            Column("what", _("What"), self._what, 14, tone=self._tone, icon=self._icon, least=15),
            Column("since", _("Waiting or due"), self._since, 10),
            Column("person", _("Who"), _person, 14, icon=labels.lock, note=labels.guarded, tip=_person_tip),
            Column("text", _("Matter"), _text, 0, least=20),
            Column("department", _("Department"), self._department, 13),
            Column("number", _("No."), _number, 13, least=13),
        ]


def _key_of(row: TodoRow) -> int:
    # One entry may stand here for several reasons; the key has to tell them apart and to last.
    if row.callback_id is not None:
        return row.callback_id * _KINDS + len(Todo)
    place = list(Todo).index(row.what)
    if row.record_id is not None:
        return -(row.record_id * _KINDS + place)
    return (row.part_id or row.referral_id or row.entry_id) * _KINDS + place


def _digits(phone: str) -> str:
    return "".join(filter(str.isdigit, phone))


def _matter(row: TodoRow) -> tuple[str, int]:
    """What a row is about, whatever is to be done about it now."""
    if row.referral_id is not None:
        return "referral", row.referral_id
    return ("entry", row.entry_id) if row.record_id is None else (row.what.value, row.record_id)


def _place(row: TodoRow) -> Place | None:
    return row.place


def _person(row: TodoRow) -> str:
    if row.identity_protected:
        return labels.veiled(row.person)
    return row.person or row.phone or "—"


def _person_tip(row: TodoRow) -> str:
    return "\n".join(word for word in (row.person, row.phone) if word)


def _text(row: TodoRow) -> str:
    """What it is about, then what was said of it."""
    about = row.referral.matter or row.referral.subject if row.referral is not None else ""
    asks = ""
    if row.referral is not None and row.referral.asked and row.what is not Todo.ASKED:
        asks = _(TODOS[Todo.ASKED])
    return " · ".join(dict.fromkeys(word for word in (about, asks, row.text) if word))


def _number(row: TodoRow) -> str:
    if not row.number:
        return ""
    return f"{parse_number(row.number).day % 10_000:04d}-{short_number(row.number)}"
