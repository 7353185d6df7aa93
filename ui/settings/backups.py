"""Backups: one made now, the automatic ones, and the way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from reception import config, dates
from reception.errors import DeskError
from ui import actions
from ui.dialogs.restore import Backup, made_at
from ui.icons import dress
from ui.labels import zone
from ui.theme import ROW, theme
from ui.widgets.buttons import Button
from ui.widgets.files import ask_save, documents
from ui.wording import _, current
from ui.work import DESK, PROGRESS, Lanes


class BackupsCard(QFrame):
    """Makes and lists backups; restoring is asked of the window."""

    message = Signal(str)
    restore_asked = Signal()

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._lanes = lanes
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Automatic backups"))
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.list.setMinimumHeight(theme().px(3 * ROW))
        self.list.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.now = Button(_("Back up now…"), self)
        dress(self.now, "hard-drive-download")
        self.restore = Button(_("Restore…"), self)
        dress(self.restore, "archive-restore")
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.hide()
        self._lay_out()
        self.now.clicked.connect(self._back_up)
        self.restore.clicked.connect(self.restore_asked)
        actions.press(self.now, "settings.backup")
        actions.press(self.restore, "settings.restore")

    def refresh(self) -> None:
        """List the automatic backups there are now."""
        task = self._lanes.errand("reception.store.backup.listing", config.backup_folder())
        task.done.connect(self._listed)

    def _lay_out(self) -> None:
        title = QLabel(_("Backups"), self)
        title.setProperty("role", "title")
        about = QLabel(
            _("One is made by itself every day; kept are those of 7 days, 4 weeks and 12 months."), self
        )
        about.setWordWrap(True)
        about.setProperty("role", "muted")
        folder = QLabel(str(config.backup_folder()), self)
        folder.setTextFormat(Qt.TextFormat.PlainText)
        folder.setWordWrap(True)
        folder.setProperty("role", "small")
        folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QHBoxLayout()
        buttons.addWidget(self.now)
        buttons.addWidget(self.restore)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.addWidget(title)
        column.addWidget(about)
        column.addWidget(self.list, 1)
        column.addWidget(folder)
        column.addWidget(self.words)
        column.addWidget(self.bar)
        column.addLayout(buttons)

    @Slot(object)
    def _listed(self, backups: Sequence[Backup]) -> None:
        self.list.clear()
        for one in backups:
            day = f"{dates.long_date(one.day, current().language)}  {made_at(one, self._lanes)}"
            self.list.addItem(f"{day}  ·  {QLocale().formattedDataSize(one.size)}")
        if not backups:
            self.list.addItem(_("There is none yet."))

    @Slot()
    def _back_up(self) -> None:
        site = self._lanes.catalogue.site.zone if self._lanes.catalogue is not None else ""
        today = dt.datetime.now(zone(site) if site else None)
        name = _("reception-backup-{day}.sqlite").format(day=today.strftime("%Y%m%d"))
        kinds = _("Registers (*.sqlite)")
        chosen = ask_save(self, _("Back up to"), documents() / name, kinds)
        if chosen is None:
            return
        self.now.setEnabled(False)
        self.bar.setRange(0, 0)
        self.bar.show()
        self._say(_("Backing up…"))
        task = self._lanes.errand("reception.store.backup.backup", DESK, chosen, progress=PROGRESS)
        task.progressed.connect(self._progressed)
        task.done.connect(self._done)
        task.failed.connect(self._failed)

    @Slot(object)
    def _progressed(self, values: tuple[int, int]) -> None:
        done, total = values
        self.bar.setRange(0, 1000)
        self.bar.setValue(1000 * done // max(total, 1))

    @Slot(object)
    def _done(self, path: object) -> None:
        self._over()
        self._say(_("Backed up and verified: {path}").format(path=path))

    @Slot(object)
    def _failed(self, error: DeskError) -> None:
        self._over()
        self._say(error.say(_), wrong=True)

    def _over(self) -> None:
        self.bar.hide()
        self.now.setEnabled(True)

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        self.words.setProperty("role", "wrong" if wrong else "muted")
        self.words.style().polish(self.words)
        self.words.setText(sentence)
        self.message.emit(sentence)
