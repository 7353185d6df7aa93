"""What the director's page of a day says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from reception.context import Session
from reception.facts import EntryRow
from reception.facts.reports import DayReport, DueItem
from reception.operations import reading, site, veiling
from reception.operations.office import instructions
from reception.operations.reports import figures, lapses, noted, ran
from reception.operations.reports.moment import Then, then
from reception.operations.reports.ran import Part, Ran

MOST_DUE = 20
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
    found, until = lapses.find(session, at, parts), at.next_working_day()
    due = _due(parts, until)
    soon = parts.by_due(due, MOST_DUE)
    groups, events = noted.groups(session, at), noted.events(session, at)
    ids = {one.entry_id for every in found.values() for one in every.first}
    entries = _entries(session, ids | {one.entry_id for one in soon} | {*groups, *events})
    week_ago = then(session, figures.day_before(at.date, _WEEK), like=at)
    return DayReport(
        site=here.name,
        zone=here.zone,
        footer=here.footer,
        day=number,
        as_of=at.at,
        over=at.over,
        lapses=tuple(lapses.told(session, what, every, entries, names) for what, every in found.items()),
        groups=noted.told(session, groups, entries),
        events=noted.told(session, events, entries),
        departments=figures.by_department(known, figures.counted(parts), every=False),
        today=figures.span(session, number, at),
        week_ago=figures.span(session, week_ago.day, week_ago),
        month=figures.span(session, number // 100 * 100 + 1, at),
        due_until=until,
        due_count=len(due),
        due=_told(session, at, parts, soon, entries, names),
        instructions=instructions.of_day(session, number),
    )


def _entries(session: Session, ids: set[int]) -> dict[int, EntryRow]:
    return {row.id: row for row in reading.rows(session, sorted(ids))} if ids else {}


def _due(parts: Ran, until: int) -> list[int]:
    """Where those stand that are to be answered up to a day, and were still in time."""
    return [at for at in parts.places(ran.PENDING, ran.PASSED | ran.PAUSED) if 0 < parts.due_day(at) <= until]


def _told(
    session: Session,
    at: Then,
    parts: Ran,
    soon: Sequence[Part],
    entries: Mapping[int, EntryRow],
    names: Mapping[int, tuple[str, str]],
) -> tuple[DueItem, ...]:
    instants, every = parts.instants(session, soon), []
    for one in soon:
        row = entries[one.entry_id]
        code, name = names[one.department_id]
        item = DueItem(
            entry_id=row.id,
            number=row.number,
            part_id=one.id,
            department=code,
            department_name=name,
            text=row.subject or row.matter,
            due_day=one.due_day,
            due_at=instants[one.id].due_at or at.at,
        )
        every.append((item, row.category))
    return veiling.facts(session, every, on_paper=True)
