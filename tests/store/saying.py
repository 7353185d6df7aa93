"""What a clerk is told when something does not go."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator

import pytest

from reception.errors import DeskError


@contextlib.contextmanager
def said(kind: type[DeskError], *words: str) -> Iterator[None]:
    """Expect an error of exactly this kind, in one sentence or two, with these words."""
    with pytest.raises(kind) as raised:
        yield
    assert type(raised.value) is kind
    sentence = str(raised.value)
    assert sentence.endswith(".")
    for ugly in ("{", "\n", "Error", "sqlite3", "psycopg", "FATAL", "None"):
        assert ugly not in sentence.replace(tempfile.gettempdir(), "")
    for word in words:
        assert word in sentence
