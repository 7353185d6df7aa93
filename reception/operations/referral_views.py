"""Reading the referrals of an entry: their parts and the steps that were taken about them, in names."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping, Select, bindparam, select

from reception import scope, tables
from reception.context import Session
from reception.facts import (
    PartOutcome,
    PartStatus,
    PartView,
    ReferralStatus,
    ReferralView,
    Role,
    StepKind,
    StepView,
    Way,
)
from reception.numbers import slip_number
from reception.operations import site, terms
from reception.operations.narrowing import narrowed

_R, _P, _D = tables.referral, tables.part, tables.department
_PASSED_TO = tables.department.alias("passed_to")


def part_columns() -> Select[Any]:
    """Parts with the names of their departments."""
    return (
        select(
            _P,
            _D.c.code.label("department_code"),
            _D.c.name.label("department_name"),
            _PASSED_TO.c.code.label("passed_to_code"),
        )
        .join(_D, _D.c.id == _P.c.department_id)
        .outerjoin(_PASSED_TO, _PASSED_TO.c.id == _P.c.passed_to)
    )


def part_view(row: RowMapping, number: str) -> PartView:
    """A row of ``part_columns`` as a fact; ``number`` is its entry's."""
    again = f"-{row['sending']}" if row["sending"] > 1 else ""
    return PartView(
        id=row["id"],
        name=f"{number}/{row['department_code']}{again}",
        department=row["department_code"],
        department_name=row["department_name"],
        role=Role(row["role"]),
        status=PartStatus(row["status"]),
        sent_at=row["sent_at"],
        told_at=row["told_at"],
        told_whom=row["told_whom"],
        received_at=row["received_at"],
        received_by=row["received_by"],
        answered_at=row["answered_at"],
        answer=row["answer"],
        returned_at=row["returned_at"],
        return_reason=row["return_reason"],
        officer=row["officer"],
        stood_in=bool(row["stood_in"]),
        on_behalf=bool(row["on_behalf"]),
        outcome=PartOutcome(row["outcome"]) if row["outcome"] else None,
        case_number=row["case_number"],
        passed_to=row["passed_to_code"] or "",
        contacted=row["contacted"],
        contacted_at=row["contacted_at"],
        contacted_how=row["contacted_how"],
    )


_STEPS = (
    select(tables.step, tables.operator.c.name.label("operator_name"), _D.c.code.label("department_code"))
    .join(tables.operator, tables.operator.c.id == tables.step.c.operator_id)
    .outerjoin(_D, _D.c.id == tables.step.c.department_id)
    .where(tables.step.c.entry_id == bindparam("entry_id"))
    .order_by(tables.step.c.ordinal)
)


def step_view(row: RowMapping) -> StepView:
    """A step of a referral as a fact."""
    return StepView(
        id=row["id"],
        ordinal=row["ordinal"],
        kind=StepKind(row["kind"]),
        at=row["at"],
        operator=row["operator_name"],
        department=row["department_code"] or "",
        rung=row["rung"],
        way=Way(row["way"]) if row["way"] else None,
        whom=row["whom"],
        words=row["words"],
        reply=row["reply"],
        replied_at=row["replied_at"],
        reached=row["reached"],
        content=row["content"],
        until=row["until"],
        due_before=row["due_before"],
        due_after=row["due_after"],
    )


def referral_views(session: Session, entry_id: int, number: str) -> tuple[ReferralView, ...]:
    """The referrals of an entry, first to last, with their parts; for a department only its own."""
    connection = session.connection()
    referrals = (
        connection.execute(select(_R).where(_R.c.entry_id == entry_id).order_by(_R.c.ordinal))
        .mappings()
        .all()
    )
    if not referrals:
        return ()
    parts = (
        connection.execute(part_columns().where(_P.c.entry_id == entry_id).order_by(_P.c.id)).mappings().all()
    )
    steps = connection.execute(_STEPS, {"entry_id": entry_id}).mappings().all()
    if (mine := scope.department(session)) is not None:
        referrals, parts, steps = narrowed(mine, referrals, parts, steps)
    form = site.slip_form(session) if any(one["slip_number"] for one in referrals) else ""
    return tuple(
        ReferralView(
            id=one["id"],
            entry_id=entry_id,
            ordinal=one["ordinal"],
            number=number,
            instruction=one["instruction"],
            status=ReferralStatus(one["status"]),
            created_at=one["created_at"],
            closed_at=one["closed_at"],
            closing_note=one["closing_note"],
            slip=slip_number(form, one["slip_year"], one["slip_number"]),
            term=terms.term(one),
            leader=one["leader"],
            leader_asked=bool(one["leader_asked"]),
            person_asked=bool(one["person_asked"]),
            steps=tuple(step_view(step) for step in steps if step["referral_id"] == one["id"]),
            parts=tuple(part_view(part, number) for part in parts if part["referral_id"] == one["id"]),
        )
        for one in referrals
    )
