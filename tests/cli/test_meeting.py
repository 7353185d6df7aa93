"""Meeting notices by command: given out, called, told again; taken in, laid before a leader, answered."""

from __future__ import annotations

from pathlib import Path

from tests.cli.running import InProcess

WHEN = "2099-12-01T15:00"


def test_a_notice_from_the_list_to_its_end(reception: InProcess, tmp_path: Path) -> None:
    people = tmp_path / "名单.txt"
    people.write_text("姓名\t职务\t电话\n王芳\t县医保局 局长\t0816-8220001\n", encoding="utf-8-sig")
    number = reception.done(
        *("notice", "add", "年终总结会", "--when", WHEN, "--place", "三楼会议室"),
        *("--department", "SBK", "--list", str(people), "--person", "李明，主任，13900000002"),
    ).word
    assert "--agenda" not in reception.refused("notice", "call", number, "王芳", "reached")
    reception.done("notice", "change", number, "--convener", "吴局长", "--agenda", "总结")
    missed = reception.done("notice", "call", number, "王芳", "no-answer").word
    (owed,) = reception.json("callbacks")
    assert (owed["number"], owed["phone"]) == (missed, "0816-8220001")
    again = reception.json("notice", "call", number, "王芳", "reached", "--by", "本人", "--attendee", "刘局")
    (wang,) = (one for one in again["invitees"] if one["name"] == "王芳")
    assert (wang["position"], wang["state"], wang["reply"], wang["attendee"]) == (
        "县医保局 局长",
        "told",
        "attends",
        "刘局",
    )
    (made,) = wang["calls"]
    assert (made["call"], made["told_whom"], made["attempts"]) == (missed, "本人", 2)
    reception.done("notice", "amend", number, "李明", "--phone", "13900000009")
    (li,) = (one for one in reception.json("notice", "show", number)["invitees"] if one["name"] == "李明")
    assert (li["position"], li["phone"]) == ("主任", "13900000009")
    assert "list" in reception.refused(
        *("notice", "amend", number, "李明", "--name", "王芳", "--phone", "0816-8220001")
    )
    reception.done("notice", "reply", number, str(li["place"]), "excused", "--reason", "下乡")
    reception.done("notice", "call", number, "sbk", "reached", "--by", "赵丽")
    shown = reception.done("notice", "show", number).out
    assert "Meets at: 2099-12-01 Tue 15:00" in shown
    assert "下乡" in shown
    (line,) = reception.json("notice", "list")
    assert (line["number"], line["invited"], line["told"], line["excused"]) == (number, 3, 2, 1)

    reception.done("notice", "change", number, "--place", "礼堂")
    moved = reception.json("notice", "show", number)
    assert [one["place"] for one in moved["rounds"]] == ["三楼会议室", "礼堂"]
    assert {one["state"] for one in moved["invitees"]} == {"uncalled"}
    reception.done("undo")
    assert len(reception.json("notice", "show", number)["rounds"]) == 1
    reception.done("redo")
    reception.done("notice", "uninvite", number, "李明")
    reception.done("notice", "cancel", number)
    assert reception.json("notice", "show", number)["cancelled"] is True
    reception.done("notice", "end", number)
    assert reception.json("notice", "list") == []
    assert [one["number"] for one in reception.json("notice", "list", "--past")] == [number]
    assert reception.json("notice", "list", "--before", number) == []
    reception.done("check")


def test_a_notice_to_us_by_command(reception: InProcess) -> None:
    number = reception.done(
        *("notice", "receive", "全县安全会", "--from", "陈科员", "--organisation", "县政府办"),
        *("--phone", "0816-8220100", "--read-back", "--convener", "县长", "--when", WHEN),
    ).word
    reception.done("notice", "lay", number, "吴局长")
    taken = reception.json("notice", "show", number)
    assert (taken["received"], taken["read_back"], taken["laid_before"]) == (True, True, "吴局长")
    assert "notified to us" in reception.done("notice", "list").out
    answered = reception.json("notice", "answer", number, "周副局长参会", "--to", "陈科员", "--called")
    assert (answered["answered_whom"], answered["status"]) == ("陈科员", "finished")
    day = reception.json("list")
    assert [one["kind"] for one in day if one["subject"] == "全县安全会"] == ["call-in", "call-out"]
    reception.refused("notice", "call", number, "王芳", "reached")


def test_people_known_are_invited_by_what_finds_them(reception: InProcess) -> None:
    for name, phone in (("王芳", "13900000001"), ("王芳芳", "13900000002"), ("汪峰", "13900000003")):
        reception.add("--name", name, "--phone", phone, "--organisation", "县医保局")
    number = reception.done("notice", "add", "例会", "--known", "王芳", "--department", "SBK").word
    reception.done("notice", "invite", number, "--known", "000003")
    invited = reception.json("notice", "show", number)["invitees"]
    assert {(one["name"], one["position"], one["phone"]) for one in invited if not one["department"]} == {
        ("王芳", "县医保局", "13900000001"),
        ("汪峰", "县医保局", "13900000003"),
    }
    several = reception.refused("notice", "invite", number, "--known", "wf")
    assert "王芳芳 · 县医保局 · 13900000002" in several
    assert "赵丽" in reception.refused("notice", "invite", number, "--known", "赵丽")
    assert "on the list" in reception.refused("notice", "invite", number, "--known", "王芳")
    assert len(reception.json("notice", "show", number)["invitees"]) == 3


def test_who_stands_on_the_list_twice_is_pointed_out(reception: InProcess) -> None:
    told = reception(
        *("notice", "add", "例会", "--person", "王芳,局长,13900000001", "--person", "王芳 13900000001"),
        *("--person", "李明 13900000001"),
    )
    assert told.code == 0
    assert "Twice on the list, invited once: 王芳" in told.err
    assert "The same number: 王芳, 李明" in told.err
    number = told.word
    assert "王芳" in reception.refused("notice", "invite", number, "--person", "王芳,,13900000001")
    assert "13900000009" in reception.refused("notice", "invite", number, "--person", "13900000009")
    assert "list" in reception.refused("notice", "uninvite", number, "赵丽")
    reception.refused("notice", "call", number, "李明", "perhaps")
    reception.refused("notice", "call", number, "李明", "reached", "--attends", "--excused")
    reception.refused("notice", "add", "例会", "--list", "nowhere.txt")
    reception.refused("notice", "show", reception.add())


def test_times_that_cannot_be_are_refused_by_command(reception: InProcess) -> None:
    add = ("notice", "add", "例会", "--when")
    assert "is over" in reception.refused(*add, "2020-01-02T15:00")
    assert "is over" in reception.refused("notice", "receive", "例会", "--when", "2020-01-02T15:00")
    reception.done(*add, "2020-01-02T15:00", "--late")  # from a note
    assert "after the meeting" in reception.refused(*add, WHEN, "--reply-by", "2099-12-01T15:01")
    number = reception.done(*add, WHEN, "--reply-by", "2099-12-01T15:00").word
    assert "after the meeting" in reception.refused("notice", "change", number, "--when", "2099-12-01T09:00")
    reception.done("notice", "change", number, "--when", "2099-12-01T09:00", "--reply-by", "2099-11-30T17:00")
    assert len(reception.json("notice", "list", "--past")) + len(reception.json("notice", "list")) == 2
