"""``reception fonts``: what paper is printed with, without a register."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reception.paper import fonts
from reception.paper.fonts import system
from tests.cli.running import InProcess
from tests.paper.small_fonts import make


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> InProcess:
    """A computer with two further fonts, on which no register was ever made."""
    make(tmp_path / "fonts" / "rare.ttf", "𠮷𠂤", family="BabelStone Han")
    make(tmp_path / "fonts" / "arabic.ttf", "ئ", family="Other")
    monkeypatch.setenv(system.VARIABLE, str(tmp_path / "fonts"))
    for kept in (fonts.library, fonts.chain):
        kept.cache_clear()
    return InProcess(capsys, str(tmp_path / "none.sqlite"))


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    for kept in (fonts.library, fonts.chain):
        kept.cache_clear()


def test_fonts_and_coverage_are_told_and_how_to_get_more(cli: InProcess, tmp_path: Path) -> None:
    lines = cli.done("fonts").out.splitlines()
    told = [line.split() for line in lines]
    assert ["NotoSansSC-Regular", "28,265", "part", "of", "this", "program"] in told
    assert ["BabelStone", "Han", "2", str(tmp_path / "fonts" / "rare.ttf")] in told
    assert ["通用规范汉字表", "8,105", "8,105", "100", "%"] in told
    assert ["CJK", "Unified", "Ideographs", "20,976", "20,992", "99.9", "%"] in told
    assert "Other fonts, asked for other scripts: 1" in lines
    assert lines[-1].startswith("Install the ")
    assert "HarfBuzz" not in "".join(lines)
    assert not (tmp_path / "none.sqlite").exists()


def test_document_holds_the_same(cli: InProcess, tmp_path: Path) -> None:
    document = cli.json("fonts")
    assert document["shaping"] is True
    assert document["other_fonts"] == 1
    assert [font["family"] for font in document["fonts"]] == ["NotoSansSC-Regular", "BabelStone Han"]
    assert document["fonts"][1]["file"] == str(tmp_path / "fonts" / "rare.ttf")
    standard, *blocks = document["coverage"]
    assert standard == {"name": "通用规范汉字表", "printed": 8_105, "of": 8_105, "missing": []}
    youngest = next(block for block in blocks if block["name"].endswith("Extension I"))
    assert youngest == {
        "name": "CJK Unified Ideographs Extension I",
        "printed": 0,
        "of": 622,
        "missing": ["U+2EBF0-U+2EE5D"],
    }
