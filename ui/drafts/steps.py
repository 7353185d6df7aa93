"""What is typed for the steps of referrals, kept on the disk as the forms are, and brought back."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from reception.facts import Kind
from ui.drafts.keeper import Keeper
from ui.referrals.asking_panel import AskingPanel
from ui.referrals.kept import Kept
from ui.today.drafts import Draft
from ui.wording import _

_PAUSE = 80
"""Milliseconds after the first of some keys."""
_ABOUT = "\0about"
"""Stands among a draft's fields for the case and the step that they belong to."""
_NAMES = uuid.UUID("6f3c0f0e-51f0-4d0a-9d3e-0c2f4b8f6c11")


class KeptSteps(QObject):
    """Stands between the questions of one panel and the keeper.

    Args:
        panel: where steps are asked for.
        keeper: of steps alone; who made it starts it and tells it which register it is.
        parent: the window, or what outlives it no longer.
    """

    message = Signal(str)

    def __init__(self, panel: AskingPanel, keeper: Keeper, parent: QObject) -> None:
        super().__init__(parent)
        self._panel = panel
        self._keeper = keeper
        self._over = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.hand_over)
        for told in (panel.form.edited, panel.noted, panel.left, panel.asked):
            told.connect(self._pause.start)
        keeper.brought.connect(self._on_brought)

    def stop(self, *, throw_away: bool = False) -> None:
        """Hear and tell nothing any more; what is typed is for who comes next, or not wanted."""
        if self._over:
            return
        self._over = True
        self._pause.stop()
        self._keeper.brought.disconnect(self._on_brought)
        self._keeper.keep(() if throw_away else self._drafts())

    @Slot()
    def hand_over(self) -> None:
        """Let the disk have what is typed now."""
        if not self._over:
            self._keeper.keep(self._drafts())

    def _drafts(self) -> tuple[Draft, ...]:
        return tuple(_draft(*about, raw) for about, raw in self._panel.form.everything.items())

    @Slot(object)
    def _on_brought(self, drafts: tuple[Draft, ...]) -> None:
        kept: Kept = {}
        for one in drafts:
            case, step = one.raw[_ABOUT]
            kept[case, step] = {name: value for name, value in one.raw.items() if name != _ABOUT}
        self._panel.bring_back(kept)
        self._keeper.keep(self._drafts(), taken=[one.uid for one in drafts])
        names = ", ".join(sorted({self._panel.called(*about) for about in kept}))
        self.message.emit(
            _("Typed and not noted: {names}. It stands there with the step.").format(names=names)
        )


def _draft(case: str, step: str, raw: dict[str, Any]) -> Draft:
    values = {name: str(value) if isinstance(value, StrEnum) else value for name, value in raw.items()}
    return Draft(Kind.VISIT, uuid.uuid5(_NAMES, f"{case} {step}"), None, {**values, _ABOUT: (case, step)})
