"""One list of what is to be done, for every window: filtered, most pressing first, page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import RowMapping, func, select

from reception import scope, tables
from reception.context import Session
from reception.errors import InputError
from reception.facts import Category, EntryRow, Place, Todo, TodoRow
from reception.operations import directory, reading, veiling
from reception.operations.to_do import checking, details, office, prepared
from reception.operations.to_do.finding import FIND, LISTS
from reception.operations.to_do.found import Asked, Found
from reception.operations.to_do.moment import moment, remind_days
from reception.tables.among import on_server

NOW = tuple(one for one in Todo if one not in (Todo.CHECK, Todo.UNDER_WAY, Todo.ENDED))
"""What is to be done now, most pressing first."""
OF_REFERRALS = (
    *(Todo.OVERDUE, Todo.DUE_TODAY, Todo.RETURNED, Todo.ASKED, Todo.NOT_RECEIVED, Todo.CALL_BACK_PERSON),
    *(Todo.LEADER, Todo.REMIND, Todo.ANSWERED, Todo.UNDER_WAY),
)
TOGETHER: Mapping[str, tuple[Todo, ...]] = {
    "now": NOW,
    "open": OF_REFERRALS,
    "piled": (Todo.NOT_RECEIVED, Todo.UNHANDLED),
    "people": (Todo.WAITING, Todo.UNCALLED, Todo.CALLBACK, Todo.EXPECTED),
    "answered": (Todo.CALL_BACK_PERSON, Todo.LEADER, Todo.ANSWERED),
}
"""Lists of several reasons, in which every referral stands once, under what presses most."""
_NAMED_OTHERWISE = {Todo.ANSWERED: "closing", Todo.OPEN: "still-open"}
ALONE: Mapping[str, Todo] = {_NAMED_OTHERWISE.get(one, one.value): one for one in (*NOW, Todo.CHECK)}
"""Lists of one reason, whatever else presses more."""
FILTERS = (*TOGETHER, *ALONE, *LISTS)
MOST = 1_000


def rows(
    session: Session,
    *,
    which: str = "now",
    department: str = "",
    before: Place | None = None,
    limit: int = 100,
) -> tuple[TodoRow, ...]:
    """A page of a list, most pressing first.

    Args:
        session: the transaction.
        which: one of ``FILTERS``: ``now`` for all that is to be done, ``open`` for every part whose referral
            runs, the value of a ``Todo`` for one reason, ``sent`` and ``received`` for where parts stand,
            ``all`` for every part there ever was, newest first.
        department: code; only its parts. Visitors, calls and lines of the day belong to no department.
        before: the place of the last row of the page above.
        limit: how many at most.

    Raises InputError, NotFoundError for an unknown department.
    """
    if which not in FILTERS:
        raise InputError("'{value}' is not known here.", field="which", value=which)
    asked = _asked(session, which, department)
    present = prepared.values(asked)
    taken: list[Taken] = []
    for rank, (what, find) in enumerate(_finders(which)):
        if before is not None and rank < before.rank:
            continue
        if asked.department is not None and what in _OF_NO_DEPARTMENT:
            continue
        after = before if before is not None and before.rank == rank else None
        kind, query = prepared.page(find, asked, below=after is not None)
        place = {
            **present,
            **(prepared.below(after) if after is not None else {}),
            "limit": limit - len(taken),
        }
        for row in session.connection().execute(query, place):
            taken.append(Taken(kind, row.subject, row.entry, what, Place(rank, row.sub, row.at, row.id)))
        if len(taken) >= limit:
            break
    return shown(session, asked, taken)


_OF_NO_DEPARTMENT = (
    *(Todo.URGENT, Todo.UNHANDLED, Todo.UNCALLED, Todo.NOTIFIED, Todo.EXPECTED, Todo.NOT_BACK, Todo.PARCEL),
    *(Todo.WAITING, Todo.CALLBACK, Todo.OPEN, Todo.CHECK),
)


def _asked(session: Session, which: str, department: str) -> Asked:
    code = directory.department(session, department).id if department else None
    if (mine := scope.department(session)) is not None:
        code = mine
    reminding = which in ("now", "open", Todo.REMIND.value)
    now = moment(session)
    return Asked(
        now,
        alone=which not in TOGETHER,
        department=code,
        server=on_server(session.connection()),
        remind_days=remind_days(session) if reminding else (),
        wants=now.wants,
    )


def _finders(which: str) -> list[tuple[Todo | None, Callable[[Asked], Found]]]:
    if which in LISTS:
        return [(Todo.OPEN if index else None, find) for index, find in enumerate(LISTS[which])]
    reasons = TOGETHER[which] if which in TOGETHER else (ALONE[which],)
    return [(one, FIND[one]) for one in reasons]


@dataclass(frozen=True, slots=True)
class Taken:
    """A row of the page before it is read: whose id ``subject`` is, says ``kind`` (``finding.Found``)."""

    kind: str
    subject: int
    entry: int
    what: Todo | None
    place: Place


def shown(session: Session, asked: Asked, taken: Sequence[Taken]) -> tuple[TodoRow, ...]:
    """The rows of a page, in its order, as whoever sits here sees them."""
    now = asked.now
    parts = details.parts(session, now, _of(taken, "part"))
    leads = details.leads(session, now, _of(taken, "referral"))
    entries = {row.id: row for row in reading.rows(session, _entries(taken))} if _entries(taken) else {}
    calls = _calls(session, [one for one in _of(taken, "callback") if one])
    beside = {kind: office.rows(session, kind, _of(taken, kind)) for kind in office.KINDS}
    lacks = checking.lacking(session, now.wants, [one.entry for one in taken if one.what is Todo.CHECK])
    every = []
    for one in taken:
        if one.kind in ("part", "referral"):
            part = (parts if one.kind == "part" else leads)[one.subject]
            row = _of_part(part, one.what if asked.alone else None, one.place)
        elif one.kind == "callback":
            row = replace(_of_call(entries[one.entry], calls.get(one.subject)), place=one.place)
        elif one.kind in office.KINDS:
            row = replace(beside[one.kind][one.subject], place=one.place)
        else:
            row = _of_entry(entries[one.entry], one.what or Todo.OPEN)
            row = replace(row, lacks=lacks.get(one.entry, ()), place=one.place)
        every.append((row, _category(row, entries.get(one.entry))))
    rows = [row for row, _category in every]
    pressed = office.press(session, rows)
    return veiling.facts(session, [(row, pair[1]) for row, pair in zip(pressed, every, strict=True)])


def _category(row: TodoRow, entry: EntryRow | None) -> Category | None:
    if row.referral is not None:
        return row.referral.category
    return entry.category if entry is not None else None


def of_referrals(session: Session, referral_ids: Sequence[int]) -> tuple[TodoRow, ...]:
    """These referrals that run, as the list shows them, in the order of their ids as given."""
    found = details.leads(session, moment(session), referral_ids)
    every = [found[one] for one in referral_ids if one in found]
    return veiling.facts(session, [(_of_part(one, None, None), one.row.category) for one in every])


def _of(taken: Iterable[Taken], kind: str) -> list[int]:
    return [one.subject for one in taken if one.kind == kind]


def _entries(taken: Iterable[Taken]) -> list[int]:
    return sorted({one.entry for one in taken if one.kind in ("entry", "callback")})


def _of_part(shown: details.Shown, only: Todo | None, place: Place | None) -> TodoRow:
    """``only`` is the reason of a list of one; what presses more shows all the same."""
    row = shown.row
    text = row.matter or row.subject
    what = only if only is not None and shown.what is Todo.CALL_BACK_PERSON else shown.what
    if what is Todo.RETURNED:
        text = row.part.return_reason
    elif row.asked:  # also where it is late by now: the desk decides about this first
        text = row.asked
    elif what in (Todo.ANSWERED, Todo.LEADER, Todo.CALL_BACK_PERSON):
        text = row.part.answer
    return TodoRow(
        what=what,
        entry_id=row.entry_id,
        number=row.number,
        since=shown.since,
        person=row.person,
        phone=row.phone,
        text=text,
        department=row.part.department,
        part_id=row.part.id,
        referral_id=row.referral_id,
        identity_protected=row.identity_protected,
        due_at=row.term.due_at if row.term is not None else None,
        referral=row,
        overdue_days=row.overdue_days,
        rung=shown.rung,
        way=shown.way,
        place=place,
    )


def _of_entry(row: EntryRow, what: Todo) -> TodoRow:
    return TodoRow(
        what=what,
        entry_id=row.id,
        number=row.number,
        since=(row.waiting_since if what is Todo.WAITING else None) or row.received_at,
        person=reading.person(row),
        phone=row.phone,
        text=row.matter or row.subject,
        department=row.department,
        identity_protected=row.identity_protected,
    )


def _of_call(row: EntryRow, call: RowMapping | None) -> TodoRow:
    shown = _of_entry(row, Todo.CALLBACK)
    if call is None:
        return shown
    return replace(
        shown,
        since=call["created_at"],
        phone=call["phone"] or row.phone,
        text=call["about"] or shown.text,
        department="",
        callback_id=call["id"],
        due_at=call["due_at"],
        owner=call["owner"],
        attempts=call["attempts"],
    )


def _calls(session: Session, ids: Sequence[int]) -> dict[int, RowMapping]:
    if not ids:
        return {}
    call, tried = tables.callback, tables.attempt
    attempts = select(func.count()).select_from(tried).where(tried.c.callback_id == call.c.id)
    query = select(call, attempts.scalar_subquery().label("attempts")).where(call.c.id.in_(ids))
    return {row["id"]: row for row in session.connection().execute(query).mappings()}
