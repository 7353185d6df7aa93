"""To whom a paper goes: departments, however they are called for short, and people by their names.

A department is meant by its code, its name or one of several names in it, by a piece of the name (监察大队),
by characters of it in their order from the first one on (劳监), or by its initials or its whole pinyin in
small letters. Whoever stands in the directory by name is somebody, and so is what fits none.
"""

from __future__ import annotations

from collections.abc import Iterable

from reception.facts.site import DepartmentFact
from reception.text.cleaning import clean_line
from reception.text.matching import fold
from reception.text.patterns import later

COMMAS = "、，,；;\n"
"""What stands between the names."""
_BETWEEN = later(f"[{COMMAS}]")
_OF_NAME = later(r"\s*[/／()（）]\s*")
_LEAST = 2
_LEAST_LETTERS = 3
"""Fewer begin the initials of too many."""


def split(typed: str) -> list[str]:
    """The names between commas."""
    return [name for one in _BETWEEN.split(typed) if (name := clean_line(one))]


def meant(name: str, departments: Iterable[DepartmentFact]) -> list[DepartmentFact]:
    """The department that a name means; several where it fits several alike, none for somebody."""
    words, known = fold(name), list(departments)
    people = {fold(who) for one in known for who in (one.officer_a, one.officer_b, one.leader) if who}
    if not words or words in people:
        return []
    ranked = [(rank, one) for one in known if (rank := _rank(name, words, one)) is not None]
    best = min((rank for rank, _one in ranked), default=None)
    return [one for rank, one in ranked if rank == best]


def _rank(name: str, words: str, one: DepartmentFact) -> int | None:
    """How well it fits: lower is better, None is not at all."""
    parts = [part for part in map(fold, _OF_NAME.split(one.name)) if part]
    if words in (fold(one.code), fold(one.name), *parts):
        return 0
    if words.isascii():
        return _by_letters(words, one) if name == name.lower() else None  # Wang is somebody
    if len(words) < _LEAST:
        return None
    if words in fold(one.name):
        return 1
    return 2 if any(_abbreviates(words, part) for part in parts) else None


def _by_letters(words: str, one: DepartmentFact) -> int | None:
    initials = one.initials.split()
    if words in initials or words in one.pinyin.split():
        return 1
    return 2 if len(words) >= _LEAST_LETTERS and any(row.startswith(words) for row in initials) else None


def _abbreviates(words: str, name: str) -> bool:
    """Whether the characters stand in the name in this order, the first of both alike."""
    rest = iter(name)
    return name.startswith(words[0]) and all(character in rest for character in words)
