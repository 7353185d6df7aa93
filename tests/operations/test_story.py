"""Any story: whatever clerks do in whatever order, the register says the same as a plain account of it."""

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
from reception.errors import InputError
from reception.facts import (
    CONTACTS,
    Act,
    CallResult,
    Counters,
    Details,
    EntryStatus,
    Kind,
    NewEntry,
    NewReferral,
    PartStatus,
    ReferralStatus,
    Totals,
)
from reception.operations import day, entries, reading, referrals, site
from reception.store import check
from tests.factories import CLERK, NOW, TODAY, Clock, Founded, department, new_uid, part, person, told_numbers
from tests.postgres_server import Postgres

NOT_CONNECTED = (CallResult.NO_ANSWER, CallResult.BUSY)
CODES = ("JC", "XF", "SBK")
OPEN, FINISHED, VOID = EntryStatus.OPEN, EntryStatus.FINISHED, EntryStatus.VOID


@dataclass
class Sent:
    """A referral, as somebody would note it on paper."""

    parts: dict[str, PartStatus]
    lead: str
    closed: bool = False
    rerouted: int = 0
    gave_way: set[str] = field(default_factory=set)
    assisting: set[str] = field(default_factory=set)

    @property
    def status(self) -> ReferralStatus:
        if self.closed:
            return ReferralStatus.CLOSED
        answered = self.parts[self.lead] is PartStatus.ANSWERED
        return ReferralStatus.COMPLETED if answered else ReferralStatus.OPEN


@dataclass
class Noted:
    """An entry, as somebody would note it on paper."""

    id: int
    number: str
    day: int
    kind: Kind
    size: int
    act: Act | None
    result: CallResult | None
    status: EntryStatus
    callback: bool
    waits: bool
    seen: bool = False
    left: bool = False
    outcome: str = ""
    persons: int = 0
    acts: int = 1
    sent: list[Sent] = field(default_factory=list)
    sendings: dict[str, int] = field(default_factory=dict)

    def send(self, lead: str, assisting: tuple[str, ...]) -> None:
        parts = self._parts(lead, assisting)
        self.sent.append(Sent(parts, next(iter(parts)), assisting=set(list(parts)[1:])))
        self.act, self.result, self.status = Act.REFERRED, None, OPEN

    def reroute(self, sent: Sent, lead: str, assisting: tuple[str, ...]) -> None:
        """The same referral goes on; who is to lead need not assist any more."""
        sent.rerouted += 1
        sent.gave_way.add(sent.lead)
        for name in self._under_way(sent):
            if name.partition("-")[0] == lead:
                sent.parts[name] = PartStatus.WITHDRAWN
        parts = self._parts(lead, assisting)
        sent.parts |= parts
        sent.lead = next(iter(parts))
        sent.assisting |= set(list(parts)[1:])

    def assists(self, sent: Sent) -> set[str]:
        """The departments that assist and have not answered."""
        return {name.partition("-")[0] for name in self._under_way(sent)}

    @staticmethod
    def _under_way(sent: Sent) -> list[str]:
        return [name for name in sent.assisting if sent.parts[name] in (PartStatus.SENT, PartStatus.RECEIVED)]

    def _parts(self, lead: str, assisting: tuple[str, ...]) -> dict[str, PartStatus]:
        parts = {}
        for code in (lead, *assisting):
            self.sendings[code] = self.sendings.get(code, 0) + 1
            again = f"-{self.sendings[code]}" if self.sendings[code] > 1 else ""
            parts[f"{code}{again}"] = PartStatus.SENT
        return parts


STEPS: dict[str, tuple[Callable[..., Any], set[PartStatus], PartStatus | None]] = {
    "told": (referrals.told, {PartStatus.SENT, PartStatus.RECEIVED}, None),
    "receive": (referrals.receive, {PartStatus.SENT}, PartStatus.RECEIVED),
    "answer": (referrals.answer, {PartStatus.SENT, PartStatus.RECEIVED}, PartStatus.ANSWERED),
    "return": (referrals.give_back, {PartStatus.SENT, PartStatus.RECEIVED}, PartStatus.RETURNED),
}
LEADS = st.sampled_from(CODES)
ASSISTING = st.lists(st.sampled_from(CODES), max_size=2, unique=True).map(tuple)


def _status(act: Act | None, result: CallResult | None) -> EntryStatus:
    done = act in (Act.ANSWERED, Act.POINTED) or result is CallResult.CONNECTED
    return FINISHED if done else OPEN


class Story(RuleBasedStateMachine):
    """Two desks at work on one register, and a plain account of what they did."""

    place: Callable[[], str]

    def __init__(self) -> None:
        super().__init__()
        place = type(self).place()
        self.desks = {code: Desk.open(place, desk=code, operator=CLERK, clock=Clock()) for code in ("", "B")}
        self.desks[""].do(site.save, {"check_wants": ""}, uid=new_uid())
        self.ids = {code: department(self.desks[""], code) for code in CODES}
        self.noted: list[Noted] = []
        self.given: dict[tuple[str, int], int] = {}
        self.last: tuple[str, Callable[..., Any], tuple[Any, ...], dict[str, Any], Any] | None = None

    def _do(
        self, allowed: bool, verb: Callable[..., Any], *arguments: Any, at: str = "", **keywords: Any
    ) -> bool:
        """Do an act, which must go through or be refused as the account says; whether it went through."""
        desk = self.desks[at]
        if not allowed:
            with pytest.raises(InputError):
                desk.do(verb, *arguments, **keywords)
            return False
        result = desk.do(verb, *arguments, **keywords)
        self.last = (at, verb, arguments, keywords, result)
        return True

    def _one(self, which: int) -> Noted:
        return self.noted[which % len(self.noted)]

    @rule(
        at=st.sampled_from(["", "B"]),
        kind=st.sampled_from(CONTACTS),
        act=st.none() | st.sampled_from([Act.ANSWERED, Act.POINTED, Act.PUT_THROUGH]),
        result=st.none() | st.sampled_from(list(CallResult)),
        size=st.integers(-1, 9),
        persons=st.integers(0, 7),
        flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
        lead=st.none() | LEADS,
        assisting=ASSISTING,
    )
    def register(
        self,
        at: str,
        kind: Kind,
        act: Act | None,
        result: CallResult | None,
        size: int,
        persons: int,
        flags: tuple[bool, bool, bool],
        lead: str | None,
        assisting: tuple[str, ...],
    ) -> None:
        callback, waits, yesterday = flags
        received = NOW.replace(day=22) if yesterday else NOW
        referral = (
            NewReferral(self.ids[lead], tuple(self.ids[one] for one in assisting))
            if lead is not None
            else None
        )
        new = NewEntry(
            kind,
            "事由",
            act=act,
            call_result=result,
            party_size=size,
            parties=tuple(person(str(n)) for n in range(persons)),
            department_id=self.ids["SBK"],
            referral=referral,
            received_at=received,
            waiting_since=received if waits else None,
            details=Details(callback_wanted=callback),
        )
        allowed = (
            size >= 1
            and persons <= 6
            and not (waits and kind is not Kind.VISIT)
            and (act is Act.PUT_THROUGH) == (result is not None)
            and (lead is None or (act is None and lead not in assisting))
        )
        if not self._do(allowed, entries.register, new, at=at):
            return
        assert self.last
        receipt = self.last[-1]
        on = TODAY - 1 if yesterday else TODAY
        self.given[at, on] = self.given.get((at, on), 0) + 1
        code = f"-{at}" if at else ""
        assert receipt.number == f"{on}{code}-{self.given[at, on]:03}"
        one = Noted(
            receipt.entry_id,
            receipt.number,
            on,
            kind,
            max(size, persons),
            act,
            result,
            _status(act, result),
            callback,
            waits,
            persons=persons,
        )
        if lead is not None:
            one.send(lead, assisting)
        self.noted.append(one)

    @precondition(lambda self: self.noted)
    @rule(
        which=st.integers(0, 50),
        at=st.sampled_from(["", "B"]),
        act=st.sampled_from([Act.ANSWERED, Act.POINTED, Act.PUT_THROUGH]),
        result=st.none() | st.sampled_from(list(CallResult)),
    )
    def act(self, which: int, at: str, act: Act, result: CallResult | None) -> None:
        one = self._one(which)
        allowed = (
            one.status is OPEN
            and one.act is not Act.REFERRED
            and (act is Act.PUT_THROUGH) == (result is not None)
        )
        if self._do(allowed, entries.act, one.id, act, call_result=result, uid=new_uid(), at=at):
            one.act, one.result, one.status = act, result, _status(act, result)
            one.acts += 1

    @precondition(lambda self: self.noted)
    @rule(which=st.integers(0, 50), close=st.booleans(), text=st.sampled_from(["已告知", " ", "办好了"]))
    def outcome(self, which: int, close: bool, text: str) -> None:
        one = self._one(which)
        closable = one.status is OPEN and one.act is not Act.REFERRED
        allowed = one.status is not VOID and bool(text.strip()) and (closable or not close)
        if self._do(allowed, entries.set_outcome, one.id, text, close=close, uid=new_uid()):
            one.outcome = text
            one.acts += 1
            if close:
                one.act, one.result, one.status = Act.ANSWERED, None, FINISHED

    @precondition(lambda self: self.noted)
    @rule(which=st.integers(0, 50), at=st.sampled_from(["", "B"]))
    def void(self, which: int, at: str) -> None:
        one = self._one(which)
        if self._do(one.status is not VOID, entries.void, one.id, "误登", uid=new_uid(), at=at):
            one.status = VOID
            one.acts += 1
            for sent in one.sent:
                sent.closed = True

    @precondition(lambda self: self.noted)
    @rule(which=st.integers(0, 50), size=st.integers(0, 9), persons=st.integers(0, 7))
    def correct(self, which: int, size: int, persons: int) -> None:
        one = self._one(which)
        changes = {"party_size": size, "parties": tuple(person(str(n)) for n in range(persons))}
        allowed = one.status is not VOID and size >= 1 and persons <= 6
        same = (max(size, persons), persons) == (one.size, one.persons)
        if self._do(allowed, entries.correct, one.id, changes, version=one.acts, uid=new_uid()):
            one.size, one.persons = max(size, persons), persons
            one.acts += not same

    @precondition(lambda self: self.noted)
    @rule(which=st.integers(0, 50), what=st.sampled_from(["wait", "seen", "leave"]))
    def come_and_go(self, which: int, what: str) -> None:
        one = self._one(which)
        already = {"wait": one.waits, "seen": one.seen, "leave": one.left}[what]
        allowed = one.status is not VOID and one.kind is Kind.VISIT and not already
        allowed = allowed and (what == "leave" or not one.left)
        if self._do(allowed, getattr(entries, what), one.id, uid=new_uid()):
            one.waits, one.seen = one.waits or what == "wait", one.seen or what == "seen"
            one.left = one.left or what == "leave"
            one.acts += 1

    @precondition(lambda self: self.noted)
    @rule(
        which=st.integers(0, 50), lead=LEADS, assisting=ASSISTING, decided_by=st.sampled_from(["", "周主任"])
    )
    def refer(self, which: int, lead: str, assisting: tuple[str, ...], decided_by: str) -> None:
        one = self._one(which)
        now = one.sent[-1] if one.sent else None
        back = now is not None and not now.closed and now.parts[now.lead] is PartStatus.RETURNED
        allowed = one.status is not VOID and lead not in assisting and (now is None or now.closed or back)
        if now is not None and back:  # the director decides from the second time on
            allowed = allowed and (not now.rerouted or bool(decided_by))
            allowed = allowed and not one.assists(now) & set(assisting)
        others = tuple(self.ids[code] for code in assisting)
        new = NewReferral(self.ids[lead], others, decided_by=decided_by)
        if self._do(allowed, referrals.refer, one.id, new, uid=new_uid()):
            if now is not None and back:
                one.reroute(now, lead, assisting)
            else:
                one.send(lead, assisting)
            one.acts += 1

    @precondition(lambda self: any(one.sent for one in self.noted))
    @rule(which=st.integers(0, 50), share=st.integers(0, 9), what=st.sampled_from(list(STEPS)))
    def step(self, which: int, share: int, what: str) -> None:
        referred = [one for one in self.noted if one.sent]
        one = referred[which % len(referred)]
        sent = one.sent[share % len(one.sent)]
        name = list(sent.parts)[share % len(sent.parts)]
        verb, allowed, after = STEPS[what]
        may = one.status is not VOID and not sent.closed and sent.parts[name] in allowed
        found = part(self.desks[""], f"{one.number}/{name}")
        if self._do(may, verb, found, "赵队", uid=new_uid()):
            one.acts += 1
            if after is not None:
                sent.parts[name] = after

    @precondition(lambda self: any(one.sent for one in self.noted))
    @rule(which=st.integers(0, 50), note=st.sampled_from(["", "已回复"]))
    def close(self, which: int, note: str) -> None:
        referred = [one for one in self.noted if one.sent]
        one = referred[which % len(referred)]
        sent = one.sent[-1]
        lead = sent.parts[sent.lead]
        ready = lead is PartStatus.ANSWERED or (lead is PartStatus.RETURNED and note)
        may = one.status is not VOID and not sent.closed and bool(ready)
        found = self.desks[""].ask(referrals.find_referral, f"{one.number}/{sent.lead}").id
        if self._do(may, referrals.close, found, note, uid=new_uid()):
            sent.closed, one.status = True, FINISHED
            one.acts += 1

    @precondition(lambda self: self.last)
    @rule()
    def repeat(self) -> None:
        """The last act again: the answer had been lost."""
        assert self.last
        at, verb, arguments, keywords, result = self.last
        again = self.desks[at].do(verb, *arguments, **keywords)
        assert (again.entry_id, again.number) == (result.entry_id, result.number)

    def teardown(self) -> None:
        """Compare the whole account with the whole register."""
        desk = self.desks[""]
        try:
            for on in (TODAY - 1, TODAY):
                self._compare_day(desk, on)
            desk.clock = Clock(NOW + dt.timedelta(hours=8))  # what was sent is late by now
            assert desk.ask(day.counters, TODAY) == self._counters()
            for one in self.noted:
                self._compare_entry(desk, one)
            assert check.run(desk).entries == len(self.noted)
        finally:
            for open_one in self.desks.values():
                open_one.close()

    def _compare_day(self, desk: Desk, on: int) -> None:
        today = [one for one in self.noted if one.day == on]
        assert sorted(told_numbers(desk, on)) == sorted(one.number for one in today)
        live = [one for one in today if one.status is not VOID]

        def count(condition: Callable[[Noted], bool]) -> int:
            return sum(map(condition, live))

        assert desk.ask(day.totals, on) == Totals(
            visits=count(lambda one: one.kind is Kind.VISIT),
            visitors=sum(one.size for one in live if one.kind is Kind.VISIT),
            calls_in=count(lambda one: one.kind is Kind.CALL_IN),
            calls_out=count(lambda one: one.kind is Kind.CALL_OUT),
            answered=count(lambda one: one.act is Act.ANSWERED),
            pointed=count(lambda one: one.act is Act.POINTED),
            put_through=count(lambda one: one.act is Act.PUT_THROUGH),
            referred=count(lambda one: one.act is Act.REFERRED),
            open=count(lambda one: one.status is OPEN),
            void=len(today) - len(live),
        )

    def _counters(self) -> Counters:
        still = [one for one in self.noted if one.status is OPEN]
        parts = [
            state
            for one in self.noted
            for sent in one.sent
            if not sent.closed
            for name, state in sent.parts.items()
            if state is not PartStatus.WITHDRAWN and name not in sent.gave_way
        ]
        waiting = [
            one
            for one in self.noted
            if one.status is not VOID and one.day == TODAY and one.waits and not one.seen and not one.left
        ]
        return Counters(
            not_received=parts.count(PartStatus.SENT),
            waiting=len(waiting),
            callbacks=sum(one.callback or one.result in NOT_CONNECTED for one in still),
            unanswered=sum(one is not PartStatus.ANSWERED for one in parts)
            + sum(one.act is None for one in still),
            pressing=any(one.act is None and one.day < TODAY for one in still),
        )

    def _compare_entry(self, desk: Desk, one: Noted) -> None:
        found = desk.ask(reading.entry, one.id)
        assert (found.row.act, found.row.call_result, found.row.status) == (one.act, one.result, one.status)
        assert (found.row.party_size, len(found.parties), found.row.outcome) == (
            one.size,
            one.persons,
            one.outcome,
        )
        assert [bool(at) for at in (found.row.waiting_since, found.row.seen_at, found.row.left_at)] == [
            one.waits,
            one.seen,
            one.left,
        ]
        assert found.row.version == len(found.trail) == one.acts
        assert [
            (view.status, {part.name.partition("/")[2]: part.status for part in view.parts})
            for view in found.referrals
        ] == [(sent.status, sent.parts) for sent in one.sent]


QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def _tell(place: Callable[[], str], examples: int) -> None:
    story = type("StoryHere", (Story,), {"place": staticmethod(place)})
    run_state_machine_as_test(
        story,
        settings=settings(
            max_examples=examples, stateful_step_count=40, deadline=None, suppress_health_check=QUIET
        ),
    )


def test_any_story_in_a_file(founded: Founded, tmp_path: Path) -> None:
    def place() -> str:
        path = tmp_path / f"{new_uid()}.sqlite"
        shutil.copyfile(founded.file, path)
        return str(path)

    _tell(place, 20)


def test_any_story_on_a_server(founded: Founded, postgres: Postgres, request: pytest.FixtureRequest) -> None:
    def place() -> str:
        url = postgres.create(founded.database)
        request.addfinalizer(lambda: postgres.drop(url))
        return url

    _tell(place, 8)
