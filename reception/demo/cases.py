"""The weighty stories: complaints, reports, petitions, groups, and what becomes of a referral."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator
from typing import Any

from reception.demo import scenery
from reception.demo.chain import Row
from reception.demo.front import Front
from reception.demo.ledger import Held
from reception.demo.speech import Topic
from reception.demo.stories import FINISHED, OPEN, Life, answered, leaving, minutes
from reception.facts import Act, Category, Kind, PartStatus, ReferralStatus, Role, Urgency, Visits

Until = Generator[dt.datetime, None, dt.datetime]
"""As a ``Life``, for a part of one: it tells at what instant it ended."""


def complaint(front: Front, at: dt.datetime) -> Life:
    """Unpaid wages and the like, with who, how many, how much, since when."""
    dice, topic = front.dice, front.speech.inside_topic("投诉")
    if topic is None:
        yield from answered(front, at)
        return
    kind = front.kind(0.75)
    details: Row = {
        "category": Category.COMPLAINT.value,
        "request": front.speech.request(topic),
        "complained_about": scenery.firm(dice),
        "people_concerned": dice.choice((1, 1, 1, 2, 3, 8, 17)),
        "amount": f"{dice.randint(3, 480) * 100}元",
        "since": f"{dice.randint(1, 12)}月起",
        "evidence": dice.choice((True, True, False, None)),
        "papers": front.speech.word("papers") if kind is Kind.VISIT and dice.random() < 0.6 else "",
        "urgency": dice.choice((Urgency.NORMAL, Urgency.NORMAL, Urgency.URGENT)).value,
    }
    if dice.random() < 0.35:
        yield from _refer(front, at, kind, topic, details)
    else:
        yield from _point(front, at, kind, topic, details)


def report(front: Front, at: dt.datetime) -> Life:
    """A report on an employer: who reports is not to be disclosed; at times nobody says who."""
    topic = front.speech.inside_topic("举报")
    if topic is None:
        yield from answered(front, at)
        return
    kind = front.kind(0.4)
    details: Row = {
        "category": Category.REPORT.value,
        "request": front.speech.request(topic),
        "complained_about": scenery.firm(front.dice),
        "evidence": front.dice.choice((True, False)),
    }
    persons = front.known(kind) if front.dice.random() < 0.7 else []
    held = front.entry(at, kind, topic, persons, referral=front.referral(topic), **details)
    yield from referred(front, held, topic, at)


def accusation(front: Front, at: dt.datetime) -> Life:
    """Somebody accuses the organisation's own people: told where that is looked into; it stays sealed."""
    topic = front.speech.named("机关作风举报")
    if topic is None or topic.inside:
        yield from answered(front, at)
        return
    yield from _point(front, at, front.kind(0.6), topic, {"category": Category.ACCUSATION.value})


def petition(front: Front, at: dt.datetime, *, visits: Visits = Visits.FIRST) -> Life:
    """A petition, the first or a repeated one."""
    topic = front.speech.inside_topic("信访", "重访")
    if topic is None:
        yield from answered(front, at)
        return
    details: Row = {
        "category": Category.PETITION.value,
        "request": front.speech.request(topic),
        "visits": visits.value,
    }
    if front.dice.random() < 0.5:
        yield from _refer(front, at, Kind.VISIT, topic, details)
    else:
        yield from _point(front, at, Kind.VISIT, topic, details)


def group(front: Front, at: dt.datetime) -> Life:
    """Many come together and are heard through representatives; they give one telephone."""
    dice = front.dice
    topic = front.speech.inside_topic("集体访") or front.speech.topic()
    workers = front.crowd.workmates(dice.randint(2, 6))
    persons = [one.row(document=dice.random() < 0.5) for one in workers]
    details: Row = {
        "party_size": dice.randint(6, 38),
        "category": Category.PETITION.value,
        "visits": Visits.FIRST.value,
        "request": front.speech.request(topic),
        "urgency": dice.choice((Urgency.URGENT, Urgency.CRITICAL)).value,
        "complained_about": scenery.firm(dice),
        "people_concerned": dice.randint(6, 60),
        "amount": f"{dice.randint(5, 90)}万元",
    }
    if not topic.inside:
        front.entry(at, Kind.VISIT, topic, persons, act=Act.ANSWERED.value, **details)
        return
    referral = front.referral(topic, assists=1, told=True)
    held = front.entry(at, Kind.VISIT, topic, persons, referral=referral, **details)
    yield from referred(front, held, topic, at)


def business(
    front: Front,
    at: dt.datetime,
    *,
    assists: int = 0,
    slow: bool = False,
    again: bool = False,
    stop: str = "",
) -> Life:
    """Something that the desk cannot settle and sends to a department.

    ``slow``: it takes weeks; ``again``: it is returned and sent a second time; ``stop``: the last step told.
    """
    topic = front.speech.inside_topic()
    if topic is None:
        yield from answered(front, at)
        return
    kind = front.kind(0.6)
    told = {"sent": False, "told": True}.get(stop)
    held = front.entry(
        at,
        kind,
        topic,
        front.known(kind),
        referral=front.referral(topic, assists=assists, told=told),
        category=front.category(topic, kind, business=True),
        request=front.speech.request(topic),
        papers=front.speech.word("papers") if kind is Kind.VISIT and front.dice.random() < 0.3 else "",
    )
    if again or stop == "returned":
        yield from returned(front, held, topic, at, again=again, stop=stop)
    else:
        yield from referred(front, held, topic, at, slow=slow, stop=stop)


def sent_back(front: Front, at: dt.datetime) -> Life:
    """A referral that the department returns; the desk tells the person what becomes of it."""
    topic = front.speech.inside_topic()
    if topic is None:
        yield from answered(front, at)
        return
    kind = front.kind(0.6)
    details: Row = {"category": front.category(topic, kind)}
    held = front.entry(at, kind, topic, front.known(kind), referral=front.referral(topic), **details)
    yield from returned(front, held, topic, at)


def _refer(front: Front, at: dt.datetime, kind: Kind, topic: Topic, details: Row) -> Life:
    held = front.entry(at, kind, topic, front.known(kind), referral=front.referral(topic), **details)
    yield from referred(front, held, topic, at)


def _point(front: Front, at: dt.datetime, kind: Kind, topic: Topic, details: Row) -> Life:
    assert topic.department is not None
    details |= {"act": Act.POINTED.value, "department_id": topic.department.id}
    details["outcome"] = front.speech.line(topic.scene.said, topic)
    held = front.entry(at, kind, topic, front.known(kind), **details)
    yield from leaving(front, held, at, 0.5)


def referred(
    front: Front, held: Held, topic: Topic, at: dt.datetime, *, slow: bool = False, stop: str = ""
) -> Until:
    """The life of a referral: told by phone, received, answered by all, closed; the instant of the last."""
    if stop in ("sent", "told"):
        return at
    quick, lead = bool(stop), held.lead()
    if held.parts[lead]["told_at"] is None and front.dice.random() < 0.6:
        at = later(front, at, 0.05, 0.7, quick=quick)
        yield at
        assert topic.department is not None
        told = {"told_at": at, "told_whom": front.told(topic.department)}
        front.change(at, held, "told", {}, others=front.ledger.part(held, lead, told))
    if stop == "received" or front.dice.random() < 0.9:
        at = yield from receive(front, held, at, quick=quick)
    if stop == "received":
        return at
    at = later(front, at, 30, 190) if slow else later(front, at, 0.5, 9, quick=quick)
    at = yield from answer(front, held, topic, at)
    if stop == "answered":
        return at
    at = later(front, at, 0.2, 3)
    yield at
    close(front, held, at, front.speech.word("closing_notes"))
    return at


def returned(
    front: Front, held: Held, topic: Topic, at: dt.datetime, *, again: bool = False, stop: str = ""
) -> Life:
    """A referral that comes back with a reason; ``again``: it is then sent there once more, completed."""
    at = later(front, at, 0.5, 8, quick=bool(stop))
    yield at
    reason = front.speech.word("return_reasons")
    new = {"status": PartStatus.RETURNED.value, "returned_at": at, "return_reason": reason}
    front.change(at, held, "return", {}, others=front.ledger.part(held, held.lead(), new))
    if stop:
        return
    at = later(front, at, 0.2, 3)
    yield at
    close(front, held, at, front.speech.word("after_return"))
    if again:
        at += minutes(front, 2, 10)
        yield at
        front.ledger.refer(at, front.clerk(at), held, **front.referral(topic, told=True))
        yield from referred(front, held, topic, at)


def receive(front: Front, held: Held, at: dt.datetime, *, quick: bool = False) -> Until:
    """Each department says that it has it; the instant of the last."""
    for key in held.latest():
        at = later(front, at, 0.1, 3, quick=quick)
        yield at
        by = front.officer(held.parts[key]["department_id"])
        new = {"status": PartStatus.RECEIVED.value, "received_at": at, "received_by": by}
        front.change(at, held, "receive", {}, others=front.ledger.part(held, key, new))
    return at


def answer(front: Front, held: Held, topic: Topic, at: dt.datetime) -> Until:
    """Those who assist answer first, then the lead; the instant of the last answer."""
    for key in sorted(held.latest(), key=lambda one: held.parts[one]["role"] == Role.LEAD):
        yield at
        part = held.parts[key]
        words = front.speech.line(topic.scene.answers, topic) or "已办结"
        new: dict[str, Any] = {"status": PartStatus.ANSWERED.value, "answered_at": at, "answer": words}
        if part["received_at"] is None:
            new["received_at"] = at
        others = front.ledger.part(held, key, new)
        if part["role"] == Role.LEAD:
            others |= front.ledger.referral(held, {"status": ReferralStatus.COMPLETED.value})
        front.change(at, held, "answer", {}, others=others)
        done, at = at, at + minutes(front, 2, 9)
    return done


def close(front: Front, held: Held, at: dt.datetime, note: str) -> None:
    """Close the latest referral; a paper is not done with before it is filed."""
    new = {"status": ReferralStatus.CLOSED.value, "closed_at": at, "closing_note": note}
    status = OPEN if held.row["kind"] == Kind.DOCUMENT else FINISHED
    front.change(at, held, "close", {"status": status}, others=front.ledger.referral(held, new))


def later(front: Front, at: dt.datetime, low: float, high: float, *, quick: bool = False) -> dt.datetime:
    """Between so many working hours later; ``quick``: within minutes."""
    if quick:
        return at + minutes(front, 2, 6)
    return front.hours.after(at, front.dice.uniform(low, high))
