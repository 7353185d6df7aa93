"""Papers that waited for nobody at a moment, and meetings of which somebody was not told yet.

Papers are told as of the moment by what the records keep: filed when, referred and signed when. Of a meeting
only how it stands now is known.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, exists, func, or_, select

from reception import deadlines, tables
from reception.context import Session
from reception.facts import EntryStatus, ReferralStatus
from reception.facts.office import Stands
from reception.facts.reports import Lapse, Late
from reception.numbers import day_date
from reception.operations import site
from reception.operations.office import meetings, papers_in
from reception.operations.reports.found import MOST, Every, Found
from reception.operations.reports.moment import Then

_E, _W, _C, _R = tables.entry, tables.document, tables.circulation, tables.referral
_UNTIL: Any = bindparam("until", type_=tables.Instant)
_BEFORE: Any = bindparam("before", type_=tables.Instant)
_STANDING = Stands.STANDING.value


def find(session: Session, then: Then) -> dict[Lapse, Every]:
    """Papers not handled (不积压); meetings of which somebody is to be told soon and was not (不冷落)."""
    return {Lapse.UNHANDLED: _papers(session, then), Lapse.UNREACHED: _meetings(session, then)}


@cache
def _unhandled() -> Select[Any]:
    referred = exists().where(
        _R.c.entry_id == _W.c.entry_id,
        _R.c.status != ReferralStatus.WITHDRAWN.value,
        _R.c.created_at < _UNTIL,
        or_(_R.c.closed_at.is_(None), _R.c.closed_at >= _UNTIL),
    )
    goes_round = exists().where(
        _C.c.entry_id == _W.c.entry_id,
        _C.c.status == _STANDING,
        _C.c.at < _UNTIL,
        or_(_C.c.signed_at.is_(None), _C.c.signed_at >= _UNTIL),
    )
    return (
        select(_E.c.id, _E.c.received_at)
        .join(_W, _W.c.entry_id == _E.c.id)
        .where(
            or_(_W.c.filed_at.is_(None), _W.c.filed_at >= _UNTIL),
            _W.c.status == _STANDING,
            func.coalesce(_E.c.status, "") != EntryStatus.VOID.value,
            _E.c.received_at < _BEFORE,
            ~referred,
            ~goes_round,
        )
        .order_by(_E.c.received_at, _E.c.id)
    )


def _papers(session: Session, then: Then) -> Every:
    before = papers_in.until(site.values(session), then.at, then.zone)
    values = {"until": then.until, "before": min(before, then.until)}
    rows = session.connection().execute(_unhandled(), values).all()
    return Every(
        len(rows), [Found(row.id, row.received_at, then.since(row.received_at)) for row in rows[:MOST]]
    )


@cache
def _uncalled() -> Select[Any]:
    rows = meetings.uncalled().subquery("uncalled")
    return (
        select(rows.c.entry_id, rows.c.press)
        .join(_E, _E.c.id == rows.c.entry_id)
        .where(_E.c.received_at < _UNTIL, rows.c.press.is_not(None))
        .order_by(rows.c.press, rows.c.entry_id)
    )


def _meetings(session: Session, then: Then) -> Every:
    """Those by whose deadline a working day is left, or less."""
    soon = deadlines.end_of_day(day_date(then.next_working_day()), then.zone)
    found = session.connection().execute(_uncalled(), {"until": then.until})
    rows = [row for row in found if row.press <= soon]
    return Every(
        len(rows),
        [
            Found(row.entry_id, row.press, then.since(row.press) if row.press <= then.at else Late())
            for row in rows[:MOST]
        ],
    )
