"""From one entry to its record on paper, which each kind has of its own, and what may go along."""

from __future__ import annotations

from reception.facts import Kind
from ui.sheet.wanted import Wanted

_FORMS = {
    Kind.VISIT: "visit_record",
    Kind.DOCUMENT: "handling_slip",
    Kind.MEETING: "meeting_notice",
    Kind.URGENT: "event_report",
}


def wanted(number: str, kind: Kind) -> tuple[Wanted, ...]:
    """The record of an entry; its trail is offered beside it, and is the record of a job."""
    if kind is Kind.JOB:
        return (Wanted("case_trail", {"number": number}),)
    form = _FORMS.get(kind, "phone_record")
    return Wanted(form, {"number": number}), Wanted("case_trail", {"number": number}, chosen=False)
