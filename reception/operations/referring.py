"""Sending an entry to departments: shared by registering with a referral and by referring later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, func, insert, select

from reception import journal, tables
from reception.context import Session, now, present
from reception.errors import InputError, NotFoundError
from reception.facts import Kind, NewReferral, PartStatus, ReferralStatus, Role
from reception.operations import absences, cleaning, guarding, numbering, site, terms, touching

Changes = dict[str, Mapping[str, tuple[Any, Any]]]
RUNNING = (ReferralStatus.OPEN.value, ReferralStatus.COMPLETED.value)
"""Referrals that are not ended: a handful among the closed ones of many years."""


def send(
    session: Session, entry_id: int, about: Mapping[str, Any], new: NewReferral, *, ordinal: int
) -> Changes:
    """Write a referral and its parts; what the journal keeps of them.

    ``about`` are the values of the entry. Raises InputError for an unknown, outside, unused or doubled
    department, for one that the entry is about, for an instruction that names who is protected, and for a
    limit longer than the site's; StateError for a sealed entry, unless a supervisor sends it.
    """
    departments = checked(session, about, (new.lead_id, *new.assist_ids))
    instruction = cleaning.long_text(new.instruction, "instruction")
    guarding.check_words(session, entry_id, about, instruction)
    instant, leader = now(session), cleaning.line(new.leader, "leader")
    category = about["category"]
    values = {
        "entry_id": entry_id,
        "ordinal": ordinal,
        "operator_id": present(session).operator_id,
        "instruction": instruction,
        "status": ReferralStatus.OPEN.value,
        "created_at": instant,
        "closed_at": None,
        "closing_note": "",
        "leader": leader,
        "leader_asked": True if leader and leader_looks(session, about) else None,
        "person_asked": True if site.asks(session, "call_back_categories", category) else None,
        **(numbering.next_number(session) if new.written else {}),
        **terms.first(session, about, new.limit),
    }
    connection = session.connection()
    result = connection.execute(insert(tables.referral), values)
    where = Where(entry_id, int(result.inserted_primary_key[0]), ordinal)  # type: ignore[index]
    changes: Changes = {f"referral/{ordinal}": touching.created(values, frozenset({"entry_id"}))}
    for department_id in departments:
        role = Role.LEAD if department_id == new.lead_id else Role.ASSIST
        changes |= send_part(session, where, department_id, role, new.told_whom)
    return changes


def leader_looks(session: Session, about: Mapping[str, Any] | RowMapping) -> bool:
    """Whether the leader who gave an instruction is to see the result before it is closed (督办).

    It is so of every job that a leader handed out, and of the categories that the site names.
    """
    if about["kind"] == Kind.JOB:
        return True
    return site.asks(session, "leader_look_categories", about["category"])


@dataclass(frozen=True, slots=True)
class Where:
    """A referral: its entry, its own id, and its place within the entry."""

    entry_id: int
    id: int
    ordinal: int


def send_part(session: Session, where: Where, department_id: int, role: Role, told_whom: str = "") -> Changes:
    """Write one department's part; what the journal keeps of it. Only the lead is told by phone at once."""
    instant = now(session)
    told = cleaning.line(told_whom, "told_whom") if role is Role.LEAD else ""
    row = {
        "referral_id": where.id,
        "entry_id": where.entry_id,
        "department_id": department_id,
        "sending": _sendings(session, where.entry_id, department_id) + 1,
        "role": role.value,
        "status": PartStatus.SENT.value,
        "sent_at": instant,
        "told_at": instant if told else None,
        "told_whom": told,
        **dict.fromkeys(("received_by", "answer", "return_reason", "case_number", "contacted_how"), ""),
        **_officer(session, department_id),
    }
    session.connection().execute(insert(tables.part), row)
    # the referral is named by its place in the entry, as in its own key
    kept = {**row, "referral_id": where.ordinal}
    key = journal.part_key(department_id, int(str(row["sending"])))
    return {key: touching.created(kept, frozenset({"entry_id"}))}


def _officer(session: Session, department_id: int) -> dict[str, Any]:
    """Whom a part goes to today; what is not out of the ordinary stays empty."""
    found = absences.officer(session, department_id)
    return {
        "officer": found.name,
        "stood_in": True if found.stood_in else None,
        "on_behalf": True if found.on_behalf else None,
    }


def checked(session: Session, about: Mapping[str, Any], wanted: tuple[int, ...]) -> tuple[int, ...]:
    """The departments themselves, if such an entry may go to them. Raises as ``send``."""
    if len(set(wanted)) != len(wanted):
        raise InputError("A department is named twice in this referral.", field="assist_ids")
    table = tables.department
    query = select(table).where(table.c.id.in_(wanted))
    found = {row["id"]: row for row in session.connection().execute(query).mappings()}
    for one in wanted:
        if one not in found:
            raise NotFoundError("There is no such department.", field="department_id")
        if found[one]["outside"]:
            raise InputError(
                "{name} is outside this organisation: point the person there instead of referring.",
                field="department_id",
                name=found[one]["name"],
            )
        if not found[one]["active"]:
            raise InputError(
                "{name} is not in use any more; choose who has its work now.",
                field="department_id",
                name=found[one]["name"],
            )
    guarding.check(session, about, [dict(found[one]) for one in wanted])
    return wanted


def _sendings(session: Session, entry_id: int, department_id: int) -> int:
    part = tables.part
    query = select(func.max(part.c.sending)).where(
        part.c.entry_id == entry_id, part.c.department_id == department_id
    )
    return session.connection().scalar(query) or 0
