"""Standard streams: UTF-8 everywhere, readers that leave early, full devices, a bar on terminals only."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

import pytest

from tests.cli.running import InProcess, command, environment, one_line, run

AT = ("--at", "2024-03-05T09:30")
NARROW = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
DAY = ("list", "--day", "2024-03-05")


def test_chinese_goes_in_and_out_where_the_console_is_ascii(cli: InProcess) -> None:
    env = environment(**NARROW, RECEPTION_REGISTER=cli.register)
    done = run("add", "visit", "--subject", "社保卡补换", "--name", "张𬱖", *AT, env=env)
    assert (done.code, done.err) == (0, "")
    assert done.word == "20240305-001"
    shown = run(*DAY, "--json", env=env)
    assert "社保卡补换" in shown.out
    assert [(one["subject"], one["name"]) for one in shown.document] == [("社保卡补换", "张𬱖")]
    refused = run("--language", "zh_CN", "show", "第一条", env=env)
    assert refused.code == 2
    assert "第一条" in one_line(refused.err)


def test_an_argument_that_is_no_utf8_is_refused(cli: InProcess) -> None:
    done = subprocess.run(
        [*command("--register", cli.register, "add", "visit", "--subject"), b"\xd5\xc5\xc8\xfd"],
        env=environment(RECEPTION_LANGUAGE="en", LC_ALL="C.UTF-8"),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert "UTF-8" in one_line(done.stderr.decode("utf-8"))


def test_a_reader_that_leaves_early_is_no_error(cli: InProcess) -> None:
    cli.add("--request", "长" * 9_000, *AT)
    for number in range(12):
        cli.add("--request", f"{number}" + "长" * 9_000, *AT)
    with subprocess.Popen(
        command("--register", cli.register, *DAY, "--json"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as writer:
        assert writer.stdout
        assert writer.stderr
        writer.stdout.read(1)
        writer.stdout.close()
        said = writer.stderr.read()
    assert (writer.returncode, said) == (0, b"")


def test_an_output_that_cannot_be_written_is_an_error(cli: InProcess) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command("--register", cli.register, "departments"),
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(RECEPTION_LANGUAGE="en"),
            check=False,
            timeout=60,
        )
    assert done.returncode == 1
    one_line(done.stderr.decode("utf-8"))


def _on_a_terminal(*arguments: str) -> tuple[int, bytes, bytes]:
    """Exit code, output and what stood on the terminal that standard error is."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command(*arguments),
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=environment(RECEPTION_LANGUAGE="en", TERM="xterm"),
    ) as child:
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 65_536)
            except OSError:  # Linux says so when the other end is gone
                break
            if not piece:
                break
            shown += piece
        assert child.stdout
        out = child.stdout.read()
    os.close(ours)
    return child.returncode, out, shown


@pytest.mark.parametrize("words", [("check",), ("backup", "FILE")])
def test_long_work_shows_its_progress_on_a_terminal_only(
    cli: InProcess, tmp_path: Path, words: tuple[str, ...]
) -> None:
    typed = [str(tmp_path / "copy.sqlite") if word == "FILE" else word for word in words]
    code, out, shown = _on_a_terminal("--register", cli.register, *typed)
    assert code == 0
    assert b"100%" in shown
    assert b"%" not in out
    assert run("--register", cli.register, *typed).err == ""


def test_what_was_typed_does_not_steer_the_terminal(cli: InProcess) -> None:
    refused = cli.refused("show", "\x1b[2J\x1b]0;x\x07\r\n20240305")
    assert "\x1b" not in refused
    assert "\x07" not in refused
