"""Reading papers received: those that nobody has handled, the list, the register of a period, one of them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select

from reception import tables
from reception.context import Session, now, present
from reception.errors import InputError, NotFoundError
from reception.facts import EntryStatus, Kind, LimitClock, PartStatus, ReferralStatus, Role, Urgency
from reception.facts.office import PaperWay, Stands
from reception.facts.papers_in import PaperIn, PaperReader, PaperStep, PaperWords
from reception.numbers import Number, day_date, paper_number
from reception.operations import reading, site
from reception.operations.office import common
from reception.operations.office.pressing import not_filed, without_step
from reception.operations.office.pressing import unhandled as unhandled
from reception.operations.office.pressing import until as until
from reception.operations.referring import RUNNING

_E, _W, _C, _I = tables.entry, tables.document, tables.circulation, tables.instruction
_R, _P, _D = tables.referral, tables.part, tables.department
_STANDING = Stands.STANDING.value
_SERIAL = re.compile(r"(\D{0,30})((?:19|20)\d{2})(\D{1,10})(\d{1,7})\D{0,10}\Z")
"""Year and number, however the site puts them; no month and day (``1122-007``) begins like a year."""
PAGE = 200
_MOST_SAME = 5


_LISTS: Mapping[str, tuple[ColumnElement[bool], ...]] = {
    "open": not_filed(),
    "nothing": (*not_filed(), *without_step()),
    "round": (
        _E.c.status != EntryStatus.VOID.value,
        exists().where(_C.c.entry_id == _W.c.entry_id, _C.c.status == _STANDING, _C.c.signed_at.is_(None)),
    ),
    "all": (),
}


def is_serial(text: str) -> bool:
    """Whether it looks like the number of a paper of a year."""
    return _serial(text) is not None


def _serial(text: str) -> tuple[int, int] | None:
    """Year and number; ``2026-11`` alone is a month."""
    match = _SERIAL.match(text.strip())
    if match is None or (not match[1] and match[3] in ("-", ".")):
        return None
    return int(match[2]), int(match[4])


def find(session: Session, text: str) -> int:
    """The entry of a paper, by its number or by that of the year (``收〔2026〕12号``, ``2026/12``).

    Raises InputError, NotFoundError.
    """
    if (serial := _serial(text)) is not None:
        query = select(_W.c.entry_id).where(_W.c.year == serial[0], _W.c.number == serial[1])
        found = session.connection().scalar(query)
        if found is None:
            raise NotFoundError("There is no paper {text}.", field="number", text=text.strip()[:60])
        return int(found)
    return reading.find_number(session, text)


def one(session: Session, entry_id: int) -> PaperIn:
    """A paper. Raises NotFoundError."""
    found = _facts(session, _COLUMNS.where(_W.c.entry_id == entry_id))
    if not found:
        raise NotFoundError("There is no such paper.", field="number")
    return found[0]


def view(session: Session, entry_id: int) -> PaperIn:
    """A paper, and which others bear the same document number. Raises NotFoundError."""
    found = one(session, entry_id)
    if not found.sender_number:
        return found
    form = site.values(session)["document_form"]
    query = (
        select(_W.c.year, _W.c.number)
        .join(_E, _E.c.id == _W.c.entry_id)
        .where(
            _W.c.sender_number == found.sender_number,
            _W.c.entry_id != entry_id,
            _E.c.status != EntryStatus.VOID.value,
        )
        .order_by(_W.c.entry_id)
        .limit(_MOST_SAME)
    )
    same = session.connection().execute(query)
    return replace(found, same=tuple(paper_number(form, row.year, row.number) for row in same))


def rows(
    session: Session, *, which: str = "open", words: str = "", before: int | None = None, limit: int = PAGE
) -> tuple[PaperIn, ...]:
    """Papers, the newest first.

    ``which``: those that are not filed (``open``), those of them that wait for nobody (``nothing``), those
    that go ``round``, or ``all``.

    ``words``: only where sender, number, title or file holds them. ``before`` is the entry of the last one of
    the page above.
    """
    query = _COLUMNS.where(*_LISTS[which]).order_by(_W.c.entry_id.desc()).limit(limit)
    if words:
        query = query.where(
            common.holding(words, _W.c.sender, _W.c.sender_number, _E.c.subject, _W.c.filed_where)
        )
    if before is not None:
        query = query.where(_W.c.entry_id < before)
    return _facts(session, query)


def lying(session: Session) -> tuple[PaperIn, ...]:
    """The papers that lie unhandled now (``unhandled``), the oldest first."""
    before = until(site.values(session), now(session), present(session).zone)
    return _facts(session, _COLUMNS.where(*unhandled(before)).order_by(_W.c.id).limit(PAGE))


def between(session: Session, first_day: int, last_day: int) -> tuple[PaperIn, ...]:
    """The papers of the days (``YYYYMMDD``, both included) in the order of their numbers.

    Raises:
        ValueError: there is no such day.
        InputError: the period ends before it begins.
    """
    day_date(first_day), day_date(last_day)
    if last_day < first_day:
        raise InputError("The last day is before the first.", field="last_day")
    query = _COLUMNS.where(
        _E.c.kind == Kind.DOCUMENT.value, _E.c.day >= first_day, _E.c.day <= last_day
    ).order_by(_W.c.year, _W.c.number)
    return _facts(session, query)


_COLUMNS: Select[Any] = (
    select(
        _W,
        *(_E.c[name] for name in ("day", "sequence", "epoch", "received_at", "late", "subject", "urgency")),
        *(_E.c[name] for name in ("outcome", "void_reason", "version")),
        _E.c.status.label("entry_status"),
        tables.desk.c.code.label("desk_code"),
        tables.operator.c.name.label("operator_name"),
    )
    .join(_E, _E.c.id == _W.c.entry_id)
    .join(tables.desk, tables.desk.c.id == _E.c.desk_id)
    .join(tables.operator, tables.operator.c.id == _E.c.operator_id)
)


def _facts(session: Session, query: Select[Any]) -> tuple[PaperIn, ...]:
    connection = session.connection()
    rows = connection.execute(query).mappings().all()
    ids = [row["entry_id"] for row in rows]
    if not ids:
        return ()
    values, moment = site.values(session), now(session)
    here = _Present(values["document_form"], moment, until(values, moment, present(session).zone))
    readers = _grouped(
        session,
        select(_C, _D.c.code)
        .outerjoin(_D, _D.c.id == _C.c.department_id)
        .where(_C.c.entry_id.in_(ids), _C.c.status == _STANDING)
        .order_by(_C.c.entry_id, _C.c.ordinal),
    )
    words = _grouped(
        session,
        select(_I)
        .where(_I.c.entry_id.in_(ids), _I.c.status == _STANDING)
        .order_by(_I.c.entry_id, _I.c.ordinal),
    )
    referrals = _grouped(
        session,
        select(_R)
        .where(_R.c.entry_id.in_(ids), _R.c.status != ReferralStatus.WITHDRAWN.value)
        .order_by(_R.c.entry_id, _R.c.ordinal),
    )
    latest = {entry_id: found[-1] for entry_id, found in referrals.items()}
    parts = _grouped(
        session,
        select(_P, _D.c.name)
        .join(_D, _D.c.id == _P.c.department_id)
        .where(
            _P.c.referral_id.in_([one["id"] for one in latest.values()]),
            _P.c.status != PartStatus.WITHDRAWN.value,
        )
        .order_by(_P.c.id),
    )
    return tuple(
        _fact(row, here, readers.get(at, ()), words.get(at, ()), latest.get(at), parts.get(at, ()))
        for at, row in zip(ids, rows, strict=True)
    )


def _grouped(session: Session, query: Select[Any]) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = {}
    for row in session.connection().execute(query).mappings():
        groups.setdefault(row["entry_id"], []).append(row)
    return groups


@dataclass(frozen=True, slots=True)
class _Present:
    """How papers are numbered, what time it is, and what came before when has to be under way."""

    form: str
    now: dt.datetime
    until: dt.datetime


def _fact(
    row: Any,
    here: _Present,
    readers: Sequence[Any],
    words: Iterable[Any],
    referral: Any | None,
    parts: Sequence[Any],
) -> PaperIn:
    signed = tuple(
        PaperReader(one["ordinal"], one["whom"], one["code"] or "", one["signed_at"], one["note"])
        for one in readers
    )
    step = _step(row, referral, signed)
    due_at = referral["due_at"] if referral is not None else None
    return PaperIn(
        entry_id=row["entry_id"],
        number=str(Number(row["day"], row["sequence"], row["desk_code"], row["epoch"])),
        serial=paper_number(here.form, row["year"], row["number"]),
        title=row["subject"],
        urgency=Urgency(row["urgency"]),
        way=PaperWay(row["way"]),
        status=EntryStatus(row["entry_status"]),
        step=step,
        lying=step is PaperStep.NOTHING and row["received_at"] < here.until,
        overdue=step is PaperStep.REFERRED and due_at is not None and due_at <= here.now,
        readers=signed,
        instructions=tuple(PaperWords(one["leader"], one["words"], one["at"]) for one in words),
        operator=row["operator_name"],
        **{name: row[name] for name in _AS_THEY_ARE},
        **_handled(referral, parts),
    )


_AS_THEY_ARE = (
    *("day", "received_at", "late", "sender", "sender_number", "sender_day", "copies", "brought_by"),
    *("proposed", "outcome", "filed_at", "filed_where", "void_reason", "version"),
)


def _step(row: Any, referral: Any | None, readers: Iterable[PaperReader]) -> PaperStep:
    if row["entry_status"] == EntryStatus.VOID:
        return PaperStep.VOID
    if referral is not None and referral["status"] in RUNNING:
        return PaperStep.REFERRED
    if any(one.signed_at is None for one in readers):
        return PaperStep.CIRCULATING
    return PaperStep.NOTHING if row["filed_at"] is None else PaperStep.FILED


def _handled(referral: Any | None, parts: Sequence[Any]) -> dict[str, Any]:
    """What the latest referral says: to whom, by when, what came of it."""
    leads = [one for one in parts if one["role"] == Role.LEAD]
    lead = leads[-1] if leads else None
    known: Mapping[str, Any] = referral or {}
    return {
        "lead": lead["name"] if lead is not None else "",
        "assisting": tuple(one["name"] for one in parts if one["role"] != Role.LEAD),
        "asked": known.get("instruction", ""),
        "leader": known.get("leader", ""),
        "referral_status": ReferralStatus(referral["status"]) if referral is not None else None,
        "due_day": known.get("due_day"),
        "due_at": known.get("due_at"),
        "by_hour": known.get("limit_clock") == LimitClock.HOURS,
        "provisional": bool(known.get("provisional")),
        "result": (lead["answer"] or lead["return_reason"]) if lead is not None else "",
        "answered_at": lead["answered_at"] if lead is not None else None,
        "closed_at": known.get("closed_at"),
        "referral_id": known.get("id"),
        "part_id": lead["id"] if lead is not None else None,
        "lead_status": PartStatus(lead["status"]) if lead is not None else None,
    }
