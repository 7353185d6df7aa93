"""To whom a complaint, a report or an accusation must not go, and whom the words on a slip must not name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from reception import persons, tables
from reception import text as rules
from reception.context import Session
from reception.errors import InputError, StateError
from reception.facts import AGAINST, Category, Visibility, visibility
from reception.operations import site, veiling
from reception.text.naming import named

OF_DEPARTMENT = ("name", "code", "officer_a", "officer_b", "leader")
"""What means a department where it stands in a complaint."""
_WHOLE = 7
"""Shorter numbers stand in too many others to mean anybody."""


def check(session: Session, about: Mapping[str, Any], departments: Iterable[Mapping[str, Any]]) -> None:
    """Refuse to send an entry to whom it is about (信访工作条例: never to the person or unit accused).

    Args:
        session: the transaction.
        about: the entry's values.
        departments: rows of the departments that it is to go to.

    Raises:
        InputError: naming the department; StateError: an accusation is sealed, only a supervisor sends it on.
    """
    category = Category(about["category"]) if about["category"] else None
    if category not in AGAINST:
        return
    if visibility(category) is Visibility.SEALED and not veiling.supervises(session):
        names = "、".join(site.supervisors(session))
        if not names:
            raise StateError("An accusation is sealed until the site names a supervisor in the settings.")
        raise StateError(
            "An accusation is sealed: only a supervisor decides about it ({names}).", names=names
        )
    for one in departments:
        if one["id"] == about["concerned_id"]:
            raise InputError(
                "{name} is whom this is about; it is never shown or passed to them.",
                field="department_id",
                name=one["name"],
            )
        if (found := _named(about["complained_about"], one)) is not None:
            raise InputError(
                "{found} is complained about and belongs to {name}; it is never shown or passed to them.",
                field="department_id",
                found=found,
                name=one["name"],
            )


def hides(about: Mapping[str, Any]) -> bool:
    """Whether departments do not learn who told an entry, whose values these are."""
    return veiling.of(about["category"]) is Visibility.MASKED or bool(about["identity_protected"])


def check_words(
    session: Session,
    entry_id: int,
    about: Mapping[str, Any],
    instruction: str,
    *,
    field: str = "instruction",
) -> None:
    """Refuse an instruction with the name or a number of somebody whom the slip hides.

    Args:
        session: the transaction.
        entry_id: whose parties are hidden.
        about: the entry's values.
        instruction: what is to stand on the slip, or what a department reads of what was done.
        field: what it is called where it was typed.

    Raises:
        InputError: it does not repeat what it found.
    """
    if not instruction or not hides(about):
        return
    party = tables.party
    digits = "".join(one for one in rules.fold(instruction) if one.isdigit())
    query = select(party.c.name, party.c.phone_digits).where(party.c.entry_id == entry_id)
    for row in session.connection().execute(query):
        called = [] if persons.anonymous(row.name) else [row.name]
        known = [one for one in row.phone_digits.split() if len(one) >= _WHOLE]
        if named(instruction, called) is not None or any(one in digits for one in known):
            raise InputError(
                "Who told this is protected, and the instruction stands on the slip: "
                "leave their name and number out.",
                field=field,
            )


def _named(text: str, department: Mapping[str, Any]) -> str | None:
    return named(text, (department[column] for column in OF_DEPARTMENT))
