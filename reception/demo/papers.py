"""Papers received: read by a leader, sent to a department, circulated, filed."""

from __future__ import annotations

import datetime as dt

from reception.demo.cases import Until, later, referred
from reception.demo.chain import Changes
from reception.demo.front import Front
from reception.demo.ledger import Held
from reception.demo.stories import FINISHED, Life, minutes
from reception.facts import Kind, Urgency
from reception.facts.office import PaperWay, Stands, StandsOn
from reception.numbers import day_number

_WAYS = (PaperWay.HAND, PaperWay.HAND, PaperWay.POST, PaperWay.COURIER, PaperWay.FAX)
_AWAY = 6
_URGENCIES = (*(Urgency.NORMAL,) * 6, Urgency.URGENT, Urgency.CRITICAL)


def paper(front: Front, at: dt.datetime, *, way: str = "", stop: bool = False) -> Life:
    """A paper goes its ``way``: to a ``department``, ``round``, straight into the ``file``, or ``nowhere``.

    ``stop``: it does not get to the end of it yet.
    """
    held = _come(front, at)
    way = way or front.dice.choices(("department", "round", "file"), (9, 7, 4))[0]
    if way == "nowhere":
        return
    at = later(front, at, 0.1, 0.7, quick=stop)
    yield at
    if way == "department" or front.dice.random() < 0.3:
        words = {"leader": front.speech.word("leaders"), "words": front.speech.word("paper_words")}
        front.add(at, held, "instruct", ("instruction", {**words, "stands_on": StandsOn.ENTRY.value}))
        at += minutes(front, 1, 5)
        yield at
    if way == "department":
        at = yield from _sent(front, held, at, stop=stop)
    elif way == "round":
        at = yield from _signed(front, held, at, stop=stop)
    if stop:
        return
    at = later(front, at, 0.2, 4)
    yield at
    filed = {"filed_at": at, "filed_where": front.speech.word("filed")}
    others = front.ledger.beside_changed(held, "document", filed)
    front.change(at, held, "file", {"status": FINISHED}, others=others)


def _come(front: Front, at: dt.datetime) -> Held:
    dice, speech = front.dice, front.speech
    sender = dice.choice(speech.senders)
    today = front.hours.local(at).date()
    written = today - dt.timedelta(days=dice.randint(1, 6))
    number = f"{sender.sign}〔{written.year}〕{dice.randint(3, 160)}号" if sender.sign else ""
    way = dice.choice(_WAYS)
    row = {
        **front.ledger.paper_number(today.year),
        "sender": speech.line((sender.sender,)),
        "sender_number": number,
        "sender_day": day_number(written),
        "copies": dice.choice((1, 1, 1, 2, 3)),
        "way": way.value,
        "brought_by": speech.word("brought") if way is PaperWay.HAND else "",
        "proposed": speech.word("proposed"),
        "filed_at": None,
        "filed_where": "",
    }
    return front.entry(
        at,
        Kind.DOCUMENT,
        None,
        [],
        subject=speech.line(sender.titles),
        urgency=dice.choice(_URGENCIES).value,
        beside=[("document", row)],
    )


def _sent(front: Front, held: Held, at: dt.datetime, *, stop: bool) -> Until:
    topic = front.speech.office_topic("paper_asked", "paper_answers")
    if topic is None:
        return at
    referral = front.referral(topic, assists=front.dice.choice((0, 0, 1)), told=True)
    front.ledger.refer(at, front.clerk(at), held, **referral)
    at = yield from referred(front, held, topic, at, stop="received" if stop else "")
    return at


def _signed(front: Front, held: Held, at: dt.datetime, *, stop: bool) -> Until:
    """It goes round; of every few one of those to whom it goes is away."""
    dice, clerk = front.dice, front.clerk(at)
    times = front.times["round"] = front.times.get("round", 0) + (not stop)
    departments = dice.sample(
        front.speech.departments, min(dice.randint(2, 3), len(front.speech.departments))
    )
    readers = [(None, front.speech.word("leaders")), *((one.id, one.name) for one in departments)]
    others: Changes = {}
    for department_id, whom in readers:
        row = {"department_id": department_id, "whom": whom, "signed_at": None, "note": ""}
        others |= front.ledger.beside(at, clerk, held, "circulation", row)
    front.ledger.change(at, clerk, held, "circulate", {}, others)
    for place, (_department, whom) in enumerate(readers[: 1 if stop else None], start=1):
        at = later(front, at, 0.2, 2.5, quick=stop)
        yield at
        away = place == len(readers) and times % _AWAY == 1
        new = {"signed_at": at, "note": front.speech.word("signed_notes")}
        if away:
            new = {"status": Stands.WITHDRAWN.value}
        changes = front.ledger.beside_changed(held, "circulation", new, place)
        told = {key: {**pairs, "whom": (whom, whom)} for key, pairs in changes.items()}
        front.change(at, held, "take-off" if away else "sign", {}, others=told)
    return at
