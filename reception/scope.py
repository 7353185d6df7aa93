"""A register that a department has open: it sees what was sent to it and nothing else.

A verb is closed to departments unless it says otherwise, so that what is written later cannot show them too
much by oversight. Whoever marks a verb sees to it that all it reads is narrowed by ``department``.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from reception.context import Session, present
from reception.errors import StateError
from reception.wording import N_

F = TypeVar("F", bound=Callable[..., Any])
_MARK = "open_to_departments"
CLOSED = N_("This is the desk's work; a department sees only what was sent to it.")


def open_to_departments(verb: F) -> F:
    """Mark a verb that keeps to the department that has the register open."""
    setattr(verb, _MARK, True)
    return verb


def check(verb: Callable[..., Any]) -> None:
    """Raises StateError for a verb that departments may not use."""
    if not getattr(inspect.unwrap(verb), _MARK, False):
        raise StateError(CLOSED)


def department(session: Session) -> int | None:
    """The id of the department that has the register open; None at a desk, which sees everything."""
    return present(session).department_id


def concerns(session: Session, department_id: int) -> bool:
    """Whether what belongs to a department may be shown and changed here."""
    mine = department(session)
    return mine is None or mine == department_id
