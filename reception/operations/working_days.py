"""The working calendar of the site: the years whose notices are known."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from sqlalchemy import func, insert, select, update

from reception import journal, tables, years
from reception.context import Session
from reception.deadlines import WorkingDays
from reception.errors import NotFoundError
from reception.facts import WorkingYear
from reception.hours import OfficeHours
from reception.operations import site, touching

_Y, _R, _J, _STATE = tables.working_year, tables.referral, tables.journal, tables.state
SINCE = 2020
"""The first year that a register is given of itself."""
_PUBLISHED = 11
"""The month in which the notice of the next year comes out."""
_LOOKED = "years_looked_on"


def kept(session: Session) -> tuple[WorkingYear, ...]:
    """The years that the register knows, first to last."""
    query = select(_Y.c.year, _Y.c.days).order_by(_Y.c.year)
    return tuple(WorkingYear(row.year, row.days) for row in session.connection().execute(query))


def working_days(session: Session) -> WorkingDays:
    """Which days are worked, as far as the register knows."""
    return years.read(kept(session))


def office(session: Session, settings: Mapping[str, str]) -> OfficeHours:
    """The site's office hours by its settings, its days off left out."""
    return working_days(session).office(OfficeHours.read(settings))


def year(session: Session, number: int) -> WorkingYear:
    """One year. Raises NotFoundError."""
    row = session.connection().execute(select(_Y).where(_Y.c.year == number)).one_or_none()
    if row is None:
        raise NotFoundError("The calendar of {year} is not known yet.", field="year", year=number)
    return WorkingYear(row.year, row.days)


def save_year(session: Session, number: int, days: str, *, uid: uuid.UUID) -> WorkingYear:
    """Enter or change a year; every open due date that rests on it is computed again, its trail saying so.

    ``days`` are the lines of ``reception.years``; without any the year is not known any more. Raises
    InputError naming the line, NotFoundError where there is nothing to forget.
    """
    if journal.open_act(session, uid, "working_year") is not None:
        return year(session, number)
    told = years.text(years.parse(years.right_year(number), days))
    if not told:
        year(session, number)
    if _write(session, "create", number, told, uid):
        _recompute(session)
    return year(session, number)


def wanting(session: Session) -> bool:
    """Whether ``learn`` has something to do.

    A year is missing that may be out by now, and nobody has looked for it today; or another desk sent
    something on at the very moment when a year was entered, so that its due date does not know of it.
    """
    told, today = kept(session), site.today(session)
    known, last = {one.year for one in told}, today // 10_000 + (today // 100 % 100 >= _PUBLISHED)
    if not known.issuperset(range(SINCE, last + 1)) and _looked_on(session) != today:
        return True
    from reception.operations.referring import RUNNING

    dated = _R.c.status.in_(RUNNING) & _R.c.provisional.is_(True)
    query = select(_R.c.due_day).where(dated).distinct()
    certain = {one.year for one in told if one.days}
    return any(day // 10_000 in certain for day in session.connection().scalars(query))


def learn(session: Session) -> tuple[int, ...]:
    """Enter the published years that the register does not know yet; which those were.

    Whoever opens the register for work asks for it. Where a year is missing that may be out by now, the
    package is looked into once a day.
    """
    if not wanting(session):
        return ()
    journal.open_act(session, uuid.uuid4())
    known, today = {one.year for one in kept(session)}, site.today(session)
    new = [one for one in years.published(SINCE) if one.year not in known]
    for one in new:
        uid = uuid.uuid4()
        journal.open_act(session, uid, "working_year")
        _write(session, "learn", one.year, one.days, uid)
    _recompute(session)
    _remember(session, today)
    return tuple(one.year for one in new)


def moved(session: Session, act: uuid.UUID) -> int:
    """The due dates of how many entries an act moved, by its uid: a year entered, other office hours."""
    line = select(_J.c.desk_id, _J.c.sequence, _J.c.at).where(_J.c.act_uid == act)
    first = session.connection().execute(line).one_or_none()
    if first is None:
        return 0
    query = (
        select(func.count())
        .select_from(_J)
        .where(
            _J.c.desk_id == first.desk_id,
            _J.c.sequence > first.sequence,
            _J.c.at == first.at,  # the clock stands still during a transaction
            _J.c.verb == "recompute",
        )
    )
    return int(session.connection().scalar(query) or 0)


def _recompute(session: Session) -> None:
    from reception.operations.referrals import recomputing

    recomputing.recompute(session)


def _looked_on(session: Session) -> int | None:
    return session.connection().scalar(select(_STATE.c.value).where(_STATE.c.name == _LOOKED))


def _remember(session: Session, today: int) -> None:
    connection = session.connection()
    if _looked_on(session) is None:
        connection.execute(insert(_STATE), {"name": _LOOKED, "value": today})
    else:
        connection.execute(update(_STATE).where(_STATE.c.name == _LOOKED), {"value": today})


def _write(session: Session, verb: str, number: int, days: str, uid: uuid.UUID) -> bool:
    connection = session.connection()
    query = select(_Y).where(_Y.c.year == number).with_for_update()
    old = connection.execute(query).mappings().one_or_none()
    if old is None:
        values = {"year": number, "days": days}
        result = connection.execute(insert(_Y), values)
        subject = int(result.inserted_primary_key[0])  # type: ignore[index]
        told = {"record": touching.created(values)}
        journal.append(session, verb, ("working_year", subject), told, uid)
        return True
    if old["days"] == days:
        return False
    connection.execute(update(_Y).where(_Y.c.id == old["id"]), {"days": days})
    changes = {"record": {"days": (old["days"], days)}}
    journal.append(session, "save", ("working_year", old["id"]), changes, uid)
    return True
