"""What all windows on one register share for their paper: the child that lays out, what was shown last."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import QObject

from reception.paper import output
from ui.sheet.hand import Hand
from ui.sheet.maker import FormMaker
from ui.sheet.wanted import Job
from ui.work import Lanes

_NEEDED = ("ui.sheet.preview", "pypdfium2")


class Shop(QObject):
    """One for each `Lanes`; it ends its child when nobody holds it any more."""

    def __init__(self, lanes: Lanes) -> None:
        super().__init__(lanes)
        self._lanes = lanes
        self.maker = FormMaker(self)
        """Kept warm. Whatever takes long has a child of its own, so that a preview never waits for it."""
        self.shown: Job | None = None
        """What was looked at last: another language makes the window anew."""
        self._holders = 0

    @classmethod
    def hold(cls, lanes: Lanes) -> Shop:
        """The shop of these lanes; `release` it at the end."""
        found = lanes.findChild(cls)
        shop = found if isinstance(found, cls) else cls(lanes)
        shop._holders += 1
        return shop

    def warm(self) -> None:
        """Have everything ready before a preview is wanted: the child, and what the window needs for one."""
        self.maker.warm()
        self._lanes.errand("reception.paper.output.sweep_aside")
        for module in _NEEDED:
            # in a lane: the window goes on meanwhile
            self._lanes.errand("importlib.import_module", module)

    def release(self) -> None:
        """The holder ends."""
        self._holders -= 1
        if self._holders == 0:
            self.maker.stop()

    def end(self) -> None:
        """The program ends, whoever holds it still: an answer on its way would have another child started."""
        self.maker.end()


class Bench(QObject):
    """What one preview works with: a folder of its own, the hand that turns pages, its place in the shop."""

    def __init__(self, lanes: Lanes, parent: QObject) -> None:
        super().__init__(parent)
        self.lanes = lanes
        self.shop = Shop.hold(lanes)
        self.hand = Hand(self)
        # Personal data lies in it: the folder is the user's own (0700) and goes with the preview.
        self.folder = output.aside()
        self._count = 0
        self._over = False

    def new_path(self, name: str) -> Path:
        """A file that nobody has yet."""
        self._count += 1
        return self.folder / f"{name}-{self._count}.pdf"

    def drop(self, path: Path) -> None:
        """Remove a file after what is still being drawn of it."""
        self.hand.do(_remove, path)

    def stop(self) -> None:
        """End the thread, let go of the child, and remove what was made."""
        if self._over:
            return
        self._over = True
        self.hand.stop()
        self.shop.release()
        shutil.rmtree(self.folder, ignore_errors=True)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
