"""What can go wrong in the user's world, in plain words with what to do next.

Every class takes an English template first (it is extracted for translation) and the values that fill it.
Anything else that is raised is a bug.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class DeskError(Exception):
    """A condition that the user can understand and act on.

    Args:
        template: English sentence with ``{name}`` places; also the key of its translation.
        field: the name of the field (``facts`` attribute) beside which the message belongs, if there is one.
        values: what fills the template.
    """

    exit_code = 1

    def __init__(self, template: str, *, field: str | None = None, **values: Any) -> None:
        super().__init__(template)
        self.template = template
        self.field = field
        self.values = values

    def say(self, translate: Callable[[str], str] = str) -> str:
        """The sentence in the language of ``translate`` (a gettext function); English without one."""
        return translate(self.template).format(**self.values)

    def __str__(self) -> str:
        return self.say()


class InputError(DeskError):
    """What was typed cannot be taken; it stays in its field. Exit code 2."""

    exit_code = 2


class NotFoundError(InputError):
    """The number, code or name that was given does not exist. Exit code 2."""


class StateError(InputError):
    """The act makes no sense in the present state (leaving before arriving, closing twice). Exit code 2."""


class ConflictError(StateError):
    """Somebody else changed the entry meanwhile.

    ``differences`` holds ``(field, my value, value in the register)`` for each field that both sides touched
    or that the other side changed; nothing was written.
    """

    def __init__(
        self, template: str, *, differences: tuple[tuple[str, str, str], ...], version: int, **values: Any
    ) -> None:
        super().__init__(template, **values)
        self.differences = differences
        self.version = version


class SurroundingsError(DeskError):
    """The surroundings do not allow it: disk, file, lock, server. Exit code 1."""


class RegisterMissingError(SurroundingsError):
    """There is no register at the place that was named."""


class RegisterUnusableError(SurroundingsError):
    """What lies there is no register, is damaged, or is newer than the program; it was left untouched."""


class UnreachableError(SurroundingsError):
    """The server does not answer."""


class DisturbedError(SurroundingsError):
    """What lies beside the register's file was taken away while it was open; it has to be opened anew."""


class LockedError(SurroundingsError):
    """Another program holds the register locked."""
