"""Where a referral stands among what is to be done: worked out from its record, kept beside it.

The columns of ``tables.DERIVED`` let the lists find the few referrals that run by an index of their own. They
are written here and nowhere else: whenever an act touched a referral, a part or a step of an entry.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    ScalarSelect,
    Update,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    update,
)

from reception import tables
from reception.facts import PartStatus, ReferralStatus, Role, StepKind

_R, _P, _S, _SETTING = tables.referral, tables.part, tables.step, tables.setting
TRIES, USUAL_TRIES = "call_back_tries", 3
"""The setting after how many calls that reached nobody the person is called no more, and its usual value."""
NEVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
"""When a referral presses whose clock stands, or that has none."""
DEPARTMENT, ASKED, RETURNED, LEADER, PERSON, BOTH, CLOSING = (
    *("department", "asked", "returned", "leader", "person", "leader+person", "closing"),
)
"""What a referral waits for: the department's answer; the desk's word on more time, for which the department
asks; another department; the leader's look, the call to the person, or both of them, before it closes;
nothing but to be closed."""
_OPEN, _COMPLETED = ReferralStatus.OPEN.value, ReferralStatus.COMPLETED.value
_RUNNING = (_OPEN, _COMPLETED)
_AT_ONCE = 500


def _lead(column: Any) -> ScalarSelect[Any]:
    """A column of the lead's part; after a re-routing or a reopening, of the latest."""
    lead = _P.alias("lead")
    return (
        select(lead.c[column.name])
        .where(
            lead.c.referral_id == _R.c.id,
            lead.c.role == Role.LEAD.value,
            lead.c.status != PartStatus.WITHDRAWN.value,
        )
        .order_by(lead.c.id.desc())
        .limit(1)
        .correlate(_R)
        .scalar_subquery()
    )


def _last(*kinds: StepKind) -> ColumnElement[int]:
    """The place of the latest step of these kinds; 0 without one."""
    step = _S.alias()
    query = select(func.max(step.c.ordinal)).where(
        step.c.referral_id == _R.c.id, step.c.kind.in_([one.value for one in kinds])
    )
    return func.coalesce(query.correlate(_R).scalar_subquery(), 0)


def _looked_back(kind: StepKind, *further: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a look back at the present answer ended well (``referrals.looking_back``)."""
    return (
        exists()
        .where(
            _S.c.referral_id == _R.c.id,
            _S.c.kind == kind.value,
            _S.c.ordinal > _last(StepKind.REOPENED, StepKind.REROUTED),
            _S.c.content.is_(True),
            *further,
        )
        .correlate(_R)
    )


def _completed() -> ColumnElement[str]:
    leader = and_(_R.c.leader_asked.is_(True), ~_looked_back(StepKind.SEEN))
    person = and_(
        _R.c.person_asked.is_(True),
        ~_looked_back(StepKind.CALLED_BACK, _S.c.reached.is_(True)),
        ~_tried(),
    )
    return case(
        (and_(leader, person), literal(BOTH)),
        (leader, literal(LEADER)),
        (person, literal(PERSON)),
        else_=literal(CLOSING),
    )


def _tried() -> ColumnElement[bool]:
    """Whether the person was called about the present answer as often as the site wants, reaching nobody."""
    call, reached = _S.alias("tried"), _S.alias("reached")
    tries = select(cast(_SETTING.c.value, Integer)).where(_SETTING.c.key == TRIES)
    present = _last(StepKind.REOPENED, StepKind.REROUTED)
    count = (
        select(func.count())
        .select_from(call)
        .where(
            call.c.referral_id == _R.c.id,
            call.c.kind == StepKind.CALLED_BACK.value,
            call.c.ordinal > present,
        )
        .correlate(_R)
        .scalar_subquery()
    )
    somebody = (
        exists()
        .where(
            reached.c.referral_id == _R.c.id,
            reached.c.kind == StepKind.CALLED_BACK.value,
            reached.c.ordinal > present,
            reached.c.reached.is_(True),
        )
        .correlate(_R)
    )
    return and_(count >= func.coalesce(tries.scalar_subquery(), USUAL_TRIES), ~somebody)


def _asked() -> ColumnElement[bool]:
    """Whether the department asks for more time and nobody has decided."""
    return (
        exists()
        .where(
            _S.c.referral_id == _R.c.id,
            _S.c.kind == StepKind.ASKED.value,
            _S.c.replied_at.is_(None),
            _S.c.ordinal > _last(StepKind.REOPENED, StepKind.REROUTED),
        )
        .correlate(_R)
    )


def _reminded() -> ScalarSelect[Any]:
    """The rung of the ladder up to which it was reminded since its term last began anew."""
    step = _S.alias("reminder")
    return (
        select(func.max(step.c.rung))
        .where(
            step.c.referral_id == _R.c.id,
            step.c.kind == StepKind.REMINDER.value,
            step.c.ordinal > _last(StepKind.EXTENSION, StepKind.REOPENED),
        )
        .correlate(_R)
        .scalar_subquery()
    )


def _superseded() -> ColumnElement[bool]:
    """A lead's part to which another followed."""
    later = _P.alias("later")
    return and_(
        _P.c.role == Role.LEAD.value,
        exists().where(
            later.c.referral_id == _P.c.referral_id,
            later.c.role == Role.LEAD.value,
            later.c.status != PartStatus.WITHDRAWN.value,
            later.c.id > _P.c.id,
        ),
    )


@cache
def _of_referral() -> dict[str, ColumnElement[Any]]:
    """What each derived column of a referral is; made when first needed, as it takes the start a moment."""
    open_waits = case(
        (_lead(_P.c.status) == PartStatus.RETURNED.value, literal(RETURNED)),
        (_asked(), literal(ASKED)),
        else_=literal(DEPARTMENT),
    )
    ticks = and_(_R.c.status == _OPEN, _R.c.paused_at.is_(None), _R.c.due_at.is_not(None))
    return {
        "waits": case(
            (_R.c.status == _OPEN, open_waits), (_R.c.status == _COMPLETED, _completed()), else_=null()
        ),
        "press_at": case(
            (ticks, _R.c.due_at),
            (_R.c.status == _OPEN, literal(NEVER, tables.Instant)),
            (_R.c.status == _COMPLETED, func.coalesce(_lead(_P.c.answered_at), _R.c.created_at)),
            else_=null(),
        ),
        "reminded": case((_R.c.status.in_(_RUNNING), _reminded()), else_=null()),
    }


@cache
def _of_part() -> dict[str, ColumnElement[Any]]:
    runs = exists().where(_R.c.id == _P.c.referral_id, _R.c.status.in_(_RUNNING))
    stands = and_(runs, _P.c.status != PartStatus.WITHDRAWN.value, ~_superseded())
    return {"waits": case((stands, _P.c.status), else_=null())}


@cache
def _stand() -> tuple[Update, Update]:
    these: Any = bindparam("of", expanding=True)
    return (
        update(_R).where(_R.c.entry_id.in_(these)).values(_of_referral()),
        update(_P).where(_P.c.entry_id.in_(these)).values(_of_part()),
    )


def refresh(connection: Connection, *entry_ids: int) -> None:
    """Work out where the referrals of these entries stand, from what their rows hold now."""
    refresh_all(connection, entry_ids)


def refresh_all(connection: Connection, entry_ids: Sequence[int]) -> None:
    """As ``refresh``, for many entries."""
    for at in range(0, len(entry_ids), _AT_ONCE):
        for statement in _stand():
            connection.execute(statement, {"of": list(entry_ids[at : at + _AT_ONCE])})


def press_anew(connection: Connection) -> None:
    """Let the running referrals press by their due dates, which were computed anew."""
    due = (_R.c.status.in_(_RUNNING), _R.c.due_at.is_not(None))
    connection.execute(update(_R).where(*due).values(press_at=_of_referral()["press_at"]))


def call_anew(connection: Connection) -> None:
    """The site wants another number of calls to who cannot be reached (``TRIES``)."""
    owed = (_R.c.status == _COMPLETED, _R.c.person_asked.is_(True))
    connection.execute(update(_R).where(*owed).values(waits=_of_referral()["waits"]))


def wrong(connection: Connection) -> Iterator[tuple[str, int]]:
    """Table and id of each row that does not stand where its record says."""
    for table, columns in ((_R, _of_referral()), (_P, _of_part())):
        differs = or_(*(table.c[name].is_distinct_from(value) for name, value in columns.items()))
        for found in connection.scalars(select(table.c.id).where(differs).order_by(table.c.id)):
            yield table.name, found
