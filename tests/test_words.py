"""Every word of the trade has one name, which window and terminal share."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pytest

from reception import facts, words
from reception.wording import load

TABLES: dict[type[StrEnum], Mapping[Any, str]] = {
    facts.Kind: words.KINDS,
    facts.Act: words.ACTS,
    facts.CallResult: words.RESULTS,
    facts.EntryStatus: words.STATUSES,
    facts.Category: words.CATEGORIES,
    facts.Urgency: words.URGENCIES,
    facts.Sex: words.SEXES,
    facts.Visits: words.VISITS,
    facts.Role: words.ROLES,
    facts.PartStatus: words.PARTS,
    facts.ReferralStatus: words.REFERRALS,
    facts.CallbackStatus: words.CALLBACKS,
    facts.AttemptResult: words.ATTEMPTS,
    facts.PartOutcome: words.OUTCOMES,
    facts.Source: words.SOURCES,
    facts.LimitClock: words.CLOCKS,
    facts.StepKind: words.STEPS,
    facts.Way: words.WAYS,
    facts.PinKind: words.PINS,
    facts.Todo: words.TODOS,
    facts.Lack: words.LACKS,
}


@pytest.mark.parametrize("enum", TABLES, ids=lambda enum: enum.__name__)
def test_every_value_has_a_word_in_both_languages(enum: type[StrEnum]) -> None:
    table = TABLES[enum]
    assert set(table) == set(enum)
    chinese = load("zh_CN").gettext
    spoken = [chinese(word) for word in table.values()]
    assert not [word for word in spoken if word.isascii()]
    assert len(set(spoken)) == len(spoken)


def test_inside_a_line_english_words_begin_small_and_chinese_ones_stay() -> None:
    assert words.small("Not received") == "not received"
    assert words.small("未签收") == "未签收"
    assert words.small("") == ""
