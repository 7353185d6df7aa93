"""The page that every form stands on: paper, head, foot, signatures, page x of y, the document's own facts.

Head and foot are the same on every page; the number of pages is known before any foot is drawn, because the
pages are kept until the last one is laid out. What all forms have is here and in no form.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.doctemplate import BaseDocTemplate, PageTemplate
from reportlab.platypus.flowables import Flowable
from reportlab.platypus.frames import Frame

from reception import dates
from reception.facts.printing import Stamp
from reception.paper import fonts
from reception.paper.lines import BLANKS, break_text
from reception.paper.rows import Register
from reception.paper.style import MM, Style
from reception.wording import Wording

# Streams as bytes: the ASCII form of them, ReportLab's default, costs a quarter more space and a tenth of the
# time.
rl_config.useA85 = 0

TITLE_SIZE = 20.0
HEAD_SIZE = 10.5
HEAD_LEADING = 14.0
FOOT_SIZE = 8.5
FOOT_LEADING = 11.0
_LETTERHEAD_SIZE, _LETTERHEAD_LEADING = 14.0, 20.0
_TITLE_HEIGHT = 30.0
_GAP = 5.0
"""Between head, body and foot, in points."""
_ENDLESS = 5_000.0
"""Height in points on which a roll is laid out before it is cut: longer than any pass."""
_SHARE, _SHARE_BESIDE_DESK, _SHARE_OF_NOTICE = 0.6, 0.4, 0.35
"""How much of the width a long name of the unit or a notice may take before it is broken."""


@dataclass(frozen=True, slots=True)
class Dress:
    """What every page of a form wears, in the words of its language.

    ``unit`` stands at the left under the title, ``desk`` in the middle, ``date`` at the right; ``notice`` at
    the left of the foot. ``zone`` is the site's, in which the moment of the print is told.
    """

    title: str
    unit: str
    date: str
    notice: str
    zone: str
    desk: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: where it stands, how (0 left, 0.5 centred, 1 right), and what it says."""

    x: float
    y: float
    stand: float
    text: str
    size: float
    chain: fonts.Chain

    def draw(self, canvas: Canvas) -> None:
        """Draw it; ``text`` has gone through ``shown``."""
        if not self.text:
            return
        x = self.x - self.stand * self.chain.width(self.text, self.size)
        text = canvas.beginText(x, self.y)
        for face, piece in self.chain.runs(self.text):
            text.setFont(face, self.size)
            text.textOut(piece)
        canvas.drawText(text)


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
            Line(0, y, 0, line, self._size, self._chain).draw(self.canv)
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
        self.width = aW
        return aW, self.height

    def draw(self) -> None:
        """Draw labels and lines, the lower left corner at the origin."""
        share = self.width / len(self._labels)
        self.canv.setLineWidth(0.5)
        for index, label in enumerate(self._labels):
            Line(index * share, 3, 0, label, HEAD_SIZE, self._chain).draw(self.canv)
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
    story: Sequence[Flowable],
    dress: Dress,
    wording: Wording,
    style: Style,
    stamp: Stamp,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[bytes, int]:
    """The document and its number of pages; the same for the same arguments, byte by byte."""
    made_at = stamp.made_at.astimezone(ZoneInfo(dress.zone))
    fonts.chain(), fonts.chain(fonts.BOLD)
    area = _Area(style)
    head, head_height = _head(dress, wording, area, stamp) if style.headed else ([], 0.0)
    foot, foot_height = _foot(dress, wording, area, stamp, made_at) if style.headed else ([], 0.0)
    flow = list(story)
    if style.signatures:
        flow.append(Blanks([wording.pgettext("paper", label) for label in style.signatures]))
    room = area.height - area.top - area.bottom - head_height - foot_height
    accompany(flow, area.width, room)
    file = io.BytesIO()
    document = BaseDocTemplate(
        file,
        pagesize=(area.sheet_width, area.height),
        title=f"{dress.title} {dress.date}".strip(),
        author=dress.unit,
        subject=dress.title,
        creator="Reception Desk",
        lang=wording.language.replace("_", "-"),
        invariant=1,
        initialFontName=fonts.REGULAR,  # else Helvetica comes along, which is not embedded
    )
    frame = Frame(
        area.left,
        area.bottom + foot_height,
        area.width,
        room,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    document.addPageTemplates(
        PageTemplate(frames=[frame], onPage=partial(_draw_head, lines=head, made_at=made_at))
    )
    template = wording.pgettext("paper", "Page {page} of {pages}")
    numbered = partial(_draw_foot, lines=foot, template=template, right=area.left + area.width)
    kept: list[Any] = []
    document.build(flow, canvasmaker=partial(_Pages, foot=numbered, kept=kept))
    return file.getvalue(), len(kept)


def accompany(flow: Sequence[Flowable], width: float, room: float) -> None:
    """Tell each register of ``flow`` how high what follows it is, so that it never stands alone on a page."""
    need = 0.0
    for flowable in reversed(flow):
        if isinstance(flowable, Register):
            flowable.reserve = min(need, room / 2)
            need = flowable.least
        else:
            need += flowable.wrap(width, room)[1]


class _Area:
    """The paper and its margins, in points."""

    def __init__(self, style: Style) -> None:
        self.sheet_width, height = style.sheet
        self.height = height or _ENDLESS
        self.top, self.right, self.bottom, self.left = (margin * MM for margin in style.margins)
        self.width = style.width
        self.letterhead = style.letterhead


def _head(dress: Dress, wording: Wording, area: _Area, stamp: Stamp) -> tuple[list[Line], float]:
    """The lines of the head, and its height in points: letterhead, title, under it unit, desk and date."""
    bold, regular = fonts.chain(fonts.BOLD), fonts.chain()
    top, middle, right = area.height - area.top, area.left + area.width / 2, area.left + area.width
    start, lines = top, []
    for text in broken(area.letterhead, area.width, _LETTERHEAD_SIZE, bold):
        lines.append(Line(middle, top - _LETTERHEAD_SIZE, 0.5, text, _LETTERHEAD_SIZE, bold))
        top -= _LETTERHEAD_LEADING
    mark = _mark(wording, stamp)
    if mark:
        mark = regular.shown(mark)
        lines.append(Line(right, start - HEAD_SIZE, 1, mark, HEAD_SIZE, regular))
    title = bold.shown(dress.title)
    beside = 2 * (regular.width(mark, HEAD_SIZE) + _GAP) if mark and start == top else 0
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
    lines += [
        Line(area.left, y - HEAD_LEADING * index, 0, text, HEAD_SIZE, regular)
        for index, text in enumerate(unit)
    ]
    lines.append(Line(middle, y, 0.5, desk, HEAD_SIZE, regular))
    lines.append(Line(right, y, 1, date, HEAD_SIZE, regular))
    return lines, start - top + _TITLE_HEIGHT + HEAD_LEADING * max(1, len(unit)) + _GAP


def _mark(wording: Wording, stamp: Stamp) -> str:
    """What the corner of each page says of a paper that is no first print."""
    if stamp.preview:
        return wording.pgettext("paper", "Preview")
    if stamp.count > 1:
        return wording.pgettext("paper", "Reprint, print no. {count}").format(count=stamp.count)
    return ""


def _foot(
    dress: Dress, wording: Wording, area: _Area, stamp: Stamp, made_at: dt.datetime
) -> tuple[list[Line], float]:
    """The lines of the foot without the page number, and its height in points."""
    chain = fonts.chain()
    when = dates.stamp(made_at, wording.language)
    if stamp.made_by:
        made = wording.pgettext("paper", "Printed {when} by {who}").format(when=when, who=stamp.made_by)
    else:
        made = wording.pgettext("paper", "Printed {when}").format(when=when)
    said = broken(made, area.width * _SHARE_OF_NOTICE, FOOT_SIZE, chain)
    if stamp.code:
        code = wording.pgettext("paper", "Code {code} · journal {head}")
        said.append(chain.shown(code.format(code=stamp.code, head=stamp.head)))
    notice = broken(dress.notice, area.width * _SHARE_OF_NOTICE, FOOT_SIZE, chain)
    height = FOOT_LEADING * max(1, len(notice), len(said))
    first = area.bottom + height - FOOT_LEADING + 1
    lines = [
        Line(area.left, first - FOOT_LEADING * index, 0, text, FOOT_SIZE, chain)
        for index, text in enumerate(notice)
    ]
    lines += [
        Line(area.left + area.width / 2, first - FOOT_LEADING * index, 0.5, text, FOOT_SIZE, chain)
        for index, text in enumerate(said)
    ]
    return lines, height + _GAP


def _draw_head(
    canvas: Canvas, _document: BaseDocTemplate, *, lines: Sequence[Line], made_at: dt.datetime
) -> None:
    # Every page sets it, because the canvas is made inside the document.
    canvas.setDateFormatter(partial(_pdf_date, made_at))
    for line in lines:
        line.draw(canvas)


def _draw_foot(
    canvas: Canvas, page: int, pages: int, *, lines: Sequence[Line], template: str, right: float
) -> None:
    if not lines:
        return
    for line in lines:
        line.draw(canvas)
    text = fonts.chain().shown(template.format(page=page, pages=pages))
    Line(right, max(line.y for line in lines), 1, text, FOOT_SIZE, fonts.chain()).draw(canvas)


def _pdf_date(made_at: dt.datetime, *_clock: int) -> str:
    """``made_at`` as PDF writes it (32000-1, 7.9.4), in place of the computer's clock."""
    zone = made_at.strftime("%z")
    return made_at.strftime("D:%Y%m%d%H%M%S") + (f"{zone[:3]}'{zone[3:5]}'" if zone else "")


def broken(text: str, width: float, size: float, chain: fonts.Chain) -> list[str]:
    """``text`` as lines of at most ``width`` points, as they are drawn."""
    return [
        line.rstrip(BLANKS) for line in break_text(chain.shown(text), width * 1000 / size, chain.advances)
    ]
