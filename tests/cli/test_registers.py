"""The register as a whole: made, checked, copied, put back, filled for trying out; and the day on paper."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdf
import pytest

from reception import proofs
from reception.desk import default_place
from tests.cli.running import InProcess, environment, one_line, run
from tests.factories import behind_its_back

AT = ("--at", "2024-03-05T09:30")
DAY = ("list", "--day", "2024-03-05")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_a_new_register_is_made_from_a_template(empty: InProcess) -> None:
    made = empty.done("init", "--template", "hrss", "--site", "某县人社局", "--operator", "王芳")
    if not empty.register.startswith("postgresql"):
        assert made.word == empty.register
        assert Path(empty.register).exists()
    assert empty.json("list") == []
    assert empty.json("show", empty.add())["operator"] == "王芳"
    assert "JC" in {one["code"] for one in empty.json("departments")}
    empty.done("check")


def test_the_small_template_uses_the_zone_that_was_asked_for(empty: InProcess) -> None:
    empty.done("init", "--template", "office", "--zone", "America/New_York")
    number = empty.done("add", "visit", "--subject", "Parcel", "--at", "2024-07-05T09:30").word
    assert empty.json("show", number)["received_at"] == "2024-07-05T09:30:00-04:00"
    assert "JC" not in {one["code"] for one in empty.json("departments")}


def test_the_register_is_the_users_own_unless_named(tmp_path: Path, home: Path) -> None:
    made = run("init")
    assert made.code == 0
    place = Path(made.word)
    assert str(place) == default_place()
    assert home in place.parents
    assert run("add", "visit", "--subject", "x").code == 0
    elsewhere = environment(RECEPTION_LANGUAGE="en", RECEPTION_REGISTER=str(tmp_path / "other.sqlite"))
    assert run("list", env=elsewhere).code == 1
    assert run("--register", str(place), "list", env=elsewhere).code == 0


def test_check_counts_what_it_found_right(reception: InProcess) -> None:
    reception.add(*AT)
    reception.add(*AT)
    found = reception.json("check")
    assert (found["whole"], found["entries"]) == (True, 2)
    assert "2 entries" in reception.done("check").out


def test_a_backup_is_put_back_and_no_number_comes_twice(reception: InProcess, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "backup.sqlite"
    copy.parent.mkdir()
    first = reception.add()
    assert reception.done("backup", str(copy)).word == str(copy)
    lost = reception.add()
    reception.done("restore", str(copy))
    assert [one["number"] for one in reception.json("list")] == [first]
    assert lost in reception.refused("show", lost)
    again = reception.add()
    assert again not in (first, lost)
    reception.done("check")


def test_a_restore_says_where_the_numbers_of_the_year_go_on(cli: InProcess, tmp_path: Path) -> None:
    copy, place, year = tmp_path / "backup.sqlite", Path(cli.register), f"{dt.datetime.now(SHANGHAI):%Y}"

    def came() -> str:
        cli.done("document", "add", "通知", "--from", "省人社厅")
        return str(cli.json("document", "list")[0]["serial"])

    assert came() == f"收〔{year}〕1号"
    cli.done("backup", str(copy))
    assert came() == f"收〔{year}〕2号"
    told = cli.done("restore", str(copy)).out
    assert f"go on at 收〔{year}〕3号" in told
    assert "papers_given" not in told  # the register that was replaced knew
    assert cli.json("restore", str(copy))["next_numbers"] == {"papers": f"收〔{year}〕3号"}
    assert came() == f"收〔{year}〕3号"
    place.unlink()
    told = cli.done("restore", str(copy)).out
    assert f"go on at 收〔{year}〕" in told
    assert "papers_given, slips_given" in told
    cli.done("settings", "papers_given", f"{year}/3")
    assert came() == f"收〔{year}〕4号"
    cli.done("check")


def test_a_gentle_backup_of_a_process_of_its_own_is_whole(reception: InProcess, tmp_path: Path) -> None:
    number, copy = reception.add(*AT), tmp_path / "backup.sqlite"
    assert run("--register", reception.register, "backup", "--gently", str(copy)).code == 0
    there = ["--register", str(copy)]
    assert [one["number"] for one in reception.done(*DAY, "--json", before=there).document] == [number]


def test_a_backup_makes_a_register_where_there_was_none(reception: InProcess, tmp_path: Path) -> None:
    number, copy = reception.add(*AT), tmp_path / "backup.sqlite"
    reception.done("backup", str(copy))
    assert (
        reception.done("restore", str(copy), before=["--register", str(tmp_path / "new" / "r.sqlite")]).code
        == 0
    )
    there = ["--register", str(tmp_path / "new" / "r.sqlite")]
    assert [one["number"] for one in reception.done(*DAY, "--json", before=there).document] == [number]


def test_what_is_no_backup_is_refused_and_the_register_stays(reception: InProcess, tmp_path: Path) -> None:
    number, text = reception.add(*AT), tmp_path / "notes.txt"
    text.write_text("这不是备份\n" * 100, "utf-8")
    reception.refused("restore", str(text), code=1)
    reception.refused("restore", str(tmp_path / "missing.sqlite"), code=1)
    reception.refused("backup", str(tmp_path / "missing" / "b.sqlite"), code=1)
    reception.refused("backup", str(tmp_path))
    if not reception.register.startswith("postgresql"):
        reception.refused("backup", reception.register)
    assert [one["number"] for one in reception.json(*DAY)] == [number]
    reception.done("check")


def test_a_current_register_needs_no_migration(reception: InProcess) -> None:
    said = reception.json("migrate")
    assert said["before"] == said["after"]
    assert "Nothing to do" in reception.done("migrate").out


def test_demo_makes_a_register_that_passes_every_check(empty: InProcess) -> None:
    made = empty.json("demo", "--days", "3", "--per-day", "20", "--seed", "7", "--until", "2024-03-05")
    assert made["entries"] == empty.json("check")["entries"] == 60
    rows = empty.json(*DAY)
    assert len(rows) >= 5
    assert all(one["number"].startswith("20240305-") for one in rows)
    assert empty.refused("demo", "--days", "1", "--per-day", "1")
    assert empty.json(*DAY) == rows


def test_demo_fills_an_empty_register(reception: InProcess) -> None:
    reception.done("demo", "--days", "2", "--per-day", "10", "--until", "2024-03-05")
    assert reception.json(*DAY)
    reception.done("check")


def test_the_day_is_printed_in_the_language_that_was_asked_for(reception: InProcess, tmp_path: Path) -> None:
    number, sheet = reception.add("--name", "张建国", *AT), tmp_path / "sheet.pdf"
    reception.done("void", reception.add(*AT), "--reason", "误登")
    assert reception.done("print-day", "2024-03-05", "-o", str(sheet)).word == str(sheet)
    english = _text(sheet)
    assert "张建国" in english
    assert "March 2024" in english
    chinese = reception.done(
        "print-day", "20240305", "-o", str(sheet), "--json", before=["--language", "zh_CN"]
    )
    document = chinese.document
    assert proofs.read_code(document.pop("code"))
    assert document == {
        "day": "2024-03-05",
        "file": str(sheet),
        "pages": len(pypdf.PdfReader(sheet).pages),
        "count": 2,
        "reports": [],
    }
    assert "2024年3月5日" in _text(sheet)
    assert number[-3:] in _text(sheet)


def test_the_sheet_lies_in_this_folder_and_speaks_the_sites_language(
    reception: InProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reception.add(*AT)
    done = run(
        *("--register", reception.register, "print-day", "2024-03-05"),
        env=environment(LC_ALL="C", PYTHONPATH=str(Path.cwd())),
        cwd=tmp_path,
    )
    assert (done.code, done.err) == (0, "")
    assert done.word == "reception-2024-03-05.pdf"
    assert "2024年3月5日" in _text(tmp_path / "reception-2024-03-05.pdf")


def _text(path: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def test_check_lists_all_that_is_wrong_and_fails(reception: InProcess) -> None:
    first, second = reception.add(*AT), reception.add(*AT)
    with behind_its_back(reception.register) as execute:
        execute("UPDATE entry SET subject = '别的事'")
    said = reception("check")
    assert said.code == 1
    assert [line.partition(" ")[0] for line in said.out.splitlines()] == [first, second]
    assert one_line(said.err) == "The register is not whole: 2 troubles."
    found = reception("check", "--json")
    assert found.code == 1
    assert (found.document["whole"], len(found.document["troubles"]), found.document["more"]) == (False, 2, 0)
    with behind_its_back(reception.register) as execute:
        execute(f"UPDATE entry SET subject = '社保卡补换' WHERE sequence = {int(first[-3:])}")
    assert second in reception.refused("check", code=1)
