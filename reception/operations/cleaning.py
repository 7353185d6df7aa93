"""From what was typed to what is kept: texts cleaned and measured, words known, or refused by field."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

from reception import text
from reception.context import CLOCK_SLACK
from reception.errors import InputError
from reception.facts import (
    MAX_PARTIES,
    Act,
    CallResult,
    Category,
    Details,
    EntryStatus,
    Kind,
    Party,
    categories,
)

LONG_FIELDS = ("subject", "request", "outcome")
DETAIL_FIELDS = tuple(field.name for field in dataclasses.fields(Details))
EARLIEST_YEAR = 1900
MOST_PEOPLE = 99_999


def line(value: str, field: str) -> str:
    """A text of one line, at most 200 code points. Raises InputError naming ``field``."""
    return measured(text.clean_line(value), field, text.SHORT)


def long_text(value: str, field: str) -> str:
    """A text of several lines, at most 10,000 code points. Raises InputError naming ``field``."""
    return measured(text.clean_text(value), field, text.LONG)


def required(value: str, field: str) -> str:
    """A reason or answer that may not be empty. Raises InputError."""
    cleaned = long_text(value, field)
    if not cleaned:
        raise InputError("Write something here; empty says nothing to the next reader.", field=field)
    return cleaned


def required_line(value: str, field: str) -> str:
    """As ``line``, of what may not be empty: a name, a thing. Raises InputError."""
    cleaned = line(value, field)
    return cleaned or required(cleaned, field)


def measured(cleaned: str, field: str, limit: int) -> str:
    """A cleaned text, unless it is longer than ``limit`` code points. Raises InputError naming ``field``."""
    length = text.length(cleaned)
    if length > limit:
        raise InputError(
            "At most {limit} characters fit here; this has {length}. Shorten it.",
            field=field,
            limit=limit,
            length=length,
        )
    return cleaned


def party(typed: Party, position: int) -> dict[str, Any]:
    """One person's columns."""

    def name(field: str) -> str:
        return field if position == 0 else f"parties.{position}.{field}"

    return {
        "name": measured(text.clean_name(typed.name), name("name"), text.SHORT),
        "phone": measured(text.clean_phone(typed.phone), name("phone"), text.SHORT),
        "phone_digits": " ".join(text.phone_numbers(typed.phone)),
        "organisation": line(typed.organisation, name("organisation")),
        "sex": typed.sex.value if typed.sex else None,
        "document_type": line(typed.document_type, name("document_type")),
        "document_number": _document(typed, name("document_number")),
        "person_id": typed.person_id,
    }


def _document(typed: Party, field: str) -> str:
    cleaned = measured(text.fold_code(typed.document_number), field, text.SHORT)
    if text.lost_digits(cleaned):
        raise InputError("A spreadsheet has cut this number's digits. Copy it again as text.", field=field)
    return cleaned


def parties(typed: tuple[Party, ...]) -> list[dict[str, Any]]:
    """The persons of an entry by position; nobody when nothing is known of anyone. Raises InputError."""
    rows = [party(one, position) for position, one in enumerate(typed)]
    rows = [row for position, row in enumerate(rows) if position == 0 or any(row.values())]
    if len(rows) > MAX_PARTIES:
        raise InputError(
            "A group is heard through at most five representatives besides its speaker.", field="parties"
        )
    return rows if any(any(row.values()) for row in rows) else []


def party_size(size: int, persons: int) -> int:
    """How many came: at least one, and at least as many as are named. Raises InputError."""
    if not 1 <= size <= MOST_PEOPLE:
        raise InputError(
            "The number of people is at least 1; {size} cannot be.", field="party_size", size=size
        )
    return max(size, persons)


def details(typed: Details, category: Category | None) -> dict[str, Any]:
    """The columns of the rarely used fields. Raises InputError."""
    if typed.visits is not None and category is not Category.PETITION:
        raise InputError("First or repeat visit is asked of petitions only.", field="visits")
    people = typed.people_concerned
    if people is not None and not 0 <= people <= 9_999_999:
        raise InputError("{size} people cannot be concerned.", field="people_concerned", size=people)
    row: dict[str, Any] = {}
    for name in DETAIL_FIELDS:
        value = getattr(typed, name)
        if name == "plate":
            value = measured(text.fold_code(value), name, text.SHORT)
        elif isinstance(value, str) and not hasattr(value, "value"):
            value = line(value, name)
        row[name] = value.value if hasattr(value, "value") else value
    return row


def check_category(category: Category | None, kind: Kind) -> None:
    """Raises InputError when a call is called a delivery, or the like."""
    if category is not None and category not in categories(kind):
        raise InputError(
            "'{category}' does not go with this kind of entry.", field="category", category=category.value
        )


def check_visitor(kind: Kind, values: dict[str, Any]) -> None:
    """Raises InputError when a call is said to wait, to leave or to park a car."""
    if kind is not Kind.VISIT:
        for field, value in values.items():
            if value:
                raise InputError("Only a visitor waits, leaves or parks a car.", field=field)


def check_act(act: Act | None, result: CallResult | None, *, known_target: bool) -> None:
    """Raises InputError when an act lacks what it needs."""
    if act is Act.PUT_THROUGH and result is None:
        raise InputError("Say how putting through ended: connected, no answer or busy.", field="call_result")
    if act is not Act.PUT_THROUGH and result is not None:
        raise InputError("Only a call that is put through is connected or not.", field="call_result")
    if act is Act.PUT_THROUGH and not known_target:
        raise InputError("Say to which department or to whom the call is put through.", field="department_id")


def status_of(act: Act | None, result: CallResult | None) -> EntryStatus:
    """Answered, pointed and connected are finished; nothing yet, not connected, and referred are open."""
    if act in (Act.ANSWERED, Act.POINTED) or (act is Act.PUT_THROUGH and result is CallResult.CONNECTED):
        return EntryStatus.FINISHED
    return EntryStatus.OPEN


def check_instants(now: dt.datetime, received: dt.datetime, later: dict[str, dt.datetime | None]) -> None:
    """Refuse the future, and whatever would come before its own arrival. Raises InputError."""
    if received > now + CLOCK_SLACK:
        raise InputError("This time is still to come.", field="received_at")
    if received.year < EARLIEST_YEAR:
        raise InputError("This time is too long ago.", field="received_at")
    for field, instant in later.items():
        if instant is None:
            continue
        if instant.replace(second=59, microsecond=999_999) < received:
            raise InputError("This is before the arrival.", field=field)
        if instant > now + CLOCK_SLACK:
            raise InputError("This time is still to come.", field=field)


def known_day(moment: dt.datetime | None, field: str) -> dt.datetime | None:
    """A point in time that has a day everywhere on earth. Raises InputError for one off every calendar."""
    if moment is not None and moment.year < EARLIEST_YEAR:
        raise InputError("This time is too long ago.", field=field)
    if moment is not None and moment.year >= dt.MAXYEAR:
        raise InputError("No calendar reaches that far.", field=field)
    return moment


def warnings(
    texts: dict[str, Any], cleaner: Callable[[str], tuple[str, ...]] = text.private_use
) -> tuple[str, ...]:
    """The private-use characters among the kept texts, each once: accepted, and reported."""
    return cleaner("".join(value for value in texts.values() if isinstance(value, str)))
