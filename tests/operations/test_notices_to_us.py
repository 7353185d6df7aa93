"""Meetings of which somebody notified us: read back, laid before a leader, answered."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from reception.desk import Desk
from reception.errors import StateError
from reception.facts import (
    EntryStatus,
    Kind,
)
from reception.facts.office import NewInvitee
from reception.operations import undoing
from reception.operations.office import meetings
from reception.store import check
from tests.factories import NOW, new_uid, row


@pytest.mark.parametrize("called", [True, False])
def test_a_notice_to_us_is_laid_before_a_leader_and_answered(desk: Desk, called: bool) -> None:
    told: dict[str, Any] = {
        "subject": "年终总结会",
        "convener": "吴局长",
        "agenda": "总结今年工作\n安排元旦值班",
        "meets_at": NOW + dt.timedelta(days=1, hours=6),
        "place": "三楼会议室",
        "reply_by": NOW + dt.timedelta(hours=7),
        "issued_by": "办公室",
    }
    sender: dict[str, Any] = {"name": "陈科员", "organisation": "县政府办", "phone": "0816-8220100"}
    made = desk.do(meetings.receive, **told, **sender, read_back=True, uid=new_uid())
    of = desk.ask(meetings.view, made.entry_id)
    assert (of.entry.kind, of.read_back, of.received, of.entry.status) == (
        Kind.CALL_IN,
        True,
        True,
        EntryStatus.OPEN,
    )
    desk.do(meetings.lay, made.entry_id, "吴局长", uid=new_uid())
    answered = desk.do(
        meetings.answer_sender, made.entry_id, "陈科员", "周副局长参会", called=called, uid=new_uid()
    )
    after = desk.ask(meetings.view, made.entry_id)
    assert (after.laid_before, after.laid_at, after.answered_whom, after.answered_at) == (
        "吴局长",
        NOW,
        "陈科员",
        NOW,
    )
    assert (after.entry.status, after.entry.outcome) == (EntryStatus.FINISHED, "周副局长参会")
    assert desk.ask(meetings.pending) == ()
    if called:
        out = row(desk, answered.entry_id)
        assert (out.kind, out.phone, out.organisation) == (Kind.CALL_OUT, "0816-8220100", "县政府办")
    desk.do(undoing.undo_last, uid=new_uid())
    back = desk.ask(meetings.view, made.entry_id)
    assert (back.answered_at, back.entry.status, back.open) == (None, EntryStatus.OPEN, True)
    with pytest.raises(StateError):
        desk.do(meetings.cancel, made.entry_id, uid=new_uid())
    with pytest.raises(StateError):
        desk.do(meetings.invite, made.entry_id, (NewInvitee("李明", "", "13900000002"),), uid=new_uid())
    check.run(desk)
