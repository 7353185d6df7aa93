"""Corrections of any field of an entry: the trail keeps the old value, nobody overwrites another unseen."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, delete, insert, select, update

from reception import tables
from reception import text as rules
from reception.context import Session, local_day, now
from reception.errors import InputError, StateError
from reception.facts import (
    Act,
    CallResult,
    Category,
    Details,
    Kind,
    Receipt,
    Source,
    Urgency,
    Visibility,
    Visits,
)
from reception.operations import cleaning, conflicts, owing, touching, veiling
from reception.operations.people import links
from reception.operations.reading import details_of, parties

_P = tables.party
INSTANTS = ("received_at", "waiting_since", "seen_at", "left_at")
PLAIN = ("matter_id", "department_id")
CORRECTABLE = frozenset(
    (
        *cleaning.LONG_FIELDS,
        *INSTANTS,
        *PLAIN,
        *cleaning.DETAIL_FIELDS,
        "category",
        "party_size",
        "act",
        "call_result",
        "parties",
    )
)


def correct(
    session: Session,
    entry_id: int,
    changes: Mapping[str, Any],
    *,
    version: int | None = None,
    uid: uuid.UUID,
) -> Receipt:
    """Correct fields of an entry.

    Args:
        session: the transaction.
        entry_id: which entry.
        changes: new values by field (``CORRECTABLE``), typed as in ``NewEntry``, ``Details`` and ``Party``.
        version: the version the corrector saw; None corrects whatever is there.
        uid: the act's own.

    Raises:
        InputError: naming the field that cannot be taken; ConflictError: somebody changed fields of the entry
        meanwhile, with both values of each; StateError: the entry is void.
    """
    if done := touching.repeated(session, uid):
        return done
    if unknown := sorted(set(changes) - CORRECTABLE):
        raise InputError("There is no field '{name}' to correct.", name=unknown[0], field=unknown[0])
    touched = touching.open_entry(session, entry_id)
    veiling.refuse_sealed(session, touched.row["category"], str(touching.number_of(touched.row)))
    persons = _persons(session, entry_id)
    if version is not None and touched.row["version"] != version:
        conflicts.refuse(session, touched, persons, changes, version)
    new = columns(session, touched, changes)
    hidden = veiling.of(new.get("category", touched.row["category"])) is not Visibility.PLAIN
    if hidden and "parties" not in changes and links.choices(session.connection(), entry_id):
        changes = {**changes, "parties": parties(session, entry_id)}  # whoever was chosen is let go
    if "parties" in changes:
        rows = cleaning.parties(changes["parties"])
        if veiling.of(touched.row["category"]) is Visibility.MASKED:
            veiling.unmasked(rows, persons)
        _choose(session, entry_id, persons, rows)
        if hidden:
            rows = [{**row, "person_id": None} for row in rows]
        touched.others |= _replace_persons(session, touched, persons, rows)
        if len(rows) > new.get("party_size", touched.row["party_size"]):
            new["party_size"] = len(rows)
    if not touched.others and not touching.changed(touched.row, new):
        return touching.receipt_of(touched.row, touched.row["version"])
    texts = {
        **new,
        **{f"{key}.{name}": pair[1] for key, pairs in touched.others.items() for name, pair in pairs.items()},
    }
    return touching.save(session, touched, new, "correct", uid, cleaning.warnings(texts))


def columns(session: Session, touched: touching.Touched, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The entry's own new values. Raises InputError, StateError."""
    row = touched.row
    new: dict[str, Any] = {name: changes[name] for name in (*PLAIN, *INSTANTS) if name in changes}
    for name in cleaning.LONG_FIELDS:
        if name in changes:
            new[name] = cleaning.long_text(changes[name], name)
    if new.get("subject") == "":
        raise InputError("Say in a word what it is about.", field="subject")
    if "subject" in new and row["kind"] == Kind.DOCUMENT:
        from reception.operations.office import documents  # a visit or a call has nothing of it

        documents.check_marking("subject", new["subject"])
    category = _word(Category, changes.get("category", row["category"]), "category")
    if "category" in changes:
        cleaning.check_category(category, Kind(row["kind"]))
        new["category"] = category.value if category else None
    if any(name in changes for name in (*cleaning.DETAIL_FIELDS, "category")):
        new |= cleaning.details(_details(row, changes), category)
    if "party_size" in changes:
        new["party_size"] = cleaning.party_size(changes["party_size"], 1)
    if "act" in changes or "call_result" in changes:
        new |= _act(session, touched, changes, new)
    if "left_at" in new and row["left_estimated"]:
        new["left_estimated"] = None  # somebody says so now
    _check_department(touched, new)
    _check_moments(session, touched, new)
    return new


def _details(row: RowMapping, changes: Mapping[str, Any]) -> Details:
    old = details_of(row)
    values = {name: changes.get(name, getattr(old, name)) for name in cleaning.DETAIL_FIELDS}
    values["urgency"] = _word(Urgency, values["urgency"], "urgency") or Urgency.NORMAL
    values["visits"] = _word(Visits, values["visits"], "visits")
    values["source"] = _word(Source, values["source"], "source")
    if "category" in changes and "visits" not in changes and changes["category"] != Category.PETITION:
        values["visits"] = None  # it was asked of a petition, which this no longer is
    return Details(**values)


def _act(
    session: Session, touched: touching.Touched, changes: Mapping[str, Any], new: Mapping[str, Any]
) -> dict[str, Any]:
    row = touched.row
    owing.refuse_act(row["kind"], str(touching.number_of(row)))
    act = _word(Act, changes.get("act", row["act"]), "act")
    result = _word(
        CallResult,
        changes.get("call_result", row["call_result"] if "act" not in changes else None),
        "call_result",
    )
    if (act is Act.REFERRED) != (row["act"] == Act.REFERRED):
        raise StateError(
            "{number}: a referral is made and ended by its own steps.",
            field="act",
            number=str(touching.number_of(row)),
        )
    if act is Act.REFERRED:
        return {}
    target = new.get("department_id", row["department_id"])
    cleaning.check_act(act, result, known_target=target is not None or bool(new.get("wanted", row["wanted"])))
    return {
        "act": act.value if act else None,
        "call_result": result.value if result else None,
        "status": owing.standing(session, row["id"], act, result).value,
    }


def _word(words: Any, value: Any, field: str) -> Any:
    if value is None or value == "":
        return None
    try:
        return words(value)
    except ValueError:
        raise InputError("'{value}' is not known here.", field=field, value=str(value)[:60]) from None


def _check_moments(session: Session, touched: touching.Touched, new: Mapping[str, Any]) -> None:
    row = touched.row
    received = new.get("received_at", row["received_at"])
    if received is None:
        raise InputError("An entry needs the time at which it was received.", field="received_at")
    later = {name: new.get(name, row[name]) for name in INSTANTS[1:]}
    cleaning.check_instants(now(session), received, later)
    if local_day(session, received) != row["day"]:
        raise InputError(
            "{number} belongs to its day; a correction cannot move it to another. "
            "Void it and enter it again.",
            field="received_at",
            number=str(touching.number_of(row)),
        )
    cleaning.check_visitor(Kind(row["kind"]), {**later, "plate": new.get("plate", row["plate"])})


def _check_department(touched: touching.Touched, new: Mapping[str, Any]) -> None:
    """A referred entry stands where its referral went."""
    row = touched.row
    if row["act"] == Act.REFERRED and new.get("department_id", row["department_id"]) != row["department_id"]:
        raise StateError(
            "{number}: a referral is made and ended by its own steps.",
            field="department_id",
            number=str(touching.number_of(row)),
        )


def _persons(session: Session, entry_id: int) -> dict[int, Any]:
    rows = session.connection().execute(select(_P).where(_P.c.entry_id == entry_id)).mappings()
    return {row["position"]: row for row in rows}


def _unmasked(number: str, old: dict[int, Any], position: int) -> str:
    """The number that a mask stands for: the corrector was shown only the mask and has left it as it was."""
    nearest_first = sorted(old, key=lambda at: abs(at - position))
    kept = (old[at]["document_number"] or "" for at in nearest_first)
    return next((one for one in kept if one and rules.mask_document(one) == number), number)


def _choose(session: Session, entry_id: int, old: dict[int, Any], new: list[dict[str, Any]]) -> None:
    """Leave in ``person_id`` of the new rows only whom the clerk chose, in that of the old what was told.

    Handing back the person whom the register found is no choice; a choice stays one.
    """
    told = links.choices(session.connection(), entry_id)
    for position, row in enumerate(new):
        before, typed = old.get(position), row["person_id"]
        linked = before["person_id"] if before is not None else None
        as_before = before is not None and not touching.changed(
            before, {name: row[name] for name in ("name", "phone", "organisation")}
        )
        if typed == linked or (typed is None and as_before):
            row["person_id"] = told.get(position)
        elif typed is not None:
            links.check_there(session.connection(), typed)
    for position, before in old.items():
        old[position] = {**before, "person_id": told.get(position), "linked": before["person_id"]}


def _replace_persons(
    session: Session, touched: touching.Touched, old: dict[int, Any], new: list[dict[str, Any]]
) -> dict[str, Mapping[str, tuple[Any, Any]]]:
    connection, entry_id = session.connection(), touched.id
    changes: dict[str, Mapping[str, tuple[Any, Any]]] = {}
    for position, row in enumerate(new):
        before = old.get(position)
        row["document_number"] = _unmasked(row["document_number"], old, position)
        if before is None:
            whole = {"entry_id": entry_id, "position": position, **row}
            connection.execute(insert(_P), whole)
            changes[f"party/{position}"] = touching.created(whole, frozenset({"entry_id"}))
        elif differences := touching.changed(before, row):
            connection.execute(
                update(_P).where(_P.c.id == before["id"]),
                {name: pair[1] for name, pair in differences.items()},
            )
            changes[f"party/{position}"] = differences
            touched.let_go.add(before["linked"])
    for position in range(len(new), len(old)):
        before = old[position]
        touched.let_go.add(before["linked"])
        connection.execute(delete(_P).where(_P.c.id == before["id"]))
        values = {name: before[name] for name in before if name not in ("id", "entry_id", "linked")}
        changes[f"party/{position}"] = {
            name: (value, None) for name, value in values.items() if value not in (None, "")
        }
    return changes
