"""Persons looked up: one, those who fit a text, what they came for, and the notes that the clerk must see."""

from __future__ import annotations

from sqlalchemy import select

from reception import persons as rule
from reception import tables
from reception import text as rules
from reception.context import Session
from reception.errors import NotFoundError
from reception.facts import EntryRow
from reception.facts.people import NoteKind, PersonNote, PersonOffer, PersonView
from reception.operations import reading, veiling
from reception.operations.people import offers, recalling
from reception.operations.trail import lines

_P, _N, _E = tables.person, tables.party, tables.entry
_SEVERAL = 2_000
"""Of several words, how many persons are looked at who fit one."""


def person(session: Session, person_id: int) -> PersonView:
    """The whole of a person; asked for a merged record it is the one into which that was merged.

    Raises NotFoundError.
    """
    connection = session.connection()
    found = offers.groups_of(connection, [person_id])
    if not found:
        raise NotFoundError("This person is not in the register any more.", field="person")
    (group,) = found
    told = [line for row in group.rows() for line in lines(session, "person", row.id)]
    return PersonView(
        offer=offers.of(session, [group])[0],
        merged=offers.alone(group)[1:],
        trail=tuple(sorted(told, key=lambda line: line.at)),
    )


def find(session: Session, text: str, limit: int = 30) -> tuple[PersonOffer, ...]:
    """As ``recall``; of several words each must fit; without any the latest seen."""
    words = text.split()
    if not words:
        latest = select(_P.c.id).where(_P.c.times > 0).order_by(_P.c.seen_id.desc(), _P.c.id.desc())
        connection = session.connection()
        some = list(connection.scalars(latest.limit(2 * limit)))
        return offers.of(session, offers.groups_of(connection, some)[:limit])
    found = recalling.groups(session, text, limit)
    if not found and len(words) > 1:
        each = [recalling.groups(session, word, _SEVERAL) for word in words]
        ids = [{one.id for one in several} for several in each]
        found = [one for one in each[0] if all(one.id in some for some in ids)][:limit]
    return offers.of(session, found)


def history(
    session: Session, person_id: int, *, before: int | None = None, limit: int = 50
) -> tuple[EntryRow, ...]:
    """The entries of a person and of all records merged into it, newest first, void ones included.

    Nobody is led to what they reported.
    ``before`` is the id of the last entry of the page above.
    """
    connection = session.connection()
    standing = offers.roots(connection, [person_id])[person_id]
    people = offers.members(connection, [standing])
    query = select(_N.c.entry_id).distinct().join(_E, _E.c.id == _N.c.entry_id)
    query = query.where(_N.c.person_id.in_(people), veiling.MAY_LEAD)
    if before is not None:
        query = query.where(_N.c.entry_id < before)
    ids = list(connection.scalars(query.order_by(_N.c.entry_id.desc()).limit(limit)))
    return tuple(reversed(reading.rows(session, ids)))


def notes_on(session: Session, name: str, phone: str) -> tuple[PersonNote, ...]:
    """The notes on whoever bears exactly this name and has exactly one of these numbers.

    What is not known, on either side, is not compared; a part of a name or number is nobody's.
    """
    called = "" if rule.anonymous(rules.clean_name(name)) else rules.fold(rules.clean_name(name))
    digits = {one for one in rules.phone_numbers(phone) if len(one) >= rule.LEAST_DIGITS}
    if not called and not digits:
        return ()
    connection = session.connection()
    noted = list(connection.scalars(select(_P.c.id).where(_P.c.note_kind.is_not(None))))
    if not noted:
        return ()
    made = offers.groups_of(connection, noted)
    return tuple(note for one in made for note in _notes(one, called, digits))


def _notes(group: offers.Group, called: str, digits: set[str]) -> list[PersonNote]:
    rows, numbers = group.rows(), group.phones()
    names = {rules.fold(row.name) for row in rows if row.name}
    same_name, same_number = called in names, bool(digits & set(numbers))
    if called and digits:
        fits = (same_name and (same_number or not numbers)) or (same_number and not names)
    else:
        fits = same_name or same_number
    if not fits:
        return []
    phones = tuple(reversed(numbers.values()))
    return [
        PersonNote(group.id, group.name(), phones, NoteKind(row.note_kind), row.note)
        for row in rows
        if row.note_kind
    ]
