"""Papers received (来文): what is not filed, who has it, and what it waits for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from reception import dates
from reception.facts import EntryStatus, PartStatus
from reception.facts.papers_in import PaperIn, PaperStep
from reception.numbers import day_date, day_number
from reception.office_words import PAPER_STEPS, PAPER_WAYS
from reception.words import PARTS, URGENCIES
from ui import labels, words
from ui.office.document_steps import STEPS
from ui.office.room import Room
from ui.referrals.step import Step
from ui.sheet.opener import Wanted, open_forms
from ui.today.choices import department_choices
from ui.today.fields import Field
from ui.widgets.table import Column
from ui.widgets.texts import LineField
from ui.wording import N_, _, current

if TYPE_CHECKING:
    from ui.office.reader_recall import ReaderRecall

_TONES: Mapping[PaperStep, str] = {PaperStep.FILED: "muted", PaperStep.VOID: "muted"}


class DocumentsRoom(Room):
    """Space notes the next signature, or asks to whom a paper is referred."""

    topic: ClassVar[str] = "office.documents"
    made: ClassVar[str] = "entry_id"
    rows_verb: ClassVar[str] = "office.papers_in.rows"
    view_verb: ClassVar[str] = "office.papers_in.view"
    lists: ClassVar[tuple[tuple[str, str], ...]] = (
        ("open", N_("Not in the file")),
        ("nothing", N_("Nobody has it")),
        ("round", N_("Going round")),
        ("all", N_("All")),
    )
    steps: ClassVar[tuple[Step, ...]] = STEPS
    searched: ClassVar[str] = N_("Sender, number, title, file")
    list_words: ClassVar[str] = N_("Papers received")
    empty: ClassVar[str] = N_("No paper is here. Ctrl+N notes one that came.")
    kinds: ClassVar[tuple[str, ...]] = ("entry", "department", "setting")
    printed: ClassVar[bool] = True

    def _connect(self) -> None:
        super()._connect()
        self._recall: ReaderRecall | None = None
        self._watched: QWidget | None = None
        self.panel.asked.connect(self._listen)

    @property
    def recall(self) -> ReaderRecall:
        """What is offered while it is typed to whom a paper goes."""
        if self._recall is None:
            from ui.office.reader_recall import ReaderRecall

            self._recall = ReaderRecall(self.lanes, self, lambda: self.zone)
        return self._recall

    @property
    def _round(self) -> Field | None:
        """The field that asks to whom a paper goes."""
        fields = self.panel.form.fields
        return fields.get("readers") or fields.get("to")

    @Slot()
    def _listen(self) -> None:
        """While it is typed to whom a paper goes, offer departments and say which are understood."""
        field = self._round
        if field is None or self.catalogue is None or field.editor is self._watched:
            return
        self._watched = field.editor
        day = labels.today(self.catalogue.site.zone)
        facts = self.catalogue.departments
        self.recall.know(department_choices(self.catalogue, day, outside=False), facts)
        assert isinstance(field.editor, LineField)
        self.recall.watch(field.editor)
        field.edited.connect(self._on_named)
        self._on_named()

    @Slot()
    def _on_named(self) -> None:
        if (field := self._round) is not None:
            field.say(self.recall.told(field.raw), role="care")

    def columns(self) -> Sequence[Column[PaperIn]]:
        """The columns of the list."""
        return (
            Column("serial", _("Paper No."), _serial, 14, least=14),
            Column("came", _("Came in"), self._came, 14, least=14),
            Column("sender", _("Sent by"), _sender, 12),
            Column("title", _("Title"), _title, 0, least=22),
            Column("step", _("Status"), _step, 11, tone=_tone, icon=_icon, note=_why, least=8),
            Column("who", _("Who has it"), _who, 10),
        )

    def key(self, row: PaperIn) -> int:
        """Its entry."""
        return row.entry_id

    def name(self, row: PaperIn) -> str:
        """Its number of the year; that of the day stands with the facts."""
        return row.serial

    def struck(self, row: PaperIn) -> bool:
        """Void."""
        return row.status is EntryStatus.VOID

    def labels(self) -> Mapping[str, str]:
        """What is told of a paper, in the order of the register."""
        return {
            "title": _("Title"),
            "sender": _("Sent by"),
            "number": _("Document number"),
            "same": _("Same number"),
            "came": _("Came in"),
            "bears": _("Copies"),
            "stands": _("Status"),
            "proposed": _("Proposed handling"),
            "instructions": _("What leaders wrote"),
            "lead": _("Departments"),
            "due": _("Due"),
            "result": _("Result"),
            "readers": _("Circulation"),
            "filed": _("Filed where"),
            "entry": _("Entry"),
        }

    def values(self, row: PaperIn, view: Any) -> Mapping[str, str]:
        """Its facts."""
        language = current().language
        day = dates.plain_date(day_date(row.sender_day), language) if row.sender_day else ""
        way = " · ".join(filter(None, (_(PAPER_WAYS[row.way]), row.brought_by)))
        urgency = _(URGENCIES[row.urgency])
        filed = words.when(row.filed_at, self.zone) if row.filed_at else ""
        return {
            "title": row.title,
            "sender": row.sender,
            "number": " · ".join(filter(None, (row.sender_number, day))),
            "same": _("already registered: {numbers}").format(numbers=", ".join(view.same))
            if view is not None and view.same
            else "",
            "came": f"{words.when(row.received_at, self.zone)} · {way}",
            "bears": f"{row.copies} · {urgency}",
            "stands": " · ".join(filter(None, (_step(row), _why(row)))),
            "proposed": row.proposed,
            "instructions": "\n".join(
                _("{name}: {value}").format(name=one.leader, value=one.words) for one in row.instructions
            ),
            "lead": " · ".join(filter(None, (row.lead, *row.assisting, row.asked))),
            "due": self._due(row),
            "result": " · ".join(filter(None, (row.result, row.outcome))),
            "readers": "\n".join(self._readers(row)),
            "filed": " · ".join(filter(None, (row.filed_where, filed))),
            "entry": " · ".join(filter(None, (row.number, row.operator, row.void_reason))),
        }

    def place(self, row: PaperIn) -> int:
        """The page below begins after it."""
        return row.entry_id

    def show_paper(self) -> bool:
        """The handling slip of the paper under the cursor, and the registers of its month and its year."""
        row, today = self.table.row(), dt.datetime.now(self.zone).date()
        day = day_date(row.day) if row is not None else today
        after = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
        month = _period(day.replace(day=1), min(after - dt.timedelta(days=1), today))
        year = _period(day.replace(month=1, day=1), min(day.replace(month=12, day=31), today))
        slip = () if row is None else (Wanted("handling_slip", {"number": row.number}),)
        language = current().language
        open_forms(
            self,
            self.lanes,
            *slip,
            Wanted("document_register", month, not slip, dates.month_of(day, language)),
            Wanted("document_register", year, chosen=False, note=dates.year(day.year, language)),
        )
        return True

    def _came(self, row: PaperIn) -> str:
        return words.when(row.received_at, self.zone, dt.datetime.now(self.zone).date())

    def _due(self, row: PaperIn) -> str:
        if row.due_day is None or row.due_at is None:
            return ""
        if row.by_hour:
            return words.when(row.due_at, self.zone)
        day = dates.plain_date(day_date(row.due_day), current().language)
        return f"{day} {_('provisional')}" if row.provisional else day

    def _readers(self, row: PaperIn) -> Sequence[str]:
        today = dt.datetime.now(self.zone).date()
        return [
            " ".join(
                filter(
                    None,
                    (
                        "✓" if one.signed_at else "–",
                        one.name,
                        words.when(one.signed_at, self.zone, today) if one.signed_at else _("has not signed"),
                        one.note,
                    ),
                )
            )
            for one in row.readers
        ]


def _period(first: dt.date, last: dt.date) -> dict[str, int]:
    """From one day to another, today at the latest: of days to come nothing is printed."""
    return {"first_day": day_number(first), "last_day": day_number(last)}


def _serial(row: PaperIn) -> str:
    return row.serial


def _sender(row: PaperIn) -> str:
    return row.sender


def _title(row: PaperIn) -> str:
    return row.title


def _step(row: PaperIn) -> str:
    return _(PAPER_STEPS[row.step])


def _who(row: PaperIn) -> str:
    """The department, the first who has yet to sign, or the file."""
    if row.step is PaperStep.REFERRED:
        return row.lead
    if row.step is PaperStep.CIRCULATING:
        return row.unsigned[0].name
    return row.filed_where


def _tone(row: PaperIn) -> str:
    return "alarm" if row.lying or row.overdue else _TONES.get(row.step, "")


def _icon(row: PaperIn) -> str:
    if row.step is PaperStep.REFERRED and row.lead_status in (PartStatus.ANSWERED, PartStatus.RETURNED):
        return "message-circle-reply"
    return "triangle-alert" if row.lying or row.overdue else ""


def _why(row: PaperIn) -> str:
    """What the sign beside it says."""
    if row.lying:
        return _("It should be under way")
    if row.step is PaperStep.REFERRED and row.lead_status in (PartStatus.ANSWERED, PartStatus.RETURNED):
        return _(PARTS[row.lead_status])
    return _("Overdue") if row.overdue else ""
