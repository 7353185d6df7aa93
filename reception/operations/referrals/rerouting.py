"""A referral that came back goes to another department: the same referral, and its clock goes on."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import RowMapping, func, select

from reception import journal, tables
from reception.context import Session
from reception.errors import InputError, StateError
from reception.facts import Act, EntryStatus, NewReferral, PartStatus, Receipt, Role, StepKind
from reception.operations import cleaning, guarding, numbering, referring, touching
from reception.operations.referrals import common
from reception.operations.referring import leader_looks

_R, _P, _S, _D = tables.referral, tables.part, tables.step, tables.department


def reroute(session: Session, referral_id: int, new: NewReferral, *, uid: uuid.UUID) -> Receipt:
    """Send a referral whose lead returned it to another lead department.

    The clock goes on, so ``new`` may name no limit. From the second time on it has to say who decided: after
    one return between two departments the office director does. Raises InputError, StateError, NotFoundError.
    """
    if done := touching.repeated(session, uid):
        return done
    touched = common.opened(session, _R, referral_id)
    referral = common.row(session, _R, referral_id)
    common.still_runs(referral["status"], str(touching.number_of(touched.row)))
    return send_on(session, touched, referral, new, uid)


def send_on(
    session: Session, touched: touching.Touched, referral: RowMapping, new: NewReferral, uid: uuid.UUID
) -> Receipt:
    """As ``reroute``, for an entry in the hands of an act and a referral that runs."""
    lead = common.lead(session, referral["id"])
    if lead["status"] != PartStatus.RETURNED:
        raise StateError(
            "The lead department has not returned {number}; only what came back is re-routed.",
            number=str(touching.number_of(touched.row)),
        )
    if new.limit is not None:
        raise InputError("The clock of a referral that is re-routed goes on.", field="limit")
    decider = cleaning.line(new.decided_by, "decided_by")
    if not decider and times(session, referral["id"]):
        raise InputError(
            "It was re-routed before: now the office director decides. Write who decided.",
            field="decided_by",
        )
    referring.checked(session, dict(touched.row), (new.lead_id, *new.assist_ids))
    _make_room(session, touched, referral["id"], new)
    where = referring.Where(touched.id, referral["id"], referral["ordinal"])
    touched.others |= referring.send_part(session, where, new.lead_id, Role.LEAD, new.told_whom)
    for one in new.assist_ids:
        touched.others |= referring.send_part(session, where, one, Role.ASSIST)
    values = {
        "department_id": lead["department_id"],
        "whom": decider,
        "words": cleaning.long_text(new.reason, "reason"),
    }
    common.add_step(session, touched, referral, StepKind.REROUTED, values)
    changes = _changes(session, touched.row, referral, new)
    touched.others |= touching.update_other(session, _R, f"referral/{referral['ordinal']}", referral, changes)
    entry = {
        "act": Act.REFERRED.value,
        "call_result": None,
        "department_id": new.lead_id,
        "status": EntryStatus.OPEN.value,
    }
    return touching.save(session, touched, entry, "reroute", uid, cleaning.warnings({**values, **changes}))


def times(session: Session, referral_id: int) -> int:
    """How often a referral was re-routed."""
    query = (
        select(func.count())
        .select_from(_S)
        .where(_S.c.referral_id == referral_id, _S.c.kind == StepKind.REROUTED.value)
    )
    return int(session.connection().scalar(query) or 0)


def _changes(session: Session, entry: RowMapping, referral: RowMapping, new: NewReferral) -> dict[str, Any]:
    """What the referral itself takes over; what is left empty stays."""
    changes: dict[str, Any] = {}
    if instruction := cleaning.long_text(new.instruction, "instruction"):
        guarding.check_words(session, entry["id"], dict(entry), instruction)
        changes["instruction"] = instruction
    if leader := cleaning.line(new.leader, "leader"):
        changes["leader"] = leader
        if leader_looks(session, entry):
            changes["leader_asked"] = True
    if new.written and referral["slip_number"] is None:
        changes |= numbering.next_number(session)
    return changes


def _make_room(session: Session, touched: touching.Touched, referral_id: int, new: NewReferral) -> None:
    """Who assists already does not assist twice, and who is to lead need not assist. Raises InputError."""
    query = (
        select(_P, _D.c.name)
        .join(_D, _D.c.id == _P.c.department_id)
        .where(
            _P.c.referral_id == referral_id,
            _P.c.role == Role.ASSIST.value,
            _P.c.department_id.in_((new.lead_id, *new.assist_ids)),
            _P.c.status.in_((PartStatus.SENT.value, PartStatus.RECEIVED.value)),
        )
    )
    for row in session.connection().execute(query).mappings().all():
        if row["department_id"] != new.lead_id:
            raise InputError("{name} assists already.", field="assist_ids", name=row["name"])
        key = journal.part_key(row["department_id"], row["sending"])
        taken = {"status": PartStatus.WITHDRAWN.value}
        touched.others |= touching.update_other(session, _P, key, row, taken)
