"""Who comes and calls: people are made from their place in the crowd alone, so a crowd costs no memory."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from random import Random
from typing import Any

from reception.demo import names, scenery
from reception.facts import Party, Sex
from reception.operations import cleaning

_KEPT = 20_000
_NEW = 0.1
_LATELY = 0.74
_REGULARS = 60
_SOON = 400
_WORKERS_OF_ONE_SITE = 40

Row = dict[str, Any]
"""The columns of ``entry_party`` but for the entry and the position."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the crowd; ``all`` is what is written down if they tell everything."""

    name: str
    sex: Sex
    all: Row

    def row(
        self, *, name: str | None = None, phone: bool = True, home: bool = True, document: bool = False
    ) -> Row:
        """What they told this time; ``name`` stands for theirs when they gave another form of it, or none."""
        row = dict(self.all)
        if name is not None:
            row["name"] = name
        if not phone:
            row["phone"] = row["phone_digits"] = ""
        if not home:
            row["organisation"], row["sex"] = "", None
        if not document:
            row["document_type"] = row["document_number"] = ""
        return row


def make(name: str, sex: Sex, phone: str, organisation: str, document: str = "") -> Person:
    """A person, written down as the desk would."""
    told = Party(name, phone, organisation, sex, "居民身份证" if document else "", document)
    return Person(name, sex, cleaning.party(told, 0))


class Crowd:
    """The people around a desk; ``dice`` decides who comes, ``seed`` who they are."""

    def __init__(self, dice: Random, seed: int) -> None:
        self._dice = dice
        self._seed = seed
        self._size = _REGULARS
        self._known: OrderedDict[int, Person] = OrderedDict()

    def somebody(self) -> Person:
        """A new face, somebody who was here lately, one of the regulars, or anyone at all."""
        dice = self._dice
        roll = dice.random()
        if roll < _NEW:
            self._size += 1
            return self._person(self._size - 1)
        if roll < _NEW + _LATELY:
            # most who return do so soon: some hundred new faces ago
            ago = int(dice.expovariate(1 / _SOON))
            return self._person((self._size - 1 - ago) % self._size)
        if roll < 0.92:
            return self._person(dice.randrange(_REGULARS))
        return self._person(dice.randrange(self._size))

    def workmates(self, count: int) -> list[Person]:
        """People of one building site, who give the same foreman's number."""
        first = self._size - self._size % _WORKERS_OF_ONE_SITE
        return [self._person(first + one, worker=True) for one in range(count)]

    def _person(self, index: int, *, worker: bool = False) -> Person:
        key = -1 - index if worker else index
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = _made(self._seed, index, worker=worker)
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return found


def _made(seed: int, index: int, *, worker: bool) -> Person:
    dice = Random(seed << 40 | index << 1 | worker)
    sex = Sex.MALE if worker or dice.random() < 0.48 else Sex.FEMALE
    name, document = names.person(dice, sex), scenery.identity_number(dice, sex)
    roll = dice.random()
    if worker or roll < 0.06:
        crew = Random(seed << 40 | 1 << 39 | index // _WORKERS_OF_ONE_SITE)
        return make(name, sex, scenery.mobile(crew), scenery.site(crew), document)
    if roll < 0.16:
        return make(name, sex, scenery.landline(dice), scenery.employer(dice), document)
    if roll < 0.22:
        return make(name, sex, scenery.mobile(dice), scenery.employer(dice), document)
    if roll < 0.25:
        return make(name, sex, "", scenery.home(dice), document)
    number = scenery.mobile(dice)
    if dice.random() < 0.04:
        number = scenery.spoken(dice, number)
    return make(name, sex, number, scenery.home(dice), document)
