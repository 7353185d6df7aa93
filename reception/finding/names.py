"""The names that entries stand under, by the ids that they keep."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection

from reception.finding.pieces import folded
from reception.finding.reading import rows

KINDS = frozenset(("desk", "operator", "department", "matter"))
"""What the journal calls them."""
_ALL = (
    "SELECT 'desk', id, code, '' FROM desk"
    " UNION ALL SELECT 'operator', id, name, '' FROM operator"
    " UNION ALL SELECT 'department', id, code, name FROM department"
    " UNION ALL SELECT 'matter', id, name, '' FROM matter"
)


@dataclass(frozen=True, slots=True)
class Names:
    """Everything of the directory that a list shows."""

    desks: dict[int, str] = field(default_factory=dict)
    """Codes."""
    operators: dict[int, str] = field(default_factory=dict)
    departments: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Code and name."""
    matters: dict[int, str] = field(default_factory=dict)
    folded_matters: dict[int, str] = field(default_factory=dict)

    def matters_holding(self, word: str) -> frozenset[int]:
        """The matters with a folded word in their names."""
        return frozenset(one for one, name in self.folded_matters.items() if word in name)

    def operator_id(self, name: str) -> int | None:
        """Whose name this is."""
        return next((one for one, known in self.operators.items() if known == name), None)


def read(connection: Connection) -> Names:
    """The names as this transaction sees them."""
    found = Names()
    for kind, one, first, second in rows(connection, _ALL):
        if kind == "department":
            found.departments[one] = first, second
        elif kind == "matter":
            found.matters[one], found.folded_matters[one] = first, folded(first)
        else:
            (found.desks if kind == "desk" else found.operators)[one] = first
    return found
