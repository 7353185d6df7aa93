"""Urgent events and groups: the calls in the site's order, who came, what was agreed, minute by minute."""

from __future__ import annotations

import datetime as dt

from reception.demo.cases import group
from reception.demo.front import Front
from reception.demo.ledger import Held
from reception.demo.stories import FINISHED, Life, answered, minutes
from reception.facts import Kind
from reception.facts.office import EventKind

_SELDOM = 0.1


def happening(front: Front, at: dt.datetime) -> Life:
    """An urgent event now and then, the first one for certain; as a rule nothing so urgent."""
    times = front.times["urgent"] = front.times.get("urgent", 0) + 1
    if times > 1 and front.dice.random() > _SELDOM:
        yield from (group if times % 3 == 0 else answered)(front, at)
        return
    yield from event(front, at)


def event(front: Front, at: dt.datetime, *, ends: bool = True) -> Life:
    """Many who come together, or something that happened to one; with ``ends`` False it goes on."""
    dice, speech = front.dice, front.speech
    many = not ends or dice.random() < 0.75
    people = dice.randint(9, 46) if many else 1
    held = front.entry(
        at,
        Kind.URGENT,
        None,
        [],
        subject=speech.word("urgent" if many else "urgent_alone"),
        party_size=people,
        beside=[("urgent", {"place": speech.word("places"), "ended_at": None})],
    )
    for one in front.to_call[: dice.randint(2, 3)]:
        at += minutes(front, 0.7, 2.5)
        yield at
        said = {"whom": one.name, "phone": one.phone, "reached": True, "words": speech.word("urgent_called")}
        _log(front, held, at, EventKind.CALLED, said)
    at += minutes(front, 2, 6)
    yield at
    _log(front, held, at, EventKind.NOTED, {"words": speech.word("urgent_noted")})
    if many:
        at += minutes(front, 1, 4)
        yield at
        front.change(at, held, "count", {"party_size": people + dice.randint(1, 12)})
    at += minutes(front, 3, 9)
    yield at
    leader = front.to_call[0].name if front.to_call else speech.word("leaders")
    _log(front, held, at, EventKind.CAME, {"whom": leader, "words": speech.word("urgent_came")})
    if not ends:
        return
    at += minutes(front, 10, 45)
    yield at
    _log(front, held, at, EventKind.AGREED, {"words": speech.word("urgent_agreed")})
    at += minutes(front, 4, 15)
    yield at
    others = front.ledger.beside_changed(held, "urgent", {"ended_at": at})
    over = {"outcome": speech.word("urgent_over"), "status": FINISHED}
    front.change(at, held, "end-event", over, others=others)


def _log(front: Front, held: Held, at: dt.datetime, kind: EventKind, said: dict[str, object]) -> None:
    row = {"kind": kind.value, "whom": "", "phone": "", "reached": None, "words": "", **said}
    front.add(at, held, "log", ("event", row))
