"""A print is told by the journal, found again by its code, and its sheet compared line by line."""

from __future__ import annotations

import dataclasses
import signal
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pypdf
import pytest
from sqlalchemy import select

from reception import proofs, tables, wording
from reception.context import Session
from reception.desk import Desk
from reception.errors import InputError, NotFoundError, StateError
from reception.facts.printing import Stamp
from reception.operations import (
    directory,
    entries,
    pictures,
    printing,
    undoing,
)
from reception.paper import making, prints, sheet_words
from reception.store import backup, check, restore
from reception.store.changes import Watcher
from tests.cli.running import ROOT, environment
from tests.factories import (
    CLERK,
    TODAY,
    Clock,
    OpenDesk,
    add,
    behind_its_back,
    changed,
    new_uid,
    person,
    visit,
)
from tests.paper.printed import CHANGED, NEW, print_day, told, verified


def test_a_print_is_found_by_its_code_and_says_that_nothing_changed(desk: Desk, clock: Clock) -> None:
    add(desk)
    stamp = print_day(desk)
    assert (stamp.count, stamp.made_by, stamp.made_at, stamp.preview) == (1, CLERK, clock.now, False)
    assert len(stamp.head) == 8
    clock.go(hours=3)
    found = desk.ask(prints.verify, f" {proofs.shown(stamp.code).lower()} ")
    assert found.same
    assert found.sheet.head == stamp.head
    assert (found.sheet.form, found.sheet.subject, found.sheet.made_by) == ("daily_sheet", str(TODAY), CLERK)
    assert check.run(desk).entries == 1


def test_the_head_on_the_paper_is_the_journals_after_the_prints_own_line(desk: Desk) -> None:
    stamp = print_day(desk)

    def head(session: Session) -> bytes:
        query = select(tables.desk.c.head_hash).where(tables.desk.c.code == "")
        return bytes(session.connection().execute(query).scalar_one())

    assert desk.ask(head).hex().upper().endswith(stamp.head)
    add(desk)
    assert not desk.ask(head).hex().upper().endswith(stamp.head)
    assert verified(desk, stamp).sheet.head == stamp.head


# What counts.


def test_prints_of_the_same_are_counted_and_others_are_not(desk: Desk) -> None:
    assert [print_day(desk).count for _ in range(3)] == [1, 2, 3]
    assert print_day(desk, day=TODAY - 1).count == 1
    assert print_day(desk, of="").count == 4
    roll = desk.ask(prints.gather, "roll_call", "zh_CN")
    assert (roll.count, desk.do(printing.commit, roll.promise, uid=new_uid()).count) == (1, 1)
    assert desk.ask(prints.gather, "daily_sheet", "en", day=TODAY).count == 5
    assert verified(desk, print_day(desk)).prints == 5


def test_a_preview_is_no_print(desk: Desk) -> None:
    before = check.run(desk).lines
    gathered = desk.ask(prints.gather, "daily_sheet", "zh_CN", day=TODAY)
    assert gathered.preview_stamp.preview
    assert gathered.preview_stamp.code == ""
    assert check.run(desk).lines == before


def test_the_same_act_again_is_of_the_same_moment(desk: Desk, clock: Clock) -> None:
    add(desk)
    uid = new_uid()
    roll = desk.ask(prints.gather, "roll_call", "zh_CN", uid=uid)
    stamp = desk.do(printing.commit, roll.promise, uid=uid)
    clock.go(minutes=5)
    again = desk.ask(prints.gather, "roll_call", "zh_CN", uid=uid)
    assert again.data == roll.data
    assert desk.do(printing.commit, again.promise, uid=uid) == stamp


def test_the_same_act_again_is_the_same_print(desk: Desk, clock: Clock) -> None:
    entry, uid = add(desk), new_uid()
    print_day(desk)
    desk.do(entries.set_outcome, entry.entry_id, "已告知", uid=new_uid())
    gathered = desk.ask(prints.gather, "daily_sheet", "zh_CN", uid=uid, day=TODAY)
    stamp = desk.do(printing.commit, gathered.promise, uid=uid)
    assert (stamp.count, stamp.corrected) == (2, frozenset({f"entry:{entry.entry_id}"}))
    clock.go(minutes=5)
    assert desk.do(printing.commit, gathered.promise, uid=uid) == stamp
    again = desk.ask(prints.gather, "daily_sheet", "zh_CN", uid=uid, day=TODAY)
    assert desk.do(printing.commit, again.promise, uid=uid) == stamp
    add(desk)
    with pytest.raises(StateError, match="Print it anew"):  # else the stamp would stand on another sheet
        desk.ask(prints.gather, "daily_sheet", "zh_CN", uid=uid, day=TODAY)
    other = new_uid()
    desk.do(entries.set_outcome, entry.entry_id, "又告知", uid=other)
    with pytest.raises(InputError, match="one of its own"):
        desk.ask(prints.gather, "daily_sheet", "zh_CN", uid=other, day=TODAY)
    assert print_day(desk).count == 3


def test_two_desks_that_print_at_once_count_apart(register: str, open_desk: OpenDesk) -> None:
    one, other = open_desk(register), open_desk(register, desk="B")
    add(one)
    rounds = 6

    def some(desk: Desk) -> list[Stamp]:
        return [print_day(desk) for _ in range(rounds)]

    with ThreadPoolExecutor(2) as pool:
        stamps = [stamp for each in pool.map(some, (one, other)) for stamp in each]
    assert sorted(stamp.count for stamp in stamps) == list(range(1, 2 * rounds + 1))
    assert len({stamp.code for stamp in stamps}) == 2 * rounds
    assert all(verified(one, stamp).same for stamp in stamps)
    check.run(one)


# What is wrong with a code.


def test_a_code_is_read_however_it_is_typed_and_refused_if_mistyped(desk: Desk) -> None:
    code = print_day(desk).code
    shown = proofs.shown(code)
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in shown)
    for typed in (shown, shown.lower(), code, wide, f"{code[:2]} {code[2:]}", shown.replace("-", "–")):
        assert desk.ask(prints.verify, typed).same
    with pytest.raises(NotFoundError, match="No sheet with the code"):
        desk.ask(prints.verify, proofs.code_of(new_uid()))
    for typed in ("", "7K3Q", f"{code}0", "7K3Q-9ZT!", "七字之码之类的字"):
        with pytest.raises(InputError, match="no code of a sheet"):
            desk.ask(prints.verify, typed)


def test_every_mistyped_sign_and_every_two_that_changed_places_are_told() -> None:
    for seed in range(60):
        code = proofs.code_of(uuid.UUID(int=seed))
        assert proofs.read_code(proofs.shown(code)) == code
        assert proofs.read_code(code.replace("0", "O").replace("1", "l")) == code
        wrong = [
            code[:at] + sign + code[at + 1 :] for at in range(8) for sign in proofs.SIGNS if sign != code[at]
        ]
        for at in range(8):
            for to in range(at + 1, 8):
                if code[at] != code[to]:
                    signs = list(code)
                    signs[at], signs[to] = signs[to], signs[at]
                    wrong.append("".join(signs))
        for one in wrong:
            with pytest.raises(InputError, match="mistyped"):
                proofs.read_code(one)


# What is kept, and for how long.


def test_nothing_that_stands_in_a_line_lies_in_the_open(desk: Desk) -> None:
    add(desk, visit("绝密之事由", parties=(person("诸葛建国", phone="13812345678"),)))
    print_day(desk)

    def rows(session: Session) -> list[str]:
        connection = session.connection()
        kept = [repr(dict(row)) for row in connection.execute(select(tables.printed)).mappings()]
        lines = select(tables.private.c.changes).join(
            tables.journal, tables.journal.c.id == tables.private.c.journal_id
        )
        return [*kept, *connection.scalars(lines.where(tables.journal.c.subject_kind == "printed"))]

    said = "".join(desk.ask(rows))
    assert str(TODAY) in said
    for secret in ("诸葛", "13812345678", "绝密", "诸葛建国".encode().hex(), repr("诸葛建国".encode())[2:-1]):
        assert secret not in said


def test_one_line_twice_has_another_digest_in_another_print() -> None:
    lines = [("entry:1", ["张建国", 1]), ("entry:2", ["张建国", 1])]
    once, again = (proofs.digests(salt, lines) for salt in (b"1" * 16, b"2" * 16))
    assert len({*once.values(), *again.values()}) == 4
    assert proofs.unpack(proofs.pack(once, {"entry:2"})) == (once, frozenset({"entry:2"}))
    assert proofs.unpack(proofs.pack({})) == ({}, frozenset())
    assert proofs.shape_of(proofs.pack(once, shape=7)) == 7
    former = b"\x01" + proofs.pack(once, {"entry:2"}, 7)[2:]  # as it was packed without the shape
    assert proofs.unpack(former) == (once, frozenset({"entry:2"}))
    assert proofs.shape_of(former) == 0
    with pytest.raises(ValueError, match="second time"):
        proofs.digests(b"", [("head", 1), ("head", 2)])
    with pytest.raises(ValueError, match="packed"):
        proofs.unpack(b"\x01nothing")


def test_when_the_salt_is_erased_the_chain_still_holds_and_the_sheet_cannot_be_compared(desk: Desk) -> None:
    add(desk)
    stamp = print_day(desk)
    with behind_its_back(desk.place.text) as execute:
        execute("UPDATE printed SET salt = NULL")
    check.run(desk)
    with pytest.raises(StateError, match="erased"):
        verified(desk, stamp)
    assert print_day(desk).corrected == frozenset()


def test_what_nothing_in_the_trail_explains_is_told_so(desk: Desk) -> None:
    first, second = add(desk), add(desk)
    stamp = print_day(desk)
    with behind_its_back(desk.place.text) as execute:
        execute(f"UPDATE entry SET subject = '办医保卡' WHERE id = {first.entry_id}")
    desk.do(entries.set_outcome, second.entry_id, "已办", uid=new_uid())
    found = verified(desk, stamp)
    by_number = {one.number: one.explained for one in found.differences}
    assert by_number[first.number] is False
    assert by_number[second.number] is True
    assert found.unexplained == 1
    assert "behind the program's back" in sheet_words.unexplained(found, wording.load("en"))
    fact = next(one for one in desk.ask(directory.catalogue).departments if one.code == "JC")
    desk.do(directory.save_department, dataclasses.replace(fact, name="别科"), uid=new_uid())
    assert verified(desk, stamp).unexplained == 0  # what is done around them may explain it


def test_of_days_to_come_nothing_is_printed(desk: Desk) -> None:
    add(desk)
    wanted: list[tuple[str, dict[str, Any]]] = [
        ("daily_sheet", {"day": 20300101}),
        ("visitor_register", {"first_day": 20300101, "last_day": 20300131}),
        ("ledger", {"year": 2030}),
    ]
    for name, arguments in wanted:
        with pytest.raises(InputError, match="2030-01-01: that day is still to come"):
            desk.ask(prints.gather, name, "en", **arguments)
    assert desk.ask(prints.gather, "daily_sheet", "en", day=TODAY).count == 1


def test_a_line_of_the_journal_that_was_changed_is_told(desk: Desk) -> None:
    stamp = print_day(desk)
    print_day(desk)
    assert verified(desk, stamp).same
    with behind_its_back(desk.place.text) as execute:
        if desk.place.is_server:
            execute("SET session_replication_role = replica")
        else:
            execute("DROP TRIGGER journal_no_update")
        execute("UPDATE journal SET operator = '赵敏' WHERE verb = 'print'")
    found = verified(desk, stamp)
    assert (found.holds, found.same, found.differences) == (False, False, ())


def test_a_print_cannot_be_taken_back(desk: Desk) -> None:
    entry, uid = add(desk), new_uid()
    print_day(desk, uid)
    with pytest.raises(StateError, match="A print cannot be taken back"):
        desk.do(undoing.undo, uid, uid=new_uid())
    # what is taken back is what was done before it
    assert desk.do(undoing.undo_last, uid=new_uid()).number == entry.number


def test_a_print_is_told_to_whoever_follows_the_journal(desk: Desk) -> None:
    watcher = Watcher(desk)
    print_day(desk)
    (change,) = watcher.poll()
    assert change.subject_kind == "printed"
    assert watcher.poll() == ()


def test_a_department_prints_and_verifies_nothing(register: str, open_desk: OpenDesk) -> None:
    desk = open_desk(register)
    add(desk)
    gathered = desk.ask(prints.gather, "daily_sheet", "zh_CN", day=TODAY)
    stamp = print_day(desk)
    inbox = open_desk(register, department="JC", operator="钱工")
    for attempt in (
        lambda: inbox.ask(prints.gather, "daily_sheet", "zh_CN", day=TODAY),
        lambda: inbox.do(printing.commit, gathered.promise, uid=new_uid()),
        lambda: inbox.ask(prints.verify, stamp.code),
    ):
        with pytest.raises(StateError, match="the desk's work"):
            attempt()


def test_prints_come_back_with_a_backup_and_those_made_since_are_unknown(
    desk: Desk, open_desk: OpenDesk, tmp_path: Path
) -> None:
    entry = add(desk)
    logo = desk.do(pictures.keep, "徽标.png", b"\x89PNG\r\n\x1a\n" + bytes(400), uid=new_uid())
    kept = print_day(desk)
    copy, place = tmp_path / "copy.sqlite", desk.place.text
    backup.backup(desk, copy)
    lost = print_day(desk)
    desk.close()
    restore.restore(place, copy, clock=desk.clock)
    back = open_desk(place)
    assert verified(back, kept).same
    with pytest.raises(NotFoundError, match=r"restored from a backup: what was printed between 2026-11-2\d "):
        verified(back, lost)
    again = print_day(back)
    assert (again.count, kept.restored, lost.restored) == (2, "", "")
    number = add(back).number
    assert again.restored in number  # two sheets say that they are the second: one of them since when
    assert again.restored.startswith("R")
    gathered = back.ask(prints.gather, "daily_sheet", "en", day=TODAY)
    path = tmp_path / "again.pdf"
    making.write("daily_sheet", gathered.data, wording.load("en"), gathered.style, again, path)
    said = pypdf.PdfReader(path).pages[0].extract_text()
    assert f"Print no. 2 known since restore {again.restored}" in " ".join(said.split())
    back.do(entries.set_outcome, entry.entry_id, "已办", uid=new_uid())
    assert told(verified(back, kept)) == {(entry.number, CHANGED), (number, NEW)}
    assert back.ask(pictures.content, logo) == b"\x89PNG\r\n\x1a\n" + bytes(400)
    check.run(back)


# From the register to the paper.

_KILLED = """
import os, sys, uuid
from reception.desk import Desk
from reception.operations import printing
from reception.paper import daily_sheet, making, prints, sheet_words
desk = Desk.open(sys.argv[1], operator="王芳")
gathered = desk.ask(prints.gather, "daily_sheet", "zh_CN", day=20261123)
stamp = desk.do(printing.commit, gathered.promise, uid=uuid.UUID(sys.argv[2]))
os.kill(os.getpid(), 9)
"""


def test_killed_before_it_is_on_paper_the_print_counts_and_can_be_made_again(
    desk: Desk, tmp_path: Path
) -> None:
    add(desk)
    uid, path = new_uid(), tmp_path / "sheet.pdf"
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, desk.place.text, str(uid)], cwd=ROOT, env=environment(), check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert desk.ask(printing.count, "daily_sheet", str(TODAY)) == 1
    # whoever knows the act makes the very same sheet; whoever does not makes a reprint
    gathered = desk.ask(prints.gather, "daily_sheet", "zh_CN", uid=uid, day=TODAY)
    stamp = desk.do(printing.commit, gathered.promise, uid=uid)
    assert stamp.count == 1
    making.write("daily_sheet", gathered.data, wording.load("zh_CN"), gathered.style, stamp, path)
    assert list(tmp_path.glob("*.pdf")) == [path]
    assert stamp.code[:4] in pypdf.PdfReader(path).pages[0].extract_text()
    assert print_day(desk).count == 2
    check.run(desk)


def test_a_year_of_entries_is_sealed_in_a_short_transaction(file_register: str, open_desk: OpenDesk) -> None:
    desk = open_desk(file_register)
    lines = [(f"entry:{at}", ["20261123-001", "张建国", "某村三组", at]) for at in range(50_000)]
    digests = proofs.digests(b"0" * 16, lines)
    packed = proofs.pack(digests)
    assert len(packed) < 1_100_000
    gathered = desk.ask(prints.gather, "daily_sheet", "zh_CN", day=TODAY)
    promise = changed(
        gathered.promise, digests=packed, digest=proofs.sha256(packed), lines=len(lines), subject="2026"
    )
    assert desk.do(printing.commit, promise, uid=new_uid()).count == 1
    check.run(desk)
    lines[40_000] = ("entry:40000", ["20261123-001", "张建囯", "某村三组", 40_000])
    now = proofs.digests(b"0" * 16, lines)
    kept = desk.ask(printing.last, "daily_sheet", "2026")
    assert kept is not None
    assert [key for key in now if now[key] != kept.lines[key]] == ["entry:40000"]
