"""情况报告, the report of an urgent event: what happened, minute by minute, who was called, how it ended.

The log is printed as it was written; nothing of it can be put into another order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reception import dates, office_words
from reception.facts.office import EventKind
from reception.facts.printing import Stamp
from reception.facts.urgency import EventLine, UrgentView
from reception.paper import of_entry
from reception.paper.form import ColumnSpec, Form
from reception.paper.plain import plain
from reception.paper.style import Style
from reception.wording import N_, NP_, Wording

if TYPE_CHECKING:
    from reportlab.platypus.flowables import Flowable

    from reception.context import Session
    from reception.paper.boxes import Band
    from reception.paper.page import Dress
    from reception.paper.rows import Row

FORM = Form(
    name="event_report",
    title=NP_("paper", "Report of an urgent event"),
    columns=(
        ColumnSpec("time", NP_("paper", "Time"), 40, most=84, centred=True),
        ColumnSpec("what", NP_("paper", "What"), 46, most=72, centred=True),
        ColumnSpec("whom", NP_("paper", "Whom / phone"), weight=84),
        ColumnSpec("words", NP_("paper", "What was said or done"), weight=190),
        ColumnSpec("clerk", NP_("paper", "Noted by"), 44, most=66, centred=True, gives=1),
    ),
    signatures=(NP_("paper", "Recorded by"), NP_("paper", "Office director"), NP_("paper", "Date")),
)
_LABEL, _ROW, _GAP = 74.0, 24.0, 8.0


@dataclass(frozen=True, slots=True)
class EventReport:
    """What the report of one event shows, in no language."""

    site: str
    zone: str
    footer: str
    event: UrgentView
    void_reason: str


def collect(session: Session, number: str) -> EventReport:
    """The event ``number``. Raises InputError, also for what is no urgent event; NotFoundError."""
    from reception.operations import reading
    from reception.operations.office import urgent

    here, event = of_entry.named(session, number, urgent.view, N_("{number} is no urgent event."))
    (row,) = reading.rows(session, [event.entry_id])
    return EventReport(here.name, here.zone, here.footer, event, row.void_reason)


def of_day(session: Session, day: int) -> list[str]:
    """The numbers of a day's events (``YYYYMMDD``), first to last: their reports belong to its sheet."""
    from reception.operations.office import urgent

    return [one.row.number for one in urgent.of_day(session, day)]


def subject(number: str) -> str:
    """What it is a print of: the event's number."""
    return number


def lines(data: EventReport) -> Iterator[tuple[str, object]]:
    """Every printed line: its key, and its values in no language."""
    one, key = data.event, f"entry:{data.event.entry_id}"
    row = one.row
    yield "head", [data.site, data.footer]
    what = (row.number, row.began_at, row.subject, row.place, row.people, row.ended_at, one.outcome)
    yield key, plain([*what, one.operator, data.void_reason])
    for line in one.log:
        said = (line.at, line.kind, line.whom, line.phone, line.reached, line.words, line.operator)
        yield f"{key}/event/{line.ordinal}", plain(list(said))


def dress(data: EventReport, wording: Wording, style: Style, stamp: Stamp) -> Dress:
    """Head and foot."""
    from reception.paper.page import Dress

    at = data.event.row.began_at.astimezone(ZoneInfo(data.zone))
    return Dress(
        title=wording.pgettext("paper", FORM.title),
        unit=data.site,
        date=dates.long_date(at.date(), wording.language),
        desk=data.event.row.number,
        notice=data.footer,
        zone=data.zone,
    )


def story(data: EventReport, wording: Wording, style: Style, stamp: Stamp) -> list[Flowable]:
    """What happened, the log, and what came of it."""
    from reception.paper.boxes import boxes
    from reception.paper.page import TextBlock
    from reception.paper.rows import Row, table

    report = _Report(data, wording, stamp)
    rows = [report.row(line) for line in data.event.log]
    nothing = Row(("", "", "", report.say(NP_("paper", "Nothing was noted yet.")), ""))
    continued = report.say(NP_("paper", "{label} (continued)"))
    log = report.say(NP_("paper", "Log, minute by minute"))
    return [
        boxes(style.width, list(report.what()), continued=continued),
        TextBlock(log, before=_GAP, after=_GAP / 2, bold=True),
        table(FORM, style, wording, rows or [nothing]),
        TextBlock("", before=_GAP / 2),
        boxes(style.width, list(report.came_of_it()), continued=continued),
    ]


class _Report:
    """The bands and rows of one report."""

    def __init__(self, data: EventReport, wording: Wording, stamp: Stamp) -> None:
        self._data, self._of, self._stamp = data, data.event, stamp
        self._wording, self._zone = wording, ZoneInfo(data.zone)
        self._day = data.event.row.began_at.astimezone(self._zone).date()
        self._void = bool(data.void_reason)

    def say(self, message: str) -> str:
        """A message of the context "paper"."""
        return self._wording.pgettext("paper", message)

    def what(self) -> Iterator[Band]:
        """When and where, how many, what it is."""
        row = self._of.row
        corrected = f"entry:{row.entry_id}" in self._stamp.corrected
        void = self.say(NP_("paper", "Void: {reason}")).format(reason=self._data.void_reason)
        remarks = (void if self._void else "", self.say(NP_("paper", "Corrected")) if corrected else "")
        if any(remarks):
            yield self._whole(NP_("paper", "Remarks"), self._joined(remarks), struck=False)
        yield self._pair(
            (NP_("paper", "Began at"), self._full(row.began_at)),
            (NP_("paper", "People"), str(row.people)),
        )
        yield self._pair(
            (NP_("paper", "Where it is"), row.place),
            (NP_("paper", "Registered by"), self._of.operator),
        )
        yield self._whole(NP_("paper", "What happened"), row.subject, least=_ROW + 24)

    def came_of_it(self) -> Iterator[Band]:
        """Who was called, in order, and who came; what was agreed, how it ended; room for the leader."""
        row = self._of.row
        yield self._whole(NP_("paper", "Called, in order"), self._joined(map(self._call, self._called())))
        yield self._whole(NP_("paper", "Who came"), self._joined(map(self._came, self._log(EventKind.CAME))))
        agreed = "\n".join(map(self._agreed, self._log(EventKind.AGREED)))
        yield self._whole(NP_("paper", "What was agreed"), agreed, least=_ROW + 12)
        ended = self.say(NP_("paper", "Not over")) if row.ended_at is None else self._full(row.ended_at)
        yield self._whole(
            NP_("paper", "How it ended"), self._joined((self._of.outcome, ended)), least=_ROW + 12
        )
        signed = self.say(NP_("paper", "Signed: {room} Date: {day}")).format(
            room="\u00a0" * 18, day=dates.by_hand(self._wording.language)
        )
        yield self._whole(NP_("paper", "Leader's instruction"), "", least=64, most=130, foot=signed)

    def row(self, line: EventLine) -> Row:
        """One line of the log."""
        from reception.paper.rows import Row

        missed = self._wording.gettext("no answer") if line.reached is False else ""
        key = f"entry:{self._of.entry_id}/event/{line.ordinal}"
        return Row(
            (
                self._minute(line.at),
                self._wording.gettext(office_words.EVENTS[line.kind]),
                " ".join(filter(None, (line.whom, line.phone))),
                self._joined((missed, line.words)),
                line.operator,
            ),
            void=self._void,
            mark=self.say(NP_("paper", "Corrected")) if key in self._stamp.corrected else "",
        )

    def _log(self, kind: EventKind) -> list[EventLine]:
        return [line for line in self._of.log if line.kind is kind]

    def _called(self) -> list[EventLine]:
        """The first call by which each was reached; of those never reached the last, in its place."""
        found: dict[str, EventLine] = {}
        for line in self._log(EventKind.CALLED):
            if (known := found.get(line.whom)) is None or not known.reached:
                found[line.whom] = line
        return list(found.values())

    def _call(self, line: EventLine) -> str:
        missed = self._wording.gettext("no answer") if line.reached is False else ""
        return " ".join(filter(None, (line.whom, self._minute(line.at), missed)))

    def _came(self, line: EventLine) -> str:
        return " ".join(filter(None, (line.whom or line.words, self._minute(line.at))))

    def _agreed(self, line: EventLine) -> str:
        if not line.whom:
            return line.words
        return self.say(NP_("paper", "{name}: {words}")).format(name=line.whom, words=line.words)

    def _joined(self, texts: Iterable[str]) -> str:
        return self.say(NP_("paper", "; ")).join(filter(None, texts))

    def _minute(self, at: dt.datetime) -> str:
        """The minute; with its day where that is not the event's."""
        local = at.astimezone(self._zone)
        if local.date() == self._day:
            return dates.clock(local)
        return f"{dates.short_date(local.date(), self._wording.language)} {dates.clock(local)}"

    def _full(self, at: dt.datetime) -> str:
        local = at.astimezone(self._zone)
        return f"{dates.long_date(local.date(), self._wording.language)} {dates.clock(local)}"

    def _pair(self, *cells: tuple[str, str]) -> Band:
        from reception.paper.boxes import Band, Box, label

        pairs = [(label(self.say(name), _LABEL), Box(text, struck=self._void)) for name, text in cells]
        return Band(tuple(box for pair in pairs for box in pair), least=_ROW)

    def _whole(
        self,
        name: str,
        text: str,
        *,
        least: float = _ROW,
        most: float = 0,
        foot: str = "",
        struck: bool = True,
    ) -> Band:
        from reception.paper.boxes import Band, Box, label

        body = Box(text, top=bool(foot), foot=foot, struck=struck and self._void)
        return Band((label(self.say(name), _LABEL), body), least=least, most=most)
