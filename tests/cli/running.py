"""Running the command line as its users do: in a process of its own, or in this one for breadth."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reception.cli import main

ROOT = Path(__file__).resolve().parents[2]
_OURS = (
    *("RECEPTION_REGISTER", "RECEPTION_DESK", "RECEPTION_DEPARTMENT"),
    *("RECEPTION_LANGUAGE", "PYTHONUNBUFFERED"),
)


@dataclass(frozen=True)
class Result:
    """What a run left behind."""

    code: int
    out: str
    err: str

    @property
    def word(self) -> str:
        """The last word printed."""
        return self.out.split()[-1]

    @property
    def document(self) -> Any:
        """The JSON document printed."""
        return json.loads(self.out)


class InProcess:
    """The command line in this process, on one register."""

    def __init__(self, capsys: pytest.CaptureFixture[str], register: str) -> None:
        self._capsys = capsys
        self.register = register

    def __call__(self, *arguments: str, before: Sequence[str] = ()) -> Result:
        self._capsys.readouterr()
        code = main(["--register", self.register, "--language", "en", *before, *arguments])
        captured = self._capsys.readouterr()
        return Result(code, captured.out, captured.err)

    def done(self, *arguments: str, before: Sequence[str] = ()) -> Result:
        """Run what must succeed without a word of complaint."""
        result = self(*arguments, before=before)
        assert (result.code, result.err) == (0, ""), result
        return result

    def refused(self, *arguments: str, code: int = 2) -> str:
        """Run what must be refused with one line; that line."""
        result = self(*arguments)
        assert result.code == code, result
        assert result.out == ""
        return one_line(result.err)

    def json(self, *arguments: str) -> Any:
        """Run what must succeed and print one JSON document; that document."""
        return self.done(*arguments, "--json").document

    def add(self, *arguments: str) -> str:
        """Record a visit; its number."""
        return self.done("add", "visit", "--subject", "社保卡补换", *arguments).word


def environment(**values: str | None) -> dict[str, str]:
    """This process's environment without what we or the streams heed, plus ``values`` (None removes)."""
    env = {name: value for name, value in os.environ.items() if name not in _OURS}
    for name, value in values.items():
        if value is None:
            env.pop(name, None)
        else:
            env[name] = value
    return env


def command(*arguments: str) -> list[str]:
    """The words that start the command line in a process of its own."""
    return [sys.executable, "-W", "error", "-m", "reception", *arguments]


def run(*arguments: str, env: Mapping[str, str] | None = None, **settings: Any) -> Result:
    """The command line in a process of its own."""
    done = subprocess.run(
        command(*arguments),
        cwd=settings.pop("cwd", ROOT),
        env=dict(env) if env is not None else environment(RECEPTION_LANGUAGE="en"),
        capture_output=True,
        timeout=120,
        check=False,
        **settings,
    )
    return Result(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def one_line(text: str) -> str:
    """The one line that ``text`` must be."""
    assert text.endswith("\n"), repr(text)
    assert len(text.splitlines()) == 1, text
    assert "Traceback" not in text
    return text.strip()
