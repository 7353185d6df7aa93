"""The check names the first thing wrong, whoever did it behind the program's back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reception.errors import DeskError, RegisterUnusableError
from reception.store import check
from reception.store.wrong import MOST
from reception.wording import load
from tests.factories import OpenDesk, behind_its_back, is_server
from tests.store.conftest import ENTRIES

OF = "SELECT id FROM entry WHERE subject = '{}'"
FIRST, SECOND, GROUP = OF.format("拖欠工资"), OF.format("社保卡"), OF.format("来了一群")
PART = f"entry_id = ({FIRST}) AND role = 'lead'"

RECORDS = [
    (f"UPDATE entry SET subject = '别的事' WHERE id = ({SECOND})", "20261123-002 differs .* Subject"),
    (f"UPDATE entry SET request = '' WHERE id = ({FIRST})", "20261123-001 .* Request"),
    (f"UPDATE entry SET outcome = '未办' WHERE id = ({SECOND})", "20261123-002 .* Outcome"),
    (f"UPDATE entry SET act = 'answered' WHERE id = ({SECOND})", "20261123-002 .* Act"),
    (f"UPDATE entry SET status = 'finished' WHERE id = ({FIRST})", "20261123-001 .* Status"),
    (f"UPDATE entry SET department_id = 1 WHERE id = ({SECOND})", "20261123-002 .* Department"),
    (f"UPDATE entry SET matter_id = NULL WHERE id = ({SECOND})", "20261123-002 .* Matter of the catalogue"),
    (f"UPDATE entry SET operator_id = 2 WHERE id = ({SECOND})", "20261123-002 .* Clerk"),
    (f"UPDATE entry SET party_size = 1 WHERE id = ({FIRST})", "20261123-001 .* People"),
    (f"UPDATE entry SET people_concerned = 0 WHERE id = ({FIRST})", "20261123-001 .* People concerned"),
    (f"UPDATE entry SET received_at = waiting_since WHERE id = ({OF.format('乙台来访')})", None),
    (f"UPDATE entry SET received_at = '2026-11-23 00:00:00' WHERE id = ({SECOND})", "002 .* Received at"),
    (f"UPDATE entry SET left_at = NULL WHERE id = ({SECOND})", "20261123-002 .* Left at"),
    (f"UPDATE entry SET sequence = 9 WHERE id = ({SECOND})", "20261123-009 .* Number"),
    (f"UPDATE entry SET day = 20261124 WHERE id = ({SECOND})", "20261124-002 .* Day"),
    (f"UPDATE entry SET version = 9 WHERE id = ({SECOND})", "20261123-002 .* Number of changes"),
    (f"UPDATE entry SET line = 1 WHERE id = ({SECOND})", "20261123-002 .* Number of changes"),
    (
        "UPDATE entry SET status = 'open', void_reason = '' WHERE status = 'void'",
        "004 .* Status, Why void",
    ),
    (f"UPDATE entry_party SET phone = '110' WHERE entry_id = ({FIRST})", "20261123-001 .* Phone"),
    (f"UPDATE entry_party SET phone_digits = '1' WHERE entry_id = ({SECOND})", "002 .* Phone"),
    ("UPDATE entry_party SET name = '李四' WHERE name = '李代表'", "20261123-001 .* Name"),
    ("UPDATE entry_party SET document_number = '' WHERE document_number <> ''", "001 .* Number of document"),
    ("DELETE FROM entry_party WHERE name = '赵代表'", "20261123-001 .* Name, Place among the persons"),
    (
        "INSERT INTO entry_party (id, entry_id, position, name, phone, phone_digits, organisation, "
        f"document_type, document_number) VALUES (999, ({GROUP}), 1, '乙', '', '', '', '', '')",
        "20261123-005 .* Name",
    ),
    ("UPDATE referral SET status = 'closed'", "20261123-001 .* Status"),
    ("UPDATE referral SET instruction = '不急'", "20261123-001 .* Instruction"),
    (f"UPDATE referral_part SET answer = '未支付' WHERE {PART}", "20261123-001 .* Answer"),
    (f"UPDATE referral_part SET told_whom = '' WHERE {PART}", "20261123-001 .* Told whom"),
    (f"UPDATE referral_part SET answered_at = NULL WHERE {PART}", "20261123-001 .* Answered at"),
    ("DELETE FROM referral_part WHERE role = 'assist'", "20261123-001 .* Role"),
    ("UPDATE setting SET value = '旧页脚' WHERE key = 'footer'", "Setting footer differs .* Value"),
    ("DELETE FROM setting WHERE key = 'own_setting'", "Setting own_setting is in the journal"),
    ("INSERT INTO setting (id, key, value) VALUES (999, 'extra', 'x')", "Setting extra .* no line"),
    ("UPDATE department SET phone = '110' WHERE code = 'XK'", "Department XK differs .* Phone"),
    ("UPDATE department SET active = (1 = 0) WHERE code = 'XK'", "Department XK differs .* In use"),
    ("DELETE FROM department WHERE code = 'XK'", "Department XK is in the journal"),
    ("UPDATE matter SET materials = '' WHERE materials <> ''", "Matter .* Papers to bring"),
    ("UPDATE operator SET name = '赵敏' WHERE name = '李静'", "Clerk 赵敏 differs .* Name"),
    ("UPDATE desk SET name = '丙' WHERE code = 'B'", "Desk B differs .* Name"),
    ("UPDATE desk SET epoch_day = 20270101 WHERE code = 'B'", "Desk B differs .* Latest day with numbers"),
    ("UPDATE printed SET count = 3 WHERE count = 2", "Printed sheet .* How often it was printed"),
    (
        "UPDATE printed SET subject = '20261122' WHERE count = 2",
        "Printed sheet .* What it is a print of",
    ),
    ("UPDATE printed SET code = 'ABCDEFGH' WHERE count = 2", "Printed sheet ABCD-EFGH differs .* Code"),
    (
        "UPDATE printed SET heads = '{}' WHERE count = 2",
        "Printed sheet .* How far the journals went",
    ),
    ("DELETE FROM printed WHERE count = 2", "Printed sheet .* is in the journal"),
    (
        "UPDATE printed SET digests = (SELECT digests FROM printed WHERE count = 1)",
        "What is kept of the print .* is not",
    ),
    (
        "UPDATE printed SET salt = (SELECT salt FROM printed WHERE count = 1)",
        "What is kept of the print .* is not",
    ),
    (
        "UPDATE picture SET content = (SELECT salt FROM printed WHERE count = 1)",
        "picture 徽标.png is not the",
    ),
    ("UPDATE picture SET name = '别的'", "Picture 别的 differs .* Name"),
]
LAST = "(SELECT max(id) FROM journal WHERE desk_id = 1)"
CHAIN = [
    (
        f"UPDATE journal SET operator = '赵敏' WHERE id = {LAST}",
        "Line .* of desk .without a code. was",
    ),
    (
        "UPDATE journal SET verb = 'correct' WHERE verb = 'void'",
        "Line .* of desk .without a code. was",
    ),
    ("UPDATE journal SET at = '2026-11-23 00:00:00' WHERE verb = 'void'", "Line .* was changed"),
    ("UPDATE journal SET subject_id = subject_id + 1 WHERE verb = 'void'", "Line .* was changed"),
    (f"UPDATE journal SET sequence = sequence + 1 WHERE id = {LAST}", "Line .* is missing"),
    ("UPDATE journal SET previous = hash WHERE verb = 'void'", "Line .* does not follow"),
    ("UPDATE journal SET digest = hash WHERE verb = 'void'", "values of line .* were changed"),
    ("UPDATE journal SET hash = digest WHERE verb = 'void'", "Line .* was changed"),
    (
        "UPDATE journal_private SET changes = replace(changes, '重复登记', '重复') "
        "WHERE journal_id = (SELECT id FROM journal WHERE verb = 'void')",
        "values of line .* were changed",
    ),
    (
        "UPDATE journal_private SET salt = '0123456789abcdef' WHERE journal_id = 3",
        "values of line 3 .* were changed",
    ),
    (f"DELETE FROM journal_private WHERE journal_id = {LAST}", "values of line .* are missing"),
    (
        f"DELETE FROM journal_private WHERE journal_id = {LAST}; DELETE FROM journal WHERE id = {LAST}",
        "does not end where",
    ),
    (
        "DELETE FROM journal_private WHERE journal_id = 3; DELETE FROM journal WHERE id = 3",
        "Line 3 of the journal of desk .without a code. is missing",
    ),
    ("UPDATE desk SET head_sequence = head_sequence - 1 WHERE code = 'B'", "journal of desk B does not end"),
    ("UPDATE desk SET head_hash = 'x' WHERE code = 'B'", "journal of desk B does not end"),
    ("UPDATE desk SET code = 'C' WHERE code = 'B'", "Line 1 of the journal of desk C was changed"),
]


def _unseal(place: str, execute: Callable[[str], Any]) -> list[str]:
    """Take the triggers away as somebody would who knows SQL; how to put them back."""
    if is_server(place):
        execute("SET session_replication_role = replica")
        return []
    triggers = execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    for name, _ in triggers:
        execute(f"DROP TRIGGER {name}")
    return [sql for _, sql in triggers]


def _wrong(place: str, open_desk: OpenDesk) -> str:
    with pytest.raises(RegisterUnusableError) as wrong:
        check.run(open_desk(place))
    said = str(wrong.value)
    assert "{" not in said
    assert "\n" not in said
    return said


PERSONS = [
    ("UPDATE person SET name = '王假' WHERE name = '甲'", "Name"),
    ("UPDATE person SET organisation = '别处' WHERE name = '张建国'", "Organisation or address"),
    ("UPDATE person_phone SET digits = '13911112222' WHERE digits = '13800138000'", "Phone"),
    ("UPDATE person_phone SET shown = '13911112222' WHERE digits = '13800138000'", "Phone"),
    ("UPDATE person_phone SET digits = '110', shown = '110' WHERE digits = '13800138000'", "Phone"),
]


@pytest.mark.parametrize(("statement", "said"), PERSONS, ids=range(len(PERSONS)))
def test_what_no_entry_ever_said_of_a_person_is_told(
    old_register: str, open_desk: OpenDesk, statement: str, said: str
) -> None:
    with behind_its_back(old_register) as execute:
        execute(statement)
    told = _wrong(old_register, open_desk)
    assert re.search(f"^Person .*no entry ever said what stands there .{said}.", told)


def test_all_that_is_wrong_is_told_and_of_very_much_how_much_more(
    old_register: str, open_desk: OpenDesk
) -> None:
    with behind_its_back(old_register) as execute:
        seals = _unseal(old_register, execute)
        execute("UPDATE journal SET verb = 'correct' WHERE verb = 'void'")
        execute("UPDATE journal SET operator = '赵敏' WHERE id = 3")
        for seal in seals[1:]:
            execute(seal)
        execute(f"UPDATE entry SET subject = '别的事' WHERE id IN (({FIRST}), ({SECOND}))")
        execute("UPDATE department SET name = '别科' WHERE code = 'XF'")
        execute("UPDATE person SET name = '王假' WHERE name = '甲'")
        execute("UPDATE printed SET salt = (SELECT salt FROM printed WHERE count = 1)")
    report = check.find(open_desk(old_register))
    said = "\n".join(trouble.say(load("en").gettext) for trouble in report.troubles)
    wanted = [
        *([] if is_server(old_register) else ["The seals that keep"]),
        "Line 3 of the journal of desk (without a code) was changed.",
        "Department XF differs from its trail: What it is called.",
        "20261123-001 differs from its trail: Subject.",
        "20261123-002 differs from its trail: Subject.",
        "no entry ever said what stands there (Name)",
        "What is kept of the print",
    ]
    assert [one for one in wanted if one not in said] == []
    assert report.more == 0
    chinese = "".join(trouble.say(load("zh_CN").gettext) for trouble in report.troubles)
    assert re.search("subject|name|department|desk|[Ll]ine", chinese) is None
    with behind_its_back(old_register) as execute:
        for number in range(MOST + 3):
            execute(f"INSERT INTO setting (id, key, value) VALUES ({900 + number}, 'x{number}', '')")
    report = check.find(open_desk(old_register))
    assert len(report.troubles) == MOST
    assert report.more >= 3


def test_a_long_register_of_a_server_is_read_by_and_by_and_says_the_same(
    old_server: str, open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with behind_its_back(old_server) as execute:
        _unseal(old_server, execute)
        execute("UPDATE journal SET operator = '赵敏' WHERE id = 3")
        execute(f"UPDATE entry SET subject = '别的事' WHERE id = ({SECOND})")
        execute("DELETE FROM referral_part WHERE role = 'assist'")
        execute("UPDATE person SET name = '王假' WHERE name = '甲'")
        execute("UPDATE picture SET name = '别的'")
    desk = open_desk(old_server)
    at_once = [trouble.say(str) for trouble in check.find(desk).troubles]
    monkeypatch.setattr(check, "BATCH", 0)
    assert [trouble.say(str) for trouble in check.find(desk).troubles] == at_once
    assert len(at_once) >= 5


def test_a_register_that_was_lived_in_is_whole(old_register: str, open_desk: OpenDesk) -> None:
    told: list[tuple[int, int]] = []
    report = check.run(open_desk(old_register), lambda done, total: told.append((done, total)))
    assert report.entries == ENTRIES
    assert told[-1] == (2 * report.lines + 1, 2 * report.lines + 1)


@pytest.mark.parametrize(("statement", "said"), RECORDS, ids=range(len(RECORDS)))
def test_a_record_changed_by_hand_is_named(
    old_register: str, open_desk: OpenDesk, statement: str, said: str | None
) -> None:
    with behind_its_back(old_register) as execute:
        execute(statement)
    if said is None:  # nothing was really changed
        check.run(open_desk(old_register))
        return
    assert re.search(said, _wrong(old_register, open_desk))


@pytest.mark.parametrize(("statements", "said"), CHAIN, ids=range(len(CHAIN)))
def test_a_journal_rewritten_by_hand_is_named(
    old_register: str, open_desk: OpenDesk, statements: str, said: str
) -> None:
    with behind_its_back(old_register) as execute:
        seals = _unseal(old_register, execute)
        for statement in statements.split("; "):
            execute(statement)
        for seal in seals:
            execute(seal)
    assert re.search(said, _wrong(old_register, open_desk))


def test_an_entry_removed_with_all_that_belongs_to_it_is_named(
    old_register: str, open_desk: OpenDesk
) -> None:
    with behind_its_back(old_register) as execute:
        (entry,) = execute(SECOND)[0]
        execute(f"DELETE FROM entry_party WHERE entry_id = {entry}")
        execute(f"DELETE FROM entry WHERE id = {entry}")
    assert _wrong(old_register, open_desk).startswith(
        "20261123-002 is in the journal, but not in the register"
    )


def test_an_entry_removed_with_its_lines_is_noticed(old_register: str, open_desk: OpenDesk) -> None:
    with behind_its_back(old_register) as execute:
        (entry,) = execute(SECOND)[0]
        seals = _unseal(old_register, execute)
        lines = f"(SELECT id FROM journal WHERE subject_kind = 'entry' AND subject_id = {entry})"
        execute(f"DELETE FROM journal_private WHERE journal_id IN {lines}")
        execute(f"DELETE FROM journal WHERE subject_kind = 'entry' AND subject_id = {entry}")
        execute(f"DELETE FROM entry_party WHERE entry_id = {entry}")
        execute(f"DELETE FROM entry WHERE id = {entry}")
        for seal in seals:
            execute(seal)
    assert "is missing" in _wrong(old_register, open_desk)


@pytest.mark.parametrize("gone", [f"id = ({SECOND})", f"id >= ({GROUP})"], ids=["in the middle", "the last"])
def test_what_belongs_to_an_entry_that_is_gone_is_named(
    old_register: str, open_desk: OpenDesk, gone: str
) -> None:
    """With the foreign keys off, as SQLite has them for everybody who does not ask for them."""
    with behind_its_back(old_register) as execute:
        if is_server(old_register):
            execute("SET session_replication_role = replica")
        execute(f"DELETE FROM entry WHERE {gone}")
    said = _wrong(old_register, open_desk)
    assert "entry_party" in said


def test_an_entry_nobody_registered_is_named(old_register: str, open_desk: OpenDesk) -> None:
    with behind_its_back(old_register) as execute:
        columns = [
            name
            for (name,) in execute(
                "SELECT column_name FROM information_schema.columns WHERE table_name = 'entry'"
                if is_server(old_register)
                else "SELECT name FROM pragma_table_info('entry')"
            )
        ]
        uid = "gen_random_uuid()" if is_server(old_register) else "'0123456789abcdef0123456789abcdef'"
        values = {"id": "999", "uid": uid, "sequence": "7", "subject": "'插入的'"}
        chosen = ", ".join(values.get(name, f'"{name}"') for name in columns)
        names = ", ".join(f'"{name}"' for name in columns)
        execute(f"INSERT INTO entry ({names}) SELECT {chosen} FROM entry WHERE subject = '社保卡'")
    assert _wrong(old_register, open_desk) == (
        "20261123-007 stands in the register, but no line of the journal tells of it."
    )


@pytest.mark.parametrize("table", ["journal", "journal_private"])
@pytest.mark.parametrize("how", ["drop", "weaken"])
def test_seals_that_were_taken_away_are_missed(
    old_register: str, open_desk: OpenDesk, table: str, how: str
) -> None:
    with behind_its_back(old_register) as execute:
        if is_server(old_register):
            change = f"DROP TRIGGER {table}_no_change ON {table}"
            execute(change if how == "drop" else f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_truncate")
        else:
            execute(f"DROP TRIGGER {table}_no_delete")
            if how == "weaken":
                execute(
                    f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN 0 "
                    "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
                )
    assert "seals" in _wrong(old_register, open_desk)


def test_a_seal_that_lets_everything_pass_is_no_seal(old_server: str, open_desk: OpenDesk) -> None:
    with behind_its_back(old_server) as execute:
        execute(
            "CREATE OR REPLACE FUNCTION journal_sealed() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RETURN NEW; END $$"
        )
    assert "seals" in _wrong(old_server, open_desk)


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        (f"UPDATE entry SET received_at = '昨天' WHERE id = ({SECOND})", "entry"),
        (f"UPDATE entry SET uid = 'kein uid' WHERE id = ({SECOND})", "entry"),
        ("UPDATE entry_party SET name = CAST(x'e5bc' AS TEXT) WHERE name = '李代表'", "entry_party"),
        ("UPDATE referral SET created_at = 'x'", "referral"),
    ],
)
def test_a_value_that_is_none_is_named_by_its_table(
    old_file: str, open_desk: OpenDesk, statement: str, table: str
) -> None:
    with behind_its_back(old_file) as execute:
        execute(statement)
    assert f"A value in table {table} cannot be read" in _wrong(old_file, open_desk)


@pytest.mark.parametrize("table", ["entry", "entry_party", "journal", "department", "ix_entry_status_id"])
def test_a_damaged_page_is_said_so(old_file: str, open_desk: OpenDesk, table: str) -> None:
    with behind_its_back(old_file) as execute:
        ((size,),) = execute("PRAGMA page_size")
        ((page,),) = execute(f"SELECT rootpage FROM sqlite_master WHERE name = '{table}'")
    with Path(old_file).open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * 200)
    with pytest.raises(DeskError) as wrong:
        check.run(open_desk(old_file))
    assert isinstance(wrong.value, RegisterUnusableError)
    assert "damaged" in str(wrong.value)


def test_a_file_cut_short_is_said_so(old_file: str, open_desk: OpenDesk) -> None:
    path = Path(old_file)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(RegisterUnusableError, match="damaged"):
        check.run(open_desk(old_file))


def test_checking_changes_nothing(old_file: str, open_desk: OpenDesk) -> None:
    before = Path(old_file).read_bytes()
    desk = open_desk(old_file)
    check.run(desk)
    desk.close()
    assert Path(old_file).read_bytes() == before
