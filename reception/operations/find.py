"""Find: entries by what is written in them, newest first."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from reception import tables
from reception import text as rules
from reception.context import Session
from reception.errors import InputError
from reception.facts import EntryRow, Query
from reception.numbers import parse_number, parse_short
from reception.operations import cleaning, site
from reception.operations.reading import entry_columns, entry_row, find_entry

_E, _P = tables.entry, tables.party.alias("anyone")
LEAST_DIGITS = 3
_PHONE = re.compile(r"[+(（]?[0-9０-９][-+()0-9０-９（）－ .]*\Z")
"""One telephone number, in whatever groups it was typed."""
_NO_DIGIT = re.compile("[^0-9]")


def entries(
    session: Session, query: Query, *, before: int | None = None, limit: int = 50
) -> tuple[EntryRow, ...]:
    """The entries that contain every word of ``query.text`` and pass its filters, newest first.

    ``before`` is the id of the last entry of the page above. A whole number finds its entry, a
    short one (``002``, ``1122-002``) that of its day; three digits or more are also looked for in phone
    numbers, however either was written. Case is ignored. Raises InputError for a text that is too long.
    """
    statement = entry_columns().order_by(_E.c.id.desc()).limit(limit)
    for condition in _filters(query):
        statement = statement.where(condition)
    if before is not None:
        statement = statement.where(_E.c.id < before)
    cleaned = cleaning.line(query.text, "text")
    if (number := _number(session, cleaned)) is not None:
        statement = statement.where(_E.c.id == number)
    elif _PHONE.match(cleaned) and (whole := _as_one_phone(cleaned)):
        words = and_(*map(_contains, cleaned.split()))
        statement = statement.where(or_(_of_person(*whole), words, *_short(session, cleaned)))
    else:
        for word in dict.fromkeys(cleaned.split()):
            statement = statement.where(or_(_contains(word), *_short(session, word)))
    return tuple(entry_row(row) for row in session.connection().execute(statement).mappings())


def _filters(query: Query) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.from_day is not None:
        conditions.append(_E.c.day >= query.from_day)
    if query.to_day is not None:
        conditions.append(_E.c.day <= query.to_day)
    if query.kind is not None:
        conditions.append(_E.c.kind == query.kind.value)
    if query.status is not None:
        conditions.append(_E.c.status == query.status.value)
    if query.act is not None:
        conditions.append(_E.c.act == query.act.value)
    if query.department_id is not None:
        conditions.append(_E.c.department_id == query.department_id)
    return conditions


def _number(session: Session, text: str) -> int | None:
    try:
        return find_entry(session, parse_number(text))
    except InputError:
        return None


def _short(session: Session, text: str) -> list[ColumnElement[bool]]:
    """The entry that the day's list calls so, among what else is found."""
    found = parse_short(text, site.today(session))
    if found is None:
        return []
    day, desk, sequence = found
    conditions = [_E.c.day == day, _E.c.sequence == sequence]
    if desk is not None:
        conditions.append(tables.desk.c.code == desk)
    return [and_(*conditions)]


def _contains(word: str) -> ColumnElement[bool]:
    texts: list[Any] = [_E.c.subject, _E.c.request, _E.c.outcome]
    persons: list[Any] = [_P.c.name, _P.c.organisation, _P.c.phone]
    of_person = [column.icontains(word, autoescape=True) for column in persons]
    if len(digits := rules.phone_digits(word)) >= LEAST_DIGITS:
        of_person.append(_digits(digits))
    named = select(tables.matter.c.id).where(tables.matter.c.name.icontains(word, autoescape=True))
    return or_(
        *(column.icontains(word, autoescape=True) for column in texts),
        _of_person(*of_person),
        _E.c.matter_id.in_(named),
    )


def _as_one_phone(typed: str) -> list[ColumnElement[bool]]:
    """Telephones that hold all the digits typed, or the one number that they spell (without +86)."""
    plain = _NO_DIGIT.sub("", rules.clean_phone(typed))
    spelled = rules.phone_numbers(typed)
    wanted = {plain, *(spelled if len(spelled) == 1 else ())}
    return [_digits(digits) for digits in sorted(wanted) if len(digits) >= LEAST_DIGITS]


def _digits(digits: str) -> ColumnElement[bool]:
    return _P.c.phone_digits.contains(digits, autoescape=True)


def _of_person(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists(select(_P.c.id).where(_P.c.entry_id == _E.c.id, or_(*conditions)).correlate(_E))
