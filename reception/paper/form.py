"""What a form says of itself before anything of it is collected: light enough for the window."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column of a form's register.

    ``title`` is a message of the context "paper". A column with a ``width`` in points takes it; with ``most``
    beside it, it is as wide as what stands in it, between the two. The others share what is left by their
    ``weight``. ``shown`` says whether a site that has chosen nothing prints it; ``struck`` whether its text
    is struck through where the line is void. With ``figures`` numbers end below each other, a sample of them
    in the middle. Where a sheet has no room for all columns, those with ``gives`` are left out, 1 first.
    """

    key: str
    title: str
    width: float = 0.0
    weight: float = 0.0
    centred: bool = False
    shown: bool = True
    most: float = 0.0
    struck: bool = True
    figures: str = ""
    gives: int = 0


FILL = -1
"""So many ``blank_rows`` as have room on the last page."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form and how it looks where the site has chosen nothing.

    ``title`` and ``signatures`` are messages of the context "paper"; ``columns`` are those of its register,
    if it is one. ``headed`` is False for a label: the whole of it is the form's own.
    ``blank_rows`` stand below its rows for a hand.
    ``shape`` is another number (to 255) whenever its ``lines`` tell other values, or in another order: prints
    of another shape are not compared, else each of their lines would be called changed.
    ``long`` is one whose data may be too much to travel: who lays it out collected it in the same process.
    """

    name: str
    title: str
    paper: str = "A4"
    landscape: bool = False
    columns: tuple[ColumnSpec, ...] = ()
    signatures: tuple[str, ...] = ()
    blank_rows: int = 0
    headed: bool = True
    long: bool = False
    shape: int = 1


@dataclass(slots=True)
class Reach:
    """How far whoever lays a long form out has come: so many lines of so many."""

    count: int = 0
    told: int = 0
