"""The bar above the paper: which day, in which language, which page, how large, and where it goes."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFrame,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QWidget,
)

from reception.numbers import day_date, day_number
from ui import actions
from ui.icons import dress
from ui.theme import GAP, GAP_SMALL
from ui.widgets.buttons import Button
from ui.wording import _, current


class SheetBar(QFrame):
    """Controls of the sheet. It knows nothing of paper: it tells what is wanted."""

    day_wanted = Signal(int)
    language_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.back = self._tool("arrow-left", _("Back"), "Esc")
        self.earlier = self._tool("chevron-left", _("Previous day"), "Ctrl+PgUp")
        self.day = QDateEdit(self)
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setDateRange(QDate(1990, 1, 1), QDate(2199, 12, 31))
        self.day.setAccessibleName(_("Day"))
        self.day.setKeyboardTracking(False)
        self.later = self._tool("chevron-right", _("Next day"), "Ctrl+PgDown")
        self.language = QComboBox(self)
        self.language.addItem("中文", "zh_CN")
        self.language.addItem("English", "en")
        self.language.setCurrentIndex(self.language.findData(current().language))
        self.language.setAccessibleName(_("Language of the paper"))
        self.language.setToolTip(_("Language of the paper"))
        self.previous = self._tool("chevron-up", _("Previous page"), "PgUp")
        self.next = self._tool("chevron-down", _("Next page"), "PgDown")
        self.page = QLabel(self)
        self.smaller = self._tool("zoom-out", _("Smaller"), "-")
        self.larger = self._tool("zoom-in", _("Larger"), "+")
        self.refresh = self._tool("refresh-cw", _("Make it again"), "F5")
        self.save = Button(_("Save… Ctrl+S"), self)
        dress(self.save, "file-down")
        self.print = Button(_("Print… Ctrl+P"), self)
        dress(self.print, "printer", "on_accent")
        self.print.setProperty("kind", "primary")
        actions.tip(self.save, "sheet.save")
        actions.tip(self.print, "sheet.print")
        self._lay_out()
        self.earlier.clicked.connect(self._on_earlier)
        self.later.clicked.connect(self._on_later)
        self.day.dateChanged.connect(self._on_day)
        self.language.currentIndexChanged.connect(self._on_language)

    def set_day(self, day: int) -> None:
        """Show ``day`` (``YYYYMMDD``) without asking for it."""
        date = day_date(day)
        self.day.blockSignals(True)
        self.day.setDate(QDate(date.year, date.month, date.day))
        self.day.blockSignals(False)

    def set_language(self, language: str) -> None:
        """Show ``language`` without asking for it."""
        self.language.blockSignals(True)
        self.language.setCurrentIndex(self.language.findData(language))
        self.language.blockSignals(False)

    def set_page(self, page: int, pages: int) -> None:
        """Say which page is shown; 0 of 0 while there is none."""
        words = _("Page {page} of {pages}").format(page=page, pages=pages) if pages else ""
        self.page.setText(words)
        self.previous.setEnabled(page > 1)
        self.next.setEnabled(page < pages)
        for button in (self.smaller, self.larger, self.save, self.print):
            button.setEnabled(pages > 0)

    def _tool(self, icon: str, name: str, keys: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("kind", "button")
        dress(button, icon)
        button.setAccessibleName(name)
        button.setToolTip(f"{name} ({keys})")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        row.setSpacing(GAP_SMALL)
        title = QLabel(_("Day's sheet"), self)
        title.setProperty("role", "title")
        self.page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.page.setMinimumWidth(
            self.page.fontMetrics().horizontalAdvance(_("Page {page} of {pages}").format(page=88, pages=88))
        )
        groups: tuple[tuple[QWidget, ...], ...] = (
            (self.back, title),
            (self.earlier, self.day, self.later),
            (self.language,),
            (self.previous, self.page, self.next),
            (self.smaller, self.larger, self.refresh),
        )
        for group in groups:
            for widget in group:
                row.addWidget(widget)
            row.addSpacing(GAP)
        row.addStretch(1)
        row.addWidget(self.save)
        row.addWidget(self.print)

    @Slot()
    def _on_earlier(self) -> None:
        self.day.setDate(self.day.date().addDays(-1))

    @Slot()
    def _on_later(self) -> None:
        self.day.setDate(self.day.date().addDays(1))

    @Slot(QDate)
    def _on_day(self, date: QDate) -> None:
        self.day_wanted.emit(day_number(dt.date(date.year(), date.month(), date.day())))

    @Slot()
    def _on_language(self) -> None:
        self.language_wanted.emit(str(self.language.currentData()))
