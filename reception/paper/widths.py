"""How wide the columns of a register are, and which are left out where a sheet has no room for all."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Sequence

from reception.paper import fonts
from reception.paper.form import ColumnSpec
from reception.paper.lines import WIDE
from reception.paper.pen import PADDING, SIZE
from reception.paper.style import MM, Chosen
from reception.wording import Wording

_FUZZ = 1e-6
_LEAST, _LEAST_OF_FIGURES = 28.0, 31.0
"""How narrow a column may be in points, of prose and of times: a time of day has room in either."""
_NAME = 3 * SIZE + 2 * PADDING + 1
"""A Chinese name, or two characters with a mark behind them, stands on one line of a column of prose."""
_FEW_LINES, _COLUMN = 3, 50.0
"""A name of a department stands on so many lines; no column of prose asks for more than so many points."""
_READABLE = 0.45
"""Of its weight a column of prose keeps at least so much in points, before others give way to it."""
_SMALLER = 0.8
"""At this scale the cells are 7.2 pt: what can still be read before columns give way."""
_LONGEST = 60.0
"""A longer word of a text, in points, may be broken: an address of the web would push all others aside."""
_LOOKED_AT = 12
"""So many of a column's longest words are measured."""

Texts = Sequence[Collection[str] | None]


def kept(specs: Sequence[ColumnSpec], floors: Sequence[float], room: float) -> list[int]:
    """The places of the columns that are printed: those that give way are left out, in their order.

    ``floors`` are how wide each has to be (`whole`). One is left out only where even smaller letters leave
    no room for whole words in all of them, and as few as will do.
    """
    left = list(range(len(specs)))
    going = sorted((place for place in left if specs[place].gives), key=lambda place: specs[place].gives)
    for place in going:
        if sum(floors[one] for one in left) <= room / _SMALLER + _FUZZ:
            break
        left.remove(place)
    return left


def whole(
    specs: Sequence[ColumnSpec], chosen: Sequence[Chosen], texts: Texts, wording: Wording
) -> list[float]:
    """How wide each column has to be, in points, for its heading's and its texts' words to stay whole.

    A width that the site wants is the site's own affair.
    """
    return [
        _least(spec)
        if one.width
        else max(
            _least(spec),
            _of_prose(found) if spec.weight else 0,
            _widest_word(wording.pgettext("paper", spec.title), found),
        )
        for spec, one, found in zip(specs, chosen, texts, strict=True)
    ]


def spread(
    specs: Sequence[ColumnSpec],
    chosen: Sequence[Chosen],
    texts: Texts,
    words: Sequence[float],
    room: float,
) -> tuple[list[float], float]:
    """The widths in points of columns that together have ``room``, and the scale at which they are drawn.

    ``words`` are how wide each has to be (`whole`): to go through all texts for it takes long enough.
    A column that the site gave a width has it, others as their `ColumnSpec` says. Where they do not fit,
    first the site's widths give way, then all is drawn a little smaller, then every column gives way as far
    as its words stay whole, then as its text can stand in it, and at last it is drawn as small as it must be.
    """
    wanted = [one.width * MM for one in chosen]
    natural = [
        max(_natural(spec, said), least) for spec, said, least in zip(specs, texts, words, strict=True)
    ]
    least = [_least(spec) for spec in specs]
    widths = [max(width or own, small) for width, own, small in zip(wanted, natural, least, strict=True)]
    weights = [0.0 if width else spec.weight for width, spec in zip(wanted, specs, strict=True)]
    if any(weights):
        spare = room - sum(width for width, weight in zip(widths, weights, strict=True) if not weight)
        share = spare / sum(weights)
        widths = [
            max(weight * share, width) if weight else width
            for width, weight in zip(widths, weights, strict=True)
        ]
    scale = 1.0
    for floor in (natural, None, words, least):
        if sum(widths) <= room / scale + _FUZZ:
            break
        if floor is None:
            scale = max(_SMALLER, room / sum(widths))
        else:
            widths = _giving_way(widths, floor, room / scale)
    total = sum(widths)
    if total > room / scale + _FUZZ:
        return widths, room / total
    return [width * room / scale / total for width in widths], scale


def _least(spec: ColumnSpec) -> float:
    return min(spec.width, _LEAST_OF_FIGURES) or _LEAST


def _widest_word(title: str, texts: Collection[str] | None) -> float:
    """How wide a column is that breaks no word of its heading, and none of its texts that is not too long."""
    bold, body = fonts.chain(fonts.BOLD), fonts.chain()
    widest = max((bold.width(bold.shown(word), SIZE) for word in _words(title)), default=0.0)
    longest = heapq.nlargest(_LOOKED_AT, {word for text in texts or () for word in _words(text)}, key=len)
    said = max((body.width(body.shown(word), SIZE) for word in longest), default=0.0)
    return max(widest, min(said, _LONGEST)) + 2 * PADDING + 1


def _of_prose(texts: Collection[str] | None) -> float:
    """How wide a column of prose is that has its longest text on few lines; Chinese breaks anywhere."""
    longest = max(texts or ("",), key=len)
    chain = fonts.chain()
    return max(_NAME, min(chain.width(chain.shown(longest), SIZE) / _FEW_LINES + 2 * PADDING, _COLUMN))


def _words(text: str) -> list[str]:
    """The pieces of a text that no line ends in: of Chinese there are none, its characters break anywhere."""
    return WIDE.sub(" ", text).split()


def _natural(spec: ColumnSpec, texts: Collection[str] | None) -> float:
    """How wide a column is by itself; one of prose may be wider."""
    if not spec.most:
        return spec.width or max(_LEAST, spec.weight * _READABLE)
    if texts is None:
        return spec.most
    chain = fonts.chain()
    widest = max((chain.width(chain.shown(text), SIZE) for text in texts), default=0)
    return min(max(widest + 2 * PADDING + 1, spec.width), spec.most)


def _giving_way(widths: Sequence[float], floors: Sequence[float], room: float) -> list[float]:
    """Widths of at most ``room`` together, each as far above its floor as it was before, in its share."""
    slack = sum(max(width - floor, 0) for width, floor in zip(widths, floors, strict=True))
    share = min((sum(widths) - room) / slack, 1) if slack else 0
    return [width - max(width - floor, 0) * share for width, floor in zip(widths, floors, strict=True)]
