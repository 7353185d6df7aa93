"""What stands beside the form about people: who came before, notes on them, duplicates, cases asked about.

All of it asks the register, so it is made when the first rows of the day have come: the window is painted
without it. It is made one part a turn of the event loop, so that none holds up what is typed meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.facts import Act, Kind, Party, Receipt
from ui.actions import bind
from ui.today.form import EntryForm
from ui.work import Lanes

if TYPE_CHECKING:
    from ui.today.drafts import Draft
    from ui.today.notes import Notes
    from ui.today.noticing import Noticing
    from ui.today.page import TodayPage
    from ui.today.recall import Recall
    from ui.today.twice import TwiceLine


_TURN = 5
"""Milliseconds between two parts: what was painted for the one does not hold up the next."""
_CALM = 2_000
"""Milliseconds after the register was opened: the first rows are there, nobody waits any more."""


class PeopleSide(QObject):
    """Makes and wires it.

    Args:
        lanes: where to ask.
        form: whose people are meant.
        page: what the form is on; it gives `below_form` its place.
    """

    open_entry = Signal(object)
    """The id of an entry to show."""
    made = Signal()
    """All of it stands there."""
    noted = Signal(object, bool)
    """The ``Receipt`` of a progress enquiry, and whether it used up the form."""

    def __init__(self, lanes: Lanes, form: EntryForm, page: TodayPage) -> None:
        super().__init__(page)
        self._lanes = lanes
        self._form = form
        self._page = page
        self._recall: Recall | None = None
        self._notes: Notes | None = None
        self._twice: TwiceLine | None = None
        self._noticing: Noticing | None = None
        self._last: dict[str, Receipt | None] = {}
        self._last_record: tuple[str, Kind] | None = None
        self._parts: list[Callable[[], None]] | None = None
        self._next = QTimer(self)
        self._next.setInterval(_TURN)
        self._next.timeout.connect(self._make_next)
        self._calm = QTimer(self, singleShot=True, interval=_CALM)
        self._calm.timeout.connect(self._prepare_lists)
        self.below_form = QVBoxLayout()

    @Slot()
    def begin(self) -> None:
        """The register is open, and the first rows stand there."""
        if self._parts is None:
            self._parts = [_load_list, self._make_recall, *_AHEAD, self._make_notes, self._make_twice]
            self._next.start()
            self._calm.start()

    @Slot()
    def _prepare_lists(self) -> None:
        """Make the lists under the fields before the first letter needs them, one a turn."""
        body = self._form.body
        self._parts = [self.recall.prepare, body.matter.editor.prepare, body.department.editor.prepare]
        self._parts += [_load_referring, self._form.prepare_referral]
        self._next.start()

    @Slot()
    def _make_next(self) -> None:
        if self._parts:
            self._parts.pop(0)()
        if not self._parts:
            self._next.stop()
            self.made.emit()

    def _made(self) -> None:
        """Make now what is still to be made."""
        self.begin()
        while self._parts:
            self._make_next()

    def _make_recall(self) -> None:
        from ui.today.recall import Recall

        self._recall = Recall(self._lanes, self._form)
        self._recall.look()

    def _make_notes(self) -> None:
        from ui.today.notes import Notes

        self._notes = Notes(self._lanes, self._form, "today.notes")
        self._notes.look()

    def _make_twice(self) -> None:
        from ui.today.twice import TwiceLine

        self._twice = TwiceLine(self._lanes, self._form, self._page)
        self.below_form.addWidget(self._twice)
        QWidget.setTabOrder(self._form.body.last_stop(), self._twice.open_button)
        self._twice.wanted.connect(self.open_entry)
        self._twice.look_soon()

    @property
    def recall(self) -> Recall:
        """The offers of people seen before."""
        self._made()
        assert self._recall is not None
        return self._recall

    @property
    def notes(self) -> Notes:
        """The notes on who stands in the form."""
        self._made()
        assert self._notes is not None
        return self._notes

    @property
    def twice(self) -> TwiceLine:
        """The entry that is perhaps the same."""
        self._made()
        assert self._twice is not None
        return self._twice

    def use_actions(self, actions: Mapping[str, QAction]) -> None:
        """Hear the window's keys."""
        actions["case"].triggered.connect(self.ask_case)
        actions["twice"].triggered.connect(self._on_twice)
        actions["group"].triggered.connect(self._on_group)
        for key, slot in (
            ("form.notice", self._on_notice),
            ("form.pass", self._on_pass),
            ("form.slip", self._on_slip),
            ("list.record", self._on_record),
        ):
            bind(self._page, key, slot)
        self._page.saved.connect(self._on_saved)

    @Slot()
    def look_soon(self) -> None:
        """What is typed is different."""
        if self._twice is not None:
            self._twice.look_soon()

    @Slot()
    def ask_case(self) -> None:
        """Tell somebody what became of their matter, whatever the form holds now (Ctrl+I)."""
        from ui.today.case_answer import CaseDialog

        draft = self._form.draft()
        contact = Party(self._form.body.person.raw.strip(), self._form.body.phone.raw.strip())
        uid = draft.uid if draft.contact_only else None
        dialog = CaseDialog(self._page.window(), self._lanes, draft.kind, contact, uid)
        dialog.noted.connect(self.noted)
        dialog.open_entry.connect(self.open_entry)
        dialog.open()

    @Slot()
    def _on_twice(self) -> None:
        if self._twice is not None:
            self._twice.open()

    @Slot()
    def _on_group(self) -> None:
        if self._page.isVisible():
            self._form.body.make_people().add()

    @Slot(object, object)
    def _on_saved(self, receipt: Receipt, draft: Draft | None) -> None:
        if draft is None:
            return
        self._last["pass"] = receipt if draft.kind is Kind.VISIT else self._last.get("pass")
        self._last_record = receipt.number, draft.kind
        referred = draft.raw.get("act", (None,))[0] is Act.REFERRED
        self._last["slip"] = receipt if referred else self._last.get("slip")

    @Slot()
    def _on_notice(self) -> None:
        self.noticing.notice()

    @Slot()
    def _on_pass(self) -> None:
        self.noticing.visitor_pass(self._last.get("pass"))

    @Slot()
    def _on_slip(self) -> None:
        self.noticing.slip(self._last.get("slip"))

    @Slot()
    def _on_record(self) -> None:
        self.noticing.record(self._last_record)

    @property
    def noticing(self) -> Noticing:
        """What is printed for whoever stands there."""
        if self._noticing is None:
            from ui.today.noticing import Noticing

            self._noticing = Noticing(self._page)
        return self._noticing


def _load_list() -> None:
    import ui.widgets.recall_list  # noqa: F401


def _load_style() -> None:
    from PySide6.QtWidgets import QStyle

    QStyle.StandardPixmap  # noqa: B018


def _load_voice() -> None:
    from PySide6.QtGui import QAccessible

    QAccessible.Role  # noqa: B018


_AHEAD: tuple[Callable[[], None], ...] = (_load_style, _load_voice)
"""Each takes 5 to 15 ms, most of it for enums of Qt: in a turn of its own, and not with the first alarm."""


def _load_referring() -> None:
    """What the act that refers needs: the key need not wait for it."""
    import ui.today.due
    import ui.today.refer_box  # noqa: F401
