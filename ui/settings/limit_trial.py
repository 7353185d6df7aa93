"""Which limit would hold: for a matter as it is chosen here, by the limits as they are typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QSizePolicy, QWidget

from reception import dates, deadlines, limits, years
from reception.facts import Catalogue, Category, Limit, LimitClock, LimitRule, Source, Urgency
from reception.hours import OfficeHours
from reception.words import CATEGORIES, SOURCES, URGENCIES
from ui import labels
from ui.settings import limit_words
from ui.theme import GAP, GAP_SMALL
from ui.today.choices import matter_choice
from ui.widgets.choice_field import ChoiceField
from ui.wording import _, current, pgettext

K = TypeVar("K", bound=StrEnum)


def picker(options: Mapping[K, str], none: str | None, parent: QWidget) -> QComboBox:
    """A box with the words of an enum; ``none`` (translated) stands first and means None."""
    box = QComboBox(parent)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    if none is not None:
        box.addItem(none, None)
    for value, words in options.items():
        box.addItem(_(words), value)
    return box


def picked(box: QComboBox, kind: type[Any]) -> Any:
    """The value of a `picker` as its enum, None for none."""
    value = box.currentData()
    return kind(value) if value is not None else None


class LimitTrial(QFrame):
    """Answers what the clerk will see before sending."""

    fits = Signal(object)
    """The id of the limit that would hold, None for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._catalogue: Catalogue | None = None
        self._rules: Sequence[LimitRule] = ()
        heading = QLabel(_("Which limit would hold?"), self)
        heading.setProperty("role", "heading")
        self.category = picker(CATEGORIES, _("none"), self)
        self.source = picker(SOURCES, _("the desk itself"), self)
        self.urgency = picker(URGENCIES, None, self)
        self.matter = ChoiceField(free=False, parent=self)
        self.answer = QLabel(self)
        self.answer.setWordWrap(True)
        grid = QGridLayout(self)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(GAP_SMALL)
        grid.addWidget(heading, 0, 0, 1, 4)
        for column, (words, widget) in enumerate(
            (
                (_("Category"), self.category),
                (_("Source"), self.source),
                (_("Urgency"), self.urgency),
                (pgettext("catalogue", "Matter"), self.matter),
            )
        ):
            label = QLabel(words, self)
            label.setBuddy(widget)
            widget.setAccessibleName(words)
            grid.addWidget(label, 1, column)
            grid.addWidget(widget, 2, column)
            grid.setColumnStretch(column, 1)
        grid.addWidget(self.answer, 3, 0, 1, 4)
        for box in (self.category, self.source, self.urgency):
            box.currentIndexChanged.connect(self._follow)
        self.matter.choice_changed.connect(self._follow)

    def put(self, catalogue: Catalogue, rules: Sequence[LimitRule]) -> None:
        """Take the limits, as they are typed, and what dates rest on."""
        self._catalogue, self._rules = catalogue, rules
        self.matter.set_choices([matter_choice(one, catalogue) for one in catalogue.matters if one.active])
        self._follow()

    def put_rules(self, rules: Sequence[LimitRule]) -> None:
        """The limits are typed anew."""
        self._rules = rules
        self._follow()

    def show_case(self, rule: LimitRule) -> None:
        """Choose what a limit is for."""
        for box, value in (
            (self.category, rule.category),
            (self.source, rule.source),
            (self.urgency, rule.urgency or Urgency.NORMAL),
        ):
            box.blockSignals(True)
            box.setCurrentIndex(max(0, box.findData(value)))
            box.blockSignals(False)
        self.matter.put(rule.matter_id)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        if self._catalogue is None:
            return
        rule = limits.choose(
            self._rules,
            category=picked(self.category, Category),
            source=picked(self.source, Source),
            urgency=picked(self.urgency, Urgency),
            matter_id=self.matter.chosen,
        )
        self.answer.setText(self._answer(self._catalogue, rule))
        self.fits.emit(rule.id if rule is not None else None)

    def _answer(self, catalogue: Catalogue, rule: LimitRule | None) -> str:
        if rule is None:
            return _("None: such a referral has no due date.")
        if not 1 <= rule.amount <= deadlines.MOST_DAYS:
            return ""
        names = {one.id: one.name for one in catalogue.matters}
        words = _("{limit} ({about}): sent now, it is due on {day}.")
        return words.format(
            limit=limit_words.amount(rule), about=limit_words.about(rule, names), day=_due(catalogue, rule)
        )


def _due(catalogue: Catalogue, rule: LimitRule) -> str:
    days, zone = years.read(catalogue.years), labels.zone(catalogue.site.zone)
    office, now = OfficeHours.read(dict(catalogue.site.values)), dt.datetime.now(dt.UTC)
    found = deadlines.due(now, Limit(rule.amount, rule.clock), days, office, zone)
    language = current().language
    parts = [dates.plain_date(found.day, language), dates.short_weekday(found.day, language)]
    if rule.clock is LimitClock.HOURS:
        parts.append(dates.clock(found.at.astimezone(zone)))
    if found.provisional:
        parts.append(_("provisional"))
    return " ".join(parts)
