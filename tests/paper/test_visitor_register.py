"""The visitor register: every visit of a period in its line, nothing that must not be printed."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from reception import dates
from reception.errors import InputError
from reception.facts import Category, Details, EntryStatus, Party, Sex
from reception.facts.printing import Stamp
from reception.numbers import day_date
from reception.operations import entries, site
from reception.paper import making, style, visitor_register
from reception.paper.visitor_register import FORM, VisitLine, VisitorRegister
from reception.wording import load
from tests.factories import CLERK, TODAY, Clock, OpenDesk, add, call, new_uid, person, visit
from tests.paper import pdf
from tests.paper.boxed import squeeze
from tests.paper.made_up import MADE_AT, ZONE, row, write

KEYS = [column.key for column in FORM.columns]
_TEXT = st.text(st.sampled_from("社保卡补换，。（）“”——abc XYZ 0123.:;-/<>&\\()%𬱖䶮㛃·é"), max_size=40)


def line(index: int = 1, day: int = 20260105, **changes: object) -> VisitLine:
    """A plain visit; what its line on the daily sheet has too goes there."""
    own = {name: changes.pop(name) for name in ("sex", "document", "wanted") if name in changes}
    at = dt.datetime.combine(day_date(day), dt.time(9, index % 60), ZONE)
    plain = row(index, at=at, key=f"entry:{index}", **changes)
    return dataclasses.replace(VisitLine(day, plain, Sex.FEMALE, "0134", "李科长"), **own)  # type: ignore[arg-type]


def register_of(*lines: VisitLine, first: int = 20260101, last: int = 20261231) -> VisitorRegister:
    return VisitorRegister("某县人力资源和社会保障局", "Asia/Shanghai", "", first, last, "", tuple(lines))


def read(data: VisitorRegister, path: Path, language: str = "zh_CN") -> list[pdf.Page]:
    count = write("visitor_register", data, load(language), path)
    pages = pdf.read(path)
    assert len(pages) == count
    return pages


def cells(pages: list[pdf.Page]) -> list[dict[str, str]]:
    """The lines by the keys of the columns; what goes on on the next page is put together."""
    found: list[dict[str, str]] = []
    for page in pages:
        for values in page.tables[0].rows[1:]:
            one = dict(zip(KEYS, map(squeeze, values), strict=True))
            if one["number"]:
                found.append(one)
            elif found:
                found[-1] = {key: found[-1][key] + text for key, text in one.items()}
    return found


@st.composite
def _lines(draw: st.DrawFn, index: int) -> VisitLine:
    return line(
        index,
        draw(st.sampled_from((20260105, 20260105, 20260106, 20261231))),
        name=draw(_TEXT),
        organisation=draw(_TEXT),
        phone=draw(_TEXT),
        subject=draw(_TEXT) * draw(st.sampled_from((1, 1, 1, 8, 60))),
        matter="",
        department=draw(_TEXT),
        act=None,
        outcome=draw(_TEXT),
        operator=draw(_TEXT),
        party_size=draw(st.integers(1, 120)),
        late=draw(st.booleans()),
        status=draw(st.sampled_from((EntryStatus.FINISHED, EntryStatus.VOID))),
        sex=draw(st.sampled_from((None, *Sex))),
        wanted=draw(_TEXT),
    )


@st.composite
def _several(draw: st.DrawFn) -> tuple[VisitLine, ...]:
    lines = [draw(_lines(at)) for at in range(1, draw(st.integers(0, 30)) + 1)]
    return tuple(sorted(lines, key=lambda one: one.day))


@settings(max_examples=15, phases=[Phase.explicit, Phase.generate])
@given(
    st.integers(0, 30).flatmap(lambda n: st.tuples(*(_lines(at) for at in range(1, n + 1)))),
    st.sampled_from(("zh_CN", "en")),
)
def test_every_visit_comes_back_column_by_column(
    tmp_path_factory: pytest.TempPathFactory, lines: tuple[VisitLine, ...], language: str
) -> None:
    pages = read(register_of(*lines), tmp_path_factory.mktemp("register") / "r.pdf", language)
    found, pgettext = cells(pages), load(language).pgettext
    if not lines:
        assert squeeze(pgettext("paper", "Nobody came in this period.")) in squeeze(
            "".join(pages[0].tables[0].rows[1])
        )
        return
    assert len(found) == len(lines)
    for one, got in zip(lines, found, strict=True):
        told = one.line
        assert got["number"] == told.number
        assert got["day"] == squeeze(dates.short_date(day_date(one.day), language))
        assert got["time"] == dates.clock(told.at)
        for key in ("name", "organisation", "phone", "outcome"):
            assert got[key] == squeeze(getattr(told, key)), key
        assert got["matter"] == squeeze(told.subject)
        assert got["visited"] == squeeze(
            pgettext("paper", "; ").join(filter(None, (told.department, one.wanted)))
        )
        assert got["clerk"] == squeeze(told.operator)
        assert got["document"] == "0134"
        assert got["party"] == str(told.party_size)
        assert (got["sex"] == "") is (one.sex is None)
        assert (squeeze(pgettext("paper", "Entered later")) in got["remarks"]) is told.late
    for page in pages:
        outside = squeeze("".join(page.outside))
        assert squeeze(pgettext("paper", "Visitor register")) in outside
        assert (squeeze(pgettext("paper", "Head of the office")) in outside) is (page is pages[-1])


def test_the_foot_counts_visits_and_people_without_void_ones(tmp_path: Path) -> None:
    lines = [
        line(1, party_size=4),
        line(2),
        line(3, party_size=7, status=EntryStatus.VOID, void_reason="重复登记"),
    ]
    (page,) = read(register_of(*lines), tmp_path / "r.pdf")
    assert "合计 2 批 5 人" in "".join(page.outside)
    assert "重复登记" in cells([page])[2]["remarks"]
    assert page.strokes


def test_a_page_holds_as_many_lines_as_one_that_is_bought(tmp_path: Path) -> None:
    short: dict[str, Any] = {
        "matter": "",
        "subject": "问路",
        "organisation": "",
        "department": "",
        "wanted": "",
    }
    pages = read(register_of(*(line(at, **short) for at in range(1, 61))), tmp_path / "r.pdf")
    assert all(12 <= len(page.tables[0].rows) - 1 <= 15 for page in pages[:-1])


@pytest.mark.parametrize("count", range(11, 31))
def test_no_line_and_no_signature_stands_alone(count: int, tmp_path: Path) -> None:
    pages = read(register_of(*(line(at) for at in range(1, count + 1))), tmp_path / "r.pdf")
    assert all(len(page.tables[0].rows) > 2 for page in pages[1:])
    assert [row["number"] for row in cells(pages)] == [f"{at:03d}" for at in range(1, count + 1)]


def test_the_lines_are_counted_through_and_each_has_its_number_beside(tmp_path: Path) -> None:
    told = [(2, 20260105), (5, 20260105), (1, 20260106), (4, 20260106)]  # the others were calls
    pages = read(register_of(*(line(at, day) for at, day in told)), tmp_path / "r.pdf")
    found = [(one["place"], one["number"]) for one in cells(pages)]
    assert found == [("1", "002"), ("2", "005"), ("3", "001"), ("4", "004")]
    assert pages[0].tables[0].rows[0][:2] == ["序号", "编号"]


@pytest.mark.parametrize("count", [0, 1, 5, 14])
def test_the_last_page_is_filled_with_rows_for_a_hand(count: int, tmp_path: Path) -> None:
    pages = read(register_of(*map(line, range(1, count + 1))), tmp_path / "r.pdf")
    table = pages[-1].tables[0]
    blank = [row for row in table.rows if not any(row)]
    heights = [upper - lower for upper, lower in zip(table.levels[1:], table.levels[2:], strict=False)]
    assert table.rows[len(table.rows) - len(blank) :] == blank
    assert sum(len(page.tables[0].rows) - 1 for page in pages) - len(blank) == max(count, 1)
    assert all(height > 25 for height in heights[-len(blank) :])
    below = [char.y for char in pages[-1].loose if char.y < table.levels[-1]]
    assert len(below) > 0
    assert min(heights[-len(blank) :]) > 25


def test_blank_rows_are_printed_for_a_hand(tmp_path: Path) -> None:
    form = dataclasses.replace(style.default(FORM), blank_rows=6)
    path = tmp_path / "r.pdf"
    making.write("visitor_register", register_of(line(1)), load("zh_CN"), form, Stamp(MADE_AT), path)
    (page,) = pdf.read(path)
    table = page.tables[0]
    assert [row[0] for row in table.rows[1:]] == ["1", *[""] * 6]
    heights = [upper - lower for upper, lower in zip(table.levels[2:], table.levels[3:], strict=False)]
    assert all(height > 25 for height in heights)


def test_the_outline_leads_to_each_day_and_years_are_told(tmp_path: Path) -> None:
    days = (20251231, 20260105, 20260105, 20260106)
    data = register_of(*(line(at, day) for at, day in enumerate(days, 1)), first=20251201)
    found = cells(read(data, tmp_path / "r.pdf"))
    assert [one["day"] for one in found] == ["2025年12月31日", "2026年1月5日", "2026年1月5日", "2026年1月6日"]
    document = pdfium.PdfDocument(tmp_path / "r.pdf")
    try:
        titles = [(one.level, one.get_title()) for one in document.get_toc()]
    finally:
        document.close()
    assert titles == [
        (0, "2025年12月"),
        (1, "2025年12月31日 星期三"),
        (0, "2026年1月"),
        (1, "2026年1月5日 星期一"),
        (1, "2026年1月6日 星期二"),
    ]


def test_what_was_corrected_since_the_last_print_says_so(tmp_path: Path) -> None:
    path = tmp_path / "r.pdf"
    stamp = Stamp(MADE_AT, count=2, corrected=frozenset({"entry:2"}))
    making.write("visitor_register", register_of(line(1), line(2)), load("zh_CN"), None, stamp, path)
    word = load("zh_CN").pgettext("paper", "Corrected")
    marks = [word in one["remarks"] for one in cells(pdf.read(path))]
    assert marks == [False, True]


# From the register.


def test_the_visits_of_a_period_of_one_desk_or_all(register: str, open_desk: OpenDesk, clock: Clock) -> None:
    one, other = open_desk(register, desk="A"), open_desk(register, desk="B")
    somebody = Party("张建国", "13800001111", "某县机械厂", Sex.MALE, "身份证", "110101199003070134")
    first = add(one, visit(parties=(somebody,), party_size=3, details=Details(wanted="李科长")))
    add(one, call())
    second = add(other, visit(parties=(person("李四"),)))
    one.do(entries.leave, first.entry_id, uid=new_uid())
    clock.go(days=1)
    third = add(one, visit())
    one.do(entries.void, third.entry_id, "重复登记", uid=new_uid())

    def of(first_day: int, last_day: int, desk: str | None = None) -> VisitorRegister:
        return one.ask(visitor_register.collect, first_day, last_day, desk)

    day = of(TODAY, TODAY)
    assert [row.line.key for row in day.rows] == [f"entry:{first.entry_id}", f"entry:{second.entry_id}"]
    told = day.rows[0]
    assert (told.sex, told.document, told.wanted, told.line.party_size) == (Sex.MALE, "0134", "李科长", 3)
    assert told.line.left_at is not None
    assert day.count == (2, 4)
    assert [row.line.key for row in of(TODAY, TODAY, "B").rows] == [f"entry:{second.entry_id}"]
    both = of(TODAY, TODAY + 1)
    assert [row.line.status for row in both.rows] == [EntryStatus.OPEN, EntryStatus.OPEN, EntryStatus.VOID]
    assert both.count == (2, 4)
    assert of(TODAY + 2, TODAY + 7).rows == ()
    assert visitor_register.subject(TODAY, TODAY + 1, "B") == "2026-11-23..2026-11-24/B"
    with pytest.raises(InputError):
        of(TODAY, TODAY - 1)


@pytest.mark.parametrize("category", [Category.REPORT, Category.ACCUSATION])
def test_nothing_of_who_is_not_to_be_disclosed_travels(
    register: str, open_desk: OpenDesk, category: Category
) -> None:
    desk = open_desk(register)
    desk.do(site.save, {"supervisors": CLERK}, uid=new_uid())
    secret = Party("司马秘", "13900002222", "某厂", Sex.MALE, "身份证", "110101199003070134")
    add(desk, visit("反映", parties=(secret,), category=category, details=Details(wanted="李科长")))
    hidden = Details(identity_protected=True)
    add(desk, visit("来访", parties=(secret,), details=hidden))
    data = desk.ask(visitor_register.collect, TODAY, TODAY)
    said = repr(data.rows)
    for words in ("司马秘", "13900002222", "某厂", "0134", "Sex.MALE"):
        assert words not in said, words
    assert ("李科长" in said) is (category is Category.REPORT)
    assert [row.line.withheld for row in data.rows] == [True, True]


def test_of_a_short_document_number_nothing_is_printed(file_register: str, open_desk: OpenDesk) -> None:
    desk = open_desk(file_register)
    for number in ("", "1234", "A123456", "E1234567", "81000019900307013X"):
        add(
            desk,
            visit(parties=(Party("张三", document_type="护照" if number else "", document_number=number),)),
        )
    data = desk.ask(visitor_register.collect, TODAY, TODAY)
    assert [row.document for row in data.rows] == ["", "", "", "4567", "013X"]


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    data = register_of(*(line(at) for at in range(1, 30)))
    paths = [tmp_path / "one.pdf", tmp_path / "two.pdf"]
    for path in paths:
        write("visitor_register", data, load("zh_CN"), path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert {key for key, _ in visitor_register.lines(data)} == {
        "head",
        "foot",
        *(f"entry:{at}" for at in range(1, 30)),
    }


def test_it_says_how_far_it_is_laid_out(tmp_path: Path) -> None:
    data = register_of(*map(line, range(1, 81)))
    told: list[int] = []
    pages = making.write(
        "visitor_register",
        data,
        load("zh_CN"),
        None,
        Stamp(MADE_AT),
        tmp_path / "register.pdf",
        lambda _page: told.append(data.reach.told),
    )
    assert data.reach.count == 80
    assert len(told) == pages > 4
    assert told == sorted(set(told))  # further with each page
    assert 0 < told[0] < 40
    assert told[-1] == 80
