"""By when a referral is to be done: which of the site's limits holds, and when it ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import RowMapping, select

from reception import deadlines, limits, tables
from reception.context import Session, now, present
from reception.deadlines import Due, Pauses, WorkingDays
from reception.errors import InputError
from reception.facts import Category, Limit, LimitClock, LimitRule, Source, StepKind, Term, Urgency
from reception.hours import OfficeHours
from reception.numbers import day_number
from reception.operations import site, working_days

_R, _S, _L = tables.referral, tables.step, tables.limit_rule
_MOST = {LimitClock.HOURS: deadlines.MOST_HOURS}


def rules(session: Session) -> tuple[LimitRule, ...]:
    """The limits of the site, unused ones included."""
    query = select(_L).order_by(_L.c.id)
    return tuple(rule(row) for row in session.connection().execute(query).mappings())


def rule(row: RowMapping | Mapping[str, Any]) -> LimitRule:
    """A row of the limits as a fact."""
    return LimitRule(
        id=row["id"],
        amount=row["amount"],
        clock=LimitClock(row["clock"]),
        category=Category(row["category"]) if row["category"] else None,
        source=Source(row["source"]) if row["source"] else None,
        urgency=Urgency(row["urgency"]) if row["urgency"] else None,
        matter_id=row["matter_id"],
        remind_days=row["remind_days"],
        active=row["active"],
    )


def first(session: Session, about: Mapping[str, Any], wanted: Limit | None) -> dict[str, Any]:
    """The columns of a new referral that tell its limit; all None where the site has no limit for it.

    Args:
        session: the transaction.
        about: category, source, urgency and matter_id of its entry, as its row has them.
        wanted: a shorter limit that the clerk chose. Raises InputError for one that ends later than the
            site's own: lengthening is an extension.
    """
    start, calendar = now(session), Calendar(session)
    held = fitting(rules(session), about)
    limit = wanted or (Limit(held.amount, held.clock) if held is not None else None)
    if limit is None:
        return dict.fromkeys((*_COLUMNS, "remind_days", "started_at"))
    checked(limit)
    due = calendar.due(start, limit)
    if held is not None and wanted is not None:
        usual = calendar.due(start, Limit(held.amount, held.clock))
        if due.at > usual.at:
            raise InputError(
                "The limit of such a matter ends on {day}; for more time there has to be an extension.",
                field="limit",
                day=usual.day,
            )
    remind = held.remind_days if held is not None else 1
    return {**columns(limit, due), "remind_days": remind, "started_at": start}


def in_days(days: int | None) -> Limit | None:
    """So many working days; the site's own limit if not given. Raises InputError."""
    if days is None:
        return None
    if not 0 < days < 1000:
        raise InputError("Write how many working days.", field="days")
    return Limit(days, LimitClock.WORKING)


def fitting(known: Iterable[LimitRule], about: Mapping[str, Any]) -> LimitRule | None:
    """Which of these limits holds for an entry's row."""
    return limits.choose(
        known,
        category=Category(about["category"]) if about["category"] else None,
        source=Source(about["source"]) if about.get("source") else None,
        urgency=Urgency(about["urgency"]),
        matter_id=about["matter_id"],
    )


def due(session: Session, start: dt.datetime | dt.date, limit: Limit) -> Due:
    """When a limit would end that begins with an instant, or on a local day.

    Raises InputError for a limit that no clock counts, and for one in hours that begins on a day.
    """
    checked(limit)
    if limit.clock is LimitClock.HOURS and not isinstance(start, dt.datetime):
        raise InputError(
            "A limit in hours begins with a time; write it like 2026-11-22T09:30.", field="started_at"
        )
    try:
        if isinstance(start, dt.datetime):
            return Calendar(session).due(start, limit)
        days = working_days.working_days(session)
        return deadlines.due_from_day(start, limit, days, present(session).zone)
    except OverflowError:
        raise InputError("No calendar reaches that far.", field="started_at") from None


def checked(limit: Limit) -> Limit:
    """The limit itself. Raises InputError for one that no clock counts."""
    most = _MOST.get(limit.clock, deadlines.MOST_DAYS)
    if not 1 <= limit.amount <= most:
        raise InputError("A whole number from {low} to {high}.", field="limit", low=1, high=most)
    return limit


_COLUMNS = ("limit_amount", "limit_clock", "due_day", "due_at", "provisional")


def columns(limit: Limit, due: Due) -> dict[str, Any]:
    """A limit and its end as the columns of a referral."""
    values = (limit.amount, limit.clock.value, day_number(due.day), due.at, due.provisional)
    return dict(zip(_COLUMNS, values, strict=True))


def term(row: RowMapping) -> Term | None:
    """The limit of a referral's row; None where it has none."""
    if row["due_at"] is None:
        return None
    return Term(
        amount=row["limit_amount"],
        clock=LimitClock(row["limit_clock"]),
        started_at=row["started_at"],
        due_day=row["due_day"],
        due_at=row["due_at"],
        provisional=bool(row["provisional"]),
        remind_days=row["remind_days"],
        paused_at=row["paused_at"],
    )


class Calendar:
    """The working days and the office hours of the site, read once for many due dates."""

    def __init__(self, session: Session) -> None:
        self.days: WorkingDays = working_days.working_days(session)
        self._office = OfficeHours.read(site.values(session))
        self._zone = present(session).zone

    def due(self, start: dt.datetime, limit: Limit, pauses: Pauses = ()) -> Due:
        """When a limit ends that began with ``start``."""
        return deadlines.due(start, limit, self.days, self._office, self._zone, pauses)

    def overdue_days(self, due_day: int, today: int) -> int:
        """By how many working days something due on a day is overdue today."""
        return deadlines.overdue_days(_date(due_day), _date(today), self.days)


def _date(day: int) -> dt.date:
    return dt.date(day // 10_000, day // 100 % 100, day % 100)


def pauses(session: Session, row: RowMapping) -> tuple[tuple[dt.datetime, dt.datetime], ...]:
    """The pauses of a referral's row that are over, since its clock began."""
    query = (
        select(_S.c.at, _S.c.until)
        .where(
            _S.c.referral_id == row["id"],
            _S.c.kind == StepKind.PAUSE.value,
            _S.c.until.is_not(None),
            _S.c.at >= row["started_at"],
        )
        .order_by(_S.c.ordinal)
    )
    return tuple((one.at, one.until) for one in session.connection().execute(query))
