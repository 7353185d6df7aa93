"""How a department is reminded of what is due, step by step."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QLabel, QWidget

from reception import dates, ladder, years
from reception.deadlines import WorkingDays
from reception.facts import Catalogue
from reception.words import WAYS, small
from ui import labels
from ui.settings.card import SettingsCard
from ui.settings.ladder_editor import LadderEditor
from ui.wording import _, current
from ui.work import Lanes


class RemindersCard(SettingsCard):
    """The ladder, and on which days its steps would come."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(lanes, _("Reminders (all desks)"), parent)
        self._days: WorkingDays | None = None
        self._due = dt.date.min
        self.ladder = LadderEditor(self.form)
        self.own(
            "reminder_ladder",
            _("Steps"),
            self.ladder,
            _("Nothing is sent by itself: each step is laid before the desk when its day has come."),
        )
        self.outcome = QLabel(self.form)
        self.outcome.setProperty("role", "muted")
        self.outcome.setWordWrap(True)
        self.form.add_words(self.outcome)

    def put_calendar(self, catalogue: Catalogue) -> None:
        """What the example rests on: the site's working days, something due in a working week."""
        self._days = years.read(catalogue.years)
        today = dt.datetime.now(labels.zone(catalogue.site.zone)).date()
        self._due = self._days.after(today, 5)
        self.typed_changed()

    def can_be_saved(self) -> bool:
        """Whether the steps can be read; said in the words of the lines otherwise."""
        try:
            ladder.parse(self.ladder.value())
        except ValueError:
            self.form.wrong(
                "reminder_ladder",
                _(
                    "Each step needs a whole number of working days up to {most}, and a day of its own."
                ).format(most=ladder.MOST_DAYS),
            )
            return False
        return True

    def typed_changed(self) -> None:
        """Say on which days the steps would come."""
        self.outcome.setText(self._outcome())

    def _outcome(self) -> str:
        if self._days is None:
            return ""
        try:
            rungs = ladder.parse(self.ladder.value())
        except ValueError:
            return ""
        if not rungs:
            return _("Nobody is reminded.")
        steps = [f"{_day(self._days.after(self._due, one.days))} {small(_(WAYS[one.way]))}" for one in rungs]
        words = _("Of something due on {day}: {steps}.")
        return words.format(day=_day(self._due), steps=_("; ").join(steps))


def _day(day: dt.date) -> str:
    language = current().language
    return f"{dates.short_date(day, language)} {dates.short_weekday(day, language)}"
