"""A question that is answered and closed: the same keys in each, and nothing typed is lost by Escape."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from ui import actions
from ui.theme import GAP_SMALL
from ui.widgets.returning import ReturningDialog


class AskingDialog(ReturningDialog):
    """Ctrl+Enter agrees from anywhere in it, Escape asks before it throws away what was typed."""

    agree: QPushButton
    cancel: QPushButton

    @property
    def typed(self) -> bool:
        """Whether something was typed that closing would lose."""
        return False

    def answers(self, agree: str, cancel: str) -> QHBoxLayout:
        """The row of the two answers, which bear these words (translated); made after the fields.

        What agrees comes first, on every desktop alike: Enter leads there from the last field.
        """
        self.agree = QPushButton(agree, self)
        self.agree.setProperty("kind", "primary")
        self.agree.setDefault(True)
        self.cancel = QPushButton(cancel, self)
        self.agree.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        actions.tip(self.agree, "dialog.agree", agree)
        actions.tip(self.cancel, "dialog.cancel", cancel)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.agree.click)
        row = QHBoxLayout()
        row.setSpacing(GAP_SMALL)
        row.addStretch(1)
        row.addWidget(self.agree)
        row.addWidget(self.cancel)
        return row

    def reject(self) -> None:
        """Escape, the button and the window's cross all end here."""
        if self.typed:
            from ui.dialogs.leave import LeaveDialog

            if not LeaveDialog.ask(self, 0):
                return
        super().reject()
