"""The lists of what is to be done, opened from anywhere: by a counter, its key, or a row of Today's list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reception.facts import TodoRow
from reception.shapes import dataclass
from ui.today.signs import room_of

if TYPE_CHECKING:
    from ui.window import MainWindow


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a room of the office: its key, and the list in which it stands."""

    room: str
    key: int
    which: str


def show_list(window: MainWindow, which: str) -> None:
    """Bring one of the lists (``to_do.rows``) to the front; papers that pile up have a room of the office.

    Of what harms the office's good name, lines to be checked are gone through on a page of their own.
    """
    counters = window.counters.counters
    if which == "unanswered" and not counters.unanswered and counters.to_check:
        window.show_page("check")
        return
    page: Any
    if which == "not-received" and not counters.not_received and counters.unhandled:
        page = window.page("office")
        window.show_page("office")
        page.show_room("documents").choose("nothing")
        return
    window.show_page("referrals")
    page = window.page("referrals")
    page.show_list(which)


def work(window: MainWindow, row: TodoRow | Line) -> None:
    """Begin the step that a row of Today's list waits for, on the page where it is worked on."""
    page: Any
    if isinstance(row, Line):
        page = window.page("office")
        window.show_page("office")
        page.show_room(row.room).go_to(row.key, row.which)
        return
    if room := room_of(row):
        page = window.page("office")
        window.show_page("office")
        page.show_room(room).go_to(row.entry_id if row.record_id is None else row.record_id)
        return
    window.show_page("referrals")
    page = window.page("referrals")
    page.work(row)
