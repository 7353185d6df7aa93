"""How much of what standards list is printed, and by which fonts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from reception.paper.fonts import shaping
from reception.paper.fonts.chain import Chain, chain
from reception.paper.fonts.standard import CJK_BLOCKS, general_standard
from reception.paper.fonts.system import Installed, han_rank

STANDARD = "通用规范汉字表"


@dataclass(frozen=True, slots=True)
class Used:
    """A font of the chain: family, file (None: the program brings it), how many characters of the blocks."""

    family: str
    file: Path | None
    characters: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of characters: how many of them a font prints, how many there are, and the others."""

    name: str
    printed: int
    total: int
    missing: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """The fonts in the order in which they are asked, the lists, whether letters are joined and stacked."""

    fonts: tuple[Used, ...]
    others: int
    """Further fonts of this computer that are asked for other scripts."""
    lists: tuple[Listed, ...]
    shaping: bool


def measure(fonts: Chain | None = None) -> Coverage:
    """Look every character of the lists up; a second or two, because all their fonts are read."""
    fonts = fonts or chain()
    used: Counter[str] = Counter()
    whole = [_listed(fonts, STANDARD, map(ord, "".join(general_standard())), Counter())]
    whole += [_listed(fonts, block.name, block.points(), used) for block in CJK_BLOCKS]
    installed = {font.name: font for font in fonts.library.fonts} if fonts.library else {}
    told = []
    for name in sorted(used, key=lambda name: _place(installed.get(name))):
        font = installed.get(name)
        told.append(Used(font.member.family if font else name, font.path if font else None, used[name]))
    return Coverage(tuple(told), len(installed.keys() - used.keys()), tuple(whole), shaping.AVAILABLE)


def _place(font: Installed | None) -> tuple[int, str]:
    return (han_rank(font.member.family), font.name) if font else (-1, "")


def _listed(fonts: Chain, name: str, points: Iterable[int], used: Counter[str]) -> Listed:
    total, missing = 0, []
    for point in points:
        total += 1
        home = fonts.font_of(chr(point))
        if home:
            used[home] += 1
        else:
            missing.append(chr(point))
    return Listed(name, total - len(missing), total, "".join(missing))
