"""What stands on every page of every form: head, foot, signatures, page x of y; and blocks of text.

What all forms have is here and in no form; `document` puts it on the pages.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.flowables import Flowable

from reception import dates, proofs
from reception.facts.printing import Stamp
from reception.paper import fonts
from reception.paper import lines as breaking
from reception.paper.style import MM, Style
from reception.wording import Wording

TITLE_SIZE = 20.0
HEAD_SIZE = 10.5
HEAD_LEADING = 14.0
FOOT_SIZE = 8.5
FOOT_LEADING = 11.0
_LETTERHEAD_SIZE, _LETTERHEAD_LEADING = 14.0, 20.0
_TITLE_HEIGHT = 30.0
_GAP = 5.0
"""Between head, body and foot, in points."""
_LEAST_TO_WRITE_ON, _MOST_TO_WRITE_ON, _BESIDE_LABEL = 54.0, 160.0, 20.0
"""How long a line to sign on is at least and at most, and what is between it and the next, in points."""
_NO_CODE = "00000000"
"""As wide as a code, and as the last digits of the journal."""
_SHARE, _SHARE_BESIDE_DESK, _SHARE_OF_NOTICE, _SHARE_OF_MADE, _SHARE_OF_LOGO = 0.6, 0.4, 0.35, 0.4, 0.16
"""How much of the width a long name of the unit or a notice may take before it is broken."""


@dataclass(frozen=True, slots=True)
class Dress:
    """What every page of a form wears, in the words of its language.

    ``unit`` stands at the left under the title, ``desk`` in the middle, ``date`` at the right, ``below``
    under them over the whole width; ``notice`` at the left of the foot. ``zone`` is the site's, in which the
    moment of the print is told.
    """

    title: str
    unit: str
    date: str
    notice: str
    zone: str
    desk: str = ""
    below: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: where it stands, how (0 left, 0.5 centred, 1 right), and what it says."""

    x: float
    y: float
    stand: float
    text: str
    size: float
    chain: fonts.Chain
    room: float = math.inf
    """How wide it may be, in points."""

    def draw(self, canvas: Canvas) -> None:
        """Draw it; ``text`` has gone through ``shown``."""
        if not self.text:
            return
        x = self.x - self.stand * self.chain.width(self.text, self.size, self.room)
        self.chain.write(canvas, self.text, x, self.y, self.size, room=self.room)


class TextBlock(Flowable):
    """A paragraph over the whole width that there is, broken by the rules of the cells."""

    def __init__(
        self,
        text: str,
        *,
        size: float = HEAD_SIZE,
        leading: float = HEAD_LEADING,
        before: float = 0,
        after: float = 0,
        bold: bool = False,
    ) -> None:
        super().__init__()
        self._chain = fonts.chain(fonts.BOLD if bold else fonts.REGULAR)
        self._text = text
        self._lines: list[str] = []
        self._size, self._leading, self._before, self._after = size, leading, before, after

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Width and height in points."""
        self._lines = broken(self._text, aW, self._size, self._chain)
        self.width, self.height = aW, self._before + self._leading * len(self._lines) + self._after
        return self.width, self.height

    def draw(self) -> None:
        """Draw the lines, the lower left corner at the origin."""
        y = self.height - self._before - self._size
        for line in self._lines:
            Line(0, y, 0, line, self._size, self._chain, self.width).draw(self.canv)
            y -= self._leading


class Blanks(Flowable):
    """A row of labels, each with a line to write on by hand."""

    def __init__(self, labels: Sequence[str], *, before: float = 22.0) -> None:
        super().__init__()
        self._chain = fonts.chain()
        self._labels = [self._chain.shown(label) for label in labels]
        self._before = before
        self._rows: list[list[str]] = []

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Width and height in points; labels that have no room beside each other stand below each other."""
        self._rows = [[]]
        for label in self._labels:
            row = self._rows[-1]
            if row and self._spare([*row, label], aW) < _LEAST_TO_WRITE_ON:
                self._rows.append([label])
            else:
                row.append(label)
        self.width, self.height = aW, (self._before + HEAD_LEADING) * len(self._rows)
        return aW, self.height

    def _spare(self, labels: Sequence[str], width: float) -> float:
        """How long the line behind each label is."""
        said = sum(self._chain.width(label, HEAD_SIZE) + _BESIDE_LABEL for label in labels)
        return (width - said) / len(labels)

    def draw(self) -> None:
        """Draw labels and lines, the lower left corner at the origin."""
        self.canv.setLineWidth(0.5)
        y = self.height - self._before - HEAD_LEADING
        for row in self._rows:
            left, spare = 0.0, self._spare(row, self.width)
            for label in row:
                Line(left, y + 3, 0, label, HEAD_SIZE, self._chain).draw(self.canv)
                left += self._chain.width(label, HEAD_SIZE) + 4
                self.canv.line(left, y + 1, left + min(max(spare, 0), _MOST_TO_WRITE_ON), y + 1)
                left += spare + _BESIDE_LABEL - 4
            y -= self._before + HEAD_LEADING


class Area:
    """The paper and its margins, in points; the height of a roll is 0 until the form is laid out."""

    def __init__(self, style: Style) -> None:
        self.sheet_width, self.height = style.sheet
        self.top, self.right, self.bottom, self.left = (margin * MM for margin in style.margins)
        self.width = style.width
        self.letterhead = style.letterhead
        self.logo = _Logo(style.logo) if style.logo else None


class _Logo:
    """The site's picture, in the upper left corner."""

    def __init__(self, content: bytes) -> None:
        self.picture = ImageReader(io.BytesIO(content))
        self._size = self.picture.getSize()

    def size(self, width: float, height: float) -> tuple[float, float]:
        """Width and height in points, so that it has room in both."""
        share = min(width / self._size[0], height / self._size[1])
        return self._size[0] * share, self._size[1] * share


def draw_logo(canvas: Canvas, area: Area, height: float) -> None:
    """Draw the logo beside letterhead and title, which are ``height`` high."""
    if area.logo is not None:
        width, tall = area.logo.size(area.width * _SHARE_OF_LOGO, height)
        canvas.drawImage(
            area.logo.picture, area.left, area.height - area.top - tall, width, tall, mask="auto"
        )


def height_of_title(area: Area) -> float:
    """Height in points of letterhead and title, without what stands under them."""
    lines = broken(
        area.letterhead, area.width - _beside_logo(area), _LETTERHEAD_SIZE, fonts.chain(fonts.BOLD)
    )
    return len(lines) * _LETTERHEAD_LEADING + TITLE_SIZE + _GAP


def _letterhead(area: Area, mark: str) -> tuple[list[str], float, float]:
    """The lines of the letterhead, how wide each may be, and how far below the top they begin.

    They leave room for the mark in the corner, also where there is none, so that a preview breaks its pages
    as the print will; where they would be more lines for it, the mark has a line of its own above them.
    """
    bold = fonts.chain(fonts.BOLD)
    wide = area.width - _beside_logo(area)
    beside = 2 * (fonts.chain().width(mark, HEAD_SIZE) + 2 * _GAP)
    narrow = max(min(wide, area.width - beside), 0)
    lines = broken(area.letterhead, wide, _LETTERHEAD_SIZE, bold)
    if len(lines) == len(broken(area.letterhead, narrow, _LETTERHEAD_SIZE, bold)):
        wide, above = narrow, 0.0
    else:
        above = HEAD_LEADING
    limit = wide * 1000 / _LETTERHEAD_SIZE
    return breaking.even(bold.shown(area.letterhead), limit, bold.advances), wide, above


def _beside_logo(area: Area) -> float:
    """What the logo leaves not to what is centred beside it, in points."""
    return 2 * (area.width * _SHARE_OF_LOGO + _GAP) if area.logo is not None else 0


def head_lines(dress: Dress, wording: Wording, area: Area, stamp: Stamp) -> tuple[list[Line], float]:
    """The lines of the head, and its height in points: letterhead, title, under it unit, desk and date."""
    bold, regular = fonts.chain(fonts.BOLD), fonts.chain()
    top, middle, right = area.height - area.top, area.left + area.width / 2, area.left + area.width
    start, lines = top, []
    logo, mark = _beside_logo(area), regular.shown(_mark(wording, stamp))
    lines.append(Line(right, start - HEAD_SIZE, 1, mark, HEAD_SIZE, regular))
    letterhead, room, above = _letterhead(area, max(mark, _longest_mark(wording), key=len))
    top -= above
    for text in letterhead:
        lines.append(Line(middle, top - _LETTERHEAD_SIZE, 0.5, text, _LETTERHEAD_SIZE, bold, room))
        top -= _LETTERHEAD_LEADING
    title = bold.shown(dress.title)
    beside = 2 * (regular.width(mark, HEAD_SIZE) + 2 * _GAP) if mark and start == top else 0
    beside = max(beside, logo)
    size = min(TITLE_SIZE, TITLE_SIZE * (area.width - beside) / (bold.width(title, TITLE_SIZE) or 1))
    lines.append(Line(middle, top - TITLE_SIZE, 0.5, title, size, bold))
    y = top - _TITLE_HEIGHT - HEAD_SIZE
    desk, date = regular.shown(dress.desk), regular.shown(dress.date)
    wide = [regular.width(text, HEAD_SIZE) for text in (desk, date)]
    limit = area.width / 2 - wide[0] / 2 if desk else area.width - wide[1]
    unit = broken(
        dress.unit,
        min(area.width * (_SHARE_BESIDE_DESK if desk else _SHARE), limit - 2 * _GAP),
        HEAD_SIZE,
        regular,
    )
    below = 0
    alone = broken(dress.unit, area.width - wide[1] - 2 * _GAP, HEAD_SIZE, regular)
    if desk and len(alone) == 1 < len(unit):  # a small sheet has no room for three things side by side
        unit, below = alone, 1
    lines += [
        Line(area.left, y - HEAD_LEADING * index, 0, text, HEAD_SIZE, regular)
        for index, text in enumerate(unit)
    ]
    lines.append(Line(middle, y - HEAD_LEADING * below, 0.5, desk, HEAD_SIZE, regular))
    lines.append(Line(right, y, 1, date, HEAD_SIZE, regular))
    rows = max(1, len(unit) + (1 if below else 0))
    for text in broken(dress.below, area.width, HEAD_SIZE, regular):
        lines.append(Line(area.left, y - HEAD_LEADING * rows, 0, text, HEAD_SIZE, regular, area.width))
        rows += 1
    return lines, start - top + _TITLE_HEIGHT + HEAD_LEADING * rows + _GAP


def _longest_mark(wording: Wording) -> str:
    """The mark of a paper that was printed very often."""
    return wording.pgettext("paper", "Reprint, print no. {count}").format(count=99)


def _mark(wording: Wording, stamp: Stamp) -> str:
    """What the corner of each page says of a paper that is no first print."""
    if stamp.preview:
        return wording.pgettext("paper", "Preview")
    return printed(wording, stamp)


def printed(wording: Wording, stamp: Stamp) -> str:
    """That it is no first print, or that nobody knows: since a restore prints are counted anew."""
    if stamp.restored:
        words = wording.pgettext("paper", "Print no. {count} known since restore {tag}")
        return words.format(count=stamp.count, tag=stamp.restored)
    if stamp.count > 1:
        return wording.pgettext("paper", "Reprint, print no. {count}").format(count=stamp.count)
    return ""


def foot_lines(
    dress: Dress, wording: Wording, area: Area, stamp: Stamp, made_at: dt.datetime
) -> tuple[list[Line], float]:
    """The lines of the foot without the page number, and its height in points."""
    chain = fonts.chain()
    when = dates.stamp(made_at, wording.language)
    if stamp.made_by:
        made = wording.pgettext("paper", "Printed {when} by {who}").format(when=when, who=stamp.made_by)
    else:
        made = wording.pgettext("paper", "Printed {when}").format(when=when)
    code = ""
    if stamp.code or stamp.preview:  # a preview breaks its pages as the print will, so its foot is as high
        text = wording.pgettext("paper", "Code {code} · journal {head}")
        shown = proofs.shown(stamp.code or _NO_CODE)
        code = chain.shown(text.format(code=shown, head=stamp.head or _NO_CODE))
    measured = [*broken(made, area.width * _SHARE_OF_MADE, FOOT_SIZE, chain), *filter(None, (code,))]
    narrow = len(measured) > 2
    if narrow:
        measured = [chain.shown(made), code]
    widest = max(chain.width(text, FOOT_SIZE) for text in measured)
    beside = area.width * _SHARE if narrow else (area.width - widest) / 2 - 2 * _GAP
    share = _SHARE if narrow else _SHARE_OF_NOTICE
    notice = broken(dress.notice, min(area.width * share, beside), FOOT_SIZE, chain)
    said = measured
    if code and stamp.preview:
        said = [*measured[:-1], chain.shown(wording.pgettext("paper", "Preview: nothing is noted"))]
    rows = max(1, len(notice)) + len(said) if narrow else max(1, len(notice), len(said))
    height = FOOT_LEADING * rows
    first = area.bottom + height - FOOT_LEADING + 1
    lines = [
        Line(area.left, first - FOOT_LEADING * index, 0, text, FOOT_SIZE, chain)
        for index, text in enumerate(notice)
    ]
    stand, x = (0.0, area.left) if narrow else (0.5, area.left + area.width / 2)
    below = max(1, len(notice)) if narrow else 0
    lines += [
        Line(x, first - FOOT_LEADING * (below + index), stand, text, FOOT_SIZE, chain)
        for index, text in enumerate(said)
    ]
    return lines, height + _GAP


def page_number(lines: Sequence[Line], text: str, right: float) -> Line:
    """Page x of y, at the right of the foot that ``lines`` are."""
    chain = fonts.chain()
    return Line(right, max(line.y for line in lines), 1, chain.shown(text), FOOT_SIZE, chain)


def broken(text: str, width: float, size: float, chain: fonts.Chain) -> list[str]:
    """``text`` as lines of at most ``width`` points, as they are drawn."""
    return breaking.broken(chain.shown(text), width * 1000 / size, chain.advances)
