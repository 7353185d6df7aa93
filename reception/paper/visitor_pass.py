"""访客证, the visitor's pass: a label with who came to whom, and the code that is scanned on leaving.

The code is a Code 128 where its bars can be two dots wide or more on a label printer of 203 dpi; where the
label is too narrow for that, a QR code of four dots a module.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reception.facts.printing import Stamp
from reception.paper.form import Form
from reception.paper.slip_words import SlipWords
from reception.paper.style import MM, Style
from reception.wording import NP_, Wording

if TYPE_CHECKING:
    from reportlab.platypus.flowables import Flowable

    from reception.context import Session
    from reception.paper.page import Dress

FORM = Form(name="visitor_pass", title=NP_("paper", "Visitor pass"), paper="label-100x60", headed=False)


@dataclass(frozen=True, slots=True)
class VisitorPass:
    """What a pass shows, in no language; ``code`` is "" where nobody scans."""

    site: str
    zone: str
    entry_id: int
    number: str
    withheld: bool
    person: str
    people: int
    department: str
    wanted: str
    received_at: dt.datetime
    code: str


def collect(session: Session, *, number: str) -> VisitorPass:
    """The pass of a visit. Raises InputError, NotFoundError; StateError where nobody came, or it is void."""
    from reception import codes
    from reception.errors import StateError
    from reception.facts import EntryStatus, Kind
    from reception.numbers import parse_number
    from reception.operations import reading, site, veiling

    whole, here = reading.entry(session, reading.find_number(session, number)), site.site(session)
    row = veiling.entries(session, [whole.row], on_paper=True)[0]
    if row.kind is not Kind.VISIT:
        raise StateError("{number} is a call; only a visitor gets a pass.", number=row.number)
    if row.status is EntryStatus.VOID:
        raise StateError("{number} is void; it keeps its line and cannot be changed.", number=row.number)
    prefix = here.scanner_prefix
    return VisitorPass(
        site=here.name,
        zone=here.zone,
        entry_id=row.id,
        number=row.number,
        withheld=row.identity_protected,
        person="" if row.identity_protected else row.name,
        people=row.party_size,
        department=row.department_name,
        wanted="" if row.identity_protected else whole.details.wanted,
        received_at=row.received_at,
        code=codes.encode(parse_number(row.number), prefix) if prefix else "",
    )


def subject(*, number: str) -> str:
    """What it is a print of: the entry."""
    return number.strip().upper()


def lines(data: VisitorPass) -> Iterator[tuple[str, object]]:
    """Every printed line: its key, and its values in no language."""
    who = [data.withheld, "" if data.withheld else data.person, data.people, data.department, data.wanted]
    yield f"entry:{data.entry_id}", [data.site, data.number, *who, data.received_at.isoformat(), data.code]


def dress(data: VisitorPass, wording: Wording, style: Style, stamp: Stamp) -> Dress:
    """What the document says of itself; a label has neither head nor foot."""
    from reception.paper.page import Dress

    title = wording.pgettext("paper", FORM.title)
    return Dress(title=title, unit=data.site, date=data.number, notice="", zone=data.zone)


def story(data: VisitorPass, wording: Wording, style: Style, stamp: Stamp) -> list[Flowable]:
    """The label as one piece, as high as the paper; on a roll as high as it needs."""
    from reception.paper.label import Label
    from reception.paper.page import printed

    words = SlipWords(wording, ZoneInfo(data.zone))
    height = style.sheet[1] - (style.margins[0] + style.margins[2]) * MM if style.sheet[1] else 0.0
    name = words.say(NP_("paper", "Withheld")) if data.withheld else data.person
    people = words.say(NP_("paper", "{people} people")).format(people=data.people) if data.people > 1 else ""
    marks = []
    if stamp.preview:
        marks.append(words.say(NP_("paper", "Preview")))
    elif again := printed(wording, stamp):
        marks.append(again)
    return [
        Label(
            width=style.width,
            height=height,
            title=words.say(FORM.title),
            above=words.together((data.site, *marks)),
            number=data.number,
            name=name.strip(),
            lines=(
                (data.department, data.wanted),
                (words.time(data.received_at), people),
            ),
            code=data.code,
            left=style.margins[3] * MM,
        )
    ]
