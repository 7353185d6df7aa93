"""The site's settings by command; those of its paper change what is printed from then on."""

from __future__ import annotations

from pathlib import Path

import pypdf
from PIL import Image

from tests.cli.running import InProcess


def _text(path: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def test_settings_are_listed_shown_changed_and_taken_back(reception: InProcess) -> None:
    assert reception.json("settings")["waiting_minutes"] == "10"
    assert reception.json("settings", "waiting_minutes", "15") == {"waiting_minutes": "15"}
    reception.done("undo")
    assert reception.json("settings", "waiting-minutes") == {"waiting_minutes": "10"}
    assert "wating" in reception.refused("settings", "wating_minutes", "15")
    reception.refused("settings", "waiting_minutes", "many")
    reception.done("check")


def test_paper_follows_its_settings(reception: InProcess, tmp_path: Path) -> None:
    number = reception.add("--name", "张建国", "--phone", "13800000000")
    path, picture = tmp_path / "day.pdf", tmp_path / "logo.png"
    Image.new("RGB", (40, 20), "red").save(picture)
    reception.done("settings", "paper_letterhead", "某省某县")
    reception.done("settings", "paper_logo", str(picture))
    reception.done("settings", "paper_daily_sheet_columns", "number name:30 matter")
    reception.done("settings", "paper_daily_sheet_size", "A5")
    reception.done("settings", "paper_daily_sheet_signatures", "张三签字 | 李四签字")
    reception.done("print-day", "-o", str(path))
    (page,) = pypdf.PdfReader(path).pages
    text = page.extract_text()
    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 420)
    assert "某省某县" in text
    assert "张建国" in text
    assert "13800000000" not in text  # its column was not chosen
    assert "李四签字" in text
    assert len(page.images) == 1
    reception.done("undo")  # the signatures; a print cannot be taken back and is no act to undo
    reception.done("check")
    assert number


def test_a_setting_that_no_paper_could_follow_is_refused(reception: InProcess, tmp_path: Path) -> None:
    for name, value, said in (
        ("paper_size", "A0", "A4"),
        ("paper_margins", "1", "millimet"),
        ("paper_daily_sheet_columns", "number colour", "colour"),
        ("paper_daily_sheet_columns", "number number", "once"),
        ("paper_daily_sheet_rows", "41", "40"),
        ("paper_no_form_rows", "1", "paper_no_form_rows"),
        ("paper_colour", "red", "paper_colour"),
    ):
        assert said in reception.refused("settings", name, value)
    assert "none.png" in reception.refused("settings", "paper_logo", str(tmp_path / "none.png"), code=1)
    assert not any(name.startswith("paper_") for name in reception.json("settings"))
