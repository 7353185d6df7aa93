"""Calls that are owed, acts that are taken back, numbers that are looked at."""

from __future__ import annotations

import datetime as dt

from reception.demo.chain import Row
from reception.demo.front import Front
from reception.demo.ledger import Held
from reception.demo.stories import FINISHED, OPEN, Life, minutes
from reception.facts import (
    Act,
    AttemptResult,
    CallbackStatus,
    CallResult,
    Kind,
    PartStatus,
    ReferralStatus,
    Urgency,
)

_SENT = ReferralStatus.OPEN, PartStatus.SENT


def owed(
    front: Front,
    at: dt.datetime,
    *,
    result: CallResult | None = None,
    attempts: int = 1,
    ends: bool = True,
    given_up: bool = False,
    urgency: Urgency = Urgency.NORMAL,
) -> Life:
    """Somebody is to be called back: tried ``attempts`` times in vain, then reached or given up.

    ``result`` is how putting through had ended, if it was tried; with ``ends`` False the call stays owed.
    """
    topic = front.speech.inside_topic() or front.speech.topic(by_phone=True)
    target = topic.department.id if topic.department else None
    due = front.hours.after(at, front.dice.uniform(0.4, 2)) if ends and front.dice.random() < 0.7 else None
    held = front.entry(
        at,
        Kind.CALL_IN,
        topic,
        [_reachable(front)],
        act=Act.PUT_THROUGH.value if result else None,
        call_result=result.value if result else None,
        department_id=target,
        wanted=front.officer(target or 0) if result or front.dice.random() < 0.4 else "",
        request=front.speech.line(topic.scene.requests, topic),
        category=front.category(topic, Kind.CALL_IN),
        urgency=urgency.value,
        callback={
            "due": due,
            "about": front.speech.word("callback_about") if front.dice.random() < 0.6 else "",
            "owner": front.officer(target) if target and front.dice.random() < 0.3 else "",
        },
    )
    at = max(due or at, at + minutes(front, 2, 6))
    for _in_vain in range(attempts):
        at = front.hours.after(at, 0)
        yield at
        missed = front.dice.choice((AttemptResult.NO_ANSWER, AttemptResult.NO_ANSWER, AttemptResult.BUSY))
        front.change(at, held, "called", {}, others=front.ledger.attempt(at, held, missed))
        at += minutes(front, 8, 40)
    if not ends:
        return
    at = front.hours.after(at, 0)
    yield at
    if given_up:
        _give_up(front, at, held)
    else:
        _reach(front, at, held)


def _reachable(front: Front) -> Row:
    """Somebody with a telephone."""
    row: Row = front.crowd.somebody().row()
    while not row["phone_digits"]:
        row = front.crowd.somebody().row()
    return row


def _reach(front: Front, at: dt.datetime, held: Held) -> None:
    name = held.persons[0]["name"]
    others = front.ledger.attempt(
        at,
        held,
        AttemptResult.REACHED,
        reached=name if front.dice.random() < 0.7 else front.speech.word("reached"),
    )
    done = {"act": Act.ANSWERED.value, "call_result": None, "status": FINISHED}
    front.change(at, held, "called", done, others=others)


def _give_up(front: Front, at: dt.datetime, held: Held) -> None:
    ended = {
        "status": CallbackStatus.GIVEN_UP.value,
        "ended_at": at,
        "reason": front.speech.word("given_up"),
    }
    finished = {"status": FINISHED, "outcome": ended["reason"]}
    front.change(at, held, "give-up", finished, others=front.ledger.callback(held, ended))
    front.change(at, held, "outcome", {"outcome": "多次回电未果，已发短信告知"})


def promised(front: Front, at: dt.datetime) -> Life:
    """Answered as far as it is known; the desk promises to call back, and does."""
    kind, topic = front.contact(0.5)
    held = front.entry(
        at,
        kind,
        topic,
        [_reachable(front)],
        act=Act.ANSWERED.value,
        outcome=front.speech.line(topic.scene.said, topic),
        category=front.category(topic, kind),
    )
    at += minutes(front, 1, 4)
    yield at
    due = front.hours.after(at, front.dice.uniform(0.5, 2))
    others = front.ledger.owe(at, front.clerk(at), held, due=due, about=front.speech.word("callback_about"))
    front.change(at, held, "owe", {"status": OPEN}, others=others)
    yield due
    reached = front.ledger.attempt(due, held, AttemptResult.REACHED, reached=held.persons[0]["name"])
    front.change(due, held, "called", {"status": FINISHED}, others=reached)


def taken_back(front: Front, at: dt.datetime) -> Life:
    """Sent to the wrong department, taken back at once, and answered by the desk itself."""
    topic = front.speech.inside_topic() or front.speech.topic(by_phone=True)
    kind = front.kind()
    held = front.entry(at, kind, topic, front.known(kind), category=front.category(topic, kind))
    at += minutes(front, 1, 3)
    yield at
    wrong = front.dice.choice(front.speech.departments)
    before = {name: held.row[name] for name in ("act", "call_result", "department_id", "status")}
    front.ledger.refer(at, front.clerk(at), held, lead=wrong.id)
    referred = held.act
    at += minutes(front, 0.3, 2)
    yield at
    times = front.times["taken back"] = front.times.get("taken back", 0) + 1
    turns = ["undo", "redo", "undo"] if times % 2 else ["undo"]
    sent = {name: held.row[name] for name in before}
    about = {"undo": {"act": (None, referred), "verb": (None, "refer")}}
    for turn in turns:
        back = turn == "undo"
        whole, part = (ReferralStatus.WITHDRAWN, PartStatus.WITHDRAWN) if back else _SENT
        others = front.ledger.referral(held, {"status": whole.value})
        others |= front.ledger.part(held, held.lead(), {"status": part.value})
        front.change(at, held, turn, before if back else sent, others={**others, **about})
        at += minutes(front, 0.2, 1)
        yield at
    at += minutes(front, 1, 5)
    yield at
    said = front.speech.line(topic.scene.said, topic) or front.speech.word("called_back")
    front.change(
        at, held, Act.ANSWERED.value, {"act": Act.ANSWERED.value, "status": FINISHED, "outcome": said}
    )


def revealed(front: Front, at: dt.datetime) -> Life:
    """A department asks for the whole number of a visitor's identity card."""
    topic = front.speech.inside_topic() or front.speech.topic(by_phone=True)
    held = front.entry(
        at,
        Kind.VISIT,
        topic,
        [front.crowd.somebody().row(document=True)],
        act=Act.POINTED.value,
        department_id=topic.department.id if topic.department else None,
        category=front.category(topic, Kind.VISIT, business=True),
    )
    at += minutes(front, 4, 30)
    yield at
    front.change(at, held, "reveal", {}, others={"reveal": {"person": (None, 0)}})
