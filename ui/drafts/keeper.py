"""Keeps what is typed, in a thread of its own: neither the window nor the lanes wait for the disk.

The window hands over the whole of its open forms; the newest hand-over wins. Nothing is lost while the
register is away: the drafts lie in the user's own data folder.
"""

from __future__ import annotations

import errno
import threading
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from reception.errors import DeskError, SurroundingsError
from reception.wording import N_
from ui.today.drafts import Draft

if TYPE_CHECKING:
    from ui.drafts.store import Store

_RETRY = 2.0
"""Seconds between two attempts while the disk refuses."""


class Keeper(QObject):
    """The way from the window to the kept drafts.

    Args:
        root: the folder ``drafts`` of this user.
        parent: the usual one.
    """

    brought = Signal(object)
    """``tuple[Draft, ...]`` of windows that died; they stay kept until `keep` names them as ``taken``."""
    failed = Signal(object)
    """A ``DeskError``, once: what is typed from now on is in the window only. It goes on trying."""
    well = Signal()
    """What is typed is kept again."""
    _told = Signal(str, object)

    def __init__(self, root: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.root = root
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        self._worker = _Worker(root, self._told.emit)

    def start(self, place: str) -> None:
        """Begin with the register at ``place``, which is not open yet; call it after the first paint."""
        self._worker.place(place, "")
        self._worker.start()

    def opened(self, place: str, uid: str) -> None:
        """The register at ``place`` is open; its drafts lie under its ``uid``."""
        self._worker.place(place, uid)

    def keep(self, drafts: tuple[Draft, ...], *, taken: Iterable[uuid.UUID] = ()) -> None:
        """Keep exactly these, and what was brought and is not yet ``taken``.

        ``taken`` names what was brought and is among ``drafts`` now, or was struck out. Returns at once.
        """
        self._worker.keep(drafts, frozenset(taken))

    def stop(self, seconds: float = 5.0) -> bool:
        """Keep what was handed over last, let go of the files and wait; False if the disk took too long."""
        return self._worker.stop(seconds)

    @Slot(str, object)
    def _on_told(self, what: str, value: object) -> None:
        if what == "brought":
            self.brought.emit(value)
        elif what == "failed":
            self.failed.emit(value)
        else:
            self.well.emit()


class _Worker(threading.Thread):
    """Owns the files; knows no widget."""

    def __init__(self, root: Path, tell: Callable[[str, object], None]) -> None:
        # A daemon: a disk that hangs must not keep a closed program alive.
        super().__init__(name="drafts", daemon=True)
        self._root = root
        self._tell = tell
        # Handed over by the window, under the lock.
        self._news = threading.Condition()
        self._fresh: tuple[Draft, ...] | None = None
        self._taken: frozenset[uuid.UUID] = frozenset()
        self._wish: tuple[str, str] | None = None
        self._ending = False
        # The thread's own.
        self._drafts: tuple[Draft, ...] = ()
        self._adopted: tuple[Draft, ...] = ()
        self._unsettled: tuple[str, str] | None = None
        self._store: Store | None = None
        self._former: list[Store] = []
        self._folder = ""
        self._failing = False

    def place(self, place: str, uid: str) -> None:
        with self._news:
            self._wish = place, uid
            self._news.notify()

    def keep(self, drafts: tuple[Draft, ...], taken: frozenset[uuid.UUID]) -> None:
        with self._news:
            self._fresh = drafts
            self._taken |= taken
            self._news.notify()

    def stop(self, seconds: float) -> bool:
        with self._news:
            self._ending = True
            self._news.notify()
        if self.ident is not None:
            self.join(seconds)
        return not self.is_alive()

    def run(self) -> None:
        ending = False
        while not ending:
            with self._news:
                self._news.wait_for(self._any, _RETRY if self._failing else None)
                ending = self._ending
                if self._wish is not None:
                    self._unsettled, self._wish = self._wish, None
                if self._fresh is not None:
                    self._drafts, self._fresh = self._fresh, None
                if self._taken:
                    left = (one for one in self._adopted if one.uid not in self._taken)
                    self._adopted, self._taken = tuple(left), frozenset()
            self._work()
        for store in (*self._former, self._store):
            if store is not None:
                store.close()

    def _any(self) -> bool:
        return self._ending or self._fresh is not None or self._wish is not None

    def _work(self) -> None:
        try:
            if self._unsettled is not None:
                self._settle(*self._unsettled)
                self._unsettled = None
            if self._store is not None:
                self._store.write(self._all())
            while self._former:
                self._former[-1].write(())
                self._former.pop().close()
        except OSError as error:
            if not self._failing:
                self._failing = True
                self._tell("failed", _trouble(error))
            return
        if self._failing:
            self._failing = False
            self._tell("well", None)

    def _settle(self, place: str, uid: str) -> None:
        """Go to the folder of this register and take over what the dead left there."""
        # here, in its own thread: the window is painted without it
        from ui.drafts.store import Store, remember, remembered, unopened

        folder = uid or remembered(self._root, place) or unopened(place)
        if self._store is None or folder != self._folder:
            if self._store is not None:
                self._former.append(self._store)
            self._store, self._folder = Store(self._root, folder), folder
        known = {one.uid for one in self._all()}
        found = tuple(one for one in self._store.adopt(unopened(place)) if one.uid not in known)
        if found:  # told before they are written anew: also a full disk gives back what lies there
            self._adopted += found
            self._tell("brought", found)
        if uid:
            remember(self._root, place, uid)

    def _all(self) -> tuple[Draft, ...]:
        """The window's, and what it has not taken yet."""
        own = {one.uid for one in self._drafts}
        return (*(one for one in self._adopted if one.uid not in own), *self._drafts)


def _trouble(error: OSError) -> DeskError:
    full = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
    if error.errno in full:
        return SurroundingsError(
            N_(
                "The disk is full: what you type stays in the window but would not outlive a power cut. "
                "Make room; it is tried again by itself."
            )
        )
    return SurroundingsError(
        N_(
            "What you type stays in the window but cannot be kept on the disk ({reason}). "
            "It is tried again by itself."
        ),
        reason=error.strerror or str(error),
    )
