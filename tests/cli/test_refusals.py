"""Bad input is refused with exit 2 and one line, and changes nothing."""

from __future__ import annotations

import pytest

from tests.cli.running import InProcess

AT = ("--at", "2024-03-05T09:30")
NUMBER = "20240305-001"
LONG = "长" * 10_001
SHORT = "短" * 201
VISIT = ("add", "visit", "--subject", "社保卡")


@pytest.fixture
def known(reception: InProcess) -> InProcess:
    assert reception.add("--name", "张三", *AT) == NUMBER
    return reception


REFUSED: list[tuple[tuple[str, ...], str]] = [
    (("add", "guest", "--subject", "x"), "visit, call-in, call-out"),
    (("add", "visit"), "what it is about"),
    (("add", "visit", "--subject", ""), "what it is about"),
    (("add", "visit", "--subject", " \u200b\u3000\ufeff\n"), "what it is about"),
    (("add", "visit", "--subject", LONG), "10000"),
    ((*VISIT, "--request", LONG), "10000"),
    ((*VISIT, "--name", SHORT), "200"),
    ((*VISIT, "--phone", SHORT), "200"),
    ((*VISIT, "--organisation", SHORT), "200"),
    ((*VISIT, "--operator", SHORT), "200"),
    ((*VISIT, "--party", "-1"), "-1"),
    ((*VISIT, "--party", "0"), "0"),
    ((*VISIT, "--party", "many"), "many"),
    ((*VISIT, "--party", "999999999"), "999999999"),
    ((*VISIT, "--party", "99999999999999999999"), "whole number"),
    ((*VISIT, "--category", "gossip"), "petition"),
    ((*VISIT, "--category", "notice"), "notice"),
    (("add", "call-in", "--subject", "x", "--category", "delivery"), "delivery"),
    ((*VISIT, "--department", "JCC"), "JC 劳动保障监察大队"),
    ((*VISIT, "--department", ""), "department"),
    ((*VISIT, "--matter", "没有这个事项"), "reception matters"),
    ((*VISIT, "--matter", "社保"), "several"),
    ((*VISIT, "--at", "2024-02-30T09:00"), "does not exist"),
    ((*VISIT, "--at", "yesterday"), "2026-11-22T09:30"),
    ((*VISIT, "--at", ""), "2026-11-22T09:30"),
    ((*VISIT, "--at", "2999-01-01T09:00"), "still to come"),
    ((*VISIT, "--at", "0001-01-01T00:00"), "does not exist"),
    ((*VISIT, "--uid", "123"), "UID"),
    ((*VISIT, "--uid", ""), "UID"),
    (("show", "20240305-002"), "20240305-002"),
    (("show", "20240230-001"), "does not exist"),
    (("show", "first"), "20261122-001"),
    (("show", "20240305-B-001"), "20240305-B-001"),
    (("show", NUMBER + "9" * 40), "20261122-001"),
    (("list", "--day", "2024-02-30"), "does not exist"),
    (("list", "--day", "5.3.2024"), "2026-11-22"),
    (("answer-now", "20240305-999"), "20240305-999"),
    (("point", NUMBER, "--to", "XX"), "XX"),
    (("put-through", NUMBER), "department"),
    (("put-through", NUMBER, "--to", "JC", "--result", "maybe"), "no-answer"),
    (("outcome", NUMBER, ""), "Write something"),
    (("outcome", NUMBER, LONG), "10000"),
    (("outcome", "20240305-002", "x"), "20240305-002"),
    (("leave", NUMBER, "--at", "2024-03-05T09:29"), "before the arrival"),
    (("leave", NUMBER, "--at", "2999-01-01T00:00"), "still to come"),
    (("leave", NUMBER, "--at", "soon"), "soon"),
    (("correct", NUMBER, "subject="), "what it is about"),
    (("correct", NUMBER, "subject=\u200b"), "what it is about"),
    (("correct", NUMBER, f"subject={LONG}"), "10000"),
    (("correct", NUMBER, f"wanted={SHORT}"), "200"),
    (("correct", NUMBER, "party=-1"), "-1"),
    (("correct", NUMBER, "category=notice"), "notice"),
    (("correct", NUMBER, "visits=first"), "petitions"),
    (("correct", NUMBER, "people_concerned=-5"), "-5"),
    (("correct", NUMBER, "document_number=2.01127E+17"), "spreadsheet"),
    (("correct", NUMBER, "received_at="), "needs the time"),
    (("correct", NUMBER, "received_at=2024-03-06T00:00"), "another"),
    (("correct", NUMBER, "left_at=2024-03-05T08:00"), "before the arrival"),
    (("correct", NUMBER, "act=referred"), "referral"),
    (("correct", NUMBER, "act=put-through"), "connected"),
    (("correct", NUMBER, "status=void"), "cannot be corrected"),
    (("correct", NUMBER, "colour=red"), "received_at"),
    (("correct", NUMBER, "colour"), "FIELD=VALUE"),
    (("correct", "20240305-002", "subject=x"), "20240305-002"),
    (("void", NUMBER, "--reason", ""), "Write something"),
    (("void", NUMBER, "--reason", "\u200b"), "Write something"),
    (("void", "20240305-002", "--reason", "x"), "20240305-002"),
    (("print-day", "2024-02-30"), "does not exist"),
    (("demo", "--days", "0"), "less than 1"),
    (("demo", "--days", "-3"), "less than 1"),
    (("demo", "--per-day", "x"), "whole number"),
    (("demo", "--seed", "x"), "whole number"),
    (("demo", "--until", "2024-02-30"), "does not exist"),
    (("init", "--template", "school"), "hrss, office"),
]


def test_bad_input_is_refused_with_one_line_and_changes_nothing(known: InProcess) -> None:
    before = known.json("show", NUMBER)
    for words, answer in REFUSED:
        said = known.refused(*words)
        assert answer in said, (words, said)
        assert len(said) < 600, words
    assert known.json("show", NUMBER) == before
    assert [one["number"] for one in known.json("list", "--day", "2024-03-05")] == [NUMBER]
    assert known.json("list") == []
    known.done("check")


def test_what_was_done_already_is_refused(known: InProcess) -> None:
    call = known.done("add", "call-in", "--subject", "问路", *AT).word
    assert call in known.refused("leave", call)
    known.done("leave", NUMBER, "--at", "2024-03-05T10:00")
    assert NUMBER in known.refused("leave", NUMBER, "--at", "2024-03-05T10:00")
    known.done("answer-now", NUMBER)
    assert NUMBER in known.refused("answer-now", NUMBER)
    assert NUMBER in known.refused("outcome", NUMBER, "x", "--close")
    known.done("void", NUMBER, "--reason", "误登")
    for words in (
        ("void", NUMBER, "--reason", "x"),
        ("correct", NUMBER, "subject=x"),
        ("refer", NUMBER, "--to", "JC"),
    ):
        assert NUMBER in known.refused(*words)
    known.done("check")


def test_init_on_an_existing_register_changes_nothing(known: InProcess) -> None:
    before = known.json("show", NUMBER)
    assert "already" in known.refused("init")
    assert "already" in known.refused("init", "--template", "office", "--site", "别的单位")
    assert known.json("show", NUMBER) == before
    assert "already" in known.refused("demo", "--days", "1", "--per-day", "1")
    assert known.json("show", NUMBER) == before


def test_names_that_cannot_be_are_refused(empty: InProcess) -> None:
    empty.refused("init", "--zone", "Mars/Olympus")
    empty.refused("init", "--template", "school")
    empty.refused("show", NUMBER, code=1)
    empty.done("init")
    assert "desk" in empty("add", "visit", "--subject", "x", before=["--desk", "第一"]).err
    assert empty("list", before=["--desk", "TOOLONGCODE"]).code == 2
