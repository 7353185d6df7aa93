"""A table model that fetches by keyset through the read lane and changes row by row.

Sorting and filtering are the database's: the model shows what a question returns, in its order. A refresh
asks for as many rows as are shown and applies the difference, so that the selection stays where it was.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QIcon

from reception.shapes import dataclass
from ui import icons
from ui.theme import theme
from ui.widgets.painting import Cell, Mark
from ui.widgets.yielding import plain_tip
from ui.work import Lanes

if TYPE_CHECKING:
    from ui.widgets.question import Question

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_TITLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,  # a heading may be cut too
)
_NUMBERS = itertools.count(1)
LEAST = 7
"""So many characters stay of a text where there is little room, if the column does not say more."""
_MADE = 300
"""Rows whose cells are remembered: what a few pages show."""


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """A named column.

    Args:
        name: what code calls it.
        title: its heading, translated.
        text: the cell's text.
        width: in characters of the body font; 0 lets it take what is left.
        tone: the theme token for the text's colour, or "" for the usual one. Never the only sign.
        icon: name of an icon before the text, or "".
        note: what the icon says, for those who do not see it, or "".
        tip: tooltip; by default the text, where it may be cut off.
        right: set right-aligned (numbers).
        wrapped: keeps its lines; the table is one whose rows are as high as their text.
        least: so many characters stay where there is little room.
        marks: which parts of the cell's text were looked for.
    """

    name: str
    title: str
    text: Callable[[R], str]
    width: int = 0
    tone: Callable[[R], str] | None = None
    icon: Callable[[R], str] | None = None
    note: Callable[[R], str] | None = None
    tip: Callable[[R], str] | None = None
    right: bool = False
    wrapped: bool = False
    least: int = LEAST
    marks: Callable[[str], Sequence[Mark]] | None = None


class PagedModel(QAbstractTableModel, Generic[R]):
    """Rows of one question.

    Args:
        lanes: where to ask.
        topic: what the questions are about.
        columns: what is shown.
        key: the identity of a row, an ``int`` that is stable over refreshes.
        struck: rows whose text is struck through (voided ones).
        page: rows per page.
    """

    answered = Signal(int)
    """A question was answered; so many rows are shown."""
    failed = Signal(object)
    """``DeskError``: what is shown stays."""

    ROW = Qt.ItemDataRole.UserRole
    """The row object itself."""
    KEY = Qt.ItemDataRole.UserRole + 1
    LARGEST_REFRESH = 500
    """A refresh asks for no more rows than this; what lies behind is fetched again on scrolling."""

    def __init__(
        self,
        lanes: Lanes,
        topic: str,
        columns: Sequence[Column[R]],
        key: Callable[[R], int],
        *,
        struck: Callable[[R], bool] | None = None,
        page: int = 100,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._wrapped = any(column.wrapped for column in self.columns)
        self._lanes = lanes
        # A window and the one that takes its place must not drop each other's questions.
        self.topic = topic
        """What the questions are about."""
        self._topic = f"{topic}#{next(_NUMBERS)}"
        self._key = key
        self._struck = struck
        self._page = page
        self._question: Question[R] | None = None
        self._rows: list[R] = []
        self._known: set[int] = set()
        self._cells: dict[int, list[Cell]] = {}
        """What was made to be shown, by the row's position."""
        self._minute = 0
        role = Qt.ItemDataRole
        self._helpers: dict[int, Callable[[R, Column[R]], Any]] = {
            int(role.DisplayRole): self._display,
            int(role.AccessibleTextRole): self._accessible,
            int(role.ToolTipRole): self._tip,
            int(role.ForegroundRole): self._foreground,
            int(role.DecorationRole): self._decoration,
            int(role.FontRole): self._font,
            int(role.TextAlignmentRole): self._alignment,
            int(self.ROW): self._whole,
            int(self.KEY): self._identity,
        }
        self._more = False
        self._fetching = False
        """An answer is on its way; Qt asks for more also while rows are being inserted."""

    # Asking.

    def ask(self, question: Question[R] | None) -> None:
        """Show the answers of another question; what is shown goes when they come. None empties the table."""
        self._question = question
        self._fetching = question is not None
        self._cells.clear()
        if question is None:
            self._more = False
            self._put([])
            return
        self._read("first", None, self._page, self._on_first)

    def refresh(self) -> None:
        """Ask again and apply the difference; the selection stays."""
        if self._question is None:
            return
        self._fetching = True
        limit = min(max(len(self._rows), self._page), self.LARGEST_REFRESH)
        self._read("first", None, limit, self._on_first)

    def _read(self, part: str, before: Any, limit: int, then: Callable[[Any], None]) -> None:
        question = self._question
        assert question is not None
        self._asked = (question, limit, before)
        # One topic: a refresh drops a page that was on its way, because the page would be of the past.
        task = self._lanes.read(self._topic, question.verb, *question.args, **question.at(before, limit))
        task.done.connect(then)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_first(self, rows: Sequence[R]) -> None:
        question, limit, _before = self._asked
        self._put(list(rows))
        self._more = question.after is not None and len(rows) >= limit
        self._fetching = False  # not before: views ask for more while rows come and go
        self.answered.emit(len(self._rows))

    @Slot(object)
    def _on_page(self, rows: Sequence[R]) -> None:
        _question, limit, _before = self._asked
        fresh = [row for row in rows if self._key(row) not in self._known]
        if fresh:
            first = len(self._rows)
            self.beginInsertRows(_NOWHERE, first, first + len(fresh) - 1)
            self._rows.extend(fresh)
            self._known.update(map(self._key, fresh))
            self.endInsertRows()
        self._more = len(rows) >= limit
        self._fetching = False
        self.answered.emit(len(self._rows))

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        self._fetching = False
        self.failed.emit(error)

    # Qt's side.

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """So many rows have been fetched."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """The columns given at the start."""
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index) -> bool:
        """False while an answer is on its way: a page of what was shown would take the place of a refresh."""
        return not parent.isValid() and self._more and not self._fetching

    def fetchMore(self, parent: Index) -> None:
        """Ask for the page after the last row."""
        if not self.canFetchMore(parent) or self._question is None or self._question.after is None:
            return
        self._fetching = True
        self._read("page", self._question.after(self._rows[-1]), self._page, self._on_page)

    def seek_on(self) -> bool:
        """See that the next page comes; False if there is none. It may be on its way: the view asks too."""
        self.fetchMore(_NOWHERE)
        return self._more

    def look_ahead(self, last: int) -> None:
        """Ask for more before the last row is reached: ``last`` is the lowest that can be seen."""
        if len(self._rows) - last <= self._page:
            self.fetchMore(_NOWHERE)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """The columns' titles."""
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role in _TITLES:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(column.right)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One helper per role; a view asks a dozen of them for every cell that it paints."""
        helper = self._helpers.get(int(role))
        if helper is None or not index.isValid() or index.row() >= len(self._rows):
            return None
        return helper(self._rows[index.row()], self.columns[index.column()])

    def _display(self, row: R, column: Column[R]) -> str:
        text = column.text(row)
        return text if column.wrapped else _one_line(text)

    def _accessible(self, row: R, column: Column[R]) -> str:
        words = f"{column.title}: {column.text(row)}"
        note = column.note(row) if column.note else ""
        return f"{words} ({note})" if note else words

    def _tip(self, row: R, column: Column[R]) -> str:
        note = column.note(row) if column.note else ""
        return plain_tip(note or (column.tip or column.text)(row))

    def _foreground(self, row: R, column: Column[R]) -> QColor | None:
        tone = column.tone(row) if column.tone else ""
        return theme().colour(tone) if tone else None

    def _decoration(self, row: R, column: Column[R]) -> QIcon | None:
        name = column.icon(row) if column.icon else ""
        tone = (column.tone(row) if column.tone else "") or "muted"
        return icons.icon(name, tone) if name else None

    def _font(self, row: R, _column: Column[R]) -> QFont | None:
        return _strike() if self._struck is not None and self._struck(row) else None

    def _alignment(self, _row: R, column: Column[R]) -> Qt.AlignmentFlag:
        return _aligned(column.right, top=self._wrapped)

    def _whole(self, row: R, _column: Column[R]) -> R:
        return row

    def _identity(self, row: R, _column: Column[R]) -> int:
        return self._key(row)

    # What code asks of it.

    def cells(self, number: int) -> list[Cell]:
        """What the cells of a row show, for painting."""
        if (known := self._cells.get(number)) is not None:
            return known
        minute = int(time.monotonic() / 60)  # some cells say how long ago something was
        if len(self._cells) > _MADE or minute != self._minute:
            self._cells.clear()
            self._minute = minute
        row = self._rows[number]
        struck = self._struck is not None and self._struck(row)
        found = []
        for column in self.columns:
            text = _one_line(column.text(row))
            tone = column.tone(row) if column.tone is not None else ""
            icon = column.icon(row) if column.icon is not None else ""
            marks = tuple(column.marks(text)) if column.marks is not None else ()
            found.append(Cell(text, tone, icon, column.right, struck, marks))
        self._cells[number] = found
        return found

    def row(self, number: int) -> R | None:
        """The row object at a position, None outside."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def position(self, key: int) -> int:
        """Where the row with this identity is shown, -1 if it is not."""
        return next((at for at, row in enumerate(self._rows) if self._key(row) == key), -1)

    def keys(self) -> tuple[int, ...]:
        """The identities of all rows that are shown."""
        return tuple(map(self._key, self._rows))

    def repaint_all(self) -> None:
        """Colours or times are new though the rows are not."""
        self._cells.clear()
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.columns) - 1))

    def put(self, rows: Sequence[R]) -> None:
        """Show exactly these rows (for tables that are filled by hand)."""
        self._question, self._more, self._fetching = None, False, False
        self._put(list(rows))
        self.answered.emit(len(self._rows))

    def _put(self, new: list[R]) -> None:
        self._cells.clear()
        wanted = {self._key(row) for row in new}
        gone = [at for at, row in enumerate(self._rows) if self._key(row) not in wanted]
        for first, last in reversed(_runs(gone)):
            self.beginRemoveRows(_NOWHERE, first, last)
            del self._rows[first : last + 1]
            self.endRemoveRows()
        have = {self._key(row) for row in self._rows}
        at = 0
        while at < len(new):
            if self._key(new[at]) not in have:
                end = at
                while end < len(new) and self._key(new[end]) not in have:
                    end += 1
                self.beginInsertRows(_NOWHERE, at, end - 1)
                self._rows[at:at] = new[at:end]
                self.endInsertRows()
                at = end
                continue
            self._settle(at, new[at])
            at += 1
        self._known = wanted
        self._cells.clear()

    def _settle(self, at: int, row: R) -> None:
        old = next(i for i in range(at, len(self._rows)) if self._key(self._rows[i]) == self._key(row))
        if old != at:
            self.beginMoveRows(_NOWHERE, old, old, _NOWHERE, at)
            self._rows.insert(at, self._rows.pop(old))
            self.endMoveRows()
        if self._rows[at] is not row and self._rows[at] != row:
            self._rows[at] = row
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _aligned(right: bool, *, top: bool = False) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | (Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter)


def _one_line(text: str) -> str:
    # A cell shows one line; ten thousand characters would be measured on every paint.
    return " ".join(text[:300].split())


def _strike() -> QFont:
    font = QFont()
    font.setStrikeOut(True)
    return font
