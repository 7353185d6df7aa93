"""Puts a form's flowables on pages and writes the file, page after page.

A finished page is compressed and put away at once; its foot, which says how many pages there are, becomes a
second content of it when the last page is known. So a ledger of thousands of pages takes little more memory
than its file.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFArray, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.doctemplate import BaseDocTemplate, PageTemplate
from reportlab.platypus.flowables import Flowable, PageBreak
from reportlab.platypus.frames import Frame

from reception.facts.printing import Stamp
from reception.paper import fonts
from reception.paper.page import (
    Area,
    Blanks,
    Dress,
    Line,
    TextBlock,
    draw_logo,
    foot_lines,
    head_lines,
    height_of_title,
    page_number,
)
from reception.paper.style import Style
from reception.wording import Wording

# Streams as bytes: the ASCII form of them, ReportLab's default, costs a quarter more space and a tenth of the
# time.
rl_config.useA85 = 0
_DEFLATED = PDFArray([PDFName("FlateDecode")])

Progress = Callable[[int], None]
"""Is told after each page how many are laid out; what it raises ends the work."""


class _Enough(Exception):
    """The first page is full, and no more were asked for."""


class _Content(PDFStream):
    """What stands on a page, compressed; it goes once it is written, so that it never lies there twice."""

    def __init__(self, code: str) -> None:
        super().__init__(content=zlib.compress(code.encode("utf-8")))
        self.dictionary["Filter"] = _DEFLATED

    def format(self, document: Any) -> bytes:
        """Its bytes in the file."""
        written: bytes = super().format(document)
        self.content = b""
        return written


class _Pages(Canvas):
    """Puts pages away until the last one is laid out, then draws each foot with the number of pages."""

    _code: list[str]

    def __init__(
        self,
        *args: Any,
        foot: Callable[[Canvas, int, int], None],
        progress: Progress | None,
        first: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._foot, self._progress, self._first = foot, progress, first
        self._kept: list[Any] = []

    @property
    def count(self) -> int:
        """How many pages are laid out."""
        return len(self._kept)

    def showPage(self) -> None:
        """Put the page away."""
        super().showPage()
        page = self._doc.Pages.pages[-1]  # type: ignore[attr-defined]
        page.Contents, page.stream = self._packed(page.stream), None
        self._kept.append(page)
        if self._progress is not None:
            self._progress(len(self._kept))
        if self._first:
            raise _Enough

    def save(self) -> None:
        """Give each page its foot, and write the document."""
        for number, page in enumerate(self._kept, 1):
            self._code = []
            self._foot(self, number, 0 if self._first else len(self._kept))
            if self._code:
                foot = self._packed("\n".join([self._preamble, *self._code, ""]))  # type: ignore[attr-defined]
                page.Contents = PDFArray([page.Contents, foot])
        self._code = []
        super().save()

    def _packed(self, code: str) -> Any:
        """A content, compressed, as an object of the document."""
        return self._doc.Reference(_Content(code))  # type: ignore[attr-defined]


def write(
    file: BinaryIO,
    story: Iterable[Flowable],
    dress: Dress,
    wording: Wording,
    style: Style,
    stamp: Stamp,
    progress: Progress | None = None,
    *,
    first: bool = False,
) -> int:
    """Write the document and say how many pages it has; the same for the same arguments, byte by byte.

    ``first`` writes the first page only, without saying of how many.
    """
    made_at = stamp.made_at.astimezone(ZoneInfo(dress.zone))
    fonts.chain(), fonts.chain(fonts.BOLD)
    flow = list(_told_what_is_left_out(story, wording))
    if style.signatures and style.headed:
        flow.append(Blanks([wording.pgettext("paper", label) for label in style.signatures]))
    area = Area(style)
    if not area.height:
        area.height = area.top + area.bottom + sum(one.wrap(area.width, _ENDLESS)[1] for one in flow)
    head, head_height = head_lines(dress, wording, area, stamp) if style.headed else ([], 0.0)
    foot, foot_height = foot_lines(dress, wording, area, stamp, made_at) if style.headed else ([], 0.0)
    room = area.height - area.top - area.bottom - head_height - foot_height
    accompany(flow, area.width, room)
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
    frame = Frame(area.left, area.bottom + foot_height, area.width, room + _FUZZ, 0, 0, 0, 0)
    document.addPageTemplates(
        PageTemplate(frames=[frame], onPage=partial(_draw_head, lines=head, made_at=made_at, area=area))
    )
    template = wording.pgettext("paper", "Page {page} of {pages}")
    numbered = partial(_draw_foot, lines=foot, template=template, right=area.left + area.width)
    maker = partial(_Pages, foot=numbered, progress=progress, first=first)
    with contextlib.suppress(_Enough):
        document.build(flow, canvasmaker=maker)
    pages: Any = document.canv
    if first:
        pages.save()
    return int(pages.count)


def _told_what_is_left_out(story: Iterable[Flowable], wording: Wording) -> Iterator[Flowable]:
    """Below a register which of its columns had no room on this sheet."""
    for flowable in story:
        yield flowable
        if titles := getattr(flowable, "left_out", ()):
            said = wording.pgettext("paper", "Left out, because this paper has no room for them: {columns}")
            yield TextBlock(said.format(columns=wording.gettext(", ").join(titles)), before=_GAP)


_GAP = 4.0
_ENDLESS = 5_000.0
"""Height in points on which a roll is laid out before it is cut: longer than any pass."""
_FUZZ = 1e-4


def accompany(flow: Sequence[Any], width: float, room: float) -> None:
    """Tell each flowable that asks (``reserve``) how high what follows it is, so that it never stands alone.

    One that has a ``reserve`` has a ``least`` too, the height without which nothing of it stands on a page,
    and is told the ``room`` of a whole page.
    """
    need = 0.0
    for flowable in reversed(flow):
        if isinstance(flowable, PageBreak):
            need = 0.0
        elif hasattr(flowable, "reserve"):
            flowable.reserve, flowable.room = min(need, room / 2), room
            need = flowable.least
        else:
            need += flowable.wrap(width, room)[1]


def _draw_head(
    canvas: Canvas, _document: BaseDocTemplate, *, lines: Sequence[Line], made_at: dt.datetime, area: Area
) -> None:
    # Every page sets it, because the canvas is made inside the document.
    canvas.setDateFormatter(partial(_pdf_date, made_at))
    for line in lines:
        line.draw(canvas)
    if lines:
        draw_logo(canvas, area, height_of_title(area))


def _draw_foot(
    canvas: Canvas, page: int, pages: int, *, lines: Sequence[Line], template: str, right: float
) -> None:
    if not lines:
        return
    for line in lines:
        line.draw(canvas)
    if pages:
        page_number(lines, template.format(page=page, pages=pages), right).draw(canvas)


def _pdf_date(made_at: dt.datetime, *_clock: int) -> str:
    """``made_at`` as PDF writes it (32000-1, 7.9.4), in place of the computer's clock."""
    zone = made_at.strftime("%z")
    return made_at.strftime("D:%Y%m%d%H%M%S") + (f"{zone[:3]}'{zone[3:5]}'" if zone else "")
