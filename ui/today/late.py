"""Late entries (补登): a strip above the form while notes taken on paper are entered one after the other.

Whoever sees the strip knows that the form is a note's: it stands there exactly as long as the form has the
time of a note. The day stays from note to note, the time steps on.
"""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reception import dates
from reception.errors import InputError
from reception.text import fold
from ui import icons
from ui.theme import GAP, GAP_SMALL, theme
from ui.today.fields import TextBox
from ui.today.form import EntryForm
from ui.widgets.buttons import Button
from ui.widgets.moments import read_moment
from ui.widgets.texts import LineField
from ui.wording import N_, _, current

_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}
_MINUTE = dt.timedelta(minutes=1)


class _StepLine(LineField):
    """Up and Down step, Page Up and Page Down by ten; Enter asks where to go instead of going."""

    stepped = Signal(int)
    entered = Signal()

    def focusNextChild(self) -> bool:
        """Tell instead of going."""
        self.entered.emit()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that step."""
        if not self.composing and event.key() in _STEPS and not event.modifiers():
            self.stepped.emit(_STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class LateStrip(QWidget):
    """Day and time of the note that is being entered.

    Args:
        form: gets the time of the note.
        parent: the usual one.
    """

    leaving = Signal()
    """The clerk is done with the notes."""

    def __init__(self, form: EntryForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._made = False
        self.hide()

    def _make(self) -> None:
        """Make what stands in it with the first note: the window is painted without it."""
        if self._made:
            return
        self._made = True
        self._card = QFrame(self)
        self._card.setProperty("role", "care")
        self._mark = QLabel(self)
        self._words = QLabel(_("Late entry"), self)
        self._words.setProperty("role", "heading")
        day, time = _StepLine(), _StepLine()
        self.day = TextBox("late_day", _("Day of the note"), limit=20, editor=day)
        self.time = TextBox("late_time", _("Time of the note"), limit=20, editor=time)
        self.time.editor.setPlaceholderText(_("e.g. 940"))
        hint = _("Up and Down step, Page Up and Page Down by ten; 940 is 09:40")
        for field in (self.day, self.time):
            field.editor.setToolTip(hint)
            field.edited.connect(self._on_edited)
        self._weekday = QLabel(self)
        self._weekday.setProperty("role", "muted")
        self.leave_button = Button(_("Done  Esc"), self)
        self.leave_button.setAutoDefault(False)
        self.leave_button.setAccessibleName(_("Enter no more notes"))
        self.leave_button.setToolTip(_("Back to what happens now (Esc or Ctrl+L)"))
        self.leave_button.clicked.connect(self.leaving)
        day.stepped.connect(self._step_day)
        time.stepped.connect(self._step_time)
        day.entered.connect(self.put_focus)
        time.entered.connect(self._on_entered)
        self._lay_out()
        self._dress()
        theme().changed.connect(self._dress)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP_SMALL)
        row.addWidget(self._mark)
        row.addWidget(self._words)
        row.addStretch(1)
        for widget in (self.day, self._weekday, self.time, self.leave_button):
            row.addWidget(widget)
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(GAP, GAP_SMALL, GAP_SMALL, GAP_SMALL)
        inside.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP_SMALL, GAP, 0)
        column.addWidget(self._card)
        from ui.widgets.stops import take_place

        take_place(self, (self.day.editor, self.time.editor, self.leave_button))

    @property
    def active(self) -> bool:
        """Whether the form is a note's."""
        return not self.isHidden()

    def begin(self) -> None:
        """The form is a note's from now on; the day of the last note is proposed."""
        self._make()
        if not self.day.raw:
            now = dt.datetime.now(self._form.zone())
            self._put(now.date(), now.time())
        self.show()
        self._stamp()
        self.put_focus()

    def go_on(self) -> None:
        """The next note: the same day, a minute later."""
        if self.active:
            self._step_time(1)
            self._stamp()
            self.put_focus()

    def again(self) -> None:
        """The form was emptied for the same note."""
        if self.active:
            self._stamp()

    def follow(self) -> None:
        """Another form was brought back: the strip shows its time if it is a note's, and goes if not."""
        fields = self._form.fields
        received = fields.get("received_at")
        if received is None or not fields["late"].raw:
            self.hide()
            return
        self._make()
        try:
            moment = self._read(str(received.raw))
        except InputError:
            moment = None
        if moment is not None:
            self._put(moment.date(), moment.time())
        self.show()

    def put_focus(self) -> None:
        """The time is what differs from note to note."""
        self.time.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.time.editor.selectAll()

    def settle(self) -> bool:
        """Whether day and time can be meant; what is wrong is said beside them."""
        if not self.active:
            return True
        for field, moment in ((self.day, self._day), (self.time, self._moment)):
            try:
                moment()
            except InputError as error:
                field.say(error.say(_))
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
        return True

    # Inside.

    def _read(self, text: str) -> dt.datetime | None:
        zone = self._form.zone()
        moment = read_moment(text, zone, dt.datetime.now(dt.UTC), "received_at")
        return moment.astimezone(zone) if moment is not None else None

    def _day(self) -> dt.date:
        text = fold(self.day.raw)
        today = dt.datetime.now(self._form.zone()).date()
        if text.isdecimal() and len(text) <= 2:
            text = _last(today, int(text))
        moment = self._read(f"{text} 0:00") if text else None
        if moment is None:
            raise InputError(N_("On which day?"), field="received_at")
        if moment.date() > today:
            raise InputError(N_("That day is still to come."), field="received_at")
        return moment.date()

    def _moment(self) -> dt.datetime:
        moment = self._read(self.time.raw)
        if moment is None:
            raise InputError(N_("At what time? Write it like 940."), field="received_at")
        moment = moment.replace(year=self._day().year, month=self._day().month, day=self._day().day)
        if moment > dt.datetime.now(self._form.zone()):
            raise InputError(N_("That time is still to come."), field="received_at")
        return moment

    def _put(self, day: dt.date, time: dt.time) -> None:
        for field, text in ((self.day, day.isoformat()), (self.time, f"{time.hour:02d}:{time.minute:02d}")):
            field.blockSignals(True)
            field.put(text)
            field.say("")
            field.blockSignals(False)
        self._show_weekday()

    def _stamp(self) -> None:
        self._show_weekday()
        try:
            received = self._moment().strftime("%Y-%m-%d %H:%M")
        except InputError:
            received = f"{self.day.raw} {self.time.raw}"  # refused when it is saved, never taken for now
        self._form.note_late(received)

    def _show_weekday(self) -> None:
        try:
            self._weekday.setText(dates.short_weekday(self._day(), current().language))
        except InputError:
            self._weekday.setText("")

    @Slot()
    def _on_edited(self) -> None:
        if self.active:
            self._stamp()

    @Slot(int)
    def _step_day(self, days: int) -> None:
        today = dt.datetime.now(self._form.zone()).date()
        try:
            day = self._day() + dt.timedelta(days=days)
        except InputError:
            day = today
        self.day.put(min(day, today).isoformat())
        self.day.editor.selectAll()

    @Slot(int)
    def _step_time(self, minutes: int) -> None:
        now = dt.datetime.now(self._form.zone())
        try:
            before = self._moment()
        except InputError:
            before = now
        after = min(before + minutes * _MINUTE, now)
        if after.date() == before.date():  # the day is another field's
            self.time.put(f"{after.hour:02d}:{after.minute:02d}")
        self.time.editor.selectAll()

    @Slot()
    def _on_entered(self) -> None:
        try:
            moment = self._moment()
        except InputError as error:
            self.time.say(error.say(_))
            return
        self._put(self._day(), moment.time())
        self._form.put_focus()

    @Slot()
    def _dress(self) -> None:
        self._mark.setPixmap(icons.pixmap("history", "care"))
        digit = self.fontMetrics().horizontalAdvance("0")
        self.day.editor.setFixedWidth(digit * 12 + 14)
        self.time.editor.setFixedWidth(digit * 7 + 14)


def _last(today: dt.date, day: int) -> str:
    """The last such day of a month that is not to come, as ``YYYY-MM-DD``; "" for no day of any month."""
    month = today.replace(day=1)
    for _month in range(3):
        try:
            found = month.replace(day=day)
        except ValueError:
            found = today + dt.timedelta(days=1)
        if found <= today:
            return found.isoformat()
        month = (month - dt.timedelta(days=1)).replace(day=1)
    return ""
