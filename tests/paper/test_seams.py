"""Chinese and Latin beside each other: a little room between them, and none of it in the text."""

from __future__ import annotations

import subprocess
import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from reception.paper import fonts
from reception.paper.seams import GAP
from tests.paper import pdf, reading

SIZE = 10.0
_CHAIN = fonts.chain()
_MIXED = st.lists(
    st.sampled_from(
        ("拖欠", "年", "月", "号", "18,600", "2026", "7", "14:05", "Form A-17", "wang", "，", "（")
    ),
    min_size=2,
    max_size=12,
).map("".join)


def printed(path: Path, line: str, room: float) -> list[pdf.Char]:
    """The characters of a line that was drawn in ``room`` points."""
    canvas = Canvas(str(path), initialFontName=fonts.REGULAR, invariant=1)  # type: ignore[arg-type]
    _CHAIN.write(canvas, _CHAIN.shown(line), 10, 700, SIZE, room=room)
    canvas.save()
    [page] = pdf.read(path)
    return page.loose


@pytest.mark.parametrize(("spare", "gap"), [(200.0, GAP), (1.2, 40), (0.0, 0)])
def test_gaps_take_what_the_line_has_to_spare(tmp_path: Path, spare: float, gap: float) -> None:
    line = "年2026月11"
    natural = 2 * 10 + 6 * 5.55
    room = natural + spare
    chars = printed(tmp_path / "line.pdf", line, room)
    assert pdf.joined(chars) == line
    steps = [after.x - before.x for before, after in pairwise(chars)]
    own = [_CHAIN.width(char, SIZE) for char in line]
    left = [step - wide for step, wide in zip(steps, own, strict=False)]
    assert left == pytest.approx([gap * SIZE / 1000 if at in (0, 4, 5) else 0 for at in range(7)], abs=0.02)
    assert _CHAIN.width(line, SIZE, room) == pytest.approx(natural + 3 * gap * SIZE / 1000)


def test_time_that_is_wider_than_its_cell_is_drawn_narrower(tmp_path: Path) -> None:
    chars = printed(tmp_path / "line.pdf", "08:30:15", 23)
    assert pdf.joined(chars) == "08:30:15"
    assert max(char.box[2] for char in chars) <= 10 + 23
    assert _CHAIN.width("08:30:15", SIZE, 23) == pytest.approx(23)


@settings(max_examples=15)
@given(st.lists(_MIXED, min_size=1, max_size=40), st.sampled_from((7.0, 9.0, 10.5)))
def test_both_readers_find_the_text_as_it_was_written(lines: list[str], size: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = reading.write(Path(folder) / "mixed.pdf", _CHAIN, lines, size)
        assert reading.by_pdfium(path) == lines
        for mode in ((), ("-layout",), ("-raw",)):
            found = subprocess.run(["pdftotext", *mode, path, "-"], capture_output=True, check=True).stdout
            told = [line.strip() for line in found.decode().replace("\f", "").split("\n")]
            assert [line for line in told if line] == lines, mode


def test_a_character_that_the_font_lacks_is_told_by_what_looks_for_it(tmp_path: Path) -> None:
    """The other tests rest on that: ReportLab alone draws such a character with the glyph of none."""
    canvas = Canvas(str(tmp_path / "bare.pdf"), initialFontName=fonts.REGULAR)  # type: ignore[arg-type]
    canvas.setFont(fonts.REGULAR, SIZE)
    canvas.drawString(10, 700, "张\u0b83三")
    canvas.save()
    assert reading.undefined(tmp_path / "bare.pdf") == {"\x00"}
    assert reading.undefined(reading.write(tmp_path / "ours.pdf", _CHAIN, ["张\u0b83三"])) == set()
