"""Asks before something that was typed is lost."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from ui import actions
from ui.wording import _, ngettext


class Leave(Enum):
    """What becomes of the window and of what is typed in it."""

    STAY = auto()
    KEEP = auto()
    DROP = auto()


class LeaveDialog:
    """Closing a window with typed text in it."""

    @classmethod
    def ask(cls, parent: QWidget, forms: int) -> bool:
        """Whether to close all the same; staying is what Enter and Escape do.

        Args:
            parent: the window that is to be closed.
            forms: how many entry forms are typed into or put aside; 0 when it is something else.
        """
        return cls.ask_window(parent, forms, kept=False) is not Leave.STAY

    @classmethod
    def ask_window(cls, parent: QWidget, forms: int, *, kept: bool) -> Leave:
        """The same, offering to keep the forms for the next start if they can be ``kept``."""
        words = ngettext(
            "{forms} entry is typed but not saved.", "{forms} entries are typed but not saved.", forms
        ).format(forms=forms)
        box = QMessageBox(parent)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(_("Reception desk"))
        box.setText(words if forms else _("Something is typed but not saved."))
        stay = box.addButton(_("Stay"), QMessageBox.ButtonRole.RejectRole)
        actions.tip(stay, "dialog.cancel", _("Stay"))
        keep: QPushButton | None = None
        if kept:
            keep = box.addButton(_("Close and keep for the next start"), QMessageBox.ButtonRole.AcceptRole)
            actions.press(keep, "dialog.keep")
        leave = box.addButton(_("Close without saving"), QMessageBox.ButtonRole.DestructiveRole)
        actions.press(leave, "dialog.leave")
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        try:
            box.exec()
            clicked = box.clickedButton()
            if clicked is leave:
                return Leave.DROP
            return Leave.KEEP if keep is not None and clicked is keep else Leave.STAY
        finally:
            box.deleteLater()
