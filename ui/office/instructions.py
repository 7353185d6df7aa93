"""What leaders wrote by hand on printed pages, entered the next morning in a few keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit

from reception import dates
from reception.facts import Receipt
from reception.facts.jobs import Instruction
from reception.numbers import day_date
from reception.office_words import STANDS_ON
from ui import words
from ui.office.room import Room
from ui.referrals.step import Ask, Shape, Step
from ui.widgets.table import Column
from ui.wording import N_, _, current

WRITTEN = Step(
    "instruction",
    "N",
    N_("Leader's instruction on a page"),
    "office.instructions.enter",
    lambda _about: None,
    lambda _about: True,
    "plus",
    (
        Ask("on", N_("On which page"), hint=N_("number or day; empty: the last sheet"), half=True),
        Ask("leader", N_("Leader"), half=True),
        Ask("words", N_("Words as written"), Shape.TEXT),
        Ask("department_id", N_("Who is to do it"), Shape.DEPARTMENT, aside=True, half=True),
        Ask("days", N_("In how many working days"), Shape.NUMBER, also=("limit",), aside=True, half=True),
    ),
    sentence=N_("With a department it becomes a job; without one it is kept on its page."),
    anew=True,
)


class InstructionsRoom(Room):
    """The leader of the last one is proposed for the next."""

    topic: ClassVar[str] = "office.instructions"
    rows_verb: ClassVar[str] = "office.instructions.rows"
    made: ClassVar[str] = ""
    lists: ClassVar[tuple[tuple[str, str], ...]] = (("all", N_("All")), ("jobs", N_("Became jobs")))
    steps: ClassVar[tuple[Step, ...]] = (WRITTEN,)
    searched: ClassVar[str] = N_("Leader, words")
    list_words: ClassVar[str] = N_("Leaders' instructions")
    empty: ClassVar[str] = N_("Nothing was entered. Ctrl+N enters what a leader wrote on a page.")
    kinds: ClassVar[tuple[str, ...]] = ("entry",)
    _proposes = False
    _noted: tuple[int, int] | None = None
    """The entry of what was just noted, and the newest line before: the receipt knows no line."""

    def columns(self) -> Sequence[Column[Instruction]]:
        """The columns of the list."""
        return (
            Column("at", _("Entered"), self._at, 11, least=10),
            Column("leader", _("Leader"), _leader, 10),
            Column("words", _("Words as written"), _words, 0),
            Column("on", _("On which page"), _on, 14),
            Column("job", _("Assignment"), _job, 14),
        )

    def key(self, row: Instruction) -> int:
        """Its entry and its place there."""
        return row.entry_id * 1_000 + row.ordinal

    def struck(self, row: Instruction) -> bool:
        """Taken back."""
        return row.void

    def entry(self, row: Instruction) -> int | None:
        """The job that came of it, else the entry on whose page it stands."""
        return row.job_id if row.job_id is not None else row.entry_id

    def name(self, row: Instruction) -> str:
        """The page."""
        return row.on

    def place(self, row: Instruction) -> int:
        """The page of the list below begins after it."""
        return row.id

    def begin_new(self) -> None:
        """The leader who wrote last is proposed, as soon as the list is there."""
        super().begin_new()
        self._proposes = True
        self._propose_leader()
        usual = self.lanes.read(f"{self.topic}.usual", "office.instructions.usual_day")
        usual.done.connect(self._on_usual)

    @Slot(object)
    def _on_usual(self, day: int) -> None:
        """Say which sheet is meant where no page is named."""
        field = self.panel.form.fields.get("on")
        if field is not None and isinstance(field.editor, QLineEdit):
            one, language = day_date(day), current().language
            told = f"{dates.short_date(one, language)} {dates.short_weekday(one, language)}"
            field.editor.setPlaceholderText(_("number or day; empty: {day}").format(day=told))

    @Slot(object)
    def _on_noted(self, result: Receipt) -> None:
        last = self.table.rows.row(0)
        self._noted = result.entry_id, last.id if last is not None else 0
        super()._on_noted(result)

    @Slot()
    def _on_answered(self) -> None:
        rows = self.table.rows
        if self._noted is not None:
            entry, last = self._noted
            shown = (row for at in range(rows.rowCount()) if (row := rows.row(at)) is not None)
            new = next((row for row in shown if row.id > last and self.entry(row) == entry), None)
            if new is not None:
                self._noted, self._wanted = None, self.key(new)
        super()._on_answered()
        self._propose_leader()

    def _propose_leader(self) -> None:
        last, field = self.table.rows.row(0), self.panel.form.fields.get("leader")
        if self._proposes and last is not None and field is not None and not field.editor.hasFocus():
            self._proposes = False  # whoever clears the field means it
            self.panel.form.propose("leader", last.leader)

    def propose(self, on: str) -> None:
        """The page that is in front of the clerk, unless one is typed."""
        self.panel.form.propose("on", on)

    def labels(self) -> Mapping[str, str]:
        """What is told of an instruction."""
        return {
            "leader": _("Leader"),
            "words": _("Words as written"),
            "stands": _("Stands on"),
            "job": _("Assignment"),
            "at": _("Entered"),
            "operator": _("Clerk"),
        }

    def values(self, row: Instruction, view: Any) -> Mapping[str, str]:
        """Its facts."""
        return {
            "leader": row.leader,
            "words": row.words,
            "stands": " · ".join((_(STANDS_ON[row.stands_on]), row.on)),
            "job": row.job,
            "at": words.when(row.at, self.zone),
            "operator": row.operator,
        }

    def _at(self, row: Instruction) -> str:
        return words.when(row.at, self.zone, dt.datetime.now(self.zone).date())


def _leader(row: Instruction) -> str:
    return row.leader


def _words(row: Instruction) -> str:
    return " ".join(row.words.split())


def _on(row: Instruction) -> str:
    return row.on


def _job(row: Instruction) -> str:
    return row.job
