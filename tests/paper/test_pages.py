"""What holds on every page, whatever was registered."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from reception.facts import EntryStatus
from reception.paper import fonts
from reception.paper.daily_sheet import DaySheet, SheetRow
from reception.paper.fonts import bidi
from reception.paper.rows import Column, Register, Row, register
from tests.paper import pdf, reading
from tests.paper.chinese import CHINESE
from tests.paper.made_up import MADE_AT, long_day, row, sheet, write

_CHAIN = fonts.chain()
_PRINTABLE = st.text(
    st.one_of(
        st.sampled_from("社保卡补换，。（）“”——abc XYZ 0123.:;-/<>&\\()%"),
        st.sampled_from("𬱖䶮㛃·é"),
        # Ligatures and Arabic forms (U+FB00..) pdfium takes apart, whatever the file says.
        st.characters(
            max_codepoint=0xFAFF, exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp", "Mn", "Mc", "Me", "Cf"]
        ),
        st.characters(min_codepoint=0x1F000, exclude_categories=["Mn", "Cf"]),
    ),
    max_size=60,
)


@st.composite
def _rows(draw: st.DrawFn) -> SheetRow:
    return row(
        draw(st.integers(1, 9_999)),
        name=draw(_PRINTABLE),
        organisation=draw(_PRINTABLE),
        phone=draw(_PRINTABLE),
        matter="",
        subject=draw(_PRINTABLE) * draw(st.sampled_from((1, 1, 1, 1, 7, 40))),
        department=draw(_PRINTABLE),
        act=None,
        outcome=draw(_PRINTABLE),
        operator=draw(_PRINTABLE),
        status=draw(st.sampled_from((EntryStatus.FINISHED, EntryStatus.VOID))),
    )


def read(data: DaySheet) -> list[pdf.Page]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "day.pdf"
        write("daily_sheet", data, CHINESE, path, MADE_AT)
        return pdf.read(path)


def unordered(text: str) -> list[str]:
    """The characters, whichever way a bracket opens."""
    return sorted(min(char, bidi.mirrored(char)) for char in text)


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def assert_inside_its_cell(page: pdf.Page) -> None:
    for table in page.tables:
        for level, cells in enumerate(table.chars):
            for column, cell in enumerate(cells):
                for char in cell:
                    assert table.levels[level + 1] < char.y < table.levels[level]
                    end = char.x + _CHAIN.width(char.text, char.size) if char.text.isprintable() else char.x
                    assert table.edges[column] < char.x
                    assert char.text == " " or end < table.edges[column + 1] + 0.01, char


def assert_closed_properly(pages: list[pdf.Page]) -> None:
    """Totals and signatures stand under lines of a table, once, on the last page."""
    signed = [page for page in pages if any("首问责任人" in line for line in page.outside)]
    assert signed == [pages[-1]]
    assert all(len(table.rows) > 1 for page in pages for table in page.tables)
    assert all(page.tables for page in pages)


# Shrinking prints the sheet hundreds of times; a failing day is told as it came.
@settings(max_examples=40, phases=[Phase.explicit, Phase.generate])
@given(st.lists(_rows(), max_size=25))
def test_every_text_comes_back_from_its_cell(rows: list[SheetRow]) -> None:
    pages = read(sheet(rows))
    found: list[list[str]] = []
    for page in pages:
        assert_inside_its_cell(page)
        for cells in page.tables[0].rows[1:]:
            if not cells[0].endswith("续"):
                found.append(cells)
            else:  # the rest of a row that began on the page before, called by its number
                assert cells[0] == found[-1][0] + "续"
                found[-1] = [
                    found[-1][0],
                    *(upper + lower for upper, lower in zip(found[-1][1:], cells[1:], strict=True)),
                ]
    assert_closed_properly(pages)
    if not rows:
        return
    assert len(found) == len(rows)
    for one, cells in zip(rows, found, strict=True):
        expected = (
            one.name,
            one.organisation,
            one.phone,
            one.subject,
            one.department,
            one.outcome,
            one.operator,
        )
        got = (*cells[3:6], *cells[7:11])
        for text, typed in zip(got, expected, strict=True):
            shown = squeeze(_CHAIN.shown(typed))
            if bidi.turns(shown):  # words that run from right to left among others each reader orders its way
                assert unordered(squeeze(text)) == unordered(shown)
            else:
                assert squeeze(text) == shown


@settings(max_examples=6, phases=[Phase.explicit, Phase.generate])
@given(st.lists(_rows(), min_size=5, max_size=15))
def test_no_character_is_drawn_with_the_glyph_of_none(rows: list[SheetRow]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "day.pdf"
        write("daily_sheet", sheet(rows), CHINESE, path, MADE_AT)
        assert reading.undefined(path) == set()


@pytest.mark.parametrize("count", range(1, 40))
def test_signatures_never_stand_alone(count: int) -> None:
    """Rows of one height: somewhere among these counts the page is just full."""
    rows = [row(index) for index in range(1, count + 1)]
    pages = read(sheet(rows))
    assert_closed_properly(pages)
    assert sum(len(page.tables[0].rows) - 1 for page in pages) == count
    if len(pages) > 1:
        assert len(pages[-1].tables[0].rows) - 1 >= 3


def held(heights: list[int], room: float, reserve: float) -> list[int]:
    """How many rows of such ``heights`` in lines each page has; what must follow them takes ``reserve``."""
    columns = [Column("序号", 40), Column("事由", 100)]
    whole = register(columns, [Row(("001", "\n".join("行" * count))) for count in heights])
    whole.reserve, whole.room = reserve, room
    found, coming = [], [whole]
    while coming:
        piece = coming.pop(0)
        if piece.wrap(140, room)[1] > room:
            coming[:0] = [one for one in piece.split(140, room) if isinstance(one, Register)]
        else:
            found.append(next(count for count in range(99) if not piece._rows.has(count + 1)))
    return found


@pytest.mark.parametrize(
    ("heights", "room", "reserve"),
    [
        ([2, 4, 4, 4, 2, 2], 180, 70),
        ([3, 4, 1, 1, 1, 3, 3, 4], 220, 70),
        ([2, 4, 4, 4, 1, 4], 180, 70),
        ([4, 3, 1, 1, 4, 3, 3], 180, 70),
    ],
)
def test_no_row_stands_alone_where_the_pages_could_be_filled_otherwise(
    heights: list[int], room: float, reserve: float
) -> None:
    found = held(heights, room, reserve)
    assert sum(found) == len(heights)
    assert min(found) > 1, found


@pytest.mark.parametrize("carried", range(1, 30))
def test_signatures_never_leave_the_open_items(carried: int) -> None:
    before = [row(index, number=f"20260104-{index:03d}") for index in range(1, carried + 1)]
    data = sheet([row(index) for index in range(1, 9)], before)
    pages = read(data)
    assert_closed_properly(pages)
    heading = next(page for page in pages if any("往日结转" in line for line in page.outside))
    assert len(heading.tables) == 2  # the heading never stands at the foot of a page


@pytest.mark.parametrize("count", range(1, 30))
def test_heading_of_the_open_items_stands_above_them(count: int) -> None:
    before = [row(index, number=f"20260104-{index:03d}") for index in (1, 2)]
    pages = read(sheet([row(index) for index in range(1, count + 1)], before))
    assert_closed_properly(pages)
    headings = [page for page in pages if any("往日结转" in line for line in page.outside)]
    assert headings
    for page in headings:
        assert len(page.tables[-1].edges) == 5  # the table of four columns


@pytest.mark.parametrize("lines", range(1, 60))
def test_one_tall_row_is_signed_wherever_it_ends(lines: int) -> None:
    pages = read(sheet([row(1, matter="", subject="\n".join("行" * lines))]))
    assert_closed_properly(pages)
    text = "".join(cells[7] for page in pages for cells in page.tables[0].rows[1:])
    assert text == "行" * lines


def test_row_that_fits_on_a_page_is_not_divided() -> None:
    rows = [row(index, matter="", subject="字" * 120) for index in range(1, 40)]
    pages = read(sheet(rows))
    assert all(cells[0] for page in pages for cells in page.tables[0].rows[1:])


def test_number_of_pages_does_not_change_the_numbers_on_them() -> None:
    pages = read(long_day(120))
    for number, page in enumerate(pages, 1):
        assert page.outside[-1].endswith(f"第 {number} 页 共 {len(pages)} 页")


def test_fields_without_any_text_leave_empty_cells() -> None:
    blank = row(
        1, name="", organisation="", phone="", matter="", subject="", department="", act=None, outcome=""
    )
    [page] = read(sheet([replace(blank, operator="")]))
    assert page.tables[0].rows[1] == ["001", "08:31", "来访", "", "", "", "1", "", "", "", "", "", ""]
