"""Sending an entry to departments: shared by registering with a referral and by referring later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, insert, select

from reception import journal, tables
from reception.context import Session, now, present
from reception.errors import InputError, NotFoundError
from reception.facts import NewReferral, PartStatus, ReferralStatus, Role
from reception.operations import absences, cleaning, terms, touching

RUNNING = (ReferralStatus.OPEN.value, ReferralStatus.COMPLETED.value)
"""Referrals that are not ended: a handful among the closed ones of many years."""


def send(
    session: Session, entry_id: int, about: Mapping[str, Any], new: NewReferral, *, ordinal: int
) -> dict[str, Mapping[str, tuple[Any, Any]]]:
    """Write a referral and its parts; what the journal keeps of them.

    ``about`` are the values of the entry. Raises InputError for an unknown, outside, unused or doubled
    department, and for a limit longer than the site's.
    """
    departments = _departments(session, new)
    instant = now(session)
    values = {
        "entry_id": entry_id,
        "ordinal": ordinal,
        "operator_id": present(session).operator_id,
        "instruction": cleaning.long_text(new.instruction, "instruction"),
        "status": ReferralStatus.OPEN.value,
        "created_at": instant,
        "closed_at": None,
        "closing_note": "",
        "leader": cleaning.line(new.leader, "leader"),
        **terms.first(session, about, new.limit),
    }
    connection = session.connection()
    result = connection.execute(insert(tables.referral), values)
    referral_id = int(result.inserted_primary_key[0])  # type: ignore[index]
    changes: dict[str, Mapping[str, tuple[Any, Any]]] = {
        f"referral/{ordinal}": touching.created(values, frozenset({"entry_id"}))
    }
    told = cleaning.line(new.told_whom, "told_whom")
    for department_id in departments:
        lead = department_id == new.lead_id
        row = {
            "referral_id": referral_id,
            "entry_id": entry_id,
            "department_id": department_id,
            "sending": _sendings(session, entry_id, department_id) + 1,
            "role": (Role.LEAD if lead else Role.ASSIST).value,
            "status": PartStatus.SENT.value,
            "sent_at": instant,
            "told_at": instant if lead and told else None,
            "told_whom": told if lead else "",
            "received_at": None,
            "received_by": "",
            "answered_at": None,
            "answer": "",
            "returned_at": None,
            "return_reason": "",
            **_officer(session, department_id),
            "outcome": None,
            "case_number": "",
            "contacted": None,
            "contacted_at": None,
            "contacted_how": "",
        }
        connection.execute(insert(tables.part), row)
        kept = {
            **row,
            "referral_id": ordinal,
        }  # the referral is named by its place in the entry, as in its own key
        changes[journal.part_key(department_id, int(str(row["sending"])))] = touching.created(
            kept, frozenset({"entry_id"})
        )
    return changes


def _officer(session: Session, department_id: int) -> dict[str, Any]:
    """Whom a part goes to today; what is not out of the ordinary stays empty."""
    found = absences.officer(session, department_id)
    return {
        "officer": found.name,
        "stood_in": True if found.stood_in else None,
        "on_behalf": True if found.on_behalf else None,
    }


def _departments(session: Session, new: NewReferral) -> tuple[int, ...]:
    wanted = (new.lead_id, *new.assist_ids)
    if len(set(wanted)) != len(wanted):
        raise InputError("A department is named twice in this referral.", field="assist_ids")
    table = tables.department
    query = select(table.c.id, table.c.outside, table.c.active, table.c.name).where(table.c.id.in_(wanted))
    found = {row.id: row for row in session.connection().execute(query)}
    for one in wanted:
        if one not in found:
            raise NotFoundError("There is no such department.", field="department_id")
        if found[one].outside:
            raise InputError(
                "{name} is outside this organisation: point the person there instead of referring.",
                field="department_id",
                name=found[one].name,
            )
        if not found[one].active:
            raise InputError(
                "{name} is not in use any more; choose who has its work now.",
                field="department_id",
                name=found[one].name,
            )
    return wanted


def _sendings(session: Session, entry_id: int, department_id: int) -> int:
    part = tables.part
    query = select(func.max(part.c.sending)).where(
        part.c.entry_id == entry_id, part.c.department_id == department_id
    )
    return session.connection().scalar(query) or 0
