"""A lock that the system lets go of when its process dies, however it dies.

No process id is written down or believed: after a power cut the id may belong to anybody.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

_TAKEN = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)


class Lock:
    """One file that at most one process holds. The file itself is empty."""

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self._handle = handle

    @classmethod
    def take(cls, path: Path) -> Lock | None:
        """Hold the lock, or None while somebody else does. Raises OSError when the disk does not let it."""
        while True:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                if not _hold(handle):
                    os.close(handle)
                    return None
                if _is(path, handle):
                    return cls(path, handle)
            except BaseException:
                os.close(handle)
                raise
            os.close(handle)  # it was removed between opening and holding

    def release(self, *, remove: bool) -> None:
        """Let go; ``remove`` the file first, so that nobody holds a name that is about to go."""
        if remove and os.name != "nt":
            self.path.unlink(missing_ok=True)
        os.close(self._handle)
        if remove and os.name == "nt":  # there an open file cannot be removed
            try:
                self.path.unlink(missing_ok=True)
            except OSError:
                return  # somebody took it in that moment; it is theirs to remove


def _is(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _hold(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _TAKEN:
            return False
        raise
    return True
