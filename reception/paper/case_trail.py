"""办理轨迹, the trail of a case: who did what with it and when, for the person who says that nobody cared.

It is handed out, so it is veiled whoever prints it: of an accusation it tells only when something was done,
of a report and of a protected identity nothing about who told it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
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
from reception.paper.form import ColumnSpec, Form
from reception.paper.plain import plain
from reception.paper.style import Style
from reception.wording import NP_, Wording
from reception.words import KINDS, PARTS, REFERRALS, ROLES

if TYPE_CHECKING:
    from reportlab.platypus.flowables import Flowable

    from reception.context import Session
    from reception.paper.boxes import Band
    from reception.paper.page import Dress
    from reception.paper.rows import Row

FORM = Form(
    name="case_trail",
    title=NP_("paper", "Trail of a matter"),
    columns=(
        ColumnSpec("place", NP_("paper", "No."), 24, centred=True, gives=1),
        ColumnSpec("time", NP_("paper", "Time"), 60, most=78, centred=True),
        ColumnSpec("what", NP_("paper", "What was done"), weight=62),
        ColumnSpec("department", NP_("paper", "Department in charge"), weight=78),
        ColumnSpec("said", NP_("paper", "What was said"), weight=190),
        ColumnSpec("clerk", NP_("paper", "Clerk"), weight=44),
    ),
    signatures=(NP_("paper", "Explained by"), NP_("paper", "Taken note of by"), NP_("paper", "Date")),
    shape=2,
)
_GAP = 6.0
_LABEL, _ROW = 86.0, 24.0


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
    id: int
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
    sealed: bool = False
    """Of an accusation paper says in its own language that it is one."""


def collect(session: Session, number: str) -> CaseTrail:
    """What is known of the entry ``number``, as everybody may read it. Raises InputError, NotFoundError."""
    from reception.operations import reading, site, veiling
    from reception.operations import trail as trails

    entry_id = reading.find_number(session, number)
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
        id=entry_id,
        number=row.number,
        kind=row.kind,
        received_at=row.received_at,
        withheld=withheld,
        person="" if withheld else row.name,
        phone="" if withheld else row.phone,
        organisation="" if withheld else row.organisation,
        subject="" if sealed else " · ".join(dict.fromkeys(filter(None, (row.matter, row.subject)))),
        sealed=sealed,
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


def subject(number: str) -> str:
    """What it is a print of: the entry's number."""
    return number


def lines(data: CaseTrail) -> Iterator[tuple[str, object]]:
    """Every printed line: its key, and its values in no language."""
    yield "head", [data.site, data.footer]
    who = [data.withheld, data.person, data.phone, data.organisation]
    said = list(dict.fromkeys(one.instruction for one in data.parts))
    about = [data.number, data.kind, data.received_at, *who, data.subject, said, data.sealed]
    yield f"entry:{data.id}", plain(about)
    for one in data.parts:
        part = one.part
        sent = (part.name, one.slip, part.department_name, part.role, part.sent_at)
        taken = (part.told_at, part.told_whom, part.received_at, part.received_by)
        due = (one.due, one.by_hour, one.provisional)
        closed = one.status is ReferralStatus.CLOSED
        ended = (part.answered_at or part.returned_at, part.answer or part.return_reason)
        yield (
            f"part:{part.id}",
            plain([*sent, *taken, *due, part.status, closed, *ended, part.case_number, one.note]),
        )
    for at, line in enumerate(data.trail, 1):
        yield f"entry:{data.id}/line/{at}", plain(line)


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
    from reception.paper.boxes import boxes
    from reception.paper.page import TextBlock
    from reception.paper.rows import Row, register, shared, table

    words = _Words(wording, ZoneInfo(data.zone), data.received_at.year, stamp.corrected)
    continued = wording.pgettext("paper", "{label} (continued)")
    flow: list[Flowable] = [boxes(style.width, words.about(data), continued=continued)]
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
        table(FORM, style, wording, done or [Row(("",) * len(FORM.columns))]),
    ]
    return flow


_Plan = tuple[tuple[str, float, float, bool], ...]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one trail in one language, by the site's clock."""

    wording: Wording
    zone: ZoneInfo
    year: int
    corrected: Collection[str]

    def about(self, data: CaseTrail) -> list[Band]:
        """Who came with what."""
        from reception.paper.boxes import Band, Box, label

        gettext, pgettext = self.wording.gettext, self.wording.pgettext
        hidden = pgettext("paper", "Withheld") if data.withheld else ""
        came = f"{gettext(KINDS[data.kind])} · {self._stamp(data.received_at)}"
        number, phone = label(pgettext("paper", "Number"), _LABEL), label(pgettext("paper", "Phone"), _LABEL)
        bands = [
            Band((number, Box(data.number), label(pgettext("paper", "Registered at"), _LABEL), Box(came))),
            Band(
                (
                    label(pgettext("paper", "Name"), _LABEL),
                    Box(hidden or data.person),
                    phone,
                    Box(hidden or data.phone),
                )
            ),
        ]
        texts = [
            (pgettext("paper", "Organisation or address"), hidden or data.organisation),
            (pgettext("paper", "Matter"), gettext("Accusation (sealed)") if data.sealed else data.subject),
        ]
        said = dict.fromkeys(one.instruction for one in data.parts if one.instruction)
        texts += [(pgettext("paper", "Proposed handling"), one) for one in said]
        bands += [Band((label(name, _LABEL), Box(text))) for name, text in texts]
        return [Band(band.boxes, least=_ROW) for band in bands]

    def part_columns(self) -> _Plan:
        """The columns of the departments' parts."""
        pgettext = self.wording.pgettext
        return (
            (pgettext("paper", "Number"), 98, 0, False),
            (pgettext("paper", "Department in charge"), 0, 70, False),
            (pgettext("paper", "Sent"), 0, 56, False),
            (pgettext("paper", "Told by phone"), 0, 60, False),
            (pgettext("paper", "Received"), 0, 60, False),
            (pgettext("paper", "Due"), 60, 0, False),
            (pgettext("paper", "Outcome"), 0, 124, False),
        )

    def part(self, one: Sent) -> Row:
        """One department's part."""
        from reception.paper.rows import Row

        gettext, part = self.wording.gettext, one.part
        role = gettext(ROLES[part.role])
        name = part.department_name
        if part.role is not Role.LEAD:
            name = self._with(name, role)
        number = part.name if not one.slip else f"{part.name}\n{one.slip}"
        if f"part:{part.id}" in self.corrected:
            number = f"{self.wording.pgettext('paper', 'Corrected')}\n{number}"
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
            short = day.year == self.year
            said = (dates.short_date if short else dates.plain_date)(day, self.wording.language)
        return self._with(said, self.wording.gettext("provisional")) if one.provisional else said

    def _with(self, word: str, detail: str) -> str:
        return self.wording.pgettext("paper", "{act} ({detail})").format(act=word, detail=detail)

    def _outcome(self, one: Sent) -> str:
        gettext, part = self.wording.gettext, one.part
        status = gettext(PARTS[part.status])
        if one.status is ReferralStatus.CLOSED:
            status = f"{status} · {gettext(REFERRALS[one.status])}"
        ended = part.answered_at or part.returned_at
        said = (part.answer or part.return_reason, part.case_number, one.note)
        return " · ".join(filter(None, (status, self._time(ended), *said)))

    def told(self, data: CaseTrail) -> tuple[timeline.Told, ...]:
        """The trail in sentences."""
        return timeline.lines(data.trail, self.wording, self.zone)

    def line(self, at: int, one: timeline.Told) -> Row:
        """One act."""
        from reception.paper.rows import Row

        return Row((str(at), self._time(one.at), one.what, one.where, one.said, one.operator))

    def _stamp(self, moment: dt.datetime) -> str:
        return dates.stamp(moment.astimezone(self.zone), self.wording.language)

    def _time(self, moment: dt.datetime | None) -> str:
        """Day and time, without the year where it is the one in which the matter came."""
        if moment is None:
            return ""
        here = moment.astimezone(self.zone)
        if here.year != self.year:
            return self._stamp(moment)
        return f"{dates.short_date(here.date(), self.wording.language)} {dates.clock(here)}"

    def _stamped(self, moment: dt.datetime | None, who: str) -> str:
        return " · ".join(filter(None, (self._time(moment), who)))
