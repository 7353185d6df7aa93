"""The lists of what is to be done, opened from anywhere: by a counter, its key, or a row of Today's list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from reception.facts import TodoRow
from ui.pages import PAGES

if TYPE_CHECKING:
    from ui.window import MainWindow

_COUNTED = ("overdue", "not-received", "people", "unanswered")
"""The lists of the four counters (``to_do.rows``)."""


class Lists(QObject):
    """Wired to the window's counters, its keys and its Today page."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.counters.wanted.connect(self.show_list)
        window.today.todo.step_wanted.connect(self.work)
        for which in _COUNTED:
            window.actions_by_name[f"list-{which}"].triggered.connect(self._on_key)

    @Slot(str)
    def show_list(self, which: str) -> None:
        """Bring one of the lists to the front."""
        counters = self._window.counters.counters
        unchecked = which == "unanswered" and not counters.unanswered and counters.to_check
        if unchecked and any(page.name == "check" for page in PAGES):
            self._window.show_page("check")
            return
        self._window.show_page("referrals")
        page: Any = self._window.page("referrals")
        page.show_list(which)

    @Slot(object)
    def work(self, row: TodoRow) -> None:
        """Begin the step that a referral of Today's list waits for."""
        self._window.show_page("referrals")
        page: Any = self._window.page("referrals")
        page.work(row)

    @Slot()
    def _on_key(self) -> None:
        self.show_list(self.sender().objectName().removeprefix("list-"))
