"""Registers and questions made by chance, from few characters, so that they meet often."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

from sqlalchemy import select

from reception import pinyin, tables
from reception.context import Session
from reception.desk import Desk
from reception.facts import (
    CONTACTS,
    Act,
    Details,
    EntryStatus,
    Kind,
    NewEntry,
    NewReferral,
    Party,
    Query,
)
from reception.facts.office import NewInvitee
from reception.operations import directory, entries, referrals, site, undoing
from reception.operations.office import circulation, documents, instructions, jobs, meetings, urgent
from tests.factories import Clock, new_uid
from tests.finding import plainly

SURNAMES = ("王", "李", "单", "曾", "吕", "欧阳", "尉迟", "阿卜杜拉·", "Smith ")
GIVEN = "建国芳丽静强𬱖"
SIGNS = "社保卡补换工资拖欠退休，。（）%_'\"\\ \n1２3①ABcＤß女"
PHONES = (
    "138 0013 {:04d}",
    "1390013{:04d}",
    "0571-8888{:04d}转802",
    "+86 13{:09d}",
    "{:03d}",
    "未显示{:02d}",
    "",
)


def text(dice: random.Random, most: int) -> str:
    """A text of up to so many characters."""
    return "".join(dice.choices(SIGNS, k=dice.randint(0, most)))


def person(dice: random.Random) -> Party:
    """Somebody who may be known by little."""
    name = dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=dice.randint(1, 2)))
    phone = dice.choice(PHONES).format(dice.randrange(10**4))
    return Party(
        dice.choice((name, name, "", "某女士")),
        dice.choice((phone, phone, f"{phone} / 13700{dice.randrange(10**6):06d}")),
        text(dice, 8),
    )


def new_entry(dice: random.Random, departments: list[int], matters: list[int]) -> NewEntry:
    """A visit or a call."""
    act = dice.choice((Act.ANSWERED, Act.ANSWERED, Act.POINTED, None))
    return NewEntry(
        dice.choice(CONTACTS),
        text(dice, 10).strip() or "事",
        request=text(dice, 14),
        outcome=text(dice, 6),
        parties=tuple(person(dice) for _ in range(dice.choice((0, 1, 1, 2)))),
        party_size=2,
        matter_id=dice.choice((None, None, *matters[:6])),
        department_id=dice.choice(departments[:4]),
        act=act,
        details=Details(callback_wanted=False),
    )


def office(desk: Desk, dice: random.Random) -> None:
    """A paper, a notice, a job or an urgent event, or something more about the last one."""
    word = text(dice, 8).strip() or "件"
    what, uid = dice.randrange(4), new_uid()
    if what == 0:
        paper = desk.do(
            documents.register, subject=word, sender=text(dice, 6) + "局", readers="甲，乙丙", uid=uid
        )
        if dice.random() < 0.5:
            desk.do(circulation.sign, paper.entry_id, note=text(dice, 5), uid=new_uid())
    elif what == 1:
        invited = (NewInvitee(person(dice).name or "某单位", text(dice, 4)),)
        desk.do(meetings.notify, subject=word, agenda=text(dice, 9), invitees=invited, uid=uid)
    elif what == 2:
        lead = next(one.id for one in desk.ask(directory.catalogue).departments if not one.outside)
        desk.do(jobs.give, given_by="吴" + word, words=text(dice, 9) + "办", department_id=lead, uid=uid)
    else:
        begun = desk.do(urgent.register, subject=word, place=text(dice, 5), uid=uid)
        line = new_uid()
        desk.do(urgent.note, begun.entry_id, words="记" + text(dice, 7), uid=line)
        if dice.random() < 0.5:
            desk.do(undoing.undo, line, uid=new_uid())


def instruct(desk: Desk, dice: random.Random, ids: list[int]) -> None:
    """What a leader wrote on the page of an entry, of its referral or of a day; sometimes taken back."""
    lead = next(one.id for one in desk.ask(directory.catalogue).departments if not one.outside)
    on: dict[str, int] = {"entry_id": dice.choice(ids)}
    where = dice.random()
    if where < 0.2:
        on = {"day": desk.ask(site.today)}
    elif where < 0.4 and (here := desk.ask(_here_ids)):
        on["entry_id"] = dice.choice(here)
        desk.do(referrals.refer, on["entry_id"], NewReferral(lead), uid=new_uid())
        on["referral"] = 1
    uid = new_uid()
    desk.do(
        instructions.write,
        leader=dice.choice(SURNAMES) + "局长",
        words="请" + text(dice, 8),
        department_id=dice.choice((None, None, lead)),
        uid=uid,
        **on,
    )
    for _ in range(dice.choice((0, 0, 1, 2))):  # taken back, and done again
        taken = new_uid()
        desk.do(undoing.undo, uid, uid=taken)
        uid = taken


def live(desk: Desk, dice: random.Random, acts: int, clock: Clock) -> None:
    """Do so many acts: new entries, late ones, corrections, outcomes, voids, new names of matters."""
    known = desk.ask(directory.catalogue)
    departments = [one.id for one in known.departments if not one.outside]
    matters = [one.id for one in known.matters]
    for _ in range(acts):
        ids = desk.ask(_open_ids)
        what = dice.random()
        if what < 0.06:
            office(desk, dice)
        elif what < 0.12 and ids:
            instruct(desk, dice, ids)
        elif what < 0.7 or not ids:
            new = new_entry(dice, departments, matters)
            if dice.random() < 0.1:
                new = replace(new, received_at=clock.now - dt.timedelta(days=dice.randint(1, 20)), late=True)
            desk.do(entries.register, new)
        elif what < 0.9:
            changed = {"subject": text(dice, 8).strip() or "改", "parties": (person(dice), person(dice))}
            field = dice.choice(("subject", "parties", "department_id", "matter_id"))
            value = {
                **changed,
                "department_id": dice.choice(departments[:4]),
                "matter_id": dice.choice(matters[:6]),
            }
            # where a referral went is not corrected, and it is sent on by steps of its own
            among = desk.ask(_here_ids) if field == "department_id" else ids
            if among:
                desk.do(entries.correct, dice.choice(among), {field: value[field]}, uid=new_uid())
        elif what < 0.95:
            desk.do(entries.set_outcome, dice.choice(ids), "办" + text(dice, 5), uid=new_uid())
        elif what < 0.98:
            desk.do(entries.void, dice.choice(ids), "误登", uid=new_uid())
        else:
            clock.go(days=1)


def _here_ids(session: Session) -> list[int]:
    """Those of ``_open_ids`` that were never referred."""
    referred = select(tables.referral.c.entry_id)
    query = select(tables.entry.c.id).where(tables.entry.c.id.not_in(referred))
    never = set(session.connection().execute(query).scalars())
    return [one for one in _open_ids(session) if one in never]


def _open_ids(session: Session) -> list[int]:
    contacts = tables.entry.c.kind.in_(CONTACTS)
    query = select(tables.entry.c.id).where(tables.entry.c.status != "void", contacts)
    return list(session.connection().execute(query).scalars())


def question(dice: random.Random, every: list[plainly.Plain]) -> Query:
    """A question whose words are pieces of what is kept, or nearly so."""
    words = " ".join(_word(dice, every) for _ in range(dice.choice((0, 1, 1, 1, 1, 2, 2, 3))))
    day = dice.choice(every).row["day"]
    filters: dict[str, object] = {}
    if dice.random() < 0.4:
        chosen: tuple[dict[str, object], ...] = (
            {"from_day": day},
            {"to_day": day},
            {"from_day": day, "to_day": day},
            {"kind": dice.choice(tuple(Kind))},
            {"status": dice.choice(tuple(EntryStatus))},
            {"act": dice.choice(tuple(Act))},
            {"department_id": dice.choice(every).row["department_id"]},
            {"operator": dice.choice(every).clerk, "status": EntryStatus.FINISHED},
        )
        filters = dice.choice(chosen)
    return Query(words, **filters)  # type: ignore[arg-type]


def _word(dice: random.Random, every: list[plainly.Plain]) -> str:
    one = dice.choice(every)
    texts = [one.row["subject"], one.row["request"], one.matter, one.number.short, str(one.number)]
    for person_ in one.persons:
        reading = pinyin.readings(person_["name"])
        texts += [person_["name"], person_["phone"], person_["phone_digits"], person_["organisation"]]
        texts += [*reading.full.split(" "), *reading.initials.split(" ")]
    chosen = dice.choice([kept for kept in texts if kept] or ["无"])
    at = dice.randrange(len(chosen))
    piece = chosen[at : at + dice.choice((1, 2, 2, 3, 4, 5, 7, 30))]
    if dice.random() < 0.15:
        piece += dice.choice(SIGNS)  # nearly
    return dice.choice((piece, piece, piece.upper(), piece.replace("1", "１"), f" {piece}\u200b"))
