"""A form that was put aside: everything that was typed, nothing else."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import field
from typing import Any

from reception.errors import DeskError
from reception.facts import Kind, Party
from reception.shapes import dataclass
from ui.wording import _
from ui.words import KINDS

_CONTACT = {"phone", "name", "organisation", "person_id", "sex"}


@dataclass(frozen=True, slots=True)
class Draft:
    """What `EntryForm.draft` gives and `EntryForm.restore` takes back unchanged.

    ``uid`` was made when the form was begun: saving the same draft twice is one act. ``raw`` holds the fields
    that were typed into; ``error`` says why an attempt to save it failed. ``focus`` names the field that had
    the keyboard and ``cursor`` is anchor and position in its text. Of a correction ``entry_id`` and
    ``version`` are the entry's as it was shown, and ``raw`` holds what was changed.
    """

    kind: Kind
    uid: uuid.UUID
    started: dt.datetime | None
    raw: dict[str, Any] = field(default_factory=dict)
    people: tuple[Party, ...] = ()
    by_hand: bool = False
    unfolded: bool = False
    error: DeskError | None = None
    focus: str = ""
    cursor: tuple[int, int] | None = None
    entry_id: int | None = None
    version: int | None = None

    @property
    def contact_only(self) -> bool:
        """Whether nothing but who it is was typed."""
        return bool(self.raw) and set(self.raw) <= _CONTACT and not self.people

    def says_other_than(self, other: Draft) -> bool:
        """Whether an entry made of it would hold other words."""
        return (self.kind, self.raw, self.people) != (other.kind, other.raw, other.people)

    @property
    def caption(self) -> str:
        """Who or what it is about, short enough for a button."""
        subject = self.raw.get("subject") or (None, "")
        words = (self.raw.get("name"), self.raw.get("phone"), subject[1], self.raw.get("organisation"))
        text = next((" ".join(word.split()) for word in words if word and word.strip()), _(KINDS[self.kind]))
        return text if len(text) <= 12 else text[:11] + "…"

    def minutes(self, now: dt.datetime) -> int:
        """How long ago it was begun, in whole minutes."""
        return int((now - self.started).total_seconds() // 60) if self.started is not None else 0
