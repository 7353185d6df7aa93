"""Acts on records that are no entries taken back and done again: persons, the directory, the settings.

No row is ever deleted: what was added to the directory is not in use any more, a setting that was not there
before says what holds without it.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, Table, select, update

from reception import journal, tables, wording, words
from reception.context import Session, now
from reception.errors import StateError
from reception.facts import LimitClock
from reception.facts.office import ExpectedStatus, Stands
from reception.journal import plain
from reception.operations import acts, directory, reversing, site, touching

_P = tables.person
_TABLES: Mapping[str, Table] = {
    "person": tables.person,
    "department": tables.department,
    "matter": tables.matter,
    "operator": tables.operator,
    "setting": tables.setting,
    "working_year": tables.working_year,
    "limit_rule": tables.limit_rule,
    "absence": tables.absence,
    "duty": tables.duty,
    "pinned_note": tables.pinned_note,
    "expected": tables.expected,
    "loan": tables.loan,
    "parcel": tables.parcel,
}


def take_back(session: Session, lines: Sequence[acts.Line], uids: Sequence[uuid.UUID]) -> None:
    """Give each record back what the lines of an act took; ``uids`` are those of the lines that tell of it.

    The lines are about records of one kind. Raises StateError where something was done since, InputError
    where the old values may not stand any more.
    """
    kind = lines[0].kind
    rows = _locked(session, kind, lines)
    for line, uid in zip(lines, uids, strict=True):
        row, later = rows[line.subject_id], acts.after(session, line)
        taken = acts.taken_back(later)
        if line.uid in taken:
            raise StateError("This was taken back before.", number=_called(session, kind, row))
        if line.verb == "create":
            if any(one.uid not in taken and one.verb not in acts.TURNS for one in later):
                raise _refusal(session, kind, row)
            new = _unmade(session, kind, row)
        elif acts.overwritten(line, later, frozenset()):
            raise _refusal(session, kind, row)
        else:
            new = _before(session, kind, row, line.changes["record"])
        _save(session, line, row, new, "undo", uid)
    _follow(session, kind, rows)


def do_again(
    session: Session, lines: Sequence[acts.Line], turns: Sequence[acts.Line], uids: Sequence[uuid.UUID]
) -> None:
    """Do lines of an act again that ``turns`` took back. Raises StateError where something was done since."""
    kind = lines[0].kind
    rows = _locked(session, kind, lines)
    for line, turn, uid in zip(lines, turns, uids, strict=True):
        row, later = rows[line.subject_id], acts.after(session, line)
        acts.check_still(later, line, turn, _called(session, kind, row))
        meanwhile = [one for one in later if one.id > turn.id]
        if acts.overwritten(line, meanwhile, frozenset()) or acts.done_without(later, turn):
            raise _refusal(session, kind, row)
        new = _before(session, kind, row, turn.changes.get("record", {}))
        _save(session, line, row, new, "redo", uid)
    _follow(session, kind, rows)


def _follow(session: Session, kind: str, rows: Mapping[int, RowMapping]) -> None:
    """Let follow what rests on these records, after all lines of the act: they stay together."""
    if kind == "setting":
        site.follow(session, [row["key"] for row in rows.values()])
    elif kind == "working_year":
        from reception.operations.referrals import recomputing

        recomputing.recompute(session)


def name(session: Session, line: acts.Line) -> str:
    """What the records are called that an act is about."""
    lines = [one for one in acts.whole(session, line) if one.kind == line.kind]
    rows = _rows(session, line.kind, [one.subject_id for one in lines])
    names = [_called(session, line.kind, rows[one.subject_id]) for one in lines]
    if len(names) > _NAMED:  # a calendar that was imported
        names = [*list(dict.fromkeys(names))[:_NAMED], f"… ({len(lines)})"]
    return ", ".join(names)


def _called(session: Session, kind: str, row: RowMapping) -> str:
    if kind in _CALLED:
        return str(row[_CALLED[kind]])
    if kind == "limit_rule":
        said = wording.load(site.values(session).get("language", ""))
        return f"{row['amount']} {said.gettext(words.CLOCKS[LimitClock(row['clock'])])}"
    if kind == "absence":
        name = select(tables.department.c.name).where(tables.department.c.id == row["department_id"])
        return f"{session.connection().scalar(name)} {row['officer'].upper()}"
    if kind not in ("person", "expected") or row["name"]:
        return str(row["name"])
    if kind == "expected":
        return str(row["organisation"] or row["subject"])
    shown = select(tables.phone.c.shown).where(tables.phone.c.person_id == row["id"])
    return str(session.connection().scalar(shown.limit(1)) or row["organisation"])


_NAMED = 6
_CALLED = {
    "setting": "key",
    "working_year": "year",
    "duty": "day",
    "pinned_note": "text",
    "loan": "thing",
    "parcel": "whom",
}


def _locked(session: Session, kind: str, lines: Sequence[acts.Line]) -> dict[int, RowMapping]:
    """The records, and the persons with whom they are or were one, kept from the other desks."""
    ids = {line.subject_id for line in lines}
    for line in lines:
        ids |= {one for one in line.changes["record"].get("merged_into", ()) if one is not None}
    return _rows(session, kind, sorted(ids), lock=True)


def _rows(session: Session, kind: str, ids: Sequence[int], *, lock: bool = False) -> dict[int, RowMapping]:
    table = _TABLES[kind]
    query = select(table).where(table.c.id.in_(ids)).order_by(table.c.id)
    found = session.connection().execute(query.with_for_update() if lock else query).mappings()
    return {row["id"]: row for row in found}


def _unmade(session: Session, kind: str, row: RowMapping) -> dict[str, Any]:
    if kind == "setting":
        return {"value": site.USUAL.get(row["key"], "")}
    if kind == "working_year":
        return {"days": ""}  # not known any more
    if kind == "duty":
        return {"officer": "", "leader": "", "weather": ""}
    if kind == "pinned_note":
        return {"ended_at": now(session)}
    if kind == "expected":
        return {"status": ExpectedStatus.CANCELLED.value}
    if kind in ("loan", "parcel"):
        return {"status": Stands.WITHDRAWN.value}
    return {"ended": True} if kind == "absence" else {"active": False}


def _before(session: Session, kind: str, row: RowMapping, pairs: acts.Pairs) -> dict[str, Any]:
    """The old values, if the new ones still stand."""
    if any(plain(row[column]) != new for column, (_old, new) in pairs.items()):
        raise _refusal(session, kind, row)
    return {column: reversing.value(_TABLES[kind], column, old) for column, (old, _new) in pairs.items()}


def _save(
    session: Session, act: acts.Line, row: RowMapping, new: Mapping[str, Any], verb: str, uid: uuid.UUID
) -> None:
    _check(session, act.kind, row, new)
    changes: dict[str, Any] = {"undo": acts.remark(act)}
    if differences := touching.changed(row, new):
        table = _TABLES[act.kind]
        session.connection().execute(update(table).where(table.c.id == row["id"]), dict(new))
        changes["record"] = differences
    journal.append(session, verb, (act.kind, act.subject_id), changes, uid)


def _check(session: Session, kind: str, row: RowMapping, new: Mapping[str, Any]) -> None:
    """What holds for these values whoever writes them."""
    if kind == "operator" and not new.get("active", True):
        directory.check_somebody_stays(session, row["name"])
    if kind == "limit_rule":
        from reception.operations import limiting, terms

        limiting.check_alone(session, terms.rule({**row, **new}))
    if kind == "matter" and "name" in new:
        directory.check_matter_name(session, row["id"], new["name"])
    if kind == "person" and new.get("face") is not None:
        beside = select(_P.c.id).where(
            _P.c.merged_into == new["merged_into"], _P.c.face == new["face"], _P.c.id != row["id"]
        )
        if session.connection().scalar(beside.limit(1)) is not None:  # somebody said since who they are
            raise _refusal(session, kind, row)


def _refusal(session: Session, kind: str, row: RowMapping) -> StateError:
    if kind == "setting":
        return StateError("The settings were changed since; set them as they should be.")
    return StateError(
        "Something was done to {number} since; take that back first, or correct it.",
        number=_called(session, kind, row),
    )
