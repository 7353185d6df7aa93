"""Jobs that leaders hand out (领导交办): who gave it, what was done, what was reported upward.

A job is referred like any matter, by the same clocks; it closes when the leader has seen the result and gave
no new instruction (督办), which is a step of its referral.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import RowMapping, Select, func, select

from reception import tables
from reception.context import Session, now
from reception.errors import InputError, NotFoundError, StateError
from reception.facts import (
    Details,
    EntryStatus,
    Kind,
    NewEntry,
    NewReferral,
    PartStatus,
    Receipt,
    ReferralStatus,
    Role,
    Source,
    StepKind,
)
from reception.facts.jobs import JobRow, JobStep, JobView
from reception.facts.office import JobStepKind, Level, NewJob, StandsOn
from reception.numbers import Number, day_date
from reception.operations import cleaning, entries, terms, touching
from reception.operations.office import common
from reception.operations.referral_views import referral_views
from reception.operations.referring import RUNNING
from reception.operations.to_do.finding import AT_DEPARTMENTS
from reception.tables import standing

_E, _J, _S, _I = tables.entry, tables.job, tables.job_step, tables.instruction
_R, _P, _D, _O, _K = tables.referral, tables.part, tables.department, tables.operator, tables.desk
_WITH_IT = (PartStatus.SENT, PartStatus.RECEIVED)
_SUBJECT = 40
"""So many characters of the words are the subject, where none is given."""
_LATEST = (
    select(func.max(_R.c.id))
    .where(_R.c.entry_id == _J.c.entry_id, _R.c.status != ReferralStatus.WITHDRAWN.value)
    .correlate(_J)
    .scalar_subquery()
)
_LEAD = (
    select(func.max(_P.c.id))
    .where(_P.c.referral_id == _R.c.id, _P.c.role == Role.LEAD.value)
    .where(_P.c.status != PartStatus.WITHDRAWN.value)
    .correlate(_R)
    .scalar_subquery()
)
_ROWS: Select[Any] = (
    select(
        *(_J.c[name] for name in ("entry_id", "given_by", "given_to")),
        *(_E.c[name] for name in ("day", "sequence", "epoch", "subject", "request", "received_at")),
        *(_E.c[name] for name in ("read_back", "outcome")),
        _E.c.status.label("entry_status"),
        _K.c.code.label("desk_code"),
        _R.c.id.label("referral_id"),
        _R.c.status.label("referral_status"),
        *(_R.c[name] for name in ("due_at", "waits", "press_at")),
        *(_P.c[name].label(f"part_{name}") for name in ("id", "status", "answer", "return_reason")),
        _D.c.name.label("department"),
    )
    .join(_E, _E.c.id == _J.c.entry_id)
    .join(_K, _K.c.id == _E.c.desk_id)
    .outerjoin(_R, _R.c.id == _LATEST)
    .outerjoin(_P, _P.c.id == _LEAD)
    .outerjoin(_D, _D.c.id == _P.c.department_id)
)


def give(
    session: Session,
    *,
    given_by: str = "",
    words: str = "",
    department_id: int | None = None,
    assist_ids: tuple[int, ...] = (),
    given_to: str = "",
    subject: str = "",
    days: int | None = None,
    read_back: bool | None = None,
    told_whom: str = "",
    received_at: dt.datetime | None = None,
    late: bool = False,
    uid: uuid.UUID,
) -> Receipt:
    """Keep a job and send it to its department; ``days`` are working days, the site's limit if not given.

    ``words`` are those of the leader, as said; ``given_to`` is who there is to do it; ``received_at`` is
    when it was given (now), ``late`` that it is entered from a note. Raises InputError naming the
    field that cannot be taken, NotFoundError.
    """
    if department_id is None:
        raise InputError("Say to which department the job goes.", field="department_id")
    referral = NewReferral(department_id, assist_ids, words, told_whom, terms.in_days(days), leader=given_by)
    new = new_job(
        given_by=given_by,
        words=words,
        given_to=given_to,
        subject=subject,
        read_back=read_back,
        referral=referral,
        received_at=received_at,
        late=late,
        uid=uid,
    )
    return entries.register(session, new)


def new_job(
    *,
    given_by: str,
    words: str,
    given_to: str = "",
    subject: str = "",
    read_back: bool | None = None,
    referral: NewReferral | None = None,
    on_day: int | None = None,
    received_at: dt.datetime | None = None,
    late: bool = False,
    uid: uuid.UUID,
) -> NewEntry:
    """A job as an entry; without a referral it asks for nothing. Raises InputError.

    ``on_day`` (``YYYYMMDD``) is the day on whose sheet the leader wrote it.
    """
    said = cleaning.required(words, "words")
    return NewEntry(
        Kind.JOB,
        subject.strip() or said.splitlines()[0][:_SUBJECT],
        uid,
        request=said,
        referral=referral,
        received_at=received_at,
        late=late,
        details=Details(read_back=read_back, source=Source.LEADER),
        record=NewJob(given_by, given_to, on_day),
    )


def begin(session: Session, entry_id: int, new: NewJob, entry: Mapping[str, Any]) -> common.Changes:
    """Write who gave the job, to whom, and the page of a day on which it stands. Raises InputError."""
    values = {
        "given_by": cleaning.required_line(new.given_by, "given_by"),
        "given_to": cleaning.line(new.given_to, "given_to"),
    }
    changes = common.add(session, entry_id, "job", values)[1]
    if new.on_day is not None:
        written = {
            "leader": values["given_by"],
            "words": entry["request"],
            "stands_on": StandsOn.DAY.value,
            "referral": None,
            "on_day": new.on_day,
            "job_id": entry_id if entry["act"] is not None else None,
        }
        changes |= common.add(session, entry_id, "instruction", written)[1]
    return changes


def step(session: Session, entry_id: int, *, words: str = "", uid: uuid.UUID) -> Receipt:
    """What was done about a job. Raises InputError, NotFoundError; StateError for one that is void."""
    return _add(session, entry_id, JobStepKind.STEP, None, "", words, "", uid)


def report(
    session: Session,
    entry_id: int,
    *,
    level: Level,
    whom: str = "",
    words: str = "",
    reply: str = "",
    uid: uuid.UUID,
) -> Receipt:
    """What was reported to the next level, and what they said.

    Reports go level by level (按分工逐级请示汇报): the leader is told after the office director. Raises
    InputError for a level that was passed over.
    """
    return _add(session, entry_id, JobStepKind.REPORT, Level(level), whom, words, reply, uid)


def rows(
    session: Session, *, which: str = "open", words: str = "", before: int | None = None, limit: int = 100
) -> tuple[JobRow, ...]:
    """One page of the jobs, the newest first: those under way (``open``), ``overdue``, or ``all``.

    ``words``: only where the leader, the words or the department contain them.
    """
    query, moment = _ROWS, now(session)
    if which != "all":
        query = query.where(_E.c.status == EntryStatus.OPEN.value)
    if which == "overdue":
        query = query.where(_R.c.waits.in_(AT_DEPARTMENTS), _R.c.press_at <= moment)
    if words:
        query = query.where(common.holding(words, _J.c.given_by, _J.c.given_to, _E.c.subject, _E.c.request))
    if before is not None:
        query = query.where(_J.c.entry_id < before)
    found = session.connection().execute(query.order_by(_J.c.entry_id.desc()).limit(limit)).mappings().all()
    last = _lasts(session, [row["entry_id"] for row in found])
    return tuple(_row(row, moment, last.get(row["entry_id"], "")) for row in found)


def view(session: Session, entry_id: int) -> JobView:
    """The whole of a job. Raises NotFoundError."""
    row = session.connection().execute(_ROWS.where(_J.c.entry_id == entry_id)).mappings().one_or_none()
    if row is None:
        raise NotFoundError("There is no such job.", field="number")
    query = (
        select(_S, _O.c.name.label("operator_name"))
        .join(_O, _O.c.id == _S.c.operator_id)
        .where(_S.c.entry_id == entry_id, _S.c.status == common.STANDING)
        .order_by(_S.c.ordinal)
    )
    steps = tuple(map(_step, session.connection().execute(query).mappings()))
    shown = _row(row, now(session), steps[-1].words if steps else "")
    course = _course(session, entry_id, shown.number, steps)
    return JobView(shown, row["read_back"], steps, _about(session, entry_id), course)


def _course(session: Session, entry_id: int, number: str, steps: tuple[JobStep, ...]) -> tuple[JobStep, ...]:
    """The steps among what departments answered and leaders saw."""
    every = list(steps)
    for referral in referral_views(session, entry_id, number):
        for part in referral.parts:
            told = (
                (PartStatus.ANSWERED, part.answered_at, part.answer),
                (PartStatus.RETURNED, part.returned_at, part.return_reason),
            )
            every += [
                JobStep(0, at, kind, None, part.department_name, words, "", "")
                for kind, at, words in told
                if at is not None
            ]
        every += [
            JobStep(0, one.at, one.kind, None, one.whom, one.words, "", one.operator)
            for one in referral.steps
            if one.kind is StepKind.SEEN
        ]
    every.sort(key=lambda one: one.at)
    return tuple(replace(one, ordinal=at) for at, one in enumerate(every, 1))


def _about(session: Session, job_id: int) -> str:
    """The page on which the leader wrote it."""
    query = (
        select(_I.c.on_day, _I.c.entry_id, _E.c.day, _E.c.sequence, _E.c.epoch, _K.c.code)
        .join(_E, _E.c.id == _I.c.entry_id)
        .join(_K, _K.c.id == _E.c.desk_id)
        .where(_I.c.job_id == job_id, _I.c.status == common.STANDING)
        .limit(1)
    )
    row = session.connection().execute(query).one_or_none()
    if row is None:
        return ""
    if row.on_day is not None:
        return day_date(row.on_day).isoformat()
    return str(Number(row.day, row.sequence, row.code, row.epoch))


def _add(
    session: Session,
    entry_id: int,
    kind: JobStepKind,
    level: Level | None,
    whom: str,
    words: str,
    reply: str,
    uid: uuid.UUID,
) -> Receipt:
    if done := touching.repeated(session, uid):
        return done
    touched = touching.open_entry(session, entry_id)
    if touched.row["kind"] != Kind.JOB:
        raise NotFoundError("There is no such job.", field="number")
    if touched.row["status"] != EntryStatus.OPEN:
        raise StateError("{number} is closed.", number=str(touching.number_of(touched.row)))
    if level is Level.LEADER and Level.DIRECTOR not in _last_levels(session, entry_id):
        raise InputError("Report to the office director first; the leader comes after.", field="level")
    values = {
        "kind": kind.value,
        "level": level.value if level is not None else None,
        "whom": cleaning.line(whom, "whom"),
        "words": cleaning.required(words, "words"),
        "reply": cleaning.long_text(reply, "reply"),
    }
    touched.others |= common.add(session, entry_id, "job_step", values)[1]
    if kind is JobStepKind.STEP:
        return touching.save(session, touched, {}, "step", uid)
    return touching.save(session, touched, {}, "report", uid)


def _last_levels(session: Session, entry_id: int) -> set[Level]:
    """The levels to which it was reported since the leader was last told."""
    query = (
        select(_S.c.level)
        .where(_S.c.entry_id == entry_id, _S.c.status == common.STANDING, _S.c.level.is_not(None))
        .order_by(_S.c.ordinal)
    )
    told: set[Level] = set()
    for word in session.connection().scalars(query):
        level = Level(word)
        told = set() if level is Level.LEADER else told | {level}
    return told


def _lasts(session: Session, entry_ids: Iterable[int]) -> dict[int, str]:
    query = (
        select(_S.c.entry_id, _S.c.words)
        .where(_S.c.entry_id.in_(list(entry_ids)), _S.c.status == common.STANDING)
        .order_by(_S.c.ordinal)
    )
    return {row.entry_id: row.words for row in session.connection().execute(query)}


def _row(row: RowMapping, moment: dt.datetime, last: str) -> JobRow:
    running = row["referral_status"] in RUNNING
    held = running and row["waits"] in AT_DEPARTMENTS
    return JobRow(
        entry_id=row["entry_id"],
        number=str(Number(row["day"], row["sequence"], row["desk_code"], row["epoch"])),
        given_at=row["received_at"],
        given_by=row["given_by"],
        given_to=row["given_to"],
        words=row["request"],
        subject=row["subject"],
        department=row["department"] or "",
        referral_id=row["referral_id"],
        referral_status=ReferralStatus(row["referral_status"]) if row["referral_status"] else None,
        due_at=row["due_at"],
        overdue=held and row["press_at"] is not None and row["press_at"] <= moment,
        asked=running and row["waits"] in (standing.LEADER, standing.BOTH),
        last=last,
        status=EntryStatus(row["entry_status"]),
        part_id=row["part_id"] if held and row["part_status"] in _WITH_IT else None,
        answer=row["part_answer"] or row["part_return_reason"] or "",
    )


def _step(row: RowMapping) -> JobStep:
    return JobStep(
        ordinal=row["ordinal"],
        at=row["at"],
        kind=JobStepKind(row["kind"]),
        level=Level(row["level"]) if row["level"] else None,
        whom=row["whom"],
        words=row["words"],
        reply=row["reply"],
        operator=row["operator_name"],
    )
