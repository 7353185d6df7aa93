"""Whether the register still holds what a printed sheet shows: its code, and the answer in one look."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reception import proofs
from reception.errors import DeskError, InputError
from reception.facts.prints import Deed, Difference, LineState, Verified
from reception.paper import sheet_words
from reception.words import VERBS
from ui import actions, icons, labels, words
from ui.theme import GAP, theme
from ui.widgets.buttons import Button
from ui.widgets.returning import ReturningDialog
from ui.widgets.search_field import SearchField
from ui.widgets.table import Column, PagedTable
from ui.widgets.texts import is_enter
from ui.wording import _, current, pgettext
from ui.work import Lanes

if TYPE_CHECKING:
    from ui.window import MainWindow

_MOVES = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
_LEAST = 8
"""So many signs are typed before it is said that a code is wrong."""
_ICONS = {LineState.CHANGED: "pencil", LineState.NEW: "plus", LineState.GONE: "x"}
_Row = tuple[int, Difference]


class VerifyDialog(ReturningDialog):
    """Takes the code of a sheet and tells which of its lines changed since, who changed them, and when."""

    open_entry = Signal(object)
    """The id of the entry to show."""
    _last: ClassVar[str] = ""
    """The sheet that was looked at last: after a look at an entry one goes on with it."""

    def __init__(self, parent: QWidget | None, lanes: Lanes) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Verify a printed sheet"))
        self._lanes = lanes
        self._asked = ""
        self._zone = labels.zone(lanes.catalogue.site.zone if lanes.catalogue is not None else "UTC")
        self.code = SearchField(_("Code at the foot of the sheet"), self)
        self.sign = QLabel(self)
        self.verdict = QLabel(self)
        self.sheet = QLabel(self)
        self.table: PagedTable[_Row] = PagedTable(
            lanes, "verify.rows", self._columns(), _place, name=_("Lines that differ"), parent=self
        )
        self.elsewhere = QLabel(self)
        self.message = QLabel(self)
        self.open_button = Button(_("Open the entry  Enter"), self)
        self.close_button = Button(pgettext("window", "Close"), self)
        self._lay_out()
        self.code.sought.connect(self._on_typed)
        self.code.installEventFilter(self)
        self.table.current_changed.connect(self._on_current)
        self.table.chosen.connect(self._on_open)
        self.open_button.clicked.connect(self._on_open)
        self.close_button.clicked.connect(self.reject)
        self._on_current(None)
        self.code.setText(proofs.shown(self._last) if self._last else "")
        self.code.selectAll()
        self.code.setFocus()

    @classmethod
    def show_verify(cls, window: MainWindow) -> VerifyDialog:
        """Open it above the window; what is chosen in it the window shows."""
        dialog = cls(window, window.lanes)
        dialog.open_entry.connect(window.today.open_entry)
        dialog.open()
        return dialog

    def _columns(self) -> list[Column[_Row]]:
        return [
            Column("line", _("Line"), _line, width=17),
            Column("state", _("What"), _state, width=14, icon=_icon),
            Column("deeds", _("Done since, and by whom"), self._deeds, wrapped=True),
        ]

    def _lay_out(self) -> None:
        roles = ((self.verdict, "title"), (self.sheet, "muted"), (self.elsewhere, "muted"))
        for label, role in (*roles, (self.message, "wrong")):
            label.setProperty("role", role)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.verdict.setAccessibleName(_("What became of the sheet"))
        said = QHBoxLayout()
        said.addWidget(self.sign)
        said.addWidget(self.verdict, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.open_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        icons.dress(self.open_button, "external-link")
        actions.tip(self.open_button, "list.open")
        actions.tip(self.close_button, "dialog.cancel")
        for button in (self.open_button, self.close_button):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(GAP)
        column.addWidget(self.code)
        column.addLayout(said)
        column.addWidget(self.sheet)
        column.addWidget(self.message)
        column.addWidget(self.table, 1)
        column.addWidget(self.elsewhere)
        column.addLayout(foot)
        room = self.screen().availableSize()
        self.resize(min(theme().px(820), room.width() - 40), min(theme().px(460), room.height() - 60))

    # Asking.

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        self._asked = ""
        self._show(None)
        try:
            code = proofs.read_code(typed)
        except InputError as error:
            signs = sum(sign.isalnum() for sign in typed)
            self.message.setText(error.say(_) if signs >= _LEAST else "")
            return
        self._asked = code
        task = self._lanes.read("verify", "reception.paper.prints.verify", code)
        task.done.connect(self._on_verified)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_verified(self, found: Verified) -> None:
        if found.sheet.code != self._asked:
            return
        type(self)._last = found.sheet.code
        self._show(found)

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        if self._asked:
            self.sign.setPixmap(icons.pixmap("circle-alert", "alarm"))
            self.verdict.setText(error.say(_))

    def _show(self, found: Verified | None) -> None:
        self.message.clear()
        if found is None:
            for label in (self.sign, self.verdict, self.sheet, self.elsewhere):
                label.clear()
            self.table.rows.put([])
            return
        icon, tone = ("circle-check", "good") if found.same else ("circle-x", "alarm")
        self.sign.setPixmap(icons.pixmap(icon, tone))
        self.verdict.setText(sheet_words.verdict(found, current()))
        self.sheet.setText(sheet_words.sheet(found, current(), self._zone))
        around = [sheet_words.deed(one, current(), self._zone) for one in found.elsewhere[-3:]]
        said = [_("Changed since around them:"), *around]
        self.elsewhere.setText("\n".join(said) if around else "")
        self.message.setText(sheet_words.unexplained(found, current()))
        self.table.rows.put(list(enumerate(found.differences)))
        if found.differences:
            self.table.selectRow(0)
        self._on_current(self.table.row())

    # The lines.

    @Slot(object)
    def _on_current(self, row: _Row | None) -> None:
        self.open_button.setEnabled(row is not None and row[1].entry_id != 0)

    @Slot()
    def _on_open(self) -> None:
        row = self.table.row()
        if row is not None and row[1].entry_id:
            self.accept()  # first: it gives the keyboard back, and the entry then takes it
            self.open_entry.emit(row[1].entry_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field keeps the cursor; its arrows choose a line, Enter opens its entry."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not self.code.composing:
            if event.key() in _MOVES:
                self.table.keyPressEvent(event)
                return True
            if is_enter(event):
                self._on_open()
                return True
        return super().eventFilter(watched, event)

    def _deeds(self, row: _Row) -> str:
        today = dt.datetime.now(self._zone).date()

        def said(one: Deed) -> str:
            when = words.when(one.at, self._zone, today)
            return " · ".join((when, one.operator, _(VERBS.get(one.verb, one.verb))))

        if not row[1].explained:
            return _(sheet_words.UNEXPLAINED)
        return "\n".join(map(said, row[1].deeds))


def _place(row: _Row) -> int:
    return row[0]


def _line(row: _Row) -> str:
    return sheet_words.line(row[1], current())


def _state(row: _Row) -> str:
    return _(sheet_words.STATES[row[1].state])


def _icon(row: _Row) -> str:
    return _ICONS[row[1].state]
