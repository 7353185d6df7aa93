"""Visitor passes: everything stands on the label, and its code is read as a scanner reads it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from reception import codes, dates
from reception.numbers import Number, parse_number
from reception.paper import making
from reception.paper.style import PAPERS, default
from reception.paper.visitor_pass import FORM, VisitorPass
from reception.wording import load
from tests.paper import pdf, scanning
from tests.paper.boxed import squeeze
from tests.paper.made_up import STAMP, ZONE

AT = dt.datetime(2026, 1, 5, 9, 8, tzinfo=ZONE)
LABELS = ("label-100x60", "roll-80", "roll-58")
NUMBER = Number(20260105, 3)
PASS = VisitorPass(
    site="某县人力资源和社会保障局",
    zone="Asia/Shanghai",
    entry_id=3,
    number=str(NUMBER),
    withheld=False,
    person="张建国",
    people=1,
    department="信息中心(社会保障卡)",
    wanted="刘师傅",
    received_at=AT,
    code=codes.encode(NUMBER, "~"),
)
_LINE = st.text(st.sampled_from("张建国欧阳·𬱖䶮㛃abc XYZ0123-<>&%é"), max_size=200)


def numbered(number: Number, prefix: str = "~") -> VisitorPass:
    return dataclasses.replace(PASS, number=str(number), code=codes.encode(number, prefix))


def printed(data: VisitorPass, paper: str, language: str, path: Path, **stamp: object) -> pdf.Page:
    style = default(FORM, paper)
    marked = dataclasses.replace(STAMP, **stamp)  # type: ignore[arg-type]
    assert making.write("visitor_pass", data, load(language), style, marked, path) == 1
    (page,) = pdf.read(path)
    return page


def assert_whole(page: pdf.Page, paper: str) -> None:
    """It has the size of its paper, and no character stands outside it."""
    width, height = PAPERS[paper]
    assert page.width == pytest.approx(width * 72 / 25.4, abs=0.1)
    if height:
        assert page.height == pytest.approx(height * 72 / 25.4, abs=0.1)
    for char in page.loose:
        if not char.text.isspace():
            assert char.box[0] > 0
            assert char.box[1] > 0
            assert char.box[2] < page.width
            assert char.box[3] < page.height, char


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("paper", LABELS)
@pytest.mark.parametrize(
    ("number", "prefix"),
    [
        (NUMBER, "~"),
        (Number(20261231, 999, "B"), "~"),
        (Number(20261231, 123456789, "ABCDEFGH", 2**31 - 1), "~!#$%&*+"),
    ],
)
def test_its_code_is_read_from_the_printed_label(
    number: Number, prefix: str, paper: str, language: str, tmp_path: Path
) -> None:
    data, path = numbered(number, prefix), tmp_path / "pass.pdf"
    page = printed(data, paper, language, path)
    assert_whole(page, paper)
    ((_kind, text),) = scanning.codes(path)
    assert codes.decode(text, prefix) == number
    assert squeeze(data.code) in squeeze(pdf.joined(page.loose))


def test_bars_are_printed_where_they_have_room_and_a_square_code_where_not(tmp_path: Path) -> None:
    path = tmp_path / "pass.pdf"
    for number, paper, kind in (
        (NUMBER, "label-100x60", "Code128"),
        (NUMBER, "roll-80", "Code128"),
        (NUMBER, "roll-58", "Code128"),
        (Number(20261231, 123456789, "ABCDEFGH", 2**31 - 1), "roll-58", "QRCode"),
    ):
        printed(numbered(number), paper, "zh_CN", path)
        assert [found for found, _text in scanning.codes(path)] == [kind]


# Shrinking prints it hundreds of times; a failing pass is told as it came.
@settings(max_examples=30, phases=[Phase.explicit, Phase.generate])
@given(
    st.builds(
        lambda **fields: dataclasses.replace(PASS, **fields),
        site=_LINE,
        person=_LINE,
        people=st.sampled_from((1, 2, 99_999)),
        department=_LINE,
        wanted=_LINE,
        withheld=st.booleans(),
    ),
    st.sampled_from(LABELS),
    st.sampled_from(("zh_CN", "en")),
)
def test_long_names_stand_on_it_whole_and_leave_the_code_alone(
    data: VisitorPass, paper: str, language: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pass.pdf"
        page = printed(data, paper, language, path)
        ((_kind, text),) = scanning.codes(path)
    assert text == data.code
    assert_whole(page, paper)
    shown = squeeze(pdf.joined(page.loose))
    pgettext = load(language).pgettext
    name = pgettext("paper", "Withheld") if data.withheld else data.person
    for words in (data.site, name, data.department, data.wanted, data.number, data.code):
        assert squeeze(words) in shown
    assert squeeze(dates.stamp(AT, language)) in shown
    people = squeeze(pgettext("paper", "{people} people").format(people=data.people))
    assert (people in shown) is (data.people > 1) or "p" not in people  # the words may stand in a name


def test_a_site_that_scans_nothing_has_no_code_on_it(tmp_path: Path) -> None:
    path = tmp_path / "pass.pdf"
    page = printed(dataclasses.replace(PASS, code=""), "roll-80", "zh_CN", path)
    assert scanning.codes(path) == []
    assert "~" not in page.text
    assert page.height < 150


def test_a_reprint_and_a_preview_say_so(tmp_path: Path) -> None:
    path = tmp_path / "pass.pdf"
    plain = printed(PASS, "roll-80", "en", path)
    assert "Reprint" not in plain.text
    assert "Preview" not in plain.text
    assert "Reprint, print no. 3" in printed(PASS, "roll-80", "en", path, count=3).text
    assert "Preview" in printed(PASS, "roll-80", "en", path, preview=True).text


def test_the_same_pass_is_the_same_file(tmp_path: Path) -> None:
    one, other = tmp_path / "one.pdf", tmp_path / "other.pdf"
    printed(PASS, "roll-58", "zh_CN", one)
    printed(PASS, "roll-58", "zh_CN", other)
    assert one.read_bytes() == other.read_bytes()
    assert parse_number(PASS.number) == NUMBER
