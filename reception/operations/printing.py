"""Prints: each has its line in the journal before anything is on paper, and is found again by its code."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Row, RowMapping, and_, func, insert, or_, select

from reception import journal, proofs, tables
from reception.context import Session, present
from reception.errors import InputError, NotFoundError, StateError
from reception.facts.printing import Stamp
from reception.facts.prints import Deed, Print, Promise
from reception.numbers import DESK_CODE, epoch_tag
from reception.operations import site, touching
from reception.text.patterns import later

KIND = "printed"
_P, _J, _D, _S = tables.printed, tables.journal, tables.desk, tables.setting
_HEAD_SIGNS = 8
_UNTOLD = ("id", "salt", "digests")
"""Columns that the journal does not tell of."""
_PRINT = (
    select(
        *(_P.c[name] for name in ("id", "form", "subject", "language", "count", "code", "lines")),
        _J.c.at,
        _J.c.operator,
        _J.c.hash,
        _D.c.code.label("desk_code"),
    )
    .join(_J, (_J.c.subject_kind == KIND) & (_J.c.subject_id == _P.c.id))
    .join(_D, _D.c.id == _J.c.desk_id)
)
_AROUND = ("department", "matter", "operator", "setting", "person")
"""What entries show without its being theirs."""
_ON_PAPER = ("name", "footer", "slip_prefix")
"""The settings that stand on sheets."""
_DEEDS = (
    select(*(_J.c[name] for name in ("at", "operator", "verb", "subject_kind", "subject_id")))
    .add_columns(_D.c.code.label("desk_code"))
    .join(_D, _D.c.id == _J.c.desk_id)
    .where(_J.c.verb != "reveal")
)
_BEGINS = later(r"(\d{4})-?(\d\d)-?(\d\d)")
"""The day with which most subjects begin; others are held to be as old as the register."""
_MANY = 500
_FEW = 20


def commit(session: Session, promise: Promise, *, uid: uuid.UUID) -> Stamp:
    """Make a print: the line of the journal that says so. What is written to paper bears the stamp.

    The same uid again gives the same stamp. A print stays, whatever becomes of the paper: it cannot be taken
    back.
    """
    done = journal.open_act(session, uid, KIND)
    if done is not None:
        return _stamp(session, done, _corrected(session, done))
    connection = session.connection()
    if connection.dialect.name == "postgresql":  # a file has one writer at a time
        connection.execute(select(_S.c.id).where(_S.c.key == "uid").with_for_update())
    values = {
        "form": promise.form,
        "subject": promise.subject,
        "arguments": promise.arguments,
        "language": promise.language,
        "count": count(session, promise.form, promise.subject) + 1,
        "code": _code(session, uid),
        "heads": promise.heads,
        "lines": promise.lines,
        "digest": promise.digest,
        "salt_digest": proofs.sha256(promise.salt),
        "salt": promise.salt,
        "digests": promise.digests,
    }
    result = connection.execute(insert(_P), values)
    print_id = int(result.inserted_primary_key[0])  # type: ignore[index]
    told = {"record": touching.created(values, skip=frozenset(_UNTOLD))}
    journal.append(session, "print", (KIND, print_id), told, uid)
    return _stamp(session, print_id, promise.corrected)


def _code(session: Session, uid: uuid.UUID) -> str:
    """The first code of this act that no sheet bears yet."""
    attempt = 0
    while True:
        code = proofs.code_of(uid, attempt)
        if session.connection().scalar(select(_P.c.id).where(_P.c.code == code)) is None:
            return code
        attempt += 1


def _stamp(session: Session, print_id: int, corrected: frozenset[str]) -> Stamp:
    one = _print(session.connection().execute(_PRINT.where(_P.c.id == print_id)).mappings().one())
    return Stamp(
        made_at=one.made_at,
        made_by=one.made_by,
        count=one.count,
        code=one.code,
        head=one.head,
        corrected=corrected,
        restored=_restored(session, one.subject),
    )


def _restored(session: Session, subject: str) -> str:
    """The tag of the restore that what is printed was there before, as numbers of its day carry it."""
    found = _BEGINS.match(subject)
    epoch = journal.epoch_of(session, int("".join(found.groups())) if found else 0)
    return epoch_tag(epoch) if epoch else ""


def _corrected(session: Session, print_id: int) -> frozenset[str]:
    packed = session.connection().scalar(select(_P.c.digests).where(_P.c.id == print_id))
    return proofs.unpack(bytes(packed or b""))[1]


def _print(row: RowMapping) -> Print:
    return Print(
        id=row["id"],
        form=row["form"],
        subject=row["subject"],
        language=row["language"],
        count=row["count"],
        code=row["code"],
        lines=row["lines"],
        made_at=row["at"],
        made_by=row["operator"],
        desk=row["desk_code"],
        head=bytes(row["hash"]).hex().upper()[-_HEAD_SIGNS:],
    )


def count(session: Session, form: str, subject: str) -> int:
    """How often this was printed."""
    query = select(func.max(_P.c.count)).where(_P.c.form == form, _P.c.subject == subject)
    return int(session.connection().scalar(query) or 0)


def to_come(session: Session, day: int) -> bool:
    """Whether a day is later than the site's, and nothing was written for it or later by a fast clock."""
    if day <= site.today(session):
        return False
    there = select(tables.entry.c.id).where(tables.entry.c.day >= day).limit(1)
    return session.connection().scalar(there) is None


def find(session: Session, code: str) -> Print:
    """The print whose sheet bears this code. Raises InputError for no code, NotFoundError."""
    read = proofs.read_code(code)
    row = session.connection().execute(_PRINT.where(_P.c.code == read)).mappings().one_or_none()
    if row is not None:
        return _print(row)
    unknown: dict[str, Any] = {"field": "code", "code": proofs.shown(read)}
    if (span := _lost(session)) is None:
        raise NotFoundError("No sheet with the code {code} was printed from this register.", **unknown)
    raise NotFoundError(
        "This register knows no sheet with the code {code}. It was restored from a backup: what was printed "
        "between {backup} and {restored} is unknown to it.",
        backup=span[0],
        restored=span[1],
        **unknown,
    )


def _lost(session: Session) -> tuple[str, str] | None:
    """From when to when what was printed is lost: the last line of the backup, and when it was restored."""
    query = select(_J.c.id, _J.c.at).where(_J.c.verb == "restore").order_by(_J.c.id.desc())
    restored = session.connection().execute(query.limit(1)).one_or_none()
    if restored is None:
        return None
    before = select(func.max(_J.c.at)).where(_J.c.verb != "restore", _J.c.id < restored.id)
    backup = session.connection().scalar(before) or restored.at
    zone = present(session).zone
    first, last = (f"{at.astimezone(zone):%Y-%m-%d %H:%M}" for at in (backup, restored.at))
    return first, last


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a print beside what the journal tells of it."""

    arguments: Mapping[str, str | int | None]
    heads: Mapping[int, int]
    salt: bytes
    lines: Mapping[str, bytes]
    shape: int


def kept(session: Session, print_id: int) -> Kept:
    """What a print's lines were, digested. Raises StateError where that was erased."""
    row = session.connection().execute(select(_P).where(_P.c.id == print_id)).one()
    if row.salt is None:
        raise StateError("What this sheet shows was erased; it cannot be compared any more.")
    lines, _corrected = proofs.unpack(bytes(row.digests))
    heads = {int(desk): sequence for desk, sequence in json.loads(row.heads).items()}
    shape = proofs.shape_of(bytes(row.digests))
    return Kept(json.loads(row.arguments), heads, bytes(row.salt), lines, shape)


def last(session: Session, form: str, subject: str) -> Kept | None:
    """What the last print of this held; None without one, or where that was erased."""
    query = select(_P.c.id).where(_P.c.form == form, _P.c.subject == subject, _P.c.salt.is_not(None))
    found = session.connection().scalar(query.order_by(_P.c.count.desc()).limit(1))
    return kept(session, found) if found is not None else None


def made(session: Session, uid: uuid.UUID) -> int | None:
    """The id of the print that this act made; None if it made none yet. Raises InputError for another act."""
    query = select(_J.c.subject_kind, _J.c.subject_id).where(_J.c.act_uid == uid)
    row = session.connection().execute(query).one_or_none()
    if row is not None and row.subject_kind != KIND:
        raise InputError(
            "This uid belongs to something else already; every act needs one of its own.", field="uid"
        )
    return row.subject_id if row is not None else None


def desks(session: Session) -> tuple[str, ...]:
    """The codes of the desks whose own sheets can be printed."""
    codes = session.connection().scalars(select(_D.c.code).order_by(_D.c.code))
    return tuple(code for code in codes if DESK_CODE.match(code))


def heads(session: Session) -> str:
    """How far each desk's journal goes now, as ``Promise`` holds it."""
    rows = session.connection().execute(select(_D.c.id, _D.c.head_sequence).order_by(_D.c.id))
    return json.dumps({str(row.id): row.head_sequence for row in rows}, separators=(",", ":"))


def holds(session: Session, print_id: int) -> bool:
    """Whether the print's line is what it was and stands in its desk's chain."""
    found = select(_J, _D.c.code.label("desk_code")).join(_D, _D.c.id == _J.c.desk_id)
    row = (
        session.connection()
        .execute(found.where(_J.c.subject_kind == KIND, _J.c.subject_id == print_id))
        .one()
    )
    fields = (row.sequence, row.at, row.operator, row.act_uid, row.verb, row.subject_kind, row.subject_id)
    if journal.hash_line((row.desk_code, *fields), bytes(row.previous), bytes(row.digest)) != row.hash:
        return False
    after = select(_J.c.previous).where(_J.c.desk_id == row.desk_id, _J.c.sequence == row.sequence + 1)
    head = select(_D.c.head_hash).where(_D.c.id == row.desk_id)
    follows = session.connection().scalar(after) or session.connection().scalar(head)
    return bool(follows == row.hash)


def deeds(
    session: Session, kind: str, ids: Sequence[int], since: Mapping[int, int]
) -> dict[int, tuple[Deed, ...]]:
    """What was done to these records after the journals of the desks went as far as ``since``."""
    found: dict[int, list[Deed]] = {}
    query = _DEEDS.where(_J.c.subject_kind == kind, _later(since)).order_by(_J.c.id)
    for begin in range(0, len(ids), _MANY):
        some = query.where(_J.c.subject_id.in_(ids[begin : begin + _MANY]))
        for row in session.connection().execute(some):
            found.setdefault(row.subject_id, []).append(_deed(row))
    return {subject: tuple(told) for subject, told in found.items()}


def around(session: Session, since: Mapping[int, int]) -> tuple[Deed, ...]:
    """The latest that was done since to what entries show without its being theirs, first to last."""
    shown = select(_S.c.id).where(_S.c.key.in_(_ON_PAPER))
    query = _DEEDS.where(
        _J.c.subject_kind.in_(_AROUND),
        _later(since),
        or_(_J.c.subject_kind != "setting", _J.c.subject_id.in_(shown)),
    )
    query = query.order_by(_J.c.id.desc()).limit(_FEW)
    rows = session.connection().execute(query).all()[::-1]
    return tuple(replace(_deed(row), name=_called(session, row)) for row in rows)


_NAMED = {
    "department": tables.department.c.name,
    "matter": tables.matter.c.name,
    "operator": tables.operator.c.name,
    "setting": _S.c.key,
}


def _called(session: Session, row: Row[tuple[Any, ...]]) -> str:
    """What was changed, by its name; nothing for persons, whose names stand only where they must."""
    column = _NAMED.get(row.subject_kind)
    if column is None:
        return ""
    return session.connection().scalar(select(column).where(column.table.c.id == row.subject_id)) or ""


def anything(session: Session, since: Mapping[int, int]) -> bool:
    """Whether anything was done since, but for printing and looking."""
    query = select(_J.c.id).where(_later(since), _J.c.verb.not_in(("print", "reveal")))
    return session.connection().scalar(query.limit(1)) is not None


def _later(since: Mapping[int, int]) -> ColumnElement[bool]:
    """Lines after those that were there; a desk that came since has none before."""
    known = [and_(_J.c.desk_id == desk, _J.c.sequence > sequence) for desk, sequence in since.items()]
    return or_(_J.c.desk_id.not_in(list(since)), *known)


def _deed(row: Row[tuple[object, ...]]) -> Deed:
    return Deed(row.at, row.operator, row.desk_code, row.verb, row.subject_kind)


def entries_of(session: Session, keys: Iterable[str]) -> dict[str, tuple[int, str]]:
    """The id and number of the entry that each line is of, by its key (``entry:12``, ``part:3/2``)."""
    found: dict[str, tuple[int, str]] = {}
    by_kind: dict[str, dict[str, int]] = {}
    for key in keys:
        kind, colon, rest = key.partition(":")
        number = rest.partition("/")[0]
        if colon and number.isascii() and number.isdigit():
            by_kind.setdefault(kind, {})[key] = int(number)
    for kind, ids in by_kind.items():
        numbers = _numbers(session, kind, sorted(set(ids.values())))
        found |= {key: numbers[one] for key, one in ids.items() if one in numbers}
    return found


_OF_ENTRY = {"part": tables.part, "referral": tables.referral, "step": tables.step, "notice": tables.notice}


def _numbers(session: Session, kind: str, ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Of records of a kind, the entry that each belongs to; nothing for kinds that belong to none."""
    entry = tables.entry
    columns = (entry.c.id, entry.c.day, entry.c.epoch, entry.c.sequence, _D.c.code.label("desk_code"))
    if kind in ("entry", "carried"):
        query = select(*columns, entry.c.id.label("of"))
        wanted = entry.c.id
    elif (table := _OF_ENTRY.get(kind)) is not None:
        query = select(*columns, table.c.id.label("of")).join(table, table.c.entry_id == entry.c.id)
        wanted = table.c.id
    else:
        return {}
    query = query.join(_D, _D.c.id == entry.c.desk_id)
    found: dict[int, tuple[int, str]] = {}
    for begin in range(0, len(ids), _MANY):
        rows = session.connection().execute(query.where(wanted.in_(ids[begin : begin + _MANY]))).mappings()
        found |= {row["of"]: (row["id"], str(touching.number_of(row))) for row in rows}
    return found
