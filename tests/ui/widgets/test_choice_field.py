from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.choice_field import Choice, ChoiceField

CARD = Choice(1, "社保卡补换", "305", "卡丢了 补卡", "shebaokabuhuan", "sbkbh")
WAGES = Choice(2, "拖欠工资", "201", "欠薪 工资", "tuoqiangongzi", "tqgz")
ROOM = Choice(3, "Lost and found", "1", "keys umbrella", "", "")


class Form(QWidget):
    def __init__(self, *, free: bool) -> None:
        super().__init__()
        self.resize(400, 300)
        self.field = ChoiceField(free=free, parent=self)
        self.field.set_choices([CARD, WAGES, ROOM])
        self.next = QLineEdit(self)
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.next)


def shown(qtbot: QtBot, *, free: bool = True) -> Form:
    form = Form(free=free)
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    form.field.setFocus()
    return form


def compose(field: QWidget, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QCoreApplication.sendEvent(field, event)


def test_initials_find_and_enter_takes(qtbot: QtBot) -> None:
    form = shown(qtbot)
    QTest.keyClicks(form.field, "sbk")
    assert form.field.listing
    QTest.keyClick(form.field, Qt.Key.Key_Return)
    assert form.field.chosen == 1
    assert form.field.text() == "社保卡补换"
    assert form.next.hasFocus()


def test_initials_that_an_input_method_still_composes_find_too(qtbot: QtBot) -> None:
    form = shown(qtbot)
    seen: list[object] = []
    form.field.previewed.connect(seen.append)
    compose(form.field, "s'b'k")
    assert form.field.listing
    assert seen[-1] == 1
    assert form.field.text() == ""


def test_keys_during_composition_are_left_to_the_input_method(qtbot: QtBot) -> None:
    form = shown(qtbot)
    compose(form.field, "sbk")
    QTest.keyClick(form.field, Qt.Key.Key_Return)
    assert form.field.chosen is None
    assert form.field.hasFocus()
    compose(form.field, "", "社保")
    assert form.field.text() == "社保"
    QTest.keyClick(form.field, Qt.Key.Key_Return)
    assert form.field.chosen == 1


def test_characters_that_an_input_method_commits_arrive(qtbot: QtBot) -> None:
    form = shown(qtbot)
    compose(form.field, "", "王")
    compose(form.field, "", "𬱖")
    assert form.field.text() == "王𬱖"


def test_free_text_stays_free_when_enter_is_pressed(qtbot: QtBot) -> None:
    form = shown(qtbot)
    compose(form.field, "", "工资条丢了想打印")
    QTest.keyClick(form.field, Qt.Key.Key_Return)
    assert form.field.chosen is None
    assert form.field.text() == "工资条丢了想打印"


def test_a_text_inside_a_name_is_offered_but_not_taken_by_enter(qtbot: QtBot) -> None:
    form = shown(qtbot)
    compose(form.field, "", "补换")
    assert form.field.listing
    QTest.keyClick(form.field, Qt.Key.Key_Return)
    assert form.field.chosen is None
    assert form.field.text() == "补换"


def test_the_arrow_chooses_what_was_only_offered(qtbot: QtBot) -> None:
    form = shown(qtbot)
    compose(form.field, "", "补换")
    QTest.keyClick(form.field, Qt.Key.Key_Down)
    QTest.keyClick(form.field, Qt.Key.Key_Return)
    assert form.field.chosen == 1


def test_a_sentence_is_offered_what_it_speaks_of_and_stays_as_it_was_written(qtbot: QtBot) -> None:
    form = shown(qtbot)
    compose(form.field, "", "反映工地拖欠工资")
    qtbot.waitUntil(lambda: form.field.listing)
    QTest.keyClick(form.field, Qt.Key.Key_Tab)
    assert (form.field.chosen, form.field.text()) == (None, "反映工地拖欠工资")
    form.field.setFocus()
    QTest.keyClick(form.field, Qt.Key.Key_Down)
    QTest.keyClick(form.field, Qt.Key.Key_Down)
    QTest.keyClick(form.field, Qt.Key.Key_Return)
    assert (form.field.chosen, form.field.text()) == (2, "反映工地拖欠工资")
    form.field.setFocus()
    QTest.keyClick(form.field, Qt.Key.Key_End)
    compose(form.field, "", "三个月")
    assert form.field.chosen == 2
    form.field.selectAll()
    compose(form.field, "", "别的事")
    assert form.field.chosen is None


def test_tab_takes_what_is_proposed_as_enter_does(qtbot: QtBot) -> None:
    form = shown(qtbot)
    QTest.keyClicks(form.field, "tqg")
    QTest.keyClick(form.field, Qt.Key.Key_Tab)
    assert form.field.chosen == 2
    form.field.put(None)
    form.field.setFocus()
    compose(form.field, "", "补卡")
    QTest.keyClick(form.field, Qt.Key.Key_Tab)
    assert form.field.chosen == 1


def test_leaving_otherwise_takes_only_what_can_mean_nothing_else(qtbot: QtBot) -> None:
    form = shown(qtbot)
    QTest.keyClicks(form.field, "key")
    form.next.setFocus()
    assert (form.field.chosen, form.field.text()) == (None, "key")
    form.field.setFocus()
    form.field.put(None)
    QTest.keyClicks(form.field, "sbk")
    form.next.setFocus()
    assert form.field.chosen == 1


def test_escape_closes_the_list_and_keeps_the_text(qtbot: QtBot) -> None:
    form = shown(qtbot)
    QTest.keyClicks(form.field, "sbk")
    QTest.keyClick(form.field, Qt.Key.Key_Escape)
    assert not form.field.listing
    assert form.field.text() == "sbk"
    QTest.keyClick(form.field, Qt.Key.Key_Escape)
    assert form.field.text() == "sbk"


def test_what_is_written_after_the_name_keeps_the_matter(qtbot: QtBot) -> None:
    form = shown(qtbot)
    form.field.put(1)
    QTest.keyClick(form.field, Qt.Key.Key_End)
    compose(form.field, "", "，丢失三天")
    assert form.field.chosen == 1
    QTest.keyClick(form.field, Qt.Key.Key_Home)
    compose(form.field, "", "问")
    assert form.field.chosen is None


def test_where_only_the_list_counts_leaving_takes_the_best(qtbot: QtBot) -> None:
    form = shown(qtbot, free=False)
    compose(form.field, "", "工资")
    QTest.keyClick(form.field, Qt.Key.Key_Tab)
    assert form.field.chosen == 2


def test_a_choice_that_is_gone_is_no_longer_chosen(qtbot: QtBot) -> None:
    form = shown(qtbot)
    form.field.put(2)
    with qtbot.waitSignal(form.field.choice_changed):
        form.field.set_choices([CARD])
    assert form.field.chosen is None
    assert form.field.text() == "拖欠工资"


def test_a_click_in_the_list_takes_and_keeps_the_focus(qtbot: QtBot) -> None:
    form = shown(qtbot)
    QTest.keyClicks(form.field, "sbk")
    assert form.field.listing
    box = form.findChild(QWidget, "choices")
    assert box is not None
    viewport = box.findChild(QWidget, "qt_scrollarea_viewport")
    assert viewport is not None
    QTest.mouseClick(
        viewport, Qt.MouseButton.LeftButton, pos=viewport.rect().topLeft() + viewport.rect().center() / 20
    )
    assert form.field.chosen == 1
    assert form.field.hasFocus()
