"""Columns and lines on a terminal, where a Chinese character is two columns wide."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

_OPENING = "（《「『〔“‘"
_CLOSING = "，。、；：）》」』〕”’！？…"
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff"
# What a line may not be broken inside: a word or one Chinese character, with its punctuation.
_PIECE = re.compile(
    rf"(?:[{_OPENING}]*(?:[^\s{_WIDE}{_OPENING}{_CLOSING}]+|[{_WIDE}])|[{_OPENING}{_CLOSING}]+)"
    rf"[{_CLOSING}]*(?:\s+[{_CLOSING}]+)*\s*"  # a mark that stands alone still belongs to what is before it
)


def width(text: str) -> int:
    """How many columns ``text`` takes."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def pad(text: str, columns: int) -> str:
    """``text`` filled with blanks up to ``columns``."""
    return text + " " * (columns - width(text))


def cut(text: str, columns: int) -> str:
    """``text`` in at most ``columns`` columns, with ``…`` where something was cut."""
    if width(text) <= columns:
        return text
    taken, kept = 0, []
    for character in text:
        taken += _columns(character)
        if taken > columns - 1:
            break
        kept.append(character)
    return "".join(kept) + "…" if columns > 0 else ""


def wrap(text: str, columns: int) -> Iterator[str]:
    """The lines of ``text`` in ``columns`` columns: broken at blanks, and between Chinese characters."""
    line = ""
    for piece in _PIECE.findall(" ".join(text.split())):
        if line and width(line + piece.rstrip()) > columns:
            yield line.rstrip()
            line = ""
        line += piece
    if line.strip():
        yield line.rstrip()


def table(rows: Sequence[Sequence[str]], columns: int | None = None) -> Iterator[str]:
    """The rows with their columns aligned, two blanks apart; lines cut at ``columns`` if given."""
    widths = [max((width(cell) for cell in column), default=0) for column in zip(*rows, strict=True)]
    for row in rows:
        line = "  ".join(pad(cell, size) for cell, size in zip(row, widths, strict=True)).rstrip()
        yield line if columns is None else cut(line, columns)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
