"""The page for whoever sits down or gets up: what waits, what was said, what is pinned, the handover."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reception.errors import DeskError
from reception.facts import Catalogue, Change, Duty, PinKind
from reception.facts.shifts import Handover, Pin, Shift
from ui import actions, icons, labels
from ui.changes import concerns
from ui.pages import Page, PageSpec
from ui.shift.duty import DutyLine
from ui.shift.handing import HandingBox
from ui.shift.items import Line
from ui.shift.pins import PinBoard
from ui.theme import GAP, GAP_SMALL
from ui.thrown import Thrown, first
from ui.today.drafts import Draft
from ui.widgets.buttons import Button
from ui.widgets.yielding import ElidedLabel
from ui.wording import _, ngettext
from ui.work import Lanes, Task

KINDS = ("entry", "handover", "pinned_note", "duty", "setting", "operator")
"""What a shift rests on, as `Change` names it."""
Written = tuple[tuple[str, PinKind, str], str, tuple[str, ...]]
"""What is written on the page: the line of a note, the remark, who is on duty."""


class ShiftPage(Page):
    """Ctrl+Enter does what the button beside the keyboard says."""

    closed = Signal()
    """Back was asked for."""

    def __init__(self, spec: PageSpec, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(spec, lanes, parent)
        self._catalogue: Catalogue | None = None
        self._fresh = self._handing_over = False
        self._sent: dict[Task, Any] = {}
        self.back = Button(_("Back"), self)
        self.who = QLabel(self)
        self.waits = ElidedLabel(self)
        self.forms = ElidedLabel(self)
        self.pins = PinBoard(lanes, self)
        self.duty = DutyLine(self)
        self.handing = HandingBox(lanes, self)
        self.paper = Button(_("Print the handover"), self)
        self._lay_out()
        self._chain()
        self._connect()

    def show_forms(self, drafts: Sequence[Draft]) -> None:
        """Tell which forms are open: they belong to this window, whoever is at the desk."""
        names = "、".join(one.caption for one in drafts)
        words = ngettext("{n} form is not saved: {names}", "{n} forms are not saved: {names}", len(drafts))
        self.forms.say(words.format(n=len(drafts), names=names) if drafts else "")
        self.forms.setVisible(bool(drafts))

    def activate(self) -> None:
        """The keyboard is at the answer to a handover, else where nothing is written by mistake."""
        self._fresh = True
        self._ask()
        self._put_focus()

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Another clerk, another site."""
        self._catalogue = catalogue
        self.duty.setVisible(dict(catalogue.site.values).get("on_duty") == "yes")
        self._ask()

    def changed(self, changes: tuple[Change, ...]) -> None:
        """Something waits or is said that did not or was not."""
        if concerns(changes, *KINDS) and self.isVisible():
            self._ask()

    def new_day(self, day: int) -> None:
        """Pins may be over, others are on duty."""
        self._ask()

    def has_unsaved_text(self) -> bool:
        """Whether anything is written that was not noted."""
        return (
            self.pins.unsaved or self.handing.unsaved or (self.duty.isVisibleTo(self) and self.duty.unsaved)
        )

    def save(self) -> None:
        """Ctrl+Enter: what belongs to where the keyboard is."""
        focus = QApplication.focusWidget()
        if focus is not None and self.pins.isAncestorOf(focus) and self.pins.unsaved:
            self.pins.give()
        elif focus is not None and self.duty.isAncestorOf(focus):
            self.duty.give()
        else:
            self.handing.give()

    def discard(self) -> None:
        """Nothing of what is written is wanted; `thrown` tells what it was."""
        if not self.has_unsaved_text():
            return
        written = (self.pins.typed, self.handing.field.raw, self.duty.typed)
        self.pins.clear()
        self.handing.clear()
        self.duty.discard()
        self.thrown.emit(Thrown(self, written))

    def put_back(self, written: Written) -> bool:
        """Show again what was thrown away, unless something else is written."""
        if self.has_unsaved_text():
            self.message.emit(first())
            return False
        note, remark, duty = written
        self.pins.put(note)
        self.handing.field.put(remark)
        self.duty.put(duty)
        return True

    def show_paper(self) -> bool:
        """The last handover of this desk, as far as it was accepted."""
        last = self.handing.last
        if last is None:
            self.message.emit(_("No shift of this desk was handed over yet."))
            return True
        from ui.sheet.opener import Wanted, open_forms

        open_forms(self, self.lanes, Wanted("handover", {"handover": last.id}))
        return True

    def _lay_out(self) -> None:
        title = QLabel(self.title, self)
        title.setProperty("role", "title")
        bar = QFrame(self)
        bar.setProperty("role", "bar")
        head = QHBoxLayout(bar)
        head.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        for widget in (self.back, title, self.who):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.paper)
        icons.dress(self.back, "arrow-left")
        icons.dress(self.paper, "printer")
        self.waits.setProperty("role", "heading")
        self.forms.setProperty("role", "care")
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(self.pins, 1)
        left.addWidget(self.duty)
        sides = QHBoxLayout()
        sides.setSpacing(2 * GAP)
        sides.addLayout(left, 1)
        sides.addWidget(self.handing, 1)
        holder = QVBoxLayout()
        holder.setContentsMargins(GAP, 0, GAP, GAP)
        for label in (self.waits, self.forms):
            holder.addWidget(label)
        holder.addLayout(sides, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(bar)
        column.addLayout(holder, 1)

    def _chain(self) -> None:
        # Fields are made without a parent: they would come last.
        stops: list[QWidget] = [self.back, *self.pins.stops(), *self.duty.stops(), *self.handing.stops()]
        stops.insert(1, self.paper)
        for one, then in pairwise(stops):
            QWidget.setTabOrder(one, then)

    def _connect(self) -> None:
        actions.press(self.back, "shift.back")
        actions.tip(self.paper, "shift.paper")
        self.paper.clicked.connect(self.show_paper)
        actions.bind(self, "shift.new", self.pins.text.setFocus)
        self.back.clicked.connect(self.closed)
        self.pins.wanted.connect(self._on_pin)
        self.pins.ended.connect(self._on_end)
        self.duty.wanted.connect(self._on_duty)
        self.handing.given.connect(self._on_given)
        self.handing.answered.connect(self._on_answered)
        self.handing.taken_back.connect(self._on_taken_back)
        self.handing.items.chosen.connect(self._on_item)

    def _put_focus(self) -> None:
        target = self.handing.act if self.handing.to_accept else self.handing.items
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # What the register says.

    def _ask(self) -> None:
        if self.lanes.catalogue is None:
            return
        self._catalogue = self.lanes.catalogue
        self.who.setText(self._catalogue.operator)
        self.lanes.read("shift", "shifts.look").done.connect(self._on_shift)
        if self.duty.isVisibleTo(self):
            day = labels.today(self._catalogue.site.zone)
            self.lanes.read("shift.duty", "duties.of", day).done.connect(self.duty.show_duty)

    @Slot(object)
    def _on_shift(self, shift: Shift) -> None:
        assert self._catalogue is not None
        counts, zone = shift.counters, self._catalogue.site.zone
        words = _(
            "Overdue {overdue}, late: not received {late}, papers {papers}, waiting {waiting}, "
            "call-backs {calls}, unanswered {unanswered}, to be checked {check}"
        )
        self.waits.say(
            words.format(
                overdue=counts.overdue,
                late=counts.not_received,
                papers=counts.unhandled,
                waiting=counts.waiting,
                calls=counts.callbacks,
                unanswered=counts.unanswered,
                check=counts.to_check,
            )
        )
        self.pins.show_pins(shift.pins, labels.today(zone))
        self.handing.show_shift(shift, self._catalogue.operator, zone)
        if self._fresh:  # only now it is known whether there is something to accept
            self._fresh = False
            if not self.has_unsaved_text():
                self._put_focus()

    # What the clerk does.

    @Slot(object)
    def _on_item(self, line: Line) -> None:
        if line.item.entry_id:  # a note has none
            self.open_entry.emit(line.item.entry_id)

    def _write(self, verb: str, *args: Any, about: Any = None, **kwargs: Any) -> Task:
        task = self.lanes.write(verb, *args, **kwargs, uid=uuid.uuid4())
        self._sent[task] = about
        return task

    def _about(self) -> Any:
        task = self.sender()
        assert isinstance(task, Task)
        return self._sent.pop(task)

    @Slot(str, object, object)
    def _on_pin(self, text: str, kind: PinKind, until: int | None) -> None:
        if self.pins.typed in self._sent.values():
            return  # a second press of the key is not a second note
        task = self._write("pins.pin", text, kind=kind, until=until, about=self.pins.typed)
        task.done.connect(self._on_pinned)
        task.failed.connect(self._on_not_pinned)

    @Slot(object)
    def _on_pinned(self, pin: Pin) -> None:
        if self._about() == self.pins.typed:
            self.pins.clear()
        self.message.emit(_("Pinned: {text}").format(text=pin.text))
        self._ask()

    @Slot(object)
    def _on_not_pinned(self, error: DeskError) -> None:
        self._about()
        self.pins.refuse(error)

    @Slot(object)
    def _on_end(self, pin: Pin) -> None:
        task = self._write("pins.end", pin.id)
        task.done.connect(self._on_ended)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_ended(self, pin: Pin) -> None:
        self._about()
        self.message.emit(_("Taken down: {text}").format(text=pin.text))
        self._ask()

    @Slot(object)
    def _on_duty(self, duty: Duty) -> None:
        task = self._write("duties.save", duty)
        task.done.connect(self._on_duty_saved)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_duty_saved(self, duty: Duty) -> None:
        self._about()
        self.duty.saved(duty)
        self.message.emit(_("It is kept who is on duty."))

    @Slot(str)
    def _on_given(self, remark: str) -> None:
        self._hand("shifts.hand_over", remark, about=remark)

    @Slot(int, str)
    def _on_answered(self, handover: int, missing: str) -> None:
        self._hand("shifts.accept", handover, missing=missing, about=missing)

    @Slot(int)
    def _on_taken_back(self, handover: int) -> None:
        self._hand("shifts.take_back", handover, about=None)

    def _hand(self, verb: str, *args: Any, about: str | None, **kwargs: Any) -> None:
        if self._handing_over:
            return  # a second press of the key is not a second act
        self._handing_over = True
        task = self._write(verb, *args, **kwargs, about=about)
        task.done.connect(self._on_handed)
        task.failed.connect(self._on_not_handed)

    @Slot(object)
    def _on_handed(self, one: Handover) -> None:
        self._handing_over = False
        if self._about() == self.handing.field.raw.strip():
            self.handing.clear()
        if one.answered_at is None:
            self.message.emit(_("The shift is handed over; whoever comes next accepts it."))
        elif one.missing:
            self.message.emit(_("It is noted what is missing."))
        else:
            self.message.emit(_("{name} has accepted the shift.").format(name=one.taker))
        self._ask()

    @Slot(object)
    def _on_not_handed(self, error: DeskError) -> None:
        self._handing_over = False
        self._about()
        self.handing.refuse(error)
        self._ask()

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self._about()
        self.message.emit(error.say(_))
        self._ask()
