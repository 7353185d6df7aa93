"""The trail in sentences: what is told of which act, and how values read."""

from __future__ import annotations

import datetime as dt

from reception import timeline, words
from reception.facts import TrailLine
from reception.timeline import TELLS
from reception.wording import load

NOON = dt.datetime(2026, 11, 23, 4, 0, tzinfo=dt.UTC)
ZONE = dt.timezone(dt.timedelta(hours=8))
OF_RECORDS = {"correct", "note", "merge", "unmerge", "create", "save", "learn", "restore", "print"}
"""Acts of which every value is told: corrections, and those on other records than entries."""


def told(verb: str, *changes: tuple[str, str, str], language: str = "en") -> str:
    line = TrailLine(NOON, "王芳", "", verb, changes, ("监察大队",))
    (one,) = timeline.lines((line,), load(language), ZONE)
    assert (one.operator, one.where) == ("王芳", "监察大队")
    return one.said


def test_it_says_of_every_act_what_is_told() -> None:
    assert set(TELLS) | OF_RECORDS == set(words.VERBS)
    assert not set(TELLS) & OF_RECORDS


def test_what_matters_is_told_in_words() -> None:
    assert told("told", ("part.told_whom", "", "李队")) == "李队"
    assert told("answer", ("part.outcome", "", "accepted"), ("part.case_number", "", "15号")) == (
        "accepted as a case · case number 15号"
    )
    assert told("answer", ("part.contacted", "", "False")) == "the person was not contacted"
    assert told("decide", ("step.content", "", "True"), ("step.words", "", "x")) == (
        "goes up to the leader in charge"
    )
    extended = (
        *(("step.due_before", "", "2026-11-24"), ("step.due_after", "", "2026-11-27")),
        ("step.whom", "", "张主任"),
    )
    assert told("extend", *extended) == (
        "was due 24 November 2026 · now due 27 November 2026 · approved by 张主任"
    )
    assert "2026年11月27日" in told("extend", *extended, language="zh_CN")


def test_when_it_was_is_told_only_if_it_was_not_noted_at_once() -> None:
    assert told("told", ("part.told_whom", "", "李"), ("part.told_at", "", "2026-11-23 12:00")) == "李"
    earlier = ("part.told_at", "", "2026-11-23 09:30")
    assert told("told", ("part.told_whom", "", "李"), earlier) == "李 · at 2026-11-23 09:30"


def test_of_other_acts_every_value_is_told_with_its_name() -> None:
    assert told("correct", ("subject", "欠薪", "拖欠工资\n三个月")) == "Matter: 拖欠工资 三个月"
