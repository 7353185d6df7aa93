"""A whole document number: seen only by an act of its own, which the trail tells of."""

from __future__ import annotations

import uuid

from sqlalchemy import select

from reception import journal, tables
from reception.context import Session
from reception.errors import NotFoundError
from reception.operations import touching

_P = tables.party


def reveal(session: Session, entry_id: int, position: int, *, uid: uuid.UUID) -> str:
    """The whole document number of a person of an entry; a line of the journal tells who saw it.

    ``position`` 0 is the main person. Void entries show theirs too. Raises NotFoundError where there is no
    such person, or no number of theirs.
    """
    done = journal.open_act(session, uid)
    touched = touching.open_entry(session, entry_id, void_too=True)
    query = select(_P.c.document_number).where(_P.c.entry_id == entry_id, _P.c.position == position)
    number = session.connection().scalar(query)
    if not number:
        raise NotFoundError(
            "No document number is known of this person of {number}.",
            field="document_number",
            number=str(touching.number_of(touched.row)),
        )
    if done is None:
        touched.others["reveal"] = {"person": (None, position)}
        touching.save(session, touched, {}, "reveal", uid)
    return str(number)
