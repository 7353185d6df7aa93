"""The preview of any forms, in a language and on a paper; from here they are printed or saved.

The data comes by the read lane, the layout by a child process, the pictures by a thread: at no step does the
window wait. Whatever fails is said under the pages and can be tried again.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from reception.errors import DeskError
from reception.facts import Catalogue, Change
from reception.facts.printing import Stamp
from ui import actions
from ui.changes import concerns
from ui.sheet.bar import SheetBar
from ui.sheet.foot import PaperFoot
from ui.sheet.job_list import JobList, title_of
from ui.sheet.search import SearchLine
from ui.sheet.sending import Sending
from ui.sheet.sheet import Look, Sheet, sheets_of
from ui.sheet.shop import Bench
from ui.sheet.showing import show_in_folder
from ui.sheet.view import PageView
from ui.sheet.wanted import Job, Wanted, moved
from ui.theme import GAP_SMALL
from ui.wording import _, current
from ui.work import Lanes

_WORTH_ANOTHER = ("entry", "referral", "setting", "department", "matter")
"""What, when it changes, makes what is shown one of the past."""


class Paper(QWidget):
    """Shows one job; `stop` it before it goes."""

    closed = Signal()
    """Back was asked for."""
    message = Signal(str)
    job_changed = Signal()

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lanes = lanes
        self.bench = Bench(lanes, self)
        self.job = Job(())
        self._look = Look(current().language)
        self._chosen = False
        """Whether the language was chosen here."""
        self._sheets: tuple[Sheet, ...] = ()
        self._former: set[Path] = set()
        """Files that are looked at until others stand."""
        self._saved: Path | None = None
        self._then = ""
        self.bar = SheetBar(self)
        self.view = PageView(self.bench.hand, self)
        self.search = SearchLine(self.view, self.bench.hand, self)
        self.forms = JobList(self)
        self.foot = PaperFoot(self)
        self.sending = Sending(self.bench, self)
        self._lay_out()
        self._connect()
        self.bar.set_page(0, 0)
        self.bar.set_ready(False)

    # What is shown.

    def show_job(self, job: Job) -> None:
        """Show these forms, in the site's language and on their usual paper whatever was chosen before."""
        catalogue = self.lanes.catalogue
        language = catalogue.site.language if catalogue is not None else self._look.language
        self._look, self._chosen = Look(language), False
        self.bar.set_language(language)
        self.change_job(job)

    def change_job(self, job: Job) -> None:
        """Show these forms instead, in the language and on the paper of those before."""
        if job.wanted != self.job.wanted:
            self.view.clear()  # what is looked at is not what was asked for
        self._then = job.then
        self._show(job)

    def add_forms(self, job: Job) -> None:
        """Show these forms, among them those before, which are not made anew unless they failed."""
        self._show(job, () if self.foot.again.isVisible() else self._sheets)

    def _show(self, job: Job, begun: Sequence[Sheet] = ()) -> None:
        self.job = job
        self.bench.shop.shown = Job(job.wanted)
        self.forms.offer(job.wanted)
        self.forms.setVisible(len(job.chosen) > 1)
        self.bar.forms.setVisible(len(job.wanted) > 1)
        self.bar.forms.setChecked(len(job.chosen) > 1)
        self._begin(begun)

    def offer(self, wanted: tuple[Wanted, ...]) -> None:
        """Offer more forms in the list of the job."""
        known = {(one.name, *one.args.items()) for one in self.job.wanted}
        new = tuple(one for one in wanted if (one.name, *one.args.items()) not in known)
        if new:
            self.job = Job((*self.job.wanted, *new))
            self.forms.add(new)

    @property
    def look(self) -> Look:
        """In which language and on which paper."""
        return self._look

    @property
    def at_rest(self) -> bool:
        """Whether what was asked for is shown, or was said to have failed."""
        if self.foot.again.isVisible():
            return True
        return self._whole and self.view.at_rest and not self.foot.text()

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Paper speaks the site's language until another is chosen here."""
        if not self._chosen:
            self._look = dataclasses.replace(self._look, language=catalogue.site.language)
            self.bar.set_language(self._look.language)

    def recovered(self) -> None:
        """The register answers again: make what could not be made."""
        if self.foot.again.isVisible() or any(sheet.offline for sheet in self._sheets):
            self._make()

    def changed(self, changes: tuple[Change, ...]) -> None:
        """Say when what is shown may be of the past."""
        if self._whole and not self.sending.busy and concerns(changes, *_WORTH_ANOTHER):
            self.foot.say(_("The register has changed since this sheet was made. Ctrl+R makes it again."))

    def print_job(self) -> None:
        """Print what is shown, after the printer's dialog."""
        if self._whole:
            self.sending.print(self.job.chosen, self._look, self.view.leaves)

    def escape(self) -> None:
        """Escape ends the search, then what takes long, leaves the list of forms, then goes back."""
        if not self.search.isHidden():
            self.search.leave()
        elif self.foot.cancel.isVisible():
            self._cancel()
        elif self.forms.list.hasFocus():
            self.view.setFocus()
        else:
            self.closed.emit()

    def toggle_forms(self) -> None:
        """Show the list of the job's forms, or hide it."""
        if self.bar.forms.isHidden():
            return
        self.forms.setVisible(self.forms.isHidden())
        self.bar.forms.setChecked(not self.forms.isHidden())
        (self.view if self.forms.isHidden() else self.forms.list).setFocus()

    def go_to_forms(self) -> None:
        """F6: into the list of the job's forms; from there it is hidden again."""
        if self.forms.isHidden() or self.forms.list.hasFocus():
            self.toggle_forms()
        else:
            self.forms.list.setFocus()

    def stop(self) -> None:
        """End the thread and what the child makes for it, and remove what was made."""
        self._let_go(self._sheets)
        self._sheets = ()
        self.sending.stop()
        self.bench.stop()

    # How it stands together.

    def _lay_out(self) -> None:
        beside = QHBoxLayout()
        beside.setSpacing(GAP_SMALL)
        beside.addWidget(self.forms)
        beside.addWidget(self.view, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self.bar)
        column.addWidget(self.search)
        column.addLayout(beside, 1)
        column.addWidget(self.foot)
        search, foot = self.search, self.foot
        stops = [self.bar.forms, search.field, search.previous, search.next, search.close_button]
        stops += [self.forms.list, self.view, foot.again, foot.folder, foot.cancel]
        for before, after in pairwise(stops):  # as they stand, not as they were made
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        bar, view, sending = self.bar, self.view, self.sending
        for button, slot in (
            (bar.back, self.closed),
            (bar.previous, view.previous_page),
            (bar.next, view.next_page),
            (bar.smaller, view.zoom_out),
            (bar.larger, view.zoom_in),
            (bar.whole, view.fit),
            (bar.wide, view.fit_width),
            (bar.refresh, self._make),
            (bar.search, self.search.open),
            (bar.forms, self.toggle_forms),
            (bar.save, self._save),
            (bar.print, self.print_job),
            (self.foot.again, self._make),
            (self.foot.folder, self._show_folder),
            (self.foot.cancel, self._cancel),
        ):
            button.clicked.connect(slot)
        bar.day_wanted.connect(self._on_day)
        bar.period_wanted.connect(self._on_period)
        bar.language_wanted.connect(self._on_language)
        bar.paper_wanted.connect(self._on_paper)
        view.page_changed.connect(bar.set_page)
        self.search.closed.connect(view.setFocus)
        self.forms.changed.connect(self._on_forms)
        self.foot.message.connect(self.message)
        sending.told.connect(self.foot.say)
        sending.finished.connect(self._on_finished)
        sending.wrong.connect(self._on_not_sent)
        sending.saved.connect(self._on_saved)
        sending.delivered.connect(self._on_delivered)
        sending.busy_changed.connect(self._on_busy)
        sending.progressed.connect(self.foot.progress)
        for keys, pressed in (
            ("Esc", self.escape),
            ("Ctrl+PgUp", bar.earlier.click),
            ("Ctrl+PgDown", bar.later.click),
            ("Ctrl+R", self._make),
            ("Ctrl+S", bar.save.click),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(pressed)
        actions.bind(self, "sheet.search", self.search.open)
        actions.bind(self, "sheet.language", bar.other_language)
        actions.bind(self, "sheet.paper", bar.other_paper)
        for shortcut in self.findChildren(QShortcut):  # also from the window's own bars
            if shortcut.objectName() in ("sheet.language", "sheet.paper"):
                shortcut.setContext(Qt.ShortcutContext.WindowShortcut)

    # Making.

    @property
    def _whole(self) -> bool:
        return bool(self._sheets) and all(sheet.whole for sheet in self._sheets)

    @Slot()
    def _make(self) -> None:
        self._begin()

    def _begin(self, begun: Sequence[Sheet] = ()) -> None:
        """Make what is wanted, but for what is ``begun``."""
        if not self.job.wanted:
            return
        chosen, before = self.job.chosen, self._sheets
        single = self.job.single
        title = title_of(dataclasses.replace(single, args={})) if single else _("Several forms at once")
        self.bar.show_wanted(title, single)
        self.bar.set_ready(False)
        self._sheets = sheets_of(chosen, self._look, self.bench, begun)
        self._let_go([one for one in before if one not in self._sheets])
        self.foot.clear()
        if not self._sheets:
            self.view.clear()
            self.foot.say(_("No form is chosen."))
            return
        self.foot.say(_("Making the sheet…"))
        self.foot.cancel.setVisible(any(one.long for one in chosen))
        for sheet in (one for one in self._sheets if one not in begun):
            sheet.leaved.connect(self._on_leaved)
            sheet.failed.connect(self._on_failed)
            sheet.progressed.connect(self.foot.progress)
            sheet.start()
        self.job_changed.emit()

    def _let_go(self, sheets: Sequence[Sheet]) -> None:
        for sheet in sheets:
            self._former |= sheet.drop()

    @Slot()
    def _on_leaved(self) -> None:
        self.view.show_leaves(tuple(leaf for sheet in self._sheets for leaf in sheet.leaves))
        while self._former:
            self.bench.drop(self._former.pop())
        self.bar.offer_papers(self._sheets[0].paper, self._look.paper)
        if not self._whole:
            self.bar.page.setText("")  # how many there are is not known yet
            return
        self.foot.cancel.hide()
        offline = any(sheet.offline for sheet in self._sheets)
        self.foot.say(_("The register does not answer: this is what was known.") if offline else "")
        self.foot.note(self._sheets)
        self.bar.set_ready(not self.sending.busy)
        self.search.look_again()
        then, self._then = self._then, ""
        if then:
            # not inside the answer of the thread that counted the pages: the question has a loop of its own
            QTimer.singleShot(0, self, self.print_job if then == "print" else self._save)

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self.foot.cancel.hide()
        self.foot.say(error.say(_), wrong=True, again=True)

    @Slot()
    def _cancel(self) -> None:
        if self.sending.busy:
            self.sending.cancel()
            self.foot.cancel.hide()
            return
        self._let_go(self._sheets)
        self._sheets = ()
        self.foot.cancel.hide()
        self.foot.say(_("Cancelled."), again=True)

    # What is wanted instead.

    @Slot(int)
    def _on_day(self, day: int) -> None:
        self._again_of({"day": day})

    @Slot(int, int)
    def _on_period(self, first: int, last: int) -> None:
        self._again_of({"first_day": first, "last_day": last})

    def _again_of(self, args: dict[str, int]) -> None:
        """The whole job of another day or period, as far as its forms are of one."""
        self.change_job(Job(tuple(moved(one, args) for one in self.job.wanted)))

    @Slot(str)
    def _on_language(self, language: str) -> None:
        self._look, self._chosen = dataclasses.replace(self._look, language=language), True
        self._make()

    @Slot(str)
    def _on_paper(self, paper: str) -> None:
        self._look = dataclasses.replace(self._look, paper=paper)
        self._make()

    @Slot(object)
    def _on_forms(self, wanted: tuple[Wanted, ...]) -> None:
        self.job = Job(wanted)
        self.bench.shop.shown = self.job
        self._make()

    # Where it goes.

    @Slot()
    def _save(self) -> None:
        if self._whole:
            self.sending.save(self.job.chosen, self._look)

    @Slot(bool)
    def _on_busy(self, busy: bool) -> None:
        self.bar.set_ready(self._whole and not busy)
        self.foot.cancel.setVisible(busy and any(one.long for one in self.job.chosen))
        if busy:
            self.foot.folder.hide()

    @Slot(object)
    def _on_delivered(self, prints: tuple[tuple[Wanted, Stamp], ...]) -> None:
        """The next print of what is shown is one more."""
        counts = {id(wanted): stamp.count for wanted, stamp in prints if stamp.code}
        for sheet in self._sheets:
            sheet.count = max(sheet.count, counts.get(id(sheet.wanted), 0) + 1)
        self.foot.note(self._sheets)

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        self._saved = path
        QTimer.singleShot(0, self, self.foot.folder.show)

    @Slot(str)
    def _on_finished(self, sentence: str) -> None:
        if not self.isVisible():
            self.message.emit(sentence)

    @Slot(str)
    def _on_not_sent(self, sentence: str) -> None:
        self.foot.say(sentence, wrong=True)

    @Slot()
    def _show_folder(self) -> None:
        if self._saved is not None:
            show_in_folder(self._saved, self.bench.hand).nobody.connect(self._on_no_file_manager)

    @Slot(object)
    def _on_no_file_manager(self, path: Path) -> None:
        self.foot.say(_("No file manager answers on this computer. The file: {path}").format(path=path))
