"""People who return: they ask what became of their matter, and the desk knows who they are."""

from __future__ import annotations

import datetime as dt
import uuid
from random import Random

from sqlalchemy import select

from reception import tables
from reception.context import Session
from reception.demo.cases import referred
from reception.demo.front import Front
from reception.demo.ledger import Held
from reception.demo.stories import Life, answered
from reception.desk import Desk
from reception.facts import Act, Category, Kind
from reception.facts.people import NoteKind
from reception.operations import people
from reception.operations.people.filling import PersonLinks
from reception.operations.people.keying import PersonKeys
from reception.store.filling import Filling, Pace

_PACE = Pace(6_000, 0.0)
_REMEMBERED = 40
_OF_ENTRY = frozenset({"id", "entry_id", "position"})
_NOTES: tuple[tuple[NoteKind, str], ...] = (
    (NoteKind.INTERPRETER, "只会讲维吾尔语，请联系翻译"),
    (NoteKind.HEARING, "听力不好，说话请慢一些、大声些"),
    (NoteKind.BANNED, "多次扰乱办公秩序，派出所已出具告知"),
    (NoteKind.OTHER, "行动不便，请安排在一楼接待"),
)


def asked_again(front: Front, at: dt.datetime) -> Life:
    """Somebody asks what became of a matter that a department has; at first there is none to ask about."""
    earlier = [held for held in front.pending if held.row["day"] < front.day]
    if earlier and ("asked" not in front.times or front.dice.random() < 0.6):
        front.times["asked"] = front.times.get("asked", 0) + 1
        held = front.dice.choice(earlier[-_REMEMBERED:])
        _ask(front, at, held)
        return
    topic = front.speech.inside_topic()
    if topic is None:
        yield from answered(front, at)
        return
    kind = front.kind()
    held = front.entry(
        at,
        kind,
        topic,
        front.known(kind),
        referral=front.referral(topic),
        category=front.category(topic, kind, business=True),
    )
    front.pending.append(held)
    del front.pending[:-_REMEMBERED]
    yield from referred(front, held, topic, at, slow=True)


def _ask(front: Front, at: dt.datetime, held: Held) -> None:
    person = {name: value for name, value in held.persons[0].items() if name not in _OF_ENTRY}
    front.entry(
        at,
        Kind.CALL_IN if front.dice.random() < 0.7 else Kind.VISIT,
        None,
        [{**person, "document_type": "", "document_number": ""}],
        subject=f"询问办理进展：{held.row['subject']}",
        act=Act.ANSWERED.value,
        outcome="已告知正在办理，请等候通知" if held.row["status"] == "open" else "已告知办理结果",
        category=Category.ENQUIRY.value,
        case_id=held.row["id"],
    )


def know(desk: Desk, dice: Random) -> None:
    """Lead the entries to their people, write a few notes, put two records together and take them apart."""
    filling = Filling(desk, (PersonLinks(), PersonKeys()), _PACE)
    try:
        filling.run()
    finally:
        filling.close()

    def uid() -> uuid.UUID:
        return uuid.UUID(int=dice.getrandbits(128), version=4)

    known = desk.ask(_some)
    for (kind, words), person_id in zip(_NOTES, known[::3], strict=False):
        desk.do(people.save_note, person_id, kind, words, uid=uid())
    for kept, other in desk.ask(_alike):
        desk.do(people.merge, kept, other, uid=uid())
    if len(known) > 1:
        desk.do(people.merge, known[0], known[1], uid=uid())
        desk.do(people.unmerge, max(known[:2]), uid=uid())


def _some(session: Session) -> list[int]:
    """People who come often."""
    person = tables.person
    often = select(person.c.id).where(person.c.times > 0, person.c.name != "")
    return list(session.connection().scalars(often.order_by(person.c.times.desc(), person.c.id).limit(12)))


def _alike(session: Session) -> list[tuple[int, int]]:
    """A few who gave their surname once and their name another time, by the same telephone."""
    one, other = tables.person.alias("one"), tables.person.alias("other")
    first, second = tables.phone.alias("first"), tables.phone.alias("second")
    query = (
        select(one.c.id, other.c.id)
        .join(first, first.c.person_id == one.c.id)
        .join(second, (second.c.digits == first.c.digits) & (second.c.person_id != first.c.person_id))
        .join(other, other.c.id == second.c.person_id)
        .where(one.c.id > 20, one.c.id < 400, other.c.name.like("%先生"), one.c.name.not_like("%先生"))
        .order_by(one.c.id, other.c.id)
    )
    found: list[tuple[int, int]] = []
    taken: set[int] = set()
    for kept, lost in session.connection().execute(query):
        if not taken & {kept, lost}:
            taken |= {kept, lost}
            found.append((kept, lost))
    return found[:3]
