"""Lines that lack something the site wants, gone over one by one before the day is printed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from reception import tables
from reception.context import Session
from reception.errors import InputError, StateError
from reception.facts import CONTACTS, Act, Category, EntryStatus, Kind, Lack, Party, Receipt, Urgency
from reception.operations import touching

_E, _PARTY, _D = tables.entry, tables.party, tables.department
_IMPORTANT = (Category.NOTICE.value, Category.INSTRUCTIONS.value)
_IN_EARNEST = (
    *(Category.PETITION.value, Category.COMPLAINT.value),
    *(Category.REPORT.value, Category.ACCUSATION.value),
)
LACKING: Mapping[Lack, ColumnElement[bool]] = {
    # whoever was answered or pointed on the spot need not leave a number (最少够用); a paper has none
    Lack.PHONE: and_(
        _E.c.kind.in_([one.value for one in CONTACTS]),
        or_(
            _E.c.status == EntryStatus.OPEN.value,
            func.coalesce(_E.c.act, "") == Act.REFERRED.value,
            func.coalesce(_E.c.category, "").in_(_IN_EARNEST),
        ),
        func.coalesce(_PARTY.c.phone, "") == "",
    ),
    Lack.OUTCOME: and_(func.coalesce(_E.c.act, "") == Act.ANSWERED.value, _E.c.outcome == ""),
    # 引导: a department, inside or outside, the person wanted, or the way in words
    Lack.DESTINATION: and_(
        func.coalesce(_E.c.act, "") == Act.POINTED.value,
        _E.c.department_id.is_(None),
        _E.c.wanted == "",
        _E.c.outcome == "",
    ),
    # important calls are read back (复述核对)
    Lack.READ_BACK: and_(
        _E.c.kind == Kind.CALL_IN.value,
        or_(func.coalesce(_E.c.category, "").in_(_IMPORTANT), _E.c.urgency != Urgency.NORMAL.value),
        func.coalesce(_E.c.read_back, False).is_(False),
    ),
}
"""What a line lacks, by what the site may want of it."""


def lines(day: int, wants: Sequence[Lack]) -> Select[tuple[int]]:
    """The ids of the lines of a day (``YYYYMMDD``) that lack something and that nobody went over."""
    lacks = [LACKING[one] for one in wants]
    return (
        select(_E.c.id)
        .select_from(_E)
        .outerjoin(_PARTY, and_(_PARTY.c.entry_id == _E.c.id, _PARTY.c.position == 0))
        .where(
            _E.c.day == day,
            _E.c.status != EntryStatus.VOID.value,
            _E.c.checked.is_(None),
            or_(*lacks) if lacks else _E.c.id.is_(None),
        )
    )


def lacking(session: Session, wants: Sequence[Lack], entry_ids: Sequence[int]) -> dict[int, tuple[Lack, ...]]:
    """What these entries lack of what the site wants."""
    if not wants or not entry_ids:
        return {}
    query = (
        select(_E.c.id, *(LACKING[one].label(f"lack_{index}") for index, one in enumerate(wants)))
        .select_from(_E)
        .outerjoin(_PARTY, and_(_PARTY.c.entry_id == _E.c.id, _PARTY.c.position == 0))
        .where(_E.c.id.in_(entry_ids))
    )
    return {
        row[0]: tuple(one for one, lacks in zip(wants, row[1:], strict=True) if lacks)
        for row in session.connection().execute(query)
    }


def check(session: Session, entry_id: int, *, uid: uuid.UUID) -> Receipt:
    """Somebody went over a line that lacks something, and left it so. Raises StateError for a second time.

    What is corrected later clears nothing.
    """
    if done := touching.repeated(session, uid):
        return done
    touched = touching.open_entry(session, entry_id)
    if touched.row["checked"]:
        raise StateError("{number} was gone over before.", number=str(touching.number_of(touched.row)))
    return touching.save(session, touched, {"checked": True}, "check", uid)


def supply(session: Session, entry_id: int, lack: Lack, words: str = "", *, uid: uuid.UUID) -> Receipt:
    """Write what a line lacked: a telephone, an outcome; that a call was read back needs no ``words``.

    A destination is a department's code or name, or else what was said of the way.

    Raises InputError without words; NotFoundError; StateError for a void or sealed entry.
    """
    from reception.operations import corrections

    return corrections.correct(session, entry_id, _missing(session, entry_id, lack, words), uid=uid)


def _missing(session: Session, entry_id: int, lack: Lack, words: str) -> dict[str, Any]:
    if lack is Lack.READ_BACK:
        return {"read_back": True}
    if not words.strip():
        raise InputError("Write what is missing, or leave the line as it is.", field=lack.value)
    if lack is Lack.OUTCOME:
        return {"outcome": words}
    if lack is Lack.DESTINATION:
        known = _department(session, words)
        return {"outcome": words} if known is None else {"department_id": known}
    from reception.operations import reading

    first, *others = reading.parties(session, entry_id) or (Party(),)
    return {"parties": (replace(first, phone=words), *others)}


def _department(session: Session, words: str) -> int | None:
    """The department in use, inside or outside, that somebody wrote."""
    fits = or_(_D.c.code == words.strip().upper(), _D.c.name == words.strip())
    return session.connection().scalar(select(_D.c.id).where(fits, _D.c.active).limit(1))
