"""A button for each step that makes sense now, with its key."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from ui.icons import dress
from ui.referrals.step import Named, Step, possible
from ui.widgets.buttons import Button
from ui.widgets.flow import FlowLayout
from ui.wording import _


class StepBar(QWidget):
    """Shows the steps of what is under the cursor; a step is chosen by button or key.

    Args:
        steps: those that there are, in their order.
        parent: the usual one.
    """

    wanted = Signal(object)
    """The `Step` that was chosen."""

    def __init__(self, steps: tuple[Step, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = steps
        self._offered: tuple[Step, ...] = ()
        self.buttons: dict[str, QPushButton] = {}
        flow = FlowLayout(self)
        for step in steps:
            button = Button(f"{step.key} {_(step.title)}", self)
            button.setProperty("step", step.name)
            button.setAccessibleName(_(step.title))
            button.setToolTip(f"{_(step.title)} (Ctrl+{step.key})")
            dress(button, step.icon)
            button.clicked.connect(self._on_clicked)
            button.hide()
            flow.addWidget(button)
            self.buttons[step.name] = button

    def offer(self, case: Named | None) -> None:
        """Show the steps that make sense for ``case``."""
        self._offered = possible(case, self._steps)
        for step in self._steps:
            self.buttons[step.name].setVisible(step in self._offered)

    @property
    def offered(self) -> tuple[str, ...]:
        """The names of the steps that make sense now."""
        return tuple(step.name for step in self._offered)

    def choose(self, key: str) -> bool:
        """Choose a step by its key; False when it makes no sense now."""
        step = next((one for one in self._offered if one.key == key.upper()), None)
        if step is not None:
            self.wanted.emit(step)
        return step is not None

    @property
    def keys(self) -> frozenset[str]:
        """Every key that any of the steps has."""
        return frozenset(step.key for step in self._steps)

    @Slot()
    def _on_clicked(self) -> None:
        name = str(self.sender().property("step"))
        self.wanted.emit(next(one for one in self._offered if one.name == name))
