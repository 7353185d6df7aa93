"""Tells of a mistake of the program; nothing that was typed is touched."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import actions
from ui.theme import GAP, theme
from ui.widgets.returning import ReturningDialog
from ui.wording import _, pgettext


class BugDialog(ReturningDialog):
    """Says in plain words that the program made a mistake; the report can be copied."""

    def __init__(self, words: str, place: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("The program made a mistake"))
        text = _("The program made a mistake. What you typed is still there; you can go on working.")
        if place:
            text += " " + _("The report is kept in {place}").format(place=place)
        label = QLabel(text, self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        self.report = QPlainTextEdit(words, self)
        self.report.setReadOnly(True)
        self.report.setAccessibleName(_("Report of the mistake"))
        self.report.setTabChangesFocus(True)
        copy = QPushButton(_("Copy the report"), self)
        copy.setAutoDefault(False)
        actions.press(copy, "dialog.copy")
        copy.clicked.connect(self._copy)
        close = QPushButton(pgettext("window", "Close"), self)
        close.setDefault(True)
        actions.tip(close, "dialog.cancel", pgettext("window", "Close"))
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(copy)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        for widget in (label, self.report):
            column.addWidget(widget)
        column.addLayout(foot)
        self.resize(theme().px(640), theme().px(360))

    def add(self, words: str) -> None:
        """Another one, while this is still being read."""
        self.report.appendPlainText("\n" + words)

    @Slot()
    def _copy(self) -> None:
        QApplication.clipboard().setText(self.report.toPlainText())
