"""What a window asks about the forms that it brings back after it died."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from sqlalchemy import select

from reception import tables
from reception.context import Session


def saved(session: Session, uids: Iterable[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Those of the forms that are entries already: the window died after they were saved."""
    query = select(tables.entry.c.uid).where(tables.entry.c.uid.in_(list(uids)))
    return frozenset(session.connection().execute(query).scalars())
