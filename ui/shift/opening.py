"""What the keys around a shift do in the window: who is at the desk, what is to be known and checked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

from ui.wording import _

if TYPE_CHECKING:
    from ui.window import MainWindow


def run(window: MainWindow, name: str) -> None:
    """Do what the action called ``name`` says."""
    if name == "urgent":
        begin_urgent(window)
    elif name == "instruct":
        instruct(window)
    elif name == "check":
        window.show_page("check")
    elif name == "verify":
        from ui.sheet.verify import VerifyDialog

        VerifyDialog.show_verify(window)
    elif name == "shift" or _changed_clerk(window):
        show(window)


def begin_urgent(window: MainWindow) -> None:
    """The minute is that of the key: the question comes with it, over whatever is in front."""
    minute = dt.datetime.now(dt.UTC)
    if not _in_front():
        return
    window.show_page("office")
    page: Any = window.page("office")
    room = page.show_room("urgent")
    room.begin_new()
    room.stamp(minute)


def _in_front() -> bool:
    """Close what is only looked at before the window; False: a question has to be answered first."""
    from ui.dialogs.keys import KeySheet
    from ui.sheet.dialog import PreviewDialog
    from ui.sheet.verify import VerifyDialog
    from ui.today.case_answer import CaseDialog
    from ui.today.entry_view import EntryDialog

    looked_at = EntryDialog | KeySheet | PreviewDialog | VerifyDialog | CaseDialog
    while isinstance(dialog := QApplication.activeModalWidget(), looked_at):
        dialog.close()  # what is typed there and not saved is asked about, what prints is finished first
        if dialog.isVisible():
            return False
    return QApplication.activeModalWidget() is None


def instruct(window: MainWindow) -> None:
    """What a leader wrote: on the entry that is chosen in the day's list, else on yesterday's sheet."""
    table = window.today.day.table
    row = table.row() if table.hasFocus() else None
    window.show_page("office")
    page: Any = window.page("office")
    room = page.show_room("instructions")
    room.begin_new()
    if row is not None:
        room.propose(row.number)


def show(window: MainWindow) -> None:
    """Bring to the front what whoever sits down has to know."""
    page: Any = window.page("shift")
    page.show_forms(window.today.drafts())
    window.show_page("shift")


def _changed_clerk(window: MainWindow) -> bool:
    from ui.dialogs.clerk import change_clerk

    name = change_clerk(window, window.lanes)
    if not name:
        return False
    window.head.set_operator(name)
    window.operator_changed.emit(name)
    window.foot.say(_("{name} is at the desk now").format(name=name))
    return True
