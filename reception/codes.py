"""The code on a visitor's pass: what a scanner types when the visitor leaves.

A code is the site's prefix, the entry's number and two check digits (ISO 7064 MOD 97-10), so that what a
scanner sends is known from what somebody types by what it is, never by how fast it comes. Digits and dashes
come through every input method as they are.
"""

from __future__ import annotations

import unicodedata

from reception.errors import InputError
from reception.numbers import Number, parse_number

LONGEST_PREFIX = 8
_VALUES = {sign: str(value) for value, sign in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-")}


def is_prefix(text: str) -> bool:
    """Whether a site may choose this prefix: printable ASCII beginning with a sign that begins no word."""
    ascii_signs = all("!" <= sign <= "~" for sign in text)
    return 0 < len(text) <= LONGEST_PREFIX and ascii_signs and not text[0].isalnum()


def encode(number: Number, prefix: str) -> str:
    """The code of an entry: ``~20261122-00105`` for ``20261122-001``."""
    body = str(number)
    return f"{prefix}{body}{98 - int(_digits(body) + '00') % 97:02d}"


def decode(text: str, prefix: str) -> Number | None:
    """The number that a code stands for; None for anything that is not such a code.

    Full-width signs are read as they are meant: an input method may have widened them.
    """
    code = unicodedata.normalize("NFKC", text).strip()
    if not prefix or not code.startswith(prefix):
        return None
    body = code[len(prefix) :].upper()
    if not all(sign in _VALUES for sign in body) or not body[-2:].isdigit():
        return None
    if int(_digits(body)) % 97 != 1:
        return None
    try:
        return parse_number(body[:-2])
    except InputError:
        return None


def _digits(body: str) -> str:
    return "".join(_VALUES[sign] for sign in body)
