"""The page that every form stands on: A4 landscape, head, foot, page x of y, and the document's own facts.

Head and foot are the same on every page; the number of pages is known before any foot is drawn, because the
pages are kept until the last one is laid out.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from reportlab import rl_config
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.doctemplate import BaseDocTemplate, PageTemplate
from reportlab.platypus.flowables import Flowable
from reportlab.platypus.frames import Frame

from reception.paper import fonts
from reception.paper.lines import BLANKS, break_text
from reception.wording import Wording

# Streams as bytes: the ASCII form of them, ReportLab's default, costs a quarter more space and a tenth of the
# time.
rl_config.useA85 = 0

PAGE = landscape(A4)
MARGIN = 15 * mm
BODY_WIDTH = PAGE[0] - 2 * MARGIN
TITLE_SIZE = 20.0
HEAD_SIZE = 10.5
HEAD_LEADING = 14.0
FOOT_SIZE = 8.5
FOOT_LEADING = 11.0
_TITLE_HEIGHT = 30.0
_GAP = 5.0
"""Between head, body and foot, in points."""
_SHARE, _SHARE_BESIDE_DESK, _SHARE_OF_NOTICE = 0.6, 0.4, 0.35
"""How much of the width a long name of the unit or a notice may take before it is broken."""


@dataclass(frozen=True, slots=True)
class Dress:
    """What every page of a form wears, in the words of its language.

    ``unit`` stands at the left under the title, ``desk`` in the middle, ``date`` at the right; ``notice`` at
    the left of the foot, ``made`` in its middle.
    """

    title: str
    unit: str
    date: str
    notice: str
    made: str
    desk: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of head or foot: where it stands, how (0 left, 0.5 centred, 1 right), and what it says."""

    x: float
    y: float
    stand: float
    text: str
    size: float
    chain: fonts.Chain

    def draw(self, canvas: Canvas) -> None:
        if not self.text:
            return
        x = self.x - self.stand * self.chain.width(self.text, self.size)
        text = canvas.beginText(x, self.y)
        for face, piece in self.chain.runs(self.text):
            text.setFont(face, self.size)
            text.textOut(piece)
        canvas.drawText(text)


class TextBlock(Flowable):
    """A paragraph over the whole width, broken by the rules of the cells."""

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
        self._lines = _broken(text, BODY_WIDTH, size, self._chain)
        self._size, self._leading, self._before = size, leading, before
        self.height = before + leading * len(self._lines) + after

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Width and height in points, the same wherever it stands."""
        return BODY_WIDTH, self.height

    def draw(self) -> None:
        """Draw the lines, the lower left corner at the origin."""
        y = self.height - self._before - self._size
        for line in self._lines:
            _Line(0, y, 0, line, self._size, self._chain).draw(self.canv)
            y -= self._leading


class Blanks(Flowable):
    """A row of labels, each with a line to write on by hand."""

    def __init__(self, labels: Sequence[str], *, before: float = 22.0) -> None:
        super().__init__()
        self._chain = fonts.chain()
        self._labels = [self._chain.shown(label) for label in labels]
        self.height = before + HEAD_LEADING

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Width and height in points, the same wherever it stands."""
        return BODY_WIDTH, self.height

    def draw(self) -> None:
        """Draw labels and lines, the lower left corner at the origin."""
        share = BODY_WIDTH / len(self._labels)
        self.canv.setLineWidth(0.5)
        for index, label in enumerate(self._labels):
            _Line(index * share, 3, 0, label, HEAD_SIZE, self._chain).draw(self.canv)
            left = index * share + self._chain.width(label, HEAD_SIZE) + 4
            self.canv.line(left, 1, (index + 1) * share - 16, 1)


class _Pages(Canvas):
    """Keeps its pages until the last one is laid out, then draws each foot with the number of pages."""

    _code: list[str]

    def __init__(
        self, *args: Any, foot: Callable[[Canvas, int, int], None], kept: list[Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._foot = foot
        self._kept = kept

    def showPage(self) -> None:
        """Put the page aside."""
        self._code = ["\n".join(self._code)]  # one string takes a third of the memory of its pieces
        self._kept.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]

    def save(self) -> None:
        """Bring each page back, give it its foot, and write the document."""
        for number, page in enumerate(self._kept, 1):
            self.__dict__.update(page)
            self._foot(self, number, len(self._kept))
            super().showPage()
        super().save()


def render(
    story: Sequence[Flowable], dress: Dress, wording: Wording, made_at: dt.datetime
) -> tuple[bytes, int]:
    """The document and its number of pages; the same for the same arguments, byte by byte."""
    head, head_height = _head(dress)
    foot, foot_height = _foot(dress)
    file = io.BytesIO()
    fonts.chain(), fonts.chain(fonts.BOLD)
    document = BaseDocTemplate(
        file,
        pagesize=PAGE,
        title=f"{dress.title} {dress.date}",
        author=dress.unit,
        subject=dress.title,
        creator="Reception Desk",
        lang=wording.language.replace("_", "-"),
        invariant=1,
        initialFontName=fonts.REGULAR,  # else Helvetica comes along, which is not embedded
    )
    frame = Frame(
        MARGIN,
        MARGIN + foot_height,
        BODY_WIDTH,
        PAGE[1] - 2 * MARGIN - head_height - foot_height,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    document.addPageTemplates(
        PageTemplate(frames=[frame], onPage=partial(_draw_head, lines=head, made_at=made_at))
    )
    numbered = partial(_draw_foot, lines=foot, template=wording.pgettext("paper", "Page {page} of {pages}"))
    kept: list[Any] = []
    document.build(list(story), canvasmaker=partial(_Pages, foot=numbered, kept=kept))
    return file.getvalue(), len(kept)


def _head(dress: Dress) -> tuple[list[_Line], float]:
    """The lines of the head, and its height in points: the title, and under it unit, desk and date."""
    bold, regular = fonts.chain(fonts.BOLD), fonts.chain()
    top = PAGE[1] - MARGIN
    lines = [_Line(PAGE[0] / 2, top - TITLE_SIZE, 0.5, bold.shown(dress.title), TITLE_SIZE, bold)]
    y = top - _TITLE_HEIGHT - HEAD_SIZE
    share = _SHARE_BESIDE_DESK if dress.desk else _SHARE
    unit = _broken(dress.unit, BODY_WIDTH * share, HEAD_SIZE, regular)
    lines += [
        _Line(MARGIN, y - HEAD_LEADING * index, 0, text, HEAD_SIZE, regular)
        for index, text in enumerate(unit)
    ]
    lines.append(_Line(PAGE[0] / 2, y, 0.5, regular.shown(dress.desk), HEAD_SIZE, regular))
    lines.append(_Line(PAGE[0] - MARGIN, y, 1, regular.shown(dress.date), HEAD_SIZE, regular))
    return lines, _TITLE_HEIGHT + HEAD_LEADING * max(1, len(unit)) + _GAP


def _foot(dress: Dress) -> tuple[list[_Line], float]:
    """The lines of the foot without the page number, and its height in points."""
    chain = fonts.chain()
    notice = _broken(dress.notice, BODY_WIDTH * _SHARE_OF_NOTICE, FOOT_SIZE, chain)
    height = FOOT_LEADING * max(1, len(notice))
    first = MARGIN + height - FOOT_LEADING + 1
    lines = [
        _Line(MARGIN, first - FOOT_LEADING * index, 0, text, FOOT_SIZE, chain)
        for index, text in enumerate(notice)
    ]
    lines.append(_Line(PAGE[0] / 2, first, 0.5, chain.shown(dress.made), FOOT_SIZE, chain))
    return lines, height + _GAP


def _draw_head(
    canvas: Canvas, _document: BaseDocTemplate, *, lines: Sequence[_Line], made_at: dt.datetime
) -> None:
    # Every page sets it, because the canvas is made inside the document.
    canvas.setDateFormatter(partial(_pdf_date, made_at))
    for line in lines:
        line.draw(canvas)


def _draw_foot(canvas: Canvas, page: int, pages: int, *, lines: Sequence[_Line], template: str) -> None:
    for line in lines:
        line.draw(canvas)
    text = fonts.chain().shown(template.format(page=page, pages=pages))
    _Line(PAGE[0] - MARGIN, lines[-1].y, 1, text, FOOT_SIZE, fonts.chain()).draw(canvas)


def _pdf_date(made_at: dt.datetime, *_clock: int) -> str:
    """``made_at`` as PDF writes it (32000-1, 7.9.4), in place of the computer's clock."""
    zone = made_at.strftime("%z")
    return made_at.strftime("D:%Y%m%d%H%M%S") + (f"{zone[:3]}'{zone[3:5]}'" if zone else "")


def _broken(text: str, width: float, size: float, chain: fonts.Chain) -> list[str]:
    """``text`` as lines of at most ``width`` points, as they are drawn."""
    return [
        line.rstrip(BLANKS) for line in break_text(chain.shown(text), width * 1000 / size, chain.advances)
    ]
