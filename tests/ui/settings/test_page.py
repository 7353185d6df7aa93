from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reception import config
from reception.desk import Desk
from reception.operations import site
from reception.store import backup
from tests.ui.pages import press, show, write
from ui import wording
from ui.settings import backups, desk
from ui.settings.page import SettingsPage
from ui.theme import theme
from ui.window import MainWindow
from ui.work import Lanes


@pytest.fixture
def page(qtbot: QtBot, lanes: Lanes) -> SettingsPage:
    return show(qtbot, lanes, SettingsPage, "settings")


@pytest.fixture(params=("zh_CN", "en"))
def large(request: pytest.FixtureRequest, qtbot: QtBot, lanes: Lanes, _english: None) -> Iterator[MainWindow]:
    """The window on a small office screen, in large letters."""
    wording.use(request.param)
    theme().set_scale(140)
    made = MainWindow(lanes)
    qtbot.addWidget(made)
    made.resize(1366, 728)
    made.show()
    yield made
    theme().set_scale(100)
    made.leave()


def test_no_tab_is_wider_than_a_small_screen_in_large_letters(qtbot: QtBot, large: MainWindow) -> None:
    large.show_page("settings")
    page = large.page("settings")
    assert isinstance(page, SettingsPage)
    for at in range(page.tabs.count()):
        page.show_part(at)
        qtbot.waitUntil(lambda: large.lanes.idle)
        QApplication.processEvents()
        assert page.minimumSizeHint().width() <= 1366, at


def test_other_office_hours_say_when_the_office_is_open_and_what_moved(
    qtbot: QtBot, page: SettingsPage, desk: Desk
) -> None:
    card = page.hours
    card.always.setFocus()
    card.always.selectAll()
    write(card.always, "08:00-12:00 14:30-17:30")
    assert card.outcome.text() == "08:00–12:00, 14:30–17:30 · break 12:00–14:30 · 7 hours a day"
    with qtbot.waitSignal(page.message) as said:
        press(card.always, Qt.Key.Key_Return)
    assert "No due date moved." in said.args[0]
    card.always.clear()
    write(card.always, "")
    card.summer.setText("08:00-12:00 15:00-18:00")
    card.summer_from.setText("06-01")
    card.winter.setText("08:30-12:00 14:30-17:30")
    card.winter_from.setText("10-01")
    lines = card.outcome.text().split("\n")
    assert lines[0].startswith("1 Jun to 30 Sep: 08:00–12:00")
    assert lines[1].startswith("1 Oct to 31 May: 08:30–12:00")
    card.summer_from.setText("Juni")
    assert card.outcome.text() == ""
    page.discard()


def test_the_organisation_is_renamed_for_all_desks(qtbot: QtBot, page: SettingsPage, desk: Desk) -> None:
    card = page.site
    assert card.name.text() == "某县人社局"
    assert card.zone.text() == "Asia/Shanghai"
    assert not card.zone.isEnabled()
    assert not card.keep.isEnabled()
    card.name.setText("新县人社局")
    press(card.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.ask(site.site).name == "新县人社局")
    qtbot.waitUntil(lambda: not page.has_unsaved_text())


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("minutes", "很久"),
        ("always", "8点半到12点"),
        ("summer_from", "六月"),
        ("closing", "25:00"),
        ("prefix", "A"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(
    qtbot: QtBot, page: SettingsPage, field: str, typed: str
) -> None:
    editor = getattr(page.hours, field)
    editor.setText(typed)
    page.hours.keep.click()
    qtbot.waitUntil(lambda: page.hours.form.said != "")
    assert editor.property("wrong") is True
    assert editor.text() == typed
    assert page.has_unsaved_text()


def test_hours_limit_sound_closing_and_prefix_are_kept_for_all_desks(
    qtbot: QtBot, page: SettingsPage, desk: Desk
) -> None:
    card = page.hours
    card.always.setFocus()
    write(card.always, "09:00-12:00 13:30-17:00")
    card.minutes.setText("15")
    card.sound.setFocus()
    press(card.sound, Qt.Key.Key_Space)
    card.closing.setText("")
    card.prefix.setText("#")
    page.save()
    qtbot.waitUntil(lambda: desk.ask(site.site).office_hours == "09:00-12:00 13:30-17:00")
    kept = desk.ask(site.site)
    assert (kept.waiting_minutes, kept.waiting_sound) == (15, True)
    assert (kept.close_day_at, kept.scanner_prefix) == ("", "#")
    qtbot.waitUntil(lambda: not page.has_unsaved_text())


def test_the_language_is_kept_and_told(qtbot: QtBot, page: SettingsPage) -> None:
    box = page.desk.language
    box.setFocus()
    with qtbot.waitSignal(page.language_changed) as told:
        press(box, Qt.Key.Key_Up)  # 中文 stands above English
    assert told.args == ["zh_CN"]
    assert config.load().language == "zh_CN"


def test_colours_and_size_are_kept_and_told(qtbot: QtBot, page: SettingsPage) -> None:
    page.desk.theme.setFocus()
    with qtbot.waitSignal(page.appearance_changed) as told:
        press(page.desk.theme, Qt.Key.Key_End)
    assert told.args == ["dark", 100]
    page.desk.scale.setFocus()
    with qtbot.waitSignal(page.appearance_changed) as told:
        press(page.desk.scale, Qt.Key.Key_Down)
    assert told.args == ["dark", 110]
    kept = config.load()
    assert (kept.theme, kept.scale) == ("dark", 110)


def test_a_desk_code_is_checked_and_kept(qtbot: QtBot, page: SettingsPage) -> None:
    field = page.desk.code
    field.setFocus()
    write(field, "窗口一")
    press(field, Qt.Key.Key_Return)
    assert page.desk.form.said != ""
    assert config.load().desk == ""
    field.clear()
    write(field, "b")
    press(field, Qt.Key.Key_Return)
    assert page.desk.form.said == ""
    assert config.load().desk == "B"


def test_another_register_is_told_and_kept(
    qtbot: QtBot, page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.sqlite"
    monkeypatch.setattr(desk, "ask_open", lambda *_args: other)
    page.desk.choose.click()
    with qtbot.waitSignal(page.place_changed) as told:
        page.desk.use_place.click()
    assert told.args == [str(other)]
    assert config.load().place == str(other)


def test_settings_that_cannot_be_written_are_said(qtbot: QtBot, page: SettingsPage, tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder should be", "utf-8")
    with qtbot.waitSignal(page.message) as said:
        page.desk.code.setText("C")
        press(page.desk.code, Qt.Key.Key_Return)
    assert "cannot be written" in said.args[0]


def test_a_backup_is_made_and_can_be_opened(
    qtbot: QtBot, page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "usb" / "备份.sqlite"
    target.parent.mkdir()

    def choose(_parent: QWidget, _title: str, suggestion: Path, _kinds: str) -> Path:
        assert suggestion.suffix == ".sqlite"
        return target

    monkeypatch.setattr(backups, "ask_save", choose)
    page.backups.now.click()
    qtbot.waitUntil(lambda: str(target) in page.backups.words.text())
    assert page.backups.now.isEnabled()
    backup.verify(target)


def test_a_backup_that_cannot_be_written_is_said(
    qtbot: QtBot, page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "nowhere" / "b.sqlite"
    monkeypatch.setattr(backups, "ask_save", lambda *_args: target)
    page.backups.now.click()
    qtbot.waitUntil(lambda: page.backups.words.property("role") == "wrong")
    assert str(target) in page.backups.words.text()


def test_the_automatic_backups_are_listed(qtbot: QtBot, page: SettingsPage, place: str) -> None:
    qtbot.waitUntil(lambda: page.backups.list.count() == 1)
    assert "none" in page.backups.list.item(0).text()
    folder = config.backup_folder()
    folder.mkdir()
    for day in ("20261121", "20261122"):
        copy = shutil.copy(place, folder / f"register-0123abcd-{day}.sqlite")
        made = dt.datetime.strptime(f"{day} 0905+0000", "%Y%m%d %H%M%z").timestamp()
        os.utime(copy, (made, made))  # 17:05 at the site
    page.activate()
    qtbot.waitUntil(lambda: page.backups.list.count() == 2)
    assert "22 November 2026  17:05" in page.backups.list.item(0).text()


def test_restoring_is_asked_of_the_window(qtbot: QtBot, page: SettingsPage) -> None:
    with qtbot.waitSignal(page.restore_asked):
        page.backups.restore.click()
