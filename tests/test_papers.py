"""A line of the catalogue is read where original, copy and number are written; else it stays whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.text.papers import Paper, Sort, read

ORIG, COPY = Sort.ORIGINAL, Sort.COPY


@pytest.mark.parametrize(
    ("line", "name", "sorts"),
    [
        ("身份证 原件1 复印件2", "身份证", ((ORIG, 1), (COPY, 2))),
        ("户口簿（原件、复印件各1份）", "户口簿", ((ORIG, 1), (COPY, 1))),
        ("户口簿原件及复印件各两份", "户口簿", ((ORIG, 2), (COPY, 2))),
        ("近期照片 复印件 3份", "近期照片", ((COPY, 3),)),
        ("调档函原件", "调档函", ((ORIG, None),)),
        ("诊断证明：复印件", "诊断证明", ((COPY, None),)),
        ("ID card original 1, copies 2", "ID card", ((ORIG, 1), (COPY, 2))),
        ("Diploma (copy)", "Diploma", ((COPY, None),)),
    ],
)
def test_what_is_written_is_read(line: str, name: str, sorts: tuple[tuple[Sort, int | None], ...]) -> None:
    assert read(line) == Paper(name, sorts)


@pytest.mark.parametrize(
    "line",
    [
        "身份证或社保卡",
        "身份证+调档函原件",
        "解除（终止）劳动关系证明△",
        "原件",
        "身份证原件核验后退还",
        "社保卡（本人）原件由窗口留存",
        "原件1 原件2",
        "近期照片2张",
        "copyright notice",
    ],
)
def test_what_is_put_otherwise_stays_as_it_is(line: str) -> None:
    assert read(line) == Paper(line)


@given(st.text(alphabet="身份证原件复印各份12、（） +copyoriginal\t𬱖", max_size=30))
def test_nothing_of_a_line_is_lost(line: str) -> None:
    paper = read(line)
    assert paper.name == line.strip() or (paper.sorts and line.strip().startswith(paper.name))
