"""What a table asks the register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Any, Generic, TypeVar

from reception.shapes import dataclass

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Question(Generic[R]):
    """What the model asks: a reading verb, its arguments, and how it goes on after a row.

    ``after`` makes the value of ``before`` from the last row shown, and the verb takes ``limit`` too; without
    it the verb answers everything at once.
    """

    verb: str
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)
    after: Callable[[R], Any] | None = None

    def at(self, before: Any, limit: int) -> dict[str, Any]:
        """The keyword arguments for one page."""
        if self.after is None:
            return dict(self.kwargs)
        return {**self.kwargs, "before": before, "limit": limit}
