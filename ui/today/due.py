"""By when a matter would be due if it were referred now: told in the form before anything is sent.

Worked out from the catalogue alone; the register works it out again when it is sent.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Slot

from reception import dates, deadlines, limits, years
from reception.deadlines import Due
from reception.errors import InputError
from reception.facts import (
    Catalogue,
    Category,
    Limit,
    LimitClock,
    LimitRule,
    ReferralStatus,
    ReferralView,
    StepKind,
    Term,
    Urgency,
    Visibility,
    visibility,
)
from reception.hours import OfficeHours
from reception.numbers import day_date
from reception.text import fold
from reception.words import CLOCKS
from ui import labels
from ui.wording import _, current

if TYPE_CHECKING:
    from ui.today.body import FormBody
    from ui.today.refer_box import ReferBox


class DueLine(QObject):
    """Follows the form: its category, source, urgency and matter say which limit holds.

    Args:
        body: the form's fields.
        box: those of the referral, where the sentence stands.
    """

    def __init__(self, body: FormBody, box: ReferBox) -> None:
        super().__init__(box)
        self._body = body
        self._box = box
        self._catalogue: Catalogue | None = None
        self._running: ReferralView | None = None
        self._watched = False
        body.category.edited.connect(self.follow)
        body.matter.chosen.connect(self.follow)
        box.limit.edited.connect(self.follow)

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """The site's limits, hours and days off, read once for many due dates."""
        self._catalogue = catalogue
        self._days = years.read(catalogue.years)
        self._office = OfficeHours.read(dict(catalogue.site.values))
        self._zone = labels.zone(catalogue.site.zone)
        self.follow()

    def go_on_with(self, last: ReferralView | None) -> None:
        """The clock of the last referral goes on, if it came back; None where a new one begins."""
        running = last is not None and last.status in (ReferralStatus.OPEN, ReferralStatus.COMPLETED)
        self._running = last if running else None
        rerouted = last is not None and any(one.kind is StepKind.REROUTED for one in last.steps)
        self._box.ask_who_decided(running and rerouted)
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Tell anew by when it is due."""
        self._watch_details()
        if self._catalogue is None:
            return
        self._box.warn(self._sealed())
        field = self._box.limit
        field.latest = ""
        if self._running is not None:
            if field.typed:
                field.put("")
            sentence = _("the clock goes on: due {day}")
            day = _running(self._running.term, self._zone)
            self._box.tell_due(sentence.format(day=day), may_shorten=False)
            return
        rule = self._rule()
        field.clock = rule.clock if rule is not None else LimitClock.WORKING
        field.editor.setPlaceholderText(str(rule.amount) if rule is not None else "–")
        self._box.tell_due(self._sentence(rule), may_shorten=True)

    def _sentence(self, rule: LimitRule | None) -> str:
        field, now = self._box.limit, dt.datetime.now(dt.UTC)
        usual = self._due(Limit(rule.amount, rule.clock), now) if rule is not None else None
        try:
            wanted = field.limit()
            due = self._due(wanted, now) if wanted is not None else usual
        except InputError:
            due = usual
        if due is None:
            return _("no limit of the site")
        if usual is not None and due.at > usual.at:
            field.latest = usual.day.isoformat()
            try:
                field.value()
            except InputError as error:
                field.say(error.say(_))
        words = [_(CLOCKS[field.clock]), _("due {day}").format(day=_told(due, field.clock, self._zone))]
        if due.provisional:
            words.append(_("provisional"))
        return " · ".join(words)

    def _due(self, limit: Limit, start: dt.datetime) -> Due | None:
        most = deadlines.MOST_HOURS if limit.clock is LimitClock.HOURS else deadlines.MOST_DAYS
        if not 1 <= limit.amount <= most:
            return None
        return deadlines.due(start, limit, self._days, self._office, self._zone)

    def _rule(self) -> LimitRule | None:
        assert self._catalogue is not None
        details = self._body.details
        source = details.fields["source"].raw if details is not None else None
        urgency = details.fields["urgency"].raw if details is not None else None
        return limits.choose(
            self._catalogue.limits,
            category=self._body.category.raw,
            source=source,
            urgency=urgency or Urgency.NORMAL,
            matter_id=self._body.matter.editor.chosen,
        )

    def _sealed(self) -> str:
        """Why an accusation will be refused, or how it goes on; "" for what is none."""
        assert self._catalogue is not None
        category: Category | None = self._body.category.raw
        if visibility(category) is not Visibility.SEALED:
            return ""
        who = self._catalogue.site.supervisors
        if not who:
            return _("An accusation is sealed until the site names a supervisor in the settings.")
        if fold(self._catalogue.operator) in {fold(name) for name in who}:
            return _("The department sees its number and due day and signs for it; you note its answer.")
        told = _("An accusation is sealed: only a supervisor decides about it ({names}).")
        return told.format(names="、".join(who))

    def _watch_details(self) -> None:
        """The rarely used fields are made later than the box."""
        details = self._body.details
        if details is not None and not self._watched:
            self._watched = True
            for name in ("source", "urgency"):
                details.fields[name].edited.connect(self.follow)


def _told(due: Due, clock: LimitClock, zone: ZoneInfo) -> str:
    """The day and its weekday; with hours the minute too."""
    words = [dates.short_date(due.day, current().language), dates.short_weekday(due.day, current().language)]
    if clock is LimitClock.HOURS:
        words.append(dates.clock(due.at.astimezone(zone)))
    return " ".join(words)


def _running(term: Term | None, zone: ZoneInfo) -> str:
    if term is None:
        return "–"
    day = day_date(term.due_day)
    words = [_told(Due(day, term.due_at, term.provisional), term.clock, zone)]
    if term.provisional:
        words.append(_("provisional"))
    return " · ".join(words)
