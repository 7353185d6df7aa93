"""How a referral ends."""

from __future__ import annotations

import uuid

from reception import tables
from reception.context import Session, now
from reception.errors import InputError, StateError
from reception.facts import Act, PartStatus, Receipt, ReferralStatus
from reception.operations import cleaning, owing, touching
from reception.operations.referrals import common, looking_back

_R = tables.referral


def close(session: Session, referral_id: int, note: str = "", *, uid: uuid.UUID) -> Receipt:
    """End a referral whose lead has answered or returned it; its entry is finished then.

    After a return the note must say what becomes of the matter. Where the site looks back, the leader has
    seen the result before, and the person was called back. Raises InputError, StateError.
    """
    if done := touching.repeated(session, uid):
        return done
    touched = common.opened(session, _R, referral_id)
    row = common.row(session, _R, referral_id)
    number = str(touching.number_of(touched.row))
    common.still_runs(row["status"], number)
    state = common.lead(session, referral_id)["status"]
    if state not in common.ENDED:
        raise StateError(
            "The lead department has not answered {number} yet; a referral closes on its answer.",
            number=number,
        )
    words = cleaning.long_text(note, "closing_note")
    if state == PartStatus.RETURNED and not words:
        raise InputError(
            "The lead returned it: write what becomes of the matter, or refer it again.", field="closing_note"
        )
    looking_back.check(session, row, number)
    new = {"status": ReferralStatus.CLOSED.value, "closed_at": now(session), "closing_note": words}
    touched.others |= touching.update_other(session, _R, f"referral/{row['ordinal']}", row, new)
    status = owing.standing(session, touched.id, Act.REFERRED.value, None)
    return touching.save(session, touched, {"status": status.value}, "close", uid, cleaning.warnings(new))
