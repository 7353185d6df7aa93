"""A form as it would look by what is typed: collected, laid out by the child, shown as it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from reception import papers
from reception.errors import DeskError
from reception.paper.parcels import Parcel
from ui.sheet import pages
from ui.sheet.maker import Making
from ui.sheet.pages import Leaf
from ui.sheet.shop import Bench
from ui.sheet.view import PageView
from ui.theme import GAP_SMALL
from ui.wording import _
from ui.work import Lanes

_PAUSE = 250
"""Milliseconds without a change before the form is laid out anew."""
_AT_THE_END = frozenset({"rows", "signatures"})
"""What of the look is seen on the last page only."""


class PaperSample(QWidget):
    """Follows what is typed; `stop` it before it goes."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._bench = Bench(lanes, self)
        self._wanted: tuple[str, dict[str, str], str] | None = None
        self._making: Making | None = None
        self._path: Path | None = None
        self._at_end = False
        """Whether the last page is to be shown, because what is typed is seen there."""
        self.view = PageView(self._bench.hand, self)
        self.view.setMinimumHeight(300)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setProperty("role", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self.view, 1)
        column.addWidget(self.said)
        self.view.page_changed.connect(self._on_page)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._collect)

    def follow(self, form: str, typed: dict[str, str], language: str) -> None:
        """Show ``form`` with these settings, once nothing changes any more."""
        if (form, typed, language) == self._wanted:
            return
        self._at_end = self._wanted is not None and _seen_at_the_end(self._wanted[1], typed)
        self._wanted = (form, typed, language)
        self._pause.start()

    @Slot()
    def show_first(self) -> None:
        """Turn to the first page."""
        self.view.turn_to(0)

    @Slot()
    def show_last(self) -> None:
        """Turn to the last page."""
        self.view.turn_to(self.view.count - 1)

    def again(self) -> None:
        """The register has changed."""
        if self._wanted is not None:
            self._pause.start()

    def stop(self) -> None:
        """End what it started, and remove what was made."""
        self._pause.stop()
        self._wanted = None  # an answer that is still on its way would have another child started
        self._bench.stop()

    @Slot()
    def _collect(self) -> None:
        if self._wanted is None:
            return
        form, typed, _language = self._wanted
        task = self._lanes.read("paper.sample", "reception.paper.sampling.sample", form, typed)
        task.done.connect(self._on_collected)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_collected(self, parcel: Parcel | None) -> None:
        if self._wanted is None:
            return
        if parcel is None:
            self.view.clear()
            self.said.setText(_("The register has nothing yet to show this form with."))
            return
        form, _typed, language = self._wanted
        if self._making is not None:
            self._bench.shop.maker.forget(self._making)
        path = self._bench.new_path("sample")
        making = self._bench.shop.maker.make(
            "make", form, parcel.content, language, parcel.stamp, str(path), False
        )
        self._making, self._path = making, path
        making.done.connect(self._on_made)
        making.failed.connect(self._on_failed)

    @Slot(object)
    def _on_made(self, _answer: object) -> None:
        self._making = None
        if self._path is not None:
            errand = self._bench.hand.do(pages.leaves, self._path)
            errand.done.connect(self._show)
            errand.failed.connect(self._cannot_show)

    @Slot(object)
    def _show(self, leaves: tuple[Leaf, ...]) -> None:
        former = {leaf.path for leaf in self.view.leaves}
        self.view.show_leaves(leaves)
        for path in former - {leaf.path for leaf in leaves}:
            self._bench.drop(path)
        self.view.turn_to(len(leaves) - 1 if self._at_end else 0)

    @Slot(int, int)
    def _on_page(self, page: int, pages_: int) -> None:
        if page:
            words = _("Page {page} of {pages}, with what the register holds · Alt+Home first, Alt+End last")
            self.said.setText(words.format(page=page, pages=pages_))

    @Slot(object)
    def _cannot_show(self, _error: Exception) -> None:
        self.said.setText(_("The sheet was made but cannot be shown. Please try again."))

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self._making = None
        self.said.setText(error.say(_))


def _seen_at_the_end(before: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Whether what changed stands at the end of the form; another form begins at its beginning."""
    changed = [key for key in {*before, *now} if before.get(key) != now.get(key)]
    return before.keys() == now.keys() and any(papers.part_of(key) in _AT_THE_END for key in changed)
