from __future__ import annotations

import selectors
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import make_url

from reception import founding
from reception.desk import Desk
from reception.facts import Kind, NewEntry, Query
from reception.operations import entries, find
from tests.ui.today.keyboard import CTRL, press, typed
from ui.window import MainWindow
from ui.work import Lanes


class Wire:
    """The network between the desk and the server: it can be pulled out and put in again."""

    def __init__(self, behind: str) -> None:
        self._behind = behind
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self.port = 0

    def plug_in(self) -> None:
        """Listen, always on the same port."""
        listener = socket.create_server(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        self._stop.clear()
        self._thread = threading.Thread(target=self._run, args=(listener,))
        self._thread.start()

    def pull_out(self) -> None:
        """Break every connection and refuse new ones."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self, listener: socket.socket) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(listener, selectors.EVENT_READ, None)
            while not self._stop.is_set():
                for key, _events in selector.select(0.05):
                    if key.data is None:
                        near, _address = listener.accept()
                        far = socket.socket(socket.AF_UNIX)
                        far.connect(self._behind)
                        selector.register(near, selectors.EVENT_READ, far)
                        selector.register(far, selectors.EVENT_READ, near)
                        continue
                    source, target = key.fileobj, key.data
                    assert isinstance(source, socket.socket)
                    if source.fileno() < 0:  # closed with its peer a moment ago
                        continue
                    if data := source.recv(65536):
                        target.sendall(data)
                        continue
                    for one in (source, target):
                        selector.unregister(one)
                        one.close()
            for key in list(selector.get_map().values()):
                assert isinstance(key.fileobj, socket.socket)
                key.fileobj.close()


@pytest.fixture
def wire(postgres_url: str) -> Iterator[Wire]:
    url = make_url(postgres_url)
    folder = url.query["host"]
    assert isinstance(folder, str)
    made = Wire(str(Path(folder) / f".s.PGSQL.{url.port or 5432}"))
    made.plug_in()
    yield made
    made.pull_out()


@pytest.fixture
def window(qtbot: QtBot, wire: Wire, postgres_url: str) -> MainWindow:
    """A desk at a server whose wire is pulled out while somebody saves; the form says so."""
    founding.create(postgres_url, template="hrss", site_name="某县人社局", operator="王芳")
    url = make_url(postgres_url)
    there = f"postgresql://{url.username or 'postgres'}@127.0.0.1:{wire.port}/{url.database}"
    lanes = Lanes(there)
    window = MainWindow(lanes)
    qtbot.addWidget(window, before_close_func=MainWindow.leave)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    with qtbot.waitSignal(lanes.opened, timeout=30_000):
        lanes.start()
    qtbot.waitUntil(lambda: lanes.idle)
    wire.pull_out()
    with qtbot.waitSignal(lanes.trouble, timeout=30_000):
        pass
    assert "127.0.0.1" in window.banner.said
    window.today.form.put_focus()
    typed("问路")
    uid = window.today.form.uid
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: window.today.form.said != "", timeout=30_000)
    assert window.today.form.body.matter.raw[1] == "问路"
    assert window.today.form.uid == uid
    return window


def plugged_in(qtbot: QtBot, wire: Wire, window: MainWindow) -> None:
    wire.plug_in()
    with qtbot.waitSignal(window.lanes.recovered, timeout=30_000):
        window.lanes.retry()
    assert window.banner.said == ""
    press(Qt.Key.Key_Return, CTRL)


def test_a_server_that_goes_away_is_said_and_nothing_that_was_typed_is_lost(
    qtbot: QtBot, wire: Wire, postgres_url: str, window: MainWindow
) -> None:
    uid = window.today.form.uid
    plugged_in(qtbot, wire, window)
    qtbot.waitUntil(lambda: window.today.day.table.rows.rowCount() == 1)
    desk = Desk.open(postgres_url)
    assert [row.uid for row in desk.ask(find.entries, Query())] == [str(uid)]
    desk.close()
    window.leave()
    assert window.lanes.stop()


def test_what_is_typed_after_an_attempt_that_arrived_unnoticed_is_kept_too(
    qtbot: QtBot, wire: Wire, postgres_url: str, window: MainWindow
) -> None:
    desk = Desk.open(postgres_url)
    desk.do(entries.register, NewEntry(Kind.VISIT, "问路", uid=window.today.form.uid))
    window.today.form.put_focus()
    press(Qt.Key.Key_End)
    typed("大厅")
    plugged_in(qtbot, wire, window)
    qtbot.waitUntil(lambda: window.today.day.table.rows.rowCount() == 2)
    assert [row.subject for row in desk.ask(find.entries, Query())] == ["问路大厅", "问路"]
    desk.close()
    window.leave()
    assert window.lanes.stop()
