"""A register to run commands on."""

from __future__ import annotations

import pytest

from tests.cli.running import InProcess


@pytest.fixture
def empty(capsys: pytest.CaptureFixture[str], register_url: str) -> InProcess:
    """The command line on a place where no register is yet, on each engine."""
    return InProcess(capsys, register_url)


@pytest.fixture
def reception(empty: InProcess) -> InProcess:
    """The command line on a new register, on each engine."""
    empty.done("init", "--operator", "王芳")
    return empty
