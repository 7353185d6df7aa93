"""What leaders wrote by hand on printed pages (批示), entered later; what asks for something is a job."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from sqlalchemy import RowMapping, Select, func, or_, select

from reception import journal, tables
from reception.context import Session
from reception.errors import InputError, NotFoundError
from reception.facts import EntryStatus, NewReferral, Receipt
from reception.facts.jobs import Instruction
from reception.facts.office import StandsOn
from reception.numbers import Number, day_date, day_number
from reception.operations import (
    cleaning,
    entries,
    guarding,
    reading,
    referring,
    site,
    terms,
    touching,
    veiling,
    working_days,
)
from reception.operations.office import common, jobs, papers_in
from reception.text.patterns import later

_I, _E, _K, _O, _R = tables.instruction, tables.entry, tables.desk, tables.operator, tables.referral
_DAY = later(r"(?:(?P<year>\d{4})[-/.年]?)?(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?|(?P<only>\d{1,2})日?")
_VOID = _E.c.status == EntryStatus.VOID.value
_JOB, _JOB_DESK = tables.entry.alias("made"), tables.desk.alias("made_at")
_ROWS: Select[Any] = (
    select(
        _I,
        *(_E.c[name].label(f"entry_{name}") for name in ("day", "sequence", "epoch")),
        or_(_I.c.status != common.STANDING, _I.c.on_day.is_not(None) & _VOID).label("void"),
        _K.c.code.label("desk_code"),
        _O.c.name.label("operator_name"),
        *(_JOB.c[name].label(f"job_{name}") for name in ("day", "sequence", "epoch")),
        _JOB_DESK.c.code.label("job_desk"),
    )
    .join(_E, _E.c.id == _I.c.entry_id)
    .join(_K, _K.c.id == _E.c.desk_id)
    .join(_O, _O.c.id == _I.c.operator_id)
    .outerjoin(_JOB, _JOB.c.id == _I.c.job_id)
    .outerjoin(_JOB_DESK, _JOB_DESK.c.id == _JOB.c.desk_id)
)
_STANDING = _I.c.status == common.STANDING


def write(
    session: Session,
    *,
    leader: str = "",
    words: str = "",
    entry_id: int | None = None,
    referral: int | None = None,
    day: int | None = None,
    department_id: int | None = None,
    days: int | None = None,
    uid: uuid.UUID,
) -> Receipt:
    """Enter what a leader wrote on the page of an entry, of a referral of it (its place), or of a day.

    With a department it asks for something and becomes a job, by ``days`` working days or the site's limit.
    What stands on a day's sheet is an entry of its own. Raises InputError naming the field, also for a
    department that the entry is about and for words that name who is protected; NotFoundError; StateError for
    a void or sealed entry.
    """
    if done := touching.repeated(session, uid):
        return done
    name = cleaning.required_line(leader, "leader")
    said = cleaning.required(words, "words")
    if entry_id is None:
        return _on_day(session, name, said, _day(session, day), department_id, days, uid)
    touched = touching.open_entry(session, entry_id)
    number = str(touching.number_of(touched.row))
    veiling.refuse_sealed(session, touched.row["category"], number)
    if referral is not None:
        known = select(_R.c.id).where(_R.c.entry_id == entry_id, _R.c.ordinal == referral)
        if session.connection().scalar(known) is None:
            raise NotFoundError("There is no such referral.", field="referral")
    made: Receipt | None = None
    if department_id is not None:
        # the job goes where the entry may go, and tells of it no more than a slip of the entry would
        referring.checked(session, dict(touched.row), (department_id,))
        guarding.check_words(session, entry_id, dict(touched.row), said, field="words")
        to = NewReferral(department_id, instruction=said, leader=name, limit=terms.in_days(days))
        made = entries.write(session, jobs.new_job(given_by=name, words=said, referral=to, uid=uid), uid)
    values = {
        "leader": name,
        "words": said,
        "stands_on": (StandsOn.ENTRY if referral is None else StandsOn.REFERRAL).value,
        "referral": referral,
        "on_day": None,
        "job_id": made.entry_id if made is not None else None,
    }
    touched.others |= common.add(session, entry_id, "instruction", values)[1]
    line = uid if made is None else journal.further(uid, 1)
    receipt = touching.save(session, touched, {}, "instruct", line)
    return made if made is not None else receipt


def enter(
    session: Session,
    *,
    on: str = "",
    leader: str = "",
    words: str = "",
    department_id: int | None = None,
    days: int | None = None,
    uid: uuid.UUID,
) -> Receipt:
    """As ``write``, for a page as it is typed.

    ``on`` is a number, or a day: ``20261122-007``, ``2026-11-22``, ``11-22``, ``22``; empty is ``usual_day``.
    The name of a part (``20261122-007/JC``) is the slip of its referral.
    """
    entry_id, day = _page(session, on.strip())
    return write(
        session,
        leader=leader,
        words=words,
        entry_id=entry_id,
        referral=_referral(session, on.strip()),
        day=day,
        department_id=department_id,
        days=days,
        uid=uid,
    )


def usual_day(session: Session) -> int:
    """The day (``YYYYMMDD``) whose sheet the leader had last: the last with entries before today.

    Without any it is the last working day: on a Monday nobody means Sunday's sheet.
    """
    today = site.today(session)
    last = session.connection().scalar(select(func.max(_E.c.day)).where(_E.c.day < today))
    if last is not None:
        return int(last)
    return day_number(working_days.working_days(session).after(day_date(today), -1))


def _referral(session: Session, typed: str) -> int | None:
    """The place within its entry of the referral whose part is named. Raises InputError, NotFoundError."""
    from reception.operations import referrals

    if "/" not in typed or papers_in.is_serial(typed) or _DAY.fullmatch(typed):
        return None
    known = select(_R.c.ordinal).where(_R.c.id == referrals.find_referral(session, typed).id)
    return int(session.connection().scalar(known) or 0) or None


def _page(session: Session, typed: str) -> tuple[int | None, int | None]:
    today = day_date(site.today(session))
    if not typed:
        return None, usual_day(session)
    if papers_in.is_serial(typed):  # a handling slip bears the number of its paper
        return papers_in.find(session, typed), None
    match = _DAY.fullmatch(typed)
    if match is None:
        head, _slash, _department = typed.partition("/")  # a part of a referral is its entry's page
        try:
            return reading.find_number(session, head), None
        except InputError as error:
            raise InputError(
                "'{value}' is no number and no day; write it like 20261122-007 or 11-22.",
                field="on",
                value=typed[:40],
            ) from error
    try:
        if match["only"]:
            return None, day_number(_latest(today, lambda day: day.day == int(match["only"])))
        if match["year"]:
            return None, day_number(dt.date(int(match["year"]), int(match["month"]), int(match["day"])))
        month, number = int(match["month"]), int(match["day"])
        return None, day_number(_latest(today, lambda day: (day.month, day.day) == (month, number)))
    except ValueError:
        raise InputError("'{value}' is no day; write it as 20261122.", field="on", value=typed) from None


def _latest(today: dt.date, fits: Callable[[dt.date], bool]) -> dt.date:
    """The last day up to today that fits. Raises ValueError."""
    for back in range(8 * 366):
        if fits(day := today - dt.timedelta(days=back)):
            return day
    raise ValueError


def _on_day(
    session: Session,
    leader: str,
    words: str,
    day: int,
    department_id: int | None,
    days: int | None,
    uid: uuid.UUID,
) -> Receipt:
    to = None
    if department_id is not None:
        to = NewReferral(department_id, instruction=words, leader=leader, limit=terms.in_days(days))
    new = jobs.new_job(given_by=leader, words=words, referral=to, uid=uid, on_day=day)
    return entries.write(session, new, uid)


def rows(
    session: Session, *, which: str = "all", words: str = "", before: int | None = None, limit: int = 100
) -> tuple[Instruction, ...]:
    """One page of the instructions, the newest first.

    ``all`` has those that were taken back too, as void; ``standing`` has none of them, ``jobs`` only those of
    which a job came.
    """
    query = _ROWS
    if which != "all":
        query = query.where(_STANDING)
    if which == "jobs":
        query = query.where(_I.c.job_id.is_not(None))
    if words:
        query = query.where(common.holding(words, _I.c.leader, _I.c.words))
    if before is not None:
        query = query.where(_I.c.id < before)
    return _facts(session, query.order_by(_I.c.id.desc()).limit(limit))


def of_entry(session: Session, entry_id: int) -> tuple[Instruction, ...]:
    """What leaders wrote on the pages of an entry, first to last."""
    return _facts(session, _ROWS.where(_I.c.entry_id == entry_id, _STANDING).order_by(_I.c.ordinal))


def of_day(session: Session, day: int) -> tuple[Instruction, ...]:
    """What leaders wrote on the pages of a day (``YYYYMMDD``), first to last."""
    return _facts(session, _ROWS.where(_I.c.on_day == day, _STANDING, ~_VOID).order_by(_I.c.id))


def _day(session: Session, day: int | None) -> int:
    if day is None:
        raise InputError("Say on what page it stands: a number, or a day.", field="number")
    try:
        day_date(day)
    except ValueError:
        raise InputError("'{value}' is no day; write it as 20261122.", field="day", value=day) from None
    if day > site.today(session):
        raise InputError("This day is still to come.", field="day")
    return day


def _facts(session: Session, query: Select[Any]) -> tuple[Instruction, ...]:
    return tuple(map(_fact, session.connection().execute(query).mappings()))


def _fact(row: RowMapping) -> Instruction:
    number = str(Number(row["entry_day"], row["entry_sequence"], row["desk_code"], row["entry_epoch"]))
    job = ""
    if row["job_id"] is not None:
        job = str(Number(row["job_day"], row["job_sequence"], row["job_desk"], row["job_epoch"]))
    on = day_date(row["on_day"]).isoformat() if row["on_day"] is not None else number
    return Instruction(
        id=row["id"],
        entry_id=row["entry_id"],
        ordinal=row["ordinal"],
        at=row["at"],
        leader=row["leader"],
        words=row["words"],
        stands_on=StandsOn(row["stands_on"]),
        on=on,
        job_id=row["job_id"],
        job=job,
        operator=row["operator_name"],
        void=row["void"],
    )
