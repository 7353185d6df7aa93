"""A way into every window besides the first."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from reception.errors import ConflictError
from reception.operations import directory, entries, people, printing, reading, site
from reception.paper import prints
from tests.ui.house import BROKEN, SHIFT, House
from tests.ui.today.keyboard import CTRL, press, typed
from ui.dialogs.clerk import ClerkDialog
from ui.dialogs.first_start import FirstStart
from ui.dialogs.keys import KeySheet
from ui.dialogs.leave import LeaveDialog, PrintingDialog
from ui.dialogs.reason import ReasonDialog
from ui.dialogs.restore import RestoreDialog
from ui.directory.merge import MergeDialog
from ui.guard import Guard
from ui.sheet.dialog import PreviewDialog
from ui.sheet.verify import VerifyDialog
from ui.sheet.wanted import Job, Wanted
from ui.today.case_answer import CaseDialog
from ui.today.conflict import ConflictDialog
from ui.today.entry_view import EntryDialog
from ui.today.notice_dialog import NoticeDialog


def _bug(house: House) -> QDialog:
    guard = Guard(house.folder / "desk.log", house.window)
    guard.report(ValueError("made up"))
    house.qtbot.waitUntil(lambda: guard.dialog is not None)
    assert guard.dialog is not None
    return house.front(guard.dialog)


def _clerk(house: House) -> QDialog:
    catalogue = house.window.lanes.catalogue
    assert catalogue is not None
    return house.front(ClerkDialog(house.window, catalogue.operators, catalogue.operator))


def _reason(house: House) -> QDialog:
    return house.front(ReasonDialog(house.window, "Void the entry", "Why is it void?"))


def _restore(house: House) -> QDialog:
    return house.front(RestoreDialog(house.window, house.window.lanes, None, house.folder / "backups"))


def _broken(house: House) -> QDialog:
    return house.front(RestoreDialog(house.window, house.window.lanes, BROKEN, house.folder / "backups"))


def _first(house: House) -> QDialog:
    from ui import wording

    return house.front(FirstStart(house.window, wording.current().language))


def _keys(house: House) -> QDialog:
    return house.front(KeySheet.show_keys(house.window))


def _leave(house: House) -> QDialog:
    return house.front(LeaveDialog(house.window, 2, kept=True))


def _printing(house: House) -> QDialog:
    return house.front(PrintingDialog(house.window))


def _entry(house: House) -> QDialog:
    dialog = EntryDialog.show_entry(house.window, house.window.lanes, house.entry)
    house.qtbot.waitUntil(dialog.form.isEnabled)
    dialog.form.fold(True)
    return house.front(dialog)


def _case(house: House) -> QDialog:
    press(Qt.Key.Key_I, CTRL)
    dialog = house.window.findChild(CaseDialog)
    assert dialog is not None
    house.front(dialog)
    typed("1111")
    house.qtbot.waitUntil(lambda: dialog.sentence.text() != "")
    return dialog


def _conflict(house: House) -> QDialog:
    desk, entry = house.desk, house.entry
    desk.do(entries.correct, entry, {"outcome": "他写的", "subject": "欠薪"}, uid=uuid.uuid4())
    with pytest.raises(ConflictError) as caught:
        desk.do(entries.correct, entry, {"outcome": "我写的"}, version=1, uid=uuid.uuid4())
    return house.front(ConflictDialog(house.window, caught.value, {"outcome"}))


def _merge(house: House) -> QDialog:
    one = house.desk.ask(people.recall, "13800001111")[0]
    dialog = MergeDialog(house.window, house.window.lanes, one)
    house.front(dialog)
    dialog.search.setText("3333")
    house.qtbot.waitUntil(lambda: dialog.table.rows.rowCount() == 1)
    press(Qt.Key.Key_Down)
    return dialog


def _notice(house: House) -> QDialog:
    dialog = NoticeDialog(house.window, house.window.lanes, house.entry)
    dialog.matter.put(next(one.id for one in house.desk.ask(directory.catalogue).matters if one.materials))
    return house.front(dialog)


def _preview(house: House) -> QDialog:
    """Above an entry's window; of two forms, with the search open."""
    number = house.desk.ask(reading.entry, house.entry).row.number
    job = Job((Wanted("case_trail", {"number": number}), Wanted("roll_call")))
    dialog = PreviewDialog.show_job(house.window, house.window.lanes, job)
    house.qtbot.waitUntil(lambda: dialog.paper.at_rest and dialog.paper.bar.print.isEnabled(), timeout=30_000)
    press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    return house.front(dialog)


def _verify(house: House) -> QDialog:
    gathered = house.desk.ask(prints.gather, "daily_sheet", "zh_CN", day=house.desk.ask(site.today))
    stamp = house.desk.do(printing.commit, gathered.promise, uid=uuid.uuid4())
    house.desk.do(entries.set_outcome, house.entry, "已核实", uid=uuid.uuid4())
    press(Qt.Key.Key_K, CTRL | SHIFT)
    dialog = house.window.findChild(VerifyDialog)
    assert dialog is not None
    house.front(dialog)
    typed(stamp.code)
    house.qtbot.waitUntil(lambda: dialog.table.rows.rowCount() > 0)
    return dialog


WINDOWS: dict[str, Callable[[House], QDialog]] = {
    "bug": _bug,
    "clerk": _clerk,
    "reason": _reason,
    "restore": _restore,
    "restore, broken": _broken,
    "first start": _first,
    "keys": _keys,
    "leave": _leave,
    "leave while printing": _printing,
    "preview": _preview,
    "entry": _entry,
    "case": _case,
    "conflict": _conflict,
    "merge": _merge,
    "verify": _verify,
    "notice": _notice,
}
"""Every window besides the first, with something in it."""
