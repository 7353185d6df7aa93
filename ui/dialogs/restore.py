"""The way back: offered when the register cannot be opened, and from Settings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QLocale, Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reception import dates
from reception.errors import DeskError
from ui import actions
from ui.icons import dress
from ui.labels import zone
from ui.theme import GAP, theme
from ui.widgets.files import ask_open
from ui.widgets.returning import ReturningDialog
from ui.wording import _, current
from ui.work import Lanes


class Backup(Protocol):
    """A backup as `reception.store.backup.listing` tells of it."""

    path: Path
    day: dt.date
    size: int
    made: dt.datetime
    zone: str


def made_at(backup: Backup, lanes: Lanes) -> str:
    """When a backup was made, on the site's clock; on the computer's where nobody knows the site's zone."""
    site = lanes.catalogue.site.zone if lanes.catalogue is not None else ""
    name = backup.zone or site
    made = backup.made.astimezone(zone(name) if name else None)
    return dates.clock_on(made, backup.day, current().language)


@dataclass(frozen=True, slots=True)
class RestoreAnswer:
    """What came of the dialog: ``restored``, ``retry``, ``quit`` or ``cancelled``.

    ``place`` is where the former register lies after a restore, "" if there was none.
    """

    kind: str
    place: str = ""


class RestoreDialog(ReturningDialog):
    """Lists the backups and puts one in the register's place. With ``error`` it says why it is asked."""

    def __init__(self, parent: QWidget | None, lanes: Lanes, error: DeskError | None, folder: Path) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._lanes = lanes
        self._error = error
        self._folder = folder
        self._file: Path | None = None
        self._answer = RestoreAnswer("cancelled" if error is None else "quit")
        self.list = QTableWidget(0, 3, self)
        self.words = QLabel(self)
        self.agree = QCheckBox(
            _("What was recorded after the backup will not be in the register any more"), self
        )
        self.bar = QProgressBar(self)
        self.other = QPushButton(_("Another file…"), self)
        self.restore = QPushButton(_("Restore"), self)
        self.retry = QPushButton(_("Try again"), self)
        self.leave = QPushButton(_("Cancel") if error is None else _("Quit"), self)
        self._lay_out()
        self._connect()
        self._offer()
        task = lanes.errand("reception.store.backup.listing", folder)
        task.done.connect(self._listed)
        task.failed.connect(self._failed)

    @classmethod
    def ask(
        cls, parent: QWidget | None, lanes: Lanes, error: DeskError | None, folder: Path
    ) -> RestoreAnswer:
        """Ask, and restore. ``folder`` is where the automatic backups lie."""
        dialog = cls(parent, lanes, error, folder)
        dialog.exec()
        return dialog.answer

    @property
    def answer(self) -> RestoreAnswer:
        """What came of it."""
        return self._answer

    def reject(self) -> None:
        """Esc and the window's cross; not while a backup is being put in place."""
        if self.bar.isHidden():
            super().reject()

    def _lay_out(self) -> None:
        self.setWindowTitle(_("Restore the register"))
        head = QLabel(self)
        head.setProperty("role", "title")
        head.setText(_("Restore the register") if self._error is None else _("The register cannot be opened"))
        why = QLabel(self._error.say(_) if self._error is not None else "", self)
        why.setTextFormat(Qt.TextFormat.PlainText)
        why.setWordWrap(True)
        why.setProperty("role", "wrong")
        why.setVisible(self._error is not None)
        about = QLabel(
            _(
                "Choose the backup to go back to. What lies at the register's place now is kept beside it,"
                " never overwritten. Numbers given after the backup are not given again."
            ),
            self,
        )
        about.setWordWrap(True)
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setProperty("role", "muted")
        self.bar.hide()
        self.bar.setTextVisible(False)
        self.agree.setVisible(self._error is None)
        self.retry.setVisible(self._error is not None)
        self.restore.setProperty("kind", "primary")
        dress(self.restore, "archive-restore", "on_accent")
        self.restore.setDefault(True)
        for button in (self.other, self.retry, self.leave):
            button.setAutoDefault(False)
        self._set_up_list()
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(GAP)
        for widget in (head, why, about, self.list, self.words, self.agree, self.bar):
            column.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.addWidget(self.other)
        buttons.addStretch(1)
        for button in (self.restore, self.retry, self.leave):
            buttons.addWidget(button)
        column.addLayout(buttons)
        self.resize(theme().px(620), theme().px(480))

    def _set_up_list(self) -> None:
        self.list.setHorizontalHeaderLabels([_("Day"), _("Made at"), _("Size")])
        self.list.setAccessibleName(_("Backups"))
        self.list.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.list.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.list.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.list.setShowGrid(False)
        self.list.setTabKeyNavigation(False)
        self.list.verticalHeader().hide()
        self.list.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.list.horizontalHeader().setHighlightSections(False)

    def _connect(self) -> None:
        self.list.itemSelectionChanged.connect(self._on_row)
        self.agree.toggled.connect(self._offer)
        for button, key in ((self.restore, "restore"), (self.other, "other"), (self.retry, "retry")):
            actions.press(button, f"dialog.{key}")
        actions.tip(self.leave, "dialog.cancel", self.leave.text())
        self.restore.clicked.connect(self._restore)
        self.other.clicked.connect(self._choose_file)
        self.retry.clicked.connect(self._retry)
        self.leave.clicked.connect(self.reject)

    @Slot(object)
    def _listed(self, backups: Sequence[Backup]) -> None:
        self._backups = backups
        self.list.setRowCount(len(backups))
        for at, one in enumerate(backups):
            cells = (
                dates.long_date(one.day, current().language),
                made_at(one, self._lanes),
                QLocale().formattedDataSize(one.size),
            )
            for column, text in enumerate(cells):
                self.list.setItem(at, column, QTableWidgetItem(text))
        for column in (1, 2):
            self.list.resizeColumnToContents(column)
        if self._file is not None:
            return  # another file was chosen meanwhile
        if backups:
            self.list.selectRow(0)
            self.list.setFocus()
        else:
            self.words.setText(
                _("There is no automatic backup in {folder}. Another file can be chosen.").format(
                    folder=self._folder
                )
            )

    @Slot()
    def _on_row(self) -> None:
        rows = self.list.selectionModel().selectedRows()
        if rows:
            self._file = self._backups[rows[0].row()].path
            self.words.setText(str(self._file))
        self._offer()

    @Slot()
    def _offer(self) -> None:
        agreed = self._error is not None or self.agree.isChecked()
        self.restore.setEnabled(self._file is not None and agreed and self.bar.isHidden())

    @Slot()
    def _choose_file(self) -> None:
        folder = self._folder if self._folder.is_dir() else Path.home()
        kinds = _("Registers (*.sqlite)") + ";;" + _("All files (*)")
        chosen = ask_open(self, _("Choose a backup"), folder, kinds)
        if chosen is not None:
            self.list.clearSelection()
            self._file = chosen
            self.words.setText(str(chosen))
            self._offer()

    @Slot()
    def _restore(self) -> None:
        if self._file is None:
            return
        self.bar.setRange(0, 0)
        self.bar.show()
        self._enable(False)
        self.words.setText(_("Restoring {file}…").format(file=self._file))
        task = self._lanes.restore(self._file)
        task.done.connect(self._restored)
        task.failed.connect(self._failed)
        task.progressed.connect(self._progressed)

    @Slot(object)
    def _progressed(self, values: tuple[int, int]) -> None:
        done, total = values
        # A progress bar counts in 32 bits; rows of a register may be more.
        self.bar.setRange(0, 1000)
        self.bar.setValue(1000 * done // max(total, 1))

    @Slot(object)
    def _restored(self, former: object) -> None:
        self._answer = RestoreAnswer("restored", str(former or ""))
        self.accept()

    @Slot(object)
    def _failed(self, error: DeskError) -> None:
        self.bar.hide()
        self._enable(True)
        self.words.setProperty("role", "wrong")
        self.words.style().polish(self.words)
        self.words.setText(error.say(_))

    @Slot()
    def _retry(self) -> None:
        self._answer = RestoreAnswer("retry")
        self.accept()

    def _enable(self, on: bool) -> None:
        for widget in (self.list, self.other, self.retry, self.leave, self.agree):
            widget.setEnabled(on)
        self._offer()
