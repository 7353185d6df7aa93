"""Which person each party of an entry is: found when the entry is saved or corrected, or chosen by the clerk.

Persons that exist are locked in the order of their ids and new ones made in the order of their identities, so
that desks that save the same people at once wait for each other. What leads to a person stands in one unique
column, ``person_phone.identity``, so that two who share but a second number do not make two of it: one fails
and begins again (``store.trouble``), and so does one of two who come to wait in a circle.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, update
from sqlalchemy import text as sql

from reception import persons as rule
from reception import tables
from reception.context import Session
from reception.errors import InputError
from reception.facts import Category, EntryStatus, Visibility, visibility
from reception.operations.people import keys, statements

_P, _T, _E, _N = tables.person, tables.phone, tables.entry, tables.party
Row = dict[str, Any]


@dataclass(slots=True)
class Link:
    """A party on its way to its person. ``chosen`` is whom the clerk chose: the journal tells of it."""

    row: Mapping[str, Any]
    identities: tuple[str, ...]
    chosen: int | None = None
    person_id: int | None = None


def link(
    session: Session, entry_id: int, received_at: dt.datetime, parties: Sequence[Mapping[str, Any]]
) -> list[Link]:
    """Find or make the persons of a new entry, and count its visit; their rows say whom the clerk chose.

    Raises InputError for a choice that is nobody.
    """
    links = [Link(row, rule.identities_of(row), row["person_id"]) for row in parties]
    if len(links) == 1 and links[0].chosen is None:
        if links[0].identities:
            _one(session.connection(), links, entry_id, received_at, visits=1)
        return links
    find(session, links, entry_id, received_at, visits=1)
    return links


def nobody(parties: Sequence[dict[str, Any]]) -> list[Link]:
    """Of an accusation or a report: they lead to no person, as nobody is to be known by having told one."""
    return [Link(row, (), None) for row in parties]


def find(
    session: Session, links: Sequence[Link], entry_id: int, received_at: dt.datetime, *, visits: int
) -> None:
    """Lead each link to its person, existing ones first; ``visits`` is 0 where the entry does not count."""
    connection = session.connection()
    known: dict[int, list[Link]] = {}
    new: dict[str, list[Link]] = {}
    for one in links:
        there = _settle(connection, one)
        if there is not None:
            known.setdefault(there, []).append(one)
        elif one.identities:
            new.setdefault(one.identities[0], []).append(one)
    counted: set[int] = set()
    for person_id in sorted(known):
        row = statements.locked(connection, person_id, received_at)
        _come(connection, row, known[person_id], entry_id, received_at, visits)
        counted.add(person_id)
    for identity in sorted(new):
        _one(connection, new[identity], entry_id, received_at, visits=visits, counted=counted)


def _settle(connection: Connection, one: Link) -> int | None:
    """The person that is there already; a choice that says what name and number say is none."""
    found = statements.found(connection, one.identities)
    if one.chosen is None:
        return found
    check_there(connection, one.chosen)
    if found is not None and root(connection, found) == root(connection, one.chosen):
        one.chosen = None
        return found
    return one.chosen


def check_there(connection: Connection, person_id: int) -> None:
    """Raises InputError for a choice that is nobody."""
    if connection.scalar(select(_P.c.id).where(_P.c.id == person_id)) is None:
        raise InputError("This person is not in the register any more.", field="person")


def root(connection: Connection, person_id: int) -> int:
    """The person into whom somebody was merged, at the end of the line; most were not."""
    here = person_id
    while (above := connection.scalar(select(_P.c.merged_into).where(_P.c.id == here))) is not None:
        here = above
    return here


def _one(
    connection: Connection,
    links: Sequence[Link],
    entry_id: int,
    received_at: dt.datetime,
    *,
    visits: int,
    counted: set[int] | None = None,
) -> None:
    """Lead links with one identity to their person, who is made if need be."""
    row = statements.known(connection, links[0].identities, received_at)
    if row is None:
        row = _made(connection, links[0], entry_id, received_at, visits)
        if row is not None:
            for one in links:
                one.person_id = row
            if counted is not None:
                counted.add(row)
            if len(links) > 1 or len(links[0].identities) > 1:
                there = statements.locked(connection, row, received_at)
                _come(connection, there, links, entry_id, received_at, 0)
            return
        row = statements.known(connection, links[0].identities, received_at)
        assert row is not None  # another desk made it at the same moment
    person_id = row.id
    _come(connection, row, links, entry_id, received_at, 0 if counted and person_id in counted else visits)
    if counted is not None:
        counted.add(person_id)


def _made(
    connection: Connection, one: Link, entry_id: int, received_at: dt.datetime, visits: int
) -> int | None:
    values = fresh(one.row, one.identities[0])
    if visits:
        values |= {"times": 1, "last_entry_id": entry_id, "last_at": received_at}
    values["seen_id"] = entry_id
    person_id = statements.insert_person(connection, values)
    if person_id is None:
        return None
    for digits, shown in rule.shown_numbers(one.row["phone"], one.row["phone_digits"]).items():
        # the identity stands here too: another desk may be making it somebody's second one at this moment
        statements.insert_phone(connection, person_id, digits, shown, one.identities[0])
        break  # the first is the identity's; further ones need a look at whose they are
    return person_id


def fresh(party: Mapping[str, Any], identity: str) -> Row:
    """A person as one entry tells of it, before any visit is counted."""
    name = "" if rule.anonymous(party["name"]) else party["name"]
    shown = rule.shown_numbers(party["phone"], party["phone_digits"])
    return {
        "identity": identity,
        "name": name,
        "organisation": party["organisation"],
        "sex": party["sex"],
        "times": 0,
        "last_entry_id": None,
        "last_at": None,
        "texts": rule.texts(name, party["organisation"]),
        "digits": rule.numbers(list(shown)[:1]),
    }


def _come(
    connection: Connection,
    row: Any,
    links: Sequence[Link],
    entry_id: int,
    received_at: dt.datetime,
    visits: int,
) -> None:
    """What another entry tells of somebody known."""
    name, organisation, sex, digits = row.name, row.organisation, row.sex, row.digits
    for one in links:
        party = one.row
        one.person_id = row.id
        told = "" if rule.anonymous(party["name"]) else party["name"]
        name = rule.better_name(name, told, later=row.later)
        if party["organisation"] and (row.later or not organisation):
            organisation = party["organisation"]
        if party["sex"] and (row.later or not sex):
            sex = party["sex"]
        digits = _numbers(connection, row.id, digits, one)
    values = {"name": name, "organisation": organisation, "sex": sex, "digits": digits}
    same_texts = name == row.name and organisation == row.organisation
    values["texts"] = row.texts if same_texts else rule.texts(name, organisation)
    values |= {"person_id": row.id, "entry_id": entry_id, "at": received_at, "visits": visits}
    statements.come(connection, values)


def _numbers(connection: Connection, person_id: int, digits: str, one: Link) -> str:
    """Note the numbers that are new for somebody, and that they lead to them from now on."""
    shown = rule.shown_numbers(one.row["phone"], one.row["phone_digits"])
    known = digits.split()
    if not (one.chosen or any(number not in known for number in shown)):
        return digits
    for (number, written), identity in zip(shown.items(), one.identities, strict=False):
        leads = None if statements.found(connection, (identity,)) is not None else identity
        statements.insert_phone(connection, person_id, number, written, leads)
    return rule.numbers([*known, *shown])


def relink(session: Session, entry_id: int, before: Iterable[int | None] = ()) -> None:
    """Work out anew who the people of an entry are, after its line is written; count their visits again.

    ``before`` are persons of parties that are gone.
    """
    connection = session.connection()
    columns = (_E.c.received_at, _E.c.status, _E.c.category)
    entry = connection.execute(select(*columns).where(_E.c.id == entry_id)).one()
    query = select(_N).where(_N.c.entry_id == entry_id).order_by(_N.c.position)
    parties = [dict(row) for row in connection.execute(query).mappings()]
    concerned = {*before, *(row["person_id"] for row in parties)}
    told = choices(connection, entry_id)
    if visibility(Category(entry.category) if entry.category else None) is not Visibility.PLAIN:
        for row in parties:  # what the journal says of older ones stands
            if row["person_id"] != told.get(row["position"]):
                chosen = {"person_id": told.get(row["position"])}
                connection.execute(update(_N).where(_N.c.id == row["id"]), chosen)
    elif entry.status != EntryStatus.VOID:
        links = [Link(row, rule.identities_of(row), told.get(row["position"])) for row in parties]
        _find_again(session, links, entry_id, entry.received_at)
        concerned |= {one.person_id for one in links}
    people = sorted(person_id for person_id in concerned if person_id is not None)
    recount(session, people)
    keys.write(session, people)


def _find_again(session: Session, links: list[Link], entry_id: int, received_at: dt.datetime) -> None:
    chosen = [one for one in links if one.chosen is not None]
    find(session, [one for one in links if one.chosen is None], entry_id, received_at, visits=0)
    for one in chosen:  # what the journal says stands, also where name and number would say the same by now
        assert one.chosen is not None
        row = statements.locked(session.connection(), one.chosen, received_at)
        _come(session.connection(), row, [one], entry_id, received_at, 0)
    for one in links:
        if one.person_id != one.row["person_id"]:
            session.connection().execute(
                update(_N).where(_N.c.id == one.row["id"]), {"person_id": one.person_id}
            )


def choices(connection: Connection, entry_id: int) -> dict[int, int]:
    """The persons whom the journal tells of: by position, those that a clerk chose."""
    line, private = tables.journal, tables.private
    query = (
        select(private.c.changes)
        .join(line, line.c.id == private.c.journal_id)
        .where(line.c.subject_kind == "entry", line.c.subject_id == entry_id)
        .order_by(line.c.id)
    )
    told: dict[int, int | None] = {}
    for text in connection.scalars(query):
        if "person_id" not in text:
            continue
        for key, pairs in json.loads(text).items():
            if key.startswith("party/") and "person_id" in pairs:
                told[int(key.partition("/")[2])] = pairs["person_id"][1]
    return {position: person_id for position, person_id in told.items() if person_id is not None}


def recount(session: Session, people: Sequence[int]) -> None:
    """Count the visits of these persons anew, the last one too."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        lock = sql("SELECT id FROM person WHERE id = ANY(:people) ORDER BY id FOR NO KEY UPDATE")
        connection.execute(lock, {"people": list(people)})
    for person_id in people:
        visits = (
            select(_E.c.id, _E.c.received_at)
            .where(
                _E.c.id.in_(select(_N.c.entry_id).where(_N.c.person_id == person_id)),
                _E.c.status != EntryStatus.VOID.value,
            )
            .order_by(_E.c.received_at.desc(), _E.c.id.desc())
        )
        last = connection.execute(visits.limit(1)).one_or_none()
        times = connection.scalar(select(func.count()).select_from(visits.subquery()))
        values = {
            "times": times,
            "last_entry_id": last.id if last else None,
            "last_at": last.received_at if last else None,
        }
        connection.execute(update(_P).where(_P.c.id == person_id), values)
