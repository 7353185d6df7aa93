"""Find besides entries: who is expected, things lent, parcels, by the rules by which entries are found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from reception.context import Session
from reception.facts import Query
from reception.facts.others import Others
from reception.operations.office import expected, loans, parcels, searching

_One = TypeVar("_One", bound="_Kept")
MOST = 5
"""So many of each kind are told if nobody says otherwise."""


def others(session: Session, query: Query, *, limit: int = MOST) -> Others:
    """The newest records that contain every word of ``query.text``, with the count of all that do.

    Nothing without a word, or where a filter is used that only entries have: days alone apply (when somebody
    is expected, when a thing was lent or taken in). Raises InputError for a text that is too long.
    """
    if query.kind or query.status or query.act or query.department_id is not None or query.operator:
        return Others()
    span = None
    if query.from_day is not None or query.to_day is not None:
        span = query.from_day or 0, 99_999_999 if query.to_day is None else query.to_day
    ids = {kind: searching.meant(session, kind, query.text, span) for kind in searching.KINDS}
    first = {kind: searching.newest(session, kind, found, limit) for kind, found in ids.items()}
    awaited, lent, taken = (first[kind] for kind in searching.KINDS)
    return Others(
        _ordered(expected.these(session, awaited), awaited) if awaited else (),
        _ordered(loans.these(session, lent), lent) if lent else (),
        _ordered(parcels.these(session, taken), taken) if taken else (),
        *(len(ids[kind]) for kind in searching.KINDS),
    )


class _Kept(Protocol):
    @property
    def id(self) -> int: ...


def _ordered(found: Iterable[_One], ids: Sequence[int]) -> tuple[_One, ...]:
    """Those that were read, as the ids stand."""
    of_id = {one.id: one for one in found}
    return tuple(of_id[one] for one in ids if one in of_id)
