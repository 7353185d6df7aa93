"""A desk in a process of its own that is worked at: ``python -m benchmarks.busy_window PLACE JOB COUNT OUT``.

``type`` types as a clerk does and writes for each key how long it took until its character was painted, and
until it was on the disk (seconds). ``save`` saves entries and writes the resident bytes before and after.
``preview`` asks for one day's sheet after the other and writes how long it took until its first page, and
until all of them, were painted; it only reads.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reception.facts import Kind
from ui.app import parser
from ui.drafts.store import Store
from ui.program import Program
from ui.today.drafts import Draft

_WAITING = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
"""A loop that only turns would fight the lanes for the interpreter's lock."""
WARM = 200
"""Entries saved before the memory counts: by then every page and cache is there."""


class Painted(QObject):
    """Notices that a widget is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.seen = True
        return False


class Disk:
    """Notices when what is typed has reached the disk."""

    def __init__(self) -> None:
        self.written: list[tuple[float, str]] = []
        write = Store.write

        def noticed(store: Store, drafts: tuple[Draft, ...]) -> None:
            drafts = tuple(drafts)
            write(store, drafts)
            self.written.append((time.perf_counter(), state(drafts)))

        Store.write = noticed  # type: ignore[assignment,method-assign]


def state(drafts: tuple[Draft, ...]) -> str:
    """What is typed in the form."""
    return repr(drafts[-1].raw) if drafts else ""


def conversations(dice: random.Random) -> Iterator[tuple[str, str, str]]:
    """Phone, name in pinyin and characters: like somebody in the register, or like nobody."""
    names = [("wang", "王"), ("li", "李"), ("zhang", "张"), ("fang", "芳"), ("wei", "伟"), ("min", "敏")]
    while True:
        chosen = dice.choices(names, k=3)
        phone = f"164{dice.randrange(10**8):08d}" if dice.random() < 0.7 else f"13{dice.randrange(10**9):09d}"
        yield phone, "".join(one[0] for one in chosen), "".join(one[1] for one in chosen)


class Gap(QTimer):
    """The longest that the event loop did not turn, while it waits for events as it does at a desk."""

    def __init__(self) -> None:
        super().__init__()
        self.longest, self._last = 0.0, time.perf_counter()
        self.timeout.connect(self._look)
        self.start(2)

    @Slot()
    def _look(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now


class PaperSeen(QObject):
    """Notices when a page is painted, with its picture."""

    def __init__(self, view: Any) -> None:
        super().__init__()
        self._view = view
        self.at = 0.0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not self.at and event.type() == QEvent.Type.Paint and self._view.image is not None:
            self.at = time.perf_counter()
        return False


class Clerk:
    """Works at the window."""

    def __init__(self, app: QApplication, program: Program) -> None:
        assert program.window is not None
        self.app, self.program, self.window = app, program, program.window
        self.page = self.window.today
        self.painted = Painted()
        self.keys: list[tuple[float, float, str]] = []
        """When it was pressed, seconds until it was painted, what was typed by then."""
        self.dice = random.Random(3)

    def spin(self, condition: Callable[[], bool], seconds: float = 60.0) -> None:
        """Let the event loop run until something is so."""
        give_up = time.perf_counter() + seconds
        while not condition():
            if time.perf_counter() > give_up:
                raise TimeoutError("the window did not get so far")
            self.app.processEvents()
            # Which leaves to the event loop proper what is to be deleted.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            time.sleep(0.0005)

    def pause(self) -> None:
        """As long as between two keys of somebody who types fast, never twice the same."""
        end = time.perf_counter() + self.dice.uniform(0.03, 0.12)
        self.spin(lambda: time.perf_counter() >= end)

    def strike(self, do: Callable[[], object]) -> None:
        """One key, timed until the field with the keyboard is painted."""
        field = QApplication.focusWidget()
        assert field is not None
        field.installEventFilter(self.painted)
        self.painted.seen = False
        begin = time.perf_counter()
        do()
        while not self.painted.seen and time.perf_counter() < begin + 1:
            self.app.processEvents()
        took = time.perf_counter() - begin
        field.removeEventFilter(self.painted)
        self.keys.append((begin, took, state(self.page.drafts())))
        self.pause()

    def type(self, text: str) -> None:
        """Signs by keys."""
        handle = self.window.windowHandle()
        for sign in text:
            self.strike(lambda sign=sign: QTest.keyClick(handle, Qt.Key(ord(sign.upper()))))  # type: ignore[misc]

    def compose(self, pinyin: str, text: str) -> None:
        """Chinese by an input method."""
        field = QApplication.focusWidget()
        assert field is not None
        for end in range(1, len(pinyin) + 1):
            event = QInputMethodEvent(pinyin[:end], [])
            self.strike(lambda event=event: QCoreApplication.sendEvent(field, event))  # type: ignore[misc]
        taken = QInputMethodEvent("", [])
        taken.setCommitString(text)
        self.strike(lambda: QCoreApplication.sendEvent(field, taken))

    def type_keys(self, count: int) -> dict[str, list[float]]:
        """As many keys, one conversation after the other."""
        disk = Disk()
        for phone, pinyin, name in conversations(self.dice):
            self.page.form.put_focus()
            self.type(self.dice.choice(("sbk", "tqgz", "sydj")))
            self.page.form.body.phone.setFocus()
            self.type(phone)
            self.page.form.body.person.setFocus()
            self.compose(pinyin, name)
            self.page.form.body.outcome.setFocus()
            self.compose("daishenfenzheng", "带身份证")
            end = time.perf_counter() + 1.0
            self.spin(lambda end=end: time.perf_counter() >= end)  # type: ignore[misc]
            self.page.discard()
            if len(self.keys) >= count:
                break
        return {"painted": [one[1] for one in self.keys], "kept": self._kept(disk)}

    def _kept(self, disk: Disk) -> list[float]:
        """For each key that changed something, the seconds until it, or more, was on the disk."""
        order = {text: at for at, (_begin, _took, text) in enumerate(self.keys) if text}
        writes = [(when, order[text]) for when, text in disk.written if text in order]
        kept, before = [], ""
        for at, (begin, _took, text) in enumerate(self.keys):
            if text and text != before:
                kept.append(min(when for when, upto in writes if upto >= at and when > begin) - begin)
            before = text
        return kept

    def save_entries(self, count: int) -> dict[str, list[float]]:
        """Save as many, one after the other, and look at the memory."""
        process = psutil.Process()
        sizes: list[float] = []
        for turn in range(WARM + count):
            if turn in (WARM, WARM + count // 2):
                sizes.append(float(process.memory_info().rss))
            phone, _pinyin, name = next(conversations(self.dice))
            # Of the many days that this is, one visitor in 200 is still here: nobody fills the house.
            self.page.start(Kind.CALL_IN if turn % 200 else Kind.VISIT)
            body = self.page.form.body
            body.matter.put((None, f"问社保卡补换 {turn}"))
            body.phone.put(phone)
            body.person.put(name)
            body.outcome.put("带身份证到305室")
            self.page.save()
            self.spin(lambda: not self.page.saving and self.window.lanes.idle)
        end = time.perf_counter() + 3.0
        self.spin(lambda: time.perf_counter() >= end)
        sizes.append(float(process.memory_info().rss))
        return {"resident": sizes}

    def preview(self, count: int) -> dict[str, list[float]]:
        """Ask for the day's sheet by its key, then by keys for one day before the other."""
        handle = self.window.windowHandle()
        first, whole, gaps = [], [], []
        for turn in range(count):
            key = Qt.Key.Key_PageUp if turn else Qt.Key.Key_P
            gap = Gap()
            begin = time.perf_counter()
            QTest.keyClick(handle, key, Qt.KeyboardModifier.ControlModifier)
            page: Any = self.window.page("sheet")
            seen = PaperSeen(page.view)
            page.view.viewport().installEventFilter(seen)
            while not seen.at:
                self.app.processEvents(_WAITING)
            first.append(seen.at - begin)
            while not page.at_rest:
                self.app.processEvents(_WAITING)
            whole.append(time.perf_counter() - begin)
            gaps.append(gap.longest)
            gap.stop()
            page.view.viewport().removeEventFilter(seen)
            self.pause()
        return {"first": first, "whole": whole, "gap": gaps}


def main() -> None:
    """Open, work, write, end."""
    place, job, count, out = sys.argv[1], sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])
    app = QApplication(sys.argv[:1])
    program = Program(app, parser().parse_args(["--register", place, "--language", "zh_CN"]))
    program.show()
    clerk = Clerk(app, program)
    clerk.spin(lambda: program.lanes.catalogue is not None and clerk.window.lanes.idle)
    clerk.window.activateWindow()
    end = time.perf_counter() + 4.0  # the start is over, the collector works
    clerk.spin(lambda: time.perf_counter() >= end)
    jobs = {"type": clerk.type_keys, "save": clerk.save_entries, "preview": clerk.preview}
    found = jobs[job](count)
    out.write_text(json.dumps(found), encoding="utf-8")
    clerk.window.leave()
    program.close()


if __name__ == "__main__":
    main()
