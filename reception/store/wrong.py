"""What a check finds: each trouble one sentence in the words of whoever reads it, all of them gathered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from reception import timeline
from reception.errors import RegisterUnusableError
from reception.wording import N_

MOST = 50
"""Troubles that are told one by one; of more only how many there are."""
KINDS: Mapping[str, str] = {
    "setting": N_("Setting"),
    "desk": N_("Desk"),
    "operator": N_("Clerk"),
    "department": N_("Department"),
    "matter": N_("Matter of the catalogue"),
    "person": N_("Person"),
    "working_year": N_("Year of working days"),
    "limit_rule": N_("Time limit"),
    "absence": N_("Absence"),
    "duty": N_("Duty"),
    "pinned_note": N_("Pinned note"),
    "handover": N_("Handover"),
    "printed": N_("Printed sheet"),
    "picture": N_("Picture"),
}
_FIELDS: Mapping[str, str] = {
    **timeline.FIELDS,
    "subject": N_("Subject"),
    "outcome": N_("Outcome"),
    "department_id": N_("Department"),
    "document_number": N_("Number of document"),
    "organisation": N_("Organisation or address"),
    "version": N_("Number of changes"),
    "value": N_("Value"),
    "active": N_("In use"),
    "day": N_("Day"),
    "epoch": N_("Number"),
    "sequence": N_("Number"),
    "position": N_("Place among the persons"),
    "phone_digits": N_("Phone"),
    "operator_id": N_("Clerk"),
    "told_whom": N_("Told whom"),
    "code": N_("Code"),
    "form": N_("Form"),
    "count": N_("How often it was printed"),
    "lines": N_("Lines"),
    "heads": N_("How far the journals went"),
    "epoch_day": N_("Latest day with numbers"),
    "department.name": N_("What it is called"),
    "matter.name": N_("What it is called"),
    "printed.subject": N_("What it is a print of"),
}


@dataclass(frozen=True, slots=True)
class Word:
    """A value that is a word of the program, in English."""

    text: str

    def said(self, translate: Callable[[str], str]) -> str:
        """It in the reader's language."""
        return translate(self.text)


@dataclass(frozen=True, slots=True)
class Record:
    """A record by its kind and its code, name or id."""

    kind: str
    name: object

    def said(self, translate: Callable[[str], str]) -> str:
        """It in the reader's language."""
        return f"{translate(KINDS[self.kind])} {self.name}"


@dataclass(frozen=True, slots=True)
class Fields:
    """Fields of a record as the trail calls them (``part.received_at``)."""

    names: tuple[str, ...]

    def said(self, translate: Callable[[str], str]) -> str:
        """Them in the reader's language; what has no word as the tables call it."""
        lasts = ((name, name.rpartition(".")[2]) for name in self.names)
        words = (_FIELDS.get(name) or _FIELDS.get(last) or last for name, last in lasts)
        return translate(", ").join(dict.fromkeys(map(translate, words)))


class NotWholeError(RegisterUnusableError):
    """Something in the register is not what its trail says, or does not hold together."""

    def say(self, translate: Callable[[str], str] = str) -> str:
        """The sentence in the language of ``translate``, its values too."""
        values = {
            name: value.said(translate) if isinstance(value, Word | Record | Fields) else value
            for name, value in self.values.items()
        }
        return translate(self.template).format(**values)


def wrong(template: str, **values: Any) -> NoReturn:
    """Say what is wrong where nothing can be compared after it."""
    raise NotWholeError(template, **values)


@dataclass(slots=True)
class Findings:
    """All that is wrong: the first ``MOST`` troubles, and how many ``more`` there are."""

    troubles: list[NotWholeError] = field(default_factory=list)
    more: int = 0
    _told: set[str] = field(default_factory=set)

    def note(self, template: str, **values: Any) -> None:
        """Something is wrong; what comes after it can still be compared."""
        self.add(NotWholeError(template, **values))

    def add(self, trouble: NotWholeError) -> None:
        """As ``note``, where it was raised."""
        if (sentence := str(trouble)) in self._told:
            return
        if len(self.troubles) == MOST:
            self.more += 1
            return
        self._told.add(sentence)
        self.troubles.append(trouble)
