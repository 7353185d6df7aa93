"""How a form looks at this site: paper, margins, letterhead, which columns, signatures.

A style travels to the process that lays the form out; with it, the data and the stamp the paper is settled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reception.paper.form import Form

if TYPE_CHECKING:
    from reception.context import Session

MM = 72 / 25.4
"""Points in a millimetre."""
PAPERS = {
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
    "Letter": (215.9, 279.4),
    "label-100x60": (100.0, 60.0),
    "roll-80": (80.0, 0.0),
    "roll-58": (58.0, 0.0),
}
"""Width and height in millimetres, upright; a roll is cut where the form ends."""
SHEETS = ("A4", "A5", "Letter")
"""What a form with head and foot is printed on."""
_MARGIN, _MARGIN_OF_LABEL = 15.0, 3.0
"""In millimetres. Registers have 15-20 mm, so that they can be bound and copied."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A column that is printed, and its width in points; 0 leaves the width to the form."""

    key: str
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Style:
    """How one form is printed; ``margins`` in millimetres: top, right, bottom, left.

    ``signatures`` are messages of the context "paper", or the site's own words, which have no translation.
    """

    form: str
    paper: str
    landscape: bool
    margins: tuple[float, float, float, float]
    letterhead: str = ""
    logo: bytes | None = None
    columns: tuple[Chosen, ...] = ()
    blank_rows: int = 0
    signatures: tuple[str, ...] = ()
    headed: bool = True

    @property
    def sheet(self) -> tuple[float, float]:
        """Width and height of the paper in points; of a roll the height is 0."""
        width, height = PAPERS[self.paper]
        if self.landscape and height:
            width, height = height, width
        return width * MM, height * MM

    @property
    def width(self) -> float:
        """Width between the margins, in points."""
        return self.sheet[0] - (self.margins[1] + self.margins[3]) * MM


def default(form: Form, paper: str = "") -> Style:
    """The style of a form where the site has chosen nothing; ``paper`` in place of the form's own."""
    margin = _MARGIN if form.headed else _MARGIN_OF_LABEL
    return Style(
        form=form.name,
        paper=paper or form.paper,
        landscape=form.landscape,
        margins=(margin,) * 4,
        columns=tuple(Chosen(column.key) for column in form.columns if column.shown),
        blank_rows=form.blank_rows,
        signatures=form.signatures,
        headed=form.headed,
    )


def collect(session: Session, form: Form, paper: str = "") -> Style:
    """The style of a form at this site; ``paper`` in place of the site's choice."""
    return default(form, paper)
