"""Recall finds exactly those whom a look through everybody would find, in the same order."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception import pinyin
from reception.desk import Desk
from reception.facts import Kind, NewEntry, Party
from reception.facts.people import PersonOffer
from reception.operations import entries, people
from reception.operations.people import filling, keying, recalling
from reception.store import check
from reception.store.filling import Filling
from tests.factories import CLERK, NOW, Founded, add, behind_its_back, new_uid, person, visit

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
    from reception import persons as rule

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
