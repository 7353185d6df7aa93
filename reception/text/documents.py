"""Numbers of papers and plates: text, compared in one spelling, shown masked, warned about at most."""

from __future__ import annotations

import unicodedata

from reception.text.cleaning import clean_line
from reception.text.patterns import later

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_IDENTITY_RE = later("[0-9]{17}[0-9X]")
_FILLING_RE = later("[ ·•・‧∙]+")
_LOST_RE = later(r"[+-]?[0-9](?:\.[0-9]+)?E\+?[0-9]{1,3}")


def fold_code(text: str) -> str:
    """A document number or a plate as it is compared: NFKC, capitals, no blanks, no dots."""
    folded = _FILLING_RE.sub("", _nfkc(_nfkc(clean_line(text)).upper()))
    return clean_line(_nfkc(folded))  # where blanks are gone, accents have found their letters


def id_number_warning(text: str) -> bool:
    """Whether ``text``, given as an identity card's number, has 18 places and a check digit that is wrong.

    GB 11643-1999 (ISO 7064 MOD 11-2). Ask only where the clerk has said that it is an identity card: a
    hotline order's number has 18 digits too. Nothing but the check digit is judged, because real numbers have
    birthdays that never were and area codes that no list holds (81, 82, 83: residence permits of people from
    港澳台).
    """
    number = fold_code(text)
    if not _IDENTITY_RE.fullmatch(number):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return _CHECK_DIGITS[total % 11] != number[17]


def lost_digits(text: str) -> bool:
    """Whether ``text`` is what a spreadsheet leaves of a long number (``2.01127E+17``): digits are gone."""
    return _LOST_RE.fullmatch(fold_code(text)) is not None


def mask_document(number: str) -> str:
    """``number`` as it may be shown: ``****1234``, the last four characters; of short numbers at most half.

    The number of asterisks says nothing about the number's length beyond four. Empty stays empty.
    """
    number = clean_line(number)
    shown = min(4, len(number) // 2)
    return "*" * min(4, len(number) - shown) + number[len(number) - shown :]


def _nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
