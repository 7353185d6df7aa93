"""Which lines of a form have characters that no font prints, told before anything is on paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from reception.facts.unprinted import Unprinted, UnprintedLine
from reception.paper.fonts.chain import Chain, chain

_WHOLE = re.compile(r"\d{8}-")
_NUMBER = re.compile(r"(?:\d{8}-)?(?:[A-Z0-9]+-)?\d{3,}")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)T")
_AROUND = 12
"""Characters of a long text that are told before and after the one."""


def find(lines: Iterable[tuple[str, object]], fonts: Chain | None = None) -> Unprinted:
    """The lines that have such characters.

    Args:
        lines: of a form, ``(key, values)``; the values may be lists and mappings of any depth.
        fonts: the regular chain if not given.
    """
    fonts = fonts or chain()
    found = []
    for key, values in lines:
        texts = list(_texts(values))
        if not fonts.unprinted("".join(texts)):
            continue
        bad = [(text, chars) for text in texts if (chars := fonts.unprinted(text))]
        characters = "".join(dict.fromkeys("".join(chars for _text, chars in bad)))
        found.append(UnprintedLine(key, _number(texts), characters, _clipped(*bad[0])))
    return Unprinted(tuple(found))


def _number(texts: Sequence[str]) -> str:
    """The number that a line bears, "" without one; a register's own ones get their day before them."""
    number = next((text for text in texts if _NUMBER.fullmatch(text)), "")
    day = next(filter(None, map(_DAY.match, texts)), None)
    if not number or _WHOLE.match(number) or day is None:
        return number
    return f"{''.join(day.groups())}-{number}"


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, Iterable):
        for one in value:
            yield from _texts(one)


def _clipped(text: str, characters: str) -> str:
    """The text around the first of the characters, on one line."""
    place = text.index(characters[0])
    start, end = max(0, place - _AROUND), place + 1 + _AROUND
    piece = " ".join(text[start:end].split())
    return ("…" if start else "") + piece + ("…" if end < len(text) else "")
