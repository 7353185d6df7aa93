"""What the records of one entry show, of a visit as of a call: the entry, and what became of it in writing.

Who told it is not here where it must not be printed: what must not be printed does not travel.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reception.facts import (
    Act,
    CallResult,
    Category,
    Details,
    EntryStatus,
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
    """One entry as a record shows it, in no language. Times are in the site's zone.

    ``withheld``: nothing of who told it is here. ``sealed``: nothing but number and time is.
    """

    site: str
    zone: str
    footer: str
    id: int
    number: str
    desk: str
    kind: Kind
    at: dt.datetime
    late: bool
    status: EntryStatus
    void_reason: str
    withheld: bool
    sealed: bool
    name: str
    sex: Sex | None
    phone: str
    organisation: str
    document: str
    others: tuple[tuple[str, str], ...]
    """Those who came along: names and telephones."""
    party_size: int
    visits: Visits | None
    category: Category | None
    matter: str
    subject: str
    request: str
    act: Act | None
    call_result: CallResult | None
    department: str
    outcome: str
    details: Details
    operator: str
    left_at: dt.datetime | None
    left_estimated: bool
    handled: Handled | None


def collect(session: Session, number: str) -> Record:
    """The entry ``number`` as everybody may read it. Raises InputError, NotFoundError."""
    from reception.operations import reading, site, veiling

    here = site.site(session)
    zone = ZoneInfo(here.zone)
    entry_id = reading.find_number(session, number)
    whole = veiling.view(session, reading.entry(session, entry_id), on_paper=True)
    row = whole.row
    sealed = veiling.of(row.category) is Visibility.SEALED
    withheld = row.identity_protected
    shown = None if withheld or not whole.parties else whole.parties[0]
    return Record(
        site=here.name,
        zone=here.zone,
        footer=here.footer,
        id=row.id,
        number=row.number,
        desk=row.desk,
        kind=row.kind,
        at=row.received_at.astimezone(zone),
        late=row.late,
        status=row.status,
        void_reason=row.void_reason,
        withheld=withheld,
        sealed=sealed,
        name=shown.name if shown else "",
        sex=shown.sex if shown else None,
        phone=shown.phone if shown else "",
        organisation=shown.organisation if shown else "",
        document=last_four(shown.document_number) if shown else "",
        others=() if withheld else tuple((one.name, one.phone) for one in whole.parties[1:]),
        party_size=row.party_size,
        visits=None if sealed else _visits(session, entry_id, row.kind),
        category=row.category,
        matter=row.matter,
        subject="" if sealed else row.subject,
        request=row.request,
        act=row.act,
        call_result=row.call_result,
        department=row.department_name or row.department,
        outcome=row.outcome,
        details=replace(whole.details, identity_protected=withheld),
        operator=row.operator,
        left_at=row.left_at.astimezone(zone) if row.left_at else None,
        left_estimated=row.left_estimated,
        handled=_handled(whole, zone),
    )


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
