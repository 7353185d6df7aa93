"""Acts on people, the directory and the settings taken back: all is as before, and nothing is deleted."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from reception import tables
from reception.context import Session
from reception.desk import Desk
from reception.errors import DeskError, InputError, StateError
from reception.facts import Change, DepartmentFact, MatterFact
from reception.facts.people import NoteKind
from reception.operations import acts, directory, people, site, undoing
from reception.store import check
from reception.store.changes import Watcher
from tests.factories import CLERK, Clock, OpenDesk, add, department, new_uid, overlap, person, visit
from tests.operations.undone import undo

_READ = {
    "person": ("id", "note_kind", "note", "merged_into", "face"),
    "department": None,
    "matter": None,
    "operator": None,
    "setting": None,
}
State = dict[str, dict[int, dict[str, Any]]]


def _state(desk: Desk) -> State:
    """All that a clerk says of people, and the directory and the settings."""

    def read(session: Session) -> State:
        found: State = {}
        for name, columns in _READ.items():
            table = getattr(tables, name)
            rows = session.connection().execute(select(*(table.c[one] for one in columns or table.c.keys())))
            found[name] = {row["id"]: dict(row) for row in rows.mappings()}
        return found

    return desk.ask(read)


def _people(desk: Desk) -> list[int]:
    """Four persons who were here."""
    for at in range(4):
        add(desk, visit(parties=(person(f"张{'一二三四'[at]}", phone=f"1380013800{at}"),)))
    return [one.id for one in sorted(desk.ask(people.find, ""), key=lambda one: one.id)]


def _told(desk: Desk, uid: uuid.UUID) -> bool:
    query = select(tables.journal.c.id).where(tables.journal.c.act_uid == uid)
    return desk.ask(lambda session: session.connection().scalar(query)) is not None


# Any acts, in any order.


class _Hand:
    """Does whatever a few numbers say."""

    def __init__(self, desk: Desk, clock: Clock, known: list[int]) -> None:
        self.desk, self.clock, self.people = desk, clock, known

    def do(self, numbers: tuple[int, int, int]) -> uuid.UUID | None:
        """One act; its uid, None if it was refused or changed nothing."""
        which, one, other = numbers
        self.clock.go(minutes=1)
        uid = new_uid()
        choices: list[Callable[[int, int, uuid.UUID], object]] = [
            self._note,
            self._merge,
            self._unmerge,
            self._department,
            self._matter,
            self._operator,
            self._settings,
        ]
        try:
            choices[which % len(choices)](one, other, uid)
        except DeskError:
            return None
        return uid if _told(self.desk, uid) else None

    def _note(self, one: int, other: int, uid: uuid.UUID) -> None:
        kind = [None, *NoteKind][other % 5]
        self.desk.do(people.save_note, self.people[one % 4], kind, f"事由{other}", uid=uid)

    def _merge(self, one: int, other: int, uid: uuid.UUID) -> None:
        self.desk.do(people.merge, self.people[one % 4], self.people[other % 4], uid=uid)

    def _unmerge(self, one: int, _other: int, uid: uuid.UUID) -> None:
        self.desk.do(people.unmerge, self.people[one % 4], uid=uid)

    def _department(self, one: int, other: int, uid: uuid.UUID) -> None:
        there = self.desk.ask(directory.catalogue).departments
        old = there[one % 3] if one % 5 else DepartmentFact(0, f"XK{len(there)}", f"新科{other}")
        fact = dataclasses.replace(old, room=f"{other}室", name=f"科{other % 3}", active=bool(other % 2))
        self.desk.do(directory.save_department, fact, uid=uid)

    def _matter(self, one: int, other: int, uid: uuid.UUID) -> None:
        there = self.desk.ask(directory.catalogue).matters
        old = there[one % 3] if one % 5 else MatterFact(0, f"新事项{len(there)}")
        fact = dataclasses.replace(old, keywords=f"词{other}", name=f"事项{other % 4}{old.name[-1]}")
        self.desk.do(directory.save_matter, fact, uid=uid)

    def _operator(self, one: int, other: int, uid: uuid.UUID) -> None:
        name = ["李静", "赵敏", CLERK][one % 3]
        self.desk.do(directory.save_operator, name, active=bool(other % 2), uid=uid)

    def _settings(self, one: int, other: int, uid: uuid.UUID) -> None:
        new = {"footer": f"页脚{other % 3}", "waiting_minutes": str(5 + other % 4), f"own_{one % 2}": "值"}
        names = list(new)[one % 3 :]
        self.desk.do(site.save, {name: new[name] for name in names}, uid=uid)


def _as_before(now: State, before: State) -> bool:
    """Nothing else is there but what is not in use, or says what holds without it."""
    for kind, rows in now.items():
        fresh = [row for key, row in rows.items() if key not in before[kind]]
        assert all(row["value"] == "" if kind == "setting" else not row["active"] for row in fresh)
    return {kind: {key: rows[key] for key in before[kind]} for kind, rows in now.items()} == before


_NUMBERS = st.tuples(st.integers(0, 6), st.integers(0, 9), st.integers(0, 9))
_FEW = settings(
    max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@_FEW
@given(st.lists(_NUMBERS, max_size=8), st.lists(st.booleans(), min_size=8, max_size=8))
def test_whatever_was_done_and_taken_back_is_as_before(
    desk: Desk, clock: Clock, steps: list[tuple[int, int, int]], again: list[bool]
) -> None:
    """Each act is taken back, last first; some are done again in between, and taken back once more."""
    known = sorted(_state(desk)["person"]) or _people(desk)
    hand, done = _Hand(desk, clock, known), []
    for numbers in steps:
        before = _state(desk)
        if (act := hand.do(numbers)) is not None:
            done.append((act, before))
    while done:
        act, before = done.pop()
        after, turn = _state(desk), new_uid()
        undone = desk.do(undoing.undo, act, uid=turn)
        assert _as_before(_state(desk), before), undone
        assert undone.number
        if again[len(done)]:
            assert undo(desk, turn).again
            assert _state(desk) == after
            undo(desk, act)
            assert _as_before(_state(desk), before)
    check.run(desk)


@_FEW
@given(st.lists(_NUMBERS, max_size=10), st.lists(st.integers(0, 9), max_size=10))
def test_taking_back_in_any_order_keeps_every_record_true(
    desk: Desk, clock: Clock, steps: list[tuple[int, int, int]], order: list[int]
) -> None:
    """Where that is allowed; what others built on is refused in words."""
    known = sorted(_state(desk)["person"]) or _people(desk)
    hand = _Hand(desk, clock, known)
    turns = [act for numbers in steps if (act := hand.do(numbers)) is not None]
    for number in order:
        if turns:
            turn, before = new_uid(), _state(desk)
            try:
                desk.do(undoing.undo, turns[number % len(turns)], uid=turn)
                turns.append(turn)  # whatever took something back may be taken back itself
            except (StateError, InputError):
                assert _state(desk) == before
    check.run(desk)
    active = [one for one in _state(desk)["operator"].values() if one["active"]]
    assert active


# One by one.


def test_a_merge_is_taken_back_and_done_again(desk: Desk, clock: Clock) -> None:
    one, other, *_ = _people(desk)
    act, turn = new_uid(), new_uid()
    desk.do(people.merge, other, one, uid=act)
    assert desk.ask(people.person, one).offer.name == "张二"
    undone = desk.do(undoing.undo, act, uid=turn)
    assert (undone.kind, undone.number, undone.verb, undone.again) == ("person", "张二", "merge", False)
    assert desk.ask(people.person, one).offer.name == "张一"
    assert desk.ask(people.person, other).offer.id == other
    again = undo(desk, turn)
    assert (again.verb, again.again) == ("merge", True)
    assert [it.id for it in desk.ask(people.person, one).merged] == [other]
    assert [line.verb for line in desk.ask(people.person, one).trail] == ["merge", "undo", "redo"]
    desk.do(people.unmerge, other, uid=(apart := new_uid()))
    with pytest.raises(StateError, match="since"):
        undo(desk, act)
    undo(desk, apart)
    assert desk.ask(people.person, one).offer.name == "张二"
    check.run(desk)


def test_who_gives_the_name_stays_who_was_said_last(desk: Desk) -> None:
    """Taken apart and another put in its place: the first is not brought back above it."""
    one, two, three, _four = _people(desk)
    desk.do(people.merge, two, one, uid=new_uid())
    desk.do(people.unmerge, two, uid=(apart := new_uid()))
    desk.do(people.merge, three, one, uid=new_uid())
    with pytest.raises(StateError, match="since"):
        undo(desk, apart)
    assert desk.ask(people.person, one).offer.name == "张三"


def test_a_note_taken_back_is_the_note_before(desk: Desk) -> None:
    someone = _people(desk)[0]
    desk.do(people.save_note, someone, NoteKind.HEARING, "请大声", uid=new_uid())
    desk.do(people.save_note, someone, NoteKind.BANNED, "打人", uid=(act := new_uid()))
    assert undo(desk, act).verb == "note"
    assert [one.text for one in desk.ask(people.notes_on, "张一", "")] == ["请大声"]
    with pytest.raises(StateError, match="before"):
        undo(desk, act)


def test_a_new_department_taken_back_is_not_in_use_any_more(desk: Desk, clock: Clock) -> None:
    clock.go(minutes=1)
    watcher = Watcher(desk)
    made = desk.do(directory.save_department, DepartmentFact(0, "XK", "新科室"), uid=(act := new_uid()))
    changed = dataclasses.replace(made, room="301")
    desk.do(directory.save_department, changed, uid=(moved := new_uid()))
    with pytest.raises(StateError, match="新科室"):
        undo(desk, act)
    undo(desk, moved)
    watcher.poll()
    turn = new_uid()
    undone = desk.do(undoing.undo, act, uid=turn)
    assert (undone.kind, undone.number, undone.verb) == ("department", "新科室", "create")
    assert watcher.poll() == (Change("department", made.id),)
    kept = desk.ask(directory.department, "XK")
    assert (kept.active, kept.name) == (False, "新科室")
    undo(desk, turn)
    assert desk.ask(directory.department, "XK") == made
    check.run(desk)


def test_settings_saved_together_are_taken_back_together(desk: Desk, clock: Clock) -> None:
    clock.go(minutes=1)
    before = desk.ask(site.site)
    new = {"footer": "新页脚", "waiting_minutes": "25", "own": "值"}
    desk.do(site.save, new, uid=(act := new_uid()))
    desk.do(site.save, {"waiting_minutes": "30"}, uid=(later := new_uid()))
    with pytest.raises(StateError, match="settings"):
        undo(desk, act)
    assert desk.ask(site.values)["footer"] == "新页脚"  # all of them or none
    undo(desk, later)
    turn, after = new_uid(), desk.ask(site.site)
    undone = desk.do(undoing.undo, act, uid=turn)
    assert (undone.kind, undone.number) == ("setting", "footer, waiting_minutes, own")
    now = desk.ask(site.site)
    assert (now.footer, now.waiting_minutes) == (before.footer, before.waiting_minutes)
    undo(desk, turn)
    assert desk.ask(site.site) == after
    assert desk.ask(undoing.last_act) == act
    check.run(desk)


def test_what_no_longer_fits_is_refused_in_words(desk: Desk, clock: Clock) -> None:
    clock.go(minutes=1)
    matter = desk.ask(directory.catalogue).matters[0]
    desk.do(directory.save_matter, dataclasses.replace(matter, name="改了名"), uid=(act := new_uid()))
    desk.do(directory.save_matter, MatterFact(0, matter.name), uid=new_uid())
    with pytest.raises(InputError, match="name"):
        undo(desk, act)
    desk.do(directory.save_operator, "李静", uid=(added := new_uid()))
    desk.do(directory.save_operator, CLERK, active=False, uid=new_uid())
    with pytest.raises(InputError, match="sit here"):
        undo(desk, added)
    check.run(desk)


def test_what_comes_with_the_register_is_nobody_s_act(desk: Desk, open_desk: OpenDesk) -> None:
    assert desk.ask(undoing.last_act) is None
    query = select(tables.journal.c.act_uid).where(tables.journal.c.subject_kind == "department").limit(1)
    founded = desk.ask(lambda session: session.connection().scalar(query))
    with pytest.raises(StateError):
        undo(desk, founded)
    newcomer = open_desk(desk.place.text, operator="新来的")
    add(newcomer)
    undo(newcomer, newcomer.ask(undoing.last_act))
    assert newcomer.ask(undoing.last_act) is None
    assert "新来的" in desk.ask(directory.catalogue).operators


def test_the_last_act_is_one_on_whatever_record(desk: Desk, clock: Clock) -> None:
    someone = _people(desk)[0]
    clock.go(minutes=1)
    desk.do(site.save, {"footer": "甲", "name": "某局"}, uid=(first := new_uid()))
    clock.go(minutes=1)
    desk.do(people.save_note, someone, NoteKind.HEARING, uid=(second := new_uid()))
    assert desk.ask(undoing.last_act) == second
    assert desk.do(undoing.undo_last, uid=new_uid()).kind == "person"
    assert desk.ask(undoing.last_act) == first
    assert desk.do(undoing.undo_last, uid=new_uid()).kind == "setting"
    assert desk.do(undoing.redo_last, uid=new_uid()).kind == "setting"
    assert desk.ask(site.site).name == "某局"
    assert desk.do(undoing.redo_last, uid=new_uid()).kind == "person"
    check.run(desk)


def test_two_desks_take_the_same_act_back_once(register: str, open_desk: OpenDesk) -> None:
    one, other = open_desk(register), open_desk(register, desk="B", operator="李敏")
    someone, second, *_ = _people(one)
    other.do(people.save_note, someone, NoteKind.HEARING, uid=new_uid())
    one.do(people.merge, someone, second, uid=(act := new_uid()))
    first, late = overlap(
        one,
        lambda session: undoing.undo(session, act, uid=new_uid()),
        other,
        lambda session: undoing.undo(session, act, uid=new_uid()),
    )
    assert not isinstance(first, DeskError)
    assert isinstance(late, StateError)
    assert len([line for line in one.ask(people.person, second).trail if line.verb == "undo"]) == 1
    check.run(one)


def test_an_act_that_changes_nothing_leaves_nothing_to_take_back(desk: Desk, clock: Clock) -> None:
    clock.go(minutes=1)
    uid = new_uid()
    desk.do(directory.save_department, desk.ask(directory.department, "JC"), uid=uid)
    with pytest.raises(DeskError):
        desk.ask(acts.find, uid)
    assert department(desk, "JC")
    assert desk.ask(undoing.last_act) is None
