"""Jobs that leaders handed out: who gave them, what was done, what was reported, until they want no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from reception import dates
from reception.facts import EntryStatus, ReferralStatus, StepKind, Todo
from reception.facts.jobs import JobRow, JobStep, JobView
from reception.facts.office import JobStepKind, Level
from reception.office_words import JOB_COURSE, LEVELS
from reception.words import REFERRALS, TODOS
from ui import words
from ui.office.panel import About
from ui.office.room import Room
from ui.referrals.step import Ask, Shape, Step, Yes
from ui.widgets.table import Column, PagedTable
from ui.wording import N_, _, current

_READ_BACK: Mapping[Any, str] = {Yes.YES: N_("Read back"), Yes.NO: N_("Not read back")}


def _id(about: About) -> int:
    return int(about.row.entry_id)


def _referral(about: About) -> int | None:
    found = about.row.referral_id
    return int(found) if found is not None else None


def _runs(about: About) -> bool:
    return bool(about.row.status is EntryStatus.OPEN)


def _asked(about: About) -> bool:
    return bool(about.row.asked)


def _level(about: About) -> Level:
    view = about.view
    return view.next_level if isinstance(view, JobView) else Level.OFFICER


def _leader(about: About) -> str:
    return str(about.row.given_by)


GIVEN = Step(
    "job",
    "N",
    N_("Job of a leader"),
    "office.jobs.give",
    _id,
    lambda _about: True,
    "plus",
    (
        Ask("given_by", N_("Given by"), half=True, also=("leader",)),
        Ask("department_id", N_("To which department"), Shape.DEPARTMENT, half=True),
        Ask("words", N_("Words as said"), Shape.TEXT),
        Ask(
            "days",
            N_("In how many working days"),
            Shape.NUMBER,
            also=("limit",),
            half=True,
            hint=N_("the site's"),
        ),
        Ask("given_to", N_("To whom there"), half=True, aside=True),
        Ask("received_at", N_("Given at"), Shape.MOMENT, half=True, aside=True),
        Ask("read_back", N_("Read back?"), Shape.ONE_OF, options=_READ_BACK, aside=True),
        Ask("subject", N_("In a word"), aside=True),
    ),
    anew=True,
)
DONE = Step(
    "step",
    "1",
    N_("Progress"),
    "office.jobs.step",
    _id,
    _runs,
    "pencil",
    (Ask("words", N_("Progress"), Shape.TEXT),),
)
REPORTED = Step(
    "report",
    "2",
    N_("Report upward"),
    "office.jobs.report",
    _id,
    _runs,
    "arrow-right",
    (
        Ask("level", N_("To"), Shape.ONE_OF, options=LEVELS, suggest=_level),
        Ask("words", N_("What was reported"), Shape.TEXT),
        Ask("whom", N_("Reported to"), half=True),
        Ask("reply", N_("What they said"), half=True),
    ),
)
SEEN = Step(
    "seen",
    "3",
    N_("Leader has seen it"),
    "referrals.leader_seen",
    _referral,
    _asked,
    "eye",
    (
        Ask("whom", N_("Which leader?"), suggest=_leader),
        Ask(
            "instruction",
            N_("New instruction"),
            Shape.TEXT,
            hint=N_("none if empty; with one it is handled again"),
        ),
    ),
)


ANSWERED = Step(
    "answered",
    "5",
    N_("Department answered"),
    "referrals.answer",
    lambda about: about.row.part_id,
    lambda about: about.row.part_id is not None,
    "message-circle-reply",
    (Ask("text", N_("What came of it?"), Shape.TEXT, also=("answer",)),),
)
CLOSED = Step(
    "closed",
    "4",
    N_("Close"),
    "referrals.close",
    _referral,
    lambda about: about.row.referral_status is ReferralStatus.COMPLETED and not about.row.asked,
    "circle-check",
    (Ask("note", N_("Closing note"), aside=True),),
)


class JobsRoom(Room):
    """What else there is to do with the department stands on the Referrals page; Enter opens the entry."""

    topic: ClassVar[str] = "office.jobs"
    rows_verb: ClassVar[str] = "office.jobs.rows"
    view_verb: ClassVar[str] = "office.jobs.view"
    made: ClassVar[str] = "entry_id"
    lists: ClassVar[tuple[tuple[str, str], ...]] = (
        ("open", N_("Under way")),
        ("overdue", N_("Overdue")),
        ("all", N_("All")),
    )
    steps: ClassVar[tuple[Step, ...]] = (GIVEN, DONE, REPORTED, SEEN, CLOSED, ANSWERED)
    searched: ClassVar[str] = N_("Leader, words, to whom")
    list_words: ClassVar[str] = N_("Leaders' jobs")
    empty: ClassVar[str] = N_("No job is under way. Ctrl+N takes one down.")
    kinds: ClassVar[tuple[str, ...]] = ("entry", "department", "setting")
    course: ClassVar[bool] = False

    def columns(self) -> Sequence[Column[JobRow]]:
        """The columns of the list."""
        return (
            Column("by", _("Given by"), _by, 10),
            Column("subject", _("What"), _subject, 0, least=28),
            Column("department", _("Department"), _department, 14),
            Column("due", _("Due"), self._due, 12, tone=_tone, icon=_icon, note=_note, least=11),
            Column("last", _("Last"), _last, 14),
        )

    def key(self, row: JobRow | JobView) -> int:
        """The entry names it."""
        return row.entry_id

    def struck(self, row: JobRow) -> bool:
        """Whether it is void."""
        return row.status is EntryStatus.VOID

    def between(self) -> Sequence[QWidget]:
        """What was done and reported."""
        self.log: PagedTable[JobStep] = PagedTable(
            self.lanes,
            "office.jobs.log",
            (
                Column("at", _("Time"), self._at, 11, least=10),
                Column("told", _("Course"), _told, wrapped=True),
                Column("by", _("Clerk"), _clerk, 8),
            ),
            _ordinal,
            name=_("Steps and reports"),
            empty=_("Nothing is written yet."),
            parent=self,
        )
        return (self.log,)

    def shown(self, _row: JobRow | None, view: JobView | None) -> None:
        """The steps of the line under the cursor; the latest is in sight."""
        self.log.rows.put(list(view.course) if view is not None else [])
        self.log.scrollToBottom()

    def labels(self) -> Mapping[str, str]:
        """What is told of a job."""
        return {
            "by": _("Given by"),
            "at": _("Given at"),
            "words": _("Words as said"),
            "read_back": _("Read back"),
            "to": _("Given to"),
            "referral": _("Status"),
            "answer": _("Answer"),
            "due": _("Due"),
            "about": _("Stands on"),
        }

    def values(self, row: JobRow, view: JobView | None) -> Mapping[str, str]:
        """Its facts."""
        read_back = view.read_back if view is not None else None
        stands = _("The leader is to see the result") if row.asked else ""
        status = _(REFERRALS[row.referral_status]) if row.referral_status is not None else ""
        return {
            "by": row.given_by,
            "at": words.when(row.given_at, self.zone),
            "words": row.words,
            "read_back": "" if read_back is None else _("yes") if read_back else _("no"),
            "to": " · ".join(filter(None, (row.department, row.given_to))),
            "referral": " · ".join(filter(None, (status, stands))),
            "answer": row.answer,
            "due": " · ".join(filter(None, (self._due(row), _note(row)))),
            "about": view.about if view is not None else "",
        }

    def _due(self, row: JobRow) -> str:
        if row.due_at is None:
            return ""
        local = row.due_at.astimezone(self.zone)
        if local.time() == dt.time():  # a limit in days: its last one ends where the next begins
            return dates.short_date((local - dt.timedelta(days=1)).date(), current().language)
        return words.when(row.due_at, self.zone, dt.datetime.now(self.zone).date())

    def _at(self, line: JobStep) -> str:
        return words.when(line.at, self.zone, dt.datetime.now(self.zone).date())


def _told(line: JobStep) -> str:
    kind = "" if line.kind is JobStepKind.STEP else _(JOB_COURSE[line.kind])
    if line.kind is StepKind.SEEN and line.words:
        kind = _("New instruction")
    head = " · ".join(
        filter(None, (kind, _(LEVELS[line.level]) if line.level is not None else "", line.whom))
    )
    said = (
        _("{name}: {value}").format(name=head, value=line.words)
        if head and line.words
        else head or line.words
    )
    return f"{said}\n→ {line.reply}" if line.reply else said


def _clerk(line: JobStep) -> str:
    return line.operator


def _ordinal(line: JobStep) -> int:
    return line.ordinal


def _by(row: JobRow) -> str:
    return row.given_by


def _subject(row: JobRow) -> str:
    return row.subject


def _department(row: JobRow) -> str:
    return " · ".join(filter(None, (row.department, row.given_to)))


def _last(row: JobRow) -> str:
    if row.referral_status is ReferralStatus.COMPLETED:
        return _(TODOS[Todo.LEADER if row.asked else Todo.ANSWERED])
    return _(TODOS[Todo.LEADER]) if row.asked else row.last


def _tone(row: JobRow) -> str:
    return "alarm" if row.overdue else ""


def _icon(row: JobRow) -> str:
    return "triangle-alert" if row.overdue else ""


def _note(row: JobRow) -> str:
    return _("Overdue") if row.overdue else ""
