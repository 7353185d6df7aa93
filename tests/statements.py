"""Statements compiled once per worker.

Every desk that a test opens has an engine of its own, and each engine compiles what it is asked for the first
time: that was a quarter of the time of the engine's tests. Here all engines of a kind find what another one
compiled; they speak with the same library or server.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.util import LRUCache

_MOST = 2_000


class _Compiled(LRUCache[Any, Any]):
    """SQLAlchemy's keys begin with the dialect, of which each engine has its own; here with its class."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get((type(key[0]), *key[1:]), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__((type(key[0]), *key[1:]), value)


_compiled = _Compiled(_MOST)


def share() -> None:
    """Let every engine of this process use what is compiled already."""
    event.listen(Engine, "engine_connect", _take)


def _take(connection: Connection) -> None:
    connection.execution_options(compiled_cache=_compiled)
