"""The last known list of who is here, on the disk of this user: it can be read when the register cannot.

Names lie in it, so the file is the user's alone. One file for each register; whichever window knew last wrote
it last.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import logging
import os
from pathlib import Path
from typing import Any

from reception.facts import RollCall, Visitor

_FORMAT = 1
_INSTANTS = ("received_at", "waiting_since", "seen_at")
_log = logging.getLogger(__name__)


def path_of(folder: Path, place: str) -> Path:
    """The file of the register at ``place``; where that is cannot be read off the name."""
    import hashlib  # opens OpenSSL: not before the first paint

    return folder / f"{hashlib.sha256(place.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}.json"


Written = dict[int, tuple[Visitor, str]]
"""What was written of each visitor, by their entry: most of them are the same the next time."""


def save(path: Path, known: RollCall, written: Written | None = None) -> None:
    """Write the list so that a power cut leaves the old one or the new one. Raises OSError.

    ``written`` is filled, and spares the work for whoever is the same as before.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    rows = _rows(known.visitors, {} if written is None else written)
    head = {"site": known.site, "zone": known.zone, "as_of": known.as_of, "live": known.live}
    text = json.dumps({**head, "format": _FORMAT}, ensure_ascii=False, default=dt.datetime.isoformat)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f'{text[:-1]}, "visitors": [{", ".join(rows)}]}}')
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _rows(visitors: tuple[Visitor, ...], written: Written) -> list[str]:
    rows = []
    for one in visitors:
        before = written.get(one.entry_id)
        if before is None or (before[0] is not one and before[0] != one):
            values = {field.name: getattr(one, field.name) for field in dataclasses.fields(one)}
            text = json.dumps(values, ensure_ascii=False, default=dt.datetime.isoformat)
        else:
            text = before[1]
        written[one.entry_id] = one, text
        rows.append(text)
    for entry_id in written.keys() - {one.entry_id for one in visitors}:
        del written[entry_id]
    return rows


def load(path: Path) -> RollCall | None:
    """The list as it was last known; None where nothing was kept that can be read."""
    try:
        row = json.loads(path.read_text("utf-8"))
        if row.pop("format") != _FORMAT:
            return None
        visitors = tuple(_visitor(one) for one in row.pop("visitors"))
        as_of = dt.datetime.fromisoformat(row.pop("as_of"))
        return RollCall(**{**row, "visitors": visitors, "as_of": as_of, "live": False})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        _log.warning("the list of who was here cannot be read", exc_info=True)
        return None


def _visitor(row: dict[str, Any]) -> Visitor:
    known = {field.name for field in dataclasses.fields(Visitor)}
    found = {name: value for name, value in row.items() if name in known}
    for name in _INSTANTS:
        found[name] = dt.datetime.fromisoformat(found[name]) if found[name] else None
    return Visitor(**found)
