"""The words of the window, in the language that was chosen at start.

The window is one conversation in one language, so the language is the one thing that is global here; who
changes it (`use`) rebuilds the window. Paper does not come by this door: it is handed a ``Wording``.
"""

from __future__ import annotations

from reception.wording import N_, Wording, load

__all__ = ["N_", "_", "current", "ngettext", "pgettext", "use"]

_wording: list[Wording] = []


def use(language: str) -> None:
    """Speak ``zh_CN`` or ``en`` from now on; what is already on the screen keeps its words."""
    _wording[:] = [load(language)]


def current() -> Wording:
    """The wording in use, English before anything was chosen."""
    if not _wording:
        use("en")
    return _wording[0]


def _(message: str) -> str:
    """The message in the language of the window."""
    return current().gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """The message in the form that ``n`` asks for."""
    return current().ngettext(one, many, n)


def pgettext(context: str, message: str) -> str:
    """The message as it is meant in ``context``."""
    return current().pgettext(context, message)
