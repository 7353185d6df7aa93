"""办理轨迹, the trail of a case: who did what with it and when, for the person who says that nobody cared.

It is handed out, so it is veiled whoever prints it: of an accusation it tells only when something was done,
of a report and of a protected identity nothing about who told it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reception import dates, timeline
from reception.facts import (
    Kind,
    LimitClock,
    PartView,
    ReferralStatus,
    ReferralView,
    Role,
    TrailLine,
    Visibility,
)
from reception.facts.printing import Stamp
from reception.paper.form import Form
from reception.paper.style import Style
from reception.wording import NP_, Wording
from reception.words import KINDS, PARTS, REFERRALS, ROLES

if TYPE_CHECKING:
    from reportlab.platypus.flowables import Flowable

    from reception.context import Session
    from reception.paper.page import Dress
    from reception.paper.rows import Row

FORM = Form(
    name="case_trail",
    title=NP_("paper", "Trail of a matter"),
    landscape=True,
    signatures=(NP_("paper", "Explained by"), NP_("paper", "Taken note of by"), NP_("paper", "Date")),
)
_GAP = 6.0


@dataclass(frozen=True, slots=True)
class Sent:
    """One department's part, and by when the referral that it belongs to is due (a day, or a minute)."""

    part: PartView
    due: dt.datetime | None
    by_hour: bool
    provisional: bool
    status: ReferralStatus
    slip: str
    instruction: str
    note: str


@dataclass(frozen=True, slots=True)
class CaseTrail:
    """Everything that the trail of one entry shows, in no language."""

    site: str
    zone: str
    footer: str
    number: str
    kind: Kind
    received_at: dt.datetime
    withheld: bool
    person: str
    phone: str
    organisation: str
    subject: str
    parts: tuple[Sent, ...]
    trail: tuple[TrailLine, ...]


def collect(session: Session, entry_id: int) -> CaseTrail:
    """What is known of an entry, as everybody may read it. Raises NotFoundError."""
    from reception.operations import reading, site, veiling
    from reception.operations import trail as trails

    whole = reading.entry(session, entry_id)
    here = site.site(session)
    row = veiling.entries(session, [whole.row], on_paper=True)[0]
    sealed = veiling.of(whole.row.category) is Visibility.SEALED
    if sealed:
        lines = tuple(replace(one, changes=(), departments=()) for one in whole.trail)
    else:
        lines = trails.lines(session, "entry", entry_id, people=not row.identity_protected)
    withheld = row.identity_protected
    return CaseTrail(
        site=here.name,
        zone=here.zone,
        footer=here.footer,
        number=row.number,
        kind=row.kind,
        received_at=row.received_at,
        withheld=withheld,
        person="" if withheld else row.name,
        phone="" if withheld else row.phone,
        organisation="" if withheld else row.organisation,
        subject=" · ".join(dict.fromkeys(filter(None, (row.matter, row.subject)))),
        parts=() if sealed else tuple(_sent(one, part) for one in whole.referrals for part in one.parts),
        trail=lines,
    )


def _sent(referral: ReferralView, part: PartView) -> Sent:
    term = referral.term
    return Sent(
        part=part,
        due=term.due_at if term is not None else None,
        by_hour=term is not None and term.clock is LimitClock.HOURS,
        provisional=term is not None and term.provisional,
        status=referral.status,
        slip=referral.slip,
        instruction=referral.instruction,
        note=referral.closing_note,
    )


def subject(entry_id: int) -> str:
    """What it is a print of: the entry."""
    return str(entry_id)


def lines(data: CaseTrail) -> Iterator[tuple[str, object]]:
    """Every printed line: its key, and its values in no language."""
    who = "withheld" if data.withheld else [data.person, data.phone, data.organisation]
    yield "head", [data.site, data.number, data.kind, data.received_at.isoformat(), who, data.subject]
    for one in data.parts:
        yield f"part:{one.part.name}", _plain(one)
    for at, line in enumerate(data.trail):
        yield f"line:{at}", _plain(line)


def _plain(value: object) -> object:
    """A fact as plain values in the order of its fields."""
    if is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


def dress(data: CaseTrail, wording: Wording, style: Style, stamp: Stamp) -> Dress:
    """Head and foot."""
    from reception.paper.page import Dress

    return Dress(
        title=wording.pgettext("paper", FORM.title),
        unit=data.site,
        date=dates.stamp(data.received_at.astimezone(ZoneInfo(data.zone)), wording.language),
        desk=data.number,
        notice=data.footer,
        zone=data.zone,
    )


def story(data: CaseTrail, wording: Wording, style: Style, stamp: Stamp) -> list[Flowable]:
    """What it is about, where it was sent, and everything that was done."""
    from reception.paper.page import TextBlock
    from reception.paper.rows import Row, register, shared

    words = _Words(wording, ZoneInfo(data.zone))
    flow: list[Flowable] = [TextBlock(line) for line in words.about(data)]
    if data.parts:
        heading = wording.pgettext("paper", "Where it was sent")
        rows = [words.part(one) for one in data.parts]
        flow += [
            TextBlock(heading, before=_GAP, after=_GAP / 2, bold=True),
            register(shared(style.width, words.part_columns()), rows),
        ]
    done = [words.line(at, one) for at, one in enumerate(words.told(data), 1)]
    flow += [
        TextBlock(wording.pgettext("paper", "What was done"), before=_GAP, after=_GAP / 2, bold=True),
        register(shared(style.width, words.columns()), done or [Row(("",) * 6)]),
    ]
    return flow


_Plan = tuple[tuple[str, float, float, bool], ...]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one trail in one language, by the site's clock."""

    wording: Wording
    zone: ZoneInfo

    def about(self, data: CaseTrail) -> list[str]:
        """Who came with what: a line each."""
        gettext, pgettext = self.wording.gettext, self.wording.pgettext
        withheld = pgettext("paper", "Withheld") if data.withheld else ""
        who = withheld or " · ".join(filter(None, (data.person, data.phone, data.organisation))) or "—"
        pair = gettext("{name}: {value}")
        came = f"{gettext(KINDS[data.kind])} · {self._time(data.received_at)}"
        lines = [
            pair.format(name=pgettext("paper", "Number"), value=f"{data.number} · {came}"),
            pair.format(name=pgettext("paper", "Name"), value=who),
            pair.format(name=pgettext("paper", "Matter"), value=data.subject or "—"),
        ]
        for said in dict.fromkeys(one.instruction for one in data.parts if one.instruction):
            lines.append(pair.format(name=gettext("Instruction"), value=said))
        return lines

    def part_columns(self) -> _Plan:
        """The columns of the departments' parts."""
        pgettext = self.wording.pgettext
        return (
            (pgettext("paper", "Number"), 104, 0, False),
            (pgettext("paper", "Department in charge"), 0, 90, False),
            (pgettext("paper", "Sent"), 0, 66, False),
            (pgettext("paper", "Told by phone"), 0, 80, False),
            (pgettext("paper", "Received"), 0, 80, False),
            (pgettext("paper", "Due"), 0, 66, False),
            (pgettext("paper", "Outcome"), 0, 160, False),
        )

    def part(self, one: Sent) -> Row:
        """One department's part."""
        from reception.paper.rows import Row

        gettext, part = self.wording.gettext, one.part
        role = gettext(ROLES[part.role])
        name = part.department_name if part.role is Role.LEAD else f"{part.department_name} ({role})"
        number = part.name if not one.slip else f"{part.name}\n{one.slip}"
        return Row(
            (
                number,
                name,
                self._time(part.sent_at),
                self._stamped(part.told_at, part.told_whom),
                self._stamped(part.received_at, part.received_by),
                self._due(one),
                self._outcome(one),
            )
        )

    def _due(self, one: Sent) -> str:
        if one.due is None:
            return ""
        if one.by_hour:
            said = self._time(one.due)
        else:  # the end of a day is the first instant of the next
            day = (one.due.astimezone(self.zone) - dt.timedelta(seconds=1)).date()
            said = dates.plain_date(day, self.wording.language)
        return f"{said} ({self.wording.gettext('provisional')})" if one.provisional else said

    def _outcome(self, one: Sent) -> str:
        gettext, part = self.wording.gettext, one.part
        status = gettext(PARTS[part.status])
        if one.status is ReferralStatus.CLOSED:
            status = f"{status} · {gettext(REFERRALS[one.status])}"
        ended = part.answered_at or part.returned_at
        said = (part.answer or part.return_reason, part.case_number, one.note)
        return " · ".join(filter(None, (status, self._time(ended), *said)))

    def columns(self) -> _Plan:
        """The columns of what was done."""
        pgettext = self.wording.pgettext
        return (
            (pgettext("paper", "No."), 26, 0, True),
            (pgettext("paper", "Time"), 108, 0, True),
            (pgettext("paper", "What was done"), 0, 90, False),
            (pgettext("paper", "Department in charge"), 0, 100, False),
            (pgettext("paper", "What was said"), 0, 290, False),
            (pgettext("paper", "Clerk"), 0, 50, False),
        )

    def told(self, data: CaseTrail) -> tuple[timeline.Told, ...]:
        """The trail in sentences."""
        return timeline.lines(data.trail, self.wording, self.zone)

    def line(self, at: int, one: timeline.Told) -> Row:
        """One act."""
        from reception.paper.rows import Row

        return Row((str(at), self._time(one.at), one.what, one.where, one.said, one.operator))

    def _time(self, moment: dt.datetime | None) -> str:
        if moment is None:
            return ""
        return dates.stamp(moment.astimezone(self.zone), self.wording.language)

    def _stamped(self, moment: dt.datetime | None, who: str) -> str:
        return " · ".join(filter(None, (self._time(moment), who)))
