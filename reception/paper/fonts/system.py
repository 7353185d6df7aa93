"""The fonts of this computer: which of them has a character, the most fitting first.

What each file holds is kept in the user's cache folder, because reading hundreds of files takes up to a
second; a file that was changed, added or taken away is noticed by its time and size. ``RECEPTION_FONTS``
names other folders to look in, in place of the system's.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from reception.paper.fonts import sfnt
from reception.paper.fonts.sfnt import Member
from reception.paper.fonts.standard import CJK_BLOCKS, Block, block_of, is_private

VARIABLE = "RECEPTION_FONTS"
_FORMAT = 1
"""Of the cache; another one is read as none."""

# Where several fonts have a character, the families that come first: Han characters as the mainland writes
# them, because a name in its mainland shape is what stands on the identity card; others without serifs,
# beside the bundled Noto Sans SC.
_HAN = (
    *("Noto Sans SC", "Source Han Sans SC", "Plangothic P1", "Plangothic P2", "Plangothic"),
    *("Microsoft YaHei", "SimHei", "SimSun", "SimSun-ExtB", "SimSun-ExtG", "BabelStone Han"),
    *("HanaMinA", "HanaMinB", "Hanazono Mincho A", "Hanazono Mincho B", "Jigmo", "Jigmo2", "Jigmo3"),
    *("MingLiU-ExtB", "MingLiU_HKSCS-ExtB"),
)
# Those whose letters are as large as the Chinese beside them come first.
_ARABIC = ("Noto Sans Arabic", "DejaVu Sans", "Segoe UI", "UKIJ Tuz Tom", "UKIJ Tuz", "Microsoft Uighur")
_OTHER = (
    *(
        "Noto Sans",
        "DejaVu Sans",
        "Segoe UI",
        "Noto Sans Tibetan",
        "Noto Serif Tibetan",
        "Microsoft Himalaya",
    ),
    *("Tibetan Machine Uni", "Noto Sans Symbols", "Noto Sans Symbols2", "Segoe UI Symbol", "Symbola"),
    *("Noto Emoji", "Segoe UI Emoji"),
)
_ARABIC_BLOCKS = (range(0x600, 0x900), range(0xFB50, 0xFEFF))
_PLACEHOLDERS = ("lastresort", "last resort", "adobeblank", "adobe blank", "notdef", "tofu", "fallback")
"""Fonts that claim every character and print none."""
_LAST = ("unifont",)
"""Drawn in pixels: better than a code point, worse than anything else."""
_GB18030 = ("SimSun", "NSimSun", "SimHei", "FangSong", "KaiTi", "Microsoft YaHei", "STSong", "STHeiti")
"""They hold the private-use characters of GB 18030 as that standard has them."""


@dataclass(frozen=True, slots=True, eq=False)
class Installed:
    """A font of this computer."""

    path: Path
    member: Member
    twin: bool
    """Whether another font here, or a bundled one, has the same name."""

    @property
    def name(self) -> str:
        """By which it is told from every other font."""
        return f"{self.member.postscript}-{self.member.build:08X}"

    def has(self, point: int) -> bool:
        """Whether its map has the character."""
        return bisect_right(self.member.spans, point) % 2 == 1 or self._ends(point)

    def count(self, first: int, last: int) -> int:
        """How many of the code points from ``first`` to ``last`` it has."""
        spans = self.member.spans
        place = max(0, bisect_right(spans, first) - 2) & ~1
        total = 0
        for index in range(place, len(spans), 2):
            if spans[index] > last:
                break
            total += max(0, min(last, spans[index + 1]) - max(first, spans[index]) + 1)
        return total

    def _ends(self, point: int) -> bool:
        place = bisect_right(self.member.spans, point)
        return place > 0 and self.member.spans[place - 1] == point


class Library:
    """What the font folders hold, read when it is first asked for.

    Args:
        folders: to look in, with everything below them.
        cache: file that keeps what was read; None keeps nothing.
    """

    def __init__(self, folders: Sequence[Path], cache: Path | None = None) -> None:
        self._folders = tuple(folders)
        self._cache = cache
        self._fonts: list[Installed] | None = None
        self._files: dict[str, tuple[int, int]] = {}
        self._ranked: dict[int, list[Installed]] = {}

    @property
    def fonts(self) -> list[Installed]:
        """All that paper may use."""
        if self._fonts is None:
            self._files = dict(_files(self._folders))
            self._fonts = _installed(self._files, self._cache)
        return self._fonts

    def changed(self) -> bool:
        """Whether a font came, went or was changed since they were read."""
        return self._fonts is not None and dict(_files(self._folders)) != self._files

    def with_character(self, point: int) -> list[Installed]:
        """The fonts that have it, the one to be taken first at the beginning.

        The order depends on nothing but the fonts, so that the same text gives the same document. In one
        block it is the same for every character: a word is not put together from several fonts.
        """
        block = block_of(point)
        ranked = self._ranked.get(block.first)
        if ranked is None:
            some = [font for font in self.fonts if font.count(block.first, block.last)]
            ranked = self._ranked[block.first] = sorted(some, key=lambda font: _rank(font, block))
        if is_private(point):
            return [font for font in ranked if font.member.family in _GB18030 and font.has(point)]
        return [font for font in ranked if font.has(point)]


def folders() -> list[Path]:
    """Where this computer keeps its fonts."""
    if VARIABLE in os.environ:
        return [Path(part) for part in os.environ[VARIABLE].split(os.pathsep) if part]
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
        windows = Path(os.environ.get("SYSTEMROOT") or "C:/Windows")
        return [windows / "Fonts", local / "Microsoft" / "Windows" / "Fonts"]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"]
    data = os.environ.get("XDG_DATA_HOME") or home / ".local" / "share"
    shared = (os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    places = [*shared, "/usr/local/share", "/usr/share", data]
    return [*dict.fromkeys(Path(place) / "fonts" for place in places if place), home / ".fonts"]


def cache_path() -> Path | None:
    """Where what was read from the system's fonts is kept; what other folders hold is not."""
    if VARIABLE in os.environ:
        return None
    return platformdirs.user_cache_path("reception-desk", appauthor=False) / "fonts.json"


def han_rank(family: str) -> int:
    """The place of a family among those that are taken for Han characters; the unknown ones come last."""
    return _HAN.index(family) if family in _HAN else len(_HAN)


def _rank(font: Installed, block: Block) -> tuple[object, ...]:
    family = font.member.family
    liked: tuple[str, ...] = _HAN if block in CJK_BLOCKS else _OTHER
    if any(block.first in one for one in _ARABIC_BLOCKS):
        liked = _ARABIC
    return (
        family.lower().startswith(_LAST),
        liked.index(family) if family in liked else len(liked),
        font.member.plain,
        -font.count(block.first, block.last),
        not font.member.shapes,
        family,
        font.member.postscript,
        font.member.build,
        str(font.path),
    )


def _files(folders: Iterable[Path]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each font file, with its time and size; one that can be reached on two ways once."""
    known: set[tuple[int, int] | str] = set()
    for folder in folders:
        for place, below, names in os.walk(folder, followlinks=True):
            below.sort()
            status = _status(place)
            if status is None or status in known:
                below.clear()
                continue
            known.add(status)
            for name in sorted(names):
                path = os.path.join(place, name)  # noqa: PTH118 - thousands of files, and Path is slow
                if os.path.splitext(name)[1].lower() not in sfnt.SUFFIXES:  # noqa: PTH122
                    continue
                try:
                    found = os.stat(path)  # noqa: PTH116
                except OSError:
                    continue
                same = (found.st_dev, found.st_ino) if found.st_ino else path
                if same not in known:
                    known.add(same)
                    yield path, (found.st_mtime_ns, found.st_size)


def _status(folder: str) -> tuple[int, int] | str | None:
    try:
        found = os.stat(folder)  # noqa: PTH116
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found.st_ino else folder


def _installed(files: dict[str, tuple[int, int]], cache: Path | None) -> list[Installed]:
    known = _read(cache)
    fresh: dict[str, tuple[tuple[int, int], list[Member]]] = {}
    for path, stamp in files.items():
        kept = known.get(path)
        fresh[path] = kept if kept and kept[0] == stamp else (stamp, sfnt.members(Path(path)))
    if cache is not None and fresh != known:
        _write(cache, fresh)
    found = [(Path(path), member) for path, (_stamp, some) in fresh.items() for member in some]
    found = [pair for pair in found if not any(word in pair[1].family.lower() for word in _PLACEHOLDERS)]
    names = Counter(member.postscript for _path, member in found)
    names.update(("NotoSansSC-Regular", "NotoSansSC-Bold"))
    return [Installed(path, member, names[member.postscript] > 1) for path, member in found]


def _read(cache: Path | None) -> dict[str, tuple[tuple[int, int], list[Member]]]:
    """What was kept; nothing when it is damaged or of another format."""
    if cache is None:
        return {}
    try:
        kept = json.loads(cache.read_bytes())
        if kept["format"] != _FORMAT:
            return {}
        return {
            path: ((time, size), [Member._make((*facts, tuple(spans))) for *facts, spans in some])
            for path, (time, size, some) in kept["files"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _write(cache: Path, files: dict[str, tuple[tuple[int, int], list[Member]]]) -> None:
    """Keep it. A second process may do so at the same time: each file is whole, the last one stays.

    What cannot be written is read again next time.
    """
    kept = {"format": _FORMAT, "files": {path: (*stamp, some) for path, (stamp, some) in files.items()}}
    rough = cache.with_name(f".{cache.name}.{secrets.token_hex(6)}.tmp")
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        rough.write_text(json.dumps(kept, ensure_ascii=True, separators=(",", ":")), "ascii")
        rough.replace(cache)
    except OSError:
        with contextlib.suppress(OSError):
            rough.unlink(missing_ok=True)
