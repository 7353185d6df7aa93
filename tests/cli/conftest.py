"""A register to run commands on; nothing here touches the folders of who runs the tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import InProcess
from tests.factories import CLERK, Founded


@pytest.fixture(scope="session")
def models(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Founded:
    """What the registers of the tests are copied from."""
    return Founded(request, tmp_path_factory.mktemp("models"), operator=CLERK)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own: registers, settings and reports of the developer stay untouched."""
    folder = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(folder))
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def empty(capsys: pytest.CaptureFixture[str], register_url: str) -> InProcess:
    """The command line on a place where no register is yet, on each engine."""
    return InProcess(capsys, register_url)


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], tmp_path: Path, models: Founded) -> InProcess:
    """The command line on a new register in a file."""
    return InProcess(capsys, str(shutil.copyfile(models.file, tmp_path / "登记库.sqlite")))


@pytest.fixture(params=["sqlite", "postgresql"])
def reception(
    request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str], tmp_path: Path, models: Founded
) -> Iterator[InProcess]:
    """The command line on a new register, on each engine."""
    with models.copied(request.param, tmp_path / "登记库.sqlite") as place:
        yield InProcess(capsys, place)
