"""From one entry to its record on paper: that of a visit or of a call, and what may go along."""

from __future__ import annotations

from reception.facts import Kind
from ui.sheet.wanted import Wanted


def wanted(number: str, kind: Kind) -> tuple[Wanted, ...]:
    """The record of an entry; its trail is offered beside it."""
    form = "visit_record" if kind is Kind.VISIT else "phone_record"
    return Wanted(form, {"number": number}), Wanted("case_trail", {"number": number}, chosen=False)
