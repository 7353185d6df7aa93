"""What is worked out of persons, beside the entries that it comes from: whose visits, how many, the last."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, case, func, or_, select

from reception import persons as rule
from reception import tables
from reception.store.comparing import Rows, wrong
from reception.wording import N_

_P, _T, _E, _N = tables.person, tables.phone, tables.entry, tables.party
_COUNTS = N_("Person {person} has {times} visits in the register, but {counted} in its entries.")
_LAST = N_("The last visit of person {person} is not the one that the register says.")
_LINK = N_("An entry leads to person {person}, whose name and number are other ones.")


def links(rows: Rows) -> Iterator[int]:
    """Compare the persons with the entries; yields 0 from time to time. Raises RegisterUnusableError."""
    _counts(rows.connection)
    yield 0
    _last(rows.connection)
    yield 0
    yield from _identities(rows)


def _counts(connection: Connection) -> None:
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
    row = connection.execute(query.limit(1)).one_or_none()
    if row is not None:
        wrong(_COUNTS, person=row.id, times=row.times, counted=row.counted)


def _last(connection: Connection) -> None:
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
        found = connection.scalar(query.limit(1))
        if found is not None:
            wrong(_LAST, person=found)


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
            wrong(_LINK, person=row["person_id"])
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
