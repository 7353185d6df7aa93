"""The one form of all steps: it lays out what a step asks for, and gives what stands there.

Enter goes to the next field and from the last one notes it, Ctrl+Enter notes it from anywhere, Esc closes the
question; what was typed stands there again when the same is asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from reception.errors import DeskError, InputError
from reception.wording import N_
from ui import actions
from ui.announcing import announce
from ui.referrals import asked
from ui.referrals.kept import Dropped, Kept, Raw
from ui.referrals.one_of import OneOf
from ui.referrals.step import Ask, Named, Step
from ui.theme import GAP, GAP_SMALL
from ui.today.fields import ChoiceBox, Field, TextBox
from ui.widgets.buttons import Button
from ui.widgets.choice_field import Choice
from ui.widgets.digits import DigitRow
from ui.widgets.list_field import ListField
from ui.widgets.texts import LineField, TextField, is_enter
from ui.wording import _

_MISSING = N_("This is still missing.")


class StepForm(QFrame):
    """Asks for what one step needs."""

    given = Signal(object)
    """What stands in the fields that are asked, by name, is to be noted."""
    dropped = Signal()
    """The question is closed; what was typed is kept."""
    edited = Signal()
    """Something is different from before."""

    def __init__(self, zone: Callable[[], ZoneInfo], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._zone = zone
        self.step: Step | None = None
        self.case: Named | None = None
        self.fields: dict[str, Field] = {}
        self._rows: dict[str, QWidget] = {}
        self._holder: QWidget | None = None
        self._area: asked.Area | None = None
        self._suggested: Raw = {}
        self._kept: Kept = {}
        self._choices: Sequence[Choice] = ()
        self._title, self._general, self.note = (_words(self, one) for one in ("heading", "wrong", "care"))
        self._title.show()
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
        self._column.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        self._column.setSpacing(GAP_SMALL)
        for widget in (self._title, self.note, self._general):
            self._column.addWidget(widget)
        self._column.addLayout(buttons)
        self.hide()

    def offer(self, choices: Sequence[Choice]) -> None:
        """The departments to choose from."""
        self._choices = choices
        for field in self.fields.values():
            if isinstance(field, ChoiceBox):
                field.offer(choices)

    # Asking.

    def ask(self, step: Step, case: Named) -> None:
        """Ask for what ``step`` needs about ``case``."""
        self.close_question()
        self.step, self.case = step, case
        self._title.setText(_(step.title) if step.anew else f"{_(step.title)} · {case.name}")
        self._say_general("")
        self.tell(step.about(case) if step.about is not None else _(step.sentence) if step.sentence else "")
        self._make(step, case)
        self.save.setText(_("Note it  Enter"))
        self.setEnabled(True)
        self.show()
        shown = self._shown()
        (self.fields[shown[0].name] if shown else self.save).setFocus()

    def _make(self, step: Step, case: Named) -> None:
        self._holder = QWidget(self)
        rows = asked.Rows(self._holder)
        for ask in step.asks:
            field = self._field(ask, ask.unit(case) if ask.unit is not None else "")
            self.fields[ask.name] = field
            if ask.suggest is not None and (suggestion := ask.suggest(case)):
                field.put(self._raw(field, suggestion))
            self._suggested[ask.name] = field.raw
            self._rows[ask.name] = rows.add(ask, field)
        rows.end()
        for name, raw in self._kept.pop((case.mark, step.name), {}).items():
            if name in self.fields:  # another version of the program may have asked for more
                self.fields[name].put(raw)
        for name, field in self.fields.items():
            field.edited.connect(self._on_edited)
            if field.raw != self._suggested[name] and isinstance(field.editor, LineField):
                field.editor.end(False)
        self._area = asked.Area(self._holder, self) if len(step.asks) > asked.MANY else None
        self._column.insertWidget(1, self._area or self._holder, 1)
        self._look()

    def _raw(self, field: Field, suggestion: Any) -> Any:
        """What is put into a field; a department is suggested by its code."""
        if not isinstance(field, ChoiceBox):
            return suggestion
        return next(((one.id, None) for one in self._choices if one.code == suggestion), field.empty)

    def _field(self, ask: Ask, unit: str) -> Field:
        label = _("{question} ({unit})").format(question=_(ask.label), unit=unit) if unit else _(ask.label)
        field = asked.field(ask, label, self._zone, self._choices)
        if isinstance(field, OneOf):
            field.picked.connect(self._on_picked)
            field.hear_methods()
            for widget in (field.editor, *field.stops()):
                widget.installEventFilter(self)
        elif isinstance(field.editor, LineField | TextField):
            field.editor.installEventFilter(self)
            if ask.hint:
                field.editor.setPlaceholderText(_(ask.hint))
        return field

    def propose(self, name: str, raw: Any) -> None:
        """Put into an untouched field what is likely there: it counts as little as if nobody had typed it."""
        field = self.fields.get(name)
        if field is not None and field.raw in (field.empty, self._suggested[name]):
            self._suggested[name] = raw
            field.put(raw)
            self._suggested[name] = field.raw
            _select(field)

    def tell(self, sentence: str) -> None:
        """Say what is to be known before it is agreed to (translated), "" for nothing."""
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))

    # What stands there.

    @property
    def typed(self) -> Raw:
        """What stands in the fields, as typed."""
        return {name: field.raw for name, field in self.fields.items()}

    @property
    def unsaved(self) -> bool:
        """Whether something is typed, or kept from a question that was closed."""
        return bool(self._kept) or self._changed

    @property
    def _changed(self) -> bool:
        return any(field.raw != self._suggested[name] and field.typed for name, field in self.fields.items())

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab walks through, in order."""
        found: list[QWidget] = []
        for field in self.fields.values():
            found += field.stops() if isinstance(field, OneOf) else (field.editor,)
        return (*found, self.save, self.cancel)

    def _shown(self) -> list[Ask]:
        """What is asked, by what stands in the fields before."""
        if self.step is None or self.case is None:
            return []
        shown: list[Ask] = []
        before: Raw = {}
        for ask in self.step.asks:
            if ask.wanted is None or ask.wanted(self.case, before):
                shown.append(ask)
                before[ask.name] = self.fields[ask.name].raw
        return shown

    def _look(self) -> None:
        shown = {ask.name for ask in self._shown()}
        for name, row in self._rows.items():
            row.setVisible(name in shown)

    @Slot()
    def _on_edited(self) -> None:
        self._look()
        self.edited.emit()

    # Closing.

    def close_question(self) -> None:
        """Ask no more for now; what was typed is kept for when it is asked again."""
        if self.step is not None and self.case is not None and self._changed:
            self._kept[self.case.mark, self.step.name] = self.typed
        self.drop()

    def drop(self) -> None:
        """Forget the question and what was typed."""
        self.step = self.case = None
        self.fields, self._rows, self._suggested = {}, {}, {}
        if self._holder is not None:
            for widget in filter(None, (self._holder, self._area)):
                widget.hide()  # they live until the event loop comes round
                widget.deleteLater()
            self._holder = self._area = None
        self.hide()

    def forget(self) -> Dropped | None:
        """Forget what was kept, and the question with what is typed; what that was, None for nothing."""
        step, case = self.step, self.case
        self.close_question()
        kept, self._kept = self._kept, {}
        return Dropped(kept, step, case) if kept else None

    def recall(self, dropped: Dropped) -> bool:
        """Ask again what was forgotten; False while something else is typed."""
        if self._changed:
            return False
        self._kept |= dropped.kept
        if dropped.step is not None and dropped.case is not None:
            self.ask(dropped.step, dropped.case)
        return True

    @property
    def everything(self) -> Kept:
        """What is typed and what is kept."""
        if self.step is None or self.case is None or not self._changed:
            return dict(self._kept)
        return {**self._kept, (self.case.mark, self.step.name): self.typed}

    def bring_back(self, kept: Kept) -> None:
        """Keep what an earlier window kept; what is typed here goes first."""
        self._kept = {**kept, **self.everything}
        if self.step is not None and self.case is not None and self._changed:
            self._kept.pop((self.case.mark, self.step.name), None)

    # Giving.

    @Slot()
    def give(self) -> None:
        """Note what stands there, if anything is asked; what is missing is said at its field."""
        if self.step is None or not self.isEnabled():
            return
        self._say_general("")
        values = {}
        try:
            for ask in self._shown():
                value = values[ask.name] = self.fields[ask.name].value()
                if ask.needed and value is None:
                    raise InputError(_MISSING, field=ask.name)
        except InputError as error:
            self.refuse(error)
            return
        self.given.emit(values)

    def refuse(self, error: DeskError) -> None:
        """Say at its field why it was not taken; what was typed stays."""
        self.setEnabled(True)
        shown = self._shown()
        named = [ask for ask in shown if error.field == ask.name or error.field in ask.also]
        if named:
            self.fields[named[0].name].say(error.say(_))
            self.fields[named[0].name].setFocus()
            return
        self._say_general(error.say(_))
        (self.fields[shown[0].name] if shown else self.save).setFocus()

    @property
    def said(self) -> str:
        """What was refused."""
        return "\n".join(filter(None, (self._general.text(), *(one.wrong for one in self.fields.values()))))

    def _say_general(self, sentence: str) -> None:
        self._general.setText(sentence)
        self._general.setVisible(bool(sentence))
        if sentence:
            announce(self._general, sentence)

    # Keys.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on or notes it, Esc closes it; an input method's keys and an open list's are theirs."""
        if isinstance(event, QInputMethodEvent) and isinstance(watched, QPushButton):
            return self._compose_on(watched, event)
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._arrive(watched)
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or self.step is None:
            return super().eventFilter(watched, event)
        if getattr(watched, "composing", "") or getattr(watched, "listing", False) is True:
            return super().eventFilter(watched, event)
        if event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
            return True
        if isinstance(watched, DigitRow) and self._is_text(watched, event):
            return self._type_on(watched, event)
        if isinstance(watched, QPushButton):
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.give()
                return True
            if is_enter(event) and not (isinstance(watched, ListField) and watched.breaks):
                self._go_on(next(name for name, one in self.fields.items() if one.editor is watched))
                return True
        return super().eventFilter(watched, event)

    def _arrive(self, editor: QWidget) -> None:
        """What is suggested in a field is typed over, what somebody typed there is gone on with."""
        self.save.setText(_("Note it  Ctrl+Enter") if isinstance(editor, ListField) else _("Note it  Enter"))
        if self._area is not None:
            self._area.ensureWidgetVisible(editor)
        for name, field in self.fields.items():
            if field.editor is editor and field.raw == self._suggested.get(name):
                _select(field)

    # What is typed on a row of answers is meant for the text that follows it.

    def _is_text(self, row: DigitRow, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Paste):
            return True
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        text = event.text()
        picks = text.isdecimal() and 1 <= int(text) <= len(row.buttons)
        return not held and text.isprintable() and bool(text.strip()) and not picks

    def _text_after(self, row: QObject | None) -> LineField | TextField | None:
        shown = [self.fields[ask.name] for ask in self._shown()]
        at = next((index for index, field in enumerate(shown) if field.editor is row), len(shown))
        return next((field.editor for field in shown[at + 1 :] if isinstance(field, TextBox)), None)

    def _type_on(self, row: DigitRow, event: QKeyEvent) -> bool:
        editor = self._text_after(row)
        if editor is None:
            return False
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        QApplication.sendEvent(editor, event)
        return True

    def _compose_on(self, button: QPushButton, event: QInputMethodEvent) -> bool:
        """The keyboard moves on when the composition has ended: moved before, the method would drop it."""
        editor = self._text_after(button.parent())
        if editor is None:
            return False
        there = QInputMethodEvent(event.preeditString(), event.attributes())
        there.setCommitString(event.commitString(), event.replacementStart(), event.replacementLength())
        QApplication.sendEvent(editor, there)
        if event.commitString():
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    @Slot()
    def _on_picked(self) -> None:
        sender = self.sender()
        self._go_on(next(name for name, one in self.fields.items() if one is sender))

    def _go_on(self, name: str) -> None:
        """From a field to the next one that is asked; after the last it is noted."""
        shown = self._shown()
        at = next(index for index, ask in enumerate(shown) if ask.name == name)
        picked = shown[at].aside and isinstance(self.fields[name], OneOf)  # who went there goes on from there
        for ask in shown[at + 1 :]:
            field, suggested = self.fields[ask.name], self._suggested.get(ask.name)
            if picked or not ask.aside or (field.typed and field.raw != suggested):
                self.fields[ask.name].setFocus(Qt.FocusReason.TabFocusReason)
                return
        self.give()


def _words(parent: QWidget, role: str) -> QLabel:
    label = QLabel(parent)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.hide()
    return label


def _select(field: Field) -> None:
    """What is suggested may be typed over."""
    if isinstance(field.editor, LineField):
        field.editor.selectAll()
