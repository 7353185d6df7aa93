"""Boxed forms: every text in its cell, over as many pages as it needs, with room for a hand."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from reportlab.platypus.doctemplate import BaseDocTemplate, PageTemplate
from reportlab.platypus.frames import Frame

from reception.paper import fonts
from reception.paper.boxes import FEWEST, LONG, Band, Box, boxes, label
from reception.paper.page import Blanks
from tests.paper import boxed, pdf

WIDTH, HEIGHT = 510.0, 700.0
AGAIN = "{label} (continued)"
_CHAIN = fonts.chain()


def pages(bands: Sequence[Band], *, size: float = 10.5, signed: bool = False) -> list[pdf.Page]:
    """A form on sheets of 595 by 842 points, read back; with a line for signatures under it or without."""
    ends = [Blanks(["签名"])] if signed else []
    form = boxes(WIDTH, bands, size=size, continued=AGAIN)
    form.reserve, form.room = sum(one.wrap(WIDTH, HEIGHT)[1] for one in ends), HEIGHT
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.pdf"
        document = BaseDocTemplate(str(path), pagesize=(595, 842), initialFontName=fonts.REGULAR)
        document.addPageTemplates(PageTemplate(frames=[Frame(42, 70, WIDTH, HEIGHT, 0, 0, 0, 0)]))
        document.build([form, *ends])
        return pdf.read(path)


def form_of(page: pdf.Page) -> boxed.Form:
    (form,) = boxed.forms(page, alone=True)
    return form


def heights(page: pdf.Page) -> list[float]:
    form = form_of(page)
    return [round(band[0].top - band[0].bottom, 1) for band in form]


_TEXT = st.text(
    st.one_of(
        st.sampled_from("社保卡补换，。（）“”——abc XYZ 0123.:;-/<>&\\()%\n"), st.sampled_from("𬱖䶮㛃·é")
    ),
    max_size=120,
)


@st.composite
def _bands(draw: st.DrawFn) -> tuple[Band, list[tuple[str, str]]]:
    """A band of one or two named cells, and what stands in them."""
    count = draw(st.integers(1, 2))
    values = [draw(_TEXT) * draw(st.sampled_from((1, 1, 1, 3, 20))) for _ in range(count)]
    names = [
        draw(st.sampled_from(("姓名", "单位或住址", "反映的问题及有关情况说明", "Phone")))
        for _ in range(count)
    ]
    cells: list[Box] = []
    for name, value in zip(names, values, strict=True):
        foot = draw(st.sampled_from(("", "签字：　　　年　　月　　日")))
        cells += [
            label(name, 70),
            Box(value, top=draw(st.booleans()), centred=draw(st.booleans()), foot=foot),
        ]
        values[len(cells) // 2 - 1] += foot
    band = Band(
        tuple(cells), least=draw(st.sampled_from((0.0, 26.0, 90.0))), most=draw(st.sampled_from((0.0, 200.0)))
    )
    return band, list(zip(names, values, strict=True))


@settings(max_examples=40, phases=[Phase.explicit, Phase.generate])
@given(st.lists(_bands(), min_size=1, max_size=9), st.sampled_from((9.0, 10.5)))
def test_every_text_stands_in_its_cell_and_nothing_is_lost(
    found: list[tuple[Band, list[tuple[str, str]]]], size: float
) -> None:
    printed = pages([band for band, _ in found], size=size, signed=True)
    boxed.assert_inside(printed)
    expected = [
        (boxed.squeeze(name), boxed.squeeze(value)) for _, several in found for name, value in several
    ]
    got: list[tuple[str, str]] = []
    for page in printed:
        for at, band in enumerate(form_of(page)):
            pairs = [
                (boxed.squeeze(one.text), boxed.squeeze(other.text))
                for one, other in zip(band[::2], band[1::2], strict=True)
            ]
            if at == 0 and pairs[0][0].endswith("(continued)"):
                before = got[-len(pairs) :]
                pairs = [(name, upper + rest) for (name, upper), (_, rest) in zip(before, pairs, strict=True)]
                del got[-len(pairs) :]
            got += pairs
    assert got == expected


def test_a_text_longer_than_a_page_goes_on_under_its_label() -> None:
    told = "".join(f"{at}拖欠工资，要求尽快支付。" for at in range(360))
    printed = pages(
        [Band((label("编号", 70), Box("1")), least=26), Band((label("反映问题", 70), Box(told, top=True)))]
    )
    assert len(printed) > 2
    boxed.assert_inside(printed)
    assert boxed.fields(printed, AGAIN)["反映问题"] == told
    labels = [boxed.squeeze(form_of(page)[-1][0].text) for page in printed]
    assert labels == ["反映问题", *["反映问题(continued)"] * (len(printed) - 1)]


@pytest.mark.parametrize("before", range(30, 48))
def test_a_divided_text_leaves_some_lines_on_either_page(before: int) -> None:
    bands = [Band((Box("行"),)) for _ in range(before)]
    told = "\n".join(f"第{at}行" for at in range(LONG + 3))
    for page in pages([*bands, Band((Box(told, top=True),))]):
        last = form_of(page)[-1][0].text.count("第")
        assert last == 0 or FEWEST <= last <= LONG + 3


def test_what_the_page_has_to_spare_goes_to_those_that_may_take_it() -> None:
    fixed, some, more = (
        Band((Box("一"),), least=30),
        Band((Box("二"),), least=40, most=100),
        Band((Box("三"),), least=50, most=150),
    )
    assert heights(pages([fixed, some, more])[0]) == [30, 100, 150]
    tight = [Band((Box("四"),), least=250), Band((Box("五"),), least=250), fixed, some, more]
    assert sum(heights(pages(tight)[0])) == pytest.approx(HEIGHT, abs=0.3)
    high = heights(pages(tight)[0])
    assert high[:3] == [250, 250, 30]
    assert high[3] - 40 == pytest.approx((high[4] - 50) * 60 / 100, abs=0.3)


@pytest.mark.parametrize("spare", range(0, 60, 4))
def test_neither_a_heading_nor_the_signatures_stand_alone(spare: int) -> None:
    bands = [
        *[Band((Box("一"),), least=(HEIGHT - 90 + spare) / 2)] * 2,
        Band((Box("办理情况", bold=True, centred=True),), least=24, keep=True),
        Band((Box("二"),), least=40),
    ]
    printed = pages(bands, signed=True)
    assert all(form_of(page)[-1][0].text != "办理情况" for page in printed)
    assert "签名" in printed[-1].text
    assert form_of(printed[-1])


def test_a_label_is_broken_evenly_and_never_within_a_word() -> None:
    (page,) = pages(
        [
            Band((label("Organisation or address", 86), Box("")), least=40),
            Band((label("反映的主要问题和", 70), Box(""))),
        ]
    )
    first, second = (band[0] for band in form_of(page))
    lines = [sorted({round(char.y, 1) for char in cell.chars}, reverse=True) for cell in (first, second)]
    said = [
        ["".join(char.text for char in cell.chars if round(char.y, 1) == y).strip() for y in ys]
        for cell, ys in zip((first, second), lines, strict=True)
    ]
    assert said == [["Organisation", "or address"], ["反映的主", "要问题和"]]


def test_a_void_entry_is_struck_through_line_by_line() -> None:
    (page,) = pages([Band((label("姓名", 70), Box("张建国", struck=True)), least=26)])
    (form,) = boxed.forms(page)
    value = form[0][1]
    inside = [
        one for one in page.strokes if value.left < one[0] and one[2] < value.right and one[1] == one[3]
    ]
    assert len(inside) == 1
    assert inside[0][0] == pytest.approx(value.chars[0].x, abs=0.1)
    assert inside[0][2] - inside[0][0] == pytest.approx(_CHAIN.width("张建国", 10.5), abs=0.1)


@pytest.mark.parametrize("before", range(24, 41))
def test_heading_of_rows_stands_again_where_they_go_on(before: int) -> None:
    """One of the rows is long, so that somewhere among these counts it is divided between the pages."""
    texts = ["材料"] * 5 + ["\n".join(["说明"] * (LONG + 3))] + ["材料"] * 4
    rows = [Band((Box(text), Box("√"))) for text in texts]
    head = Band((label("材料名称"), label("已有")), keep=True, heads=len(rows))
    printed = pages([*[Band((Box("行"),))] * before, head, *rows, Band((Box("完"),))])
    under = [[band[0].text for band in form_of(page)] for page in printed]
    assert [text for page in under for text in page if text in ("行", "完")] == ["行"] * before + ["完"]
    for page in under:
        if any(text.startswith(("材料", "说明")) for text in page):
            first = next(at for at, text in enumerate(page) if text != "行")
            assert page[first] == "材料名称"
            assert page.count("材料名称") == 1
            assert page[first + 1 :] != []
