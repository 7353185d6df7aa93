"""What the pictures show: every page, every window, and what the pages show only after a key or two."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tools.scenes import dialogs, inbox, meetings, office, pages, papers_in, referrals, today
from tools.scenes.furniture import furnish
from tools.scenes.studio import Scene, Studio

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

__all__ = ["SCENES", "Scene", "Studio", "furnish", "scenes"]

SCENES: dict[str, Scene] = {
    **today.SCENES,
    **referrals.SCENES,
    **inbox.SCENES,
    **office.SCENES,
    **papers_in.SCENES,
    **meetings.SCENES,
    **pages.SCENES,
    **dialogs.SCENES,
}


def scenes(studio: Studio, only: tuple[str, ...]) -> Iterator[tuple[str, QWidget]]:
    """Prepare one after the other; ``only`` these where any are named."""
    from ui.widgets.asking import AskingDialog

    for name, prepare in SCENES.items():
        if only and name not in only:
            continue
        widget = prepare(studio)
        studio.wait(lambda: studio.window.lanes.idle)
        yield name, widget
        if isinstance(widget, AskingDialog):
            widget.done(0)  # closed, it would ask whether what was ticked shall be lost
        elif widget is not studio.window:
            widget.close()
        studio.window.safety.screen.lift()
        studio.window.banner.hide()
        studio.tidy()
