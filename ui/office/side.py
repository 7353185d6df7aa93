"""The right side of a room: what is known of a line, its course, the steps, and what leads elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import actions, icons
from ui.office.panel import RoomPanel
from ui.referrals.timeline import Timeline
from ui.theme import GAP, GAP_SMALL
from ui.widgets.buttons import Button
from ui.widgets.facts_card import FactsCard
from ui.widgets.scrolled import Scrolled
from ui.wording import _
from ui.work import Lanes


class Side(QFrame):
    """Shows one line.

    Args:
        lanes: the way to the register.
        labels: name and word (translated) of the facts, in their order.
        between: what stands between the facts and the course.
        panel: the steps.
        parent: the room.
    """

    def __init__(
        self,
        lanes: Lanes,
        labels: Mapping[str, str],
        between: Sequence[QWidget],
        panel: RoomPanel,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._between, self._panel = tuple(between), panel
        card = QWidget()
        self.title = QLabel(card)
        self.title.setProperty("role", "title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.detail = Scrolled(card, self)
        self.detail.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrow keys scroll it
        self.detail.setAccessibleName(_("What is known of it"))
        self.detail.setProperty("role", "read")
        self.facts = FactsCard(dict(labels), card)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(0, 0, GAP, 0)
        inner.addWidget(self.title)
        inner.addWidget(self.facts)
        inner.addStretch(1)
        self.timeline = Timeline(lanes, self)
        self.open = Button(_("Open the entry  Enter"), self)
        self.paper = Button(_("Print  Ctrl+P"), self)
        actions.tip(self.open, "office.open")
        actions.tip(self.paper, "office.paper")
        icons.dress(self.paper, "printer")
        self._below = QWidget(self)
        below = QHBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(GAP_SMALL)
        below.addWidget(self.open, 1)
        below.addWidget(self.paper, 1)
        self._below_row = below
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(GAP, GAP, GAP, GAP)
        self._column.addWidget(self.detail, 3)
        for part in self._between:
            self._column.addWidget(part, 4)
        self._column.addWidget(self.timeline, 2)
        self._column.addWidget(panel)
        self._column.addWidget(self._below)

    def add_below(self, widget: QWidget) -> None:
        """What else leads elsewhere, behind the entry and the paper."""
        self._below_row.addWidget(widget, 2)

    def favour_facts(self) -> None:
        """What is known of a line is longer than its course."""
        self._column.setStretchFactor(self.timeline, 1)

    def give_room(self, *, asking: bool, wide: bool, course: bool) -> None:
        """While much is asked (``wide``) the form has all the room; ``course``: that of a line is shown.

        While anything is asked, what stands between has the room of the facts, the question that of steps.
        """
        close = wide or (asking and bool(self._between))
        for widget in (self.detail, self._panel.bar, self._below):
            widget.setVisible(not close)
        for widget in self._between:
            widget.setVisible(not wide)
        self.timeline.setVisible(course)
        self._column.setStretchFactor(self._panel, 1 if wide else 0)
