"""Parcels and letters for staff: what lies here, and who took it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from reception.facts.office import ParcelStatus
from reception.facts.papers_in import ParcelRow
from reception.office_words import PARCEL_KINDS, PARCELS
from ui import words
from ui.office.panel import About
from ui.office.room import Room
from ui.referrals.step import Ask, Shape, Step, Values
from ui.widgets.table import Column
from ui.wording import N_, _


def _id(about: About) -> int:
    return int(about.row.id)


def _here(about: About) -> bool:
    return bool(about.row.status is ParcelStatus.HERE)


def _given(_about: About, values: Values) -> Mapping[str, Any]:
    """What was typed; the rest is as usual."""
    return {name: value for name, value in values.items() if value not in (None, "")}


def _changed(about: About, values: Values) -> Mapping[str, Any]:
    """What stands otherwise than before."""
    return {
        name: value for name, value in values.items() if (value or "") != (getattr(about.row, name) or "")
    }


TAKEN = Step(
    "take-in",
    "N",
    N_("Take in"),
    "office.parcels.take_in",
    _id,
    lambda _about: True,
    "plus",
    (
        Ask("whom", N_("For whom"), half=True),
        Ask("department_id", N_("Department"), Shape.DEPARTMENT, half=True),
        Ask(
            "kind",
            N_("What it is"),
            Shape.ONE_OF,
            options=PARCEL_KINDS,
            aside=True,
            suggest=lambda about: (about.view or {}).get("kind"),
        ),
        Ask("tracking", N_("Tracking number")),
        Ask("sender", N_("Sender"), aside=True, half=True),
        Ask("pieces", N_("Pieces"), Shape.NUMBER, aside=True, half=True),
        Ask("note", N_("Note"), aside=True),
    ),
    given=_given,
    anew=True,
)
HAND = Step(
    "hand",
    "1",
    N_("Hand out"),
    "office.parcels.hand_out",
    _id,
    _here,
    "check",
    (Ask("to", N_("Who took it?"), suggest=lambda about: about.row.whom),),
)
BACK = Step(
    "back",
    "2",
    N_("Sent back"),
    "office.parcels.send_back",
    _id,
    _here,
    "undo-2",
    (Ask("why", N_("Why?")),),
)
CORRECT = Step(
    "correct",
    "3",
    N_("Correct"),
    "office.parcels.amend",
    _id,
    lambda _about: True,
    "pencil",
    (
        Ask("whom", N_("For whom"), half=True, suggest=lambda about: about.row.whom),
        Ask("tracking", N_("Tracking number"), half=True, suggest=lambda about: about.row.tracking),
        Ask("sender", N_("Sender"), half=True, suggest=lambda about: about.row.sender),
        Ask("pieces", N_("Pieces"), Shape.NUMBER, half=True, suggest=lambda about: str(about.row.pieces)),
        Ask("note", N_("Note"), suggest=lambda about: about.row.note),
    ),
    given=_changed,
)


class ParcelsRoom(Room):
    """Space hands out what is under the cursor."""

    topic: ClassVar[str] = "office.parcels"
    rows_verb: ClassVar[str] = "office.parcels.rows"
    lists: ClassVar[tuple[tuple[str, str], ...]] = (
        ("here", N_("To be collected")),
        ("long", N_("Here too long")),
        ("all", N_("All")),
    )
    steps: ClassVar[tuple[Step, ...]] = (TAKEN, HAND, BACK, CORRECT)
    searched: ClassVar[str] = N_("Name, department, sender, tracking number")
    list_words: ClassVar[str] = N_("Parcels and letters for staff")
    empty: ClassVar[str] = N_("Nothing lies here. Ctrl+N takes something in.")
    kinds: ClassVar[tuple[str, ...]] = ("parcel", "department", "setting")

    def columns(self) -> Sequence[Column[ParcelRow]]:
        """The columns of the list."""
        return (
            Column("whom", _("For whom"), _whom, 0),
            Column("kind", _("What it is"), _kind, 12, least=8),
            Column("tracking", _("Tracking number"), _tracking, 16),
            Column("came", _("Taken in"), self._came, 12, least=6),
            Column("stands", _("Status"), _stands, 12, tone=_tone, icon=_icon, note=_long, least=8),
        )

    def entry(self, row: ParcelRow) -> int | None:
        """It belongs to no entry."""
        return None

    def name(self, row: ParcelRow) -> str:
        """Whom it is for."""
        return _whom(row)

    def place(self, row: ParcelRow) -> ParcelRow:
        """The page below begins after it."""
        return row

    def labels(self) -> Mapping[str, str]:
        """What is told of it."""
        return {
            "stands": _("Status"),
            "department": _("Department"),
            "kind": _("What it is"),
            "sender": _("Sender"),
            "tracking": _("Tracking number"),
            "pieces": _("Pieces"),
            "came": _("Taken in"),
            "handed": _("Handed out"),
            "note": _("Note"),
            "operator": _("Clerk"),
        }

    def values(self, row: ParcelRow, view: Any) -> Mapping[str, str]:
        """Its facts."""
        handed = words.when(row.handed_at, self.zone) if row.handed_at else ""
        return {
            "stands": " · ".join(filter(None, (_(PARCELS[row.status]), _long(row)))),
            "department": row.department_name,
            "kind": _(PARCEL_KINDS[row.kind]),
            "sender": row.sender,
            "tracking": row.tracking,
            "pieces": str(row.pieces) if row.pieces > 1 else "",
            "came": words.when(row.received_at, self.zone),
            "handed": " · ".join(filter(None, (row.handed_to, handed))),
            "note": row.note,
            "operator": row.operator,
        }

    def _came(self, row: ParcelRow) -> str:
        return words.when(row.received_at, self.zone, dt.datetime.now(self.zone).date())


def _whom(row: ParcelRow) -> str:
    return " · ".join(filter(None, (row.whom, row.department_name)))


def _kind(row: ParcelRow) -> str:
    kind = _(PARCEL_KINDS[row.kind])
    return f"{kind} × {row.pieces}" if row.pieces > 1 else kind


def _tracking(row: ParcelRow) -> str:
    return row.tracking


def _stands(row: ParcelRow) -> str:
    if row.status is ParcelStatus.HANDED:
        return row.handed_to
    return _(PARCELS[row.status])


def _tone(row: ParcelRow) -> str:
    return "alarm" if row.long else ""


def _icon(row: ParcelRow) -> str:
    return "triangle-alert" if row.long else ""


def _long(row: ParcelRow) -> str:
    return _("for {days} days").format(days=row.days) if row.long else ""
