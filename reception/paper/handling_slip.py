"""文件处理单, the slip that goes with a paper: what is proposed and instructed, who handles it, who read it.

What the register knows is printed, room is left for what is written by hand on its way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reception import dates
from reception.facts import EntryStatus
from reception.facts.papers_in import PaperIn, PaperReader
from reception.facts.printing import Stamp
from reception.paper import of_entry
from reception.paper.form import Form
from reception.paper.paper_words import PaperWords, shown
from reception.paper.plain import plain
from reception.paper.style import Style
from reception.wording import N_, NP_, Wording

if TYPE_CHECKING:
    from reportlab.platypus.flowables import Flowable

    from reception.context import Session
    from reception.paper.boxes import Band, Box
    from reception.paper.page import Dress

FORM = Form(name="handling_slip", title=NP_("paper", "Handling slip of a paper"))
LABEL, ROW = 74.0, 26.0
_READERS = 8
"""So many readers have a place on a slip that names fewer."""
_ABREAST = 2


@dataclass(frozen=True, slots=True)
class HandlingSlip:
    """What the slip of one paper shows, in no language."""

    site: str
    zone: str
    footer: str
    paper: PaperIn


def collect(session: Session, number: str) -> HandlingSlip:
    """The paper ``number``. Raises InputError, also for what is no paper; NotFoundError."""
    from reception.operations.office import papers_in

    here, paper = of_entry.named(session, number, papers_in.one, N_("{number} is no paper received."))
    return HandlingSlip(here.name, here.zone, here.footer, paper)


def subject(number: str) -> str:
    """What it is a print of: the paper's number."""
    return number


def lines(data: HandlingSlip) -> Iterator[tuple[str, object]]:
    """Every printed line: its key, and its values in no language."""
    one, key = data.paper, f"entry:{data.paper.entry_id}"
    yield "head", [data.site, data.footer]
    came = (one.number, one.received_at, one.sender_day, one.way, one.brought_by, one.operator)
    yield key, [*shown(one, ZoneInfo(data.zone)), *(plain(value) for value in came)]
    yield f"{key}/asked", [one.asked, one.leader]
    yield f"{key}/readers", [[reader.name, plain(reader.signed_at), reader.note] for reader in one.readers]


def dress(data: HandlingSlip, wording: Wording, style: Style, stamp: Stamp) -> Dress:
    """Head and foot; the number of the year stands where slips have theirs."""
    from reception.paper.page import Dress

    return Dress(
        title=wording.pgettext("paper", FORM.title),
        unit=data.site,
        date=PaperWords(wording, ZoneInfo(data.zone)).day(data.paper.day),
        desk=data.paper.serial,
        notice=data.footer,
        zone=data.zone,
    )


def story(data: HandlingSlip, wording: Wording, style: Style, stamp: Stamp) -> list[Flowable]:
    """The form."""
    from reception.paper.boxes import boxes

    corrected = any(key.startswith(f"entry:{data.paper.entry_id}") for key in stamp.corrected)
    slip = _Slip(data.paper, PaperWords(wording, ZoneInfo(data.zone)))
    bands = [*slip.remarks(corrected=corrected), *slip.what(), *slip.handling(), *slip.readers(), *slip.end()]
    continued = wording.pgettext("paper", "{label} (continued)")
    return [boxes(style.width, bands, continued=continued)]


class _Slip:
    """The bands of one slip."""

    def __init__(self, one: PaperIn, words: PaperWords) -> None:
        self._one, self._words = one, words
        self._void = one.status is EntryStatus.VOID

    def remarks(self, *, corrected: bool) -> Iterator[Band]:
        """Why it is void; that something of it differs from the print before."""
        text = self._words.together((self._words.void(self._one), self._words.corrected if corrected else ""))
        if text:
            yield self._one_cell(NP_("paper", "Remarks"), text, struck=False)

    def what(self) -> Iterator[Band]:
        """What came, from whom, and how."""
        one, words = self._one, self._words
        number = words.say(NP_("paper", "{place} ({detail})")).format(place=one.serial, detail=one.number)
        yield self._pair(
            (NP_("paper", "Paper No."), number), (NP_("paper", "Came in"), words.time(one.received_at))
        )
        yield self._pair(
            (NP_("paper", "Sent by"), one.sender), (NP_("paper", "Document number"), one.sender_number)
        )
        yield self._one_cell(NP_("paper", "Title"), one.title, least=ROW + 10)
        yield self._pair(
            (NP_("paper", "Copies"), str(one.copies)), (NP_("paper", "Priority"), words.urgency(one))
        )
        yield self._pair(
            (NP_("paper", "Document date"), words.day(one.sender_day)),
            (NP_("paper", "How it came"), words.way(one)),
        )

    def handling(self) -> Iterator[Band]:
        """What is proposed, what the leader says, who handles it by when, what became of it."""
        one, words = self._one, self._words
        signed = words.say(NP_("paper", "Signed: {room} Date: {day}")).format(
            room="\u00a0" * 18, day=dates.by_hand(words.wording.language)
        )
        yield self._one_cell(NP_("paper", "Proposed handling"), one.proposed, least=58, most=96, foot=signed)
        yield self._one_cell(
            NP_("paper", "Leader's instruction"), words.instructions(one), least=64, most=130, foot=signed
        )
        yield self._pair(
            (NP_("paper", "Handled by"), words.departments(one)), (NP_("paper", "Due"), words.due(one))
        )
        if one.asked:
            asked = words.named(one.leader, one.asked)
            yield self._one_cell(NP_("paper", "What is asked"), asked)
        yield self._one_cell(NP_("paper", "Result"), words.result(one), least=52, most=120, foot=signed)

    def readers(self) -> Iterator[Band]:
        """A place for each reader to sign in, and some more."""
        from reception.paper.boxes import Band, Box

        say = self._words.say
        heads = (say(NP_("paper", "Circulated to")), say(NP_("paper", "Signature and time")))
        heading = tuple(
            Box(text, weight=weight, centred=True, bold=True)
            for text, weight in zip(heads, (3, 5), strict=True)
        )
        places: list[PaperReader | None] = list(self._one.readers)
        places += [None] * max(0, _READERS - len(places))
        places += [None] * (len(places) % _ABREAST)
        rows = [places[at : at + _ABREAST] for at in range(0, len(places), _ABREAST)]
        yield Band(heading * _ABREAST, least=ROW - 4, keep=True, heads=len(rows))
        for row in rows:
            yield Band(tuple(cell for one in row for cell in self._reader(one)), least=ROW)

    def _reader(self, one: PaperReader | None) -> tuple[Box, Box]:
        from reception.paper.boxes import Box

        name = one.name if one is not None else ""
        signed = self._words.together((self._words.time(one.signed_at), one.note)) if one is not None else ""
        return Box(name, weight=3, struck=self._void), Box(signed, weight=5, struck=self._void)

    def end(self) -> Iterator[Band]:
        """Where it is filed, and who noted it."""
        one, words = self._one, self._words
        yield self._pair(
            (NP_("paper", "Filed where"), words.filed(one)),
            (NP_("paper", "Registered by"), one.operator),
        )

    def _pair(self, *cells: tuple[str, str]) -> Band:
        from reception.paper.boxes import Band, Box, label

        boxes = [(label(self._words.say(name), LABEL), Box(text, struck=self._void)) for name, text in cells]
        return Band(tuple(box for pair in boxes for box in pair), least=ROW)

    def _one_cell(
        self,
        name: str,
        text: str,
        *,
        least: float = ROW,
        most: float = 0,
        foot: str = "",
        struck: bool = True,
    ) -> Band:
        from reception.paper.boxes import Band, Box, label

        body = Box(text, top=bool(foot), foot=foot, struck=struck and self._void)
        return Band((label(self._words.say(name), LABEL), body), least=least, most=most)
