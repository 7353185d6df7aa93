from __future__ import annotations

import datetime as dt
import pickle
import re
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from reception.errors import SurroundingsError
from reception.facts import Act, CallResult, EntryStatus, Kind, ReferralStatus, Totals, Urgency
from reception.paper.daily_sheet import DaySheet
from reception.wording import Wording
from tests.paper import pdf
from tests.paper.chinese import CHINESE, ENGLISH
from tests.paper.made_up import MADE_AT, ZONE, long_day, row, sheet, write

_ZH = "序号 时间 方式 姓名 单位/住址 联系电话 人数 事由 去向/承办科室 处理情况 经办人 离开时间 备注"
_EN = "No. Time Kind Name Organisationoraddress Phone Party Matter Sentto Outcome Clerk Left Remarks"
HEADER_ZH, HEADER_EN = _ZH.split(" "), _EN.split(" ")


def printed(data: DaySheet, path: Path, wording: Wording = CHINESE) -> list[pdf.Page]:
    count = write("daily_sheet", data, wording, path, MADE_AT)
    pages = pdf.read(path)
    assert len(pages) == count
    return pages


def body(pages: list[pdf.Page], table: int = 0) -> list[list[str]]:
    """The rows of the ``table``-th table of every page that has it, headers left out."""
    return [row for page in pages if len(page.tables) > table for row in page.tables[table].rows[1:]]


def squeeze(text: str) -> str:
    """Blanks at the end of a line are not drawn, so they are left out where lines are joined."""
    return re.sub(r"\s", "", text)


def test_row_says_in_chinese_what_was_registered(tmp_path: Path) -> None:
    one = row(
        7,
        number="007",
        at=dt.datetime(2026, 1, 5, 14, 5, tzinfo=ZONE),
        name="𬱖生",
        organisation="某村",
        phone="0571-00000000",
        party_size=12,
        matter="社保卡",
        subject="丢失",
        department="信息中心",
        act=Act.REFERRED,
        status=EntryStatus.OPEN,
        referral_status=ReferralStatus.OPEN,
        outcome="已告知",
        operator="王芳",
        left_at=dt.datetime(2026, 1, 5, 14, 30, tzinfo=ZONE),
        late=True,
        urgency=Urgency.URGENT,
        callback_wanted=True,
    )
    [found] = body(printed(sheet([one]), tmp_path / "day.pdf"))
    assert found[:7] == ["007", "14:05", "来访", "𬱖生", "某村", "0571-00000000", "12"]
    assert found[7:9] == ["社保卡：丢失", "信息中心"]
    assert found[9:] == ["转办（未办结）；已告知", "王芳", "14:30", "补登；加急；待回电"]


def test_row_says_the_same_in_english(tmp_path: Path) -> None:
    one = row(
        7,
        kind=Kind.CALL_IN,
        act=Act.PUT_THROUGH,
        call_result=CallResult.NO_ANSWER,
        status=EntryStatus.OPEN,
        matter="Card",
        subject="lost",
        outcome="",
        late=True,
    )
    [found] = body(printed(sheet([one]), tmp_path / "day.pdf", ENGLISH))
    assert squeeze(found[2]) == "Callin"
    assert found[6] == ""  # a call has one caller
    assert found[7] == "Card: lost"
    assert squeeze(found[9]) == "Putthrough(noanswer;open)"
    assert squeeze(found[12]) == "Enteredlater"


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"act": Act.ANSWERED, "outcome": ""}, "答复"),
        ({"act": Act.POINTED, "outcome": "去三楼"}, "引导；去三楼"),
        ({"act": Act.PUT_THROUGH, "call_result": CallResult.CONNECTED, "outcome": ""}, "转接（接通）"),
        (
            {
                "act": Act.PUT_THROUGH,
                "call_result": CallResult.BUSY,
                "status": EntryStatus.OPEN,
                "outcome": "",
            },
            "转接（占线；未办结）",
        ),
        (
            {
                "act": Act.REFERRED,
                "referral_status": ReferralStatus.COMPLETED,
                "status": EntryStatus.OPEN,
                "outcome": "",
            },
            "转办（已答复，待办结）",
        ),
        ({"act": Act.REFERRED, "referral_status": ReferralStatus.CLOSED, "outcome": ""}, "转办（已办结）"),
        ({"act": None, "status": EntryStatus.OPEN, "outcome": ""}, "未办结"),
        ({"act": None, "status": EntryStatus.OPEN, "outcome": "等科室回话"}, "未办结；等科室回话"),
        ({"act": None, "outcome": ""}, ""),
    ],
)
def test_outcome_says_the_act_and_whether_it_is_open(
    changes: dict[str, object], outcome: str, tmp_path: Path
) -> None:
    [found] = body(printed(sheet([row(1, **changes)]), tmp_path / "day.pdf"))
    assert found[9] == outcome


def test_matter_that_the_subject_begins_with_is_not_said_twice(tmp_path: Path) -> None:
    rows = [
        row(1, matter="社保卡", subject="社保卡补换"),
        row(2, matter="社保卡", subject=""),
        row(3, matter="", subject="问路"),
    ]
    found = body(printed(sheet(rows), tmp_path / "day.pdf"))
    assert [cells[7] for cells in found] == ["社保卡补换", "社保卡", "问路"]


def test_an_estimated_leaving_time_is_marked_and_counted(tmp_path: Path) -> None:
    left = dt.datetime(2026, 1, 5, 17, 30, tzinfo=ZONE)
    rows = [row(1, left_at=left, left_estimated=True), row(2, left_at=left)]
    counted = sheet(rows, totals=Totals(visits=2, visitors=2, estimated=1))
    pages = printed(counted, tmp_path / "day.pdf")
    assert [one[11] for one in body(pages)] == ["约17:30", "17:30"]  # on one line
    assert "离开时间为估计（约…）1批" in squeeze("".join(pages[0].outside))
    pages = printed(sheet(rows[1:], totals=Totals(visits=1, visitors=1)), tmp_path / "other.pdf")
    assert "估计" not in "".join(pages[0].outside)


def test_leaving_after_midnight_names_the_day(tmp_path: Path) -> None:
    late = row(1, left_at=dt.datetime(2026, 1, 6, 0, 10, tzinfo=ZONE))
    [found] = body(printed(sheet([late]), tmp_path / "day.pdf"))
    assert squeeze(found[11]) == "次日00:10"


@pytest.mark.parametrize(("wording", "header"), [(CHINESE, HEADER_ZH), (ENGLISH, HEADER_EN)])
def test_every_row_of_a_long_day_is_there_in_order(
    wording: Wording, header: list[str], tmp_path: Path
) -> None:
    data = long_day(300)
    pages = printed(data, tmp_path / "day.pdf", wording)
    assert len(pages) > 10
    for page in pages:
        assert [squeeze(title) for title in page.tables[0].rows[0]] == header
    found = body(pages)
    assert len(found) == 300
    for one, cells in zip(data.rows, found, strict=True):
        hidden = wording.pgettext("paper", "Withheld")
        assert cells[0] == one.number
        assert cells[1] == f"{one.at:%H:%M}"
        assert cells[3] == (hidden if one.withheld else one.name)
        assert cells[4] == (hidden if one.withheld else one.organisation)
        assert cells[5] == (hidden if one.withheld else one.phone)
        assert cells[6] == (str(one.party_size) if one.kind is Kind.VISIT else "")
        assert squeeze(one.subject) in squeeze(cells[7])
        assert squeeze(one.department) == squeeze(cells[8])
        assert squeeze(cells[9]).endswith(squeeze(one.outcome))
        assert cells[10] == one.operator
        assert cells[11] == (f"{one.left_at:%H:%M}" if one.left_at else "")
        assert bool(cells[12]) == bool(
            one.late or one.void_reason or one.callback_wanted or one.urgency is not Urgency.NORMAL
        )


@pytest.mark.parametrize("count", [0, 5, 60])
def test_every_page_has_head_and_foot(count: int, tmp_path: Path) -> None:
    for wording, title, date, foot in (
        (CHINESE, "每日接待登记表", "2026年1月5日 星期一", "第 {} 页 共 {} 页"),
        (ENGLISH, "Daily reception register", "Monday, 5 January 2026", "Page {} of {}"),
    ):
        pages = printed(long_day(count), tmp_path / "day.pdf", wording)
        for number, page in enumerate(pages, 1):
            assert (round(page.width), round(page.height)) == (842, 595)
            lines = page.outside
            assert lines[0] == title
            assert lines[1] == f"某县人力资源和社会保障局{date}"
            assert lines[-1].startswith("非涉密系统，严禁录入国家秘密")
            assert "17:30" in lines[-1]
            assert lines[-1].endswith(foot.format(number, len(pages)))


def test_title_and_cells_have_the_sizes_of_a_register(tmp_path: Path) -> None:
    [page] = printed(sheet([row(1)]), tmp_path / "day.pdf")
    assert {round(char.size, 1) for char in page.loose if char.text in "每日接待登记表" and char.y > 530} == {
        20
    }
    assert {round(char.size, 1) for cell in page.tables[0].chars[1] for char in cell} == {9}
    for char in page.loose:
        left, bottom, right, top = char.box
        assert min(left, bottom, page.width - right, page.height - top) > 42  # 15 mm


def test_totals_are_printed_as_they_were_counted(tmp_path: Path) -> None:
    totals = Totals(31, 44, 22, 5, 40, 9, 8, 6, 3, 1)
    [page] = printed(sheet([row(1)], totals=totals), tmp_path / "day.pdf")
    assert (
        "合计：来访 31 批 44 人次，来电 22，去电 5，答复 40，引导 9，转接 8，转办 6，未办结 3" in page.outside
    )
    [page] = printed(sheet([row(1)], totals=totals), tmp_path / "day.pdf", ENGLISH)
    assert (
        "Totals: visits 31 (44 people), calls in 22, calls out 5, answered 40, pointed 9, put through 8, "
        "referred 6, still open 3"
    ) in page.outside


def test_papers_and_jobs_are_counted_behind_visits_and_calls(tmp_path: Path) -> None:
    lines = [
        row(1),
        *(replace(row(2 + at), kind=Kind.DOCUMENT) for at in range(2)),
        replace(row(4), kind=Kind.URGENT),
        replace(row(5), kind=Kind.DOCUMENT, status=EntryStatus.VOID),
    ]
    [page] = printed(sheet(lines, totals=Totals(open=3)), tmp_path / "day.pdf")
    assert any(line.endswith("未办结 3；来文 2；紧急情况 1") for line in page.outside)


def test_void_line_is_struck_through_and_still_readable(tmp_path: Path) -> None:
    rows = [
        row(1),
        row(2, status=EntryStatus.VOID, void_reason="重复登记", subject="退休审批" * 8, matter=""),
    ]
    [page] = printed(sheet(rows), tmp_path / "day.pdf")
    table = page.tables[0]
    assert table.rows[2][7] == "退休审批" * 8
    assert table.rows[2][12] == "作废：重复登记"
    struck = [_is_struck(char, page) for cell in table.chars[2][:12] for char in cell]
    assert struck
    assert all(struck)
    assert not any(_is_struck(char, page) for char in table.chars[2][12])  # the reason stays legible
    assert not any(_is_struck(char, page) for cell in table.chars[1] for char in cell)


def _is_struck(char: pdf.Char, page: pdf.Page) -> bool:
    left, _, right, _ = char.box
    middle = (left + right) / 2
    return any(
        x0 - 0.1 <= middle <= x1 + 0.1 and char.y < y < char.y + char.size * 0.8
        for x0, y, x1, _ in page.strokes
    )


def test_withheld_person_is_masked(tmp_path: Path) -> None:
    hidden = row(1, name="", organisation="", phone="", withheld=True)
    pages = printed(sheet([hidden], [replace(hidden, number="20260104-001")]), tmp_path / "day.pdf")
    assert body(pages)[0][3:6] == ["保密", "保密", "保密"]
    assert body(pages, 1)[0][1] == "保密"


def test_empty_day_is_a_proper_sheet(tmp_path: Path) -> None:
    [page] = printed(sheet(totals=Totals()), tmp_path / "day.pdf")
    [cells] = page.tables[0].rows[1:]
    assert "".join(cells) == "当日无来访、来电。"
    assert "合计：来访 0 批 0 人次，来电 0，去电 0，答复 0，引导 0，转接 0，转办 0，未办结 0" in page.outside
    assert "登记人（首问责任人）办公室负责人日期" in page.outside


def test_what_earlier_days_left_open_is_carried_over(tmp_path: Path) -> None:
    before = [
        row(1, number="20260102-003", name="陈志强", matter="", subject="拖欠工资", department="监察大队"),
        row(2, number="20260104-B-011", name="", matter="工伤", subject="", department=""),
    ]
    [page] = printed(sheet([row(1)], before, carried_total=9), tmp_path / "day.pdf")
    assert page.tables[1].rows == [
        ["编号", "姓名", "事由", "承办科室"],
        ["20260102-003", "陈志强", "拖欠工资", "监察大队"],
        ["20260104-B-011", "", "工伤", ""],
    ]
    assert "往日结转未办结事项：9 件" in page.outside
    assert "……另有 7 件，详见登记簿。" in page.outside


def test_what_is_carried_over_says_so_on_every_page_that_it_stands_on(tmp_path: Path) -> None:
    pages = printed(long_day(5, 60), tmp_path / "day.pdf")
    assert len(pages) > 2
    for number, page in enumerate(pages):
        said = [line for line in page.outside if line.startswith("往日结转未办结事项：60 件")]
        assert len(said) == 1
        assert said[0].endswith("（续）") == (number > 0)


def test_markup_is_printed_as_it_was_typed(tmp_path: Path) -> None:
    typed = '<b>Tom & "Jerry"</b> <script>&amp;\\(x\\) %d {name}'
    one = row(1, name="<i>&", subject=typed, matter="", outcome=typed)
    data = sheet([one], site="<b>Office & Co", footer="{page} & <b>")
    [page] = printed(data, tmp_path / "day.pdf")
    [cells] = page.tables[0].rows[1:]
    assert cells[3] == "<i>&"
    assert squeeze(cells[7]) == squeeze(typed)
    assert page.outside[1].startswith("<b>Office & Co")
    assert page.outside[-1].startswith("{page} & <b>")


def test_ten_thousand_characters_go_over_several_pages(tmp_path: Path) -> None:
    subject = "".join(chr(0x4E00 + index % 5_000) for index in range(10_000))
    rows = [row(1), row(2, matter="", subject=subject), row(3)]
    pages = printed(sheet(rows), tmp_path / "day.pdf")
    assert len(pages) > 5
    found = body(pages)
    assert [cells[0] for cells in found] == ["001", "002", *["002续"] * (len(found) - 3), "003"]
    pieces = [cells[7] for cells in found if cells[0].startswith("002")]
    assert "".join(pieces) == subject
    assert all(len(piece) > 100 for piece in pieces[:-1])
    assert len(pieces[-1]) > 40
    for page in pages:
        assert [squeeze(title) for title in page.tables[0].rows[0]] == HEADER_ZH


def test_several_desks_have_their_name_on_their_sheet(tmp_path: Path) -> None:
    [page] = printed(sheet([row(1, number="B-001")], desk="B"), tmp_path / "day.pdf")
    assert page.outside[1] == "某县人力资源和社会保障局接待台 B2026年1月5日 星期一"
    assert page.tables[0].rows[1][0] == "B-001"


def test_long_names_of_office_and_footer_are_broken_and_collide_with_nothing(tmp_path: Path) -> None:
    data = replace(
        long_day(30), site="某县人力资源和社会保障局" * 16, footer="严禁录入国家秘密，" * 22, desk="B"
    )
    for page in printed(data, tmp_path / "day.pdf"):
        left = "".join(char.text for char in page.loose if char.x < page.width * 0.42)
        assert left.count("某县人力资源和社会保障局") == 16
        assert left.count("严禁录入国家秘密，") == 22
        assert_nothing_overlaps(page)


def assert_nothing_overlaps(page: pdf.Page) -> None:
    """No two characters stand on each other, and none outside the tables stands on a table."""
    boxes = [char.box for char in page.loose if char.text.strip()]
    for index, (left, bottom, right, top) in enumerate(boxes):
        for other in boxes[index + 1 :]:
            across = min(right, other[2]) - max(left, other[0])
            down = min(top, other[3]) - max(bottom, other[1])
            assert across < 0.5 or down < 0.5
        for table in page.tables:
            assert bottom > table.levels[0] or top < table.levels[-1]


@pytest.mark.parametrize("wording", [CHINESE, ENGLISH])
def test_same_data_and_moment_give_the_same_bytes(wording: Wording, tmp_path: Path) -> None:
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    write("daily_sheet", long_day(40, 3), wording, first, MADE_AT)
    write("daily_sheet", pickle.loads(pickle.dumps(long_day(40, 3))), wording, second, MADE_AT)
    assert first.read_bytes() == second.read_bytes()
    write("daily_sheet", long_day(40, 3), wording, second, MADE_AT + dt.timedelta(hours=1))
    assert first.read_bytes() != second.read_bytes()


def test_file_names_its_title_author_language_and_moment(tmp_path: Path) -> None:
    path = tmp_path / "day.pdf"
    printed(sheet([row(1)]), path)
    reader = pypdf.PdfReader(path)
    assert reader.metadata is not None
    assert reader.metadata.title == "每日接待登记表 2026年1月5日 星期一"
    assert reader.metadata.author == "某县人力资源和社会保障局"
    assert reader.metadata.creation_date == MADE_AT
    assert str(reader.root_object["/Lang"]) == "zh-CN"
    assert str(tmp_path) not in path.read_bytes().decode("latin-1")


def test_moment_is_printed_in_the_zone_of_the_site(tmp_path: Path) -> None:
    path = tmp_path / "day.pdf"
    write("daily_sheet", sheet(), CHINESE, path, MADE_AT.astimezone(dt.UTC))
    [page] = pdf.read(path)
    assert "2026年1月5日 17:30" in page.outside[-1]


def test_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SurroundingsError):
        write("daily_sheet", sheet(), CHINESE, tmp_path, MADE_AT)
    assert list(tmp_path.iterdir()) == []


def test_the_outline_leads_to_the_day(tmp_path: Path) -> None:
    for rows in ([], [row(1), row(2)]):
        printed(sheet(rows), tmp_path / "day.pdf")
        outline = pypdf.PdfReader(tmp_path / "day.pdf").outline
        assert [one.title for one in outline if not isinstance(one, list)] == ["2026年1月5日 星期一"]
