"""Asks for a file to write or to read, by the dialogs of the system."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QFileInfo, QStandardPaths
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import QApplication, QFileDialog, QStyle, QWidget

from ui.wording import _

_OF_THE_SYSTEM = sys.platform in ("win32", "darwin")
"""Elsewhere the system's dialogs, like Qt's own, look into files inside this program."""


class Unopened(QAbstractFileIconProvider):
    """Tells folders from files by what the folder says of them, and opens none.

    Qt's own opens files to learn what they are. Whoever closes a file gives up all locks that this program
    has on it (POSIX), and a register in that folder would lose its own while it is open.
    """

    def icon(self, of: QAbstractFileIconProvider.IconType | QFileInfo, /) -> QIcon:
        """Of a folder, a drive or a file."""
        style = QApplication.style()
        if isinstance(of, QFileInfo):
            folder, drive = of.isDir(), of.isRoot()
        else:
            folder, drive = of is self.IconType.Folder, of is self.IconType.Drive
        if drive:
            return style.standardIcon(QStyle.StandardPixmap.SP_DriveHDIcon)
        which = QStyle.StandardPixmap.SP_DirIcon if folder else QStyle.StandardPixmap.SP_FileIcon
        return style.standardIcon(which)

    def type(self, of: QFileInfo, /) -> str:
        """What stands in the column of kinds: a file's ending says it."""
        return _("Folder") if of.isDir() else of.suffix().upper()


_unopened = Unopened()
"""The dialogs do not keep it alive."""


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
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog, not _OF_THE_SYSTEM)
    dialog.setIconProvider(_unopened)  # before it looks into a folder
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
