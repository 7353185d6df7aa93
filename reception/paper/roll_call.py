"""点名表, the roll-call list: everyone who has not left, to tick off outside when the building is cleared.

It is laid out from plain facts, so that it can be printed from the last known state when the register does
not answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reception import dates
from reception.facts.desk_work import RollCall, Visitor
from reception.facts.printing import Stamp
from reception.numbers import parse_number
from reception.paper.form import ColumnSpec, Form
from reception.paper.style import Style
from reception.wording import NP_, Wording

if TYPE_CHECKING:
    from reportlab.platypus.flowables import Flowable

    from reception.context import Session
    from reception.paper.page import Dress
    from reception.paper.rows import Row

FORM = Form(
    name="roll_call",
    title=NP_("paper", "Roll-call of visitors"),
    landscape=True,
    columns=(
        ColumnSpec("number", NP_("paper", "No."), 62, centred=True, gives=2),
        ColumnSpec("name", NP_("paper", "Name"), weight=76),
        ColumnSpec("organisation", NP_("paper", "Organisation or address"), weight=150),
        ColumnSpec("people", NP_("paper", "People"), 40, centred=True),
        ColumnSpec("since", NP_("paper", "Here since"), 46, centred=True),
        ColumnSpec("where", NP_("paper", "Where"), weight=128),
        ColumnSpec("found", NP_("paper", "Found"), 62, centred=True),
        ColumnSpec("remarks", NP_("paper", "Remarks"), weight=96, gives=1),
    ),
    signatures=(NP_("paper", "Roll called by"), NP_("paper", "Time"), NP_("paper", "People found")),
)


def settle(session: Session, moment: str = "") -> dict[str, str]:
    """The definite arguments: without a ``moment`` (ISO 8601 with an offset) it is now."""
    from reception.context import now, present

    return {"moment": moment or now(session).astimezone(present(session).zone).isoformat()}


def collect(session: Session, moment: str = "") -> RollCall:
    """Everyone who is here now, or was at a ``moment``, as the register knows it. Raises ValueError."""
    from reception.operations import presence, site

    here = site.site(session)
    at = dt.datetime.fromisoformat(settle(session, moment)["moment"])
    visitors = tuple(_as_of(one, at) for one in presence.here_at(session, at))
    return RollCall(here.name, here.zone, at.astimezone(dt.UTC), True, visitors)


def _as_of(one: Visitor, at: dt.datetime) -> Visitor:
    """What was not yet known of a visitor at a moment."""

    def then(moment: dt.datetime | None) -> dt.datetime | None:
        return None if moment is None or moment > at else moment

    return replace(one, waiting_since=then(one.waiting_since), seen_at=then(one.seen_at))


def subject(moment: str = "") -> str:
    """What it is a print of: who was here at a moment."""
    return moment or "now"


def lines(data: RollCall) -> Iterator[tuple[str, object]]:
    """Every printed line: its key, and its values in no language."""
    yield "head", [data.site, data.as_of.isoformat(), data.live]
    for one in data.visitors:
        who = [] if one.identity_protected else [one.name, one.organisation]
        yield (
            f"entry:{one.entry_id}",
            [
                one.number,
                *who,
                one.party_size,
                one.received_at.isoformat(),
                _where(one),
                one.wanted,
                one.waits,
            ],
        )


def dress(data: RollCall, wording: Wording, style: Style, stamp: Stamp) -> Dress:
    """Head and foot; a list that may be out of date says so under its title."""
    from reception.paper.page import Dress

    as_of = data.as_of.astimezone(ZoneInfo(data.zone))
    stale = wording.pgettext("paper", "As known at {time}; the register does not answer")
    return Dress(
        title=wording.pgettext("paper", FORM.title),
        unit=data.site,
        date=dates.stamp(as_of, wording.language),
        desk="" if data.live else stale.format(time=dates.clock(as_of)),
        notice=wording.pgettext("paper", "Who left without signing out may still be listed."),
        zone=data.zone,
    )


def story(data: RollCall, wording: Wording, style: Style, stamp: Stamp) -> list[Flowable]:
    """The list in the order of the numbers, and how many people it holds."""
    from reception.paper.page import TextBlock
    from reception.paper.rows import Row, table

    visitors = sorted(data.visitors, key=lambda one: (one.desk, one.number))
    rows = [_row(one, data, wording) for one in visitors]
    if not rows:
        nobody = wording.pgettext("paper", "Nobody is known to be here.")
        rows = [Row(("", nobody, *[""] * 6))]
    people = sum(one.party_size for one in visitors)
    total = wording.pgettext("paper", "Together: {visits} visits, {people} people").format(
        visits=len(visitors), people=people
    )
    return [table(FORM, style, wording, rows), TextBlock(total, before=6.0, bold=True)]


def _where(one: Visitor) -> str:
    return one.department_name or one.department


def _row(one: Visitor, data: RollCall, wording: Wording) -> Row:
    from reception.paper.rows import Row

    since = one.received_at.astimezone(ZoneInfo(data.zone))
    withheld = wording.pgettext("paper", "Withheld") if one.identity_protected else ""
    where = " · ".join(filter(None, (_where(one), one.wanted)))
    if one.waits:
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
