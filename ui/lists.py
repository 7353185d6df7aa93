"""The lists of what is to be done, opened from anywhere: by a counter, its key, or a row of Today's list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reception.facts import TodoRow

if TYPE_CHECKING:
    from ui.window import MainWindow


def show_list(window: MainWindow, which: str) -> None:
    """Bring one of the lists (``to_do.rows``) to the front.

    Of what harms the office's good name, lines to be checked are gone through on a page of their own.
    """
    counters = window.counters.counters
    if which == "unanswered" and not counters.unanswered and counters.to_check:
        window.show_page("check")
        return
    window.show_page("referrals")
    page: Any = window.page("referrals")
    page.show_list(which)


def work(window: MainWindow, row: TodoRow) -> None:
    """Begin the step that a referral of Today's list waits for."""
    window.show_page("referrals")
    page: Any = window.page("referrals")
    page.work(row)
