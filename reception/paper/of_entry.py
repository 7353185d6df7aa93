"""What a sheet about one entry of the office begins with: the site, and what the number names."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from reception.facts import Site

if TYPE_CHECKING:
    from reception.context import Session

T = TypeVar("T")


def named(session: Session, number: str, view: Callable[[Session, int], T], refusal: str) -> tuple[Site, T]:
    """The site, and what ``view`` tells of the entry ``number``.

    Raises:
        InputError: ``number`` is none, or ``refusal``: the entry is of another kind, of which ``view`` knows
            nothing; NotFoundError: there is no such entry.
    """
    from reception.errors import InputError, NotFoundError
    from reception.operations import reading, site

    entry_id = reading.find_number(session, number)
    try:
        told = view(session, entry_id)
    except NotFoundError:
        raise InputError(refusal, field="number", number=number) from None
    return site.site(session), told
