"""Regular expressions that are compiled when they are first used.

The window imports the rules before it is painted and applies none of them; compiling them took 10 ms of its
start.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")


class _Later:
    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        # From now on they are found without asking here.
        self.__dict__.update((method, getattr(compiled, method)) for method in _METHODS)
        return self.__dict__[name]


def later(source: str, flags: int = 0) -> re.Pattern[str]:
    """As ``re.compile``, whose methods it has; a mistake in ``source`` shows with the first use."""
    return cast("re.Pattern[str]", _Later(source, flags))
