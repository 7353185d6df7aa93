from __future__ import annotations

import datetime as dt
import os
import stat
import uuid
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception import config
from reception.desk import Desk
from reception.errors import UnreachableError
from reception.facts import Kind, NewEntry, Party, RollCall
from reception.operations import entries, presence, reading, site, working_days
from tests.factories import behind_its_back
from tests.ui.today.keyboard import press, typed
from ui.here import kept
from ui.here.page import HerePage
from ui.window import MainWindow
from ui.work import Lanes

NOBODY_ANSWERS = UnreachableError("The server does not answer. Check the network, then try again.")


def visit(desk: Desk, name: str, **more: object) -> int:
    """A visitor who is here; returns the entry's id."""
    new = NewEntry(Kind.VISIT, "问失业金", parties=(Party(name, "13800001111"),), **more)  # type: ignore[arg-type]
    return desk.do(entries.register, new).entry_id


def names(page: HerePage) -> list[str]:
    return [row.name for at in range(page.table.rows.rowCount()) if (row := page.table.rows.row(at))]


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, desk: Desk) -> HerePage:
    """Three visitors are here, one of them waits; a fourth has left."""
    visit(desk, "张建国")
    visit(desk, "李秀英", party_size=3)
    desk.do(entries.wait, visit(desk, "王芳芳"), uid=uuid.uuid4())
    desk.do(presence.check_out, visit(desk, "陈某"), uid=uuid.uuid4())
    press(Qt.Key.Key_F5)
    made = window.page("here")
    assert isinstance(made, HerePage)
    qtbot.waitUntil(lambda: len(names(made)) == 3)
    return made


def test_who_has_not_left_is_listed_with_who_waits_first(page: HerePage) -> None:
    assert names(page) == ["王芳芳", "张建国", "李秀英"]
    assert page.said == "3 visits (5 people)"


def test_checking_out_takes_three_keys_from_anywhere(qtbot: QtBot, page: HerePage, desk: Desk) -> None:
    press(Qt.Key.Key_F2)
    typed("问路")
    press(Qt.Key.Key_F5)
    press(Qt.Key.Key_3)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Space)  # a key that bounces
    qtbot.waitUntil(lambda: names(page) == ["王芳芳", "张建国"] and page.lanes.idle)
    assert page.foot.text().endswith("left")  # and nothing is said of who had left before
    here = desk.ask(presence.here)
    assert [one.name for one in here] == ["王芳芳", "张建国"]
    assert page.table.hasFocus()
    assert page.table.row() is not None


def test_a_key_says_that_a_visitor_waits_and_the_same_key_that_they_were_received(
    qtbot: QtBot, page: HerePage, desk: Desk
) -> None:
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_F7)
    qtbot.waitUntil(
        lambda: [one.waiting_since is not None for one in desk.ask(presence.here)].count(True) == 2
    )
    row = page.table.row()
    assert row is not None
    assert row.name == "张建国"
    qtbot.waitUntil(lambda: page.wait.text() == "Went in")
    press(Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: sum(one.seen_at is not None for one in desk.ask(presence.here)) == 1)


def test_the_list_says_of_when_it_is_while_the_register_does_not_answer(
    qtbot: QtBot, page: HerePage, lanes: Lanes
) -> None:
    lanes.trouble.emit(NOBODY_ANSWERS)
    qtbot.waitUntil(lambda: "as of " in page.said)
    assert names(page) == ["王芳芳", "张建国", "李秀英"]
    lanes.recovered.emit()
    qtbot.waitUntil(lambda: "as of " not in page.said)


def test_the_last_known_list_lies_on_the_disk_for_this_user_alone(
    qtbot: QtBot, page: HerePage, window: MainWindow, lanes: Lanes, desk: Desk
) -> None:
    path = kept.path_of(config.drafts_folder().with_name("here"), lanes.place)

    def written() -> list[str]:
        known = kept.load(path)
        return [one.name for one in known.visitors] if known is not None else []

    qtbot.waitUntil(lambda: written() == ["王芳芳", "张建国", "李秀英"])
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_is_kept_follows_each_change_of_whoever_else_works_there(
    qtbot: QtBot, page: HerePage, lanes: Lanes, desk: Desk
) -> None:
    path = kept.path_of(config.drafts_folder().with_name("here"), lanes.place)

    def follows() -> bool:
        known, here = kept.load(path), desk.ask(presence.here)
        return known is not None and known.visitors == here and names(page) == [one.name for one in here]

    first, second, third = [one.entry_id for one in desk.ask(presence.here)]
    came = visit(desk, "赵某", party_size=2)
    qtbot.waitUntil(follows)
    assert names(page) == ["王芳芳", "张建国", "李秀英", "赵某"]
    desk.do(presence.check_out, second, uid=uuid.uuid4())
    desk.do(entries.seen, first, uid=uuid.uuid4())
    desk.do(entries.wait, came, uid=uuid.uuid4())
    qtbot.waitUntil(follows)
    assert names(page) == ["赵某", "李秀英", "王芳芳"]
    desk.do(entries.void, third, "误登", uid=uuid.uuid4())
    desk.do(site.save, {"waiting_minutes": "1"}, uid=uuid.uuid4())
    visit(desk, "钱某")
    qtbot.waitUntil(follows)
    assert names(page) == ["赵某", "王芳芳", "钱某"]


def test_a_window_whose_register_never_answers_shows_the_list_of_before(
    qtbot: QtBot, tmp_path: Path, place: str, desk: Desk
) -> None:
    visit(desk, "张建国")
    away = str(tmp_path / "away.sqlite")
    known = RollCall("某县人社局", "Asia/Shanghai", dt.datetime.now(dt.UTC), True, desk.ask(presence.here))
    kept.save(kept.path_of(config.drafts_folder().with_name("here"), away), known)
    lanes = Lanes(away)
    window = MainWindow(lanes)
    qtbot.addWidget(window, before_close_func=MainWindow.leave)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    with qtbot.waitSignal(lanes.trouble):
        lanes.start()
    press(Qt.Key.Key_F5)
    page = window.page("here")
    assert isinstance(page, HerePage)
    qtbot.waitUntil(lambda: names(page) == ["张建国"])
    assert "as of " in page.said
    window.leave()
    assert lanes.stop()


def test_a_kept_list_that_is_half_written_is_as_none(tmp_path: Path) -> None:
    path = tmp_path / "here.json"
    path.write_text('{"format": 1, "visitors": [{"entry_id": 1')
    assert kept.load(path) is None


def test_visits_of_days_before_that_nobody_signed_out_of_are_closed_when_the_window_opens(
    qtbot: QtBot, place: str
) -> None:
    """The register learns the published years then too, where it is from before."""
    with behind_its_back(place) as execute:
        execute("DELETE FROM working_year")
        execute("DELETE FROM derived_state WHERE name = 'years_looked_on'")
    yesterday = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    past = Desk.open(place, clock=lambda: yesterday)
    past.do(site.save, {"estimates_from": "20200101"}, uid=uuid.uuid4())
    visits = [visit(past, "张建国") for _more_than_one_piece in range(61)]
    past.close()
    lanes = Lanes(place)
    window = MainWindow(lanes)
    qtbot.addWidget(window, before_close_func=MainWindow.leave)
    window.show()
    lanes.start()
    qtbot.waitUntil(lambda: "61 visits" in window.foot.status.said)
    now = Desk.open(place)
    rows = now.ask(reading.rows, visits)
    qtbot.waitUntil(lambda: len(now.ask(working_days.kept)) > 6)
    now.close()
    qtbot.waitUntil(lambda: lanes.catalogue is not None and len(lanes.catalogue.years) > 6)
    assert all(row.left_at is not None and row.left_estimated for row in rows)
    assert not window.actions_by_name["undo"].isEnabled()  # nobody's act
    window.leave()
    assert lanes.stop()
