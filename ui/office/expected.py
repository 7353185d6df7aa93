"""Who is expected: today's as due, late or there; arrival turns one into a visit with one key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from reception.facts import Place
from reception.facts.awaited import Expected, latest
from reception.facts.office import ExpectedStatus
from reception.office_words import EXPECTED
from ui import words
from ui.office.calendar_files import CalendarBar
from ui.office.panel import About
from ui.office.room import Room
from ui.referrals.step import Ask, Shape, Step
from ui.today import signs
from ui.widgets.table import Column
from ui.wording import N_, _
from ui.work import Lanes


def _id(about: About) -> int:
    return int(about.row.id)


def _waits(about: About) -> bool:
    return bool(about.row.status is ExpectedStatus.EXPECTED)


def _not_come(about: About) -> bool:
    return bool(about.row.status is not ExpectedStatus.CAME)


_WHO = (
    Ask("at", N_("When"), Shape.AHEAD, half=True),
    Ask("until", N_("Until"), Shape.AHEAD, half=True, aside=True),
    Ask("name", N_("Name"), half=True),
    Ask("phone", N_("Phone"), half=True),
    Ask("organisation", N_("Organisation or address")),
    Ask("subject", N_("What about")),
    Ask("department_id", N_("Which department"), Shape.DEPARTMENT, half=True),
    Ask("whom", N_("Whom they see"), half=True),
    Ask("party_size", N_("People"), Shape.NUMBER, half=True, aside=True),
    Ask("room", N_("Room"), half=True, aside=True),
    Ask("plate", N_("Plate"), half=True, aside=True),
    Ask("note", N_("Note"), half=True, aside=True),
)
NOTED = Step(
    "expect",
    "N",
    N_("Expect somebody"),
    "office.expected.note",
    _id,
    lambda _about: True,
    "plus",
    _WHO,
    anew=True,
)
ARRIVED = Step(
    "arrived",
    "1",
    N_("Is here"),
    "office.expected.arrive",
    _id,
    _not_come,
    "check",
)
ABSENT = Step(
    "absent",
    "2",
    N_("Did not come"),
    "office.expected.miss",
    _id,
    _waits,
    "ban",
    (Ask("note", N_("What was said?")),),
)
CANCELLED = Step(
    "cancelled",
    "3",
    N_("Called off"),
    "office.expected.cancel",
    _id,
    _waits,
    "x",
    (Ask("note", N_("What was said?")),),
)
LATER = Step(
    "later",
    "4",
    N_("Another time"),
    "office.expected.change",
    _id,
    _not_come,
    "clock",
    (Ask("at", N_("When"), Shape.AHEAD, needed=True),),
)


class ExpectedRoom(Room):
    """1 says that whoever is under the cursor is here."""

    topic: ClassVar[str] = "office.expected"
    rows_verb: ClassVar[str] = "office.expected.rows"
    lists: ClassVar[tuple[tuple[str, str], ...]] = (
        ("today", N_("Expected today")),
        ("coming", N_("Later days")),
        ("past", N_("Days that are over")),
    )
    steps: ClassVar[tuple[Step, ...]] = (NOTED, ARRIVED, ABSENT, CANCELLED, LATER)
    searched: ClassVar[str] = N_("Name, organisation, whom they see")
    list_words: ClassVar[str] = N_("Expected visitors")
    empty: ClassVar[str] = N_("Nobody is expected. Ctrl+N notes somebody.")
    kinds: ClassVar[tuple[str, ...]] = ("expected", "department", "entry")
    course: ClassVar[bool] = False

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        self.files: CalendarBar | None = None
        super().__init__(lanes, parent)
        self.files = CalendarBar(lanes, self)
        self.files.message.connect(self.message)
        self.files.taken_over.connect(self.refresh)
        self._side.add_below(self.files)
        self._chain()

    def _chain(self) -> None:
        """The files come last."""
        super()._chain()
        if self.files is not None:
            for one, then in pairwise((self.paper, *self.files.stops)):
                QWidget.setTabOrder(one, then)

    def columns(self) -> Sequence[Column[Expected]]:
        """The columns of the list."""
        return (
            Column("at", _("When"), self._at, 12, least=11),
            Column("what", _("What"), self._what, 10, tone=self._tone, icon=self._icon, least=8),
            Column("who", _("Who"), _who, 0),
            Column("size", _("People"), _size, 6, right=True, least=4),
            Column("whom", _("Whom they see"), _whom, 16),
            Column("room", _("Room"), _room, 8),
        )

    def entry(self, row: Expected) -> int | None:
        """The visit by which they came."""
        return row.visit_id

    def name(self, row: Expected) -> str:
        """Who it is."""
        return _who(row)

    def place(self, row: Expected) -> Place:
        """By the time."""
        return Place(0, 0, row.at, row.id)

    def labels(self) -> Mapping[str, str]:
        """What is told of somebody."""
        return {
            "status": _("Status"),
            "at": _("When"),
            "until": _("Until"),
            "name": _("Name"),
            "phone": _("Phone"),
            "organisation": _("Organisation or address"),
            "size": _("People"),
            "subject": _("What about"),
            "department": _("Department"),
            "whom": _("Whom they see"),
            "room": _("Room"),
            "plate": _("Plate"),
            "note": _("Note"),
            "visit": _("Visit"),
            "operator": _("Clerk"),
        }

    def values(self, row: Expected, view: Any) -> Mapping[str, str]:
        """Their facts."""
        plain = (
            "name",
            "phone",
            "organisation",
            "subject",
            "whom",
            "room",
            "plate",
            "note",
            "visit",
            "operator",
        )
        return {
            **{name: str(getattr(row, name)) for name in plain},
            "status": self._what(row),
            "at": words.when(row.at, self.zone),
            "until": words.when(row.until, self.zone) if row.until else "",
            "size": str(row.party_size) if row.party_size > 1 else "",
            "department": row.department_name,
        }

    def _at(self, row: Expected) -> str:
        return words.when(row.at, self.zone, dt.datetime.now(self.zone).date())

    def _sign(self, row: Expected) -> tuple[str, str, str]:
        """Word, icon and tone, which always say the same."""
        if row.status is not ExpectedStatus.EXPECTED:
            came = row.status is ExpectedStatus.CAME
            return _(EXPECTED[row.status]), "check" if came else "ban", "good" if came else "muted"
        return signs.expected(row.at, latest(row.at, row.until), dt.datetime.now(dt.UTC))

    def _what(self, row: Expected) -> str:
        return self._sign(row)[0]

    def _icon(self, row: Expected) -> str:
        return self._sign(row)[1]

    def _tone(self, row: Expected) -> str:
        return self._sign(row)[2]


def _who(row: Expected) -> str:
    return " · ".join(filter(None, (row.organisation, row.name))) or row.phone or row.subject


def _size(row: Expected) -> str:
    return str(row.party_size)


def _whom(row: Expected) -> str:
    return " · ".join(filter(None, (row.department_name, row.whom)))


def _room(row: Expected) -> str:
    return row.room
