"""Registers, desks and entries for the tests of the engine; all names and numbers are made up."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import shutil
import sqlite3
import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import psycopg
import pytest
from sqlalchemy import make_url

from reception import founding
from reception.context import Session
from reception.desk import Desk
from reception.errors import DeskError
from reception.facts import EntryRow, Kind, NewEntry, Party, Receipt
from reception.operations import directory, entries, reading, referrals
from tests.postgres_server import Postgres

CLERK = "王芳"
NOW = dt.datetime(2026, 11, 23, 1, 42, tzinfo=dt.UTC)
"""09:42 on a Monday in Shanghai, where the registers of these tests are."""
TODAY = 20261123


class Clock:
    """The time of a test: it stands still until it is told to go on."""

    def __init__(self, now: dt.datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now

    def go(self, **span: float) -> dt.datetime:
        """Let a span pass (``minutes=5``); the time then."""
        self.now += dt.timedelta(**span)
        return self.now


class Founded:
    """One new register on each engine, made when first needed and copied from then on.

    ``settings`` are those of `founding.create`.
    """

    def __init__(self, request: pytest.FixtureRequest, folder: Path, **settings: Any) -> None:
        self._request = request
        self._folder = folder
        self._settings = settings

    @cached_property
    def file(self) -> Path:
        """A register file."""
        path = self._folder / "founded.sqlite"
        founding.create(str(path), **self._settings)
        return path

    @cached_property
    def database(self) -> str:
        """The name of a database with a register."""
        url = self._server.create()
        founding.create(url, **self._settings)
        return make_url(url).database or ""

    @contextlib.contextmanager
    def copied(self, engine: str, path: Path) -> Iterator[str]:
        """The place of a copy: ``path`` on sqlite, on postgresql a database that is dropped in the end."""
        if engine == "sqlite":
            yield str(shutil.copyfile(self.file, path))
        else:
            url = self._server.create(self.database)
            yield url
            self._server.drop(url)

    @property
    def _server(self) -> Postgres:
        server: Postgres = self._request.getfixturevalue("postgres")
        return server


@pytest.fixture(scope="session")
def founded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Founded:
    """What the registers of the tests are copied from."""
    return Founded(request, tmp_path_factory.mktemp("founded"), operator=CLERK, clock=Clock())


@pytest.fixture
def file_register(founded: Founded, tmp_path: Path) -> str:
    """A new register in a file of its own."""
    return str(shutil.copyfile(founded.file, tmp_path / "登记库.sqlite"))


@pytest.fixture
def server_register(founded: Founded, tmp_path: Path) -> Iterator[str]:
    """A new register on the server."""
    with founded.copied("postgresql", tmp_path) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def register(request: pytest.FixtureRequest) -> str:
    """The place of a new register, on each engine."""
    place: str = request.getfixturevalue("file_register" if request.param == "sqlite" else "server_register")
    return place


@pytest.fixture
def clock() -> Clock:
    """The time of the test."""
    return Clock()


OpenDesk = Callable[..., Desk]


@pytest.fixture
def open_desk(clock: Clock) -> Iterator[OpenDesk]:
    """Open a desk that is closed when the test ends."""
    with contextlib.ExitStack() as open_ones:

        def opened(place: str, **settings: Any) -> Desk:
            desk = Desk.open(place, **{"operator": CLERK, "clock": clock, **settings})
            open_ones.callback(desk.close)
            return desk

        yield opened


@pytest.fixture
def desk(register: str, open_desk: OpenDesk) -> Desk:
    """The only desk of a new register, on each engine."""
    return open_desk(register)


def new_uid() -> uuid.UUID:
    """The uid of an act."""
    return uuid.uuid4()


def visit(subject: str = "社保卡补换", **fields: Any) -> NewEntry:
    """Somebody comes."""
    return NewEntry(Kind.VISIT, subject, **fields)


def call(subject: str = "失业金何时到账", **fields: Any) -> NewEntry:
    """Somebody calls."""
    return NewEntry(Kind.CALL_IN, subject, **fields)


def person(name: str = "张建国", **fields: Any) -> Party:
    """Somebody."""
    return Party(name, **fields)


T = TypeVar("T")


def changed(one: T, **fields: Any) -> T:
    """A fact that differs in some fields."""
    return dataclasses.replace(one, **fields)  # type: ignore[type-var]


def as_told(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """Parties without the persons whom the register found."""
    return tuple(changed(one, person_id=None) for one in parties)


def add(desk: Desk, new: NewEntry | None = None) -> Receipt:
    """Register an entry."""
    return desk.do(entries.register, new or visit())


def row(desk: Desk, entry_id: int) -> EntryRow:
    """An entry as the day shows it."""
    (found,) = desk.ask(reading.rows, [entry_id])
    return found


def department(desk: Desk, code: str) -> int:
    """The id of a department."""
    return desk.ask(directory.department, code).id


def part(desk: Desk, name: str) -> int:
    """The id of a referral's part."""
    return desk.ask(referrals.find_part, name).id


def told_numbers(desk: Desk, day: int = TODAY) -> list[str]:
    """The numbers of a day, as paper lists them."""
    return [one.number for one in desk.ask(reading.day_rows, day, newest_first=False)]


def is_server(place: str) -> bool:
    """Whether a register is on the server."""
    return place.startswith("postgresql")


@contextlib.contextmanager
def behind_its_back(place: str) -> Iterator[Callable[[str], list[Any]]]:
    """Run statements on a register past the program, each committed at once."""
    if is_server(place):
        plain = make_url(place).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as server:

            def on_server(statement: str) -> list[Any]:
                done = server.execute(statement.encode())
                return done.fetchall() if done.description else []

            yield on_server
    else:
        with contextlib.closing(sqlite3.connect(place, isolation_level=None)) as file:
            yield lambda statement: file.execute(statement).fetchall()


Verb = Callable[[Session], object]


def overlap(one: Desk, first: Verb, other: Desk, second: Verb) -> tuple[object, object]:
    """Do two acts at once: the second begins when the first has but to commit. What each gave or raised."""
    inside, may_end = threading.Event(), threading.Event()

    def held(session: Session) -> object:
        try:
            return first(session)
        finally:
            inside.set()
            may_end.wait(20)

    with ThreadPoolExecutor(2) as pool:
        earlier = pool.submit(_outcome, one, held)
        assert inside.wait(20)
        later = pool.submit(_outcome, other, second)
        if is_server(one.place.text):
            _wait_until_somebody_waits(one.place.text, later)
        may_end.set()
        return earlier.result(), later.result()


def _outcome(desk: Desk, verb: Verb) -> object:
    try:
        return desk.do(verb)
    except DeskError as error:
        return error


def _wait_until_somebody_waits(place: str, later: Future[object]) -> None:
    waiting = "datname = current_database() AND wait_event_type = 'Lock'"
    query = f"SELECT count(*) FROM pg_stat_activity WHERE {waiting}"
    with behind_its_back(place) as execute:
        while not later.done() and execute(query)[0][0] == 0:
            execute("SELECT pg_sleep(0.005)")
