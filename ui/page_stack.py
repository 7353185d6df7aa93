"""Keeps the pages of the window: made when they are first wanted, one of them in front."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from ui.pages import PAGES, Page
from ui.widgets.viewport import own_viewport
from ui.work import Lanes

_LEAST = QSize(480, 240)
"""Pixels that the pages have in the smallest window."""
_SPECS = {spec.name: spec for spec in PAGES}


class PageStack(QStackedWidget):
    """The pages by name."""

    made = Signal(str, object)
    """A page was made: its name and itself. It knows no catalogue yet."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._pages: dict[str, Page] = {}
        self.front = ""
        """The name of the page in front."""
        self.before = ""
        """The name of the listed page that was in front before."""

    def minimumSizeHint(self) -> QSize:
        """What the page in front needs; the others may need more without widening anything."""
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else super().minimumSizeHint()

    def heightForWidth(self, width: int) -> int:
        """The height that the page in front cannot do without, its words wrapped.

        As soon as any page holds words that wrap, the scroll area asks for this and gives no less: Qt would
        answer with the height that the highest of all pages would like.
        """
        least, page = self.minimumSizeHint().height(), self.currentWidget()
        layout = page.layout() if page is not None else None
        return max(least, layout.minimumHeightForWidth(width)) if layout is not None else least

    def __iter__(self) -> Iterator[Page]:
        return iter(tuple(self._pages.values()))

    def page(self, name: str) -> Page:
        """A page, made when it is first wanted."""
        if name not in self._pages:
            page = self._pages[name] = _SPECS[name].make(self._lanes, self)
            self.addWidget(page)
            self.made.emit(name, page)
            if self._lanes.catalogue is not None:
                page.set_catalogue(self._lanes.catalogue)
        return self._pages[name]

    def bring(self, name: str) -> None:
        """Bring a page to the front and let it take the focus."""
        page = self.page(name)
        if self.front and self.front != name and _SPECS[self.front].listed:
            self.before = self.front
        self.front = name
        self.setCurrentWidget(page)
        self.updateGeometry()
        page.activate()


def scrolling(stack: PageStack) -> QScrollArea:
    """A page that needs more room than there is scrolls: the window is never larger than its screen."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setMinimumSize(_LEAST)
    own_viewport(area).setAutoFillBackground(False)
    area.setWidget(stack)
    stack.setAutoFillBackground(False)
    return area
