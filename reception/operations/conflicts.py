"""Two who correct one entry: the second is shown what the first changed; nothing is overwritten unseen."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from enum import Enum
from typing import Any

from sqlalchemy import RowMapping, select

from reception import tables
from reception import text as rules
from reception.context import Session, present
from reception.errors import ConflictError
from reception.facts import Party
from reception.operations import cleaning, touching
from reception.wording import N_

_PERSON = ("name", "phone", "organisation", "sex", "document_type", "document_number")
_NAMED = {"department_id": tables.department, "matter_id": tables.matter}
_CORRECTED = frozenset(column.name for column in tables.entry.columns) - {
    "status",
    "void_reason",
    "left_estimated",
}


def refuse(
    session: Session,
    touched: touching.Touched,
    persons: Mapping[int, Any],
    mine: Mapping[str, Any],
    version: int,
) -> None:
    """Raise ConflictError with the fields changed since ``version`` to something else than in ``mine``.

    Steps of a referral change no field of the entry and are in nobody's way.
    """
    row = touched.row
    differences = []
    for name in _changed_since(session, row["id"], version):
        theirs = _persons(persons) if name == "parties" else row[name]
        if name not in mine:
            differences.append((name, "", _shown(session, name, theirs)))
        elif (own := _kept(name, mine[name])) != _plain(theirs):
            differences.append((name, _shown(session, name, own), _shown(session, name, theirs)))
    if differences:
        raise ConflictError(
            "Somebody else changed {number} meanwhile. Compare both and decide; nothing was written.",
            differences=tuple(differences),
            version=row["version"],
            number=str(touching.number_of(row)),
        )


def refuse_beside(
    session: Session, touched: touching.Touched, beside: RowMapping, mine: Mapping[str, Any], version: int
) -> None:
    """Raise ConflictError with the fields that both sides changed since ``version``.

    Fields are those of the entry and of the row ``beside`` it (a paper's).
    """
    row, differences = touched.row, []
    stands = {**beside, **row}
    for name in _changed_since(session, row["id"], version, beside=True):
        if name in mine and (own := _kept(name, mine[name])) != _plain(stands[name]):
            differences.append((name, _shown(session, name, own), _shown(session, name, stands[name])))
    if differences:
        raise ConflictError(
            "Somebody else changed {number} meanwhile. Compare both and decide; nothing was written.",
            differences=tuple(differences),
            version=row["version"],
            number=str(touching.number_of(row)),
        )


def _changed_since(session: Session, entry_id: int, version: int, *, beside: bool = False) -> list[str]:
    """The fields that later acts changed; an entry's version is the count of its journal lines."""
    lines = (
        select(tables.private.c.changes)
        .join(tables.journal, tables.journal.c.id == tables.private.c.journal_id)
        .where(tables.journal.c.subject_kind == "entry", tables.journal.c.subject_id == entry_id)
        .order_by(tables.journal.c.id)
        .offset(version)
    )
    names: dict[str, None] = {}
    for text in session.connection().scalars(lines):
        for key, columns in json.loads(text).items():
            if key == "entry":
                names.update(dict.fromkeys(name for name in columns if name in _CORRECTED))
            elif key.startswith("party/"):
                names["parties"] = None
            elif beside and key.partition("/")[0] in tables.OF_ENTRY:
                names.update(dict.fromkeys(columns))
    return list(names)


def _kept(name: str, value: Any) -> Any:
    """What would be kept of what was typed, so that equal values do not look different."""
    if name == "parties":
        return tuple(_typed_person(one) for one in value)
    if name in cleaning.LONG_FIELDS:
        return _plain(rules.clean_text(value))
    if name == "plate":
        return _plain(rules.fold_code(value))
    return _plain(
        rules.clean_line(value) if isinstance(value, str) and not isinstance(value, Enum) else value
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return None if value == "" else value


def _typed_person(typed: Party) -> tuple[str, ...]:
    kept = {
        "name": rules.clean_name(typed.name),
        "phone": rules.clean_phone(typed.phone),
        "organisation": rules.clean_line(typed.organisation),
        "sex": typed.sex.value if typed.sex else "",
        "document_type": rules.clean_line(typed.document_type),
        "document_number": rules.fold_code(typed.document_number),
    }
    return tuple(kept[name] for name in _PERSON)


def _persons(rows: Mapping[int, Any]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row[name] or "" for name in _PERSON) for _, row in sorted(rows.items()))


def _shown(session: Session, name: str, value: Any) -> str:
    """A value as a person reads it: names for ids, the site's time, masked document numbers."""
    if value is None or value == ():
        return ""
    if name == "parties":
        return "; ".join(" ".join(filter(None, (*one[:-1], rules.mask_document(one[-1])))) for one in value)
    if name in _NAMED:
        table = _NAMED[name]
        query = select(table.c.name).where(table.c.id == value)
        return session.connection().scalar(query) or str(value)
    if isinstance(value, dt.datetime):
        return value.astimezone(present(session).zone).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, bool):
        return N_("yes") if value else N_("no")
    return str(value)
