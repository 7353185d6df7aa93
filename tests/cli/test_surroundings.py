"""Surroundings that do not allow it: exit 1, one plain line that says what to do, nothing damaged."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
from sqlalchemy import make_url

from tests.cli.running import InProcess, command, environment, one_line, run

ADD = ("add", "visit", "--subject", "社保卡", "--at", "2024-03-05T09:30")
READING = [("list",), ("show", "20240305-001"), ("check",), ("departments",), ("print-day", "2024-03-05")]


@contextlib.contextmanager
def _raw(register: str) -> Iterator[Callable[[str], Any]]:
    """The register behind the program's back: run one statement on it."""
    if register.startswith("postgresql"):
        plain = make_url(register).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as server:
            yield lambda statement: server.execute(statement.encode())
    else:
        with contextlib.closing(sqlite3.connect(register, isolation_level=None)) as file:
            yield lambda statement: file.execute(statement).fetchall()


@pytest.mark.parametrize("words", [ADD, *READING, ("migrate",), ("backup", "b.sqlite")])
def test_a_missing_register_is_never_made_by_the_way(empty: InProcess, words: tuple[str, ...]) -> None:
    assert "reception init" in empty.refused(*words, code=1)
    if not empty.register.startswith("postgresql"):
        assert not Path(empty.register).exists()
        assert list(Path(empty.register).parent.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    ["第一行：这是一份文字\n".encode() * 40, b"", b"x", b"SQLite format 3\0" + bytes(84)],
    ids=["text", "empty", "short", "half a database"],
)
def test_what_is_no_register_is_left_as_it_is(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes
) -> None:
    place = tmp_path / "notes.txt"
    place.write_bytes(content)
    cli = InProcess(capsys, str(place))
    for words in (ADD, *READING, ("migrate",), ("backup", str(tmp_path / "b"))):
        assert "not a register" in cli.refused(*words, code=1)
    cli.refused("init")
    assert place.read_bytes() == content
    assert list(tmp_path.iterdir()) == [place]


def test_another_programs_database_is_left_as_it_is(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    place = tmp_path / "other.sqlite"
    with contextlib.closing(sqlite3.connect(place)) as other:
        other.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY)")
        other.commit()
    before = place.read_bytes()
    cli = InProcess(capsys, str(place))
    assert "not a register" in cli.refused(*ADD, code=1)
    cli.refused("init")
    assert place.read_bytes() == before


def test_a_folder_is_no_register(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    cli = InProcess(capsys, str(tmp_path))
    assert "folder" in cli.refused("list", code=1)
    cli.refused("init")


def test_a_newer_register_is_refused_and_not_changed(reception: InProcess) -> None:
    reception.done(*ADD)
    with _raw(reception.register) as execute:
        (step,) = next(iter(execute("SELECT version_num FROM alembic_version")))
        execute("UPDATE alembic_version SET version_num = '9999'")
    for words in (ADD, *READING, ("migrate",)):
        assert "newer version" in reception.refused(*words, code=1)
    with _raw(reception.register) as execute:
        execute(f"UPDATE alembic_version SET version_num = '{step}'")
    assert len(reception.json("list", "--day", "2024-03-05")) == 1
    reception.done("check")


def test_a_register_that_another_program_keeps_locked_is_said_so(reception: InProcess) -> None:
    number = reception.done(*ADD).word
    lock = (
        "BEGIN IMMEDIATE"
        if not reception.register.startswith("postgresql")
        else "BEGIN; LOCK TABLE entry, desk"
    )
    with _raw(reception.register) as execute:
        execute(lock)
        said = reception.refused("void", number, "--reason", "误登", code=1)
        execute("ROLLBACK")
    assert "locked" in said or "busy" in said
    assert reception.json("show", number)["status"] == "open"
    reception.done("check")


def _without_privileges() -> None:
    """In the child, before it starts: root loses the right to write where the file's rights forbid it."""
    if sys.platform == "linux" and os.geteuid() == 0:
        drop, override, search = 24, 1, 2  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        for capability in (override, search):
            if ctypes.CDLL(None, use_errno=True).prctl(drop, capability, 0, 0, 0):
                raise OSError(ctypes.get_errno(), "prctl")


def test_a_read_only_register_is_said_so(cli: InProcess) -> None:
    number = cli.done(*ADD).word
    place = Path(cli.register)
    folder = place.parent
    place.chmod(0o444)
    folder.chmod(0o555)
    try:
        before = place.read_bytes()
        done = run("--register", cli.register, *ADD, preexec_fn=_without_privileges)
        assert done.code == 1
        assert cli.register in one_line(done.err)
        assert place.read_bytes() == before
        unmade = run("--register", str(folder / "new.sqlite"), "init", preexec_fn=_without_privileges)
        assert unmade.code == 1
        assert "new.sqlite" in one_line(unmade.err)
        unkept = run("--register", cli.register, "backup", str(folder / "b"), preexec_fn=_without_privileges)
        assert unkept.code == 1
        one_line(unkept.err)
    finally:
        folder.chmod(0o755)
        place.chmod(0o644)
    assert [one["number"] for one in cli.json("list", "--day", "2024-03-05")] == [number]
    cli.done("check")


def _with_no_room() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def test_a_disk_that_takes_no_more_is_said_so_and_loses_nothing(cli: InProcess, tmp_path: Path) -> None:
    cli.done(*ADD)
    sheet, copy = tmp_path / "sheet.pdf", tmp_path / "copy.sqlite"
    for words in (
        ADD,
        ("print-day", "2024-03-05", "-o", str(sheet)),
        ("backup", str(copy)),
    ):
        done = run("--register", cli.register, *words, preexec_fn=_with_no_room)
        assert (done.code, done.out) == (1, "")
        one_line(done.err)
    assert not sheet.exists()
    assert not copy.exists()
    assert len(cli.json("list", "--day", "2024-03-05")) == 1
    cli.done("check")


def test_a_server_that_does_not_answer_is_said_so_without_its_password(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: nobody else gets this port
        port = taken.getsockname()[1]
        url = f"postgresql://desk:s3cret@127.0.0.1:{port}/register"
        for words in (ADD, ("list",), ("init",)):
            said = InProcess(capsys, url).refused(*words, code=1)
            assert "does not answer" in said
            assert "s3cret" not in said
        done = run("--register", url, "list")
        assert (done.code, done.out) == (1, "")
        assert one_line(done.err) == InProcess(capsys, url).refused("list", code=1)


def test_a_server_without_that_database_is_said_so(
    capsys: pytest.CaptureFixture[str], postgres_url: str
) -> None:
    cli = InProcess(
        capsys, make_url(postgres_url).set(database="nowhere").render_as_string(hide_password=False)
    )
    assert "no database" in cli.refused("list", code=1)


def test_an_address_of_another_kind_is_wrong_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert "postgresql://" in InProcess(capsys, "mysql://localhost/x").refused("list")


def test_a_damaged_register_is_said_so_and_named_by_check(reception: InProcess) -> None:
    number = reception.done(*ADD).word
    with _raw(reception.register) as execute:
        execute("UPDATE entry SET subject = '别的事'")
    assert number in reception.refused("check", code=1)


def test_a_sheet_is_refused_where_it_cannot_be_written(reception: InProcess, tmp_path: Path) -> None:
    reception.done(*ADD)
    reception.refused("print-day", "2024-03-05", "-o", str(tmp_path / "missing" / "sheet.pdf"), code=1)
    reception.refused("print-day", "2024-03-05", "-o", str(tmp_path), code=1)
    reception.refused("print-day", "2024-03-05", "-o", "/dev/full", code=1)
    assert not [one for one in tmp_path.iterdir() if one.suffix in (".pdf", ".tmp")]


def test_a_mistake_of_the_program_is_one_line_and_a_report(cli: InProcess, home: Path) -> None:
    cli.done(*ADD)
    with _raw(cli.register) as execute:  # a word that no version of the program ever wrote
        execute("PRAGMA ignore_check_constraints = ON")
        execute("UPDATE entry SET kind = 'telegram'")
    done = run("--register", cli.register, "list", "--day", "2024-03-05")
    assert (done.code, done.out) == (1, "")
    said = one_line(done.err)
    assert "made a mistake" in said
    reports = [path for path in home.rglob("*.log") if path.is_file()]
    assert len(reports) == 1
    assert str(reports[0]) in said
    text = reports[0].read_text("utf-8")
    assert "Traceback" in text
    assert "telegram" in text
    assert "reception list" in text
    no_folder = str(reports[0])
    env = environment(RECEPTION_LANGUAGE="en", HOME=no_folder, USERPROFILE=no_folder, LOCALAPPDATA=no_folder)
    nowhere = run("--register", cli.register, "list", "--day", "2024-03-05", env=env)
    assert nowhere.code == 1
    assert "could not be written" in one_line(nowhere.err)


def _heeds_interrupts() -> None:
    """Whoever runs these tests in the background has interrupts ignored, and so would the child."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_is_quiet_and_leaves_a_whole_register(cli: InProcess) -> None:
    with _raw(cli.register) as execute:
        execute("BEGIN IMMEDIATE")
        waiting = subprocess.Popen(
            command("--register", cli.register, *ADD),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
            preexec_fn=_heeds_interrupts,
        )
        child = psutil.Process(waiting.pid)
        # its log is opened with the first question, when all that it needs is there: before, what is being
        # loaded may swallow the signal
        log = f"{cli.register}-wal"
        while waiting.poll() is None and log not in {one.path for one in child.open_files()}:
            pass
        waiting.send_signal(signal.SIGINT)
        out, err = waiting.communicate(timeout=60)
        execute("ROLLBACK")
    assert (waiting.returncode, out, err) == (130, b"", b"")
    assert cli.json("list", "--day", "2024-03-05") == []
    cli.done("check")
