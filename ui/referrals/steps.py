"""The five things that a clerk notes about a referral for the department, each asking for one line."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reception.errors import DeskError
from reception.facts import PartStatus, ReferralRow, ReferralStatus, Role
from reception.wording import N_
from ui import actions
from ui.icons import dress
from ui.theme import GAP, GAP_SMALL
from ui.widgets.buttons import Button
from ui.widgets.form import Form, TextBox, typed
from ui.wording import _


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its key, its words, the verb that notes it, and the fact that it asks for.

    ``whole`` steps are about the referral, the others about the department's part of it.
    """

    key: str
    title: str
    prompt: str
    verb: str
    field: str
    icon: str
    long: bool = False
    whole: bool = False


TOLD = Step(
    "1", N_("Told by phone"), N_("Whom did you tell?"), "referrals.told", "told_whom", "phone-outgoing"
)
RECEIVED = Step("2", N_("Received"), N_("Received by"), "referrals.receive", "received_by", "inbox")
ANSWERED = Step(
    "3",
    N_("Answered"),
    N_("What is their answer?"),
    "referrals.answer",
    "answer",
    "message-circle-reply",
    long=True,
)
RETURNED = Step(
    "4",
    N_("Returned"),
    N_("Why did they return it?"),
    "referrals.give_back",
    "return_reason",
    "corner-up-left",
    long=True,
)
CLOSED = Step(
    "5",
    N_("Close"),
    N_("Closing note (may be empty after an answer)"),
    "referrals.close",
    "closing_note",
    "circle-check",
    long=True,
    whole=True,
)
STEPS = (TOLD, RECEIVED, ANSWERED, RETURNED, CLOSED)


def possible(row: ReferralRow | None) -> tuple[Step, ...]:
    """The steps that make sense for a part as it stands; the register has the last word."""
    if row is None or row.referral_status in (ReferralStatus.CLOSED, ReferralStatus.WITHDRAWN):
        return ()
    status = row.part.status
    steps: list[Step] = []
    if status in (PartStatus.SENT, PartStatus.RECEIVED):
        steps = (
            [TOLD, RECEIVED, ANSWERED, RETURNED] if status is PartStatus.SENT else [TOLD, ANSWERED, RETURNED]
        )
    lead_done = row.part.role is Role.LEAD and status in (PartStatus.ANSWERED, PartStatus.RETURNED)
    if lead_done or row.referral_status is ReferralStatus.COMPLETED:
        steps.append(CLOSED)
    return tuple(steps)


class StepBar(QWidget):
    """A button for each step, with its key."""

    wanted = Signal(object)
    """The `Step` that was chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP_SMALL)
        for at, step in enumerate(STEPS):
            button = Button(f"{step.key}  {_(step.title)}", self)
            button.setProperty("step", step.key)
            button.setToolTip(f"{_(step.title)} (Ctrl+{step.key})")
            dress(button, step.icon)
            button.clicked.connect(self._on_clicked)
            grid.addWidget(button, at // 3, at % 3)
            self.buttons[step.key] = button

    def offer(self, row: ReferralRow | None) -> None:
        """Enable the steps that make sense for ``row``."""
        keys = {step.key for step in possible(row)}
        for key, button in self.buttons.items():
            button.setEnabled(key in keys)

    def choose(self, key: str) -> bool:
        """Choose a step by its key; False when it makes no sense now."""
        button = self.buttons.get(key)
        if button is None or not button.isEnabled():
            return False
        self.wanted.emit(next(step for step in STEPS if step.key == key))
        return True

    @Slot()
    def _on_clicked(self) -> None:
        self.choose(str(self.sender().property("step")))


class StepForm(QFrame):
    """Asks for the one thing that a step needs. Enter (Ctrl+Enter in a long text) notes it, Esc closes it.

    What was typed when it closed stands there again when the same is asked again.
    """

    given = Signal(object, str)
    """The `Step`, and what was typed."""
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.step: Step | None = None
        self._form: Form | None = None
        self._about = ""
        self._suggestion = ""
        self._kept: dict[tuple[str, str], str] = {}
        self._title = QLabel(self)
        self._title.setProperty("role", "heading")
        self.save = Button(_("Note it  Enter"), self)
        self.save.setProperty("kind", "primary")
        self.save.clicked.connect(self.give)
        actions.tip(self.save, "referrals.note")
        self.cancel = Button(_("Cancel  Esc"), self)
        self.cancel.clicked.connect(self.dropped)
        actions.tip(self.cancel, "referrals.cancel")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.save)
        buttons.addWidget(self.cancel)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(GAP, GAP, GAP, GAP)
        self._column.addWidget(self._title)
        self._column.addLayout(buttons)
        self.hide()

    def ask(self, step: Step, about: str, suggestion: str) -> None:
        """Ask for what ``step`` needs; ``about`` names the part, ``suggestion`` may be typed over."""
        self.close_question()
        self.step, self._about, self._suggestion = step, about, suggestion
        words = self._kept.pop((about, step.key), suggestion)
        self._title.setText(f"{_(step.title)} · {about}")
        self._form = Form(self)
        field = TextBox(3, self._form) if step.long else QLineEdit(self._form)
        self._form.add_above(step.field, _(step.prompt), field)
        self._column.insertWidget(1, self._form)
        self.save.setText(_("Note it  Ctrl+Enter") if step.long else _("Note it  Enter"))
        field.installEventFilter(self)
        self.setEnabled(True)
        self.show()
        field.setFocus()
        if isinstance(field, QLineEdit):
            field.setText(words)
            field.selectAll()
        else:
            field.setPlainText(words)
            field.moveCursor(QTextCursor.MoveOperation.End)

    def close_question(self) -> None:
        """Ask no more for now; what was typed is kept for when it is asked again."""
        if self.step is not None and self.text.strip() not in ("", self._suggestion):
            self._kept[self._about, self.step.key] = self.text
        self.drop()

    @property
    def unsaved(self) -> bool:
        """Whether something is typed, or kept from a question that was closed."""
        return bool(self._kept) or (self.step is not None and bool(self.text.strip()))

    def forget(self) -> None:
        """Forget what was kept, and the question with what is typed."""
        self._kept.clear()
        self.drop()

    def drop(self) -> None:
        """Forget the question and what was typed."""
        self.step = None
        if self._form is not None:
            self._form.hide()  # it lives until the event loop comes round
            self._form.deleteLater()
            self._form = None
        self.hide()

    def refuse(self, error: DeskError) -> None:
        """Say why the register did not take it; what was typed stays."""
        self.setEnabled(True)
        if self._form is not None:
            self._form.say(error)
            if self.step is not None:
                self._form.field(self.step.field).setFocus()

    @property
    def field(self) -> QWidget | None:
        """The field that is typed into; None while nothing is asked."""
        if self._form is None or self.step is None:
            return None
        return self._form.field(self.step.field)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab walks through, in order."""
        return (*((self.field,) if self.field is not None else ()), self.save, self.cancel)

    @property
    def text(self) -> str:
        """What was typed so far."""
        return typed(self.field) if self.field is not None else ""

    @property
    def said(self) -> str:
        """What was refused."""
        return self._form.said if self._form is not None else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter gives a line, Ctrl+Enter a text, Esc closes either."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.step is not None:
            if event.key() == Qt.Key.Key_Escape:
                self.dropped.emit()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
                if control or not self.step.long:
                    self.give()
                    return True
        return super().eventFilter(watched, event)

    @Slot()
    def give(self) -> None:
        """Note what is typed, if anything is asked."""
        if self.step is not None and self.isEnabled():
            self.given.emit(self.step, self.text)
