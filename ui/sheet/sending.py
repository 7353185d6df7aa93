"""From the key to paper or file: asks where, makes the prints, delivers them, says what went wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from reception import proofs
from reception.errors import DeskError, SurroundingsError
from reception.paper import spooler
from reception.paper.spooler import Lot
from reception.wording import N_
from ui.sheet import pages, printing
from ui.sheet.act import Act
from ui.sheet.hand import Hand
from ui.sheet.naming import file_name, free
from ui.sheet.pages import Leaf
from ui.sheet.printing import Order
from ui.sheet.sheet import Look
from ui.sheet.shop import Bench
from ui.sheet.wanted import Wanted
from ui.widgets.files import ask_folder, ask_save, documents
from ui.widgets.returning import give_back
from ui.wording import _, ngettext


class Sending(QObject):
    """Prints or saves one job at a time; a second press of the key while one is under way is the same one."""

    told = Signal(str)
    """How far it is, and in the end what was done."""
    finished = Signal(str)
    """What was done."""
    wrong = Signal(str)
    saved = Signal(object)
    """The ``Path`` that was saved last."""
    delivered = Signal(object)
    """The forms with their stamps, as they went."""
    busy_changed = Signal(bool)
    progressed = Signal(int, int)

    def __init__(self, bench: Bench, owner: QWidget) -> None:
        super().__init__(bench)
        self._bench, self._owner = bench, owner
        self._act: Act | None = None
        self._courier: Hand | None = None
        """Waits for the print server, so that the hand goes on turning pages."""
        self._printer: QPrinter | None = None
        self._leaves: tuple[Leaf, ...] = ()
        self._order: Order | None = None
        self._busy = False
        self._dialog: QPrintDialog | None = None
        self._came_from: QWidget | None = None
        self.watching = False
        """Whether a job that was sent is still looked after."""

    @property
    def busy(self) -> bool:
        """Whether something is being printed or saved, or is asked about."""
        return self._busy

    def print(self, wanted: Sequence[Wanted], look: Look, leaves: Sequence[Leaf]) -> None:
        """Ask for the printer, then print these forms, of which ``leaves`` is the preview."""
        if self._begin(wanted, look):
            self._leaves = tuple(leaves)
            self.told.emit(_("Looking for printers…"))
            self._bench.hand.do(printing.has_printer).done.connect(self._on_printers)

    def save(self, wanted: Sequence[Wanted], look: Look) -> None:
        """Ask for a file, of several forms for a folder, and save these forms there."""
        if not self._begin(wanted, look):
            return
        paths = self._places(wanted, look)
        if not paths:
            self._end()
            return
        self.told.emit(_("Saving…"))
        self._write(paths)

    def cancel(self) -> None:
        """End what takes long: nothing half-made stays."""
        if self._act is not None and self._busy:
            self._act.cancel()
            self._end()
            self.told.emit(_("Cancelled. Nothing half-made was left behind."))

    def stop(self) -> None:
        """The window closes."""
        if self._act is not None:
            self._act.drop()
        if self._courier is not None:
            self._courier.stop()

    def _places(self, wanted: Sequence[Wanted], look: Look) -> list[Path]:
        names = [file_name(one, look.language) for one in wanted]
        if len(names) == 1:
            chosen = ask_save(
                self._owner, _("Save the sheet"), documents() / names[0], _("PDF files (*.pdf)")
            )
            return [chosen] if chosen is not None else []
        folder = ask_folder(self._owner, _("Save the sheets"), documents())
        return free(folder, names) if folder is not None else []

    def _begin(self, wanted: Sequence[Wanted], look: Look) -> bool:
        if self._busy or not wanted:
            return False
        self._set_busy(True)
        if self._act is None or not self._act.is_of(wanted, look):
            if self._act is not None:
                self._act.deleteLater()
            self._act = Act(wanted, look, self._bench)
            self._act.done.connect(self._on_written)
            self._act.failed.connect(self._on_failed)
            self._act.progressed.connect(self.progressed)
        return True

    def _write(self, paths: Sequence[Path]) -> None:
        assert self._act is not None
        self._act.write_to(paths)

    @Slot(object)
    def _on_printers(self, any_printer: bool) -> None:
        if not any_printer:
            self._on_failed(
                SurroundingsError(
                    N_("This computer knows no printer. The sheet can be saved as a file instead.")
                )
            )
            return
        self.told.emit("")
        self._printer = printing.fitting_printer(self._leaves[0].size)
        assert self._act is not None
        first = self._act.prints[0].wanted
        self._printer.setDocName(Path(file_name(first, self._act.look.language)).stem)
        self._came_from = QApplication.focusWidget()
        self._dialog = dialog = QPrintDialog(self._printer, self._owner)
        for label in dialog.findChildren(QLabel):
            if label.text() == "Page Set:":  # Qt's own Chinese leaves it in English
                label.setText(_("Which pages:"))
        dialog.setMinMax(1, len(self._leaves))
        dialog.accepted.connect(self._on_accepted)
        dialog.rejected.connect(self._end)
        dialog.finished.connect(self._on_answered)
        QDialog.open(dialog)  # QPrintDialog.open wants a receiver and a slot by name

    @Slot()
    def _on_answered(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            give_back(dialog, self._came_from)
            dialog.deleteLater()

    @Slot()
    def _on_accepted(self) -> None:
        assert self._act is not None
        self.told.emit(_("Making the print…"))
        self._write([self._bench.new_path(one.wanted.name) for one in self._act.prints])

    @Slot()
    def _on_written(self) -> None:
        assert self._act is not None
        if self._printer is None:
            self._finish(_saved(self._act.paths))
            return
        errand = self._bench.hand.do(_all_leaves, self._act.paths)
        errand.done.connect(self._on_leaves)
        errand.failed.connect(self._on_failed)

    @Slot(object)
    def _on_leaves(self, leaves: tuple[Leaf, ...]) -> None:
        assert self._act is not None
        assert self._printer is not None
        self.told.emit(_("Sending to the printer…"))
        if not printing.goes_as_it_is(self._printer):
            errand = self._bench.hand.do(printing.draw, leaves, self._printer)
            errand.done.connect(self._on_drawn)
        else:
            asked = printing.wanted(self._printer, len(leaves))
            self._order = printing.order(self._printer, leaves[0].size)
            errand = self._bench.hand.do(printing.lots, leaves, asked, self._order, self._bench.folder)
            errand.done.connect(self._on_lots)
        errand.failed.connect(self._on_failed)

    @Slot(object)
    def _on_lots(self, lots: list[Lot]) -> None:
        assert self._order is not None
        if self._courier is None:
            self._courier = Hand(self)
        errand = self._courier.do(_spool, lots, self._order)
        errand.done.connect(self._on_spooled)
        errand.failed.connect(self._on_failed)

    @Slot(object)
    def _on_drawn(self, count: int) -> None:
        self._finish(_sent(count))

    @Slot(object)
    def _on_spooled(self, sent: tuple[str, tuple[str, ...], list[Lot]]) -> None:
        printer, jobs, lots = sent
        self._finish(_told_of(lots))
        assert self._courier is not None
        self.watching = True
        self._courier.do(spooler.watch, printer, *jobs).done.connect(self._on_watched)

    @Slot(object)
    def _on_watched(self, error: DeskError | None) -> None:
        self.watching = False
        if error is not None and not self._busy:
            waits = _("The pages wait there; the sheet can also be saved as a file.")
            self.wrong.emit(f"{error.say(_)} {waits}")

    def _finish(self, words: str) -> None:
        """Delivered: the same once more is another print."""
        act, self._act = self._act, None
        assert act is not None
        self.delivered.emit(tuple((one.wanted, one.stamp) for one in act.prints))
        if self._printer is None:
            self.saved.emit(act.paths[-1])
        if act.codes:
            codes = _(", ").join(map(proofs.shown, act.codes))
            told = _("Code: {codes}").format(codes=codes)
            words = f"{words} {told}"
        act.deleteLater()
        self._end()
        self.told.emit(words)
        self.finished.emit(words)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        """What was committed stays to be delivered elsewhere: the act goes on with the next key."""
        self._end()
        if not isinstance(error, DeskError):
            raise error
        self.wrong.emit(error.say(_))

    @Slot()
    def _end(self) -> None:
        self._printer = None
        self._set_busy(False)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.busy_changed.emit(busy)


def _all_leaves(paths: Sequence[Path]) -> tuple[Leaf, ...]:
    return tuple(leaf for path in paths for leaf in pages.leaves(path))


def _spool(lots: list[Lot], order: Order) -> tuple[str, tuple[str, ...], list[Lot]]:
    return order.printer, spooler.send_lots(lots, order.printer, title=order.title), lots


def _saved(paths: Sequence[Path]) -> str:
    if len(paths) == 1:
        return _("Saved as {path}").format(path=paths[0])
    names = _(", ").join(path.name for path in paths)
    return _("Saved in {folder}: {names}").format(folder=paths[0].parent, names=names)


def _sent(count: int) -> str:
    return ngettext("{n} page was sent to the printer.", "{n} pages were sent to the printer.", count).format(
        n=count
    )


def _told_of(lots: Sequence[Lot]) -> str:
    """How many pages went, and on which papers where there are several."""
    once = {lot.paths: lot for lot in lots}.values()  # copies that are collated are jobs again
    count = sum(lot.pages for lot in once)
    each = Counter[str]()
    for lot in once:
        each[lot.media] += lot.pages
    if len(each) < 2:
        return _sent(count)
    papers = _(", ").join(f"{spooler.in_words(media)} ({pages})" for media, pages in each.items())
    return " ".join((_sent(count), _("Each on its own paper: {papers}.").format(papers=papers)))
