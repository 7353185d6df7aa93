"""The numbers of the year on written slips (人社办转〔2026〕12号): one after the other, none twice."""

from __future__ import annotations

from sqlalchemy import func, select

from reception import tables
from reception.context import Session
from reception.operations import site

_R, _S = tables.referral, tables.setting


def next_number(session: Session) -> dict[str, int]:
    """The columns of the next number of this year; other desks wait for theirs until this act is kept."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":  # a file has one writer at a time
        connection.execute(select(_S.c.id).where(_S.c.key == "uid").with_for_update())
    year = site.today(session) // 10_000
    last = connection.scalar(select(func.max(_R.c.slip_number)).where(_R.c.slip_year == year))
    return {"slip_year": year, "slip_number": int(last or 0) + 1}
