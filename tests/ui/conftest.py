"""What the pages' tests stand on: a real register, real lanes, one language, settings of their own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from reception import config, founding
from reception.desk import Desk
from ui import wording
from ui.window import MainWindow
from ui.work import Lanes


class PatientBot(QtBot):
    """Waits longer than a busy machine takes: on a quiet one nothing waits."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 20_000) -> None:
        """Wait until ``callback`` says so; ``timeout`` in milliseconds."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = 20_000, **more: Any) -> SignalBlocker:
        """Wait for ``signal``; ``timeout`` in milliseconds."""
        return super().waitSignal(signal, timeout=timeout, **more)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """pytest-qt's own, with more patience."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nobody's real settings are read or written."""
    monkeypatch.setattr(config, "default_path", lambda: tmp_path / "config" / "desk.json")
    monkeypatch.setattr(config, "backup_folder", lambda: tmp_path / "backups")
    monkeypatch.setattr(config, "drafts_folder", lambda: tmp_path / "drafts")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    wording.use("en")
    yield
    wording.use("en")


@pytest.fixture(autouse=True)
def _no_window_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test that leaves a dialog or window open, and name it."""
    yield
    if isinstance(app := QApplication.instance(), QApplication):
        left = [widget for widget in app.topLevelWidgets() if widget.isVisible()]
        assert not left, f"the test left windows open: {left}"


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new register of the model site; copied, never changed."""
    place = tmp_path_factory.mktemp("founded") / "register.sqlite"
    founding.create(str(place), template="hrss", site_name="某县人社局", operator="王芳")
    return place


@pytest.fixture
def place(founded: Path, tmp_path: Path) -> str:
    """A register of one test's own."""
    return str(shutil.copy(founded, tmp_path / "register.sqlite"))


@pytest.fixture
def desk(place: str) -> Iterator[Desk]:
    """The same register seen from outside the window, to arrange and to look."""
    opened = Desk.open(place)
    yield opened
    opened.close()


@pytest.fixture
def lanes(qtbot: QtBot, place: str) -> Iterator[Lanes]:
    """The window's lanes, with the register open."""
    made = Lanes(place)
    with qtbot.waitSignal(made.opened, timeout=20_000):
        made.start()
    yield made
    assert made.stop()


@pytest.fixture
def window(qtbot: QtBot, lanes: Lanes) -> MainWindow:
    """The whole window on a real register, with the keyboard's focus."""
    made = MainWindow(lanes)
    qtbot.addWidget(made, before_close_func=MainWindow.leave)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.waitUntil(lambda: lanes.idle)
    return made
