"""Sending an entry on later than when it was made."""

from __future__ import annotations

import uuid

from sqlalchemy import RowMapping, func, select

from reception import tables
from reception.context import Session, now
from reception.errors import StateError
from reception.facts import Act, EntryStatus, NewReferral, PartStatus, Receipt, ReferralStatus
from reception.operations import cleaning, touching
from reception.operations.referrals import common
from reception.operations.referring import RUNNING, send

_R = tables.referral


def refer(session: Session, entry_id: int, new: NewReferral, *, uid: uuid.UUID) -> Receipt:
    """Refer an entry that no open referral holds, or whose lead returned the one it has: that one ends then.

    Raises InputError, StateError, NotFoundError.
    """
    if done := touching.repeated(session, uid):
        return done
    touched = touching.open_entry(session, entry_id)
    last = _latest(session, entry_id)
    if last is not None and last["status"] in RUNNING:
        if common.lead(session, last["id"])["status"] != PartStatus.RETURNED:
            raise StateError(
                "{number} is referred already and that referral is not closed.",
                number=str(touching.number_of(touched.row)),
            )
        ended = {"status": ReferralStatus.CLOSED.value, "closed_at": now(session)}
        touched.others |= touching.update_other(session, _R, f"referral/{last['ordinal']}", last, ended)
    touched.others |= send(session, entry_id, touched.row, new, ordinal=_next_ordinal(session, entry_id))
    entry = {
        "act": Act.REFERRED.value,
        "call_result": None,
        "department_id": new.lead_id,
        "status": EntryStatus.OPEN.value,
    }
    return touching.save(
        session, touched, entry, "refer", uid, cleaning.warnings({"instruction": new.instruction})
    )


def _latest(session: Session, entry_id: int) -> RowMapping | None:
    """The latest referral of an entry but for those taken back."""
    query = (
        select(_R)
        .where(_R.c.entry_id == entry_id, _R.c.status != ReferralStatus.WITHDRAWN.value)
        .order_by(_R.c.ordinal.desc())
        .limit(1)
    )
    return session.connection().execute(query).mappings().one_or_none()


def _next_ordinal(session: Session, entry_id: int) -> int:
    last = session.connection().scalar(select(func.max(_R.c.ordinal)).where(_R.c.entry_id == entry_id))
    return int(last or 0) + 1
