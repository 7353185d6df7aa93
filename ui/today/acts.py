"""The four acts (答复 引导 转接 转办), how putting through ended, and what a referral needs besides."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QWidget

from reception.facts import Act, CallResult
from reception.words import RESULTS
from ui import icons
from ui.labels import ACT_VERBS
from ui.theme import GAP_SMALL
from ui.today.fields import ChoiceBox, Field, TextBox
from ui.widgets.choice_field import Choice
from ui.widgets.digits import DigitRow
from ui.widgets.texts import LONG
from ui.widgets.yielding import ElidedButton
from ui.wording import _

_ABREAST = 2
"""Departments that assist stand so many to a line: their names are long, the form is not wide."""


class ActField(Field):
    """The act and, when the call is put through, its result; ``raw`` and ``value`` are ``(act, result)``."""

    act_changed = Signal(object)
    """The act that is chosen now, or None."""
    act_picked = Signal(object)
    """The same, only when the clerk chose it with a digit or the mouse."""
    finished = Signal()
    """Everything about the act was told: the focus may move on."""

    def __init__(self) -> None:
        self._acts = DigitRow([(act, _(word), "") for act, word in ACT_VERBS.items()])
        super().__init__("act", _("Act"), self._acts)
        self._results = DigitRow([(result, _(word), "") for result, word in RESULTS.items()])
        self._results.setAccessibleName(_("How it ended"))
        self._results.hide()
        layout = self.layout()
        assert layout is not None
        layout.setSpacing(GAP_SMALL)
        layout.addWidget(self._results)
        self._acts.changed.connect(self._on_act)
        self._acts.picked.connect(self._on_picked)
        self._results.changed.connect(self._on_result)
        self._results.picked.connect(self._on_result_picked)

    @property
    def act(self) -> Act | None:
        """The act that is chosen."""
        value = self._acts.value
        return Act(value) if value is not None else None

    @property
    def raw(self) -> tuple[Act | None, CallResult | None]:
        """Act and result."""
        result = self._results.value if self.act is Act.PUT_THROUGH else None
        return self.act, CallResult(result) if result is not None else None

    def put(self, raw: tuple[Act | None, CallResult | None]) -> None:
        """Choose both."""
        self._acts.put(raw[0])
        self._results.put(raw[1])

    @property
    def empty(self) -> tuple[None, None]:
        """No act yet."""
        return None, None

    def pick(self, number: int) -> bool:
        """Choose an act by its digit, as the clerk does."""
        return self._acts.pick(number)

    def pick_result(self, number: int) -> bool:
        """Choose by its digit how putting through ended, as the clerk does."""
        return self._results.pick(number)

    def allow(self, act: Act, allowed: bool) -> None:
        """Offer an act or not."""
        self._acts.button(act).setVisible(allowed)

    def ask_result(self) -> bool:
        """Put the focus where the result is chosen, if it is still missing."""
        if self.act is Act.PUT_THROUGH and self._results.value is None:
            self._results.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def stops(self) -> Sequence[QWidget]:
        """The widgets that Tab walks through, in order."""
        return (self._acts, self._results)

    def buttons(self) -> Sequence[QWidget]:
        """The same one by one, for the order of Tab."""
        return (*self._acts.buttons, *self._results.buttons)

    @Slot(object)
    def _on_act(self, act: Act | None) -> None:
        self._results.setVisible(act is Act.PUT_THROUGH)
        if act is not Act.PUT_THROUGH:
            self._results.put(None)
        self.act_changed.emit(act)
        self._on_edited()

    @Slot(object)
    def _on_picked(self, act: Act | None) -> None:
        self.act_picked.emit(act)

    @Slot(object)
    def _on_result(self, _result: CallResult | None) -> None:
        self._on_edited()

    @Slot(object)
    def _on_result_picked(self, result: CallResult | None) -> None:
        if result is not None:
            self.finished.emit()


class AssistBox(ChoiceBox):
    """Departments that assist; ``raw`` and ``value`` are their ids. A button for each takes it away."""

    def __init__(self) -> None:
        super().__init__("assist_ids", _("Assisting"), free=False)
        self._ids: list[int] = []
        self._chips = QWidget(self)
        self._chips.setObjectName("chips")
        self._rows = QGridLayout(self._chips)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(GAP_SMALL)
        self._chips.hide()
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self._chips)
        self.chosen.connect(self._on_taken)

    @property
    def raw(self) -> tuple[int, ...]:  # type: ignore[override]
        """The ids in the order in which they were chosen."""
        return tuple(self._ids)

    def put(self, raw: Sequence[int]) -> None:  # type: ignore[override]
        """Show these departments."""
        self.editor.put(None)
        self._ids = list(raw)
        self._show()

    @property
    def empty(self) -> tuple[int, ...]:  # type: ignore[override]
        """Nobody assists."""
        return ()

    def value(self) -> tuple[int, ...]:  # type: ignore[override]
        """The ids. Raises InputError when something stands there that is none of the departments."""
        super().value()
        return self.raw

    @Slot(object)
    def _on_taken(self, number: int | None) -> None:
        if number is None:
            return
        if number not in self._ids:
            self._ids.append(number)
        self.editor.put(None)
        self._show()
        self._on_edited()

    def _show(self) -> None:
        for button in self._chips.findChildren(QToolButton):
            self._rows.removeWidget(button)
            button.deleteLater()
        for at, number in enumerate(self._ids):
            choice = self.editor.choice(number)
            button = ElidedButton(self._chips)
            button.setProperty("kind", "button")
            button.setText(choice.text if choice else str(number))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIconSize(QSize(12, 12))
            button.setAccessibleName(_("Take away {name}").format(name=button.text()))
            button.setProperty("number", number)
            icons.dress(button, "x", "muted")
            button.clicked.connect(self._on_take_away)
            button.setToolTip(button.accessibleName())
            self._rows.addWidget(button, at // _ABREAST, at % _ABREAST)
        self._chips.setVisible(bool(self._ids))

    @Slot()
    def _on_take_away(self) -> None:
        sender = self.sender()
        assert sender is not None
        self._ids.remove(sender.property("number"))
        self._show()
        self._on_edited()


def refer_labels() -> tuple[str, str, str]:
    """The labels of the referral's fields."""
    return _("Assisting"), _("Instruction"), _("Told by phone")


class ReferBox(QWidget):
    """What a referral needs besides the lead department."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.assist = AssistBox()
        _assist, instruction, told = refer_labels()
        self.instruction = TextBox("instruction", instruction, limit=LONG, lines=2)
        self.told = TextBox("told_whom", told)
        self.told.editor.setPlaceholderText(_("whom, if told already"))
        self.fields: dict[str, Field] = {
            field.name: field for field in (self.assist, self.instruction, self.told)
        }
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP_SMALL + 2)
        grid.setVerticalSpacing(GAP_SMALL)
        grid.setColumnStretch(1, 1)
        for at, field in enumerate(self.fields.values()):
            label = QLabel(field.label, self)
            label.setBuddy(field.editor)
            grid.addWidget(label, at, 0)
            grid.addWidget(field, at, 1)
            field.edited.connect(self.edited)

    def align(self, width: int) -> None:
        """Let the fields begin where the form's do."""
        self._grid.setColumnMinimumWidth(0, width)

    def offer(self, choices: Sequence[Choice]) -> None:
        """The departments that a matter can be referred to."""
        self.assist.offer(choices)
