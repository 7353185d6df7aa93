"""The table of limits: for which referrals, how long, and which of them would hold."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from reception.errors import DeskError, InputError
from reception.facts import Catalogue, Category, LimitClock, LimitRule, Source, Urgency
from reception.text import matches
from reception.words import CATEGORIES, CLOCKS, SOURCES, URGENCIES
from ui import actions
from ui.icons import dress
from ui.settings import limit_words
from ui.settings.limit_trial import LimitTrial, picked, picker
from ui.settings.part import SettingsPart
from ui.today.choices import matter_choice
from ui.widgets.buttons import Button
from ui.widgets.choice_field import ChoiceField
from ui.widgets.records_tab import RecordsTab
from ui.widgets.table import Column
from ui.wording import N_, _, pgettext
from ui.work import Lanes

_NOT_A_NUMBER = -1


class LimitsTab(RecordsTab[LimitRule]):
    """The limits, those that have ended last."""

    verb = "limiting.save"
    new_words = N_("New limit")
    list_words = N_("Limits")
    _matters: Mapping[int, str] = MappingProxyType({})
    _catalogue: Catalogue | None = None

    def blank(self) -> LimitRule:
        """Five working days for everything."""
        return LimitRule(0, 5, LimitClock.WORKING)

    def columns(self) -> tuple[Column[LimitRule], ...]:
        """What it is for first: that is what the site looks for."""
        return (
            Column("about", _("For what"), self.called, tone=_tone, icon=self._icon),
            Column("limit", _("Limit"), limit_words.amount, width=18, tone=_tone),
            Column("reminder", _("Reminder"), limit_words.reminder, width=14, tone=_tone),
            Column("active", _("Use"), _use, width=12, tone=_tone),
        )

    def called(self, fact: LimitRule) -> str:
        """What it is for."""
        return limit_words.about(fact, self._matters)

    def rank(self, fact: LimitRule, text: str) -> int | None:
        """By the words of what it is for."""
        return matches(text, names=self.called(fact), keywords=limit_words.amount(fact))

    def fill_form(self) -> None:
        """For what, how long, when to phone."""
        every = _("all")
        self._category = picker(CATEGORIES, every, self.form)
        self._source = picker(SOURCES, every, self.form)
        self._urgency = picker(URGENCIES, every, self.form)
        self._matter = ChoiceField(free=False, parent=self.form)
        self._matter.setPlaceholderText(every)
        self._amount = QLineEdit(self.form)
        self._clock = picker(CLOCKS, None, self.form)
        self._remind = QLineEdit(self.form)
        self._active = QCheckBox(_("In use"), self.form)
        narrow = _("Of several that fit, the narrowest holds: matter, urgency, category, source.")
        self.form.add("category", _("Category"), self._category)
        self.form.add("source", _("Source"), self._source)
        self.form.add("urgency", _("Urgency"), self._urgency)
        self.form.add("matter_id", pgettext("catalogue", "Matter"), self._matter, narrow)
        self.form.add("amount", _("Limit"), self._amount)
        self.form.add("clock", _("Counted in"), self._clock)
        self.form.add(
            "remind_days", _("Reminder days"), self._remind, _("So many working days before it is due.")
        )
        self.form.add("active", "", self._active)
        self._matter.choice_changed.connect(self._on_typed)

    def show_fact(self, fact: LimitRule) -> None:
        """Put a limit into the fields."""
        for box, value in (
            (self._category, fact.category),
            (self._source, fact.source),
            (self._urgency, fact.urgency),
            (self._clock, fact.clock),
        ):
            box.setCurrentIndex(max(0, box.findData(value)))
        self._matter.put(fact.matter_id)
        self._amount.setText(str(fact.amount))
        self._remind.setText(str(fact.remind_days))
        self._active.setChecked(fact.active)
        self.trial.show_case(fact)

    def typed(self) -> LimitRule:
        """The limit as typed; what is no number is one that is refused."""
        return dataclasses.replace(
            self._fact,
            category=picked(self._category, Category),
            source=picked(self._source, Source),
            urgency=picked(self._urgency, Urgency),
            matter_id=_NOT_A_NUMBER if self._matter.unresolved else self._matter.chosen,
            amount=_number(self._amount),
            clock=picked(self._clock, LimitClock),
            remind_days=_number(self._remind),
            active=self._active.isChecked(),
        )

    def below_list(self) -> Sequence[QWidget]:
        """The trial."""
        self.trial = LimitTrial(self)
        self.trial.fits.connect(self._on_fits)
        self._fits: int | None = None
        return (self.trial,)

    def put_catalogue(self, catalogue: Catalogue) -> None:
        """Show the limits of the register."""
        self._catalogue = catalogue
        self._matters = {one.id: one.name for one in catalogue.matters}
        self._matter.set_choices([matter_choice(one, catalogue) for one in catalogue.matters if one.active])
        self.put(catalogue.limits)
        self.trial.put(catalogue, self._as_typed())
        self.table.rows.repaint_all()

    @Slot()
    def _on_typed(self) -> None:
        super()._on_typed()
        if self._catalogue is not None:
            self.trial.put_rules(self._as_typed())

    def _as_typed(self) -> tuple[LimitRule, ...]:
        typed = self.typed()
        others = tuple(one for one in self._all if one.id != typed.id)
        return (*others, typed) if typed.id or self.unsaved else others

    @Slot(object)
    def _on_fits(self, number: int | None) -> None:
        if number != self._fits:
            self._fits = number
            self.table.rows.repaint_all()

    def _icon(self, fact: LimitRule) -> str:
        return "check" if fact.id == self._fits else ""

    @Slot()
    def save(self) -> None:
        """Save the limit; a matter that is none of the catalogue is said first."""
        if self._matter.unresolved:
            words = N_("'{text}' is none of the matters. Choose one from the list, or clear the field.")
            self.form.say(InputError(words, field="matter_id", text=self._matter.text()[:40]))
            return
        super().save()


class LimitsPart(SettingsPart):
    """The table, and the trade's usual limits for a register that has none."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(lanes, parent)
        self._adopting: uuid.UUID | None = None
        self.tab = LimitsTab(lanes, self)
        self.none = QLabel(_("The site has no limits yet: what is referred has no due date."), self)
        self.none.setProperty("role", "care")
        self.adopt = Button(_("Take over the usual limits"), self)
        dress(self.adopt, "download")
        actions.press(self.adopt, "settings.adopt")
        self.adopt.clicked.connect(self._adopt)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.none)
        column.addWidget(self.adopt)
        column.addWidget(self.tab)
        self.tab.message.connect(self.message)
        self.tab.thrown.connect(self.thrown)

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Show the limits of the register."""
        self.none.setVisible(not catalogue.limits)
        self.adopt.setVisible(not catalogue.limits)
        self.tab.put_catalogue(catalogue)

    def activate(self) -> None:
        """The cursor goes above the list, unless something is typed."""
        if not self.tab.unsaved:
            self.tab.search.setFocus()

    def save(self) -> None:
        """Save the limit that is typed."""
        self.tab.save()

    def discard(self) -> None:
        """Drop what is typed."""
        self.tab.discard()

    @property
    def unsaved(self) -> bool:
        """Whether a limit is half typed."""
        return self.tab.unsaved

    @Slot()
    def _adopt(self) -> None:
        self._adopting = self._adopting or uuid.uuid4()
        task = self.lanes.write("limiting.adopt", uid=self._adopting)
        task.done.connect(self._adopted)
        task.failed.connect(self._refused)

    @Slot(object)
    def _adopted(self, rules: Sequence[LimitRule]) -> None:
        self._adopting = None
        self.lanes.refresh_catalogue()
        self.message.emit(_("Limits taken over: {count}").format(count=len(rules)))

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self.message.emit(error.say(_))


def _number(field: QLineEdit) -> int:
    try:
        return int(field.text().strip())
    except ValueError:
        return _NOT_A_NUMBER


def _use(fact: LimitRule) -> str:
    return _("in use") if fact.active else _("ended")


def _tone(fact: LimitRule) -> str:
    return "" if fact.active else "muted"
