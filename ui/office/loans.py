"""Things lent at the desk: what is out, what should be back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Slot

from reception.facts import Place
from reception.facts.lending import NEVER, Loan
from reception.facts.office import LoanStatus
from reception.office_words import LOANS
from ui import words
from ui.office.panel import About
from ui.office.room import Room
from ui.referrals.step import Ask, Shape, Step
from ui.widgets.table import Column
from ui.wording import N_, _


def _id(about: About) -> int:
    return int(about.row.id)


def _out(about: About) -> bool:
    return bool(about.row.status is LoanStatus.OUT)


LENT = Step(
    "lend",
    "N",
    N_("Lend"),
    "office.loans.lend",
    _id,
    lambda _about: True,
    "plus",
    (
        Ask("thing", N_("Thing"), hint=N_("key, umbrella, projector, pass …"), needed=False),
        Ask("whom", N_("To whom"), half=True),
        Ask("phone", N_("Phone"), half=True),
        Ask("back_by", N_("Back by"), Shape.AHEAD, half=True),
        Ask("pieces", N_("Pieces"), Shape.NUMBER, half=True, aside=True),
        Ask("department_id", N_("Department"), Shape.DEPARTMENT, aside=True),
        Ask("note", N_("Note"), aside=True),
    ),
    anew=True,
)
BACK = Step(
    "back",
    "1",
    N_("Given back"),
    "office.loans.give_back",
    _id,
    _out,
    "check",
    (Ask("note", N_("In what state?"), hint=N_("empty: as it was")),),
)
LONGER = Step(
    "longer",
    "2",
    N_("Longer"),
    "office.loans.prolong",
    _id,
    _out,
    "clock",
    (Ask("back_by", N_("Back by"), Shape.AHEAD, hint=N_("empty: no day")),),
)


class LoansRoom(Room):
    """Space gives back what is under the cursor."""

    topic: ClassVar[str] = "office.loans"
    rows_verb: ClassVar[str] = "office.loans.rows"
    lists: ClassVar[tuple[tuple[str, str], ...]] = (
        ("out", N_("Lent out")),
        ("overdue", N_("Not back in time")),
        ("all", N_("All")),
    )
    steps: ClassVar[tuple[Step, ...]] = (LENT, BACK, LONGER)
    searched: ClassVar[str] = N_("Thing, name, telephone number")
    list_words: ClassVar[str] = N_("Things lent")
    empty: ClassVar[str] = N_("Nothing is lent out. Ctrl+N lends something.")
    kinds: ClassVar[tuple[str, ...]] = ("loan", "department")

    @Slot()
    def _on_asked(self) -> None:
        """While something is lent, what the site has to lend is told (setting ``things_lent``)."""
        super()._on_asked()
        if self.panel.form.step is not LENT or self.catalogue is None:
            return
        kept = dict(self.catalogue.site.values).get("things_lent", "").splitlines()
        things = [line for text in kept if (line := text.strip())]
        if things:
            self.panel.form.tell(_("Can be lent: {things}").format(things="、".join(things)))

    def columns(self) -> Sequence[Column[Loan]]:
        """The columns of the list."""
        return (
            Column("thing", _("Thing"), _thing, 0),
            Column("whom", _("To whom"), _whom, 14),
            Column("lent", _("Lent at"), self._lent, 12, least=11),
            Column("back", _("Back by"), self._back, 12, tone=_tone, icon=_icon, note=_late, least=11),
        )

    def entry(self, row: Loan) -> int | None:
        """The visit with which it was lent."""
        return row.entry_id

    def name(self, row: Loan) -> str:
        """The thing, and who has it."""
        return f"{row.thing} · {row.whom}"

    def place(self, row: Loan) -> Place:
        """What is due later comes later."""
        return Place(0, 0, row.back_by or NEVER, row.id)

    def labels(self) -> Mapping[str, str]:
        """What is told of a thing."""
        return {
            "status": _("Status"),
            "whom": _("To whom"),
            "phone": _("Phone"),
            "department": _("Department"),
            "pieces": _("Pieces"),
            "lent": _("Lent at"),
            "back": _("Back by"),
            "returned": _("Given back"),
            "visit": _("Visit"),
            "note": _("Note"),
            "operator": _("Clerk"),
        }

    def values(self, row: Loan, view: Any) -> Mapping[str, str]:
        """Its facts."""
        return {
            "status": _("Not back in time") if row.overdue else _(LOANS[row.status]),
            "whom": row.whom,
            "phone": row.phone,
            "department": row.department,
            "pieces": str(row.pieces) if row.pieces > 1 else "",
            "lent": words.when(row.lent_at, self.zone),
            "back": self._back(row),
            "returned": words.when(row.returned_at, self.zone) if row.returned_at else "",
            "visit": row.visit,
            "note": row.note,
            "operator": row.operator,
        }

    def _lent(self, row: Loan) -> str:
        return words.when(row.lent_at, self.zone, dt.datetime.now(self.zone).date())

    def _back(self, row: Loan) -> str:
        if row.status is not LoanStatus.OUT:
            return _(LOANS[row.status])
        if row.back_by is None:
            return ""
        return words.when(row.back_by, self.zone, dt.datetime.now(self.zone).date())


def _thing(row: Loan) -> str:
    return f"{row.thing} × {row.pieces}" if row.pieces > 1 else row.thing


def _whom(row: Loan) -> str:
    return row.whom


def _tone(row: Loan) -> str:
    return "alarm" if row.overdue else ""


def _icon(row: Loan) -> str:
    return "triangle-alert" if row.overdue else ""


def _late(row: Loan) -> str:
    return _("Not back in time") if row.overdue else ""
