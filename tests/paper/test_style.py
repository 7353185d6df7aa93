"""The site's settings on the paper: sheets, margins, columns, blank rows, who signs; what stamps say."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from PIL import Image

from reception import papers
from reception.facts import EntryStatus
from reception.facts.printing import Stamp
from reception.paper import forms, making, style
from reception.paper.daily_sheet import FORM, DaySheet
from reception.paper.style import MM, Style
from tests.paper import pdf
from tests.paper.chinese import CHINESE, ENGLISH
from tests.paper.made_up import MADE_AT, STAMP, long_day, row, sheet
from tests.paper.test_pages import assert_closed_properly, assert_inside_its_cell

NARROW = "name organisation matter sent_to outcome remarks clerk"
"""So many columns of prose that a row of a narrow sheet has eight lines."""
KEYS = [column.key for column in FORM.columns]


def chosen(**said: str) -> Style:
    """The style of the daily sheet by settings of its own."""
    return style.chosen(FORM, {papers.key(part, FORM.name): value for part, value in said.items()})


def printed(data: DaySheet, look: Style | None, path: Path, stamp: Stamp = STAMP) -> list[pdf.Page]:
    count = making.write("daily_sheet", data, CHINESE, look, stamp, path)
    pages = pdf.read(path)
    assert len(pages) == count
    return pages


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("paper", papers.SHEETS)
@pytest.mark.parametrize("turned", ["yes", "no"])
@pytest.mark.parametrize("margin", ["8", "10 12 14 30"])
def test_any_sheet_either_way_round_keeps_its_margins(
    paper: str, turned: str, margin: str, tmp_path: Path
) -> None:
    look = chosen(size=paper, turned=turned, margins=margin)
    pages = printed(long_day(25, 2), look, tmp_path / "day.pdf")
    short, long = (side * MM for side in papers.PAPERS[paper])
    top, right, bottom, left = papers.margins(margin) or (0.0,) * 4
    for number, page in enumerate(pages, 1):
        assert (page.width, page.height) == pytest.approx(
            (long, short) if turned == "yes" else (short, long), abs=0.1
        )
        assert_inside_its_cell(page)
        for char in page.loose:
            if char.text.strip():
                assert char.box[0] > left * MM - 1.5
                assert char.box[2] < page.width - right * MM + 1.5
                assert char.box[1] > bottom * MM - 1.5
                assert char.box[3] < page.height - top * MM + 1.5
        for table in page.tables:
            assert table.edges[0] == pytest.approx(left * MM, abs=0.1)
            assert table.edges[-1] == pytest.approx(page.width - right * MM, abs=0.1)
        assert "每日接待登记表" in page.outside[0]
        assert any(line.endswith(f"第 {number} 页 共 {len(pages)} 页") for line in page.outside)
    assert any("首问责任人" in line for line in pages[-1].outside)


def test_columns_stand_in_the_order_and_width_that_the_site_chose(tmp_path: Path) -> None:
    look = chosen(columns="matter number:15 name:40 phone")
    [page] = printed(sheet([row(1, name="张建国", matter="", subject="问路")]), look, tmp_path / "day.pdf")
    [table] = page.tables
    assert table.rows == [["事由", "序号", "姓名", "联系电话"], ["问路", "001", "张建国", "13800000000"]]
    widths = [(after - before) / MM for before, after in pairwise(table.edges)]
    assert widths[1:3] == pytest.approx([15, 40], abs=0.1)


def test_columns_that_together_are_too_wide_give_way(tmp_path: Path) -> None:
    every = " ".join(f"{key}:60" for key in KEYS)
    pages = printed(long_day(4), chosen(columns=every, size="A5", turned="no"), tmp_path / "day.pdf")
    for page in pages:
        assert page.tables[0].edges[-1] <= page.width - 15 * MM + 0.1
        assert_inside_its_cell(page)


def pieces(cell: list[pdf.Char]) -> list[str]:
    """The words of a cell, each that is broken as its pieces."""
    lines: dict[float, str] = {}
    for char in cell:
        lines[round(char.y, 1)] = lines.get(round(char.y, 1), "") + char.text
    return " ".join(lines.values()).split()


@pytest.mark.parametrize(("turned", "left_out"), [("yes", False), ("no", True)])
def test_words_stay_whole_on_a_small_sheet_and_what_has_no_room_is_named(
    turned: str, left_out: bool, tmp_path: Path
) -> None:
    look = replace(style.default(FORM, "A5"), landscape=turned == "yes")
    data = sheet([row(at, name="Margaret", operator="Xiaoming", phone="13900001111") for at in range(1, 4)])
    path = tmp_path / "day.pdf"
    making.write("daily_sheet", data, ENGLISH, look, STAMP, path)
    pages = pdf.read(path)
    cells = [cell for page in pages for row_ in page.tables[0].chars for cell in row_]
    words = {word for cell in cells for word in pieces(cell)}
    titles = [ENGLISH.pgettext("paper", column.title) for column in FORM.columns]
    shown = [squeeze(cell) for cell in pages[0].tables[0].rows[0]]
    gone = [title for title in titles if squeeze(title) not in shown]
    for title in titles:
        assert title in gone or set(title.split()) <= words
    assert {"Margaret", "13900001111", "001"} <= words
    assert bool(gone) == left_out
    said = squeeze("".join("".join(page.outside) for page in pages))
    assert ("noroom" in said) == left_out
    assert all(squeeze(title) in said for title in gone)
    assert min(char.size for page in pages for char in page.loose) > 7


def test_columns_that_a_site_chose_are_all_printed(tmp_path: Path) -> None:
    look = chosen(columns=" ".join(KEYS[::-1]), size="A5", turned="no")
    pages = printed(long_day(3), look, tmp_path / "day.pdf")
    assert all(len(page.tables[0].rows[0]) == len(KEYS) for page in pages)


def test_what_closes_a_sheet_goes_on_where_a_page_has_no_room_for_it(tmp_path: Path) -> None:
    signs = " | ".join(["分管领导意见"] * 6)
    look = chosen(size="A5", turned="yes", margins="38 50 38 50", signatures=signs, columns=NARROW)
    data = sheet([row(at, matter="", subject="拖欠工资要求支付" * 8) for at in range(1, 5)])
    pages = printed(data, look, tmp_path / "day.pdf")
    text = squeeze("".join(cells[2] for page in pages for table in page.tables for cells in table.rows[1:]))
    assert text == "拖欠工资要求支付" * 32
    assert sum(line.count("分管领导意见") for page in pages for line in page.outside) == 6


def test_rows_are_left_blank_for_handwriting_before_the_totals(tmp_path: Path) -> None:
    [page] = printed(sheet([row(1)]), chosen(rows="4"), tmp_path / "day.pdf")
    [table] = page.tables
    assert [cells[0] for cells in table.rows] == ["序号", "001", "", "", "", ""]
    heights = [upper - lower for upper, lower in pairwise(table.levels)]
    assert all(height > 25 for height in heights[2:])  # 9 mm to write in


def test_the_site_says_who_signs_or_that_nobody_does(tmp_path: Path) -> None:
    path = tmp_path / "day.pdf"
    [page] = printed(sheet([row(1)]), chosen(signatures="值班领导 | 经办"), path)
    assert page.outside[-2] == "值班领导经办"
    [page] = printed(sheet([row(1)]), chosen(signatures="-"), path)
    assert page.outside[-2].startswith("合计")


def test_signatures_have_room_to_sign_on_a_narrow_sheet(tmp_path: Path) -> None:
    look = chosen(
        size="A5", turned="no", signatures="登记人（首问责任人） | 办公室负责人 | 分管领导意见 | 日期"
    )
    [page] = printed(sheet([row(1)]), look, tmp_path / "day.pdf")
    lines = [line for line in page.strokes if line[2] - line[0] > 40 and line[1] < page.tables[0].levels[-1]]
    assert len(lines) == 4
    assert all(line[2] <= page.width - 15 * MM + 0.1 for line in lines)


def test_letterhead_and_logo_stand_above_the_title_on_every_page(tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGBA", (300, 200), (200, 0, 0, 128)).save(picture, "PNG")
    look = replace(chosen(), letterhead="某省某县人民政府", logo=picture.getvalue())
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    pages = printed(long_day(30), look, first)
    assert all(page.outside[0] == "某省某县人民政府" for page in pages)
    assert all(page.outside[1] == "每日接待登记表" for page in pages)
    assert_closed_properly(pages)
    printed(long_day(30), look, second)
    assert first.read_bytes() == second.read_bytes()
    for command in (["pdftotext", str(first), "-"], ["pdfinfo", "-struct", str(first)]):
        done = subprocess.run(command, capture_output=True, check=True)
        assert done.stderr == b""


def test_a_print_says_when_by_whom_and_how_it_is_checked(tmp_path: Path) -> None:
    stamp = Stamp(MADE_AT, "王芳", count=1, code="7K3Q9ZTB", head="a1b2c3")
    for page in printed(long_day(30), None, tmp_path / "day.pdf", stamp):
        foot = "".join(page.outside[-3:])
        for words in ("打印时间 2026年1月5日 17:30", "王芳", "7K3Q-9ZTB", "a1b2c3"):
            assert words in foot
        assert "补打" not in page.text
        assert "预览" not in page.text


def test_a_reprint_and_a_preview_say_so_on_every_page(tmp_path: Path) -> None:
    path = tmp_path / "day.pdf"
    for page in printed(long_day(30), None, path, Stamp(MADE_AT, count=3)):
        assert "补打（第 3 次打印）" in "".join(page.outside)
    for page in printed(long_day(30), None, path, Stamp(MADE_AT, preview=True)):
        assert "预览" in "".join(page.outside)


@pytest.mark.parametrize("size", ["A4", "A5"])
def test_a_preview_breaks_its_pages_as_the_print_will(size: str, tmp_path: Path) -> None:
    path = tmp_path / "day.pdf"
    final = Stamp(MADE_AT, "王芳", code="7K3Q9ZTB", head="a1b2c3d4")
    before = replace(final, preview=True, code="", head="")
    look = replace(chosen(size=size), letterhead="某省某县人民政府")
    previewed, whole = (printed(long_day(60, 9), look, path, stamp) for stamp in (before, final))
    assert [page.tables[0].rows for page in previewed] == [page.tables[0].rows for page in whole]
    assert [page.tables[0].levels for page in previewed] == [page.tables[0].levels for page in whole]


def test_a_corrected_line_is_marked_whichever_columns_are_printed(tmp_path: Path) -> None:
    data = sheet([row(1, key="entry:1"), row(2, key="entry:2")])
    stamp = Stamp(MADE_AT, count=2, corrected=frozenset({"entry:2"}))
    path = tmp_path / "day.pdf"
    [page] = printed(data, None, path, stamp)
    assert [cells[12] for cells in page.tables[0].rows[1:]] == ["", "更正"]
    [page] = printed(data, chosen(columns="number name"), path, stamp)
    assert [cells[0] for cells in page.tables[0].rows[1:]] == ["001", "更正002"]


def test_numbers_of_people_end_below_each_other(tmp_path: Path) -> None:
    rows = [row(at, party_size=size) for at, size in enumerate((1, 12, 7), 1)]
    [page] = printed(sheet(rows), None, tmp_path / "day.pdf")
    last = {round(cells[6][-1].x, 1) for cells in page.tables[0].chars[1:]}
    assert len(last) == 1


def test_the_first_page_alone_is_the_first_of_all(tmp_path: Path) -> None:
    path = tmp_path / "day.pdf"
    whole = printed(long_day(60), None, path)
    assert making.write("daily_sheet", long_day(60), CHINESE, None, STAMP, path, first=True) == 1
    [first] = pdf.read(path)
    assert first.tables[0].rows == whole[0].tables[0].rows
    assert "共" not in first.outside[-1]  # of how many nobody knows yet


def test_what_no_setting_says_is_the_forms_own() -> None:
    for name in forms.NAMES:
        form = forms.get(name).FORM
        assert style.chosen(form, {}) == style.default(form)
        garbled = {papers.key("columns", name): "no_such_column", papers.key("size"): "roll-58"}
        assert style.chosen(form, garbled) == style.default(form)


_WIDTHS = st.dictionaries(st.sampled_from(KEYS), st.sampled_from((0, 5, 12, 40, 200)), min_size=1)


@settings(max_examples=25, phases=[Phase.explicit, Phase.generate])
@given(
    columns=_WIDTHS,
    paper=st.sampled_from(papers.SHEETS),
    turned=st.sampled_from(("yes", "no")),
    blank=st.integers(0, 5),
    count=st.integers(0, 14),
    seed=st.integers(0, 99),
)
def test_whatever_the_site_chooses_every_text_stands_in_its_cell(
    tmp_path_factory: pytest.TempPathFactory,
    columns: dict[str, int],
    paper: str,
    turned: str,
    blank: int,
    count: int,
    seed: int,
) -> None:
    said = papers.written(tuple(papers.Chosen(key, width) for key, width in columns.items()))
    look = chosen(columns=said, size=paper, turned=turned, rows=str(blank))
    data = long_day(count, seed=seed)
    pages = printed(data, look, tmp_path_factory.mktemp("any") / "day.pdf")
    for page in pages:
        assert_inside_its_cell(page)
        assert "每日接待登记表" in page.outside[0]
    if (place := list(columns).index("matter") if "matter" in columns else -1) >= 0:
        found = squeeze("".join(cells[place] for page in pages for cells in page.tables[0].rows[1:]))
        for one in data.rows:
            assert squeeze(one.subject) in found
    void = [one for one in data.rows if one.status is EntryStatus.VOID]
    if void and set(columns) - {"remarks"}:
        assert any(page.strokes for page in pages)
