"""The director's page is one page whatever the day was; bulletin and spreadsheet tell every figure."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import random
import re
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2 as pdfium
import pytest

from reception import dates, report_words
from reception.facts import Totals
from reception.facts.jobs import Instruction
from reception.facts.office import StandsOn
from reception.facts.printing import Stamp
from reception.facts.reports import (
    RULES,
    Bulletin,
    DayReport,
    DepartmentFigures,
    DueItem,
    Exceptional,
    Figures,
    Lapse,
    Lapses,
    Late,
    Noted,
    Period,
    Span,
)
from reception.numbers import day_date
from reception.paper import bulletin, director_page, making, spreadsheet, style
from reception.paper.director_layout import shares
from reception.papers import SHEETS
from reception.wording import load
from tests.paper.made_up import DEPARTMENTS, SUBJECTS, ZONE

DAY = 20260105
AT = dt.datetime(2026, 1, 5, 17, 30, tzinfo=ZONE)
STAMP = Stamp(AT, "王芳", code="7K3Q9ZTB", head="0123ABCD", count=2)
TOTALS = Totals(80, 113, 60, 12, 90, 31, 7, 12, 23)
NAMES = [f"{name or '办公室'}{at}" for at in range(8) for name in DEPARTMENTS]


def span(first: int, last: int = DAY) -> Span:
    return Span(first, last, AT, TOTALS)


def figures(dice: random.Random) -> Figures:
    return Figures(*(dice.randrange(40) for _ in range(6)))


def by_hand(at: int, words: str) -> Instruction:
    """What a leader wrote on a page of the day, entered the next morning."""
    job, entered = f"20260106-{at:03d}" if at % 2 else "", AT + dt.timedelta(hours=15)
    return Instruction(
        at, at, 1, entered, f"吴{at}局长", words, StandsOn.DAY, "2026-01-05", None, job, "王芳"
    )


def a_day(many: int, **changes: Any) -> DayReport:
    """A day with up to so many of everything."""
    dice = random.Random(many)

    def some(what: Lapse) -> Lapses:
        count = dice.randint(many // 2, 3 * many)
        rows = tuple(
            Exceptional(
                what=what,
                entry_id=at,
                number=f"20260105-{at:03d}",
                department="JC",
                department_name=dice.choice(NAMES),
                text=dice.choice(SUBJECTS),
                since=AT,
                late=Late(days=dice.randint(1, 40)) if at % 2 else Late(minutes=dice.randint(1, 400)),
            )
            for at in range(min(count, 30))
        )
        return Lapses(what, count, rows)

    noted = tuple(
        Noted(at, f"20260105-{at:03d}", AT, 6 + at, dice.choice(SUBJECTS), "JC", "劳动保障监察大队")
        for at in range(many)
    )
    due = tuple(
        DueItem(at, f"20260105-{at:03d}", at, "JC", NAMES[0], SUBJECTS[at % 6], 20260106, AT)
        for at in range(min(many, 20))
    )
    report = DayReport(
        site="某县人力资源和社会保障局",
        zone="Asia/Shanghai",
        footer="非涉密系统",
        day=DAY,
        as_of=AT,
        over=False,
        lapses=tuple(some(what) for kinds in RULES.values() for what in kinds),
        groups=noted,
        events=noted[: many // 3],
        departments=tuple(
            DepartmentFigures(f"D{at}", NAMES[at], figures(dice)) for at in range(min(many, len(NAMES)))
        ),
        today=span(DAY),
        week_ago=span(20251229, 20251229),
        month=span(20260101),
        due_until=20260106,
        due_count=2 * many,
        due=due,
        instructions=tuple(
            by_hand(at, dice.choice(SUBJECTS) * dice.randint(1, 20)) for at in range(many // 2)
        ),
    )
    return dataclasses.replace(report, **changes)


def read(form: Any, data: Any, language: str, chosen: style.Style | None = None) -> str:
    """All that stands on its pages, a form feed after each."""
    file = io.BytesIO()
    making.render(form.FORM.name, data, load(language), chosen, STAMP, file)
    document = pdfium.PdfDocument(file.getvalue())
    text = "".join(one.get_textpage().get_text_range().replace("\r", "") + "\f" for one in document)
    document.close()
    return text


def laid_out(form: Any, data: Any, language: str, chosen: style.Style | None = None) -> tuple[int, str]:
    """How many pages, and all that stands on them without blanks."""
    text = read(form, data, language, chosen)
    return text.count("\f"), re.sub(r"\s+", "", text)


def room_to_write(data: DayReport, language: str) -> float:
    """How high the free part of the box is, in points: from the signature up to what stands above it."""
    file = io.BytesIO()
    making.render(director_page.FORM.name, data, load(language), None, STAMP, file)
    document = pdfium.PdfDocument(file.getvalue())
    page = document[0].get_textpage()
    text = page.get_text_range()
    at, _count = page.search(load(language).pgettext("paper", "Signature and date:")).get_next()
    top = page.get_charbox(at)[3]
    boxes = (page.get_charbox(one) for one in range(len(text)) if not text[one].isspace())
    gap = min(box[1] for box in boxes if box[1] > top) - top
    document.close()
    return float(gap)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_directors_page_is_one_page_on_any_sheet(language: str) -> None:
    plain = style.default(director_page.FORM)
    for many in (0, 1, 4, 60):
        data = a_day(many)
        for paper in SHEETS:
            for landscape in (False, True):
                chosen = dataclasses.replace(plain, paper=paper, landscape=landscape)
                assert laid_out(director_page, data, language, chosen)[0] == 1, (many, paper, landscape)
    crowded = dataclasses.replace(
        plain, letterhead="某县人力资源和社会保障局办公室文件" * 3, signatures=("Date",) * 6, paper="A5"
    )
    pages, text = laid_out(director_page, a_day(60), language, crowded)
    assert pages == 1
    assert text.endswith("1/1") or "1" in text[-12:]


@pytest.mark.parametrize("many", [0, 2, 60])
def test_what_has_no_room_on_the_page_is_counted(many: int) -> None:
    data, chinese = a_day(many), load("zh_CN")
    lines = read(director_page, data, "zh_CN").splitlines()
    before = chinese.pgettext("paper", "Besides these: {counts}").partition("{")[0]
    hidden = " ".join(line.partition(before)[2] for line in lines if before in line)
    for kind in data.lapses:
        word = chinese.gettext(report_words.LAPSES[kind.what])
        told = [line for line in lines if re.match(rf"20260105-\d+ *{word} ", line)]
        besides = re.search(rf"(?:^|[ ，、,]){word} (\d+)", hidden)
        assert len(told) + (int(besides[1]) if besides else 0) == kind.count, kind.what
        assert (f"{word}{kind.count}" in re.sub(r"\s", "", "".join(lines))) == (kind.count > 0)
    assert any(chinese.pgettext("paper", "Leader's instruction") in line for line in lines)


def test_room_is_shared_so_that_every_kind_is_named_before_any_has_two() -> None:
    given = shares(a_day(60), 20)
    assert sum(given.values()) == 20
    assert min(given.values()) >= 1
    assert given[Lapse.UNCHECKED] <= 2
    assert sum(shares(a_day(60), 10_000).values()) < 330
    assert not any(shares(a_day(0), 10).values())


def test_a_page_says_of_what_moment_it_is_and_what_is_sealed() -> None:
    data = a_day(2)
    assert "17:30" in laid_out(director_page, data, "en")[1]
    quiet = dataclasses.replace(data, over=True, groups=(), events=())
    assert laid_out(director_page, quiet, "en")[1].count("17:30") == 1, "only when it was printed"
    rows = tuple(dataclasses.replace(row, sealed=True, text="检举控告(封存)") for row in data.lapses[0].rows)
    sealed = dataclasses.replace(data, lapses=(Lapses(Lapse.OVERDUE, len(rows), rows), *data.lapses[1:]))
    assert "Accusation(sealed)" in laid_out(director_page, sealed, "en")[1]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_what_a_leader_wrote_already_stands_in_the_box_with_room_for_more(language: str) -> None:
    words = ("已阅，请监察大队三日内报结果\n并抄送信访科", "很好")
    data = a_day(0, instructions=tuple(by_hand(at, each) for at, each in enumerate(words)))
    text = laid_out(director_page, data, language)[1]
    for told in ("吴0局长", "已阅，请监察大队三日内报结果并抄送信访科", "吴1局长", "20260106-001", "很好"):
        assert told in text
    assert "1月6日" in text or "Jan6" in text or "6Jan" in text
    for most in (1, 2, 8, 60):  # however full the page is, and however much was written
        assert room_to_write(a_day(most), language) > 30, most
    crowded = laid_out(director_page, a_day(60), language)[1]
    more = load(language).pgettext("paper", "… and {count} more, see the register.").partition("{")[0]
    shown = sum(f"吴{at}局长" in crowded for at in range(30))
    assert f"{more}{30 - shown}".replace(" ", "") in crowded


def test_lines_of_the_page_have_a_key_each() -> None:
    keys = [key for key, _values in director_page.lines(a_day(20))]
    assert len(keys) == len(set(keys))


# The bulletin.


def a_bulletin(count: int, **changes: Any) -> Bulletin:
    dice = random.Random(count)
    rows = tuple(DepartmentFigures(f"D{at}", NAMES[at], figures(dice), figures(dice)) for at in range(count))
    whole = DepartmentFigures("", "", figures(dice), figures(dice))
    days = tuple(Span(day, day, AT, TOTALS) for day in (20260104, 20260105))
    plain: dict[str, Any] = {"departments": rows, "whole": whole, "days": days}
    return Bulletin(
        site="某县人社局",
        zone="Asia/Shanghai",
        footer="",
        period=Period.MONTH,
        over=False,
        now=span(20260101),
        before=span(20251201, 20251205),
        **(plain | changes),
    )


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_bulletin_tells_every_figure_and_its_change(language: str) -> None:
    data = a_bulletin(17)
    pages, text = laid_out(bulletin, data, language)
    assert pages == 1
    at = 0
    for one in (*data.departments, data.whole):
        told = ""
        for name in report_words.FIGURES:
            now, before = getattr(one.now, name), getattr(one.before, name)
            told += f"{now}({now - before:+d})" if now != before else str(now)
        at = text.index(told, at)
    before = {"zh_CN": "2025年12月1日–12月5日", "en": "1December–5December2025"}
    assert text.count(before[language]) == 1
    wording = load(language)
    heads = [wording.pgettext("paper", one.title) for one in bulletin.FORM.columns]
    heads += [wording.gettext(one) for one in report_words.TOTALS.values()]
    wanted, on_paper = Counter(" ".join(heads).split()), Counter(read(bulletin, data, language).split())
    assert wanted <= on_paper, "no word of a heading is broken"
    assert laid_out(bulletin, a_bulletin(40), language)[0] == 2
    whole = dataclasses.replace(data, now=span(20260101, 20260131), over=True)
    assert ("2026年1月" if language == "zh_CN" else "January2026") in laid_out(bulletin, whole, language)[1]


def written(data: Bulletin, language: str, folder: Path) -> Any:
    path = folder / f"{language}.xlsx"
    spreadsheet.write(data, load(language), path)
    return openpyxl.load_workbook(path)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_spreadsheet_has_numbers_dates_and_texts_and_no_formula(language: str, tmp_path: Path) -> None:
    odd = ("=1+1", "+8613800138000", "-3", "@SUM(A1)", "http://a.example/", "00120261123001000")
    rows = tuple(
        DepartmentFigures(f"D{at}", name, Figures(received=at + 3, open=1), Figures(received=5))
        for at, name in enumerate(odd)
    )
    data = a_bulletin(0, departments=rows)
    book = written(data, language, tmp_path)
    departments, totals, days, about = book.worksheets
    assert [one.freeze_panes for one in book.worksheets] == ["B2", "C2", "B2", "A2"]
    on_paper = dict(bulletin.lines(data))
    told_of = zip(totals.iter_rows(min_row=2), ("now", "before"), strict=True)
    assert all([cell.value for cell in row[2:]] == on_paper[f"totals/{span}"] for row, span in told_of)
    assert [cell.value for cell in totals["A"][1:]] == [dt.datetime(2026, 1, 1), dt.datetime(2025, 12, 1)]
    told = list(departments.iter_rows(min_row=2))
    assert [row[0].value for row in told[:-1]] == list(odd)
    assert {row[0].data_type for row in told} == {"s"}
    assert all(cell.data_type == "n" and isinstance(cell.value, int) for row in told for cell in row[1:])
    assert [[cell.value for cell in row[1:4]] for row in told[:3]] == [[3, 5, -2], [4, 5, -1], [5, 5, 0]]
    assert told[0][3].number_format == "+0;-0;0"
    titles = [cell.value for cell in departments[1]]
    assert len(titles) == len(set(titles)) == 1 + 3 * len(report_words.FIGURES)
    if language == "zh_CN":
        assert not [title for title in titles if title.isascii()]
    assert [row[0].value for row in days.iter_rows(min_row=2)] == [
        dt.datetime(2026, 1, 4),
        dt.datetime(2026, 1, 5),
    ]
    assert days["A2"].is_date
    assert days["B3"].value == dates.weekday(day_date(20260105), language)
    assert [cell.value for cell in days[2][2:]] == [80, 113, 60, 12, 90, 31, 7, 12]
    assert [row[1].value for row in about.iter_rows(min_row=2)][1:] == [
        *(dt.datetime(2026, 1, 1), dt.datetime(2026, 1, 5), dt.datetime(2025, 12, 1)),
        *(dt.datetime(2025, 12, 5), AT.replace(tzinfo=None)),
    ]
    wide = {name: one.width for name, one in departments.column_dimensions.items()}
    assert wide["A"] > len(odd[-1]), "the longest name has room"
    first = (tmp_path / f"{language}.xlsx").read_bytes()
    written(data, language, tmp_path)
    assert (tmp_path / f"{language}.xlsx").read_bytes() == first
