"""A department's own inbox: what was sent to it and nothing else, its lists, its search, the trail of a part.

At a desk these questions have no answer: they are asked where a department has the register open (``scope``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Row,
    Select,
    Table,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from reception import scope, tables
from reception.context import Session
from reception.errors import InputError, NotFoundError, StateError
from reception.facts import CONTACTS, Category, PartStatus, Place, TodoRow, Visibility
from reception.facts.inbox import InboxCounts, InboxPart
from reception.facts.office import Stands
from reception.numbers import PartName, parse_part, parse_short
from reception.operations import site, trail, veiling
from reception.operations.referral_views import referral_views
from reception.operations.to_do import finding, listing
from reception.operations.to_do.found import Asked, Found
from reception.operations.to_do.moment import moment
from reception.scope import open_to_departments
from reception.tables.among import on_server

_E, _R, _P, _PARTY, _M = tables.entry, tables.referral, tables.part, tables.party, tables.matter
_D, _J, _G = tables.document, tables.job, tables.meeting
_STANDING = Stands.STANDING.value
_OF_PAGE: tuple[tuple[Table, tuple[Column[str], ...]], ...] = (
    (_D, (_D.c.sender, _D.c.sender_number)),
    (_J, (_J.c.given_by,)),
    (_G, (_G.c.convener,)),
)
"""What stands beside a paper, a job, a notice and is on the page that was sent: who it is from, its number.

Whatever else the office keeps about it (what it proposes, to whom it is circulated, what a leader wrote on
another page, reports upward) is the desk's.
"""
_SENT, _RECEIVED = PartStatus.SENT.value, PartStatus.RECEIVED.value
_DONE = (PartStatus.ANSWERED.value, PartStatus.RETURNED.value)
FILTERS = ("now", "sent", "received", "done", "all")
"""With the department: all of it by when it is due, not received, received; answered or returned by it;
whatever was ever sent to it. The last two newest first."""
MOST_WORDS = 60
_FIRST_PIECE, _LARGEST_PIECE = 250, 2_000
"""So many rows are looked through at once for words."""


@open_to_departments
def rows(
    session: Session, *, which: str = "now", text: str = "", before: Place | None = None, limit: int = 100
) -> tuple[TodoRow, ...]:
    """A page of a list of ``FILTERS``; of ``text`` only what has these words, this number or this telephone.

    Raises InputError.
    """
    if which not in FILTERS:
        raise InputError("'{value}' is not known here.", field="which", value=which)
    asked = _asked(session)
    found = _found(asked, which)
    if words := " ".join(text.split())[:MOST_WORDS]:
        rows = _sought(session, found, words, before, limit)
    else:
        rows = session.connection().execute(found.page(before, limit)).all()
    taken = [listing.Taken(found.kind, row.subject, row.entry, None, _place(row)) for row in rows]
    return tuple(_guarded(row) for row in listing.shown(session, asked, taken))


@open_to_departments
def counts(session: Session) -> InboxCounts:
    """How much is with the department now."""
    asked = _asked(session)
    now = asked.now
    press = func.coalesce(_R.c.press_at, _R.c.created_at)
    leads = _P.c.role == "lead"
    query = (
        select(
            func.count(case((_P.c.waits == _SENT, 1))),
            func.count(case((_P.c.waits == _RECEIVED, 1))),
            func.count(case((and_(leads, press <= now.now), 1))),
            func.count(case((and_(leads, press > now.now, press <= now.midnight), 1))),
        )
        .select_from(_P)
        .join(_R, _R.c.id == _P.c.referral_id)
        .where(_P.c.waits.in_((_SENT, _RECEIVED)), func.coalesce(_P.c.department_id, 0) == asked.department)
    )
    sent, received, overdue, today = session.connection().execute(query).one()
    last = select(func.max(_P.c.id)).where(_P.c.department_id == asked.department)
    return InboxCounts(sent, received, overdue, today, session.connection().scalar(last) or 0)


@open_to_departments
def part(session: Session, part_id: int) -> InboxPart:
    """All that the department sees of one of its parts. Raises NotFoundError."""
    asked = _asked(session)
    query = (
        select(_P.c.entry_id, _P.c.sent_at, _E.c.category, _E.c.request, _E.c.papers, _PARTY.c.organisation)
        .join(_E, _E.c.id == _P.c.entry_id)
        .outerjoin(_PARTY, (_PARTY.c.entry_id == _E.c.id) & (_PARTY.c.position == 0))
        .where(_P.c.id == part_id, _P.c.department_id == asked.department)
    )
    known = session.connection().execute(query).one_or_none()
    if known is None:
        raise NotFoundError("There is no such referral.", field="number")
    taken = listing.Taken("part", part_id, known.entry_id, None, Place(0, 0, known.sent_at, part_id))
    (row,) = listing.shown(session, asked, [taken])
    row = _guarded(row)
    how = veiling.of(known.category)
    if how is Visibility.SEALED and not veiling.supervises(session):
        return InboxPart(row)
    hidden = how is Visibility.MASKED or row.identity_protected
    views = referral_views(session, known.entry_id, row.number)
    of_paper = select(_D.c.sender_number).where(_D.c.entry_id == known.entry_id, _D.c.status == _STANDING)
    return InboxPart(
        row,
        sender_number="" if hidden else session.connection().scalar(of_paper) or "",
        organisation="" if hidden else known.organisation or "",
        request=known.request,
        papers=known.papers,
        steps=next(one.steps for one in views if one.id == row.referral_id),
        trail=trail.lines(session, "entry", known.entry_id, people=False),
    )


def _asked(session: Session) -> Asked:
    mine = scope.department(session)
    if mine is None:
        raise StateError("Only a department has an inbox; the desk has its list of referrals.")
    server = on_server(session.connection())
    return Asked(moment(session), alone=True, department=mine, server=server)


def _found(asked: Asked, which: str) -> Found:
    if which == "all":
        return finding.LISTS["all"][0](asked)
    if which == "done":
        every = finding.LISTS["all"][0](asked)
        return replace(every, source=every.source.where(_P.c.status.in_(_DONE)))
    states = {"now": (_SENT, _RECEIVED), "sent": (_SENT,), "received": (_RECEIVED,)}[which]
    return finding.by_due(asked, func.coalesce(_P.c.waits, "").in_(states))


def _guarded(row: TodoRow) -> TodoRow:
    """Whose identity is not to be disclosed is not named to the department either."""
    if not row.identity_protected or row.referral is None:
        return row
    referral = replace(row.referral, person=veiling.MASK, phone="")
    return replace(row, person=veiling.MASK, phone="", referral=referral)


def _sought(
    session: Session, found: Found, words: str, before: Place | None, limit: int
) -> Sequence[Row[Any]]:
    """Of a list, the rows that have these words; gone through piece by piece, as far as somebody looks.

    A server asked for all at once would go through every entry that there is.
    """
    connection = session.connection()
    numbered = _numbered(session, words)
    if numbered is not None:
        entries = connection.scalars(select(_E.c.id).where(numbered)).all()
        source = found.source.where(_P.c.entry_id.in_(entries))
        return connection.execute(replace(found, source=source).page(before, limit)).all()
    fits = _having(session, words)
    taken: list[Row[Any]] = []
    piece = _FIRST_PIECE
    while len(taken) < limit:
        rows = connection.execute(found.page(before, piece)).all()
        ids = set(connection.scalars(fits, {"ids": [row.subject for row in rows]})) if rows else set()
        taken += [row for row in rows if row.subject in ids]
        if len(rows) < piece:
            break
        before, piece = _place(rows[-1]), min(2 * piece, _LARGEST_PIECE)
    return taken[:limit]


def _place(row: Row[Any]) -> Place:
    return Place(0, row.sub, row.at, row.id)


def _having(session: Session, words: str) -> Select[tuple[int]]:
    """Which parts of ``ids`` have these words, as far as the department may see them."""
    category = func.coalesce(_E.c.category, "")
    named = and_(
        _E.c.identity_protected.is_(False),
        category.not_in((Category.REPORT.value, Category.ACCUSATION.value)),
        or_(
            _have([_PARTY.c[name] for name in ("name", "phone", "organisation")], words),
            # asked of few: a department's visits and calls have none of it
            and_(_E.c.kind.not_in(CONTACTS), or_(*(_beside(*one, words) for one in _OF_PAGE))),
        ),
    )
    texts = (
        *(_E.c.subject, _E.c.request, _M.c.name, _R.c.instruction, _R.c.leader),
        *(_P.c.answer, _P.c.case_number, _P.c.return_reason),
    )
    query = (
        select(_P.c.id)
        .join(_E, _E.c.id == _P.c.entry_id)
        .join(_R, _R.c.id == _P.c.referral_id)
        .outerjoin(_PARTY, (_PARTY.c.entry_id == _E.c.id) & (_PARTY.c.position == 0))
        .outerjoin(_M, _M.c.id == _E.c.matter_id)
        .where(_P.c.id.in_(bindparam("ids", expanding=True)))
        .where(or_(_have(texts, words), named))
    )
    return query if veiling.supervises(session) else query.where(category != Category.ACCUSATION.value)


def _beside(table: Table, columns: Sequence[Column[str]], words: str) -> ColumnElement[bool]:
    return exists().where(table.c.entry_id == _E.c.id, table.c.status == _STANDING, _have(columns, words))


def _have(columns: Sequence[ColumnElement[str]], words: str) -> ColumnElement[bool]:
    """Looked through as one text: each column by itself costs three times as much where nothing is found."""
    first, *others = (func.coalesce(column, "") for column in columns)
    whole: ColumnElement[str] = reduce(
        lambda text, column: text + literal_column("'\n'") + column, others, first
    )
    return whole.icontains(words, autoescape=True)


def _numbered(session: Session, words: str) -> ColumnElement[bool] | None:
    """The condition on an entry that a number means: ``20261122-001``, also ``1122-001`` and ``001``."""
    desk = tables.desk
    try:
        name = parse_part(words)
    except InputError:
        short = parse_short(words, site.today(session))
        if short is None or ("-" not in words and len(words) != len("001")):
            return None  # four digits are the end of a telephone number
        day, code, sequence = short
        epoch = None
    else:
        number = name.number if isinstance(name, PartName) else name
        day, code, sequence, epoch = number.day, number.desk, number.sequence, number.epoch
    fits = [_E.c.sequence == sequence, _E.c.day == day]
    fits += [_E.c.epoch == epoch] if epoch is not None else []
    if code is not None:
        fits.append(_E.c.desk_id.in_(select(desk.c.id).where(desk.c.code == code)))
    return and_(*fits)
