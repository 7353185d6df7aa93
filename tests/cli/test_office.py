"""Urgent events, jobs, what leaders wrote, who is expected and what is lent, by command."""

from __future__ import annotations

from pathlib import Path

import pypdf

from tests.cli.running import InProcess
from tests.test_calendars import file


def test_an_urgent_event_is_stamped_called_down_logged_and_ended(reception: InProcess) -> None:
    reception.done("settings", "urgent-calls", "周主任, 13800001111, 办公室主任\n吴局长, 13900002222")
    number = reception.done("urgent", "begin", "--people", "23", "--place", "一楼大厅").word
    kept = reception.json("urgent", "show", number)
    assert {name: kept[name] for name in ("number", "subject", "place", "people", "status", "outcome")} == {
        "number": number,
        "subject": "集体访",
        "place": "一楼大厅",
        "people": 23,
        "status": "open",
        "outcome": None,
    }
    assert kept["next_call"] == {"name": "周主任", "phone": "13800001111"}
    assert reception.done("urgent", "call", number, "--no-answer").word == number
    reception.done("urgent", "call", number, "--said", "马上到")
    assert reception.json("urgent", "show", number)["next_call"]["name"] == "吴局长"
    reception.done("urgent", "call", number, "--whom", "派出所", "--phone", "110", "--said", "已出警")
    reception.done("urgent", "came", number, "周主任")
    reception.done("urgent", "note", number, "请到二楼会议室坐下")
    reception.done("urgent", "agreed", number, "五名代表留下，其余先回", "--whom", "王代表")
    reception.done("urgent", "count", number, "31")
    assert "arrival" in reception.refused("urgent", "note", number, "早先", "--at", "2001-01-01T00:00")
    told = reception.json("urgent", "show", number)
    assert [(line["kind"], line["whom"], line["reached"], line["words"]) for line in told["log"]] == [
        ("called", "周主任", False, None),
        ("called", "周主任", True, "马上到"),
        ("called", "派出所", True, "已出警"),
        ("came", "周主任", None, None),
        ("noted", None, None, "请到二楼会议室坐下"),
        ("agreed", "王代表", None, "五名代表留下，其余先回"),
    ]
    assert (told["people"], told["lines"], told["log"][2]["phone"]) == (31, 6, "110")
    (listed,) = reception.json("urgent", "list")
    assert listed == {name: told[name] for name in listed}
    shown = reception.done("urgent", "show", number).out
    for said in ("31 people", "no answer", "已出警", "Call next: 吴局长 13900002222"):
        assert said in shown
    assert reception.done("urgent", "end", number, "代表约定周五再来").word == "over"
    assert reception.json("urgent", "list") == []
    assert reception.json("urgent", "list", "--all")[0]["status"] == "finished"
    assert "over" in reception.refused("urgent", "note", number, "又来了")
    reception.done("undo")
    assert reception.json("urgent", "show", number)["outcome"] is None
    reception.done("check")


def test_a_job_goes_from_the_leader_to_the_leader_and_instructions_become_jobs(reception: InProcess) -> None:
    number = reception.done(
        *("job", "give", "--leader", "李局长", "--words", "把欠薪的情况摸清楚，周五前报我", "--to", "JC"),
        *("--assist", "XF", "--person", "赵队", "--days", "3", "--read-back"),
    ).word
    reception.done("job", "step", number, "已走访两家企业")
    assert "director" in reception.refused("job", "report", number, "已查清", "--level", "leader")
    for words in ("初步情况", "初步情况"):
        reception.done("job", "report", number, words, "--whom", "周主任", "--reply", "继续")
    kept = reception.json("job", "show", number)
    assert (kept["leader"], kept["person"], kept["read_back"]) == ("李局长", "赵队", True)
    assert kept["words"] == "把欠薪的情况摸清楚，周五前报我"
    assert [(one["kind"], one["level"], one["words"]) for one in kept["steps"]] == [
        ("step", None, "已走访两家企业"),
        ("report", "officer", "初步情况"),
        ("report", "director", "初步情况"),
    ]
    assert (kept["next_level"], kept["last"], kept["overdue"]) == ("leader", "初步情况", False)
    (listed,) = reception.json("job", "list")
    assert listed == {name: kept[name] for name in listed}
    assert reception.json("job", "list", "--overdue") == []
    assert reception.json("job", "list", "--with", "没有这样的") == []
    shown = reception.done("job", "show", number).out
    assert "As said: 把欠薪的情况摸清楚" in shown
    assert "00:00" not in shown  # the last day it may take, not the instant behind it
    assert "Office director" in shown

    visit = reception.add()
    reception.done("refer", visit, "--to", "JC")
    on_visit = ("instruction", "write", visit, "--leader", "吴局长", "--words")
    assert reception.done(*on_visit, "阅").word == visit
    made = reception.done(*on_visit, "请信访室核实", "--department", "XF", "--days", "2").word
    on_day = reception.json(
        *("instruction", "write", "--day", kept["given_at"][:10], "--leader", "吴局长"),
        *("--words", "接待得好"),
    )
    assert (on_day["stands_on"], on_day["on"], on_day["job"]) == ("day", kept["given_at"][:10], None)
    on_slip = reception.json("instruction", "write", f"{visit}/JC", "--leader", "吴局长", "--words", "抓紧")
    assert (on_slip["stands_on"], on_slip["on"]) == ("referral", visit)
    (asking,) = reception.json("instruction", "list", "--jobs")
    assert (asking["job"], asking["on"], asking["words"]) == (made, visit, "请信访室核实")
    assert reception.json("job", "show", made)["written_on"] == visit
    assert len(reception.json("instruction", "list")) == 4
    assert "请信访室核实" in reception.done("instruction", "list", "--with", "核实").out
    assert "page" in reception.refused("instruction", "write", "--leader", "吴局长", "--words", "阅")
    reception.done("check")


def test_who_is_expected_comes_comes_not_or_comes_later(cli: InProcess) -> None:
    first = cli.done(
        *("expect", "add", "23:30", "--name", "钱经理", "--organisation", "某公司", "--phone", "13800003333"),
        *("--people", "4", "--plate", "皖A12345", "--room", "301", "--department", "JC", "--whom", "赵队"),
        *("--subject", "座谈", "--until", "23:50"),
    ).word
    second = cli.done("expect", "add", "23:40", "--name", "孙先生").word
    third = cli.done("expect", "add", "23:45", "--organisation", "省厅督查组").word
    one, *_others = cli.json("expect", "list")
    for name, value in {"name": "钱经理", "people": 4, "department": "JC", "room": "301"}.items():
        assert one[name] == value
    assert one["at"][11:16] == "23:30"
    assert one["until"][11:16] == "23:50"
    changed = cli.json("expect", "change", first, "--people", "5", "--room", "")
    assert (changed["people"], changed["room"], changed["name"]) == (5, None, "钱经理")
    assert "Nothing was given" in cli.refused("expect", "change", first)
    visit = cli.done("expect", "arrive", first, "--people", "6").word
    arrived = cli.json("show", visit)
    assert (arrived["kind"], arrived["party"], arrived["plate"]) == ("visit", 6, "皖A12345")
    cli.done("expect", "miss", second, "--note", "未联系上")
    cli.done("expect", "cancel", third)
    assert [(one["status"], one["visit"]) for one in cli.json("expect", "list")] == [
        ("came", visit),
        ("absent", None),
        ("cancelled", None),
    ]
    cli.done("expect", "change", second, "--at", "2099-01-05T09:00")
    (coming,) = cli.json("expect", "list", "--coming", "--with", "孙")
    assert (coming["status"], coming["note"]) == ("expected", "未联系上")
    assert cli.json("expect", "list", "--past") == []
    assert "孙先生" in cli.done("expect", "list", "--coming").out
    cli.refused("expect", "arrive", first)
    cli.refused("expect", "add", "23:30")
    cli.done("check")


def test_things_are_lent_kept_longer_and_given_back(cli: InProcess) -> None:
    visit = cli.add()
    first = cli.done(
        *("lend", "give", "雨伞", "--to", "陈女士", "--phone", "13800004444", "--visit", visit),
        *("--pieces", "2", "--back-by", "2099-01-01T17:30"),
    ).word
    second = cli.done("lend", "give", "三楼会议室钥匙", "--to", "小周", "--department", "JC").word
    one, other = cli.json("lend", "list")
    assert (str(one["id"]), one["pieces"], one["visit"], one["overdue"]) == (first, 2, visit, False)
    assert one["back_by"].startswith("2099-01-01T17:30")
    assert (str(other["id"]), other["back_by"]) == (second, None)
    assert cli.json("lend", "longer", first, "--back-by", "2099-01-02T09:00")["back_by"][:10] == "2099-01-02"
    assert cli.json("lend", "list", "--overdue") == []
    assert cli.done("lend", "back", first, "--note", "少一把").word == first
    assert [str(one["id"]) for one in cli.json("lend", "list")] == [second]
    everything = cli.json("lend", "list", "--all", "--with", "伞")
    assert [(one["status"], one["note"]) for one in everything] == [("back", "少一把")]
    assert "小周" in cli.done("lend", "list").out
    cli.refused("lend", "back", first)
    cli.refused("lend", "give", "雨伞", "--to", "陈女士", "--back-by", "2001-01-01T09:00")
    cli.done("undo")
    assert len(cli.json("lend", "list")) == 2
    cli.done("check")


def test_a_calendar_comes_in_and_goes_out_as_a_file(cli: InProcess, tmp_path: Path) -> None:
    one = "UID:v\nDTSTART:20990105T010000Z\nSUMMARY:座谈\nLOCATION:301"
    path = tmp_path / "日程.ics"
    path.write_bytes(file(one, "UID:x\nDTSTART:bald\nSUMMARY:时间不清"))
    result = cli("expect", "import", str(path))
    assert (result.code, result.err) == (0, "Not read: 时间不清: It is not written as calendars are.\n")
    assert result.out.startswith("1 noted, 0 changed, 0 called off, 0 as before, 0 over, 1 not read")
    path.write_bytes(file(one.replace("T01", "T02")))
    done = cli.json("expect", "import", str(path))
    assert [one["id"] for one in done["changed"]] == [1]
    assert (done["added"], done["cancelled"], done["same"], done["unread"]) == ([], [], 0, [])
    out = tmp_path / "外发.ics"
    assert cli.json("expect", "export", "--from", "2099-01-01", "--to", "2099-01-31", "-o", str(out)) == {
        "count": 1,
        "file": str(out),
    }
    assert b"DTSTART:20990105T020000Z\r\n" in out.read_bytes()
    cli.done("undo")
    assert cli.json("expect", "list", "--coming")[0]["at"].startswith("2099-01-05T09:00")
    assert "calendar" in cli.refused("expect", "import", str(tmp_path / "登记库.sqlite"))
    assert "没有" in cli.refused("expect", "import", str(tmp_path / "没有.ics"))
    assert "folder" in cli.refused("expect", "export", "-o", str(tmp_path / "无" / "x.ics"), code=1)


def test_the_report_of_an_event_is_printed_and_goes_with_the_days_sheet(
    cli: InProcess, tmp_path: Path
) -> None:
    at = ("--at", "2024-03-05T09:42")
    number = cli.done("urgent", "begin", "集体访：要求支付尾款", "--people", "23", *at).word
    cli.done("urgent", "begin", "另一天", "--at", "2024-03-06T09:42")
    cli.done("urgent", "note", number, "堵住楼梯口", "--at", "2024-03-05T09:45")
    cli.done("urgent", "note", number, "都走了", "--at", "2024-03-06T01:05")
    sheet = tmp_path / "日报.pdf"
    told = cli.json("print-day", "2024-03-05", "-o", str(sheet))
    (report,) = told["reports"]
    beside = tmp_path / f"日报-event-{number}.pdf"
    assert (report["form"], report["subject"], report["file"]) == ("event-report", number, str(beside))
    assert (report["count"], report["code"] != told["code"]) == (1, True)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(beside).pages)
    for said in (number, "集体访：要求支付尾款", "23", "09:45", "堵住楼梯口", "01:05"):
        assert said in text, said
    assert text.index("堵住楼梯口") < text.index("都走了")
    assert "另一天" not in text
    alone = tmp_path / "情况.pdf"
    assert cli.json("print", "event-report", number, "-o", str(alone))[0]["count"] == 2
    again = cli.done("print-day", "2024-03-05", "-o", str(sheet))
    assert again.word == str(sheet)
    assert str(beside) in again.out
    assert "urgent event" in cli.refused("print", "event-report", cli.add(), "-o", str(alone))
    assert cli.json("verify-sheet", report["code"])["same"]
