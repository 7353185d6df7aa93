"""What a form is shown with while its look is chosen."""

from __future__ import annotations

from reception.desk import Desk
from reception.paper import forms, sampling


def test_every_form_can_be_shown_or_says_that_there_is_nothing_yet(desk: Desk) -> None:
    shown = {name for name in forms.NAMES if desk.ask(sampling.sample, name, {}) is not None}
    assert {"daily_sheet", "visitor_register", "ledger", "director_page", "bulletin", "roll_call"} <= shown
