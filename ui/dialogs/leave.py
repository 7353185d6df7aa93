"""Asks before something that was typed is lost."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

from ui import actions
from ui.widgets.returning import give_back
from ui.wording import _, ngettext

if TYPE_CHECKING:
    from ui.window import MainWindow


_KEPT_TOO = ("referrals", "office")
"""The pages of which `Safety.keep_steps` keeps what is half typed, as it keeps Today's forms."""


class Leave(Enum):
    """What becomes of the window and of what is typed in it."""

    STAY = auto()
    KEEP = auto()
    DROP = auto()


class LeaveDialog(QMessageBox):
    """Closing a window with typed text in it; staying is what Enter and Escape do.

    Args:
        parent: the window that is to be closed.
        forms: how many entry forms are typed into or put aside; 0 when it is something else.
        kept: whether the forms can be kept for the next start, which is offered then.
    """

    def __init__(self, parent: QWidget, forms: int, *, kept: bool) -> None:
        super().__init__(parent)
        self._came_from = QApplication.focusWidget()
        words = ngettext(
            "{forms} entry is typed but not saved.", "{forms} entries are typed but not saved.", forms
        ).format(forms=forms)
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle(_("Reception desk"))
        self.setText(words if forms else _("Something is typed but not saved."))
        self.setInformativeText(_("What is closed without saving cannot be brought back."))
        self.stay = self.addButton(_("Stay"), QMessageBox.ButtonRole.RejectRole)
        actions.tip(self.stay, "dialog.cancel", _("Stay"))
        self.keep: QPushButton | None = None
        if kept:
            words = _("Close and keep for the next start")
            self.keep = self.addButton(words, QMessageBox.ButtonRole.AcceptRole)
            actions.press(self.keep, "dialog.keep")
        self.drop = self.addButton(_("Close without saving"), QMessageBox.ButtonRole.DestructiveRole)
        actions.press(self.drop, "dialog.leave")
        self.setDefaultButton(self.stay)
        self.setEscapeButton(self.stay)

    def done(self, result: int) -> None:
        """Close, and put the keyboard where it was."""
        super().done(result)
        give_back(self, self._came_from)

    @property
    def answer(self) -> Leave:
        """What was decided."""
        clicked = self.clickedButton()
        if clicked is self.drop:
            return Leave.DROP
        return Leave.KEEP if self.keep is not None and clicked is self.keep else Leave.STAY

    @classmethod
    def ask(cls, parent: QWidget, forms: int) -> bool:
        """Whether to close all the same, of a window that keeps nothing."""
        return cls.ask_window(parent, forms, kept=False) is not Leave.STAY

    @classmethod
    def ask_window(cls, parent: QWidget, forms: int, *, kept: bool) -> Leave:
        """Ask, and wait for the answer."""
        box = cls(parent, forms, kept=kept)
        try:
            box.exec()
            return box.answer
        finally:
            box.deleteLater()


class PrintingDialog(QMessageBox):
    """Closing a window that is printing or saving; staying is what Enter and Escape do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._came_from = QApplication.focusWidget()
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle(_("Reception desk"))
        self.setText(_("Something is being printed or saved. Nothing half-made is left behind if you close."))
        self.stay = self.addButton(_("Stay"), QMessageBox.ButtonRole.RejectRole)
        actions.tip(self.stay, "dialog.cancel", _("Stay"))
        self.end = self.addButton(_("End it and close"), QMessageBox.ButtonRole.DestructiveRole)
        actions.press(self.end, "dialog.leave")
        self.setDefaultButton(self.stay)
        self.setEscapeButton(self.stay)

    def done(self, result: int) -> None:
        """Close, and put the keyboard where it was."""
        super().done(result)
        give_back(self, self._came_from)

    @classmethod
    def may_close(cls, window: MainWindow) -> bool:
        """Whether to close: nothing is being printed any more, or it is to be ended."""
        page = window.page("sheet")
        if not page.has_unsaved_text():
            return True
        box = cls(window)
        try:
            box.exec()
            # it may have been finished while the question stood there
            return box.clickedButton() is box.end or not page.has_unsaved_text()
        finally:
            box.deleteLater()


def window_may_close(window: MainWindow) -> bool:
    """Ask what becomes of what is typed in the window, and do it; False to stay."""
    today = window.today
    if any(page.spec.name == "sheet" for page in window.stack):
        if not PrintingDialog.may_close(window):
            return False
        if not any(page.has_unsaved_text() for page in window.stack if page.spec.name != "sheet"):
            return True
    others = any(
        page.has_unsaved_text()
        for page in window.stack
        if page is not today and page.spec.name not in ("sheet", *_KEPT_TOO)
    )
    kept = window.safety.forms is not None and not others and not today.todo.unsaved
    wish = LeaveDialog.ask_window(window, len(today.drafts()), kept=kept)
    if wish is Leave.DROP:
        window.safety.throw_away()
    return wish is not Leave.STAY
