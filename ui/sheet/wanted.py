"""What is wanted on paper: which forms, of what, in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from reception.numbers import day_date

Argument = str | int
REPORT = "event_report"
_SHORT = 31
"""So many days are read and laid out like one: the first page is there at once."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A form (``reception.paper.forms``) and the arguments of its ``collect``.

    One that is not ``chosen`` is only offered in the list of the job. ``known`` is printed when the register
    does not answer: the facts themselves, as the form's ``collect`` returns them; ``offline`` says that it is
    known not to, so that nobody waits for it.
    """

    name: str
    args: Mapping[str, Argument] = field(default_factory=dict)
    chosen: bool = True
    note: str = ""
    """What tells it from another of the same day in the window, translated."""
    known: object = None
    offline: bool = False

    @property
    def long(self) -> bool:
        """Whether it may go over years: its child reads the register by itself, and tells how far it is."""
        first, last = (day_date(int(self.args.get(name) or 19900101)) for name in ("first_day", "last_day"))
        return "year" in self.args or (last - first).days > _SHORT

    @property
    def day(self) -> int:
        """The day that it is of, 0 when it is of none."""
        return int(self.args.get("day", 0))


@dataclass(frozen=True, slots=True)
class Job:
    """Several forms that go to the printer together.

    ``then`` is what happens as soon as they are shown: "print" asks for the printer, "save" for a file.
    """

    wanted: tuple[Wanted, ...]
    then: str = ""

    @property
    def chosen(self) -> tuple[Wanted, ...]:
        """Those that are printed, in their order."""
        return tuple(one for one in self.wanted if one.chosen)

    @property
    def single(self) -> Wanted | None:
        """The one form that it is of; the reports of a day's urgent events go with its sheet."""
        leading = [one for one in self.chosen if one.name != REPORT] or list(self.chosen)
        return leading[0] if len(leading) == 1 else None


def moved(wanted: Wanted, args: dict[str, int]) -> Wanted:
    """The same form of another day or period; a period of one day goes with the day."""
    mine = dict(wanted.args)
    if "day" in args:
        at = args["day"]
        if "day" in mine:
            mine["day"] = at
        elif mine.get("first_day") == mine.get("last_day") and "first_day" in mine:
            mine |= {"first_day": at, "last_day": at}
    elif "first_day" in mine:
        mine |= args
    return replace(wanted, args=mine)
