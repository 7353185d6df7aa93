"""The journal: append-only for everybody, chained, and telling of every act with its old and new values."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from typing import Any

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from reception import journal, tables
from reception.context import Session
from reception.desk import Desk
from reception.facts import Party
from reception.operations import entries
from tests.factories import CLERK, NOW, Clock, OpenDesk, add, behind_its_back, new_uid, visit

TOUCH = [
    "UPDATE {table} SET {key} = {key}",
    "UPDATE {table} SET {value} = 'x'",
    "DELETE FROM {table}",
    "DELETE FROM {table} WHERE {key} = 1",
]
SEALED = [("journal", "id", "operator"), ("journal_private", "journal_id", "changes")]


def _lines(desk: Desk, *, of: str = "") -> list[dict[str, Any]]:
    """The lines of a desk, first to last, each with its values."""

    def read(session: Session) -> list[dict[str, Any]]:
        table, private = tables.journal, tables.private
        query = (
            select(table, private.c.salt, private.c.changes)
            .join(private, private.c.journal_id == table.c.id)
            .join(tables.desk, tables.desk.c.id == table.c.desk_id)
            .where(tables.desk.c.code == of)
            .order_by(table.c.sequence)
        )
        return [dict(row) for row in session.connection().execute(query).mappings()]

    return desk.ask(read)


def test_nobody_changes_or_removes_a_line(desk: Desk) -> None:
    add(desk)
    before = _lines(desk)
    for table, key, value in SEALED:
        for statement in TOUCH:
            with (
                behind_its_back(desk.place.text) as execute,
                pytest.raises(Exception, match="append-only"),
            ):
                execute(statement.format(table=table, key=key, value=value))
    assert _lines(desk) == before


@pytest.mark.parametrize(("table", "key"), [one[:2] for one in SEALED])
def test_not_by_sleight_of_hand_either(desk: Desk, table: str, key: str) -> None:
    add(desk)
    before = _lines(desk)
    if desk.place.is_server:
        statements = [f"TRUNCATE {table} CASCADE"]
    else:
        columns = "*" if table == "journal_private" else ", ".join(c.name for c in tables.journal.columns)
        statements = [
            f"INSERT OR REPLACE INTO {table} SELECT {columns} FROM {table}",
            f"UPDATE {table} SET rowid = rowid",
            f"UPDATE OR REPLACE {table} SET {key} = 1",
        ]

    def directly(session: Session, statement: str) -> None:
        session.connection().exec_driver_sql(statement)

    for statement in statements:
        with pytest.raises(DBAPIError, match="append-only"):
            desk.do(directly, statement)
    assert _lines(desk) == before


def test_each_act_has_a_line_that_continues_the_one_before(desk: Desk, clock: Clock) -> None:
    new, struck = visit(parties=(Party("张建国"),)), new_uid()
    receipt = add(desk, new)
    clock.go(minutes=3)
    desk.do(entries.void, receipt.entry_id, "误登", uid=struck)
    lines = _lines(desk)
    assert [one["sequence"] for one in lines] == list(range(1, len(lines) + 1))
    assert lines[0]["previous"] == bytes(32)
    assert [one["previous"] for one in lines[1:]] == [one["hash"] for one in lines[:-1]]
    first, last = lines[-2:]
    assert (first["verb"], first["act_uid"], first["at"]) == ("register", new.uid, NOW)
    assert (last["verb"], last["act_uid"], last["at"]) == ("void", struck, NOW + dt.timedelta(minutes=3))
    for line in (first, last):
        assert (line["operator"], line["subject_kind"], line["subject_id"]) == (
            CLERK,
            "entry",
            receipt.entry_id,
        )
    assert json.loads(last["changes"]) == {
        "entry": {"status": ["open", "void"], "void_reason": ["", "误登"]},
    }
    told = json.loads(first["changes"])
    assert told["entry"]["subject"] == [None, new.subject]
    assert told["party/0"]["name"] == [None, "张建国"]


def test_the_hash_covers_the_line_its_values_and_the_line_before() -> None:
    """Computed by hand, so that a register of today can be proved by a program of tomorrow."""
    at = dt.datetime(2026, 11, 23, 1, 42, tzinfo=dt.UTC)
    act = uuid.UUID("00000000-0000-4000-8000-000000000001")
    values = '{"entry":{"subject":[null,"社保卡"]}}'
    digest = hashlib.sha256(b"s" * 16 + values.encode()).digest()
    text = (
        '["B",7,"2026-11-23T01:42:00.000000+00:00","王芳",'
        '"00000000000040008000000000000001","register","entry",12]'
    )
    previous = hashlib.sha256(b"the line before").digest()
    assert journal.dump_changes({"entry": {"subject": (None, "社保卡")}}) == values
    assert journal.private_digest(b"s" * 16, values) == digest
    fields = ("B", 7, at, "王芳", act, "register", "entry", 12)
    assert (
        journal.hash_line(fields, previous, digest)
        == hashlib.sha256(previous + digest + text.encode()).digest()
    )


def test_equal_values_have_different_digests(desk: Desk) -> None:
    """Who knows what a person would have said cannot prove from an erased line that they said it."""
    for _ in range(2):
        add(desk, visit("同样的事"))
    one, other = _lines(desk)[-2:]
    assert one["salt"] != other["salt"]
    assert len(one["salt"]) == 16
    assert one["digest"] != other["digest"]


def test_each_desk_has_a_chain_of_its_own(register: str, open_desk: OpenDesk) -> None:
    office, b = open_desk(register), open_desk(register, desk="B")
    before = len(_lines(office))
    add(b)
    add(office)
    add(b)
    assert [one["verb"] for one in _lines(office)[before:]] == ["register"]
    lines = _lines(office, of="B")
    assert [(one["sequence"], one["verb"]) for one in lines] == [
        (1, "create"),
        (2, "register"),
        (3, "register"),
    ]
    assert lines[0]["previous"] == bytes(32)


def test_a_line_outside_any_transaction_of_a_desk_is_a_bug(desk: Desk) -> None:
    """Where nobody is at the desk nothing can be signed."""
    with desk.engine.connect() as connection, pytest.raises(KeyError):
        journal.open_act(Session(connection), new_uid())


def test_a_superusers_truncate_is_refused_too(server_register: str, open_desk: OpenDesk) -> None:
    add(open_desk(server_register))
    with behind_its_back(server_register) as execute:
        for table in ("journal", "journal_private", "journal, journal_private"):
            with pytest.raises(psycopg.errors.RaiseException):
                execute(f"TRUNCATE {table} CASCADE")
