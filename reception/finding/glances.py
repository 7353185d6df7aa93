"""Many records compared at once: the same field of all of them stands in one string.

To ask a record costs a microsecond, to look through the texts of two hundred hardly ten.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
from itertools import accumulate
from typing import NamedTuple

from reception.finding import pieces
from reception.finding.records import Record


class _Joined(NamedTuple):
    """The texts of all records, each behind a line break, which no word holds, and where each begins."""

    whole: str
    starts: list[int]

    def holding(self, wanted: str) -> Iterator[int]:
        """The places of the texts that hold ``wanted``."""
        whole, starts = self
        at = whole.find(wanted)
        while at >= 0:
            place = bisect_right(starts, at)
            yield place - 1
            at = whole.find(wanted, starts[place]) if place < len(starts) else -1


class Glance:
    """Some records, the newest first.

    What is made of them stays, so that a question costs only its own search.
    """

    __slots__ = ("_columns", "_joined", "records")

    def __init__(self, records: tuple[Record, ...]) -> None:
        self.records = records
        self._joined: dict[str, _Joined] = {}
        self._columns: dict[str, dict[object, set[int]]] = {}

    def places(self) -> set[int]:
        """All of them."""
        return set(range(len(self.records)))

    def holding(self, field: str, wanted: str) -> set[int]:
        """Those whose ``texts``, ``phones`` or ``digits`` hold a text without a line break."""
        joined = self._joined.get(field) or self._join(
            field, [getattr(record, field) for record in self.records]
        )
        return set(joined.holding(wanted))

    def having(self, column: str, values: Collection[object]) -> set[int]:
        """Those whose column has one of these values."""
        places = self._columns.get(column)
        if places is None:
            places = self._columns[column] = {}
            for place, record in enumerate(self.records):
                places.setdefault(getattr(record, column), set()).add(place)
        few, many = (places, values) if len(places) < len(values) else (values, places)
        return set().union(*[places[one] for one in few if one in many])

    def sounding_like(self, letters: str) -> set[int]:
        """Those with a name that ``pieces.sounds_like`` the letters."""
        beginnings = self._joined.get("beginnings")
        if beginnings is None:
            spelled = [[pieces.spelled(name) for name in record.names] for record in self.records]
            self._join("full", ["\n".join(one[1] for one in each) for each in spelled])
            beginnings = self._join("beginnings", ["".join(one[0] for one in each) for each in spelled])
        found = set(beginnings.holding(f"\n{letters}"))
        if len(letters) >= pieces.INSIDE_LETTERS:
            found.update(self._joined["full"].holding(letters))
        return found

    def _join(self, field: str, texts: list[str]) -> _Joined:
        starts = [0, *accumulate(len(text) + 1 for text in texts)][: len(texts)]
        self._joined[field] = made = _Joined("".join(f"\n{text}" for text in texts), starts)
        return made
