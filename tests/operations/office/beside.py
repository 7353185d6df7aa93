"""Who is expected, what is lent, what lies here for somebody: the part of the account that is no entry."""

from __future__ import annotations

import datetime as dt

from reception.facts import Kind
from tests.operations.office.things import Own, Thing, allow, at, local_day

Event = tuple[str, dt.datetime, str, str, bool]
"""Of a calendar: whom it is about, when, the subject, the room, whether it is called off."""


class Beside:
    """All that was noted. Things are called by names of the story, which stay whatever is taken back."""

    def __init__(self) -> None:
        self.things: dict[str, Thing] = {}
        self.awaited: dict[str, Own] = {}
        self.lent: dict[str, Own] = {}
        self.parcels: dict[str, Own] = {}

    def all(self) -> dict[str, Thing | Own]:
        """Everything by its name."""
        return {**self.things, **self.awaited, **self.lent, **self.parcels}

    def live(self, key: str, *kinds: Kind) -> Thing:
        """An entry that is not void, of one of these kinds."""
        allow(key in self.things)
        one = self.things[key]
        allow(not one.void and (not kinds or one.kind in kinds))
        return one

    # Who is expected.

    def expect(self, now: dt.datetime, key: str, at: dt.datetime, name: str) -> None:
        allow(name)
        self.awaited[key] = Own("expected", at, name)

    def move(self, now: dt.datetime, key: str, at: dt.datetime | None, room: str) -> None:
        one = self._own(self.awaited, key)
        allow(one.status != "came")
        if at is not None:
            one.at, one.status = at, "expected"
        one.room = room

    def arrive(self, now: dt.datetime, key: str, visit: str) -> None:
        one = self._own(self.awaited, key)
        allow(one.status != "came")
        one.status = "came"
        self.things[visit] = Thing(Kind.VISIT, now, waits=True)

    def stay_away(self, now: dt.datetime, key: str, status: str) -> None:
        one = self._own(self.awaited, key)
        allow(one.status == "expected")
        one.status = status

    def receive(self, now: dt.datetime, key: str, answered: bool) -> None:
        """The visitor is received, or the visit is answered."""
        one = self.live(key, Kind.VISIT)
        allow(one.open if answered else one.waits and not one.left)
        if answered:
            one.acted = True
        else:
            one.waits = False

    def bring_in(self, now: dt.datetime, events: tuple[Event, ...]) -> None:
        """The calendar says when, where and about what; whoever came or was called off stays so."""
        for key, moment, subject, room, cancelled in events:
            if moment < at(local_day(now)):
                continue  # it is over
            one = self.awaited.get(key)
            if one is None:
                if not cancelled:
                    self.awaited[key] = Own("expected", moment, "", subject, room)
            elif cancelled:
                one.status = "cancelled" if one.status == "expected" else one.status
            elif one.status == "expected" or (one.status != "came" and one.at != moment):
                one.at, one.subject, one.room, one.status = moment, subject, room, "expected"

    @staticmethod
    def _own(of: dict[str, Own], key: str, *states: str) -> Own:
        allow(key in of)
        allow(not states or of[key].status in states)
        return of[key]

    # Things lent, parcels.

    def lend(self, now: dt.datetime, key: str, thing: str, back_by: dt.datetime) -> None:
        allow(thing and back_by > now)
        self.lent[key] = Own("out", back_by, thing)

    def prolong(self, now: dt.datetime, key: str, back_by: dt.datetime) -> None:
        allow(back_by > now)
        self._own(self.lent, key, "out").at = back_by

    def give_back(self, now: dt.datetime, key: str) -> None:
        self._own(self.lent, key, "out").status = "back"

    def take_in(self, now: dt.datetime, key: str, whom: str) -> None:
        allow(whom)
        self.parcels[key] = Own("here", now, whom)

    def amend_parcel(self, now: dt.datetime, key: str, whom: str) -> None:
        allow(whom)
        self._own(self.parcels, key).name = whom

    def part_with(self, now: dt.datetime, key: str, status: str) -> None:
        self._own(self.parcels, key, "here").status = status
