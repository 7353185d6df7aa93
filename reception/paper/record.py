"""What the records of one entry show, of a visit as of a call: the entry, and what became of it in writing.

Who told it is not here where it must not be printed: what must not be printed does not travel.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reception.facts import (
    Act,
    Category,
    Details,
    EntryView,
    Kind,
    LimitClock,
    PartStatus,
    ReferralStatus,
    ReferralView,
    Role,
    Sex,
    StepKind,
    Visibility,
    Visits,
)
from reception.paper.daily_sheet import SheetRow, sheet_row
from reception.paper.plain import plain

if TYPE_CHECKING:
    from reception.context import Session

HIDDEN_BELOW = 8
"""Of a document number with fewer characters nothing is printed: its last four would be half of it."""


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of a matter in writing: its latest referral. Times are in the site's zone.

    ``due`` is the last day, or with ``by_hour`` the minute. ``departments`` are (name, whether it leads).
    ``content``: what the person said when they were called about the result, at ``asked_at``.
    """

    status: ReferralStatus
    instruction: str
    leader: str
    leader_words: str
    departments: tuple[tuple[str, bool], ...]
    officer: str
    sent_at: dt.datetime
    due: dt.datetime | None
    by_hour: bool
    provisional: bool
    answer: str
    answered_at: dt.datetime | None
    note: str
    closed_at: dt.datetime | None
    contacted_at: dt.datetime | None
    contacted_how: str
    content: bool | None = None
    asked_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One entry as a record shows it, in no language: its line on the daily sheet, and all the rest.

    ``sealed``: nothing but number and time is here.
    """

    site: str
    zone: str
    footer: str
    desk: str
    line: SheetRow
    sealed: bool
    sex: Sex | None
    document: str
    others: tuple[tuple[str, str], ...]
    """Those who came along: names and telephones."""
    visits: Visits | None
    category: Category | None
    request: str
    details: Details
    handled: Handled | None


def collect(session: Session, number: str) -> Record:
    """The entry ``number`` as everybody may read it. Raises InputError, NotFoundError."""
    from reception.operations import callbacks, reading, site, veiling

    here = site.site(session)
    zone = ZoneInfo(here.zone)
    entry_id = reading.find_number(session, number)
    whole = veiling.view(session, reading.entry(session, entry_id), on_paper=True)
    row = whole.row
    sealed = veiling.of(row.category) is Visibility.SEALED
    withheld = row.identity_protected
    shown = None if withheld or not whole.parties else whole.parties[0]
    line = sheet_row(row, zone, row.number, owes_call=entry_id in callbacks.entries_owing(session))
    return Record(
        site=here.name,
        zone=here.zone,
        footer=here.footer,
        desk=row.desk,
        line=line,
        sealed=sealed,
        sex=shown.sex if shown else None,
        document=last_four(shown.document_number) if shown else "",
        others=() if withheld else tuple((one.name, one.phone) for one in whole.parties[1:]),
        visits=None if sealed else _visits(session, entry_id, row.kind),
        category=row.category,
        request=row.request,
        details=replace(whole.details, identity_protected=withheld),
        handled=_handled(whole, zone),
    )


def subject(number: str) -> str:
    """What it is a print of: the entry's number."""
    return number


def lines(data: Record, own: Iterable[object], handled: Iterable[object]) -> Iterator[tuple[str, object]]:
    """Every printed line of a record: its key, and its values in no language.

    ``own`` and ``handled`` are what only one of the records shows of the entry and of what became of it.
    """
    line, details, done = data.line, data.details, data.handled
    key = line.key
    yield "head", [data.site, data.desk, data.footer]
    yield key, plain([line.number, line.at, line.late, line.status, line.void_reason, *own])
    yield f"{key}/who", plain([line.withheld, line.name, line.organisation, line.phone])
    told = (details.complained_about, details.people_concerned, details.amount, details.since)
    yield (
        f"{key}/told",
        plain(
            [data.sealed, line.matter, line.subject, *told, details.evidence, details.papers, data.request]
        ),
    )
    stands = line.referral_status if line.act is Act.REFERRED else None
    acted = (line.act, line.call_result, stands, line.outcome)
    yield f"{key}/outcome", plain([*acted, line.urgency, line.callback_wanted])
    if done is None:
        yield f"{key}/handled", plain([line.department])
        return
    due = (done.due, done.by_hour, done.provisional)
    ended = (done.answered_at, done.answer, done.closed_at, done.note)
    said = (done.instruction, done.leader, done.leader_words)
    yield f"{key}/handled", plain([*said, done.departments, *due, *ended, *handled])


def last_four(masked: str) -> str:
    """The last four characters of a document number that comes masked (``****1234``); "" of a short one."""
    shown = masked.lstrip("*")
    return shown if len(shown) == 4 and len(masked) >= HIDDEN_BELOW else ""


def _visits(session: Session, entry_id: int, kind: Kind) -> Visits | None:
    from reception.operations.people import repeats

    return repeats.visits(session, entry_id) if kind is Kind.VISIT else None


def _handled(whole: EntryView, zone: ZoneInfo) -> Handled | None:
    referral = next(iter(reversed(whole.referrals)), None)
    if referral is None:
        return None
    parts = [one for one in referral.parts if one.status is not PartStatus.WITHDRAWN]
    lead = next((one for one in reversed(parts) if one.role is Role.LEAD), None)
    seen = [one for one in referral.steps if one.kind is StepKind.SEEN]
    asked = next((one for one in reversed(referral.steps) if one.kind is StepKind.CALLED_BACK), None)
    due, by_hour, provisional = _due(referral, zone)

    def here(moment: dt.datetime | None) -> dt.datetime | None:
        return moment.astimezone(zone) if moment is not None else None

    return Handled(
        status=referral.status,
        instruction=referral.instruction,
        leader=referral.leader,
        leader_words="\n".join(one.words for one in seen if one.words),
        departments=tuple((one.department_name, one.role is Role.LEAD) for one in parts),
        officer=lead.officer or lead.received_by if lead else "",
        sent_at=referral.created_at.astimezone(zone),
        due=due,
        by_hour=by_hour,
        provisional=provisional,
        answer=lead.answer if lead else "",
        answered_at=here(lead.answered_at) if lead else None,
        note=referral.closing_note,
        closed_at=here(referral.closed_at),
        contacted_at=here(lead.contacted_at) if lead else None,
        contacted_how=lead.contacted_how if lead else "",
        content=asked.content if asked else None,
        asked_at=here(asked.at) if asked else None,
    )


def _due(referral: ReferralView, zone: ZoneInfo) -> tuple[dt.datetime | None, bool, bool]:
    term = referral.term
    if term is None:
        return None, False, False
    if term.clock is LimitClock.HOURS:
        return term.due_at.astimezone(zone), True, term.provisional
    # the end of a day is the first instant of the next
    return term.due_at.astimezone(zone) - dt.timedelta(seconds=1), False, term.provisional
