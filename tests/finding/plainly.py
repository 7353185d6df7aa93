"""The rules of Find, applied plainly to every entry: what the postings must never differ from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import select

from reception import numbers, pinyin, tables
from reception import text as rules
from reception.context import Session
from reception.errors import InputError
from reception.facts import Query
from reception.finding import beside

fold = cache(rules.fold)
readings = cache(pinyin.readings)
PHONE = re.compile(r"[+(（]?[0-9０-９][-+()0-9０-９（）－ .]*")


@dataclass(frozen=True)
class Plain:
    """An entry with its persons, as they are kept."""

    row: dict[str, Any]
    persons: list[dict[str, Any]]
    desk: str
    clerk: str
    matter: str

    @property
    def number(self) -> numbers.Number:
        return numbers.Number(self.row["day"], self.row["sequence"], self.desk, self.row["epoch"])


def everything(session: Session) -> list[Plain]:
    """All entries, the newest first."""
    run = session.connection().execute
    persons: dict[int, list[dict[str, Any]]] = {}
    for one in run(select(tables.party)).mappings():
        persons.setdefault(one["entry_id"], []).append(dict(one))
    for table, columns in beside.TEXTS.items():  # as somebody of whom only an organisation is known
        for one in run(select(tables.OF_ENTRY[table])).mappings():
            if one["status"] == "standing":
                blank = {"name": "", "phone": "", "phone_digits": ""}
                lines = [{**blank, "organisation": one[column]} for column in columns]
                persons.setdefault(one["entry_id"], []).extend(lines)
    desks = {row.id: row.code for row in run(select(tables.desk))}
    clerks = {row.id: row.name for row in run(select(tables.operator))}
    matters = {row.id: row.name for row in run(select(tables.matter))}
    return [
        Plain(
            dict(row),
            persons.get(row["id"], []),
            desks[row["desk_id"]],
            clerks[row["operator_id"]],
            matters.get(row["matter_id"], ""),
        )
        for row in run(select(tables.entry).order_by(tables.entry.c.id.desc())).mappings()
    ]


def answer(every: list[Plain], today: int, query: Query) -> list[int]:
    """Ids of those that answer a question, in their order."""
    text = rules.clean_line(query.text)
    kept = [one for one in every if _passes(one, query)]
    try:
        number = numbers.parse_number(text)
    except InputError:
        pass
    else:
        if any(one.number == number for one in every):
            return [one.row["id"] for one in kept if one.number == number]
    return [one.row["id"] for one in kept if _answers(one, text, today)]


def _passes(one: Plain, query: Query) -> bool:
    row = one.row
    return (
        (query.from_day is None or row["day"] >= query.from_day)
        and (query.to_day is None or row["day"] <= query.to_day)
        and (query.kind is None or row["kind"] == query.kind)
        and (query.status is None or row["status"] == query.status)
        and (query.act is None or row["act"] == query.act)
        and (query.department_id is None or row["department_id"] == query.department_id)
        and (not query.operator or one.clerk == query.operator)
    )


def _answers(one: Plain, text: str, today: int) -> bool:
    words = text.split()
    if PHONE.fullmatch(text):
        plain, spelled = re.sub("[^0-9]", "", rules.clean_phone(text)), rules.phone_numbers(text)
        wanted = [plain, *(spelled if len(spelled) == 1 else ())]
        if any(len(digits) >= 3 for digits in wanted):
            found = any(len(digits) >= 3 and _telephone(one, digits) for digits in wanted)
            return found or all(_word(one, word) for word in words) or _is_short(one, text, today)
    if all(_word(one, word) or _is_short(one, word, today) for word in words):
        return True
    folded = [fold(word) for word in words]
    return len(words) > 1 and all(map(_is_letters, folded)) and _sounds(one, "".join(folded))


def _word(one: Plain, word: str) -> bool:
    folded = fold(word)
    texts = [one.row[name] for name in ("subject", "request", "outcome")]
    texts += [text for person in one.persons for text in (person["name"], person["organisation"])]
    if any(folded in fold(text) for text in (*texts, one.matter)):
        return True
    digits = rules.phone_digits(word)
    if PHONE.fullmatch(word) and len(digits) >= 3 and _telephone(one, digits):
        return True
    few = re.fullmatch("[0-9]{1,2}", folded)
    if not few and any(folded in fold(person["phone"]) for person in one.persons):
        return True
    return _is_letters(folded) and _sounds(one, folded)


def _telephone(one: Plain, digits: str) -> bool:
    return any(digits in number for person in one.persons for number in person["phone_digits"].split(" "))


def _is_letters(folded: str) -> bool:
    return re.fullmatch("[a-zü][a-zü'’]*", folded) is not None


def _sounds(one: Plain, folded: str) -> bool:
    letters = re.sub("['’]", "", folded).replace("ü", "v")
    return len(letters) >= 2 and any(_readings(person["name"], letters) for person in one.persons)


def _readings(name: str, letters: str) -> bool:
    found = readings(name)
    first = any(reading.startswith(letters) for reading in (found.full + " " + found.initials).split(" "))
    return first or (len(letters) >= 4 and any(letters in reading for reading in found.full.split(" ")))


def _is_short(one: Plain, text: str, today: int) -> bool:
    found = numbers.parse_short(text, today)
    if found is None:
        return False
    day, desk, sequence = found
    return (one.row["day"], one.row["sequence"]) == (day, sequence) and desk in (None, one.desk)
