"""``reception-desk --department CODE``: the parts of the program that a department's inbox needs.

It makes no backup, fills no index and founds no register: all that is the desk's.
"""

from __future__ import annotations

import argparse
import sys
from typing import Any

from PySide6.QtCore import QByteArray, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from reception import __version__, config
from reception.errors import DeskError, SurroundingsError
from reception.facts import Catalogue
from reception.wording import LANGUAGES, system_language
from ui import wording
from ui.department.window import InboxWindow
from ui.drafts.keeper import Keeper
from ui.garbage import Collector
from ui.guard import Guard
from ui.speaking import Speaker
from ui.theme import Theme, application
from ui.work import Lanes

_AGAIN = 2_000
"""Milliseconds between two attempts to open the register."""
_SETTLED = 3_000
"""Milliseconds after the register was opened: the start is over."""


class DepartmentProgram(QObject):
    """Holds what outlives a window; another language makes the window anew."""

    def __init__(self, app: QApplication, options: argparse.Namespace) -> None:
        super().__init__(app)
        self._app = app
        self._config = config.load()
        self._fixed_language: str = options.language or self._config.language
        self.guard = Guard(parent=self)
        self.guard.install()
        self._speaker = Speaker(app, self)
        spoken = self._config.spoken if self._config.spoken in LANGUAGES else ""
        self._speaker.speak(self._fixed_language or spoken or system_language())
        self.theme = Theme(app, scale=self._config.scale)
        if self._config.theme != "system":
            self.theme.prefer(self._config.theme)
        self.lanes = Lanes(
            options.register or self._config.place,
            operator=self._config.officer,
            department=options.department,
            parent=self,
        )
        self.lanes.bug.connect(self.guard.report)
        self.lanes.opened.connect(self._on_opened)
        self.lanes.catalogue_changed.connect(self._on_catalogue)
        self.lanes.trouble.connect(self._on_trouble)
        self._again = QTimer(self, singleShot=True, interval=_AGAIN)
        self._again.timeout.connect(self.lanes.look_again)
        self._collector = Collector(self)
        folder = config.drafts_folder().parent / "steps" / options.department.strip().upper()
        self.keeper = Keeper(folder, self)
        self._keeps = False
        self.window = self._make_window()
        app.aboutToQuit.connect(self.close)

    def show(self) -> None:
        """Show the window; the register is opened after the first paint."""
        self.window.painted.connect(self.lanes.start)
        self.window.show()

    @Slot()
    def _fit(self) -> None:
        from ui.fitting import keep_inside  # the frame is known only now

        keep_inside(self.window)

    def _make_window(self) -> InboxWindow:
        window = InboxWindow(self.lanes, self.keeper)
        window.closed.connect(self._on_closed)
        window.language_changed.connect(self._on_language)
        window.scale_changed.connect(self._on_scale)
        window.officer_changed.connect(self._on_officer)
        window.painted.connect(self._fit)
        if self._config.inbox:
            window.restoreGeometry(QByteArray.fromHex(self._config.inbox.encode()))
        return window

    def _change_language(self, language: str) -> None:
        """Make the window anew in another language, unless something is half typed in it."""
        if language == wording.current().language or language not in LANGUAGES:
            return
        if self.window.page.unsaved:
            self.window.foot.say(wording._("Something is typed but not saved."))
            return
        old, self.window = self.window, self._other(language)
        self.window.setGeometry(old.geometry())
        if old.isVisible():
            self.window.show()
        old.leave()
        old.deleteLater()

    def _other(self, language: str) -> InboxWindow:
        self._speaker.speak(language)
        self.theme.refresh()
        return self._make_window()

    @Slot(object)
    def _on_opened(self, catalogue: Catalogue) -> None:
        self._on_catalogue(catalogue)  # first: the window that stays is to hear what was kept
        if not self._keeps:
            self._keeps = True
            self.keeper.start(self.lanes.place)
        self.keeper.opened(self.lanes.place, catalogue.site.uid)
        QTimer.singleShot(_SETTLED, self._collector.start)

    @Slot(object)
    def _on_trouble(self, error: DeskError) -> None:
        """A register that was never open is looked for by itself; one that was the lanes look for."""
        if self.lanes.catalogue is None and isinstance(error, SurroundingsError):
            self._again.start()

    @Slot(object)
    def _on_catalogue(self, catalogue: Catalogue) -> None:
        if self._config.spoken != catalogue.site.language:
            self._keep(spoken=catalogue.site.language)
        if not self._fixed_language:
            self._change_language(catalogue.site.language)

    @Slot(str)
    def _on_language(self, language: str) -> None:
        if not self.window.page.unsaved:
            self._fixed_language = language
            self._keep(language=language)
        self._change_language(language)

    @Slot(int)
    def _on_scale(self, scale: int) -> None:
        self.theme.set_scale(scale)
        self._keep(scale=self.theme.scale)

    @Slot(str)
    def _on_officer(self, name: str) -> None:
        self._keep(officer=name)

    def _keep(self, **values: Any) -> None:
        try:
            self._config = config.change(**values)
        except OSError:
            return  # comfort only: the next start has the defaults

    @Slot()
    def _on_closed(self) -> None:
        self._keep(inbox=bytes(self.window.saveGeometry().toHex().data()).decode())
        self._app.quit()

    @Slot()
    def close(self) -> None:
        """End the lanes and give hooks and collector back; the program is over."""
        self._again.stop()
        self._collector.stop()
        self.window.let_go()
        self.keeper.stop()
        self.lanes.stop()
        self.guard.uninstall()


def run(options: argparse.Namespace) -> int:
    """Run a department's inbox until its window is closed; returns the exit code."""
    app = application(sys.argv[0])
    app.setApplicationName("reception-desk")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("reception-desk")
    program = DepartmentProgram(app, options)
    program.show()
    return app.exec()
