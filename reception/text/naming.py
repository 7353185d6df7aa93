"""Whether a text names somebody or something: a whole name, one of several names in one, a code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reception.text.matching import fold
from reception.text.patterns import later

_SEVERAL = later(r"\s*[/／、,，;；]\s*")
_LEAST = 2
"""A name of one character stands in too many words to mean anybody."""


def named(text: str, names: Iterable[str]) -> str | None:
    """The first of ``names`` that stands in ``text``, None for none.

    A name of several (``A / B``) is each of them too. Letters that go on beside a name in Latin letters make
    another word of it.
    """
    folded = fold(text)
    return next((name for name in _each(names) if _stands(fold(name), folded)), None)


def _each(names: Iterable[str]) -> Iterator[str]:
    for whole in names:
        yield from dict.fromkeys(one for one in (whole, *_SEVERAL.split(whole)) if len(one) >= _LEAST)


def _stands(name: str, text: str) -> bool:
    if not name.isascii():
        return name in text
    return re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", text) is not None
