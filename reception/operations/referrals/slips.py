"""Written slips: their numbers of the year."""

from __future__ import annotations

import uuid

from reception import tables
from reception.context import Session
from reception.errors import StateError
from reception.facts import Receipt
from reception.numbers import slip_number
from reception.operations import numbering, site, touching
from reception.operations.referrals import common

_R = tables.referral


def slip(session: Session, referral_id: int, *, uid: uuid.UUID) -> Receipt:
    """Give a referral that goes out in writing the next number of the year; it is never taken back.

    Raises StateError for one that has a number or has ended.
    """
    if done := touching.repeated(session, uid):
        return done
    touched = common.opened(session, _R, referral_id)
    row = common.row(session, _R, referral_id)
    number = str(touching.number_of(touched.row))
    common.still_runs(row["status"], number)
    if row["slip_number"] is not None:
        given = slip_number(site.slip_form(session), row["slip_year"], row["slip_number"])
        raise StateError("{number} has its slip already: {slip}.", number=number, slip=given)
    key = f"referral/{row['ordinal']}"
    touched.others |= touching.update_other(session, _R, key, row, numbering.next_number(session))
    return touching.save(session, touched, {}, "slip", uid)
