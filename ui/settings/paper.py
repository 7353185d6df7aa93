"""The site's paper: what all forms have, what one form has, and beside it the form as it will be printed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from reception import papers
from reception.facts import Catalogue
from reception.paper import forms
from ui import actions
from ui.settings.card import SettingsCard
from ui.settings.paper_cards import AllFormsCard, FormCard
from ui.settings.paper_sample import PaperSample
from ui.settings.part import SettingsPart
from ui.theme import GAP
from ui.widgets.scrolled import Scrolled
from ui.wording import _, current
from ui.work import Lanes


class PaperPart(SettingsPart):
    """A card for all forms, a card for each form that was looked at, and the sample that follows them."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(lanes, parent)
        self._catalogue: Catalogue | None = None
        self.all = AllFormsCard(lanes, self)
        self.which = QComboBox(self)
        self.which.setAccessibleName(_("Form"))
        for name, title in forms.TITLES.items():
            self.which.addItem(current().pgettext("paper", title), name)
        self.which.setCurrentIndex(self.which.findData("daily_sheet"))  # what a desk prints every day
        self.forms: dict[str, FormCard] = {}
        self._stack = QStackedWidget(self)
        self.sample = PaperSample(lanes, self)
        self._lay_out()
        self._add(self.all)
        self._on_form()
        self.which.currentIndexChanged.connect(self._on_form)
        actions.bind(self, "settings.first-page", self.sample.show_first)
        actions.bind(self, "settings.last-page", self.sample.show_last)

    @property
    def form(self) -> FormCard:
        """The card of the form that is chosen."""
        return self.forms[str(self.which.currentData())]

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Show what the register has now; what is being typed stays."""
        self._catalogue = catalogue
        for card in self._cards:
            card.put(catalogue.site)
        self._follow()
        self.sample.again()

    def activate(self) -> None:
        """The cards begin at the left."""
        self.all.letterhead.setFocus()

    def save(self) -> None:
        """Save every card that was changed, or none where one cannot be: it has one answer."""
        if all(card.can_be_saved() for card in self._cards if card.unsaved):
            for card in self._cards:
                card.save()

    def discard(self) -> None:
        """Drop what is typed in all of them."""
        for card in self._cards:
            card.discard()

    def stop(self) -> None:
        """End what the sample has started."""
        self.sample.stop()

    @property
    def unsaved(self) -> bool:
        """Whether a card is half typed."""
        return any(card.unsaved for card in self._cards)

    @property
    def _cards(self) -> tuple[SettingsCard, ...]:
        return self.all, *self.forms.values()

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        choice = QHBoxLayout()
        label = QLabel(_("Form"), self)
        label.setBuddy(self.which)
        choice.addWidget(label)
        choice.addWidget(self.which, 1)
        column.addWidget(self.all)
        column.addLayout(choice)
        column.addWidget(self._stack)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, GAP, GAP)
        row.setSpacing(GAP)
        row.addWidget(Scrolled(inside, self), 2)
        row.addWidget(self.sample, 3)
        self.sample.view.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def _add(self, card: AllFormsCard | FormCard) -> None:
        card.message.connect(self.message)
        card.thrown.connect(self.thrown)
        card.typed.connect(self._follow)

    @Slot()
    def _on_form(self) -> None:
        name = str(self.which.currentData())
        if name not in self.forms:
            card = FormCard(self.lanes, name, self._stack)
            self.forms[name] = card
            self._stack.addWidget(card)
            self._add(card)
            if self._catalogue is not None:
                card.put(self._catalogue.site)
        self._stack.setCurrentWidget(self.forms[name])
        self._follow()

    @Slot()
    def _follow(self) -> None:
        """Have the sample follow what is typed, as far as it can be read."""
        if self._catalogue is None:
            return
        typed = {**self.all.typed_values(), **self.form.typed_values()}
        plain = {key: text.strip() for key, text in typed.items()}
        good = {key: text for key, text in plain.items() if papers.is_right(papers.part_of(key), text)}
        self.sample.follow(self.form.name, good, self._catalogue.site.language)
