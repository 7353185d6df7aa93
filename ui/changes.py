"""Whether what was committed concerns somebody."""

from __future__ import annotations

from collections.abc import Iterable

from reception.facts import Change

EVERYTHING = "everything"
"""Told instead of thousands of single changes, after a bulk load or a restore."""


def concerns(changes: Iterable[Change], *kinds: str) -> bool:
    """Whether any change touched one of these kinds of subject (``entry``, ``department`` …)."""
    return any(change.subject_kind == EVERYTHING or change.subject_kind in kinds for change in changes)
