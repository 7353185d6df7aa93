"""The append-only trail: one line per act, chained per desk, written in the transaction of the change itself.

The hash of a line covers the line before and a salted digest of the values that changed, so a later erasure
of the values leaves the chain provable. The chain shows careless or partial tampering; whoever rewrites all
of it is found out only against printed heads.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy import text as sql

from reception import tables
from reception.context import Present, Session, present
from reception.store.prepared import Prepared

GENESIS = b"\0" * 32
Changes = Mapping[str, Mapping[str, tuple[Any, Any]]]
"""Row key (``entry``, ``party/0``, ``part/12`` …) → column → (old, new)."""

_desk, _line, _private = tables.desk, tables.journal, tables.private
_EARLIER = select(_line.c.subject_id).where(
    _line.c.act_uid == bindparam("uid"), _line.c.subject_kind == bindparam("kind")
)
_seen = _desk.alias("seen")
_LOCK = (
    select(
        _desk.c.head_sequence,
        _desk.c.head_hash,
        _desk.c.epoch,
        _desk.c.epoch_day,
        _EARLIER.scalar_subquery().label("earlier"),
        # what the statement's own snapshot holds: another number than the locked row's if the lock was waited
        # for
        select(_seen.c.head_sequence)
        .where(_seen.c.id == bindparam("desk_id"))
        .scalar_subquery()
        .label("seen_sequence"),
    )
    .where(_desk.c.id == bindparam("desk_id"), _desk.c.code == bindparam("code"))
    .with_for_update(of=_desk)
)
_TAKE = Prepared(_LOCK)
_COLUMNS = [column.name for column in _line.c if column.name != "id"]
_MOVE = Prepared(update(_desk).where(_desk.c.id == bindparam("desk_id")), ("head_sequence", "head_hash"))
_INSERT_LINE = Prepared(insert(_line), _COLUMNS)
_INSERT_PRIVATE = Prepared(insert(_private), [column.name for column in _private.c])
# A server is asked once instead of three times: on a busy network the way there is what a save waits for.
_APPEND_ON_SERVER = Prepared(
    sql(
        f"WITH line AS (INSERT INTO journal ({', '.join(_COLUMNS)}) "
        f"VALUES ({', '.join(f':{name}' for name in _COLUMNS)}) RETURNING id), "
        "moved AS (UPDATE desk SET head_sequence = :sequence, head_hash = :hash WHERE id = :desk_id) "
        "INSERT INTO journal_private (journal_id, salt, changes) SELECT id, :salt, :changes FROM line"
    )
)


class RegisterReplacedError(Exception):
    """The desk is not where it was: somebody put a backup in the register's place while it was open."""


@dataclass(slots=True)
class Head:
    """The end of this desk's chain while its transaction runs."""

    sequence: int
    hash: bytes
    epoch: int
    epoch_day: int


def open_act(session: Session, uid: uuid.UUID, kind: str = "entry") -> int | None:
    """Lock the desk's chain for this transaction; the subject's id if this act was done before, else None.

    Every writing verb calls it first: a repeated act (a double click, a retry after a lost answer) then
    returns its first result instead of being done twice. ``kind`` is what the verb acts on.

    Raises:
        RegisterReplacedError: what was known of the desk is out of date; begin again with fresh knowledge.
    """
    here, connection = present(session), session.connection()
    values = {"desk_id": here.desk_id, "code": here.desk_code, "uid": uid, "kind": kind}
    row = _TAKE.run(connection, values).one_or_none()
    if row is None or row.epoch != session.info.get("epoch", row.epoch):
        raise RegisterReplacedError
    session.info["head"] = Head(row.head_sequence, row.head_hash, row.epoch, row.epoch_day)
    earlier = cast("int | None", row.earlier)
    if row.head_sequence != row.seen_sequence:
        # the lock was waited for, and the statement's snapshot is older than what the others did meanwhile
        earlier = cast("int | None", connection.scalar(_EARLIER, {"uid": uid, "kind": kind}))
    if earlier is not None:
        _tell(session, uid)
    return earlier


def epoch_of(session: Session, day: int) -> int:
    """The epoch that numbers of ``day`` (``YYYYMMDD``) carry at this desk; 0 for none."""
    head: Head = session.info["head"]
    return head.epoch if day <= head.epoch_day else 0


def next_sequence(session: Session) -> int:
    """The sequence that the line of the act in hand will get; a record keeps it beside its values."""
    head: Head = session.info["head"]
    return head.sequence + 1


def append(session: Session, verb: str, subject: tuple[str, int], changes: Changes, uid: uuid.UUID) -> int:
    """Write the line of an act and what it changed; the line's sequence.

    Args:
        session: its transaction holds the change and, through ``open_act``, the lock.
        verb: what was done, a word of ``words.VERBS``.
        subject: kind and id of what it was done to.
        changes: old and new value per row and column.
        uid: the act's own.
    """
    head: Head = session.info["head"]
    connection = session.connection()
    line, private = _made(present(session), head, Line(verb, subject, changes, uid))
    if connection.dialect.name == "postgresql":
        _APPEND_ON_SERVER.run(connection, {**line, **private})
    else:
        line_id = _INSERT_LINE.insert(connection, line)
        _INSERT_PRIVATE.run(connection, {"journal_id": line_id, **private})
        _MOVE.run(connection, _moved(line))
    session.info["head"] = _after(head, line)
    _tell(session, uid)
    return head.sequence + 1


@dataclass(frozen=True, slots=True)
class Line:
    """One act as ``append`` takes it."""

    verb: str
    subject: tuple[str, int]
    changes: Changes
    uid: uuid.UUID


def append_many(session: Session, acts: Sequence[Line]) -> int:
    """As ``append`` for many acts that one command did, in a few statements; the first one's sequence."""
    here, head, connection = present(session), session.info["head"], session.connection()
    first: int = head.sequence + 1
    lines, privates = [], []
    for act in acts:
        line, private = _made(here, head, act)
        head = _after(head, line)
        lines.append(line)
        privates.append(private)
    if not lines:
        return first
    _INSERT_LINE.many(connection, lines)
    query = select(_line.c.id).where(_line.c.desk_id == here.desk_id, _line.c.sequence >= first)
    ids = connection.scalars(query.order_by(_line.c.sequence)).all()
    told = [{"journal_id": line_id, **private} for line_id, private in zip(ids, privates, strict=True)]
    _INSERT_PRIVATE.many(connection, told)
    _MOVE.run(connection, _moved(lines[-1]))
    session.info["head"] = head
    for act in acts:
        _tell(session, act.uid)
    return first


def _made(here: Present, head: Head, act: Line) -> tuple[dict[str, Any], dict[str, Any]]:
    """The line that follows ``head``, and what is kept apart from it."""
    sequence, at = head.sequence + 1, here.instant
    salt, values = os.urandom(16), dump_changes(act.changes)
    digest = private_digest(salt, values)
    fields = (here.desk_code, sequence, at, here.operator, act.uid, act.verb, *act.subject)
    line = {
        "desk_id": here.desk_id,
        "sequence": sequence,
        "at": at,
        "operator": here.operator,
        "act_uid": act.uid,
        "verb": act.verb,
        "subject_kind": act.subject[0],
        "subject_id": act.subject[1],
        "previous": head.hash,
        "digest": digest,
        "hash": hash_line(fields, head.hash, digest),
    }
    return line, {"salt": salt, "changes": values}


def _moved(line: Mapping[str, Any]) -> dict[str, Any]:
    return {"desk_id": line["desk_id"], "head_sequence": line["sequence"], "head_hash": line["hash"]}


def _after(head: Head, line: Mapping[str, Any]) -> Head:
    return Head(line["sequence"], line["hash"], head.epoch, head.epoch_day)


def further(uid: uuid.UUID, number: int) -> uuid.UUID:
    """The uid of the ``number``-th further line of an act that has several: they are taken back together."""
    return uuid.uuid5(uid, str(number))


def is_told(session: Session, uid: uuid.UUID | None) -> bool:
    """Whether this transaction wrote or found the line of an act: one that changes nothing has none."""
    return uid in session.info.get("told", ())


def _tell(session: Session, uid: uuid.UUID) -> None:
    session.info.setdefault("told", set()).add(uid)


def part_key(department_id: int, sending: int) -> str:
    """The row key of a referral's part within its entry's changes."""
    return f"part/{department_id}/{sending}"


def private_digest(salt: bytes, values: str) -> bytes:
    """SHA-256(salt ‖ values): what stays provable when the values are erased."""
    return hashlib.sha256(salt + values.encode()).digest()


def hash_line(
    fields: tuple[str, int, dt.datetime, str, uuid.UUID, str, str, int], previous: bytes, digest: bytes
) -> bytes:
    """The hash of a line: over its fields (desk, sequence, at … subject), the line before and the digest."""
    desk, sequence, at, operator, act, verb, kind, subject = fields
    text = _canonical(
        [desk, sequence, at.isoformat(timespec="microseconds"), operator, act.hex, verb, kind, subject]
    )
    return hashlib.sha256(previous + digest + text.encode()).digest()


def dump_changes(changes: Changes) -> str:
    """The canonical JSON of what an act changed; instants as UTC ISO text."""
    return _canonical(changes)


def plain(value: object) -> object:
    """A column's value as the journal keeps it."""
    return _plain(value) if isinstance(value, (dt.datetime, uuid.UUID)) else value


def _plain(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(value, uuid.UUID):
        return value.hex
    raise TypeError(f"the journal cannot keep {type(value).__name__}")


# Made once: the module's own function makes a new one for every call that differs from the usual.
_canonical = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_plain
).encode
