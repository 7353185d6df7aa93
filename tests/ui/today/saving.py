"""What a save left in the register."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.facts import (
    EntryRow,
    Query,
)
from reception.operations import find


def saved(qtbot: QtBot, desk: Desk, count: int = 1) -> list[EntryRow]:
    """What stands in the register, oldest first, once there are so many entries."""

    def there() -> bool:
        return len(desk.ask(find.entries, Query())) >= count

    qtbot.waitUntil(there)
    return list(reversed(desk.ask(find.entries, Query())))
