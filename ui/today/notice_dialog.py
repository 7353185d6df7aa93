"""一次性告知 by keys: the matter, which papers the person has, why it is refused; then it is printed."""

from __future__ import annotations

import uuid
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from reception.errors import DeskError
from reception.facts import Act, EntryStatus, EntryView, MatterFact, NewNotice, Receipt
from ui.theme import GAP, GAP_SMALL, theme
from ui.today.choices import matter_choice
from ui.widgets.asking import AskingDialog
from ui.widgets.choice_field import ChoiceField
from ui.widgets.form import Form
from ui.widgets.texts import LONG, LineField
from ui.wording import _
from ui.work import Lanes

_SIGNS = "123456789abcdefghijklmnopqrstuvwxyz"
"""The keys that tick a paper, from above."""
_NOT_NEEDED = (int(Qt.Key.Key_0), int(Qt.Key.Key_Delete))
"""The keys that say of the line with the keyboard that this person need not bring it."""
_TALL = 260
"""Height in pixels up to which the list of papers grows before it scrolls."""


class Papers(QScrollArea):
    """A matter's papers, each with two boxes: the person has it; this person need not bring it at all.

    A digit or letter ticks the first of its line, 0 the second of the line that has the keyboard. Which
    papers only others have to bring is the clerk's to say: the catalogue's words are not guessed at.
    """

    ticked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Papers to bring"))
        self.boxes: list[QCheckBox] = []
        self.others: list[QCheckBox] = []
        self._words: list[QLabel] = []
        self._lines: tuple[str, ...] = ()
        self.put(())

    def put(self, lines: tuple[str, ...]) -> None:
        """Show these papers, none of them ticked."""
        self._lines, self.boxes, self.others, self._words = lines, [], [], []
        inside = QWidget(self)
        grid = QGridLayout(inside)
        grid.setContentsMargins(GAP_SMALL, GAP_SMALL, GAP_SMALL, GAP_SMALL)
        grid.setColumnStretch(1, 1)
        for at, line in enumerate(lines):
            box = QCheckBox(_SIGNS[at].upper() if at < len(_SIGNS) else "", inside)
            box.setAccessibleName(line)
            box.setToolTip(_("The person has it (Space, or the key before it)"))
            box.installEventFilter(self)
            words = QLabel(line, inside)
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setWordWrap(True)
            words.setBuddy(box)
            other = QCheckBox(_("not needed"), inside)
            other.setAccessibleName(_("{paper}: not needed").format(paper=line))
            other.setToolTip(_("This person need not bring it: left out of the notice (0)"))
            other.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key is 0: one stop for each line
            box.toggled.connect(partial(self._on_has, at))
            other.toggled.connect(partial(self._on_not_needed, at))
            grid.addWidget(box, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, at, 1)
            grid.addWidget(other, at, 2, Qt.AlignmentFlag.AlignTop)
            self.boxes.append(box)
            self.others.append(other)
            self._words.append(words)
        grid.setRowStretch(len(lines), 1)
        self.setWidget(inside)
        self.setFixedHeight(min(inside.sizeHint().height() + 2 * GAP_SMALL, theme().px(_TALL)))
        self.setVisible(bool(lines))
        self.ticked.emit()

    @property
    def has(self) -> tuple[int, ...]:
        """Places of the papers that the person has, from 1."""
        return tuple(at for at, box in enumerate(self.boxes, 1) if box.isChecked())

    @property
    def lacks(self) -> tuple[str, ...]:
        """The papers that are missing."""
        rows = zip(self._lines, self.boxes, self.others, strict=True)
        return tuple(line for line, box, other in rows if not (box.isChecked() or other.isChecked()))

    @property
    def not_needed(self) -> tuple[int, ...]:
        """Places of the papers that this person need not bring, from 1."""
        return tuple(at for at, other in enumerate(self.others, 1) if other.isChecked())

    def _on_has(self, at: int, checked: bool) -> None:
        if checked:
            self.others[at].setChecked(False)
        self.ticked.emit()

    def _on_not_needed(self, at: int, checked: bool) -> None:
        if checked:
            self.boxes[at].setChecked(False)
        font = self._words[at].font()
        font.setStrikeOut(checked)
        self._words[at].setFont(font)
        self.boxes[at].setAccessibleDescription(_("not needed") if checked else "")
        self.ticked.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that tick either box, and the arrows that walk."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            sign, step = event.text().lower(), _step(event.key())
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and step:
                at = self.boxes.index(watched) + step if watched in self.boxes else 0
                self.boxes[max(0, min(at, len(self.boxes) - 1))].setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if plain and event.key() in _NOT_NEEDED and watched in self.boxes:
                self.others[self.boxes.index(watched)].toggle()
                return True
            if plain and sign and sign in _SIGNS:
                if (at := _SIGNS.index(sign)) < len(self.boxes):
                    self.boxes[at].toggle()
                    self.boxes[at].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)


def _step(key: int) -> int:
    return {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}.get(key, 0)


class NoticeDialog(AskingDialog):
    """Asks what is to be told of an entry; lives until it is closed."""

    given = Signal(object)
    """The ``Receipt`` of the notice."""

    def __init__(self, parent: QWidget | None, lanes: Lanes, entry_id: int) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("One-time notice"))
        self._lanes = lanes
        self._entry = entry_id
        self._uid, self._answer_uid = uuid.uuid4(), uuid.uuid4()
        self._proposed = ""
        self._matters: dict[int, MatterFact] = {}
        self.about = QLabel(self)
        self.about.setProperty("role", "title")
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.form = Form(self)
        self.matter = ChoiceField(free=False, parent=self.form)
        self.papers = Papers(self)
        self.missing = QLabel(self)
        self.missing.setTextFormat(Qt.TextFormat.PlainText)
        self.missing.setWordWrap(True)
        self.missing.setProperty("role", "muted")
        self.refusal = LineField(LONG, self)
        self.whereto = LineField(parent=self)
        self.answers_it = QCheckBox(_("This answers the entry: it is finished"), self)
        self.answers_it.setAccessibleName(self.answers_it.text())
        self.answers_it.hide()
        self._outcome = ""
        self._lay_out()
        self.matter.choice_changed.connect(self._on_matter)
        self.matter.previewed.connect(self._on_previewed)
        self.papers.ticked.connect(self._tell)
        self._offer()
        self.agree.setEnabled(False)
        self.matter.setFocus()
        task = lanes.read(f"notice.{entry_id}", "reading.entry", entry_id)
        task.done.connect(self._on_entry)
        task.failed.connect(self._on_failed)

    @classmethod
    def show_for(cls, parent: QWidget, lanes: Lanes, entry_id: int) -> NoticeDialog:
        """Ask above ``parent``."""
        dialog = cls(parent, lanes, entry_id)
        dialog.open()
        return dialog

    @property
    def typed(self) -> bool:
        """Whether something was ticked or written, or another matter than the entry's own."""
        written = self.refusal.text().strip() or self.whereto.text().strip()
        ticked = self.papers.has or self.papers.not_needed
        return bool(
            ticked or written or self.answers_it.isChecked() or self.matter.text().strip() != self._proposed
        )

    @Slot()
    def accept(self) -> None:
        """Have the notice kept; what is refused is said at its field, and stays."""
        if self.matter.listing:
            self.matter.take()
        if self.matter.chosen is None:
            return
        self.agree.setEnabled(False)
        self.form.clear()
        papers = self.papers
        new = NewNotice(
            self.matter.chosen, papers.has, self.refusal.text(), self.whereto.text(), papers.not_needed
        )
        task = self._lanes.write("notices.give", self._entry, new, uid=self._uid)
        task.done.connect(self._on_given)
        task.failed.connect(self._on_failed)

    def _lay_out(self) -> None:
        hint = _("Choose the matter that the person asks about.")
        self.form.add("matter_id", _("Matter"), self.matter, hint)
        hint = _("The person has it: Space, or the key before it. Not needed of this person: 0.")
        self.form.add_across("has", self.papers, hint)
        self.form.add_words(self.missing)
        self.form.add("refusal", _("Why not accepted"), self.refusal)
        self.form.add("whereto", _("Where to go instead"), self.whereto)
        self.form.add_words(self.answers_it)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(GAP)
        column.addWidget(self.about)
        column.addWidget(self.form, 1)
        column.addLayout(self.answers(_("Give it and print"), _("Cancel")))
        self.setMinimumWidth(theme().px(560))

    def _offer(self) -> None:
        catalogue = self._lanes.catalogue
        if catalogue is None:
            return
        self._matters = {one.id: one for one in catalogue.matters if one.active}
        self.matter.set_choices([matter_choice(one, catalogue) for one in self._matters.values()])

    @Slot(object)
    def _on_entry(self, view: EntryView) -> None:
        row = view.row
        self.about.setText(_("{number}: told once, in full").format(number=row.number))
        self._outcome = row.outcome
        self.answers_it.setVisible(row.status is EntryStatus.OPEN and row.act is not Act.REFERRED)
        if self.matter.chosen is None and not self.matter.text() and view.matter_id in self._matters:
            self.matter.put(view.matter_id)
            self._proposed = self.matter.text()
            if self.focusWidget() is self.matter and self.papers.boxes:
                self.papers.boxes[0].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_matter(self, number: int | None) -> None:
        from reception.text.papers import lines_of

        matter = self._matters.get(number) if number is not None else None
        self.agree.setEnabled(matter is not None)
        self.papers.put(lines_of(matter.materials) if matter is not None else ())
        chain: list[QWidget] = [self.matter, *self.papers.boxes, self.refusal, self.whereto, self.answers_it]
        for one, then in zip(chain, [*chain[1:], self.agree], strict=True):
            QWidget.setTabOrder(one, then)
        QWidget.setTabOrder(self.agree, self.cancel)
        self._grow()

    def _grow(self) -> None:
        """As high as the papers ask; never lower again, so that nothing moves under the eyes."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        wanted = layout.totalHeightForWidth(self.width()) if layout.hasHeightForWidth() else 0
        self.resize(self.width(), max(self.height(), wanted, self.sizeHint().height()))

    @Slot(object)
    def _on_previewed(self, number: int | None) -> None:
        self.agree.setEnabled(number is not None)  # Ctrl+Enter takes what the list proposes

    @Slot()
    def _tell(self) -> None:
        lacks = self.papers.lacks
        if not self.papers.boxes:
            self.missing.setText("")
        elif not lacks:
            self.missing.setText(_("Nothing is missing."))
        else:
            self.missing.setText(_("Missing: {papers}").format(papers=_(", ").join(lacks)))

    @Slot(object)
    def _on_given(self, receipt: Receipt) -> None:
        if self.answers_it.isChecked():  # an act of its own: either can be taken back without the other
            words = self._outcome or _("Told once, in full and in writing: {matter}").format(
                matter=self.matter.text()
            )
            uid = self._answer_uid
            task = self._lanes.write("entries.set_outcome", self._entry, words, close=True, uid=uid)
            task.done.connect(self._finish)
            task.failed.connect(self._on_failed)
        else:
            self._finish(receipt)

    @Slot(object)
    def _finish(self, receipt: Receipt) -> None:
        super().accept()
        self.given.emit(receipt)

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self.agree.setEnabled(self.matter.chosen is not None)
        self.form.say(error)
