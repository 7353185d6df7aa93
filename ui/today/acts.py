"""The four acts (答复 引导 转接 转办), and how putting through ended."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from reception.facts import Act, CallResult
from reception.words import RESULTS
from ui.labels import ACT_VERBS
from ui.theme import GAP_SMALL
from ui.today.fields import Field
from ui.widgets.digits import DigitRow
from ui.wording import _


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
        self._acts.allow(act, allowed)

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


def refer_labels() -> tuple[str, ...]:
    """The labels of the referral's fields, which are made when a matter is referred."""
    return _("Assisting"), _("Instruction"), _("Told by phone"), _("Time limit"), _("Leader")
