"""“What became of my matter?”: a few digits or a name, and the answer as a sentence to say.

Enter notes that it was asked: a progress enquiry about the same case, with the sentence as what was said.
Then the clerk is back where the question came.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reception.errors import DeskError
from reception.facts import Act, Category, Details, Kind, NewEntry, Party, Receipt
from ui import actions, icons, labels, words
from ui.theme import GAP, theme
from ui.today import case_words
from ui.widgets.buttons import Button
from ui.widgets.returning import ReturningDialog
from ui.widgets.search_field import SearchField
from ui.widgets.table import Column, PagedTable
from ui.widgets.texts import is_enter
from ui.wording import _, pgettext
from ui.work import Lanes

if TYPE_CHECKING:
    from reception.facts.people import CaseAnswer

_LIMIT = 50
_MOVES = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class CaseDialog(ReturningDialog):
    """Finds a case and tells what became of it.

    Args:
        parent: the window.
        lanes: where to ask.
        kind: of the enquiry that Enter notes.
        contact: who asks, as far as the form knows: their number or name is looked for at once.
        uid: of a form in which nothing but the contact stands: what is noted for them uses it up.
    """

    noted = Signal(object, bool)
    """The ``Receipt`` of the enquiry, and whether it used the form up."""
    open_entry = Signal(object)
    """The id of the entry to show."""

    def __init__(
        self, parent: QWidget | None, lanes: Lanes, kind: Kind, contact: Party, uid: uuid.UUID | None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("What became of my matter?"))
        self._lanes = lanes
        self._kind = kind
        self._contact = contact
        self._asked = ""
        self._answered = ""
        self._saving = False
        self._form_uid = uid
        self._uid = uuid.uuid4()
        self._zone = labels.zone(lanes.catalogue.site.zone if lanes.catalogue is not None else "UTC")
        self.text = SearchField(_("Four digits of the phone, or a name"), self)
        self.table: PagedTable[CaseAnswer] = PagedTable(
            lanes,
            "case.rows",
            self._columns(),
            _key,
            name=_("Cases"),
            empty=_("Nothing found. Fewer digits or letters find more."),
            parent=self,
        )
        self.sentence = QLabel(self)
        self.asked_before = QLabel(self)
        self.message = QLabel(self)
        self.note_button = Button(_("Note the enquiry  Enter"), self)
        self.open_button = Button(_("Open the entry  Ctrl+O"), self)
        self.close_button = Button(pgettext("window", "Close"), self)
        self._lay_out()
        self._connect()
        self.text.setText(contact.phone.strip() or contact.name.strip())
        self.text.selectAll()
        self.text.setFocus()

    def _columns(self) -> list[Column[CaseAnswer]]:
        return [
            Column("received", _("Time"), self._received, width=14),
            Column("name", _("Name"), _name, width=9),
            Column("phone", _("Phone"), _phone, width=13),
            Column("subject", _("Subject"), _subject),
            Column("holder", _("Who has it"), _holder, width=20),
            Column("status", _("Status"), _status, width=8, tone=_tone),
        ]

    def _lay_out(self) -> None:
        for label, role in ((self.sentence, "title"), (self.asked_before, "muted"), (self.message, "wrong")):
            label.setProperty("role", role)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.sentence.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.sentence.setAccessibleName(_("What to say"))
        card = QFrame(self)
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.addWidget(self.sentence)
        inside.addWidget(self.asked_before)
        card.setMinimumHeight(theme().px(96))
        self.note_button.setProperty("kind", "primary")
        icons.dress(self.note_button, "check", "on_accent")
        icons.dress(self.open_button, "external-link")
        foot = QHBoxLayout()
        for button in (self.note_button, self.open_button):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        for button in (self.note_button, self.open_button, self.close_button):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.text)
        column.addWidget(self.table, 1)
        column.addWidget(card)
        column.addWidget(self.message)
        column.addLayout(foot)
        room = self.screen().availableSize()
        self.resize(min(theme().px(860), room.width() - 40), min(theme().px(480), room.height() - 60))

    def _connect(self) -> None:
        self.text.sought.connect(self._on_typed)
        self.text.installEventFilter(self)
        self.table.current_changed.connect(self._on_current)
        self.table.chosen.connect(self.note)
        self.note_button.clicked.connect(self.note)
        self.open_button.clicked.connect(self._on_open)
        self.close_button.clicked.connect(self.reject)
        actions.tip(self.note_button, "case.note")
        actions.press(self.open_button, "case.open")
        actions.tip(self.close_button, "dialog.cancel")
        self._on_current(None)

    # Looking.

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        self._asked = typed.strip()
        if not self._asked:
            self._answered = ""
            self.table.rows.put([])
            return
        task = self._lanes.read("case.asked", "cases.asked", self._asked, limit=_LIMIT)
        task.done.connect(self._on_answers)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_answers(self, answers: tuple[CaseAnswer, ...]) -> None:
        if not self._asked:
            return
        self._answered = self._asked
        self.table.rows.put(answers)
        if answers:
            self.table.selectRow(0)
        self._on_current(self.table.row())

    @Slot(object)
    def _on_current(self, answer: CaseAnswer | None) -> None:
        now = dt.datetime.now(dt.UTC)
        self.sentence.setText(case_words.sentence(answer, self._zone, now) if answer is not None else "")
        before = case_words.asked_before(answer, self._zone, now) if answer is not None else ""
        self.asked_before.setText(before)
        self.asked_before.setVisible(bool(before))
        for button in (self.note_button, self.open_button):
            button.setEnabled(answer is not None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field keeps the cursor; its arrows choose in the list, Enter notes what was chosen."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not self.text.composing:
            if event.key() in _MOVES:
                self.table.keyPressEvent(event)
                return True
            if is_enter(event):
                self.note()
                return True
        return super().eventFilter(watched, event)

    # Noting.

    @Slot()
    def note(self) -> None:
        """Note that somebody asked about the case that is chosen, and what was said."""
        answer = self.table.row()
        if answer is None or self._saving or self._answered != self._asked:
            return
        self._saving = True
        task = self._lanes.write("entries.register", self._enquiry(answer))
        task.done.connect(self._on_noted)
        task.failed.connect(self._on_failed)

    def _enquiry(self, answer: CaseAnswer) -> NewEntry:
        entry = answer.entry
        asker = self._contact if self._from_form() else Party()
        party = Party(asker.name or entry.name, asker.phone or entry.phone, entry.organisation)
        return NewEntry(
            self._kind,
            _("Progress of: {subject}").format(subject=entry.subject or entry.matter),
            uid=self._form_uid if self._form_uid is not None and self._from_form() else self._uid,
            outcome=self.sentence.text(),
            category=Category.ENQUIRY,
            parties=(party,) if party != Party() else (),
            act=Act.ANSWERED,
            case_id=entry.id,
            details=Details(identity_protected=entry.identity_protected),
        )

    def _from_form(self) -> bool:
        own = self._contact.phone.strip() or self._contact.name.strip()
        return self._form_uid is not None and bool(own) and self._asked == own

    @Slot(object)
    def _on_noted(self, receipt: Receipt) -> None:
        self.noted.emit(receipt, self._from_form())
        self.accept()

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self._saving = False
        self.message.setText(error.say(_))

    @Slot()
    def _on_open(self) -> None:
        answer = self.table.row()
        if answer is not None:
            self.open_entry.emit(answer.entry.id)
            self.reject()

    def _received(self, answer: CaseAnswer) -> str:
        return words.when(answer.entry.received_at, self._zone, dt.datetime.now(self._zone).date())


def _key(answer: CaseAnswer) -> int:
    return answer.entry.id


def _name(answer: CaseAnswer) -> str:
    entry = answer.entry
    return labels.veiled(entry.name) if entry.identity_protected else entry.name or "—"


def _phone(answer: CaseAnswer) -> str:
    return "" if answer.entry.identity_protected else answer.entry.phone


def _subject(answer: CaseAnswer) -> str:
    return answer.entry.subject or answer.entry.matter


def _holder(answer: CaseAnswer) -> str:
    return answer.department.name if answer.department is not None else ""


def _status(answer: CaseAnswer) -> str:
    return _(words.STATUSES[answer.entry.status])


def _tone(answer: CaseAnswer) -> str:
    return "care" if answer.is_open else "muted"
