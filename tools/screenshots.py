"""Takes pictures of every page: both languages, light and dark, two sizes of screen.

``python -m tools.screenshots [--display :97] [--only today,sheet]`` makes a register of made-up entries,
shows the window without a screen (or on the one given), and writes PNG files to ``build/screenshots``; those
that the README shows go to ``docs/screenshots`` too.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from ui.program import Program
    from ui.window import MainWindow

ROOT = Path(__file__).resolve().parent.parent
ALL = ROOT / "build" / "screenshots"
SHOWN = ROOT / "docs" / "screenshots"
SIZES = ((1366, 768), (1920, 1080))
LANGUAGES = ("zh_CN", "en")
THEMES = ("light", "dark")
CHOSEN = (
    "today-zh_CN-light-1366x768",
    "today-en-light-1366x768",
    "today-zh_CN-dark-1366x768",
    "referrals-zh_CN-light-1366x768",
    "sheet-zh_CN-light-1366x768",
)
DAYS, PER_DAY, SEED = 30, 60, 7
PATIENCE = 60.0
"""Seconds that a page may take before something is wrong."""


class Photographer:
    """Shows the window in one language, theme and size, and takes its pictures."""

    def __init__(self, app: QApplication, program: Program, only: Sequence[str]) -> None:
        self._app = app
        self._program = program
        self._lanes = program.lanes
        self._only = only
        self.taken: list[Path] = []

    def round(self, language: str, theme_name: str, size: tuple[int, int]) -> None:
        """All pages once."""
        window = self._window()
        window.language_changed.emit(language)
        window = self._window()  # another language is another window
        window.appearance_changed.emit(theme_name, 100)
        window.setFixedSize(*size)
        self._until(lambda: self._lanes.catalogue is not None and self._lanes.idle)
        tail = f"{language}-{theme_name}-{size[0]}x{size[1]}"
        for name, widget in self._scenes(window):
            self._take(widget, f"{name}-{tail}")

    def leave(self) -> None:
        """Close the window, and let what it started end."""
        self._window().leave()
        self._lanes.stop()

    def _window(self) -> MainWindow:
        window = self._program.window
        assert window is not None
        return window

    def _scenes(self, window: MainWindow) -> Iterator[tuple[str, QWidget]]:
        for name, prepare in SCENES.items():
            if self._only and name not in self._only:
                continue
            widget = prepare(window)
            self._until(lambda: self._lanes.idle)
            if name == "sheet":
                self._until(lambda: _drawn(window))
            self._settle()
            yield name, widget
            if widget is not window:
                widget.close()

    def _take(self, widget: QWidget, name: str) -> None:
        from PySide6.QtGui import QImage

        ALL.mkdir(parents=True, exist_ok=True)
        path = ALL / f"{name}.png"
        picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        if not picture.save(str(path), quality=0):  # 0: take the time to make it small
            raise OSError(f"cannot write {path}")
        self.taken.append(path)
        if name in CHOSEN:
            SHOWN.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, SHOWN / path.name)

    def _until(self, done: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > end:
                raise TimeoutError("the window did not come to rest")
            self._settle()

    def _settle(self) -> None:
        end = time.monotonic() + 0.15
        while time.monotonic() < end:
            self._app.processEvents()
            time.sleep(0.005)


def _drawn(window: MainWindow) -> bool:
    from ui.sheet.preview import SheetPage

    page = window.page("sheet")
    assert isinstance(page, SheetPage)
    return page.at_rest


def _today(window: MainWindow) -> QWidget:
    window.show_page("today")
    return window


def _referrals(window: MainWindow) -> QWidget:
    from ui.referrals.page import ReferralsPage

    page = window.page("referrals")
    assert isinstance(page, ReferralsPage)
    page.form.drop()  # the round before asked for an answer
    window.show_page("referrals")
    return window


def _step(window: MainWindow) -> QWidget:
    window.show_page("referrals")
    window.page("referrals").choose_act(3)
    return window


def _find(window: MainWindow) -> QWidget:
    from ui.find.page import FindPage

    page = window.page("find")
    assert isinstance(page, FindPage)
    page.look_for("社保卡")
    window.show_page("find")
    return window


def _directory(tab: int) -> Callable[[MainWindow], QWidget]:
    def prepare(window: MainWindow) -> QWidget:
        from ui.directory.page import DirectoryPage

        page = window.page("directory")
        assert isinstance(page, DirectoryPage)
        page.tabs.setCurrentIndex(tab)
        window.show_page("directory")
        return window

    return prepare


def _settings(window: MainWindow) -> QWidget:
    window.show_page("settings")
    return window


def _sheet(window: MainWindow) -> QWidget:
    window.actions_by_name["sheet"].trigger()
    return window


def _first_start(window: MainWindow) -> QWidget:
    from ui import wording
    from ui.dialogs.first_start import FirstStart

    dialog = FirstStart(window, wording.current().language)
    dialog.open()
    return dialog


def _restore(window: MainWindow) -> QWidget:
    from reception import config
    from reception.errors import RegisterUnusableError
    from ui.dialogs.restore import RestoreDialog

    error = RegisterUnusableError(
        "{place} is damaged and cannot be used as a backup. Take an older one.", place="…"
    )
    dialog = RestoreDialog(window, window.lanes, error, config.backup_folder())
    dialog.open()
    return dialog


SCENES: dict[str, Callable[[MainWindow], QWidget]] = {
    "today": _today,
    "referrals": _referrals,
    "referral-step": _step,
    "find": _find,
    "departments": _directory(0),
    "matters": _directory(1),
    "clerks": _directory(2),
    "settings": _settings,
    "sheet": _sheet,
    "first-start": _first_start,
    "restore": _restore,
}


def take(home: Path, only: Sequence[str]) -> list[Path]:
    """Make the register in ``home`` and take all pictures; returns where they lie."""
    from PySide6.QtWidgets import QApplication

    from reception import config, demo
    from ui.program import Program
    from ui.work import DESK

    place = home / "register.sqlite"
    demo.fill(str(place), days=DAYS, per_day=PER_DAY, seed=SEED)
    app = QApplication([sys.argv[0]])
    app.setQuitOnLastWindowClosed(False)
    program = Program(app, argparse.Namespace(register=str(place), desk="", language=LANGUAGES[0]))
    program.show()
    photographer = Photographer(app, program, only)
    try:
        program.lanes.errand("reception.store.backup.daily", DESK, str(config.backup_folder()))
        for size in SIZES:
            for language in LANGUAGES:
                for theme_name in THEMES:
                    photographer.round(language, theme_name, size)
    finally:
        photographer.leave()
    return photographer.taken


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the pictures; returns the exit code."""
    parser = argparse.ArgumentParser(prog="screenshots", description=__doc__)
    parser.add_argument("--display", help="an X display to use instead of none")
    parser.add_argument(
        "--only", default="", help="names of scenes with commas between: " + ", ".join(SCENES)
    )
    options = parser.parse_args(arguments)
    if options.display:
        os.environ.update(DISPLAY=options.display, QT_QPA_PLATFORM="xcb")
    else:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="reception-screenshots-") as folder:
        # Nobody's own settings and backups are touched or shown.
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            os.environ[name] = folder
        only = [name for name in options.only.split(",") if name]
        taken = take(Path(folder), only)
    print(f"{len(taken)} pictures in {ALL}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
