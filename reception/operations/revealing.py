"""A whole document number: seen only by an act of its own, which the trail tells of."""

from __future__ import annotations

import uuid

from sqlalchemy import select

from reception import journal, tables
from reception.context import Session
from reception.errors import NotFoundError
from reception.facts import Visibility
from reception.operations import touching, veiling

_P = tables.party
_ALL = ("name", "phone", "organisation", "document_type", "document_number")


def reveal(session: Session, entry_id: int, position: int, *, uid: uuid.UUID) -> str:
    """The whole document number of a person of an entry; a line of the journal tells who saw it.

    ``position`` 0 is the main person. Void entries show theirs too. Of who reported, it is all that is known.
    Raises NotFoundError where there is no such person, or no number of theirs; StateError for a sealed entry,
    unless a supervisor asks.
    """
    done = journal.open_act(session, uid)
    touched = touching.open_entry(session, entry_id, void_too=True)
    veiling.refuse_sealed(session, touched.row["category"], str(touching.number_of(touched.row)))
    query = select(_P).where(_P.c.entry_id == entry_id, _P.c.position == position)
    person = session.connection().execute(query).mappings().one_or_none()
    number = ""
    if person is not None:
        masked = veiling.of(touched.row["category"]) is Visibility.MASKED
        shown = _ALL if masked else ("document_number",)
        number = " · ".join(person[name] for name in shown if person[name])
    if not number:
        raise NotFoundError(
            "No document number is known of this person of {number}.",
            field="document_number",
            number=str(touching.number_of(touched.row)),
        )
    if done is None:
        touched.others["reveal"] = {"person": (None, position)}
        touching.save(session, touched, {}, "reveal", uid)
    return number
