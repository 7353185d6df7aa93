"""Where a register lies, and what can be said about that place without opening it."""

from __future__ import annotations

import os
import re
import sys
import threading
import uuid
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from reception.errors import InputError, RegisterMissingError, RegisterUnusableError, SurroundingsError

APPLICATION_ID = 0x52444B31
"""``RDK1``: marks the SQLite files that are registers."""
_MAGIC = b"SQLite format 3\0"
_ESCAPED = re.compile(r"\\([0-7]{3})")
"""How /proc/mounts writes blanks and the like in names."""
_PASSWORD = re.compile(r"(?<=[?&]password=)[^&]*", re.IGNORECASE)
NETWORK = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "smb2",
    "afpfs",
    "webdav",
    "davfs",
    "fuse.sshfs",
    "fuse.davfs2",
    "ncpfs",
    "afs",
    "ceph",
    "fuse.ceph",
    "fuse.glusterfs",
    "fuse.gvfsd-fuse",
    "fuse.rclone",
    "fuse.smbnetfs",
    "glusterfs",
    "lustre",
}
"""The file systems of network shares, as the table of mounts calls them."""


BESIDE = ("", "-wal", "-shm", "-journal")
"""A register's file, and what SQLite may keep beside it."""


_held: Counter[tuple[int, int]] = Counter()
_one_holds = threading.Lock()


@dataclass(frozen=True, slots=True)
class Place:
    """A register's place: a file, or a server's URL."""

    text: str
    path: Path | None
    url: str = ""

    @property
    def is_server(self) -> bool:
        """Whether several machines share it."""
        return self.path is None

    @property
    def shown(self) -> str:
        """The place as it may be shown and logged: without a password."""
        if self.path is not None:
            return str(self.path)
        url = _PASSWORD.sub("***", self.url).replace("postgresql+psycopg://", "postgresql://", 1)
        head, at, tail = url.rpartition("@")
        if not at:
            return url
        scheme, _, login = head.partition("://")
        return f"{scheme}://{login.partition(':')[0]}@{tail}"


def parse(text: str) -> Place:
    """A path or a ``postgresql://`` URL. Raises InputError for anything else that looks like a URL."""
    if text.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
        return Place(text, None, "postgresql+psycopg://" + text.partition("://")[2])
    if text.startswith("sqlite:///"):
        text = text.removeprefix("sqlite:///")
    elif "://" in text:
        raise InputError("'{place}' is neither a file nor a postgresql:// address.", place=text)
    if not text.strip() or "\0" in text:
        raise InputError("The place of the register is empty.")
    return Place(text, Path(text).expanduser().absolute())


def hold(path: Path) -> tuple[int, int]:
    """This process has the register open from now on; ``let_go`` of what is returned when it is closed."""
    found = path.stat()
    with _one_holds:
        _held[found.st_dev, found.st_ino] += 1
    return found.st_dev, found.st_ino


def let_go(file: tuple[int, int]) -> None:
    """This process has closed it."""
    with _one_holds:
        _held[file] -= 1


def _is_held(path: Path) -> bool:
    try:
        found = path.stat()
    except OSError:
        return False
    return _held[found.st_dev, found.st_ino] > 0


def inspect_file(path: Path) -> None:
    """Look at a register file before SQLite touches it, so that what is none stays as it is.

    A file that this process has open was looked at when it was opened. It is not read again: closing any
    handle of it would drop the locks that SQLite holds (sqlite.org/howtocorrupt, 2.2), and whoever closes
    the register next would take its log away.

    Raises RegisterMissingError, RegisterUnusableError or SurroundingsError.
    """
    refuse_network(path)
    if _is_held(path):
        return
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        raise RegisterMissingError(
            "There is no register at {place}. Create one with 'reception init'.", place=path
        ) from None
    except IsADirectoryError:
        raise RegisterUnusableError(
            "{place} is a folder, not a register. Name the file.", place=path
        ) from None
    except OSError as error:
        if path.is_dir():  # Windows says "permission denied" for folders
            raise RegisterUnusableError(
                "{place} is a folder, not a register. Name the file.", place=path
            ) from None
        raise SurroundingsError(
            "The register {place} cannot be read ({reason}). Check the rights of the file.",
            place=path,
            reason=error.strerror,
        ) from None
    if len(head) < 100 or not head.startswith(_MAGIC) or int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise RegisterUnusableError(
            "{place} is not a register of this program. It was left untouched; "
            "name another file or restore a backup.",
            place=path,
        )


def settle(path: Path) -> None:
    """Have a finished file reach the disk, so that the rename that follows never puts less in its place."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def settle_folder(folder: Path) -> None:
    """Have the names in a folder reach the disk; Windows does it by itself."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def unfinished(path: Path) -> Path:
    """A name beside ``path`` for what is being made to take its place."""
    return path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")


def remove(path: Path) -> None:
    """Remove a register's file and what SQLite kept beside it, as far as they are there."""
    for suffix in BESIDE:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def refuse_network(path: Path) -> None:
    """SQLite's locks do not hold on network shares: refuse, with the way out. Raises SurroundingsError."""
    if is_network(path):
        raise SurroundingsError(
            "{place} lies on a network share, where an embedded register can be damaged. "
            "Keep it on a local disk, or use a PostgreSQL server for several desks.",
            place=path,
        )


def is_network(path: Path) -> bool:
    """Whether the nearest existing folder of ``path`` lies on a network share."""
    if sys.platform == "win32":
        import ctypes

        drive = os.path.splitdrive(path)[0]
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == 4
    return file_system(path, mounts()) in NETWORK


def mounts() -> list[tuple[str, str]]:
    """The folders at which file systems are mounted and their types, in the order of mounting."""
    try:
        table = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:  # no /proc: macOS says it through mount(8)
        return _mounts_by_command()
    return [(line.split()[1], line.split()[2]) for line in table if line.count(" ") >= 2]


def _mounts_by_command() -> list[tuple[str, str]]:
    import subprocess

    try:
        said = subprocess.run(["mount"], capture_output=True, text=True, timeout=5, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return []
    found = [re.match(r".* on (.+) \(([a-z0-9]+)[,)]", line) for line in said.splitlines()]
    return [(match[1], match[2]) for match in found if match]


def file_system(path: Path, mounts: list[tuple[str, str]]) -> str:
    """The type of the file system under ``path``; ``mounts``: folders and types, in the order of mounting."""
    real = os.path.realpath(path)
    best, kind = -1, ""
    for point, name in mounts:
        point = _ESCAPED.sub(lambda match: chr(int(match[1], 8)), point)
        inside = real == point or real.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= best:
            best, kind = len(point), name
    return kind
