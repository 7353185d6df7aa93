"""Whose a paper, a job or a notice is, where lists have the name of a visitor or of a caller."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import case, select

from reception import tables
from reception.context import Session
from reception.facts import EntryRow, Kind
from reception.operations.office import common

_FROM = {
    Kind.DOCUMENT: (tables.document, "", "sender"),
    Kind.JOB: (tables.job, "given_by", ""),
    Kind.MEETING: (tables.meeting, "convener", "place"),
}
"""Which table, and which of its columns stand for the name and the organisation of somebody who came."""


def named(session: Session, rows: Iterable[EntryRow]) -> tuple[EntryRow, ...]:
    """The rows, with who sent the paper, gave the job, convenes the meeting; those of visits as they are."""
    every = tuple(rows)
    known = of(session, {row.id: row.kind for row in every})
    return tuple(replace(row, **known[row.id]) if row.id in known else row for row in every)


def of(session: Session, kinds: Mapping[int, Kind]) -> dict[int, dict[str, Any]]:
    """By the ids of entries whose kinds are told: ``name``, and of some ``organisation``."""
    known: dict[int, dict[str, Any]] = {}
    for kind in set(kinds.values()) & _FROM.keys():
        table, name, organisation = _FROM[kind]
        columns = [table.c[column].label(to) for to, column in _pairs(name, organisation)]
        ids = [one for one, of_kind in kinds.items() if of_kind is kind]
        query = (
            select(table.c.entry_id, *columns)
            .where(table.c.entry_id.in_(ids))
            # what was told last of it; what was taken back only where all of it was
            .order_by(case((table.c.status == common.STANDING, 1), else_=0), table.c.ordinal)
        )
        for found in session.connection().execute(query).mappings():
            values = dict(found)
            known[values.pop("entry_id")] = values
    return known


def _pairs(name: str, organisation: str) -> list[tuple[str, str]]:
    return [(to, column) for to, column in (("name", name), ("organisation", organisation)) if column]
