"""What a step is: its key, its words, what it asks for, and when it makes sense."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from reception.shapes import dataclass

if TYPE_CHECKING:
    from ui.referrals.case import Case


class Named(Protocol):
    """What a step may be about."""

    @property
    def name(self) -> str:
        """What it is called, in titles and messages; others may be called so too."""

    @property
    def mark(self) -> str:
        """What half-typed text is kept under: it stays, and is of nothing else in the same list."""


Values = Mapping[str, Any]
"""What stands in the fields of a form, by name."""


class Shape(StrEnum):
    """What a field looks like, and what is read from it."""

    LINE = "line"
    TEXT = "text"
    LIST = "list"
    """One thing a line."""
    NUMBER = "number"
    MOMENT = "moment"
    """One that is over: without its date today's, without its year the last such day."""
    AHEAD = "ahead"
    """One that is to come."""
    DAY = "day"
    """``YYYYMMDD``, today or before."""
    ONE_OF = "one-of"
    DEPARTMENT = "department"


class Yes(StrEnum):
    """A question that wants yes or no and may stay open."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Ask:
    """One fact that a step asks for.

    Args:
        name: what the register's refusals call it; ``also`` are further such names.
        label: what stands beside the field.
        shape: what the field looks like.
        to: the argument of the verb that it fills, if that is called otherwise.
        hint: stands in the empty field.
        options: what there is to choose from, with the words.
        needed: the verb cannot be asked without it.
        aside: seldom told, so that Enter passes it by; Tab leads to it.
        suggest: what stands there at first; of a department its code.
        wanted: whether it is asked at all, by the case and by what stands in the fields before it.
        unit: what a number counts, by the case; translated.
        half: shares its line with the field beside it that has half a line too.
        lines: the height of a text of several lines.
    """

    name: str
    label: str
    shape: Shape = Shape.LINE
    to: str = ""
    also: tuple[str, ...] = ()
    hint: str = ""
    options: Mapping[Any, str] | None = None
    needed: bool = False
    aside: bool = False
    suggest: Callable[[Any], Any] | None = None
    wanted: Callable[[Any, Values], bool] | None = None
    unit: Callable[[Any], str] | None = None
    half: bool = False
    lines: int = 2


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Args:
        name: what code calls it.
        key: a digit or a letter: alone in a list, with Ctrl anywhere on the page.
        title: what its button says.
        verb: what notes it.
        subject: whose id the verb takes.
        makes_sense: whether it is offered; the register has the last word.
        icon: that of its button.
        asks: the facts that it needs; none are noted at once.
        sentence: what is to be known before it is agreed to, such as that it cannot be taken back.
        about: the same where it depends on the case; translated.
        given: makes the verb's arguments from the values, where they are not simply those.
        result: how it ended, by the values, for the line that says that it is noted; translated.
        moves: another part may go on after it than the one it was about.
        blind: it may be done about what is sealed for whoever does it.
        foresee: a reading verb that tells what would become of the due date.
        anew: it begins something new: its verb is about no row.
    """

    name: str
    key: str
    title: str
    verb: str
    subject: Callable[[Any], int | None]
    makes_sense: Callable[[Any], bool]
    icon: str
    asks: tuple[Ask, ...] = ()
    sentence: str = ""
    about: Callable[[Any], str] | None = None
    given: Callable[[Any, Values], Mapping[str, Any]] | None = None
    result: Callable[[Values], str] | None = None
    foresee: str = ""
    moves: bool = False
    blind: bool = False
    anew: bool = False

    def arguments(self, case: Any, values: Values) -> Mapping[str, Any]:
        """The verb's arguments from what stands in the fields that are asked."""
        plain = {
            name: value is Yes.YES if isinstance(value, Yes) else value for name, value in values.items()
        }
        if self.given is not None:
            return self.given(case, plain)
        return {(ask.to or ask.name): plain[ask.name] for ask in self.asks if ask.name in plain}


def part(case: Case) -> int | None:
    """The id of the department's part."""
    return case.row.part.id if case.row is not None else None


def referral(case: Case) -> int | None:
    """The id of the whole referral."""
    return case.row.referral_id if case.row is not None else None


def entry(case: Case) -> int | None:
    """The id of the entry."""
    return case.todo.entry_id


def reminder(case: Case) -> int | None:
    """The id of the latest reminder to which the department has said nothing."""
    return case.unanswered_reminder.id if case.unanswered_reminder is not None else None


def call(case: Case) -> int | None:
    """The id of the call-back, or of the entry that only says that a call is wanted."""
    return case.todo.callback_id if case.todo.callback_id is not None else case.todo.entry_id


def possible(case: Any, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps that make sense for what stands under the cursor; what begins something new always does."""
    sealed = bool(getattr(getattr(case, "row", None), "sealed", False))
    return tuple(
        one
        for one in steps
        if one.anew or (case is not None and one.makes_sense(case) and (one.blind or not sealed))
    )
