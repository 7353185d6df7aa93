"""What happens to made-up entries: a story registers one, then yields the instants of all that follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from reception.demo import scenery
from reception.demo.front import Front
from reception.demo.ledger import Held
from reception.facts import Act, CallResult, Category, EntryStatus, Kind, Urgency

Life = Iterator[dt.datetime]
Story = Callable[[Front, dt.datetime], Life]
FINISHED, OPEN = EntryStatus.FINISHED.value, EntryStatus.OPEN.value


def minutes(front: Front, low: float, high: float) -> dt.timedelta:
    """Between so many minutes."""
    return dt.timedelta(seconds=round(60 * front.dice.uniform(low, high)))


def leaving(front: Front, held: Held, at: dt.datetime, chance: float = 0.3) -> Life:
    """A visitor whose leaving is noted, which happens now and then."""
    if held.row["kind"] == Kind.VISIT and front.dice.random() < chance:
        at += minutes(front, 3, 35)
        yield at
        if held.row["left_at"] is None:  # the day may have been closed meanwhile
            front.change(at, held, "leave", {"left_at": at})


def answered(front: Front, at: dt.datetime) -> Life:
    """Asked and answered."""
    kind, topic = front.contact()
    persons = front.enquirer(kind)
    said = front.speech.line(topic.scene.said, topic)
    held = front.entry(
        at,
        kind,
        topic,
        persons,
        act=Act.ANSWERED.value,
        department_id=topic.department.id if topic.department and front.dice.random() < 0.3 else None,
        outcome=said or front.speech.word("outcomes_on_phone"),
        request=front.speech.line(topic.scene.requests, topic) if front.dice.random() < 0.35 else "",
        category=front.category(topic, kind) if front.dice.random() < 0.8 else None,
    )
    yield from leaving(front, held, at, 0.15)


def pointed(front: Front, at: dt.datetime) -> Life:
    """Shown where to go, in the house or elsewhere."""
    kind, topic = front.contact(0.7)
    held = front.entry(
        at,
        kind,
        topic,
        front.enquirer(kind),
        act=Act.POINTED.value,
        department_id=(topic.department or front.dice.choice(front.speech.departments)).id,
        outcome=front.speech.line(topic.scene.said, topic) if front.dice.random() < 0.5 else "",
        category=front.category(topic, kind, business=front.dice.random() < 0.6),
    )
    yield from leaving(front, held, at)


def put_through(front: Front, at: dt.datetime) -> Life:
    """A call connected to its department."""
    topic = front.speech.inside_topic() or front.speech.topic(by_phone=True)
    front.entry(
        at,
        Kind.CALL_IN,
        topic,
        front.enquirer(Kind.CALL_IN),
        act=Act.PUT_THROUGH.value,
        call_result=CallResult.CONNECTED.value,
        department_id=topic.department.id if topic.department else None,
        wanted="" if topic.department else front.officer(0),
        category=front.category(topic, Kind.CALL_IN),
    )
    yield from ()


def not_connected(front: Front, at: dt.datetime, *, result: CallResult = CallResult.NO_ANSWER) -> Life:
    """A call that nobody took, or that found the line busy: tried again, or answered by the desk itself."""
    topic = front.speech.inside_topic() or front.speech.topic(by_phone=True)
    target = topic.department.id if topic.department else None
    held = front.entry(
        at,
        Kind.CALL_IN,
        topic,
        front.known(Kind.CALL_IN),
        act=Act.PUT_THROUGH.value,
        call_result=result.value,
        department_id=target,
        wanted="" if target else front.officer(0),
        outcome=front.speech.word("busy_notes"),
        category=front.category(topic, Kind.CALL_IN),
    )
    at = front.hours.after(at + minutes(front, 6, 90), 0)
    yield at
    if front.dice.random() < 0.5:
        again = {"act": Act.PUT_THROUGH.value, "call_result": CallResult.CONNECTED.value, "status": FINISHED}
        front.change(at, held, Act.PUT_THROUGH.value, again)
    else:
        back = {"act": Act.ANSWERED.value, "call_result": None, "status": FINISHED}
        front.change(at, held, Act.ANSWERED.value, {**back, "outcome": front.speech.word("called_back")})


def waiting(front: Front, at: dt.datetime) -> Life:
    """A visitor who waits at the desk until somebody has time."""
    topic = front.speech.inside_topic() or front.speech.topic(by_phone=True)
    held = front.entry(
        at,
        Kind.VISIT,
        topic,
        front.known(Kind.VISIT),
        waiting_since=at,
        department_id=topic.department.id if topic.department else None,
        wanted=front.officer(topic.department.id if topic.department else 0)
        if front.dice.random() < 0.4
        else "",
        category=front.category(topic, Kind.VISIT, business=True),
        plate=scenery.plate(front.dice) if front.dice.random() < 0.1 else "",
    )
    at += minutes(front, 4, 28)
    yield at
    front.change(at, held, "seen", {"seen_at": at})
    at += minutes(front, 1, 6)
    yield at
    done = {
        "act": Act.ANSWERED.value,
        "status": FINISHED,
        "outcome": front.speech.line(topic.scene.said, topic),
    }
    front.change(at, held, Act.ANSWERED.value, {name: value for name, value in done.items() if value})
    yield from leaving(front, held, at, 0.8)


def called_back(front: Front, at: dt.datetime) -> Life:
    """A caller who wants to be called back, and is."""
    topic = front.speech.topic(by_phone=True)
    held = front.entry(
        at,
        Kind.CALL_IN,
        topic,
        front.known(Kind.CALL_IN),
        callback_wanted=True,
        request=front.speech.line(topic.scene.requests, topic),
        read_back=True if front.dice.random() < 0.5 else None,
        category=front.category(topic, Kind.CALL_IN),
    )
    at = front.hours.after(at, front.dice.uniform(0.3, 3))
    yield at
    done = {"act": Act.ANSWERED.value, "status": FINISHED, "outcome": front.speech.word("called_back")}
    front.change(at, held, Act.ANSWERED.value, done)


def undecided(front: Front, at: dt.datetime, *, pointed: bool = False) -> Life:
    """Taken down first, decided later: answered when it is known, or ``pointed`` on."""
    kind, topic = front.contact()
    held = front.entry(
        at,
        kind,
        topic,
        front.known(kind),
        request=front.speech.line(topic.scene.requests, topic),
        category=front.category(topic, kind),
        urgency=(Urgency.URGENT if front.dice.random() < 0.2 else Urgency.NORMAL).value,
    )
    at = front.hours.after(at, front.dice.uniform(0.3, 4))
    yield at
    words = front.speech.line(topic.scene.said, topic) or front.speech.word("called_back")
    if topic.department is not None and pointed:
        new = {
            "act": Act.POINTED.value,
            "department_id": topic.department.id,
            "status": FINISHED,
            "outcome": words,
        }
        front.change(at, held, Act.POINTED.value, new)
    else:
        new = {"outcome": words, "act": Act.ANSWERED.value, "status": FINISHED}
        front.change(at, held, "outcome", new)


def noted_later(front: Front, at: dt.datetime) -> Life:
    """Answered, and what was said written down when there was time."""
    kind, topic = front.contact()
    held = front.entry(
        at, kind, topic, front.enquirer(kind), act=Act.ANSWERED.value, category=front.category(topic, kind)
    )
    at += minutes(front, 2, 25)
    yield at
    front.change(at, held, "outcome", {"outcome": front.speech.word("outcomes_on_phone")})


def voided(front: Front, at: dt.datetime) -> Life:
    """Registered by mistake."""
    kind, topic = front.contact()
    act = front.dice.choice((None, Act.ANSWERED.value))
    held = front.entry(at, kind, topic, front.enquirer(kind), act=act, category=front.category(topic, kind))
    at += minutes(front, 0.5, 8)
    yield at
    front.change(
        at, held, "void", {"status": EntryStatus.VOID.value, "void_reason": front.speech.word("void_reasons")}
    )


def corrected(front: Front, at: dt.datetime) -> Life:
    """Something was heard wrong, and is put right."""
    kind, topic = front.contact()
    right = front.known(kind)[0]
    wrong = {**right, "name": right["name"][:-1] + front.dice.choice("民明鸣铭")}
    held = front.entry(
        at,
        kind,
        topic,
        [wrong],
        act=Act.ANSWERED.value,
        outcome=front.speech.line(topic.scene.said, topic),
        category=front.category(topic, kind),
    )
    at = front.hours.after(at, front.dice.uniform(0.1, 5))
    yield at
    if wrong["name"] == right["name"]:
        front.change(at, held, "correct", {"subject": held.row["subject"] + "，本人来问"})
    else:
        others = front.ledger.person(held, {"name": right["name"]})
        front.change(at, held, "correct", {}, others=others)


def late_today(front: Front, at: dt.datetime) -> Life:
    """Noted on paper while the desk was busy, entered later."""
    _late(front, at, max(at - minutes(front, 20, 45), front.midnight), 0)
    yield from ()


def late_yesterday(front: Front, at: dt.datetime) -> Life:
    """Came just before the desk closed, entered the next day under its own day."""
    if front.yesterday is None:
        _late(front, at, max(at - minutes(front, 10, 15), front.midnight), 0)
    else:
        day, date = front.yesterday
        _late(front, at, front.hours.instant(date, front.dice.uniform(1020, 1049)), day)
    yield from ()


def _late(front: Front, at: dt.datetime, received: dt.datetime, day: int) -> None:
    kind, topic = front.contact()
    front.entry(
        at,
        kind,
        topic,
        front.known(kind),
        received=received,
        day=day,
        late=True,
        act=Act.ANSWERED.value,
        outcome=front.speech.line(topic.scene.said, topic),
        category=front.category(topic, kind),
    )


def delivery(front: Front, at: dt.datetime) -> Life:
    """Somebody brings something."""
    topic = front.speech.named("送件")
    held = front.entry(
        at,
        Kind.VISIT,
        topic,
        front.enquirer(Kind.VISIT),
        subject="" if topic else "送件",
        act=Act.ANSWERED.value,
        category=Category.DELIVERY.value,
        outcome=front.speech.line(topic.scene.said, topic) if topic else "",
        plate=scenery.plate(front.dice) if front.dice.random() < 0.2 else "",
    )
    yield from leaving(front, held, at, 0.1)


def official(front: Front, at: dt.datetime) -> Life:
    """Visitors from another office."""
    persons = front.from_office(phone=front.dice.random() < 0.6)
    held = front.entry(
        at,
        Kind.VISIT,
        None,
        persons,
        subject=front.speech.word("official"),
        act=Act.POINTED.value,
        department_id=front.dice.choice(front.speech.departments).id,
        category=Category.OFFICIAL.value,
        party_size=front.dice.randint(1, 6),
        plate=scenery.plate(front.dice) if front.dice.random() < 0.6 else "",
    )
    yield from leaving(front, held, at, 0.5)


def notice_in(front: Front, at: dt.datetime) -> Life:
    """A notice by telephone from above, read back."""
    front.entry(
        at,
        Kind.CALL_IN,
        None,
        front.from_office(),
        subject=front.speech.word("notices_in"),
        act=Act.ANSWERED.value,
        category=Category.NOTICE.value,
        read_back=True,
        outcome="已复述核对，报办公室主任",
        urgency=(Urgency.CRITICAL if front.dice.random() < 0.08 else Urgency.NORMAL).value,
    )
    yield from ()


def instructions_in(front: Front, at: dt.datetime) -> Life:
    """A town's office asks what to do."""
    front.entry(
        at,
        Kind.CALL_IN,
        None,
        front.from_office(),
        subject=front.speech.word("instructions_in"),
        act=Act.ANSWERED.value,
        category=Category.INSTRUCTIONS.value,
        outcome="已请示分管领导后答复",
        read_back=front.dice.random() < 0.7,
    )
    yield from ()


def notice_out(front: Front, at: dt.datetime) -> Life:
    """The desk calls: a notice of a meeting, a reminder."""
    front.entry(
        at,
        Kind.CALL_OUT,
        None,
        front.from_office(),
        subject=front.speech.word("notices_out"),
        act=Act.ANSWERED.value,
        category=Category.NOTICE.value,
        outcome="已通知本人",
        read_back=front.dice.random() < 0.8,
    )
    yield from ()
