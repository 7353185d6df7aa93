"""Matching of what is typed into the department and matter fields."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable

from reception.text.cleaning import clean_line
from reception.text.patterns import later

_BETWEEN_WORDS = str.maketrans(dict.fromkeys("、，,；;/|()（）\n", " "))
# What an input method shows while it composes: sh'e'b'k, she bao ka.
_BETWEEN_SYLLABLES = later("['’ ]+")
_LEAST_PINYIN_INSIDE = 4  # two or three letters occur inside almost every name's pinyin


def fold(text: str) -> str:
    """``text`` in the spelling that is compared, never shown or kept: cleaned, NFKC, case folded."""
    if text.isascii():
        return clean_line(text).casefold()
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", clean_line(text)).casefold())
    return clean_line(folded)


def matches(
    query: str,
    *,
    names: str | Iterable[str] = (),
    keywords: str | Iterable[str] = (),
    pinyin: str = "",
    initials: str = "",
    code: str = "",
) -> int | None:
    """How well an item of the directory or the catalogue fits ``query``: lower is better, None is not at all.

    Args:
        query: what is in the field, also the letters that an input method is still composing.
        names: the item's names; one string, or several.
        keywords: how people ask for it; one string with blanks or commas between them, or several.
        pinyin: every reading without gaps, the name's own first, blanks between them (``Reading.full``).
        initials: the same of the initials (``Reading.initials``).
        code: the item's short code.

    Of several words each must fit. An empty query fits everything alike (0).
    """
    words = _words(query)
    if words == [""]:
        return 0
    name, keyword = _searchable(_joined(names)), _searchable(_joined(keywords))
    code = code.casefold()
    whole = " ".join(words)
    rank = _rank(whole, name, keyword, pinyin, initials, code)
    if rank is not None or len(words) == 1:
        return rank
    ranks = [_rank(word, name, keyword, pinyin, initials, code) for word in words]
    return None if None in ranks else max(rank for rank in ranks if rank is not None)


@functools.lru_cache(maxsize=8)
def _words(query: str) -> list[str]:
    """What is typed, folded: the same for each of the items that it is held against."""
    return fold(query.translate(_BETWEEN_WORDS)).split(" ")


def _joined(texts: str | Iterable[str]) -> str:
    return texts if isinstance(texts, str) else " ".join(texts)


@functools.lru_cache(maxsize=2048)
def _searchable(text: str) -> str:
    """The text folded, with a blank before each word, so that ``" 社"`` finds beginnings.

    Kept, because the directory is searched anew with each key.
    """
    return " " + fold(text.translate(_BETWEEN_WORDS))


def _rank(query: str, name: str, keyword: str, pinyin: str, initials: str, code: str) -> int | None:
    """Exact first, then what begins alike, then what is inside; the name before keywords and rare readings.

    The first of the readings is the name's own; those behind it may be unlikely ones or the keywords'.
    """
    if query == code:
        return 0
    if query == name[1:]:
        return 1
    if code.startswith(query):
        return 2
    start = " " + query
    if start in name:
        return 3
    letters = _BETWEEN_SYLLABLES.sub("", query).replace("ü", "v") if query.isascii() or "ü" in query else ""
    if letters and (rank := _rank_by_first_reading(letters, pinyin, initials)):
        return rank
    if start in keyword:
        return 7
    if query in name:
        return 8
    rank = _rank_by_readings(letters, pinyin, initials) if letters else None
    return 11 if (rank is None or rank > 11) and query in keyword else rank


def _rank_by_first_reading(letters: str, pinyin: str, initials: str) -> int | None:
    if initials.startswith(letters):
        return 4 if initials[len(letters) : len(letters) + 1] in ("", " ") else 5
    return 6 if pinyin.startswith(letters) else None


def _rank_by_readings(letters: str, pinyin: str, initials: str) -> int | None:
    start = " " + letters
    if start in initials:
        return 9
    if start in pinyin:
        return 10
    if letters in initials:
        return 12
    return 13 if len(letters) >= _LEAST_PINYIN_INSIDE and letters in pinyin else None
