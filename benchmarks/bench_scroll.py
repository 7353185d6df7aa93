"""Scrolling through a year of entries in the table of Find, page by page, as fast as the rows come.

What is measured is how long the event loop is busy for one page: the key, the rows that arrive, their
painting. Waiting for the register is not in it: meanwhile the window answers.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.rows import Row, absolute, percentile

if TYPE_CHECKING:
    from ui.find.page import FindPage
    from ui.window import MainWindow

GOAL = 16.0
"""Milliseconds: a picture of a screen that shows sixty in a second."""
PATIENCE = 30.0
SIZE = (1366, 768)
QUIET = 0.002
"""Seconds without any event after which a page is done."""
SOMETHING = 0.0002
"""Seconds: a turn of the event loop that takes longer has done something."""


def run(path: Path) -> list[Row]:
    """Page Down until the year is over."""
    from PySide6.QtWidgets import QApplication

    from ui import wording
    from ui.garbage import Collector
    from ui.theme import Theme
    from ui.window import MainWindow
    from ui.work import Lanes

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    wording.use("zh_CN")
    look = Theme(app)
    lanes = Lanes(str(path))
    window = MainWindow(lanes)
    window.resize(*SIZE)
    window.show()
    lanes.start()
    collector = Collector()
    try:
        page = _year(window)
        collector.start()  # as the program does it
        taken = _scroll(page)
        shown = page.table.rows.rowCount()
    finally:
        collector.stop()
        window.leave()
        lanes.stop()
        window.deleteLater()
        look.deleteLater()
    note = f"{shown:,} rows on {len(taken):,} pages, p50 {percentile(taken, 0.5):.1f}, worst {max(taken):.0f}"
    return [absolute("scrolling a year of entries, p99 of a page", percentile(taken, 0.99), GOAL, note=note)]


def _year(window: MainWindow) -> FindPage:
    """Find with this year's entries, the first of them under the cursor."""
    from ui.find.page import FindPage

    _until(lambda: window.lanes.catalogue is not None)
    window.show_page("find")
    page = window.page("find")
    assert isinstance(page, FindPage)
    page.filters.span.setCurrentIndex(page.filters.span.findData("year"))
    _until(lambda: page.table.rows.rowCount() > 0 and window.lanes.idle)
    page.table.setFocus()
    page.table.selectRow(0)
    return page


def _scroll(page: FindPage) -> list[float]:
    """Milliseconds of work for each page."""
    from PySide6.QtCore import QCoreApplication, Qt
    from PySide6.QtTest import QTest

    rows, table = page.table.rows, page.table
    taken: list[float] = []
    while table.currentIndex().row() < rows.rowCount() - 1 or rows.canFetchMore(table.rootIndex()):
        before = time.perf_counter()
        QTest.keyClick(table, Qt.Key.Key_PageDown)
        quiet = time.perf_counter()
        busy = quiet - before
        while not page.lanes.idle or time.perf_counter() - quiet < QUIET:
            before = time.perf_counter()
            QCoreApplication.processEvents()
            spent = time.perf_counter() - before
            busy += spent
            if spent > SOMETHING:
                quiet = time.perf_counter()
            time.sleep(SOMETHING)
        taken.append(1000 * busy)
    return taken


def _until(done: Callable[[], bool]) -> None:
    from PySide6.QtCore import QCoreApplication

    give_up = time.monotonic() + PATIENCE
    while not done():
        QCoreApplication.processEvents()
        if time.monotonic() > give_up:
            raise RuntimeError("the window did not get there in time")
