"""One line on Today: a shift that nobody has accepted, what is pinned, who is on duty."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from reception.facts import Change, Duty
from reception.facts.shifts import LeftBehind
from ui import actions, icons, labels
from ui.changes import concerns
from ui.theme import GAP, GAP_SMALL, theme
from ui.widgets.buttons import Button
from ui.widgets.yielding import ElidedLabel
from ui.wording import _, ngettext
from ui.words import when
from ui.work import Lanes

_KINDS = ("handover", "pinned_note", "duty", "setting")


class ShiftStrip(QFrame):
    """Hidden while there is nothing to know; asks the register when it is made and when something changes."""

    wanted = Signal()
    """The page of the shift is wanted."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._left = LeftBehind()
        self._duty = Duty(0)
        self._picture = QLabel(self)
        self.words = ElidedLabel(self)
        self.open = Button(_("Shift  Shift+F8"), self)
        actions.tip(self.open, "shift")
        self.open.clicked.connect(self.wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        row.addWidget(self._picture)
        row.addWidget(self.words, 1)
        row.addWidget(self.open)
        self.hide()
        theme().changed.connect(self._tell)

    def look(self) -> None:
        """Ask what there is to know."""
        catalogue = self._lanes.catalogue
        if catalogue is None:
            return
        self._lanes.read("today.shift", "shifts.left_behind").done.connect(self._on_left)
        if dict(catalogue.site.values).get("on_duty") == "yes":
            day = labels.today(catalogue.site.zone)
            self._lanes.read("today.duty", "duties.of", day).done.connect(self._on_duty)
        else:
            self._duty = Duty(0)

    def changed(self, changes: tuple[Change, ...]) -> None:
        """Something was handed over, accepted, pinned or taken down."""
        if concerns(changes, *_KINDS):
            self.look()

    @property
    def said(self) -> str:
        """What the line tells, "" while it is hidden."""
        return "" if self.isHidden() else self.words.said

    @Slot(object)
    def _on_left(self, left: LeftBehind) -> None:
        self._left = left
        self._tell()

    @Slot(object)
    def _on_duty(self, duty: Duty) -> None:
        self._duty = duty
        self._tell()

    @Slot()
    def _tell(self) -> None:
        words = [*self._handed_over(), *self._pinned(), *self._on_duty_today()]
        handed = bool(self._handed_over())
        self.setProperty("role", "care" if handed else "card")
        self.style().unpolish(self)
        self.style().polish(self)
        self._picture.setPixmap(icons.pixmap("circle-alert" if handed else "info", "care"))
        self.words.say(" · ".join(words))
        self.setVisible(bool(words))

    def _handed_over(self) -> list[str]:
        one = self._left.unaccepted
        catalogue = self._lanes.catalogue
        if one is None or catalogue is None:
            return []
        zone = labels.zone(catalogue.site.zone)
        time = when(one.at, zone, dt.datetime.now(zone).date())
        told = _("Handed over by {giver} at {time}: {count} to be done then")
        return [
            told.format(giver=one.giver, time=time, count=one.open_items),
            _("Nobody has accepted it yet."),
        ]

    def _pinned(self) -> list[str]:
        pins = self._left.pins
        if not pins:
            return []
        words = ngettext("{n} note pinned: {text}", "{n} notes pinned: {text}", len(pins))
        return [words.format(n=len(pins), text="；".join(pin.text for pin in pins))]

    def _on_duty_today(self) -> list[str]:
        duty = self._duty
        told = (
            (_("Duty officer"), duty.officer),
            (_("Leader on duty"), duty.leader),
            (_("Weather"), duty.weather),
        )
        return [_("{name}: {value}").format(name=name, value=value) for name, value in told if value]
