"""Searching from the command line, and filling the index."""

from __future__ import annotations

from typing import Any

from reception import demo
from tests.cli.running import InProcess


def _numbers(rows: list[dict[str, Any]]) -> list[str]:
    return [row["number"][-3:] for row in rows]


def test_entries_are_found_by_whatever_is_remembered(reception: InProcess) -> None:
    reception.add("--name", "单丽", "--phone", "164 0013 8000", "--department", "SBK")
    reception.add("--name", "王芳", "--request", "要补一张卡")
    reception.done("add", "call-in", "--subject", "失业金", "--operator", "李静")
    asked = {
        ("社保",): ["002", "001"],
        ("shanli",): ["001"],
        ("wf",): ["002"],
        ("0138001",): [],
        ("00138000",): ["001"],
        ("补一张",): ["002"],
        ("", "--kind", "call-in"): ["003"],
        ("", "--operator", "李静"): ["003"],
        ("社", "--department", "sbk"): ["001"],
        ("社", "--status", "open", "--limit", "1"): ["002"],
        ("社", "--act", "referred"): [],
        ("社", "--from", "2000-01-01", "--to", "2000-12-31"): [],
        ("没有这个",): [],
    }
    assert {words: _numbers(reception.json("search", *words)) for words in asked} == asked
    assert "单丽" in reception.done("search", "shanl").out


def test_what_is_no_entry_stands_below_the_entries(reception: InProcess) -> None:
    reception.add("--name", "单丽")
    reception.done("expect", "add", "2030-01-07 09:30", "--name", "单丽", "--room", "301")
    reception.done("lend", "give", "雨伞", "--to", "单科长", "--phone", "138 0013 8000")
    for number in range(6):
        reception.done("parcel", "add", "--for", "单丽", "--tracking", f"SF{number}")
    told = reception.done("search", "shan").out
    entries, rest = told.split("\n\n", 1)
    assert "单丽" in entries
    assert [line for line in rest.splitlines() if line and not line.startswith(" ")] == [
        "Expected visitors: 1",
        "Things lent: 1",
        "Parcels and letters for staff: 6",
    ]
    assert rest.count("SF") == 5
    assert "SF5" in rest
    assert "SF0" not in rest
    plain = reception.json("search", "shan")
    whole = reception.json("search", "shan", "--all")
    assert whole["entries"] == plain
    assert len(plain) == 1
    assert whole["counts"] == {"expected": 1, "loans": 1, "parcels": 6}
    assert whole["expected"] == reception.json("expect", "list", "--coming")
    assert [one["thing"] for one in reception.json("search", "00138", "--all")["loans"]] == ["雨伞"]
    narrowed = reception.json("search", "shan", "--all", "--kind", "visit")
    assert (len(narrowed["entries"]), narrowed["counts"]["parcels"]) == (1, 0)
    assert "Things lent" not in reception.done("search", "shan", "--department", "SBK").out
    assert reception("search", "shan", before=("--department", "SBK")).code != 0


def test_what_cannot_be_searched_is_refused_in_words(reception: InProcess) -> None:
    assert "gossip" in reception.refused("search", "卡", "--kind", "gossip")
    assert "0" in reception.refused("search", "卡", "--limit", "0")
    assert "NOWHERE" in reception.refused("search", "卡", "--department", "NOWHERE")
    assert "200" in reception.refused("search", "卡" * 500)


def test_the_index_is_filled_and_finds_the_same(empty: InProcess) -> None:
    demo.fill(empty.register, days=9, per_day=140)
    words = ("退休", "王", "139", "zhang", "没有这个")
    before = [empty.json("search", one, "--limit", "30") for one in words]
    told = empty.json("index")
    assert told["done"] == told["all"] > 0
    assert [empty.json("search", one, "--limit", "30") for one in words] == before
    assert any(before)
    assert "there" in empty.done("index").out
