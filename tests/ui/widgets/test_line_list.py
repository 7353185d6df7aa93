from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import theme
from ui.widgets.choice_field import Choice, ChoiceField
from ui.widgets.line_list import Line, LineList

CARD = Choice(1, "社保卡补换", "305", "", "shebaokabuhuan", "sbkbh")
CLAIM = Choice(2, "社保卡申领", "305", "", "shebaokashenling", "sbksl")


class Painted(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


class Form(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.resize(400, 300)
        self.field = ChoiceField(free=True, parent=self)
        self.field.set_choices([CARD, CLAIM])
        self.under = QWidget(self)
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.under, 1)


def test_what_lies_under_the_list_is_not_painted_for_another_letter(qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    form.field.setFocus()
    QTest.keyClick(form.field, Qt.Key.Key_S)
    assert form.field.listing
    box = form.findChild(LineList)
    assert box is not None
    form.repaint()
    under, over = Painted(form.under), Painted(box.viewport())
    QTest.keyClick(form.field, Qt.Key.Key_B)
    assert form.field.listing
    box.viewport().repaint()
    assert [one.text for one in box.lines] == ["社保卡补换", "社保卡申领"]
    assert over.count
    assert not under.count
    corner = form.grab().toImage().pixelColor(box.geometry().topLeft())
    assert corner == theme().colour("accent")  # the edge shows where the list ends


def test_the_line_that_is_chosen_stays_while_others_come_after_it(qtbot: QtBot) -> None:
    box = LineList("Offers", below=True)
    qtbot.addWidget(box)
    box.resize(200, 100)
    few = [Line(f"{number}", "once") for number in range(3)]
    more = [Line(f"{number}", "once") for number in range(30)]
    box.put(few)
    box.choose(2)
    box.put(more)
    assert (box.current, len(box.lines)) == (2, 30)
    box.put(more[1:])
    assert box.current == -1


def test_whoever_hears_the_list_is_told_all_of_a_line(qtbot: QtBot) -> None:
    box = LineList("Offers", below=True)
    qtbot.addWidget(box)
    box.put([Line("张建国", "来过 3 次"), Line("李四")])
    said = [
        box.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole).rstrip(", ") for row in range(2)
    ]
    assert said == ["张建国, 来过 3 次", "李四"]
