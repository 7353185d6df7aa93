"""A calendar as another program writes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable


def written(events: Iterable[tuple[str, dt.datetime, str, str, bool]]) -> bytes:
    """The file of a calendar: of each event UID, moment, subject, room, and whether it is called off."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//Calendar//EN"]
    for uid, moment, subject, room, off in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{uid}",
            "DTSTAMP:20261123T010000Z",
            f"DTSTART:{moment:%Y%m%dT%H%M%SZ}",
            f"SUMMARY:{subject}",
            f"LOCATION:{room}",
            f"STATUS:{'CANCELLED' if off else 'CONFIRMED'}",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()
