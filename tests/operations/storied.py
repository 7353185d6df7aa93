"""A story of anything done at a desk, and a plain count of it: what the reports are compared with."""

from __future__ import annotations

import contextlib
import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from reception import tables
from reception.context import Session
from reception.desk import Desk
from reception.errors import DeskError
from reception.facts import Act, AttemptResult, CallResult, Category, NewCallback, NewReferral
from reception.facts.reports import Figures
from reception.numbers import day_date
from reception.operations import callbacks, directory, entries, referrals
from reception.operations.referrals import timing
from tests.factories import Clock, add, call, department, new_uid, person, visit

ZONE = ZoneInfo("Asia/Shanghai")
CODES = ("JC", "ZCY", "GS", "SB", "JY", "LDGX")


class Story:
    """Any things done at a desk over some weeks, each allowed or refused as it comes."""

    def __init__(self, desk: Desk, clock: Clock, dice: random.Random) -> None:
        self.desk, self.clock, self.dice = desk, clock, dice
        self.departments = [department(desk, code) for code in CODES]
        self.entries: list[int] = []
        self.paused = False
        self.acts = (
            *(self._visit, self._visit, self._send, self._send, self._receive, self._answer, self._answer),
            *(self._give_back, self._reroute, self._close, self._reopen, self._extend, self._owe),
            *(self._called, self._seen, self._leave, self._void, self._pause, self._resume),
        )
        self._visit()
        self._send()
        self._owe()

    def go_on(self, days: int) -> Iterator[None]:
        """Some weeks; between the acts whoever looks may look."""
        last = self.clock.now + dt.timedelta(days=days)
        while self.clock.now < last:
            self.clock.go(minutes=self.dice.choice((5, 20, 60, 400, 1500)))
            for _ in range(self.dice.randint(1, 3)):
                self.clock.go(minutes=1)
                with contextlib.suppress(DeskError):
                    self.dice.choice(self.acts)()
                yield

    def rows(self, table: Any, *conditions: Any) -> list[Any]:
        def read(session: Session) -> list[Any]:
            return list(session.connection().execute(select(table).where(*conditions)).all())

        return self.desk.ask(read)

    def _any(self, table: Any) -> Any:
        return self.dice.choice(self.rows(table))

    def _pressing(self) -> Any:
        running = self.rows(tables.referral, tables.referral.c.status == "open")
        return min(running or self.rows(tables.referral), key=lambda one: one.due_at)

    def _visit(self) -> None:
        act = self.dice.choice((None, Act.ANSWERED, Act.POINTED))
        fields: dict[str, Any] = {"party_size": self.dice.choice((1, 2, 6)), "outcome": "已办"}
        if self.dice.random() < 0.5:
            fields["waiting_since"] = self.clock.now
        if self.dice.random() < 0.3:
            missed = call(act=Act.PUT_THROUGH, call_result=CallResult.BUSY, department_id=self.departments[0])
            self.entries.append(add(self.desk, missed).entry_id)
        self.entries.append(add(self.desk, visit("问事", act=act, **fields)).entry_id)

    def _send(self) -> None:
        lead, other = self.dice.sample(self.departments, 2)
        assist = (other,) if self.dice.random() < 0.4 else ()
        category = self.dice.choice((None, Category.COMPLAINT, Category.PETITION))
        new = visit("拖欠工资", parties=(person(),), category=category, referral=NewReferral(lead, assist))
        self.entries.append(add(self.desk, new).entry_id)

    def _receive(self) -> None:
        self.desk.do(referrals.receive, self._any(tables.part).id, "钱工", uid=new_uid())

    def _answer(self) -> None:
        self.desk.do(referrals.answer, self._any(tables.part).id, "已答复", uid=new_uid())

    def _give_back(self) -> None:
        self.desk.do(referrals.give_back, self._any(tables.part).id, "不属本科", uid=new_uid())

    def _reroute(self) -> None:
        # whoever assisted and is to lead assists no more, and nobody knows since when
        one = self._any(tables.referral)
        known = {row.department_id for row in self.rows(tables.part, tables.part.c.referral_id == one.id)}
        new = NewReferral(self.dice.choice(sorted({*self.departments} - known)), decided_by="周主任")
        self.desk.do(referrals.reroute, one.id, new, uid=new_uid())

    def _close(self) -> None:
        self.desk.do(referrals.close, self._any(tables.referral).id, "已告知", uid=new_uid())

    def _reopen(self) -> None:
        # when it was closed before nobody knows: only of what one department led and answered it is no matter
        one = self._any(tables.referral)
        if [row.status for row in self.rows(tables.part, tables.part.c.referral_id == one.id)] == [
            "answered"
        ]:
            self.desk.do(referrals.reopen, one.id, "又来反映", uid=new_uid())

    def _extend(self) -> None:
        one = self._pressing()
        self.desk.do(
            timing.extend, one.id, self.dice.choice((1, 9)), reason="须外调", approver="周主任", uid=new_uid()
        )

    def _pause(self) -> None:
        self.desk.do(timing.pause, self._pressing().id, "等本人补材料", uid=new_uid())
        self.paused = True

    def _resume(self) -> None:
        self.desk.do(timing.resume, self._any(tables.referral).id, uid=new_uid())

    def _owe(self) -> None:
        at = self.clock.now + dt.timedelta(hours=self.dice.choice((-3, 1, 30)))
        new = NewCallback(due_at=at, phone="13900139000", owner="李", about="结果")
        self.desk.do(callbacks.owe, self.dice.choice(self.entries), new, uid=new_uid())

    def _called(self) -> None:
        one = self._any(tables.callback)
        if self.dice.random() < 0.5:
            self.desk.do(callbacks.give_up, one.id, "空号", uid=new_uid())
        else:
            self.desk.do(callbacks.attempt, one.id, AttemptResult.REACHED, reached="本人", uid=new_uid())

    def _seen(self) -> None:
        self.desk.do(entries.seen, self.entries[-1], uid=new_uid())

    def _leave(self) -> None:
        self.desk.do(entries.leave, self.entries[-1], uid=new_uid())

    def _void(self) -> None:
        if self.dice.random() < 0.3:
            self.desk.do(entries.void, self.entries[-1], "重复登记", uid=new_uid())


def plainly(story: Story, begins: dt.datetime) -> dict[str, Figures]:
    """What each department did since an instant, and where it stands now: by the records' own states."""
    now = story.clock.now
    codes = {one.id: one.code for one in story.desk.ask(directory.catalogue).departments}
    sent = {one.id: one for one in story.rows(tables.referral)}
    parts = [one for one in story.rows(tables.part) if one.status != "withdrawn"]
    latest = {one.referral_id: one.id for one in sorted(parts) if one.role == "lead"}
    counts: dict[str, Counter[str]] = {}
    for one in parts:
        referral, count = sent[one.referral_id], counts.setdefault(codes[one.department_id], Counter())
        count["received"] += one.sent_at >= begins
        count["returned"] += one.returned_at is not None and one.returned_at >= begins
        if one.answered_at is not None and one.answered_at >= begins:
            count["answered"] += 1
            # what was reopened since has another limit: its steps say which it had
            due = _due_when(story, referral, one.answered_at)
            count["late"] += one.role == "lead" and due is not None and one.answered_at >= due
        if referral.status in ("open", "completed") and one.status in ("sent", "received"):
            count["open"] += 1
            led = one.id == latest[one.referral_id] and referral.status == "open" and not referral.paused_at
            count["overdue"] += led and referral.due_at is not None and referral.due_at <= now
    return {code: Figures(**count) for code, count in counts.items() if any(count.values())}


def _due_when(story: Story, referral: Any, at: dt.datetime) -> dt.datetime | None:
    moved = [
        one
        for one in story.rows(tables.step, tables.step.c.referral_id == referral.id)
        if one.kind in ("extension", "reopened") and one.at > at
    ]
    if not moved:
        due: dt.datetime | None = referral.due_at
        return due
    before = min(moved, key=lambda one: one.ordinal).due_before
    midnight = dt.datetime.combine(day_date(before) + dt.timedelta(days=1), dt.time(), ZONE)
    return midnight.astimezone(dt.UTC)
