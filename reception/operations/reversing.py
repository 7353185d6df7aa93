"""The reverse of an act, from the values that its line keeps; nothing that others changed since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, Table, delete, insert, select

from reception import tables, wording
from reception.context import Session
from reception.errors import StateError
from reception.facts import (
    CONTACTS,
    CallbackStatus,
    EntryStatus,
    NoticeStatus,
    PartStatus,
    ReferralStatus,
    Role,
    StepKind,
)
from reception.facts.office import Stands
from reception.journal import plain
from reception.operations import owing, site, touching
from reception.operations.acts import Pairs
from reception.operations.referring import RUNNING
from reception.wording import N_

TAKEN_BACK = N_("taken back")
_PART_STEPS = frozenset({"told", "receive", "answer", "return"})
_ENDS = frozenset({"answer", "return"})
_OF_ALL = frozenset({"leader-seen", "call-back", "extend", "pause", "resume", "ask", "deny"})
"""Steps of a referral as a whole."""
_PLACES: Mapping[str, tuple[Table, tuple[str, ...]]] = {
    "party": (tables.party, ("position",)),
    "referral": (tables.referral, ("ordinal",)),
    "part": (tables.part, ("department_id", "sending")),
    "callback": (tables.callback, ("ordinal",)),
    "attempt": (tables.attempt, ("ordinal",)),
    "step": (tables.step, ("ordinal",)),
    "notice": (tables.notice, ("ordinal",)),
    **{name: (table, ("ordinal",)) for name, table in tables.OF_ENTRY.items()},
}
"""By what columns the journal's keys name the rows of an entry; a row that an act made has them from None."""
_WITHDRAWN = {
    "referral": ReferralStatus.WITHDRAWN.value,
    "part": PartStatus.WITHDRAWN.value,
    "callback": CallbackStatus.WITHDRAWN.value,
    "notice": NoticeStatus.WITHDRAWN.value,
    **dict.fromkeys(tables.OF_ENTRY, Stands.WITHDRAWN.value),
}
"""What is not erased, because its name may have been told; persons, attempts and steps are only unsaid."""
_CALLED_FOR: Mapping[str, str] = {"meeting": "round", "invitee": "invitee"}
"""Whoever was called about a round of a meeting was told of it."""
_GIVEN = frozenset({"slip_year", "slip_number"})
"""A number that was given stays given, whatever becomes of its referral."""
_UNTOLD = (
    frozenset({"id", "entry_id", "person_id", "referral_id", "callback_id"})
    | frozenset({"due_day", "due_at", "provisional"})  # they follow the calendar
    | _GIVEN
    | tables.DERIVED
)


def refusal(number: str) -> StateError:
    """What is said when others built on an act."""
    return StateError(
        "Something was done to {number} since; take that back first, or correct it.", number=number
    )


def unregister(session: Session, touched: touching.Touched) -> dict[str, Any]:
    """What becomes of an entry that should not have been made; what was sent or given is withdrawn."""
    for kind in _WITHDRAWN:
        table, _ = _PLACES[kind]
        query = select(table).where(table.c.entry_id == touched.id)
        for row in session.connection().execute(query).mappings().all():
            _withdraw(session, touched, kind, row)
    words = wording.load(site.values(session).get("language", ""))
    return {"status": EntryStatus.VOID.value, "void_reason": words.gettext(TAKEN_BACK)}


def reverse(
    session: Session,
    touched: touching.Touched,
    verb: str,
    changes: Mapping[str, Pairs],
) -> dict[str, Any]:
    """Give every row back what an act took; the entry's own new values.

    The other rows are written, their differences in ``touched.others``. To do an act again the ``changes``
    are those by which it was taken back. Raises StateError where something was done since on the same values.
    """
    number = str(touching.number_of(touched.row))
    for key, pairs in changes.items():
        if key.startswith("step/") and pairs.get("kind", ("", ""))[1] is None:
            _fits(session, touched, pairs, number)
    new: dict[str, Any] = {}
    for key, pairs in changes.items():
        kind = key.partition("/")[0]
        if kind == "entry":
            new = _before(tables.entry, touched.row, pairs, number)
        elif kind in _PLACES:
            row = _find(session, touched.id, key)
            if verb in _PART_STEPS and kind == "part":
                _runs(session, row, number)
                if verb in _ENDS:
                    _counts(session, row, number)
            elif verb in _OF_ALL and kind == "step" and row is not None:
                _runs(session, row, number)
                if row["kind"] == StepKind.ASKED and verb != "ask":
                    _asked_last(session, row, number)
            _reverse_row(session, touched, key, pairs, row)
    if touched.row["kind"] not in CONTACTS:
        from reception.operations.office import turning

        if not turning.whole(session, touched.row):
            raise refusal(number)
    if verb != "void":
        before = {**touched.row, **new}
        standing = owing.standing(session, touched.id, before["act"], before["call_result"])
        new["status"] = standing.value
    return new


def _reverse_row(
    session: Session, touched: touching.Touched, key: str, pairs: Pairs, row: RowMapping | None
) -> None:
    kind = key.partition("/")[0]
    table, place = _PLACES[kind]
    number = str(touching.number_of(touched.row))
    if row is not None and not _GIVEN.isdisjoint(pairs):
        pairs = {name: pair for name, pair in pairs.items() if name not in _GIVEN}
    named_by = pairs.get(place[0])
    if named_by is not None and named_by[1] is None:
        if row is not None:
            raise refusal(number)
        _put_back(session, touched, key, pairs)
        return
    if row is None:
        raise refusal(number)
    if named_by is not None and named_by[0] is None:
        if not _as_made(session, touched, kind, row, pairs):
            raise refusal(number)
        if kind in _WITHDRAWN:
            _withdraw(session, touched, kind, row)
        else:
            _unsay(session, touched, key, row, pairs)
        return
    if kind in tables.OF_ENTRY and row["status"] == Stands.WITHDRAWN.value and "status" not in pairs:
        raise refusal(number)  # it was taken back since that it was noted at all
    new = _before(table, row, pairs, number)
    touched.others |= touching.update_other(session, table, key, row, new)


def _find(session: Session, entry_id: int, key: str) -> RowMapping | None:
    kind, *values = key.split("/")
    table, place = _PLACES[kind]
    query = select(table).where(table.c.entry_id == entry_id)
    for name, value in zip(place, values, strict=True):
        query = query.where(table.c[name] == int(value))
    return session.connection().execute(query).mappings().one_or_none()


def _before(table: Table, row: RowMapping, pairs: Pairs, number: str) -> dict[str, Any]:
    """The old values, if the new ones still stand."""
    if any(plain(row[name]) != new for name, (_old, new) in pairs.items()):
        raise refusal(number)
    return {name: value(table, name, old) for name, (old, _new) in pairs.items()}


def value(table: Table, name: str, kept: Any) -> Any:
    """A value as its column has it, from what the journal keeps."""
    if isinstance(kept, str) and isinstance(table.c[name].type, tables.Instant):
        return dt.datetime.fromisoformat(kept)
    return kept


def _as_made(session: Session, touched: touching.Touched, kind: str, row: RowMapping, pairs: Pairs) -> bool:
    """Whether a row stands as the act made it, and nothing hangs on it that came later."""
    told = {name: new for name, (_old, new) in pairs.items() if name not in _UNTOLD}
    stands = {
        name: plain(value)
        for name, value in row.items()
        if name not in _UNTOLD and value is not None and value != ""
    }
    if told != stands:
        return False
    if kind == "referral":
        done = select(tables.step.c.id).where(tables.step.c.referral_id == row["id"])
        return session.connection().scalar(done.limit(1)) is None
    if kind in _CALLED_FOR:
        calls = tables.OF_ENTRY["invitation"]
        called = select(calls.c.id).where(
            calls.c.entry_id == touched.id,
            calls.c[_CALLED_FOR[kind]] == row["ordinal"],
            calls.c.status == Stands.STANDING.value,
        )
        return session.connection().scalar(called.limit(1)) is None
    if kind != "callback":
        return True
    tried = select(tables.attempt.c.id).where(tables.attempt.c.callback_id == row["id"])
    return row["status"] != owing.OWED or session.connection().scalar(tried.limit(1)) is None


def _withdraw(session: Session, touched: touching.Touched, kind: str, row: RowMapping) -> None:
    table, place = _PLACES[kind]
    key = "/".join((kind, *(str(row[name]) for name in place)))
    touched.others |= touching.update_other(session, table, key, row, {"status": _WITHDRAWN[kind]})


def _unsay(session: Session, touched: touching.Touched, key: str, row: RowMapping, pairs: Pairs) -> None:
    table, _ = _PLACES[key.partition("/")[0]]
    if table is tables.party:
        touched.let_go.add(row["person_id"])
    session.connection().execute(delete(table).where(table.c.id == row["id"]))
    touched.others[key] = {name: (new, None) for name, (_old, new) in pairs.items()}


def _put_back(session: Session, touched: touching.Touched, key: str, pairs: Pairs) -> None:
    """A person that a correction took away, an attempt or a step that was unsaid."""
    table, _ = _PLACES[key.partition("/")[0]]
    old = {name: value(table, name, pair[0]) for name, pair in pairs.items()}
    touched.others[key] = {name: (None, value) for name, value in old.items()}
    if table is tables.attempt:
        called = tables.callback
        named = (called.c.entry_id == touched.id, called.c.ordinal == old["callback_id"])
        old["callback_id"] = session.connection().scalar(select(called.c.id).where(*named))
    if table is tables.step:
        old["referral_id"] = _referral(session, touched, old["referral_id"])["id"]
    blank = {
        column.name: None if column.nullable else ""
        for column in table.c
        if column.name not in ("id", "entry_id")
    }
    session.connection().execute(insert(table), {**blank, **old, "entry_id": touched.id})


def _referral(session: Session, touched: touching.Touched, ordinal: int) -> RowMapping:
    """A referral by its place within the entry."""
    table = tables.referral
    query = select(table).where(table.c.entry_id == touched.id, table.c.ordinal == ordinal)
    return session.connection().execute(query).mappings().one()


def _fits(session: Session, touched: touching.Touched, pairs: Pairs, number: str) -> None:
    """A step that was unsaid is said again only where it would make sense now."""
    from reception.operations.referrals import asking, common

    kind, referral = pairs["kind"][0], _referral(session, touched, pairs["referral_id"][0])
    if kind == StepKind.REOPENED:
        return  # what became of the referral by it is compared
    if referral["status"] not in RUNNING:
        raise refusal(number)
    lead = common.lead(session, referral["id"])["status"]
    if kind in (StepKind.SEEN, StepKind.CALLED_BACK) and lead not in common.ENDED:
        raise refusal(number)
    under_way = referral["status"] == ReferralStatus.OPEN and lead not in common.ENDED
    if kind == StepKind.ASKED and (not under_way or asking.pending(session, referral["id"])):
        raise refusal(number)
    if kind == StepKind.REROUTED and lead != PartStatus.RETURNED:
        raise refusal(number)


def _asked_last(session: Session, step: RowMapping, number: str) -> None:
    """What was decided on a request is not taken back once the department has asked again."""
    known = tables.step
    later = select(known.c.id).where(
        known.c.referral_id == step["referral_id"],
        known.c.kind == StepKind.ASKED.value,
        known.c.ordinal > step["ordinal"],
    )
    if session.connection().scalar(later.limit(1)) is not None:
        raise refusal(number)


def _runs(session: Session, row: RowMapping | None, number: str) -> None:
    """A step of a part or of its referral is not taken back once the referral has ended."""
    referral = tables.referral
    status = select(referral.c.status).where(referral.c.id == (row["referral_id"] if row else None))
    if session.connection().scalar(status) not in RUNNING:
        raise refusal(number)


def _counts(session: Session, part: RowMapping | None, number: str) -> None:
    """What a lead ended is not taken back once it was sent on, or somebody looked back at it."""
    from reception.operations.referrals import common, looking_back

    if part is None or part["role"] != Role.LEAD:
        return
    if common.lead(session, part["referral_id"])["id"] != part["id"]:
        raise refusal(number)
    if looking_back.since(session, part["referral_id"]):
        raise refusal(number)
