"""Whatever is done to referrals, by whomever, in any order: a plain account of it and the register agree."""

from __future__ import annotations

import copy
import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from reception.desk import Desk
from reception.errors import InputError
from reception.facts import (
    Category,
    Details,
    EntryStatus,
    NewReferral,
    PartOutcome,
    PartStatus,
    ReferralStatus,
    StepKind,
    Way,
)
from reception.operations import entries, reading, referrals, site, to_do, undoing, working_days
from reception.operations.referrals import reminding, timing
from reception.store import check
from tests.factories import Clock, Founded, department, new_uid, person, visit
from tests.operations.on_paper import (
    ASKED,
    LADDER,
    LIMITS,
    MAY_BE_OFF,
    OFF,
    TRIES,
    UNDER_WAY,
    Reminded,
    Sent,
    Share,
    worked_between,
)
from tests.postgres_server import Postgres

ZONE = ZoneInfo("Asia/Shanghai")
CODES = ("JC", "ZCY", "GS")
ABOUT = "GS"
"""Whom every complaint and every accusation of this story is about."""
CLERKS = (("", "王芳"), ("B", "李敏"), ("B", "周主任"))
BOSS = "周主任"


class AnyReferral(RuleBasedStateMachine):
    """Two desks, three people at them, and what became of each referral."""

    place: Callable[[], str]

    def __init__(self) -> None:
        super().__init__()
        OFF.clear()
        place, self.clock = type(self).place(), Clock()
        self.desks = {
            clerk: Desk.open(place, desk=code, operator=clerk, clock=self.clock) for code, clerk in CLERKS
        }
        boss = self.desks[BOSS]
        self.ids = {code: department(boss, code) for code in CODES}
        boss.do(site.save, {"supervisors": BOSS, "call_back_tries": str(TRIES)}, uid=new_uid())
        self.sent: list[Sent] = []
        self.slips = 0
        self.trails: dict[int, list[str]] = {}
        self.acts: dict[int, list[tuple[Any, str, Sent]]] = {}

    @property
    def today(self) -> dt.date:
        return self.clock.now.astimezone(ZONE).date()

    def do(
        self, by: str, allowed: bool, verb: str, act: Callable[..., Any], *words: Any, **named: Any
    ) -> bool:
        """Do an act, which goes through or is refused as the account says; whether it went through."""
        one = self.now
        uid, desk = new_uid(), self.desks[by]
        if not (allowed and (one.category is not Category.ACCUSATION or by == BOSS)):
            with pytest.raises(InputError):
                desk.do(act, *words, uid=uid, **named)
            return False
        before = copy.deepcopy(one)
        first = desk.do(act, *words, uid=uid, **named)
        assert desk.do(act, *words, uid=uid, **named) == first  # the answer had been lost
        self.trails[one.entry].append(verb)
        self.acts[one.entry].append((uid, verb, before))
        return True

    def pick(self, which: int) -> Sent:
        self.now = self.sent[which % len(self.sent)]
        return self.now

    def part(self, one: Sent, share: Share) -> int:
        return self.desks[BOSS].ask(referrals.find_part, f"{one.number}/{share.name}").id

    BY = st.sampled_from([clerk for _, clerk in CLERKS])
    WHICH = st.integers(0, 1)
    SHARE = st.integers(-1, 2)
    CODE = st.sampled_from(CODES)
    ANY = precondition(lambda self: self.sent)

    @rule(days=st.integers(0, 4), hours=st.integers(1, 9))
    def time_passes(self, days: int, hours: int) -> None:
        self.clock.go(days=days, hours=hours)

    @precondition(lambda self: len(self.sent) < 2)
    @rule(
        by=BY,
        lead=CODE,
        assist=st.sampled_from((None, *CODES)),
        category=st.sampled_from(list(LIMITS)),
        leader=st.sampled_from(["", "李局长"]),
        written=st.booleans(),
    )
    def send(
        self, by: str, lead: str, assist: str | None, category: Category | None, leader: str, written: bool
    ) -> None:
        others = () if assist is None else (self.ids[assist],)
        new = NewReferral(self.ids[lead], others, leader=leader, written=written)
        against = category in (Category.COMPLAINT, Category.ACCUSATION)
        details = Details(concerned_id=self.ids[ABOUT] if against else None)
        entry = visit("拖欠工资", parties=(person(),), category=category, referral=new, details=details)
        allowed = lead != assist and not (against and ABOUT in (lead, assist))
        if category is Category.ACCUSATION and by != BOSS:
            allowed = False
        if not allowed:
            with pytest.raises(InputError):
                self.desks[by].do(entries.register, entry)
            return
        receipt = self.desks[by].do(entries.register, entry)
        found = self.desks[BOSS].ask(referrals.find_referral, receipt.number)
        parts = [Share(lead, 1, True), *([] if assist is None else [Share(assist, 1, False)])]
        one = Sent(
            found.id,
            receipt.entry_id,
            receipt.number,
            category,
            leader,
            self.today,
            LIMITS[category][0],
            parts,
        )
        one.due, one.leader_asked = one.counted(), bool(leader) and category in ASKED
        if written:
            self.slips += 1
            one.slip = self.slips
        self.sent.append(one)
        self.trails[one.entry], self.acts[one.entry] = ["register"], []
        self.compare(one)

    @ANY
    @rule(by=BY, which=WHICH, share=SHARE, what=st.sampled_from(["return", "receive", "told"]))
    def step(self, by: str, which: int, share: int, what: str) -> None:
        one = self.pick(which)
        mine = one.parts[share % len(one.parts)]
        verbs: dict[str, Callable[..., Any]] = {
            "told": referrals.told,
            "receive": referrals.receive,
            "return": referrals.give_back,
        }
        verb = verbs[what]
        times = UNDER_WAY if what != "receive" else (PartStatus.SENT,)
        if self.do(by, one.runs and mine.status in times, what, verb, self.part(one, mine), "赵队"):
            mine.status = {"receive": PartStatus.RECEIVED, "return": PartStatus.RETURNED}.get(
                what, mine.status
            )
        self.compare(one)

    @ANY
    @rule(by=BY, which=WHICH, share=SHARE, outcome=st.sampled_from(list(PartOutcome)), to=CODE)
    def answer(self, by: str, which: int, share: int, outcome: PartOutcome, to: str) -> None:
        one = self.pick(which)
        mine = one.parts[share % len(one.parts)]
        passed, about = (
            outcome is PartOutcome.PASSED_ON,
            one.category in (Category.COMPLAINT, Category.ACCUSATION),
        )
        allowed = one.runs and mine.status in UNDER_WAY
        if passed and (to == mine.code or (about and to == ABOUT)):
            allowed = False
        number = "7号" if outcome is PartOutcome.ACCEPTED else ""
        named = {"outcome": outcome, "case_number": number, "to": self.ids[to] if passed else None}
        if self.do(by, allowed, "answer", referrals.answer, self.part(one, mine), "已查", **named):
            mine.status = PartStatus.RETURNED if passed else PartStatus.ANSWERED
            mine.outcome = outcome
            if mine.leads and not passed:
                one.status = ReferralStatus.COMPLETED
        self.compare(one)

    @ANY
    @rule(by=BY, which=WHICH, back=st.booleans())
    def lead_ends(self, by: str, which: int, back: bool) -> None:
        """What moves a referral on most: its lead answers, or gives it back."""
        one = self.pick(which)
        allowed, mine = one.runs and one.lead.status in UNDER_WAY, self.part(one, one.lead)
        if back:
            if self.do(by, allowed, "return", referrals.give_back, mine, "不属我科"):
                one.lead.status = PartStatus.RETURNED
        elif self.do(by, allowed, "answer", referrals.answer, mine, "已支付"):
            one.lead.status, one.lead.outcome = PartStatus.ANSWERED, PartOutcome.ANSWERED
            one.status = ReferralStatus.COMPLETED
        self.compare(one)

    @ANY
    @rule(by=BY, which=WHICH, to=CODE, decided=st.booleans(), as_new=st.booleans())
    def reroute(self, by: str, which: int, to: str, decided: bool, as_new: bool) -> None:
        one = self.pick(which)
        about = one.category in (Category.COMPLAINT, Category.ACCUSATION)
        back = one.runs and one.lead.status is PartStatus.RETURNED
        allowed = back and (decided or not one.rerouted) and not (about and to == ABOUT)
        if as_new and one.status is ReferralStatus.CLOSED:
            return  # that would be a second referral
        new = NewReferral(self.ids[to], decided_by=BOSS if decided else "")
        verb, subject = (referrals.refer, one.entry) if as_new else (referrals.reroute, one.id)
        if self.do(by, allowed, "reroute", verb, subject, new):
            for share in one.parts:
                if not share.leads and share.code == to and share.status in UNDER_WAY:
                    share.status = PartStatus.WITHDRAWN
            one.send(to, leads=True)
            one.steps.append(StepKind.REROUTED)
            one.rerouted, one.looks, one.asks = one.rerouted + 1, [], False
        self.compare(one)

    @ANY
    @rule(by=BY, which=WHICH, instruction=st.sampled_from(["", "再查"]))
    def leader_looks(self, by: str, which: int, instruction: str) -> None:
        one = self.pick(which)
        named = {"whom": "" if one.leader else "李局长", "instruction": instruction}
        if self.do(by, one.ended, "leader-seen", referrals.leader_seen, one.id, **named):
            one.steps.append(StepKind.SEEN)
            one.looks.append((StepKind.SEEN, not instruction))
            if instruction:
                one.leader = "李局长"
                one.leader_asked = one.leader_asked or one.category in ASKED
                if one.lead.status is PartStatus.ANSWERED:
                    one.again(self.today)
        self.compare(one)

    @ANY
    @rule(by=BY, which=WHICH, content=st.sampled_from([None, True, False]))
    def call_back(self, by: str, which: int, content: bool | None) -> None:
        one = self.pick(which)
        named = {"reached": content is not None, "content": content, "words": "说了"}
        if self.do(by, one.ended, "call-back", referrals.call_back, one.id, **named):
            one.steps.append(StepKind.CALLED_BACK)
            one.looks.append((StepKind.CALLED_BACK, content))
            if content is False and one.lead.status is PartStatus.ANSWERED:
                one.again(self.today)
        self.compare(one)

    @ANY
    @rule(by=BY, which=WHICH, note=st.sampled_from(["", "已回复"]))
    def close(self, by: str, which: int, note: str) -> None:
        one = self.pick(which)
        allowed = one.ended and (bool(note) or one.lead.status is PartStatus.ANSWERED)
        allowed = allowed and (one.seen or not one.leader_asked)
        allowed = allowed and (one.called or one.category not in ASKED)
        if self.do(by, allowed, "close", referrals.close, one.id, note):
            one.status = ReferralStatus.CLOSED
        self.compare(one)

    @ANY
    @rule(by=BY, which=WHICH)
    def reopen(self, by: str, which: int) -> None:
        one = self.pick(which)
        done = one.status in (ReferralStatus.COMPLETED, ReferralStatus.CLOSED)
        if self.do(by, done, "reopen", referrals.reopen, one.id, "又来反映"):
            one.again(self.today)
        self.compare(one)

    @ANY
    @rule(by=BY, which=WHICH)
    def slip(self, by: str, which: int) -> None:
        one = self.pick(which)
        if self.do(by, one.runs and one.slip is None, "slip", referrals.slip, one.id):
            self.slips += 1
            one.slip = self.slips
        self.compare(one)

    @ANY
    @rule(by=BY, which=WHICH, more=st.integers(0, 6))
    def extend(self, by: str, which: int, more: int) -> None:
        one = self.pick(which)
        longer = copy.deepcopy(one)
        longer.days += more
        late = longer.counted() < self.today and not one.paused
        allowed = more > 0 and one.status is ReferralStatus.OPEN and not late
        named = {"reason": "须外调", "approver": "周主任"}
        if self.do(by, allowed, "extend", timing.extend, one.id, more, **named):
            one.days += more
            one.due = one.counted()
            one.steps.append(StepKind.EXTENSION)
            one.reminders, one.asks = [], False
        self.compare(one)

    @ANY
    @rule(by=BY, which=WHICH, share=SHARE, more=st.integers(0, 6))
    def asks(self, by: str, which: int, share: int, more: int) -> None:
        """The department asks for more time; who asks has it."""
        one = self.pick(which)
        mine = one.parts[share % len(one.parts)]
        allowed = more > 0 and one.status is ReferralStatus.OPEN and mine is one.lead
        allowed = allowed and mine.status in UNDER_WAY and not one.asks
        if self.do(by, allowed, "ask", referrals.ask, self.part(one, mine), more, "须外调"):
            mine.status, one.asks = PartStatus.RECEIVED, True
            one.steps.append(StepKind.ASKED)
        self.compare(one)

    @ANY
    @rule(by=BY, which=WHICH)
    def denies(self, by: str, which: int) -> None:
        one = self.pick(which)
        if self.do(by, one.runs and one.asks, "deny", referrals.deny, one.id, "来得及"):
            one.asks = False
        self.compare(one)

    @ANY
    @rule(by=BY, which=WHICH, way=st.sampled_from(list(Way)))
    def reminds(self, by: str, which: int, way: Way) -> None:
        """Out of turn; nothing goes to a leader so."""
        one = self.pick(which)
        allowed = one.awaited and way is not Way.LEADER
        if self.do(by, allowed, "remind", reminding.remind, one.id, way=way, whom="钱工"):
            one.reminders.append(Reminded(len(one.steps), way, None))
            one.steps.append(StepKind.REMINDER)
        self.compare(one)

    @ANY
    @rule(by=BY, which=WHICH, rung=st.sampled_from([1, 6]))
    def reminds_in_turn(self, by: str, which: int, rung: int) -> None:
        one = self.pick(which)
        done = [known.rung for known in one.reminders if known.rung is not None]
        allowed = one.awaited and rung > max(done, default=0) and worked_between(one.due, self.today) >= rung
        if self.do(by, allowed, "remind", reminding.remind, one.id, rung=rung, whom="周主任"):
            one.reminders.append(Reminded(len(one.steps), LADDER[rung], rung))
            one.steps.append(StepKind.REMINDER)
            # whoever has another window open comes second
            self.do(BOSS, False, "remind", reminding.remind, one.id, rung=rung, whom="周主任")
        self.compare(one)

    @precondition(lambda self: any(one.reminders for one in self.sent))
    @rule(by=BY, which=WHICH)
    def replies(self, by: str, which: int) -> None:
        one = self.pick(which)
        if not one.reminders:
            return
        last = one.reminders[-1]
        view = self.desks[BOSS].ask(referrals.find_referral, one.number)
        step, spoken = view.steps[last.at], last.way in (Way.PHONE, Way.WRITTEN)
        if self.do(by, spoken and not last.said, "reply", reminding.reply, step.id, "在办"):
            last.said = True
        self.compare(one)

    @ANY
    @rule(by=BY, which=WHICH, up=st.booleans())
    def decides(self, by: str, which: int, up: bool) -> None:
        """The director, before whom it was laid."""
        one = self.pick(which)
        laid = [known for known in one.reminders if known.way is Way.DIRECTOR]
        allowed = one.awaited and bool(laid) and not laid[-1].said
        named = {"up": up, "words": "请督促", "leader": "李局长"}
        if self.do(by, allowed, "decide", reminding.decide, one.id, **named):
            laid[-1].said = True
            if up:
                one.reminders.append(Reminded(len(one.steps), Way.LEADER, None, said=True))
                one.steps.append(StepKind.REMINDER)
        self.compare(one)

    @ANY
    @rule(by=BY, off=st.sampled_from(MAY_BE_OFF))
    def a_day_off_is_entered(self, by: str, off: str) -> None:
        """Every due date that rests on it moves, and the trail says so; what was done before stays done."""
        day = dt.date.fromisoformat(off)
        if day in OFF:
            return
        desk = self.desks[by]
        known = desk.ask(working_days.year, day.year).days
        desk.do(working_days.save_year, day.year, f"{known}\n{off},off,", uid=new_uid())
        OFF.add(day)
        for one in self.sent:
            if one.runs and (due := one.counted()) != one.due:
                one.due = due
                self.trails[one.entry].append("recompute")
                self.acts[one.entry].clear()
            self.compare(one)

    @ANY
    @rule(by=BY, which=WHICH)
    def pause(self, by: str, which: int) -> None:
        one = self.pick(which)
        runs = one.status is ReferralStatus.OPEN and not one.paused and one.due >= self.today
        if self.do(by, runs, "pause", timing.pause, one.id, "等本人补材料"):
            one.pauses.append([self.today, None])
            one.steps.append(StepKind.PAUSE)
        self.compare(one)

    @ANY
    @rule(by=BY, which=WHICH)
    def resume(self, by: str, which: int) -> None:
        one = self.pick(which)
        if self.do(by, one.runs and one.paused, "resume", timing.resume, one.id):
            one.pauses[-1][1] = self.today
            one.due = one.counted()
        self.compare(one)

    @ANY
    @rule(which=WHICH)
    def take_back(self, which: int) -> None:
        """The last act on an entry, whoever did it; its number stays given, its parts stay as withdrawn."""
        one = self.pick(which)
        acts = self.acts[one.entry]
        if not acts:
            return
        uid, verb, before = acts[-1]
        desk = self.desks[BOSS]
        if verb == "slip":
            with pytest.raises(InputError):
                desk.do(undoing.undo, uid, uid=new_uid())
            return
        desk.do(undoing.undo, uid, uid=new_uid())
        acts.pop()
        for share in one.parts[len(before.parts) :]:
            share.status = PartStatus.WITHDRAWN
            before.parts.append(share)
        self.sent[self.sent.index(one)] = before
        self.trails[one.entry].append("undo")
        self.compare(before)

    @ANY
    @rule(which=WHICH)
    def take_back_and_do_again(self, which: int) -> None:
        """All is as if the act had just been done."""
        one = self.pick(which)
        acts = self.acts[one.entry]
        if not acts or acts[-1][1] == "slip":
            return
        turn, desk = new_uid(), self.desks[BOSS]
        desk.do(undoing.undo, acts[-1][0], uid=turn)
        desk.do(undoing.undo, turn, uid=new_uid())
        self.trails[one.entry] += ["undo", "redo"]
        self.compare(one)

    def compare(self, one: Sent) -> None:
        """All of an entry, as a supervisor sees it."""
        view = self.desks[BOSS].ask(reading.entry, one.entry)
        (found,) = view.referrals
        assert found.status is one.status
        assert [
            (part.name.partition("/")[2], part.role == "lead", part.status, part.outcome)
            for part in found.parts
        ] == [(share.name, share.leads, share.status, share.outcome) for share in one.parts]
        assert [step.kind for step in found.steps] == one.steps
        assert found.term is not None
        assert found.term.due_day == int(f"{one.due:%Y%m%d}")
        assert (found.term.paused_at is not None) is one.paused
        assert found.term.amount == one.days
        assert found.leader_asked is one.leader_asked
        assert found.person_asked is (one.category in ASKED)
        assert found.slip.partition("〕")[2] == ("" if one.slip is None else f"{one.slip}号")
        assert [line.verb for line in view.trail] == self.trails[one.entry]
        assert (view.row.status is EntryStatus.OPEN) is one.runs
        assert view.row.department == one.lead.code

    def teardown(self) -> None:
        """The counts, what others see of a sealed one, and whether the register is true."""
        desk = self.desks[BOSS]
        try:
            standing = [
                share.status
                for one in self.sent
                if one.runs
                for share in one.parts
                if share.status is not PartStatus.WITHDRAWN and (not share.leads or share is one.lead)
            ]
            assert desk.ask(referrals.count) == {one.value: standing.count(one) for one in set(standing)}
            late = [one for one in self.sent if one.status is ReferralStatus.OPEN and one.due < self.today]
            overdue = [row.number for row in desk.ask(referrals.rows, which="overdue")]
            assert sorted(overdue) == sorted(one.number for one in late if not one.paused)
            assert desk.ask(to_do.counters).overdue == len(overdue)
            asked = [
                one.number for one in self.sent if one.asks and one.runs and one.lead.status in UNDER_WAY
            ]
            assert sorted(row.number for row in desk.ask(to_do.rows, which="asked")) == sorted(asked)
            for one in self.sent:
                if one.category is Category.ACCUSATION:
                    assert self.desks["王芳"].ask(reading.entry, one.entry).referrals == ()
            assert check.run(desk).entries == len(self.sent)
        finally:
            for opened in self.desks.values():
                opened.close()


QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def _tell(place: Callable[[], str], examples: int) -> None:
    story = type("AnyReferralHere", (AnyReferral,), {"place": staticmethod(place)})
    run_state_machine_as_test(
        story,
        settings=settings(
            max_examples=examples, stateful_step_count=60, deadline=None, suppress_health_check=QUIET
        ),
    )


def test_any_referral_in_a_file(founded: Founded, tmp_path: Path) -> None:
    def place() -> str:
        path = tmp_path / f"{new_uid()}.sqlite"
        shutil.copyfile(founded.file, path)
        return str(path)

    _tell(place, 15)


def test_any_referral_on_a_server(
    founded: Founded, postgres: Postgres, request: pytest.FixtureRequest
) -> None:
    def place() -> str:
        url = postgres.create(founded.database)
        request.addfinalizer(lambda: postgres.drop(url))
        return url

    _tell(place, 6)
