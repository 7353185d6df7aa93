"""Which limit a referral gets: the narrowest of the site's rules that fits (pure)."""

from __future__ import annotations

from collections.abc import Iterable

from reception.facts import Category, LimitRule, Source, Urgency

_WEIGHTS = (("matter_id", 8), ("urgency", 4), ("category", 2), ("source", 1))
"""What a rule names counts by this order: each more than all that follow together.

A matter's own limit is that of a statute; what is urgent is urgent, whatever kind of entry it is.
"""


def choose(
    rules: Iterable[LimitRule],
    *,
    category: Category | None,
    source: Source | None,
    urgency: Urgency,
    matter_id: int | None,
) -> LimitRule | None:
    """The rule for such a referral; of two that name as much, the one entered later. None if none fits."""
    asked = {"category": category, "source": source, "urgency": urgency, "matter_id": matter_id}
    fitting = [
        rule
        for rule in rules
        if rule.active and all(getattr(rule, name) in (None, value) for name, value in asked.items())
    ]
    return max(fitting, key=lambda rule: (weight(rule), rule.id), default=None)


def weight(rule: LimitRule) -> int:
    """How narrow a rule is."""
    return sum(points for name, points in _WEIGHTS if getattr(rule, name) is not None)
