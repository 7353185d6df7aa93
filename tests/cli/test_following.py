"""A referral by command to its very end: accepted or passed on, looked back at, handled again, listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import InProcess
from tests.paper import pdf

AT = ("--at", "2024-03-05T09:30")
SEND = ("--to", "JC")


def test_back_and_forth_and_what_the_department_says(reception: InProcess) -> None:
    number = reception.add("--name", "张建国", *AT)
    reception.done("refer", number, *SEND, "--written", "--leader", "李局长")
    assert "not returned" in reception.refused("reroute", number, "--to", "ZCY")
    reception.refused("answer", number, "归仲裁", "--to", "ZCY", "--refused")
    passed = reception.json("answer", number, "归仲裁", "--to", "ZCY")
    assert (passed["status"], passed["outcome"], passed["passed_to"]) == ("returned", "passed-on", "ZCY")
    sent = reception.done("reroute", number)  # to whom it was passed on
    assert f"{number}/ZCY" in sent.out
    reception.done("return", number, "--reason", "不属仲裁")
    assert "director" in reception.refused("reroute", number, "--to", "LDGX")
    decided = ("--decided-by", "周主任", "--reason", "劳动关系科牵头")
    reception.done("reroute", number, "--to", "LDGX", *decided)
    reception.refused("answer", number, "", "--accepted", " ")
    told = ("--contacted", "电话")
    reception.refused("answer", number, "好", *told, "--not-contacted")
    answered = reception.json("answer", number, "--accepted", "劳关〔2024〕3号", *told)
    assert (answered["outcome"], answered["case_number"]) == ("accepted", "劳关〔2024〕3号")
    assert (answered["contacted"], answered["contacted_how"]) == (True, "电话")
    assert answered["year_number"].endswith("号")
    text = reception.done("show", number).out
    for said in ("re-routed", "周主任", "劳动关系科牵头", "劳关〔2024〕3号", "归仲裁"):
        assert said in text
    reception.done("check")


def test_both_looks_back_and_again(reception: InProcess) -> None:
    number = reception.add("--category", "complaint", *AT)
    reception.done("refer", number, *SEND, "--leader", "李局长")
    assert "not answered" in reception.refused("callback", number, "not-reached")
    reception.done("answer", number, "已支付")
    assert "李局长" in reception.refused("close", number)
    assert "handled again" in reception.done("seen", number, "--instruction", "再查").out
    reception.done("answer", number, "已复查")
    reception.done("seen", number)
    assert "not called back" in reception.refused("close", number)
    assert "satisfied" in reception.refused("callback", number, "perhaps")
    again = ("callback", number, "dissatisfied", "--note", "还差一半")
    assert "handled again" in reception.done(*again).out
    reception.done("answer", number, "已付清")
    reception.done("seen", number)
    reception.done("callback", number, "satisfied", "--whom", "本人")
    reception.done("close", number, "--note", "已办结")
    reception.refused("reopen", number, "--reason", " ")
    reception.done("reopen", number, "--reason", "又来反映", "--to", "XF")
    assert [one["referral"] for one in reception.json("show", number)["referrals"]] == [
        f"{number}/JC",
        f"{number}/JC-2",
        f"{number}/JC-3",
        f"{number}/XF",
    ]
    reception.done("check")


def test_the_list_of_referrals(reception: InProcess) -> None:
    first, second, closed = (reception.add("--name", "张建国", *AT) for _ in range(3))
    reception.done("refer", first, *SEND, "--assist", "XF", "--told", "赵队")
    reception.done("refer", second, "--to", "ZCY")
    reception.done("refer", closed, *SEND)
    assert reception.done("slip", second).out.strip().endswith("〕1号")
    assert "already" in reception.refused("slip", second)
    reception.done("answer", closed, "已办")
    reception.done("close", closed)
    everything = reception.json("referrals")
    assert [one["number"] for one in everything] == [closed, second, first]
    (one,) = [one for one in everything if one["number"] == first]
    assert [part["referral"] for part in one["parts"]] == [f"{first}/JC", f"{first}/XF"]
    assert [line["verb"] for line in one["trail"]] == ["register", "refer"]
    assert (one["status"], one["overdue_days"], one["reminders"], one["year_number"]) == ("open", 0, 0, None)
    assert isinstance(one["provisional"], bool)
    assert len(one["due"]) == len("2024-03-12")
    assert sorted(one["number"] for one in reception.json("referrals", "--open")) == sorted([first, second])
    assert [one["number"] for one in reception.json("referrals", "--department", "zcy")] == [second]
    assert reception.json("referrals", "--overdue") == []
    assert "Leave out one" in reception.refused("referrals", "--open", "--overdue")
    assert "no department" in reception.refused("referrals", "--department", "QQQQ")
    text = reception.done("referrals", "--open").out
    assert "〕1号" in text
    assert closed not in text


@pytest.mark.parametrize("hidden", ["欧阳雪梅", "13912345678"])
def test_documents_hide_who_reported_and_what_is_sealed(reception: InProcess, hidden: str) -> None:
    who = ("--name", "欧阳雪梅", "--phone", "13912345678", "--subject", "收受红包")
    report = reception.add(*who, "--category", "report", *AT)
    reception.done("refer", report, *SEND)
    sealed = reception.add(*who, "--category", "accusation", *AT)
    assert "supervisor" in reception.refused("refer", sealed, *SEND)
    for asked in (
        ("show", report),
        ("show", sealed),
        ("list", "--day", "2024-03-05"),
        ("referrals",),
        ("search", report),
        ("search", "收受红包"),
    ):
        for form in ((), ("--json",)):
            assert hidden not in reception.done(*asked, *form).out, asked
    assert "收受红包" not in reception.done("show", sealed, "--json").out
    assert hidden in reception.done("reveal", report).out
    reception.done("check")


def test_a_complaint_is_never_sent_to_whom_it_is_about(reception: InProcess) -> None:
    about = (
        "--category",
        "complaint",
        "--concerned",
        "GS",
        "--source",
        "hotline",
        "--source-number",
        "26112",
    )
    number = reception.add(*about, *AT)
    found = reception.json("show", number)
    assert (found["concerned"], found["source"], found["source_number"]) == ("GS", "hotline", "26112")
    assert "never shown or passed" in reception.refused("refer", number, "--to", "GS")
    assert "12345 hotline" in reception.done("show", number).out
    corrected = reception.json("correct", number, "concerned=JC", "source=letter")
    assert (corrected["concerned"], corrected["source"]) == ("JC", "letter")
    assert "never shown or passed" in reception.refused("refer", number, "--to", "JC")
    reception.done("refer", number, "--to", "GS")
    reception.done("check")


def test_the_trail_is_told_and_printed(reception: InProcess, tmp_path: Path) -> None:
    number = reception.add("--name", "张建国", *AT)
    reception.done("refer", number, *SEND)
    reception.refused("told", number, "--whom", "赵队", "--at", "2024-03-05T09:00")
    reception.done("told", number, "--whom", "赵队")
    text = reception.done("trail", number).out
    assert "赵队" in text
    assert [line["verb"] for line in reception.json("trail", number)["trail"]] == [
        "register",
        "refer",
        "told",
    ]
    # several records changed in one act: their fields are not told one after the other without their names
    shown = reception.done("show", number).out
    (sent,) = [line for line in shown.splitlines() if "referred  " in line]
    assert sent.count("status") == sent.count("department:") == 0
    assert "劳动保障监察大队" in sent
    sheet = tmp_path / "trail.pdf"
    assert reception.done("trail", number, "--pdf", str(sheet)).word == str(sheet)
    assert "赵队" in "".join(page.text for page in pdf.read(sheet))
    assert reception.json("trail", number, "--pdf", str(sheet))["pages"] == 1
    reception.refused("trail", number, "--pdf", str(tmp_path / "missing" / "trail.pdf"), code=1)
