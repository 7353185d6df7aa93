"""Calls that are owed, as entries see them: noting one, what keeps an entry open, every call of an entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import CompoundSelect, and_, exists, func, insert, or_, select, union_all

from reception import tables
from reception import text as rules
from reception.context import Session, now, present
from reception.errors import InputError
from reception.facts import (
    CONTACTS,
    Act,
    AttemptResult,
    AttemptView,
    CallbackStatus,
    CallbackView,
    CallResult,
    EntryStatus,
    NewCallback,
)
from reception.operations import cleaning, touching
from reception.operations.referring import RUNNING

_E, _C, _A = tables.entry, tables.callback, tables.attempt
OWED = CallbackStatus.OWED.value

_MISSED = (CallResult.NO_ANSWER.value, CallResult.BUSY.value)
_IS_OPEN = _E.c.status == EntryStatus.OPEN.value
_NONE_NOTED = ~exists().where(_C.c.entry_id == _E.c.id, _C.c.status != CallbackStatus.WITHDRAWN.value)
ONLY_SAYS_SO = and_(
    _IS_OPEN,
    # not NULL, so that its negation is true where there is no call result
    or_(_E.c.callback_wanted, func.coalesce(_E.c.call_result, "").in_(_MISSED)),
    _NONE_NOTED,
)
"""Open entries that have no call-back of their own, but whose caller wants a call or was not put through."""

NOT_PUT_THROUGH = and_(_E.c.call_result.in_(_MISSED), _IS_OPEN)
"""Open entries whose caller was not put through; by an index of their own."""
EACH_ONLY_SAYS_SO = (
    and_(_E.c.callback_wanted, _IS_OPEN, _NONE_NOTED),
    and_(NOT_PUT_THROUGH, ~_E.c.callback_wanted, _NONE_NOTED),
)
"""``ONLY_SAYS_SO`` in two halves, each by an index: among a million entries thousands are open."""


def only_say_so() -> CompoundSelect[tuple[int]]:
    """The ids of the entries of which ``ONLY_SAYS_SO`` is true."""
    return union_all(*(select(_E.c.id).where(condition) for condition in EACH_ONLY_SAYS_SO))


OWES = or_(ONLY_SAYS_SO, exists().where(_C.c.entry_id == _E.c.id, _C.c.status == OWED))
"""Entries of which somebody is to be called."""


def note(
    session: Session, entry_id: int, new: NewCallback, *, known_phone: str, ordinal: int
) -> dict[str, Mapping[str, tuple[Any, Any]]]:
    """Write a call-back that is owed from now on; what the journal keeps of it.

    ``known_phone`` is that of the entry's main person, which an empty number stands for. Raises InputError.
    """
    phone = cleaning.measured(rules.clean_phone(new.phone), "callback.phone", rules.SHORT)
    if not phone and not known_phone:
        raise InputError("Write the number to call; none is known of this person.", field="callback.phone")
    values = {
        "entry_id": entry_id,
        "ordinal": ordinal,
        "operator_id": present(session).operator_id,
        "created_at": now(session),
        "due_at": new.due_at,
        "phone": phone,
        "owner": cleaning.line(new.owner, "callback.owner"),
        "about": cleaning.line(new.about, "callback.about"),
        "status": OWED,
        "ended_at": None,
        "reason": "",
    }
    session.connection().execute(insert(_C), values)
    return {f"callback/{ordinal}": touching.created(values, frozenset({"entry_id"}))}


def note_on(session: Session, touched: touching.Touched, new: NewCallback) -> int:
    """As ``note``, for an entry in the hands of an act; the place of the call-back within it."""
    party, ordinal = tables.party, next_ordinal(session, touched.id)
    phone = select(party.c.phone).where(party.c.entry_id == touched.id, party.c.position == 0)
    known = session.connection().scalar(phone) or ""
    touched.others |= note(session, touched.id, new, known_phone=known, ordinal=ordinal)
    return ordinal


def next_ordinal(session: Session, entry_id: int) -> int:
    """The place that the next call-back of an entry takes."""
    last = session.connection().scalar(select(func.max(_C.c.ordinal)).where(_C.c.entry_id == entry_id))
    return int(last or 0) + 1


def standing(
    session: Session, entry_id: int, act: str | None, result: str | None, *, without: int = 0
) -> EntryStatus:
    """Where an entry stands with this act: open as long as a call of it is owed or a referral runs.

    What is neither visit nor call stands as its room of the office says (``office.standing``).
    ``without`` is a call-back that is just ending. Where nothing was open but a call, giving it up finishes
    the entry: nobody owes anything any more.
    """
    connection = session.connection()
    owed = exists().where(_C.c.entry_id == _E.c.id, _C.c.status == OWED, _C.c.id != without)
    kind, owes = connection.execute(select(_E.c.kind, owed).where(_E.c.id == entry_id)).one()
    if owes:
        return EntryStatus.OPEN
    if kind not in CONTACTS:
        from reception.operations import office  # a visit or a call has nothing of it

        return office.standing(session, entry_id, kind)
    if act == Act.REFERRED:
        runs = select(tables.referral.c.id).where(
            tables.referral.c.entry_id == entry_id, tables.referral.c.status.in_(RUNNING)
        )
        return EntryStatus.OPEN if connection.scalar(runs.limit(1)) else EntryStatus.FINISHED
    stands = cleaning.status_of(Act(act) if act else None, CallResult(result) if result else None)
    if stands is EntryStatus.OPEN and _given_up(session, entry_id):
        return EntryStatus.FINISHED
    return stands


def refuse_act(kind: str, number: str) -> None:
    """Raises StateError for what is no visit and no call: it ends by steps of its own."""
    if kind not in CONTACTS:
        from reception.operations import office

        office.refuse_act(kind, number)


def _given_up(session: Session, entry_id: int) -> bool:
    """Whether the last call-back of an entry was given up."""
    last = (
        select(_C.c.status)
        .where(_C.c.entry_id == entry_id, _C.c.status != CallbackStatus.WITHDRAWN.value)
        .order_by(_C.c.ordinal.desc())
        .limit(1)
    )
    return session.connection().scalar(last) == CallbackStatus.GIVEN_UP.value


def views(session: Session, entry_id: int) -> tuple[CallbackView, ...]:
    """The call-backs of an entry with their attempts, first to last; those noted by mistake are left out."""
    connection, clerk = session.connection(), tables.operator
    query = (
        select(_C, clerk.c.name.label("operator_name"))
        .join(clerk, clerk.c.id == _C.c.operator_id)
        .where(_C.c.entry_id == entry_id, _C.c.status != CallbackStatus.WITHDRAWN.value)
        .order_by(_C.c.ordinal)
    )
    rows = connection.execute(query).mappings().all()
    if not rows:
        return ()
    made = select(_A).where(_A.c.entry_id == entry_id).order_by(_A.c.ordinal)
    attempts = connection.execute(made).mappings().all()
    return tuple(
        CallbackView(
            id=row["id"],
            ordinal=row["ordinal"],
            status=CallbackStatus(row["status"]),
            created_at=row["created_at"],
            due_at=row["due_at"],
            phone=row["phone"],
            about=row["about"],
            owner=row["owner"],
            operator=row["operator_name"],
            ended_at=row["ended_at"],
            reason=row["reason"],
            attempts=tuple(
                AttemptView(
                    one["ordinal"], one["at"], AttemptResult(one["result"]), one["reached"], one["note"]
                )
                for one in attempts
                if one["callback_id"] == row["id"]
            ),
        )
        for row in rows
    )
