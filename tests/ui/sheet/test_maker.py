from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import psutil
import pypdf
import pytest
from pytestqt.qtbot import QtBot

from reception.desk import Desk
from reception.errors import DeskError
from reception.facts import Kind, NewEntry
from reception.facts.printing import Stamp
from reception.operations import entries, site
from reception.paper import daily_sheet
from reception.paper.parcels import wrap
from ui.sheet.maker import FormMaker, Making

STAMP = Stamp(dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC))
SLOW = 30_000
"""Milliseconds: the child is started and reads two fonts, on a machine that does other things too."""


@pytest.fixture
def data(desk: Desk) -> daily_sheet.DaySheet:
    desk.do(entries.register, NewEntry(Kind.VISIT, "社保卡补换"))
    return desk.ask(daily_sheet.collect, desk.ask(site.today))


@pytest.fixture
def maker(qtbot: QtBot) -> Iterator[FormMaker]:
    made = FormMaker()
    yield made
    made.stop()


def ask(maker: FormMaker, data: daily_sheet.DaySheet, language: str, path: Path) -> Making:
    return maker.make("make", "daily_sheet", wrap(data, None), language, STAMP, str(path), False)


def test_a_form_is_made_in_a_child_and_the_child_is_kept(
    qtbot: QtBot, maker: FormMaker, data: daily_sheet.DaySheet, tmp_path: Path
) -> None:
    made = []
    for language in ("zh_CN", "en"):
        path = tmp_path / f"{language}.pdf"
        with qtbot.waitSignal(ask(maker, data, language, path).done, timeout=SLOW) as done:
            pass
        assert done.args == [(1, None, None)]
        made.append((maker.child, "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)))
    assert made[0][0] == made[1][0] != os.getpid()
    assert "社保卡补换" in made[0][1]
    assert "登记表" in made[0][1]
    assert "登记表" not in made[1][1]


def test_a_place_that_cannot_be_written_is_said_and_the_next_form_is_made(
    qtbot: QtBot, maker: FormMaker, data: daily_sheet.DaySheet, tmp_path: Path
) -> None:
    bad = ask(maker, data, "en", tmp_path / "none" / "a.pdf")
    good = ask(maker, data, "en", tmp_path / "b.pdf")
    with qtbot.waitSignals([bad.failed, good.done], timeout=SLOW, order="strict"):
        pass
    assert (tmp_path / "b.pdf").exists()


def test_a_child_that_is_killed_is_said_and_replaced(
    qtbot: QtBot, maker: FormMaker, data: daily_sheet.DaySheet, tmp_path: Path
) -> None:
    making = ask(maker, data, "en", tmp_path / "a.pdf")
    qtbot.waitUntil(lambda: maker.child > 0)
    first = maker.child
    with qtbot.waitSignal(making.failed, timeout=SLOW) as failed:
        psutil.Process(first).kill()
    assert isinstance(failed.args[0], DeskError)
    with qtbot.waitSignal(ask(maker, data, "en", tmp_path / "a.pdf").done, timeout=SLOW):
        pass
    assert maker.child != first


def test_a_child_that_says_nothing_is_ended(qtbot: QtBot, data: daily_sheet.DaySheet, tmp_path: Path) -> None:
    maker = FormMaker(patience=1)
    try:
        with qtbot.waitSignal(ask(maker, data, "en", tmp_path / "a.pdf").failed, timeout=SLOW):
            pass
        assert maker.child == 0
    finally:
        maker.stop()


def test_a_form_that_was_forgotten_is_not_announced(
    qtbot: QtBot, maker: FormMaker, data: daily_sheet.DaySheet, tmp_path: Path
) -> None:
    announced: list[object] = []
    forgotten = [ask(maker, data, "en", tmp_path / f"{at}.pdf") for at in range(2)]
    wanted = ask(maker, data, "en", tmp_path / "wanted.pdf")
    for making in forgotten:
        making.done.connect(announced.append)
        maker.forget(making)
    with qtbot.waitSignal(wanted.done, timeout=SLOW):
        pass
    assert announced == []
    assert not (tmp_path / "1.pdf").exists()  # it waited, so it was not even made


def test_after_the_end_no_other_child_is_started(
    qtbot: QtBot, maker: FormMaker, data: daily_sheet.DaySheet, tmp_path: Path
) -> None:
    with qtbot.waitSignal(ask(maker, data, "en", tmp_path / "a.pdf").done, timeout=SLOW):
        pass
    child = psutil.Process(maker.child)
    maker.end()
    assert not child.is_running()
    ask(maker, data, "en", tmp_path / "b.pdf")  # an answer of the register that came late
    assert maker.child == 0
    assert not maker.busy
