"""What was perhaps typed into the wrong field: asked about once, never refused."""

from __future__ import annotations

from PySide6.QtCore import Qt

from reception.text import phone_digits
from ui.today.fields import TextBox
from ui.wording import _

_NUMBER = 7
"""So many digits are no name."""


def ask(phone: TextBox, name: TextBox, key: str) -> bool:
    """Say it beside the fields, and ``key`` that keeps it; False where all was said before."""
    found = False
    if phone.raw.strip() and not phone_digits(phone.raw) and not phone.wrong:
        phone.say(_("There is no digit in this. {key} again keeps it.").format(key=key), role="care")
        found = True
    if len(phone_digits(name.raw)) >= _NUMBER and not name.wrong:
        words = _("Is this a telephone number? {key} again keeps it.").format(key=key)
        name.say(words, role="care")
        found = True
    if found:
        (phone if phone.wrong else name).setFocus(Qt.FocusReason.OtherFocusReason)
    return found
