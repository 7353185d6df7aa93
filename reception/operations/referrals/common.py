"""What every step of a referral needs: its entry opened first, its rows, the rows of what was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, Table, false, func, insert, select

from reception import scope, tables
from reception.context import Session, now, present
from reception.errors import InputError, NotFoundError, StateError
from reception.facts import PartStatus, ReferralStatus, Role, StepKind, Way
from reception.operations import cleaning, guarding, touching, veiling
from reception.operations.narrowing import OF_DEPARTMENTS

_R, _P, _S = tables.referral, tables.part, tables.step
ENDED = (PartStatus.ANSWERED, PartStatus.RETURNED)


def opened(session: Session, table: Table, row_id: int, *, may_be_sealed: bool = False) -> touching.Touched:
    """The entry that a referral or a part belongs to, opened before the row itself is read.

    A department finds only its own parts. Raises NotFoundError; StateError, also for a sealed entry unless a
    supervisor works on it, or ``may_be_sealed`` and it is the department itself.
    """
    query = select(table.c.entry_id).where(table.c.id == row_id)
    mine = scope.department(session)
    if mine is not None:
        query = query.where(_P.c.department_id == mine) if table is _P else query.where(false())
    entry_id = session.connection().scalar(query)
    if entry_id is None:
        raise NotFoundError("There is no such referral.", field="number")
    touched = touching.open_entry(session, entry_id)
    if mine is None or not may_be_sealed:
        veiling.refuse_sealed(session, touched.row["category"], str(touching.number_of(touched.row)))
    return touched


def row(session: Session, table: Table, row_id: int) -> RowMapping:
    """A row that is there."""
    return session.connection().execute(select(table).where(table.c.id == row_id)).mappings().one()


def still_runs(status: str, number: str) -> None:
    """Raises StateError where the referral has ended."""
    if status == ReferralStatus.CLOSED:
        raise StateError("The referral of {number} is closed already.", number=number)
    if status == ReferralStatus.WITHDRAWN:
        raise StateError("The referral of {number} was taken back.", number=number)


def lead(session: Session, referral_id: int) -> RowMapping:
    """The part of the lead department; after a re-routing that of the latest."""
    query = (
        select(_P)
        .where(
            _P.c.referral_id == referral_id,
            _P.c.role == Role.LEAD.value,
            _P.c.status != PartStatus.WITHDRAWN.value,
        )
        .order_by(_P.c.id.desc())
        .limit(1)
    )
    return session.connection().execute(query).mappings().one()


def latest(session: Session, entry_id: int) -> RowMapping | None:
    """The latest referral of an entry but for those taken back."""
    query = (
        select(_R)
        .where(_R.c.entry_id == entry_id, _R.c.status != ReferralStatus.WITHDRAWN.value)
        .order_by(_R.c.ordinal.desc())
        .limit(1)
    )
    return session.connection().execute(query).mappings().one_or_none()


def person(name: str, field: str) -> str:
    """A cleaned name. Raises InputError for an empty one."""
    cleaned = cleaning.line(name, field)
    if not cleaned:
        raise InputError("Write the name of the person.", field=field)
    return cleaned


def _is_read(kind: StepKind, way: str | None) -> bool:
    """Whether departments read a step that the desk writes."""
    return kind in OF_DEPARTMENTS and kind is not StepKind.ASKED and way not in (Way.DIRECTOR, Way.LEADER)


def add_step(
    session: Session,
    touched: touching.Touched,
    referral: RowMapping,
    kind: StepKind,
    values: Mapping[str, Any],
    *,
    field: str = "words",
) -> int:
    """Write what was done about a referral as a whole, for the journal too; its place within the entry.

    Raises InputError at ``field`` for words that a department reads and that name who is protected from it.
    """
    if _is_read(kind, values.get("way")):
        about, words = dict(touched.row), str(values.get("words", ""))
        guarding.check_words(session, touched.id, about, words, field=field)
    last = session.connection().scalar(select(func.max(_S.c.ordinal)).where(_S.c.entry_id == touched.id))
    ordinal = int(last or 0) + 1
    row = {
        "entry_id": touched.id,
        "referral_id": referral["id"],
        "ordinal": ordinal,
        "kind": kind.value,
        "at": now(session),
        "operator_id": present(session).operator_id,
        "whom": "",
        "words": "",
        "reply": "",
        **values,
    }
    session.connection().execute(insert(_S), row)
    told = {**row, "referral_id": referral["ordinal"]}  # named by its place within the entry
    touched.others[f"step/{ordinal}"] = touching.created(told, frozenset({"entry_id"}))
    return ordinal
