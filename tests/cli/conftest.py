"""A register to run commands on; nothing here touches the folders of who runs the tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pytest
from sqlalchemy import make_url

from reception import founding
from tests.cli.running import InProcess
from tests.postgres_server import Postgres

CLERK = "王芳"


class Models:
    """One new register on each engine, made when first needed and copied from then on."""

    def __init__(self, request: pytest.FixtureRequest, folder: Path) -> None:
        self._request = request
        self._folder = folder

    @cached_property
    def file(self) -> Path:
        """A register file."""
        path = self._folder / "model.sqlite"
        founding.create(str(path), operator=CLERK)
        return path

    @cached_property
    def database(self) -> str:
        """The name of a database with a register."""
        server: Postgres = self._request.getfixturevalue("postgres")
        url = server.create()
        founding.create(url, operator=CLERK)
        return make_url(url).database or ""


@pytest.fixture(scope="session")
def models(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Models:
    """What the registers of the tests are copied from."""
    return Models(request, tmp_path_factory.mktemp("models"))


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
def cli(capsys: pytest.CaptureFixture[str], tmp_path: Path, models: Models) -> InProcess:
    """The command line on a new register in a file."""
    place = tmp_path / "登记库.sqlite"
    shutil.copyfile(models.file, place)
    return InProcess(capsys, str(place))


@pytest.fixture(params=["sqlite", "postgresql"])
def reception(
    request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str], models: Models
) -> Iterator[InProcess]:
    """The command line on a new register, on each engine."""
    if request.param == "sqlite":
        yield request.getfixturevalue("cli")
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.create(models.database)
    yield InProcess(capsys, url)
    server.drop(url)
