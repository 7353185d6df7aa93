"""A form over years: a child of its own reads the register, lays it out and says how far it is.

It can be ended at any moment; then nothing of it stays.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from reception.errors import DeskError
from ui.sheet.maker import FormMaker
from ui.sheet.shop import Bench
from ui.sheet.wanted import Wanted

if TYPE_CHECKING:
    from ui.sheet.sheet import Look


class Ledger(QObject):
    """One such form, looked at (``uid`` is None) or printed."""

    done = Signal(object)
    """``(pages, stamp, …)``"""
    failed = Signal(object)
    progressed = Signal(int, int)

    def __init__(self, wanted: Wanted, look: Look, bench: Bench, parent: QObject) -> None:
        super().__init__(parent)
        self._wanted, self._look, self._bench = wanted, look, bench
        self._maker: FormMaker | None = None
        self.path = Path()
        """Where it is written."""

    def start(self, path: Path, uid: uuid.UUID | None = None) -> None:
        """Write it to ``path``: a preview, or the print ``uid``."""
        self.path = path
        lanes = self._bench.lanes
        desk, operator = ("", "")
        if lanes.catalogue is not None:
            desk, operator = lanes.catalogue.desk, lanes.catalogue.operator
        self._maker = FormMaker(self)
        making = self._maker.make(
            "ledger",
            lanes.place,
            desk,
            operator,
            self._wanted.name,
            dict(self._wanted.args),
            self._look.language,
            self._look.paper,
            str(uid) if uid is not None else "",
            str(path),
        )
        making.done.connect(self._on_done)
        making.failed.connect(self._on_failed)
        making.progressed.connect(self.progressed)

    def cancel(self) -> None:
        """End the child; nothing of what it wrote stays."""
        if self._maker is not None:
            self._maker.stop()
            self._maker.deleteLater()
            self._maker = None

    @Slot(object)
    def _on_done(self, answer: tuple[object, ...]) -> None:
        self.cancel()
        self.done.emit(answer)

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self.cancel()
        self.failed.emit(error)
