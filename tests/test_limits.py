"""Which of the site's limits a referral gets."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from reception.facts import Category, LimitClock, LimitRule, Source, Urgency
from reception.limits import choose

NAMES = ("matter_id", "urgency", "category", "source")
ASKED: dict[str, Any] = {
    "matter_id": 7,
    "urgency": Urgency.URGENT,
    "category": Category.COMPLAINT,
    "source": Source.HOTLINE,
}
OTHER: dict[str, Any] = {
    "matter_id": 8,
    "urgency": Urgency.NORMAL,
    "category": Category.ENQUIRY,
    "source": Source.LETTER,
}


def rule(number: int, *, active: bool = True, **about: Any) -> LimitRule:
    return LimitRule(number, 5, LimitClock.WORKING, active=active, **about)


def chosen(*rules: LimitRule, **about: Any) -> int | None:
    found = choose(rules, **{**ASKED, **about})
    return found.id if found is not None else None


def test_of_any_two_rules_the_narrower_holds() -> None:
    """Of every two sets of things named: what stands earlier in NAMES outweighs all that follows."""
    kinds = [names for count in range(5) for names in itertools.combinations(NAMES, count)]
    for one, other in itertools.permutations(kinds, 2):
        narrower = next(name for name in NAMES if (name in one) != (name in other))
        rules = (rule(1, **{n: ASKED[n] for n in one}), rule(2, **{n: ASKED[n] for n in other}))
        assert chosen(*rules) == (1 if narrower in one else 2), (one, other)


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_for_something_else_does_not_hold(name: str) -> None:
    assert chosen(rule(1, **{name: OTHER[name]})) is None
    assert chosen(rule(1, **{name: OTHER[name]}), **{name: OTHER[name]}) == 1
    if name != "urgency":
        assert chosen(rule(1, **{name: ASKED[name]}), **{name: None}) is None


def test_a_rule_that_names_nothing_holds_for_all_the_rest() -> None:
    assert chosen(rule(1), category=None, source=None, matter_id=None, urgency=Urgency.NORMAL) == 1
    assert chosen(rule(1), rule(2, source=Source.HOTLINE)) == 2


def test_of_two_that_name_the_same_the_later_holds() -> None:
    assert chosen(rule(4), rule(3)) == 4


def test_what_is_not_used_any_more_does_not_hold() -> None:
    assert chosen(rule(1), rule(2, active=False, matter_id=7)) == 1
    assert chosen(rule(1, active=False)) is None
    assert chosen() is None
