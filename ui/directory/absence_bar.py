"""Who of a department is away: asked under its list, answered by Enter, taken back the same way."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from reception import dates
from reception.errors import DeskError, InputError
from reception.facts import Absence, DepartmentFact
from reception.numbers import day_date, day_number
from ui import actions
from ui.announcing import announce
from ui.widgets.buttons import Button
from ui.widgets.form import Form
from ui.widgets.moments import read_day
from ui.wording import N_, _, current
from ui.work import Lanes, Task

OFFICERS: Mapping[str, str] = {"a": N_("Officer A"), "b": N_("Officer B")}


class AbsenceBar(QFrame):
    """Enter says what its button says: away until midnight, until the day typed, or back again."""

    message = Signal(str)
    closed = Signal()
    """The question is answered or given up: the list goes on."""

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "care")
        self._lanes = lanes
        self._about: tuple[DepartmentFact, str, Absence | None] | None = None
        self._today = 0
        self._acts: dict[Task, tuple[str, DepartmentFact, str]] = {}
        self._asked: tuple[tuple[object, ...], uuid.UUID] | None = None
        self.words = QLabel(self)
        self.words.setProperty("role", "heading")
        self.words.setWordWrap(True)
        self.form = Form(self)
        self.until = QLineEdit(self.form)
        self.until.setPlaceholderText(_("midnight"))
        self.agree = Button(_("Away  Enter"), self.form)
        self.agree.setProperty("kind", "primary")
        self.form.add(
            "until", _("Up to and including"), self.until, _("Such as 11-25."), beside=(self.agree,)
        )
        column = QVBoxLayout(self)
        column.addWidget(self.words)
        column.addWidget(self.form)
        self.until.textChanged.connect(self._on_typed)
        self.until.returnPressed.connect(self._on_agree)
        self.agree.clicked.connect(self._on_agree)
        actions.tip(self.agree, "directory.away")
        self.hide()

    @property
    def typed(self) -> bool:
        """Whether a day is typed that the register does not have."""
        return not self.isHidden() and self._changed()

    def ask(self, department: DepartmentFact, officer: str, known: Absence | None, today: int) -> None:
        """Ask about officer ``a`` or ``b``; ``known`` is the absence that holds ``today`` (``YYYYMMDD``)."""
        same = self._about is not None and self._about[:2] == (department, officer)
        self._about, self._today = (department, officer, known), today
        self.form.clear()
        if not (same and self._changed()):
            self.until.setText(self._kept())
        self._say()
        self.show()
        self.until.setFocus()
        self.until.selectAll()
        announce(self.until, self.words.text())

    def follow(self, known: Mapping[tuple[int, str], Absence]) -> None:
        """Another window may have said it meanwhile; a day that is being typed stays."""
        if self._about is None:
            return
        typing, (department, officer, _before) = self._changed(), self._about
        self._about = department, officer, known.get((department.id, officer))
        if not typing:
            self.until.setText(self._kept())
        self._say()

    def close_question(self) -> None:
        """Hide it; what is typed stays until somebody else is asked about."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def drop(self) -> None:
        """What is typed is not wanted."""
        self._about = None
        self.until.clear()
        self.form.clear()
        self.close_question()

    def _changed(self) -> bool:
        return self.until.text().strip() != self._kept()

    def _kept(self) -> str:
        known = self._about[2] if self._about is not None else None
        if known is None or known.last_day == self._today:
            return ""
        return day_date(known.last_day).isoformat()

    def _say(self) -> None:
        assert self._about is not None
        department, officer, known = self._about
        said = _("{department}: {who} is away") if known else _("{department}: how long is {who} away?")
        self.words.setText(said.format(department=department.name, who=_who(department, officer)))
        self._on_typed()

    @Slot()
    def _on_typed(self) -> None:
        away = self._about is not None and self._about[2] is not None
        if away and self.until.text().strip() == self._kept():
            self.agree.setText(_("Back again  Enter"))
        else:
            self.agree.setText(_("Away until then  Enter") if self.until.text().strip() else _("Away  Enter"))

    @Slot()
    def _on_agree(self) -> None:
        if self._about is None:
            return
        department, officer, known = self._about
        text = self.until.text().strip()
        if known is not None and text == self._kept():
            self._write("absences.back", known.id)
            return
        try:
            until = read_day(text, day_date(self._today), "until") if text else None
        except InputError as error:
            self.form.say(error)
            return
        if until is None and known is not None:
            until = day_date(self._today)  # from a later day back to midnight
        self._write("absences.away", department.id, officer, until=_number(until))

    def _write(self, verb: str, *args: object, **kwargs: object) -> None:
        assert self._about is not None
        asked = (verb, *args, *kwargs.values())
        if self._asked is None or self._asked[0] != asked:
            self._asked = (asked, uuid.uuid4())  # the same again is the same act
        task = self._lanes.write(verb, *args, **kwargs, uid=self._asked[1])
        self._acts[task] = (verb, *self._about[:2])
        task.done.connect(self._on_done)
        task.failed.connect(self._on_refused)

    @Slot(object)
    def _on_done(self, absence: Absence) -> None:
        verb, department, officer = self._act()
        self._asked = None
        if self._about is not None and self._about[:2] == (department, officer):
            self.drop()
        if verb == "absences.back":
            said = _("{department}: {who} is back.")
        elif absence.last_day == self._today:
            said = _("{department}: {who} is away until midnight.")
        else:
            said = _("{department}: {who} is away until {day}.")
        self._lanes.refresh_catalogue()
        day = dates.plain_date(day_date(absence.last_day), current().language)
        self.message.emit(said.format(department=department.name, who=_who(department, officer), day=day))

    @Slot(object)
    def _on_refused(self, error: DeskError) -> None:
        self._act()
        self.form.say(error)

    def _act(self) -> tuple[str, DepartmentFact, str]:
        task = self.sender()
        assert isinstance(task, Task)
        return self._acts.pop(task)


def _who(department: DepartmentFact, officer: str) -> str:
    name = department.officer_a if officer == "a" else department.officer_b
    if not name:
        return _("{officer} (no name known)").format(officer=_(OFFICERS[officer]))
    return f"{_(OFFICERS[officer])} {name}"


def _number(day: dt.date | None) -> int | None:
    return None if day is None else day_number(day)
