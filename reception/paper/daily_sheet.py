"""每日接待登记表, the daily reception sheet: everybody who came or called on one day, and what became of it.

`collect` runs in the window's process, in the lane that reads; what it returns travels to the process that
lays it out. ReportLab is therefore imported only where something is laid out.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reception.facts import (
    Act,
    CallResult,
    EntryRow,
    EntryStatus,
    Kind,
    ReferralStatus,
    Totals,
    Urgency,
)
from reception.numbers import day_date, parse_number
from reception.wording import Wording

if TYPE_CHECKING:
    from reportlab.platypus.flowables import Flowable

    from reception.context import Session

CARRIED = 50
"""Open items of earlier days that are printed one by one; the others are counted."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of the sheet, times in the site's zone.

    Of a person whose identity is withheld nothing is here: what must not be printed does not travel.
    """

    number: str
    at: dt.datetime
    kind: Kind
    name: str
    organisation: str
    phone: str
    withheld: bool
    party_size: int
    matter: str
    subject: str
    department: str
    act: Act | None
    call_result: CallResult | None
    status: EntryStatus
    referral_status: ReferralStatus | None
    outcome: str
    operator: str
    left_at: dt.datetime | None
    late: bool
    urgency: Urgency
    callback_wanted: bool
    """Somebody is still to be called."""
    void_reason: str
    left_estimated: bool = False


@dataclass(frozen=True, slots=True)
class DaySheet:
    """Everything that one day's sheet shows, in no language.

    ``carried_total`` counts the open items of earlier days, also those that are not in ``carried``.
    """

    site: str
    day: int
    desk: str
    zone: str
    footer: str
    rows: tuple[SheetRow, ...]
    totals: Totals
    carried: tuple[SheetRow, ...]
    carried_total: int


def collect(session: Session, day: int, desk: str | None = None) -> DaySheet:
    """Read what the sheet of ``day`` (``YYYYMMDD``) shows, of one desk or of all.

    Raises:
        ValueError: there is no such day.
    """
    from reception.operations import callbacks, reading, site, veiling
    from reception.operations import day as days

    day_date(day)
    here = site.site(session)
    zone = ZoneInfo(here.zone)
    carried = days.open_before(session, day, CARRIED, desk=desk)
    total = days.count_open_before(session, day, desk=desk) if len(carried) == CARRIED else len(carried)
    owing = callbacks.entries_owing(session)
    # the sheet hangs where everybody reads it, whoever prints it
    rows = veiling.entries(
        session, reading.day_rows(session, day, desk=desk, newest_first=False), on_paper=True
    )
    carried = veiling.entries(session, carried, on_paper=True)
    return DaySheet(
        site=here.name,
        day=day,
        desk=desk or "",
        zone=here.zone,
        footer=here.footer,
        rows=tuple(
            sheet_row(row, zone, parse_number(row.number).short, owes_call=row.id in owing) for row in rows
        ),
        totals=days.totals(session, day, desk=desk),
        carried=tuple(sheet_row(row, zone, row.number, owes_call=row.id in owing) for row in carried),
        carried_total=total,
    )


def sheet_row(row: EntryRow, zone: ZoneInfo, number: str, *, owes_call: bool = False) -> SheetRow:
    """``row``, veiled (``operations.veiling``), as the sheet shows it."""
    withheld = row.identity_protected
    return SheetRow(
        number=number,
        at=row.received_at.astimezone(zone),
        kind=row.kind,
        name="" if withheld else row.name,
        organisation="" if withheld else row.organisation,
        phone="" if withheld else row.phone,
        withheld=withheld,
        party_size=row.party_size,
        matter=row.matter,
        subject=row.subject,
        department=row.department_name or row.department,
        act=row.act,
        call_result=row.call_result,
        status=row.status,
        referral_status=row.referral_status,
        outcome=row.outcome,
        operator=row.operator,
        left_at=row.left_at.astimezone(zone) if row.left_at else None,
        late=row.late,
        urgency=row.urgency,
        callback_wanted=owes_call,
        void_reason=row.void_reason,
        left_estimated=row.left_estimated,
    )


def story(data: DaySheet, wording: Wording) -> list[Flowable]:
    """The day laid out: register, totals, what is carried over, signatures."""
    from reception.paper import daily_layout

    return daily_layout.story(data, wording)


def write(data: DaySheet, wording: Wording, path: str | Path, made_at: dt.datetime) -> int:
    """Print the sheet into the PDF ``path`` and say how many pages it has.

    The same data, language and ``made_at`` (an aware instant) give the same bytes.

    Raises:
        SurroundingsError: it cannot be saved there; nothing half-made is left behind.
    """
    from reception.paper import daily_layout, output, page

    made_here = made_at.astimezone(ZoneInfo(data.zone))
    content, pages = page.render(
        daily_layout.story(data, wording), daily_layout.dress(data, wording, made_here), wording, made_here
    )
    output.replace(Path(path), content)
    return pages
