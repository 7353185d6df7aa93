"""The program with a window: makes the parts and holds them together."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from reception import __version__, config
from reception.errors import DeskError, RegisterMissingError
from reception.facts import Catalogue
from reception.wording import LANGUAGES, system_language
from ui import wording
from ui.drafts.keeper import Keeper
from ui.garbage import Collector
from ui.guard import Guard
from ui.icons import Warmer
from ui.speaking import Speaker
from ui.startup_trace import StartupTrace
from ui.theme import Theme, application
from ui.today import day, signs
from ui.window import MainWindow
from ui.work import DESK, PLACE, Lanes

if TYPE_CHECKING:
    from ui.sheet.shop import Shop

_SETTLED = 3_000
"""Milliseconds after the register was opened: the start is over."""
_READ = 15_000
"""Milliseconds for which what was said of a restore stands alone."""
_BACKUP_LAST = 30_000
"""Milliseconds that a closed program may take for the day's last backup."""
_PRINTING = 300
"""Milliseconds after which it is looked again whether what is being printed is finished."""


class Program(QObject):
    """Holds what outlives a window: settings, theme, lanes, guard. Another language makes the window anew."""

    def __init__(self, app: QApplication, options: argparse.Namespace) -> None:
        super().__init__(app)
        self._app = app
        self._config = config.load()
        self._fixed_language: str = options.language or self._config.language
        self.guard = Guard(parent=self)
        self.guard.install()
        self._speaker = Speaker(app, self)
        self._speaker.speak(self._fixed_language or self._spoken() or system_language())
        self.theme = Theme(app, scale=self._config.scale)
        if self._config.theme != "system":
            self.theme.prefer(self._config.theme)
        self.lanes = Lanes(
            options.register or self._config.place,
            desk=options.desk or self._config.desk,
            operator=self._config.operator,
            parent=self,
        )
        self.lanes.bug.connect(self.guard.report)
        self.lanes.opened.connect(self._on_opened)
        self.lanes.catalogue_changed.connect(self._on_catalogue)
        self.lanes.trouble.connect(self._on_trouble)
        self.lanes.unbacked.connect(self._on_no_backup)
        self.keeper = Keeper(config.drafts_folder(), self)
        self._collector = Collector(self)
        self._trace = StartupTrace.wanted(self)
        self._restored = False
        self._last = QTimer(self, singleShot=True)
        self._last.timeout.connect(app.quit)
        self.window: MainWindow | None = None
        self._shop: Shop | None = None
        app.aboutToQuit.connect(self.close)

    def show(self) -> None:
        """Show the window; the register is opened after the first paint."""
        window = self._make_window()
        if self._trace is not None:
            # The first to hear of it: the lanes take the interpreter as soon as they start.
            window.painted.connect(self._trace.painted)
            self.lanes.opened.connect(self._trace.opened)
        window.painted.connect(self.lanes.start)
        window.painted.connect(self._fit)
        window.painted.connect(self._keep_drafts)
        window.painted.connect(Warmer((*day.ICONS, *signs.ICONS), window).start)
        window.show()

    @Slot()
    def _keep_drafts(self) -> None:
        self.keeper.start(self.lanes.place)

    @Slot()
    def _fit(self) -> None:
        from ui.fitting import keep_inside  # the frame is known only now

        if self.window is not None:
            keep_inside(self.window)

    def _make_window(self) -> MainWindow:
        window = MainWindow(self.lanes, self.keeper)
        window.closed.connect(self._on_closed)
        window.closed.connect(self._keep_geometry)
        window.language_changed.connect(self._on_language)
        window.appearance_changed.connect(self._on_appearance)
        window.place_changed.connect(self._on_place)
        window.operator_changed.connect(self._on_operator)
        window.restore_wanted.connect(self._on_restore)
        if self._trace is not None:
            window.today.first_row.connect(self._trace.first_row)
        if self._config.geometry:
            window.restoreGeometry(QByteArray.fromHex(self._config.geometry.encode()))
        self.window = window
        return window

    def _spoken(self) -> str:
        """The language of the register that was open last: most likely it is the one that opens now."""
        return self._config.spoken if self._config.spoken in LANGUAGES else ""

    def _change_language(self, language: str) -> None:
        """Make the window anew in another language; what is typed goes over."""
        if language == wording.current().language or language not in LANGUAGES:
            return
        from ui.sheet.opener import is_printing

        old = self.window
        if old is not None and is_printing(old):  # it is finished first: it would be broken off
            QTimer.singleShot(_PRINTING, self, lambda: self._change_language(language))
            return
        self._speaker.speak(language)
        self.theme.refresh()
        window = self._make_window()
        if old is not None:
            window.safety.take_over(old.safety)
            window.show_page(old.front)
            window.setGeometry(old.geometry())
            if old.isMaximized():
                window.showMaximized()
            else:
                window.show()
            window.foot.say(old.foot.status.said)
            old.leave()
            old.deleteLater()

    # What happens.

    @Slot(object)
    def _on_opened(self, catalogue: Catalogue) -> None:
        self._on_catalogue(catalogue)
        self.keeper.opened(self.lanes.place, catalogue.site.uid)
        QTimer.singleShot(_SETTLED, self._collector.start)
        QTimer.singleShot(_SETTLED, self._keep_backups)
        QTimer.singleShot(_SETTLED, self._warm_paper)
        QTimer.singleShot(_SETTLED, self._tell_left)

    @Slot()
    def _warm_paper(self) -> None:
        """The first preview comes as quickly as the others: nobody wants one while the start is on."""
        from ui.sheet.shop import Shop

        if self._shop is None:
            self._shop = Shop.hold(self.lanes)
        self._shop.warm()

    @Slot()
    def _tell_left(self) -> None:
        if self._restored:  # what is told of that and of the numbers is read first
            self._restored = False
            QTimer.singleShot(_READ, self, self._tell_left)
        elif self.window is not None:
            self.window.safety.tell_left()

    @Slot()
    def _keep_backups(self) -> None:
        self.lanes.keep_backups(str(config.backup_folder()))

    @Slot(object)
    def _on_catalogue(self, catalogue: Catalogue) -> None:
        if not self._fixed_language:
            self._change_language(catalogue.site.language)
            if self._config.spoken != catalogue.site.language:
                self._keep(spoken=catalogue.site.language)

    @Slot(object)
    def _on_trouble(self, error: DeskError) -> None:
        if isinstance(error, RegisterMissingError):
            self._first_start()

    def _first_start(self) -> None:
        from ui.dialogs.first_start import FirstStart

        answer = FirstStart.ask(self.window, wording.current().language)
        if answer is None:
            self._app.quit()
            return
        task = self.lanes.errand(
            "reception.founding.create",
            PLACE,
            template=answer.template,
            site_name=answer.site_name,
            language=answer.language,
            operator=answer.operator,
        )
        task.done.connect(self._on_founded)
        task.failed.connect(self._on_not_founded)

    @Slot(object)
    def _on_founded(self, _nothing: object) -> None:
        self.lanes.retry()

    @Slot(object)
    def _on_not_founded(self, error: DeskError) -> None:
        if self.window is not None:
            self.window.banner.say(error, restorable=False)

    @Slot(str)
    def _on_language(self, language: str) -> None:
        self._fixed_language = language
        catalogue = self.lanes.catalogue
        self._change_language(language or (catalogue.site.language if catalogue else system_language()))

    @Slot(str, int)
    def _on_appearance(self, scheme: str, scale: int) -> None:
        if scheme:
            self.theme.prefer(scheme if scheme != "system" else None)
        self.theme.set_scale(scale)
        self._keep(scale=self.theme.scale, **({"theme": scheme} if scheme else {}))

    @Slot(str)
    def _on_place(self, place: str) -> None:
        self.lanes.reopen(place)

    @Slot(str)
    def _on_operator(self, name: str) -> None:
        self._keep(operator=name)

    @Slot()
    def _on_restore(self) -> None:
        from ui.dialogs.restore import RestoreDialog

        answer = RestoreDialog.ask(self.window, self.lanes, self.lanes.in_trouble, config.backup_folder())
        if answer.kind == "retry":
            self.lanes.retry()
        elif answer.kind == "other":
            self.lanes.reopen(answer.place)
        elif answer.kind == "quit" and self.window is not None:
            self.window.close()
        elif answer.kind == "restored" and self.window is not None:
            self._restored = True
            words = wording._("The register was restored.")
            if answer.place:
                kept = wording._("The former one is kept: {place}").format(place=answer.place)
                words = f"{words} {kept}"
            self.window.foot.say(words)
            # by the lane that restored: it goes on when the register is open again
            self.lanes.write("numbering.told").done.connect(self._on_gaps)

    @Slot(object)
    def _on_gaps(self, told: tuple[dict[str, str], bool]) -> None:
        """The numbers of the year that do not follow the last ones of the backup."""
        gaps, jumped = told
        if gaps and self.window is not None:
            words = wording._("The register was restored. Numbers of the year go on at {numbers}.")
            more = (
                wording._("Whoever knows the last ones writes them down in the settings.") if jumped else ""
            )
            self.window.foot.say(f"{words.format(numbers=', '.join(gaps.values()))} {more}".strip())

    @Slot()
    def _on_closed(self) -> None:
        """The window is gone; before the program is, the day's work goes into the day's backup."""
        if self.lanes.catalogue is None or self.lanes.in_trouble is not None:
            self._app.quit()
            return
        self._app.setQuitOnLastWindowClosed(False)
        self.lanes.rest_backups()
        folder = str(config.backup_folder())
        task = self.lanes.errand("reception.store.backup.daily", DESK, folder, closing=True)
        task.done.connect(self._app.quit)
        task.failed.connect(self._app.quit)
        self._last.start(_BACKUP_LAST)

    @Slot(object)
    def _on_no_backup(self, error: DeskError) -> None:
        if self.window is not None:
            words = wording._("The daily backup was not made: {reason}")
            self.window.foot.say(words.format(reason=error.say(wording._)))

    @Slot()
    def _keep_geometry(self) -> None:
        if self.window is not None:
            self._keep(geometry=bytes(self.window.saveGeometry().toHex().data()).decode())

    def _keep(self, **values: Any) -> None:
        try:
            self._config = config.change(**values)
        except OSError:
            return  # comfort only: the next start has the defaults

    @Slot()
    def close(self) -> None:
        """End the lanes and give hooks and collector back; the program is over."""
        self._app.setQuitOnLastWindowClosed(True)
        self._last.stop()
        self._collector.stop()
        if self._shop is not None:
            self._shop.release()
            self._shop.end()
            self._shop = None
        self.lanes.stop()
        self.keeper.stop()
        self.guard.uninstall()


def run(options: argparse.Namespace) -> int:
    """Run the desk with a window until it is closed; returns the exit code."""
    app = application(sys.argv[0])
    app.setApplicationName("reception-desk")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("reception-desk")
    program = Program(app, options)
    program.show()
    return app.exec()
