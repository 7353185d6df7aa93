"""One form on its way to the screen: collected by the read lane, laid out by the child, its pages counted.

What may take long goes another way: a child of its own reads the register by itself and says how far it is.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from reception.errors import DeskError, SurroundingsError, UnreachableError
from reception.facts.printing import Stamp
from reception.paper.parcels import Parcel, wrap
from reception.wording import N_
from ui.sheet import pages
from ui.sheet.ledger import Ledger
from ui.sheet.maker import Making
from ui.sheet.pages import Leaf
from ui.sheet.shop import Bench
from ui.sheet.wanted import Wanted

_log = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True, slots=True)
class Look:
    """How a preview is wanted; ``paper`` is "" for the site's."""

    language: str
    paper: str = ""


class Sheet(QObject):
    """The preview of one form. It shows its first page as soon as that stands, then all of them."""

    leaved = Signal()
    """There are pages, or more of them."""
    failed = Signal(object)
    """A DeskError."""
    progressed = Signal(int, int)

    def __init__(self, wanted: Wanted, look: Look, bench: Bench, *, hurry: bool) -> None:
        super().__init__(bench)
        self.wanted, self.look = wanted, look
        self.leaves: tuple[Leaf, ...] = ()
        self.whole = False
        """Whether all its pages are there."""
        self.offline = False
        """Whether the register did not answer, so that it shows what was known."""
        self.count = 1
        """The how-manieth print it would be."""
        self.paper = ""
        """The size it is laid out for; "" while that is not known."""
        self.unprinted: object = None
        """What no font of this computer can print (``facts.unprinted.Unprinted``); None when all can."""
        self._bench = bench
        self._hurry = hurry
        self._parcel: Parcel | None = None
        self._makings: list[Making] = []
        self._ledger: Ledger | None = None
        self._path: Path | None = None
        self._gone = False

    def start(self) -> None:
        """Begin."""
        if self.wanted.long:
            self._ledger = Ledger(self.wanted, self.look, self._bench, self)
            self._ledger.progressed.connect(self.progressed)
            self._ledger.failed.connect(self._fail)
            self._ledger.done.connect(self._on_ledger)
            self._ledger.start(self._bench.new_path(self.wanted.name))
            return
        if self.wanted.offline:
            self._take_known()
            return
        task = self._bench.lanes.read(
            f"paper.{id(self)}",
            "reception.paper.parcels.seen",
            self.wanted.name,
            self.look.paper,
            dict(self.wanted.args),
        )
        task.done.connect(self._on_parcel)
        task.failed.connect(self._on_refused)

    def drop(self) -> set[Path]:
        """Nobody wants it any more. Its files are returned: they may still be looked at."""
        self._gone = True
        for making in self._makings:
            self._bench.shop.maker.forget(making)
        if self._ledger is not None:
            self._ledger.cancel()
        self.deleteLater()
        return {leaf.path for leaf in self.leaves}

    @Slot(object)
    def _on_refused(self, error: DeskError) -> None:
        if self.wanted.known is None or not isinstance(error, UnreachableError):
            self._fail(error)
        else:
            self._take_known()

    def _take_known(self) -> None:
        self.offline = True
        stamp = Stamp(dt.datetime.now(dt.UTC), preview=True)
        self._on_parcel(Parcel(wrap(self.wanted.known, None), None, stamp, 1, ""))

    @Slot(object)
    def _on_parcel(self, parcel: Parcel) -> None:
        if self._gone:
            return
        self._parcel = parcel
        self.count, self.paper = parcel.count, parcel.paper
        if self._hurry:
            first = self._make(first=True)
            first.done.connect(self._on_first)
            first.failed.connect(self._on_no_first)
        whole = self._make(first=False)
        whole.done.connect(self._on_whole)
        whole.failed.connect(self._on_no_whole)

    def _make(self, *, first: bool) -> Making:
        assert self._parcel is not None
        path = self._bench.new_path(self.wanted.name)
        parcel = self._parcel
        making = self._bench.shop.maker.make(
            "make", self.wanted.name, parcel.content, self.look.language, parcel.stamp, str(path), first
        )
        making.setProperty("path", str(path))
        self._makings.append(making)
        return making

    @Slot(object)
    def _on_first(self, _answer: object) -> None:
        self._count(self._taken())

    @Slot(object)
    def _on_no_first(self, _error: DeskError) -> None:
        self._taken()  # all of them follow; what fails with them is told

    @Slot(object)
    def _on_no_whole(self, error: DeskError) -> None:
        self._taken()
        self._fail(error)

    @Slot(object)
    def _on_whole(self, answer: tuple[object, ...]) -> None:
        self.unprinted = answer[2]
        self._path = self._taken()
        self._count(self._path)

    @Slot(object)
    def _on_ledger(self, answer: tuple[object, ...]) -> None:
        assert self._ledger is not None
        self.unprinted = answer[2]
        stamp = answer[1]
        if isinstance(stamp, Stamp):
            self.count = stamp.count
        self._path = self._ledger.path
        self._ledger = None
        self._count(self._path)

    def _taken(self) -> Path:
        making = self.sender()
        assert isinstance(making, Making)
        self._makings.remove(making)
        return Path(str(making.property("path")))

    def _count(self, path: Path) -> None:
        errand = self._bench.hand.do(pages.leaves, path)
        errand.done.connect(self._on_leaves)
        errand.failed.connect(self._on_unreadable)

    @Slot(object)
    def _on_leaves(self, leaves: tuple[Leaf, ...]) -> None:
        if self._gone or self.whole or not leaves:
            self._bench.drop(leaves[0].path)
            return
        before = {leaf.path for leaf in self.leaves}
        self.leaves = leaves
        self.whole = leaves[0].path == self._path
        self.leaved.emit()
        for path in before:
            self._bench.drop(path)

    @Slot(object)
    def _on_unreadable(self, error: Exception) -> None:
        _log.error("the finished sheet cannot be read", exc_info=error)
        self._fail(SurroundingsError(N_("The sheet was made but cannot be shown. Please try again.")))

    @Slot(object)
    def _fail(self, error: DeskError) -> None:
        if not self._gone:
            self.failed.emit(error)


def sheets_of(
    chosen: Sequence[Wanted], look: Look, bench: Bench, begun: Sequence[Sheet] = ()
) -> tuple[Sheet, ...]:
    """The previews of these forms, those ``begun`` among them; the others are still to be started."""
    known = {at: sheet for at, one in enumerate(chosen) for sheet in begun if sheet.wanted == one}
    return tuple(known.get(at) or Sheet(one, look, bench, hurry=at == 0) for at, one in enumerate(chosen))
