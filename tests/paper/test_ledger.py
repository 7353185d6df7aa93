"""A year's ledger: every entry of every day in its order, each page telling its day, in little memory."""

from __future__ import annotations

import datetime as dt
import io
import pickle
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PIL import Image

from reception.errors import InputError
from reception.facts import Category, Totals
from reception.facts.printing import Stamp
from reception.operations import pictures, site
from reception.paper import ledger, making, output, prints
from reception.paper.ledger import Days, Ledger
from reception.wording import Wording
from tests.factories import TODAY, Clock, OpenDesk, add, new_uid, person, visit
from tests.paper import pdf
from tests.paper.chinese import CHINESE, ENGLISH
from tests.paper.made_up import MADE_AT, ZONE, long_day, write


def made_up(days: int, per_day: int, **changes: object) -> Ledger:
    """Days one after the other from 2 January, each with believable rows."""
    aside = Days()
    for at in range(days):
        day = dt.date(2026, 1, 2) + dt.timedelta(days=at)
        moved = dt.datetime.combine(day, dt.time(9), ZONE) - dt.datetime(2026, 1, 5, 9, tzinfo=ZONE)
        rows = [
            replace(row, at=row.at + moved, left_at=row.left_at + moved if row.left_at else None)
            for row in long_day(per_day, seed=at).rows
        ]
        aside.add(int(f"{day:%Y%m%d}"), rows)
    plain = Ledger(
        "某县人力资源和社会保障局", 2026, "", "Asia/Shanghai", "非涉密系统", aside, Totals(visits=3)
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def printed(data: Ledger, path: Path, wording: Wording = CHINESE) -> list[pdf.Page]:
    count = write("ledger", data, wording, path)
    pages = pdf.read(path)
    assert len(pages) == count
    return pages


def entries(page: pdf.Page) -> list[list[str]]:
    """The rows of a page below its header, whichever day they are of."""
    return [row for table in page.tables for row in table.rows if row[0] != "序号"]


def test_letterhead_and_logo_of_the_site_stand_on_it_too(
    file_register: str, open_desk: OpenDesk, tmp_path: Path
) -> None:
    desk = open_desk(file_register)
    picture = io.BytesIO()
    Image.new("RGB", (30, 20), (200, 0, 0)).save(picture, "PNG")
    digest = desk.do(pictures.keep, "seal.png", picture.getvalue(), uid=new_uid())
    add(desk, visit("问路", parties=(person("张建国"),)))
    desk.do(site.save, {"paper_letterhead": "某省某县文件", "paper_logo": digest}, uid=new_uid())
    gathered = desk.ask(prints.gather, "ledger", "zh_CN", year=TODAY // 10_000)
    path = tmp_path / "ledger.pdf"
    making.write("ledger", gathered.data, CHINESE, gathered.style, gathered.preview_stamp, path)
    assert all("某省某县文件" in page.outside[:2] for page in pdf.read(path))
    assert all(page.images for page in pypdf.PdfReader(path).pages)


def test_every_entry_stands_under_its_day(tmp_path: Path) -> None:
    data = made_up(9, 13)
    pages = printed(data, tmp_path / "ledger.pdf")
    found = [cells for page in pages for cells in entries(page)]
    wanted = [row for _day, rows in data.days for row in rows]
    assert [cells[0] for cells in found] == [row.number for row in wanted]
    for cells, row in zip(found, wanted, strict=True):
        assert cells[1] == f"{row.at:%H:%M}"
        assert cells[11].removeprefix("约") == (f"{row.left_at:%H:%M}" if row.left_at else "")
    lines = [line for page in pages for line in page.outside]
    for day in range(2, 11):
        assert sum(line.startswith(f"2026年1月{day}日 星期") and "续" not in line for line in lines) == 1
    assert "2026年1月5日 星期一" in lines


def test_every_page_says_of_which_day_its_first_line_is(tmp_path: Path) -> None:
    pages = printed(made_up(4, 40), tmp_path / "ledger.pdf")
    assert len(pages) > 8
    for page in pages:
        day = page.outside[2]  # under title and unit
        assert day.startswith("2026年1月"), page.outside
        assert page.tables[0].rows == [page.tables[0].rows[0]]  # the header alone, then the day
        assert page.tables[0].rows[0][0] == "序号"
    assert any(page.outside[2].endswith("（续）") for page in pages)


def test_no_day_stands_alone_at_the_foot_of_a_page(tmp_path: Path) -> None:
    for per_day in (1, 2, 3, 5):
        for page in printed(made_up(40, per_day), tmp_path / "ledger.pdf"):
            bands = [char.y for char in page.loose if char.text == "星" and char.x < 150]
            lowest = min(level for table in page.tables for level in table.levels)
            assert all(y > lowest for y in bands)


def test_the_outline_leads_to_every_day_within_its_month(tmp_path: Path) -> None:
    path = tmp_path / "ledger.pdf"
    pages = printed(made_up(32, 4), path)
    reader = pypdf.PdfReader(path)
    outline: list[Any] = list(reader.outline)
    january, its_days, february, days_of_february = outline
    assert [one.title for one in (january, february)] == ["2026年1月", "2026年2月"]
    days = [*its_days, *days_of_february]
    titles = [str(one.title) for one in days]
    assert titles[:7] == [f"2026年1月{day}日 星期{'五六日一二三四'[day - 2]}" for day in range(2, 9)]
    assert titles[29:] == ["2026年1月31日 星期六", "2026年2月1日 星期日", "2026年2月2日 星期一"]
    places = [reader.get_destination_page_number(one) for one in days]
    assert reader.get_destination_page_number(february) == places[30]
    told = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True)
    assert told.stderr == b""
    assert all(title in told.stdout.decode() for title in titles)
    assert places == [at for title in titles for at, page in enumerate(pages) if title in page.outside]


def test_totals_and_signatures_close_it_and_pages_are_counted(tmp_path: Path) -> None:
    pages = printed(made_up(3, 25), tmp_path / "ledger.pdf")
    for number, page in enumerate(pages, 1):
        assert any(line.endswith(f"第 {number} 页 共 {len(pages)} 页") for line in page.outside)
    assert any(line.startswith("合计：来访 3 批") for line in pages[-1].outside)
    assert any("首问责任人" in line for line in pages[-1].outside)
    assert entries(pages[-1])


def test_a_year_without_entries_is_a_page_that_says_so(tmp_path: Path) -> None:
    [page] = printed(made_up(0, 0), tmp_path / "ledger.pdf", ENGLISH)
    assert "inthisyear" in "".join(cell for row in page.tables[0].rows for cell in row).replace(" ", "")


def test_days_may_be_gone_through_again_and_travel_when_they_are_few() -> None:
    data = made_up(3, 4)
    first, again = list(ledger.lines(data)), list(ledger.lines(data))
    assert first == again
    assert list(ledger.lines(pickle.loads(pickle.dumps(data)))) == first
    assert data.days.told == data.days.count == 12
    days = zip(data.days, data.days, strict=True)  # two readers do not disturb each other
    assert all(one == other for one, other in days)


def test_what_breaks_it_off_leaves_no_half_file(tmp_path: Path) -> None:
    path = tmp_path / "ledger.pdf"
    path.write_bytes(b"earlier")
    seen = []

    def enough(page: int) -> None:
        seen.append((page, output.rough(path, 0).parent))
        if page == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        making.write("ledger", made_up(4, 40), CHINESE, None, Stamp(MADE_AT), path, enough)
    assert [page for page, _folder in seen] == [1, 2, 3]
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("ledger.pdf", b"earlier")]


def test_a_correction_since_the_last_print_is_marked(tmp_path: Path) -> None:
    data = made_up(1, 3)
    [(_day, rows)] = data.days
    aside = Days()
    aside.add(20260102, [replace(row, key=f"entry:{at}") for at, row in enumerate(rows)])
    stamp = Stamp(MADE_AT, count=2, corrected=frozenset({"entry:1"}))
    path = tmp_path / "ledger.pdf"
    making.write("ledger", replace(data, days=aside), CHINESE, None, stamp, path)
    found = entries(pdf.read(path)[0])
    assert [cells[12].startswith("更正") for cells in found] == [False, True, False]


def test_the_register_gives_a_whole_year_veiled(
    file_register: str, open_desk: OpenDesk, clock: Clock
) -> None:
    desk = open_desk(file_register)
    add(desk, visit(parties=(person("张建国"),)))
    clock.go(days=3)
    add(desk, visit(parties=(person("李四"),), category=Category.ACCUSATION, subject="检举某人"))
    add(desk, visit(parties=(person("王五"),)))
    year = clock.now.astimezone(ZONE).year
    data = desk.ask(ledger.collect, year)
    assert [len(rows) for _day, rows in data.days] == [1, 2]
    assert "检举某人" not in repr(list(ledger.lines(data)))
    assert data.totals.visits == 3
    assert desk.ask(ledger.collect, year - 1).days.count == 0
    with pytest.raises(InputError):
        desk.ask(ledger.collect, 26)
