"""What the window hands from the lane that reads to the process that lays out, without opening it.

A long day pickled in the window's own thread would stop the window; here it happens where it was read.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reception.facts.printing import Stamp

if TYPE_CHECKING:
    from reception.context import Session


@dataclass(frozen=True, slots=True)
class Parcel:
    """A form that was collected: ``content`` for the process that lays it out, the rest for the window.

    ``promise`` is what a print of it commits (``operations.printing.commit``), None in what is only looked
    at; ``stamp`` what a preview bears, ``count`` the how-manieth print it would be, ``paper`` the size that
    it is laid out for.
    """

    content: bytes
    promise: Any
    stamp: Stamp
    count: int
    paper: str


def seen(session: Session, name: str, paper: str, args: Mapping[str, Any]) -> Parcel:
    """Collect the form ``name`` of ``args`` for a preview on ``paper`` ("" is the site's).

    Raises:
        DeskError: whatever the form's ``collect`` refuses.
    """
    from reception.paper import prints

    looked = prints.look(session, name, paper=paper, **args)
    return Parcel(wrap(looked.data, looked.style), None, looked.stamp, looked.count, looked.style.paper)


def parcel(session: Session, name: str, language: str, paper: str, args: Mapping[str, Any]) -> Parcel:
    """Collect the form ``name`` of ``args`` for ``paper`` ("" is the site's).

    Raises:
        DeskError: whatever the form's ``collect`` refuses.
    """
    from reception.paper import prints

    gathered = prints.gather(session, name, language, paper=paper, **args)
    return Parcel(
        wrap(gathered.data, gathered.style),
        gathered.promise,
        gathered.preview_stamp,
        gathered.count,
        gathered.style.paper,
    )


def wrap(data: object, style: object) -> bytes:
    """Data and style as they travel; without a style the form's own is taken."""
    return pickle.dumps((data, style))
