"""What is typed on the command line, read into facts; an InputError says what would have been right."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import uuid
from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from reception.errors import InputError, NotFoundError
from reception.facts import DepartmentFact, MatterFact
from reception.numbers import day_number
from reception.text import clean_line, fold, matches

Uid = uuid.UUID

Word = TypeVar("Word", bound=StrEnum)

_DAY = re.compile(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}\Z")
_INSTANT = re.compile(
    r"(?:(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ])?"
    r"(?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,6})?)?)(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})?\Z"
)
_UID = re.compile(r"(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32})\Z")
_WHOLE = re.compile(r"[+-]?[0-9]{1,9}\Z")
_YES = ("yes", "true", "1", "是", "有")
_NO = ("no", "false", "0", "否", "无")
_SHOWN = 60  # so many characters of what was typed are repeated in a message


def instant(text: str, zone: dt.tzinfo, today: dt.date, field: str = "received_at") -> dt.datetime:
    """A moment in UTC: ``2026-11-22T09:30``, with an offset or at the site's time; ``09:30`` is today.

    Raises:
        InputError: no such form, no such day, or a time that the site's clocks skipped.
    """
    match = _INSTANT.match(text.strip().upper())
    if match is None:
        raise InputError(
            "'{text}' is not a date and time; write it like 2026-11-22T09:30.",
            field=field,
            text=text[:_SHOWN],
        )
    try:
        moment = dt.datetime.fromisoformat(
            f"{match['day'] or today}T{match['time'].replace(',', '.')}{match['offset'] or ''}"
        )
        local = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        utc = local.astimezone(dt.UTC)
        exists = utc.astimezone(local.tzinfo).replace(tzinfo=None) == local.replace(tzinfo=None)
    except (ValueError, OverflowError):
        exists = False
    if not exists:
        raise InputError(
            "'{text}' names a date or time that does not exist.", field=field, text=text[:_SHOWN]
        )
    return utc


def day(text: str) -> int:
    """A day as ``YYYYMMDD`` from ``2026-11-22`` or ``20261122``. Raises InputError."""
    if not _DAY.match(text.strip()):
        raise InputError("'{text}' is not a date; write it like 2026-11-22.", field="day", text=text[:_SHOWN])
    try:
        return day_number(dt.date.fromisoformat(text.strip()))
    except ValueError:
        raise InputError(
            "'{text}' names a day that does not exist.", field="day", text=text[:_SHOWN]
        ) from None


def uid(text: str | None) -> uuid.UUID:
    """The uid that was given, or a new one. Raises InputError when it is malformed."""
    if text is None:
        return uuid.uuid4()
    if not _UID.match(text.strip().lower()):
        raise InputError(
            "'{text}' is not a UID; it looks like 123e4567-e89b-42d3-a456-426614174000.",
            field="uid",
            text=text[:_SHOWN],
        )
    return uuid.UUID(text.strip())


def whole(text: str, field: str) -> int:
    """A whole number. Raises InputError."""
    if not _WHOLE.match(text.strip()):
        raise InputError("'{text}' is not a whole number.", field=field, text=text[:_SHOWN])
    return int(text)


def positive(text: str, field: str) -> int:
    """A whole number of at least 1. Raises InputError."""
    number = whole(text, field)
    if number < 1:
        raise InputError("'{text}' is less than 1.", field=field, text=text[:_SHOWN])
    return number


def word(text: str, words: type[Word], field: str) -> Word:
    """One of the words of an enumeration. Raises InputError, listing them."""
    try:
        return words(text.strip().lower())
    except ValueError:
        raise InputError(
            "'{text}' cannot stand here. Choose one of: {words}.",
            field=field,
            text=text[:_SHOWN],
            words=", ".join(words),
        ) from None


def yes_no(text: str, field: str) -> bool:
    """``yes`` or ``no``. Raises InputError."""
    answer = text.strip().lower()
    if answer not in _YES + _NO:
        raise InputError("'{text}' is neither yes nor no.", field=field, text=text[:_SHOWN])
    return answer in _YES


def department(text: str, departments: Iterable[DepartmentFact]) -> int:
    """The id of the department with this code. Raises NotFoundError, naming what is similar."""
    known = [fact for fact in departments if fact.active]
    code = clean_line(text).upper()
    for fact in known:
        if fact.code.upper() == code:
            return fact.id
    similar = ", ".join(f"{fact.code} {fact.name}" for fact in _similar_departments(text, known))
    if similar:
        raise NotFoundError(
            "There is no department with the code '{text}'. Similar: {similar}.",
            field="department_id",
            text=text[:_SHOWN],
            similar=similar,
        )
    raise NotFoundError(
        "There is no department with the code '{text}'. 'reception departments' lists them.",
        field="department_id",
        text=text[:_SHOWN],
    )


def matter(text: str, matters: Iterable[MatterFact]) -> int:
    """The id of the matter with exactly this name, or of the only one that fits. Raises NotFoundError."""
    known = [fact for fact in matters if fact.active]
    for fact in known:
        if fold(fact.name) == fold(text):
            return fact.id
    fitting = [fact for fact in known if fold(text) and _fits(text, fact)]
    if len(fitting) == 1:
        return fitting[0].id
    if fitting:
        raise NotFoundError(
            "'{text}' fits several matters: {similar}. Write one of the names.",
            field="matter_id",
            text=text[:_SHOWN],
            similar=", ".join(fact.name for fact in fitting[:8]),
        )
    raise NotFoundError(
        "There is no matter '{text}'. 'reception matters' lists them.", field="matter_id", text=text[:_SHOWN]
    )


def _fits(text: str, fact: MatterFact) -> bool:
    found = matches(text, names=fact.name, keywords=fact.keywords, pinyin=fact.pinyin, initials=fact.initials)
    return found is not None


def _similar_departments(text: str, known: list[DepartmentFact]) -> list[DepartmentFact]:
    codes = difflib.get_close_matches(
        clean_line(text).upper(), [fact.code for fact in known], n=3, cutoff=0.4
    )
    similar = [fact for code in codes for fact in known if fact.code == code]
    for fact in known:
        named = matches(text, names=fact.name, pinyin=fact.pinyin, initials=fact.initials, code=fact.code)
        if fold(text) and named is not None and fact not in similar:
            similar.append(fact)
    return similar[:5]
