"""The page of the referrals: a list on the left, one part on the right, five keys to work it."""

from __future__ import annotations

import datetime as dt
import uuid
from itertools import pairwise
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from reception.errors import DeskError
from reception.facts import Catalogue, Change, DepartmentFact, PartStatus, Place, ReferralRow, Role
from reception.wording import N_
from ui import actions, labels, words
from ui.changes import concerns
from ui.pages import Page, PageSpec
from ui.referrals.detail import PartDetail
from ui.referrals.steps import CLOSED, Step, StepBar, StepForm
from ui.theme import GAP
from ui.widgets.beside import beside
from ui.widgets.buttons import Button
from ui.widgets.table import Column, PagedTable, Question
from ui.wording import _
from ui.work import Lanes

FILTERS = (
    ("open", N_("Open")),
    ("sent", N_("Not received")),
    ("received", N_("Received")),
    ("returned", N_("Returned")),
    ("answered", N_("Answered")),
    ("all", N_("All")),
)
_TONES = {PartStatus.SENT: "care", PartStatus.RETURNED: "alarm", PartStatus.ANSWERED: "good"}


class ReferralsPage(Page):
    """Lists the parts of referrals, newest first, and notes what happens to them."""

    def __init__(self, spec: PageSpec, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(spec, lanes, parent)
        self._zone = ZoneInfo("UTC")
        self._departments: dict[str, DepartmentFact] = {}
        self._which = "open"
        self._given: tuple[Step, int, str, uuid.UUID] | None = None
        self._about: ReferralRow | None = None
        self.table: PagedTable[ReferralRow] = PagedTable(
            lanes,
            "referrals",
            self._columns(),
            _key,
            name=_("Referrals"),
            empty=_("No referral here. An entry becomes one when it is referred (转办) to a department."),
            parent=self,
        )
        self.detail = PartDetail(self)
        self.steps = StepBar(self)
        self.form = StepForm(self)
        self.open = Button(_("Open the entry  Enter"), self)
        self.filters = QButtonGroup(self)
        self.department = QComboBox(self)
        self._lay_out()
        self._connect()
        self._chain()
        self.steps.offer(None)
        self.open.setEnabled(False)

    # The page's life.

    def activate(self) -> None:
        """Ask for what is shown, and put the cursor into the list."""
        self._ask()
        if self.form.step is None:
            self.table.setFocus()

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Take the departments to choose from, and the site's zone."""
        self._zone = ZoneInfo(catalogue.site.zone)
        self._departments = {one.code: one for one in catalogue.departments}
        chosen = self.department.currentData()
        self.department.blockSignals(True)
        self.department.clear()
        self.department.addItem(_("All departments"), "")
        for one in catalogue.departments:
            if not one.outside:
                self.department.addItem(f"{one.code} {one.name}", one.code)
        self.department.setCurrentIndex(max(0, self.department.findData(chosen)))
        self.department.blockSignals(False)
        self._show_row(self.table.row())

    def changed(self, changes: tuple[Change, ...]) -> None:
        """Somebody touched an entry: the list may say something else now."""
        if concerns(changes, "entry", "department"):
            self.table.rows.refresh()

    def has_unsaved_text(self) -> bool:
        """Whether a step is half typed."""
        return self.form.unsaved

    def discard(self) -> None:
        """Ctrl+Shift+Del throws away what was typed for a step."""
        self._about = self._given = None
        self.form.forget()
        self.table.setFocus()

    # Making.

    def _columns(self) -> tuple[Column[ReferralRow], ...]:
        return (
            Column("name", _("Number"), _name, width=18, least=18),
            Column("sent", _("Sent"), self._sent, width=12, least=12),
            Column("due", _("Due"), self._due, width=10, least=8, tone=_due_tone),
            Column("department", _("Department"), _department, width=17),
            Column("person", _("Name"), _person, width=9, icon=labels.lock, note=labels.guarded),
            Column("subject", _("Matter"), _subject),
            Column("told", _("Told by phone"), _told, width=13),
            Column("status", _("Status"), _status, width=12, tone=_tone, icon=_icon, least=12),
        )

    def _lay_out(self) -> None:
        right = QFrame(self)
        right.setProperty("role", "card")
        column = QVBoxLayout(right)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.addWidget(self.detail, 1)
        column.addWidget(self.form)
        column.addWidget(self.steps)
        column.addWidget(self.open)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP, GAP, GAP, GAP)
        whole.addLayout(self._filter_bar())
        whole.addWidget(beside(self, self.table, right, (930, 410)), 1)

    def _filter_bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.filters.setExclusive(True)
        for at, (which, title) in enumerate(FILTERS):
            button = Button(_(title), self)
            button.setCheckable(True)
            button.setChecked(which == self._which)
            self.filters.addButton(button, at)
            row.addWidget(button)
        row.addSpacing(2 * GAP)
        label = QLabel(_("Department"), self)
        label.setBuddy(self.department)
        self.department.setAccessibleName(_("Department"))
        self.department.addItem(_("All departments"), "")
        self.department.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.department.setMinimumContentsLength(18)
        row.addWidget(label)
        row.addWidget(self.department)
        row.addStretch(1)
        hint = QLabel(_("1–5 in the list, Ctrl+1–5 from anywhere"), self)
        hint.setProperty("role", "small")
        row.addWidget(hint)
        return row

    def _connect(self) -> None:
        self.table.current_changed.connect(self._show_row)
        self.table.chosen.connect(self._open)
        self.table.rows.answered.connect(self._on_answered)
        self.table.rows.failed.connect(self._on_list_failed)
        self.table.installEventFilter(self)
        self.open.clicked.connect(self._open_current)
        actions.tip(self.open, "referrals.open")
        self.filters.idClicked.connect(self._on_filter)
        self.department.currentIndexChanged.connect(self._ask)
        self.steps.wanted.connect(self._begin)
        self.form.given.connect(self._note)
        self.form.dropped.connect(self._drop)
        # Ctrl+1 to Ctrl+4 are the window's and come by `choose_act`.
        shortcut = QShortcut(QKeySequence(f"Ctrl+{CLOSED.key}"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_close_key)

    def _chain(self) -> None:
        """Tab goes as the eyes do."""
        above = (*self.filters.buttons(), self.department)
        stops = (*above, self.table, *self.form.stops, *self.steps.buttons.values(), self.open)
        for one, then in pairwise(stops):
            QWidget.setTabOrder(one, then)

    # Listing.

    @Slot()
    def _ask(self) -> None:
        kwargs = {"which": self._which, "department": self.department.currentData() or ""}
        self.table.rows.ask(Question("referrals.rows", (), kwargs, after=_place))

    @Slot(int)
    def _on_filter(self, at: int) -> None:
        self._which = FILTERS[at][0]
        self._ask()

    @Slot()
    def _on_answered(self) -> None:
        row = self.table.row()
        if row is None and self.table.rows.rowCount():
            self.table.selectRow(0)
        else:
            self._show_row(row)  # it may say something else than before

    @Slot(object)
    def _on_list_failed(self, error: DeskError) -> None:
        self.message.emit(error.say(_))

    @Slot(object)
    def _show_row(self, row: ReferralRow | None) -> None:
        department = self._departments.get(row.part.department) if row is not None else None
        self.detail.show_row(row, department, self._zone)
        self.steps.offer(row)
        self.open.setEnabled(row is not None)

    # Working.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Plain digits in the list choose a step."""
        if watched is self.table and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and event.text() and event.text() in "12345":
                self._choose(event.text())
                return True
        return super().eventFilter(watched, event)

    def choose_act(self, number: int) -> None:
        """Ctrl+digit chooses a step from anywhere on the page."""
        self._choose(str(number))

    def save(self) -> None:
        """Ctrl+Enter notes the step that is being typed."""
        self.form.give()

    @Slot()
    def _on_close_key(self) -> None:
        self._choose(CLOSED.key)

    def _choose(self, key: str) -> None:
        if not self.steps.choose(key) and self.table.row() is not None:
            self.message.emit(_("That step makes no sense as this referral stands now."))

    @Slot(object)
    def _begin(self, step: Step) -> None:
        row = self.table.row()
        if row is None:
            return
        self._about, self._given = row, None
        suggestion = row.part.told_whom if step.field == "received_by" else ""
        self.form.ask(step, row.part.name, suggestion)
        self._chain()

    @Slot(object, str)
    def _note(self, step: Step, text: str) -> None:
        row = self._about
        if row is None:
            return
        subject = row.referral_id if step.whole else row.part.id
        act = self._given
        if act is None or act[:3] != (step, subject, text):
            act = (step, subject, text, uuid.uuid4())  # the same words again are the same act
        self._given = act
        self.form.setEnabled(False)
        task = self.lanes.write(step.verb, subject, text, uid=act[3])
        task.done.connect(self._noted)
        task.failed.connect(self.form.refuse)

    @Slot(object)
    def _noted(self, _receipt: object) -> None:
        step, row = self.form.step, self._about
        self._stop_asking()
        self.table.setFocus()
        self.table.rows.refresh()
        if step is not None and row is not None:
            self.message.emit(_("Noted: {name} {step}").format(name=row.part.name, step=_(step.title)))

    @Slot()
    def _drop(self) -> None:
        self._about = self._given = None
        self.form.close_question()
        self.table.setFocus()

    def _stop_asking(self) -> None:
        self._about = self._given = None
        self.form.drop()

    @Slot(object)
    def _open(self, row: ReferralRow) -> None:
        self.open_entry.emit(row.entry_id)

    @Slot()
    def _open_current(self) -> None:
        row = self.table.row()
        if row is not None:
            self._open(row)

    def _sent(self, row: ReferralRow) -> str:
        today = dt.datetime.now(self._zone).date()
        return words.when(row.part.sent_at, self._zone, today)

    def _due(self, row: ReferralRow) -> str:
        return words.due(row, self._zone, whole=False)


def _due_tone(row: ReferralRow) -> str:
    return "alarm" if row.overdue_days else ""


def _place(row: ReferralRow) -> Place | None:
    return row.place


def _key(row: ReferralRow) -> int:
    return row.part.id


def _name(row: ReferralRow) -> str:
    return row.part.name


def _department(row: ReferralRow) -> str:
    name = row.part.department_name
    return name if row.part.role is Role.LEAD else f"{name} · {_(words.ROLES[row.part.role])}"


def _person(row: ReferralRow) -> str:
    return labels.veiled(row.person) if row.identity_protected else row.person or "—"


def _subject(row: ReferralRow) -> str:
    return row.subject or row.matter


def _told(row: ReferralRow) -> str:
    return row.part.told_whom


def _status(row: ReferralRow) -> str:
    return _(words.PARTS[row.part.status])


def _tone(row: ReferralRow) -> str:
    return _TONES.get(row.part.status, "")


def _icon(row: ReferralRow) -> str:
    return words.PART_ICONS[row.part.status]
