"""An open register, as the store sees whoever opened it: ``reception.desk.Desk`` is one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from reception.context import Clock, Session
from reception.store.places import Place

P = ParamSpec("P")
T = TypeVar("T")


class OpenRegister(Protocol):
    """What backup, check and change notice need of an open register."""

    place: Place
    engine: Engine
    clock: Clock
    zone: ZoneInfo

    def ask(self, verb: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a reading verb on one snapshot."""
        ...
