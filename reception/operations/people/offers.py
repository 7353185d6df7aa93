"""Persons as they are offered: merged records as one, with the last visit and what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, select
from sqlalchemy import text as sql

from reception import persons as rule
from reception import tables
from reception.context import Session
from reception.facts import EntryStatus, Sex
from reception.facts.people import NoteKind, PersonOffer
from reception.numbers import Number

_P, _T, _E, _D = tables.person, tables.phone, tables.entry, tables.desk
LATEST = 100
"""How many of somebody's latest entries are looked through for open cases: a regular has thousands."""
_OPEN = (
    sql(
        "SELECT p.id, (SELECT count(*) FROM (SELECT n.entry_id FROM entry_party AS n "
        f"WHERE n.person_id = p.id ORDER BY n.entry_id DESC LIMIT {LATEST}) AS latest "
        "JOIN entry AS e ON e.id = latest.entry_id WHERE e.status = 'open' AND e.case_id IS NULL) AS cases "
        "FROM person AS p WHERE p.id IN :people"
    )
).bindparams(bindparam("people", expanding=True))
_ROWS = (
    select(
        *(_P.c[name] for name in ("id", "name", "organisation", "sex", "times", "last_at", "seen_id")),
        *(_P.c[name] for name in ("note_kind", "note", "merged_into", "face")),
        _E.c.subject,
        _E.c.day,
        _E.c.epoch,
        _E.c.sequence,
        _E.c.identity_protected,
        _D.c.code.label("desk_code"),
    )
    .outerjoin(_E, _E.c.id == _P.c.last_entry_id)
    .outerjoin(_D, _D.c.id == _E.c.desk_id)
)


@dataclass(slots=True)
class Group:
    """A person: the record that stands, and those merged into it."""

    row: RowMapping
    merged: list[Group] = field(default_factory=list)

    def rows(self) -> list[RowMapping]:
        """All records, the standing one first."""
        return [self.row, *(row for one in self.merged for row in one.rows())]

    def face(self) -> RowMapping:
        """The record that gives the name."""
        chosen = [one for one in self.merged if one.row["face"] is not None]
        return max(chosen, key=lambda one: one.row["face"]).face() if chosen else self.row


def roots(connection: Connection, people: Iterable[int]) -> dict[int, int]:
    """For each person the one into whom they were merged in the end: themselves for most."""
    found = {person_id: person_id for person_id in people}
    waiting = set(found.values())
    while waiting:
        query = select(_P.c.id, _P.c.merged_into).where(_P.c.id.in_(waiting), _P.c.merged_into.is_not(None))
        above = {row.id: row.merged_into for row in connection.execute(query)}
        for person_id, here in found.items():
            found[person_id] = above.get(here, here)
        waiting = set(above.values())
    return found


def members(connection: Connection, people: Sequence[int]) -> list[int]:
    """These persons and all that were merged into them."""
    found, waiting = list(people), list(people)
    while waiting:
        query = select(_P.c.id).where(_P.c.merged_into.in_(waiting))
        waiting = list(connection.scalars(query))
        found += waiting
    return found


def groups(connection: Connection, standing: Sequence[int]) -> list[Group]:
    """The groups of persons who stand for themselves, in the order given; unknown ids are left out."""
    if not standing:
        return []
    rows = connection.execute(_ROWS.where(_P.c.id.in_(members(connection, standing)))).mappings().all()
    made = {row["id"]: Group(row) for row in sorted(rows, key=lambda row: int(row["id"]))}
    for one in made.values():
        above = made.get(one.row["merged_into"])
        if above is not None:
            above.merged.append(one)
    return [made[person_id] for person_id in standing if person_id in made]


def of(session: Session, found: Sequence[Group]) -> tuple[PersonOffer, ...]:
    """The offers for these groups."""
    connection = session.connection()
    people = [row["id"] for one in found for row in one.rows()]
    if not people:
        return ()
    open_cases = {row.id: row.cases for row in connection.execute(_OPEN, {"people": people})}
    phones: dict[int, list[Any]] = {}
    query = select(_T.c.person_id, _T.c.id, _T.c.digits, _T.c.shown).where(_T.c.person_id.in_(people))
    for row in connection.execute(query):
        phones.setdefault(row.person_id, []).append(row)
    return tuple(_offer(one, phones, open_cases) for one in found)


def _offer(group: Group, phones: Mapping[int, list[Any]], open_cases: Mapping[int, int]) -> PersonOffer:
    rows, face = group.rows(), group.face()
    latest = max(rows, key=lambda row: (row["last_at"] is not None, row["last_at"], row["seen_id"]))
    written = sorted((one for row in rows for one in phones.get(row["id"], ())), key=lambda one: -one.id)
    noted = next((row for row in rows if row["note_kind"]), None)
    protected = bool(latest["identity_protected"])
    there = latest["day"] is not None and not protected
    sex = face["sex"] or next((row["sex"] for row in rows if row["sex"]), None)
    return PersonOffer(
        id=group.row["id"],
        name=max((face["name"], *(row["name"] for row in rows)), key=rule.rank),
        phones=tuple({one.digits: one.shown for one in written}.values()),
        organisation=face["organisation"] or next((r["organisation"] for r in rows if r["organisation"]), ""),
        sex=Sex(sex) if sex else None,
        times=sum(row["times"] for row in rows),
        last_at=latest["last_at"],
        last_subject=latest["subject"] if there else "",
        last_number=_number(latest) if there else "",
        open_cases=sum(open_cases.get(row["id"], 0) for row in rows),
        note_kind=NoteKind(noted["note_kind"]) if noted is not None else None,
        note=noted["note"] if noted is not None else "",
        identity_protected=protected,
    )


def _number(row: RowMapping) -> str:
    return str(Number(row["day"], row["sequence"], row["desk_code"], row["epoch"]))


OPEN = EntryStatus.OPEN.value
