"""The steps of a referral, of a visitor who waits, of a call that is owed: `AskingPanel` about a `Case`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from reception.errors import DeskError
from reception.facts import ReferralStatus, Term, Todo
from reception.words import CLOCKS, PARTS, REFERRALS, TODOS, small
from ui import words
from ui.referrals import whereto
from ui.referrals.asking_panel import AskingPanel
from ui.referrals.case import Case
from ui.referrals.step import Named
from ui.referrals.steps import CALLS, STEPS, WENT_IN, Shape, Step, fitting, verb_of
from ui.wording import _
from ui.work import Lanes


class StepPanel(AskingPanel):
    """Bar and form.

    Args:
        lanes: the way to the register.
        steps: those that there are.
        parent: the usual one.
    """

    moved = Signal(object)
    """The id of a referral of which another part may go on now; before ``noted``."""

    def __init__(self, lanes: Lanes, steps: tuple[Step, ...] = STEPS, parent: QWidget | None = None) -> None:
        super().__init__(lanes, steps, parent)
        for told in (self.asked, self.form.edited):
            told.connect(self._foresee)
            told.connect(self._tell_where)

    def show_case(self, case: Case | None) -> None:
        """Offer the steps of what is under the cursor now."""
        if case is not None and self._catalogue is not None:
            case = replace(case, officer=whereto.officer(self._catalogue, case.todo.department))
        self.show_about(case)

    def fitting(self, about: Named) -> Step | None:
        """The step that the row waits for."""
        return fitting(_case(about), self._steps)

    def why_not(self, key: str, about: Named) -> str:
        """Why a key does nothing now."""
        case = _case(about)
        named = [one for one in self._steps if one.key == key.upper()]
        titles = [_(one.title) for one in named if _of(one, case)] or [_(one.title) for one in named]
        told = _("{step} is not possible now: {number} is {status}.")
        return told.format(step=" / ".join(titles), number=case.name, status=_status(case))

    def verb(self, step: Step, about: Named) -> str:
        """The verb that notes a step."""
        return verb_of(step, _case(about))

    def after(self, step: Step, about: Named) -> None:
        """Another part may go on now."""
        row = _case(about).row
        if step.moves and row is not None:
            self.moved.emit(row.referral_id)

    # What is to be known of where it goes.

    @Slot()
    def _tell_where(self) -> None:
        step, about = self.form.step, self.form.case
        if step is None or about is None or self._catalogue is None:
            return
        asked = next((ask.name for ask in step.asks if ask.shape is Shape.DEPARTMENT), None)
        if asked is not None:
            number, _text = self.form.fields[asked].raw
            self.form.tell(whereto.said(self._catalogue, _case(about), number))

    # What would become of the due date.

    @Slot()
    def _foresee(self) -> None:
        step, about = self.form.step, self.form.case
        if step is None or about is None or not step.foresee:
            return
        case = _case(about)
        if case.row is None:
            return
        text = str(self.form.fields["amount"].raw).strip()
        if not text.isdecimal() or not 0 < int(text) < 10_000:
            self.form.tell(self._due(case, None))
            return
        task = self._lanes.read("referrals.foresee", step.foresee, case.row.referral_id, int(text))
        task.done.connect(self._on_foreseen)
        task.failed.connect(self._on_not_foreseen)

    @Slot(object)
    def _on_foreseen(self, term: Term) -> None:
        if self.form.case is not None and self.form.step is not None and self.form.step.foresee:
            self.form.tell(self._due(_case(self.form.case), term))

    @Slot(object)
    def _on_not_foreseen(self, error: DeskError) -> None:
        if self.form.step is not None and self.form.step.foresee:
            self.form.refuse(error)

    def _due(self, case: Case, then: Term | None) -> str:
        """``Due 24 Nov → 27 Nov (working days)``."""
        if case.row is None or case.row.term is None:
            return ""
        now = case.row.term
        clock = _(CLOCKS[now.clock])
        before = self._day(now)
        if then is None:
            told = _("Due {day}; the limit is {amount} {clock}")
            return told.format(day=before, amount=now.amount, clock=clock)
        after = self._day(then)
        return _("Due {before} → {after} (limit {old} → {new} {clock})").format(
            before=before, after=after, old=now.amount, new=then.amount, clock=clock
        )

    def _day(self, term: Term) -> str:
        day = words.term_day(term, self._zone, whole=True)
        return _("{day} ({mark})").format(day=day, mark=_("provisional")) if term.provisional else day


def _case(about: Any) -> Case:
    assert isinstance(about, Case)
    return about


def _of(step: Step, case: Case) -> bool:
    """Whether a step is about such a row at all: a digit means another step with a call than with a part."""
    if case.row is not None:
        return step not in (WENT_IN, *CALLS)
    return step in (CALLS if case.todo.what is Todo.CALLBACK else (WENT_IN,))


def _status(case: Case) -> str:
    """Where it stands, inside a sentence."""
    row = case.row
    if row is None:
        return small(_(TODOS[case.todo.what]))
    if row.sealed:
        return small(row.subject)  # it says whom to ask
    if row.referral_status not in (ReferralStatus.OPEN, ReferralStatus.COMPLETED):
        return small(_(REFERRALS[row.referral_status]))
    return small(_("Clock stands")) if case.paused else small(_(PARTS[row.part.status]))
