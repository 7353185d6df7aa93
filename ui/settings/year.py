"""The working days of a year: shown, changed, read from a file and written to one."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from reception import years
from reception.errors import DeskError, InputError
from reception.facts import Catalogue, WorkingYear
from ui import actions, labels
from ui.icons import dress
from ui.settings.card import moved_words
from ui.settings.part import SettingsPart
from ui.settings.year_draft import YearDraft
from ui.settings.year_view import YearView, marks
from ui.theme import GAP
from ui.thrown import Thrown, first
from ui.widgets.buttons import Button
from ui.widgets.files import ask_open, ask_save, documents
from ui.widgets.form import Form
from ui.widgets.said_line import SaidLine
from ui.widgets.scrolled import Scrolled
from ui.wording import _
from ui.work import Lanes

_KINDS = "CSV (*.csv)"


class YearPart(SettingsPart):
    """A year that is being changed is not left before it is saved or dropped."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(lanes, parent)
        self._kept: dict[int, WorkingYear] = {}
        self._today = dt.date(2000, 1, 1)
        self._year = 0
        self._saving: tuple[int, str, uuid.UUID] | None = None
        self.draft: YearDraft | None = None
        self._make()
        self._lay_out()
        self._connect()

    def _make(self) -> None:
        self.title = QLabel(self)
        self.title.setProperty("role", "title")
        self.earlier, self.later = Button("", self), Button("", self)
        dress(self.earlier, "chevron-left")
        dress(self.later, "chevron-right")
        self.earlier.setAccessibleName(_("Year before"))
        self.later.setAccessibleName(_("Year after"))
        self.take = Button(_("Import…"), self)
        dress(self.take, "upload")
        self.give = Button(_("Export…"), self)
        dress(self.give, "file-down")
        self.unknown = QLabel(self)
        self.unknown.setProperty("role", "care")
        self.unknown.setWordWrap(True)
        self.view = YearView()
        self.legend = QLabel(self)
        self.legend.setProperty("role", "small")
        self.legend.setWordWrap(True)
        self.said = SaidLine(self)
        self.form = Form(self)
        self.name = QLineEdit(self.form)
        self.revert = Button(_("Discard changes"), self)
        self.keep = Button(_("Save  Ctrl+Enter"), self)
        self.keep.setProperty("kind", "primary")

    def _lay_out(self) -> None:
        card = QFrame(self)
        card.setProperty("role", "card")
        above = QHBoxLayout()
        for widget in (self.earlier, self.title, self.later):
            above.addWidget(widget)
        above.addWidget(self.unknown, 1)
        above.addStretch()
        above.addWidget(self.take)
        above.addWidget(self.give)
        self.form.add("days", _("Called"), self.name)
        below = QGridLayout()
        below.addWidget(self.said, 0, 0)
        below.addWidget(self.legend, 1, 0)
        below.addWidget(self.form, 0, 1, 2, 1)
        below.addWidget(self.revert, 0, 2)
        below.addWidget(self.keep, 0, 3)
        below.setColumnStretch(0, 1)
        column = QVBoxLayout(card)
        column.addLayout(above)
        column.addWidget(Scrolled(self.view, card), 1)
        column.addLayout(below)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, GAP, 0, 0)
        whole.addWidget(card)

    def _connect(self) -> None:
        for button, name, slot in (
            (self.earlier, "settings.year-before", self._before),
            (self.later, "settings.year-after", self._after),
            (self.take, "settings.import", self._import),
            (self.give, "settings.export", self._export),
        ):
            actions.press(button, name)
            button.clicked.connect(slot)
        actions.tip(self.keep, "settings.save")
        actions.tip(self.revert, "discard", _("Discard changes"))
        self.keep.clicked.connect(self.save)
        self.revert.clicked.connect(self.discard)
        self.view.moved.connect(self._on_day)
        self.view.turned.connect(self._on_turned)
        self.view.named.connect(self._into_name)
        self.name.textEdited.connect(self._on_named)
        self.name.returnPressed.connect(self.view.setFocus)

    # What the page asks.

    def stops(self) -> Sequence[QWidget]:
        """The years, the days, what they are called."""
        above = (self.earlier, self.later, self.take, self.give)
        return (*above, self.view, self.name, self.revert, self.keep)

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Show what the register knows of the year; what is being changed stays."""
        self._kept = {one.year: one for one in catalogue.years}
        today = labels.today(catalogue.site.zone)
        self._today = dt.date(today // 10_000, today // 100 % 100, today % 100)
        if self.draft is None:
            self._show(self._today.year)
        elif not self.unsaved:
            self._show(self.draft.year)

    def activate(self) -> None:
        """The keyboard goes to the days."""
        self.view.setFocus()

    @property
    def unsaved(self) -> bool:
        """Whether the year says something else than the register."""
        return self.draft is not None and self.draft.changed

    def discard(self) -> None:
        """Drop the changes: the year stands there as the register has it."""
        if self.draft is None:
            return
        changed = (self.draft.year, self.draft.text()) if self.unsaved else None
        self.form.clear()
        self._show(self.draft.year)
        self.view.setFocus()
        if changed is not None:
            self.thrown.emit(Thrown(self, changed))

    def put_back(self, changed: tuple[int, str]) -> bool:
        """Show again what was dropped of a year; False while another is changed."""
        if self.unsaved:
            self.message.emit(first())
            return False
        self._change(*changed)
        self.view.setFocus()
        return True

    @Slot()
    def save(self) -> None:
        """Save the year, if it was changed; open due dates follow."""
        if self.draft is None or not self.unsaved or not self.keep.isEnabled():
            return
        wanted = (self.draft.year, self.draft.text())
        if self._saving is None or self._saving[:2] != wanted:
            self._saving = (*wanted, uuid.uuid4())  # the same days again are the same act
        self.keep.setEnabled(False)
        task = self.lanes.write("working_days.save_year", *wanted, uid=self._saving[2])
        task.done.connect(self._saved)
        task.failed.connect(self._refused)

    # What is shown.

    def _show(self, year: int) -> None:
        self.draft = YearDraft(year, self._kept.get(year))
        self._saving = None
        self.view.show_year(self.draft, self._today)
        self._tell()

    def _change(self, year: int, text: str) -> None:
        """Show a year as it was being changed."""
        self.draft = YearDraft(year, self._kept.get(year))
        self.draft.read(text)
        self.view.show_year(self.draft, self._today)
        self._tell()

    def _tell(self) -> None:
        assert self.draft is not None
        year, known = self.draft.year, self.draft.known
        self.title.setText(str(year) if known else _("{year} provisional").format(year=year))
        unknown = _(
            "The notice of {year} is not known yet: Monday to Friday count without the fixed days off, and "
            "every date is provisional."
        )
        self.unknown.setText(unknown.format(year=year))
        self.unknown.setVisible(not known)
        worked, off, made_up = self.draft.counts()
        signs = marks()
        words = _(
            "Arrow keys move, Space turns a day, Enter names it.  {off_mark} day off: {off},  {made_up_mark} "
            "make-up day: {made_up},  worked days: {worked}"
        )
        self.legend.setText(
            words.format(off_mark=signs[0], off=off, made_up_mark=signs[1], made_up=made_up, worked=worked)
        )
        self.keep.setEnabled(self.unsaved)
        self.revert.setEnabled(self.unsaved)

    @Slot()
    def _on_day(self) -> None:
        draft, day = self.draft, self.view.day
        if draft is None:
            return
        self.said.say(self.view.said())
        self.name.setEnabled(draft.marked(day))
        if self.name.text() != draft.name(day):
            self.name.setText(draft.name(day))
            self.name.setCursorPosition(0)

    @Slot()
    def _on_turned(self) -> None:
        self.form.clear()
        self._tell()

    @Slot()
    def _into_name(self) -> None:
        if self.name.isEnabled():
            self.name.setFocus()
            self.name.selectAll()

    @Slot(str)
    def _on_named(self, text: str) -> None:
        if self.draft is not None:
            self.draft.rename(self.view.day, text)
            self.said.say(self.view.said())
            self._tell()

    # Years.

    @Slot()
    def _before(self) -> None:
        self._go(-1)

    @Slot()
    def _after(self) -> None:
        self._go(1)

    def _go(self, step: int) -> None:
        if self.draft is None:
            return
        if self.unsaved:
            self.message.emit(first())
            return
        try:
            self._show(years.right_year(self.draft.year + step))
        except InputError as error:
            self.message.emit(error.say(_))

    # Files.

    @Slot()
    def _import(self) -> None:
        if self.draft is None:
            return
        chosen = ask_open(self, _("Import the working days of a year"), documents(), _KINDS)
        if chosen is None:
            return
        self.form.clear()
        try:
            self.draft.read(years.decoded(chosen.read_bytes()))
        except InputError as error:
            self.form.say(error)
        except OSError as error:
            self._failed(chosen, error)
        else:
            self.view.refresh()
            self._tell()
            self.message.emit(_("Read; look it over and save it with Ctrl+Enter."))
        self.view.setFocus()

    @Slot()
    def _export(self) -> None:
        if self.draft is None:
            return
        year = self.draft.year
        name = documents() / f"calendar-{year}.csv"
        chosen = ask_save(self, _("Export the working days of a year"), name, _KINDS)
        if chosen is None:
            return
        try:
            chosen.write_bytes(years.as_csv(WorkingYear(year, self.draft.text())).encode())
        except OSError as error:
            self._failed(chosen, error)
            return
        self.message.emit(_("The calendar of {year} is in {path}").format(year=year, path=chosen))

    def _failed(self, path: Path, error: OSError) -> None:
        words = _("{path}: {reason}")
        self.message.emit(words.format(path=path, reason=error.strerror or str(error)))

    # Saving.

    @Slot(object)
    def _saved(self, year: WorkingYear) -> None:
        sent, self._saving = self._saving, None
        self._kept[year.year] = year
        self.form.clear()
        if self.draft is not None and self.draft.year == year.year:
            typed = self.draft.text()
            if sent is None or typed == sent[1]:
                self._show(year.year)
            else:  # turned while it was on its way
                self._change(year.year, typed)
        self.lanes.refresh_catalogue()
        if sent is not None:
            self._year = year.year
            self.lanes.read("settings.moved", "working_days.moved", sent[2]).done.connect(self._moved)

    @Slot(object)
    def _moved(self, count: int) -> None:
        saved = _("Saved the calendar of {year}.").format(year=self._year)
        self.message.emit(f"{saved} {moved_words(count)}")

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self._tell()
        self.form.say(error)
