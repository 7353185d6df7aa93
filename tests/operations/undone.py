"""What the tests of taking back stand on: how to take back, and all that is kept of entries."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from reception import tables
from reception.context import Session
from reception.desk import Desk
from reception.operations import (
    undoing,
)
from tests.factories import (
    new_uid,
    person,
)

CALLER = person(phone="13800138000", document_type="身份证", document_number="11010519491231002X")


def undo(desk: Desk, act: Any) -> Any:
    return desk.do(undoing.undo, act, uid=new_uid())


def state(desk: Desk) -> dict[str, Any]:
    """All that is kept of all entries, but for the versions and for what was withdrawn."""
    return desk.ask(_read)


OWN = (tables.expected, tables.loan, tables.parcel)
"""What belongs to no entry."""
GONE = ("cancelled", "withdrawn")
"""Where something of it stands that was taken back."""
_UNSAID = {"referral", "referral_part", "callback", *tables.OF_ENTRY}
_FLEETING = {
    "entry": {"version", "line", "line_desk_id"},
    "entry_party": {"id", "person_id"},
    "referral_step": {"id"},
    "callback_attempt": {"id"},
}


def _read(session: Session) -> dict[str, Any]:
    state = {}
    for table in (
        *(tables.entry, tables.party, tables.referral, tables.part, tables.step),
        *(tables.callback, tables.attempt),
        *(*tables.OF_ENTRY.values(), *OWN),
    ):
        order = (table.c.entry_id, table.c.position) if table is tables.party else (table.c.id,)
        rows = session.connection().execute(select(table).order_by(*order)).mappings()
        state[table.name] = [
            {name: value for name, value in one.items() if name not in _FLEETING.get(table.name, ())}
            for one in rows
            if not (table.name in _UNSAID and one["status"] == "withdrawn")
        ]
    return state
