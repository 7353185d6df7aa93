"""Meeting notices by phone (会议通知): what is told, whom to call next, who was told when, who comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from reception import dates
from reception.facts.meetings import MeetingRow, MeetingView
from ui import labels
from ui.office.invitees import InviteeGrid
from ui.office.meeting_panel import OF_INVITEE, MeetingAbout, MeetingPanel
from ui.office.meeting_steps import STEPS, TAKEN
from ui.office.panel import RoomPanel
from ui.office.room import Room
from ui.referrals.step import Named, Step
from ui.sheet.opener import Wanted, open_forms
from ui.today.choices import department_choices
from ui.today.fields import Field
from ui.widgets.table import Column
from ui.widgets.texts import TextField
from ui.wording import N_, _, current

if TYPE_CHECKING:
    from ui.office.invitee_recall import InviteeRecall
    from ui.office.sender_recall import SenderRecall


class MeetingsRoom(Room):
    """List of notices; beside it what is told, and the grid of those to be called."""

    topic: ClassVar[str] = "office.meetings"
    rows_verb: ClassVar[str] = "office.meetings.rows"
    view_verb: ClassVar[str] = "office.meetings.view"
    lists: ClassVar[tuple[tuple[str, str], ...]] = (("open", N_("Under way")), ("past", N_("Over")))
    steps: ClassVar[tuple[Step, ...]] = STEPS
    list_words: ClassVar[str] = N_("Meeting notices")
    empty: ClassVar[str] = N_("No notice is under way. Ctrl+N begins one, Ctrl+R takes one in.")
    kinds: ClassVar[tuple[str, ...]] = ("entry", "department")
    panel_kind: ClassVar[type[RoomPanel]] = MeetingPanel
    made: ClassVar[str] = "entry_id"
    printed: ClassVar[bool] = True
    widths: ClassVar[tuple[int, int]] = (560, 780)

    def columns(self) -> Sequence[Column[MeetingRow]]:
        """The columns of the list."""
        return (
            Column("when", _("When"), self._when, 16, least=14),
            Column("subject", _("Meeting"), _subject, 0),
            Column("told", _("Told"), _told, 9, tone=_tone, icon=_icon, note=_why, least=7),
        )

    def key(self, row: MeetingRow | MeetingView) -> int:
        """Its entry."""
        return row.entry_id

    def struck(self, row: MeetingRow) -> bool:
        """Void, or cancelled."""
        return row.void or row.cancelled

    def place(self, row: MeetingRow) -> Any:
        """What meets later comes later."""
        return row.meets_at, row.entry_id

    def labels(self) -> Mapping[str, str]:
        """What is told of a meeting."""
        return {
            "state": _("Status"),
            "sender": _("Notified by"),
            "when": _("When"),
            "place": _("Place"),
            "convener": _("Convener"),
            "agenda": _("Agenda"),
            "attendance": _("Who should attend"),
            "materials": _("Materials"),
            "dress": _("Dress"),
            "reply_by": _("Reply wanted by"),
            "issued_by": _("Issued by"),
            "laid": _("Laid before"),
            "answered": _("Answered to"),
            "rounds": _("Rounds before"),
            "entry": _("Entry"),
        }

    def name(self, row: MeetingRow) -> str:
        """Its name; the number stands with the facts."""
        return row.subject

    def values(self, row: MeetingRow, view: Any) -> Mapping[str, str]:
        """Its facts; what everybody will ask is asked for here."""
        found = {
            "state": _stands(row),
            "sender": row.sender,
            "when": self._long(row.meets_at),
            "place": row.place,
            "convener": row.convener or ("" if row.received else _("not known yet; everybody asks")),
            "reply_by": self._long(row.reply_by),
            "entry": row.number,
        }
        if not isinstance(view, MeetingView):
            return found
        told = view.now
        sender = (view.entry.organisation, view.entry.name, view.entry.phone)
        read_back = _("read back") if view.read_back else ""
        return {
            **found,
            "sender": " · ".join(filter(None, (*sender, read_back))) if view.received else "",
            "agenda": told.agenda or ("" if row.received else _("not known yet; everybody asks")),
            **{name: getattr(told, name) for name in ("attendance", "materials", "dress", "issued_by")},
            "laid": self._done(view.laid_before, view.laid_at),
            "answered": " · ".join(
                filter(None, (self._done(view.answered_whom, view.answered_at), view.entry.outcome))
            ),
            "rounds": "\n".join(
                _("{round}: {when}, {place}").format(
                    round=one.ordinal, when=self._long(one.meets_at), place=one.place
                )
                for one in view.rounds[:-1]
            ),
            "entry": " · ".join((row.number, told.operator)),
        }

    def between(self) -> Sequence[QWidget]:
        """The grid."""
        self.grid = InviteeGrid(self.lanes, self)
        return (self.grid,)

    def stops_between(self) -> Sequence[QWidget]:
        """The grid's table."""
        return (self.grid.table,)

    def what(self, row: MeetingRow, view: Any) -> Named:
        """The notice, and whoever stands under the grid's cursor."""
        whole = view if isinstance(view, MeetingView) else None
        departments = self.catalogue.departments if self.catalogue is not None else ()
        who = self.grid.row if self.grid.entry_id == row.entry_id else None
        return MeetingAbout(self.name(row), row, whole, who, departments, self.zone)

    def shown(self, row: MeetingRow | None, view: Any) -> None:
        """The grid of another notice."""
        ours = row is not None and not row.received
        if not ours and self.grid.table.hasFocus():
            self.table.setFocus()  # what has the keys is about to be hidden
        self.grid.show_meeting(row.entry_id if row is not None and ours else None, self.zone)
        self._give_room()

    def refresh(self) -> None:
        """Ask anew for the list and the grid."""
        super().refresh()
        self.grid.refresh()

    def show_paper(self) -> bool:
        """The notice record and the sign-in sheet of the meeting under the cursor."""
        row = self.table.row()
        if row is None:
            return False
        forms = [Wanted("meeting_notice", {"number": row.number})]
        if not row.received:
            forms.append(Wanted("sign_in", {"number": row.number}, chosen=False))
        open_forms(self, self.lanes, *forms)
        return True

    def _connect(self) -> None:
        super()._connect()
        self._side.favour_facts()
        self.panel.watch(self.grid.table)
        self.grid.changed.connect(self._aim)
        self.grid.chosen.connect(self.open_entry)
        self.panel.asked.connect(self._listen)
        self._people: InviteeRecall | None = None
        self._senders: SenderRecall | None = None
        self._watched: QWidget | None = None
        self._in_grid = False
        self._called = ""

    @Slot()
    def _aim(self) -> None:
        """The cursor of the grid went elsewhere, or more is known of whoever stands there."""
        if (row := self.table.row()) is not None:
            view = self._view[1] if self._view is not None and self._view[0] == row.entry_id else None
            self.panel.show_about(self.what(row, view))

    @Slot()
    def _listen(self) -> None:
        """While a list is typed or pasted, offer whoever is known and say what is read in it."""
        step = self.panel.form.step
        self._in_grid = step is not None and step.name in OF_INVITEE
        fields = self.panel.form.fields
        field = fields.get("invitees")
        if field is not None:
            if field.editor is not self._watched:
                field.edited.connect(self._on_pasted)
                self._recall(field)
            self._say_pasted(field)
        elif step is TAKEN and fields["name"].editor is not self._watched:
            self._watched = fields["name"].editor
            self.senders.fill(fields, fields["subject"])

    def _recall(self, field: Field) -> None:
        """Offer departments and people under the list; who they are is known once it is asked for."""
        self._watched = field.editor
        if self.catalogue is not None:
            day = labels.today(self.catalogue.site.zone)
            self.people.know(department_choices(self.catalogue, day, outside=True))
        assert isinstance(field.editor, TextField)
        self.people.watch(field.editor)

    @property
    def people(self) -> InviteeRecall:
        """Who is offered while a list is typed."""
        if self._people is None:
            from ui.office.invitee_recall import InviteeRecall

            self._people = InviteeRecall(self.lanes, self, lambda: self.zone)
        return self._people

    @property
    def senders(self) -> SenderRecall:
        """Who is offered while it is typed who notifies us."""
        if self._senders is None:
            from ui.office.sender_recall import SenderRecall

            self._senders = SenderRecall(self.lanes, self, lambda: self.zone)
        return self._senders

    @Slot()
    def _on_pasted(self) -> None:
        field = self.panel.form.fields.get("invitees")
        if field is not None:
            self._say_pasted(field)

    def _say_pasted(self, field: Field) -> None:
        about = self.panel.form.case
        if isinstance(about, MeetingAbout):
            field.say(about.told(field.raw), role="care")

    @Slot(object)
    def _on_noted(self, result: Any) -> None:
        self.grid.go_on()
        super()._on_noted(result)

    @Slot()
    def _on_left(self) -> None:
        super()._on_left()
        if self.grid.isVisible() and self.grid.row is not None:
            self.grid.table.setFocus()

    def _give_room(self) -> None:
        """The grid and who is called stay in sight while it is asked what they say."""
        super()._give_room()
        step = self.panel.form.step
        ours = self.grid.entry_id is not None
        self.timeline.setVisible(not ours and step is None)
        if not ours:  # what they told us has the grid's place
            self.grid.hide()
            self.detail.setVisible(step is None or not self.wide(step))

    # Words.

    def _when(self, row: MeetingRow) -> str:
        """``11月24日 周二 15:42``."""
        if row.meets_at is None:
            return ""
        local = row.meets_at.astimezone(self.zone)
        language = current().language
        day = local.date()
        year = "" if day.year == dt.datetime.now(self.zone).year else f"{dates.year(day.year, language)} "
        short = f"{dates.short_date(day, language)} {dates.short_weekday(day, language)}"
        return f"{year}{short} {dates.clock(local)}"

    def _long(self, moment: dt.datetime | None) -> str:
        if moment is None:
            return ""
        local = moment.astimezone(self.zone)
        return f"{dates.long_date(local.date(), current().language)} {dates.clock(local)}"

    def _done(self, whom: str, at: dt.datetime | None) -> str:
        return f"{whom} · {dates.stamp(at.astimezone(self.zone), current().language)}" if at else ""


def _subject(row: MeetingRow) -> str:
    return row.subject


def _told(row: MeetingRow) -> str:
    if row.received:
        if row.answered_at is not None:
            return _("answered")
        return _("with the leader") if row.laid_at is not None else _("to us")
    return f"{row.told}/{row.invited}"


def _stands(row: MeetingRow) -> str:
    if row.void:
        return _("Void")
    parts = [_("The meeting is cancelled")] if row.cancelled else []
    if row.round > 1:
        parts.append(_("round {round}").format(round=row.round))
    if not row.received:
        counts = (
            _("{told} of {invited} told").format(told=row.told, invited=row.invited),
            _("{count} will attend").format(count=row.attends) if row.attends else "",
            _("{count} excused").format(count=row.excused) if row.excused else "",
            _("{count} not reached").format(count=row.unreached) if row.unreached else "",
        )
        parts += filter(None, counts)
    if row.ended:
        parts.append(_("over"))
    return " · ".join(parts)


def _tone(row: MeetingRow) -> str:
    return "alarm" if row.unreached else ""


def _icon(row: MeetingRow) -> str:
    return "phone-missed" if row.unreached else ""


def _why(row: MeetingRow) -> str:
    return _("{count} not reached").format(count=row.unreached) if row.unreached else ""
