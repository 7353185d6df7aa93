"""The derived indexes of a register, in the order in which they are filled (``store.filling``)."""

from __future__ import annotations

from reception.context import Session
from reception.finding import indexing
from reception.operations.people.filling import PersonLinks
from reception.operations.people.keying import PersonKeys
from reception.store import filling
from reception.store.filling import Filler


def fillers() -> tuple[Filler, ...]:
    """One filler for each index."""
    return (PersonLinks(), PersonKeys(), indexing.Filler())


def progress(session: Session) -> tuple[int, int]:
    """How much of all is in the indexes; equal when there is nothing to be done."""
    return filling.progress(session, fillers())
