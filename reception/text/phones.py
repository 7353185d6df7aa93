"""Telephone numbers: kept as typed, compared by digits, never refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from reception.text.cleaning import clean_line
from reception.text.patterns import later

_DASH_RE = later("[‐-―−﹘﹣－]")
_GAP = r"[\ .\-]{0,3}"
# Longest forms first; blanks, dots and dashes may group the digits of one number.
_NUMBER_RE = later(
    rf"""
    (?<!\d)(?:
        (?:(?:\+|00)?{_GAP}86{_GAP})?(?P<mobile>1[3-9](?:{_GAP}\d){{9}})(?!\d)
      | (?:(?:\+|00){_GAP}86{_GAP}\(?0?|\(?0)(?P<area>10|2\d|[3-9]\d\d)\)?{_GAP}
        (?P<local>\d{{3,4}}{_GAP}\d{{4}})(?!\d)
      | (?P<service>[48]00(?:{_GAP}\d){{7}})(?!\d)
      | (?P<abroad>\+\d(?:{_GAP}\(?\d\)?){{5,14}})(?!\d)
      | (?P<near>[2-9]\d{{2,3}}[\ \-]\d{{4}})(?!\d)
      | (?P<begun>1[3-9]\d(?:[\ \-]\d{{1,4}}){{1,3}})(?!\d)
      | (?P<other>\d+)
    )
    (?:\s*(?:转|轉|分机号?|内线|ext\.?|x|\#|-)\s*:?\s*\d{{1,6}}(?!\d))?
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_NON_DIGIT_RE = later("[^0-9]")


def clean_phone(text: str) -> str:
    """The number as it was given: full-width digits and dashes become ASCII, words (转, 未显示) stay.

    Nothing is refused: one cell may hold several numbers, an extension, or why there is none.
    """
    return _DASH_RE.sub("-", clean_line(unicodedata.normalize("NFKC", clean_line(text))))


def phone_numbers(text: str) -> tuple[str, ...]:
    """The digits of every number in ``text``, in order, each as one would dial it within the country.

    +86 and 0086 are dropped and a land line gets the 0 of its area code back; extensions (-8023, 转8023) are
    left out, so that everybody behind one switchboard is found by its number. Empty for a withheld number.
    """
    return tuple(dict.fromkeys(_digits(match) for match in _NUMBER_RE.finditer(clean_phone(text))))


def phone_digits(text: str) -> str:
    """The digits to match a telephone by: those of the first number in ``text``, or ``""``."""
    match = _NUMBER_RE.search(clean_phone(text))
    return _digits(match) if match else ""


def number_meant(typed: str, numbers: Sequence[str]) -> str:
    """Of somebody's ``numbers`` the one that holds the digits typed, else the first; "" of nobody's."""
    digits = phone_digits(typed)
    fitting = (number for number in numbers if digits and digits in phone_digits(number))
    return next(fitting, numbers[0] if numbers else "")


def _digits(match: re.Match[str]) -> str:
    kind = match.lastgroup
    if kind == "local":
        return _NON_DIGIT_RE.sub("", f"0{match['area']}{match['local']}")
    return _NON_DIGIT_RE.sub("", match[kind or 0])
