"""点名表, the roll-call list: everyone who has not left, to tick off outside when the building is cleared.

It is laid out from plain facts, so that it can be printed from the last known state when the register does
not answer.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reception import dates
from reception.facts.desk_work import RollCall, Visitor
from reception.numbers import parse_number
from reception.wording import Wording

if TYPE_CHECKING:
    from reportlab.platypus.flowables import Flowable

    from reception.context import Session
    from reception.paper.page import Dress
    from reception.paper.rows import Row


def collect(session: Session) -> RollCall:
    """Everyone who is here now, as the register knows it."""
    from reception.context import now
    from reception.operations import presence, site

    here = site.site(session)
    return RollCall(here.name, here.zone, now(session), True, presence.here(session))


def write(data: RollCall, wording: Wording, path: str | Path, made_at: dt.datetime) -> int:
    """Print the list into the PDF ``path`` and say how many pages it has.

    The same data, language and ``made_at`` (an aware instant) give the same bytes.

    Raises:
        SurroundingsError: it cannot be saved there; nothing half-made is left behind.
    """
    from reception.paper import output, page

    made_here = made_at.astimezone(ZoneInfo(data.zone))
    content, pages = page.render(story(data, wording), dress(data, wording, made_here), wording, made_here)
    output.replace(Path(path), content)
    return pages


def dress(data: RollCall, wording: Wording, made_at: dt.datetime) -> Dress:
    """Head and foot; a list that may be out of date says so under its title."""
    from reception.paper.page import Dress

    as_of = data.as_of.astimezone(ZoneInfo(data.zone))
    stale = wording.pgettext("paper", "As known at {time}; the register does not answer")
    return Dress(
        title=wording.pgettext("paper", "Roll-call of visitors"),
        unit=data.site,
        date=dates.stamp(as_of, wording.language),
        desk="" if data.live else stale.format(time=dates.clock(as_of)),
        notice=wording.pgettext("paper", "Who left without signing out may still be listed."),
        made=wording.pgettext("paper", "Printed {when}").format(when=dates.stamp(made_at, wording.language)),
    )


def story(data: RollCall, wording: Wording) -> list[Flowable]:
    """The list in the order of the numbers, how many people it holds, and who called the roll."""
    from reception.paper.page import BODY_WIDTH, Blanks, TextBlock
    from reception.paper.rows import Row, register, shared

    plan = (
        (wording.pgettext("paper", "No."), 62.0, 0, True),
        (wording.pgettext("paper", "Name"), 0, 76, False),
        (wording.pgettext("paper", "Organisation or address"), 0, 150, False),
        (wording.pgettext("paper", "People"), 40, 0, True),
        (wording.pgettext("paper", "Here since"), 46, 0, True),
        (wording.pgettext("paper", "Where"), 0, 128, False),
        (wording.pgettext("paper", "Found"), 62, 0, True),
        (wording.pgettext("paper", "Remarks"), 0, 96, False),
    )
    visitors = sorted(data.visitors, key=lambda one: (one.desk, one.number))
    rows = [_row(one, data, wording) for one in visitors]
    if not rows:
        nobody = wording.pgettext("paper", "Nobody is known to be here.")
        rows = [Row(("", nobody, *[""] * 6))]
    people = sum(one.party_size for one in visitors)
    total = wording.pgettext("paper", "Together: {visits} visits, {people} people").format(
        visits=len(visitors), people=people
    )
    ends: list[Flowable] = [
        TextBlock(total, before=6.0, bold=True),
        Blanks(
            (
                wording.pgettext("paper", "Roll called by"),
                wording.pgettext("paper", "Time"),
                wording.pgettext("paper", "People found"),
            )
        ),
    ]
    return [register(shared(BODY_WIDTH, plan), rows, reserve=sum(one.height for one in ends)), *ends]


def _row(one: Visitor, data: RollCall, wording: Wording) -> Row:
    from reception.paper.rows import Row

    since = one.received_at.astimezone(ZoneInfo(data.zone))
    withheld = wording.pgettext("paper", "Withheld") if one.identity_protected else ""
    where = " · ".join(filter(None, (one.department_name or one.department, one.wanted)))
    if one.waiting_since is not None and one.seen_at is None:
        waits = wording.pgettext("paper", "waits at the desk")
        both = wording.pgettext("paper", "{place} ({detail})")
        where = both.format(place=where, detail=waits) if where else waits
    cells = (
        parse_number(one.number).short,
        withheld or one.name,
        withheld or one.organisation,
        str(one.party_size),
        dates.clock(since),
        where,
        # a box for each head, as many as have room; who brings more is counted by hand
        " ".join("□" * one.party_size) if one.party_size <= _BOXES else "",
        "",
    )
    return Row(cells)


_BOXES = 12
