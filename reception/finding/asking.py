"""What a typed text asks for: the same of an entry and of any other record."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from reception import text as rules
from reception.finding import leading, pieces
from reception.finding.conditions import Every, Some
from reception.finding.names import Names
from reception.finding.protocol import Condition

_PHONE = re.compile(r"[+(（]?[0-9０-９][-+()0-9０-９（）－ .]*\Z")
"""One telephone number, in whatever groups it was typed."""
_NO_DIGIT = re.compile("[^0-9]")


def _never(_word: str) -> Sequence[Condition]:
    return ()


def conditions(
    text: str, names: Names, short: Callable[[str], Sequence[Condition]] = _never
) -> list[Condition]:
    """What a cleaned text asks for; without a word nothing.

    Args:
        text: what was typed, cleaned as a line.
        names: those of the matters, among which a word may stand.
        short: what else a word may mean, such as the short number of an entry.
    """
    words = list(dict.fromkeys(text.split()))
    if _PHONE.match(text) and (whole := _as_one_phone(text)):
        every = Every(tuple(_contains(names, word) for word in words))
        return [Some((*map(leading.digits, whole), every, *short(text)))]
    each = [_or(_contains(names, word), *short(word)) for word in words]
    letters = pieces.letters("'".join(map(pieces.folded, words))) if len(words) > 1 else ""
    if letters:  # a name's pinyin, typed in syllables
        return [Some((Every(tuple(each)), leading.sounds_like(letters)))]
    return each


def _contains(names: Names, typed: str) -> Condition:
    """A word stands in the texts, the telephones, the name of the matter, or is how a name sounds."""
    word, numbers = pieces.folded(typed), rules.phone_digits(typed)
    digits = numbers if _PHONE.match(typed) and len(numbers) >= pieces.LEAST_DIGITS else ""
    return leading.word(word, digits, pieces.letters(word), names.matters_holding(word))


def _or(first: Condition, *others: Condition) -> Condition:
    return Some((first, *others)) if others else first


def _as_one_phone(typed: str) -> list[str]:
    """Digits that a telephone may hold: all that were typed, or the one number that they spell (no +86)."""
    plain = _NO_DIGIT.sub("", rules.clean_phone(typed))
    spelled = rules.phone_numbers(typed)
    wanted = {plain, *(spelled if len(spelled) == 1 else ())}
    return [digits for digits in sorted(wanted) if len(digits) >= pieces.LEAST_DIGITS]
