"""A part of the settings, on a tab of its own: made when it is first shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from reception.facts import Catalogue
from ui.settings.card import SettingsCard
from ui.theme import GAP
from ui.widgets.scrolled import Scrolled
from ui.work import Lanes


class SettingsPart(QWidget):
    """What the page asks of each of its tabs."""

    message = Signal(str)
    thrown = Signal(object)
    """``Thrown``: what was typed on it and dropped."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lanes = lanes

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Show what the register has now; what is being typed stays."""
        raise NotImplementedError

    def activate(self) -> None:
        """The tab came to the front: put the focus where work begins, and refresh what may be stale."""
        raise NotImplementedError

    def save(self) -> None:
        """Ctrl+Enter."""
        raise NotImplementedError

    def discard(self) -> None:
        """Ctrl+Shift+Del."""
        raise NotImplementedError

    def stop(self) -> None:
        """The window is about to go: end what the part has started."""

    @property
    def unsaved(self) -> bool:
        """Whether something is typed that the register does not have."""
        raise NotImplementedError

    def stops(self) -> Sequence[QWidget]:
        """What Tab goes through, in its order."""
        return stops_within(self, self)[1:]


def stops_within(owner: QWidget, first: QWidget) -> list[QWidget]:
    """``first``, and what Tab reaches after it within ``owner``."""
    found = [first]
    one = first.nextInFocusChain()
    while one is not None and owner.isAncestorOf(one):
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None:
            found.append(one)
        one = one.nextInFocusChain()
    return found


class CardsPart(SettingsPart):
    """Cards in two columns that scroll together."""

    cards: tuple[SettingsCard, ...] = ()
    """Those of the site's settings."""

    def lay_out(self, left: tuple[QWidget, ...], right: tuple[QWidget, ...], grows: QWidget | None) -> None:
        """Put the cards into two columns; ``grows`` takes what room is left in its column."""
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(GAP, GAP, GAP, GAP)
        columns.setSpacing(GAP)
        for cards in (left, right):
            column = QVBoxLayout()
            for card in cards:
                column.addWidget(card, 1 if card is grows else 0)
            if grows not in cards:
                column.addStretch(1)
            columns.addLayout(column, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scrolled(inside, self))
        for card in self.cards:
            card.message.connect(self.message)
            card.thrown.connect(self.thrown)

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Show the site's settings."""
        for card in self.cards:
            card.put(catalogue.site)

    def save(self) -> None:
        """Save every card that was changed."""
        for card in self.cards:
            card.save()

    def discard(self) -> None:
        """Drop what is typed in all of them."""
        for card in self.cards:
            card.discard()

    @property
    def unsaved(self) -> bool:
        """Whether a card is half typed."""
        return any(card.unsaved for card in self.cards)
