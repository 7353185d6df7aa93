"""Breaks text into lines as Chinese typesetting asks, for cells and headings.

Rules: no closing mark at the start of a line and no opening one at its end (GB/T 15834 标点符号用法, §5.1), a
word or number is split only when it is wider than the line, a time of day never; the last line is not a
single character where the line above can spare one. Blanks at a break hang over the edge unseen. The lines
joined are the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise

from reception.paper import seams

BLANKS = " \u3000\n"
CLOSING = frozenset(
    "!%),.:;?]}~/¢°·’”‐–—…‰′″℃、。々〉》」』】〕〗〛〞・゠ー﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞！％），．／：；？］｝～｡｣､"
)
"""Never at the start of a line."""
OPENING = frozenset("$([{£¥‘“〈《「『【〔〖〚〝﹙﹛﹝＄（［｛￡￥｢")
"""Never at the end of a line."""
_UNITS = frozenset("年月日时点分秒号元人名次件批岁页天楼室个份位项条张本万亿层组栋")
"""What belongs to the number before it: a date is not broken within ``5日``."""
_BEFORE_NUMBERS = frozenset("第转")
"""What belongs to the number behind it: ``第3次``, and the extension of a telephone, ``转8023``."""
_STRAIGHT = frozenset("\"'\u00a0\u202f\u2060")  # may open or close, or binds: neither side of it breaks
_ASCII_MARKS = frozenset("!),.:;?")
WIDE = re.compile(
    "[—…\u2e80-\u30ff\u3105-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f"
    "\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uffef\U0001f000-\U0003ffff]"
)
"""A line may end before and after it."""
_TIME = re.compile(r"(?<!\d)\d{1,2}(?:[:：]\d{2}){1,2}(?!\d)")
_LONGEST_TIME = len("23:59:59")
_FEW_MARKS = 4
"""More closing marks in a row are no punctuation, but a line somebody drew with them."""
_NONE: frozenset[int] = frozenset()
_SEAMS = frozenset("-/\\.,;@_=&?+|\u0f0b\u0f0d")
"""Where a word that must be split is split best: after one of these; Tibetan has no other places."""


def broken(text: str, limit: float, advances: Mapping[str, int]) -> list[str]:
    """The lines of a cell as they are drawn: as `break_text`, without the blanks that hang over their ends.

    The little room between Chinese and Latin (`seams`) has its place in each of them, unless there would be
    more lines for it: then it gives way in those that are full, so that no sheet becomes longer by it.
    """
    lines = break_text(text, limit, advances)
    if len(lines) > 1 and seams.places(text):
        airy = break_text(text, limit, advances, seams.GAP)
        if len(airy) == len(lines):
            lines = airy
    return [line.rstrip(BLANKS) for line in lines]


def even(text: str, limit: float, advances: Mapping[str, int]) -> list[str]:
    """The lines of a label: as many as `broken` has, none much longer than the others."""
    lines = break_text(text, limit, advances)
    if len(lines) < 2:
        return broken(text, limit, advances)
    narrow, wide, cut = 0.0, limit, _words_cut(lines)
    while wide - narrow > 50:  # a twentieth of a character's width
        middle = (narrow + wide) / 2
        tried = break_text(text, middle, advances)
        fits = all(sum(map(advances.__getitem__, line.rstrip(BLANKS))) <= limit for line in tried)
        if len(tried) <= len(lines) and fits and _words_cut(tried) <= cut:
            lines, wide = tried, middle
        else:
            narrow = middle
    return [line.rstrip(BLANKS) for line in lines]


def _words_cut(lines: Sequence[str]) -> int:
    """How many words go on on the next line."""
    return sum(
        _in_word(before[-1]) and _in_word(after[0]) for before, after in pairwise(lines) if before and after
    )


def _in_word(char: str) -> bool:
    """Whether it belongs to a word that is written without breaks: Chinese ones are not."""
    return char.isalnum() and char < "\u2e80"


def break_text(text: str, limit: float, advances: Mapping[str, int], gap: int = 0) -> list[str]:
    """The lines of ``text``; their concatenation is ``text``, an empty text has none.

    Args:
        text: may hold line feeds, each of which ends its line.
        limit: width of a line in thousandths of the font size. No line is wider, blanks at its end left
            aside, except that a single character or a time of day which is wider stands alone.
        advances: width of each character in thousandths of the font size.
        gap: what is left between Chinese and Latin, in thousandths of the font size.
    """
    lines: list[str] = []
    start = 0
    while start < len(text):
        feed = text.find("\n", start)
        end = len(text) if feed < 0 else feed + 1
        _break_paragraph(text[start:end], limit, advances, gap, lines)
        start = end
    return lines


def _break_paragraph(
    text: str, limit: float, advances: Mapping[str, int], gap: int, lines: list[str]
) -> None:
    widths: Iterable[int] = map(advances.__getitem__, text)
    airy = frozenset(seams.places(text)) if gap else _NONE
    if airy:
        widths = (width + gap if at in airy else width for at, width in enumerate(widths))
    edges = list(accumulate(widths))
    start, done = 0, 0
    before = -1
    while True:
        fitting = bisect_right(edges, done + limit, start)
        if fitting < len(text):
            fitting = _cut(text, start, fitting)
        if fitting >= len(text):
            if before >= 0 and _is_lonely(text, start):
                start = _accompanied(text, before, start, limit, edges)
                lines[-1] = text[before:start]
            lines.append(text[start:])
            return
        lines.append(text[start:fitting])
        before, start, done = start, fitting, edges[fitting - 1]
        if airy and fitting in airy:
            done += gap


def _is_lonely(text: str, start: int) -> bool:
    """Whether the last line would be a single wide character, with marks behind it or not."""
    end = len(text)
    while end > start and (text[end - 1] in BLANKS or text[end - 1] in CLOSING):
        end -= 1
    return end - start == 1 and WIDE.match(text[start]) is not None


def _accompanied(text: str, before: int, start: int, limit: float, edges: Sequence[float]) -> int:
    """Where the last line begins instead, so that its only character gets company from the line above."""
    for place in range(start - 1, before + 1, -1):
        if edges[start - 1] - edges[place - 1] > limit / 2:
            return start
        if text[place - 1] not in BLANKS and _may_break(text, before, place):
            return place
    return start


def _cut(text: str, start: int, fitting: int) -> int:
    """Where the line that begins at ``start`` ends, when the characters before ``fitting`` have room."""
    end = fitting
    while end < len(text) and text[end] in BLANKS:
        end += 1
    if end == len(text):
        return end
    for place in range(end, start, -1):
        if _may_break(text, start, place):
            return place
    return _split_word(text, start, max(fitting, start + 1))


def _may_break(text: str, start: int, place: int) -> bool:
    """Whether a line that began at ``start`` may end before ``text[place]``."""
    before, after = text[place - 1], text[place]
    if after in BLANKS or after in CLOSING or _is_mark(after):
        return False
    if before in BLANKS:
        words = text[start:place].rstrip(BLANKS)
        return bool(words) and words[-1] not in OPENING
    if before in OPENING or before in _STRAIGHT or after in _STRAIGHT:
        return False
    if before in ":：" and after.isdigit() and place - start > 1 and text[place - 2].isdigit():
        return False
    if (after in _UNITS and before.isdigit()) or (before in _BEFORE_NUMBERS and after.isdigit()):
        return False
    if text[place + 1 : place + 2] == "/" and WIDE.match(before) and WIDE.match(after):
        return False  # of 科室/人 no word is parted
    if after in OPENING or WIDE.match(before) or WIDE.match(after):
        return True
    if place - start < 2:
        return False
    if before in _ASCII_MARKS and WIDE.match(text[place - 2]):
        return True  # Chinese typed with ASCII punctuation
    return before == "-" and after.isalpha() and text[place - 2].isalpha()


def _split_word(text: str, start: int, fitting: int) -> int:
    """Where to split what has no break of its own: after a hyphen or the like, else where it is full."""
    third = start + (fitting - start) // 3
    seams = (
        place
        for place in range(fitting, third, -1)
        if text[place - 1] in _SEAMS and not _is_mark(text[place])
    )
    place = next(seams, fitting)
    for time in _TIME.finditer(text, max(start, place - _LONGEST_TIME), place + _LONGEST_TIME):
        if time.start() < place < time.end():
            place = time.start() if time.start() > start else time.end()
    while place - 1 > start and place < len(text) and _is_mark(text[place]):
        place -= 1
    return _with_company(text, start, place)


def _with_company(text: str, start: int, place: int) -> int:
    """``place``, moved where a closing mark would stand at the start of the next line.

    It takes the last character of the word along; a time takes the mark instead.
    """
    if place >= len(text) or text[place] not in CLOSING:
        return place
    if _TIME.fullmatch(text, start, place):
        return place + 1
    least = max(start, place - _FEW_MARKS)
    return next((one for one in range(place - 1, least, -1) if text[one] not in CLOSING), place)


def _is_mark(char: str) -> bool:
    """Whether it belongs to the character before it: accents, vowel signs, variation selectors."""
    return char > "\u02ff" and unicodedata.category(char)[0] == "M"
