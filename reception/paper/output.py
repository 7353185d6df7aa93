"""Puts a finished document on the disk whole, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeVar

from reception.errors import SurroundingsError
from reception.wording import N_

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}


T = TypeVar("T")


def rough(path: Path, pid: int) -> Path:
    """Where the process ``pid`` writes what is to become ``path``; whoever ends that process removes it."""
    # Short, because beside a name of the greatest length a longer one would not be taken.
    return path.with_name(f".{zlib.crc32(path.name.encode()):08x}-{pid}.tmp") if path.name else path


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
        try:
            with draft.open("wb") as file:
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
