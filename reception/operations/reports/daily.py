"""What the director's page of a day says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from reception.context import Session
from reception.facts.reports import DayReport, DueItem
from reception.operations import reading, site, veiling
from reception.operations.reports import figures, lapses, noted, ran
from reception.operations.reports.moment import then
from reception.operations.reports.ran import Part

MOST_DUE = 30
_WEEK = 7


def day(session: Session, number: int, moment: dt.datetime | None = None) -> DayReport:
    """The director's page of a day (``YYYYMMDD``): as it was when the day was over, or now if it is today.

    ``moment`` is an earlier one on that day. ``lapses`` and ``figures`` say what of it is told as of the
    moment, and what as the register has it now. Everything is veiled as paper is, whoever asks. Raises
    InputError for a day to come, ValueError where there is no such day.
    """
    at, here = then(session, number, moment), site.site(session)
    parts = ran.parts(session, at.begins, at)
    known = figures.departments(session)
    names = {department_id: (one.code, one.name) for department_id, one in known.items()}
    until = at.next_working_day()
    soon = sorted((one for one in parts if _due(one, until)), key=lambda one: (one.due_day, one.id))
    week_ago = then(session, figures.day_before(at.date, _WEEK))
    return DayReport(
        site=here.name,
        zone=here.zone,
        footer=here.footer,
        day=number,
        as_of=at.at,
        over=at.over,
        lapses=lapses.lapses(session, at, parts, names),
        groups=noted.groups(session, at),
        events=(),
        departments=figures.by_department(known, figures.counted(parts), every=False),
        today=figures.span(session, number, at),
        week_ago=figures.span(session, week_ago.day, week_ago),
        month=figures.span(session, number // 100 * 100 + 1, at),
        due_until=until,
        due_count=len(soon),
        due=_told(session, soon[:MOST_DUE], names),
    )


def _due(one: Part, until: int) -> bool:
    """Whether it is to be answered up to that day, and was still in time."""
    soon = 0 < one.due_day <= until and not one.passed and not one.paused
    return bool(soon and one.pending)


def _told(
    session: Session, soon: Sequence[Part], names: Mapping[int, tuple[str, str]]
) -> tuple[DueItem, ...]:
    ids = sorted({one.entry_id for one in soon})
    rows = {row.id: row for row in reading.rows(session, ids)} if ids else {}
    every = []
    for one in soon:
        row = rows[one.entry_id]
        code, name = names[one.department_id]
        item = DueItem(
            entry_id=row.id,
            number=row.number,
            part_id=one.id,
            department=code,
            department_name=name,
            text=row.subject or row.matter,
            due_day=one.due_day,
            due_at=ran.instant(one.due) or row.received_at,
        )
        every.append((item, row.category))
    return veiling.facts(session, every, on_paper=True)
