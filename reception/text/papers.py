"""A paper of the catalogue as people write it, ``身份证 原件1 复印件2``: its name, which sort, how many."""

from __future__ import annotations

from enum import Enum

from reception.shapes import dataclass
from reception.text.patterns import later


class Sort(Enum):
    """原件, 复印件."""

    ORIGINAL = "original"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Paper:
    """``sorts`` are what is written of it, each with how many, None where no number stands."""

    name: str
    sorts: tuple[tuple[Sort, int | None], ...] = ()


_SORTS = later(
    r"(?:(?P<sort>原件|复印件|originals?|copies|copy)\s*[:：]?\s*(?:各?\s*(?P<count>\d{1,3}|[一二两三四五六七八九十])\s*份?)?"
    r"|(?P<each>各\s*(?P<all>\d{1,3}|[一二两三四五六七八九十])\s*份)|(?P<between>[\s,，、;；和及与+/（）()]|and\b))",
)
_BEGIN = later(r"原件|复印件|\boriginals?\b|\bcop(?:y|ies)\b")
_NUMBERS = {char: at for at, char in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_SEVERAL = ("+", "＋", "、", "和", "及", "或", ";", "；")
_EDGES = " \t　（(:：,，、"


def lines_of(materials: str) -> tuple[str, ...]:
    """The papers of a matter, each once, in the catalogue's order."""
    return tuple(dict.fromkeys(line for one in materials.splitlines() if (line := one.strip())))


def read(line: str) -> Paper:
    """What a line of the catalogue says; of several papers in one, or in other words, only the line itself.

    ``身份证 原件1 复印件2``, ``户口簿（原件、复印件各1份）``, ``ID card original 1, copies 2``.
    """
    whole = line.strip()
    first = _BEGIN.search(whole.lower())
    if first is None or len(whole.lower()) != len(whole):
        return Paper(whole)
    name = whole[: first.start()].rstrip(_EDGES)
    if not name or any(sign in name for sign in _SEVERAL):
        return Paper(whole)
    sorts = _sorts(whole[first.start() :].lower())
    return Paper(name, sorts) if sorts else Paper(whole)


def _sorts(text: str) -> tuple[tuple[Sort, int | None], ...]:
    """What is written after the name; () where anything else stands there too."""
    found: list[tuple[Sort, int | None]] = []
    at, each = 0, None
    while at < len(text):
        match = _SORTS.match(text, at)
        if match is None or match.end() == at:
            return ()
        at = match.end()
        if match["sort"]:
            original = match["sort"].startswith("orig") or match["sort"] == "原件"
            found.append((Sort.ORIGINAL if original else Sort.COPY, _number(match["count"])))
            if match[0].lstrip().find("各") > 0:
                each = _number(match["count"])
        elif match["each"]:
            each = _number(match["all"])
    if len({sort for sort, _count in found}) < len(found):
        return ()
    return tuple((sort, each if each is not None else count) for sort, count in found)


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    return _NUMBERS[text] if text in _NUMBERS else int(text)
