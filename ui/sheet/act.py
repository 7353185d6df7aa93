"""Printing and saving: each form becomes a print (an act of the register) and is written with its stamp.

An act that has begun goes on where it stopped: what was committed and not yet delivered is neither committed
again nor marked as a reprint, wherever it goes in the end.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from reception.errors import DeskError, UnreachableError
from reception.facts.printing import Stamp
from reception.paper.parcels import Parcel, wrap
from ui.sheet.ledger import Ledger
from ui.sheet.sheet import Look
from ui.sheet.shop import Bench
from ui.sheet.wanted import Wanted
from ui.work import Acted


class Print(QObject):
    """One form on its way to paper. Its uid is made here, when the key is pressed."""

    done = Signal()
    failed = Signal(object)
    progressed = Signal(int, int)

    def __init__(self, wanted: Wanted, look: Look, bench: Bench, parent: QObject) -> None:
        super().__init__(parent)
        self.wanted = wanted
        self.stamp: Stamp | None = None
        self._look, self._bench = look, bench
        self._uid = uuid.uuid4()
        self._parcel: Parcel | None = None
        self._ledger: Ledger | None = None
        self._path = Path()
        self._gone = False

    def write_to(self, path: Path) -> None:
        """Commit it if that was not done yet, and write it."""
        self._path = path
        if self.wanted.long:
            self._ledger = Ledger(self.wanted, self._look, self._bench, self)
            self._ledger.progressed.connect(self.progressed)
            self._ledger.failed.connect(self.failed)
            self._ledger.done.connect(self._on_ledger)
            self._ledger.start(path, self._uid)
        elif self._parcel is None and self.wanted.offline:
            self._take_known()
        elif self._parcel is None:
            self._gather()
        elif self.stamp is None:
            self._commit()
        else:
            self._write()

    def drop(self) -> None:
        """The window closes: what is not committed yet never is, what is not written yet stays so."""
        self._gone = True
        self.cancel()

    def cancel(self) -> None:
        """End what takes long."""
        if self._ledger is not None:
            self._ledger.cancel()
            self._ledger = None

    def _gather(self) -> None:
        task = self._bench.lanes.read(
            f"print.{self._uid}",
            "reception.paper.parcels.parcel",
            self.wanted.name,
            self._look.language,
            self._look.paper,
            dict(self.wanted.args),
        )
        task.done.connect(self._on_parcel)
        task.failed.connect(self._on_refused)

    @Slot(object)
    def _on_parcel(self, parcel: Parcel) -> None:
        self._parcel = parcel
        if not self._gone:
            self._commit()

    @Slot(object)
    def _on_refused(self, error: DeskError) -> None:
        if self.wanted.known is None or not isinstance(error, UnreachableError):
            self.failed.emit(error)
        else:
            self._take_known()

    def _take_known(self) -> None:
        # Whoever calls the roll outside cannot wait for the register; this paper bears no code.
        self.stamp = Stamp(dt.datetime.now(dt.UTC))
        self._parcel = Parcel(wrap(self.wanted.known, None), None, self.stamp, 1, "")
        self._write()

    def _commit(self) -> None:
        assert self._parcel is not None
        task = self._bench.lanes.write("printing.commit", self._parcel.promise, uid=self._uid)
        task.done.connect(self._on_committed)
        task.failed.connect(self.failed)

    @Slot(object)
    def _on_committed(self, stamp: Stamp) -> None:
        self.stamp = stamp
        if not self._gone:
            self._write()

    def _write(self) -> None:
        assert self._parcel is not None
        making = self._bench.shop.maker.make(
            "make",
            self.wanted.name,
            self._parcel.content,
            self._look.language,
            self.stamp,
            str(self._path),
            False,
        )
        making.done.connect(self._on_written)
        making.failed.connect(self.failed)

    @Slot(object)
    def _on_written(self, _answer: object) -> None:
        self.done.emit()

    @Slot(object)
    def _on_ledger(self, answer: tuple[object, ...]) -> None:
        self._ledger = None
        stamp = answer[1]
        assert isinstance(stamp, Stamp)
        self.stamp = stamp
        self._bench.lanes.acted.emit(Acted("printing.commit", self._uid, stamp))
        self.done.emit()


class Act(QObject):
    """The prints of one job, one after the other."""

    done = Signal()
    failed = Signal(object)
    progressed = Signal(int, int)

    def __init__(self, wanted: Sequence[Wanted], look: Look, bench: Bench) -> None:
        super().__init__(bench)
        self.look = look
        self.prints = tuple(Print(one, look, bench, self) for one in wanted)
        self.paths: tuple[Path, ...] = ()
        self._at = 0
        for one in self.prints:
            one.done.connect(self._on_done)
            one.failed.connect(self.failed)
            one.progressed.connect(self.progressed)

    def is_of(self, wanted: Sequence[Wanted], look: Look) -> bool:
        """Whether it prints just these."""
        return self.look == look and tuple(one.wanted for one in self.prints) == tuple(wanted)

    def write_to(self, paths: Sequence[Path]) -> None:
        """Write each to its path."""
        self.paths = tuple(paths)
        self._at = 0
        self.prints[0].write_to(self.paths[0])

    def drop(self) -> None:
        """The window closes."""
        for one in self.prints:
            one.drop()

    def cancel(self) -> None:
        """End what takes long; what was written to the end stays."""
        for one in self.prints:
            one.cancel()

    @property
    def codes(self) -> tuple[str, ...]:
        """What the prints are found by again."""
        return tuple(one.stamp.code for one in self.prints if one.stamp is not None and one.stamp.code)

    @Slot()
    def _on_done(self) -> None:
        self._at += 1
        if self._at < len(self.prints):
            self.prints[self._at].write_to(self.paths[self._at])
        else:
            self.done.emit()
