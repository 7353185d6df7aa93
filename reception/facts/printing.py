"""What a print says of itself."""

from __future__ import annotations

import datetime as dt

from reception.shapes import dataclass


@dataclass(frozen=True, slots=True)
class Stamp:
    """What one print, or a preview of it, bears beside what is printed.

    ``made_at`` is an aware instant. ``count`` is 1 for the first print of a form and what it is of, more for
    each that follows. ``code`` (empty in a preview) is what the print is found by again, ``head`` the last
    digits of the journal's head after the print's own line. ``corrected`` names the lines that differ from
    those of the print before. ``restored`` is the tag of the restore since which prints of it are counted,
    where there may be prints that the backup did not know; "" elsewhere.
    """

    made_at: dt.datetime
    made_by: str = ""
    preview: bool = False
    count: int = 1
    code: str = ""
    head: str = ""
    corrected: frozenset[str] = frozenset()
    restored: str = ""
