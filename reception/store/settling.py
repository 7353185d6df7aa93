"""Which ids are there for good: a server gives them before it commits them."""

from __future__ import annotations

from sqlalchemy import Connection, text


class Settling:
    """Waits until every entry up to one that was seen is committed or given up.

    Whoever holds a lower id has begun before it was seen, because a desk locks its chain, and so has a number
    of transaction, before it takes an id. A transaction that is given its number now begins after all of
    them; when none of those before it is under way any more, nothing is missing. In a file all is settled.
    """

    def __init__(self) -> None:
        self._seen = 0
        self._began = 0
        self._settled = 0

    def settled(self, connection: Connection, newest: int) -> int:
        """Up to this id every entry is there for good; ``newest`` is the highest that is asked for."""
        if connection.dialect.name != "postgresql":
            return newest
        if self._began:
            ends = connection.scalar(text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"))
            if (ends or 0) >= self._began:
                self._settled, self._began = max(self._settled, self._seen), 0
        return min(newest, self._settled)

    def note(self, connection: Connection, newest: int) -> None:
        """Begin to wait for the entries up to ``newest``, unless others are waited for already.

        Only within a transaction that writes: this one gets its number.
        """
        if not self._began:
            began = connection.scalar(text("SELECT pg_current_xact_id()::text::bigint"))
            self._seen, self._began = newest, int(began or 0)
