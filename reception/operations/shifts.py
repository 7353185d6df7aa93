"""Shifts: what a desk hands over, and who accepted it or said what is missing (交接班)."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from typing import Any

from sqlalchemy import RowMapping, insert, select, update

from reception import journal, tables
from reception.context import Session, now, present
from reception.errors import NotFoundError, StateError
from reception.facts import PinKind, Todo, TodoRow, Visibility
from reception.facts.shifts import Handover, HandoverItem, LeftBehind, Shift
from reception.operations import cleaning, pins, reading, to_do, touching, veiling

_H, _D, _O, _R = tables.handover, tables.desk, tables.operator, tables.referral
ITEMS = 200
"""So many open things a handover names, most pressing first; it counts the others."""
_RECORDS = {"expected": Todo.EXPECTED, "loan": Todo.NOT_BACK, "parcel": Todo.PARCEL}
"""Reasons about what is no entry, by whose record it is."""
WAITS = 50
"""So many of what is to be done now somebody who sits down is shown; the list itself has all."""


def look(session: Session) -> Shift:
    """What waits, what is owed, what a leader said, what is pinned: for whoever sits down now."""
    here = present(session)
    last = _latest(session)
    last = find(session, last.id) if last is not None else None
    leaders = _leaders(session)
    return Shift(
        desk=here.desk_code,
        operator=here.operator,
        counters=to_do.counters(session),
        pins=pins.pinned(session),
        leaders=tuple(map(_item, leaders)),
        waits=_waits(session, {row.referral_id for row in leaders}),
        unaccepted=last if last is not None and last.answered_at is None else None,
        last=last,
    )


def left_behind(session: Session) -> LeftBehind:
    """What is pinned, and whether the last shift was accepted: a few rows, asked whenever a window opens."""
    last = _latest(session)
    return LeftBehind(pins.pinned(session), last if last is not None and last.answered_at is None else None)


def hand_over(session: Session, remark: str = "", *, uid: uuid.UUID) -> Handover:
    """Hand the shift of this desk over, with all that is open and pinned now.

    As long as nobody has accepted it, the same clerk may hand over anew: the list is made anew then. Raises
    StateError where the shift of somebody else waits to be accepted.
    """
    if (done := journal.open_act(session, uid, "handover")) is not None:
        return find(session, done)
    here, last = present(session), _latest(session)
    items, count = _open_items(session)
    values = {
        "at": now(session),
        "items": json.dumps(
            {"open": count, "items": items, "at_departments": to_do.at_departments(session)},
            ensure_ascii=False,
        ),
        "remark": cleaning.long_text(remark, "remark"),
    }
    if last is not None and last.answered_at is None:
        if last.giver != here.operator:
            raise StateError(
                "{giver} has handed over before; accept that first, or say what is missing.",
                giver=last.giver,
            )
        return _change(session, _locked(session, last.id), values, uid)
    row = {
        "desk_id": here.desk_id,
        "giver_id": here.operator_id,
        "answered_at": None,
        "taker_id": None,
        "missing": "",
        **values,
    }
    result = session.connection().execute(insert(_H), row)
    handover_id = int(result.inserted_primary_key[0])  # type: ignore[index]
    changes = {"record": touching.created(row)}
    journal.append(session, "create", ("handover", handover_id), changes, uid)
    return find(session, handover_id)


def accept(session: Session, handover_id: int, *, missing: str = "", uid: uuid.UUID) -> Handover:
    """The clerk at the desk takes the shift over, or says what is ``missing``; either is said once.

    Raises NotFoundError; StateError for one that was answered, and for whoever handed it over.
    """
    if (done := journal.open_act(session, uid, "handover")) is not None:
        return find(session, done)
    row, here = _locked(session, handover_id), present(session)
    if row["answered_at"] is not None:
        before = find(session, handover_id)
        raise StateError("{taker} has answered this handover before.", taker=before.taker)
    if row["giver_id"] == here.operator_id:
        raise StateError("Whoever comes next accepts it, not the clerk who hands over.")
    new = {
        "answered_at": now(session),
        "taker_id": here.operator_id,
        "missing": cleaning.long_text(missing, "missing"),
    }
    return _change(session, row, new, uid)


def take_back(session: Session, handover_id: int, *, uid: uuid.UUID) -> Handover:
    """The answer to a handover was a slip of the hand: it waits to be accepted again.

    Only the clerk who answered may, as long as no later shift was handed over. Raises NotFoundError,
    StateError.
    """
    if (done := journal.open_act(session, uid, "handover")) is not None:
        return find(session, done)
    row, last = _locked(session, handover_id), _latest(session)
    if row["answered_at"] is None:
        raise StateError("Nobody has answered this handover yet.")
    if row["taker_id"] != present(session).operator_id:
        raise StateError("Only who answered a handover takes the answer back.")
    if last is None or last.id != handover_id:
        raise StateError("A later shift was handed over since.")
    return _change(session, row, {"answered_at": None, "taker_id": None, "missing": ""}, uid)


def latest(session: Session, *, limit: int = 20) -> tuple[Handover, ...]:
    """The last shifts of this desk, the latest first, without their items (``find``)."""
    query = _columns().where(_H.c.desk_id == present(session).desk_id).order_by(_H.c.id.desc()).limit(limit)
    return tuple(_fact(row, ()) for row in session.connection().execute(query).mappings())


def find(session: Session, handover_id: int, *, on_paper: bool = False) -> Handover:
    """One handover with its items, as whoever sits here may see them, ``on_paper`` as everybody may.

    Raises NotFoundError.
    """
    query = _columns().where(_H.c.id == handover_id)
    row = session.connection().execute(query).mappings().one_or_none()
    if row is None:
        raise NotFoundError("There is no such handover.", field="id")
    return _fact(row, _items(session, row["items"], on_paper=on_paper))


def _latest(session: Session) -> Handover | None:
    return next(iter(latest(session, limit=1)), None)


def _open_items(session: Session) -> tuple[list[dict[str, Any]], int]:
    """What is pinned and what is to be done; the second is how many of the latter there are."""
    rows = to_do.rows(session, which="now", limit=ITEMS)
    count = len(rows)
    if count == ITEMS:
        counts = to_do.counts(session)
        count = max(count, sum(counts[name] for name in ("overdue", "not-received", "waiting", "callback")))
    # what an entry says is read when the list is shown: who may see it depends on who looks
    told = [
        {
            "what": row.what.value,
            "entry": row.entry_id,
            "department": row.department,
            "due_at": row.due_at.isoformat() if row.due_at else None,
            **({"record": row.record_id} if row.record_id is not None else {}),
        }
        for row in rows
    ]
    held = [{"what": pin.kind.value, "text": pin.text} for pin in pins.pinned(session)]
    return [*held, *told], count


def _leaders(session: Session) -> tuple[TodoRow, ...]:
    """What runs on a leader's instruction, by when it presses."""
    query = (
        select(_R.c.id)
        .where(_R.c.press_at.is_not(None), _R.c.leader != "")
        .order_by(_R.c.press_at, _R.c.id)
        .limit(ITEMS)
    )
    return to_do.of_referrals(session, tuple(session.connection().scalars(query)))


def _waits(session: Session, told: set[int | None]) -> tuple[HandoverItem, ...]:
    """Who waits here; what is to be done now and is not ``told`` of already, by its referral."""
    here = to_do.rows(session, which=Todo.WAITING.value, limit=WAITS)
    rows = [row for row in to_do.rows(session, which="now", limit=WAITS) if row.what is not Todo.WAITING]
    new = [row for row in rows if row.referral_id is None or row.referral_id not in told]
    return tuple(map(_item, (*here, *new)))


def _item(row: TodoRow) -> HandoverItem:
    return HandoverItem(
        what=row.what,
        text=row.text,
        number=row.number,
        department=row.department,
        due_at=row.due_at,
        leader=row.referral.leader if row.referral is not None else "",
        person=row.person,
        identity_protected=row.identity_protected,
        entry_id=row.entry_id,
    )


def _items(session: Session, text: str, *, on_paper: bool) -> tuple[HandoverItem, ...]:
    kept = json.loads(text)["items"]
    beside = _beside(session, kept)
    ids = sorted({one["entry"] for one in kept if "entry" in one and "record" not in one})
    rows = veiling.entries(session, reading.rows(session, ids), on_paper=on_paper)
    entries = {row.id: row for row in rows}
    accusations = frozenset(row.id for row in rows if veiling.of(row.category) is Visibility.SEALED)
    sealed = accusations if on_paper else veiling.closed(session, accusations)
    found = []
    for one in kept:
        if "entry" not in one:
            found.append(HandoverItem(PinKind(one["what"]), one["text"]))
            continue
        if "record" in one:
            found.append(_item(beside[one["what"], one["record"]]))
            continue
        row = entries[one["entry"]]
        due = dt.datetime.fromisoformat(one["due_at"]) if one["due_at"] else None
        item = HandoverItem(
            what=Todo(one["what"]),
            text=row.matter or row.subject,
            number=row.number,
            department="" if row.id in sealed else one["department"],
            due_at=due,
            person=reading.person(row),
            identity_protected=row.identity_protected,
            entry_id=row.id,
            sealed=row.id in sealed,
        )
        found.append(item)
    return tuple(found)


def _beside(session: Session, kept: list[dict[str, Any]]) -> dict[tuple[str, int], TodoRow]:
    """Who was expected, what was lent and what lay here, by the reason and the id."""
    found: dict[tuple[str, int], TodoRow] = {}
    for kind, what in _RECORDS.items():
        ids = sorted({one["record"] for one in kept if one["what"] == what.value and "record" in one})
        found |= {(what.value, at): row for at, row in to_do.beside(session, kind, ids).items()}
    return found


def _locked(session: Session, handover_id: int) -> RowMapping:
    query = select(_H).where(_H.c.id == handover_id).with_for_update()
    row = session.connection().execute(query).mappings().one_or_none()
    if row is None:
        raise NotFoundError("There is no such handover.", field="id")
    return row


def _change(session: Session, row: RowMapping, new: dict[str, Any], uid: uuid.UUID) -> Handover:
    session.connection().execute(update(_H).where(_H.c.id == row["id"]), new)
    changes = {"record": touching.changed(row, new)}
    journal.append(session, "save", ("handover", row["id"]), changes, uid)
    return find(session, row["id"])


def _columns() -> Any:
    giver, taker = _O.alias("giver"), _O.alias("taker")
    return (
        select(
            _H,
            _D.c.code.label("desk_code"),
            giver.c.name.label("giver_name"),
            taker.c.name.label("taker_name"),
        )
        .join(_D, _D.c.id == _H.c.desk_id)
        .join(giver, giver.c.id == _H.c.giver_id)
        .outerjoin(taker, taker.c.id == _H.c.taker_id)
    )


def _fact(row: RowMapping, items: tuple[HandoverItem, ...]) -> Handover:
    kept = json.loads(row["items"])
    waiting, overdue = kept.get("at_departments", (None, 0))
    return Handover(
        id=row["id"],
        desk=row["desk_code"],
        at=row["at"],
        giver=row["giver_name"],
        items=items,
        open_items=kept["open"],
        at_departments=waiting,
        overdue=overdue,
        remark=row["remark"],
        answered_at=row["answered_at"],
        taker=row["taker_name"] or "",
        missing=row["missing"],
    )
