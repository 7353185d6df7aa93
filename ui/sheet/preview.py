"""The page that shows forms before they are printed or saved; with nothing else asked, the sheet of a day."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from reception import dates
from reception.facts import Catalogue, Change, Counters
from reception.facts.shifts import Handover
from reception.facts.urgency import UrgentView
from reception.numbers import day_number
from ui import actions, labels
from ui.changes import concerns
from ui.pages import Page, PageSpec
from ui.sheet.paper import Paper
from ui.sheet.spreadsheet import SpreadsheetButton
from ui.sheet.wanted import REPORT, Job, Wanted
from ui.widgets.buttons import Button
from ui.wording import _, ngettext
from ui.work import Lanes


class SheetPage(Page):
    """Shows, saves and prints forms."""

    closed = Signal()
    """Back was asked for."""

    def __init__(self, spec: PageSpec, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(spec, lanes, parent)
        self.origin = ""
        """The name of the page from which this was opened: Escape leads there."""
        self.paper = Paper(lanes, self)
        self.bar, self.view, self.foot = self.paper.bar, self.paper.view, self.paper.foot
        self.unchecked = QLabel(self)
        self.check = Button(_("Check them  F11"), self)
        self.unchecked.setProperty("role", "care")
        actions.tip(self.check, "check")
        self.spreadsheet = SpreadsheetButton(lanes, self)
        for widget in (self.spreadsheet, self.unchecked, self.check):
            self.foot.row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.paper)
        self._tell_unchecked(0)
        self.check.clicked.connect(self._on_check)
        self.paper.closed.connect(self._on_closed)
        self.paper.message.connect(self.message)
        self.paper.job_changed.connect(self._count_unchecked)
        self.paper.job_changed.connect(self._on_job)
        self.spreadsheet.told.connect(self.foot.say)
        self.spreadsheet.failed.connect(self._on_no_spreadsheet)
        self.paper.job_changed.connect(self._ask_events)
        self._asked = 0
        """The day whose urgent events were asked for: their reports belong to its sheet."""

    def show_day(self, day: int) -> None:
        """Show the sheet of ``day`` (``YYYYMMDD``); other forms of it are offered beside it."""
        if day:
            self._asked = 0
            above = Wanted("director_page", {"day": day}, chosen=False)
            self.show_job(Job((above, Wanted("daily_sheet", {"day": day}), *_beside(day))))
            self.lanes.read("sheet.handovers", "shifts.latest").done.connect(self._on_handovers)

    def show_job(self, job: Job) -> None:
        """Show these forms, whole however large the ones before were shown."""
        self.view.fit()
        self.paper.show_job(job)

    def print_sheet(self) -> None:
        """Print what is shown; Ctrl+P means this while the page is in front."""
        self.paper.print_job()

    @property
    def at_rest(self) -> bool:
        """Whether what was asked for is shown, or was said to have failed."""
        return self.paper.at_rest

    def activate(self) -> None:
        """The keys turn pages at once. Another language made the window anew: show the same again."""
        shown = self.paper.bench.shop.shown
        if not self.paper.job.wanted and shown is not None and self.lanes.catalogue is not None:
            self.show_job(shown)
        self.view.setFocus()

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Paper speaks the site's language until another is chosen here."""
        self.paper.set_catalogue(catalogue)

    def recovered(self) -> None:
        """The register answers again."""
        self.paper.recovered()

    def changed(self, changes: tuple[Change, ...]) -> None:
        """Say when what is shown may be of the past."""
        if self._day and concerns(changes, "entry", "setting"):
            self._count_unchecked()
        self.paper.changed(changes)

    def toggle_more(self) -> None:
        """F6: the other forms of this job."""
        self.paper.go_to_forms()

    def has_unsaved_text(self) -> bool:
        """Closing the window now would break off what is being printed."""
        return self.paper.sending.busy

    def stop(self) -> None:
        """End the child and the thread, and remove what was made."""
        self.paper.stop()

    @Slot(object)
    def _on_handovers(self, handovers: tuple[Handover, ...]) -> None:
        """The handovers of the day may go with its sheet."""
        day, catalogue = self._day, self.lanes.catalogue
        if catalogue is None:
            return
        zone = labels.zone(catalogue.site.zone)
        local = [(one, one.at.astimezone(zone)) for one in handovers]
        self.paper.offer(
            tuple(
                Wanted("handover", {"handover": one.id}, chosen=False, note=f"{dates.clock(at)} {one.giver}")
                for one, at in local
                if day_number(at.date()) == day
            )
        )

    @Slot()
    def _ask_events(self) -> None:
        if self._day and self._day != self._asked:
            self._asked = self._day
            self.lanes.read("sheet.events", "office.urgent.of_day", self._day).done.connect(self._on_events)

    @Slot(object)
    def _on_events(self, events: tuple[UrgentView, ...]) -> None:
        """Behind the sheet of a day stand the reports of its urgent events, and of no other day's."""
        job = self.paper.job
        reports = [Wanted(REPORT, {"number": one.row.number}, note=one.row.subject) for one in events]
        mine = [one for one in job.wanted if one.name != REPORT]
        known = [one.args for one in job.wanted if one.name == REPORT]
        if not self._day or known == [one.args for one in reports]:
            return
        behind = 1 + next(at for at, one in enumerate(mine) if one.name == "daily_sheet")
        self.paper.add_forms(Job((*mine[:behind], *reports, *mine[behind:])))

    @property
    def _day(self) -> int:
        return next((one.day for one in self.paper.job.chosen if one.name == "daily_sheet"), 0)

    @Slot()
    def _count_unchecked(self) -> None:
        """Today's lines that lack something: told before the sheet is printed, and never in the way."""
        catalogue = self.lanes.catalogue
        if catalogue is None or not self._day or self._day != labels.today(catalogue.site.zone):
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
    def _on_closed(self) -> None:
        origin, self.origin = self.origin, ""
        if origin:
            self.page_wanted.emit(origin)
        else:
            self.closed.emit()

    @Slot()
    def _on_job(self) -> None:
        self.spreadsheet.show_wanted(self.paper.job.chosen, self.paper.look.language)

    @Slot(str)
    def _on_no_spreadsheet(self, sentence: str) -> None:
        self.foot.say(sentence, wrong=True)

    @Slot()
    def _on_check(self) -> None:
        self.page_wanted.emit("check")


def _beside(day: int) -> tuple[Wanted, ...]:
    """What may go with the sheet of a day."""
    return (
        Wanted("visitor_register", {"first_day": day, "last_day": day}, chosen=False),
        Wanted("roll_call", chosen=False),
        Wanted("ledger", {"year": day // 10_000}, chosen=False),
        Wanted("bulletin", {"period": "week", "day": day}, chosen=False, note=_("Week")),
        Wanted("bulletin", {"period": "month", "day": day}, chosen=False, note=_("Month")),
    )
