"""Rows of several lines: icons beside the first of them, where the words begin, and room for the last."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

_SIDES = 8
"""Pixels beside the text, the style sheet's and Qt's own: Qt breaks lines without them when it measures."""


class TopIcons(QStyledItemDelegate):
    """Paints as Qt does, which would put the icon in the middle of the row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As Qt, in the width that the text is painted in; else its last line may have no room."""
        inner = QStyleOptionViewItem(option)
        rect = option.rect
        rect.setWidth(rect.width() - _SIDES)
        inner.rect = rect
        return super().sizeHint(inner, index)

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """As Qt, with the icon as high as one line, at the top."""
        super().initStyleOption(option, index)
        option.decorationAlignment = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter
