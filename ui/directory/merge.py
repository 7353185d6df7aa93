"""Two records of one person: choose the other, see both, say whose name they go by."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from reception.errors import DeskError
from reception.facts.people import PersonOffer
from ui.directory.people_rows import id_of, people_columns, said_facts
from ui.labels import zone as zone_of
from ui.theme import GAP, theme
from ui.today.persons import named
from ui.widgets.asking import AskingDialog
from ui.widgets.facts_card import FactsCard
from ui.widgets.search_field import SearchField
from ui.widgets.table import PagedTable
from ui.widgets.texts import is_enter
from ui.wording import _, pgettext
from ui.work import Lanes

_LIMIT = 50
_MOVES = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class MergeDialog(AskingDialog):
    """Asks with whom somebody is to be put together; numbers and history of both stay."""

    agreed = Signal(object, object)
    """The two ``PersonOffer``, the one whose name they go by first."""

    def __init__(self, parent: QWidget | None, lanes: Lanes, one: PersonOffer) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Two records of one person"))
        self._lanes = lanes
        self._one = one
        self._other: PersonOffer | None = None
        catalogue = lanes.catalogue
        self.zone: ZoneInfo = zone_of(catalogue.site.zone if catalogue is not None else "UTC")
        self.search = SearchField(_("The other record: name, pinyin, organisation or digits"), self)
        self.table: PagedTable[PersonOffer] = PagedTable(
            lanes,
            "people.merge",
            people_columns(self),
            id_of,
            name=_("People"),
            empty=_("Nobody fits what is typed."),
            parent=self,
        )
        self.ours, self._our_card = self._side(_("Goes by this name"))
        self.theirs, self._their_card = self._side(_("Goes by this name"))
        self.ours.setChecked(True)
        either = QButtonGroup(self)
        for choice in (self.ours, self.theirs):
            either.addButton(choice)
        self.message = QLabel(self)
        self.message.setProperty("role", "wrong")
        self.message.setWordWrap(True)
        self.message.hide()
        self._lay_out()
        self.search.sought.connect(self._on_sought)
        self.search.installEventFilter(self)
        self.table.current_changed.connect(self._on_row)
        self._our_card.show_values(said_facts(one, self.zone))
        self._on_row(None)
        self.search.setText(one.name or (one.phones[0] if one.phones else ""))
        self.search.selectAll()
        self.search.setFocus()

    @property
    def said(self) -> tuple[str, str]:
        """The numbers of both, as they stand side by side."""
        return self._our_card.value("numbers"), self._their_card.value("numbers")

    def _side(self, words: str) -> tuple[QRadioButton, FactsCard]:
        names = {
            "name": _("Name"),
            "numbers": _("Phone"),
            "organisation": _("From"),
            "sex": _("Sex"),
            "seen": _("Seen"),
            "note": pgettext("person", "Note"),
        }
        return QRadioButton(words, self), FactsCard(names, self)

    def _lay_out(self) -> None:
        both = QHBoxLayout()
        for choice, card in ((self.ours, self._our_card), (self.theirs, self._their_card)):
            frame = QFrame(self)
            frame.setProperty("role", "card")
            column = QVBoxLayout(frame)
            column.addWidget(choice)
            column.addWidget(card)
            column.addStretch(1)
            both.addWidget(frame, 1)
        words = QLabel(
            _("The numbers and the history of both go together. They can be taken apart again."), self
        )
        words.setProperty("role", "muted")
        words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        column.addLayout(both)
        column.addWidget(words)
        column.addWidget(self.message)
        column.addLayout(self.answers(_("Put together"), _("Cancel")))
        room = self.screen().availableSize()
        self.resize(min(theme().px(820), room.width() - 40), min(theme().px(560), room.height() - 60))

    @Slot(str)
    def _on_sought(self, typed: str) -> None:
        task = self._lanes.read("people.merge", "people.find", typed.strip(), limit=_LIMIT)
        task.done.connect(self._on_found)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_found(self, offers: tuple[PersonOffer, ...]) -> None:
        self.message.hide()
        self.table.rows.put([offer for offer in offers if offer.id != self._one.id])
        self._on_row(self.table.row())

    @Slot(object)
    def _on_row(self, offer: PersonOffer | None) -> None:
        self._other = offer
        self._their_card.show_values(said_facts(offer, self.zone) if offer is not None else {})
        self.theirs.setEnabled(offer is not None)
        self.agree.setEnabled(offer is not None)
        self.ours.setAccessibleName(_("Goes by the name of {name}").format(name=named(self._one)))
        if offer is not None:
            self.theirs.setAccessibleName(_("Goes by the name of {name}").format(name=named(offer)))
        else:
            self.ours.setChecked(True)

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self.table.rows.put([])
        self.message.setText(error.say(_))
        self.message.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field keeps the cursor; its arrows choose in the list, Enter goes on to whose name it is."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and not self.search.composing
        ):
            if event.key() in _MOVES:
                self.table.keyPressEvent(event)
                return True
            if is_enter(event):
                (self.ours if self._other is not None else self.search).setFocus()
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def accept(self) -> None:
        """Tell who goes by whose name."""
        if self._other is None:
            return
        ours = self.ours.isChecked()
        self.agreed.emit(*((self._one, self._other) if ours else (self._other, self._one)))
        super().accept()
