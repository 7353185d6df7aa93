"""Prints: what is about to be printed, and what a sheet says that was printed once."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from reception.shapes import dataclass


@dataclass(frozen=True, slots=True)
class Promise:
    """What a print will show, sealed before anything is written.

    ``arguments`` is canonical JSON. ``heads`` is JSON too: how far each desk's journal went when the lines
    were read. ``digests`` are packed (``reception.proofs``), ``digest`` is the SHA-256 of them, as text.
    ``corrected`` are the keys of the lines that the last print of the same showed otherwise. None of it says
    what stands in a line.
    """

    form: str
    subject: str
    arguments: str
    language: str
    heads: str
    lines: int
    salt: bytes
    digests: bytes
    digest: str
    corrected: frozenset[str]


@dataclass(frozen=True, slots=True)
class Print:
    """A print that was made: of what, the how-manieth, when, by whom, at which desk.

    ``head`` is what the paper shows of the journal's head.
    """

    id: int
    form: str
    subject: str
    language: str
    count: int
    code: str
    lines: int
    made_at: dt.datetime
    made_by: str
    desk: str
    head: str


class LineState(StrEnum):
    """What became of a line that stands on a sheet, or would stand there now."""

    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did what when; ``verb`` is a word of ``words.VERBS``, ``kind`` what it was done to.

    ``name`` is which one, as it is called now, where that is no entry and no person.
    """

    at: dt.datetime
    operator: str
    desk: str
    verb: str
    kind: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A line of a sheet that the register holds otherwise.

    ``entry_id`` is 0 and ``number`` empty where the line is of no entry (head, totals). ``deeds`` is what was
    done to it since the print, first to last; empty where something else changed that it shows. Not
    ``explained`` is what no act of the trail can have changed: somebody did it behind the program's back.
    """

    key: str
    state: LineState
    entry_id: int
    number: str
    deeds: tuple[Deed, ...] = ()
    explained: bool = True


@dataclass(frozen=True, slots=True)
class Verified:
    """What became of a sheet: nothing, if there are no ``differences`` and the line of its print ``holds``.

    ``elsewhere`` is what was done since to what lines show without being of them: departments, matters, the
    site's settings. ``prints`` counts the prints of this form and subject: a later one may replace the sheet.
    """

    sheet: Print
    holds: bool
    differences: tuple[Difference, ...]
    elsewhere: tuple[Deed, ...]
    prints: int

    @property
    def same(self) -> bool:
        """Whether the register still holds exactly what the sheet shows."""
        return self.holds and not self.differences

    @property
    def unexplained(self) -> int:
        """How many of the lines no act of the trail explains."""
        return sum(not one.explained for one in self.differences)
