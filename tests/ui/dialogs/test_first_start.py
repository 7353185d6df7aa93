from __future__ import annotations

import gc
import weakref

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.pages import press, write
from ui.dialogs.first_start import FirstStart, FirstStartAnswer


class Clerk(QWidget):
    """Types into the dialog while it is open, as the event loop of `FirstStart.ask` runs."""

    def __init__(self, qtbot: QtBot, keys: list[str | Qt.Key]) -> None:
        super().__init__()
        self._qtbot = qtbot
        self._keys = keys
        self.dialog: weakref.ref[FirstStart] | None = None
        self.destroyed_dialogs = 0
        QTimer.singleShot(0, self._work)

    @Slot()
    def _work(self) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, FirstStart) or not dialog.isActiveWindow():
            QTimer.singleShot(10, self._work)
            return
        self.dialog = weakref.ref(dialog)
        dialog.destroyed.connect(self._on_destroyed)
        try:
            for key in self._keys:
                if isinstance(key, str):
                    write(dialog.focusWidget(), key)
                else:
                    press(dialog.focusWidget(), key)
        except BaseException:
            dialog.reject()  # or the test would wait for ever
            raise

    @Slot()
    def _on_destroyed(self) -> None:
        self.destroyed_dialogs += 1


def test_four_answers_by_keyboard_alone(qtbot: QtBot) -> None:
    tab = Qt.Key.Key_Tab
    clerk = Clerk(qtbot, ["某县人社局", tab, tab, tab, "王芳", Qt.Key.Key_Return])
    qtbot.addWidget(clerk)
    answer = FirstStart.ask(None, "zh_CN")
    assert answer == FirstStartAnswer("某县人社局", "hrss", "zh_CN", "王芳")


def test_enter_moves_on_and_after_the_last_field_begins(qtbot: QtBot) -> None:
    enter = Qt.Key.Key_Return
    clerk = Clerk(qtbot, ["某县人社局", enter, enter, enter, "王芳", enter])
    qtbot.addWidget(clerk)
    assert FirstStart.ask(None, "zh_CN") == FirstStartAnswer("某县人社局", "hrss", "zh_CN", "王芳")


def test_the_example_is_no_answer_and_both_names_are_asked_for(qtbot: QtBot) -> None:
    dialog = FirstStart(None, "en")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    for _field in range(3):
        press(dialog.focusWidget(), Qt.Key.Key_Return)
    assert dialog.operator.hasFocus()
    assert dialog.site.accessibleDescription() == ""  # nobody wanted to begin yet
    press(dialog.operator, Qt.Key.Key_Return)
    assert dialog.answer is None
    assert dialog.site.hasFocus()
    assert "organisation" in dialog.site.accessibleDescription()
    write(dialog.site, "某县人社局")
    assert dialog.site.accessibleDescription() == ""
    press(dialog.site, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.answer is None
    assert dialog.operator.hasFocus()
    write(dialog.operator, "王芳")
    press(dialog.operator, Qt.Key.Key_Return)
    assert dialog.answer == FirstStartAnswer("某县人社局", "office", "en", "王芳")


def test_escape_leaves_while_nothing_is_typed(qtbot: QtBot) -> None:
    clerk = Clerk(qtbot, [Qt.Key.Key_Escape])
    qtbot.addWidget(clerk)
    assert FirstStart.ask(None, "en") is None


def test_it_dies_when_closed(qtbot: QtBot) -> None:
    clerk = Clerk(qtbot, [Qt.Key.Key_Escape])
    qtbot.addWidget(clerk)
    FirstStart.ask(None, "en")
    gc.collect()
    assert clerk.destroyed_dialogs == 1
    assert clerk.dialog is not None
    assert clerk.dialog() is None


def test_it_speaks_the_language_that_is_chosen(qtbot: QtBot) -> None:
    dialog = FirstStart(None, "en")
    qtbot.addWidget(dialog)
    assert dialog.begin.text() == "Begin"
    assert dialog.template.currentData() == "office"
    dialog.language.setCurrentIndex(dialog.language.findData("zh_CN"))
    assert dialog.begin.text() == "开始使用"
    assert dialog.template.currentData() == "hrss"
    assert dialog.site.accessibleName() == "单位名称"


def test_a_template_that_was_chosen_stays_when_the_language_changes(qtbot: QtBot) -> None:
    dialog = FirstStart(None, "en")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.template.setFocus()
    press(dialog.template, Qt.Key.Key_Home)
    press(dialog.template, Qt.Key.Key_End)
    dialog.language.setCurrentIndex(dialog.language.findData("zh_CN"))
    assert dialog.template.currentData() == "office"
