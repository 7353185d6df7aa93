"""The directory: departments, outside organisations, the catalogue of matters, the clerks."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, Table, insert, select, update

from reception import journal, scope, tables
from reception.context import Session, present
from reception.errors import InputError, NotFoundError
from reception.facts import Catalogue, DepartmentFact, MatterFact
from reception.operations import absences, cleaning, site, terms, touching, working_days
from reception.scope import open_to_departments

_D, _M, _O = tables.department, tables.matter, tables.operator
CODE = re.compile(r"[A-Z0-9]{1,16}\Z")


@open_to_departments
def catalogue(session: Session) -> Catalogue:
    """Everything the form needs in memory, inactive rows included.

    A department has the names of all departments, to which it may pass something on; of the rest its own.
    """
    if (mine := scope.department(session)) is not None:
        return _of_department(session, mine)
    connection, here = session.connection(), present(session)
    return Catalogue(
        site=site.site(session),
        desk=here.desk_code,
        operator=here.operator,
        departments=tuple(
            _department(row) for row in connection.execute(select(_D).order_by(_D.c.id)).mappings()
        ),
        matters=tuple(_matter(row) for row in connection.execute(select(_M).order_by(_M.c.id)).mappings()),
        operators=tuple(connection.scalars(select(_O.c.name).where(_O.c.active).order_by(_O.c.id))),
        limits=terms.rules(session),
        absences=absences.current(session),
        years=working_days.kept(session),
    )


def _of_department(session: Session, mine: int) -> Catalogue:
    rows = session.connection().execute(select(_D).order_by(_D.c.id)).mappings()
    every, here = tuple(_department(row) for row in rows), present(session)
    own = next(one for one in every if one.id == mine)
    names = (own.officer_a, own.officer_b, here.operator)
    return Catalogue(
        site=site.site(session),
        desk=own.code,
        operator=here.operator,
        departments=every,
        matters=(),
        operators=tuple(dict.fromkeys(name for name in names if name)),
        absences=absences.current(session),
        years=working_days.kept(session),
    )


def _department(row: RowMapping) -> DepartmentFact:
    return DepartmentFact(**row)


def _matter(row: RowMapping) -> MatterFact:
    return MatterFact(**row)


def department(session: Session, code: str) -> DepartmentFact:
    """The department with this code. Raises NotFoundError."""
    wanted = code.strip().upper()
    query = select(_D).where(_D.c.code == wanted)
    row = session.connection().execute(query).mappings().one_or_none() if CODE.match(wanted) else None
    if row is None:
        raise NotFoundError("There is no department '{code}'.", field="department_id", code=code[:60])
    return _department(row)


def save_department(session: Session, fact: DepartmentFact, *, uid: uuid.UUID) -> DepartmentFact:
    """Add (id 0) or change a department; a code stays as it is, because papers bear it. Raises InputError."""
    if (done := journal.open_act(session, uid, "department")) is not None:
        return _department(_row(session, _D, done))
    code = fact.code.strip().upper()
    if not CODE.match(code):
        raise InputError("A code is 1 to 16 capital letters or digits, such as JC.", field="code")
    old = _row(session, _D, fact.id) if fact.id else None
    if old is not None and old["code"] != code:
        raise InputError("The code stands on papers already sent and stays as it is.", field="code")
    if old is None and session.connection().scalar(select(_D.c.id).where(_D.c.code == code)):
        raise InputError("Another department has the code {code}.", field="code", code=code)
    names = ("room", "phone", "officer_a", "officer_b", "leader", "note")
    new = {
        "code": code,
        "name": _name(fact.name),
        "outside": fact.outside,
        "active": fact.active,
        **{name: cleaning.line(getattr(fact, name), name) for name in names},
    }
    saved = _save(session, _D, "department", old, _with_pinyin(new, old, ""), uid)
    return _department(_row(session, _D, saved))


def save_matter(session: Session, fact: MatterFact, *, uid: uuid.UUID) -> MatterFact:
    """Add (id 0) or change a matter of the catalogue. Raises InputError."""
    if (done := journal.open_act(session, uid, "matter")) is not None:
        return _matter(_row(session, _M, done))
    old = _row(session, _M, fact.id) if fact.id else None
    name = _name(fact.name)
    check_matter_name(session, fact.id, name)
    if fact.department_id is not None:
        _row(session, _D, fact.department_id)
    new: dict[str, Any] = {
        "name": name,
        "keywords": cleaning.long_text(fact.keywords, "keywords"),
        "department_id": fact.department_id,
        "materials": cleaning.long_text(fact.materials, "materials"),
        "basis": cleaning.long_text(fact.basis, "basis"),
        "limit": cleaning.line(fact.limit, "limit"),
        "note": cleaning.long_text(fact.note, "note"),
        "active": fact.active,
        "steps": cleaning.long_text(fact.steps, "steps"),
        "fee": cleaning.line(fact.fee, "fee"),
    }
    saved = _save(session, _M, "matter", old, _with_pinyin(new, old, new["keywords"]), uid)
    return _matter(_row(session, _M, saved))


def save_operator(session: Session, name: str, *, active: bool = True, uid: uuid.UUID) -> str:
    """Add a clerk, or switch one on or off; the cleaned name. Raises InputError."""
    if (done := journal.open_act(session, uid, "operator")) is not None:
        return str(_row(session, _O, done)["name"])
    cleaned = _name(name)
    connection = session.connection()
    old = connection.execute(select(_O).where(_O.c.name == cleaned)).mappings().one_or_none()
    if not active:
        check_somebody_stays(session, cleaned)
    _save(session, _O, "operator", old, {"name": cleaned, "active": active}, uid)
    return cleaned


def check_matter_name(session: Session, matter_id: int, name: str) -> None:
    """Raises InputError where another matter than this one has the name."""
    same = select(_M.c.id).where(_M.c.name == name, _M.c.id != matter_id)
    if session.connection().scalar(same):
        raise InputError("There is a matter of this name already.", field="name")


def check_somebody_stays(session: Session, leaving: str) -> None:
    """Raises InputError where nobody could sit at the desk but the clerk who leaves."""
    others = select(_O.c.id).where(_O.c.active, _O.c.name != leaving)
    if session.connection().scalar(others.limit(1)) is None:
        raise InputError("Somebody has to sit here: add another clerk first.", field="active")


def _name(name: str) -> str:
    cleaned = cleaning.line(name, "name")
    if not cleaned:
        raise InputError("It needs a name.", field="name")
    return cleaned


def _with_pinyin(new: dict[str, Any], old: RowMapping | None, keywords: str) -> dict[str, Any]:
    """Add the readings for finding it by pinyin; only a change of words loads the reading table."""
    if old is not None and old["name"] == new["name"] and old.get("keywords", "") == keywords:
        return new
    from reception import pinyin

    reading = pinyin.phrase(new["name"], *keywords.split())
    return {**new, "pinyin": reading.full, "initials": reading.initials}


def _row(session: Session, table: Table, record_id: int) -> RowMapping:
    row = session.connection().execute(select(table).where(table.c.id == record_id)).mappings().one_or_none()
    if row is None:
        raise NotFoundError("It is not in the directory any more.", field="id")
    return row


def _save(
    session: Session, table: Table, kind: str, old: RowMapping | None, new: Mapping[str, Any], uid: uuid.UUID
) -> int:
    connection = session.connection()
    if old is None:
        result = connection.execute(insert(table), dict(new))
        record_id = int(result.inserted_primary_key[0])  # type: ignore[index]
        journal.append(session, "create", (kind, record_id), {"record": touching.created(new)}, uid)
        return record_id
    record_id = int(old["id"])
    if differences := touching.changed(old, new):
        connection.execute(
            update(table).where(table.c.id == record_id),
            {name: pair[1] for name, pair in differences.items()},
        )
        journal.append(session, "save", (kind, record_id), {"record": differences}, uid)
    return record_id


def ensure_operator(session: Session, name: str, *, clerk: bool = True) -> int:
    """The id of a clerk, added now if unknown: whoever sits down at the desk can begin.

    Who is no ``clerk`` (an officer at a department's inbox) is not offered at the desk. Raises InputError.
    """
    cleaned = _name(name)
    found = session.connection().scalar(select(_O.c.id).where(_O.c.name == cleaned))
    if found is not None:
        return int(found)
    uid = uuid.uuid4()
    journal.open_act(session, uid, "operator")
    return _save(session, _O, "operator", None, {"name": cleaned, "active": clerk}, uid)


def first_operator(session: Session) -> str:
    """Who sits at the desk when nobody was named: the first active clerk."""
    return session.connection().scalar(select(_O.c.name).where(_O.c.active).order_by(_O.c.id).limit(1)) or ""
