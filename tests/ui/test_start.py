"""What the first paint waits for: each module and class of Qt too many makes every start longer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import gc, json, os, sys
import ui.app
ui.app._import_qt()
from ui.program import Program
from ui.theme import application
app = application("start")
program = Program(app, ui.app.parser().parse_args(["--register", sys.argv[1], "--language", "zh_CN"]))
window = program._make_window()
def tell():
    types = [one for one in gc.get_objects() if isinstance(one, type)]
    classes = {one.__name__ for one in types if one.__module__.startswith("PySide6")}
    print(json.dumps([sorted(sys.modules), sorted(classes)]), flush=True)
    os._exit(0)
window.painted.connect(tell)
window.show()
app.exec()
"""
NEEDED = """
reception reception.codes reception.config reception.dates reception.errors reception.facts
reception.facts.day reception.facts.desk_work reception.facts.entries reception.facts.referrals
reception.facts.site reception.facts.words reception.hours reception.numbers reception.shapes reception.text
reception.text.cleaning reception.text.documents reception.text.matching reception.text.patterns
reception.text.phones reception.wording reception.words ui ui.actions ui.announcing ui.app ui.bars
ui.changes ui.cover ui.drafts ui.drafts.forms ui.drafts.keeper ui.garbage ui.guard ui.here ui.here.kept
ui.here.pen ui.here.watch ui.icons ui.indexing ui.keyboard ui.labels ui.lanes ui.page_stack ui.pages
ui.program ui.safety ui.speaking ui.startup_trace ui.theme ui.today ui.today.acts ui.today.alarm
ui.today.body ui.today.calls ui.today.card ui.today.choices ui.today.day ui.today.doubts ui.today.drafts
ui.today.fields ui.today.form ui.today.guidance ui.today.known ui.today.late ui.today.page
ui.today.people_side ui.today.places ui.today.put_through ui.today.sending ui.today.shelf ui.today.signs
ui.today.todo ui.today.values ui.undo ui.waiting ui.widgets ui.widgets.buttons ui.widgets.choice_field
ui.widgets.columns ui.widgets.digits ui.widgets.moments ui.widgets.paged_model ui.widgets.painting
ui.widgets.table ui.widgets.texts ui.widgets.viewport ui.widgets.yielding ui.window ui.wording ui.words
ui.work
"""
"""Our own modules that are loaded before the window is painted, of `reception` and `ui`.

Before another one is added: can it be imported where it is first used?
"""
DEAR = {
    *("sqlalchemy", "asyncio", "reportlab", "pypinyin", "zoneinfo", "importlib.metadata"),
    *("subprocess", "socket", "email", "decimal", "csv", "sqlite3", "calendar"),
}
"""Modules of others that take milliseconds, and are wanted later or never."""
UNUSED = {
    *("QWizard", "QCalendarWidget", "QMdiArea", "QTreeView", "QMessageBox"),
    *("QGradient", "QImageReader", "QListView", "QStyle"),
}
"""Classes of Qt that the first paint does not use.

If many of them are ready, Qt was asked for a widget of its own, whose class the binding looks for among all.
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[str], set[str]]:
    """Modules, and classes of Qt, that were ready when the window had been painted."""
    home = tmp_path_factory.mktemp("home")
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "STATE")}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(home / "register.sqlite")],
        cwd=ROOT,
        env={**os.environ, **folders, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=120,
    )
    modules, classes = json.loads(done.stdout)
    return set(modules), set(classes)


def test_only_what_the_first_paint_needs_is_loaded_before_it(loaded: tuple[set[str], set[str]]) -> None:
    modules, _classes = loaded
    own = {name for name in modules if name.partition(".")[0] in ("reception", "ui")}
    assert own - set(NEEDED.split()) == set()
    assert modules & DEAR == set()


def test_no_class_of_qt_is_made_ready_in_vain(loaded: tuple[set[str], set[str]]) -> None:
    _modules, classes = loaded
    assert "QLabel" in classes
    assert classes & UNUSED == set()
