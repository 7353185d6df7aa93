"""The table of all forms. A form's module is imported when somebody asks for it."""

from __future__ import annotations

import importlib
from typing import Any

from reception.wording import NP_

TITLES = {
    "daily_sheet": NP_("paper", "Daily reception register"),
    "case_trail": NP_("paper", "Trail of a matter"),
    "roll_call": NP_("paper", "Roll-call of visitors"),
    "visitor_register": NP_("paper", "Visitor register"),
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
