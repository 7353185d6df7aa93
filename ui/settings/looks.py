"""What has to be done before a referral is closed, by the category of its entry."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from reception.facts import Category
from reception.words import CATEGORIES
from ui.settings.card import SettingsCard
from ui.settings.tick_table import TickTable
from ui.wording import _, pgettext
from ui.work import Lanes

_SETTINGS = ("contact_categories", "leader_look_categories", "call_back_categories")


class LooksCard(SettingsCard):
    """Whether the department tells of the contact, the leader looks, the person is called back."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(lanes, _("Before a referral is closed (all desks)"), parent)
        words = QLabel(
            _(
                "Contacted: an answer says whether the department spoke to the person. Leader: whoever gave"
                " an instruction has seen the result. Call-back: the desk asks the person whether it is"
                " settled. The last two hold for what is referred from now on."
            ),
            self.form,
        )
        words.setProperty("role", "muted")
        words.setWordWrap(True)
        self.form.add_words(words)
        rows = [(category.value, _(CATEGORIES[category])) for category in Category]
        columns = (
            pgettext("look back", "Contacted"),
            pgettext("look back", "Leader"),
            pgettext("look back", "Call-back"),
        )
        self.table = TickTable(rows, columns, _("Asked by category"), self.form)
        self.form.add_words(self.table)
        for name, column in zip(_SETTINGS, self.table.columns, strict=True):
            self.hold(name, column)
        self.tries = self.line(
            "call_back_tries",
            _("Tries to call back"),
            _("After so many without reaching the person, the referral may be closed, and says so."),
        )
