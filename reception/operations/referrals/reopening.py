"""A referral that was answered or closed is handled again (重办)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from sqlalchemy import RowMapping, select

from reception import tables
from reception.context import Session, now
from reception.errors import StateError
from reception.facts import EntryStatus, Limit, PartStatus, Receipt, ReferralStatus, Role, StepKind
from reception.operations import cleaning, referring, terms, touching
from reception.operations.referrals import common

_R, _S = tables.referral, tables.step


def reopen(
    session: Session, referral_id: int, reason: str, *, department_id: int | None = None, uid: uuid.UUID
) -> Receipt:
    """Have a referral handled again that was answered or closed; its limit begins anew.

    ``department_id`` is who handles it now, if not who led it. Raises InputError, StateError.
    """
    if done := touching.repeated(session, uid):
        return done
    words = cleaning.required(reason, "reason")
    touched = common.opened(session, _R, referral_id)
    row = common.row(session, _R, referral_id)
    number = str(touching.number_of(touched.row))
    if row["status"] == ReferralStatus.OPEN:
        raise StateError("The referral of {number} is open; there is nothing to reopen.", number=number)
    if row["status"] == ReferralStatus.WITHDRAWN:
        common.still_runs(row["status"], number)
    last = common.latest(session, touched.id)
    if last is None or last["id"] != referral_id:
        raise StateError("{number} was referred again since; that referral counts.", number=number)
    entry = again(session, touched, row, words, department_id=department_id)
    return touching.save(session, touched, entry, "reopen", uid, cleaning.warnings({"reason": words}))


def again(
    session: Session,
    touched: touching.Touched,
    referral: RowMapping,
    words: str,
    *,
    whom: str = "",
    department_id: int | None = None,
    wanted: Limit | None = None,
    also: Mapping[str, object] | None = None,
    field: str = "reason",
) -> dict[str, object]:
    """Open a referral again within an act; what becomes of its entry. Raises as ``reopen``.

    The lead's answer stays where it is: a new part goes to the department. What its lead had returned is
    only open again. ``wanted`` is a limit shorter than the site's, ``also`` are further columns of the
    referral that the act changes; ``field`` is where ``words`` were typed.
    """
    lead = common.lead(session, referral["id"])
    term = terms.first(session, dict(touched.row), wanted)
    new = {
        "status": ReferralStatus.OPEN.value,
        "closed_at": None,
        "closing_note": "",
        "paused_at": None,
        **term,
        **(also or {}),
    }
    days = {"due_before": referral["due_day"], "due_after": term["due_day"]}
    step = {"whom": whom, "words": words, **days}
    common.add_step(session, touched, referral, StepKind.REOPENED, step, field=field)
    if referral["paused_at"] is not None:
        _end_pause(session, touched, referral["id"])
    touched.others |= touching.update_other(session, _R, f"referral/{referral['ordinal']}", referral, new)
    entry: dict[str, object] = {"status": EntryStatus.OPEN.value}
    if lead["status"] == PartStatus.ANSWERED:
        to = lead["department_id"] if department_id is None else department_id
        referring.checked(session, dict(touched.row), (to,))
        where = referring.Where(touched.id, referral["id"], referral["ordinal"])
        touched.others |= referring.send_part(session, where, to, Role.LEAD)
        entry["department_id"] = to
    return entry


def _end_pause(session: Session, touched: touching.Touched, referral_id: int) -> None:
    query = select(_S).where(
        _S.c.referral_id == referral_id, _S.c.kind == StepKind.PAUSE.value, _S.c.until.is_(None)
    )
    for row in session.connection().execute(query).mappings().all():
        over = {"until": now(session)}
        touched.others |= touching.update_other(session, _S, f"step/{row['ordinal']}", row, over)
