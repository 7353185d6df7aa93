"""The director's page and the bulletin on the terminal, as JSON, and as a spreadsheet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from tests.cli.running import InProcess

DAY = "2024-03-05"


@pytest.fixture
def lived_in(cli: InProcess) -> InProcess:
    """A day of long ago, of which something was sent on only today."""
    number = cli.add("--name", "张建国", "--phone", "13800138000", "--at", f"{DAY}T09:30")
    cli.add("--subject", "集体来访", "--party", "12", "--at", f"{DAY}T10:00")
    cli.done("refer", number, "--to", "JC")
    return cli


def test_the_page_of_a_day_is_told_in_words_and_as_json(lived_in: InProcess) -> None:
    told = lived_in.json("report", "day", DAY)
    assert list(told) == [
        *("day", "as_of", "over", "rules", "groups", "events", "departments", "totals", "due"),
        "instructions",
    ]
    assert told["instructions"] == []
    assert (told["day"], told["over"], told["as_of"]) == (DAY, True, "2024-03-06T00:00:00+08:00")
    assert list(told["rules"]) == ["delay", "pile", "neglect", "image"]
    (group,) = told["groups"]
    assert (group["people"], group["text"], group["at"]) == (12, "集体来访", f"{DAY}T10:00:00+08:00")
    image = {one["what"]: one for one in told["rules"]["image"]["exceptions"]}
    assert [one["number"][-3:] for one in image["no-act"]["first"]] == ["002"]
    assert image["no-act"]["first"][0]["late"] == {"days": 0, "minutes": 300}, (
        "of office hours: lunch left out"
    )
    assert told["rules"]["delay"] == {
        "count": 0,
        "exceptions": [{"what": what, "count": 0, "first": []} for what in ("overdue", "late")],
    }
    assert (told["totals"]["day"]["visits"], told["totals"]["day"]["visitors"]) == (2, 13)
    assert told["totals"]["week_ago"]["first"] == "2024-02-27"
    assert told["totals"]["month"]["first"] == "2024-03-01"
    lines = lived_in.done("report", "day", DAY).out
    assert "Good name: 2" in lines
    assert "集体来访" in lines
    assert "As of" not in lines
    chinese = lived_in.done("report", "day", DAY, before=("--language", "zh_CN")).out
    assert "不影响形象：2" in chinese
    assert "未答复" in chinese
    assert "As of" in lived_in.done("report", "day").out
    lived_in.done("instruction", "write", "--day", DAY, "--leader", "吴局长", "--words", "很好")
    (written,) = lived_in.json("report", "day", DAY)["instructions"]
    assert (written["leader"], written["words"], written["job"]) == ("吴局长", "很好", None)
    assert "  吴局长  很好" in lived_in.done("report", "day", DAY).out


def test_what_was_sent_today_stands_with_its_department(lived_in: InProcess) -> None:
    # the referral was made when it was entered, whatever time the visit was
    told = lived_in.json("report", "week")
    (jc,) = [one for one in told["departments"] if one["code"] == "JC"]
    assert (jc["received"], jc["open"], jc["before"]["received"]) == (1, 1, 0)
    assert told["whole"]["received"] == 1
    assert (told["period"], told["over"]) == ("week", False)
    month = lived_in.json("report", "month", "2024-03")
    assert (month["now"]["first"], month["now"]["last"], month["over"]) == ("2024-03-01", "2024-03-31", True)
    assert month["before"]["last"] == "2024-02-29"
    assert [one["first"] for one in month["days"]] == [DAY]
    assert "(+1)" in lived_in.done("report", "week").out


def test_a_bulletin_is_written_as_a_spreadsheet(lived_in: InProcess, tmp_path: Path) -> None:
    path = tmp_path / "三月.xlsx"
    assert lived_in.done("report", "month", "2024-03", "--xlsx", str(path)).word == str(path)
    departments, _totals, days, _about = openpyxl.load_workbook(path).worksheets
    assert departments["A1"].value == "Department"
    assert days["A2"].value == dt.datetime(2024, 3, 5)
    told = lived_in.json("report", "week", DAY, "--xlsx", str(path))
    assert (told["file"], told["now"]["first"]) == (str(path), "2024-03-04")
    nowhere = tmp_path / "nowhere" / "a.xlsx"
    assert "no folder" in lived_in.refused("report", "week", "--xlsx", str(nowhere), code=1)
    assert not nowhere.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("day", "2024-02-30"), "does not exist"),
        (("day", "2199-01-01"), "still to come"),
        (("month", "2024-13"), "not a month"),
        (("month", "2199-01"), "still to come"),
        (("week", "soon"), "not a date"),
        (("year",), "year"),
    ],
)
def test_what_cannot_be_told_is_refused(cli: InProcess, words: tuple[str, ...], said: str) -> None:
    assert said in cli.refused("report", *words)


def test_a_department_is_told_nothing_of_the_others(cli: InProcess) -> None:
    result = cli("report", "day", before=("--department", "JC"))
    assert (result.code, result.out) == (2, "")
    assert "desk's work" in result.err
