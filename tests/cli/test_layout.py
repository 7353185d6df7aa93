"""Columns on a terminal, where a Chinese character is two columns wide."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from reception.cli import layout

_TEXT = st.text(st.sampled_from("ab1 ，。（）社保卡补换张三“”·-/…"), max_size=120)


def test_a_chinese_character_takes_two_columns() -> None:
    assert layout.width("社保卡 305") == 10
    assert layout.width("é") == layout.width("e\u0301") == 1


def test_columns_of_a_table_begin_below_each_other() -> None:
    lines = list(layout.table([["001", "张三", "x"], ["002", "Ann", "y"]]))
    assert lines == ["001  张三  x", "002  Ann   y"]


def test_a_line_is_cut_within_the_terminal_and_says_so() -> None:
    assert layout.cut("社保卡补换", 7) == "社保卡…"
    assert layout.cut("社保卡补换", 6) == "社保…"
    assert layout.cut("社保卡", 6) == "社保卡"


@given(_TEXT, st.integers(4, 40))
def test_cut_never_exceeds_its_columns(text: str, columns: int) -> None:
    assert layout.width(layout.cut(text, columns)) <= columns


@given(_TEXT, st.integers(12, 40))
@example("11。。。三 。", 12)
def test_wrapping_loses_nothing_and_begins_no_line_with_closing_punctuation(text: str, columns: int) -> None:
    lines = list(layout.wrap(text, columns))
    assert "".join("".join(lines).split()) == "".join(text.split())
    started = [
        line
        for line, before in zip(lines[1:], lines, strict=False)
        if before and before[-1] not in "，。）”…"
    ]
    assert not [line for line in started if line[0] in "，。）”…"]


def test_wrapped_lines_fit_where_words_are_shorter_than_the_line() -> None:
    text = "登记一位来访者、一个来电或一个去电；最后打印的词是编号（add visit）。"
    lines = list(layout.wrap(text, 20))
    assert len(lines) == 4
    assert all(layout.width(line) <= 20 for line in lines)
