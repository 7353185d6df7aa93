"""Where a sheet is cut: a dashed line with the number across it, and the room between the pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportlab.platypus.flowables import Flowable

from reception.paper import fonts
from reception.paper.boxes import Band, Boxes, boxes
from reception.paper.lines import broken

_TITLE, _NUMBER, _SMALL = 13.0, 11.0, 9.5
_ABOVE, _BELOW, _LEADING = 12.0, 3.0, 17.0
_CENTRE = 0.38
"""Half the height of a character's body above its baseline, as in ``rows``."""
_DASH = (4, 3)


class Cut(Flowable):
    """A line to cut along and the title of the piece below it.

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
        self.height = 2 * _ABOVE + _LEADING * len(self._title) + 13 * len(self._whose) + _BELOW

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Width and height in points, the same wherever it stands."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw line, number and title, the lower left corner at the origin."""
        canvas, middle = self.canv, self.width / 2
        y = self.height - _ABOVE
        half = self._bold.width(self._number, _NUMBER) / 2 + 6
        canvas.saveState()
        canvas.setLineWidth(0.6)
        canvas.setDash(*_DASH)
        canvas.lines([(0, y, middle - half, y), (middle + half, y, self.width, y)])
        canvas.restoreState()
        self._centred(self._bold, self._number, y - _CENTRE * _NUMBER, _NUMBER)
        y -= _ABOVE
        for line in self._title:
            y -= _LEADING
            self._centred(self._bold, line, y + 4, _TITLE)
        for line in self._whose:
            y -= 13
            self._plain.write(canvas, line, 0, y + 3, _SMALL, room=self.width)

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

    def __init__(self, box: Boxes, cut: Cut | None = None, page: float = 0.0) -> None:
        super().__init__()
        self._box, self._cut, self._page = box, cut, page

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Width and height in points."""
        above = self._cut.height if self._cut is not None else 0.0
        self.width, height = self._box.wrap(aW, aH - above)
        self.height = above + height
        return self.width, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """What has room here, and the rest; nothing where it goes to the next page."""
        self.wrap(aW, aH)
        if self._cut is not None and self.height <= self._page:
            return []
        above = self._cut.height if self._cut is not None else 0.0
        pieces = self._box.split(aW, aH - above)
        if not pieces:
            return []
        here, turn, rest = pieces
        return [Piece(here, self._cut), turn, Piece(rest)]  # type: ignore[arg-type]

    def draw(self) -> None:
        """Draw the box and the line above it, the lower left corner at the origin."""
        self._box.drawOn(self.canv, 0, 0)
        if self._cut is not None:
            self._cut.drawOn(self.canv, 0, self._box.height)


def spread(bands: Sequence[Band], width: float, room: float) -> list[Band]:
    """The bands, those that may higher than they need, so that together they take ``room`` points."""
    spare = room - boxes(width, bands).height
    wanted = [max(band.most - max(band.least, boxes(width, [band]).height), 0) for band in bands]
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
