"""The translations' check names whatever is missing, stale or wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tools import translations

PROGRAM = """
from reception.errors import InputError
from reception.wording import N_
LABEL = N_("Visitors")
def say(wording, n):
    print(wording.ngettext("{n} visit", "{n} visits", n).format(n=n))
    print(wording.pgettext("menu", "Open"))
    raise InputError("There is no desk {code}.", code=n)
"""
ERRORS = "class DeskError(Exception): ...\nclass InputError(DeskError): ...\n"
RIGHT = {
    "Visitors": "来访",
    "{n} visit": "{n}批",
    "Open": "打开",
    "There is no desk {code}.": "没有{code}这个台。",
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small program whose translation is complete."""
    for name, text in {"reception/errors.py": ERRORS, "reception/desk.py": PROGRAM, "ui/app.py": ""}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    translations.update(tmp_path)
    fill(tmp_path, RIGHT)
    return tmp_path


def catalogue(tree: Path) -> Path:
    return tree / "resources/locale/zh_CN/LC_MESSAGES/messages.po"


def fill(tree: Path, words: dict[str, str]) -> None:
    """Translate as a translator does: write behind msgstr."""
    lines = []
    source = ""
    for line in catalogue(tree).read_text("utf-8").splitlines():
        if line.startswith("msgid "):
            source = line[7:-1]
        if line.startswith("msgstr") and source in words:
            line = f'{line.split()[0]} "{words[source]}"'
        lines.append(line)
    catalogue(tree).write_text("\n".join(lines) + "\n", "utf-8")


def test_complete_translation_has_no_problems(tree: Path) -> None:
    assert list(translations.problems(tree)) == []


def test_update_keeps_what_is_translated(tree: Path) -> None:
    before = catalogue(tree).read_text("utf-8")
    translations.update(tree)
    with catalogue(tree).open("rb") as file:
        words = {message.id: message.string for message in read_po(file) if message.id}
    assert words["Visitors"] == "来访"
    assert words["{n} visit", "{n} visits"] == ("{n}批",)
    translations.update(tree)
    assert catalogue(tree).read_text("utf-8").split() == before.split()


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"Visitors": ""}, "'Visitors' is not translated"),
        ({"There is no desk {code}.": "没有{cod}这个台。"}, "the {places} of '没有{cod}这个台。' differ"),
        ({"{n} visit": "{批"}, "the {places} of '{批' differ"),
    ],
)
def test_wrong_translation_is_named(tree: Path, change: dict[str, str], complaint: str) -> None:
    fill(tree, change)
    (found,) = translations.problems(tree)
    assert found.endswith(complaint)


def test_fuzzy_translation_is_named(tree: Path) -> None:
    text = catalogue(tree).read_text("utf-8")
    catalogue(tree).write_text(text.replace('msgid "Visitors"', '#, fuzzy\nmsgid "Visitors"'), "utf-8")
    (found,) = translations.problems(tree)
    assert found.endswith("'Visitors' is fuzzy")


def test_new_and_stale_strings_are_named(tree: Path) -> None:
    path = tree / "reception" / "desk.py"
    path.write_text(path.read_text("utf-8").replace('"Visitors"', '"Guests"'), "utf-8")
    found = sorted(translations.problems(tree))
    assert found == [
        "messages.pot: missing 'Guests' (reception/desk.py)",
        "messages.pot: stale 'Visitors', no longer in the program",
        "zh_CN/LC_MESSAGES/messages.po: missing 'Guests' (reception/desk.py)",
        "zh_CN/LC_MESSAGES/messages.po: stale 'Visitors', no longer in the program",
    ]


@pytest.mark.parametrize(
    "call", ['_(f"Saved {n}")', 'InputError("Saved {n}".format(n=1))', 'wording.gettext("Saved " + n)']
)
def test_text_put_together_before_it_is_looked_up_is_named(tree: Path, call: str) -> None:
    (tree / "ui" / "app.py").write_text(f"def f(n, wording, _):\n    {call}\n", "utf-8")
    (found,) = [line for line in translations.problems(tree) if line.startswith("ui/")]
    assert found.startswith("ui/app.py:2: ")
