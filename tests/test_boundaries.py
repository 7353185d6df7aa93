"""Imports run downward only: reads every import of the program and names each one that does not."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

FLOORS = {
    "facts": 0,
    "errors": 0,
    "numbers": 0,
    "text": 0,
    "deadlines": 0,
    "years": 0,
    "limits": 0,
    "officers": 0,
    "ladder": 0,
    "settings": 0,
    "papers": 0,
    "shapes": 0,
    "wording": 0,
    "words": 0,
    "office_words": 0,
    "report_words": 0,
    "trail_words": 0,
    "font_words": 0,
    "timeline": 0,
    "tables": 0,
    "dates": 0,
    "calendars": 0,
    "hours": 0,
    "codes": 0,
    "proofs": 0,
    "persons": 0,
    "pinyin": 0,
    "context": 0,
    "scope": 0,
    "config": 0,
    "log": 0,
    "templates": 0,
    "finding": 1,
    "journal": 1,
    "store": 1,
    "operations": 2,
    "desk": 2,
    "founding": 2,
    "paper": 3,
    "demo": 3,
    "cli": 4,
    "__main__": 4,
}
"""The floor of each module or package of `reception`; docs/architecture.md draws them."""

FORBIDDEN = {
    "reception": {"ui", "tests", "tools", "benchmarks", "PySide6", "shiboken6"},
    "ui": {"tests", "tools", "benchmarks", "sqlalchemy", "alembic", "psycopg", "sqlite3"},
    "resources": {"reception", "ui", "tests", "tools", "benchmarks", "PySide6", "sqlalchemy"},
}


def offences(root: Path) -> Iterator[str]:
    """Each import that breaks a rule, as ``file:line``, what it imports, and the rule."""
    for package, forbidden in FORBIDDEN.items():
        for path in sorted((root / package).rglob("*.py")):
            name = path.relative_to(root)
            for line, module in imports(path, root):
                if module.split(".")[0] in forbidden:
                    yield f"{name.as_posix()}:{line} imports {module}; {package} never does"
                elif package == "reception" and is_module(root, module):
                    yield from climbing(name, line, module)


def is_module(root: Path, name: str) -> bool:
    """Whether the name is one of a module of `reception`, not of something that the package itself holds."""
    package, _, rest = name.partition(".")
    place = root / "reception" / rest.partition(".")[0]
    return package == "reception" and bool(rest) and (place.is_dir() or place.with_suffix(".py").exists())


def climbing(name: Path, line: int, module: str) -> Iterator[str]:
    """The offence of a module of `reception` that imports from a floor above its own."""
    own, other = name.with_suffix("").parts[1], module.split(".")[1]
    if own == "__init__":
        yield f"{name.as_posix()}:{line} imports {module}; the package itself imports nothing"
        return
    for part in (own, other):
        if part not in FLOORS:
            yield f"{name.as_posix()}:{line}: reception.{part} has no floor; give it one in FLOORS"
            return
    if FLOORS[other] > FLOORS[own]:
        yield f"{name.as_posix()}:{line} imports {module}, up from floor {FLOORS[own]} to {FLOORS[other]}"


def imports(path: Path, root: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of all that a file imports, inside functions and for type checking too."""
    package = path.relative_to(root).parent.parts
    for node in ast.walk(ast.parse(path.read_text("utf-8"), str(path))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            start = ".".join((*base, *([node.module] if node.module else [])))
            if start == "reception":  # here the module stands only behind the word import
                yield from ((node.lineno, f"{start}.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, start


def test_imports_run_downward_only() -> None:
    found = list(offences(ROOT))
    assert not found, "\n".join(found)


def test_every_offence_is_named(tmp_path: Path) -> None:
    wrong = {
        "reception/__init__.py": "from reception import facts",
        "reception/facts.py": "import json\nfrom reception.desk import Desk",
        "reception/store/engine.py": "def f():\n    from ..operations import entries",
        "reception/operations/entries.py": "from reception import desk, errors, cli",
        "reception/desk.py": "import PySide6.QtCore",
        "reception/attic.py": "from reception import facts, __version__",
        "reception/cli/__init__.py": "from reception import desk, errors",
        "reception/errors.py": "",
        "ui/app.py": "import reception.desk\nfrom sqlalchemy import select",
    }
    for name, text in wrong.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    places = [line.split(" ")[0].rstrip(":") for line in offences(tmp_path)]

    assert places == [
        "reception/__init__.py:1",
        "reception/attic.py:1",
        "reception/desk.py:1",
        "reception/facts.py:2",
        "reception/operations/entries.py:1",
        "reception/store/engine.py:2",
        "ui/app.py:2",
    ]
