"""A limit of the site in words: what it is for, how long it is, when the desk is told to phone."""

from __future__ import annotations

from collections.abc import Mapping

from reception.facts import LimitRule
from reception.words import CATEGORIES, CLOCKS, SOURCES, URGENCIES
from ui.wording import _


def about(rule: LimitRule, matters: Mapping[int, str]) -> str:
    """What it is for: the narrowest first; "everything else" where it names nothing."""
    names = (
        matters.get(rule.matter_id or 0, ""),
        _(URGENCIES[rule.urgency]) if rule.urgency else "",
        _(CATEGORIES[rule.category]) if rule.category else "",
        _(SOURCES[rule.source]) if rule.source else "",
    )
    return _(", ").join(filter(None, names)) or _("everything else")


def amount(rule: LimitRule) -> str:
    """``13 working days``."""
    return f"{rule.amount} {_(CLOCKS[rule.clock])}"


def reminder(rule: LimitRule) -> str:
    """When the desk is told to phone."""
    if not rule.remind_days:
        return _("on the day")
    return _("{days} wd before").format(days=rule.remind_days)
