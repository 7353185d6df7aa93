"""Who is expected, from a calendar and for one: what was imported before is brought up to date, not doubled.

The calendar says when, where and about what; whatever else the desk wrote stays. All that an import changes
is one act and is taken back together.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import select

from reception import journal, tables
from reception.calendars import DAYS, Appointment, Calendar
from reception.context import Session
from reception.errors import InputError
from reception.facts.awaited import Expected, Imported
from reception.facts.office import ExpectedStatus
from reception.numbers import day_date, day_number
from reception.operations import acts, site
from reception.operations.office import expected

_J = tables.journal
_HERE = "@reception"
"""Behind the uid of the act that noted somebody: what a calendar knows them by if they came from none."""
MOST = 500
"""So many changes at once can be taken back at once."""
_OF_CALENDAR = ("until", "room", "subject")
_IF_EMPTY = ("name", "organisation", "phone", "plate", "whom", "note")
_WAITS = ExpectedStatus.EXPECTED


def bring_in(session: Session, calendar: Calendar, *, uid: uuid.UUID) -> Imported:
    """Note whoever a calendar names, change whom it names otherwise, call off what it calls off.

    Who has come stays as they are, and so does who was called off here as long as the calendar names the same
    time. Raises InputError for more than ``MOST`` changes.
    """
    if journal.open_act(session, uid, "expected") is not None:
        return _told(session, calendar, uid)
    known = _known(session, calendar)
    again = _taken_back(session, known)
    doing = [change for one in calendar.appointments if (change := _to_do(one, known.get(one.uid), again))]
    same = len(calendar.appointments) - len(doing)
    doing += _gone(session, calendar)
    if len(doing) > MOST:
        raise InputError(
            "These are {count} changes; at most {most} fit into one import. Export fewer days.",
            field="file",
            count=len(doing),
            most=MOST,
        )
    added, changed, cancelled = [], [], []
    for number, (verb, about, values) in enumerate(doing):
        line = uid if number == 0 else journal.further(uid, number)
        if verb == "note":
            added.append(expected.note(session, **values, uid=line))
        elif verb == "change":
            changed.append(expected.change(session, about, **values, uid=line))
        else:
            cancelled.append(expected.cancel(session, about, uid=line))
    return Imported(tuple(added), tuple(changed), tuple(cancelled), same)


def give_out(session: Session, first_day: int, last_day: int) -> tuple[Appointment, ...]:
    """Who is expected in a span of days (``YYYYMMDD``), as a calendar has them."""
    found = expected.between(session, first_day, last_day)
    made = select(_J.c.subject_id, _J.c.act_uid).where(
        _J.c.subject_kind == "expected",
        _J.c.verb == "create",
        _J.c.subject_id.in_([one.id for one in found if not one.calendar_uid]),
    )
    uids = {row.subject_id: row.act_uid for row in session.connection().execute(made)}
    return tuple(
        Appointment(
            one.calendar_uid or f"{uids[one.id]}{_HERE}",
            one.at,
            one.until,
            one.status in (ExpectedStatus.ABSENT, ExpectedStatus.CANCELLED),
            party_size=one.party_size,
            **{name: getattr(one, name) for name in (*_IF_EMPTY, "room", "subject")},
        )
        for one in found
    )


def _known(session: Session, calendar: Calendar) -> dict[str, Expected]:
    """Those of the calendar who are in the register: imported before, or exported by it."""
    uids = [one.uid for one in calendar.appointments]
    found: dict[str, Expected] = {}
    for at in range(0, len(uids), MOST):
        found |= expected.of_calendar(session, uids[at : at + MOST])
    for text in uids:
        if text not in found and text.endswith(_HERE) and (one := _own(session, text)) is not None:
            found[text] = one
    return found


def _own(session: Session, text: str) -> Expected | None:
    try:
        made = uuid.UUID(text.removesuffix(_HERE))
    except ValueError:
        return None
    query = select(_J.c.subject_id).where(_J.c.act_uid == made, _J.c.subject_kind == "expected")
    subject = session.connection().scalar(query)
    return expected.one(session, subject) if subject is not None else None


def _taken_back(session: Session, known: dict[str, Expected]) -> frozenset[int]:
    """Those of whom nothing stands that brought them: they are not called off, and come with the next one."""
    off = [one.id for one in known.values() if one.status is ExpectedStatus.CANCELLED]
    query = acts.LINES.where(_J.c.subject_kind == "expected", _J.c.subject_id.in_(off)).order_by(_J.c.id)
    told: dict[int, list[acts.Line]] = {}
    for line in map(acts.line_of, session.connection().execute(query)):
        told.setdefault(line.subject_id, []).append(line)
    return frozenset(id for id, lines in told.items() if not acts.goes_on(lines))


def _to_do(
    one: Appointment, known: Expected | None, again: frozenset[int]
) -> tuple[str, int, dict[str, Any]] | None:
    if known is None:
        return None if one.cancelled else ("note", 0, _values(one))
    if known.status is ExpectedStatus.CAME:
        return None
    if one.cancelled:
        return ("cancel", known.id, {}) if known.status is _WAITS else None
    changes = {
        name: getattr(one, name) for name in _OF_CALENDAR if getattr(one, name) != getattr(known, name)
    }
    if one.at != known.at or known.id in again:
        changes["at"] = one.at
    elif known.status is not _WAITS:
        return None
    changes |= {name: said for name in _IF_EMPTY if not getattr(known, name) and (said := getattr(one, name))}
    return ("change", known.id, changes) if changes else None


def _values(one: Appointment) -> dict[str, Any]:
    names = ("at", "party_size", *_OF_CALENDAR, *_IF_EMPTY)
    values = {name: getattr(one, name) for name in names}
    if not any(values[name] for name in ("name", "organisation", "phone", "subject")):
        values["subject"] = one.note or one.room or one.uid
    return {**values, "calendar_uid": one.uid}


def _gone(session: Session, calendar: Calendar) -> list[tuple[str, int, dict[str, Any]]]:
    """What came of an event that comes again and is not among its times any more."""
    if not calendar.series:
        return []
    today = site.today(session)
    last = day_number(day_date(today) + dt.timedelta(days=DAYS - 1))
    named = {one.uid for one in calendar.appointments}
    return [
        ("cancel", one.id, {})
        for one in expected.between(session, today, last)
        if one.status is _WAITS
        and one.calendar_uid not in named
        and one.calendar_uid.rpartition("/")[0] in calendar.series
    ]


def _told(session: Session, calendar: Calendar, uid: uuid.UUID) -> Imported:
    """What an import that was done before did."""
    lines = acts.whole(session, acts.find(session, uid))
    by_verb: dict[str, list[Expected]] = {"create": [], "save": [], "cancel": []}
    for line in lines:
        status = dict(line.changes.get("record", {})).get("status", (None, None))[1]
        verb = "cancel" if status == ExpectedStatus.CANCELLED else line.verb
        by_verb[verb].append(expected.one(session, line.subject_id))
    named = {one.id for one in _known(session, calendar).values()}
    same = len(calendar.appointments) - sum(one.id in named for done in by_verb.values() for one in done)
    return Imported(tuple(by_verb["create"]), tuple(by_verb["save"]), tuple(by_verb["cancel"]), same)
