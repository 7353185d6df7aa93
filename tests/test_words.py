"""Every word of the trade has one name, which window and terminal share."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from reception import facts, office_words, report_words, words
from reception.facts import awaited, meetings, office, papers_in, reports
from reception.wording import load

ENGINE = Path(words.__file__).parent
JOURNALING = [
    *(ENGINE / "operations").rglob("*.py"),
    *(ENGINE / name for name in ("journal.py", "desk.py", "founding.py", "store/restore.py")),
]
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
    facts.NoticeStatus: words.NOTICES,
    facts.AttemptResult: words.ATTEMPTS,
    facts.PartOutcome: words.OUTCOMES,
    facts.Source: words.SOURCES,
    facts.LimitClock: words.CLOCKS,
    facts.StepKind: words.STEPS,
    facts.Way: words.WAYS,
    facts.PinKind: words.PINS,
    facts.Todo: words.TODOS,
    facts.Lack: words.LACKS,
    office.Stands: office_words.STANDS,
    office.PaperWay: office_words.PAPER_WAYS,
    office.Reply: office_words.REPLIES,
    office.StandsOn: office_words.STANDS_ON,
    office.JobStepKind: office_words.JOB_STEPS,
    office.Level: office_words.LEVELS,
    office.EventKind: office_words.EVENTS,
    office.ExpectedStatus: office_words.EXPECTED,
    awaited.Coming: office_words.COMING,
    office.LoanStatus: office_words.LOANS,
    office.ParcelKind: office_words.PARCEL_KINDS,
    office.ParcelStatus: office_words.PARCELS,
    reports.Rule: report_words.RULES,
    reports.Lapse: report_words.LAPSES,
    reports.Period: report_words.PERIODS,
    meetings.Notified: office_words.NOTIFIED,
    papers_in.PaperStep: office_words.PAPER_STEPS,
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


# What the journal says was done.


def test_every_verb_that_is_journaled_has_a_word_in_both_languages() -> None:
    modules = {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in JOURNALING}
    places = dict(_verb_places(modules))
    journaled = {verb for tree in modules.items() for verb in _verbs(*tree, places)}
    assert journaled == set(words.VERBS)
    chinese = load("zh_CN").gettext
    assert not [word for word in words.VERBS.values() if chinese(word).isascii()]


def _verb_places(modules: Mapping[str, ast.Module]) -> Iterator[tuple[tuple[str, str], int]]:
    """Module and name of each function that is told a verb, and at which place."""
    for module, tree in modules.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                for at, argument in enumerate(node.args.args):
                    if argument.arg == "verb" and ast.unparse(argument.annotation or node.args) == "str":
                        yield (module, node.name), at
            elif isinstance(node, ast.ClassDef) and (module, node.name) == ("journal", "Line"):
                fields = [ast.unparse(one.target) for one in node.body if isinstance(one, ast.AnnAssign)]
                yield (module, node.name), fields.index("verb")


def _verbs(module: str, tree: ast.Module, places: Mapping[tuple[str, str], int]) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        at = places.get(_called(module, node.func))
        if at is None:
            continue
        given = node.args[at]
        if isinstance(given, ast.Constant):
            yield str(given.value)
        elif ast.unparse(given) == "act.value":
            yield from (act.value for act in facts.Act if act is not facts.Act.REFERRED)
        else:
            passed_on = ast.unparse(given) in ("verb", "act.verb")
            assert passed_on, f"{module} journals {ast.unparse(given)}"


def _called(module: str, function: ast.expr) -> tuple[str, str]:
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return function.value.id, function.attr
    return module, function.id if isinstance(function, ast.Name) else ""


def test_overdue_has_one_word_in_chinese() -> None:
    catalogue = ENGINE.parent / "resources" / "locale" / "zh_CN" / "LC_MESSAGES" / "messages.po"
    words_said = catalogue.read_text("utf-8")
    assert "超期" in words_said
    assert "逾期" not in words_said
