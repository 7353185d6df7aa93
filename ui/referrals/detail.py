"""What is known of one part of a referral, in the order in which the clerk needs it on the phone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from reception.facts import DepartmentFact, PartView, ReferralStatus, TodoRow, Urgency
from reception.words import OUTCOMES, small
from ui import labels, words
from ui.referrals.case import Case
from ui.theme import GAP
from ui.widgets.facts_card import FactsCard
from ui.widgets.scrolled import Scrolled
from ui.wording import _


class PartDetail(Scrolled):
    """Shows one `Case`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        card = QWidget()
        super().__init__(card, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrow keys scroll it
        self.setAccessibleName(_("What is known of it"))
        self.setProperty("role", "read")
        self._head = QLabel(card)
        self._head.setProperty("role", "title")
        self._head.setTextFormat(Qt.TextFormat.PlainText)
        self._head.setWordWrap(True)
        self.late = QLabel(card)
        self.late.setProperty("role", "wrong")
        self.late.setTextFormat(Qt.TextFormat.PlainText)
        self.late.setWordWrap(True)
        self.facts = FactsCard(
            {
                "status": _("Status"),
                "due": _("Due"),
                "owed": _("Before it is closed"),
                "asked": _("Asks for more time"),
                "department": _("Department"),
                "call": _("Room and phone"),
                "officers": _("Officers"),
                "taken": _("Whom it went to"),
                "person": _("Name"),
                "phone": _("Phone"),
                "organisation": _("Organisation or address"),
                "sender_number": _("Document number"),
                "subject": _("Matter"),
                "request": _("Request"),
                "papers": _("Papers handed in"),
                "urgency": _("Urgency"),
                "slip": _("Slip"),
                "instruction": _("Instruction"),
                "leader": _("Leader"),
                "reminders": _("Reminded"),
                "sent": _("Sent"),
                "told": _("Told by phone"),
                "received": _("Received"),
                "answered": _("Answered"),
                "answer": _("Answer"),
                "contacted": _("Person contacted"),
                "returned": _("Returned"),
                "reason": _("Reason"),
            },
            card,
        )
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, GAP, 0)
        for widget in (self._head, self.late, self.facts):
            column.addWidget(widget)
        column.addStretch(1)
        self.late.hide()

    def show_case(
        self,
        case: Case | None,
        department: DepartmentFact | None,
        zone: ZoneInfo,
        more: Mapping[str, str] | None = None,
    ) -> None:
        """Show ``case``; ``department`` is the catalogue's, with room and phone.

        ``more`` is what is known besides: officers, organisation, request, papers.
        """
        self._head.setText(case.name if case is not None else "")
        days = case.todo.overdue_days if case is not None else 0
        self.late.setText(_("Overdue by {n} working days").format(n=days))
        self.late.setVisible(bool(days))
        if case is None:
            self.facts.show_values({})
            return
        values = _who(case.todo) if case.row is None else {**_matter(case), **_course(case, zone)}
        if department is not None:
            values["call"] = " · ".join(filter(None, (department.room, department.phone)))
        self.facts.show_values({**values, **(more or {})})


def _who(row: TodoRow) -> dict[str, str]:
    return {
        "person": labels.veiled(row.person) if row.identity_protected else row.person,
        "phone": "" if row.identity_protected else row.phone,
        "subject": row.text,
    }


def _matter(case: Case) -> dict[str, str]:
    row = case.row
    assert row is not None
    status = _(words.PARTS[row.part.status])
    if row.referral_status is not ReferralStatus.OPEN:
        status = f"{status} · {_(words.REFERRALS[row.referral_status])}"
    subject = " · ".join(filter(None, (row.matter, row.subject if row.subject != row.matter else "")))
    return {
        **_who(case.todo),
        "status": status,
        "department": _("{name} ({role})").format(
            name=row.part.department_name, role=_(words.ROLES[row.part.role])
        ),
        "taken": _taken(row.part),
        "subject": subject,
        "urgency": "" if row.urgency is Urgency.NORMAL else _(words.URGENCIES[row.urgency]),
        "slip": row.slip,
        "instruction": row.instruction,
        "leader": row.leader,
        "owed": _owed(case),
    }


def _taken(part: PartView) -> str:
    """Only what is out of the ordinary is told: who else stood in."""
    if part.on_behalf:
        return _("Both officers were away: taken by the desk on their behalf")
    return _("{name} (B, stood in for A)").format(name=part.officer) if part.stood_in else ""


def _owed(case: Case) -> str:
    if not case.ended:
        return ""
    owed = []
    if case.leader_owed:
        owed.append(_("the leader has to see it"))
    if case.call_owed:
        owed.append(_("the person has to be called back"))
    return " · ".join(owed)


def _course(case: Case, zone: ZoneInfo) -> dict[str, str]:
    row = case.row
    assert row is not None
    part = row.part
    return {
        "due": words.due(row, zone, whole=True),
        "asked": row.asked,
        "reminders": _("{n} times").format(n=row.reminders) if row.reminders else "",
        "sent": _stamped(part.sent_at, "", zone),
        "told": _stamped(part.told_at, part.told_whom, zone),
        "received": _stamped(part.received_at, part.received_by, zone),
        "answered": _stamped(part.answered_at, _outcome(part), zone),
        "answer": part.answer,
        "contacted": _contacted(part, zone),
        "returned": _stamped(part.returned_at, _passed(part), zone),
        "reason": part.return_reason,
    }


def _outcome(part: PartView) -> str:
    if part.outcome is None:
        return ""
    words_of = [small(_(OUTCOMES[part.outcome]))]
    if part.case_number:
        words_of.append(_("case number {number}").format(number=part.case_number))
    return " · ".join(words_of)


def _passed(part: PartView) -> str:
    return _("passed on to {code}").format(code=part.passed_to) if part.passed_to else ""


def _contacted(part: PartView, zone: ZoneInfo) -> str:
    if part.contacted is None:
        return ""
    if not part.contacted:
        return _("No")
    return _stamped(part.contacted_at, part.contacted_how, zone) or _("Yes")


def _stamped(at: dt.datetime | None, who: str, zone: ZoneInfo) -> str:
    return " · ".join(filter(None, (words.when(at, zone) if at is not None else "", who)))
