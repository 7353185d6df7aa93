"""Where Chinese meets Latin letters or digits within a line, and the little room that is left there.

The room is advance, never a character: what is selected, searched and copied stays what was registered. Good
typesetting leaves an eighth to a quarter of an em (JLREQ 3.2.6, CSS Text 4 ``text-autospace``); poppler takes
a tenth for a blank. With what a digit has beside itself in its own width, a little less than a tenth looks
like a sixth.
"""

from __future__ import annotations

import re
from itertools import pairwise

GAP = 90
"""In thousandths of the size."""
_HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_LATIN = (
    "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u0373\u0376-\u0377\u0386-\u0481\u048a-\u052f"
    "\u1e00-\u1fff"
)
_MEETING = re.compile(f"[{_HAN}](?=[{_LATIN}])|[{_LATIN}](?=[{_HAN}])")
some_latin = re.compile(f"[{_LATIN}]").search
"""Whether there is any Latin: most lines are of one kind only, which is seen much faster."""


def places(text: str) -> list[int]:
    """The characters of ``text`` before which a little room is left, by their places."""
    if text.isascii() or some_latin(text) is None:
        return []
    return [one.end() for one in _MEETING.finditer(text)]


def parts(line: str) -> list[str]:
    """The line, parted where a little room is left; joined they are the line."""
    found = places(line)
    if not found:
        return [line]
    return [line[start:end] for start, end in pairwise((0, *found, len(line)))]
