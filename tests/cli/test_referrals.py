"""Referring by command: sent, told, received, answered or returned, closed."""

from __future__ import annotations

from tests.cli.running import InProcess

AT = ("--at", "2024-03-05T09:30")
KEYS = ["referral", "department", "role", "instruction", "status"]


def test_a_referral_runs_its_course(reception: InProcess) -> None:
    number = reception.add("--name", "张建国", *AT)
    sent = reception.done(
        "refer", number, "--to", "JC", "--assist", "ZCY", "--assist", "XF", "--instruction", "请尽快核实"
    )
    lead, assist = f"{number}/JC", f"{number}/ZCY"
    assert lead in sent.out
    referrals = reception.json("show", number)["referrals"]
    assert [list(one)[: len(KEYS)] for one in referrals] == [KEYS] * 3
    assert [tuple(one[key] for key in KEYS) for one in referrals] == [
        (lead, "JC", "lead", "请尽快核实", "sent"),
        (assist, "ZCY", "assist", "请尽快核实", "sent"),
        (f"{number}/XF", "XF", "assist", "请尽快核实", "sent"),
    ]
    assert reception.json("told", lead, "--whom", "赵队")["told_whom"] == "赵队"
    assert reception.json("receive", lead, "--by", "钱工")["status"] == "received"
    assert reception.json("return", assist, "--reason", "应由监察办理")["return_reason"] == "应由监察办理"
    answered = reception.json("answer", lead, "已责令支付")
    assert (answered["status"], answered["answer"], answered["referral_status"]) == (
        "answered",
        "已责令支付",
        "completed",
    )
    assert reception.json("show", number)["status"] == "open"
    closed = reception.json("close", lead, "--note", "已回复来访人")
    assert (closed["act"], closed["status"], closed["department"]) == ("referred", "finished", "JC")
    text = reception.done("show", number).out
    for part in (
        lead,
        "请尽快核实",
        "told: 赵队",
        "received by: 钱工",
        "已责令支付",
        "应由监察办理",
        "已回复来访人",
    ):
        assert part in text
    assert "Status: not received → received" in text
    assert "Received by: 钱工" in text
    reception.done("check")


def test_the_department_stands_for_whoever_was_not_named(reception: InProcess) -> None:
    number = reception.add(*AT)
    reception.done("refer", number, "--to", "JC")
    assert reception.json("told", number)["told_whom"] == "劳动保障监察大队"
    assert reception.json("receive", f"{number}/JC")["received_by"] == "劳动保障监察大队"


def test_the_entrys_number_means_the_leads_part(reception: InProcess) -> None:
    number = reception.add(*AT)
    reception.done("refer", number, "--to", "JC", "--assist", "XF")
    assert reception.json("answer", number, "已办")["referral"] == f"{number}/JC"


def test_a_second_sending_has_a_name_of_its_own(reception: InProcess) -> None:
    number = reception.add(*AT)
    reception.done("refer", number, "--to", "JC", "--told", "赵队")
    reception.done("return", f"{number}/JC", "--reason", "材料不全")
    reception.done("close", number, "--note", "补齐后再转")
    again = reception.json("refer", number, "--to", "JC")
    assert [one["referral"] for one in again["referrals"]] == [f"{number}/JC", f"{number}/JC-2"]
    assert reception.json("receive", f"{number}/JC-2", "--by", "钱工")["status"] == "received"


def test_what_makes_no_sense_for_a_referral_is_refused(reception: InProcess) -> None:
    number, other = reception.add(*AT), reception.add(*AT)
    reception.done("refer", number, "--to", "JC")
    assert "SBK" in reception.refused("refer", other, "--to", "SB2")
    assert "no department" in reception.refused("refer", other, "--to", "JC", "--assist", "QQQQ")
    reception.refused("refer", other, "--to", "JC", "--assist", "JC")
    assert number in reception.refused("refer", number, "--to", "XF")
    assert "not the name of a referral" in reception.refused("receive", "JC")
    assert other in reception.refused("receive", f"{other}/JC")
    assert f"{number}/XF" in reception.refused("receive", f"{number}/XF")
    reception.refused("answer", f"{number}/JC", "\u200b")
    reception.refused("return", f"{number}/JC", "--reason", " ")
    reception.refused("receive", f"{number}/JC", "--by", "\u3000")
    assert "has not answered" in reception.refused("close", number)
    reception.done("answer", f"{number}/JC", "已办")
    assert number in reception.refused("receive", f"{number}/JC")
    reception.done("close", number)
    assert "closed already" in reception.refused("close", number)
    assert reception.json("show", other)["referrals"] == []
    reception.done("check")
