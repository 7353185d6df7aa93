"""Prints a form or saves it: laid out by a child process, sent by a thread, without the register."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from reception.errors import DeskError
from ui.sheet import pages, printing
from ui.sheet.hand import Hand
from ui.sheet.maker import Form, FormMaker, Making
from ui.widgets.files import ask_save, documents
from ui.wording import _, current, ngettext

Sizes = tuple[tuple[float, float], ...]


class FormPrinter(QObject):
    """Has one form after the other made, and printed or saved.

    Args:
        owner: the page or window that asks; its dialogs stand above it.
        form: which form (``reception.paper.worker``).
        title: what the printer's list calls it, translated.
    """

    told = Signal(str)
    """A sentence for the foot: how far it is, or what went wrong."""

    def __init__(self, owner: QWidget, form: str, title: str) -> None:
        super().__init__(owner)
        self._owner = owner
        self._form, self._title = form, title
        self.language = current().language
        """What the paper speaks."""
        self._folder: Path | None = None
        self._count = 0
        self._sizes: Sizes = ()
        self._printer: QPrinter | None = None
        self._path: Path | None = None
        self._maker: FormMaker | None = None
        self._hand: Hand | None = None

    def can_print(self) -> bool:
        """Whether this computer knows any printer."""
        return printing.has_printer()

    def lay_out(self, data: object) -> None:
        """Lay the form out and ask where to print it."""
        if self._folder is None:
            # Names lie in it: the folder is the user's own (0700) and goes with the page.
            self._folder = Path(tempfile.mkdtemp(prefix=f"reception-{self._form}-"))
        self._count += 1
        self._make(data, self._folder / f"{self._form}-{self._count}.pdf").done.connect(self._made)

    def keep(self, data: object, title: str, name: str) -> None:
        """Ask for a file (``name`` is proposed) and lay the form out there."""
        chosen = ask_save(self._owner, title, documents() / name, _("PDF files (*.pdf)"))
        if chosen is not None:
            self._make(data, chosen).done.connect(self._saved)

    def stop(self) -> None:
        """End the child and the thread, and remove what was made."""
        if self._maker is not None:
            self._maker.stop()
        if self._hand is not None:
            self._hand.stop()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _make(self, data: object, path: Path) -> Making:
        self.told.emit(_("Laying out the list…"))
        if self._maker is None:
            self._maker = FormMaker(self)
        self._path = path
        making = self._maker.make(Form(self._form, data, self.language, path, dt.datetime.now(dt.UTC)))
        making.failed.connect(self._failed)
        return making

    @Slot()
    def _saved(self) -> None:
        self.told.emit(_("Saved as {path}").format(path=self._path))

    @Slot()
    def _made(self) -> None:
        if self._hand is None:
            self._hand = Hand(self)
        errand = self._hand.do(pages.sizes, self._path)
        errand.done.connect(self._measured)
        errand.failed.connect(self._failed)

    @Slot(object)
    def _measured(self, sizes: Sizes) -> None:
        self._sizes = sizes
        self._printer = printing.fitting_printer(sizes)
        self._printer.setDocName(self._title)
        dialog = QPrintDialog(self._printer, self._owner)
        dialog.accepted.connect(self._send)
        self.told.emit("")
        QDialog.open(dialog)  # QPrintDialog.open wants a receiver and a slot by name
        dialog.finished.connect(dialog.deleteLater)

    @Slot()
    def _send(self) -> None:
        if self._hand is None or self._printer is None:
            return
        self.told.emit(_("Sending to the printer…"))
        errand = self._hand.do(printing.print_file, self._path, self._printer, self._sizes)
        errand.done.connect(self._sent)
        errand.failed.connect(self._failed)

    @Slot(object)
    def _sent(self, count: int) -> None:
        self._printer = None
        words = ngettext("{n} page was sent to the printer.", "{n} pages were sent to the printer.", count)
        self.told.emit(words.format(n=count))

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._printer = None
        if not isinstance(error, DeskError):
            raise error
        self.told.emit(error.say(_))
