"""Whatever holds a word holds the pieces by which the word is looked up."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from reception import pinyin
from reception import text as rules
from reception.finding import pieces

SIGNS = st.text(st.sampled_from("社保卡，。 Aaß①１1２´ﬁ女\u3000\u200b(（𬱖"), max_size=20)
NAMES = st.text(st.sampled_from("王单曾吕欧阳尉迟建国女·Ab1"), min_size=1, max_size=5)


@given(st.one_of(SIGNS, st.text(max_size=30)))
def test_the_quick_folding_is_the_folding(line: str) -> None:
    assert pieces.folded(line) == rules.fold(line)


@given(SIGNS, st.integers(0, 20), st.integers(1, 12))
@example("社保卡补换社保卡", 0, 8)
def test_a_text_has_the_pieces_of_each_word_in_it(line: str, start: int, size: int) -> None:
    spelling = rules.fold(line)
    for run in spelling[start : start + size].split(" "):
        assert set(pieces.of_word(run)) <= pieces.of_text(spelling)


@given(SIGNS, st.integers(0, 20), st.integers(1, 12))
def test_a_telephone_has_the_pieces_of_all_but_the_shortest_numbers_in_it(
    line: str, start: int, size: int
) -> None:
    spelling = rules.fold(line)
    for run in spelling[start : start + size].split(" "):
        if not pieces.is_few_digits(run):
            assert set(pieces.of_word(run)) <= pieces.of_phone(spelling)


@given(NAMES, st.sampled_from(["full", "initials"]), st.integers(0, 8), st.integers(1, 12))
def test_letters_lead_to_every_name_that_may_be_meant(name: str, which: str, start: int, size: int) -> None:
    readings = getattr(pinyin.readings(name), which).split(" ")
    for reading in readings:
        typed = pieces.letters(reading[start : start + size])
        if typed and pieces.sounds_like(name, typed):
            assert any(set(way) <= pieces.of_name(name) for way in pieces.of_letters(typed))


def test_a_long_word_is_looked_up_by_few_pieces() -> None:
    assert 1 < len(pieces.of_word("".join(map(chr, range(0x4E00, 0x4E00 + 200))))) <= pieces.MOST
