"""The numbers of the year, of written slips (人社办转〔2026〕12号) and of papers received: none twice.

They go on behind those that this register gave, and behind those that it knows to have been given elsewhere
(settings ``papers_given`` and ``slips_given``): by hand, before the site had it, or since a backup that was
restored (``store.given``).
"""

from __future__ import annotations

from sqlalchemy import Select, func, select

from reception import tables
from reception.context import Session
from reception.numbers import paper_number, read_given, slip_number
from reception.operations import site

_R, _S, _P = tables.referral, tables.setting, tables.document
SLIPS, PAPERS = "slips_given", "papers_given"
_FAR = 100
"""More than are given between two backups: nobody knew the last one, and the numbers jumped."""


def next_number(session: Session) -> dict[str, int]:
    """The columns of the next number of this year; other desks wait for theirs until this act is kept."""
    _wait(session)
    year = site.today(session) // 10_000
    return {"slip_year": year, "slip_number": max(_last(session, SLIPS, year)) + 1}


def next_paper(session: Session, year: int) -> dict[str, int]:
    """As ``next_number``, of the papers received in a year."""
    _wait(session)
    return {"year": year, "number": max(_last(session, PAPERS, year)) + 1}


def gaps(session: Session) -> dict[str, str]:
    """The next number of this year where it does not follow the last one here: ``papers``, ``slips``."""
    year, values = site.today(session) // 10_000, site.values(session)
    forms = {
        "papers": (PAPERS, paper_number, values["document_form"]),
        "slips": (SLIPS, slip_number, site.slip_form(session)),
    }
    found: dict[str, str] = {}
    for name, (key, put, form) in forms.items():
        own, elsewhere = _last(session, key, year)
        if elsewhere > own:
            found[name] = put(form, year, elsewhere + 1)
    return found


def told(session: Session) -> tuple[dict[str, str], bool]:
    """What is told after a restore: the ``gaps``, and whether somebody should say what the last was."""
    year = site.today(session) // 10_000
    known = (_last(session, key, year) for key in (PAPERS, SLIPS))
    return gaps(session), any(elsewhere - own >= _FAR for own, elsewhere in known)


def _last(session: Session, key: str, year: int) -> tuple[int, int]:
    """The last numbers of a year that were given here, and elsewhere."""
    connection = session.connection()
    told = connection.scalar(select(_S.c.value).where(_S.c.key == key))
    return int(connection.scalar(_LARGEST[key](year)) or 0), read_given(told or "").get(year, 0)


def _slip(year: int) -> Select[tuple[int]]:
    return select(func.max(_R.c.slip_number)).where(_R.c.slip_year == year)


def _paper(year: int) -> Select[tuple[int]]:
    return select(func.max(_P.c.number)).where(_P.c.year == year)


_LARGEST = {SLIPS: _slip, PAPERS: _paper}


def _wait(session: Session) -> None:
    connection = session.connection()
    if connection.dialect.name == "postgresql":  # a file has one writer at a time
        connection.execute(select(_S.c.id).where(_S.c.key == "uid").with_for_update())
