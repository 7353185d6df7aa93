"""Due dates, the working calendar, the limits, absences and the clock of a referral, by command."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.cli.running import InProcess

NOTICE = "2027-01-01,off,元旦\n2027-02-06,off,春节\n2027-02-07,worked,春节\n"
SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_due_dates_by_three_clocks(reception: InProcess) -> None:
    def due(*words: str) -> tuple[str, bool]:
        found = reception.json("due", *words)
        assert list(found) == ["due", "provisional"]
        return found["due"], found["provisional"]

    assert due("--from", "2026-09-18", "--limit", "5", "--clock", "working") == ("2026-09-24", False)
    assert due("--from", "20260925", "--limit", "5") == ("2026-10-09", False)
    assert due("--from", "2026-02-13", "--limit", "5") == ("2026-02-27", False)
    assert due("--from", "2026-09-16T23:59", "--limit", "15", "--clock", "calendar") == ("2026-10-08", False)
    assert due("--from", "2026-12-30", "--limit", "3") == ("2027-01-05", True)
    hours = ("--limit", "2", "--clock", "hours")
    assert due("--from", "2026-11-23T11:30", *hours) == ("2026-11-23T16:00:00+08:00", False)
    assert due("--from", "2026-11-23T03:30Z", *hours) == ("2026-11-23T16:00:00+08:00", False)
    assert due("--limit", "1")[0] > dt.datetime.now(SHANGHAI).date().isoformat()
    said = reception.done("due", "--from", "2026-12-31T17:00", *hours).out
    assert said == "Due: 2027-01-04 10:00 (provisional)\n"
    assert reception.done("due", "--from", "2026-09-18", "--limit", "5").out == "Due: 2026-09-24\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--limit", "0"], "less than 1"),
        (["--limit", "five"], "not a whole number"),
        (["--limit", "5", "--clock", "days"], "Choose one of: calendar, working, hours"),
        (["--limit", "4000"], "A whole number from 1 to 3650"),
        (["--limit", "2000", "--clock", "hours"], "A whole number from 1 to 1000"),
        (["--limit", "5", "--from", "yesterday"], "not a date"),
        (["--limit", "5", "--from", "2026-11-23T25:00"], "not exist"),
        (["--limit", "5", "--from", "9999-12-30"], "No calendar reaches that far"),
        (["--limit", "5", "--clock", "hours", "--from", "2026-11-23"], "begins with a time"),
        ([], "The option --limit is missing"),
    ],
)
def test_what_has_no_due_date_is_refused(cli: InProcess, words: list[str], said: str) -> None:
    assert said in cli.refused("due", *words)


def test_a_year_is_shown_imported_and_exported(reception: InProcess, tmp_path: Path) -> None:
    known = reception.json("calendar", "show", "2026")
    assert (known["year"], known["known"]) == (2026, True)
    assert {"date": "2026-09-20", "kind": "worked", "name": "国庆节"} in known["days"]
    assert "2026-09-20  make-up day  国庆节" in reception.done("calendar", "show", "2026").out
    assert reception.json("calendar", "show", "2027") == {"year": 2027, "known": False, "days": []}
    assert "not known yet" in reception.done("calendar", "show", "2027").out
    file = tmp_path / "2027年.csv"
    file.write_text(NOTICE, encoding="utf-8")
    assert reception.json("calendar", "import", "2027", str(file)) == {"year": 2027, "off": 2, "worked": 1}
    copy = tmp_path / "copy.csv"
    assert reception.done("calendar", "export", "2027", str(copy)).word == str(copy)
    assert copy.read_bytes() == b"\xef\xbb\xbf" + ("date,kind,name\n" + NOTICE).encode()
    line = reception.done("calendar", "import", "2027", str(copy)).out
    assert line == "Saved the calendar of 2027: 2 days off, 1 make-up days.\n"
    assert reception.json("due", "--from", "2027-02-05", "--limit", "1") == {
        "due": "2027-02-07",
        "provisional": False,
    }
    reception.done("check")


def test_a_wrong_year_is_refused_by_its_line(cli: InProcess, tmp_path: Path) -> None:
    def refused(data: bytes, year: str = "2027") -> str:
        file = tmp_path / "year.csv"
        file.write_bytes(data)
        return cli.refused("calendar", "import", year, str(file))

    assert "Line 2 is no day off or make-up day" in refused(b"2027-01-01,off\n2027-13-01,off\n")
    assert "Line 1: 2027-01-01 belongs to the calendar of 2027, not of 2028." in refused(
        b"2027-01-01,off", "2028"
    )
    assert "Line 1 is not UTF-8 text (GBK perhaps)" in refused("2027-01-01,休,元旦".encode("gbk"))
    assert "no day off in" in refused(b"date,kind,name\n")
    assert "2004 to 2199" in refused(NOTICE.encode(), "1987")
    assert "FILE is missing" in cli.refused("calendar", "import", "2027")
    assert "not known yet" in cli.refused("calendar", "export", "2027", str(tmp_path / "x.csv"))
    assert "Choose one of: show, import, export" in cli.refused("calendar", "list", "2027")
    cli.refused("calendar", "import", "2027", str(tmp_path / "none.csv"), code=1)
    assert cli.json("calendar", "show", "2027")["known"] is False
    assert not (tmp_path / "x.csv").exists()


def test_the_limits_are_listed_and_taken_over(reception: InProcess) -> None:
    found = reception.json("limits")
    assert list(found[0]) == [
        *("matter", "urgency", "category", "source", "limit", "clock", "remind_days", "active"),
    ]
    own = {**dict.fromkeys(("matter", "urgency", "source")), "category": "complaint"}
    assert [one["limit"] for one in found if own.items() <= one.items()] == [13]
    assert reception.json("limits", "--load") == found
    assert "everything else" in reception.done("limits").out
    assert "12345 hotline" in reception.done("limits").out


def test_officers_are_away_and_back(reception: InProcess) -> None:
    today = dt.datetime.now(SHANGHAI).date()
    later = (today + dt.timedelta(days=3)).isoformat()
    assert reception.json("absent", "jc", "a", "--until", later) == {
        **{"department": "JC", "officer": "A", "name": None},
        **{"from": today.isoformat(), "until": later, "back": False},
    }
    (jc,) = [one for one in reception.json("departments") if one["code"] == "JC"]
    assert jc["away"] == {"A": later}
    assert f"officer A away until the end of {later}" in reception.done("departments").out
    line = reception.done("absent", "JC", "B").out
    assert line == f"Away until the end of {today}: officer B of JC\n"
    number = reception.add()
    reception.done("refer", number, "--to", "JC")
    assert reception.done("absent", "JC", "A", "--back").out == "Back: officer A of JC\n"
    assert "Officer A is not away" in reception.refused("absent", "JC", "A", "--back")
    assert "A or B" in reception.refused("absent", "JC", "C")
    assert "no department" in reception.refused("absent", "QQQQ", "A")
    assert "This day is over" in reception.refused("absent", "JC", "A", "--until", "2026-01-01")
    assert "leave one of" in reception.refused("absent", "JC", "A", "--back", "--until", later)
    assert "; taken by the desk on their behalf" in reception.done("show", number).out
    reception.done("check")


def test_a_limit_is_shortened_when_sending(reception: InProcess) -> None:
    number = reception.add()
    longer = ("refer", number, "--to", "JC", "--limit", "6")
    assert "there has to be an extension" in reception.refused(*longer)
    assert "Choose one of: calendar" in reception.refused(*longer, "--clock", "days")
    (sent,) = reception.json("refer", number, "--to", "JC", "--limit", "3", "--clock", "hours")["referrals"]
    due = dt.datetime.fromisoformat(sent["due"])
    assert (sent["limit"], sent["clock"], due.utcoffset()) == (3, "hours", dt.timedelta(hours=8))


def test_a_clock_is_stopped_let_go_on_and_extended(reception: InProcess) -> None:
    number = reception.add()
    name = f"{number}/JC"
    (sent,) = reception.json("refer", number, "--to", "JC")["referrals"]
    assert (sent["limit"], sent["clock"], sent["paused_at"]) == (5, "working", None)
    day = reception.json("due", "--limit", "5")
    assert (sent["due"], sent["provisional"]) == (day["due"], day["provisional"])
    paused = reception.json("pause", name, "--reason", "等本人补交工资条")
    assert paused["paused_at"] is not None
    assert "stands already" in reception.refused("pause", name, "--reason", "再等")
    assert reception.done("resume", number).out == f"The clock of {name} goes on: due {sent['due']}\n"
    assert "was not stopped" in reception.refused("resume", number)
    more = reception.json("due", "--limit", "8")["due"]
    words = ("--by", "3", "--reason", "需外出核查", "--approver", "李局长")
    extended = reception.json("extend", name, *words)
    assert (extended["limit"], extended["due"]) == (8, more)
    assert "less than 1" in reception.refused("extend", name, "--by", "0", *words[2:])
    assert "name of the person" in reception.refused("extend", name, *words[:4], "--approver", " ")
    text = reception.done("show", number).out
    for said in ("clock paused", "clock goes on", "extended", "李局长", "等本人补交工资条"):
        assert said in text
    assert "extended" in reception.done("undo").out
    assert reception.json("show", number)["referrals"][0]["due"] == sent["due"]
    reception.done("check")
