"""The steps of what is under a list's cursor, worked by key: the bar, and the form that a step asks with.

Whoever has a list of referrals puts this beside it: it is told what is under the cursor, takes the keys,
writes through the lanes, and says what was noted. What is typed stays about what it was begun for, wherever
the cursor goes meanwhile.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.errors import DeskError
from reception.facts import Catalogue, Receipt, ReferralStatus, Term, Todo
from reception.words import CLOCKS, PARTS, REFERRALS, TODOS, small
from ui import labels, words
from ui.referrals import whereto
from ui.referrals.asking import StepForm
from ui.referrals.bar import StepBar
from ui.referrals.case import Case
from ui.referrals.kept import Dropped, Kept
from ui.referrals.steps import CALLS, STEPS, WENT_IN, Shape, Step, Values, fitting, verb_of
from ui.theme import GAP_SMALL
from ui.today.choices import department_choices
from ui.widgets.texts import LineField, TextField
from ui.wording import _
from ui.work import Lanes

_Act = tuple[str, int, Values, uuid.UUID]


class StepPanel(QWidget):
    """Bar and form.

    Args:
        lanes: the way to the register.
        steps: those that there are.
        parent: the usual one.
    """

    noted = Signal(object)
    """The ``Receipt`` of a step that was kept: ask anew what is shown."""
    moved = Signal(object)
    """The id of a referral of which another part may go on now; before ``noted``."""
    message = Signal(str)
    """What was noted, or why a key does nothing; for the foot of the window."""
    left = Signal()
    """Nothing is asked any more: the keyboard belongs to the list."""
    asked = Signal()
    """The form has other fields than before."""
    brought = Signal(object)
    """The names of the cases about which an earlier window had something half typed."""

    def __init__(self, lanes: Lanes, steps: tuple[Step, ...] = STEPS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._steps = steps
        self._zone = ZoneInfo("UTC")
        self._case: Case | None = None
        self._catalogue: Catalogue | None = None
        self._given: _Act | None = None
        self._brought: set[tuple[str, str]] = set()
        """Cases and steps that an earlier window asked about: each is asked again once."""
        self._refused = False
        """The foot says why a key did nothing."""
        self.form = StepForm(self._site_zone, self)
        self.bar = StepBar(steps, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self.form)
        column.addWidget(self.bar)
        self.bar.wanted.connect(self.begin)
        self.form.given.connect(self._note)
        self.form.dropped.connect(self.put_off)
        self.form.edited.connect(self._foresee)
        self.form.edited.connect(self._tell_where)

    def _site_zone(self) -> ZoneInfo:
        return self._zone

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Take the departments to choose from, and the site's zone."""
        self._catalogue = catalogue
        self._zone = labels.zone(catalogue.site.zone)
        day = labels.today(catalogue.site.zone)
        self.form.offer(department_choices(catalogue, day, outside=False))

    # What is under the cursor.

    def show_case(self, case: Case | None) -> None:
        """Offer the steps of what is under the cursor now."""
        if case is not None and self._catalogue is not None:
            case = replace(case, officer=whereto.officer(self._catalogue, case.todo.department))
        self._case = case
        self.bar.offer(case)
        self._resume()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab walks through, in order."""
        return (*self.form.stops, *self.bar.buttons.values())

    def watch(self, table: QWidget) -> None:
        """Let a step's key alone choose it in ``table``, and Space the step that the row waits for."""
        table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the steps, in the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._unsay()
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and event.key() == Qt.Key.Key_Space:
                self.begin_fitting()
                return True
            if plain and event.text() and event.text().upper() in self.bar.keys:
                self.choose(event.text())
                return True
        return super().eventFilter(watched, event)

    # Asking.

    def choose(self, key: str) -> None:
        """Begin the step with this key, or say why it cannot be now, until the next key."""
        self._unsay()
        if not self.bar.choose(key) and self._case is not None:
            named = [one for one in self._steps if one.key == key.upper()]
            titles = [_(one.title) for one in named if _of(one, self._case)]
            titles = titles or [_(one.title) for one in named]
            told = _("{step} is not possible now: {number} is {status}.")
            self._refused = True
            self.message.emit(
                told.format(step=" / ".join(titles), number=self._case.name, status=_status(self._case))
            )

    def _unsay(self) -> None:
        if self._refused:
            self._refused = False
            self.message.emit("")

    def hideEvent(self, event: QHideEvent) -> None:
        """Why a key did nothing is of no use on another page."""
        super().hideEvent(event)
        self._unsay()

    def begin_fitting(self) -> None:
        """Begin the step that the row waits for."""
        step = fitting(self._case, self._steps) if self._case is not None else None
        if step is not None:
            self.begin(step)
        elif self._case is not None:
            self.message.emit(_("There is no step to be noted here; Enter opens the entry."))

    @Slot(object)
    def begin(self, step: Step) -> None:
        """Ask for what ``step`` needs; what needs nothing is noted at once."""
        if self._case is None:
            return
        self._given = None
        if step.asks or step.sentence:
            self.form.ask(step, self._case)
            self.asked.emit()
            self._foresee()
            self._tell_where()
        else:
            self.form.close_question()
            self._write(step, self._case, {})

    @property
    def unsaved(self) -> bool:
        """Whether a step is half typed."""
        return self.form.unsaved

    def give(self) -> None:
        """Note the step that is being typed."""
        self.form.give()

    @Slot()
    def put_off(self) -> None:
        """Close the question; what was typed is kept."""
        self._given = None
        self.form.close_question()
        self.left.emit()

    def discard(self) -> Dropped | None:
        """Throw away what was typed; what that was, for `put_back`."""
        self._given = None
        dropped = self.form.forget()
        self.left.emit()
        return dropped

    def put_back(self, dropped: Dropped) -> bool:
        """Ask again what was thrown away; False while something else is typed."""
        done = self.form.recall(dropped)
        if done and self.form.step is not None:
            self.asked.emit()
        return done

    # What an earlier window had.

    def bring_back(self, kept: Kept) -> None:
        """Take what an earlier window had half typed: it is asked again once its case is under the cursor."""
        self.form.bring_back(kept)
        self._brought |= kept.keys()
        self.brought.emit(frozenset(case for case, _step in kept))
        self._resume()

    def _resume(self) -> None:
        case = self._case
        if case is None or self.form.step is not None or not self.isVisible():
            return
        for step in self._steps:
            if (case.name, step.name) in self._brought and step.name in self.bar.offered:
                self._brought.discard((case.name, step.name))
                self.begin(step)
                self._go_to_the_end()
                return

    def _go_to_the_end(self) -> None:
        """Into the last text that was typed, behind it."""
        texts = [one.editor for one in self.form.fields.values() if one.typed and one.editor.isVisible()]
        for editor in texts:
            if isinstance(editor, LineField):
                editor.end(False)
            elif isinstance(editor, TextField):
                editor.moveCursor(QTextCursor.MoveOperation.End)
            else:
                continue
            editor.setFocus()

    # Writing.

    @Slot(object)
    def _note(self, values: Values) -> None:
        step, case = self.form.step, self.form.case
        if step is not None and case is not None:
            self._write(step, case, values)

    def _write(self, step: Step, case: Case, values: Values) -> None:
        subject = step.subject(case)
        if subject is None:
            return
        act = self._given
        if act is None or act[:3] != (step.name, subject, values):
            act = (step.name, subject, values, uuid.uuid4())  # the same words again are the same act
        self._given = act
        self.form.setEnabled(False)
        writing = _Writing(step, case, values, self)
        task = self._lanes.write(verb_of(step, case), subject, **step.arguments(case, values), uid=act[3])
        task.done.connect(writing.done)
        task.failed.connect(writing.failed)

    def done(self, step: Step, case: Case, values: Values, receipt: Receipt) -> None:
        """The register has it."""
        self._given = None
        self.form.setEnabled(True)
        if self.form.step is step and self.form.case is case:
            self.form.drop()
        told = " · ".join(filter(None, (_(step.title), step.result(values) if step.result else "")))
        self.message.emit(_("Noted: {name} {step}").format(name=case.name, step=told))
        if step.moves and case.row is not None:
            self.moved.emit(case.row.referral_id)
        self.noted.emit(receipt)
        if self.form.step is None:
            self.left.emit()

    def failed(self, step: Step, case: Case, error: DeskError) -> None:
        """The register refused it: the reason stands at the field, and what was typed stays."""
        if self.form.step is not step or self.form.case is not case:
            self.form.ask(step, case)
            self.asked.emit()
        self.form.refuse(error)

    # What is to be known of where it goes.

    @Slot()
    def _tell_where(self) -> None:
        step, case = self.form.step, self.form.case
        if step is None or case is None or self._catalogue is None:
            return
        asked = next((ask.name for ask in step.asks if ask.shape is Shape.DEPARTMENT), None)
        if asked is not None:
            number, _text = self.form.fields[asked].raw
            self.form.tell(whereto.said(self._catalogue, case, number))

    # What would become of the due date.

    @Slot()
    def _foresee(self) -> None:
        step, case = self.form.step, self.form.case
        if step is None or case is None or not step.foresee or case.row is None:
            return
        text = str(self.form.fields["amount"].raw).strip()
        if not text.isdecimal() or not 0 < int(text) < 10_000:
            self.form.tell(self._due(case, None))
            return
        task = self._lanes.read("referrals.foresee", step.foresee, case.row.referral_id, int(text))
        task.done.connect(self._on_foreseen)
        task.failed.connect(self._on_not_foreseen)

    @Slot(object)
    def _on_foreseen(self, term: Term) -> None:
        if self.form.case is not None and self.form.step is not None and self.form.step.foresee:
            self.form.tell(self._due(self.form.case, term))

    @Slot(object)
    def _on_not_foreseen(self, error: DeskError) -> None:
        if self.form.step is not None and self.form.step.foresee:
            self.form.refuse(error)

    def _due(self, case: Case, then: Term | None) -> str:
        """``Due 24 Nov → 27 Nov (working days)``."""
        if case.row is None or case.row.term is None:
            return ""
        now = case.row.term
        clock = _(CLOCKS[now.clock])
        before = self._day(now)
        if then is None:
            told = _("Due {day}; the limit is {amount} {clock}")
            return told.format(day=before, amount=now.amount, clock=clock)
        after = self._day(then)
        return _("Due {before} → {after} (limit {old} → {new} {clock})").format(
            before=before, after=after, old=now.amount, new=then.amount, clock=clock
        )

    def _day(self, term: Term) -> str:
        day = words.term_day(term, self._zone, whole=True)
        return _("{day} ({mark})").format(day=day, mark=_("provisional")) if term.provisional else day


def _of(step: Step, case: Case) -> bool:
    """Whether a step is about such a row at all: a digit means another step with a call than with a part."""
    if case.row is not None:
        return step not in (WENT_IN, *CALLS)
    return step in (CALLS if case.todo.what is Todo.CALLBACK else (WENT_IN,))


def _status(case: Case) -> str:
    """Where it stands, inside a sentence."""
    row = case.row
    if row is None:
        return small(_(TODOS[case.todo.what]))
    if row.sealed:
        return small(row.subject)  # it says whom to ask
    if row.referral_status not in (ReferralStatus.OPEN, ReferralStatus.COMPLETED):
        return small(_(REFERRALS[row.referral_status]))
    return small(_("Clock stands")) if case.paused else small(_(PARTS[row.part.status]))


class _Writing(QObject):
    """One step on its way: what it was about may not be under the cursor any more when the answer comes."""

    def __init__(self, step: Step, case: Case, values: Values, panel: StepPanel) -> None:
        super().__init__(panel)
        self._step, self._case, self._values, self._panel = step, case, values, panel

    @Slot(object)
    def done(self, receipt: Any) -> None:
        """It was kept."""
        self._panel.done(self._step, self._case, self._values, receipt)
        self.deleteLater()

    @Slot(object)
    def failed(self, error: DeskError) -> None:
        """It was refused."""
        self._panel.failed(self._step, self._case, error)
        self.deleteLater()
