"""What is read of a line stands beside its name, each as high as its words, whatever stood there before."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.facts_card import FactsCard
from ui.widgets.scrolled import Scrolled

WORDS = "关于做好2026年度职称评审工作的通知 · 内容"


def test_each_fact_is_as_high_as_its_words_whatever_stood_there_before(qtbot: QtBot) -> None:
    inside, holder = QWidget(), QWidget()
    card = FactsCard({name: name for name in "abcdefghijkl"}, inside)
    column = QVBoxLayout(inside)
    column.addWidget(card)
    column.addStretch(1)
    detail, below = Scrolled(inside), QWidget()
    outside = QVBoxLayout(holder)
    outside.addWidget(detail, 3)
    outside.addWidget(below, 2)
    qtbot.addWidget(holder)
    holder.resize(560, 520)
    holder.show()

    def shown(values: dict[str, str]) -> None:
        qtbot.waitUntil(lambda: _rows(card) == [(name, True, True) for name in values])

    some = {name: WORDS * (4 if name == "h" else 1) for name in "abcdefghi"}
    card.show_values(some)
    shown(some)
    detail.hide()  # a question has its room
    more = {**some, "j": "x", "k": WORDS * 3}
    card.show_values(more)
    detail.show()
    shown(more)
    card.show_values(some)
    shown(some)
    holder.hide()


def _rows(card: FactsCard) -> list[tuple[str, bool, bool]]:
    """Which are shown, whether each stands beside its name, whether it is as high as it needs."""
    found = []
    for head in card.labels():
        assert isinstance(head, QLabel)
        value = head.buddy()
        if head.isVisible():
            need = value.heightForWidth(value.width())
            found.append((head.text(), value.y() == head.y(), need <= value.height() <= need + 2))
    return found
