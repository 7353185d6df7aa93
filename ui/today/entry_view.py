"""One entry, whole: its fields to correct, its next steps, its referrals and its trail.

One form and one key: what was changed tells which verbs are run. An act on an open entry is an act in the
trail, anything else a correction with the version that was seen.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import deque
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from reception.errors import ConflictError, DeskError, InputError
from reception.facts import Act, EntryStatus, EntryView, Receipt, Undone
from ui.drafts import correction
from ui.theme import GAP, theme
from ui.today.conflict import ConflictDialog
from ui.today.drafts import Draft
from ui.today.entry_head import EntryHead
from ui.today.entry_steps import plain_button, plain_label
from ui.today.form import EntryForm
from ui.today.notes import Notes
from ui.today.trail import TrailTable
from ui.today.values import TOLD_SELDOM, raw_of
from ui.today.verbs import Verb, to_refer, verbs
from ui.widgets.returning import ReturningDialog
from ui.widgets.said import Said
from ui.wording import _, pgettext
from ui.work import Lanes


class EntryDialog(ReturningDialog):
    """Shows one entry of the register; closing it with something changed asks first."""

    saved = Signal(object)
    """The ``Receipt`` of the last verb that was run."""

    def __init__(
        self, parent: QWidget | None, lanes: Lanes, entry_id: int, draft: Draft | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Entry"))
        self._lanes = lanes
        self._id = entry_id
        self._view: EntryView | None = None
        self._baseline: dict[str, Any] = {}
        self._uid = draft.uid if draft is not None else uuid.uuid4()
        self._brought = draft
        self._shown: Draft | None = None
        self._known: Draft | None = None
        """The form as the register showed it or was handed it: what differs was typed since."""
        self._version: int | None = None
        self._steps: deque[Verb] = deque()
        self._again = False
        self._busy = False
        self._closing = False
        self.form = EntryForm(correcting=True)
        self.form.setEnabled(False)
        self.notes = Notes(lanes, self.form, f"entry.{entry_id}.notes")
        self.head = EntryHead(lanes, self)
        self.title, self.where, self.referrals = self.head.title, self.head.where, self.head.referrals
        self.reveal, self.steps = self.head.reveal, self.head.steps
        self.reveal.revealed.connect(self._on_revealed)
        self.message = Said(self)
        self.trail = TrailTable(lanes, self)
        self.more_button = plain_button(_("More  F6"), key="more")
        self.more_button.setCheckable(True)
        self.more_button.setAccessibleName(_("Rarely used fields"))
        self.save_button = plain_button(_("Save changes  Ctrl+Enter"), "save", "on_accent", key="entry.save")
        self.save_button.setProperty("kind", "primary")
        self.close_button = plain_button(pgettext("window", "Close"), "x", key="entry.close")
        self._lay_out()
        self._connect()
        self._read()

    @classmethod
    def show_entry(
        cls, parent: QWidget, lanes: Lanes, entry_id: int, draft: Draft | None = None
    ) -> EntryDialog:
        """Show an entry above ``parent``; the dialog lives until it is closed.

        ``draft`` holds changes that were typed before the program ended.
        """
        dialog = cls(parent, lanes, entry_id, draft)
        dialog.open()
        return dialog

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.form, 1)
        keys = QHBoxLayout()
        keys.addWidget(self.save_button, 1)
        keys.addWidget(self.more_button)
        left.addLayout(keys)
        right = QVBoxLayout()
        right.setSpacing(GAP)
        right.addWidget(self.head)
        heading = plain_label("heading")
        heading.setText(_("Trail"))
        heading.setBuddy(self.trail)
        right.addWidget(heading)
        right.addWidget(self.trail, 1)
        right.addWidget(self.message)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        right.addLayout(foot)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(GAP, GAP, GAP, GAP)
        columns.addLayout(left, 5)
        columns.addLayout(right, 6)
        self.resize(theme().px(1080), theme().px(640))

    def _connect(self) -> None:
        self.head.told.connect(self._on_told)
        self.steps.seen.clicked.connect(self._on_seen)
        self.steps.left.clicked.connect(self._on_left)
        self.steps.again.clicked.connect(self._on_again)
        self.steps.void.clicked.connect(self._on_void)
        self.save_button.clicked.connect(self.save)
        self.more_button.clicked.connect(self._on_more)
        self.close_button.clicked.connect(self.close)
        for keys, slot in (
            ("Ctrl+Return", self.save),
            ("Ctrl+Enter", self.save),
            ("F6", self._on_more),
            ("Ctrl+Shift+G", self._on_group),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        for number in range(1, 5):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.setObjectName(str(number))
            shortcut.activated.connect(self._on_digit)

    # Reading.

    def _read(self) -> None:
        task = self._lanes.read(f"entry.{self._id}", "reading.entry", self._id)
        task.done.connect(self._on_view)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_view(self, view: EntryView) -> None:
        catalogue = self._lanes.catalogue
        self._keep_typed(view)
        self._view, self._version, self._again = view, view.row.version, False
        if catalogue is not None:
            self.form.set_catalogue(catalogue)
        raw = raw_of(view, self.form.zone(), dt.datetime.now(dt.UTC))
        unfolded = self.form.unfolded or any(raw[name] for name in TOLD_SELDOM)
        self.form.restore(
            Draft(view.row.kind, uuid.uuid4(), None, raw, view.parties[1:], by_hand=True, unfolded=unfolded)
        )
        self._baseline = self.form.values()
        self._shown = self._known = self.form.draft()
        self._take_brought()
        void = view.row.status is EntryStatus.VOID
        self.form.setEnabled(not void)
        self.form.body.act.setEnabled(view.row.act is not Act.REFERRED)
        self.more_button.setChecked(self.form.unfolded)
        self.head.tell(view, self.form.zone())
        self._chain()
        self.save_button.setEnabled(not void)
        self.trail.show_trail(view.trail, catalogue)
        if not void:
            self.form.put_focus()

    def _chain(self) -> None:
        # What is made later would come last.
        stops: list[QWidget] = [self.save_button, self.more_button]
        stops += [*self.head.stops(), self.trail, *self.message.buttons, self.close_button]
        for one, then in pairwise(stops):
            QWidget.setTabOrder(one, then)

    @property
    def _typed_since(self) -> bool:
        return self._known is not None and self.form.draft().says_other_than(self._known)

    def _keep_typed(self, view: EntryView) -> None:
        """What was typed while the answer was on its way goes on upon what it says."""
        if self._typed_since and self._known is not None and self._brought is None:
            self._brought = correction.changes(
                self.form,
                self._known,
                uid=self._uid,
                entry_id=self._id,
                version=view.row.version,
                again=self._again and self._view is not None,
            )

    def _take_brought(self) -> None:
        brought, self._brought = self._brought, None
        if brought is not None and self._shown is not None:
            self.form.restore(correction.upon(self._shown, brought))
            self._version = brought.version
            if correction.refers_again(brought):
                self._refer_again()
            elif self.form.body.act.act is Act.REFERRED and "act" in brought.raw:
                self.form.ask_referral(None)

    def kept(self) -> Draft | None:
        """What is changed and not saved, to outlive the program; None when nothing is."""
        if self._brought is not None or self._shown is None:
            return self._brought
        if not self.changed:
            return None
        return correction.changes(
            self.form,
            self._shown,
            uid=self._uid,
            entry_id=self._id,
            version=self._version,
            again=self._again,
        )

    @Slot(str)
    def say(self, sentence: str) -> None:
        """Tell what just happened."""
        self.message.say(sentence)

    @Slot(object)
    def on_undone(self, undone: Undone) -> None:
        """Show the entry anew when one of its acts was taken back."""
        if undone.entry_id == self._id and not self._busy:
            self._show_anew(undone.version)

    @Slot(object)
    def _on_told(self, receipt: Receipt) -> None:
        self.say(_("Told in full, in writing: {number}").format(number=receipt.number))
        self.saved.emit(receipt)
        self._show_anew(receipt.version)

    @Slot()
    def _on_revealed(self) -> None:
        self._show_anew((self._version or 0) + 1)

    def _show_anew(self, version: int) -> None:
        """The trail has a line more: show it, or go on upon it with what is being typed."""
        if self.changed:
            self._version = version
        else:
            self._read()

    # Writing.

    @Slot()
    def save(self) -> None:
        """Run the verbs that the changed fields mean, one after the other (Ctrl+Enter)."""
        if self._view is None or self._busy or not self.save_button.isEnabled():
            return
        self.form.settle()
        try:
            changes = self._changes()
            if "parties" in changes and self.form.doubts():
                return
            values = self.form.values()
            referral = self.form.referral if to_refer(values, changes, again=self._again) else None
            self._steps.extend(verbs(self._view.row, self._version, values, changes, referral))
        except InputError as error:
            self.form.say(error)
            return
        if not self._steps:
            self.say(_("Nothing was changed."))
            return
        self._known = self.form.draft()
        self._next()

    def _changes(self) -> dict[str, Any]:
        values = self.form.values()
        return {name: value for name, value in values.items() if value != self._baseline.get(name)}

    def _next(self) -> None:
        if self._steps:
            self._run(*self._steps.popleft())
            return
        self._view = None  # what stands there is saved: until it has been read again nothing can be lost
        if self._closing:
            self.close()
        else:
            self._read()

    def _run(self, verb: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        self.save_button.setEnabled(False)
        self._busy = True
        self._current: Verb = (verb, args, kwargs)
        task = self._lanes.write(verb, *args, **kwargs, uid=uuid.uuid4())
        task.done.connect(self._on_done)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_done(self, receipt: Receipt) -> None:
        self._version = receipt.version
        self._busy = False
        if self._current[0] == "entries.correct":  # kept, even if the act that follows is refused
            self._baseline |= self._current[1][1]
        void = self._current[0] == "entries.void"
        self.say((_("{number} is void") if void else _("Saved {number}")).format(number=receipt.number))
        self.saved.emit(receipt)
        self._next()

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        waiting, self._steps = list(self._steps), deque()
        self._busy = self._closing = False
        self.save_button.setEnabled(self._view is not None)
        if isinstance(error, ConflictError):
            self._settle(error, waiting)
            return
        self._known = self._shown
        self.form.say(error)

    def _settle(self, error: ConflictError, waiting: list[Verb]) -> None:
        verb, (entry_id, changes), _kwargs = self._current
        theirs = ConflictDialog.ask(self, error, changes)
        if theirs is None:
            self._known = self._shown
            return
        kept = {name: value for name, value in changes.items() if name not in theirs}
        steps: list[Verb] = [(verb, (entry_id, kept), {"version": error.version})] if kept else []
        self._steps = deque([*steps, *waiting])
        self._next()

    # Steps.

    @Slot()
    def _on_seen(self) -> None:
        self._run("entries.seen", (self._id,), {})

    @Slot()
    def _on_left(self) -> None:
        self._run("entries.leave", (self._id,), {})

    @Slot()
    def _on_again(self) -> None:
        self.form.body.department.clear()
        self._refer_again()

    def _refer_again(self) -> None:
        self._again = True
        self.form.ask_referral(self._view.referrals[-1] if self._view and self._view.referrals else None)

    @Slot()
    def _on_void(self) -> None:
        from ui.dialogs.reason import ReasonDialog

        reason = ReasonDialog.ask(
            self, _("Void the entry"), _("Why is it void? Its number stays, struck through.")
        )
        if reason is not None:
            self._run("entries.void", (self._id, reason), {})

    @Slot()
    def _on_more(self) -> None:
        self.form.fold(not self.form.unfolded)
        self.more_button.setChecked(self.form.unfolded)

    @Slot()
    def _on_group(self) -> None:
        if self.form.isEnabled():
            self.form.body.make_people().add()

    @Slot()
    def _on_digit(self) -> None:
        if self.form.body.act.isEnabled():
            self.form.choose_act(int(self.sender().objectName()))

    # Leaving.

    @property
    def changed(self) -> bool:
        """Whether something was typed that is not saved."""
        if self._brought is not None:
            return True
        if self._view is None or not self.form.isEnabled():
            return self._typed_since
        try:
            return bool(self._changes()) or self._again
        except InputError:
            return True

    def reject(self) -> None:
        """Escape, the button and the window's cross all end here: ask before what was typed is lost."""
        if self._busy:
            self._closing = True  # closed as soon as the register has answered
            return
        if self.changed:
            from ui.dialogs.leave import LeaveDialog

            if not LeaveDialog.ask(self, 1):
                return
        super().reject()
