"""Find besides entries: expected visitors, things lent and parcels, by the same rules."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from sqlalchemy import select

from reception import tables
from reception import text as rules
from reception.context import Session, present
from reception.desk import Desk
from reception.facts import Kind, Query
from reception.facts.others import Others
from reception.operations import directory, find_others, undoing
from reception.operations.office import expected, loans, parcels
from tests.factories import NOW, Clock, OpenDesk, department, new_uid
from tests.finding import plainly

_SEARCHED = {
    "expected": (
        tables.expected,
        ("name", "whom"),
        ("organisation", "room", "subject", "note", "plate"),
        "at",
    ),
    "loan": (tables.loan, ("whom",), ("thing", "note"), "lent_at"),
    "parcel": (tables.parcel, ("whom", "handed_to"), ("sender", "tracking", "note"), "received_at"),
}
_NAMES = ("张三", "单丽", "Li Ming", "欧阳娜", "Ａ座王", "吕明", "张三丰")
_TEXTS = ("雨伞", "会议室 钥匙", "SF1392", "顺丰", "100%_真", "ＳＦ13920", "浙A12345", "社保卡", "")
_PHONES = ("138 0013 8000", "0571-8888 8888", "+86 13900138000", "")
_ASKED = (
    *("张", "zs", "ouyang", "shanli", "sl", "LI", "sf139", "ａ座", "%", "_", "1380013", "00138", "13"),
    *(
        "雨伞 张",
        "张 雨",
        "zhang'san",
        "zhang san",
        "劳动",
        "lm",
        "会议室",
        "138 0013",
        "88888888",
        "没有",
        "z",
    ),
)


def _fill(desk: Desk, chance: random.Random, clock: Clock) -> None:
    """Records of every kind by chance, some of them changed, ended, or taken back."""
    codes = [None, department(desk, "RC"), department(desk, "JC")]
    made: list[Any] = []
    for _ in range(45):
        clock.go(minutes=chance.randrange(1, 900))
        name, other = chance.choice(_NAMES), chance.choice(_NAMES)
        words, note = chance.choice(_TEXTS[:-1]), chance.choice(_TEXTS)
        phone, act, where = chance.choice(_PHONES), new_uid(), chance.choice(codes)
        match chance.randrange(3):
            case 0:
                at = clock.now + dt.timedelta(hours=chance.randrange(-50, 50))
                who: dict[str, Any] = {
                    "name": name,
                    "whom": other,
                    "phone": phone,
                    "subject": words,
                    "note": note,
                }
                desk.do(expected.note, at=at, **who, department_id=where, uid=act)
            case 1:
                given: dict[str, Any] = {"thing": words, "whom": name, "phone": phone, "note": note}
                one = desk.do(loans.lend, **given, department_id=where, uid=act)
                if chance.random() < 0.4:
                    desk.do(loans.give_back, one.id, note=other, uid=new_uid())
                    continue  # something was done with it since
            case _:
                given = {"whom": name, "sender": words, "tracking": note}
                box = desk.do(parcels.take_in, **given, department_id=where, uid=act)
                if chance.random() < 0.4:
                    desk.do(parcels.hand_out, box.id, to=other, uid=new_uid())
                    continue  # something was done with it since
        made.append(act)
    for act in chance.sample(made, 12):
        desk.do(undoing.undo, act, uid=new_uid())


def _plain(session: Session, kind: str) -> list[tuple[plainly.Plain, int, Any]]:
    """All of a kind, the newest first: as an entry whose persons bear its texts; its day, its instant."""
    table, names, others, moment = _SEARCHED[kind]
    of_id = {row.id: row.name for row in session.connection().execute(select(tables.department))}
    found = []
    for row in session.connection().execute(select(table)).mappings():
        if row["status"] == "withdrawn":
            continue
        phone, blank = row.get("phone", ""), {"phone": "", "phone_digits": "", "name": "", "organisation": ""}
        lines = [row[name] for name in others] + [of_id.get(row["department_id"], "")]
        persons = [{**blank, "name": row[name]} for name in names]
        persons += [{**blank, "organisation": line} for line in lines]
        persons.append({**blank, "phone": phone, "phone_digits": rules.phone_digits(phone)})
        entry = {"id": row["id"], "day": 0, "sequence": -1, "subject": "", "request": "", "outcome": ""}
        day = int(row[moment].astimezone(present(session).zone).strftime("%Y%m%d"))
        found.append((plainly.Plain(entry, persons, "", "", ""), day, row[moment]))
    return sorted(found, key=lambda one: (one[2], one[0].row["id"]), reverse=True)


def _expect(session: Session, kind: str, query: Query) -> list[int]:
    return [
        one.row["id"]
        for one, day, _at in _plain(session, kind)
        if (query.from_day or 0) <= day <= (query.to_day or 99999999)
        and plainly._answers(one, rules.clean_line(query.text), 0)
    ]


def _told(found: Others) -> dict[str, tuple[list[int], int]]:
    return {
        "expected": ([one.id for one in found.expected], found.expected_count),
        "loan": ([one.id for one in found.loans], found.loan_count),
        "parcel": ([one.id for one in found.parcels], found.parcel_count),
    }


def test_what_is_no_entry_is_found_as_a_plain_look_at_all_finds_it(
    register: str, open_desk: OpenDesk, clock: Clock
) -> None:
    desk, other = open_desk(register), open_desk(register)
    chance = random.Random(60)
    hits = 0
    for _round in range(2):
        _fill(desk, chance, clock)
        days = sorted(int((clock.now - dt.timedelta(days=n)).strftime("%Y%m%d")) for n in (0, 9))
        for text in _ASKED:
            for span in ((None, None), (days[0], days[1])):
                query = Query(text, *span)
                ids = {kind: other.ask(_expect, kind, query) for kind in _SEARCHED}
                found = _told(other.ask(find_others.others, query))
                assert found == {kind: (each[:5], len(each)) for kind, each in ids.items()}, query
                hits += sum(map(len, ids.values()))
            every = other.ask(loans.rows, which="all", words=text, limit=99)
            assert [one.id for one in every] == sorted(other.ask(_expect, "loan", Query(text)), reverse=True)
    assert hits > 200


def test_a_filter_that_only_entries_have_leaves_them_out(desk: Desk) -> None:
    desk.do(parcels.take_in, whom="张三", department_id=department(desk, "RC"), uid=new_uid())
    desk.do(expected.note, at=NOW + dt.timedelta(days=2), name="张三", uid=new_uid())
    assert _told(desk.ask(find_others.others, Query("zs"))) == {
        "expected": ([1], 1),
        "loan": ([], 0),
        "parcel": ([1], 1),
    }
    rc = department(desk, "RC")
    for query in (
        Query(),
        Query("zs", kind=Kind.VISIT),
        Query("zs", department_id=rc),
        Query("zs", operator="x"),
    ):
        assert not desk.ask(find_others.others, query)
    name = desk.ask(directory.department, "RC").name
    assert desk.ask(find_others.others, Query(name)).parcel_count == 1
