"""What a reason finds, and what it is asked: rows that tell their place in a list, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, func, literal, or_

from reception.facts import Lack, Place
from reception.operations.to_do.moment import Moment


@dataclass(frozen=True, slots=True)
class Found:
    """Rows with ``at`` and ``id`` as their place; ``sub`` comes before both where it is not 0.

    ``kind`` says whose id ``subject`` is: a referral's, a part's, an entry's or a call-back's (0 for an entry
    that only says that a call is wanted).
    """

    kind: str
    source: Select[Any]
    at: ColumnElement[Any]
    id: ColumnElement[int]
    subject: ColumnElement[Any]
    entry: ColumnElement[Any]
    sub: ColumnElement[int] | None = None
    newest_first: bool = False

    def page(self, before: Place | None, limit: int) -> Select[Any]:
        """The statement of one page: ``sub``, ``at``, ``id``, ``subject``, ``entry``."""
        sub = self.sub if self.sub is not None else literal(0, Integer)
        columns = (sub.label("sub"), self.at.label("at"), self.id.label("id"))
        query = self.source.with_only_columns(
            *columns, self.subject.label("subject"), self.entry.label("entry")
        )
        if self.newest_first:
            query = query if before is None else query.where(self.id < before.id)
            return query.order_by(self.id.desc()).limit(limit)
        if before is not None:
            query = query.where(self._after(before))
        keys = (self.at, self.id) if self.sub is None else (self.sub, self.at, self.id)
        return query.order_by(*keys).limit(limit)

    def _after(self, before: Place) -> ColumnElement[bool]:
        below = and_(self.at >= before.at, or_(self.at > before.at, self.id > before.id))
        if self.sub is None:
            return below
        return or_(self.sub > before.sub, and_(self.sub == before.sub, below))

    def count(self) -> Select[Any]:
        """How many there are."""
        return self.source.with_only_columns(func.count())


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for.

    ``alone``: whatever else presses more; otherwise only what no reason before it names. ``department`` is an
    id, None for all. ``remind_days`` are those of the referrals that run (``moment.remind_days``).
    """

    now: Moment
    alone: bool
    department: int | None
    server: bool = False
    remind_days: Sequence[int] = ()
    wants: Sequence[Lack] = ()
