"""Puts a finished document on the disk whole, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import sys
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeVar

from reception.errors import SurroundingsError
from reception.text.patterns import later
from reception.wording import N_

if sys.platform != "win32":
    import fcntl

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
_ROUGH = later(r"\.[0-9a-f]{8}-(\d+)\.tmp\Z")
_ASKED, _NO_SUCH = 0x1000, 87
"""Windows: what may be asked of any process (PROCESS_QUERY_LIMITED_INFORMATION), and that there is none."""
_ASIDE = later(r"reception-sheet-(\d+)-\w+\Z")

T = TypeVar("T")


def rough(path: Path, pid: int) -> Path:
    """Where the process ``pid`` writes what is to become ``path``; whoever ends that process removes it."""
    # Short, because beside a name of the greatest length a longer one would not be taken.
    return path.with_name(f".{zlib.crc32(path.name.encode()):08x}-{pid}.tmp") if path.name else path


def sweep(folder: Path) -> None:
    """Remove what programs that were killed in the middle of a save have left in ``folder``."""
    for found in _left_by_the_dead(folder, _ROUGH):
        with contextlib.suppress(OSError):
            with found.open("rb") as file:
                # Of another computer's processes a shared folder says nothing; whoever writes holds the file.
                _hold(file)
            found.unlink()


def aside() -> Path:
    """A new folder for what is looked at before it is printed; nobody else can read it."""
    return Path(tempfile.mkdtemp(prefix=f"reception-sheet-{os.getpid()}-"))


def sweep_aside() -> None:
    """Remove what programs that were killed left `aside`: personal data lie in it."""
    for found in _left_by_the_dead(Path(tempfile.gettempdir()), _ASIDE):
        with contextlib.suppress(OSError):
            if sys.platform == "win32" or found.lstat().st_uid == os.getuid():
                shutil.rmtree(found)


def _left_by_the_dead(folder: Path, pattern: re.Pattern[str]) -> list[Path]:
    try:
        inside = list(folder.iterdir())
    except OSError:
        return []
    found = ((path, pattern.match(path.name)) for path in inside)
    return [path for path, said in found if said is not None and not _lives(int(said[1]))]


def _lives(pid: int) -> bool:
    """Whether there is such a process; in doubt there is."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        handle = kernel.OpenProcess(_ASKED, False, pid)
        if handle:
            kernel.CloseHandle(handle)
        return bool(handle) or ctypes.get_last_error() != _NO_SUCH
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True  # somebody else's
    return True


def _hold(file: BinaryIO) -> None:
    """Raises OSError where somebody else holds it; let go when it is closed."""
    if sys.platform != "win32":
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def replace(path: Path, content: bytes) -> None:
    """As `write`, of what is in memory."""
    write(path, lambda file: file.write(content))


def write(path: Path, work: Callable[[BinaryIO], T], *, lasting: bool = True) -> T:
    """Have ``work`` write a file beside ``path``, force it to the disk, and give it its name.

    One that is not ``lasting`` is only looked at: nobody waits for the disk then.

    Raises:
        SurroundingsError: the folder is missing or cannot be written, the disk is full, ``path`` is a folder
            or a device. What was at ``path`` before is still there, and nothing else.
    """
    draft = rough(path, os.getpid())
    try:
        if path.is_dir():
            raise SurroundingsError(N_("'{path}' is a folder. Please name a file."), path=str(path))
        if path.exists() and not path.is_file():
            # A device would be replaced by a file, for everybody.
            raise SurroundingsError(
                N_("'{path}' is not an ordinary file. Please name another one."), path=str(path)
            )
        if lasting:
            sweep(path.parent)
        try:
            with draft.open("wb") as file:
                with contextlib.suppress(OSError):  # not every file system can
                    _hold(file)
                result = work(file)
                file.flush()
                if lasting:
                    os.fsync(file.fileno())
            draft.replace(path)
            return result
        except BaseException:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _plain(error, path) from error


def _plain(error: OSError, path: Path) -> SurroundingsError:
    if error.errno in _FULL:
        return SurroundingsError(
            N_("There is no room left to save '{path}'. Please free some space, or save it somewhere else."),
            path=str(path),
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return SurroundingsError(
            N_("There is no folder '{folder}' to save in. Please choose another place."),
            folder=str(path.parent),
        )
    if error.errno in _DENIED:
        return SurroundingsError(
            N_(
                "'{path}' cannot be written. Is it open in another program, or the folder protected? "
                "Please save it somewhere else."
            ),
            path=str(path),
        )
    return SurroundingsError(
        N_("'{path}' could not be saved: {reason}."), path=str(path), reason=error.strerror or str(error)
    )
