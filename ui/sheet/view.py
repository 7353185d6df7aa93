"""Shows one page of paper: fitted to the window, to its width, or larger; turned with the page keys."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from ui.sheet import pages
from ui.sheet.hand import Hand
from ui.sheet.pages import Hit, Leaf
from ui.theme import GAP, theme
from ui.wording import _

_STEP = 1.25
_LARGEST = 5.0
"""Times the fitted size; beyond that a page shows nothing new and costs memory."""
_SETTLE = 60
"""Milliseconds without a change of size before the page is drawn anew; its picture is stretched till then."""
_MARK, _MARK_HERE = 70, 130
"""How dense the colour over a word that was found is, of 255."""


class PageView(QAbstractScrollArea):
    """One page at a time of one or more PDF files, drawn by ``hand``."""

    page_changed = Signal(int, int)
    """The page that is shown, from 1, and how many there are; 0, 0 when nothing is shown."""
    zoomed = Signal(float)

    def __init__(self, hand: Hand, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hand = hand
        self._leaves: tuple[Leaf, ...] = ()
        self._index = 0
        self._zoom = 1.0
        self._wide = False
        """Whether the page is as wide as the window, however wide that is."""
        self._hits: dict[int, list[Hit]] = {}
        self._here: Hit | None = None
        self._image: QImage | None = None
        self._shown: tuple[Path, int, int] | None = None
        self._asked: tuple[Path, int, int] | None = None
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self._draw)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Page"))

    @property
    def index(self) -> int:
        """The page that is shown, from 0."""
        return self._index

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._leaves)

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """All pages that can be shown."""
        return self._leaves

    @property
    def image(self) -> QImage | None:
        """What is shown now."""
        return self._image

    @property
    def at_rest(self) -> bool:
        """Whether the page is drawn as large as it is shown."""
        return self._image is not None and self._asked is None and not self._settle.isActive()

    def show_leaves(self, leaves: tuple[Leaf, ...]) -> None:
        """Show other pages, beginning with the number that was shown if there are so many."""
        self._leaves = leaves
        self.mark((), None)
        self.turn_to(min(self._index, len(leaves) - 1), stay=True)

    def mark(self, hits: Sequence[Hit], here: Hit | None) -> None:
        """Mark words that were found, ``here`` more than the others."""
        self._hits = {}
        for hit in hits:
            self._hits.setdefault(hit.leaf, []).append(hit)
        self._here = here
        self.viewport().update()

    def show_hit(self, hit: Hit) -> None:
        """Turn to what was found, and scroll until it is seen."""
        if hit.leaf != self._index:
            self.turn_to(hit.leaf)
        if hit.places:
            self._bring_into_sight(hit.places[0])

    def clear(self) -> None:
        """Show nothing."""
        self._leaves, self._index = (), 0
        self._image = self._shown = None
        self.page_changed.emit(0, 0)
        self._lay_out()
        self.viewport().update()

    def turn_to(self, index: int, *, stay: bool = False) -> None:
        """Show the page ``index``, counted from 0, from its top; beyond the ends nothing happens.

        ``stay`` leaves it scrolled as it is.
        """
        if not 0 <= index < len(self._leaves):
            return
        self._index = index
        if not stay:
            self.verticalScrollBar().setValue(0)
        self.page_changed.emit(index + 1, len(self._leaves))
        self.setAccessibleDescription(
            _("Page {page} of {pages}").format(page=index + 1, pages=len(self._leaves))
        )
        self._lay_out()
        self._draw()

    @Slot()
    def next_page(self) -> None:
        """Show the following page."""
        self.turn_to(self._index + 1)

    @Slot()
    def previous_page(self) -> None:
        """Show the page before."""
        self.turn_to(self._index - 1)

    @Slot()
    def zoom_in(self) -> None:
        """Show the page larger."""
        self._set_zoom(self._zoom * _STEP)

    @Slot()
    def zoom_out(self) -> None:
        """Show the page smaller, at the smallest fitted to the window."""
        self._set_zoom(self._zoom / _STEP)

    @Slot()
    def fit(self) -> None:
        """Show the whole page."""
        self._set_zoom(1.0)

    @Slot()
    def fit_width(self) -> None:
        """Show the page as wide as the window, also when that becomes wider."""
        self._set_zoom(self._zoom_to_width())
        self._wide = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn and zoom by keys; the page keys turn only at the end of what can be scrolled."""
        bar = self.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_PageDown if bar.value() >= bar.maximum():
                self.next_page()
            case Qt.Key.Key_PageUp if bar.value() <= bar.minimum():
                self.previous_page()
            case Qt.Key.Key_PageDown:
                bar.triggerAction(bar.SliderAction.SliderPageStepAdd)
            case Qt.Key.Key_PageUp:
                bar.triggerAction(bar.SliderAction.SliderPageStepSub)
            case Qt.Key.Key_Home:
                self.turn_to(0)
            case Qt.Key.Key_End:
                self.turn_to(len(self._leaves) - 1)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_in()
            case Qt.Key.Key_Minus:
                self.zoom_out()
            case Qt.Key.Key_0:
                self.fit()
            case Qt.Key.Key_W:
                self.fit_width()
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls; with Ctrl it zooms; at the end of the page it turns to the next."""
        steps = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._set_zoom(self._zoom * (_STEP if steps > 0 else 1 / _STEP))
            return
        bar = self.verticalScrollBar()
        if steps < 0 and bar.value() >= bar.maximum():
            self.next_page()
        elif steps > 0 and bar.value() <= bar.minimum():
            self.previous_page()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page to the new size."""
        super().resizeEvent(event)
        if self._wide:
            self._zoom = self._zoom_to_width()
        self._lay_out()
        self._settle.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page as paper on the window's ground."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme().colour("window"))
        if self._image is None or not self._leaves:
            return
        where = self._paper()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(where, QColor("white"))
        painter.drawImage(where, self._image)
        painter.setPen(theme().colour("field_line"))
        painter.drawRect(where.adjusted(-1, -1, 0, 0))
        for hit in self._hits.get(self._index, ()):
            colour = QColor(theme().colour("accent"))
            colour.setAlpha(_MARK_HERE if hit is self._here else _MARK)
            for place in hit.places:
                painter.fillRect(self._on_screen(place), colour)

    def _on_screen(self, place: QRectF) -> QRectF:
        """Where something of the page is seen."""
        paper = self._paper()
        scale = paper.width() / self._leaves[self._index].size[0]
        return QRectF(
            paper.x() + place.x() * scale,
            paper.y() + place.y() * scale,
            place.width() * scale,
            place.height() * scale,
        )

    def _bring_into_sight(self, place: QRectF) -> None:
        seen = self._on_screen(place)
        room = self.viewport().rect().adjusted(GAP, GAP, -GAP, -GAP)
        if room.contains(seen.toRect()):
            return
        for bar, middle, half in (
            (self.horizontalScrollBar(), seen.center().x(), room.width() / 2),
            (self.verticalScrollBar(), seen.center().y(), room.height() / 2),
        ):
            bar.setValue(round(bar.value() + middle - half))
        self.viewport().update()

    def _zoom_to_width(self) -> float:
        """How much larger than fitted a page as wide as the window is."""
        if not self._leaves:
            return self._zoom
        width, height = self._leaves[self._index].size
        room = self.viewport().size() - QSize(2 * GAP, 2 * GAP)
        # the bar at the side takes its room as soon as the page is higher than the window
        bar = self.verticalScrollBar().sizeHint().width() if not self.verticalScrollBar().isVisible() else 0
        fitted = max(min(room.width() / width, room.height() / height), 0.05)
        return min(max((room.width() - bar) / width / fitted, 1.0), _LARGEST)

    def _set_zoom(self, zoom: float) -> None:
        before, self._zoom = self._zoom, min(max(zoom, 1.0), _LARGEST)
        self._wide = False
        bars = (self.horizontalScrollBar(), self.verticalScrollBar())
        middles = [(bar.value() + bar.pageStep() / 2) * self._zoom / before for bar in bars]
        self.zoomed.emit(self._zoom)
        self._lay_out()
        for bar, middle in zip(bars, middles, strict=True):  # what was in the middle stays there
            bar.setValue(round(middle - bar.pageStep() / 2))
        self._settle.start()

    def _size(self) -> QSize:
        """How large the page is on the screen."""
        if not self._leaves:
            return QSize()
        width, height = self._leaves[self._index].size
        room = self.viewport().size() - QSize(2 * GAP, 2 * GAP)
        factor = max(min(room.width() / width, room.height() / height), 0.05) * self._zoom
        return QSize(round(width * factor), round(height * factor))

    def _paper(self) -> QRect:
        size, room = self._size(), self.viewport().size()
        left = max((room.width() - size.width()) // 2, GAP) - self.horizontalScrollBar().value()
        top = max((room.height() - size.height()) // 2, GAP) - self.verticalScrollBar().value()
        return QRect(left, top, size.width(), size.height())

    def _lay_out(self) -> None:
        size, room = self._size() + QSize(2 * GAP, 2 * GAP), self.viewport().size()
        for bar, need, have in (
            (self.horizontalScrollBar(), size.width(), room.width()),
            (self.verticalScrollBar(), size.height(), room.height()),
        ):
            bar.setPageStep(have)
            bar.setSingleStep(have // 10)
            bar.setRange(0, max(need - have, 0))
        self.viewport().update()

    @Slot()
    def _draw(self) -> None:
        """Have the page drawn as large as it is shown; one drawing is under way at a time."""
        if not self._leaves:
            return
        leaf = self._leaves[self._index]
        wanted = (leaf.path, leaf.index, round(self._size().width() * self.devicePixelRatioF()))
        if self._asked is not None or wanted == self._shown or wanted[2] < 1:
            return
        self._asked = wanted
        errand = self._hand.do(pages.picture, *wanted)
        errand.done.connect(self._drawn)
        errand.failed.connect(self._not_drawn)

    @Slot(object)
    def _drawn(self, picture: pages.Picture) -> None:
        asked, self._asked = self._asked, None
        if self._leaves and (picture.path, picture.index) == self._leaf():
            self._image, self._shown = picture.image, asked
            self.viewport().update()
        self._draw()

    @Slot(object)
    def _not_drawn(self, error: Exception) -> None:
        asked, self._asked = self._asked, None
        if asked is not None and self._leaves and asked[:2] == self._leaf():
            raise error  # a file that was just made cannot be read: a bug, for the guarded hook
        self._draw()

    def _leaf(self) -> tuple[Path, int]:
        leaf = self._leaves[self._index]
        return leaf.path, leaf.index
