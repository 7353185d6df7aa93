"""The translations' workshop: collect source strings, compile, and tell what is missing or wrong.

``python -m tools.translations compile|update|check``; `dev.py` calls it.
"""

from __future__ import annotations

import ast
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources" / "locale"
TEMPLATE = LOCALE / "messages.pot"
LANGUAGES = ("zh_CN",)
SOURCES = ("reception", "ui")
WIDTH = 100

Keywords = dict[str, tuple[int | tuple[int, str], ...] | None]


def keywords(root: Path = ROOT) -> Keywords:
    """What marks a source string: gettext's customary names, and the first argument of an error for users."""
    marks: Keywords = {
        "_": None,
        "N_": None,
        "gettext": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "NP_": ((1, "c"), 2),
    }
    errors = root / "reception" / "errors.py"
    for node in ast.walk(ast.parse(errors.read_text("utf-8"))):
        if isinstance(node, ast.ClassDef) and node.name.endswith("Error"):
            marks[node.name] = (1,)
    return marks


def extract(root: Path = ROOT) -> Catalog:
    """All source strings of the program."""
    catalogue = _new(None)
    for package in SOURCES:
        found = extract_from_dir(
            root / package,
            method_map=[("**.py", "python")],
            keywords=keywords(root),
            comment_tags=("i18n:",),
            strip_comment_tags=True,
        )
        for name, _line, message, comments, context in found:
            place = f"{package}/{Path(name).as_posix()}"
            catalogue.add(message, None, [(place, 0)], auto_comments=comments, context=context)
    return catalogue


def update(root: Path = ROOT) -> None:
    """Write the template and bring every language's file up to date with it; new strings are left empty."""
    template = extract(root)
    locale = root / "resources" / "locale"
    locale.mkdir(parents=True, exist_ok=True)
    _write(locale / "messages.pot", template, _read(locale / "messages.pot", None))
    for language in LANGUAGES:
        path = locale / language / "LC_MESSAGES" / "messages.po"
        before = _read(path, language)
        catalogue = before or _new(language)
        # Guesses at what a new string might mean would have to be found and confirmed: better none.
        catalogue.update(template, no_fuzzy_matching=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, catalogue, before)


def problems(root: Path = ROOT) -> Iterator[str]:
    """Everything that keeps the translations from being complete and right, one line each."""
    template = extract(root)
    locale = root / "resources" / "locale"
    yield from _unreadable(root)
    for message in _messages(template):
        for text in _forms(message.id):
            if _places(text) is None:
                yield f"{_where(message)}: unreadable {{places}} in {text!r}"
    yield from _difference("messages.pot", template, _read(locale / "messages.pot", None) or Catalog())
    for language in LANGUAGES:
        name = f"{language}/LC_MESSAGES/messages.po"
        catalogue = _read(locale / name, language) or Catalog(locale=language)
        yield from _difference(name, template, catalogue)
        for message in _messages(catalogue):
            if _key(message) in {_key(other) for other in _messages(template)}:
                yield from _faults(name, message, catalogue.num_plurals)


def _unreadable(root: Path) -> Iterator[str]:
    """Calls whose text is put together before it is looked up: no translation can ever be found for it."""
    marks = set(keywords(root))
    for package in SOURCES:
        for path in sorted((root / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                formatted = isinstance(node.args[0], ast.Call) and (
                    getattr(node.args[0].func, "attr", "") == "format"
                )
                if name in marks and (formatted or isinstance(node.args[0], ast.JoinedStr | ast.BinOp)):
                    place = f"{path.relative_to(root).as_posix()}:{node.lineno}"
                    yield f"{place}: {name}() needs the text itself, filled in afterwards"


def _difference(name: str, template: Catalog, catalogue: Catalog) -> Iterator[str]:
    wanted = {_key(message): message for message in _messages(template)}
    there = {_key(message): message for message in _messages(catalogue)}
    for key in wanted.keys() - there.keys():
        yield f"{name}: missing {key[1]!r} ({_where(wanted[key])})"
    for key in there.keys() - wanted.keys():
        yield f"{name}: stale {key[1]!r}, no longer in the program"


def _faults(name: str, message: Message, plurals: int) -> Iterator[str]:
    title = f"{name}: {_key(message)[1]!r}"
    if message.fuzzy:
        yield f"{title} is fuzzy"
    translations = _forms(message.string)
    if not all(translations):
        yield f"{title} is not translated"
        return
    sources = _forms(message.id)
    if len(translations) != (plurals if len(sources) > 1 else 1):
        yield f"{title} has {len(translations)} forms instead of {plurals}"
    allowed = [_places(source) for source in sources]
    for translation in translations:
        if _places(translation) not in allowed:
            yield f"{title}: the {{places}} of {translation!r} differ"


def _places(text: str) -> tuple[str, ...] | None:
    """The ``{names}`` in a template, sorted; None when `str.format` could not read it."""
    try:
        return tuple(sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None))
    except ValueError:
        return None


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _key(message: Message) -> tuple[str, str]:
    return message.context or "", _forms(message.id)[0]


def _forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    if text is None:
        return ("",)
    return (text,) if isinstance(text, str) else tuple(text)


def _where(message: Message) -> str:
    return ", ".join(sorted({place for place, _ in message.locations}))


def _new(language: str | None) -> Catalog:
    return Catalog(
        locale=language,
        project="reception-desk",
        version="0.1",
        header_comment="# The words of windows and paper; collected by `dev.py translate`.",
        last_translator="Reception Desk contributors",
        language_team="Reception Desk contributors",
        msgid_bugs_address="Reception Desk contributors",
        charset="utf-8",
        fuzzy=False,
    )


def _read(path: Path, language: str | None) -> Catalog | None:
    if not path.exists():
        return None
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _write(path: Path, catalogue: Catalog, before: Catalog | None) -> None:
    if before is not None:  # a date that moves by itself would make every update a change
        catalogue.creation_date = before.creation_date
        catalogue.revision_date = before.revision_date
    with path.open("wb") as file:
        write_po(file, catalogue, width=WIDTH, include_lineno=False, sort_by_file=True)


def main(arguments: list[str]) -> int:
    """Run one of the verbs; the exit code is 1 when `check` finds something."""
    if arguments == ["compile"]:
        from hatch_build import compile_catalogues

        compile_catalogues(ROOT)
    elif arguments == ["update"]:
        update()
    elif arguments == ["check"]:
        found = sorted(problems())
        for line in found:
            print(line)
        print(f"translations: {len(found)} to mend" if found else "translations: complete")
        return 1 if found else 0
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
