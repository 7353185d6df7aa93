"""Recall finds exactly those whom a look through everybody would find, in the same order."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, select, update

from reception import persons as rule
from reception import pinyin, tables
from reception.context import Session
from reception.desk import Desk
from reception.errors import DeskError
from reception.facts import Kind, NewEntry, Party
from reception.facts.people import PersonOffer
from reception.operations import entries, people, reading
from reception.operations.people import filling, keying, keys, recalling
from reception.store import check
from reception.store import filling as store_filling
from reception.store.filling import Filling, Pace
from tests.factories import CLERK, NOW, Founded, add, behind_its_back, changed, new_uid, person, visit

PEOPLE = [
    ("单小芳", "138 0013 8000", "柳湾镇新建村3组"),
    ("单于飞", "0512-88881234", "某县宏达建筑有限公司"),
    ("王芳", "13800138001", "柳湾镇新建村3组"),
    ("王方", "13900138001、88881234", "新建街道5号"),
    ("王", "13800138002", ""),
    ("王女士", "13700137000", "柳湾镇"),
    ("", "13600136000", ""),
    ("曾翟", "15000150000", "双河乡松林村"),
    ("阿卜杜拉·买买提", "15100151000", ""),
    ("吕律", "15200152000", "Lv Co"),
    ("John Smith", "+1 202 555 0100", "Acme"),
    ("𬱖文", "15300153000-8023", "县医院"),
    ("万俟雪", "", "柳湾镇"),
    ("万俟雪", "", "双河乡"),
]
TYPED = (
    *("单", "单小", "小芳", "shan", "dan", "chan", "shanxiaof", "sxf", "xf", "fang", "wf", "w", "wang", "王"),
    *(
        "王女士",
        "王芳",
        "138",
        "0013",
        "8001",
        "88881234",
        "8888-1234",
        "新建",
        "新建村",
        "镇",
        "3组",
        "松林",
    ),
    *(
        "zeng",
        "ceng",
        "zd",
        "zhai",
        "di",
        "买买提",
        "阿卜杜拉·买买提",
        "lv",
        "lu",
        "lyu",
        "lvlv",
        "smith",
        "john",
    ),
    *(
        "js",
        "acme",
        "5550100",
        "moqi",
        "wanqi",
        "mqx",
        "mq",
        "万俟雪",
        "𬱖",
        "8023",
        "+86-138-0013-8000",
        "县",
    ),
    *("138-0013", "龘", "zzz", "99999", "某县", "宏达", "12", "j'h"),
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def full(
    request: pytest.FixtureRequest, founded: Founded, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """A desk that everybody has come to, some more often; most of them not lately."""
    if request.param == "sqlite":
        place = str(tmp_path_factory.mktemp("people") / "r.sqlite")
        shutil.copyfile(founded.file, Path(place))
    else:
        server = request.getfixturevalue("postgres")
        place = server.create(founded.database)
    desk = Desk.open(place, operator=CLERK, clock=lambda: NOW)
    for turn, (name, phone, organisation) in enumerate([*PEOPLE, *PEOPLE[3:6], PEOPLE[0]]):
        at = NOW - dt.timedelta(minutes=60 - turn)
        add(desk, NewEntry(Kind.VISIT, "事由", parties=(Party(name, phone, organisation),), received_at=at))
    yield desk
    desk.close()
    if request.param == "postgresql":
        server.drop(place)


def brute(everybody: list[PersonOffer], typed: str) -> list[int]:
    """Who fits by the rule, written down a second time and plainly."""
    squeezed = "".join(one for one in typed.casefold() if one not in " ·'’")
    number = "".join(filter(str.isdigit, typed)) if not typed.strip("+-0123456789 ") else ""
    found = []
    for place, one in enumerate(everybody):
        fits = _number(one, number) if len(number) >= 3 else _text(one, squeezed)
        if fits is not None:
            found.append((fits, place, one.id))
    return [person_id for _, _, person_id in sorted(found)]


def _number(one: PersonOffer, typed: str) -> int | None:
    dialled = {typed, typed.removeprefix("86")} if len(typed) == 13 else {typed}
    written = [
        "".join(filter(str.isdigit, phone.split("-8023")[0]))
        for shown in one.phones
        for phone in shown.split("、")
    ]
    ways = [
        0 if number == way else 1 if number.startswith(way) or number.endswith(way) else 2
        for number in written
        for way in dialled
        if way in number
    ]
    return min(ways, default=None)


def _text(one: PersonOffer, typed: str) -> int | None:
    name = "".join(other for other in one.name.casefold() if other not in " ·")
    readings = pinyin.readings(one.name)
    whole = [
        name,
        *readings.full.split(),
        *readings.initials.split(),
        one.organisation.casefold().replace(" ", ""),
    ]
    later = [name[at:] for at in range(1, len(name))]
    for at in range(1, len(one.name)):
        if one.name[at] not in " ·" and not one.name.isascii():
            rest = pinyin.phrase(one.name[at:])
            later += [*rest.full.split(), *rest.initials.split()]
    if one.name == "John Smith":
        later += ["smith", "s"]
    address = one.organisation.casefold()
    later += [address[at:] for at in range(1, len(address)) if address[at - 1] in "县镇村乡街道号社 "]
    if typed in whole:
        return 0
    if any(item.startswith(typed) for item in whole if item):
        return 1
    return 2 if any(item.startswith(typed) for item in later) else None


@pytest.mark.parametrize("keyed", [False, True], ids=["latest only", "most by their keys"])
def test_recall_finds_whom_looking_through_everybody_finds(
    full: Desk, keyed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if keyed:
        monkeypatch.setattr(keying, "BEHIND", 1)
        worker = Filling(full, (filling.PersonLinks(), keying.PersonKeys()))
        assert worker.run()
        worker.close()
    everybody = list(full.ask(people.find, "", 100))
    assert len(everybody) == len(PEOPLE)
    for typed in TYPED:
        ours = [one.id for one in full.ask(people.recall, typed)]
        assert ours == brute(everybody, typed), typed
        first = [one.id for one in full.ask(people.recall, typed, limit=2)]
        assert first == ours[:2], typed
    monkeypatch.setattr(recalling, "_FEW", 0)
    for typed in TYPED:
        assert [one.id for one in full.ask(people.recall, typed)] == brute(everybody, typed), typed


def test_several_words_must_all_fit(full: Desk) -> None:
    assert [one.name for one in full.ask(people.find, "王 8001")] == ["王", "王方", "王芳"]
    assert [one.name for one in full.ask(people.find, "王 139001")] == ["王方"]
    assert full.ask(people.find, "王 99999") == ()


_NAMES = st.text(alphabet="王单曾李芳明小国", min_size=0, max_size=3)
_DIGITS = st.text(alphabet="0135", min_size=3, max_size=5)
_PARTIES = st.lists(st.tuples(_NAMES, _DIGITS | st.just("")), min_size=1, max_size=6)


@given(told=_PARTIES, typed=_NAMES | _DIGITS)
def test_made_up_people_are_found_by_any_part(told: list[tuple[str, str]], typed: str) -> None:
    looked_for = rule.wanted(typed)
    for name, digits in told:
        fits = rule.tier(looked_for, rule.texts(name, ""), rule.numbers([digits] if digits else []))
        if typed.isdigit():
            expected = typed in digits
        else:
            expected = bool(typed) and not rule.anonymous(name) and typed in name
        assert (fits is not None) == expected, (name, digits, typed)


def test_the_people_of_older_entries_are_linked_beside_the_work(register: str) -> None:
    desk = Desk.open(register, operator=CLERK, clock=lambda: NOW)
    told = [*PEOPLE, *PEOPLE[:5], ("王方", "88881234", "")]
    ids = [add(desk, visit(parties=(Party(*one),))).entry_id for one in told]
    void = add(desk, visit(parties=(person("李明"),))).entry_id
    expected = {one.name + "".join(one.phones): one for one in desk.ask(people.find, "", 100)}
    with behind_its_back(register) as execute:  # as a register looks that was migrated
        execute("UPDATE entry_party SET person_id = NULL")
        for table in ("person_phone", "person_key", "person_keyed", "person", "derived_state"):
            execute(f"DELETE FROM {table}")
        execute(f"UPDATE entry SET void_reason = void_reason WHERE id = {void}")
    worker = Filling(desk, (filling.PersonLinks(), keying.PersonKeys()))
    done, total = worker.progress()
    assert (done, total) == (0, ids[-1] + 1)
    assert worker.run()
    worker.close()
    found = {one.name + "".join(one.phones): one for one in desk.ask(people.find, "", 100)}
    assert found.keys() == expected.keys()
    for key, one in found.items():
        before = expected[key]
        assert (one.times, one.last_number, one.organisation) == (
            before.times,
            before.last_number,
            before.organisation,
        )
    check.run(desk)
    again = add(desk, visit(parties=(Party(*PEOPLE[0]),))).entry_id
    assert desk.ask(people.recall, "单小芳")[0].times == 3
    desk.do(entries.void, again, "误登", uid=new_uid())
    desk.close()


SMALL = 7
"""Entries in a span here, so that a few dozen are many spans."""
_CALLED = st.sampled_from(["王", "芳", "王芳", "王王", "李王", "王李芳", "李", "芳王李", ""])
_DIALLED = st.sampled_from(["", "", "0135", "1350", "135", "13", "5013"])
_COMES = st.tuples(st.just("comes"), _CALLED, _DIALLED)
_TURNS = st.lists(
    st.one_of(
        *(_COMES for _ in range(5)),
        st.tuples(st.just("corrected"), st.integers(0, 99), _CALLED),
        st.tuples(st.just("void"), st.integers(0, 99), st.just("")),
        st.tuples(st.just("merged"), st.integers(0, 99), st.integers(0, 99)),
        st.tuples(st.just("keyed"), st.integers(1, 4), st.just("")),
    ),
    min_size=25,
    max_size=50,
)
_WORDS = ("王", "芳", "w", "fang", "wf", "139", "135", "13913")


@pytest.fixture(scope="module")
def changing(founded: Founded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk whose register is made anew, by its file, for each course of events."""
    place = tmp_path_factory.mktemp("changing") / "r.sqlite"
    shutil.copyfile(founded.file, place)
    desk = Desk.open(str(place), operator=CLERK, clock=lambda: NOW)
    yield desk
    desk.close()


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns=_TURNS)
def test_in_whatever_course_of_events_recall_finds_the_best_and_latest(
    changing: Desk, monkeypatch: pytest.MonkeyPatch, turns: list[tuple[str, Any, Any]]
) -> None:
    monkeypatch.setattr(keys, "SPAN", SMALL)
    monkeypatch.setattr(recalling, "_STEP", 2)
    changing.do(_forgotten)
    ids: list[int] = []
    for what, one, other in turns:
        if what == "comes":
            party = Party(one, f"139{other}" if other else "", "柳湾镇")
            ids.append(add(changing, visit(parties=(party,))).entry_id)
        elif what == "keyed":
            _key(changing, monkeypatch, one)
        elif ids:
            _turn(changing, ids, what, one, other)
    for text in _WORDS:
        expected = changing.ask(_plainly, text)
        for few, limit in ((0, 1), (0, 4), (10_000, 2), (10_000, 50)):  # span by span, everything at once
            monkeypatch.setattr(recalling, "_FEW", few)
            ours = [one.id for one in changing.ask(people.recall, text, limit=limit)]
            assert ours == expected[:limit], (text, few, limit)


def _forgotten(session: Session) -> None:
    """Let the register be one in which nobody was seen."""
    connection = session.connection()
    connection.execute(update(tables.party).values(person_id=None))
    connection.execute(update(tables.person).values(merged_into=None))
    for table in (tables.phone, tables.person_key, tables.person_keyed, tables.person):
        connection.execute(delete(table))
    connection.execute(delete(tables.state).where(tables.state.c.name == keys.STATE))


def _key(desk: Desk, monkeypatch: pytest.MonkeyPatch, behind: int) -> None:
    monkeypatch.setattr(keying, "BEHIND", behind)
    worker = Filling(desk, (keying.PersonKeys(),), Pace(40, 0.0))
    assert worker.run()
    worker.close()


def _turn(desk: Desk, ids: list[int], what: str, one: int, other: Any) -> None:
    entry = ids[one % len(ids)]
    with suppress(DeskError):  # what is void is not corrected, what is one is not merged
        if what == "void":
            desk.do(entries.void, entry, "误登", uid=new_uid())
        elif what == "corrected":
            (party,) = desk.ask(reading.entry, entry).parties
            desk.do(entries.correct, entry, {"parties": (changed(party, name=other),)}, uid=new_uid())
        else:
            found = desk.ask(people.find, "", 100)
            if found:
                pair = found[one % len(found)].id, found[other % len(found)].id
                desk.do(people.merge, *pair, uid=new_uid())


def _plainly(session: Session, typed: str) -> list[int]:
    """Everybody is looked at: by how well a record fits and when it was seen; merged ones once."""
    looked_for = rule.wanted(typed)
    if not looked_for:
        return []
    rows = session.connection().execute(select(tables.person)).all()
    above = {row.id: row.merged_into for row in rows}
    visits: dict[int, int] = {}
    places = []
    for row in rows:
        root = row.id
        while above[root] is not None:
            root = above[root]
        visits[root] = visits.get(root, 0) + row.times
        if (tier := rule.tier(looked_for, row.texts, row.digits)) is not None:
            places.append((tier, -row.seen_id, -row.id, root))
    found = dict.fromkeys(root for _tier, _seen, _id, root in sorted(places))
    return [root for root in found if visits[root]]


def test_a_person_seen_again_has_the_keys_of_the_last_time_only(
    register: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "SPAN", SMALL)
    desk = Desk.open(register, operator=CLERK, clock=lambda: NOW)
    for _ in range(3):
        for turn in range(12):
            add(desk, visit(parties=(Party("王芳" if turn == 5 else f"李{turn}", f"1390000{turn:04d}"),)))
        _key(desk, monkeypatch, 1)
    last = desk.ask(lambda session: session.connection().execute(select(tables.person)).all())
    kept = desk.ask(lambda session: session.connection().execute(select(tables.person_key)).all())
    (fang,) = (one for one in last if one.name == "王芳")
    of_fang = [row for row in kept if row.person_id == fang.id]
    assert {row.key for row in of_fang} == keys.keys_of(fang.texts, fang.digits)
    assert {(row.span, row.seen_id) for row in of_fang} == {(fang.seen_id // SMALL, fang.seen_id)}
    desk.close()


def test_somebody_with_many_numbers_and_people_who_moved_hide_nobody(
    register: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk.open(register, operator=CLERK, clock=lambda: NOW)
    for name in ("王小明", "王大山"):
        add(desk, visit(parties=(Party(name, "13911110000", "柳湾镇"),)))
    moved = [
        add(desk, visit(parties=(Party(f"李{one}", f"1580000000{at}", "柳湾镇"),))).entry_id
        for at, one in enumerate("甲乙丙丁戊己庚")
    ]
    many = "、".join(f"139{number:08d}" for number in range(10))
    add(desk, visit(parties=(Party("赵大", many),)))
    for name in ("钱一", "钱二", "钱三"):
        add(desk, visit(parties=(Party(name, "15000150000"),)))
    _key(desk, monkeypatch, 1)
    for entry in moved:
        (party,) = desk.ask(reading.entry, entry).parties
        new = changed(party, organisation="双河镇柳湾村")
        desk.do(entries.correct, entry, {"parties": (new,)}, uid=new_uid())
    for few in (0, 10_000):
        monkeypatch.setattr(recalling, "_FEW", few)
        told = [one.name for one in desk.ask(people.recall, "139", limit=2)]
        assert told == ["赵大", "王大山"]
        told = [one.name for one in desk.ask(people.recall, "柳湾", limit=2)]
        assert told == ["王大山", "王小明"]
        assert len(desk.ask(people.recall, "柳湾", limit=20)) == 9
    desk.close()


class Keyed(NamedTuple):
    """As much of a person as its keys are made of."""

    id: int
    seen_id: int
    texts: str
    digits: str


def test_keys_that_are_there_already_are_written_again_without_harm(register: str) -> None:
    desk = Desk.open(register, operator=CLERK, clock=lambda: NOW)
    made = [(0, f"^{number:05d}", 1, 1) for number in range(3_000)]

    def write(session: Session, rows: list[keys.Key]) -> int:
        keys.insert(session.connection(), rows)
        return len(session.connection().execute(select(tables.person_key)).all())

    assert desk.do(write, made[:2_000]) == 2_000
    assert desk.do(write, made[1_000:]) == 3_000
    assert desk.do(write, made) == 3_000
    desk.close()


def test_a_server_gets_many_keys_at_once_and_again_without_harm(server_register: str) -> None:
    desk = Desk.open(server_register, operator=CLERK, clock=lambda: NOW)
    texts = [rule.texts(f"王{one}", "柳湾镇") for one in "芳方小明芳方小明"]
    everybody = [Keyed(n, 30_000 * n, told, f"139{n:05d}") for n, told in enumerate(texts, 1)]

    def write(session: Session, how: Callable[[Connection], None]) -> list[tuple[Any, ...]]:
        how(session.connection())
        kept = select(tables.person_key).order_by(*tables.person_key.primary_key)
        return [tuple(row) for row in session.connection().execute(kept)]

    expected = keys.rows(everybody)
    assert desk.do(write, lambda one: keys.copy(one, keys.grouped(everybody[:5]))) == keys.rows(everybody[:5])
    assert desk.do(write, lambda one: keys.copy(one, keys.grouped(everybody[3:]))) == expected
    assert desk.do(write, lambda one: keys.copy(one, keys.grouped(everybody))) == expected
    desk.close()


def test_a_server_knows_what_was_filled(server_register: str, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk.open(server_register, operator=CLERK, clock=lambda: NOW)
    for turn in range(9):
        add(desk, visit(parties=(Party(f"李{turn}", f"1390000{turn:04d}"),)))
    monkeypatch.setattr(store_filling, "MUCH", 1)
    _key(desk, monkeypatch, 1)
    with behind_its_back(server_register) as execute:
        ((rows,),) = execute("SELECT reltuples FROM pg_class WHERE relname = 'person_key'")
        ((there,),) = execute("SELECT count(*) FROM person_key")
    assert rows == there > 0
    desk.close()
