"""Takes pictures of every page and window: both languages, light and dark, three sizes of screen.

``python -m tools.screenshots [--display :97] [--only today,sheet] [--looks en-dark-1920x1080]`` makes a
register of made-up entries, shows the window without a screen (or on the one given), and writes PNG files to
``build/screenshots``; those that the README shows go to ``docs/screenshots`` too.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tools import scenes

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from reception.desk import Desk
    from ui.program import Program
    from ui.window import MainWindow

ROOT = Path(__file__).resolve().parent.parent
ALL = ROOT / "build" / "screenshots"
SHOWN = ROOT / "docs" / "screenshots"
SIZES = {(1366, 768): 100, (1920, 1080): 125, (1280, 720): 100}
"""Pixels of the screen, and the size of everything in per cent."""
SMALL = (1280, 720)
"""Of the smallest only the light pictures are taken: what has no room has none in the dark either."""
LANGUAGES = ("zh_CN", "en")
THEMES = ("light", "dark")
CHOSEN = (
    "today-zh_CN-light-1366x768",
    "today-en-light-1366x768",
    "referrals-zh_CN-light-1366x768",
    "meetings-zh_CN-light-1366x768",
    "sheet-zh_CN-light-1366x768",
)
"""The pictures of ``README.md`` and ``README.zh.md``."""
DAYS, PER_DAY, SEED = 30, 60, 7
PATIENCE = 60.0
"""Seconds that a page may take before something is wrong."""


class Photographer:
    """Shows the window in one language, theme and size, and takes its pictures."""

    def __init__(self, app: QApplication, program: Program, desk: Desk, only: tuple[str, ...]) -> None:
        self._app = app
        self._desk = desk
        self._program = program
        self._lanes = program.lanes
        self._only = only
        self.taken: list[Path] = []

    def round(self, language: str, theme_name: str, size: tuple[int, int], scale: int) -> None:
        """All pages once."""
        window = self._window()
        self._until(lambda: self._lanes.catalogue is not None)
        window.language_changed.emit(language)
        window = self._window()  # another language is another window
        window.appearance_changed.emit(theme_name, scale)
        window.setFixedSize(*size)
        self._until(lambda: self._lanes.catalogue is not None and self._lanes.idle)
        tail = f"{language}-{theme_name}-{size[0]}x{size[1]}"
        for name, widget in scenes.scenes(scenes.Studio(window, self._desk, self._until), self._only):
            self._settle()
            self._take(widget, f"{name}-{tail}")

    def leave(self) -> None:
        """Close the window, and let what it started end."""
        self._window().leave()
        self._program.close()

    def _window(self) -> MainWindow:
        window = self._program.window
        assert window is not None
        return window

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

    def _until(self, done: Callable[[], object]) -> None:
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


def take(home: Path, only: tuple[str, ...], looks: tuple[str, ...]) -> list[Path]:
    """Make the register in ``home`` and take the pictures, ``only`` these scenes and ``looks`` if named.

    Returns where they lie.
    """
    from PySide6.QtWidgets import QApplication

    from reception import config, demo
    from reception.desk import Desk
    from ui.program import Program
    from ui.work import DESK

    place = home / "register.sqlite"
    demo.fill(str(place), days=DAYS, per_day=PER_DAY, seed=SEED)
    desk = Desk.open(str(place))
    scenes.furnish(desk)
    app = QApplication([sys.argv[0]])
    app.setQuitOnLastWindowClosed(False)
    program = Program(app, argparse.Namespace(register=str(place), desk="", language=LANGUAGES[0]))
    program.show()
    photographer = Photographer(app, program, desk, only)
    try:
        program.lanes.errand("reception.store.backup.daily", DESK, str(config.backup_folder()))
        for size, scale in SIZES.items():
            for language in LANGUAGES:
                for theme_name in THEMES[:1] if size == SMALL else THEMES:
                    if not looks or f"{language}-{theme_name}-{size[0]}x{size[1]}" in looks:
                        photographer.round(language, theme_name, size, scale)
    finally:
        photographer.leave()
        desk.close()
    return photographer.taken


def _screen(folder: Path) -> Path:
    """What tells Qt how large the screen is that is not there: windows take their sizes from it."""
    path = folder / "screen.json"
    width, height = next(iter(SIZES))
    look = {"name": "desk", "x": 0, "y": 0, "width": width, "height": height}
    look |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    path.write_text(json.dumps({"screens": [look]}), "utf-8")
    return path


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the pictures; returns the exit code."""
    parser = argparse.ArgumentParser(prog="screenshots", description=__doc__)
    parser.add_argument("--display", help="an X display to use instead of none")
    parser.add_argument(
        "--only", default="", help="names of scenes with commas between: " + ", ".join(scenes.SCENES)
    )
    parser.add_argument("--looks", default="", help="such as zh_CN-light-1366x768, with commas between")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="reception-screenshots-") as folder:
        if options.display:
            os.environ.update(DISPLAY=options.display, QT_QPA_PLATFORM="xcb")
        else:
            os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={_screen(Path(folder))}"
        # Nobody's own settings and backups are touched or shown.
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            os.environ[name] = folder
        only, looks = (
            tuple(name for name in words.split(",") if name) for words in (options.only, options.looks)
        )
        taken = take(Path(folder), only, looks)
    print(f"{len(taken)} pictures in {ALL}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
