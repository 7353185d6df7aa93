from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reception.errors import SurroundingsError
from reception.paper import worker
from reception.paper.parcels import wrap
from tests.paper import pdf
from tests.paper.made_up import STAMP, long_day, row, sheet

Child = subprocess.Popen[bytes]


@pytest.fixture
def child() -> Iterator[Child]:
    with subprocess.Popen(
        [sys.executable, "-m", "reception.paper.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        yield process
        process.kill()


def ask(child: Child, *request: object) -> tuple[object, ...]:
    assert child.stdin is not None
    assert child.stdout is not None
    worker.send(child.stdin, request)  # type: ignore[arg-type]
    answer: object = ("progress",)
    while isinstance(answer, tuple) and answer[0] == "progress":
        answer = worker.receive(child.stdout)  # type: ignore[arg-type]
    assert isinstance(answer, tuple)
    return answer


def make(form: str, data: object, path: Path, *, first: bool = False) -> tuple[object, ...]:
    return "make", form, wrap(data, None), "en", STAMP, str(path), first


def test_child_makes_one_form_after_the_other_and_ends_with_its_input(child: Child, tmp_path: Path) -> None:
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    assert ask(child, *make("daily_sheet", sheet([row(1)]), first)) == ("done", 1, None, None)
    kind, pages, *_rest = ask(child, *make("daily_sheet", long_day(60), second))
    assert (kind, pages) == ("done", len(pdf.read(second)))
    assert pdf.first_column(pdf.read(first)) == ["001"]
    assert child.stdin is not None
    child.stdin.close()
    assert child.wait(20) == 0


def test_child_says_what_the_surroundings_do_not_allow_and_goes_on(child: Child, tmp_path: Path) -> None:
    _, template, values = ask(child, *make("daily_sheet", sheet(), tmp_path))
    assert isinstance(template, str)
    assert isinstance(values, dict)
    assert str(SurroundingsError(template, **values)) == f"'{tmp_path}' is a folder. Please name a file."
    path = tmp_path / "day.pdf"
    assert ask(child, *make("daily_sheet", sheet(), path)) == ("done", 1, None, None)


def test_child_that_meets_a_bug_names_it_and_ends(child: Child, tmp_path: Path) -> None:
    with pytest.raises(EOFError):
        ask(child, *make("no such form", sheet(), tmp_path / "day.pdf"))
    assert child.wait(20) == 1
    assert child.stderr is not None
    assert b"no such form" in child.stderr.read()


def test_request_that_breaks_off_ends_the_child_quietly(child: Child) -> None:
    assert child.stdin is not None
    child.stdin.write((100).to_bytes(worker.HEAD, "big") + b"half")
    child.stdin.close()
    assert child.wait(20) == 0


def test_first_page_is_made_alone_for_who_waits_to_see_it(child: Child, tmp_path: Path) -> None:
    path = tmp_path / "first.pdf"
    assert ask(child, "warm") == ("done", 0, None, None)
    assert ask(child, *make("daily_sheet", long_day(60), path, first=True))[0] == "done"
    assert len(pdf.read(path)) == 1


def test_a_form_is_made_where_the_home_is_no_folder_and_nothing_in_it_is_heeded(tmp_path: Path) -> None:
    made: list[bytes] = []
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / ".reportlab_settings").write_text("invalid = syntax = here")
    (tmp_path / "home" / ".reportlab_mods").write_text("raise SystemExit")
    for home in ("/dev/null", str(tmp_path / "home")):
        with subprocess.Popen(
            [sys.executable, "-m", "reception.paper.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "HOME": home},
        ) as process:
            path = tmp_path / f"{len(made)}.pdf"
            assert ask(process, *make("daily_sheet", sheet([row(1)]), path))[0] == "done"
            made.append(path.read_bytes())
            assert process.stdin is not None
            process.stdin.close()
    assert made[0] == made[1]
