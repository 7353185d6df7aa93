"""What a desk may do about visitors to come, things lent and parcels, in any order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from reception import calendars
from reception.facts import Act, Kind
from reception.numbers import day_number
from reception.operations import entries
from reception.operations.office import calendar, expected, loans, parcels
from reception.wording import load
from tests.operations.office.calendars import written
from tests.operations.office.desk import DAY, HOUR, WHICH, OfficeDesk
from tests.operations.office.things import ZONE, at, local_day


class OtherRules(OfficeDesk):
    """What is no entry, with the calendars from which visitors come and to which they go."""

    def __init__(self) -> None:
        super().__init__()
        self.plans: dict[str, tuple[dt.datetime, str, str, bool]] = {}
        self.files: list[tuple[bytes, tuple[Any, ...]]] = []

    @rule(name=st.sampled_from(["陈处长", "陈处长", ""]), hours=st.integers(0, 60))
    def expect(self, name: str, hours: int) -> None:
        told = {"at": self.clock.now + hours * HOUR, "name": name}
        self.act(("expect", told | {"key": self.key("expect")}), expected.note, **told)

    @precondition(lambda self: self.account.awaited)
    @rule(
        which=WHICH,
        what=st.sampled_from(["arrive", "arrive", "miss", "cancel", "move"]),
        hours=st.integers(-9, 60),
    )
    def visitor(self, which: int, what: str, hours: int) -> None:
        key = list(self.account.awaited)[which % len(self.account.awaited)]
        told, on = {"key": key}, self.ids[key]
        if what == "arrive":
            self.act(("arrive", told | {"visit": self.key("visit")}), expected.arrive, on)
        elif what == "move":
            new = {"at": self.clock.now + hours * HOUR if hours > 0 else None, "room": f"{hours}室"}
            given = {name: value for name, value in new.items() if value is not None}
            self.act(("move", told | new), expected.change, on, **given)
        else:
            status = "absent" if what == "miss" else "cancelled"
            self.act(("stay_away", told | {"status": status}), getattr(expected, what), on)

    @precondition(lambda self: self.has(Kind.VISIT))
    @rule(which=WHICH)
    def receive(self, which: int) -> None:
        key = self.pick(which, Kind.VISIT)
        if self.thing(key).waits:
            self.act(("receive", {"key": key, "answered": False}), entries.seen, self.ids[key])
        else:
            self.act(("receive", {"key": key, "answered": True}), entries.act, self.ids[key], Act.ANSWERED)

    @rule(
        uid=st.sampled_from("ab"),
        hours=st.integers(-30, 60),
        subject=st.sampled_from(["座谈", "调研"]),
        off=st.integers(0, 3),
    )
    def import_calendar(self, uid: str, hours: int, subject: str, off: int) -> None:
        """A calendar that changed brings what changed, and nothing when it is imported again."""
        moment = (self.clock.now + hours * HOUR).replace(minute=0)
        self.plans[f"cal-{uid}"] = (moment, subject, f"{hours % 3}室", off == 0)
        events = tuple((key, *plan) for key, plan in self.plans.items())
        self._bring_in(written(events), events)
        assert self._bring_in(written(events), events) == ((), (), ())

    @rule(again=st.booleans(), which=WHICH)
    def export_calendar(self, again: bool, which: int) -> None:
        """What was exported changes nothing when it is imported at once; later it brings its own times."""
        if again and self.files:
            self._bring_in(*self.files[which % len(self.files)])
            return
        today = local_day(self.clock.now)
        days = [day_number(one) for one in (today, today + calendars.DAYS * DAY)]
        out = self.desk.ask(calendar.give_out, *days)
        events = (*self.events(), *self._taken_back(days))
        assert len(out) == len(events)
        self.files.append((calendars.write(out, ZONE, self.clock.now, load("zh_CN")), events))
        assert self._bring_in(*self.files[-1]) == ((), (), ())

    def _taken_back(self, days: list[int]) -> list[tuple[str, dt.datetime, str, str, bool]]:
        """Those whose noting was taken back are written as called off."""
        keys = {at: key for key, at in self.ids.items() if key in self.beside("expect", "cal")}
        found = self.desk.ask(expected.between, *days)
        return [
            (keys[one.id], one.at, "", "", True) for one in found if keys[one.id] not in self.account.awaited
        ]

    def _bring_in(self, content: bytes, events: tuple[Any, ...]) -> tuple[Any, Any, Any]:
        before = dict(self.account.awaited)
        read = calendars.read(content, ZONE, at(local_day(self.clock.now)))
        assert not read.unread
        done = self.act(("bring_in", {"events": events}), calendar.bring_in, read)
        for one in done.added:
            self.ids[one.calendar_uid] = one.id
        new = {key for key in self.account.awaited if key not in before}
        brought = {*(one.id for one in done.added), *(one.id for one in done.changed)}
        assert {self.ids[key] for key in new} <= brought
        return done.added, done.changed, done.cancelled

    @rule(thing=st.sampled_from(["雨伞", "雨伞", ""]), hours=st.integers(-1, 30))
    def lend(self, thing: str, hours: int) -> None:
        told = {"thing": thing, "back_by": self.clock.now + hours * HOUR}
        self.act(("lend", told | {"key": self.key("loan")}), loans.lend, **told, whom="王强")

    @precondition(lambda self: self.account.lent)
    @rule(which=WHICH, hours=st.none() | st.integers(-1, 30))
    def give_back(self, which: int, hours: int | None) -> None:
        key = list(self.account.lent)[which % len(self.account.lent)]
        if hours is None:
            self.act(("give_back", {"key": key}), loans.give_back, self.ids[key])
        else:
            by = self.clock.now + hours * HOUR
            self.act(("prolong", {"key": key, "back_by": by}), loans.prolong, self.ids[key], back_by=by)

    @rule(whom=st.sampled_from(["孙科长", ""]))
    def take_in(self, whom: str) -> None:
        self.act(("take_in", {"key": self.key("parcel"), "whom": whom}), parcels.take_in, whom=whom)

    @precondition(lambda self: self.account.parcels)
    @rule(which=WHICH, what=st.sampled_from(["handed", "sent-back", "周科长", ""]))
    def parcel(self, which: int, what: str) -> None:
        key = list(self.account.parcels)[which % len(self.account.parcels)]
        verbs: dict[str, Callable[..., Any]] = {"handed": parcels.hand_out, "sent-back": parcels.send_back}
        if what in verbs:
            self.act(("part_with", {"key": key, "status": what}), verbs[what], self.ids[key])
        else:
            self.act(("amend_parcel", {"key": key, "whom": what}), parcels.amend, self.ids[key], whom=what)
