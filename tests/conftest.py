"""What every test stands on: no screen, garbage collected on the main thread, both engines."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from shiboken6 import isValid

from tests import postgres_server, statements
from tests.factories import (  # noqa: F401 - the fixtures of the engine's tests
    clock,
    desk,
    file_register,
    founded,
    open_desk,
    register,
    server_register,
)

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# A test sees the program as a newcomer does, whatever the developer's own desk is called.
for _name in ("RECEPTION_REGISTER", "RECEPTION_DESK", "RECEPTION_DEPARTMENT"):
    os.environ.pop(_name, None)
os.environ["RECEPTION_FONTS"] = ""  # and a computer with no fonts but ours

# They stand in for apt, sudo and CUPS with shell scripts, or limit a process as only Unix can.
_OF_UNIX = ["test_dev.py", "cli/test_to_printer.py", "ui/sheet/test_trouble.py"]
collect_ignore = _OF_UNIX if os.name == "nt" else []
if not sys.platform.startswith("linux"):
    collect_ignore.append("ui/sheet/test_file_manager.py")  # other systems have no bus to ask

settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("desk"), derandomize=True, print_blob=True)
statements.share()

settings.load_profile("ci" if os.environ.get("CI") else "desk")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Make the run's folder before the workers start, so that they share one; what tests write goes there.

    In memory, where there is room: each save of a register waits for the disk. ``--basetemp`` keeps them.
    """
    folder, owner = postgres_server.run_folder()
    in_memory = folder.parent == postgres_server.MEMORY
    if in_memory and owner == os.getpid() and config.option.basetemp is None:
        config.option.basetemp = folder / "written"


def pytest_collection_finish() -> None:
    """The modules and tests live to the end: collecting garbage shall not go through them each time."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """What was set aside is collected with the rest, and told of if it was not closed."""
    gc.unfreeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the run's folder; a server that was started removes it itself, once this process has ended."""
    folder, owner = postgres_server.run_folder()
    if owner == os.getpid() and not (folder / "started").exists():
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _nothing_of_qt_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Collect garbage between tests only, and fail the test that leaves a window or a running thread of Qt.

    In a worker thread a collection would destroy Qt objects there and crash.
    """
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        yield
        return
    gc.disable()
    try:
        yield
        gc.collect()
        left = _windows_and_threads()
        assert not left, f"the test left behind: {', '.join(left)}"
    finally:
        gc.freeze()  # what lives on is looked at once; all of it after each test took as long as the test
        gc.enable()


def _windows_and_threads() -> list[str]:
    """Windows of ours that are still alive although the test is over, and threads of Qt that still run."""
    from PySide6.QtCore import QCoreApplication, QEvent, QThread
    from PySide6.QtWidgets import QApplication, QDialog

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    windows = [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, QDialog) or type(widget).__module__.split(".")[0] in ("ui", "tests")
    ]
    threads = [thing for thing in gc.get_objects() if isinstance(thing, QThread)]
    running = [thread for thread in threads if isValid(thread) and thread.isRunning()]
    main = QThread.currentThread()
    names = [repr(window) for window in windows]
    for window in windows:  # the tests to come shall not suffer from it
        window.deleteLater()
    return names + [repr(thread) for thread in running if thread is not main]


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    """Fail the test that leaves a thread running, and name it."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        if type(thread).__name__ == "_DummyThread":  # Qt's own, seen when Python ran in it
            continue
        thread.join(timeout=2)
        assert not thread.is_alive(), f"the test left a thread running: {thread.name}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[postgres_server.Postgres]:
    """The PostgreSQL server of this test run."""
    server = postgres_server.obtain()
    yield server
    server.close()


@pytest.fixture
def postgres_url(postgres: postgres_server.Postgres) -> Iterator[str]:
    """A fresh, empty database, as ``postgresql+psycopg://…``."""
    url = postgres.create()
    yield url
    postgres.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def register_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a register can be made, on each engine: a path without a file, an empty database's URL."""
    if request.param == "sqlite":
        return str(tmp_path / "register.sqlite")
    url: str = request.getfixturevalue("postgres_url")
    return url
