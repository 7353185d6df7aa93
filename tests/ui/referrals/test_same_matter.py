"""The cursor stays with a matter whatever becomes of its parts, and what was done about it is told."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.referrals.conftest import Hand, MakeHand, Sender
from tests.ui.today.keyboard import press

K = Qt.Key


def under(hand: Hand) -> str:
    row = hand.page.table.row()
    assert row is not None
    assert row.referral is not None
    return row.referral.part.name.split("-", 1)[1]


def said(hand: Hand) -> list[str]:
    """The lines of the timeline as they read."""
    rows = hand.page.timeline.rows
    return [str(rows.data(rows.index(at, 1))) for at in range(rows.rowCount())]


def answered(hand: Hand) -> None:
    hand.step(K.Key_3)
    press(K.Key_1)
    hand.write("已答复本人")
    hand.noted()


def test_the_cursor_follows_a_matter_to_its_new_part(sender: Sender, work: MakeHand) -> None:
    for _each in range(3):
        sender.refer("JC")
    hand = work()
    press(K.Key_End)
    assert under(hand) == "003/JC"
    press(K.Key_Home)
    assert under(hand) == "001/JC"
    press(K.Key_Down)
    assert under(hand) == "002/JC"
    hand.step(K.Key_4)
    hand.write("不归我们管")
    hand.noted()
    hand.step(K.Key_9)
    hand.write("ldgx", "由劳动关系科办")
    hand.noted()
    assert under(hand) == "002/LDGX"
    answered(hand)
    assert under(hand) == "002/LDGX"
    hand.step(K.Key_B)
    press(K.Key_2)
    hand.write("无人接听")
    hand.noted()
    assert said(hand)[-1].endswith("not reached · 无人接听")
    hand.step(K.Key_B)
    press(K.Key_1)
    press(K.Key_2)
    hand.write("钱没到账")
    hand.noted()
    assert under(hand) == "002/LDGX-2"
    called, again = said(hand)[-2:]
    assert "reached · not satisfied · 钱没到账" in called
    assert again.startswith("Reopened · 劳动关系")
