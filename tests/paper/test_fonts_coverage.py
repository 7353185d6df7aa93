"""Every character that is promised comes back from the paper as itself."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest

from reception import font_words, wording
from reception.facts.unprinted import Unprinted
from reception.paper import fonts
from reception.paper.fonts import coverage, missing, system
from reception.paper.fonts.chain import Chain
from reception.paper.fonts.standard import CJK_BLOCKS, block_of, general_standard
from reception.paper.fonts.system import Library
from tests.paper import reading
from tests.paper.small_fonts import make

ROW = 40


def rows(characters: str) -> list[str]:
    return [characters[start : start + ROW] for start in range(0, len(characters), ROW)]


def on_this_computer(monkeypatch: pytest.MonkeyPatch) -> Chain:
    monkeypatch.delenv(system.VARIABLE)
    return Chain((fonts.face(fonts.REGULAR),), Library(system.folders()))


def test_the_standard_has_its_8105_characters() -> None:
    parts = general_standard()
    assert [len(part) for part in parts] == [3_500, 3_000, 1_605]
    whole = "".join(parts)
    assert len(set(whole)) == 8_105
    assert sum(char > "\uffff" for char in whole) == 196
    assert whole.startswith("一乙二十丁")
    assert whole.endswith("齇觿蠼")
    assert "𬱖" in whole
    # Of the characters in the order of the field kTGH of the Unicode Han Database.
    digest = "7a74be6ba0e31be97d5ccc3c93acc6a1329a8b97d99f3f476c18c93ca66dba9f"
    assert hashlib.sha256(whole.encode()).hexdigest() == digest


def test_all_characters_of_the_standard_come_back_from_two_readers(tmp_path: Path) -> None:
    chain = fonts.chain()
    lines = rows("".join(general_standard()))
    path = reading.write(tmp_path / "standard.pdf", chain, lines)
    assert reading.by_pdfium(path) == lines
    assert reading.by_poppler(path) == lines
    assert not chain.unprinted("".join(lines))
    for name, size in reading.embedded(path).items():
        assert re.fullmatch(r"[A-Z]{6}\+NotoSansSC-Regular", name)
        assert size < 500_000


def test_every_han_character_that_the_chain_claims_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With whatever fonts this computer has."""
    chain = on_this_computer(monkeypatch)
    claimed = [chr(point) for block in CJK_BLOCKS for point in block.points()]
    lines = rows("".join(char for char in claimed if chain.font_of(char)))
    assert len(lines) * ROW > 28_000
    path = reading.write(tmp_path / "claimed.pdf", chain, lines)
    assert reading.by_pdfium(path) == lines
    assert reading.by_poppler(path) == lines


def test_no_character_of_either_is_drawn_as_the_glyph_for_missing_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each code of each font leads to a glyph other than the first, by the font's own map."""
    chain = on_this_computer(monkeypatch)
    sample = "".join(general_standard()[2]) + "".join(
        chr(point) for block in CJK_BLOCKS for point in block.points()[::97]
    )
    path = reading.write(tmp_path / "glyphs.pdf", chain, rows(sample))
    seen = 0
    for font, codes in _shown(path):
        if font["/Subtype"] == "/Type3":
            seen += len(codes)
            continue
        glyphs = _glyphs(font["/FontDescriptor"]["/FontFile2"].get_data())
        assert all(glyphs[code] for code in codes)
        seen += len(codes)
    assert seen == len(sample)


def _shown(path: Path) -> Iterator[tuple[Any, bytes]]:
    """Each piece of text with its font."""
    for page in pypdf.PdfReader(path).pages:
        content = pypdf.generic.ContentStream(page["/Contents"], page.pdf)
        font = None
        for operands, operator in content.operations:
            if operator == b"Tf":
                font = page["/Resources"]["/Font"][operands[0]].get_object()  # type: ignore[index]
            elif operator == b"Tj":
                assert font is not None
                yield font, operands[0].original_bytes


def _glyphs(content: bytes) -> dict[int, int]:
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(content))
    [table] = font["cmap"].tables
    return {code: font.getGlyphID(name) for code, name in table.cmap.items()}


def test_blocks_are_those_of_unicode() -> None:
    assert {
        block.name.removeprefix("CJK Unified Ideographs "): len(block.points()) for block in CJK_BLOCKS
    } == {
        "CJK Radicals Supplement": 115,
        "Kangxi Radicals": 214,
        "CJK Strokes": 36,
        "CJK Unified Ideographs": 20_992,
        "Extension A": 6_592,
        "Extension B": 42_720,
        "Extension C": 4_154,
        "Extension D": 222,
        "Extension E": 5_762,
        "Extension F": 7_473,
        "Extension G": 4_939,
        "Extension H": 4_192,
        "Extension I": 622,
        "CJK Compatibility Ideographs": 472,
        "CJK Compatibility Ideographs Supplement": 542,
    }
    assert block_of(ord("𬱖")).name == "CJK Unified Ideographs Extension E"
    assert (block_of(0x627).first, block_of(0x627).last) == (0x600, 0x6FF)


def test_coverage_counts_what_is_printed(tmp_path: Path) -> None:
    path = make(tmp_path / "rare.ttf", "𠮷𠂤", family="BabelStone Han")
    make(tmp_path / "arabic.ttf", "ئ", family="Other")
    before = coverage.measure()
    after = coverage.measure(Chain((fonts.face(fonts.REGULAR),), Library([tmp_path])))
    assert after.lists[0] == coverage.Listed("通用规范汉字表", 8_105, 8_105, "")
    grown = {new.name: new.printed - old.printed for old, new in zip(before.lists, after.lists, strict=True)}
    assert {name: count for name, count in grown.items() if count} == {
        "CJK Unified Ideographs Extension B": 2
    }
    assert [(font.family, font.file, font.characters) for font in after.fonts[1:]] == [
        ("BabelStone Han", path, 2)
    ]
    assert after.others == 1
    extension = next(one for one in after.lists if one.name.endswith("Extension B"))
    assert len(extension.missing) == extension.total - extension.printed
    assert "𠮷" not in extension.missing


LINES = [
    ("head", ["某县人力资源和社会保障局", None, 3]),
    ("entry:7", ["20261122-001", {"name": "𠮷田太郎", "phone": None}, ["普通", 1.5]]),
    ("entry:8", ["002", "张建国", "社保卡补换"]),
    ("entry:9", ["003", "王芳", "他说" * 20 + "\ue81e\nئالىم" + "了" * 40]),
]


def test_lines_with_characters_that_no_font_has_are_found() -> None:
    found = missing.find(LINES)
    assert [(line.key, line.number, line.characters) for line in found.found] == [
        ("entry:7", "20261122-001", "𠮷"),
        ("entry:9", "003", "\ue81eئالىم"),
    ]
    assert [line.text for line in found.found] == [
        "𠮷田太郎",
        "…" + "他说" * 6 + "\ue81e ئالىم" + "了" * 6 + "…",
    ]
    assert found.characters == "𠮷\ue81eئالىم"
    assert found
    assert not missing.find(LINES[:1] + LINES[2:3])
    assert not Unprinted()


def test_a_line_of_a_register_is_told_with_its_day() -> None:
    lines = [
        ("entry:1", ["005", "2026-11-02T09:10:00+08:00", "𠮷田", "2026-11-03T10:00:00+08:00"]),
        ("entry:2", [20261117, ["B-005", "2026-11-17T09:10:00+08:00", "𠮷田"]]),
        ("entry:3", ["20261119-R3JB2K7-001", "2026-11-20T09:10:00+08:00", "𠮷田"]),
    ]
    found = missing.find(lines).found
    assert [line.number for line in found] == ["20261102-005", "20261117-B-005", "20261119-R3JB2K7-001"]


def test_a_font_that_has_them_leaves_nothing_to_be_found(tmp_path: Path) -> None:
    make(tmp_path / "rare.ttf", "𠮷")
    chain = Chain((fonts.face(fonts.REGULAR),), Library([tmp_path]))
    assert not missing.find(LINES[:3], chain)


def test_sentence_names_characters_lines_and_where_to_get_a_font() -> None:
    english = wording.load("en")
    found = missing.find(LINES[:3])
    assert font_words.advice(english, found, "linux") == (
        "No font on this computer has 𠮷 (U+20BB7): each is printed as its code in a box. "
        "Concerned: 20261122-001 (𠮷田太郎). "
        "Install the packages fonts-babelstone-han fonts-hanazono, then print again."
    )
    assert "SimSun-ExtB" in font_words.advice(english, found, "win32")
    assert font_words.advice(english, Unprinted(), "linux") == ""


@pytest.mark.parametrize("system", ["linux", "win32", "darwin"])
def test_sentence_about_the_youngest_blocks_names_a_font_that_has_them(system: str) -> None:
    found = missing.find([("entry:1", ["001", "赵\U0002ebf0\U00031350"])])
    said = font_words.advice(wording.load("en"), found, system)
    assert "Install the font Jigmo (https://kamichikoichi.github.io/jigmo/), then print again." in said
    assert "BabelStone" not in said
    assert "packages" not in said


def test_sentence_about_private_use_sends_nobody_to_look_for_a_font() -> None:
    found = missing.find([("entry:1", ["001", "李\ue81e"])])
    said = font_words.advice(wording.load("en"), found, "linux")
    assert "Install" not in said
    assert "type such a character anew" in said


def test_sentence_about_many_tells_the_first_and_how_many_more() -> None:
    chain = fonts.chain()
    rare = [chr(point) for point in range(0x20000, 0x20100) if not chain.font_of(chr(point))][:50]
    many = [(f"entry:{index}", [f"{index:03d}", char]) for index, char in enumerate(rare, 100)]
    said = font_words.advice(wording.load("en"), missing.find(many), "linux")
    assert "and 44 more: each" in said
    assert said.count("U+20") == 6
    assert "and 44 more. Install" in said
