"""Jobs that leaders hand out, and what they wrote by hand on printed pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from reception import journal
from reception.demo.cases import answer, close, later, receive
from reception.demo.front import Front
from reception.demo.ledger import ITSELF, Held
from reception.demo.speech import Topic
from reception.demo.stories import Life, answered
from reception.facts import Kind, ReferralStatus, Source, StepKind
from reception.facts.office import JobStepKind, Level, StandsOn

_SUBJECT = 40
_SLOW = 6
_REMEMBERED = 30
_DIRECTOR = "周主任"


def job(front: Front, at: dt.datetime, *, stop: str = "") -> Life:
    """A leader says what is to be done: done step by step, reported upward, closed when the leader saw it.

    Of those without a ``stop`` (the last thing told) every second is written on the slip of a referral, and
    now and then one takes weeks.
    """
    topic = front.speech.office_topic("jobs", "job_answers")
    if topic is None:
        yield from answered(front, at)
        return
    times = front.times["job"] = front.times.get("job", 0) + 1
    pages = [one for one in front.pending if one.referrals[-1]["status"] != ReferralStatus.WITHDRAWN]
    if not stop and pages and 2 * front.times.get("slip", 0) < times:
        yield from _on_a_slip(front, at, topic, front.dice.choice(pages[-_REMEMBERED:]))
        return
    leader, words = front.speech.word("leaders"), front.speech.word("jobs", topic)
    held = _given(front, at, topic, leader, words)
    yield from _done(front, held, topic, at, leader, slow=times % _SLOW == 1, stop=stop)


def on_the_sheet(front: Front, at: dt.datetime, *, asks: bool | None = None, stop: str = "") -> Life:
    """What a leader wrote on yesterday's sheet, entered in the morning; what asks for something is a job."""
    topic = front.speech.office_topic("jobs", "job_answers")
    if front.yesterday is None or topic is None:
        yield from job(front, at)
        return
    leader, asks = front.speech.word("leaders"), front.dice.random() < 0.5 if asks is None else asks
    words = front.speech.word("day_jobs" if asks else "day_words", topic)
    written = {
        "leader": leader,
        "words": words,
        "stands_on": StandsOn.DAY.value,
        "on_day": front.yesterday[0],
        "job_id": ITSELF if asks else None,
    }
    held = _given(front, at, topic if asks else None, leader, words, ("instruction", written))
    if asks:
        yield from _done(front, held, topic, at, leader, stop=stop)


def _on_a_slip(front: Front, at: dt.datetime, topic: Topic, page: Held) -> Life:
    """What a leader wrote on the slip of a referral, which asks for more."""
    leader, front.times["slip"] = front.speech.word("leaders"), front.times.get("slip", 0) + 1
    words = front.speech.word("referral_words", topic)
    held = _given(front, at, topic, leader, words)
    assert held.act is not None
    written = {
        "leader": leader,
        "words": words,
        "stands_on": StandsOn.REFERRAL.value,
        "referral": page.referrals[-1]["ordinal"],
        "job_id": held.row["id"],
    }
    front.add(at, page, "instruct", ("instruction", written), uid=journal.further(held.act, 1))
    yield from _done(front, held, topic, at, leader)


def _given(
    front: Front, at: dt.datetime, topic: Topic | None, leader: str, words: str, *beside: tuple[str, Any]
) -> Held:
    to = topic.department.id if topic is not None and topic.department is not None else 0
    referral = {**front.referral(topic), "instruction": words, "leader": leader} if topic else None
    whom = front.officer(to) if to and front.dice.random() < 0.6 else ""
    return front.entry(
        at,
        Kind.JOB,
        None,
        [],
        subject=words[:_SUBJECT],
        request=words,
        read_back=True if front.dice.random() < 0.7 else None,
        source=Source.LEADER.value,
        referral=referral,
        beside=[("job", {"given_by": leader, "given_to": whom}), *beside],
    )


def _done(
    front: Front,
    held: Held,
    topic: Topic,
    at: dt.datetime,
    leader: str,
    *,
    slow: bool = False,
    stop: str = "",
) -> Life:
    quick = bool(stop)
    if stop == "given":
        return
    at = yield from receive(front, held, at, quick=quick)
    for _step in range(front.dice.randint(1, 2)):
        at = later(front, at, 8, 50) if slow else later(front, at, 0.5, 6, quick=quick)
        yield at
        _noted(front, held, at, None, "", "job_steps")
    if stop == "step":
        return
    at = later(front, at, 0.3, 3, quick=quick)
    yield at
    _noted(front, held, at, Level.DIRECTOR, _DIRECTOR, "job_reports")
    if front.dice.random() < 0.5:
        at = later(front, at, 0.3, 3, quick=quick)
        yield at
        _noted(front, held, at, Level.LEADER, leader, "job_reports")
    if stop == "reported":
        return
    at = later(front, at, 10, 60) if slow else later(front, at, 0.5, 8, quick=quick)
    at = yield from answer(front, held, topic, at)
    if stop == "answered":
        return
    at = later(front, at, 0.5, 5)
    yield at
    clerk = front.clerk(at)
    seen = {"whom": leader, "words": "", "reply": "", "content": True}
    others = front.ledger.step(at, clerk, held, StepKind.SEEN, seen)
    front.ledger.change(at, clerk, held, "leader-seen", {}, others)
    at = later(front, at, 0.1, 1)
    yield at
    close(front, held, at, front.speech.word("job_closed"))


def _noted(front: Front, held: Held, at: dt.datetime, level: Level | None, whom: str, words: str) -> None:
    report = level is not None
    row = {
        "kind": (JobStepKind.REPORT if report else JobStepKind.STEP).value,
        "level": level.value if level is not None else None,
        "whom": whom,
        "words": front.speech.word(words),
        "reply": front.speech.word("job_replies") if report else "",
    }
    front.add(at, held, "report" if report else "step", ("job_step", row))
