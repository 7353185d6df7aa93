"""The director's page and the bulletin: as a plain count has it, and of a past day as it was seen then."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from reception import tables
from reception.context import Session
from reception.desk import Desk
from reception.errors import InputError
from reception.facts import Act, Category, NewCallback, NewReferral
from reception.facts.reports import RULES, DayReport, Figures, Lapse, Late, Period, Rule
from reception.numbers import day_date, day_number
from reception.operations import callbacks, day, entries, referrals, reports, site
from reception.operations.office import documents, urgent
from tests.factories import (
    CLERK,
    TODAY,
    Clock,
    Founded,
    OpenDesk,
    add,
    call,
    changed,
    department,
    new_uid,
    part,
    person,
    visit,
)
from tests.operations.storied import ZONE, Story, plainly

# What is told now is what a plain count tells; what is told later of that moment is what was told then.


def known_of(report: DayReport, story: Story) -> Any:
    """What is told as of its moment, whenever it is asked."""
    of_entries = (Lapse.NO_ACT, Lapse.UNCHECKED)  # told as it is now
    lapses = [one for one in report.lapses if one.what not in of_entries]
    owed = report.of(Lapse.CALLBACK)
    whole = owed.count == len(owed.rows)  # those that only say so may fill the list, and are told as now
    calls = [(row.entry_id, row.since, row.late) for row in owed.rows if row.text == "结果" and whole]
    others = [one for one in lapses if one.what is not Lapse.CALLBACK]
    departments = {one.code: one.now for one in report.departments}
    due = () if story.paused else (report.due_count, report.due)  # a pause moved what is due since
    return others, calls, departments, due, report.as_of, report.due_until


def tells(desk: Desk, clock: Clock, dice: random.Random) -> None:
    """A story, told while it goes on and afterwards."""
    story, seen = Story(desk, clock, dice), []
    for _ in story.go_on(17):
        if dice.random() < 0.9:
            continue
        today = desk.ask(site.today)
        report = desk.ask(reports.day, today)
        counters = desk.ask(day.counters)
        assert report.of(Lapse.OVERDUE).count == counters.overdue
        assert report.of(Lapse.NOT_RECEIVED).count == counters.not_received
        assert report.of(Lapse.CALLBACK).count == counters.callbacks
        assert report.of(Lapse.UNCHECKED).count == counters.to_check
        totals = desk.ask(day.totals, today)
        assert report.today.totals == totals
        begins = dt.datetime.combine(day_date(today), dt.time(), ZONE)
        assert {one.code: one.now for one in report.departments} == plainly(story, begins)
        voided = len([one for one in story.rows(tables.entry) if one.status == "void"])
        seen.append((today, report, voided))
    voided = len([one for one in story.rows(tables.entry) if one.status == "void"])
    for today, report, then in seen:
        if then == voided:  # what became void counts as if it had never been
            again = desk.ask(reports.day, today, report.as_of)
            assert known_of(again, story) == known_of(report, story)
    last = clock.now.astimezone(ZONE).date()
    for period in Period:
        bulletin = desk.ask(reports.bulletin, period, day_number(last))
        first = dt.datetime.combine(reports.bounds(period, last)[0], dt.time(), ZONE)
        told = {one.code: one.now for one in bulletin.departments if one.now != Figures()}
        assert told == plainly(story, first)
        sums = [sum(getattr(one, name) for one in told.values()) for name in ("received", "open", "late")]
        assert [bulletin.whole.now.received, bulletin.whole.now.open, bulletin.whole.now.late] == sums


@settings(
    max_examples=3,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32))
@example(seed=43)
def test_any_story_is_told_as_it_was_on_sqlite(founded: Founded, tmp_path: Path, seed: int) -> None:
    clock = Clock()
    copy = shutil.copyfile(founded.file, tmp_path / f"{seed}.sqlite")
    with contextlib.closing(Desk.open(str(copy), operator=CLERK, clock=clock)) as desk:
        tells(desk, clock, random.Random(seed))


def test_any_story_is_told_as_it_was_on_a_server(
    server_register: str, open_desk: OpenDesk, clock: Clock
) -> None:
    tells(open_desk(server_register), clock, random.Random(43))


# One thing after the other.


def of(report: DayReport, what: Lapse) -> list[tuple[str, str, str, Late]]:
    return [(one.number[-3:], one.department, one.text, one.late) for one in report.of(what).rows]


def test_a_day_tells_its_exceptions_by_rule_and_how_late_each_is(desk: Desk, clock: Clock) -> None:
    jc = department(desk, "JC")
    add(desk, visit("拖欠工资", referral=NewReferral(jc), parties=(person(phone="13800138000"),)))
    waited = add(desk, visit("社保卡补换", waiting_since=clock.now, party_size=7)).entry_id
    clock.go(minutes=25)
    desk.do(entries.seen, waited, uid=new_uid())
    desk.do(entries.act, waited, Act.ANSWERED, outcome="已补", uid=new_uid())
    owed = add(desk, call("失业金", act=Act.ANSWERED, outcome="已答")).entry_id
    new = NewCallback(phone="13900139000", about="到账日期", due_at=clock.now)
    desk.do(callbacks.owe, owed, new, uid=new_uid())
    clock.go(minutes=40)
    report = desk.ask(reports.day, TODAY)
    assert of(report, Lapse.WAITED) == [("002", "", "社保卡补换", Late(minutes=25))]
    assert of(report, Lapse.CALLBACK) == [("003", "", "到账日期", Late(minutes=40))]
    assert [(one.number[-3:], one.people) for one in report.groups] == [("002", 7)]
    assert [report.count(rule) for rule in Rule] == [0, 0, 2, 1], "whoever is to be called left no number"
    assert (report.due_count, report.over) == (0, False)
    # a week later: due on 30 November after five working days, overdue for two of them
    clock.go(days=9)
    late = desk.ask(reports.day, desk.ask(site.today))
    assert of(late, Lapse.OVERDUE) == [("001", "JC", "拖欠工资", Late(days=2))]
    assert of(late, Lapse.NOT_RECEIVED) == [("001", "JC", "拖欠工资", Late(days=7))]
    assert [(one.code, one.now.open, one.now.overdue) for one in late.departments] == [("JC", 1, 1)]
    over = [desk.ask(reports.day, last) for last in (20261130, 20261201)]
    assert [of(one, Lapse.OVERDUE)[0][3] for one in over] == [Late(days=1), Late(days=1)]
    assert [of(one, Lapse.NOT_RECEIVED)[0][3] for one in over] == [Late(days=5), Late(days=6)]
    before = desk.ask(reports.day, 20261127)
    assert [(one.number[-3:], one.due_day) for one in before.due] == [("001", 20261130)]
    assert (before.due_until, before.over, before.of(Lapse.OVERDUE).count) == (20261130, True, 0)
    clock.go(minutes=1)
    desk.do(referrals.answer, part(desk, f"{TODAY}-001/JC"), "已支付", uid=new_uid())
    answered = desk.ask(reports.day, desk.ask(site.today))
    assert of(answered, Lapse.LATE) == [("001", "JC", "拖欠工资", Late(days=2))]
    assert answered.of(Lapse.OVERDUE).count == 0
    assert late.of(Lapse.OVERDUE) == desk.ask(reports.day, late.day, late.as_of).of(Lapse.OVERDUE)


def test_who_waits_still_and_who_left_unreceived(desk: Desk, clock: Clock) -> None:
    add(desk, visit("等人", waiting_since=clock.now))
    gone = add(desk, visit("走了", waiting_since=clock.now)).entry_id
    clock.go(minutes=9)
    assert not desk.ask(reports.day, TODAY).count(Rule.NEGLECT)
    clock.go(minutes=6)
    desk.do(entries.leave, gone, uid=new_uid())
    report = desk.ask(reports.day, TODAY)
    assert of(report, Lapse.WAITING) == [("001", "", "等人", Late(minutes=15))]
    assert of(report, Lapse.UNSEEN) == [("002", "", "走了", Late(minutes=15))]
    clock.go(days=1)
    over = desk.ask(reports.day, TODAY)
    # from 09:42 to the end of the office hours, lunch left out
    assert of(over, Lapse.UNSEEN)[0] == ("001", "", "等人", Late(minutes=318))
    assert over.of(Lapse.WAITING).count == 0


def test_papers_and_urgent_events_stand_on_the_page(desk: Desk, clock: Clock) -> None:
    desk.do(documents.register, subject="关于开展检查的通知", sender="市局", uid=new_uid())
    event = desk.do(urgent.register, subject="大厅有人晕倒", people=12, uid=new_uid())
    clock.go(days=1)
    today = desk.ask(reports.day, desk.ask(site.today))
    assert [one[2] for one in of(today, Lapse.UNHANDLED)] == ["关于开展检查的通知"]
    assert today.events == ()
    yesterday = desk.ask(reports.day, TODAY)
    assert [(one.entry_id, one.people, one.text) for one in yesterday.events] == [
        (event.entry_id, 12, "大厅有人晕倒")
    ]
    desk.do(documents.file, 1, where="二号柜", uid=new_uid())
    assert desk.ask(reports.day, desk.ask(site.today)).of(Lapse.UNHANDLED).count == 0
    assert desk.ask(reports.day, TODAY).of(Lapse.UNHANDLED).count == 1


def test_a_day_stands_beside_the_same_weekday_and_the_month(desk: Desk, clock: Clock) -> None:
    clock.go(days=-7)
    add(desk, visit(act=Act.ANSWERED, outcome="已办", party_size=3))
    open_then = add(desk, visit(referral=NewReferral(department(desk, "JC")))).entry_id
    clock.go(days=7)
    add(desk, visit(act=Act.POINTED, outcome="税务局"))
    number = f"{day_number(day_date(TODAY) - dt.timedelta(days=7))}-002"
    desk.do(referrals.answer, part(desk, f"{number}/JC"), "已答复", uid=new_uid())
    referral = desk.ask(referrals.find_referral, f"{number}/JC")
    desk.do(referrals.close, referral.id, "已告知", uid=new_uid())
    report = desk.ask(reports.day, TODAY)
    assert (report.today.totals.visits, report.today.totals.pointed) == (1, 1)
    week_ago = report.week_ago
    assert (week_ago.first, week_ago.totals.visits, week_ago.totals.visitors) == (20261116, 2, 4)
    assert week_ago.totals.open == 1, "what was closed since was open when that day was over"
    assert (report.month.first, report.month.totals.visits, report.month.totals.open) == (20261101, 3, 0)
    assert desk.ask(entries_status, open_then) == "finished"
    bulletin = desk.ask(reports.bulletin, Period.WEEK, TODAY)
    (jc,) = [one for one in bulletin.departments if one.code == "JC"]
    assert (jc.now, jc.before) == (Figures(answered=1), Figures(received=1, open=1))
    assert [(one.first, one.totals.visits) for one in bulletin.days] == [(TODAY, 1)]
    assert (bulletin.now.first, bulletin.now.last, bulletin.over) == (20261123, 20261123, False)
    assert (bulletin.before.first, bulletin.before.last) == (20261116, 20261116)
    whole = desk.ask(reports.bulletin, Period.WEEK, 20261118)
    assert (whole.now.first, whole.now.last, whole.over) == (20261116, 20261122, True)


def entries_status(session: Session, entry_id: int) -> str:
    entry = tables.entry
    return str(session.connection().scalar(select(entry.c.status).where(entry.c.id == entry_id)))


def test_what_is_veiled_on_paper_is_veiled_here_whoever_asks(
    file_register: str, open_desk: OpenDesk, clock: Clock
) -> None:
    desk = open_desk(file_register)
    desk.do(site.save, {"supervisors": CLERK}, uid=new_uid())
    jc = department(desk, "JC")
    for category in (Category.ACCUSATION, Category.REPORT):
        new = visit("某科长收钱", parties=(person("李告发"),), category=category, party_size=8)
        add(desk, changed(new, waiting_since=clock.now, referral=NewReferral(jc)))
    clock.go(days=14)
    for asked in (TODAY, desk.ask(site.today)):
        told = repr(desk.ask(reports.day, asked))
        assert "李告发" not in told
        assert told.count("某科长收钱") == told.count(f"{TODAY}-002") > 0, "of a report only who told it"
        assert told.count("检举控告") == told.count(f"{TODAY}-001") > 0
    overdue = desk.ask(reports.day, desk.ask(site.today)).of(Lapse.OVERDUE).rows
    assert [(one.department, one.sealed) for one in overdue] == [("", True), ("JC", False)]


def test_of_days_to_come_and_of_no_day_nothing_is_told(file_register: str, open_desk: OpenDesk) -> None:
    desk = open_desk(file_register)
    with pytest.raises(InputError):
        desk.ask(reports.day, TODAY + 1)
    with pytest.raises(ValueError, match="day is out of range"):
        desk.ask(reports.day, 20261131)
    with pytest.raises(InputError):
        desk.ask(reports.bulletin, Period.MONTH, 20261201)
    assert desk.ask(reports.bulletin, Period.MONTH, TODAY).now.last == TODAY
    assert desk.ask(reports.day, 19991201).count(Rule.DELAY) == 0


def test_every_kind_of_lapse_falls_under_one_rule() -> None:
    every = [what for those in RULES.values() for what in those]
    assert sorted(every) == sorted(Lapse)
    assert list(RULES) == list(Rule)
    assert dataclasses.fields(Figures)
