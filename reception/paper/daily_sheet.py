"""每日接待登记表, the daily reception sheet: everybody who came or called on one day, and what became of it.

`collect` runs in the window's process, in the lane that reads; what it returns travels to the process that
lays it out. ReportLab is therefore imported only where something is laid out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
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
    Visibility,
    gives_notice,
    visibility,
)
from reception.facts.printing import Stamp
from reception.numbers import day_date, parse_number
from reception.paper.form import ColumnSpec, Form
from reception.paper.style import Style
from reception.wording import N_, NP_, Wording

if TYPE_CHECKING:
    from reportlab.platypus.flowables import Flowable

    from reception.context import Session
    from reception.facts.urgency import EventLine
    from reception.paper.page import Dress

FORM = Form(
    name="daily_sheet",
    title=NP_("paper", "Daily reception register"),
    landscape=True,
    columns=(
        ColumnSpec("number", NP_("paper", "No."), 26, most=62, centred=True),
        ColumnSpec("time", NP_("paper", "Time"), 31, centred=True),
        ColumnSpec("kind", NP_("paper", "Kind"), 28, most=40, centred=True, gives=4),
        ColumnSpec("name", NP_("paper", "Name"), weight=52),
        ColumnSpec("organisation", NP_("paper", "Organisation or address"), weight=96, gives=5),
        ColumnSpec("phone", NP_("paper", "Phone"), 69),
        ColumnSpec("party", NP_("paper", "Party"), 31, centred=True, figures="00", gives=1),
        ColumnSpec("matter", NP_("paper", "Matter"), weight=138),
        ColumnSpec("sent_to", NP_("paper", "Sent to"), weight=70),
        ColumnSpec("outcome", NP_("paper", "Outcome"), weight=104),
        ColumnSpec("clerk", NP_("paper", "Clerk"), weight=41, gives=3),
        # most leave without a word: a second line for each of them would double the sheet
        ColumnSpec("left", NP_("paper", "Left"), 31, most=42, centred=True, figures="00:00", gives=2),
        ColumnSpec("remarks", NP_("paper", "Remarks"), weight=52, struck=False),  # the reason of a void
    ),
    signatures=(
        NP_("paper", "Recorded by (first asked)"),
        NP_("paper", "Head of the office"),
        NP_("paper", "Date"),
    ),
)
FILED = N_("Filed: {place}")
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
    sealed: bool = False
    """Of an accusation paper says in its own language that it is one, and nothing else."""
    key: str = ""
    """Names the line from one print to the next: ``entry:123``."""


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
    weather: str = ""
    leader: str = ""
    """带班领导, the leader on duty; where the site wants that."""
    officer: str = ""
    """值班员, who is on duty outside the office hours."""


def collect(session: Session, day: int, desk: str | None = None) -> DaySheet:
    """Read what the sheet of ``day`` (``YYYYMMDD``) shows, of one desk or of all.

    Raises:
        ValueError: there is no such day.
    """
    from reception.facts import Duty
    from reception.operations import callbacks, duties, reading, site, veiling
    from reception.operations import day as days

    day_date(day)
    here = site.site(session)
    duty = duties.of(session, day) if site.values(session).get("on_duty") == "yes" else Duty(day)
    zone = ZoneInfo(here.zone)
    carried = days.open_before(session, day, CARRIED, desk=desk)
    total = days.count_open_before(session, day, desk=desk) if len(carried) == CARRIED else len(carried)
    owing = callbacks.entries_owing(session)
    # the sheet hangs where everybody reads it, whoever prints it
    rows = veiling.entries(
        session, reading.day_rows(session, day, desk=desk, newest_first=False), on_paper=True
    )
    carried = veiling.entries(session, carried, on_paper=True)
    if any(row.kind is Kind.URGENT for row in rows):
        rows = _with_logs(session, day, zone, rows)
    if any(row.kind is Kind.DOCUMENT for row in rows):
        rows = _with_files(session, day, rows)
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
        weather=duty.weather,
        leader=duty.leader,
        officer=duty.officer,
    )


def _with_logs(
    session: Session, day: int, zone: ZoneInfo, rows: tuple[EntryRow, ...]
) -> tuple[EntryRow, ...]:
    """An urgent event with its place and its log, which belongs to the day's sheet."""
    from reception import wording
    from reception.operations import site
    from reception.operations.office import urgent

    missed = wording.load(site.values(session).get("language", "")).gettext("not reached")
    events = {one.row.entry_id: one for one in urgent.of_day(session, day)}

    def line(one: EventLine) -> str:
        reached = missed if one.reached is False else ""
        return " ".join(filter(None, (f"{one.at.astimezone(zone):%H:%M}", one.whom, reached, one.words)))

    def told(row: EntryRow) -> EntryRow:
        if (event := events.get(row.id)) is None:
            return row
        outcome = "\n".join(filter(None, (*map(line, event.log), row.outcome)))
        return replace(row, organisation=event.row.place, outcome=outcome)

    return tuple(map(told, rows))


def _with_files(session: Session, day: int, rows: tuple[EntryRow, ...]) -> tuple[EntryRow, ...]:
    """A paper with the place where it was filed, which is what became of it."""
    from reception import wording
    from reception.operations import site
    from reception.operations.office import papers_in

    said = wording.load(site.values(session).get("language", "")).gettext(FILED)
    filed = {one.entry_id: one.filed_where for one in papers_in.between(session, day, day) if one.filed_at}

    def told(row: EntryRow) -> EntryRow:
        if not (place := filed.get(row.id)) or visibility(row.category) is Visibility.SEALED:
            return row
        return replace(row, outcome="\n".join(filter(None, (row.outcome, said.format(place=place)))))

    return tuple(map(told, rows))


def sheet_row(row: EntryRow, zone: ZoneInfo, number: str, *, owes_call: bool = False) -> SheetRow:
    """``row``, veiled (``operations.veiling``), as the sheet shows it."""
    withheld = row.identity_protected
    sealed = visibility(row.category) is Visibility.SEALED
    act, result = _done(row)
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
        subject="" if sealed else row.subject,
        sealed=sealed,
        department=row.department_name or row.department,
        act=act,
        call_result=result,
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
        key=f"entry:{row.id}",
    )


def _done(row: EntryRow) -> tuple[Act | None, CallResult | None]:
    """What was done, and how a call went; of a call that gives a notice only whether they were told of it."""
    if not gives_notice(row.kind, row.category) or row.act not in (Act.ANSWERED, Act.PUT_THROUGH):
        return row.act, row.call_result
    return None, CallResult.CONNECTED if row.act is Act.ANSWERED else row.call_result


def subject(day: int, desk: str | None = None) -> str:
    """What it is a print of: ``20261122``, of one desk ``20261122/A``."""
    return f"{day}/{desk}" if desk else str(day)


def lines(data: DaySheet) -> Iterator[tuple[str, object]]:
    """Every printed line: its key, and its values in no language."""
    yield "head", [data.site, data.day, data.desk, data.footer, data.weather, data.leader, data.officer]
    for row in data.rows:
        yield row.key, values(row)
    yield "foot", [getattr(data.totals, field.name) for field in fields(data.totals)]
    for row in data.carried:
        yield (
            f"{row.key}/carried",
            [row.number, row.withheld, row.name, row.matter, row.subject, row.department],
        )


def values(row: SheetRow) -> list[object]:
    """What is printed of an entry, in no language."""
    return [_plain(getattr(row, name)) for name in _PRINTED]


_PRINTED = tuple(field.name for field in fields(SheetRow) if field.name != "key")


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.datetime) else value


def dress(data: DaySheet, wording: Wording, style: Style, stamp: Stamp) -> Dress:
    """Head and foot."""
    from reception.paper import daily_layout

    return daily_layout.dress(data, wording)


def story(data: DaySheet, wording: Wording, style: Style, stamp: Stamp) -> list[Flowable]:
    """The day laid out: register, totals, what is carried over."""
    from reception.paper import daily_layout

    return daily_layout.story(data, wording, style, stamp)
