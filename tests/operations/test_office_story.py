"""Any story of the office's other work: the register says the same as a plain account of it."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from reception.desk import Desk
from reception.errors import DeskError
from reception.facts import AttemptResult, EntryStatus, NewReferral, Todo
from reception.facts.office import ExpectedStatus, LoanStatus, NewInvitee, ParcelStatus
from reception.operations import entries, reading, referrals, to_do, undoing
from reception.operations.office import (
    circulation,
    documents,
    expected,
    instructions,
    jobs,
    loans,
    meetings,
    parcels,
    urgent,
)
from reception.store import check
from tests.factories import CLERK, NOW, Clock, Founded, department, new_uid, part
from tests.postgres_server import Postgres

HOUR = dt.timedelta(hours=1)
EVENING = NOW + 10 * HOUR
READERS = ("甲局长", "乙科长")
INVITED = ("丙股", "丁股", "戊股")


@dataclass
class Paper:
    """A paper, as somebody would note it in a book."""

    id: int
    to_sign: list[str] = field(default_factory=list)
    sent: bool = False
    answered: bool = False
    filed: bool = False
    void: bool = False

    @property
    def lies(self) -> bool:
        """Nobody has it, and it is not filed."""
        return not (self.void or self.filed or self.to_sign or (self.sent and not self.answered))


@dataclass
class Notice:
    """A meeting of ours: who was reached, and who was only tried."""

    id: int
    reached: set[str] = field(default_factory=set)
    tried: set[str] = field(default_factory=set)
    over: bool = False


@dataclass
class Event:
    """An urgent event and the lines of its log."""

    id: int
    lines: int = 0
    over: bool = False


class OfficeStory(RuleBasedStateMachine):
    """One desk at work, and a plain account of what it did."""

    place: Callable[[], str]

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.clock.go(minutes=1)  # what comes with the register cannot be taken back
        self.desk = Desk.open(type(self).place(), operator=CLERK, clock=self.clock)
        self.lead = department(self.desk, "JC")
        self.papers: list[Paper] = []
        self.notices: list[Notice] = []
        self.events: list[Event] = []
        self.jobs: list[int] = []
        self.out: dict[int, bool] = {}
        self.here: dict[int, bool] = {}
        self.awaited: dict[int, ExpectedStatus] = {}
        self.entries = 0

    def _do(self, allowed: bool, verb: Callable[..., Any], *words: Any, **named: Any) -> Any:
        """Do an act, which must go through or be refused as the account says; what it gave."""
        uid = new_uid()
        if not allowed:
            with pytest.raises(DeskError):
                self.desk.do(verb, *words, **named, uid=uid)
            return None
        result = self.desk.do(verb, *words, **named, uid=uid)
        assert self.desk.do(verb, *words, **named, uid=uid) == result  # the answer had been lost
        return result

    @staticmethod
    def _one(found: Any, which: int) -> Any:
        every = list(found)
        return every[which % len(every)]

    # Papers.

    @rule(readers=st.integers(0, 2), title=st.sampled_from(["关于评审的通知", " ", "机密★一年 通知"]))
    def register(self, readers: int, title: str) -> None:
        names = READERS[:readers]
        told = {"subject": title, "sender": "省厅", "readers": "、".join(names)}
        if done := self._do(title.startswith("关于"), documents.register, **told):
            self.papers.append(Paper(done.entry_id, list(names)))
            self.entries += 1

    @precondition(lambda self: self.papers)
    @rule(which=st.integers(0, 9))
    def sign(self, which: int) -> None:
        paper = self._one(self.papers, which)
        if self._do(bool(paper.to_sign) and not paper.void, circulation.sign, paper.id):
            paper.to_sign.pop(0)

    @precondition(lambda self: self.papers)
    @rule(which=st.integers(0, 9))
    def send_and_answer(self, which: int) -> None:
        paper = self._one(self.papers, which)
        if paper.void or paper.filed or paper.sent:
            return
        self._do(True, referrals.refer, paper.id, NewReferral(self.lead))
        paper.sent = True

    @precondition(lambda self: any(one.sent and not one.answered and not one.void for one in self.papers))
    @rule(which=st.integers(0, 9))
    def close(self, which: int) -> None:
        waiting = [one for one in self.papers if one.sent and not one.answered and not one.void]
        paper = self._one(waiting, which)
        number = self.desk.ask(reading.entry, paper.id).row.number
        self._do(True, referrals.answer, part(self.desk, number), "已办")
        found = self.desk.ask(referrals.find_referral, f"{number}/JC").id
        self._do(True, referrals.close, found)
        paper.answered = True

    @precondition(lambda self: self.papers)
    @rule(which=st.integers(0, 9))
    def file(self, which: int) -> None:
        paper = self._one(self.papers, which)
        may = not (paper.void or paper.filed or paper.to_sign or (paper.sent and not paper.answered))
        if self._do(may, documents.file, paper.id, where="档案柜"):
            paper.filed = True

    @precondition(lambda self: self.papers)
    @rule(which=st.integers(0, 9))
    def void(self, which: int) -> None:
        paper = self._one(self.papers, which)
        if self._do(not paper.void, entries.void, paper.id, "误登"):
            paper.void = True

    # Meetings.

    @rule(agenda=st.sampled_from(["欠薪", ""]))
    def notify(self, agenda: str) -> None:
        people = tuple(NewInvitee(name, phone="8001") for name in INVITED)
        told: dict[str, Any] = {"subject": "例会", "convener": "吴局长", "place": "三楼", "agenda": agenda}
        done = self._do(True, meetings.notify, **told, meets_at=EVENING, invitees=people)
        self.entries += 1
        if agenda:
            self.notices.append(Notice(done.entry_id))
        else:  # what is most often forgotten is asked for before the first call
            first = self.desk.ask(meetings.view, done.entry_id).invitees[0]
            self._do(False, meetings.call, first.id, AttemptResult.REACHED)
            self._do(True, entries.void, done.entry_id, "议题未定")

    @precondition(lambda self: self.notices)
    @rule(which=st.integers(0, 9), whom=st.integers(0, 2), reached=st.booleans())
    def call(self, which: int, whom: int, reached: bool) -> None:
        notice, name = self._one(self.notices, which), INVITED[whom]
        invited = self.desk.ask(meetings.view, notice.id).invitees
        told = next(one for one in invited if one.name == name)
        result = AttemptResult.REACHED if reached else AttemptResult.NO_ANSWER
        may = not notice.over and name not in notice.reached
        if self._do(may, meetings.call, told.id, result):
            self.entries += name not in notice.tried
            notice.tried.add(name)
            if reached:
                notice.reached.add(name)

    @precondition(lambda self: self.notices)
    @rule(which=st.integers(0, 9))
    def end(self, which: int) -> None:
        notice = self._one(self.notices, which)
        if self._do(not notice.over, meetings.end, notice.id):
            notice.over = True

    # Urgent events, jobs.

    @rule(people=st.none() | st.integers(1, 60), word=st.sampled_from(["", "集体访"]))
    def begin(self, people: int | None, word: str) -> None:
        may = people is not None or bool(word)
        if done := self._do(may, urgent.register, subject=word, people=people):
            self.events.append(Event(done.entry_id))
            self.entries += 1

    @precondition(lambda self: self.events)
    @rule(which=st.integers(0, 9), words=st.sampled_from(["坐在大厅", ""]), again=st.booleans())
    def log(self, which: int, words: str, again: bool) -> None:
        event = self._one(self.events, which)
        if self._do(bool(words) and not event.over, urgent.note, event.id, words=words):
            event.lines += 1
            if again:
                self.desk.do(undoing.undo_last, uid=new_uid())
                event.lines -= 1

    @precondition(lambda self: self.events)
    @rule(which=st.integers(0, 9), outcome=st.sampled_from(["已散", ""]))
    def over(self, which: int, outcome: str) -> None:
        event = self._one(self.events, which)
        if self._do(bool(outcome) and not event.over, urgent.end, event.id, outcome=outcome):
            event.over = True

    @rule(words=st.sampled_from(["查清报我", ""]), page=st.booleans())
    def give(self, words: str, page: bool) -> None:
        told: dict[str, Any] = {"words": words, "department_id": self.lead}
        if page:
            done = self._do(bool(words), instructions.enter, on="", leader="吴局长", **told)
        else:
            done = self._do(bool(words), jobs.give, given_by="吴局长", **told)
        if done:
            self.jobs.append(done.entry_id)
            self.entries += 1

    # What is no entry.

    @rule(thing=st.sampled_from(["雨伞", ""]))
    def lend(self, thing: str) -> None:
        if done := self._do(bool(thing), loans.lend, thing=thing, whom="王强", back_by=NOW + HOUR):
            self.out[done.id] = True

    @precondition(lambda self: self.out)
    @rule(which=st.integers(0, 9))
    def give_back(self, which: int) -> None:
        loan = self._one(self.out, which)
        if self._do(self.out[loan], loans.give_back, loan):
            self.out[loan] = False

    @rule()
    def take_in(self) -> None:
        self.here[self._do(True, parcels.take_in, whom="孙科长").id] = True

    @precondition(lambda self: self.here)
    @rule(which=st.integers(0, 9))
    def hand_out(self, which: int) -> None:
        parcel = self._one(self.here, which)
        if self._do(self.here[parcel], parcels.hand_out, parcel):
            self.here[parcel] = False

    @rule(name=st.sampled_from(["陈处长", ""]))
    def expect(self, name: str) -> None:
        if done := self._do(bool(name), expected.note, at=NOW + HOUR, name=name):
            self.awaited[done.id] = ExpectedStatus.EXPECTED

    @precondition(lambda self: self.awaited)
    @rule(which=st.integers(0, 9), comes=st.booleans(), again=st.booleans())
    def arrive(self, which: int, comes: bool, again: bool) -> None:
        one = self._one(self.awaited, which)
        was = self.awaited[one]
        if not comes:
            if self._do(was is ExpectedStatus.EXPECTED, expected.miss, one):
                self.awaited[one] = ExpectedStatus.ABSENT
        elif self._do(was is not ExpectedStatus.CAME, expected.arrive, one):
            self.entries += 1
            self.awaited[one] = ExpectedStatus.CAME
            if again:  # it was somebody else: the visit is void, and they are expected as before
                self.desk.do(undoing.undo_last, uid=new_uid())
                self.awaited[one] = was

    def teardown(self) -> None:
        """Compare the whole account with the whole register."""
        try:
            self.clock.go(days=5)
            self._compare_list()
            for paper in self.papers:
                ended = paper.filed or paper.void
                status = self.desk.ask(reading.entry, paper.id).row.status
                assert (status is EntryStatus.OPEN) == (not ended), paper
            for event in self.events:
                seen = self.desk.ask(urgent.view, event.id)
                assert (len(seen.log), seen.row.ended_at is not None) == (event.lines, event.over)
            for loan, out in self.out.items():
                assert (self.desk.ask(loans.one, loan).status is LoanStatus.OUT) == out
            for parcel, here in self.here.items():
                assert (self.desk.ask(parcels.one, parcel).status is ParcelStatus.HERE) == here
            for one, status_ in self.awaited.items():
                assert self.desk.ask(expected.one, one).status is status_
            assert len(self.desk.ask(jobs.rows)) == len(self.jobs)
            assert check.run(self.desk).entries == self.entries
        finally:
            self.desk.close()

    def _compare_list(self) -> None:
        """Five days later: what nobody has done stands in the one list, and nothing else does."""
        counts = self.desk.ask(to_do.counts)
        uncalled = [one for one in self.notices if not one.over and one.tried != set(INVITED)]
        assert {name: counts[name] for name in ("urgent", "unhandled", "uncalled", "expected")} == {
            "urgent": sum(not one.over for one in self.events),
            "unhandled": sum(one.lies for one in self.papers),
            "uncalled": len(uncalled),
            "expected": sum(one is ExpectedStatus.EXPECTED for one in self.awaited.values()),
        }
        assert (counts["not-back"], counts["parcel"]) == (sum(self.out.values()), sum(self.here.values()))
        rows = self.desk.ask(to_do.rows, limit=500)
        told = [row.what for row in rows]
        assert told.count(Todo.URGENT) == counts["urgent"]
        owed = sum(len(one.tried - one.reached) for one in self.notices if not one.over)
        assert told.count(Todo.CALLBACK) == owed


QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def _tell(place: Callable[[], str], examples: int) -> None:
    story = type("OfficeStoryHere", (OfficeStory,), {"place": staticmethod(place)})
    run_state_machine_as_test(
        story,
        settings=settings(
            max_examples=examples, stateful_step_count=30, deadline=None, suppress_health_check=QUIET
        ),
    )


def test_any_story_in_a_file(founded: Founded, tmp_path: Path) -> None:
    def place() -> str:
        path = tmp_path / f"{new_uid()}.sqlite"
        shutil.copyfile(founded.file, path)
        return str(path)

    _tell(place, 10)


def test_any_story_on_a_server(founded: Founded, postgres: Postgres, request: pytest.FixtureRequest) -> None:
    def place() -> str:
        url = postgres.create(founded.database)
        request.addfinalizer(lambda: postgres.drop(url))
        return url

    _tell(place, 4)
