"""How the window and the terminal say what cannot be printed, and how to get a font for it."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from reception.facts.unprinted import Unprinted, UnprintedLine
from reception.wording import Wording

_FEW = 6
"""Characters and lines that are told one by one."""
_ARABIC = (range(0x600, 0x900), range(0xFB50, 0xFEFF))
_TIBETAN = (range(0xF00, 0x1000),)
_PRIVATE = (range(0xE000, 0xF900), range(0xF0000, 0x110000))
_YOUNG_HAN = (range(0x2EBF0, 0x2EE60), range(0x30000, 0x323B0))
"""Extensions I, G and H: what has most of the Han characters has few of these."""
_HAN = (range(0x2E80, 0x2FE0), range(0x3400, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x40000))
_PICTURES = (range(0x2600, 0x27C0), range(0x1F000, 0x1FC00))
_KINDS = (_PRIVATE, _YOUNG_HAN, _HAN, _ARABIC, _TIBETAN, _PICTURES)

# The names are those of packages and fonts, and the same in every language.
_PACKAGES = {
    id(_HAN): "fonts-babelstone-han fonts-hanazono",
    id(_ARABIC): "fonts-ukij-uyghur",
    id(_TIBETAN): "fonts-tibetan-machine",
    id(_PICTURES): "fonts-symbola",
}
_FONTS = {
    "win32": {
        id(_HAN): "SimSun-ExtB, BabelStone Han",
        id(_ARABIC): "Microsoft Uighur",
        id(_TIBETAN): "Microsoft Himalaya",
        id(_PICTURES): "Segoe UI Symbol",
    },
    "darwin": {id(_HAN): "BabelStone Han", id(_PICTURES): "Symbola"},
}
_OTHER_PACKAGES = "fonts-noto-core"
_ANYWHERE = {id(_YOUNG_HAN): "Jigmo (https://kamichikoichi.github.io/jigmo/)"}
"""Free fonts that no system brings along; they are fetched and installed by hand."""


def advice(wording: Wording, unprinted: Unprinted, system: str = sys.platform) -> str:
    """What is printed as a code in a box, in which lines, and how to get a font; "" when all can be printed.

    Args:
        wording: in which language.
        unprinted: what was found.
        system: as ``sys.platform``.
    """
    if not unprinted:
        return ""
    _ = wording.gettext
    characters, lines = unprinted.characters, unprinted.found
    said = _("No font on this computer has {characters}: each is printed as its code in a box.").format(
        characters=_listed(wording, [f"{char} (U+{ord(char):04X})" for char in characters], len(characters))
    )
    where = _("Concerned: {lines}.").format(
        lines=_listed(wording, [_line(line) for line in lines[:_FEW]], len(lines))
    )
    return " ".join([said, where, *remedies(wording, characters, system)])


def remedies(wording: Wording, characters: str, system: str = sys.platform) -> list[str]:
    """How to get fonts for the characters; nothing where nobody can say."""
    _ = wording.gettext
    kinds = {id(kind): kind for char in characters if (kind := _kind(ord(char)))}
    said, by_hand = [], [_ANYWHERE[kind] for kind in kinds if kind in _ANYWHERE]
    wanted = [kind for kind in kinds if kind != id(_PRIVATE) and kind not in _ANYWHERE]
    if system.startswith("linux"):
        names = [_PACKAGES[kind] for kind in wanted]
        if any(_kind(ord(char)) is None for char in characters):
            names.append(_OTHER_PACKAGES)
        if names:
            said.append(_("Install the packages {names}, then print again.").format(names=" ".join(names)))
    else:
        fonts: Mapping[int, str] = _FONTS.get(system, _FONTS["win32"])
        by_hand = [*(fonts[kind] for kind in wanted if kind in fonts), *by_hand]
    if by_hand:
        said.append(_("Install the font {names}, then print again.").format(names=", ".join(by_hand)))
    if id(_PRIVATE) in kinds:
        said.append(_("U+E000 to U+F8FF means something else on every computer: type such a character anew."))
    return said


def _kind(point: int) -> tuple[range, ...] | None:
    return next((kind for kind in _KINDS if any(point in part for part in kind)), None)


def _line(line: UnprintedLine) -> str:
    return f"{line.number} ({line.text})" if line.number and line.number != line.text else line.text


def _listed(wording: Wording, parts: Sequence[str], count: int) -> str:
    """The first of them, and how many more there are."""
    text = wording.gettext(", ").join(parts[:_FEW])
    if count <= _FEW:
        return text
    return wording.gettext("{names} and {count} more").format(names=text, count=count - _FEW)
