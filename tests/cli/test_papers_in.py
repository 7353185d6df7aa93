"""Papers received and parcels by command: noted, referred, circulated, filed, listed, taken back."""

from __future__ import annotations

from tests.cli.running import InProcess

TITLE = "关于开展2026年度职称评审工作的通知"


def _paper(reception: InProcess, *arguments: str) -> str:
    return reception.done("document", "add", TITLE, "--from", "省人社厅", *arguments).word


def test_a_paper_goes_from_the_door_to_the_file(reception: InProcess) -> None:
    number = _paper(
        reception,
        *("--their-number", "人社厅发〔2026〕31号", "--their-date", "2026-11-20", "--copies", "2"),
        *("--urgency", "urgent", "--way", "courier", "--brought-by", "赵师傅", "--proposed", "请职称科阅办"),
        *("--circulate", "李局长、JC", "--to", "ZC", "--assist", "RC", "--instruction", "请阅办"),
    )
    kept = reception.json("document", "show", number)
    serial = kept["serial"]
    assert serial.startswith("收〔")
    told = {
        name: kept[name] for name in ("number", "title", "sender", "sender_number", "their_date", "copies")
    }
    assert told == {
        "number": number,
        "title": TITLE,
        "sender": "省人社厅",
        "sender_number": "人社厅发〔2026〕31号",
        "their_date": "2026-11-20",
        "copies": 2,
    }
    assert (kept["urgency"], kept["way"], kept["brought_by"]) == ("urgent", "courier", "赵师傅")
    assert (kept["proposed"], kept["asked"], kept["step"]) == ("请职称科阅办", "请阅办", "referred")
    assert [one["department"] for one in kept["readers"]] == [None, "JC"]
    assert kept["due"]
    assert reception.json("show", number)["referrals"][0]["referral"] == f"{number}/ZC"
    assert "referral" in reception.refused("document", "file", number, "档案柜")
    reception.done("answer", f"{number}/ZC", "已转发")
    reception.done("close", number)
    assert reception.done("document", "sign", serial, "--who", "jc", "--note", "已阅").word == number
    reception.done("document", "sign", serial)
    kept = reception.json("document", "show", serial)
    assert all(one["signed_at"] for one in kept["readers"])
    assert (kept["result"], kept["step"], kept["status"]) == ("已转发", "nothing", "open")
    (listed,) = reception.json("document", "list")
    assert listed == kept
    assert kept["same"] == []
    assert reception.done("document", "file", number, "文书2026-3").word == number
    assert reception.json("document", "list") == []
    (listed,) = reception.json("document", "list", "--all")
    assert (listed["step"], listed["filed_where"], listed["status"]) == ("filed", "文书2026-3", "finished")
    reception.done("undo")
    shown = reception.done("document", "show", number).out
    for said in (TITLE, "人社厅发〔2026〕31号", "√  李局长", "已阅"):
        assert said in shown
    assert serial in reception.done("document", "list").out
    reception.done("check")


def test_a_paper_is_refused_corrected_taken_off_and_told_of_in_the_trail(cli: InProcess) -> None:
    said = cli.refused("document", "add", "机密★10年 关于某事", "--from", "某单位")
    assert "not a classified system" in said
    assert "classified" in cli.refused("document", "add", TITLE, "--from", "某单位", "--marking", "秘密")
    number = _paper(cli, "--circulate", "李局长、王科长")
    assert number.endswith("-001")
    cli.done("document", "correct", number, "--copies", "3", "--title", "关于职称评审的通知")
    cli.done("document", "take-off", number, "--who", "王科长")
    told = cli.done("document", "circulate", number, "张科长", "信访").out
    assert told == f"{number} goes round to 李局长, 张科长, 信访室 XF\n"
    kept = cli.json("document", "show", number)
    assert (kept["copies"], kept["title"]) == (3, "关于职称评审的通知")
    assert [one["name"] for one in kept["readers"]] == ["李局长", "张科长", "信访室"]
    assert "赵局长" in cli.refused("document", "sign", number, "--who", "赵局长")
    assert "--to" in cli.refused("document", "add", TITLE, "--from", "省厅", "--assist", "JC")
    assert "2026/77" in cli.refused("document", "show", "2026/77")
    trail = cli.done("trail", number).out
    for word in ("Registered", "Corrected", "Taken off the circulation", "王科长", "to 张科长 · to 信访室"):
        assert word in trail
    assert cli.json("document", "list", "--unhandled") == []
    assert cli.json("settings", "papers-by") == {"papers_by": "16:30"}
    assert "18:30" in cli.refused("settings", "papers-by", "half past four")


def test_parcels_are_taken_in_handed_out_and_sent_back(reception: InProcess) -> None:
    first = reception.done(
        *("parcel", "add", "--for", "孙科长", "--department", "RC", "--kind", "registered"),
        *("--from", "市邮政局", "--tracking", "XA123", "--pieces", "2"),
    ).word
    second = reception.done("parcel", "add", "--for", "钱会计").word
    assert [str(one["id"]) for one in reception.json("parcel", "list")] == [first, second]
    (one, _other) = reception.json("parcel", "list")
    assert (one["whom"], one["department"], one["kind"], one["pieces"]) == ("孙科长", "RC", "registered", 2)
    assert reception.done("parcel", "hand", first, "--to", "小周").word == first
    reception.done("parcel", "back", second, "--why", "查无此人")
    assert reception.json("parcel", "list") == []
    back, handed = reception.json("parcel", "list", "--all")
    assert (handed["status"], handed["handed_to"]) == ("handed", "小周")
    assert handed["handed_at"]
    assert (back["status"], back["note"]) == ("sent-back", "查无此人")
    reception.done("undo")
    assert [str(one["id"]) for one in reception.json("parcel", "list")] == [second]
    assert "钱会计" in reception.done("parcel", "list").out
    reception.refused("parcel", "hand", first)
    reception.refused("parcel", "add")
    reception.done("check")
