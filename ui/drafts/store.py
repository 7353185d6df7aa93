"""The drafts of one register on the disk: a file for each window, held by a lock while the window lives.

A file is written anew, flushed and put in the place of the former one, so that a power cut leaves either of
them whole. A window that died leaves its file unlocked; the next one to start takes it over.
"""

from __future__ import annotations

import contextlib
import logging
import os
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ui.drafts.codec import Unreadable, from_bytes, to_bytes
from ui.drafts.locks import Lock
from ui.today.drafts import Draft

_SUFFIX = ".drafts"
_UNREADABLE = ".unreadable"
_PATIENCE = 2.0
"""Seconds to wait for another window that takes over drafts at the same moment."""
_log = logging.getLogger(__name__)


class Store:
    """What this process keeps, in one of the folders under ``root``.

    Not for several threads. Every method raises OSError when the disk does not do what it should; what was
    kept before is then still kept.
    """

    def __init__(self, root: Path, folder: str) -> None:
        self._root = root
        self._folder = root / folder
        self._lock: Lock | None = None
        self._taken: list[Lock] = []
        self._written: bytes | None = None

    def write(self, drafts: Iterable[Draft]) -> None:
        """Keep exactly these; when it returns they outlive a power cut.

        What was taken over must be among them, if it still matters: the files of the dead go now.
        """
        drafts = tuple(drafts)
        content = to_bytes(drafts) if drafts else None
        if content != self._written:
            own = self._own()
            if content is None:
                own.unlink(missing_ok=True)
            else:
                fresh = own.with_suffix(".new")
                _write(fresh, content)
                fresh.replace(own)
            _flush(self._folder)
            self._written = content
        while self._taken:
            for suffix in (".new", _SUFFIX):
                self._taken[-1].path.with_suffix(suffix).unlink(missing_ok=True)
            self._taken.pop().release(remove=True)

    def adopt(self, *others: str) -> tuple[Draft, ...]:
        """Take over what windows left behind that live no longer, oldest first.

        The folders called ``others`` are looked through too. Until the next `write` the files of the dead
        stay, held by this process: if it dies before, somebody else takes them over.
        """
        folders = [one for one in (self._folder, *(self._root / name for name in others)) if one.is_dir()]
        if not folders:
            return ()
        found: dict[uuid.UUID, Draft] = {}
        with self._alone():
            paths = [path for folder in folders for path in folder.glob(f"*{_SUFFIX}")]
            for path in sorted(paths, key=_age):
                lock = self._take(path)
                if lock is not None:
                    self._taken.append(lock)
                    for draft in _read(path):
                        found[draft.uid] = draft  # the youngest file knows best
            for folder in folders:
                self._sweep(folder)
        return tuple(found.values())

    def waits(self) -> bool:
        """Whether something lies here of a window that lives no longer, and nobody has taken it over."""
        if not self._folder.is_dir():
            return False
        with self._alone():
            for path in self._folder.glob(f"*{_SUFFIX}"):
                if (lock := self._take(path)) is not None:
                    lock.release(remove=False)
                    return True
        return False

    def close(self) -> None:
        """Let go: whatever is still kept is for the next window to start."""
        for lock in self._taken:
            lock.release(remove=False)
        self._taken.clear()
        if self._lock is not None:
            self._lock.release(remove=not self._path().exists())
            self._lock = None
            self._written = None

    def _path(self) -> Path:
        assert self._lock is not None
        return self._lock.path.with_suffix(_SUFFIX)

    def _own(self) -> Path:
        import secrets  # not before the first paint

        if self._lock is None:
            _make(self._root)
            _make(self._folder)
            name = f"{os.getpid()}-{secrets.token_hex(6)}"
            self._lock = Lock.take(self._folder / f"{name}.lock")
            assert self._lock is not None, "a name made up by chance is nobody else's"
        return self._path()

    def _take(self, path: Path) -> Lock | None:
        """The lock of a file that nobody living has."""
        held = [self._lock, *self._taken]
        if any(lock is not None and lock.path == path.with_suffix(".lock") for lock in held):
            return None
        lock = Lock.take(path.with_suffix(".lock"))
        if lock is not None and not path.exists():  # it was just taken over, or saved
            lock.release(remove=True)
            return None
        return lock

    def _sweep(self, folder: Path) -> None:
        # Locks and half-written files without drafts: of windows that died with nothing typed, or amid it.
        for path in folder.glob("*.lock"):
            if not path.with_suffix(_SUFFIX).exists() and (lock := Lock.take(path)) is not None:
                path.with_suffix(".new").unlink(missing_ok=True)
                lock.release(remove=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        give_up = time.monotonic() + _PATIENCE
        while (lock := Lock.take(self._root / "adopting.lock")) is None:
            if time.monotonic() > give_up:
                raise TimeoutError("another window has been taking over drafts for too long")
            time.sleep(0.01)
        try:
            yield
        finally:
            lock.release(remove=False)


def _read(path: Path) -> tuple[Draft, ...]:
    try:
        return from_bytes(path.read_bytes())
    except Unreadable:
        # The disk changed it: nothing here writes half a file. It stays to be looked at.
        _log.exception("drafts that cannot be read are set aside")
        path.replace(path.with_suffix(_UNREADABLE))
        return ()


def remembered(root: Path, place: str) -> str:
    """The uid of the register that was open at ``place`` last, "" when none is known."""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        return (root / _note(place)).read_text("ascii").strip()
    return ""


def remember(root: Path, place: str, uid: str) -> None:
    """Remember which register lies at ``place``, for a day on which it cannot be opened."""
    if remembered(root, place) != uid:
        note = root / _note(place)
        _make(note.parent)
        fresh = note.with_suffix(".new")
        _write(fresh, uid.encode("ascii"))
        fresh.replace(note)


def unopened(place: str) -> str:
    """The folder's name for a register that was never opened here."""
    return f"unopened-{_digest(place)}"


def _note(place: str) -> str:
    return f"places/{_digest(place)}"


def _digest(place: str) -> str:
    # A server's URL may hold a password.
    import hashlib  # opens OpenSSL: not before the first paint

    return hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:24]


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _make(folder: Path) -> None:
    """Make a folder for this user only, and those above it that are missing."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        folder.chmod(0o700)


def _write(path: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o600)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _flush(folder: Path) -> None:
    """Let a new name outlive a power cut too; Windows does so by itself."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
