"""When the office is open, when waiting is too long, when the day is over, how scanner codes begin."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.settings.card import SettingsCard
from ui.wording import _
from ui.work import Lanes


class HoursCard(SettingsCard):
    """The rules by which minutes run at the desk."""

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
