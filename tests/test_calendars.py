"""Calendar files: zones, whole days, what comes again, what cannot be read; written and read back."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from reception import calendars, wording
from reception.calendars import Appointment, Calendar
from reception.errors import InputError

ZONE = ZoneInfo("Asia/Shanghai")
SINCE = dt.datetime(2026, 11, 22, 16, tzinfo=dt.UTC)  # the beginning of 2026-11-23 in Shanghai
OUTLOOK = """BEGIN:VTIMEZONE
TZID:Somewhere Standard Time
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0530
TZOFFSETTO:+0530
END:STANDARD
END:VTIMEZONE"""


def file(*events: str, before: str = "") -> bytes:
    """A calendar file of events, each the lines between BEGIN and END."""
    blocks = [f"BEGIN:VEVENT\n{event}\nEND:VEVENT" for event in events]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//", before, *blocks, "END:VCALENDAR", ""]
    return "\n".join(filter(None, lines)).replace("\n", "\r\n").encode() + b"\r\n"


def read(*events: str, before: str = "") -> Calendar:
    return calendars.read(file(*events, before=before), ZONE, SINCE)


def local(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZONE)


def starts(found: Calendar) -> list[str]:
    return [f"{one.at.astimezone(ZONE):%m-%d %H:%M}" for one in found.appointments]


def test_times_are_read_in_their_zone_and_days_from_midnight_to_midnight() -> None:
    found = read(
        "UID:utc\nDTSTART:20261124T010000Z\nDTEND:20261124T020000Z\nSUMMARY:甲",
        "UID:zone\nDTSTART;TZID=Europe/Berlin:20261124T090000\nDURATION:PT90M\nSUMMARY:乙",
        "UID:explained\nDTSTART;TZID=Somewhere Standard Time:20261124T090000\nSUMMARY:丙",
        "UID:none\nDTSTART:20261124T090000\nSUMMARY:丁",
        "UID:days\nDTSTART;VALUE=DATE:20261125\nDTEND;VALUE=DATE:20261127\nSUMMARY:戊",
        "UID:day\nDTSTART;VALUE=DATE:20261128\nSUMMARY:己",
        before=OUTLOOK,
    )
    assert found.unread == ()
    by_uid = {one.uid: (one.at, one.until) for one in found.appointments}
    assert by_uid == {
        "utc": (local("2026-11-24T09:00"), local("2026-11-24T10:00")),
        "zone": (local("2026-11-24T16:00"), local("2026-11-24T17:30")),
        "explained": (local("2026-11-24T11:30"), None),
        "none": (local("2026-11-24T09:00"), None),
        "days": (local("2026-11-25T00:00"), local("2026-11-27T00:00")),
        "day": (local("2026-11-28T00:00"), local("2026-11-29T00:00")),
    }


def test_what_comes_again_is_read_for_sixty_days_with_what_was_moved_and_called_off() -> None:
    weekly = "UID:w\nDTSTART;TZID=Asia/Shanghai:20260105T093000\nDTEND;TZID=Asia/Shanghai:20260105T103000"
    found = read(
        f"{weekly}\nRRULE:FREQ=WEEKLY;BYDAY=MO\nEXDATE;TZID=Asia/Shanghai:20261207T093000\nSUMMARY:例会",
        "UID:w\nRECURRENCE-ID;TZID=Asia/Shanghai:20261130T093000\n"
        "DTSTART;TZID=Asia/Shanghai:20261201T150000\nSUMMARY:例会（改期）",
        "UID:w\nRECURRENCE-ID;TZID=Asia/Shanghai:20261214T093000\n"
        "DTSTART;TZID=Asia/Shanghai:20261214T093000\nSTATUS:CANCELLED\nSUMMARY:例会",
    )
    assert starts(found) == [
        *("11-23 09:30", "12-01 15:00", "12-14 09:30", "12-21 09:30"),
        *("12-28 09:30", "01-04 09:30", "01-11 09:30", "01-18 09:30"),
    ]
    moved, off = found.appointments[1:3]
    assert (moved.uid, moved.subject, moved.cancelled) == ("w/20261130T013000Z", "例会（改期）", False)
    assert (off.uid, off.cancelled) == ("w/20261214T013000Z", True)
    assert found.series == {"w"}
    ends = read(
        "UID:until\nDTSTART:20261124T090000\nRRULE:FREQ=DAILY;UNTIL=20261126T010000Z\nSUMMARY:a",
        "UID:days\nDTSTART;VALUE=DATE:20261201\nRRULE:FREQ=DAILY;UNTIL=20261203\nSUMMARY:b",
        "UID:count\nDTSTART:20261122T090000\nRRULE:FREQ=DAILY;COUNT=3\nRDATE:20261210T090000\nSUMMARY:c",
    )
    told = [(one.uid.partition("/")[0], f"{one.at.astimezone(ZONE):%m%d}") for one in ends.appointments]
    assert sorted(told) == [
        *(("count", "1123"), ("count", "1124"), ("count", "1210")),
        *(("days", "1201"), ("days", "1202"), ("days", "1203")),
        *(("until", "1124"), ("until", "1125"), ("until", "1126")),
    ]


def test_what_cannot_be_read_is_told_one_by_one_and_what_is_over_is_left_out() -> None:
    found = read(
        "UID:a\nDTSTART:nonsense\nSUMMARY:坏时间",
        "DTSTART:20261124T090000\nSUMMARY:无编号",
        "UID:c\nSUMMARY:无时间",
        "UID:d\nDTSTART;TZID=Nowhere/Land:20261124T090000\nSUMMARY:时区不明",
        "UID:e\nDTSTART:20261124T090000\nDTEND:20261123T090000\nSUMMARY:倒着",
        "UID:f\nDTSTART:20261124T090000\nRRULE:FREQ=SECONDLY\nSUMMARY:每秒",
        "UID:g\nDTSTART:20261124T090000\nRRULE:FREQ=SOMETIMES\nSUMMARY:有时",
        "UID:over\nDTSTART:20251124T090000\nSUMMARY:过去",
        "UID:never\nDTSTART:20261120T090000\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5\nSUMMARY:没有",
        "UID:good\nDTSTART:20261124T090000\nSUMMARY:好的",
    )
    assert [one.uid for one in found.appointments] == ["good"]
    assert found.over == 1
    told = {one.what: str(one.why) for one in found.unread}
    assert set(told) == {"坏时间", "无编号", "无时间", "时区不明", "倒着", "每秒", "有时"}
    assert "Nowhere/Land" in told["时区不明"]
    assert "UID" in told["无编号"]


def test_what_an_older_program_wrote_in_its_own_signs_is_read_as_it_was() -> None:
    told = file("UID:a\nDTSTART:20261124T090000\nSUMMARY:马䶮来访").decode()
    for encoding in ("gb18030", "utf-8-sig"):
        (one,) = calendars.read(told.encode(encoding), ZONE, SINCE).appointments
        assert one.subject == "马䶮来访"


@pytest.mark.parametrize("content", [b"", b"hello", b"\xff\xfe\x00", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"])
def test_what_is_no_calendar_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(InputError, match="calendar"):
        calendars.read(content, ZONE, SINCE)


def test_people_and_long_texts_of_others_are_taken_as_far_as_they_are_known() -> None:
    (one,) = read(
        "UID:a\nDTSTART:20261124T090000\nSUMMARY:座谈\\, 二\nLOCATION:三楼\\;301\n"
        "ORGANIZER;CN=王科长:mailto:w@example.org\nATTENDEE;CN=王科长:mailto:w@example.org\n"
        'ATTENDEE;CN="钱, 经理":mailto:q@example.org\nDESCRIPTION:第一行\\n' + "长" * 300,
    ).appointments
    assert (one.subject, one.room, one.whom, one.name) == ("座谈, 二", "三楼;301", "王科长", "钱, 经理")
    assert len(one.note) == 200
    assert one.note.startswith("第一行 长")


def test_what_is_written_is_read_back_by_ourselves_and_by_hand() -> None:
    whole = Appointment(
        "a@x",
        local("2026-11-24T09:00").astimezone(dt.UTC),
        local("2026-11-24T10:30").astimezone(dt.UTC),
        name="钱; 经理\\n",
        organisation="某公司, 二部",
        phone="13800003333",
        party_size=4,
        plate="皖A12345",
        room="301;二",
        whom="赵队",
        subject="座谈, " + "很长" * 40,
        note="带材料",
    )
    day = Appointment(
        "b@x",
        local("2026-11-25T00:00").astimezone(dt.UTC),
        local("2026-11-26T00:00").astimezone(dt.UTC),
        cancelled=True,
        subject="检查",
    )
    content = calendars.write((whole, day), ZONE, SINCE, wording.load("zh_CN"))
    assert calendars.read(content, ZONE, SINCE).appointments == (whole, day)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    lines = content.replace(b"\r\n ", b"").decode().split("\r\n")  # unfolded, as any reader does
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    for line in (
        "DTSTART:20261124T010000Z",
        "DTEND:20261124T023000Z",
        "DTSTART;VALUE=DATE:20261125",
        "DTEND;VALUE=DATE:20261126",
        "LOCATION:301\\;二",
        "UID:a@x",
        "STATUS:CANCELLED",
    ):
        assert line in lines, line
    (summary,) = (line for line in lines if line.startswith("SUMMARY:某"))
    assert summary.startswith("SUMMARY:某公司\\, 二部 · 钱\\; 经理\\\\n: 座谈\\, 很长")
    (described,) = (line for line in lines if line.startswith("DESCRIPTION"))
    assert "13800003333" in described
