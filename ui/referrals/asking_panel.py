"""The steps of what is under a list's cursor, worked by key: the bar, and the form that a step asks with.

Whoever has a list puts this beside it: it is told what is under the cursor, takes the keys, writes through
the lanes, and says what was noted. What is typed stays about what it was begun for, wherever the cursor goes
meanwhile.
"""

from __future__ import annotations

import uuid
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.errors import DeskError
from reception.facts import Catalogue
from ui import labels
from ui.referrals.asking import StepForm
from ui.referrals.bar import StepBar
from ui.referrals.kept import Dropped, Kept
from ui.referrals.step import Named, Step, Values
from ui.theme import GAP_SMALL
from ui.thrown import Thrown, first
from ui.today.choices import department_choices
from ui.widgets.texts import LineField, TextField
from ui.wording import _
from ui.work import Lanes

_Act = tuple[str, int | None, Values, uuid.UUID]


class AskingPanel(QWidget):
    """Bar and form.

    Args:
        lanes: the way to the register.
        steps: those that there are.
        parent: the usual one.
    """

    noted = Signal(object)
    """What the verb of a step that was kept gave: ask anew what is shown."""
    message = Signal(str)
    """What was noted, or why a key does nothing; for the foot of the window."""
    left = Signal()
    """Nothing is asked any more: the keyboard belongs to the list."""
    asked = Signal()
    """The form has other fields than before."""
    thrown = Signal(object)
    """``Thrown``: what was typed and dropped."""
    brought = Signal(object)
    """The names of the cases about which an earlier window had something half typed."""

    outside = False
    """Whether organisations outside may be chosen where a department is asked for."""

    def __init__(self, lanes: Lanes, steps: tuple[Step, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._steps = steps
        self._zone = ZoneInfo("UTC")
        self._about: Named | None = None
        self._catalogue: Catalogue | None = None
        self._given: _Act | None = None
        self._done: tuple[str, int | None] | None = None
        """The step without a question that was noted, and about whom: the list does not show it yet."""
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

    # What children say.

    def blank(self) -> Named | None:
        """What a step is about that begins something new."""
        return None

    def called(self, mark: str, step: str = "") -> str:
        """What somebody reads for the mark of a case, about which ``step`` was asked."""
        return mark

    def fitting(self, about: Named) -> Step | None:
        """The step that the row waits for."""
        offered = self.bar.offered
        return next((one for one in self._steps if one.name in offered and not one.anew), None)

    def why_not(self, _key: str, about: Named) -> str:
        """Why a key does nothing now, translated."""
        return ""

    def verb(self, step: Step, _about: Named) -> str:
        """The verb that notes a step."""
        return step.verb

    def _site_zone(self) -> ZoneInfo:
        return self._zone

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Take the departments to choose from, and the site's zone."""
        self._catalogue = catalogue
        self._zone = labels.zone(catalogue.site.zone)
        day = labels.today(catalogue.site.zone)
        self.form.offer(department_choices(catalogue, day, outside=self.outside))

    # What is under the cursor.

    def show_about(self, about: Named | None) -> None:
        """Offer the steps of what is under the cursor now."""
        self._about = about
        if self._given is None:
            self._done = None
        self.bar.offer(about)
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
        if not self.bar.choose(key) and self._about is not None:
            self._refused = True
            self.message.emit(self.why_not(key, self._about))

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
        step = self.fitting(self._about) if self._about is not None else None
        if step is not None:
            self.begin(step)
        elif self._about is not None:
            self.message.emit(_("There is no step to be noted here; Enter opens the entry."))

    @Slot(object)
    def begin(self, step: Step) -> None:
        """Ask for what ``step`` needs; what needs nothing is noted at once."""
        about = self.blank() if step.anew else self._about
        if about is None:
            return
        if step.asks or step.sentence:
            self._given = None
            self.form.ask(step, about)
            self.asked.emit()
        elif (this := (step.name, step.subject(about))) != self._done:  # a key struck twice means it once
            self._given = None
            self._done = this
            self.form.close_question()
            self._write(step, about, {})

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

    def discard(self) -> None:
        """Throw away what was typed; `thrown` tells what that was."""
        self._given = None
        dropped = self.form.forget()
        self.left.emit()
        if dropped is not None:
            self.thrown.emit(Thrown(self, dropped))

    def put_back(self, dropped: Dropped) -> bool:
        """Ask again what was thrown away; False, with the reason told, while something else is typed."""
        if not self.form.recall(dropped):
            self.message.emit(first())
            return False
        if self.form.step is not None:
            self.asked.emit()
        return True

    # What an earlier window had.

    def bring_back(self, kept: Kept) -> None:
        """Take what an earlier window had half typed: it is asked again once its case is under the cursor."""
        self.form.bring_back(kept)
        self._brought |= kept.keys()
        self.brought.emit(frozenset(case for case, _step in kept))
        self._resume()

    def _resume(self) -> None:
        if self.form.step is not None or not self.isVisible():
            return
        for step in self._steps:
            about = self.blank() if step.anew else self._about
            if about is None or step.name not in self.bar.offered:
                continue
            if (about.mark, step.name) in self._brought:
                self._brought.discard((about.mark, step.name))
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
        step, about = self.form.step, self.form.case
        if step is not None and about is not None:
            self._write(step, about, values)

    def _write(self, step: Step, about: Named, values: Values) -> None:
        subject = None if step.anew else step.subject(about)
        if subject is None and not step.anew:
            return
        act = self._given
        if act is None or act[:3] != (step.name, subject, values):
            act = (step.name, subject, values, uuid.uuid4())  # the same words again are the same act
        self._given = act
        self.form.setEnabled(False)
        writing = _Writing(step, about, values, self)
        subjects = () if subject is None else (subject,)
        given = step.arguments(about, values)
        task = self._lanes.write(self.verb(step, about), *subjects, **given, uid=act[3])
        task.done.connect(writing.done)
        task.failed.connect(writing.failed)

    def done(self, step: Step, about: Named, values: Values, result: Any) -> None:
        """The register has it."""
        self._given = None
        self.form.setEnabled(True)
        if self.form.step is step and self.form.case is about:
            self.form.drop()
        told = " · ".join(filter(None, (_(step.title), step.result(values) if step.result else "")))
        name = self.made(result) or self.called(about.mark)
        self.message.emit(_("Noted: {name} {step}").format(name=name, step=told))
        self.after(step, about)
        self.noted.emit(result)
        if self.form.step is None:
            self.left.emit()

    def made(self, result: Any) -> str:
        """What the result of a step is called: what is begun anew has its number now; "" for nothing new."""
        return str(getattr(result, "number", ""))

    def after(self, step: Step, about: Named) -> None:
        """A step was kept; ``noted`` tells of it next."""

    def failed(self, step: Step, about: Named, error: DeskError) -> None:
        """The register refused it: the reason stands at the field, and what was typed stays."""
        self._done = None
        if self.form.step is not step or self.form.case is not about:
            self.form.ask(step, about)
            self.asked.emit()
        self.form.refuse(error)


class _Writing(QObject):
    """One step on its way: what it was about may not be under the cursor any more when the answer comes."""

    def __init__(self, step: Step, about: Named, values: Values, panel: AskingPanel) -> None:
        super().__init__(panel)
        self._step, self._about, self._values, self._panel = step, about, values, panel

    @Slot(object)
    def done(self, receipt: Any) -> None:
        """It was kept."""
        self._panel.done(self._step, self._about, self._values, receipt)
        self.deleteLater()

    @Slot(object)
    def failed(self, error: DeskError) -> None:
        """It was refused."""
        self._panel.failed(self._step, self._about, error)
        self.deleteLater()
