"""The bars above the paper: of what it is, in which language, on which paper, and where it goes."""

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
    QVBoxLayout,
    QWidget,
)

from reception.numbers import day_date, day_number
from ui import actions
from ui.icons import dress
from ui.sheet.wanted import Wanted
from ui.theme import GAP, GAP_SMALL
from ui.widgets.buttons import Button
from ui.widgets.yielding import ElidedLabel
from ui.wording import _, current

_SHEETS = ("A4", "A5", "Letter")
_LABELS = ("label-100x60", "roll-80", "roll-58")
_TITLE = 10
"""So many letters of the title stay in any case."""


class SheetBar(QFrame):
    """Controls of the preview. It knows nothing of paper: it tells what is wanted."""

    day_wanted = Signal(int)
    period_wanted = Signal(int, int)
    language_wanted = Signal(str)
    paper_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.back = self._tool("arrow-left", _("Back"), "Esc")
        self.title = ElidedLabel(self)
        self.title.setProperty("role", "title")
        self.earlier = self._tool("chevron-left", _("Previous day"), "Ctrl+PgUp")
        self.day = self._date(_("Day"))
        self.later = self._tool("chevron-right", _("Next day"), "Ctrl+PgDown")
        self.first = self._date(_("First day"))
        self.dash = QLabel("–", self)
        self.last = self._date(_("Last day"))
        self.language = self._choice(_("Language of the paper"), "sheet.language")
        self.language.addItem("中文", "zh_CN")
        self.language.addItem("English", "en")
        self.set_language(current().language)
        self.paper = self._choice(_("Size of the paper"), "sheet.paper")
        self.paper.addItem(_("Usual paper"), "")  # as long as no form is shown that says which it takes
        self.paper.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.save = Button(_("Save… Ctrl+S"), self)
        dress(self.save, "file-down")
        self.print = Button(_("Print… Ctrl+P"), self)
        dress(self.print, "printer", "on_accent")
        self.print.setProperty("kind", "primary")
        self.previous = self._tool("chevron-up", _("Previous page"), "PgUp")
        self.next = self._tool("chevron-down", _("Next page"), "PgDown")
        self.page = QLabel(self)
        self.smaller = self._tool("zoom-out", _("Smaller"), "-")
        self.larger = self._tool("zoom-in", _("Larger"), "+")
        self.whole = self._tool("", _("Whole page"), "0")
        self.wide = self._tool("", _("Full width"), "W")
        self.search = self._tool("search", _("Search these pages"), "Ctrl+F")
        self.refresh = self._tool("refresh-cw", _("Make it again"), "Ctrl+R")
        self.forms = self._tool("list-checks", _("Several forms at once"), "F6")
        self.forms.setCheckable(True)
        self.forms.toggled.connect(self._on_forms)
        actions.tip(self.save, "sheet.save")
        actions.tip(self.print, "sheet.print")
        self._lay_out()
        self.earlier.clicked.connect(self._on_earlier)
        self.later.clicked.connect(self._on_later)
        self.day.dateChanged.connect(self._on_day)
        self.first.dateChanged.connect(self._on_period)
        self.last.dateChanged.connect(self._on_period)
        self.language.currentIndexChanged.connect(self._on_language)
        self.paper.currentIndexChanged.connect(self._on_paper)

    def show_wanted(self, title: str, wanted: Wanted | None) -> None:
        """Say what is shown; of one form that is of a day or a period, let that be chosen."""
        self.title.say(title)
        args = wanted.args if wanted is not None else {}
        day = int(args.get("day") or 0)
        first, last = int(args.get("first_day") or 0), int(args.get("last_day") or 0)
        groups: tuple[tuple[tuple[QWidget, ...], int], ...] = (
            ((self.earlier, self.day, self.later), day),
            ((self.first, self.dash, self.last), last),
        )
        for widgets, shown in groups:
            for widget in widgets:
                widget.setVisible(bool(shown))
        for field, value in ((self.day, day), (self.first, first), (self.last, last)):
            if value:
                _show_quietly(field, value)

    def set_language(self, language: str) -> None:
        """Show ``language`` without asking for it."""
        self.language.blockSignals(True)
        self.language.setCurrentIndex(self.language.findData(language))
        self.language.blockSignals(False)

    def offer_papers(self, usual: str, chosen: str) -> None:
        """Offer the sizes that a form can be printed on; ``usual`` is its own, ``chosen`` "" the site's."""
        sizes = _LABELS if usual in _LABELS else _SHEETS
        self.paper.blockSignals(True)
        self.paper.clear()
        self.paper.addItem(_("Usual paper"), "")
        for size in sizes:
            self.paper.addItem(size.replace("label-", "").replace("roll-", "↕ "), size)
        self.paper.setCurrentIndex(max(self.paper.findData(chosen), 0))
        self.paper.blockSignals(False)

    def set_page(self, page: int, pages: int) -> None:
        """Say which page is shown; 0 of 0 while there is none."""
        words = _("Page {page} of {pages}").format(page=page, pages=pages) if pages else ""
        self.page.setText(words)
        self.previous.setEnabled(page > 1)
        self.next.setEnabled(page < pages)
        for button in (self.smaller, self.larger, self.whole, self.wide, self.search):
            button.setEnabled(pages > 0)

    def set_ready(self, ready: bool) -> None:
        """Whether it can be printed and saved."""
        self.save.setEnabled(ready)
        self.print.setEnabled(ready)

    @Slot()
    def other_language(self) -> None:
        """Choose the next one."""
        self.language.setCurrentIndex((self.language.currentIndex() + 1) % self.language.count())

    @Slot()
    def other_paper(self) -> None:
        """Choose the next one."""
        self.paper.setCurrentIndex((self.paper.currentIndex() + 1) % self.paper.count())

    def _tool(self, icon: str, name: str, keys: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("kind", "button")
        if icon:
            dress(button, icon)
        else:
            button.setText(name)
        button.setAccessibleName(name)
        button.setToolTip(f"{name} ({keys})")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _date(self, name: str) -> QDateEdit:
        field = QDateEdit(self)
        field.setCalendarPopup(True)
        field.setDisplayFormat("yyyy-MM-dd")
        field.setDateRange(QDate(1990, 1, 1), QDate(2199, 12, 31))
        field.setAccessibleName(name)
        field.setKeyboardTracking(False)
        return field

    def _choice(self, name: str, key: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        spec = next(one for one in actions.KEYS if one.name == key)
        box.setToolTip(f"{name} ({actions.shown_key(spec)})")
        return box

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        column.setSpacing(GAP_SMALL)
        self.page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.page.setMinimumWidth(
            self.page.fontMetrics().horizontalAdvance(_("Page {page} of {pages}").format(page=888, pages=888))
        )
        self.title.setMinimumWidth(self.title.fontMetrics().averageCharWidth() * _TITLE)
        above = (
            (self.back, self.title),
            (self.earlier, self.day, self.later, self.first, self.dash, self.last),
            (self.language, self.paper),
            (self.save, self.print),
        )
        below = (
            (self.previous, self.page, self.next),
            (self.smaller, self.larger, self.whole, self.wide),
            (self.search, self.refresh, self.forms),
        )
        for groups in (above, below):
            row = QHBoxLayout()
            row.setSpacing(GAP_SMALL)
            for group in groups:
                for widget in group:
                    row.addWidget(widget, 1 if widget is self.title else 0)
                row.addSpacing(GAP)
            if groups is below:
                row.addStretch(1)
            column.addLayout(row)

    @Slot()
    def _on_earlier(self) -> None:
        self.day.setDate(self.day.date().addDays(-1))

    @Slot()
    def _on_later(self) -> None:
        self.day.setDate(self.day.date().addDays(1))

    @Slot(QDate)
    def _on_day(self, date: QDate) -> None:
        self.day_wanted.emit(_number(date))

    @Slot()
    def _on_period(self) -> None:
        first, last = self.first.date(), self.last.date()
        if first > last:  # the other end comes along
            _show_quietly(self.last if self.sender() is self.first else self.first, _number(self._moved()))
            first, last = self.first.date(), self.last.date()
        self.period_wanted.emit(_number(first), _number(last))

    def _moved(self) -> QDate:
        moved = self.sender()
        assert isinstance(moved, QDateEdit)
        return moved.date()

    @Slot(bool)
    def _on_forms(self, shown: bool) -> None:
        dress(self.forms, "list-checks", "on_accent" if shown else "text")

    @Slot()
    def _on_language(self) -> None:
        self.language_wanted.emit(str(self.language.currentData()))

    @Slot()
    def _on_paper(self) -> None:
        self.paper_wanted.emit(str(self.paper.currentData()))


def _show_quietly(field: QDateEdit, day: int) -> None:
    date = day_date(day)
    field.blockSignals(True)
    field.setDate(QDate(date.year, date.month, date.day))
    field.blockSignals(False)


def _number(date: QDate) -> int:
    return day_number(dt.date(date.year(), date.month(), date.day()))
