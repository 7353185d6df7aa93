"""一次性告知单, the one-time notice: what a matter needs, told once, completely, in two copies.

One copy is for the person, the other is kept with the signature. What is printed is what the register keeps
of the notice, whatever the catalogue says by now.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reception.facts import NoticeView
from reception.facts.printing import Stamp
from reception.paper.form import Form
from reception.paper.slip_words import LABEL, SIGNS, SlipWords, plain
from reception.paper.style import Style
from reception.text import papers
from reception.wording import NP_, Wording

if TYPE_CHECKING:
    from reportlab.platypus.flowables import Flowable

    from reception.context import Session
    from reception.paper.boxes import Band
    from reception.paper.page import Dress

FORM = Form(name="notice", title=NP_("paper", "One-time notice"))
_MARK = 42.0
"""Width of the columns that are ticked, in points."""
_SORTS = {papers.Sort.ORIGINAL: NP_("paper", "original"), papers.Sort.COPY: NP_("paper", "copy")}
TICK = "√"


@dataclass(frozen=True, slots=True)
class Notice:
    """What a notice shows, in no language; ``told`` is what the register keeps of it."""

    site: str
    zone: str
    footer: str
    entry_id: int
    number: str
    withheld: bool
    person: str
    phone: str
    told: NoticeView


def collect(session: Session, *, number: str, notice: int = 0) -> Notice:
    """A notice of an entry, the latest if not told which. Raises InputError, NotFoundError."""
    from reception.errors import NotFoundError
    from reception.operations import reading, site, veiling

    whole, here = reading.entry(session, reading.find_number(session, number)), site.site(session)
    found = [one for one in whole.notices if notice in (0, one.ordinal)]
    if not found:
        raise NotFoundError("There is no such notice of {number}.", field="notice", number=whole.row.number)
    row = veiling.entries(session, [whole.row], on_paper=True)[0]
    withheld = row.identity_protected
    return Notice(
        site=here.name,
        zone=here.zone,
        footer=here.footer,
        entry_id=row.id,
        number=row.number,
        withheld=withheld,
        person="" if withheld else row.name,
        phone="" if withheld else row.phone,
        told=found[-1],
    )


def settle(session: Session, *, number: str, notice: int = 0) -> dict[str, str | int]:
    """The definite arguments: the latest notice is another one tomorrow. Raises as ``collect``."""
    found = collect(session, number=number, notice=notice)
    return {"number": found.number, "notice": found.told.ordinal}


def subject(*, number: str, notice: int = 0) -> str:
    """What it is a print of: the entry, and which notice where it was chosen."""
    name = number.strip().upper()
    return f"{name}#{notice}" if notice else name


def lines(data: Notice) -> Iterator[tuple[str, object]]:
    """Every printed line: its key, and its values in no language."""
    yield "head", [data.site, data.footer]
    who = [data.withheld, "" if data.withheld else data.person, data.phone]
    yield f"entry:{data.entry_id}", [data.number, *who, plain(data.told)]


def dress(data: Notice, wording: Wording, style: Style, stamp: Stamp) -> Dress:
    """Head and foot."""
    words = SlipWords(wording, ZoneInfo(data.zone))
    return words.dress(FORM.title, data, words.date(data.told.at))


def story(data: Notice, wording: Wording, style: Style, stamp: Stamp) -> list[Flowable]:
    """The same box twice: for the person, and to be kept."""
    from reportlab.platypus.flowables import PageBreak

    from reception.paper.boxes import boxes
    from reception.paper.cutting import Piece
    from reception.paper.page import TextBlock

    words = _Words(wording, ZoneInfo(data.zone))
    continued = words.say(NP_("paper", "{label} (continued)"))
    bands = words.bands(data)
    flow: list[Flowable] = []
    for copy in (NP_("paper", "Copy 1: for the person"), NP_("paper", "Copy 2: to be kept")):
        flow += [PageBreak()] if flow else []
        flow += [
            TextBlock(words.say(copy), after=2.0),
            Piece(boxes(style.width, bands, continued=continued)),
        ]
    return flow


class _Words(SlipWords):
    """The words of the notice."""

    def bands(self, data: Notice) -> list[Band]:
        """From the number to the signatures."""
        told, say = data.told, self.say
        ordinal = say(NP_("paper", "{number}, notice {count}"))
        number = ordinal.format(number=data.number, count=told.ordinal) if told.ordinal > 1 else data.number
        person = say(NP_("paper", "Withheld")) if data.withheld else data.person
        signed = say(SIGNS).format(name="")
        bands = [
            self.pair(NP_("paper", "Number"), number, NP_("paper", "Which matter"), told.matter),
            self.pair(NP_("paper", "Applicant"), person, NP_("paper", "Telephone"), data.phone),
            self.one(NP_("paper", "Legal basis"), told.basis),
            *self._materials(told),
            self.one(NP_("paper", "How it goes"), told.steps),
            self.pair(NP_("paper", "Time it takes"), told.time_limit, NP_("paper", "Fee"), told.fee),
            self.one(NP_("paper", "Where, telephone"), told.place),
            *([self.one(NP_("paper", "Why not accepted"), told.refusal)] if told.refusal else ()),
            *([self.one(NP_("paper", "Where to go instead"), told.whereto)] if told.whereto else ()),
            self.one(NP_("paper", "Told by"), self.together((told.operator, self.time(told.at)))),
            self.one(NP_("paper", "Signed for"), "", least=46, foot=signed),
        ]
        # the signature never stands alone on a page
        return [*bands[:-2], replace(bands[-2], keep=True), bands[-1]]

    def _materials(self, told: NoticeView) -> list[Band]:
        """A line for each paper, ticked where the person has it or lacks it."""
        from reception.paper.boxes import Band, Box, label

        say = self.say
        if not told.materials:
            return [self.one(NP_("paper", "Papers to bring"), "")]
        head = (
            label(say(NP_("paper", "No.")), LABEL / 2),
            label(say(NP_("paper", "Papers to bring"))),
            label(say(NP_("paper", "Original or copy")), 70),
            label(say(NP_("paper", "How many")), _MARK),
            label(say(NP_("paper", "Has")), _MARK),
            label(say(NP_("paper", "Lacks")), _MARK),
        )
        rows = []
        for at, line in enumerate(told.materials, 1):
            paper, lacks = papers.read(line), line in told.lacks
            counts = [str(count) if count is not None else "" for _sort, count in paper.sorts]
            rows.append(
                Band(
                    (
                        Box(str(at), LABEL / 2, centred=True),
                        Box(paper.name),
                        Box("\n".join(say(_SORTS[sort]) for sort, _count in paper.sorts), 70, centred=True),
                        Box("\n".join(counts) if any(counts) else "", _MARK, centred=True),
                        Box("" if lacks else TICK, _MARK, centred=True),
                        Box(TICK if lacks else "", _MARK, centred=True),
                    )
                )
            )
        return [Band(head, keep=True, heads=len(rows)), *rows]
