"""The command line at a department's inbox: its own parts, whatever is asked."""

from __future__ import annotations

import pytest

from tests.cli.running import InProcess

SEND = ("--to", "JC", "--instruction", "请核实")


def test_a_department_lists_and_works_what_was_sent_to_it(
    reception: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, other = reception.add("--name", "张建国"), reception.add("--name", "李四")
    reception.done("refer", number, *SEND, "--assist", "LDGX")
    reception.done("refer", other, "--to", "GS")
    monkeypatch.setenv("RECEPTION_DEPARTMENT", "jc")
    (one,) = reception.json("referrals")
    assert (one["number"], [part["department"] for part in one["parts"]]) == (number, ["JC"])
    assert [line["verb"] for line in one["trail"]] == ["refer"]
    assert "only what was sent" in reception.refused("show", number)
    assert "only what was sent" in reception.refused("list")
    assert "only what was sent" in reception.refused("close", number)
    reception.refused("receive", f"{number}/LDGX")
    reception.refused("receive", other)
    assert reception.json("receive", number, "--by", "赵强")["received_by"] == "赵强"
    reception.done("undo")
    reception.done("redo")
    reception.done("ask", number, "--by", "3", "--reason", "须外调")
    assert "already" in reception.refused("ask", number, "--by", "3", "--reason", "须外调")
    reception.done("absent", "JC", "A")
    assert "'away' of" in reception.done("undo").out
    reception.done("redo")
    reception.done("answer", number, "已办")
    assert reception.json("undo")["entry"] is None
    reception.refused("absent", "GS", "A")
    monkeypatch.delenv("RECEPTION_DEPARTMENT")
    assert "须外调" in reception.done("to-do").out
    reception.done("deny", number, "--reason", "来得及", "--whom", "周主任")
    assert "Nobody asks" in reception.refused("deny", number, "--reason", "来得及")
    text = reception.done("show", number).out
    assert "须外调" in text
    assert "来得及" in text
    reception.done("check")
