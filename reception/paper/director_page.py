"""接待日报, the director's page: one sheet that says in thirty seconds what of a day was not as it should be.

Annex are the sheets of the day. Exceptions come first; what has no room is counted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reception import dates
from reception.facts.printing import Stamp
from reception.facts.reports import DayReport
from reception.numbers import day_date
from reception.paper.form import Form
from reception.paper.plain import plain
from reception.paper.style import Style
from reception.wording import NP_, Wording

if TYPE_CHECKING:
    from reportlab.platypus.flowables import Flowable

    from reception.context import Session
    from reception.paper.page import Dress

FORM = Form(name="director_page", title=NP_("paper", "Director's page"))


def settle(session: Session, day: int, moment: str = "") -> dict[str, object]:
    """The definite arguments: today's page is of this moment (ISO 8601), that of a past day of its end."""
    from reception.operations.reports.moment import then

    if moment:
        return {"day": day, "moment": moment}
    at = then(session, day)
    return {"day": day, "moment": at.at.astimezone(at.zone).isoformat()}


def collect(session: Session, day: int, moment: str = "") -> DayReport:
    """What the page of ``day`` (``YYYYMMDD``) says at a moment of it, as everybody may read it.

    Raises:
        InputError: the day is still to come; ValueError: there is no such day or moment.
    """
    from reception.operations import reports

    return reports.day(session, day, dt.datetime.fromisoformat(moment) if moment else None)


def subject(day: int, moment: str = "") -> str:
    """What it is a print of: ``20261122``."""
    return str(day)


def lines(data: DayReport) -> Iterator[tuple[str, object]]:
    """Every printed line: its key, and its values in no language."""
    yield "head", plain([data.site, data.day, None if data.over else data.as_of, data.footer])
    for kind in data.lapses:
        yield f"count/{kind.what.value}", kind.count
        for one in kind.rows:
            key = f"entry:{one.entry_id}/{one.what.value}/{one.part_id}"
            yield key, plain([one.number, one.department_name, one.text, one.late, one.returned, one.sealed])
    for name, noted in (("group", data.groups), ("event", data.events)):
        for each in noted:
            yield (
                f"entry:{each.entry_id}/{name}",
                plain([each.number, each.at, each.people, each.text, each.department_name, each.sealed]),
            )
    for department in data.departments:
        now = department.now
        yield (
            f"figures/{department.code}",
            [department.name, now.received, now.open, now.overdue, now.returned],
        )
    for name, span in (("today", data.today), ("week", data.week_ago), ("month", data.month)):
        counts = [getattr(span.totals, field.name) for field in fields(span.totals) if field.name in _TOTALS]
        yield f"totals/{name}", [span.first, span.last, *counts]
    yield "due", [data.due_count, data.due_until]
    for due in data.due:
        key = f"entry:{due.entry_id}/due/{due.part_id}"
        yield key, plain([due.number, due.department_name, due.text, due.due_day, due.sealed])
    for written in data.instructions:
        key = f"entry:{written.entry_id}/instruction/{written.ordinal}"
        yield key, plain([written.leader, written.words, written.at, written.job])


_TOTALS = frozenset(
    {"visits", "visitors", "calls_in", "calls_out", "answered", "pointed", "put_through", "referred", "open"}
)


def dress(data: DayReport, wording: Wording, style: Style, stamp: Stamp) -> Dress:
    """Head and foot; a page of a day that is not over says of what moment it is."""
    from reception.paper.page import Dress

    if data.over:
        as_of = wording.pgettext("paper", "At the end of the day")
    else:
        clock = dates.clock(data.as_of.astimezone(ZoneInfo(data.zone)))
        as_of = wording.pgettext("paper", "As of {time}").format(time=clock)
    return Dress(
        title=wording.pgettext("paper", FORM.title),
        unit=data.site,
        date=dates.long_date(day_date(data.day), wording.language),
        desk=as_of,
        notice=data.footer,
        zone=data.zone,
    )


def story(data: DayReport, wording: Wording, style: Style, stamp: Stamp) -> list[Flowable]:
    """The day laid out on one page."""
    from reception.paper import director_layout

    return director_layout.story(data, wording)
