"""Where what was looked for stands in a text, so that the clerk sees why a line was found.

The rules are Find's: texts are compared cleaned and folded, telephones by their digits, names also by their
pinyin. Here they only colour a few lines; what is found the register decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from reception.text import fold, phone_digits
from ui.widgets.painting import Mark

_LOOKED_AT = 4_000
"""Characters of a text that are searched for the place to show."""
_BEFORE = 8
_AFTER = 24
_LEAST_DIGITS = 3
_LETTERS = re.compile("[a-zü'’]{2,}\\Z")


def words_of(typed: str) -> tuple[str, ...]:
    """The words that are looked for, as texts are compared."""
    return tuple(dict.fromkeys(fold(typed[:_LOOKED_AT]).split()))


@lru_cache(maxsize=512)
def in_text(text: str, words: tuple[str, ...]) -> tuple[Mark, ...]:
    """Where the words stand in a text."""
    if not words or not text:
        return ()
    folded, places = _folded(text[:_LOOKED_AT])
    found = []
    for word in words:
        found += [(places[at], places[at + len(word) - 1] + 1) for at in _all(folded, word)]
    return tuple(sorted(found))


@lru_cache(maxsize=512)
def in_phone(text: str, words: tuple[str, ...]) -> tuple[Mark, ...]:
    """Where the words stand in a telephone number, however either was written."""
    plain = in_text(text, words)
    if plain or not text:
        return plain
    places = [at for at, one in enumerate(text) if one.isdecimal()]
    digits = phone_digits("".join(text[at] for at in places))
    wanted = [phone_digits(word) for word in ("".join(words), *words)]
    for one in wanted:
        if len(one) >= _LEAST_DIGITS and len(digits) == len(places) and (at := digits.find(one)) >= 0:
            return ((places[at], places[at + len(one) - 1] + 1),)
    return ()


@lru_cache(maxsize=512)
def in_name(text: str, words: tuple[str, ...]) -> tuple[Mark, ...]:
    """Where the words stand in a name; by its pinyin it is found as a whole."""
    if plain := in_text(text, words):
        return plain
    if any(_LETTERS.match(word) for word in words) and not text.isascii():
        # Only now: whoever finds by letters has loaded the readings of names already.
        from reception.finding import pieces

        tries = {pieces.letters(word) for word in (*words, "'".join(words))} - {""}
        if any(pieces.sounds_like(text, letters) for letters in tries):
            return ((0, len(text)),)
    return ()


def snippet(text: str, words: tuple[str, ...]) -> str:
    """The first place of any word with what stands around it; "" where there is none."""
    marks = in_text(text, words)
    if not marks:
        return ""
    start, end = max(0, marks[0][0] - _BEFORE), marks[0][1] + _AFTER
    words_ = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{words_}{'…' if end < len(text) else ''}"


def _folded(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and for each of its characters where it came from."""
    found: list[str] = []
    places: list[int] = []
    for at, one in enumerate(text):
        spelled = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", one).casefold())
        found.append(spelled)
        places.extend([at] * len(spelled))
    return "".join(found), places


def _all(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))
