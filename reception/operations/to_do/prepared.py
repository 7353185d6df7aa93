"""The statements of the list, made once for each kind of question.

To put such a statement together takes longer than to run it. What changes from one question to the next,
the present, the department, the place of the row above, is bound when it is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import BigInteger, BindParameter, Integer, Select, bindparam, select

from reception import tables
from reception.facts import Lack, Place
from reception.ladder import Rung
from reception.operations.to_do.found import Asked, Found
from reception.operations.to_do.moment import Moment

Finder = Callable[[Asked], Found]


class Bound:
    """Stands for the ``Moment`` of a question that is not asked yet."""

    now = bindparam("now", type_=tables.Instant)
    late = bindparam("late", type_=tables.Instant)
    midnight = bindparam("midnight", type_=tables.Instant)
    day = bindparam("day", type_=Integer)
    papers = bindparam("papers", type_=tables.Instant)
    parcels = bindparam("parcels", type_=tables.Instant)

    def __init__(self, rungs: tuple[Rung, ...]) -> None:
        self.rungs = rungs

    def until(self, days: int) -> BindParameter[Any]:
        """As ``Moment.until``."""
        return bindparam(_until(days), type_=tables.Instant)

    def furthest(self, _remind_days: object) -> BindParameter[Any]:
        """As ``Moment.furthest``."""
        return bindparam("furthest", type_=tables.Instant)


def _until(days: int) -> str:
    return f"until_{days}".replace("-", "before_")


@dataclass(frozen=True, slots=True)
class _Kind:
    """All that makes one statement differ from another."""

    alone: bool
    department: bool
    server: bool
    remind_days: tuple[int, ...]
    wants: tuple[Lack, ...]
    rungs: tuple[Rung, ...]

    def asked(self) -> Asked:
        return Asked(
            cast("Moment", Bound(self.rungs)),
            self.alone,
            cast("int", bindparam("department", type_=BigInteger)) if self.department else None,
            self.server,
            self.remind_days,
            self.wants,
        )


def _kind(asked: Asked) -> _Kind:
    return _Kind(
        asked.alone,
        asked.department is not None,
        asked.server,
        tuple(asked.remind_days),
        tuple(asked.wants),
        asked.now.rungs,
    )


def page(find: Finder, asked: Asked, *, below: bool) -> tuple[str, Select[Any]]:
    """Whose ids the rows hold (``Found.kind``), and the statement of a page, below another row if so."""
    return _page(find, _kind(asked), below)


@lru_cache(maxsize=512)
def _page(find: Finder, kind: _Kind, below: bool) -> tuple[str, Select[Any]]:
    found = find(kind.asked())
    before = Place(
        0,
        cast("int", bindparam("below_sub", type_=Integer)),
        cast("Any", bindparam("below_at", type_=tables.Instant)),
        cast("int", bindparam("below_id", type_=BigInteger)),
    )
    limit = cast("int", bindparam("limit", type_=Integer))
    return found.kind, found.page(before if below else None, limit)


def numbers(finders: tuple[Finder, ...], asked: Asked) -> Select[Any]:
    """How many rows each of them finds, in one row."""
    return _numbers(finders, _kind(asked))


@lru_cache(maxsize=64)
def _numbers(finders: tuple[Finder, ...], kind: _Kind) -> Select[Any]:
    asked = kind.asked()
    return select(*(find(asked).count().scalar_subquery() for find in finders))


def values(asked: Asked) -> Mapping[str, Any]:
    """What the statements of a question are asked with, but for the place of the page and its length."""
    now = asked.now
    rungs = {*(-one for one in asked.remind_days), *(one.days for one in now.rungs)}
    return {
        "now": now.now,
        "late": now.late,
        "midnight": now.midnight,
        "day": now.day,
        "papers": now.papers,
        "parcels": now.parcels,
        "department": asked.department,
        "furthest": now.furthest(asked.remind_days),
        **{_until(days): now.until(days) for days in rungs},
    }


def below(place: Place | None) -> Mapping[str, Any]:
    """The place of the row above a page; nothing for the first page."""
    if place is None:
        return {}
    return {"below_sub": place.sub, "below_at": place.at, "below_id": place.id}
