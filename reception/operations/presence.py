"""Who is here: today's visitors who have not left, how long they wait, and those who never signed out."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import RowMapping, Select, bindparam, insert, or_, select, update

from reception import hours, journal, tables
from reception.context import Session, local_day, now, present
from reception.facts import EntryStatus, Kind, Receipt, Visitor, in_turn
from reception.facts.office import Stands
from reception.numbers import Number, day_date, day_number
from reception.operations import entries, site, touching, veiling, working_days
from reception.operations.reading import entry_columns

_E = tables.entry
FIRST_DAY = "estimates_from"
"""The setting that holds the first day whose visits are closed as estimated; history before stays blank."""
_LOOK_BACK = dt.timedelta(days=31)
"""Notes entered later belong to earlier days; those of a month are looked through anew each time."""
AT_ONCE = 50
"""So many visits at most are closed in one transaction."""
_CLOSED = "days_closed"
_TODAY = uuid.UUID("4e2c1f0a-6b0d-5d0e-9c55-3f3c2a4f7d11")
"""What the uids of closing the same day are made from: taken back once, it is not done again."""


def _not_left(query: Select[Any]) -> Select[Any]:
    return query.where(
        _E.c.kind == Kind.VISIT.value, _E.c.left_at.is_(None), _E.c.status != EntryStatus.VOID.value
    )


_HERE = _not_left(entry_columns()).where(_E.c.day == bindparam("day"))
_HERE_AT = entry_columns().where(
    _E.c.kind == Kind.VISIT.value,
    _E.c.status != EntryStatus.VOID.value,
    _E.c.day == bindparam("day"),
    _E.c.received_at <= bindparam("moment"),
    or_(_E.c.left_at.is_(None), _E.c.left_at > bindparam("moment")),
)
_HERE_OF = _HERE.where(_E.c.id.in_(bindparam("ids", expanding=True)))


def here(session: Session) -> tuple[Visitor, ...]:
    """Today's visitors who have not left, those who wait longest first, the others as they came.

    Minutes of waiting run in office hours only.
    """
    return _visitors(session, _HERE, {})


def here_of(session: Session, entry_ids: Collection[int]) -> tuple[Visitor, ...]:
    """Those of these entries whose visitors are here, in the order of ``here``.

    For whoever knew the list before and was told what changed since.
    """
    return _visitors(session, _HERE_OF, {"ids": tuple(entry_ids)}) if entry_ids else ()


def here_at(session: Session, moment: dt.datetime) -> tuple[Visitor, ...]:
    """Who was here at a moment of any day, as the register has it now and as everybody may read it."""
    day = {"day": local_day(session, moment), "moment": moment}
    return _visitors(session, _HERE_AT, day, on_paper=True)


def _visitors(
    session: Session, query: Select[Any], values: dict[str, Any], *, on_paper: bool = False
) -> tuple[Visitor, ...]:
    settings = site.values(session)
    office, limit = working_days.office(session, settings), int(settings["waiting_minutes"])
    rows = session.connection().execute(query, {"day": site.today(session), **values}).mappings()
    found = [(_visitor(session, row, office, limit), row["category"]) for row in rows]
    return in_turn(veiling.facts(session, found, on_paper=on_paper))


def check_out(session: Session, entry_id: int, at: dt.datetime | None = None, *, uid: uuid.UUID) -> Receipt:
    """The visitor left, now or at ``at``. Raises InputError before the arrival, StateError a second time."""
    return entries.leave(session, entry_id, at, uid=uid)


def close_days(session: Session, *, today: bool = False, uid: uuid.UUID) -> int:
    """Close some of the visits that nobody signed out of, as estimated; how many there were.

    At most ``AT_ONCE``, the oldest first, because whoever saves meanwhile waits for it: call it again until
    nothing is left (0). Each visit leaves at the end of the office hours of its day, but not before anything
    that is known of it. Visits of earlier days, from the setting ``estimates_from`` on; with ``today`` also
    those of this day, if the time that the setting ``close_day_at`` names has come. Each gets its own line in
    the journal, and whichever desk comes first does it: the others find nothing left to do.
    """
    if journal.open_act(session, uid, "entry") is not None:
        uid = uuid.uuid4()  # asked a second time, it goes on with what is left
    settings = site.values(session)
    office, this_day = hours.OfficeHours.read(settings), site.today(session)
    first = _first_day(session, settings, this_day)
    found = _left_open(session, first, this_day)
    closed = 0
    for entry_id, _day in found:
        closed += _estimate(session, entry_id, office, uid if not closed else uuid.uuid4())
    if len(found) == AT_ONCE:
        _remember(session, found[-1][1])
        return closed
    over = _end_of_day(session, settings, this_day)
    if today and this_day >= first and over is not None and over <= now(session):
        for entry_id, entry_uid in _still_here(session, this_day, over):
            act = uuid.uuid5(_TODAY, entry_uid.hex)
            if closed < AT_ONCE and journal.open_act(session, act, "entry") is None:
                closed += _estimate(session, entry_id, office, act)
    _remember(session, this_day)
    return closed or _end_notices(session, this_day)


def _end_notices(session: Session, this_day: int) -> int:
    """End a notice whose meeting was on an earlier day: nobody is to be called about it any more."""
    meeting = tables.OF_ENTRY["meeting"]
    midnight = dt.datetime.combine(day_date(this_day), dt.time(), present(session).zone)
    over = select(meeting.c.entry_id).where(
        meeting.c.ended_at.is_(None),
        meeting.c.meets_at < midnight.astimezone(dt.UTC),
        meeting.c.status == Stands.STANDING.value,
        ~meeting.c.received,
    )
    query = over.join(_E, _E.c.id == meeting.c.entry_id).where(_E.c.status == EntryStatus.OPEN.value)
    found = session.connection().scalar(query.limit(1))
    if found is None:
        return 0
    from reception.operations.office import meetings  # hardly ever

    meetings.end_over(session, found, uid=uuid.uuid4())
    return 1


def _visitor(session: Session, row: RowMapping, office: hours.OfficeHours, limit: int) -> Visitor:
    since, zone = row["waiting_since"], present(session).zone
    waits = since is not None and row["seen_at"] is None
    minutes = hours.minutes_between(since, now(session), office, zone) if waits else None
    return Visitor(
        entry_id=row["id"],
        number=str(Number(row["day"], row["sequence"], row["desk_code"], row["epoch"])),
        desk=row["desk_code"],
        name=row["person"] or "",
        organisation=row["organisation"] or "",
        phone=row["phone"] or "",
        party_size=row["party_size"],
        about=row["matter_name"] or row["subject"],
        department=row["department_code"] or "",
        department_name=row["department_name"] or "",
        wanted=row["wanted"],
        received_at=row["received_at"],
        waiting_since=since,
        seen_at=row["seen_at"],
        waiting_minutes=minutes,
        late=minutes is not None and minutes >= limit,
        identity_protected=row["identity_protected"],
    )


def _first_day(session: Session, settings: dict[str, str], this_day: int) -> int:
    """From which day on; where nobody has ever said, from today, so that history stays as it was."""
    kept = settings.get(FIRST_DAY, "")
    if kept:
        return int(kept)
    site.save(session, {FIRST_DAY: str(this_day)}, uid=uuid.uuid4())
    return this_day


def _left_open(session: Session, first: int, this_day: int) -> list[tuple[int, int]]:
    """The oldest visits of earlier days that nobody signed out of, and their days."""
    state = tables.state
    done = session.connection().scalar(select(state.c.value).where(state.c.name == _CLOSED))
    recent = day_number(day_date(this_day) - _LOOK_BACK)
    start = max(first, min(recent, int(done))) if done else first
    query = _not_left(select(_E.c.id, _E.c.day)).where(_E.c.day >= start, _E.c.day < this_day)
    found = session.connection().execute(query.order_by(_E.c.day, _E.c.id).limit(AT_ONCE))
    return [(row.id, row.day) for row in found]


def _end_of_day(session: Session, settings: dict[str, str], this_day: int) -> dt.datetime | None:
    at = settings["close_day_at"]
    if not at:
        return None
    return dt.datetime.combine(day_date(this_day), dt.time.fromisoformat(at), present(session).zone)


def _still_here(session: Session, this_day: int, over: dt.datetime) -> list[tuple[int, uuid.UUID]]:
    """Visitors of today of whom nothing was heard after the end of the day; who came later is here."""
    query = _not_left(select(_E.c.id, _E.c.uid)).where(_E.c.day == this_day, _E.c.received_at < over)
    for moment in (_E.c.waiting_since, _E.c.seen_at):
        query = query.where(or_(moment.is_(None), moment < over))
    return [(row.id, row.uid) for row in session.connection().execute(query.order_by(_E.c.id))]


def _estimate(session: Session, entry_id: int, office: hours.OfficeHours, act: uuid.UUID) -> int:
    """Close one visit; 0 if somebody else came first, else 1."""
    touched = touching.open_entry(session, entry_id, void_too=True)
    row = touched.row
    if row["left_at"] is not None or row["status"] == EntryStatus.VOID:
        return 0
    known = [row[name] for name in ("received_at", "waiting_since", "seen_at") if row[name] is not None]
    end = hours.end_of(day_date(row["day"]), office, present(session).zone)
    left = max(min(end, now(session)), *known)
    touching.save(session, touched, {"left_at": left, "left_estimated": True}, "estimate", act)
    return 1


def _remember(session: Session, this_day: int) -> None:
    """Before this day nothing is left to close but what is entered later."""
    state, connection = tables.state, session.connection()
    kept = connection.scalar(select(state.c.value).where(state.c.name == _CLOSED))
    if kept is None:
        connection.execute(insert(state), {"name": _CLOSED, "value": this_day})
    elif kept != this_day:  # asked every minute, and most of the time there is nothing to write
        connection.execute(update(state).where(state.c.name == _CLOSED), {"value": this_day})
