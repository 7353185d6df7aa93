"""Servers that do not answer, refuse, vanish within an act: said in a plain sentence, and nothing is lost."""

from __future__ import annotations

import datetime as dt
import socket
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import make_url, text

from reception import founding
from reception.context import Session
from reception.desk import Desk
from reception.errors import (
    InputError,
    LockedError,
    RegisterUnusableError,
    SurroundingsError,
    UnreachableError,
)
from reception.facts import AttemptResult
from reception.facts.office import NewInvitee
from reception.operations import site
from reception.operations.office import meetings
from reception.store import check, migrate
from reception.store import engine as engines
from tests.factories import NOW, OpenDesk, add, behind_its_back, new_uid, told_numbers, visit
from tests.postgres_server import Postgres
from tests.store.saying import said
from tests.store.wire import Wire


def test_a_server_that_nobody_answers_at() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"postgresql://wang:s3cret@127.0.0.1:{taken.getsockname()[1]}/r?password=an0ther"
        for attempt in (Desk.open, founding.create, migrate.migrate):
            with said(UnreachableError, "does not answer") as _:
                attempt(url)
            with pytest.raises(UnreachableError) as raised:
                attempt(url)
            assert "s3cret" not in str(raised.value)
            assert "an0ther" not in str(raised.value)


def test_a_server_that_answers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "CONNECT_SECONDS", 1)
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        with said(UnreachableError, "does not answer"):
            Desk.open(f"postgresql://wang@127.0.0.1:{mute.getsockname()[1]}/r")


def test_a_server_without_that_database_or_that_role(server_register: str) -> None:
    url = make_url(server_register)
    with said(SurroundingsError, "no database", "nowhere"):
        Desk.open(url.set(database="nowhere").render_as_string(hide_password=False))
    with said(SurroundingsError, "refuses this login"):
        Desk.open(url.set(username="nobody_of_that_name").render_as_string(hide_password=False))


def test_an_address_with_a_word_the_server_does_not_know(server_register: str) -> None:
    with said(InputError):
        Desk.open(server_register + "&no_such_option=1")


@pytest.fixture
def guarded(postgres: Postgres) -> Iterator[str]:
    """The name of a role that the server wants a password from: ``right``."""
    name = f"guarded_{uuid.uuid4().hex[:8]}"
    with behind_its_back(postgres.url) as execute:
        ((before,),) = execute("SELECT pg_read_file(current_setting('hba_file'))")
        execute(f"CREATE ROLE {name} LOGIN PASSWORD 'right'")
        _write_rules(execute, f"local all {name} scram-sha-256\nhost all {name} all scram-sha-256\n{before}")
        yield name
        _write_rules(execute, before)
        execute(f"DROP ROLE {name}")


def _write_rules(execute: Callable[[str], list[Any]], rules: str) -> None:
    ((made,),) = execute(f"SELECT lo_from_bytea(0, convert_to($rules${rules}$rules$, 'UTF8'))")
    execute(f"SELECT lo_export({made}, current_setting('hba_file'))")
    execute(f"SELECT lo_unlink({made})")
    execute("SELECT pg_reload_conf()")


def test_a_wrong_password_and_one_who_may_do_nothing(server_register: str, guarded: str) -> None:
    url = make_url(server_register).set(username=guarded)
    for password in ("wrong", None):
        with said(SurroundingsError, "refuses this login"):
            Desk.open(url.set(password=password).render_as_string(hide_password=False))
    right = url.set(password="right").render_as_string(hide_password=False)
    with said(SurroundingsError, "refuses this login"):
        Desk.open(right)  # the tables are another's
    with behind_its_back(server_register) as execute:
        for table in ("alembic_version", "setting", "desk", "operator"):
            execute(f"GRANT SELECT ON {table} TO {guarded}")
    desk = Desk.open(right)
    with said(SurroundingsError, "rights"):
        add(desk)
    desk.close()
    with behind_its_back(server_register) as execute:
        execute(f"DROP OWNED BY {guarded}")


def test_a_server_that_stops_in_the_middle_of_the_day_and_comes_back(
    server_register: str, open_desk: OpenDesk
) -> None:
    with Wire(server_register) as wire:
        desk = open_desk(wire.url)
        first = add(desk)
        wire.cut()
        new = visit("停机时登记的")
        for _ in range(2):
            with said(UnreachableError, "what you typed is still here"):
                add(desk, new)
        with said(UnreachableError):
            told_numbers(desk)
        wire.mend()
        second = add(desk, new)
        assert told_numbers(desk) == [first.number, second.number] == ["20261123-001", "20261123-002"]
        desk.close()
    check.run(open_desk(server_register))


def test_an_answer_that_was_lost_on_its_way_is_asked_for_again(
    server_register: str, open_desk: OpenDesk
) -> None:
    """The entry is kept, and the wire breaks before the desk hears of it."""
    with Wire(server_register) as wire:
        desk, new = open_desk(wire.url), visit()
        add(desk)
        wire.break_after = b"COMMIT"
        assert add(desk, new).number == "20261123-002"
        assert wire.break_after is None
        assert add(desk, new).number == "20261123-002"
        assert told_numbers(desk) == ["20261123-001", "20261123-002"]
        desk.close()
    check.run(open_desk(server_register))


def _sleep(session: Session) -> None:
    session.connection().execute(text("SELECT pg_sleep(20)"))


def test_a_statement_that_takes_too_long_is_given_up(
    server_register: str, open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "STATEMENT_SECONDS", 0.2)
    desk = open_desk(server_register)
    with said(LockedError, "busy"):
        desk.ask(_sleep)
    assert add(desk).number == "20261123-001"


def test_a_desk_that_another_transaction_holds_is_busy(
    server_register: str, open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "LOCK_SECONDS", 0.2)
    desk, new = open_desk(server_register), visit()
    with behind_its_back(server_register) as execute:
        execute("BEGIN")
        execute("SELECT 1 FROM desk FOR UPDATE")
        with said(LockedError, "busy", "nothing was changed"):
            add(desk, new)
        execute("ROLLBACK")
    assert add(desk, new).number == "20261123-001"


def test_a_server_that_only_lets_read(server_register: str, open_desk: OpenDesk) -> None:
    name = make_url(server_register).database
    with behind_its_back(server_register) as execute:
        execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    desk = open_desk(server_register)
    assert desk.ask(site.today) == 20261123
    with said(SurroundingsError, "only lets us read"):
        add(desk)


def test_a_database_of_another_program_is_left_alone(postgres_url: str) -> None:
    with behind_its_back(postgres_url) as execute:
        execute("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)")
        execute("INSERT INTO alembic_version VALUES ('0001')")
    for attempt in (Desk.open, founding.create, migrate.migrate):
        with said(RegisterUnusableError, "another program"):
            attempt(postgres_url)
    with behind_its_back(postgres_url) as execute:
        execute("DROP TABLE alembic_version")
        execute("CREATE TABLE entry (id int)")
    with said(InputError, "already"):
        founding.create(postgres_url)
    with behind_its_back(postgres_url) as execute:
        tables = execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        assert [tuple(one) for one in tables] == [("entry",)]


def test_a_database_that_cannot_keep_chinese_is_refused(postgres: Postgres, postgres_url: str) -> None:
    name = f"ascii_{uuid.uuid4().hex[:8]}"
    with behind_its_back(postgres.url) as execute:
        execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'")
        try:
            url = make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
            with said(SurroundingsError, "SQL_ASCII", "UTF8"):
                founding.create(url)
        finally:
            execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_an_act_of_several_lines_is_done_once_or_not_at_all(
    server_register: str, open_desk: OpenDesk
) -> None:
    """A call about a meeting registers the call and says on the notice that nobody answered."""
    with Wire(server_register) as wire:
        desk = open_desk(wire.url)
        people = (NewInvitee("王芳", phone="13900000001"), NewInvitee("李明", phone="13900000002"))
        notice = desk.do(
            meetings.notify,
            subject="例会",
            convener="吴局长",
            agenda="总结",
            meets_at=NOW + dt.timedelta(days=1),
            place="三楼",
            invitees=people,
            uid=new_uid(),
        )
        calls = [one.id for one in desk.ask(meetings.invitees, notice.entry_id)]
        acts = [new_uid(), new_uid()]
        wire.break_after = b"COMMIT"
        desk.do(meetings.call, calls[0], AttemptResult.NO_ANSWER, uid=acts[0])
        wire.cut()
        with said(UnreachableError, "what you typed is still here"):
            desk.do(meetings.call, calls[1], AttemptResult.NO_ANSWER, uid=acts[1])
        wire.mend()
        for _ in range(2):
            for person, act in zip(calls, acts, strict=True):
                desk.do(meetings.call, person, AttemptResult.NO_ANSWER, uid=act)
        made = {
            one.name: [call.attempts for call in one.calls]
            for one in desk.ask(meetings.invitees, notice.entry_id)
        }
        assert made == {"王芳": [1], "李明": [1]}
        assert told_numbers(desk) == ["20261123-001", "20261123-002", "20261123-003"]
        desk.close()
    assert check.run(open_desk(server_register)).troubles == ()
