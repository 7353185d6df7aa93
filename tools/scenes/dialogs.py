"""Windows of their own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tools.scenes.studio import Scene, Studio

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def _entry(studio: Studio) -> QWidget:
    from reception.operations import people
    from ui.today.entry_view import EntryDialog

    person = studio.desk.ask(people.recall, "16411112222")[0].id
    entry = studio.desk.ask(people.history, person)[-1].id
    dialog = EntryDialog.show_entry(studio.window, studio.window.lanes, entry)
    studio.wait(dialog.form.isEnabled)
    return dialog


def _case(studio: Studio) -> QWidget:
    from ui.today.case_answer import CaseDialog

    studio.begin()
    studio.press("Ctrl+I")
    dialog = studio.window.findChild(CaseDialog)
    assert dialog is not None
    studio.type("1641")
    studio.wait(dialog.sentence.text)
    return dialog


def _merge(studio: Studio) -> QWidget:
    from reception.operations import people
    from ui.directory.merge import MergeDialog

    one = studio.desk.ask(people.recall, "16411112222")[0]
    dialog = MergeDialog(studio.window, studio.window.lanes, one)
    dialog.open()
    dialog.search.setText("卢大海")
    studio.wait(dialog.table.rows.rowCount)
    studio.press("Down")
    return dialog


def _notice(studio: Studio) -> QWidget:
    from reception.facts import Query
    from reception.operations import find
    from ui.today.notice_dialog import NoticeDialog

    catalogue = studio.window.lanes.catalogue
    assert catalogue is not None
    matter = max(catalogue.matters, key=lambda one: len(one.materials))
    newest = studio.desk.ask(find.entries, Query())[0].id
    dialog = NoticeDialog.show_for(studio.window, studio.window.lanes, newest)
    studio.wait(dialog.about.text)
    dialog.matter.put(matter.id)
    dialog.papers.boxes[0].setFocus()
    for sign in "1240":  # the last: not needed
        studio.press(sign)
    return dialog


def _verify(studio: Studio) -> QWidget:
    import uuid

    from reception.facts import Query
    from reception.operations import entries, find, printing, site
    from reception.paper import prints
    from ui.sheet.verify import VerifyDialog

    desk = studio.desk
    gathered = desk.ask(prints.gather, "daily_sheet", "zh_CN", day=desk.ask(site.today))
    stamp = desk.do(printing.commit, gathered.promise, uid=uuid.uuid4())
    newest = [one.id for one in desk.ask(find.entries, Query())]
    outcome, subject = (("已电话告知本人", "社保卡补办进度"), ("本人已取走", "社保卡何时寄到"))[
        stamp.count % 2
    ]
    desk.do(entries.set_outcome, newest[0], outcome, uid=uuid.uuid4())
    desk.do(entries.correct, newest[1], {"subject": subject}, uid=uuid.uuid4())  # another with each picture
    studio.press("Ctrl+Shift+K")
    dialog = studio.window.findChild(VerifyDialog)
    assert dialog is not None
    studio.type(stamp.code)
    studio.wait(dialog.table.rows.rowCount)
    return dialog


def _conflict(studio: Studio) -> QWidget:
    from reception.errors import ConflictError
    from ui.today.conflict import ConflictDialog

    differences = (
        ("subject", "反映拖欠工资", "反映拖欠工资三个月"),
        ("outcome", "已电话告知本人", "已转监察大队，三日内答复"),
        ("phone", "16411114444", "16411115555"),
    )
    template = "Somebody else changed {number} meanwhile. Compare both and decide; nothing was written."
    error = ConflictError(template, differences=differences, version=2, number="20261122-001")
    dialog = ConflictDialog(studio.window, error, {"subject", "outcome"})
    dialog.open()
    return dialog


def _keys(studio: Studio) -> QWidget:
    from ui.dialogs.keys import KeySheet

    return KeySheet.show_keys(studio.window)


def _clerk(studio: Studio) -> QWidget:
    from ui.dialogs.clerk import ClerkDialog

    catalogue = studio.window.lanes.catalogue
    assert catalogue is not None
    dialog = ClerkDialog(studio.window, catalogue.operators, catalogue.operator)
    dialog.open()
    return dialog


def _reason(studio: Studio) -> QWidget:
    from ui.dialogs.reason import ReasonDialog
    from ui.wording import _

    words = _("Why is it void? Its number stays, struck through.")
    dialog = ReasonDialog(studio.window, _("Void the entry"), words)
    dialog.open()
    return dialog


def _leave(studio: Studio) -> QWidget:
    from ui.dialogs.leave import LeaveDialog

    dialog = LeaveDialog(studio.window, 2, kept=True)
    dialog.open()
    return dialog


def _bug(studio: Studio) -> QWidget:
    from ui.dialogs.bug import BugDialog

    dialog = BugDialog("ValueError: …", str(Path("desk.log")), studio.window)
    dialog.open()
    return dialog


def _first_start(studio: Studio) -> QWidget:
    from ui import wording
    from ui.dialogs.first_start import FirstStart

    dialog = FirstStart(studio.window, wording.current().language)
    dialog.open()
    return dialog


def _restore(studio: Studio) -> QWidget:
    from reception import config
    from reception.errors import RegisterUnusableError
    from ui.dialogs.restore import RestoreDialog

    error = RegisterUnusableError(
        "{place} is damaged and cannot be used as a backup. Take an older one.", place="…"
    )
    dialog = RestoreDialog(studio.window, studio.window.lanes, error, config.backup_folder())
    dialog.open()
    return dialog


SCENES: dict[str, Scene] = {
    "entry": _entry,
    "case": _case,
    "merge": _merge,
    "notice": _notice,
    "verify": _verify,
    "conflict": _conflict,
    "keys": _keys,
    "clerk": _clerk,
    "reason": _reason,
    "leave": _leave,
    "bug": _bug,
    "first-start": _first_start,
    "restore": _restore,
}
