"""What a form is shown with while its look is chosen: the latest of its kind in the register."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from reception import tables
from reception.context import Session
from reception.facts import EntryStatus, Kind
from reception.facts.words import StepKind
from reception.operations import reading, site

_E = tables.entry
_LIVE = select(_E.c.id).where(_E.c.status != EntryStatus.VOID).order_by(_E.c.id.desc()).limit(1)
_REFERRED = select(tables.referral.c.entry_id).order_by(tables.referral.c.id.desc()).limit(1)
_S = tables.step
_REMINDED = select(_S.c.entry_id).where(_S.c.kind == StepKind.REMINDER).order_by(_S.c.id.desc()).limit(1)
_TOLD = select(tables.notice.c.entry_id).order_by(tables.notice.c.id.desc()).limit(1)
_OF_ENTRY: dict[str, tuple[str, Select[Any]]] = {
    "visit_record": ("number", _LIVE.where(_E.c.kind == Kind.VISIT)),
    "visitor_pass": ("number", _LIVE.where(_E.c.kind == Kind.VISIT)),
    "phone_record": ("number", _LIVE.where(_E.c.kind.in_((Kind.CALL_IN, Kind.CALL_OUT)))),
    "case_trail": ("number", _LIVE),
    "handling_slip": ("number", _LIVE.where(_E.c.kind == Kind.DOCUMENT)),
    "meeting_notice": ("number", _LIVE.where(_E.c.kind == Kind.MEETING)),
    "sign_in": ("number", _LIVE.where(_E.c.kind == Kind.MEETING)),
    "event_report": ("number", _LIVE.where(_E.c.kind == Kind.URGENT)),
    "notice": ("number", _TOLD),
    "referral_slip": ("referral", _REFERRED),
    "reminder_slip": ("referral", _REMINDED),
}
_OF_A_DAY = ("daily_sheet", "visitor_register", "ledger", "director_page", "bulletin")


def arguments(session: Session, form: str) -> dict[str, str | int] | None:
    """What the form's ``collect`` takes to show the latest of its kind; None where there is none yet."""
    if form in _OF_ENTRY:
        name, query = _OF_ENTRY[form]
        entry_id = session.connection().scalar(query)
        return {name: reading.rows(session, [entry_id])[0].number} if entry_id is not None else None
    if form == "document_register":
        came = _LIVE.where(_E.c.kind == Kind.DOCUMENT)
        day = session.connection().scalar(select(_E.c.day).where(_E.c.id == came.scalar_subquery()))
        return {"first_day": day, "last_day": day} if day else None
    return _of_a_day(session, form) if form in _OF_A_DAY else {}


def _of_a_day(session: Session, form: str) -> dict[str, str | int]:
    last = session.connection().scalar(select(_E.c.day).order_by(_E.c.day.desc()).limit(1))
    day = last or site.today(session)
    if form == "visitor_register":
        return {"first_day": day, "last_day": day}
    if form == "ledger":
        return {"year": day // 10_000}
    return {"period": "week", "day": day} if form == "bulletin" else {"day": day}
