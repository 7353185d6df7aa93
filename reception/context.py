"""A transaction as the verbs see it, and what it carries: who is at which desk and what time it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from reception.numbers import day_number

if TYPE_CHECKING:
    from sqlalchemy import Connection

Clock = Callable[[], dt.datetime]
CLOCK_SLACK = dt.timedelta(minutes=5)
"""Desks whose clocks differ by less than this agree on what "in the future" means."""


class Session:
    """One transaction, which its maker begins and ends; ``info`` is what it carries.

    Not SQLAlchemy's own: nothing maps objects, and to import the mapper is a third of what the window waits
    for before it can ask the register.
    """

    __slots__ = ("_connection", "info")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.info: dict[str, Any] = {}

    def connection(self) -> Connection:
        """The connection that the transaction runs on."""
        return self._connection


@dataclass(frozen=True, slots=True)
class Present:
    """The present of one transaction; a test sets it as it likes. ``instant`` stands still while it runs."""

    instant: dt.datetime
    zone: ZoneInfo
    desk_id: int
    desk_code: str
    operator_id: int
    operator: str
    department_id: int | None = None
    """The department that has the register open (``scope``); None at a desk."""
    named: bool = False
    """Whether who sits here said so, or sees it said: nobody counts as a supervisor by being presumed."""


def present(session: Session) -> Present:
    """The present of this session's transaction. Raises KeyError outside ``Desk.do`` and ``Desk.ask``."""
    found: Present = session.info["present"]
    return found


def now(session: Session) -> dt.datetime:
    """The instant of this transaction, in UTC, by the injected clock."""
    return present(session).instant


def local_day(session: Session, instant: dt.datetime) -> int:
    """The site's local day of an instant as ``YYYYMMDD``."""
    return day_number(instant.astimezone(present(session).zone))


def system_clock() -> dt.datetime:
    """The computer's clock, in UTC."""
    return dt.datetime.now(dt.UTC)
