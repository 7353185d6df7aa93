"""What is worked out of persons, beside the entries that it comes from: names, visits, the last one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import case, exists, func, or_, select

from reception import persons as rule
from reception import tables
from reception.store.comparing import Rows
from reception.store.wrong import Fields
from reception.text import fold, phone_numbers
from reception.wording import N_

_P, _T, _E, _N = tables.person, tables.phone, tables.entry, tables.party
_COUNTS = N_("Person {person} has {times} visits in the register, but {counted} in its entries.")
_LAST = N_("The last visit of person {person} is not the one that the register says.")
_TOLD = N_("Person {person}: no entry ever said what stands there ({fields}).")
_LINK = N_("An entry leads to person {person}, whose name and number are other ones.")


def links(rows: Rows) -> Iterator[Iterator[int]]:
    """Compare the persons with the entries, part by part; each yields 0 from time to time."""
    return (part(rows) for part in (_counts, _last, _identities, _told))


def _counts(rows: Rows) -> Iterator[int]:
    visits = (
        select(_N.c.person_id, func.count(func.distinct(_E.c.id)).label("counted"))
        .join(_E, _E.c.id == _N.c.entry_id)
        .where(_N.c.person_id.is_not(None), _E.c.status != "void")
        .group_by(_N.c.person_id)
        .subquery()
    )
    counted = func.coalesce(visits.c.counted, 0)
    query = (
        select(_P.c.id, _P.c.times, counted.label("counted"))
        .outerjoin(visits, visits.c.person_id == _P.c.id)
        .where(_P.c.times != counted)
        .order_by(_P.c.id)
    )
    for row in rows.connection.execute(query):
        rows.found.note(_COUNTS, person=row.id, times=row.times, counted=row.counted)
        yield 0


def _last(rows: Rows) -> Iterator[int]:
    """The last visit is one that counts, at its own time, and none that counts is later."""
    entry = _E.alias("last")
    there = (
        select(_P.c.id)
        .outerjoin(entry, entry.c.id == _P.c.last_entry_id)
        .where(
            case(
                (_P.c.times == 0, or_(_P.c.last_entry_id.is_not(None), _P.c.last_at.is_not(None))),
                else_=or_(
                    entry.c.id.is_(None),
                    entry.c.status == "void",
                    _P.c.last_at.is_(None),
                    entry.c.received_at != _P.c.last_at,
                ),
            )
        )
    )
    later = (
        select(_P.c.id)
        .join(_N, _N.c.person_id == _P.c.id)
        .join(_E, _E.c.id == _N.c.entry_id)
        .where(_E.c.status != "void", _E.c.received_at > _P.c.last_at)
    )
    for query in (there, later):
        for person in rows.connection.scalars(query.order_by(_P.c.id)):
            rows.found.note(_LAST, person=person)
            yield 0


def _identities(rows: Rows) -> Iterator[int]:
    """Whom a party leads to without a clerk's choice is known by what the party says."""
    second = select(_T.c.person_id, _T.c.identity).where(_T.c.identity.is_not(None))
    others: dict[int, set[str]] = {}
    for row in rows.connection.execute(second):
        others.setdefault(row.person_id, set()).add(row.identity)
    query = select(_N, _P.c.identity).join(_P, _P.c.id == _N.c.person_id)
    told = _choices(rows)
    for count, row in enumerate(rows.stream(query, "entry_party")):
        known = rule.identities_of(row)
        leads = row["identity"] in known or not others.get(row["person_id"], set()).isdisjoint(known)
        if not leads and (row["entry_id"], row["position"]) not in told:
            rows.found.note(_LINK, person=row["person_id"])
        if count % 1_000 == 0:
            yield 0


def _choices(rows: Rows) -> set[tuple[int, Any]]:
    """The parties whose person a clerk chose at some time, by entry and position."""
    line, private = tables.journal, tables.private
    query = (
        select(line.c.subject_id, private.c.changes)
        .join(private, private.c.journal_id == line.c.id)
        .where(line.c.subject_kind == "entry", private.c.changes.contains('"person_id"'))
    )
    return {
        (row["subject_id"], int(key.partition("/")[2]))
        for row in rows.stream(query, "journal")
        for key, pairs in json.loads(row["changes"]).items()
        if key.startswith("party/") and "person_id" in pairs
    }


def _told(rows: Rows) -> Iterator[int]:
    """Name, organisation and numbers of a person were said by an entry, now or before it was corrected."""
    doubtful: dict[tuple[str, str], set[tuple[int, str]]] = {}
    for person, field, value in (*_texts(rows), *_numbers(rows)):
        doubtful.setdefault((_SAID[field], value), set()).add((person, field))
        yield 0
    if not doubtful:
        return
    line, private = tables.journal, tables.private
    query = (
        select(private.c.changes)
        .join(line, line.c.id == private.c.journal_id)
        .where(line.c.subject_kind == "entry", private.c.changes.contains('"party/'))
    )
    for row in rows.stream(query, "journal"):
        for said in _values(json.loads(row["changes"])):
            doubtful.pop(said, None)
        yield 0
    for person, field in sorted(one for those in doubtful.values() for one in those):
        rows.found.note(_TOLD, person=person, fields=Fields(("phone" if field == "shown" else field,)))


_SAID = {"name": "name", "organisation": "organisation", "phone": "phone_digits", "shown": "shown"}
"""What an entry's person says it with."""


def _values(changes: dict[str, dict[str, list[Any]]]) -> Iterator[tuple[str, str]]:
    for key, pairs in changes.items():
        if key.startswith("party/"):
            for name in ("name", "organisation"):
                yield from ((name, value) for value in pairs.get(name, ()) if value)
            numbers = {one for digits in pairs.get("phone_digits", ()) for one in (digits or "").split()}
            yield from (("phone_digits", one) for one in numbers)
            for phone in pairs.get("phone", ()):
                yield from (("shown", f"{one}\n{phone}") for one in numbers)


def _texts(rows: Rows) -> Iterator[tuple[int, str, str]]:
    """Names and organisations that no entry of theirs says now, nor their identity."""
    for column in (_P.c.name, _P.c.organisation):
        says = exists().where(_N.c.person_id == _P.c.id, _N.c[column.name] == column)
        columns = (_P.c.id, _P.c.identity, column.label("value"))
        for row in rows.stream(select(*columns).where(column != "", ~says), "person"):
            called = column is _P.c.name and row["identity"].startswith(f"{fold(row['value'])}\n")
            if not called:
                yield row["id"], column.name, row["value"]


def _numbers(rows: Rows) -> Iterator[tuple[int, str, str]]:
    """Numbers that are written otherwise than they are compared, or that no identity says."""
    query = select(_T, _P.c.identity.label("own")).join(_P, _P.c.id == _T.c.person_id)
    for row in rows.stream(query, "person_phone"):
        if row["digits"] not in (row["shown"], *phone_numbers(row["shown"])):
            yield row["person_id"], "shown", f"{row['digits']}\n{row['shown']}"
        elif not any((one or "").endswith(f"\n{row['digits']}") for one in (row["own"], row["identity"])):
            yield row["person_id"], "phone", row["digits"]
