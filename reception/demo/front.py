"""The made-up front desk: who sits there, who comes, and what is written down of them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING, Any

from reception.demo import names, scenery
from reception.demo.chain import Changes, Clerk, Row
from reception.demo.hours import AFTERNOON, EVENING, Hours
from reception.demo.ledger import Held, Ledger
from reception.demo.people import Crowd, Person, make
from reception.demo.speech import Speech, Topic
from reception.facts import (
    Act,
    CallResult,
    Category,
    DepartmentFact,
    Details,
    EntryStatus,
    Kind,
    Sex,
)
from reception.facts.urgency import ToCall
from reception.numbers import day_date, day_number
from reception.operations import cleaning

if TYPE_CHECKING:
    from reception.demo.meetings import Meeting

_BLANK: Row = {
    "late": False,
    "party_size": 1,
    "matter_id": None,
    "subject": "",
    "request": "",
    "outcome": "",
    "category": None,
    "act": None,
    "call_result": None,
    "department_id": None,
    "waiting_since": None,
    "seen_at": None,
    "left_at": None,
    "left_estimated": None,
    "void_reason": "",
    "case_id": None,
    **cleaning.details(Details(), None),
}
_WITHHELD = "号码未显示"


class Front:
    """What stories work with. All chance comes from ``dice``."""

    def __init__(
        self,
        dice: Random,
        ledger: Ledger,
        speech: Speech,
        crowd: Crowd,
        hours: Hours,
        clerks: Sequence[Clerk],
    ) -> None:
        self.dice = dice
        self.ledger = ledger
        self.speech = speech
        self.crowd = crowd
        self.hours = hours
        self._clerks = clerks
        self._officers: dict[int, tuple[str, ...]] = {}
        self.day = 0
        self.midnight = dt.datetime.min.replace(tzinfo=dt.UTC)
        self.yesterday: tuple[int, dt.date] | None = None
        self.pending: list[Held] = []
        self.to_call: Sequence[ToCall] = ()
        """Whom the site wants called when something urgent happens."""
        self.meetings: list[Meeting] = []
        """Those about which somebody is still to be called."""
        self.awaited: list[Row] = []
        """Expected visitors who will come, by the time."""
        self.times: dict[str, int] = {}
        """How many stories of a kind were told."""
        self.closes_from: dt.date | None = None
        """The first day whose visits are closed as estimated where nobody signed out."""
        self._not_left: list[Held] = []

    def begin(self, date: dt.date) -> None:
        """A new day."""
        last = self.hours.local(self.midnight).date() if self.day else None
        self.yesterday = (self.day, last) if last else None
        self.day, self.midnight = day_number(date), self.hours.instant(date, 0)

    def clerk(self, at: dt.datetime) -> Clerk:
        """Who sits at the desk: two take turns on each day."""
        first = at.toordinal() % len(self._clerks)
        return self._clerks[first if self.dice.random() < 0.7 else first - 1]

    def officer(self, department_id: int) -> str:
        """Somebody of a department, always the same few."""
        known = self._officers.get(department_id)
        if known is None:
            dice = Random(department_id)
            known = tuple(names.person(dice, dice.choice(tuple(Sex))) for _ in range(3))
            self._officers[department_id] = known
        return self.dice.choice(known)

    def entry(
        self,
        at: dt.datetime,
        kind: Kind,
        topic: Topic | None,
        persons: Sequence[Row],
        *,
        referral: Row | None = None,
        callback: Row | None = None,
        beside: Sequence[tuple[str, Row]] = (),
        received: dt.datetime | None = None,
        day: int = 0,
        **values: Any,
    ) -> Held:
        """Register an entry now; ``values`` are its columns, its status follows from its act."""
        act, result = values.get("act"), values.get("call_result")
        if values.get("category") in (Category.REPORT, Category.ACCUSATION):
            values["identity_protected"] = True
        row = {**_BLANK, "kind": kind.value, **values}
        # who writes needs a moment; on a day that began just now it began with its midnight
        row["received_at"] = received or max(
            at - dt.timedelta(seconds=self.dice.randint(15, 140)), self.midnight
        )
        if topic is not None:
            if topic.matter.id:
                row["matter_id"] = topic.matter.id
            if not row["subject"]:
                row["subject"] = self.speech.line(topic.scene.subjects, topic)
        if referral is not None:
            act, row["act"], row["department_id"] = Act.REFERRED, Act.REFERRED.value, referral["lead"]
        row["status"] = cleaning.status_of(
            Act(act) if act else None, CallResult(result) if result else None
        ).value
        if callback is not None:
            row["status"] = EntryStatus.OPEN.value
        elif kind is Kind.JOB and referral is None:  # what a leader wrote and asks for nothing
            row["status"] = EntryStatus.FINISHED.value
        row["party_size"] = max(row["party_size"], len(persons))
        clerk = self.clerk(at)
        held = self.ledger.register(at, clerk, day or self.day, row, persons, referral, callback, beside)
        if kind is Kind.VISIT and self.closes_from is not None:
            self._not_left.append(held)
        return held

    def close_day(self, date: dt.date) -> None:
        """In the evening visits that nobody signed out of are taken to have ended with the office hours."""
        if self.closes_from is None or date < self.closes_from:
            self._not_left.clear()
            return
        evening = self.hours.instant(date, EVENING)
        for held in self._not_left:
            row = held.row
            if row["left_at"] is not None or row["status"] == EntryStatus.VOID.value:
                continue
            day = day_date(row["day"])
            known = [row[name] for name in ("received_at", "waiting_since", "seen_at") if row[name]]
            left = max(self.hours.instant(day, AFTERNOON[1]), *known)
            self.change(evening, held, "estimate", {"left_at": left, "left_estimated": True})
        self._not_left.clear()

    def change(self, at: dt.datetime, held: Held, verb: str, new: Row, **others: Any) -> None:
        """An act on an entry by whoever sits at the desk then."""
        self.ledger.change(at, self.clerk(at), held, verb, new, **others)

    def add(
        self,
        at: dt.datetime,
        held: Held,
        verb: str,
        beside: tuple[str, Row],
        new: Row | None = None,
        *,
        others: Changes | None = None,
        uid: uuid.UUID | None = None,
    ) -> None:
        """An act that writes a row of what only entries of its kind have, as ``Ledger.beside``."""
        clerk = self.clerk(at)
        changes = {**self.ledger.beside(at, clerk, held, *beside), **(others or {})}
        self.ledger.change(at, clerk, held, verb, new or {}, changes, uid)

    def kind(self, visits: float = 0.57) -> Kind:
        """A visit or an incoming call."""
        return Kind.VISIT if self.dice.random() < visits else Kind.CALL_IN

    def contact(self, visits: float = 0.57) -> tuple[Kind, Topic]:
        """A visit or an incoming call about something that people come or call for."""
        kind = self.kind(visits)
        return kind, self.speech.topic(by_phone=kind is not Kind.VISIT)

    def enquirer(self, kind: Kind) -> list[Row]:
        """Somebody who only asks: many give no name, or the surname; a telephone shows its number."""
        person, roll = self.crowd.somebody(), self.dice.random()
        if kind is not Kind.VISIT:
            name = person.name if roll < 0.4 else names.addressed(person.name, person.sex)
            if roll > 0.93:
                name = "" if roll > 0.97 else names.nobody(person.sex)
            return [self._caller(person, name, home=roll < 0.2)]
        if roll < 0.34:
            return []
        if roll < 0.42:
            return [person.row(name=names.nobody(person.sex), phone=False, home=False)]
        if roll < 0.62:
            return [person.row(name=names.addressed(person.name, person.sex), phone=roll < 0.48, home=False)]
        return [person.row(phone=roll < 0.9, home=roll < 0.95)]

    def known(self, kind: Kind) -> list[Row]:
        """Somebody who wants something done: name, telephone, address, on a visit often the identity card."""
        person = self.crowd.somebody()
        if kind is not Kind.VISIT:
            return [self._caller(person, person.name, home=True)]
        return [person.row(document=self.dice.random() < 0.3)]

    def from_office(self, *, phone: bool = True) -> list[Row]:
        """Somebody from another office."""
        person = self.crowd.somebody()
        always = Random(person.name)
        number, office = scenery.landline(always), scenery.office(always)
        return [make(person.name, person.sex, number if phone else "", office).row()]

    def _caller(self, person: Person, name: str, *, home: bool) -> Row:
        row = person.row(name=name, home=home)
        if not row["phone"] or self.dice.random() < 0.02:
            row["phone"], row["phone_digits"] = _WITHHELD, ""
        return row

    def referral(self, topic: Topic, *, assists: int = 0, told: bool | None = None) -> Row:
        """A referral of this topic to its department, and to some that assist."""
        lead = topic.department
        assert lead is not None
        others = [one for one in self.speech.departments if one.id != lead.id]
        told = self.dice.random() < 0.5 if told is None else told
        return {
            "lead": lead.id,
            "assists": tuple(one.id for one in self.dice.sample(others, min(assists, len(others)))),
            "instruction": self.speech.line(topic.scene.instructions, topic),
            "told": self.told(lead) if told else "",
        }

    def told(self, department: DepartmentFact) -> str:
        """Whom the desk spoke to."""
        name = self.officer(department.id)
        return name if self.dice.random() < 0.7 else name[:1] + self.speech.word("told_titles")

    def category(self, topic: Topic, kind: Kind, *, business: bool = False) -> str:
        """The category of a topic's entry."""
        found = topic.category(kind)
        if business and kind is Kind.VISIT and found is Category.ENQUIRY:
            found = Category.BUSINESS
        return found.value
