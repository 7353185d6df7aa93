"""The pieces of text by which entries are looked up, and the spelling in which texts are compared.

A text is kept under its runs of one to four characters: three in a row are often common each where the whole
is rare, above all digits and letters. What else is looked up has a first byte that no text holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from reception import pinyin, text

LONGEST = 4
"""The longest pieces."""
LEAST_DIGITS = 3
"""Fewer digits stand in almost every telephone number."""
LEAST_LETTERS = 2
INSIDE_LETTERS = 4
"""So many letters are also looked for inside the pinyin of a name; fewer occur in almost every one."""
MOST = 12
"""A longer word is looked up by so many of its pieces; the texts themselves are compared anyway."""

_SAME = re.compile("[\u4e00-\u9fff0-9a-z、。]*\\Z")
"""Texts that folding leaves as they are: most of a Chinese register."""
_LETTERS = re.compile("[a-zü]+(?:['’]+[a-zü]+)*['’]*\\Z")


@lru_cache(maxsize=1 << 14)
def folded(line: str) -> str:
    """``text.fold``, faster for what it leaves alone."""
    return line if _SAME.match(line) else text.fold(line)


def of_text(spelling: str) -> set[str]:
    """The pieces of a folded text. No word holds a blank, so no piece does."""
    found: set[str] = set()
    for run in spelling.split(" "):
        found.update(run)
        found.update(map("".join, pairwise(run)))
        found.update(map("".join, zip(run, run[1:], run[2:], strict=False)))
        found.update(map("".join, zip(run, run[1:], run[2:], run[3:], strict=False)))
    return found


def of_phone(spelling: str) -> set[str]:
    """The pieces of a folded telephone: one or two digits are not looked for in it."""
    if spelling.isascii() and spelling.isdigit():
        return {*_runs(spelling, LEAST_DIGITS), *_runs(spelling, LONGEST)}
    return {piece for piece in of_text(spelling) if not is_few_digits(piece)}


def of_word(word: str) -> tuple[str, ...]:
    """The pieces that whatever holds the folded ``word`` holds too; none when it cannot be looked up."""
    found: dict[str, None] = {}
    for run in filter(None, word.split(" ")):
        found.update(dict.fromkeys(_runs(run, LONGEST) or (run,)))
    every = list(found)
    return tuple(every if len(every) <= MOST else every[:: -(-len(every) // MOST)])


def is_few_digits(word: str) -> bool:
    """Whether a word is too short a number to look for in telephones."""
    return len(word) < LEAST_DIGITS and word.isascii() and word.isdigit()


def letters(word: str) -> str:
    """The letters of a folded word typed as pinyin (``zh'j'g``, ``lü``); ``""`` when it is no pinyin."""
    if not _LETTERS.match(word):
        return ""
    plain = word.replace("'", "").replace("’", "").replace("ü", "v")
    return plain if len(plain) >= LEAST_LETTERS else ""


@lru_cache(maxsize=1 << 15)
def readings(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """How a name is read: every full pinyin, every row of initials."""
    found = pinyin.readings(name)
    return tuple(found.full.split(" ")), tuple(found.initials.split(" "))


@lru_cache(maxsize=1 << 15)
def spelled(name: str) -> tuple[str, str]:
    """Every reading and row of initials, a line break before each; and every full reading."""
    full, first = readings(name)
    return "".join(f"\n{one}" for one in (*full, *first)), "\n".join(full)


def sounds_like(name: str, typed: str) -> bool:
    """Whether ``letters`` may be meant for a name: they begin its pinyin or initials, or are four inside."""
    beginnings, full = spelled(name)
    return f"\n{typed}" in beginnings or (len(typed) >= INSIDE_LETTERS and typed in full)


def initials(typed: str) -> bytes:
    """The key of names whose initials begin with these two to four letters."""
    return b"\x02" + typed.encode()


def beginning(typed: str) -> bytes:
    """The key of names whose pinyin begins with these two or three letters."""
    return b"\x03" + typed.encode()


def inside(typed: str) -> bytes:
    """The key of names whose pinyin holds these four letters."""
    return b"\x06" + typed.encode()


def later_initials(typed: str) -> bytes:
    """The key of names that hold these four initials further on: long ones begin alike by the hundred."""
    return b"\x07" + typed.encode()


def of_letters(typed: str) -> list[tuple[bytes, ...]]:
    """The ways to the names that may be meant, each of keys that such a name has all of."""
    later = map(later_initials, of_word(typed)[1:]) if len(typed) > LONGEST else ()
    ways: list[tuple[bytes, ...]] = [(initials(typed[:LONGEST]), *later)]
    if len(typed) < INSIDE_LETTERS:
        return [*ways, (beginning(typed),)]
    return [*ways, tuple(map(inside, of_word(typed)))]


@lru_cache(maxsize=1 << 15)
def of_name(name: str) -> frozenset[bytes]:
    """The keys of a name's readings."""
    full, first = readings(name)
    keys = {initials(one[:size]) for one in first for size in (2, 3, 4) if len(one) >= size}
    keys.update(beginning(one[:size]) for one in full for size in (2, 3) if len(one) >= size)
    keys.update(inside(four) for one in full for four in _runs(one, INSIDE_LETTERS))
    keys.update(later_initials(four) for one in first for four in _runs(one[1:], LONGEST))
    return frozenset(keys)


def value(column: str, kept: object) -> bytes:
    """The key of a column's value."""
    return f"\x04{column}={kept}".encode()


def encoded(found: Iterable[str]) -> Iterator[bytes]:
    """Pieces of text as keys."""
    return (piece.encode() for piece in found)


def _runs(run: str, size: int) -> list[str]:
    return [run[at : at + size] for at in range(len(run) - size + 1)]
