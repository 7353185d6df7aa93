"""Packed postings are the sets that they stand for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reception.finding import blocks

SPAN = 64
OFFSETS = st.one_of(st.sets(st.integers(0, SPAN - 1), max_size=5), st.sets(st.integers(0, SPAN - 1)))


def _set(hits: blocks.Hits) -> set[int]:
    return set(blocks.descending(hits))


@given(OFFSETS, OFFSETS)
def test_what_is_packed_behaves_as_the_sets_do(one: set[int], other: set[int]) -> None:
    first, second = (blocks.unpack(blocks.pack(kept, SPAN), SPAN) for kept in (one, other))
    assert _set(first) == one
    assert list(blocks.descending(first)) == sorted(one, reverse=True)
    assert _set(blocks.both(first, second)) == one & other
    assert _set(blocks.either(first, second)) == one | other


@given(OFFSETS)
def test_no_posting_is_longer_than_a_bitmap(one: set[int]) -> None:
    assert len(blocks.pack(one, SPAN)) <= SPAN // 8
