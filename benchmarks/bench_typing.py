"""From a key in the form to its painted character and to the disk, with recall and drafts at work."""

from __future__ import annotations

from pathlib import Path

from benchmarks import register, windows
from benchmarks.rows import Row, absolute, percentile

KEYS = 600


def run(path: Path) -> list[Row]:
    """On a copy: a window that is worked at writes."""
    copy = register.copy(path, "bench-typing.sqlite")
    try:
        found = windows.worked_at(copy, "type", KEYS)
    finally:
        register.remove(copy)
    painted, kept = ([1000 * one for one in found[name]] for name in ("painted", "kept"))
    note = f"median {percentile(painted, 0.5):.1f}, worst {max(painted):.1f} ms of {len(painted)} keys"
    disk = f"median {percentile(kept, 0.5):.0f}, worst {max(kept):.0f} ms"
    return [
        absolute("a key in the form → its character painted, p99", percentile(painted, 0.99), 16, note=note),
        absolute("a key in the form → kept on the disk, p99", percentile(kept, 0.99), 300, note=disk),
    ]
