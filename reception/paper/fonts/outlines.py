"""A font's content without its outlines, which have 40 MB in a large font and are read as they are drawn."""

from __future__ import annotations

import os
from pathlib import Path
from typing import overload


class Outlined:
    """Reads as the bytes of the file do; the part from ``start`` to ``end`` comes from the disk.

    The file stays open as long as the process lives: whoever replaces it meanwhile changes nothing here.
    """

    def __init__(self, path: Path, content: bytes, start: int, end: int) -> None:
        self._file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._before, self._after = content[:start], content[end:]
        self._start, self._end, self._size = start, end, len(content)

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, part: int) -> int: ...

    @overload
    def __getitem__(self, part: slice) -> bytes: ...

    def __getitem__(self, part: int | slice) -> int | bytes:
        if isinstance(part, int):
            return self[part : part + 1][0]
        first, last, _step = part.indices(self._size)
        if last <= self._start:
            return self._before[first:last]
        if first >= self._end:
            return self._after[first - self._end : last - self._end]
        return self._read(first, max(first, last))

    def whole(self) -> bytes:
        """All of it."""
        return self._read(0, self._size)

    def _read(self, first: int, last: int) -> bytes:
        os.lseek(self._file, first, os.SEEK_SET)
        parts = []
        while first < last and (read := os.read(self._file, last - first)):
            parts.append(read)
            first += len(read)
        return b"".join(parts)
