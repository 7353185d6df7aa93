"""Papers received (来文): registered under a number of the year, referred like any entry, circulated, filed.

A paper with a security marking is refused: this is no place for it. What a paper waits for next is a
department's answer, a signature, or being filed; a paper that waits for nothing of it lies unhandled.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from reception.context import Session, now
from reception.errors import InputError, StateError
from reception.facts import Details, Kind, NewEntry, NewReferral, Receipt, Urgency
from reception.facts.office import NewDocument, PaperWay
from reception.numbers import day_date
from reception.operations import cleaning, conflicts, entries, numbering, owing, touching
from reception.operations.corrections import columns
from reception.operations.office import circulation, common, instructions
from reception.operations.referrals.common import latest
from reception.operations.referring import RUNNING
from reception.text import markings

MOST_COPIES = 9_999
_LINES = ("sender", "sender_number", "brought_by")
_OF_ENTRY = frozenset({"subject", "urgency", "received_at"})
_OF_PAPER = frozenset({*_LINES, "sender_day", "copies", "way", "proposed"})


def register(
    session: Session,
    *,
    subject: str,
    sender: str,
    sender_number: str = "",
    sender_day: int | None = None,
    copies: int = 1,
    urgency: Urgency = Urgency.NORMAL,
    way: PaperWay = PaperWay.HAND,
    brought_by: str = "",
    proposed: str = "",
    marking: str = "",
    readers: str = "",
    referral: NewReferral | None = None,
    received_at: dt.datetime | None = None,
    late: bool = False,
    uid: uuid.UUID,
) -> Receipt:
    """Keep a paper under the next number of its day and of its year (``NewDocument`` says what is what).

    Raises InputError naming the field that cannot be taken; a paper with a security marking is one.
    """
    record = NewDocument(
        sender=sender,
        sender_number=sender_number,
        sender_day=sender_day,
        copies=copies,
        way=way,
        brought_by=brought_by,
        proposed=proposed,
        marking=marking,
        readers=readers,
    )
    return entries.register(
        session,
        NewEntry(
            Kind.DOCUMENT,
            subject,
            uid=uid,
            referral=referral,
            received_at=received_at,
            late=late,
            details=Details(urgency=urgency),
            record=record,
        ),
    )


def begin(session: Session, entry_id: int, new: NewDocument, values: Mapping[str, Any]) -> common.Changes:
    """Write what a paper bears and how it came. Raises InputError."""
    if markings.is_marked(new.marking):
        raise _refusal("marking")
    check_marking("subject", values["subject"])
    year = values["day"] // 10_000
    row = {
        **_cleaned({name: getattr(new, name) for name in sorted(_OF_PAPER)}),
        **numbering.next_paper(session, year),
        "filed_at": None,
        "filed_where": "",
    }
    if not row["sender"]:
        raise InputError("Say who sent the paper.", field="sender")
    changes = common.add(session, entry_id, "document", row)[1]
    return changes | circulation.add(session, entry_id, new.readers)


def amend(
    session: Session, /, entry_id: int, *, version: int | None = None, uid: uuid.UUID, **changes: Any
) -> Receipt:
    """Correct what was noted of a paper; whatever is not given stays.

    Args:
        session: the transaction.
        entry_id: which paper.
        version: the version that the corrector saw; None corrects whatever is there.
        uid: the act's own.
        changes: as in ``register``: ``subject``, ``urgency``, ``received_at``, ``sender``, ``sender_number``,
            ``sender_day``, ``copies``, ``way``, ``brought_by``, ``proposed``.

    Raises:
        InputError: naming the field that cannot be taken; ConflictError: somebody changed the same fields
        meanwhile; StateError: the paper is void.
    """
    if done := touching.repeated(session, uid):
        return done
    if unknown := sorted(set(changes) - _OF_ENTRY - _OF_PAPER):
        raise InputError("There is no field '{name}' to correct.", name=unknown[0], field=unknown[0])
    touched, row = circulation.opened(session, entry_id)
    new = _cleaned({name: value for name, value in changes.items() if name in _OF_PAPER})
    if new.get("sender") == "":
        raise InputError("Say who sent the paper.", field="sender")
    touched.others |= common.change(session, "document", row, new)
    if version is not None and version != touched.row["version"]:
        conflicts.refuse_beside(session, touched, row, changes, version)
    own = {name: value for name, value in changes.items() if name in _OF_ENTRY}
    entry = columns(session, touched, own)
    if not touched.others and not touching.changed(touched.row, entry):
        return touching.receipt_of(touched.row, touched.row["version"])
    return touching.save(session, touched, entry, "correct", uid, cleaning.warnings({**new, **entry}))


def file(session: Session, entry_id: int, *, where: str, uid: uuid.UUID) -> Receipt:
    """Put a paper into the file; with that it is handled.

    Raises InputError without a place; StateError for a paper that is filed already, whose referral still
    runs, or that somebody has yet to sign.
    """
    if done := touching.repeated(session, uid):
        return done
    touched, row = circulation.opened(session, entry_id)
    number = str(touching.number_of(touched.row))
    if row["filed_at"] is not None:
        raise StateError("{number} is filed already.", number=number)
    place = cleaning.line(where, "where")
    if not place:
        raise InputError("Say where the paper is filed.", field="where")
    last = latest(session, entry_id)
    if last is not None and last["status"] in RUNNING:
        raise StateError(
            "{number} is with a department; close the referral first, then file the paper.", number=number
        )
    if circulation.unsigned(session, entry_id):
        raise StateError(
            "Somebody has yet to sign {number}; note it, or take them off the circulation, then file it.",
            number=number,
        )
    touched.others |= common.change(
        session, "document", row, {"filed_at": now(session), "filed_where": place}
    )
    status = owing.standing(session, entry_id, touched.row["act"], None)
    return touching.save(session, touched, {"status": status.value}, "file", uid)


def instruct(
    session: Session, entry_id: int, *, leader: str = "", words: str = "", uid: uuid.UUID
) -> Receipt:
    """Enter what a leader wrote on a paper (批示), as ``instructions.write`` does. Raises as it does."""
    return instructions.write(session, leader=leader, words=words, entry_id=entry_id, uid=uid)


def check_marking(field: str, text: str) -> None:
    """Raises InputError where a text bears a security marking; it does not repeat the text."""
    if markings.marking(text) is not None:
        raise _refusal(field)


def _refusal(field: str) -> InputError:
    return InputError(
        "This paper bears a security marking, and this is not a classified system: nothing was saved. "
        "Clear the form and give the paper to whoever keeps the classified papers, in their own register.",
        field=field,
    )


def _cleaned(given: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of what was typed of a paper. Raises InputError."""
    row: dict[str, Any] = {}
    for name, value in given.items():
        if name in _LINES:
            row[name] = cleaning.line(value, name)
        elif name == "proposed":
            row[name] = cleaning.long_text(value, name)
        elif name == "way":
            row[name] = PaperWay(value or PaperWay.HAND).value
        elif name == "copies":
            row[name] = 1 if value is None else value
        else:
            row[name] = value
        if isinstance(row[name], str):
            check_marking(name, row[name])
    if markings.marking_in_number(row.get("sender_number", "")) is not None:
        raise _refusal("sender_number")
    _check_numbers(row)
    return row


def _check_numbers(row: Mapping[str, Any]) -> None:
    if "copies" in row and not 1 <= row["copies"] <= MOST_COPIES:
        raise InputError("A whole number from {low} to {high}.", field="copies", low=1, high=MOST_COPIES)
    day = row.get("sender_day")
    if day is not None:
        try:
            day_date(day)
        except ValueError:
            raise InputError(
                "'{value}' is no day; write it as 20261122.", field="sender_day", value=day
            ) from None
