"""F1: every key on one sheet, made from the same tables as the actions and shortcuts themselves."""

from __future__ import annotations

from collections.abc import Collection
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from ui import actions
from ui.theme import GAP, theme
from ui.widgets.returning import ReturningDialog
from ui.wording import _, pgettext

Only = tuple[Collection[str], Collection[str]]
"""Names of actions and single keys, and places whose keys are all meant."""
_WIDE = 1040
"""Pixels at 100 % from which on three columns have room."""
_KEYS = 130
"""Pixels at 100 % that the keys have beside what they do."""


class KeySheet(ReturningDialog):
    """The keys by the places that they hold in; it may stay open while one works."""

    def __init__(self, parent: QWidget | None, only: Only | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Key sheet"))
        self.text = QTextBrowser(self)
        self.text.setAccessibleName(_("Key sheet"))
        close = QPushButton(pgettext("window", "Close"), self)
        close.setDefault(True)
        actions.tip(close, "dialog.cancel", pgettext("window", "Close"))
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.addWidget(self.text)
        column.addLayout(foot)
        room = self.screen().availableSize()
        self.resize(min(theme().px(1280), room.width() - 40), min(theme().px(900), room.height() - 60))
        self.text.setHtml(_html(3 if self.width() >= theme().px(_WIDE) else 2, only))
        self.text.setFocus()

    @classmethod
    def show_keys(cls, parent: QWidget, only: Only | None = None) -> KeySheet:
        """Show the sheet above ``parent``; of a window that has few keys ``only`` those."""
        dialog = cls(parent, only)
        dialog.open()
        return dialog


def groups(only: Only | None = None) -> list[tuple[str, list[tuple[str, str]]]]:
    """Heading, and key and meaning of each line, translated: all that there are, or ``only`` some."""
    names, places = only or ([spec.name for spec in actions.SPECS], tuple(actions.PLACES))
    everywhere = [(actions.shown_keys(spec), _(spec.text)) for spec in actions.SPECS if spec.name in names]
    found = [(_("Everywhere"), everywhere)]
    for place, title in actions.PLACES.items():
        lines = [
            (actions.shown_keys(spec), _(spec.text))
            for spec in actions.KEYS
            if spec.name.partition(".")[0] == place and (place in places or spec.name in names)
        ]
        if lines:
            found.append((_(title), lines))
    return found


def _html(count: int, only: Only | None = None) -> str:
    """In columns, so that as much as can be is seen at once."""
    parts = [(len(lines) + 2, _group(title, lines)) for title, lines in groups(only)]
    total, above = sum(size for size, _words in parts), 0
    columns: tuple[list[str], ...] = tuple([] for _column in range(count))
    for size, words in parts:
        columns[min(above * count // total, count - 1)].append(words)
        above += size
    cells = "".join(f'<td width="{100 // count}%" valign="top">{"".join(column)}</td>' for column in columns)
    return f'<table width="100%" cellspacing="8"><tr>{cells}</tr></table>'


def _group(title: str, lines: list[tuple[str, str]]) -> str:
    look = theme().tokens
    style = f'width="{theme().px(_KEYS)}" style="color:{look.accent}; padding-right:12px"'
    rows = "".join(
        f"<tr><td {style}><b>{escape(keys)}</b></td><td>{escape(words)}</td></tr>" for keys, words in lines
    )
    return f'<p style="margin-bottom:2px"><b>{escape(title)}</b></p><table cellspacing="1">{rows}</table>'
