"""Asks for a file to write or to read, by the dialogs of the system."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.wording import _


def ask_save(parent: QWidget, title: str, suggestion: Path, kinds: str) -> Path | None:
    """Where to write a file; None when the user thinks better of it.

    Args:
        parent: the window that waits.
        title: of the dialog, translated.
        suggestion: folder and name that are offered; its suffix is added to a name typed without one.
        kinds: Qt's filter, such as ``"PDF (*.pdf)"``.
    """
    dialog = _dialog(parent, title, suggestion.parent, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suggestion.suffix)
    dialog.selectFile(suggestion.name)
    return _answer(dialog)


def ask_open(parent: QWidget, title: str, folder: Path, kinds: str) -> Path | None:
    """Which existing file to read; None when the user thinks better of it."""
    dialog = _dialog(parent, title, folder, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _answer(dialog)


def ask_folder(parent: QWidget, title: str, folder: Path) -> Path | None:
    """Which folder to write several files to; None when the user thinks better of it."""
    dialog = _dialog(parent, title, folder, "")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _answer(dialog)


def documents() -> Path:
    """Where this user keeps documents; the home folder where there is no such place."""
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return folder if folder.name and folder.is_dir() else Path.home()


def _dialog(parent: QWidget, title: str, folder: Path, kinds: str) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setDirectory(str(folder))
    dialog.setNameFilter(kinds)
    dialog.setViewMode(QFileDialog.ViewMode.List)  # names are what matters, and its columns speak no Chinese
    # Qt's own Chinese leaves these two in English.
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, _("Look in:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, _("Files of type:"))
    return dialog


def _answer(dialog: QFileDialog) -> Path | None:
    try:
        if not dialog.exec():
            return None
        chosen = dialog.selectedFiles()
        return Path(chosen[0]) if chosen else None
    finally:
        dialog.deleteLater()
