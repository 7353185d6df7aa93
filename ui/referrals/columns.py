"""What the list of the Referrals page says of each row: referrals first of all, visitors and calls too."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from reception import dates
from reception.facts import Catalogue, PartStatus, ReferralRow, ReferralStatus, Role, Todo, TodoRow
from reception.words import TODOS
from ui import labels, words
from ui.today.signs import sign_of
from ui.waiting import Waiting
from ui.widgets.table import Column
from ui.wording import _, current

_TONES = {PartStatus.SENT: "care", PartStatus.RETURNED: "alarm", PartStatus.ANSWERED: "good"}
_AS_IT_STANDS = (Todo.UNDER_WAY, Todo.ENDED)
"""Of these the list says where the part stands: nothing is to be done."""


class Cells:
    """Makes the cells; it knows the site's zone, its departments and its hours."""

    def __init__(self) -> None:
        self.zone = ZoneInfo("UTC")
        self._names: dict[str, str] = {}
        self._waiting = Waiting()

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Take the site's."""
        self.zone = labels.zone(catalogue.site.zone)
        self._names = {one.code: one.name for one in catalogue.departments}
        self._waiting = Waiting(catalogue.site, catalogue.years)

    def columns(self, *without: str) -> list[Column[TodoRow]]:
        """The columns of a list, but for those named."""
        every = (
            Column("what", _("What"), self._what, width=17, tone=self._tone, icon=self._icon, least=16),
            Column("name", _("Number"), _name, width=18, least=19),
            Column("due", _("Due"), self._due, width=10, least=8, tone=_due_tone, icon=_due_icon, note=_late),
            Column("department", _("Department"), self._department, width=20, least=13),
            Column("person", _("Name"), _person, width=12, icon=labels.lock, note=labels.guarded, least=8),
            Column("subject", _("Matter"), _subject, least=16),
            Column("told", _("Told whom"), _told, width=12, least=9),
            Column("since", _("Since"), self._since, width=12, least=11),
        )
        return [one for one in every if one.name not in without]

    def sign(self, row: TodoRow) -> tuple[str, str, str]:
        """Word, icon and tone, which always say the same."""
        now = dt.datetime.now(dt.UTC)
        if row.referral is not None and row.what in _AS_IT_STANDS:
            return _standing(row.referral)
        if row.overdue_days and row.what is Todo.OVERDUE:
            return _("{n} wd overdue").format(n=row.overdue_days), "triangle-alert", "alarm"
        return sign_of(row, self._waiting, now)

    def _what(self, row: TodoRow) -> str:
        return self.sign(row)[0]

    def _icon(self, row: TodoRow) -> str:
        return self.sign(row)[1]

    def _tone(self, row: TodoRow) -> str:
        return self.sign(row)[2]

    def _since(self, row: TodoRow) -> str:
        today = dt.datetime.now(self.zone).date()
        at = row.referral.part.sent_at if row.referral is not None else row.since
        return words.when(at, self.zone, today)

    def _due(self, row: TodoRow) -> str:
        if row.referral is not None:
            return words.due(row.referral, self.zone, whole=False)
        if row.due_at is None:
            return ""
        today = dt.datetime.now(self.zone).date()
        return dates.clock_on(row.due_at.astimezone(self.zone), today, current().language)

    def _department(self, row: TodoRow) -> str:
        if row.referral is None:
            return self._names.get(row.department, row.department)
        part = row.referral.part
        return (
            part.department_name if part.role is Role.LEAD else f"{part.department_name} · {_role(part.role)}"
        )


def key(row: TodoRow) -> int:
    """The identity of a row, the same whatever is to be done about it."""
    if row.part_id is not None:
        return key_of_part(row.part_id)
    if row.callback_id is not None:
        return row.callback_id * 4 + 1
    if row.record_id is not None:
        return -(row.record_id * 32 + list(Todo).index(row.what))
    return row.entry_id * 4 + (2 if row.what is Todo.CALLBACK else 3)


def key_of_part(part_id: int) -> int:
    """The identity of a part's row."""
    return part_id * 4


def matter(row: TodoRow) -> tuple[str, int]:
    """What a row is about, also once another part of the referral stands in the list in its place."""
    if row.referral_id is not None:
        return "referral", row.referral_id
    return ("entry", row.entry_id) if row.record_id is None else (row.what.value, row.record_id)


def _role(role: Role) -> str:
    return _(words.ROLES[role])


def _standing(row: ReferralRow) -> tuple[str, str, str]:
    status = row.part.status
    if row.referral_status in (ReferralStatus.CLOSED, ReferralStatus.WITHDRAWN):
        return _(words.REFERRALS[row.referral_status]), "circle-check", "muted"
    if row.term is not None and row.term.paused_at is not None:
        return _("Clock stands"), "pause", "care"
    return _(words.PARTS[status]), words.PART_ICONS[status], _TONES.get(status, "")


def _due_tone(row: TodoRow) -> str:
    return "alarm" if row.overdue_days else ""


def _due_icon(row: TodoRow) -> str:
    return "triangle-alert" if row.overdue_days and row.what is not Todo.OVERDUE else ""


def _late(row: TodoRow) -> str:
    return _("{n} wd overdue").format(n=row.overdue_days) if row.overdue_days else ""


def _name(row: TodoRow) -> str:
    return row.referral.part.name if row.referral is not None else row.number


def _person(row: TodoRow) -> str:
    return labels.veiled(row.person) if row.identity_protected else row.person or "—"


def _subject(row: TodoRow) -> str:
    if row.referral is None:
        return row.text
    about = row.referral.subject or row.referral.matter
    asks = row.referral.asked and row.what is not Todo.ASKED
    return f"{about} · {_(TODOS[Todo.ASKED])}" if asks else about


def _told(row: TodoRow) -> str:
    return row.referral.part.told_whom if row.referral is not None else ""
