"""What others did is noticed, whoever and wherever they are."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from reception.context import Session
from reception.facts import Change, DepartmentFact, Receipt
from reception.operations import directory, entries, site
from reception.store import backup, changes
from reception.store.changes import EVERYTHING, Watcher
from reception.store.restore import restore
from tests.factories import Clock, OpenDesk, add, new_uid, visit
from tests.hands import Hands


def test_nothing_happened_nothing_is_told(register: str, open_desk: OpenDesk) -> None:
    add(open_desk(register))
    watcher = Watcher(open_desk(register))
    assert watcher.poll() == watcher.poll() == ()


def test_each_subject_is_told_once(register: str, open_desk: OpenDesk) -> None:
    desk, b = open_desk(register), open_desk(register, desk="B", operator="李静")
    watcher = Watcher(open_desk(register))
    first, second = add(desk), add(b)
    desk.do(entries.leave, second.entry_id, uid=new_uid())
    department = desk.do(directory.save_department, DepartmentFact(0, "XK", "新科室"), uid=new_uid())
    desk.do(site.save, {"footer": "新页脚"}, uid=new_uid())
    told = watcher.poll()
    assert len(told) == len(set(told))
    found = {(one.subject_kind, one.subject_id) for one in told}
    assert {("entry", first.entry_id), ("entry", second.entry_id), ("department", department.id)} <= found
    assert {kind for kind, _ in found} == {"entry", "department", "setting", "desk", "operator"}
    assert watcher.poll() == ()


def test_another_process_is_noticed(register: str, open_desk: OpenDesk) -> None:
    watcher = Watcher(open_desk(register))
    with Hands(register, "register", "C", 3) as hands:
        told = hands.lines()
    found = [one for one in watcher.poll() if one.subject_kind == "entry"]
    assert len(found) == len(told) == 3


def test_the_slower_of_two_desks_is_not_skipped(server_register: str, open_desk: OpenDesk) -> None:
    """A's line has the smaller id, and is committed after B's was seen."""
    a, b = open_desk(server_register, desk="A"), open_desk(server_register, desk="B")
    add(a)
    add(b)
    watcher = Watcher(open_desk(server_register))
    inside, may_end, results = threading.Event(), threading.Event(), []

    def slowly(session: Session) -> Receipt:
        receipt = entries.register(session, visit())
        inside.set()
        may_end.wait(20)
        return receipt

    slow = threading.Thread(target=lambda: results.append(a.do(slowly)))
    slow.start()
    assert inside.wait(20)
    faster = add(b)
    assert watcher.poll() == (Change("entry", faster.entry_id),)
    may_end.set()
    slow.join()
    assert results[0].entry_id < faster.entry_id
    assert watcher.poll() == (Change("entry", results[0].entry_id),)


def test_very_much_at_once_is_told_as_everything(
    register: str, open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "MOST", 3)
    desk = open_desk(register)
    watcher = Watcher(desk)
    for _ in range(4):
        add(desk)
    assert watcher.poll() == (EVERYTHING,)
    add(desk)
    assert [one.subject_kind for one in watcher.poll()] == ["entry"]


def test_a_restore_is_noticed_even_if_the_journal_is_as_long_as_before(
    server_register: str, open_desk: OpenDesk, tmp_path: Path, clock: Clock
) -> None:
    desk = open_desk(server_register)
    add(desk)
    kept = backup.backup(desk, tmp_path / "b.sqlite")
    add(desk)
    watcher = Watcher(desk)
    restore(server_register, kept, clock=clock)  # one line gone, one of the restore come
    assert watcher.poll() == (EVERYTHING,)
    assert watcher.poll() == ()
    add(desk)
    assert [one.subject_kind for one in watcher.poll()] == ["entry"]


def test_a_poll_that_failed_misses_nothing(server_register: str, open_desk: OpenDesk) -> None:
    desk, other = open_desk(server_register), open_desk(server_register, desk="B")
    add(other)
    watcher = Watcher(desk)
    receipt = add(other)
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(desk, "ask", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            watcher.poll()
    assert watcher.poll() == (Change("entry", receipt.entry_id),)
