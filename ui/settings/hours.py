"""When the office is open, when waiting is too long, when the day is over, how scanner codes begin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from reception import dates, hours
from ui.settings.card import SettingsCard
from ui.wording import _, current
from ui.work import Lanes


class HoursCard(SettingsCard):
    """The rules by which minutes run at the desk, and limits in hours."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(lanes, _("Hours and waiting (all desks)"), parent)
        self.always = self.line(
            "office_hours",
            _("Office hours all year"),
            _("Such as 08:30-12:00 14:00-17:30. Empty: summer and winter differ."),
        )
        self.summer = self.line("hours_summer", _("In summer"))
        self.summer_from = self.line("summer_from", _("Summer begins"), _("Month and day, such as 06-01."))
        self.winter = self.line("hours_winter", _("In winter"))
        self.winter_from = self.line("winter_from", _("Winter begins"))
        self.outcome = QLabel(self.form)
        self.outcome.setProperty("role", "muted")
        self.outcome.setWordWrap(True)
        self.form.add_words(self.outcome)
        self.minutes = self.line(
            "waiting_minutes",
            _("Minutes until waiting is too long"),
            _("After that a waiting visitor is shown as an alarm. Minutes run in office hours only."),
        )
        self.sound = self.tick("waiting_sound", _("Make a sound when somebody waits too long"))
        self.closing = self.line(
            "close_day_at",
            _("The day is closed at"),
            _("Who has not signed out by then has left; the time is marked as estimated. Empty: next day."),
        )
        self.prefix = self.line(
            "scanner_prefix",
            _("Codes of the scanner begin with"),
            _("A sign that nobody types first, such as ~. Empty: nobody scans."),
        )

    def typed_changed(self) -> None:
        """Say when the office would be open."""
        self.outcome.setText("\n".join(self._outcome()))

    def _outcome(self) -> Iterator[str]:
        """The hours of each season and the lunch between them; nothing while they cannot be read."""
        fields = (self.always, self.summer, self.summer_from, self.winter, self.winter_from)
        always, summer, summer_from, winter, winter_from = map(_text, fields)
        try:
            if always:
                yield _spans(hours.read_spans(always))
                return
            seasons = ((summer_from, summer), (winter_from, winter))
            read = sorted((hours.read_month_day(first), hours.read_spans(spans)) for first, spans in seasons)
        except ValueError:
            if not any((always, summer, winter)):
                yield _spans(hours.read_spans(hours.USUAL))
            return
        for at, (first, spans) in enumerate(read):
            begin = dt.date(2000, *first)
            end = dt.date(2000, *read[1 - at][0]) - dt.timedelta(days=1)
            span = _("{first} to {last}").format(first=_day(begin), last=_day(end))
            yield f"{span}: {_spans(spans)}"


def _text(field: QLineEdit) -> str:
    return field.text().strip()


def _day(day: dt.date) -> str:
    return dates.short_date(day, current().language)


def _spans(spans: hours.Spans) -> str:
    """``08:30–12:00, 14:00–17:30 · lunch 12:00–14:00 · 7 h a day``."""
    open_at = ", ".join(f"{dates.clock(begin)}–{dates.clock(end)}" for begin, end in spans)
    minutes = sum(_minutes(end) - _minutes(begin) for begin, end in spans)
    said = [open_at]
    if len(spans) > 1:
        between = pairwise(spans)
        lunch = max(between, key=lambda pair: _minutes(pair[1][0]) - _minutes(pair[0][1]))
        words = f"{dates.clock(lunch[0][1])}–{dates.clock(lunch[1][0])}"
        said.append(_("break {span}").format(span=words))
    said.append(_("{hours} hours a day").format(hours=f"{round(minutes / 60, 2):g}"))
    return " · ".join(said)


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute
