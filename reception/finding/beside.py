"""Texts beside an entry (``tables.office``): what a paper bears, a notice says, a log tells, a leader wrote.

They join the rows of their entry as those of a person without a name would: looked up and compared like any
text. Beside a visit or a call few of them may stand, so that looking for those costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from reception.facts import CONTACTS
from reception.facts.office import Stands
from reception.finding.reading import rows

Row = tuple[Any, ...]
TEXTS: dict[str, tuple[str, ...]] = {
    "document": ("sender", "sender_number", "brought_by", "proposed", "filed_where"),
    "circulation": ("whom", "note"),
    "meeting": ("convener", "agenda", "place", "attendance", "issued_by"),
    "invitee": ("name", "position", "attendee", "reason"),
    "instruction": ("leader", "words"),
    "job": ("given_by", "given_to"),
    "job_step": ("whom", "words", "reply"),
    "urgent": ("place",),
    "event": ("whom", "words"),
}
"""By their table, the columns that are looked for."""
_ANYWHERE = frozenset({"meeting", "instruction"})
"""Beside visits and calls too: a meeting of which somebody notified us, what a leader wrote on a page."""
_MOST = max(map(len, TEXTS.values()))
_KIND = 3
"""Where the kind stands in a row of ``records``."""
_PLAIN = frozenset(one.value for one in CONTACTS)
_BEHIND = 1_000
"""The place of such a row among those of the persons."""


def _of_tables(tables: Sequence[str], these: str) -> str:
    return " UNION ALL ".join(_of_table(table, TEXTS[table], these) for table in tables)


def _of_table(table: str, columns: Sequence[str], these: str) -> str:
    blank = ["''"] * (_MOST - len(columns))
    told = ", ".join((*columns, *blank))
    return f"SELECT entry_id, {told} FROM {table} WHERE status = '{Stands.STANDING.value}' AND {these}"


_AMONG = "entry_id AMONG ?"
_OF_OFFICE = _of_tables(tuple(TEXTS), _AMONG)
_OF_ANY = _of_tables(tuple(one for one in TEXTS if one in _ANYWHERE), _AMONG)
_BETWEEN = _of_tables(tuple(TEXTS), "entry_id BETWEEN ? AND ?")


def joined(connection: Connection, found: list[Row], width: int) -> list[Row]:
    """The rows of ``records``, of which ``width`` columns are the entry's, and those of their other texts."""
    if not found:
        return found
    every = sorted({row[0] for row in found})
    office = sorted({row[0] for row in found if row[_KIND] not in _PLAIN})
    if office:
        values = [every if table in _ANYWHERE else office for table in TEXTS]
        return _together(found, rows(connection, _OF_OFFICE, values), width)
    return _together(found, rows(connection, _OF_ANY, [every] * len(_ANYWHERE)), width)


def joined_between(connection: Connection, found: list[Row], width: int, first: int, last: int) -> list[Row]:
    """As ``joined``, for all entries whose ids lie between two: one look for thousands."""
    return _together(found, rows(connection, _BETWEEN, (first, last) * len(TEXTS)), width)


def _together(found: list[Row], beside: list[Row], width: int) -> list[Row]:
    if not beside:
        return found
    texts: dict[int, list[str]] = {}
    for entry_id, *lines in beside:
        texts.setdefault(entry_id, []).extend(line for line in lines if line)
    whole: list[Row] = []
    for entry_id, group in groupby(found, itemgetter(0)):
        every = list(group)
        whole += every
        if entry_id in texts:
            head = every[0][:width]
            # phone and digits are empty, as those of somebody of whom only an organisation is known
            whole += [(*head, "", line, "", "", _BEHIND) for line in texts[entry_id]]
    return whole
