from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reception.paper import fonts
from reception.paper.lines import BLANKS, CLOSING, OPENING, break_text, broken
from reception.paper.seams import GAP, parts

EM = 1000


class _Widths(dict[str, int]):
    """Full-width characters are one em, marks nothing, all others half an em."""

    def __missing__(self, char: str) -> int:
        if char == "\n" or unicodedata.category(char)[0] == "M":
            return 0
        return EM if unicodedata.east_asian_width(char) in "WFA" else EM // 2


WIDTHS = _Widths()


def lines(text: str, ems: float) -> list[str]:
    return break_text(text, ems * EM, WIDTHS)


def width(line: str) -> int:
    return sum(WIDTHS[char] for char in line.rstrip(BLANKS))


def test_chinese_fills_its_lines() -> None:
    assert lines("社会保障卡补换手续", 4) == ["社会保障", "卡补换", "手续"]


def test_what_stands_before_a_stroke_is_not_parted() -> None:
    assert lines("被访科室/人", 4) == ["被访", "科室/人"]
    assert lines("单位/住址", 3) == ["单位/", "住址"]


def test_no_text_no_line() -> None:
    assert lines("", 4) == []


def test_closing_mark_takes_a_character_along_to_the_next_line() -> None:
    assert lines("社会保障，卡", 4) == ["社会保", "障，卡"]


def test_opening_mark_goes_to_the_next_line() -> None:
    assert lines("社会保（障卡）", 4) == ["社会保", "（障卡）"]


def test_marks_in_a_row_stay_together() -> None:
    assert lines("他说“不。”他", 5) == ["他说", "“不。”他"]


def test_dashes_and_dots_are_not_divided() -> None:
    assert lines("社会——保障", 3) == ["社", "会——", "保障"]
    assert lines("社会……保障", 3) == ["社", "会……", "保障"]


def test_latin_word_goes_to_the_next_line_whole() -> None:
    assert lines("表格Form A-17在此", 5) == ["表格Form ", "A-17在此"]
    assert lines("表格表Form A-17", 4) == ["表格表", "Form ", "A-17"]


def test_blank_at_a_break_hangs_over_the_edge() -> None:
    assert lines("four four", 2) == ["four ", "four"]


def test_word_wider_than_the_line_is_split_after_a_hyphen_or_stop() -> None:
    assert lines("someone@example.cn", 7) == ["someone@", "example.cn"]
    assert lines("0571-00000000", 5) == ["0571-", "00000000"]


def test_word_without_a_seam_is_split_where_the_line_is_full() -> None:
    assert lines("abcdefghij", 2) == ["abcd", "efgh", "ij"]


def test_number_is_not_split_while_it_fits() -> None:
    assert lines("工资18,600元", 4) == ["工资", "18,600元"]


@pytest.mark.parametrize("time", ["14:05", "14：05", "08:30:15"])
def test_time_is_never_split(time: str) -> None:
    for ems in range(1, 12):
        for text in (f"于{time}来", f"abcdefgh{time}", f"x-{time}/{time}", f"约{time}—{time}到"):
            assert any(time in line for line in lines(text, ems)), (text, ems, lines(text, ems))


def test_blank_that_binds_is_no_place_to_break() -> None:
    for width in range(4, 9):
        broken = lines("■\u00a0初访   □\u00a0重访", width)
        assert any("□\u00a0重" in line for line in broken), broken


def test_line_feed_ends_its_line() -> None:
    assert lines("甲\n乙丙\n\n丁", 4) == ["甲\n", "乙丙\n", "\n", "丁"]


def test_chinese_with_ascii_punctuation_breaks_after_it() -> None:
    assert lines("联系队长,10:25接待", 6) == ["联系队长,", "10:25接待"]


def test_accent_stays_with_its_letter() -> None:
    assert lines("abce\u0301f", 2) == ["abce\u0301", "f"]


def test_mark_with_a_width_of_its_own_stays_with_its_character() -> None:
    assert break_text("か\u3099か\u3099", 3 * EM, {"か": EM, "\u3099": EM}) == ["か\u3099", "か\u3099"]


def test_ten_thousand_characters_are_broken_in_a_blink() -> None:
    assert len(lines("社会保障，" * 2_000, 12)) >= 10_000 // 12


_TEXTS = st.text(
    st.one_of(
        st.sampled_from("社保卡补换，。、；：？！（）《》“”‘’——……·〔〕"),
        st.sampled_from("abcXYZ 0123456789.,:;-/@%$()[]\"'\n\u3000"),
        st.sampled_from("\u0301éßñ😀𬱖：　１２"),
        st.characters(exclude_categories=["Cs", "Cc"]),
    ),
    max_size=200,
)


@given(_TEXTS, st.integers(2, 30))
@example("（（（（（（", 2)
@example("。。。。。。", 2)
@example("   社   ", 2)
@example("a\u0301\u0301\u0301", 2)
def test_lines_joined_are_the_text_and_none_is_too_wide(text: str, ems: int) -> None:
    broken = lines(text, ems)
    assert "".join(broken) == text
    assert all(broken)
    for line in broken:
        time = re.fullmatch(r"\d{1,2}([:：]\d{2}){1,2}\W*", line.rstrip(BLANKS))
        assert width(line) <= ems * EM or time, broken
        assert "\n" not in line[:-1]


@given(_TEXTS, st.integers(2, 30))
def test_punctuation_stands_where_it_may(text: str, ems: int) -> None:
    """Where a mark stands wrong, what cannot be divided around it is wider than the line."""
    broken = lines(text, ems)
    for index, (line, following) in enumerate(pairwise(broken)):
        if line.endswith("\n"):
            continue
        first, last = following[:1], line.rstrip(BLANKS)[-1:]
        if first in CLOSING or last in OPENING:
            before = line.rstrip(BLANKS) if last in OPENING else line
            stem = re.search(r"[^\s]*$", before)
            assert stem is not None
            tail = "".join(broken[index + 1 :])
            bound = before[_last_break(before) :] + _until_break(tail)
            assert width(bound) > ems * EM, (broken, bound)


def _last_break(line: str) -> int:
    """The last place of ``line`` that surely divides: between two Han characters."""
    for place in range(len(line) - 1, 0, -1):
        if _han(line[place]) and _han(line[place - 1]):
            return place
    return 0


def _until_break(text: str) -> str:
    for place in range(1, len(text)):
        if _han(text[place]) and _han(text[place - 1]):
            return text[:place]
    return text


def _han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


@given(
    st.lists(st.text(st.sampled_from("abcdefgh0123"), min_size=1, max_size=12), min_size=1),
    st.integers(3, 20),
)
def test_words_that_fit_are_never_split(words: list[str], ems: int) -> None:
    text = " ".join(words)
    for line in lines(text, ems):
        for word in line.split():
            assert word in words or any(width(whole) > ems * EM and word in whole for whole in words)


@given(_TEXTS, st.integers(20, 200))
def test_widths_of_the_bundled_face_are_kept_too(text: str, points: int) -> None:
    chain = fonts.chain()
    shown = chain.shown(text)
    for printed in broken(shown, points * 1000 / 9, chain.advances):
        assert chain.width(printed, 9, points) <= points + 0.001 or len(printed) == 1


@given(_TEXTS, st.integers(2, 30))
def test_room_between_chinese_and_latin_makes_no_further_line(text: str, ems: int) -> None:
    airy = broken(text, ems * EM, WIDTHS)
    assert len(airy) == len(lines(text, ems))
    assert [*"".join(airy).replace(" ", "")] == [char for char in text if char not in BLANKS]


@given(st.text(st.sampled_from("社保卡3号14:05abc，。 "), max_size=60), st.integers(4, 30))
def test_lines_leave_the_room_that_is_between_chinese_and_latin(text: str, ems: int) -> None:
    for line in break_text(text, ems * EM, WIDTHS, GAP):
        gaps = len(parts(line.rstrip(BLANKS))) - 1
        time = re.fullmatch(r"\d{1,2}([:：]\d{2}){1,2}\W*", line.rstrip(BLANKS))
        assert width(line) + gaps * GAP <= ems * EM or time


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共12人", ["共", "12", "人"]),
        ("某县ABC公司", ["某县", "ABC", "公司"]),
        ("𬱖7", ["𬱖", "7"]),
        ("于14:05来", ["于", "14:05", "来"]),
        ("（3人）18%，A级", ["（3", "人）18%，A", "级"]),
        ("共 12 人", ["共 12 人"]),
        ("Ａ１级", ["Ａ１级"]),
        ("", [""]),
    ],
)
def test_room_is_left_where_chinese_meets_letters_or_digits(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("劳动保障监察大队", 7, ["劳动保障监察", "大队"]),  # not 队 alone
        ("已告知材料清单。", 6, ["已告知材料", "清单。"]),  # nor with its full stop
        ("已告知", 2, ["已告", "知"]),  # two characters would leave the line above one
        ("提前退休（特殊）吗", 8, ["提前退休（特", "殊）吗"]),  # a bracket does not begin the line
        ("队", 1, ["队"]),
    ],
)
def test_last_line_is_no_single_character_where_another_can_come_along(
    text: str, width: float, expected: list[str]
) -> None:
    assert lines(text, width) == expected


@pytest.mark.parametrize(
    "text",
    ["13900000001；电子邮箱", "wang@example.cn。转办", "Consulting，Shanghai", "于14:05，来", "ABCDEF）》甲"],
)
def test_mark_behind_a_word_that_just_fits_takes_of_it_along(text: str) -> None:
    for tenths in range(25, 90):
        broken = lines(text, tenths / 10)
        assert "".join(broken) == text
        assert not any(line[0] in CLOSING for line in broken), (tenths, broken)


@pytest.mark.parametrize("text", ["0571-88880000转8023", "补打（第3次）"])
def test_number_stays_with_the_word_before_it(text: str) -> None:
    for width in range(4, 12):
        assert not any(line.endswith(("转", "第")) for line in lines(text, width)), width


@pytest.mark.parametrize("text", ["自2026年1月25日起", "共计12人3件", "在第3室18号"])
def test_number_is_not_parted_from_its_unit(text: str) -> None:
    for width in range(4, 10):
        for line in lines(text, width):
            assert not re.match("[年月日人件室号]", line), (width, line)
