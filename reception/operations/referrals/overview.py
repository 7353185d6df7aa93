"""Referrals as a whole, with their parts and what was done about them: for lists of other programs."""

from __future__ import annotations

from dataclasses import dataclass

from reception import scope
from reception.context import Session
from reception.facts import ReferralRow, ReferralView, TrailLine, Visibility
from reception.operations import trail, veiling
from reception.operations.referral_views import referral_views
from reception.operations.referrals.looking import rows
from reception.scope import open_to_departments


@dataclass(frozen=True, slots=True)
class Whole:
    """A referral: one of its parts as the list shows it, and all there is; nothing more of a sealed one.

    A department has its own part of a sealed one, which it signs for.
    """

    row: ReferralRow
    view: ReferralView | None
    trail: tuple[TrailLine, ...]


@open_to_departments
def whole(
    session: Session, *, which: str = "all", department: str = "", limit: int = 100
) -> tuple[Whole, ...]:
    """Referrals in the order of ``to_do.rows``; ``limit`` counts their parts. Raises as ``rows``."""
    found: dict[int, ReferralRow] = {}
    for row in rows(session, which=which, department=department, limit=limit):
        found.setdefault(row.referral_id, row)
    return tuple(_whole(session, row) for row in found.values())


def _whole(session: Session, row: ReferralRow) -> Whole:
    how = veiling.of(row.category)
    sealed = veiling.is_sealed(session, row.category)
    if sealed and scope.department(session) is None:
        return Whole(row, None, ())
    views = referral_views(session, row.entry_id, row.number)
    view = next(one for one in views if one.id == row.referral_id)
    if sealed:
        return Whole(row, veiling.facts(session, [(view, row.category)])[0], ())
    lines = trail.lines(session, "entry", row.entry_id, people=how is not Visibility.MASKED)
    return Whole(row, view, lines)
