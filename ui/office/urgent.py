"""Urgent events and groups: F9 stamps the minute, the log runs, whom to call stands ready."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from reception.facts import EntryStatus
from reception.facts.office import EventKind
from reception.facts.urgency import EventLine, UrgentRow, UrgentView
from reception.office_words import EVENTS
from ui import words
from ui.office.panel import About
from ui.office.room import Room
from ui.referrals.step import Ask, Shape, Step, Values, Yes
from ui.sheet.opener import Wanted, open_forms
from ui.widgets.table import Column, PagedTable
from ui.wording import N_, _, current

_REACHED: Mapping[Any, str] = {Yes.YES: N_("Reached"), Yes.NO: N_("Not reached")}


def _id(about: About) -> int:
    return int(about.row.entry_id)


def _runs(about: About) -> bool:
    return about.row.ended_at is None and about.row.status is not EntryStatus.VOID


def _next(about: About) -> str:
    view = about.view
    following = view.next_call if isinstance(view, UrgentView) else None
    return following.name if following is not None else ""


def _number(about: About) -> str:
    """Whom to call stands above the question, with the number to dial."""
    view = about.view
    following = view.next_call if isinstance(view, UrgentView) else None
    if isinstance(view, UrgentView) and not view.calls:
        return _("No list of whom to call yet (Settings, Rules for referrals): write who is called.")
    if following is None:
        return _("Everybody on the site's list was reached; write who else is called.")
    told = " · ".join(filter(None, (following.name, following.role, following.phone)))
    return _("Next to call: {who}").format(who=told)


def _kind(kind: EventKind) -> Any:
    def given(_about: About, values: Values) -> Mapping[str, Any]:
        return {"kind": kind, **values}

    return given


BEGUN = Step(
    "urgent",
    "N",
    N_("Urgent event, group"),
    "office.urgent.register",
    _id,
    lambda _about: True,
    "triangle-alert",
    (
        Ask("subject", N_("One word: what happens"), half=True),
        Ask("people", N_("People"), Shape.NUMBER, half=True),
        Ask("place", N_("Place"), aside=True),
        Ask("received_at", N_("Since"), Shape.MOMENT, aside=True, half=True),
    ),
    sentence=N_("The number of people or one word is enough."),
    anew=True,
)
CALLED = Step(
    "call",
    "1",
    N_("Call"),
    "office.urgent.call",
    _id,
    _runs,
    "phone-outgoing",
    (
        Ask("reached", N_("Reached?"), Shape.ONE_OF, options=_REACHED, suggest=lambda _about: Yes.YES),
        Ask("words", N_("What was said")),
        Ask("whom", N_("Who was called"), suggest=_next, aside=True),
    ),
    about=_number,
)
NOTED = Step(
    "note",
    "2",
    N_("What happens"),
    "office.urgent.note",
    _id,
    _runs,
    "pencil",
    (Ask("words", N_("What happens")),),
    given=_kind(EventKind.NOTED),
)
CAME = Step(
    "came",
    "3",
    N_("Who came"),
    "office.urgent.note",
    _id,
    _runs,
    "users",
    (Ask("whom", N_("Who came")), Ask("words", N_("What they do"), aside=True)),
    given=_kind(EventKind.CAME),
)
AGREED = Step(
    "agreed",
    "4",
    N_("What was agreed"),
    "office.urgent.note",
    _id,
    _runs,
    "check",
    (Ask("words", N_("What was agreed")),),
    given=_kind(EventKind.AGREED),
)
COUNTED = Step(
    "count",
    "5",
    N_("How many now"),
    "office.urgent.count",
    _id,
    _runs,
    "users",
    (Ask("people", N_("People"), Shape.NUMBER, needed=True),),
)
ENDED = Step(
    "end",
    "6",
    N_("It is over"),
    "office.urgent.end",
    _id,
    _runs,
    "circle-check",
    (Ask("outcome", N_("How it was settled"), Shape.TEXT),),
)


class UrgentRoom(Room):
    """The log of the event under the cursor runs beside it, minute by minute."""

    topic: ClassVar[str] = "office.urgent"
    rows_verb: ClassVar[str] = "office.urgent.rows"
    view_verb: ClassVar[str] = "office.urgent.view"
    made: ClassVar[str] = "entry_id"
    lists: ClassVar[tuple[tuple[str, str], ...]] = (("open", N_("Not over")), ("all", N_("All")))
    steps: ClassVar[tuple[Step, ...]] = (BEGUN, CALLED, NOTED, CAME, AGREED, COUNTED, ENDED)
    list_words: ClassVar[str] = N_("Urgent events")
    empty: ClassVar[str] = N_("Nothing urgent. F9 begins an event and stamps the minute.")
    kinds: ClassVar[tuple[str, ...]] = ("entry", "setting")
    printed: ClassVar[bool] = True
    course: ClassVar[bool] = False
    widths: ClassVar[tuple[int, int]] = (560, 780)

    def stamp(self, minute: dt.datetime) -> None:
        """The event began in this minute, unless one that is half typed has its own."""
        form = self.panel.form
        if not any(one.typed for name, one in form.fields.items() if name != "received_at"):
            form.propose("received_at", minute.astimezone(self.zone).strftime("%m-%d %H:%M"))

    def columns(self) -> Sequence[Column[UrgentRow]]:
        """The columns of the list."""
        return (
            Column("began", _("Since"), self._began, 12, tone=_tone, icon=_icon, note=_note, least=11),
            Column("subject", _("What"), _subject, 0),
            Column("people", _("People"), _people, 6, right=True, least=4),
            Column("place", _("Place"), _place, 10),
        )

    def key(self, row: UrgentRow | UrgentView) -> int:
        """The entry names it."""
        return row.entry_id

    def struck(self, row: UrgentRow) -> bool:
        """Whether it is void."""
        return row.status is EntryStatus.VOID

    def between(self) -> Sequence[QWidget]:
        """The log."""
        self.log: PagedTable[EventLine] = PagedTable(
            self.lanes,
            "office.urgent.log",
            (
                Column("at", _("Time"), self._at, 7, least=5),
                Column("told", _("Log"), _told, wrapped=True),
                Column("by", _("Clerk"), _by, 8),
            ),
            _ordinal,
            name=_("Log"),
            empty=_("Nothing is written yet."),
            parent=self,
        )
        return (self.log,)

    def shown(self, _row: UrgentRow | None, view: UrgentView | None) -> None:
        """The log of the line under the cursor; the latest line is in sight."""
        self.log.rows.put(list(view.log) if view is not None else [])
        self.log.scrollToBottom()

    def labels(self) -> Mapping[str, str]:
        """What is told of an event."""
        return {
            "status": _("Status"),
            "began": _("Since"),
            "people": _("People"),
            "place": _("Place"),
            "next": _("Next to call"),
            "outcome": _("How it was settled"),
            "operator": _("Clerk"),
        }

    def values(self, row: UrgentRow, view: UrgentView | None) -> Mapping[str, str]:
        """Its facts."""
        following = view.next_call if view is not None and row.ended_at is None else None
        call = (following.name, following.role, following.phone) if following is not None else ()
        return {
            "status": _("Not over") if row.ended_at is None else words.when(row.ended_at, self.zone),
            "began": words.when(row.began_at, self.zone),
            "people": str(row.people),
            "place": row.place,
            "next": " · ".join(filter(None, call)),
            "outcome": view.outcome if view is not None else "",
            "operator": view.operator if view is not None else "",
        }

    def show_paper(self) -> bool:
        """The report of the event under the cursor."""
        row = self.table.row()
        if row is None:
            return False
        open_forms(self, self.lanes, Wanted("event_report", {"number": row.number}))
        return True

    def _began(self, row: UrgentRow) -> str:
        return words.when(row.began_at, self.zone, dt.datetime.now(self.zone).date())

    def _at(self, line: EventLine) -> str:
        return line.at.astimezone(self.zone).strftime("%H:%M")


def _told(line: EventLine) -> str:
    joint = "：" if current().language.startswith("zh") else ": "
    who = " ".join(filter(None, (line.whom, line.phone)))
    reached = _("not reached") if line.reached is False else ""
    kind = _(EVENTS[line.kind]) if line.kind is not EventKind.NOTED else ""
    head = " · ".join(filter(None, (kind, who, reached)))
    return joint.join(filter(None, (head, line.words)))


def _by(line: EventLine) -> str:
    return line.operator


def _ordinal(line: EventLine) -> int:
    return line.ordinal


def _subject(row: UrgentRow) -> str:
    return row.subject


def _people(row: UrgentRow) -> str:
    return str(row.people)


def _place(row: UrgentRow) -> str:
    return row.place


def _tone(row: UrgentRow) -> str:
    return "alarm" if row.ended_at is None else ""


def _icon(row: UrgentRow) -> str:
    return "triangle-alert" if row.ended_at is None else ""


def _note(row: UrgentRow) -> str:
    return _("Not over") if row.ended_at is None else ""
