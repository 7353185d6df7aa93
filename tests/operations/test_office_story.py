"""Any story of the office's other work: the register says the same as a plain account of it."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from reception.facts import Kind, NewReferral
from reception.facts.office import EventKind, Level
from reception.operations import entries, reading, referrals
from reception.operations.office import circulation, documents, instructions, jobs, urgent
from tests.factories import NOW, Founded, new_uid
from tests.operations.office.desk import DAY, WHICH
from tests.operations.office.meeting_rules import MeetingRules
from tests.operations.office.other_rules import OtherRules
from tests.operations.office.things import at, local_day
from tests.postgres_server import Postgres

LEADS = st.sampled_from(["JC", "XF"])
SOMETIMES = st.sampled_from(["", "", "JC"])
READERS = ("甲局长", "乙科长")
REFERRED = (Kind.DOCUMENT, Kind.JOB, Kind.URGENT)


class OfficeStory(MeetingRules, OtherRules):
    """What a desk may do of the office's other work, in any order."""

    @invariant()
    def as_told(self) -> None:
        self.compare()

    def teardown(self) -> None:
        try:
            if self.sound:
                self.compare_all()
                self.clock.go(days=5)
                self.compare_all()
        finally:
            self.desk.close()

    # Time, taking back, the change of shifts.

    @precondition(lambda self: self.clock.now < NOW + 12 * DAY)
    @rule(evening=st.booleans())
    def time_goes_on(self, evening: bool) -> None:
        today = local_day(self.clock.now)
        five = at(today, dt.time(17))
        if evening and self.clock.now < five:
            self.clock.now = five
        else:
            self.begin_day(at(today + (DAY * 3 if today.weekday() == 4 else DAY), dt.time(9, 42)))

    @precondition(lambda self: self.done)
    @rule(which=WHICH)
    def take_back(self, which: int) -> None:
        if done := [one for one in self.done if not one.fixed]:
            self.turn(done[-1 - which % len(done)])

    @precondition(lambda self: self.done)
    @rule(again=st.booleans())
    def take_last_back(self, again: bool) -> None:
        self.turn_last(again=again)

    @precondition(lambda self: self.done)
    @rule()
    def hand_over(self) -> None:
        self.hand_over_and_compare()

    # What entries have in common.

    @precondition(lambda self: self.has(*REFERRED))
    @rule(which=WHICH, lead=LEADS, decided=st.sampled_from(["", "周主任"]))
    def refer(self, which: int, lead: str, decided: str) -> None:
        key = self.pick(which, *REFERRED)
        thing = self.thing(key)
        if thing.running is None and (thing.over or thing.kind is Kind.JOB):
            return  # what has ended is not sent again in these stories
        new = NewReferral(self.departments[lead], decided_by=decided)
        told = {"key": key, "lead": lead, "decided": decided}
        self.act(("refer", told), referrals.refer, self.ids[key], new)

    @precondition(lambda self: any(one.sent for one in self.account.things.values()))
    @rule(which=WHICH, what=st.sampled_from(["received", "answered", "returned"]), close=st.booleans())
    def step(self, which: int, what: str, close: bool) -> None:
        sent = [key for key, one in self.account.things.items() if one.sent]
        running = [key for key in sent if self.thing(key).running is not None]
        key = (running or sent)[which % len(running or sent)]
        verbs: dict[str, Callable[..., Any]] = {
            "received": referrals.receive,
            "answered": referrals.answer,
            "returned": referrals.give_back,
        }
        last = self.desk.ask(reading.entry, self.ids[key]).referrals[-1]
        words = ("赵队",)
        self.act(("step", {"key": key, "what": what}), verbs[what], last.parts[-1].id, *words)
        if close:
            self.act(("close", {"key": key, "note": "已告知"}), referrals.close, last.id, "已告知")

    @precondition(lambda self: any(one.sent for one in self.account.things.values()))
    @rule(which=WHICH, note=st.sampled_from(["已告知", ""]), look=st.none() | st.sampled_from(["", "再查"]))
    def close(self, which: int, note: str, look: str | None) -> None:
        sent = [key for key, one in self.account.things.items() if one.sent]
        running = [key for key in sent if self.thing(key).running is not None]
        key = (running or sent)[which % len(running or sent)]
        last = self.desk.ask(reading.entry, self.ids[key]).referrals[-1].id
        if look is not None and self.thing(key).kind is Kind.JOB:
            told = {"key": key, "more": look}
            self.act(("look", told), referrals.leader_seen, last, whom="吴局长", instruction=look)
        self.act(("close", {"key": key, "note": note}), referrals.close, last, note)

    @precondition(lambda self: self.account.things)
    @rule(which=WHICH, sure=st.integers(0, 2))
    def void(self, which: int, sure: int) -> None:
        if not sure:
            key = self.pick(which, *Kind, live=False)
            self.act(("void", {"key": key}), entries.void, self.ids[key], "误登")

    @precondition(lambda self: self.has(*REFERRED, Kind.MEETING))
    @rule(which=WHICH, words=st.sampled_from(["查清报我", "阅", ""]), lead=SOMETIMES)
    def instruct(self, which: int, words: str, lead: str) -> None:
        key, job = self.pick(which, *REFERRED, Kind.MEETING), self.key("job") if lead else ""
        told = {"key": key, "words": words, "job": job, "lead": lead}
        number = self.desk.ask(reading.entry, self.ids[key]).row.number
        to = self.departments.get(lead)
        self.act(
            ("instruct", told), instructions.enter, on=number, leader="吴局长", words=words, department_id=to
        )

    # Papers.

    @rule(
        readers=st.integers(0, 2),
        subject=st.sampled_from(["关于评审的通知", "培训的函", " ", "机密★一年 通知"]),
        sender=st.sampled_from(["省厅", "市局"]),
        lead=SOMETIMES,
    )
    def register(self, readers: int, subject: str, sender: str, lead: str) -> None:
        names = READERS[:readers]
        told = {"key": self.key("paper"), "subject": subject, "sender": sender, "readers": names}
        referral = NewReferral(self.departments[lead]) if lead else None
        named = {"subject": subject, "sender": sender, "readers": "、".join(names), "referral": referral}
        self.act(("register", told | {"lead": lead}), documents.register, **named)

    @precondition(lambda self: self.has(Kind.DOCUMENT))
    @rule(
        which=WHICH,
        said=st.sampled_from(
            [("subject", "培训的函"), ("sender", "省厅"), ("sender", "市局"), ("subject", "")]
        ),
    )
    def amend_paper(self, which: int, said: tuple[str, str]) -> None:
        key = self.pick(which, Kind.DOCUMENT)
        told = {"key": key, "field": said[0], "text": said[1]}
        self.act(("amend_paper", told), documents.amend, self.ids[key], **{said[0]: said[1]})

    @precondition(lambda self: self.has(Kind.DOCUMENT))
    @rule(which=WHICH, who=st.sampled_from(READERS), what=st.sampled_from(["circulate", "sign", "take_off"]))
    def go_round(self, which: int, who: str, what: str) -> None:
        key = self.pick(which, Kind.DOCUMENT)
        named = {"to": who} if what == "circulate" else {"who": who}
        self.act((what, {"key": key, "who": who}), getattr(circulation, what), self.ids[key], **named)

    @precondition(lambda self: self.has(Kind.DOCUMENT))
    @rule(which=WHICH, where=st.sampled_from(["档案柜", "档案柜", ""]))
    def file(self, which: int, where: str) -> None:
        key = self.pick(which, Kind.DOCUMENT)
        self.act(("file", {"key": key, "where": where}), documents.file, self.ids[key], where=where)

    # Jobs, urgent events.

    @rule(words=st.sampled_from(["查清报我", "查清报我", ""]), lead=SOMETIMES)
    def give(self, words: str, lead: str) -> None:
        key, to = self.key("job"), self.departments.get(lead)
        told: dict[str, Any] = {"words": words, "department_id": to}
        if lead and self.named % 2:
            self.act(
                ("give", {"key": key, "words": words, "lead": lead}), jobs.give, given_by="吴局长", **told
            )
        else:
            about = {"key": key, "words": words, "lead": lead}
            self.act(("give", about), instructions.enter, on="", leader="吴局长", **told)

    @precondition(lambda self: self.has(Kind.JOB))
    @rule(
        which=WHICH,
        words=st.sampled_from(["已走访", "请示", ""]),
        level=st.sampled_from(["", *map(str, Level)]),
    )
    def report(self, which: int, words: str, level: str) -> None:
        key = self.pick(which, Kind.JOB)
        told = ("report", {"key": key, "words": words, "level": level})
        if level:
            self.act(told, jobs.report, self.ids[key], level=Level(level), words=words)
        else:
            self.act(told, jobs.step, self.ids[key], words=words)

    @rule(people=st.none() | st.integers(1, 60), word=st.sampled_from(["", "集体访"]))
    def begin(self, people: int | None, word: str) -> None:
        told = {"key": self.key("event"), "people": people, "word": word}
        self.act(("begin", told), urgent.register, subject=word, people=people)

    @precondition(lambda self: self.has(Kind.URGENT))
    @rule(
        which=WHICH,
        words=st.sampled_from(["坐在大厅", "散去一半", ""]),
        what=st.sampled_from(["note", "call", "count", "end"]),
    )
    def event(self, which: int, words: str, what: str) -> None:
        key = self.pick(which, Kind.URGENT)
        on = self.ids[key]
        if what == "note":
            self.act(("log", {"key": key, "words": words, "whom": ""}), urgent.note, on, words=words)
        elif what == "call":
            told = {"key": key, "words": words, "whom": "派出所"}
            self.act(("log", told), urgent.note, on, kind=EventKind.CALLED, whom="派出所", words=words)
        elif what == "count":
            self.act(("count", {"key": key, "people": 7 + which}), urgent.count, on, people=7 + which)
        else:
            self.act(("over", {"key": key, "outcome": words}), urgent.end, on, outcome=words)

    @precondition(lambda self: self.has(Kind.JOB, Kind.URGENT))
    @rule(which=WHICH, subject=st.sampled_from(["欠薪一事", "评审一事", ""]))
    def correct(self, which: int, subject: str) -> None:
        key = self.pick(which, Kind.JOB, Kind.URGENT)
        told = {"key": key, "subject": subject}
        self.act(("correct", told), entries.correct, self.ids[key], {"subject": subject})


QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
EXAMPLES = int(os.environ.get("RECEPTION_TEST_STORIES", "0"))
"""So many stories instead of a few, for whoever has the time."""


def _tell(place: Callable[[], str], examples: int) -> None:
    story = type("OfficeStoryHere", (OfficeStory,), {"place": staticmethod(place)})
    run_state_machine_as_test(
        story,
        settings=settings(
            max_examples=EXAMPLES or examples,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=QUIET,
        ),
    )


def test_any_story_in_a_file(founded: Founded, tmp_path: Path) -> None:
    def place() -> str:
        path = tmp_path / f"{new_uid()}.sqlite"
        shutil.copyfile(founded.file, path)
        return str(path)

    _tell(place, 8)


def test_any_story_on_a_server(founded: Founded, postgres: Postgres, request: pytest.FixtureRequest) -> None:
    def place() -> str:
        url = postgres.create(founded.database)
        request.addfinalizer(lambda: postgres.drop(url))
        return url

    _tell(place, 3)
