"""The working calendar of the site: the years whose notices are known."""

from __future__ import annotations

import uuid

from sqlalchemy import insert, select, update

from reception import journal, tables, years
from reception.context import Session
from reception.deadlines import WorkingDays
from reception.errors import NotFoundError
from reception.facts import WorkingYear
from reception.hours import OfficeHours
from reception.operations import site, touching

_Y = tables.working_year
SINCE = 2020
"""The first year that a register is given of itself."""


def kept(session: Session) -> tuple[WorkingYear, ...]:
    """The years that the register knows, first to last."""
    query = select(_Y.c.year, _Y.c.days).order_by(_Y.c.year)
    return tuple(WorkingYear(row.year, row.days) for row in session.connection().execute(query))


def working_days(session: Session) -> WorkingDays:
    """Which days are worked, as far as the register knows."""
    return years.read(kept(session))


def office(session: Session) -> OfficeHours:
    """The site's office hours, its days off left out."""
    return working_days(session).office(OfficeHours.read(site.values(session)))


def year(session: Session, number: int) -> WorkingYear:
    """One year. Raises NotFoundError."""
    row = session.connection().execute(select(_Y).where(_Y.c.year == number)).one_or_none()
    if row is None:
        raise NotFoundError("The calendar of {year} is not known yet.", field="year", year=number)
    return WorkingYear(row.year, row.days)


def save_year(session: Session, number: int, days: str, *, uid: uuid.UUID) -> WorkingYear:
    """Enter or change a year; every open due date that rests on it is computed again, its trail saying so.

    ``days`` are the lines of ``reception.years``. Raises InputError naming the line.
    """
    from reception.operations.referrals import recomputing

    if journal.open_act(session, uid, "working_year") is not None:
        return year(session, number)
    if _write(session, years.right_year(number), years.text(years.parse(number, days)), uid):
        recomputing.recompute(session)
    return year(session, number)


def learn(session: Session) -> tuple[int, ...]:
    """Enter the published years that the register does not know yet; which those were."""
    known = {one.year for one in kept(session)}
    new = [one for one in years.published(SINCE) if one.year not in known]
    for one in new:
        uid = uuid.uuid4()
        journal.open_act(session, uid, "working_year")
        _write(session, one.year, one.days, uid)
    if new and known:
        from reception.operations.referrals import recomputing

        recomputing.recompute(session)
    return tuple(one.year for one in new)


def _write(session: Session, number: int, days: str, uid: uuid.UUID) -> bool:
    connection = session.connection()
    old = connection.execute(select(_Y).where(_Y.c.year == number)).mappings().one_or_none()
    if old is None:
        values = {"year": number, "days": days}
        result = connection.execute(insert(_Y), values)
        subject = int(result.inserted_primary_key[0])  # type: ignore[index]
        journal.append(
            session, "create", ("working_year", subject), {"record": touching.created(values)}, uid
        )
        return True
    if old["days"] == days:
        return False
    connection.execute(update(_Y).where(_Y.c.id == old["id"]), {"days": days})
    changes = {"record": {"days": (old["days"], days)}}
    journal.append(session, "save", ("working_year", old["id"]), changes, uid)
    return True
