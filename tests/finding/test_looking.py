"""Find gives exactly what a plain reading of every entry gives, however much of the register is indexed."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from reception import tables
from reception.context import Session
from reception.desk import Desk
from reception.facts import NewReferral, Query, ReferralStatus
from reception.finding import indexing, state
from reception.operations import directory, entries, find, people, reading, referrals, site, undoing
from reception.operations.office import instructions
from reception.store.filling import Filling, Pace
from tests.factories import Clock, OpenDesk, add, behind_its_back, is_server, new_uid, person, visit
from tests.finding import chance, plainly
from tests.hands import Hands

SPAN, PAGE = 32, 7
QUESTIONS = 40
"""After each stretch of work."""


@pytest.fixture
def dice(register: str) -> random.Random:
    """Chance, the same every time; another on each engine."""
    return random.Random(f"find {is_server(register)}")


def filling(desk: Desk, **settings: int) -> Filling:
    """A filler of small blocks, which works as soon as there is anything to do."""
    fillers = (indexing.Filler(**{"span": SPAN, "tail": 5, "changed": 3, **settings}),)
    return Filling(desk, fillers, Pace(40, 0.0), claim=0)


def ask(desk: Desk, query: Query) -> list[int]:
    """All pages of an answer; the first says of its entries what any other list says of them."""
    found: list[int] = []
    while True:
        page = desk.ask(find.entries, query, before=found[-1] if found else None, limit=PAGE)
        if not found:
            assert page == tuple(reversed(desk.ask(reading.rows, [row.id for row in page])))
        found += [row.id for row in page]
        if len(page) < PAGE:
            return found


def compare(desk: Desk, dice: random.Random, count: int = QUESTIONS) -> int:
    """Ask by chance; how many entries were found in all."""
    every, today = desk.ask(plainly.everything), desk.ask(site.today)
    total = 0
    for _ in range(count):
        query = chance.question(dice, every)
        found = ask(desk, query)
        assert found == plainly.answer(every, today, query), query
        total += len(found)
    return total


def run(index: Filling, most: int) -> None:
    """Take so many steps, or until there is nothing to do."""
    for _ in range(most):
        if not index.step() and index.progress()[0] == index.progress()[1]:
            return


def test_every_rule_gives_what_a_plain_reading_gives(
    register: str, open_desk: OpenDesk, clock: Clock, dice: random.Random
) -> None:
    first, second = open_desk(register), open_desk(register, desk="B", operator="李静")
    index, found = filling(first), 0
    for steps in (0, 25, 3, 10_000, 7, 0):
        chance.live(first, dice, 45, clock)
        chance.live(second, dice, 12, clock)
        run(index, steps)  # broken off anywhere
        found += compare(dice.choice((first, second)), dice)
    run(index, 10_000)
    assert index.progress()[0] == index.progress()[1]
    assert first.ask(lambda session: state.read(session.connection())).indexed > 6 * SPAN
    found += compare(first, dice)
    index.close()
    assert found > 400


def test_a_correction_is_found_at_once_and_what_it_replaced_no_more(
    register: str, open_desk: OpenDesk
) -> None:
    desk = open_desk(register)
    receipts = [add(desk, visit(f"事由{n:02} 拖欠", parties=(person("王建国"),))) for n in range(40)]
    index = filling(desk, changed=100)
    run(index, 10_000)
    third = receipts[2].entry_id
    desk.do(entries.correct, third, {"subject": "工伤", "parties": (person("单丽"),)}, uid=new_uid())
    run(index, 10_000)  # one change is not worth a batch yet
    for expected in (1, 0):
        assert ask(desk, Query("工伤")) == ask(desk, Query("shanli")) == ask(desk, Query("单")) == [third]
        assert len(ask(desk, Query("拖欠 wjg"))) == 39
        waiting = desk.ask(
            lambda session: session.connection().scalars(select(tables.pending.c.entry_id)).all()
        )
        assert len(waiting) == expected
        run(filling(desk, changed=1), 10_000)
    assert ask(desk, Query("事由02 拖欠")) == []


def test_what_a_leader_wrote_on_the_page_of_a_visit_leads_to_the_visit(
    register: str, open_desk: OpenDesk
) -> None:
    desk = open_desk(register)
    receipts = [add(desk, visit(f"事由{n:02}", parties=(person("王建国"),))) for n in range(40)]
    run(filling(desk), 10_000)
    third, uid = receipts[2].entry_id, new_uid()
    desk.do(instructions.write, leader="吴敏局长", words="请劳动监察查清", entry_id=third, uid=uid)
    desk.do(undoing.undo, uid, uid=(back := new_uid()))
    assert ask(desk, Query("查清")) == ask(desk, Query("吴敏")) == []
    desk.do(undoing.undo, back, uid=new_uid())
    on_day = desk.do(instructions.write, leader="周局长", words="加强值守", day=20261123, uid=new_uid())
    for filled in (False, True):  # at once, and when the postings have caught up
        if filled:
            run(filling(desk, changed=1, tail=1), 10_000)
        assert ask(desk, Query("查清")) == ask(desk, Query("吴敏 监察 王建国")) == [third]
        assert ask(desk, Query("值守")) == ask(desk, Query("周局长")) == [on_day.entry_id]
    caught_up = desk.ask(_kept)
    with behind_its_back(register) as execute:
        execute("DELETE FROM derived_state WHERE name = 'find.layout'")
    run(filling(desk, tail=1), 10_000)
    assert desk.ask(_kept) == caught_up
    desk.do(entries.void, third, "误登", uid=new_uid())
    assert [row.void_reason for row in desk.ask(find.entries, Query("查清"))] == ["误登"]


def _kept(session: Session) -> list[tuple[object, ...]]:
    query = select(tables.posting).order_by(tables.posting.c.block, tables.posting.c.piece)
    return [tuple(row) for row in session.connection().execute(query)]


def test_postings_laid_out_as_an_older_version_did_are_filled_anew(
    register: str, open_desk: OpenDesk, clock: Clock, dice: random.Random
) -> None:
    desk = open_desk(register)
    chance.live(desk, dice, 90, clock)
    run(filling(desk), 10_000)
    with behind_its_back(register) as execute:
        execute("DELETE FROM derived_state WHERE name = 'find.layout'")
    index = filling(desk, span=2 * SPAN)
    assert index.progress()[0] == 0
    for steps in (1, 5, 10_000):
        run(index, steps)
        compare(desk, dice, 8)
    kept = desk.ask(lambda session: state.read(session.connection()))
    assert kept.indexed > SPAN
    assert kept.span == 2 * SPAN
    assert index.progress()[0] == index.progress()[1]


def test_a_page_says_what_another_desk_has_just_changed(register: str, open_desk: OpenDesk) -> None:
    desk, other = open_desk(register), open_desk(register, desk="B", operator="李静")
    known = desk.ask(directory.catalogue)
    department, matter = known.departments[0], known.matters[0]
    first = add(desk, visit("社保", department_id=department.id, matter_id=matter.id)).entry_id
    assert desk.ask(find.entries, Query("社保"))[0].department_name == department.name
    second = add(other, visit("社保", parties=(person("王建国"),))).entry_id
    assert ask(desk, Query("社保")) == [second, first]
    other.do(directory.save_department, replace(department, name="信访"), uid=new_uid())
    other.do(directory.save_matter, replace(matter, name="社保卡"), uid=new_uid())
    other.do(referrals.refer, second, NewReferral(department.id), uid=new_uid())
    assert ask(desk, Query("社保")) == [second, first]
    assert ask(desk, Query("卡")) == [first]
    rows = desk.ask(find.entries, Query("社保"))
    assert [row.department_name for row in rows] == ["信访", "信访"]
    assert [row.operator for row in rows] == ["李静", desk.operator]
    assert rows[0].referral_status is ReferralStatus.OPEN
    assert ask(desk, Query("社保", operator="李静")) == [second]
    run(filling(desk, tail=1), 10_000)
    other.do(entries.void, first, "误登", uid=new_uid())
    assert [row.void_reason for row in desk.ask(find.entries, Query("社保"))] == ["", "误登"]


def test_a_change_while_its_entry_is_being_indexed_is_not_lost(register: str, open_desk: OpenDesk) -> None:
    desk = open_desk(register)
    receipts = [add(desk, visit(f"事由{n:02}")) for n in range(20)]
    index = filling(desk)
    while not desk.ask(_postings):  # the texts were read, the batch is not finished
        assert index.step() or not is_server(register)
    desk.do(entries.correct, receipts[5].entry_id, {"subject": "改过"}, uid=new_uid())
    run(index, 10_000)
    assert ask(desk, Query("改过")) == [receipts[5].entry_id]
    assert ask(desk, Query("事由05")) == []


def _postings(session: Session) -> int:
    return session.connection().scalar(select(func.count()).select_from(tables.posting)) or 0


def test_an_entry_that_is_committed_late_is_never_passed_over(
    server_register: str, open_desk: OpenDesk
) -> None:
    slow, quick = open_desk(server_register), open_desk(server_register, desk="B")
    add(slow), add(quick)
    index, inside, may_end = filling(quick), threading.Event(), threading.Event()

    def held(session: Session) -> int:
        """Take an id, and commit long after the others."""
        receipt = entries.register(session, visit("迟到"))
        inside.set()
        may_end.wait(20)
        return receipt.entry_id

    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(slow.do, held)
        assert inside.wait(20)
        after = [add(quick, visit("早到")).entry_id for _ in range(30)]
        for _ in range(20):
            index.step()
        assert quick.ask(lambda session: state.read(session.connection())).indexed == 0
        assert ask(quick, Query("早到")) == after[::-1]
        may_end.set()
        assert late.result() < after[0]
    run(index, 10_000)
    assert quick.ask(lambda session: state.read(session.connection())).indexed > late.result()
    assert ask(quick, Query("迟到")) == [late.result()]
    index.close()


def test_a_search_goes_on_after_a_server_has_cut_every_connection(
    server_register: str, open_desk: OpenDesk
) -> None:
    desk = open_desk(server_register)
    entry_id = add(desk, visit("社保", parties=(person("王建国"),))).entry_id
    with ThreadPoolExecutor(3) as several:  # so that several connections lie in the pool
        assert list(several.map(lambda word: ask(desk, Query(word)), ("社保",) * 9)) == [[entry_id]] * 9
    cut = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )
    with behind_its_back(server_register) as execute:
        assert execute(cut)
        assert ask(desk, Query("社保")) == [entry_id]
        assert execute(cut)
        assert [one.name for one in desk.ask(people.recall, "王建国")] == ["王建国"]


def test_fillers_are_killed_and_others_write_and_nothing_is_missed(
    register: str, open_desk: OpenDesk, clock: Clock, dice: random.Random
) -> None:
    desk = open_desk(register)
    chance.live(desk, dice, 120, clock)
    for _ in range(3):
        with Hands(register, "fill", SPAN, copies=2) as hands:
            for _ in range(dice.randint(1, 12)):
                hands.line()
            chance.live(desk, dice, 10, clock)
            hands.kill()
        compare(desk, dice, 15)
    with Hands(register, "fill", SPAN, copies=2):
        chance.live(desk, dice, 20, clock)
    run(filling(desk), 10_000)
    assert compare(desk, dice, 30) > 50


def test_only_one_of_two_fillers_works_and_one_that_slept_writes_nothing_more(
    register: str, open_desk: OpenDesk
) -> None:
    desk, other = open_desk(register), open_desk(register, desk="B")
    for n in range(20):
        add(desk, visit(f"事由{n:02}"))
    fillers = (indexing.Filler(span=SPAN, tail=5),)
    first, second = (
        Filling(desk, fillers, Pace(5, 0.0), claim=60),
        Filling(other, fillers, Pace(5, 0.0), claim=0),
    )
    while not first.step():
        pass
    assert not any(second.step() for _ in range(5))
    late = Filling(other, fillers, Pace(5, 0.0), claim=60)
    with behind_its_back(register) as execute:  # a night later
        execute("UPDATE derived_state SET value = 1 WHERE name = 'claim.until'")
    run(late, 10_000)
    assert late.progress() == (20, 20)
    before = desk.ask(_postings)
    assert not first.step()
    assert desk.ask(_postings) == before
    late.close()
