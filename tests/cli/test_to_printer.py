"""Forms go to a printer of the computer; the commands of CUPS are stood in for by scripts."""

from __future__ import annotations

import os
from pathlib import Path

from tests.cli.running import InProcess, environment, run

DAY = "20240305"
NUMBER = f"{DAY}-001"

_LPSTAT = """#!/bin/sh
case "$*" in
  -e) echo Office;;
  *-p*) echo "printer Office is idle.  enabled since now"; cat "$FAKE/alerts" 2>/dev/null;;
esac
"""
_LP = """#!/bin/sh
while [ "$1" != "--" ]; do shift; done; shift
for one in "$@"; do cat "$one" >> "$FAKE/paper"; echo "$#" >> "$FAKE/jobs"; done
echo "request id is Office-7 ($# file(s))"
"""


def test_forms_go_to_a_printer_as_one_job_and_what_is_wrong_with_it_is_told_before(
    cli: InProcess, tmp_path: Path
) -> None:
    cli.done("add", "visit", "--subject", "拖欠工资", "--at", "2024-03-05T09:30")
    for name, script in (("lp", _LP), ("lpstat", _LPSTAT)):
        (tmp_path / name).write_text(script)
        (tmp_path / name).chmod(0o755)
    env = environment(
        PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}", FAKE=str(tmp_path), RECEPTION_LANGUAGE="en"
    )
    base = (
        "--register",
        cli.register,
        "print",
        "daily-sheet",
        DAY,
        "visit-record",
        NUMBER,
        "--printer",
    )
    sent = run(*base, "Office", env=env)
    assert (sent.code, sent.err, sent.word) == (0, "", "Office-7")
    assert (tmp_path / "paper").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "jobs").read_text().split() == ["2", "2"]
    before = cli.json("check")["lines"]
    unknown = run(*base, "Elsewhere", env=env)
    assert (unknown.code, unknown.out) == (2, "")
    assert "no printer 'Elsewhere' here. Known: Office" in unknown.err
    (tmp_path / "alerts").write_text("\tAlerts: media-empty\n")
    empty = run(*base, "Office", env=env)
    assert (empty.code, empty.out) == (1, "")
    assert "out of paper" in empty.err
    assert cli.json("check")["lines"] == before


def test_what_the_printer_did_not_take_is_saved_by_the_same_act_and_is_no_reprint(
    cli: InProcess, tmp_path: Path
) -> None:
    cli.done("add", "visit", "--subject", "拖欠工资", "--at", "2024-03-05T09:30")
    refusing = "#!/bin/sh\necho 'lp: Error - Destination \"Office\" is not accepting jobs.' >&2\nexit 1\n"
    for name, script in (("lp", refusing), ("lpstat", _LPSTAT)):
        (tmp_path / name).write_text(script)
        (tmp_path / name).chmod(0o755)
    env = environment(
        PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}", FAKE=str(tmp_path), RECEPTION_LANGUAGE="en"
    )
    base = ("--register", cli.register, "print", "daily-sheet", DAY, "visit-record", NUMBER)
    failed = run(*base, "--printer", "Office", env=env)
    assert (failed.code, failed.out) == (1, "")
    assert "takes no jobs" in failed.err
    uid = failed.err.partition("--uid ")[2].partition("'")[0]
    folder = tmp_path / "saved"
    folder.mkdir()
    saved = run(*base, "--uid", uid, "-o", str(folder), env=env)
    assert (saved.code, saved.err) == (0, "")
    assert "printed before" not in saved.out
    assert len(list(folder.glob("*.pdf"))) == 2


def test_without_the_commands_of_cups_it_is_told(cli: InProcess, tmp_path: Path) -> None:
    env = environment(PATH=str(tmp_path), RECEPTION_LANGUAGE="en")
    done = run("--register", cli.register, "print", "roll-call", "--printer", "Office", env=env)
    assert (done.code, done.out) == (1, "")
    assert "no 'lp'" in done.err
