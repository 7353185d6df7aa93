"""Putting a call through, ended by one digit: 1 connected, 2 no answer, 3 busy.

Whoever asks to be put through says to whom before anything else: so the department comes first, and the digit
may follow straight after its initials. What did not get through is offered to be called back.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent

from reception.facts import Act, CallResult, Kind
from ui.today.form import EntryForm
from ui.waiting import Waiting
from ui.widgets.moments import write_moment
from ui.widgets.texts import is_enter
from ui.wording import _
from ui.work import Lanes

if TYPE_CHECKING:
    from ui.today.owing import CallbackBox

_AN_HOUR = 60
"""Minutes of office time after which a call-back is due unless the clerk says otherwise."""
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class PutThrough(QObject):
    """Watches the form of a new entry."""

    ended = Signal()
    """All was told: the entry can be kept."""

    def __init__(self, form: EntryForm, lanes: Lanes, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form
        self._lanes = lanes
        body = form.body
        body.act.act_picked.connect(self._on_act)
        body.act.finished.connect(self._on_result)
        body.callback.edited.connect(self._on_tick)
        body.department.editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A digit after the department's initials, or after Enter there, tells how it ended."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            body = self._form.body
            if self._ends(event):
                body.department.editor.take()
                return body.act.pick_result(int(event.text()))
            if is_enter(event) and body.act.act is Act.PUT_THROUGH and not body.department.editor.composing:
                body.department.editor.take()
                if body.department.editor.chosen is not None and body.act.ask_result():
                    return True  # the digit comes next, not what was said
        return super().eventFilter(watched, event)

    def _ends(self, event: QKeyEvent) -> bool:
        body = self._form.body
        editor = body.department.editor
        if event.text() not in ("1", "2", "3") or event.modifiers() not in _PLAIN or editor.composing:
            return False
        if body.act.act is not Act.PUT_THROUGH or not editor.text().strip():
            return False
        # A digit may belong to a room or a number: those are typed without letters before them.
        return (editor.listing or editor.chosen is not None) and not editor.finds(
            editor.text() + event.text()
        )

    @Slot(object)
    def _on_act(self, act: Act | None) -> None:
        if act is Act.PUT_THROUGH and self._form.body.department.editor.chosen is None:
            self._form.body.department.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_result(self) -> None:
        body = self._form.body
        _act, result = body.act.raw
        choice = body.department.editor.choice(body.department.editor.chosen)
        if choice is None:
            return  # the form has put the cursor there
        if not body.matter.typed:
            body.matter.put((None, _("Asked for {department}").format(department=choice.text)))
        if result is CallResult.CONNECTED or self._form.kind is Kind.VISIT:
            self.ended.emit()
            return
        box = self._fill()
        box.ask()
        self._form.ensureWidgetVisible(box)

    def _fill(self) -> CallbackBox:
        """The fields of the call-back, what is usual in those that are empty."""
        body, form = self._form.body, self._form
        fresh = body.owing is None
        box = body.make_owing()
        if fresh:
            box.taken.connect(self._on_taken)
            box.declined.connect(self._on_declined)
        catalogue = self._lanes.catalogue
        now = dt.datetime.now(dt.UTC)
        if not box.phone.typed:
            box.phone.put(body.phone.raw)
        if not box.due.typed and catalogue is not None:
            due = Waiting(catalogue.site, catalogue.years).later(_AN_HOUR, now)
            box.due.put(write_moment(due, form.zone(), now))
        if not box.owner.typed and catalogue is not None:
            box.owner.put(catalogue.operator)
        return box

    @Slot()
    def _on_tick(self) -> None:
        box = self._form.body.owing
        if self._form.body.callback.raw:
            self._fill().show()
        elif box is not None:
            box.answered()
            box.hide()

    @Slot()
    def _on_taken(self) -> None:
        box = self._fill()
        box.answered()
        self._form.body.callback.put(True)
        self.ended.emit()

    @Slot()
    def _on_declined(self) -> None:
        self._form.body.callback.put(False)
        box = self._fill()
        box.answered()
        box.hide()
        self.ended.emit()
