"""``FIELD=VALUE`` of ``reception correct``: the keys of the JSON documents, read into changes of an entry."""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
from collections.abc import Callable, Iterable, Mapping

from reception.cli import read
from reception.errors import InputError
from reception.facts import Act, CallResult, Catalogue, Category, Details, Party, Sex, Source, Urgency, Visits

Readers = Mapping[str, Callable[[str], object]]

PERSON = ("name", "phone", "organisation", "sex", "document_type", "document_number")
FIXED = ("number", "uid", "kind", "status", "operator")
_TEXTS = ("subject", "request", "outcome")
_INSTANTS = ("received_at", "left_at", "waiting_since", "seen_at")
_RENAMED = {
    "party": "party_size",
    "matter": "matter_id",
    "department": "department_id",
    "concerned": "concerned_id",
}
_SHOWN = {new: old for old, new in _RENAMED.items()}
_DETAILS = tuple(_SHOWN.get(field.name, field.name) for field in dataclasses.fields(Details))
NAMES = (
    *PERSON,
    *("party", "matter"),
    *_TEXTS,
    *("category", "act", "call_result", "department"),
    *_INSTANTS,
    *_DETAILS,
)


def split(texts: Iterable[str]) -> dict[str, str]:
    """The values by field.

    Raises:
        InputError: there is no ``=``, or the field is unknown, cannot change, or is given twice.
    """
    values: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        name = name.strip().lower().replace("-", "_")
        if not equals:
            raise InputError("'{text}' is not a correction; write FIELD=VALUE.", text=text[:60])
        if name in FIXED:
            raise InputError("The field '{name}' cannot be corrected.", field=name, name=name)
        if name not in NAMES:
            raise _unknown(name)
        if name in values:
            raise InputError("The field '{name}' is given twice.", field=name, name=name)
        values[name] = value
    return values


def changes(
    values: Mapping[str, str],
    persons: tuple[Party, ...],
    catalogue: Catalogue,
    zone: dt.tzinfo,
    today: dt.date,
) -> dict[str, object]:
    """What ``operations.entries.correct`` takes; an empty value takes the old one away.

    Args:
        values: what ``split`` gave.
        persons: the entry's persons as they are; the first is the one whose name, phone … are corrected.
        catalogue: for the codes of departments and the names of matters.
        zone: of times without an offset.
        today: of times without a day.

    Raises:
        InputError: naming the field whose value cannot be read.
    """
    readers = _readers(catalogue, zone, today)
    new: dict[str, object] = {}
    for name, value in values.items():
        if name not in PERSON:
            new[_RENAMED.get(name, name)] = readers[name](value)
    person: dict[str, object] = {name: values[name] for name in PERSON if name in values}
    if person:
        if "sex" in person:
            person["sex"] = _optional(lambda text: read.word(text, Sex, "sex"))(values["sex"])
        main = persons[0] if persons else Party()
        new["parties"] = (dataclasses.replace(main, **person), *persons[1:])  # type: ignore[arg-type]
    return new


def _readers(catalogue: Catalogue, zone: dt.tzinfo, today: dt.date) -> Readers:
    def moment(name: str) -> Callable[[str], object]:
        return _optional(lambda text: read.instant(text, zone, today, name))

    return {
        **dict.fromkeys((*_TEXTS, *_DETAILS), str),
        **{name: moment(name) for name in _INSTANTS},
        "party": lambda text: read.whole(text, "party_size"),
        "matter": _optional(lambda text: read.matter(text, catalogue.matters)),
        "department": _optional(lambda text: read.department(text, catalogue.departments)),
        "concerned": _optional(lambda text: read.department(text, catalogue.departments)),
        "source": _optional(lambda text: read.word(text, Source, "source")),
        "category": _optional(lambda text: read.word(text, Category, "category")),
        "act": _optional(lambda text: read.word(text, Act, "act")),
        "call_result": _optional(lambda text: read.word(text, CallResult, "call_result")),
        "urgency": lambda text: read.word(text, Urgency, "urgency"),
        "visits": _optional(lambda text: read.word(text, Visits, "visits")),
        "people_concerned": _optional(lambda text: read.whole(text, "people_concerned")),
        "evidence": _optional(lambda text: read.yes_no(text, "evidence")),
        "read_back": _optional(lambda text: read.yes_no(text, "read_back")),
        "identity_protected": lambda text: read.yes_no(text, "identity_protected"),
        "callback_wanted": lambda text: read.yes_no(text, "callback_wanted"),
    }


def _optional(reader: Callable[[str], object]) -> Callable[[str], object]:
    return lambda text: reader(text) if text.strip() else None


def _unknown(name: str) -> InputError:
    similar = difflib.get_close_matches(name, NAMES, n=1)
    if similar:
        return InputError(
            "There is no field '{name}'. Did you mean '{similar}'? The fields are: {fields}.",
            name=name[:60],
            similar=similar[0],
            fields=", ".join(NAMES),
        )
    return InputError(
        "There is no field '{name}'. The fields are: {fields}.", name=name[:60], fields=", ".join(NAMES)
    )
