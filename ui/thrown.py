"""What was typed and thrown away, and how it comes back (Ctrl+Shift+Z) to where it stood."""

from __future__ import annotations

from typing import Any, Protocol, cast

from PySide6.QtWidgets import QTabWidget, QWidget

from reception.shapes import dataclass
from ui.pages import Page
from ui.wording import _


class Taker(Protocol):
    """A part of a page that can take back what was thrown away in it."""

    def put_back(self, what: Any) -> bool:
        """Show it again; False, with the reason told, while something else is typed there."""


@dataclass(frozen=True, slots=True)
class Thrown:
    """What stood in a part of a page, as that part understands it."""

    owner: QWidget
    what: Any

    def come_back(self) -> bool:
        """Stand there again; False where something else does."""
        return cast("Taker", self.owner).put_back(self.what)


def page_of(owner: QWidget) -> str:
    """The name of the page that holds a part, whose tab is brought to the front; "" for none."""
    above: QWidget | None = owner
    while above is not None and not isinstance(above, Page):
        if isinstance(above, QTabWidget):
            for at in range(above.count()):
                one = above.widget(at)
                if one is owner or (one is not None and one.isAncestorOf(owner)):
                    above.setCurrentIndex(at)
        above = above.parentWidget()
    return above.spec.name if above is not None else ""


def first() -> str:
    """What is said where something else is typed."""
    return _("First save what you typed (Ctrl+Enter) or drop it (Ctrl+Shift+Del).")
