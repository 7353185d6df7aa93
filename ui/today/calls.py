"""The steps of a call that is owed: reached, no answer, busy, given up; each by a digit."""

from __future__ import annotations

import uuid

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from reception.errors import DeskError
from reception.facts import AttemptResult, Receipt, Todo, TodoRow
from reception.shapes import dataclass
from ui import actions, icons
from ui.theme import GAP, GAP_SMALL
from ui.widgets.buttons import Button
from ui.widgets.texts import LineField
from ui.wording import N_, _
from ui.work import Lanes


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``asks`` is the question that has to be answered first, "" for none.

    ``result`` None gives the call up.
    """

    key: str
    title: str
    icon: str
    result: AttemptResult | None
    asks: str = ""


STEPS = (
    Step("1", N_("Reached"), "phone-call", AttemptResult.REACHED, N_("Who answered?")),
    Step("2", N_("No answer"), "phone-missed", AttemptResult.NO_ANSWER),
    Step("3", N_("Busy"), "circle-x", AttemptResult.BUSY),
    Step("4", N_("Give up …"), "ban", None, N_("Why is nobody called any more?")),
)


class CallSteps(QWidget):
    """The steps as buttons; shown while a call owed is under the cursor of the list."""

    wanted = Signal(object)
    """The `Step` that was chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}
        self.hide()

    def setVisible(self, visible: bool) -> None:
        """Make the buttons when they are first to be seen: the window is painted without them."""
        if visible and not self.buttons:
            self._make()
        super().setVisible(visible)

    def _make(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_SMALL)
        for step in STEPS:
            button = Button(f"{step.key} {_(step.title)}", self)
            button.setAutoDefault(False)
            button.setProperty("step", step.key)
            icons.dress(button, step.icon)
            actions.tip(button, f"todo.call-{step.key}")
            button.clicked.connect(self._on_clicked)
            row.addWidget(button)
            self.buttons[step.key] = button
        from ui.widgets.stops import take_place

        take_place(self, self.buttons.values())

    def choose(self, key: str) -> bool:
        """Choose a step by its digit; False where there is none, or nothing to choose for."""
        if self.isHidden() or key not in self.buttons:
            return False
        self.wanted.emit(next(step for step in STEPS if step.key == key))
        return True

    @Slot()
    def _on_clicked(self) -> None:
        self.choose(str(self.sender().property("step")))


class CallNote(QFrame):
    """Notes a step of one call owed; what it asks for is typed in a line of its own."""

    noted = Signal(object)
    """The ``Receipt`` of the step that was kept."""
    ended = Signal()
    """Nothing is asked any more."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._lanes = lanes
        self._row: TodoRow | None = None
        self._step: Step | None = None
        self._given: tuple[int, str, str, uuid.UUID] | None = None
        self._kept: dict[tuple[int, str], str] = {}
        self._made = False
        self.hide()

    def _make(self) -> None:
        """Make what the question needs when it is first asked: the window is painted without it."""
        if self._made:
            return
        self._made = True
        self.question = QLabel(self)
        self.question.setTextFormat(Qt.TextFormat.PlainText)
        self.field = LineField(parent=self)
        self.field.setAccessibleName(_("What the call came to"))
        self.wrong = QLabel(self)
        self.wrong.setProperty("role", "wrong")
        self.note = Button(_("Note it  Enter"), self)
        self.note.setProperty("kind", "primary")
        self.cancel = Button(_("Cancel  Esc"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        row.addWidget(self.question)
        row.addWidget(self.field, 1)
        for widget in (self.wrong, self.note, self.cancel):
            row.addWidget(widget)
        actions.tip(self.note, "dialog.agree")
        actions.tip(self.cancel, "dialog.cancel")
        self.note.clicked.connect(self._on_given)
        self.cancel.clicked.connect(self.drop)
        self.field.installEventFilter(self)
        from ui.widgets.stops import take_place

        take_place(self, (self.field, self.note, self.cancel))

    @property
    def unsaved(self) -> bool:
        """Whether something is typed, or kept from a question that was closed."""
        return bool(self._kept) or (not self.isHidden() and self._typed)

    @property
    def _typed(self) -> bool:
        return self.field.text().strip() not in ("", self._suggestion)

    @property
    def _suggestion(self) -> str:
        reached = self._step is not None and self._step.result is AttemptResult.REACHED
        return self._row.person if reached and self._row is not None else ""

    def begin(self, row: TodoRow, step: Step) -> None:
        """Note a step at once, or ask for what it needs; what was typed when it was closed stands again."""
        self._make()
        self._keep()
        self._row, self._step = row, step
        if not step.asks:
            self._write("")
            return
        self.question.setText(f"{_(step.asks)} ({row.person or row.phone})" if row.person else _(step.asks))
        self.field.setAccessibleName(_(step.asks))
        self.field.setText(self._kept.pop((_subject(row), step.key), self._suggestion))
        self.field.selectAll()
        self.wrong.hide()
        self.setEnabled(True)
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def drop(self) -> None:
        """Ask no more for now; what was typed is kept for when it is asked again."""
        self._keep()
        self._end()

    def _keep(self) -> None:
        if not self.isHidden() and self._typed and self._row is not None and self._step is not None:
            self._kept[_subject(self._row), self._step.key] = self.field.text()

    def _end(self) -> None:
        self.hide()
        self.ended.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter notes it, Esc closes it."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.drop()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.field.composing:
                self._on_given()
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _on_given(self) -> None:
        if self._step is not None and self.isEnabled():
            self._write(self.field.text())

    def _write(self, words: str) -> None:
        row, step = self._row, self._step
        assert row is not None
        assert step is not None
        subject = _subject(row)
        if self._given is None or self._given[:3] != (subject, step.key, words):
            self._given = (subject, step.key, words, uuid.uuid4())  # the same words again are the same act
        uid = self._given[3]
        suffix = "" if row.callback_id is not None else "_for"
        self.setEnabled(False)
        if step.result is None:
            task = self._lanes.write(f"callbacks.give_up{suffix}", subject, words, uid=uid)
        else:
            verb = f"callbacks.attempt{suffix}"
            task = self._lanes.write(verb, subject, step.result, reached=words, uid=uid)
        task.done.connect(self._on_done)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_done(self, receipt: Receipt) -> None:
        self._given = None
        self.noted.emit(receipt)
        self.setEnabled(True)
        self._end()

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self.setEnabled(True)
        self.wrong.setText(error.say(_))
        self.wrong.show()
        self.question.setText(_(self._step.title) if self._step is not None else "")
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def said(self) -> str:
        """What was refused, "" while nothing was."""
        return self.wrong.text() if self.isVisible() and not self.wrong.isHidden() else ""


def _subject(row: TodoRow) -> int:
    return row.callback_id if row.callback_id is not None else row.entry_id


def is_call(row: TodoRow | None) -> bool:
    """Whether a line of the list is a call owed."""
    return row is not None and row.what is Todo.CALLBACK
