"""A desk at the office's other work beside a plain account of it: acts, taking them back, comparing."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from reception.desk import Desk
from reception.errors import DeskError
from reception.facts import EntryStatus, Kind, Query, Todo
from reception.facts.office import Stands
from reception.operations import find, presence, reading, shifts, site, to_do, undoing
from reception.operations.office import expected, jobs, loans, meetings, parcels, urgent
from reception.store import check
from tests.factories import CLERK, Clock, department, new_uid
from tests.operations.office import counts as told_counts
from tests.operations.office.account import Account
from tests.operations.office.counts import OF_REFERRALS
from tests.operations.office.things import Refused, Thing, local_day

LISTS = {
    **{what: what.value for what in Todo},
    Todo.ANSWERED: "closing",
    Todo.OPEN: "still-open",
}
"""By their reason, the lists whose numbers are compared."""
COMPARED = (
    *(
        Todo.URGENT,
        Todo.UNHANDLED,
        Todo.UNCALLED,
        Todo.NOTIFIED,
        Todo.CALLBACK,
        Todo.WAITING,
        Todo.EXPECTED,
        Todo.OPEN,
    ),
    *(Todo.NOT_BACK, Todo.PARCEL, *OF_REFERRALS),
)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WHICH = st.integers(0, 20)
BESIDE = ("expect", "cal", "loan", "parcel")
"""How the names of what is no entry begin."""
FOUND_BY = (Kind.DOCUMENT, Kind.MEETING, Kind.JOB, Kind.URGENT)
WORDS = (
    "评审",
    "函",
    "省厅",
    "市局",
    "甲局长",
    "丙股",
    "己股",
    "庚股",
    "三楼",
    "四楼",
    "欠薪",
    "坐在大厅",
    "查清",
    "档案柜",
)


def same(seen: object, told: object, *about: object) -> None:
    """The register says what the account says."""
    assert seen == told, f"{seen} in the register, {told} in the account {about or ''}"


@dataclass
class Done:
    """An act that went through, to be taken back and done again."""

    name: str
    values: dict[str, Any]
    at: datetime
    uid: uuid.UUID
    about: frozenset[str]
    moment: int
    """When it was done, taken back or done again last."""
    turn: uuid.UUID | None = None
    """The act that took it back, as long as it is taken back."""
    fixed: bool = False
    """Nobody did it."""


class OfficeDesk(RuleBasedStateMachine):
    """One desk at work, and a plain account of what it did."""

    place: Callable[[], str]

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.clock.go(minutes=1)  # what comes with the register cannot be taken back
        self.desk = Desk.open(type(self).place(), operator=CLERK, clock=self.clock)
        self.desk.do(site.save, {"check_wants": ""}, uid=new_uid())
        self.departments = {code: department(self.desk, code) for code in ("JC", "XF")}
        self.account = Account()
        self.ids: dict[str, int] = {}
        self.done: list[Done] = []
        self.chain: list[Done] = []
        """What was taken back last, one after the other, with nothing done since."""
        self.moments = self.steps = self.named = 0
        self.sound = True
        """Nothing failed; else there is nothing to compare in the end."""

    # The things of the story.

    def key(self, kind: str) -> str:
        self.named += 1
        return f"{kind}-{self.named}"

    def pick(self, which: int, *kinds: Kind, live: bool = True) -> str:
        """An entry of the account; the void only now and then."""
        found = [key for key, one in self.account.things.items() if one.kind in kinds]
        living = [key for key in found if not self.account.things[key].void]
        every = living if live and living and which % 7 else found
        return every[which % len(every)]

    def has(self, *kinds: Kind) -> bool:
        return any(one.kind in kinds for one in self.account.things.values())

    def thing(self, key: str) -> Thing:
        return self.account.things[key]

    # Acts.

    def act(
        self, told: tuple[str, dict[str, Any]], verb: Callable[..., Any], /, *words: Any, **named: Any
    ) -> Any:
        """Do an act, which must go through or be refused as the account says; what it gave."""
        self.sound = False
        (name, values), now = told, self.clock.go(minutes=1)
        after, uid = deepcopy(self.account), new_uid()
        try:
            getattr(after, name)(now, **values)
        except Refused:
            with pytest.raises(DeskError):
                self.desk.do(verb, *words, **named, uid=uid)
            return None
        result = self.desk.do(verb, *words, **named, uid=uid)
        assert self.desk.do(verb, *words, **named, uid=uid) == result  # the answer had been lost
        before, later = self.account.all(), after.all()
        about = {key for key in {*before, *later} if before.get(key) != later.get(key)}
        for key in later.keys() - self.ids.keys() if name != "bring_in" else ():
            self.ids[key] = result.entry_id if key in after.things else result.id
        if not about and self.desk.ask(undoing.last_act) == uid:  # nothing that the account tells of
            assert "key" in values, f"{name} did something, and by the account there was nothing to do"
            about = {values["key"]}
        self.account = after
        about |= {values["key"]} if about and "key" in values else set()
        if name == "bring_in":  # what was so already is no part of the act
            values = {"events": tuple(one for one in values["events"] if one[0] in about)}
        if about:
            self.moments += 1
            self.done.append(Done(name, values, now, uid, frozenset(about), self.moments))
            self.chain.clear()
        return result

    def begin_day(self, moment: datetime) -> None:
        """The morning, with what the desk does by itself: nobody takes that back."""
        self.clock.now = moment
        self.chain.clear()
        self.sound, over = False, self.account.is_over(moment)
        while self.desk.do(presence.close_days, uid=new_uid()):
            pass
        self.account.close_days(moment, over)
        self.moments += 1
        self.done.append(
            Done("close_days", {"over": over}, moment, new_uid(), frozenset(over), self.moments, fixed=True)
        )
        self.sound = True

    def turn(self, one: Done) -> None:
        """Take an act back, or do it again if it was taken back."""
        self.sound, wanted = False, self._told_if(one)
        assert wanted is not None or not self._must(one)
        uid = new_uid()
        self.clock.go(minutes=1)
        try:
            self.desk.do(undoing.undo, one.turn or one.uid, uid=uid)
        except DeskError:
            assert not self._must(one), (one, "should go through")
            return
        self._turned(one, wanted, uid)

    def turn_last(self, *, again: bool) -> None:
        """Take the last act of today back, or do again what was taken back last."""
        verb, uid = (undoing.redo_last if again else undoing.undo_last), new_uid()
        self.sound = False
        today = [
            one
            for one in self.done
            if one.turn is None and not one.fixed and local_day(one.at) == local_day(self.clock.now)
        ]
        one = self.chain[-1] if again and self.chain else today[-1] if today and not again else None
        if one is None:
            if again:
                with pytest.raises(DeskError):
                    self.desk.do(verb, uid=uid)
            self.sound = True
            return
        wanted, must = self._told_if(one), self._must(one)
        self.clock.go(minutes=1)
        try:
            self.desk.do(verb, uid=uid)
        except DeskError:
            assert not must, (one, "should go through")
            return
        self._turned(one, wanted, uid)

    def _turned(self, one: Done, wanted: Account | None, uid: uuid.UUID) -> None:
        assert wanted is not None, (one, "should be refused: others built on it")
        self.moments += 1
        one.turn, one.moment = (uid if one.turn is None else None), self.moments
        self.account = wanted
        if one.turn is None:
            self.chain = [other for other in self.chain if other is not one]
        else:
            self.chain.append(one)

    def _told_if(self, one: Done) -> Account | None:
        """The account if an act is taken back, or done again; None where the others cannot be with that."""
        account = Account()
        try:
            for other in self.done:
                if (other.turn is None) != (other is one):
                    getattr(account, other.name)(other.at, **other.values)
        except Refused:
            return None
        return account

    def _must(self, one: Done) -> bool:
        """Whether nothing was done since on what the act was about, or all of that was taken back."""
        since = [other for other in self.done if other.moment > one.moment and other.about & one.about]
        return not since if one.turn is not None else all(other.turn is not None for other in since)

    # Comparing.

    def compare(self) -> None:
        """After each step: the counters, the list, where each entry stands, one word of Find."""
        self.sound = False
        now, self.steps = self.clock.now, self.steps + 1
        found = told_counts.reasons(self.account, now)
        same(self.desk.ask(to_do.counters), told_counts.counters(self.account, now))
        counts = self.desk.ask(to_do.counts)
        told = {what: len(found.get(what, ())) for what in COMPARED}
        same(
            {what: n for what in COMPARED if (n := counts[LISTS[what]])},
            {k: n for k, n in told.items() if n},
            found,
        )
        self._compare_rows(found)
        self._compare_entries()
        self._compare_find(WORDS[self.steps % len(WORDS)], FOUND_BY[self.steps % len(FOUND_BY)])
        self.sound = True

    def _compare_rows(self, found: dict[Todo, list[str]]) -> None:
        rows = self.desk.ask(to_do.rows, limit=500)
        order = list(Todo)
        places = [order.index(row.what) for row in rows]
        assert places == sorted(places)
        ids = {(row.what, row.record_id or row.entry_id) for row in rows if row.referral is None}
        assert len(ids) == sum(row.referral is None for row in rows)
        reasons = {what: keys for what, keys in found.items() if what not in OF_REFERRALS}
        same(ids, {(what, self.ids[key]) for what, keys in reasons.items() for key in keys})
        referred = [row.entry_id for row in rows if row.referral is not None and row.what is not Todo.REMIND]
        waiting = {key for what in OF_REFERRALS for key in found.get(what, ())}
        same(sorted(referred), sorted(self.ids[key] for key in waiting))

    def _compare_entries(self) -> None:
        entries = {key: at for key, at in self.ids.items() if key not in self.beside()}
        rows = {row.id: row for row in self.desk.ask(reading.rows, sorted(entries.values()))}
        for key, at in entries.items():
            thing = self.account.things.get(key)
            if thing is None or thing.void:
                same(rows[at].status, EntryStatus.VOID, key)
            else:
                wanted = EntryStatus.OPEN if thing.open else EntryStatus.FINISHED
                same(rows[at].status, wanted, key, thing)

    def beside(self, *kinds: str) -> set[str]:
        """The names of what is no entry, also of what was taken back."""
        return {key for key in self.ids if key.split("-")[0] in (kinds or BESIDE)}

    def _compare_find(self, word: str, kind: Kind) -> None:
        known = {self.ids[key]: one for key, one in self.account.things.items() if one.kind is kind}
        rows = self.desk.ask(find.entries, Query(word, kind=kind), limit=500)
        told = {at for at, one in known.items() if any(word in text for text in one.texts)}
        same({row.id for row in rows} & known.keys(), told, word)

    def hand_over_and_compare(self) -> None:
        """What is handed over is what is to be done."""
        given = self.desk.do(shifts.hand_over, uid=new_uid())
        rows = self.desk.ask(to_do.rows, limit=500)
        items = [(one.what, one.entry_id, one.person) for one in given.items]
        same(items, [(row.what, row.entry_id, row.person) for row in rows])

    def compare_notice(self, key: str) -> None:
        """The grid of a notice, all its rounds."""
        notice, seen = self.account.things[key], self.desk.ask(meetings.view, self.ids[key])
        rounds = [(one.meets_at, one.place, one.cancelled) for one in seen.rounds]
        same(rounds, [(one.meets_at, one.place, one.cancelled) for one in notice.rounds])
        states = told_counts.states(self.account, key)
        grid = {one.name: one.state.value for one in seen.invitees}
        same(grid, {notice.invited[name]: state for name, state in states.items()})
        replies = {notice.invited[at]: said for at, said in notice.replies.items() if at in notice.invited}
        for one in seen.invitees:
            round_, reply = replies.get(one.name, (0, None))
            same(one.reply and one.reply.value, reply, one)
            same(one.stale, reply is not None and round_ < len(notice.rounds), one)
        same(seen.ended_at is not None, notice.over)

    def compare_all(self) -> None:
        """Compare the whole account with the whole register."""
        self.compare()
        for key, thing in self.account.things.items():
            if thing.kind is Kind.MEETING:
                self.compare_notice(key)
            elif thing.kind is Kind.URGENT:
                self._compare_event(key, thing)
            elif thing.kind is Kind.JOB:
                steps = self.desk.ask(jobs.view, self.ids[key]).steps
                same([one.words for one in steps], thing.steps)
        for kind in BESIDE:
            self._compare_beside(kind)
        entries = sum(key not in self.beside() for key in self.ids)
        same(check.run(self.desk).entries, entries)

    def _compare_beside(self, kind: str) -> None:
        """Who is expected, what is lent, what lies here: also what was taken back, which is withdrawn."""
        records, verb, gone = {
            "expect": (self.account.awaited, expected.one, "cancelled"),
            "cal": (self.account.awaited, expected.one, "cancelled"),
            "loan": (self.account.lent, loans.one, Stands.WITHDRAWN.value),
            "parcel": (self.account.parcels, parcels.one, Stands.WITHDRAWN.value),
        }[kind]
        ask: Callable[..., Any] = verb
        for key in self.beside(kind):
            seen, kept = self.desk.ask(ask, self.ids[key]), records.get(key)
            same(seen.status.value, gone if kept is None else kept.status, key)
            if kept is not None and records is self.account.awaited:
                same((seen.at, seen.subject, seen.room), (kept.at, kept.subject, kept.room), key)

    def _compare_event(self, key: str, thing: Thing) -> None:
        seen = self.desk.ask(urgent.view, self.ids[key])
        same(sorted(one.words + one.whom for one in seen.log), sorted(thing.steps))
        minutes = [one.at for one in seen.log]
        same(minutes, sorted(minutes))
        same((seen.row.people, seen.row.ended_at is not None), (thing.people, thing.over))

    def events(self) -> list[tuple[str, datetime, str, str, bool]]:
        """Who is expected from today on, as a calendar has them."""
        today = local_day(self.clock.now)
        return [
            (key, one.at, one.subject, one.room, one.status in ("absent", "cancelled"))
            for key, one in self.account.awaited.items()
            if local_day(one.at) >= today
        ]
