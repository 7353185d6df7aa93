"""Below the results of Find: a line for each kind of record that fits and is no entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from reception.facts.awaited import Expected
from reception.facts.lending import Loan
from reception.facts.office import ExpectedStatus, LoanStatus, ParcelStatus
from reception.facts.others import Others
from reception.facts.papers_in import ParcelRow
from ui import words
from ui.lists import Line
from ui.widgets.buttons import Button
from ui.wording import _

_SHOWN = 3
"""So many of each kind are named."""


class _Fitting(Button):
    """One line: what does not fit is cut at its end; Up and Down go to the next one."""

    left_by = Signal(int)
    """Up (-1) or Down (1) was pressed in it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._whole = ""
        self.line: Line | None = None
        self.setFlat(True)
        self.setStyleSheet("text-align: left; padding: 2px 6px")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    def tell(self, line: Line, told: str) -> None:
        """Show ``told``; pressing leads to ``line``."""
        self.line, self._whole = line, told
        self.setAccessibleName(told)
        self.setToolTip(told)
        self._fit()
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut it anew."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down leave it, everything else is a button's."""
        match event.key():
            case Qt.Key.Key_Up:
                self.left_by.emit(-1)
            case Qt.Key.Key_Down:
                self.left_by.emit(1)
            case _:
                super().keyPressEvent(event)

    def _fit(self) -> None:
        room = max(0, self.width() - 2 * self.fontMetrics().averageCharWidth())
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))


class OtherLines(QWidget):
    """Expected visitors, things lent, parcels; nothing is seen where nothing fits."""

    wanted = Signal(object)
    """``Line``: the room and the line in it that are asked for."""
    left_upward = Signal()
    """Up was pressed in the first line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = tuple(_Fitting(self) for _at in range(3))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for at, one in enumerate(self.lines):
            column.addWidget(one)
            one.clicked.connect(self._press)
            one.left_by.connect(self._leave)
            one.setObjectName(("expected", "loans", "parcels")[at])
        titles = (_("Expected visitors"), _("Things lent"), _("Parcels and letters for staff"))
        for one, title in zip(self.lines, titles, strict=True):
            one.setAccessibleName(title)
        self.hide()

    def tell(self, others: Others, zone: ZoneInfo) -> None:
        """Show what fits."""
        now = dt.datetime.now(zone)
        kinds = (
            (_("Expected visitors"), others.expected_count, _of_expected(others.expected, zone, now)),
            (_("Things lent"), others.loan_count, _of_loans(others.loans, zone, now)),
            (_("Parcels and letters for staff"), others.parcel_count, _of_parcels(others.parcels, zone, now)),
        )
        left = next((one for one in self.lines if one.hasFocus()), None)
        for one, (title, count, told) in zip(self.lines, kinds, strict=True):
            if not told:
                one.hide()
                continue
            each = _("; ").join(text for _line, text in told[:_SHOWN])
            more = " …" if count > _SHOWN else ""
            one.tell(told[0][0], _("{kind} {n}: {lines}").format(kind=title, n=count, lines=each + more))
        self.setVisible(bool(others))
        if left is not None and left not in self._shown():
            self.left_upward.emit()  # what had the keyboard is not there any more

    def enter(self) -> bool:
        """Give the first line the keyboard; False: there is none."""
        shown = self._shown()
        if shown:
            shown[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return bool(shown)

    def _shown(self) -> list[_Fitting]:
        return [one for one in self.lines if not one.isHidden()] if not self.isHidden() else []

    def _press(self) -> None:
        one = self.sender()
        if isinstance(one, _Fitting) and one.line is not None:
            self.wanted.emit(one.line)

    def _leave(self, step: int) -> None:
        shown, one = self._shown(), self.sender()
        at = (shown.index(one) if isinstance(one, _Fitting) and one in shown else 0) + step
        if at < 0:
            self.left_upward.emit()
        elif at < len(shown):
            shown[at].setFocus(Qt.FocusReason.ShortcutFocusReason)


_Told = list[tuple[Line, str]]


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _of_expected(found: Sequence[Expected], zone: ZoneInfo, now: dt.datetime) -> _Told:
    told = []
    for one in found:
        day = one.at.astimezone(zone).date()
        left = day < now.date() and one.status is ExpectedStatus.EXPECTED
        which = "today" if left or day == now.date() else "coming" if day > now.date() else "past"
        who = one.name or one.organisation or one.subject or one.phone
        told.append((Line("expected", one.id, which), _joined(who, words.when(one.at, zone, now.date()))))
    return told


def _of_loans(found: Sequence[Loan], zone: ZoneInfo, now: dt.datetime) -> _Told:
    return [
        (
            Line("loans", one.id, "out" if one.status is LoanStatus.OUT else "all"),
            _joined(one.thing, one.whom, words.when(one.lent_at, zone, now.date())),
        )
        for one in found
    ]


def _of_parcels(found: Sequence[ParcelRow], zone: ZoneInfo, now: dt.datetime) -> _Told:
    return [
        (
            Line("parcels", one.id, "here" if one.status is ParcelStatus.HERE else "all"),
            _joined(
                one.whom or one.department_name, one.tracking, words.when(one.received_at, zone, now.date())
            ),
        )
        for one in found
    ]
