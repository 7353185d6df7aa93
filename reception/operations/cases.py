"""What became of a matter: who has it, what was done last; and what is likely entered a second time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from reception import persons as rule
from reception import tables
from reception import text as rules
from reception.context import Session, local_day, now
from reception.errors import NotFoundError, StateError
from reception.facts import (
    Act,
    Category,
    DepartmentFact,
    EntryRow,
    EntryStatus,
    NewEntry,
    PartStatus,
    PartView,
    ReferralStatus,
    ReferralView,
    Role,
)
from reception.facts.people import CaseAnswer, CaseStep
from reception.operations import cleaning, reading, referral_views, veiling

_E, _N, _J = tables.entry, tables.party, tables.journal
PEOPLE = 40
"""How many who fit are looked at, and of each of their records how many of the latest entries."""
LATEST = 100
_ACTS = ("register", "answered", "pointed", "put-through", "outcome", "correct")


def root(session: Session, entry_id: int) -> int:
    """The entry by which the matter of this one came. Raises NotFoundError; StateError for a void one."""
    query = select(_E.c.id, _E.c.case_id, _E.c.status).where(_E.c.id == entry_id)
    row = session.connection().execute(query).one_or_none()
    if row is None:
        raise NotFoundError("There is no such entry.", field="case")
    if row.case_id is not None:
        return root(session, row.case_id)
    if row.status == EntryStatus.VOID:
        raise StateError("The entry asked about is void; begin a new one.", field="case")
    return int(row.id)


def asked(session: Session, typed: str, *, limit: int = 20) -> tuple[CaseAnswer, ...]:
    """What became of the matters of whoever fits (four digits of the telephone, a name).

    Open ones first, then those of whoever fits better, the latest above. Of an enquiry it is the matter asked
    about. The latest entries of the persons who fit best are looked at.
    """
    from reception.operations.people import recalling

    people = {
        row.id: place
        for place, one in enumerate(recalling.groups(session, typed, PEOPLE))
        for row in one.rows()
    }
    if not people:
        return ()
    ids = _matters(session, people, limit)
    rows = {row.id: row for row in reading.rows(session, ids)}
    return _answers(session, [rows[entry_id] for entry_id in ids if entry_id in rows])


def answer(session: Session, entry_id: int) -> CaseAnswer:
    """What became of the matter of this entry. Raises NotFoundError, StateError."""
    return _answers(session, list(reading.rows(session, [root(session, entry_id)])))[0]


def _matters(session: Session, people: Mapping[int, int], limit: int) -> list[int]:
    """The matters of these persons (with how well they fit): open ones first, then whoever fits better."""
    connection = session.connection()
    fits: dict[int, int] = {}
    for person_id, place in people.items():
        latest = select(_N.c.entry_id).where(_N.c.person_id == person_id)
        for entry_id in connection.scalars(latest.order_by(_N.c.entry_id.desc()).limit(LATEST)):
            fits[entry_id] = min(place, fits.get(entry_id, place))
    if not fits:
        return []
    matter = func.coalesce(_E.c.case_id, _E.c.id).label("matter")
    roots: dict[int, int] = {}
    for row in connection.execute(select(_E.c.id, matter).where(_E.c.id.in_(fits), veiling.MAY_LEAD)):
        roots[row.matter] = min(fits[row.id], roots.get(row.matter, fits[row.id]))
    found = connection.execute(
        select(_E.c.id, _E.c.status).where(
            _E.c.id.in_(roots), _E.c.status != EntryStatus.VOID.value, veiling.MAY_LEAD
        )
    ).all()
    found = sorted(found, key=lambda row: (row.status != EntryStatus.OPEN, roots[row.id], -row.id))
    return [row.id for row in found[:limit]]


def _answers(session: Session, entries: Sequence[EntryRow]) -> tuple[CaseAnswer, ...]:
    if not entries:
        return ()
    connection = session.connection()
    ids = [row.id for row in entries]
    asked_about = {
        row.case_id: row
        for row in connection.execute(
            select(_E.c.case_id, func.count().label("times"), func.max(_E.c.received_at).label("last"))
            .where(_E.c.case_id.in_(ids), _E.c.status != EntryStatus.VOID.value)
            .group_by(_E.c.case_id)
        )
    }
    acted = {
        row.subject_id: row.at
        for row in connection.execute(
            select(_J.c.subject_id, func.max(_J.c.at).label("at"))
            .where(_J.c.subject_kind == "entry", _J.c.subject_id.in_(ids), _J.c.verb.in_(_ACTS))
            .group_by(_J.c.subject_id)
        )
    }
    departments = _departments(session)
    made = []
    for row in entries:
        latest = _latest_referral(session, row)
        enquiries = asked_about.get(row.id)
        step = _of_referral(latest) if latest is not None else _of_desk(row, acted.get(row.id))
        holder = departments.get(_holder(row, latest))
        made.append(
            CaseAnswer(
                entry=row,
                is_open=row.status is EntryStatus.OPEN,
                department=holder,
                parts=latest.parts if latest is not None else (),
                step=step.what,
                step_at=step.at,
                step_who=step.who,
                step_text=step.text,
                enquiries=enquiries.times if enquiries is not None else 0,
                asked_at=enquiries.last if enquiries is not None else None,
            )
        )
    return tuple(made)


def _departments(session: Session) -> Mapping[str, DepartmentFact]:
    from reception.operations import directory

    return {one.code: one for one in directory.catalogue(session).departments}


def _latest_referral(session: Session, row: EntryRow) -> ReferralView | None:
    if row.referral_status is None:
        return None
    views = referral_views.referral_views(session, row.id, row.number)
    standing = [one for one in views if one.status is not ReferralStatus.WITHDRAWN]
    return standing[-1] if standing else None


def _lead(referral: ReferralView) -> PartView | None:
    leads = [one for one in referral.parts if one.role is Role.LEAD]
    return leads[-1] if leads else None


def _holder(row: EntryRow, referral: ReferralView | None) -> str:
    lead = _lead(referral) if referral is not None else None
    return lead.department if lead is not None else row.department


@dataclass(frozen=True, slots=True)
class _Step:
    what: CaseStep
    at: dt.datetime
    who: str = ""
    text: str = ""


def _of_desk(row: EntryRow, acted_at: dt.datetime | None) -> _Step:
    """What the desk itself did."""
    words = {
        None: CaseStep.NOTED,
        Act.ANSWERED: CaseStep.ANSWERED,
        Act.POINTED: CaseStep.POINTED,
        Act.PUT_THROUGH: CaseStep.PUT_THROUGH,
        Act.REFERRED: CaseStep.SENT,
    }
    return _Step(words[row.act], acted_at or row.received_at, row.operator, row.outcome)


def _of_referral(referral: ReferralView) -> _Step:
    """The last thing that happened to a referral, of its lead's part before those of the others."""
    if referral.status is ReferralStatus.CLOSED and referral.closed_at is not None:
        answers = [part.answer for part in referral.parts if part.answer]
        return _Step(CaseStep.CLOSED, referral.closed_at, "", referral.closing_note or "".join(answers[-1:]))
    lead = _lead(referral)
    if lead is None:
        return _Step(CaseStep.SENT, referral.created_at)
    if lead.status is PartStatus.RETURNED and lead.returned_at is not None:
        return _Step(CaseStep.RETURNED, lead.returned_at, lead.department_name, lead.return_reason)
    if lead.status is PartStatus.ANSWERED and lead.answered_at is not None:
        return _Step(CaseStep.DEPARTMENT_ANSWERED, lead.answered_at, lead.department_name, lead.answer)
    if lead.received_at is not None:
        return _Step(CaseStep.RECEIVED, lead.received_at, lead.received_by)
    if lead.told_at is not None:
        return _Step(CaseStep.TOLD, lead.told_at, lead.told_whom)
    return _Step(CaseStep.SENT, lead.sent_at)


def duplicates(session: Session, new: NewEntry) -> tuple[EntryRow, ...]:
    """Entries of the same day that likely are this one: same person or number, about the same; newest first.

    Enquiries about a matter and void entries are none. It never hinders saving.
    """
    persons = cleaning.parties(new.parties)
    known = [mark for row in persons for mark in _marks(row)]
    subject = rules.fold(new.subject)
    if not known or not (subject or new.matter_id) or new.case_id is not None:
        return ()
    day = local_day(session, new.received_at or now(session))
    query = (
        select(_E.c.uid, _E.c.subject, _E.c.matter_id, *_N.c)
        .join(_N, _N.c.entry_id == _E.c.id)
        .where(_E.c.day == day, _E.c.status != EntryStatus.VOID.value, _E.c.case_id.is_(None))
    )
    if sealed := veiling.sealed(session):
        query = query.where(_E.c.id.not_in(sealed))
    if new.category is not Category.REPORT:
        query = query.where(veiling.MAY_LEAD)
    found: dict[int, None] = {}
    for row in map(dict, session.connection().execute(query).mappings()):
        same_matter = new.matter_id is not None and row["matter_id"] == new.matter_id
        same_subject = bool(subject) and rules.fold(row["subject"]) == subject
        if (same_matter or same_subject) and row["uid"] != new.uid and set(known) & set(_marks(row)):
            found[row["entry_id"]] = None
    return tuple(reversed(reading.rows(session, list(found))))


def _marks(row: Mapping[str, Any]) -> list[str]:
    """What makes two parties likely one: identity, any number, the person chosen."""
    marks = [f"is {one}" for one in rule.identities_of(row)]
    marks += [f"calls {one}" for one in row["phone_digits"].split() if len(one) >= rule.LEAST_DIGITS]
    if row["person_id"] is not None:
        marks.append(f"person {row['person_id']}")
    return marks
