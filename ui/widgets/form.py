"""Labelled fields one below the other, each with room for a message beside it.

What is wrong is told at the field: a frame, words below it, and the same words to accessibility; what was
typed stays.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from reception.errors import DeskError
from ui.theme import GAP, GAP_SMALL, theme
from ui.widgets.facts_card import FactsCard
from ui.wording import _


class Form(QWidget):
    """Fields with labels; `say` puts a DeskError where it belongs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, tuple[QWidget, QLabel]] = {}
        self._grid = QFormLayout()
        self._grid.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._grid.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._grid.setVerticalSpacing(GAP)
        self._card: FactsCard | None = None
        self._columns: list[QVBoxLayout] = []
        self._general = _message(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_SMALL)
        layout.addLayout(self._grid)
        layout.addWidget(self._general)
        layout.addStretch(1)

    def add(
        self, name: str, label: str, field: QWidget, hint: str = "", beside: tuple[QWidget, ...] = ()
    ) -> None:
        """Put ``field`` below the others, with buttons ``beside`` it.

        ``label`` and ``hint`` are translated; ``name`` is what errors call the field.
        """
        self._columns.append(self._column(name, field, hint, beside))
        self._grid.addRow(self._label(label, field), self._columns[-1])

    def add_across(self, name: str, field: QWidget, hint: str = "") -> None:
        """Put a field that bears its own words across the form: a box to tick."""
        self._grid.addRow(self._column(name, field, hint))

    def add_words(self, words: QWidget) -> None:
        """Put something that is no field across the form."""
        self._grid.addRow(words)

    def align_with(self, card: FactsCard) -> None:
        """Let the fields and the values of a card above them begin at one edge."""
        self._grid.setHorizontalSpacing(GAP)
        self._card = card
        self._align()
        theme().changed.connect(self._align)

    @Slot()
    def _align(self) -> None:
        assert self._card is not None
        labels = [self._grid.labelForField(column) for column in self._columns]
        labels += self._card.labels()
        width = max(label.sizeHint().width() for label in labels)
        for label in labels:
            label.setMinimumWidth(width)

    def field(self, name: str) -> QWidget:
        """The field that errors call ``name``."""
        return self._fields[name][0]

    def fields(self) -> tuple[QWidget, ...]:
        """All fields, from above."""
        return tuple(field for field, _message in self._fields.values())

    def first(self) -> QWidget:
        """The first field that can be typed into."""
        return next(field for field in self.fields() if field.isEnabled())

    def wrong(self, name: str, sentence: str) -> None:
        """Say ``sentence`` (translated) at the field, and put the cursor there."""
        field, message = self._fields[name]
        _mark(field, True)
        message.setText(sentence)
        message.show()
        field.setAccessibleDescription(sentence)
        field.setFocus()

    def say(self, error: DeskError) -> None:
        """Say what was refused at its field, or below all of them."""
        self.clear()
        sentence = error.say(_)
        if error.field in self._fields:
            self.wrong(error.field, sentence)
        else:
            self._general.setText(sentence)
            self._general.show()

    def clear(self) -> None:
        """Forget what was said."""
        self._general.hide()
        for field, message in self._fields.values():
            if not message.isHidden():
                _mark(field, False)
                message.hide()
                field.setAccessibleDescription("")

    @property
    def said(self) -> str:
        """All that stands there as refused now, for tests and for accessibility."""
        labels = [self._general, *(message for _field, message in self._fields.values())]
        return "\n".join(label.text() for label in labels if not label.isHidden())

    def _label(self, label: str, field: QWidget) -> QLabel:
        words = QLabel(label, self)
        words.setBuddy(field)
        if label:  # a box to tick bears its own words
            field.setAccessibleName(label)
        return words

    def _column(self, name: str, field: QWidget, hint: str, beside: tuple[QWidget, ...] = ()) -> QVBoxLayout:
        message = _message(self)
        column = QVBoxLayout()
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(GAP_SMALL)
        for widget in (field, *beside):
            row.addWidget(widget)
        column.addLayout(row)
        if hint:
            field.setAccessibleDescription(hint)
            small = QLabel(hint, self)
            small.setProperty("role", "small")
            small.setWordWrap(True)
            _keep_low(small)
            column.addWidget(small)
        column.addWidget(message)
        self._fields[name] = (field, message)
        return column


class TextBox(QPlainTextEdit):
    """A field of several lines; Tab leaves it, as in every other field."""

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setTabChangesFocus(True)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """As many lines in another size of text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def _measure(self) -> None:
        self.setFixedHeight(self.fontMetrics().lineSpacing() * self._lines + theme().px(GAP) + 8)


def typed(field: QWidget) -> str:
    """What stands in a text field of one or several lines."""
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    assert isinstance(field, QLineEdit)
    return field.text()


def _message(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setProperty("role", "wrong")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    _keep_low(label)
    label.hide()
    return label


def _keep_low(label: QLabel) -> None:
    """Let a wrapped label be as high as its text, never higher."""
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)


def _mark(field: QWidget, wrong: bool) -> None:
    field.setProperty("wrong", wrong)
    field.style().unpolish(field)
    field.style().polish(field)
