"""The numbers of the year across a restore: none that was given after the backup comes again.

They stand on papers and slips without a tag (收〔2026〕12号), so they cannot be marked as those of entries
are. Where the register that is replaced is whole, it tells how far it got, and they go on from there. Where
it is gone or damaged nobody knows: they go on at the minute of their year, which no office that gives less
than a number a minute has reached, until the site says what its last number was (settings ``papers_given``,
``slips_given``).
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, inspect, select, text, update

from reception import journal, tables
from reception.context import CLOCK_SLACK, Session, local_day, now, present
from reception.numbers import read_given, write_given

Given = Mapping[str, Mapping[int, int]]
"""By setting, the last number of each year."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Which register it is, by its ``uid``, and how far its numbers got.

    ``here`` are those that it gave itself, ``given`` those that it knows of beside them too.
    """

    uid: str
    here: Given
    given: Given

    def is_later(self, other: Reached) -> bool:
        """Whether it may be the same register later on: the numbers of one never go back."""
        rows = ((key, year, last) for key, years in other.here.items() for year, last in years.items())
        return self.uid == other.uid and all(self.given[key].get(year, 0) >= last for key, year, last in rows)


_COLUMNS = {
    "papers_given": ("document", "year", "number"),
    "slips_given": ("referral", "slip_year", "slip_number"),
}
_LARGEST = "SELECT {year}, max({number}) FROM {table} WHERE {number} IS NOT NULL GROUP BY {year}"
_TOLD = "SELECT value FROM setting WHERE key = '{key}'"
_UID = _TOLD.format(key="uid")
_S, _E = tables.setting, tables.entry


def of_file(connection: sqlite3.Connection) -> Reached | None:
    """How far a register in a file got; None where it is not whole, so that nobody knows."""
    try:
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            return None
        here, found = {}, {}
        for key, (table, year, number) in _COLUMNS.items():
            rows: list[tuple[int, int]] = []
            columns = {one[1] for one in connection.execute(f"PRAGMA table_info({table})")}
            if number in columns:  # an older register gave none
                query = _LARGEST.format(table=table, year=year, number=number)
                rows = connection.execute(query).fetchall()
            told = connection.execute(_TOLD.format(key=key)).fetchone()
            here[key] = dict(rows)
            found[key] = _together(here[key], told[0] if told else "")
        return Reached(connection.execute(_UID).fetchone()[0], here, found)
    except (sqlite3.Error, ValueError, TypeError):
        return None


def of_register(connection: Connection) -> Reached:
    """How far a register got that is open; ``_LARGEST`` of the columns that its schema has."""
    schema = inspect(connection)
    here, found = {}, {}
    for key, (table, year, number) in _COLUMNS.items():
        rows: list[tuple[int, int]] = []
        if schema.has_table(table) and number in {one["name"] for one in schema.get_columns(table)}:
            query = _LARGEST.format(table=table, year=year, number=number)
            rows = [(one[0], one[1]) for one in connection.execute(text(query))]
        here[key] = dict(rows)
        found[key] = _together(here[key], connection.scalar(text(_TOLD.format(key=key))) or "")
    return Reached(connection.scalar(text(_UID)) or "", here, found)


def carry_over(session: Session, former: Reached | None) -> None:
    """Let the numbers go on behind those of the former register, or where nobody can have got.

    The session's connection is to the register that was restored; each setting that changes gets its line.
    """
    connection = session.connection()
    own = of_register(connection)
    if former is not None and former.is_later(own):
        beyond = former.given
    else:  # nobody knows: another register, or an older copy of this one, does not tell what was given since
        beyond = dict.fromkeys(_COLUMNS, _out_of_reach(session))
    for key, years in beyond.items():
        new = {year: number for year, number in years.items() if number > own.given[key].get(year, 0)}
        if not new:
            continue
        row = connection.execute(select(_S).where(_S.c.key == key)).mappings().one_or_none()
        value = write_given(read_given(row["value"] if row else "") | new)
        uid = uuid.uuid4()
        journal.open_act(session, uid, "setting")
        if row is None:
            result = connection.execute(insert(_S), {"key": key, "value": value})
            subject = int(result.inserted_primary_key[0])  # type: ignore[index]
            changes = {"key": (None, key), "value": (None, value)}
        else:
            connection.execute(update(_S).where(_S.c.id == row["id"]), {"value": value})
            subject, changes = row["id"], {"value": (row["value"], value)}
        journal.append(session, "restore", ("setting", subject), {"record": changes}, uid)


def _together(here: Mapping[int, int], told: str) -> dict[int, int]:
    found = dict(here)
    for year, number in read_given(told).items():
        found[year] = max(number, found.get(year, 0))
    return found


def _out_of_reach(session: Session) -> dict[int, int]:
    """What a number a minute would have come to, in each year: a late paper has one of its own year."""
    moment, zone = now(session) + CLOCK_SLACK, present(session).zone
    year = local_day(session, moment) // 10_000
    first = session.connection().scalar(select(func.min(_E.c.day))) or 0
    years = range(min(first // 10_000 or year, year - 1), year + 1)
    return {one: int((moment - dt.datetime(one, 1, 1, tzinfo=zone)).total_seconds()) // 60 for one in years}
