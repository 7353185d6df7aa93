"""Persons as they are offered: merged records as one, with the last visit and what is still open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from reception import persons as rule
from reception import tables
from reception.context import Session
from reception.facts import Sex
from reception.facts.people import NoteKind, PersonOffer
from reception.finding.reading import rows as read
from reception.numbers import Number

_P = tables.person
LATEST = 40
"""How many of somebody's latest entries are looked through for open cases: a regular has thousands."""
_FIELD, _ROW = "\x1f", "\x1e"
# Plain SQL with the ids written in: who types waits for it with every key.
_ROWS = f"""
SELECT p.id, p.name, p.organisation, p.sex, p.times, p.last_at, p.seen_id, p.texts, p.digits, p.note_kind,
  p.note, p.merged_into, p.face, e.subject, e.day, e.epoch, e.sequence,
  (e.identity_protected OR e.category = 'report'), d.code,
  (SELECT {{joined}} FROM person_phone AS t WHERE t.person_id = p.id) AS phones,
  (SELECT count(*) FROM (SELECT n.entry_id FROM entry_party AS n WHERE n.person_id = p.id
     ORDER BY n.entry_id DESC LIMIT {LATEST}) AS latest
   JOIN entry AS o {{index}} ON o.id = latest.entry_id
   WHERE o.status = 'open' AND o.case_id IS NULL AND coalesce(o.category, '') <> 'report') AS open_cases
FROM person AS p LEFT JOIN entry AS e ON e.id = p.last_entry_id LEFT JOIN desk AS d ON d.id = e.desk_id
WHERE p.id AMONG ? OR p.merged_into AMONG ?
"""
# the few that are open stand together there; the planner would rather read a hundred rows all over the file
_INDEX = {"sqlite": "INDEXED BY ix_entry_status_id", "postgresql": ""}
_JOINED = {
    "sqlite": f"group_concat(t.id || '{_FIELD}' || t.digits || '{_FIELD}' || t.shown, '{_ROW}')",
    "postgresql": f"string_agg(t.id || '{_FIELD}' || t.digits || '{_FIELD}' || t.shown, '{_ROW}')",
}
_STATEMENTS = {name: _ROWS.format(joined=_JOINED[name], index=_INDEX[name]) for name in _INDEX}
_SEVERITY = {kind.value: place for place, kind in enumerate((NoteKind.OTHER, NoteKind.HEARING))} | {
    NoteKind.INTERPRETER.value: 2,
    NoteKind.BANNED.value: 3,
}


class _Row(NamedTuple):
    """A row of ``_ROWS``, values as the driver has them."""

    id: int
    name: str
    organisation: str
    sex: str | None
    times: int
    last_at: Any
    seen_id: int
    texts: str
    digits: str
    note_kind: str | None
    note: str
    merged_into: int | None
    face: int | None
    subject: str | None
    day: int | None
    epoch: int | None
    sequence: int | None
    identity_protected: Any
    desk_code: str | None
    phones: str | None
    open_cases: int


@dataclass(slots=True)
class Group:
    """A person: the record that stands, and those merged into it."""

    row: Any
    merged: list[Group] = field(default_factory=list)

    @property
    def id(self) -> int:
        """The id of the record that stands."""
        return int(self.row.id)

    def rows(self) -> list[Any]:
        """All records, the standing one first."""
        if not self.merged:
            return [self.row]
        return [self.row, *(row for one in self.merged for row in one.rows())]

    def face(self) -> Any:
        """The record that gives the name."""
        chosen = [one for one in self.merged if one.row.face is not None]
        return max(chosen, key=lambda one: int(one.row.face)).face() if chosen else self.row

    def name(self) -> str:
        """The name the person goes by: a whole one, if any record has it."""
        if not self.merged:
            return str(self.row.name)
        names = [self.face().name, *(row.name for row in self.rows())]
        return str(max(names, key=rule.rank))

    def phones(self) -> dict[str, str]:
        """The numbers by their digits, as they were written, the newest first."""
        written = [one.split(_FIELD) for row in self.rows() if row.phones for one in row.phones.split(_ROW)]
        written.sort(key=lambda one: -int(one[0]))
        return {digits: shown for _, digits, shown in reversed(written)}


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
        waiting = list(connection.scalars(select(_P.c.id).where(_P.c.merged_into.in_(waiting))))
        found += waiting
    return found


def groups_of(connection: Connection, people: Sequence[int]) -> list[Group]:
    """The persons that these records are or belong to, each once, in the order given."""
    return grouped(connection, people, rows_of(connection, people))


def grouped(connection: Connection, people: Sequence[int], rows: Sequence[Any]) -> list[Group]:
    """As ``groups_of``; ``rows`` are those of ``rows_of``, maybe of more persons."""
    if all(row.merged_into is None for row in rows):
        made = {row.id: Group(row) for row in rows}
        return [made[person_id] for person_id in people if person_id in made]
    above = roots(connection, people)
    standing = list(dict.fromkeys(above[person_id] for person_id in people))
    found = {row.id: Group(row) for row in rows_of(connection, members(connection, standing))}
    for person_id in sorted(found):
        one = found[person_id]
        if one.row.merged_into in found:
            found[one.row.merged_into].merged.append(one)
    return [found[person_id] for person_id in standing if person_id in found]


def rows_of(connection: Connection, people: Iterable[int]) -> list[Any]:
    """What is told of these persons, and of those who were merged into one of them."""
    ids = sorted(people)
    if not ids:
        return []
    statement = _STATEMENTS[connection.dialect.name]
    return list(map(_Row._make, read(connection, statement, (ids, ids))))


def of(_session: Session, found: Sequence[Group]) -> tuple[PersonOffer, ...]:
    """The offers for these groups."""
    return tuple(_offer(one) for one in found)


def alone(group: Group) -> tuple[PersonOffer, ...]:
    """The records of a group, each as an offer of its own."""
    return tuple(_offer(Group(row)) for row in group.rows())


def _offer(group: Group) -> PersonOffer:
    face = latest = noted = group.row
    if not group.merged:
        return _told(face, latest, noted, name=face.name, phones=_phones(face), times=face.times)
    rows, face = group.rows(), group.face()
    latest = max(rows, key=lambda row: (row.last_at is not None, row.last_at or "", row.seen_id))
    noted = max(rows, key=_severity)
    offer = _told(
        face,
        latest,
        noted,
        name=group.name(),
        phones=tuple(reversed(group.phones().values())),
        times=sum(row.times for row in rows),
    )
    sex = face.sex or next((row.sex for row in rows if row.sex), None)
    return replace(
        offer,
        id=group.id,
        organisation=face.organisation or next((row.organisation for row in rows if row.organisation), ""),
        sex=Sex(sex) if sex else None,
        open_cases=sum(row.open_cases for row in rows),
    )


def _told(
    face: Any, latest: Any, noted: Any, *, name: str, phones: tuple[str, ...], times: int
) -> PersonOffer:
    """What the records say that give the name, the last visit and the note; for most they are one."""
    protected = bool(latest.identity_protected)
    there = latest.day is not None and not protected
    return PersonOffer(
        face.id,
        name,
        phones,
        face.organisation,
        Sex(face.sex) if face.sex else None,
        times,
        instant(latest.last_at),
        latest.subject if there else "",
        _number(latest) if there else "",
        face.open_cases,
        NoteKind(noted.note_kind) if noted.note_kind else None,
        noted.note,
        protected,
    )


def _phones(row: Any) -> tuple[str, ...]:
    """The numbers of one record, the newest first."""
    if not row.phones:
        return ()
    written = [one.split(_FIELD) for one in row.phones.split(_ROW)]
    if len(written) > 1:
        written.sort(key=lambda one: -int(one[0]))
    return tuple([one[2] for one in written])


def _severity(row: Any) -> int:
    return _SEVERITY.get(row.note_kind, -1)


def instant(kept: Any) -> dt.datetime | None:
    """An instant as the driver has it: text without a zone from a file, aware from a server."""
    if kept is None:
        return None
    at = dt.datetime.fromisoformat(kept) if isinstance(kept, str) else kept
    return at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at.astimezone(dt.UTC)


def _number(row: Any) -> str:
    return str(Number(row.day, row.sequence, row.desk_code, row.epoch))
