"""The steps of a room's lines, and what they are about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reception.shapes import dataclass
from ui.referrals.asking_panel import AskingPanel
from ui.referrals.step import Named, Step, Values
from ui.wording import N_, _

NEW = N_("New")
MARKED = "\0"
"""Between the name and what tells it from others; nobody can type it."""


@dataclass(frozen=True, slots=True)
class About:
    """What a step is about: a line of the list with what was read of it; of something new only its name."""

    name: str
    row: Any = None
    view: Any = None
    key: int | None = None
    """That of the line in its list: two may be called the same."""

    @property
    def mark(self) -> str:
        """Name and key."""
        return self.name if self.key is None else f"{self.name}{MARKED}{self.key}"


class RoomPanel(AskingPanel):
    """The steps of a room's lines."""

    outside = True
    line_called: Callable[[Any], str] = staticmethod(lambda _row: "")
    """What the room calls a line that a step gave back: one that is no entry has no number."""
    _before: Values | None = None
    """What was typed for the new one before: where they come in a row, some of it stays."""

    def blank(self) -> Named | None:
        """What is begun anew has no number yet; its ``view`` is what was typed for the one before."""
        return About(NEW, view=self._before)

    def called(self, mark: str, step: str = "") -> str:
        """Half-typed text is kept under one name, whatever the window speaks, and told by its step."""
        begins = next((_(one.title) for one in self._steps if one.anew and one.name == step), _(NEW))
        return begins if mark == NEW else mark.partition(MARKED)[0]

    def made(self, result: Any) -> str:
        """The number of an entry; what is none is called as its line is."""
        return super().made(result) or self.line_called(result)

    def done(self, step: Step, about: Named, values: Values, result: Any) -> None:
        """The register has it."""
        if step.anew:
            self._before = values
        super().done(step, about, values, result)

    def why_not(self, key: str, about: Named) -> str:
        """Why a key does nothing now."""
        titles = " / ".join(_(one.title) for one in self._steps if one.key == key.upper())
        return _("{step} is not possible now for {number}.").format(step=titles, number=about.name)
