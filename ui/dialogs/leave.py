"""Asks before something that was typed is lost."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget

from ui.wording import _, ngettext


class LeaveDialog:
    """Closing the window with typed text in it."""

    @classmethod
    def ask(cls, parent: QWidget, forms: int) -> bool:
        """Whether to close all the same; staying is what Enter and Escape do.

        Args:
            parent: the window that is to be closed.
            forms: how many entry forms are typed into or put aside; 0 when it is something else.
        """
        words = ngettext(
            "{forms} entry is typed but not saved.", "{forms} entries are typed but not saved.", forms
        ).format(forms=forms)
        box = QMessageBox(parent)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(_("Reception desk"))
        box.setText(words if forms else _("Something is typed but not saved."))
        stay = box.addButton(_("Stay"), QMessageBox.ButtonRole.RejectRole)
        leave = box.addButton(_("Close without saving"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        try:
            box.exec()
            return box.clickedButton() is leave
        finally:
            box.deleteLater()
