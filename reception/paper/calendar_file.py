"""Calendar files of who is expected: read for an import, written for others."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from reception.errors import NotFoundError

if TYPE_CHECKING:
    from reception.calendars import Calendar
    from reception.context import Session


def read(session: Session, path: str) -> Calendar:
    """What a file holds from today on. Raises InputError for no calendar, NotFoundError.

    It may take seconds: whoever writes what it holds (``office.calendar.bring_in``) reads it before.
    """
    from reception import calendars

    try:
        with Path(path).open("rb") as file:
            content = file.read(calendars.MOST_BYTES + 1)
    except OSError as error:
        raise NotFoundError("The file '{path}' cannot be read.", field="file", path=path) from error
    return parse(session, content)


def parse(session: Session, content: bytes) -> Calendar:
    """As `read`, of what was read already."""
    from reception import calendars
    from reception.context import now, present

    zone = present(session).zone
    midnight = dt.datetime.combine(now(session).astimezone(zone).date(), dt.time(), zone)
    return calendars.read(content, zone, midnight.astimezone(dt.UTC))


def save(session: Session, path: str, language: str, first_day: int = 0, last_day: int = 0) -> int:
    """Write who is expected in a span of days (``YYYYMMDD``; from today, 60 days on) to ``path``; how many.

    Raises SurroundingsError; nothing half-made is left behind, and what was at ``path`` stays.
    """
    from reception import calendars
    from reception.context import now, present
    from reception.numbers import day_date, day_number
    from reception.operations import site
    from reception.operations.office import calendar
    from reception.paper import output
    from reception.wording import load

    begins = first_day or site.today(session)
    ends = last_day or day_number(day_date(begins) + dt.timedelta(days=calendars.DAYS))
    found = calendar.give_out(session, begins, ends)
    content = calendars.write(found, present(session).zone, now(session), load(language))
    output.replace(Path(path), content)
    return len(found)
