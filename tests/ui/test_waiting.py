"""Waiting as the window tells it: minutes by office hours, and an alarm once for each who waits long."""

from __future__ import annotations

import datetime as dt

from pytestqt.qtbot import QtBot

from reception.facts import Site, Todo, TodoRow, WorkingYear
from ui.today.alarm import Alarm
from ui.waiting import Waiting


def site(*, sound: bool = False) -> Site:
    """A site that waits ten minutes, open from half past eight to noon and from two."""
    hours = "08:30-12:00 14:00-17:30"
    values = (("office_hours", hours), ("waiting_minutes", "10"))
    return Site("uid", "某县人社局", "Asia/Shanghai", "zh_CN", "", "hrss", 10, sound, hours, "", "", values)


def at(text: str) -> dt.datetime:
    """A time of Monday 23 November 2026 in Shanghai."""
    return dt.datetime.fromisoformat(f"2026-11-23T{text}+08:00")


def row(entry_id: int, since: str, *, protected: bool = False) -> TodoRow:
    return TodoRow(
        Todo.WAITING,
        entry_id,
        f"20261123-{entry_id:03d}",
        at(since),
        "张建国",
        "",
        "问失业金",
        identity_protected=protected,
    )


def test_minutes_stand_still_over_lunch() -> None:
    waiting = Waiting(site())
    assert waiting.minutes(at("11:55"), at("12:30")) == 5
    assert not waiting.long(at("11:55"), at("14:04"))
    assert waiting.long(at("11:55"), at("14:05"))


def test_minutes_stand_still_on_a_day_off_and_run_on_a_make_up_day() -> None:
    """Sunday 2026-09-20 is worked for Friday 2026-09-25, which is off."""
    days = WorkingYear(2026, "2026-09-20,worked,国庆节\n2026-09-25,off,中秋节\n")
    sunday, friday = (dt.datetime.fromisoformat(f"2026-09-{day}T09:00+08:00") for day in (20, 25))
    for waiting, minutes in ((Waiting(site(), [days]), (60, 0)), (Waiting(site()), (0, 60))):
        hour = dt.timedelta(hours=1)
        assert tuple(waiting.minutes(since, since + hour) for since in (sunday, friday)) == minutes


def test_word_icon_and_colour_turn_together() -> None:
    waiting = Waiting(site())
    before = [tell(at("09:00"), at("09:09")) for tell in (waiting.word, waiting.icon, waiting.tone)]
    after = [tell(at("09:00"), at("09:10")) for tell in (waiting.word, waiting.icon, waiting.tone)]
    assert before == ["Waits here", "hourglass", "care"]
    assert after == ["Waits long", "bell", "alarm"]


def test_each_who_waits_long_is_told_once(qtbot: QtBot) -> None:
    alarm = Alarm()
    said: list[str] = []
    rings: list[bool] = []
    alarm.told.connect(said.append)
    alarm.rang.connect(lambda: rings.append(True))
    waiting = Waiting(site())
    rows = [row(1, "09:00")]
    alarm.look(rows, waiting, at("09:05"))
    assert said == []
    alarm.look(rows, waiting, at("09:12"))
    alarm.look(rows, waiting, at("09:13"))
    assert said == ["Waits long: 张建国, 12 minutes"]
    rows.append(row(2, "09:03", protected=True))
    alarm.look(rows, waiting, at("09:14"))
    assert said[1:] == ["Waits long: 张＊＊, 11 minutes"]
    assert rings == []


def test_a_sound_is_made_where_the_site_wants_one(qtbot: QtBot) -> None:
    alarm = Alarm()
    with qtbot.waitSignal(alarm.rang):
        alarm.look([row(1, "09:00")], Waiting(site(sound=True)), at("09:12"))
