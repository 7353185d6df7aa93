"""What the steps of a meeting notice are about: the notice, and whoever stands under the grid's cursor."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from reception.facts import DepartmentFact
from reception.facts.meetings import InviteeView, MeetingRow, MeetingView
from reception.facts.office import NewInvitee
from reception.shapes import dataclass
from reception.text import invitees
from ui.office.panel import MARKED, NEW, RoomPanel
from ui.referrals.step import Named, Step, Values
from ui.wording import _
from ui.work import Lanes

OF_INVITEE = frozenset({"reached", "no-answer", "busy", "attends", "excused", "amend", "uninvite"})
"""Steps about whoever stands under the grid's cursor; the others are about the notice."""


_BARE = frozenset({"A", "E"})
"""Keys of the grid alone: with Ctrl they are those of texts."""


@dataclass(frozen=True, slots=True)
class MeetingAbout:
    """A notice, one who is invited to it, and who is in the directory."""

    name: str
    row: MeetingRow | None = None
    view: MeetingView | None = None
    invitee: InviteeView | None = None
    departments: tuple[DepartmentFact, ...] = ()
    zone: dt.tzinfo = dt.UTC
    before: Values | None = None
    """What was typed for the notice before."""
    of_invitee: bool = False
    """It is about the invitee alone."""

    @property
    def mark(self) -> str:
        """Name, notice, and whoever of the list it is about."""
        if self.row is None:
            return self.name
        who = self.invitee.id if self.invitee is not None and self.of_invitee else ""
        return f"{self.name}{MARKED}{self.row.entry_id}/{who}"

    @property
    def known(self) -> tuple[NewInvitee, ...]:
        """Who is on the list."""
        listed = self.view.invitees if self.view is not None else ()
        return tuple(NewInvitee(one.name, one.position, one.phone, one.department_id) for one in listed)

    def read(self, typed: str) -> tuple[NewInvitee, ...]:
        """Whoever stands in a pasted list; a line that names nobody is given on, to be refused in words."""
        pasted = invitees.parse(typed, self.departments, self.known)
        return (*pasted.invitees, *(NewInvitee(position=line) for line in pasted.odd))

    def told(self, typed: str) -> str:
        """What is to be known of a pasted list before it is kept, translated; "" of an empty one."""
        if not typed.strip():
            return ""
        pasted = invitees.parse(typed, self.departments, self.known)
        said = [_("{count} to be called").format(count=len(pasted.invitees))]
        for message, names in (
            (_("already on the list, left out: {names}"), pasted.twice),
            (_("the same number: {names}"), pasted.shared),
            (_("no name in: {names}"), pasted.odd),
        ):
            if names:
                said.append(message.format(names=", ".join(names)))
        return " · ".join(said)


class MeetingPanel(RoomPanel):
    """Keeps what is half typed apart: what is said to one invitee is not what is said to the next."""

    def __init__(self, lanes: Lanes, steps: tuple[Step, ...], parent: QWidget | None = None) -> None:
        super().__init__(lanes, steps, parent)
        for step in steps:
            if step.key in _BARE:
                self.bar.buttons[step.name].setToolTip(f"{_(step.title)} ({step.key})")

    def blank(self) -> Named | None:
        """What is begun anew has no number yet."""
        departments = self._catalogue.departments if self._catalogue is not None else ()
        return MeetingAbout(NEW, departments=departments, before=self._before)

    def begin(self, step: Step) -> None:
        """Ask about the invitee, or about the notice."""
        whole = self._about
        self._about = self._of(step)
        try:
            super().begin(step)
        finally:
            self._about = whole

    def _of(self, step: Step) -> Named | None:
        about = self._about
        if not isinstance(about, MeetingAbout) or about.row is None or step.name not in OF_INVITEE:
            return about
        who = about.invitee.name if about.invitee is not None else ""
        return replace(about, name=f"{about.name} · {who}", of_invitee=True)

    def _resume(self) -> None:
        """What an earlier window had half typed: about the notice first, then about the invitee."""
        whole = self._about
        of_invitee = next((one for one in self._steps if one.name in OF_INVITEE), None)
        for about in (whole, self._of(of_invitee) if of_invitee is not None else whole):
            self._about = about
            super()._resume()
        self._about = whole
