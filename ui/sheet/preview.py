"""The page that shows the day's sheet before it is saved or printed.

The data comes by the read lane, the layout by a child process, the pictures by a thread: at no step does the
window wait. Whatever fails is said in the foot of the page and can be tried again.
"""

from __future__ import annotations

import datetime as dt
import logging
import shutil
import tempfile
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reception.errors import DeskError, SurroundingsError
from reception.facts import Catalogue, Change, Counters
from reception.wording import N_, load
from ui import actions, labels
from ui.changes import concerns
from ui.pages import Page, PageSpec
from ui.sheet import pages, printing
from ui.sheet.bar import SheetBar
from ui.sheet.hand import Hand
from ui.sheet.maker import Form, FormMaker, Making
from ui.sheet.view import PageView
from ui.theme import GAP, GAP_SMALL
from ui.widgets.buttons import Button
from ui.widgets.files import ask_save, documents
from ui.wording import _, current, ngettext
from ui.work import Lanes

_log = logging.getLogger(__name__)
Sizes = tuple[tuple[float, float], ...]


class SheetPage(Page):
    """Shows, saves and prints the sheet of a day."""

    closed = Signal()
    """Back was asked for."""
    page_wanted = Signal(str)
    """The name of another page that is wanted."""

    def __init__(self, spec: PageSpec, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(spec, lanes, parent)
        self._day = 0
        self._language = current().language
        self._language_chosen = False
        self._data: object = None
        self._made_at = dt.datetime.now(dt.UTC)
        self._making: Making | None = None
        self._path: Path | None = None
        self._sizes: Sizes = ()
        self._count = 0
        self._printer: QPrinter | None = None
        # Personal data lies in it: the folder is the user's own (0700) and goes with the page.
        self._folder = Path(tempfile.mkdtemp(prefix="reception-sheet-"))
        self.maker = FormMaker(self)
        self._hand = Hand(self)
        self.bar = SheetBar(self)
        self.view = PageView(self._hand, self)
        self.foot = QLabel(self)
        self.again = Button(_("Try again"), self)
        self.unchecked = QLabel(self)
        self.check = Button(_("Check them  F11"), self)
        self._lay_out()
        self._connect()
        self.bar.set_page(0, 0)

    def show_day(self, day: int) -> None:
        """Make and show the sheet of ``day`` (``YYYYMMDD``)."""
        self._day = day
        self.bar.set_day(day)
        self._collect()
        self._count_unchecked()

    @property
    def at_rest(self) -> bool:
        """Whether the sheet that was asked for is shown, or was said to have failed."""
        return self.again.isVisible() or (self.view.at_rest and not self.foot.text())

    def activate(self) -> None:
        """The keys turn pages at once."""
        self.view.setFocus()

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Paper speaks the site's language until another is chosen here."""
        if not self._language_chosen:
            self._language = catalogue.site.language
            self.bar.set_language(self._language)

    def recovered(self) -> None:
        """The register answers again: make the sheet again if it could not be made."""
        if self.again.isVisible():
            self._collect()

    def changed(self, changes: tuple[Change, ...]) -> None:
        """Say when what is shown may be of the past."""
        if self._day and concerns(changes, "entry", "setting"):
            self._count_unchecked()
        if self._path is not None and concerns(changes, "entry"):
            self._say(_("The register has changed since this sheet was made. F5 makes it again."))

    def stop(self) -> None:
        """End the child and the thread, and remove what was made."""
        self.maker.stop()
        self._hand.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _lay_out(self) -> None:
        self.foot.setTextFormat(Qt.TextFormat.PlainText)
        self.foot.setWordWrap(True)
        self.again.hide()
        foot = QHBoxLayout()
        foot.setContentsMargins(GAP, 0, GAP, GAP_SMALL)
        foot.addWidget(self.foot, 1)
        foot.addWidget(self.again)
        foot.addWidget(self.unchecked)
        foot.addWidget(self.check)
        self.unchecked.setProperty("role", "care")
        actions.tip(self.check, "check")
        self._tell_unchecked(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self.bar)
        column.addWidget(self.view, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        bar = self.bar
        bar.back.clicked.connect(self.closed)
        bar.day_wanted.connect(self.show_day)
        bar.language_wanted.connect(self._set_language)
        bar.previous.clicked.connect(self.view.previous_page)
        bar.next.clicked.connect(self.view.next_page)
        bar.smaller.clicked.connect(self.view.zoom_out)
        bar.larger.clicked.connect(self.view.zoom_in)
        bar.refresh.clicked.connect(self._collect)
        bar.save.clicked.connect(self._save)
        bar.print.clicked.connect(self.print_sheet)
        self.again.clicked.connect(self._collect)
        self.check.clicked.connect(self._on_check)
        self.view.page_changed.connect(bar.set_page)
        for keys, slot in (
            ("Esc", self.closed.emit),
            ("Ctrl+PgUp", bar.earlier.click),
            ("Ctrl+PgDown", bar.later.click),
            ("F5", self._collect),
            ("Ctrl+S", bar.save.click),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    # Making.

    @Slot()
    def _collect(self) -> None:
        if not self._day:
            return
        self._forget()
        self._say(_("Making the sheet…"))
        task = self.lanes.read("sheet", "reception.paper.daily_sheet.collect", self._day)
        task.done.connect(self._collected)
        task.failed.connect(self._failed)

    @Slot(object)
    def _collected(self, data: object) -> None:
        self._data = data
        self._made_at = dt.datetime.now(dt.UTC)
        self._make()

    @Slot(str)
    def _set_language(self, language: str) -> None:
        self._language, self._language_chosen = language, True
        if self._data is not None:
            self._make()

    def _make(self) -> None:
        self._forget()
        self._say(_("Making the sheet…"))
        self._count += 1
        self._making = self.maker.make(self._form(self._folder / f"sheet-{self._count}.pdf"))
        self._making.done.connect(self._made)
        self._making.failed.connect(self._failed)

    def _form(self, path: Path) -> Form:
        return Form("daily_sheet", self._data, self._language, path, self._made_at)

    def _count_unchecked(self) -> None:
        """Today's lines that lack something: told before the sheet is printed, and never in the way."""
        catalogue = self.lanes.catalogue
        if catalogue is None or self._day != labels.today(catalogue.site.zone):
            self._tell_unchecked(0)
            return
        self.lanes.read("sheet.unchecked", "to_do.counters").done.connect(self._on_counters)

    @Slot(object)
    def _on_counters(self, counters: Counters) -> None:
        self._tell_unchecked(counters.to_check)

    def _tell_unchecked(self, count: int) -> None:
        words = ngettext("{n} line is still to be checked", "{n} lines are still to be checked", count)
        self.unchecked.setText(words.format(n=count))
        for widget in (self.unchecked, self.check):
            widget.setVisible(count > 0)

    @Slot()
    def _on_check(self) -> None:
        self.page_wanted.emit("check")

    def _forget(self) -> None:
        if self._making is not None:
            self.maker.forget(self._making)
            self._making = None

    @Slot(object)
    def _made(self, _pages: object) -> None:
        making, self._making = self._making, None
        if making is None:
            return
        errand = self._hand.do(_measured, making.form.path)
        errand.done.connect(self._show)
        errand.failed.connect(self._cannot_show)

    @Slot(object)
    def _show(self, measured: tuple[Path, Sizes]) -> None:
        path, self._sizes = measured
        if self._path is not None:
            self._hand.do(_remove, self._path)
        self._path = path
        self.view.show_file(path, self._sizes)
        self._say("")

    @Slot(object)
    def _cannot_show(self, error: Exception) -> None:
        _log.error("the finished sheet cannot be read", exc_info=error)
        self._failed(SurroundingsError(N_("The sheet was made but cannot be shown. Please try again.")))

    @Slot(object)
    def _failed(self, error: DeskError) -> None:
        self._making = None
        self._say(error.say(_), wrong=True)

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        self.foot.setProperty("role", "wrong" if wrong else "muted")
        self.foot.style().polish(self.foot)
        self.foot.setText(sentence)
        self.again.setVisible(wrong)
        if wrong:
            self.message.emit(sentence)

    # Where it goes.

    @Slot()
    def _save(self) -> None:
        if self._path is None:
            return
        name = load(self._language).gettext(N_("reception-{day}.pdf")).format(day=self._day)
        kinds = _("PDF files (*.pdf)")
        chosen = ask_save(self, _("Save the sheet"), documents() / name, kinds)
        if chosen is None:
            return
        self._say(_("Saving…"))
        saving = self.maker.make(self._form(chosen))
        saving.done.connect(self._saved)
        saving.failed.connect(self._not_done)
        self._saved_as = chosen

    @Slot()
    def _saved(self) -> None:
        self._say(_("Saved as {path}").format(path=self._saved_as))

    @Slot(object)
    def _not_done(self, error: DeskError) -> None:
        self._say(error.say(_), wrong=True)
        self.again.hide()

    @Slot()
    def print_sheet(self) -> None:
        """Send the sheet to a printer, after its dialog; Ctrl+P means this while the page is shown."""
        if self._path is None:
            return
        if not printing.has_printer():
            self._not_done(
                SurroundingsError(
                    N_("This computer knows no printer. The sheet can be saved as a file instead.")
                )
            )
            return
        self._printer = printing.fitting_printer(self._sizes)
        self._printer.setDocName(self._path.stem)
        dialog = QPrintDialog(self._printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setMinMax(1, len(self._sizes))
        dialog.accepted.connect(self._send)
        QDialog.open(dialog)  # QPrintDialog.open wants a receiver and a slot by name

    @Slot()
    def _send(self) -> None:
        if self._path is None or self._printer is None:
            return
        self._say(_("Sending to the printer…"))
        errand = self._hand.do(printing.print_file, self._path, self._printer, self._sizes)
        errand.done.connect(self._sent)
        errand.failed.connect(self._not_sent)

    @Slot(object)
    def _sent(self, count: int) -> None:
        self._printer = None
        words = ngettext("{n} page was sent to the printer.", "{n} pages were sent to the printer.", count)
        self._say(words.format(n=count))

    @Slot(object)
    def _not_sent(self, error: Exception) -> None:
        self._printer = None
        if not isinstance(error, DeskError):
            raise error
        self._not_done(error)


def _measured(path: Path) -> tuple[Path, Sizes]:
    return path, pages.sizes(path)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
