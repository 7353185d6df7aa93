"""What every act on a meeting notice begins with: the notice, its latest round, what was called for it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, select

from reception import journal, tables, wording
from reception.context import Session, now
from reception.errors import InputError, NotFoundError, StateError
from reception.facts import EntryStatus, Receipt
from reception.operations import callbacks, owing, site, touching
from reception.operations.office import common
from reception.wording import Wording

_E, _C = tables.entry, tables.callback
_INVITEE, _INVITATION = tables.OF_ENTRY["invitee"], tables.OF_ENTRY["invitation"]

MOST = 400
"""So many at most are invited: a meeting that is put off gives up all their calls in one act, and an act is
taken back as a whole up to some 500 lines (``acts.first``)."""


@dataclass(slots=True)
class Held:
    """A meeting notice in the hands of one act; ``meeting`` is its latest round."""

    touched: touching.Touched
    meeting: RowMapping

    @property
    def id(self) -> int:
        """The entry's id."""
        return self.touched.id

    @property
    def number(self) -> str:
        """The entry's number."""
        return str(touching.number_of(self.touched.row))


def hold(session: Session, entry_id: int, *, ended_too: bool = False) -> Held:
    """Keep the other desks from a notice. Raises NotFoundError for what is none; StateError once it ended."""
    touched = touching.open_entry(session, entry_id)
    rounds = common.rows(session, entry_id, "meeting")
    if not rounds:
        raise NotFoundError("{number} is no meeting notice.", field="number", number=str(_number(touched)))
    if rounds[-1]["ended_at"] is not None and not ended_too:
        raise StateError("The notice {number} has ended.", field="number", number=str(_number(touched)))
    return Held(touched, rounds[-1])


def of_invitee(session: Session, invitee_id: int) -> tuple[Held, RowMapping]:
    """An invitee, and the notice held. Raises NotFoundError, StateError."""
    found = session.connection().execute(
        select(_INVITEE.c.entry_id, _INVITEE.c.ordinal).where(_INVITEE.c.id == invitee_id)
    )
    if (row := found.one_or_none()) is None:
        raise NotFoundError("This invitee is not on the list.", field="invitee")
    held = hold(session, row.entry_id)
    return held, invited(session, held, row.ordinal)


def invited(session: Session, held: Held, ordinal: int) -> RowMapping:
    """An invitee by the place on the list. Raises NotFoundError."""
    for row in common.rows(session, held.id, "invitee"):
        if row["ordinal"] == ordinal:
            return row
    raise NotFoundError("This invitee is not on the list.", field="invitee")


def calls(session: Session, entry_id: int) -> list[RowMapping]:
    """The calls of a notice that stand, first to last: those whose entry was voided tell nobody anything."""
    query = (
        select(_INVITATION)
        .join(_E, _E.c.id == _INVITATION.c.call_id)
        .where(
            _INVITATION.c.entry_id == entry_id,
            _INVITATION.c.status == common.STANDING,
            _E.c.status != EntryStatus.VOID.value,
        )
        .order_by(_INVITATION.c.ordinal)
    )
    return list(session.connection().execute(query).mappings())


def owed(session: Session, call_ids: Iterable[int]) -> list[RowMapping]:
    """The call-backs that are owed of these calls, by the calls."""
    query = select(_C).where(_C.c.entry_id.in_(list(call_ids)), _C.c.status == owing.OWED)
    return list(session.connection().execute(query.order_by(_C.c.entry_id, _C.c.id)).mappings())


def give_up(session: Session, entry_id: int, invitees: set[int] | None, reason: str, uid: uuid.UUID) -> None:
    """Nobody calls these invitees (None: any) about it any more, as further lines of an act in hand."""
    ids = {
        one["call_id"] for one in calls(session, entry_id) if invitees is None or one["invitee"] in invitees
    }
    done: set[int] = set()
    for row in owed(session, sorted(ids)):
        if row["entry_id"] in done:
            continue  # somebody noted a second one by hand: it is theirs
        done.add(row["entry_id"])
        called = touching.open_entry(session, row["entry_id"])
        callbacks.give_up_in(session, called, row, reason, journal.further(uid, len(done)))


def check_size(invited: int) -> None:
    """Raises InputError for more than ``MOST`` on a list."""
    if invited > MOST:
        raise InputError(
            "At most {most} are invited to one meeting; give out a second notice.",
            field="invitees",
            most=MOST,
        )


def deadline(meeting: RowMapping, instant: dt.datetime) -> dt.datetime | None:
    """By when everybody has to be reached: the reply's day, else the meeting; None once it is past."""
    known = [one for one in (meeting["reply_by"], meeting["meets_at"]) if one is not None and one > instant]
    return known[0] if known else None


def save(session: Session, held: Held, new: dict[str, Any], verb: str, uid: uuid.UUID) -> Receipt:
    """Write what became of the notice and its line."""
    entry = held.touched.row
    act, result = new.get("act", entry["act"]), new.get("call_result", entry["call_result"])
    new["status"] = owing.standing(session, held.id, act, result).value
    return touching.save(session, held.touched, new, verb, uid)


def ended(session: Session) -> dict[str, Any]:
    """What a round says of itself once nothing is to be done about it."""
    return {"ended_at": now(session)}


def words(session: Session) -> Wording:
    """The site's language, for what an act writes by itself."""
    return wording.load(site.values(session).get("language", ""))


def _number(touched: touching.Touched) -> object:
    return touching.number_of(touched.row)
