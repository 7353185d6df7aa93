"""Sending an entry on later than when it was made."""

from __future__ import annotations

import uuid

from sqlalchemy import func, select

from reception import tables
from reception.context import Session
from reception.errors import StateError
from reception.facts import Act, EntryStatus, NewReferral, PartStatus, Receipt
from reception.operations import cleaning, touching
from reception.operations.referrals import common, rerouting
from reception.operations.referring import RUNNING, send

_R = tables.referral


def refer(session: Session, entry_id: int, new: NewReferral, *, uid: uuid.UUID) -> Receipt:
    """Refer an entry that no open referral holds.

    Where the lead returned the one that it has, this is ``reroute``: the same referral goes on with its
    clock. Raises InputError, StateError, NotFoundError.
    """
    if done := touching.repeated(session, uid):
        return done
    touched = touching.open_entry(session, entry_id)
    last = common.latest(session, entry_id)
    if last is not None and last["status"] in RUNNING:
        if common.lead(session, last["id"])["status"] == PartStatus.RETURNED:
            return rerouting.send_on(session, touched, last, new, uid)
        raise StateError(
            "{number} is referred already and that referral is not closed.",
            number=str(touching.number_of(touched.row)),
        )
    touched.others |= send(
        session, entry_id, dict(touched.row), new, ordinal=_next_ordinal(session, entry_id)
    )
    entry = {
        "act": Act.REFERRED.value,
        "call_result": None,
        "department_id": new.lead_id,
        "status": EntryStatus.OPEN.value,
    }
    return touching.save(
        session, touched, entry, "refer", uid, cleaning.warnings({"instruction": new.instruction})
    )


def _next_ordinal(session: Session, entry_id: int) -> int:
    last = session.connection().scalar(select(func.max(_R.c.ordinal)).where(_R.c.entry_id == entry_id))
    return int(last or 0) + 1
