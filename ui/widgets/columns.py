"""How wide the columns of a table are: what they hold is legible first, the rest is shared out."""

from __future__ import annotations

from collections.abc import Sequence

from reception.shapes import dataclass

_TIGHT = 0.8
"""The part of its least that stays of a text where not even the least of all fits."""
_MOST = 2.5
"""A column grows to this multiple of its usual width for what it holds."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a column wants, in pixels.

    Args:
        usual: its width where there is room.
        title: what its heading needs.
        holds: what the widest of its cells needs; None while there are no cells.
        least: it is not cut below this; whoever asks for more than it holds is never cut.
        taker: it takes what the others leave.
        firm: its least was asked for by name, and holds in any case.
    """

    usual: int
    title: int
    holds: int | None
    least: int
    taker: bool = False
    firm: bool = False


def share(room: int, wishes: Sequence[Wish]) -> list[int]:
    """The widths of the columns in ``room`` pixels.

    Together they fill the room if there is a taker; they are wider where not even the least of all fits.
    """
    whole = [_whole(one) for one in wishes]
    usual = [max(one.usual, width) for one, width in zip(wishes, whole, strict=True)]
    if (spare := room - sum(usual)) >= 0:
        return _fill(room, wishes, usual)
    if (spare := room - sum(whole)) >= 0:
        return _between(whole, usual, spare)
    # First what takes the rest gives, then the longest of the other texts.
    cut = [min(one.least, width) if one.taker else width for one, width in zip(wishes, whole, strict=True)]
    if (spare := room - sum(cut)) >= 0:
        return _between(cut, whole, spare)
    least = [min(one.least, width) for one, width in zip(wishes, cut, strict=True)]
    if sum(least) > room:  # rather fewer letters of texts than a column that is scrolled out of sight
        least = [
            end if one.firm or one.least > end else round(end * _TIGHT)
            for one, end in zip(wishes, least, strict=True)
        ]
    return _lowered(room, cut, least)


def _whole(one: Wish) -> int:
    """The width in which nothing is cut, within reason."""
    if one.holds is None:
        return max(one.usual, one.title)
    most = one.usual if one.taker else round(one.usual * _MOST)
    return max(one.title, min(one.holds, most))


def _between(low: Sequence[int], high: Sequence[int], spare: int) -> list[int]:
    """The widths from ``low`` towards ``high``, as far as ``spare`` pixels go."""
    lacking = sum(high) - sum(low)
    part = min(1.0, spare / lacking) if lacking > 0 else 0.0
    return [one + int((other - one) * part) for one, other in zip(low, high, strict=True)]


def _lowered(room: int, widths: Sequence[int], least: Sequence[int]) -> list[int]:
    """The widths cut to one height where they are higher, none below its least, so that they fit the room."""
    low, high = 0, max(widths, default=0)
    while low < high:
        middle = (low + high + 1) // 2
        cut = [max(min(one, middle), end) for one, end in zip(widths, least, strict=True)]
        low, high = (middle, high) if sum(cut) <= room else (low, middle - 1)
    return [max(min(one, low), end) for one, end in zip(widths, least, strict=True)]


def _fill(room: int, wishes: Sequence[Wish], widths: list[int]) -> list[int]:
    """Give what is left to the columns that take it."""
    takers = [at for at, one in enumerate(wishes) if one.taker]
    for left, at in zip(range(len(takers), 0, -1), takers, strict=True):
        widths[at] += (room - sum(widths)) // left
    return widths
