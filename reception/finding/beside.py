"""Texts beside an entry of the office (``tables.office``): what a paper bears, a notice says, a log tells.

They join the rows of their entry as those of a person without a name would: looked up and compared like any
text. Visits and calls have none, so that looking for them costs nothing more.
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
_MOST = max(map(len, TEXTS.values()))
_KIND = 3
"""Where the kind stands in a row of ``records``."""
_PLAIN = frozenset(one.value for one in CONTACTS)
_BEHIND = 1_000
"""The place of such a row among those of the persons."""


def _of_table(table: str, columns: Sequence[str]) -> str:
    blank = ["''"] * (_MOST - len(columns))
    told = ", ".join((*columns, *blank))
    stands = f"status = '{Stands.STANDING.value}'"
    return f"SELECT entry_id, {told} FROM {table} WHERE {stands} AND entry_id AMONG ?"


_SELECT = " UNION ALL ".join(_of_table(table, columns) for table, columns in TEXTS.items())


def joined(connection: Connection, found: list[Row], width: int) -> list[Row]:
    """The rows of ``records``, of which ``width`` columns are the entry's, and those of their other texts."""
    ids = sorted({row[0] for row in found if row[_KIND] not in _PLAIN})
    if not ids:
        return found
    texts: dict[int, list[str]] = {}
    for entry_id, *lines in rows(connection, _SELECT, [ids] * len(TEXTS)):
        texts.setdefault(entry_id, []).extend(line for line in lines if line)
    whole: list[Row] = []
    for entry_id, group in groupby(found, itemgetter(0)):
        every = list(group)
        whole += every
        head = every[0][:width]
        # phone and digits are empty, as those of somebody of whom only an organisation is known
        whole += [(*head, "", line, "", "", _BEHIND) for line in texts.get(entry_id, ())]
    return whole
