"""The list, reminders, lines gone over, the shift and who is on duty, by command."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from tests.cli.running import InProcess

TODAY = dt.datetime.now(ZoneInfo("Asia/Shanghai")).date()


def _referred(reception: InProcess) -> str:
    """The name of a part sent to JC."""
    number = reception.json("add", "visit", "--subject", "拖欠工资", "--name", "张建国")["number"]
    reception.json("refer", number, "--to", "JC")
    return f"{number}/JC"


def test_a_department_is_reminded_and_replies(reception: InProcess) -> None:
    name = _referred(reception)
    reception.json("remind", name, "--way", "phone", "--whom", "钱工", "--note", "请抓紧")
    said = reception.done("reply", name, "明天答复").out
    assert said == f"Noted the reply about {name.partition('/')[0]}\n"
    trail = [line["verb"] for line in reception.json("show", name.partition("/")[0])["trail"]]
    assert trail == ["register", "refer", "remind", "reply"]
    assert "was noted before" in reception.refused("reply", name, "后天答复")


def test_nothing_goes_up_but_by_the_director(reception: InProcess) -> None:
    name = _referred(reception)
    assert "only when the office director decides" in reception.refused(
        "remind", name, "--way", "leader", "--whom", "李局长"
    )
    assert "not laid before the director" in reception.refused("decide", name, "up", "--leader", "李局长")
    reception.json("remind", name, "--way", "director", "--whom", "孙主任")
    assert "none of these: up, stays" in reception.refused("decide", name, "down")
    reception.json("decide", name, "stays", "--note", "先电话催")
    assert "Nobody was reminded" in reception.refused("reply", name, "明天")


def test_what_is_to_be_done_is_listed(reception: InProcess) -> None:
    name = _referred(reception)
    reception.done("return", name, "--reason", "应由仲裁院办")
    (row,) = reception.json("to-do")
    assert (row["what"], row["referral"], row["about"]) == ("returned", name, "应由仲裁院办")
    assert (row["name"], row["department"], row["overdue_days"]) == ("张建国", "JC", 0)
    assert reception.json("to-do", "returned", "--department", "JC") == [row]
    assert reception.json("to-do", "overdue") == []
    assert "came back" in reception.done("to-do").out
    assert "is not known here" in reception.refused("to-do", "nonsense")


def test_a_line_is_gone_over_once(reception: InProcess) -> None:
    number = reception.json("add", "visit", "--subject", "没留电话")["number"]
    (row,) = reception.json("to-do", "check")
    assert (row["number"], row["lacks"]) == (number, ["phone"])
    assert "telephone" in reception.done("to-do", "check").out
    reception.json("check-line", number)
    assert reception.json("to-do", "check") == []
    assert "was gone over before" in reception.refused("check-line", number)


def test_what_a_line_lacks_is_written(reception: InProcess) -> None:
    named = reception.json("add", "visit", "--subject", "没留电话")["number"]
    pointed = reception.json("add", "visit", "--subject", "没写去向")["number"]
    reception.done("point", pointed)
    assert [row["lacks"] for row in reception.json("to-do", "check")] == [["phone"], ["destination"]]
    assert "--phone, --read-back" in reception.refused("check-line", named, "--phone", "139", "--read-back")
    assert "Write what is missing" in reception.refused("check-line", pointed, "--destination", " ")
    uid = "2b0c1f0e-6a2e-4f0e-9a43-0b9d4f2a7c11"
    for _twice in range(2):
        reception.done("check-line", named, "--phone", "13800001111", "--uid", uid)
    assert reception.json("check-line", pointed, "--destination", "sbk")["number"] == pointed
    assert reception.json("to-do", "check") == []
    assert reception.json("show", named)["phone"] == "13800001111"
    assert reception.json("show", pointed)["department"] == "SBK"


def test_a_shift_is_handed_over_and_accepted(reception: InProcess) -> None:
    number = reception.json("add", "visit", "--subject", "没办完")["number"]
    pinned = reception.json("pin", "档案室钥匙", "--kind", "held")
    assert (pinned["kind"], pinned["until"]) == ("held", None)
    before = reception.json("handover")
    assert (before["accepted"], before["handover"], before["to_check"]) == (True, None, 1)
    assert "No shift was handed over" in reception.refused("handover", "--accept")
    given = reception.json("handover", "--give", "--remark", "下午还来", "--operator", "王芳")
    items = [(one["what"], one["text"], one["number"]) for one in given["handover"]["items"]]
    assert items == [("held", "档案室钥匙", None), ("open", "没办完", number)]
    assert (given["accepted"], given["handover"]["giver"]) == (False, "王芳")
    assert "Nobody has accepted it yet." in reception.done("handover").out
    assert "comes next" in reception.refused("handover", "--accept", "--operator", "王芳")
    assert "one at a time" in reception.refused("handover", "--accept", "--give")
    taken = reception.json("handover", "--missing", "没见钥匙", "--operator", "李敏")["handover"]
    assert (taken["taker"], taken["missing"]) == ("李敏", "没见钥匙")
    assert "before" in reception.refused("handover", "--accept", "--operator", "赵强")
    assert reception.json("handover", "--take-back", "--operator", "李敏")["accepted"] is False
    assert reception.json("handover", "--accept", "--operator", "李敏")["accepted"] is True
    said = reception.done("handover").out
    assert "Accepted by 李敏" in said
    assert "下午还来" in said


def test_what_a_leader_waits_for_stands_with_the_day_on_which_it_is_due(reception: InProcess) -> None:
    number = reception.json("add", "visit", "--subject", "批件")["number"]
    referred = reception.json("refer", number, "--to", "JC", "--leader", "李局长")["referrals"][0]
    said = reception.done("handover").out
    line = next(line for line in said.splitlines() if number in line)
    assert line.split() == ["under", "way", number, "JC", referred["due"], "批件"]


def test_a_note_is_pinned_and_ended(reception: InProcess) -> None:
    until = TODAY + dt.timedelta(days=3)
    one = reception.json("pin", "周三停水", "--until", until.isoformat())
    assert one["until"] == until.isoformat()
    assert [pin["id"] for pin in reception.json("handover")["pins"]] == [one["id"]]
    assert reception.done("unpin", str(one["id"])).out == f"Ended note {one['id']}\n"
    assert reception.json("handover")["pins"] == []
    assert "ended before" in reception.refused("unpin", str(one["id"]))
    assert "over" in reception.refused("pin", "昨天", "--until", "2020-01-01")


def test_who_is_on_duty_is_kept_by_the_day(reception: InProcess) -> None:
    nobody = {"day": TODAY.isoformat(), "officer": None, "leader": None, "weather": None}
    assert reception.json("on-duty") == nobody
    reception.json("on-duty", "2026-10-01", "--officer", "王芳", "--leader", "李局长")
    reception.json("on-duty", "2026-10-01", "--weather", "小雨")
    assert reception.done("on-duty", "2026-10-01").out == "2026-10-01  王芳  李局长  小雨\n"
