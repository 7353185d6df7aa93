"""The desk: who sits there, and that what is between it and the register may fail once without a word."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from reception.context import Session
from reception.desk import Desk
from reception.errors import InputError, NotFoundError
from reception.facts import NewEntry, Receipt
from reception.operations import day, directory, entries
from reception.store import backup, check
from reception.store.restore import restore
from tests.factories import (
    CLERK,
    TODAY,
    Clock,
    OpenDesk,
    add,
    behind_its_back,
    new_uid,
    overlap,
    row,
    told_numbers,
    visit,
)


def test_whoever_sits_down_is_known_from_the_first_act(register: str, open_desk: OpenDesk) -> None:
    desk = open_desk(register, operator=" 李\u200b静 ")
    assert desk.operator == "李静"
    assert row(desk, add(desk).entry_id).operator == "李静"
    assert desk.ask(directory.catalogue).operators == (CLERK, "李静")
    desk.operator = "赵\u3000敏"
    assert row(desk, add(desk).entry_id).operator == "赵 敏"
    check.run(desk)


def test_nobody_named_means_the_first_clerk_who_is_still_here(register: str, open_desk: OpenDesk) -> None:
    first = open_desk(register, operator="")
    first.do(directory.save_operator, "李静", uid=new_uid())
    assert row(first, add(first).entry_id).operator == CLERK
    first.do(directory.save_operator, CLERK, active=False, uid=new_uid())
    desk = open_desk(register, operator="")
    assert row(desk, add(desk).entry_id).operator == "李静"


def test_a_name_that_is_too_long_is_refused(register: str, open_desk: OpenDesk) -> None:
    desk = open_desk(register, operator="王" * 201)
    with pytest.raises(InputError) as refused:
        add(desk)
    assert refused.value.field == "name"
    desk.operator = "王" * 200
    assert add(desk).number.endswith("-001")


@pytest.mark.parametrize("code", ["B-1", "窗口", "TOOLONGCODE", "RESTO", "a b"])
def test_a_desk_whose_code_cannot_stand_in_a_number_is_refused(file_register: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        Desk.open(file_register, desk=code)
    assert refused.value.field == "desk"


def test_codes_that_differ_in_case_are_one_desk(register: str, open_desk: OpenDesk) -> None:
    assert add(open_desk(register, desk="b2")).number == "20261123-B2-001"
    assert add(open_desk(register, desk=" B2 ")).number == "20261123-B2-002"


def test_a_verb_that_is_refused_leaves_nothing_behind(register: str, open_desk: OpenDesk) -> None:
    desk = open_desk(register, desk="B", operator="新来的")
    with pytest.raises(InputError):
        add(desk, visit(""))
    other = open_desk(register)
    assert "新来的" not in other.ask(directory.catalogue).operators
    assert add(desk).number == "20261123-B-001"
    check.run(other)


def test_what_is_not_the_users_fault_stays_a_bug(desk: Desk) -> None:
    def broken(session: Session) -> None:
        session.connection().execute(text("SELECT no_such_column FROM entry"))

    with pytest.raises(Exception, match="no_such_column"):
        desk.ask(broken)
    add(desk)


def test_a_question_sees_one_moment(register: str, open_desk: OpenDesk) -> None:
    """A sheet is made of several questions; what comes between them must not make its totals wrong."""
    one, other = open_desk(register), open_desk(register, desk="B")
    add(other)

    def twice(session: Session) -> tuple[int, int]:
        first = day.totals(session, TODAY).visits
        add(other)
        return first, day.totals(session, TODAY).visits

    assert one.ask(twice) == (1, 1)
    assert one.ask(day.totals, TODAY).visits == 2


def _cut_all_connections(place: str) -> None:
    with behind_its_back(place) as execute:
        execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_a_connection_lost_between_two_acts_is_not_noticed(server_register: str, open_desk: OpenDesk) -> None:
    desk = open_desk(server_register)
    new = visit()
    first = add(desk, new)
    _cut_all_connections(server_register)
    assert add(desk, new) == first
    _cut_all_connections(server_register)
    assert told_numbers(desk) == [first.number]
    _cut_all_connections(server_register)
    desk.do(entries.void, first.entry_id, "误登", uid=new_uid())
    assert add(desk).number == "20261123-002"
    check.run(desk)


def test_a_connection_lost_in_the_middle_of_an_act_does_it_once(
    server_register: str, open_desk: OpenDesk
) -> None:
    desk, turns = open_desk(server_register), []

    def cut_short(session: Session, new: NewEntry) -> Receipt:
        receipt = entries.register(session, new)
        turns.append(receipt.number)
        if len(turns) == 1:
            _cut_all_connections(server_register)
        return receipt

    assert desk.do(cut_short, visit()).number == "20261123-001"
    assert turns == ["20261123-001"] * 2
    assert told_numbers(desk) == ["20261123-001"]
    check.run(desk)


def test_the_same_act_at_the_same_moment_is_done_once(register: str, open_desk: OpenDesk) -> None:
    """The second comes while the first has not committed yet: it waits, and knows the act then."""
    one, other = open_desk(register), open_desk(register)
    new, act = visit(), new_uid()
    first, second = overlap(
        one,
        lambda session: entries.register(session, new),
        other,
        lambda session: entries.register(session, new),
    )
    assert isinstance(first, Receipt)
    assert first == second
    entry = first.entry_id
    done = overlap(
        one,
        lambda session: entries.void(session, entry, "误登", uid=act),
        other,
        lambda session: entries.void(session, entry, "误登", uid=act),
    )
    assert [getattr(one, "version", one) for one in done] == [2, 2]
    assert told_numbers(one) == [first.number]
    check.run(one)


def test_a_desk_that_two_windows_begin_at_once_is_one_desk(register: str, open_desk: OpenDesk) -> None:
    b, again = (open_desk(register, desk="B", operator="李静") for _ in range(2))
    done = overlap(
        b,
        lambda session: entries.register(session, visit()),
        again,
        lambda session: entries.register(session, visit()),
    )
    assert [getattr(one, "number", one) for one in done] == ["20261123-B-001", "20261123-B-002"]
    check.run(b)


def test_one_uid_names_one_act(desk: Desk) -> None:
    used = new_uid()
    desk.do(directory.save_operator, "李静", uid=used)
    with pytest.raises(InputError) as refused:
        add(desk, visit(uid=used))
    assert refused.value.field == "uid"
    assert told_numbers(desk) == []
    check.run(desk)


def test_what_refers_to_nothing_is_refused_in_words(desk: Desk) -> None:
    receipt = add(desk)
    with pytest.raises(NotFoundError):
        add(desk, visit(department_id=9_999))
    with pytest.raises(NotFoundError):
        add(desk, visit(matter_id=9_999))
    with pytest.raises(NotFoundError):
        desk.do(entries.correct, receipt.entry_id, {"matter_id": 9_999}, uid=new_uid())
    assert add(desk).number == "20261123-002"


def test_a_server_register_restored_meanwhile_is_gone_on_with(
    server_register: str, open_desk: OpenDesk, tmp_path: Path, clock: Clock
) -> None:
    """What a window remembers of clerks, desks and entries is out of date; none of it may hit another's."""
    office = open_desk(server_register)
    add(office)
    kept = backup.backup(office, tmp_path / "kept.sqlite")
    b, c = open_desk(server_register, desk="B", operator="李静"), open_desk(server_register, desk="C")
    lost = add(b)
    add(c)
    clock.go(minutes=1)
    restore(server_register, kept, clock=clock)
    others = open_desk(server_register, desk="D", operator="赵敏")
    given = add(others)  # would take over the ids that B, its clerk and its entry had
    assert given.entry_id > lost.entry_id
    with pytest.raises(NotFoundError):
        b.do(entries.void, lost.entry_id, "误登", uid=new_uid())
    found = [row(one, add(one).entry_id) for one in (b, c, office)]
    assert [(one.desk, one.operator) for one in found] == [("B", "李静"), ("C", CLERK), ("", CLERK)]
    assert all("-R" in one.number for one in found)
    check.run(office)
