"""The next steps of an entry that is shown, each a button with a key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from reception.facts import CONTACTS, EntryStatus, EntryView, Kind, PartStatus, Role
from ui import actions, icons
from ui.widgets.buttons import Button
from ui.widgets.flow import FlowLayout
from ui.wording import _


class EntrySteps(QWidget):
    """Went in, left, refer again, void, notice, and on paper pass, record and trail: what makes sense."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seen = step_button(_("Went in"), "check", "entry.seen")
        self.left = step_button(_("Left"), "log-out", "entry.left")
        self.again = step_button(_("Refer again"), "send", "entry.again")
        self.void = step_button(_("Void …"), "ban", "entry.void")
        self.notice = step_button(_("One-time notice"), "list-checks", "entry.notice")
        self.badge = step_button(_("Visitor pass"), "user-round", "entry.pass")
        self.record = step_button(_("Print the record"), "printer", "entry.record")
        self.trail = step_button(_("Print the trail"), "printer", "entry.trail")
        row = FlowLayout(self)
        self.buttons = (
            self.seen,
            self.left,
            self.again,
            self.void,
            self.notice,
            self.badge,
            self.record,
            self.trail,
        )
        for button in self.buttons:
            row.addWidget(button)

    def offer(self, view: EntryView) -> None:
        """Show and enable what makes sense now."""
        row = view.row
        void, visit = row.status is EntryStatus.VOID, row.kind is Kind.VISIT
        waits = row.waiting_since is not None and row.seen_at is None
        self.seen.setVisible(visit and waits)
        self.seen.setEnabled(not void and row.left_at is None)
        self.left.setVisible(visit)
        self.left.setEnabled(not void and row.left_at is None)
        self.void.setEnabled(not void)
        self.notice.setVisible(row.kind in CONTACTS)
        self.notice.setEnabled(not void)
        self.badge.setVisible(visit)
        self.badge.setEnabled(not void)
        last = view.referrals[-1] if view.referrals else None
        came_back = last is not None and any(
            part.role is Role.LEAD and part.status is PartStatus.RETURNED for part in last.parts
        )
        self.again.setVisible(last is not None)
        self.again.setEnabled(not void and (came_back or (last is not None and last.closed_at is not None)))


def step_button(text: str, icon: str, key: str, tone: str = "text") -> Button:
    """A button that a key presses."""
    button = Button(text)
    button.setAutoDefault(False)
    icons.dress(button, icon, tone)
    actions.press(button, key)
    return button


def plain_label(role: str) -> QLabel:
    """A label of several lines that shows what was typed as it was typed."""
    label = QLabel()
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def plain_button(text: str, icon: str = "", tone: str = "text", *, key: str = "") -> Button:
    """A button that is pressed where it has the keyboard; ``key`` is handled elsewhere and only told."""
    button = Button(text)
    button.setAutoDefault(False)
    if icon:
        icons.dress(button, icon, tone)
    if key:
        actions.tip(button, key)
    return button
