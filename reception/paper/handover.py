"""交接班记录, the handover of a shift: what was open, what was said, what the desk holds.

It shows the shift as it was handed over, and as far as it was accepted or something was found missing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reception import dates
from reception.errors import NotFoundError
from reception.facts import PinKind, Todo
from reception.facts.printing import Stamp
from reception.facts.shifts import Handover, HandoverItem
from reception.paper.form import ColumnSpec, Form
from reception.paper.plain import plain
from reception.paper.style import Style
from reception.wording import NP_, Wording
from reception.words import TODOS

if TYPE_CHECKING:
    from reportlab.platypus.flowables import Flowable

    from reception.context import Session
    from reception.paper.boxes import Band
    from reception.paper.page import Dress
    from reception.paper.rows import Row

FORM = Form(
    name="handover",
    title=NP_("paper", "Handover of a shift"),
    columns=(
        ColumnSpec("place", NP_("paper", "No."), 26, centred=True, gives=1),
        ColumnSpec("number", NP_("paper", "Number"), 66, most=84),
        ColumnSpec("summary", NP_("paper", "Matter"), weight=150),
        ColumnSpec("state", NP_("paper", "Stands"), weight=52, gives=2),
        ColumnSpec("department", NP_("paper", "Department in charge"), weight=76),
        ColumnSpec("due", NP_("paper", "Due"), 46, most=72, centred=True),
        ColumnSpec("next", NP_("paper", "Next step"), weight=66),
    ),
    signatures=(NP_("paper", "Handed over by"), NP_("paper", "Taken over by"), NP_("paper", "Date")),
)
NEXT: Mapping[Todo, str] = {
    Todo.WAITING: NP_("paper", "receive the visitor"),
    Todo.ASKED: NP_("paper", "decide on more time"),
    Todo.OVERDUE: NP_("paper", "remind"),
    Todo.DUE_TODAY: NP_("paper", "ask for the answer today"),
    Todo.RETURNED: NP_("paper", "re-route"),
    Todo.NOT_RECEIVED: NP_("paper", "have it received"),
    Todo.CALL_BACK_PERSON: NP_("paper", "ask the person back"),
    Todo.LEADER: NP_("paper", "lay it before the leader"),
    Todo.REMIND: NP_("paper", "remind"),
    Todo.CALLBACK: NP_("paper", "call back"),
    Todo.ANSWERED: NP_("paper", "close"),
    Todo.OPEN: NP_("paper", "deal with it"),
    Todo.URGENT: NP_("paper", "go on with the log"),
    Todo.UNHANDLED: NP_("paper", "send it on or file it"),
    Todo.UNCALLED: NP_("paper", "notify by phone"),
    Todo.NOTIFIED: NP_("paper", "lay it before the leader, answer the sender"),
    Todo.EXPECTED: NP_("paper", "receive, or note the absence"),
    Todo.NOT_BACK: NP_("paper", "have it given back"),
    Todo.PARCEL: NP_("paper", "have it fetched"),
}
"""What whoever takes the shift over is to do about it."""
_GAP = 6.0
_LABEL, _ROW = 86.0, 26.0


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Everything that the record shows, in no language. ``departments``: names by their codes.

    ``officer`` and ``leader`` are on duty on the day, where the site enters that.
    """

    site: str
    zone: str
    footer: str
    shift: Handover
    departments: tuple[tuple[str, str], ...]
    officer: str = ""
    leader: str = ""

    @property
    def at(self) -> dt.datetime:
        """When it was handed over, in the site's zone."""
        return self.shift.at.astimezone(ZoneInfo(self.zone))


def settle(session: Session, handover: int = 0) -> dict[str, int]:
    """The definite arguments: without an id the last handover of this desk. Raises NotFoundError."""
    from reception.operations import shifts

    if handover:
        return {"handover": handover}
    for one in shifts.latest(session, limit=1):
        return {"handover": one.id}
    raise NotFoundError("No shift of this desk was handed over yet.", field="handover")


def collect(session: Session, handover: int = 0) -> HandedOver:
    """The handover with this id, as everybody may read it; without one the last. Raises NotFoundError."""
    from reception.context import local_day
    from reception.operations import directory, duties, shifts, site

    here = site.site(session)
    shift = shifts.find(session, settle(session, handover)["handover"], on_paper=True)
    duty = duties.of(session, local_day(session, shift.at))
    codes = {one.department for one in shift.items}
    return HandedOver(
        site=here.name,
        zone=here.zone,
        footer=here.footer,
        shift=shift,
        departments=tuple(
            (one.code, one.name) for one in directory.catalogue(session).departments if one.code in codes
        ),
        officer=duty.officer,
        leader=duty.leader,
    )


def subject(handover: int = 0) -> str:
    """What it is a print of: the handover's id."""
    return str(handover)


def lines(data: HandedOver) -> Iterator[tuple[str, object]]:
    """Every printed line: its key, and its values in no language."""
    shift, names = data.shift, dict(data.departments)
    yield "head", [data.site, shift.desk, data.footer, data.officer, data.leader]
    yield (
        f"handover:{shift.id}",
        plain(
            [
                shift.at,
                shift.giver,
                shift.remark,
                shift.answered_at,
                shift.taker,
                shift.missing,
                shift.open_items,
                shift.at_departments,
                shift.overdue,
            ]
        ),
    )
    for at, item in enumerate(shift.items):
        key = f"entry:{item.entry_id}/{at}" if item.entry_id else f"handover:{shift.id}/{at}"
        who = [item.identity_protected, "" if item.identity_protected else item.person]
        department = names.get(item.department, item.department)
        told = "" if item.sealed else item.text
        yield key, plain([item.what, item.number, *who, told, item.sealed, department, item.due_at])


def dress(data: HandedOver, wording: Wording, style: Style, stamp: Stamp) -> Dress:
    """Head and foot."""
    from reception.paper.page import Dress

    desk = data.shift.desk
    return Dress(
        title=wording.pgettext("paper", FORM.title),
        unit=data.site,
        date=dates.long_date(data.at.date(), wording.language),
        desk=wording.pgettext("paper", "Desk {code}").format(code=desk) if desk else "",
        notice=data.footer,
        zone=data.zone,
    )


def story(data: HandedOver, wording: Wording, style: Style, stamp: Stamp) -> list[Flowable]:
    """Who gave and took, what was open, what was said and held, what was missing."""
    from reception.paper.boxes import boxes
    from reception.paper.page import TextBlock
    from reception.paper.rows import Row, table

    words, shift = _Words(data, wording), data.shift
    still = [item for item in shift.items if isinstance(item.what, Todo)]
    rows = [words.row(at, item) for at, item in enumerate(still, 1)]
    nothing = Row(("", "", wording.pgettext("paper", "Nothing is open."), *[""] * 4))
    heading = wording.pgettext("paper", "Open: {count}").format(count=shift.open_items)
    flow: list[Flowable] = [
        boxes(style.width, words.hands(), continued=words.continued),
        TextBlock(heading, before=_GAP, after=_GAP / 2, bold=True),
        table(FORM, style, wording, rows or [nothing]),
    ]
    if more := shift.open_items - len(still):
        said = wording.pgettext("paper", "… and {count} more, see the register.")
        flow.append(TextBlock(said.format(count=more), before=_GAP / 2))
    if shift.at_departments is not None:
        said = wording.pgettext(
            "paper", "With departments, still to be answered: {count} ({overdue} overdue)"
        )
        counted = said.format(count=shift.at_departments, overdue=shift.overdue)
        flow.append(TextBlock(counted, before=_GAP / 2))
    held = wording.pgettext("paper", "What was said, and what the desk holds")
    return [
        *flow,
        TextBlock(held, before=_GAP, after=_GAP / 2, bold=True),
        boxes(style.width, words.said(), continued=words.continued),
    ]


class _Words:
    """The words of one handover in one language."""

    def __init__(self, data: HandedOver, wording: Wording) -> None:
        self._data, self._wording = data, wording
        self._zone = ZoneInfo(data.zone)
        self._departments = dict(data.departments)
        self.continued = wording.pgettext("paper", "{label} (continued)")

    def hands(self) -> list[Band]:
        """Who gave the shift and who took it, and when; who is on duty."""
        from reception.paper.boxes import Band, Box, label

        pgettext, shift = self._wording.pgettext, self._data.shift
        pairs = [
            (
                pgettext("paper", "Handed over by"),
                shift.giver,
                pgettext("paper", "at"),
                self._moment(shift.at),
            ),
            (
                pgettext("paper", "Taken over by"),
                shift.taker,
                pgettext("paper", "at"),
                self._moment(shift.answered_at),
            ),
        ]
        if self._data.officer or self._data.leader:
            leader, officer = pgettext("paper", "Leader on duty"), pgettext("paper", "Officer on duty")
            pairs.append((leader, self._data.leader, officer, self._data.officer))
        return [
            Band((label(one, _LABEL), Box(value), label(other, _LABEL), Box(moment)), least=_ROW)
            for one, value, other, moment in pairs
        ]

    def row(self, at: int, item: HandoverItem) -> Row:
        """One open thing."""
        from reception.paper.rows import Row

        pgettext, gettext = self._wording.pgettext, self._wording.gettext
        who = pgettext("paper", "Withheld") if item.identity_protected else item.person
        both, text = pgettext("paper", "{matter}: {subject}"), item.text
        if item.sealed:  # in the language of the paper, and not of the site
            text = gettext("Accusation (sealed)")
        summary = both.format(matter=who, subject=text) if who and text else who or text
        what = Todo(item.what)
        return Row(
            (
                str(at),
                item.number,
                summary,
                gettext(TODOS[what]),
                self._departments.get(item.department, item.department),
                self._due(item.due_at),
                pgettext("paper", NEXT[what]) if what in NEXT else "",
            )
        )

    def said(self) -> list[Band]:
        """What leaders said, the things and keys, the notes; the remark, and what was found missing."""
        from reception.paper.boxes import Band, Box, label

        pgettext, shift = self._wording.pgettext, self._data.shift
        told = (
            (pgettext("paper", "Leaders said"), self._pinned(PinKind.LEADER), 36.0, 72.0),
            (pgettext("paper", "Things and keys"), self._pinned(PinKind.HELD), 36.0, 72.0),
            (pgettext("paper", "Notes"), self._pinned(PinKind.NOTE), 36.0, 72.0),
            (pgettext("paper", "Said with it"), shift.remark, 36.0, 100.0),
            (pgettext("paper", "Found missing"), shift.missing, 28.0, 50.0),
        )
        return [
            Band((label(name, _LABEL), Box(text, top=True)), least=least, most=most)
            for name, text, least, most in told
        ]

    def _pinned(self, kind: PinKind) -> str:
        texts = [item.text for item in self._data.shift.items if item.what is kind]
        if len(texts) < 2:
            return "".join(texts)
        return "\n".join(f"{at}. {text}" for at, text in enumerate(texts, 1))

    def _moment(self, at: dt.datetime | None) -> str:
        return dates.stamp(at.astimezone(self._zone), self._wording.language) if at is not None else ""

    def _due(self, due: dt.datetime | None) -> str:
        if due is None:
            return ""
        here = due.astimezone(self._zone)
        if here.time() == dt.time():  # the midnight after the day on which it is due
            return dates.short_date(here.date() - dt.timedelta(days=1), self._wording.language)
        return dates.clock_on(here, self._data.at.date(), self._wording.language)
