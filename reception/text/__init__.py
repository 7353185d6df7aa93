"""What people type and paste, made fit to keep, to compare and to show.

Pure functions over ``str``, standard library only. Every one is idempotent, counts in code points and never
raises on odd input: text is warned about, never refused, except for its length (``LONG``, ``SHORT``), which
the verbs check.
"""

from __future__ import annotations

from reception.text.cleaning import LONG, SHORT, clean_line, clean_name, clean_text, length, private_use
from reception.text.documents import fold_code, id_number_warning, lost_digits, mask_document
from reception.text.matching import fold, matches
from reception.text.phones import clean_phone, number_meant, phone_digits, phone_numbers

__all__ = [
    "LONG",
    "SHORT",
    "clean_line",
    "clean_name",
    "clean_phone",
    "clean_text",
    "fold",
    "fold_code",
    "id_number_warning",
    "length",
    "lost_digits",
    "mask_document",
    "matches",
    "number_meant",
    "phone_digits",
    "phone_numbers",
    "private_use",
]
