"""How long somebody waits, and when that is too long, as the window tells it.

Minutes stand still outside office hours, so a visitor does not wait through the clerk's lunch or a holiday.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cached_property

from reception import hours
from reception.facts import Site, WorkingYear
from ui.labels import zone
from ui.wording import N_, _

LONG = N_("Waits long")
"""The word for somebody who waits longer than the site allows: colour and icon never stand alone."""


class Waiting:
    """Counts minutes by the site's hours. Without a site nobody waits long."""

    def __init__(self, site: Site | None = None, years: Sequence[WorkingYear] = ()) -> None:
        self._zone: dt.tzinfo = zone(site.zone) if site is not None else dt.UTC
        self._settings = dict(site.values) if site is not None else {}
        self._years = years
        self.limit = site.waiting_minutes if site is not None else 0
        """Minutes after which waiting is too long; 0 for never."""
        self.sound = site is not None and site.waiting_sound

    @cached_property
    def _office(self) -> hours.OfficeHours:
        """Read when the first minute is counted: most windows open with nobody waiting."""
        usual = hours.OfficeHours.read(self._settings)
        if not self._years:
            return usual
        from reception import years

        return years.read(self._years).office(usual)

    def minutes(self, since: dt.datetime, now: dt.datetime) -> int:
        """Whole minutes of office time since somebody began to wait."""
        return hours.minutes_between(since, now, self._office, self._zone)

    def long(self, since: dt.datetime, now: dt.datetime) -> bool:
        """Whether that is too long."""
        return bool(self.limit) and self.minutes(since, now) >= self.limit

    def word(self, since: dt.datetime, now: dt.datetime) -> str:
        """``Waits here`` or ``Waits long``, translated."""
        return _(LONG) if self.long(since, now) else _("Waits here")

    def icon(self, since: dt.datetime, now: dt.datetime) -> str:
        """The icon that says the same."""
        return "bell" if self.long(since, now) else "hourglass"

    def tone(self, since: dt.datetime, now: dt.datetime) -> str:
        """The colour that goes with it."""
        return "alarm" if self.long(since, now) else "care"

    def later(self, minutes: int, now: dt.datetime) -> dt.datetime:
        """The instant after so many minutes of office time, counted from ``now``, in UTC."""
        return hours.later(now, minutes, self._office, self._zone)
