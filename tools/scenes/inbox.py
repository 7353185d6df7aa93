"""Pictures of a department's inbox, which is a window of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.scenes.studio import Scene, Studio

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def _inbox(*keys: str) -> Scene:
    """The inbox of the department that has most to do, after these keys."""

    def show(studio: Studio) -> QWidget:
        from reception.operations import to_do
        from ui.department.window import InboxWindow
        from ui.work import Lanes

        rows = studio.desk.ask(to_do.rows, which="received", limit=500)
        codes = [row.department for row in rows]
        code = max(sorted(set(codes)), key=codes.count)
        lanes = Lanes(studio.window.lanes.place, department=code, parent=studio.window)
        window = InboxWindow(lanes)
        window.closed.connect(lanes.stop)
        window.closed.connect(studio.window.activateWindow)
        window.setFixedSize(studio.window.size())
        window.show()
        window.activateWindow()
        lanes.start()
        studio.wait(lambda: window.page.table.row() is not None and lanes.idle)
        studio.wait(window.page.table.hasFocus)
        for one in keys:
            studio.press(one)
        studio.wait(lambda: lanes.idle)
        return window

    return show


SCENES: dict[str, Scene] = {
    "inbox": _inbox(),
    "inbox-answer": _inbox("Ctrl+3"),
    "inbox-more-time": _inbox("Ctrl+7"),
    "inbox-away": _inbox("Alt+A"),
}
