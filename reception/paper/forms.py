"""The table of all forms. A form's module is imported when somebody asks for it."""

from __future__ import annotations

import importlib
from typing import Any

from reception.wording import NP_

TITLES = {
    "director_page": NP_("paper", "Director's page"),
    "bulletin": NP_("paper", "Bulletin of the departments"),
    "daily_sheet": NP_("paper", "Daily reception register"),
    "case_trail": NP_("paper", "Trail of a matter"),
    "roll_call": NP_("paper", "Roll-call of visitors"),
    "visitor_register": NP_("paper", "Visitor register"),
    "visit_record": NP_("paper", "Record of a visit"),
    "phone_record": NP_("paper", "Record of a call"),
    "handover": NP_("paper", "Handover of a shift"),
    "referral_slip": NP_("paper", "Referral slip"),
    "reminder_slip": NP_("paper", "Reminder slip"),
    "notice": NP_("paper", "One-time notice"),
    "visitor_pass": NP_("paper", "Visitor pass"),
    "document_register": NP_("paper", "Register of papers received"),
    "handling_slip": NP_("paper", "Handling slip of a paper"),
    "meeting_notice": NP_("paper", "Meeting notice by phone"),
    "sign_in": NP_("paper", "Sign-in sheet"),
    "event_report": NP_("paper", "Report of an urgent event"),
    "ledger": NP_("paper", "Ledger of the year"),
}
"""Every form by its name, which is that of its module, with its title (a message of the context "paper")."""
NAMES = tuple(TITLES)


def get(name: str) -> Any:
    """The module of a form: ``FORM``, ``collect``, ``subject``, ``lines``, ``dress``, ``story``.

    Raises:
        KeyError: there is no such form.
    """
    if name not in TITLES:
        raise KeyError(name)
    return importlib.import_module(f"reception.paper.{name}")
