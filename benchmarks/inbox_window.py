"""A department's inbox in a process of its own: ``python -m benchmarks.inbox_window PLACE CODE COUNT``.

Writes ``open`` when it shows its list, then for each referral that arrives its number and the time at which
the line above the list told of it (seconds since the epoch), and ends after so many.
"""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from reception.facts import TodoRow
from ui.app import parser
from ui.department.program import DepartmentProgram

_PATIENCE = 300_000
"""Milliseconds after which something was lost."""
_LOOK = 50


class Watch(QObject):
    """Says what the inbox was told."""

    def __init__(self, program: DepartmentProgram, count: int) -> None:
        super().__init__(program)
        self._program, self._count = program, count
        self._seen: set[str] = set()
        self._known = 0
        program.window.page.arrived.connect(self._on_arrived)
        self._begin = QTimer(self)
        self._begin.timeout.connect(self._look)
        self._begin.start(_LOOK)
        QTimer.singleShot(_PATIENCE, QApplication.quit)

    @Slot()
    def _look(self) -> None:
        known = self._program.window.arrivals.newest
        if known is not None and self._program.lanes.idle:
            self._begin.stop()
            self._known = known
            print("open", flush=True)

    @Slot(object)
    def _on_arrived(self, rows: tuple[TodoRow, ...]) -> None:
        # After the window's own slot: the line stands there.
        QApplication.processEvents()
        now = time.time()
        for row in rows:
            if (row.part_id or 0) > self._known and row.number not in self._seen:
                self._seen.add(row.number)
                print(f"{row.number} {now}", flush=True)
        if len(self._seen) >= self._count:
            QApplication.quit()


def main() -> None:
    """Open, watch, end."""
    place, code, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    app = QApplication(sys.argv[:1])
    words = ["--register", place, "--department", code, "--language", "zh_CN"]
    program = DepartmentProgram(app, parser().parse_args(words))
    program.show()
    watch = Watch(program, count)
    app.exec()
    watch.deleteLater()
    program.window.leave()
    program.close()


if __name__ == "__main__":
    main()
