"""What is known of one part of a referral, in the order in which the clerk needs it on the phone."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from reception.facts import DepartmentFact, ReferralRow, ReferralStatus, Urgency
from ui import labels, words
from ui.theme import GAP
from ui.widgets.facts_card import FactsCard
from ui.widgets.scrolled import Scrolled
from ui.wording import _


class PartDetail(Scrolled):
    """Shows one `ReferralRow`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        card = QWidget()
        super().__init__(card, parent)
        self._head = QLabel(card)
        self._head.setProperty("role", "title")
        self._head.setTextFormat(Qt.TextFormat.PlainText)
        self._head.setWordWrap(True)
        self.facts = FactsCard(
            {
                "status": _("Status"),
                "department": _("Department"),
                "call": _("Room and phone"),
                "officers": _("Officers"),
                "person": _("Name"),
                "phone": _("Phone"),
                "subject": _("Matter"),
                "urgency": _("Urgency"),
                "instruction": _("Instruction"),
                "due": _("Due"),
                "sent": _("Sent"),
                "told": _("Told by phone"),
                "received": _("Received"),
                "answered": _("Answered"),
                "answer": _("Answer"),
                "returned": _("Returned"),
                "reason": _("Reason"),
            },
            card,
        )
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, GAP, 0)
        column.addWidget(self._head)
        column.addWidget(self.facts)
        column.addStretch(1)

    def show_row(self, row: ReferralRow | None, department: DepartmentFact | None, zone: ZoneInfo) -> None:
        """Show ``row``; ``department`` is the catalogue's, with room, phone and officers."""
        if row is None:
            self._head.setText("")
            self.facts.show_values({})
            return
        self._head.setText(row.part.name)
        values = {**_matter(row), **_course(row, zone)}
        if department is not None:
            values["call"] = " · ".join(filter(None, (department.room, department.phone)))
            values["officers"] = " / ".join(filter(None, (department.officer_a, department.officer_b)))
        self.facts.show_values(values)


def _matter(row: ReferralRow) -> dict[str, str]:
    status = _(words.PARTS[row.part.status])
    if row.referral_status is not ReferralStatus.OPEN:
        status = f"{status} · {_(words.REFERRALS[row.referral_status])}"
    subject = " · ".join(filter(None, (row.matter, row.subject if row.subject != row.matter else "")))
    return {
        "status": status,
        "department": _("{name} ({role})").format(
            name=row.part.department_name, role=_(words.ROLES[row.part.role])
        ),
        "person": labels.veiled(row.person) if row.identity_protected else row.person,
        "phone": "" if row.identity_protected else row.phone,
        "subject": subject,
        "urgency": "" if row.urgency is Urgency.NORMAL else _(words.URGENCIES[row.urgency]),
        "instruction": row.instruction,
    }


def _course(row: ReferralRow, zone: ZoneInfo) -> dict[str, str]:
    part = row.part
    return {
        "due": words.due(row, zone, whole=True),
        "sent": _stamped(part.sent_at, "", zone),
        "told": _stamped(part.told_at, part.told_whom, zone),
        "received": _stamped(part.received_at, part.received_by, zone),
        "answered": _stamped(part.answered_at, "", zone),
        "answer": part.answer,
        "returned": _stamped(part.returned_at, "", zone),
        "reason": part.return_reason,
    }


def _stamped(at: dt.datetime | None, who: str, zone: ZoneInfo) -> str:
    return " · ".join(filter(None, (words.when(at, zone) if at is not None else "", who)))
