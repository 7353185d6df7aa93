"""How a form looks at this site: paper, margins, letterhead, which columns, signatures.

A style travels to the process that lays the form out; with it, the data and the stamp the paper is settled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reception import papers
from reception.errors import InputError
from reception.paper.form import Form
from reception.papers import PAPERS, SHEETS, Chosen

if TYPE_CHECKING:
    from reception.context import Session

__all__ = ["MM", "PAPERS", "SHEETS", "Chosen", "Style", "chosen", "collect", "default"]
MM = 72 / 25.4
"""Points in a millimetre."""
_MARGIN, _MARGIN_OF_LABEL = 15.0, 3.0
"""In millimetres. Registers have 15-20 mm, so that they can be bound and copied."""


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
    """The style of a form at this site; ``paper`` in place of the site's choice.

    Raises:
        InputError: there is no such paper, or this form is not printed on it.
    """
    from reception.operations import pictures, site

    values = site.values(session)
    digest = values.get(papers.key("logo"), "")
    logo = pictures.content(session, digest) if digest and form.headed else None
    if paper and not fits(form, paper):
        raise InputError(
            "This form is not printed on '{paper}', but on {papers}.",
            field="paper",
            paper=paper,
            papers=", ".join(one for one in PAPERS if fits(form, one)),
        )
    return chosen(form, values, paper, logo)


def fits(form: Form, paper: str) -> bool:
    """Whether a form is printed on such paper."""
    return paper in PAPERS and (paper in SHEETS) == form.headed


def chosen(form: Form, values: Mapping[str, str], paper: str = "", logo: bytes | None = None) -> Style:
    """The style of a form by the site's settings ``values``; what no setting says is the form's own."""

    def said(part: str) -> str:
        own = values.get(papers.key(part, form.name), "")
        return own or (values.get(papers.key(part), "") if form.headed else "")

    plain = default(form)
    of_site = papers.size(said("size"))
    of_form = papers.turned(said("turned"))
    named = [column.key for column in form.columns]
    columns = tuple(one for one in papers.columns(said("columns")) if one.key in named)
    rows, signatures = papers.rows(said("rows")), papers.signatures(said("signatures"))
    return replace(
        plain,
        paper=paper or (of_site if fits(form, of_site) else plain.paper),
        landscape=plain.landscape if of_form is None else of_form,
        margins=papers.margins(said("margins")) or plain.margins,
        letterhead=said("letterhead"),
        logo=logo,
        columns=columns or plain.columns,
        blank_rows=plain.blank_rows if rows is None else rows,
        signatures=plain.signatures if signatures is None else signatures,
    )
