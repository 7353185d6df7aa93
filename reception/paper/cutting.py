"""Where a sheet is cut: a dashed line with the number across it, and the room between the pieces."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from reportlab.platypus.flowables import Flowable

from reception.paper import fonts
from reception.paper.boxes import SIZE, Band, Boxes, boxes, scaled
from reception.paper.lines import broken

_TITLE, _NUMBER, _SMALL = 13.0, 11.0, 9.5
_ABOVE, _BELOW, _LEADING = 12.0, 3.0, 17.0
_CENTRE = 0.38
"""Half the height of a character's body above its baseline, as in ``rows``."""
_DASH = (4, 3)
_SIZES = (SIZE, 9.5, 9.0)
"""Of the letters, the first that saves a page."""
_FUZZ = 1e-4


class Cut(Flowable):
    """A line to cut along and the title of the piece below it; at the top of a page the title only.

    Args:
        number: stands across the line, so that each piece bears half of it (骑缝).
        title: of the piece below.
        whose: at the left under the title, such as the department that returns it.
        width: in points.
    """

    def __init__(self, number: str, title: str, whose: str, width: float) -> None:
        super().__init__()
        self._bold, self._plain = fonts.chain(fonts.BOLD), fonts.chain()
        self._number = _lines(number, width * 0.8, _NUMBER, self._bold)[0] if number else ""
        self._title = _lines(title, width, _TITLE, self._bold)
        self._whose = _lines(whose, width, _SMALL, self._plain)
        self.width = width
        self.place(top=False)

    def place(self, *, top: bool) -> None:
        """Say whether it stands at the top of a page, where there is nothing to cut."""
        self._top = top
        titles = _LEADING * len(self._title) + 13 * len(self._whose) + _BELOW
        self.height = titles + (0 if top else 2 * _ABOVE)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Width and height in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw line, number and title, the lower left corner at the origin."""
        canvas, y = self.canv, self.height
        if not self._top:
            y -= _ABOVE
            self._line(y)
            y -= _ABOVE
        for line in self._title:
            y -= _LEADING
            self._centred(self._bold, line, y + 4, _TITLE)
        for line in self._whose:
            y -= 13
            self._plain.write(canvas, line, 0, y + 3, _SMALL, room=self.width)

    def _line(self, y: float) -> None:
        canvas, middle = self.canv, self.width / 2
        half = self._bold.width(self._number, _NUMBER) / 2 + 6
        canvas.saveState()
        canvas.setLineWidth(0.6)
        canvas.setDash(*_DASH)
        canvas.lines([(0, y, middle - half, y), (middle + half, y, self.width, y)])
        canvas.restoreState()
        self._centred(self._bold, self._number, y - _CENTRE * _NUMBER, _NUMBER)

    def _centred(self, chain: fonts.Chain, line: str, y: float, size: float) -> None:
        x = (self.width - chain.width(line, size, self.width)) / 2
        chain.write(self.canv, line, x, y, size, room=self.width)


class Piece(Flowable):
    """A piece of a sheet with the line above which it is cut; it goes to the next page as a whole.

    Args:
        box: what stands in it.
        cut: the line; None for the uppermost piece, and for what goes on on the next page.
        page: height in points of an empty page: only what is higher is divided, and the uppermost piece.
    """

    def __init__(self, box: Boxes, cut: Cut | None = None, page: float = math.inf) -> None:
        super().__init__()
        self._box, self._cut, self._page = box, cut, page

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Width and height in points."""
        self.width, height = self._box.wrap(aW, aH - self._above(aH))
        self.height = self._above(aH) + height
        return self.width, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """What has room here, and the rest; nothing where it goes to the next page."""
        self.wrap(aW, aH)
        if self._cut is not None and aH < self._page - _FUZZ:
            return []
        pieces = self._box.split(aW, aH - self._above(aH))
        if not pieces:
            return []
        here, turn, rest = pieces
        return [Piece(here, self._cut, self._page), turn, Piece(rest)]  # type: ignore[arg-type]

    def draw(self) -> None:
        """Draw the box and the line above it, the lower left corner at the origin."""
        self._box.drawOn(self.canv, 0, 0)
        if self._cut is not None:
            self._cut.drawOn(self.canv, 0, self._box.height)

    def _above(self, room: float) -> float:
        if self._cut is None:
            return 0.0
        self._cut.place(top=room >= self._page - _FUZZ)
        return self._cut.height


class Sheet(Flowable):
    """Pieces that are cut from each other: on one page, in smaller letters if need be, else on few.

    ``reserve`` is the height of what follows on the same page, ``room`` that of a whole page
    (``document.accompany``).

    Args:
        width: in points.
        pieces: from the top: the line above each, None for the first, and its bands.
        continued: as in `boxes`.
    """

    def __init__(
        self, width: float, pieces: Sequence[tuple[Cut | None, Sequence[Band]]], continued: str
    ) -> None:
        super().__init__()
        self.width, self._pieces, self._continued = width, pieces, continued
        self.reserve, self.room, self.least = 0.0, math.inf, 0.0
        self._whole: list[Flowable] = []

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Width and height; more than there is where one page has no room for all."""
        self.height = aH + 1
        size = min(_SIZES, key=lambda one: (self._pages(one, aH), -one))
        self._size = size
        if self._pages(size, aH) == 1:
            cuts = [cut for cut, _bands in self._pieces if cut is not None]
            for cut in cuts:
                cut.place(top=False)
            (_none, first), *others = self._pieces
            rest = [self._box(bands, size) for _cut, bands in others]
            room = aH - self.reserve - sum(one.height for one in (*cuts, *rest))
            above = boxes(
                self.width,
                spread(scaled(first, size), self.width, room, size),
                size=size,
                continued=self._continued,
            )
            self._whole = [above, *(one for pair in zip(cuts, rest, strict=True) for one in pair)]
            self.height = sum(one.wrap(aW, one.height)[1] for one in self._whole)
        return self.width, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """The pieces, each for itself."""
        found: list[Flowable] = []
        for cut, bands in self._pieces:
            box = self._box(bands, self._size)
            box.room = self.room
            found.append(Piece(box, cut, self.room))
        box.reserve = self.reserve
        first = found[0]
        if first.wrap(aW, aH)[1] > aH + _FUZZ:
            found[:1] = first.split(aW, aH)
        return found

    def draw(self) -> None:
        """Draw the pieces and the lines between them, the lower left corner at the origin."""
        y = self.height
        for one in self._whole:
            y -= one.height
            one.drawOn(self.canv, 0, y)

    def _box(self, bands: Sequence[Band], size: float) -> Boxes:
        return boxes(self.width, scaled(bands, size), size=size, continued=self._continued)

    def _pages(self, size: float, room: float) -> int:
        """How many pages the pieces take in letters of this size; one that is divided counts as two."""
        pages, left = 1, room
        for at, (cut, bands) in enumerate(self._pieces):
            height = self._box(bands, size).height + (self.reserve if at == len(self._pieces) - 1 else 0)
            needed = height
            if cut is not None:
                cut.place(top=False)
                needed += cut.height
            if needed > left:
                pages, left = pages + 1, room - height
                if left < 0:
                    pages, left = pages + 1, 0.0
            else:
                left -= needed
        return pages


def spread(bands: Sequence[Band], width: float, room: float, size: float) -> list[Band]:
    """The bands, those that may higher than they need, so that together they take ``room`` points."""
    spare = room - boxes(width, bands, size=size).height
    wanted = [max(band.most - max(band.least, boxes(width, [band], size=size).height), 0) for band in bands]
    total = sum(wanted)
    if spare <= 0 or total <= 0:
        return [replace(band, most=0) for band in bands]
    share = min(spare / total, 1)
    return [
        replace(band, least=band.most - want * (1 - share) if want else band.least, most=0)
        for band, want in zip(bands, wanted, strict=True)
    ]


def _lines(text: str, width: float, size: float, chain: fonts.Chain) -> list[str]:
    return broken(chain.shown(text), width * 1000 / size, chain.advances)
