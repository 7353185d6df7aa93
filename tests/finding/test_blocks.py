"""Packed postings are the sets that they stand for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reception.finding import blocks

SPAN = 64
OFFSETS = st.one_of(st.sets(st.integers(0, SPAN - 1), max_size=5), st.sets(st.integers(0, SPAN - 1)))


def _set(hits: blocks.Hits) -> set[int]:
    return set(blocks.descending(hits, SPAN - 1))


@given(OFFSETS, OFFSETS)
def test_what_is_packed_behaves_as_the_sets_do(one: set[int], other: set[int]) -> None:
    first, second = (blocks.unpack(blocks.pack(kept, SPAN), SPAN) for kept in (one, other))
    assert _set(first) == one
    assert _set(blocks.both(first, second)) == one & other
    assert _set(blocks.either(first, second)) == one | other


@given(OFFSETS, st.integers(-2, SPAN - 1))
def test_what_is_packed_comes_from_the_highest_wanted_on(one: set[int], last: int) -> None:
    wanted = sorted((each for each in one if each <= last), reverse=True)
    assert list(blocks.descending(one, last)) == wanted
    assert list(blocks.descending(blocks.unpack(blocks.pack(one, SPAN), SPAN), last)) == wanted


@given(st.lists(OFFSETS, max_size=5))
def test_many_are_joined_at_once(each: list[set[int]]) -> None:
    packed = [blocks.unpack(blocks.pack(kept, SPAN), SPAN) for kept in each]
    assert _set(blocks.any_of(packed)) == set().union(*each)


@given(OFFSETS)
def test_no_posting_is_longer_than_a_bitmap(one: set[int]) -> None:
    assert len(blocks.pack(one, SPAN)) <= SPAN // 8
