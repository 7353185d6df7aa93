"""The numbers of the year, of written slips (人社办转〔2026〕12号) and of papers received: none twice."""

from __future__ import annotations

from sqlalchemy import func, select

from reception import tables
from reception.context import Session
from reception.operations import site

_R, _S, _P = tables.referral, tables.setting, tables.document


def next_number(session: Session) -> dict[str, int]:
    """The columns of the next number of this year; other desks wait for theirs until this act is kept."""
    _wait(session)
    year = site.today(session) // 10_000
    last = session.connection().scalar(select(func.max(_R.c.slip_number)).where(_R.c.slip_year == year))
    return {"slip_year": year, "slip_number": int(last or 0) + 1}


def next_paper(session: Session, year: int) -> dict[str, int]:
    """As ``next_number``, of the papers received in a year."""
    _wait(session)
    last = session.connection().scalar(select(func.max(_P.c.number)).where(_P.c.year == year))
    return {"year": year, "number": int(last or 0) + 1}


def _wait(session: Session) -> None:
    connection = session.connection()
    if connection.dialect.name == "postgresql":  # a file has one writer at a time
        connection.execute(select(_S.c.id).where(_S.c.key == "uid").with_for_update())
