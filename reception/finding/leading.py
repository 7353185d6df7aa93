"""The conditions to which postings lead: a word, digits, letters meant for a name, a column's value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reception.finding import blocks, pieces
from reception.finding.blocks import Block, Hits
from reception.finding.glances import Glance
from reception.finding.protocol import EVERYTHING, Condition, Led, Split
from reception.finding.records import Record

_NOBODY: Hits = set()


@dataclass(frozen=True, slots=True)
class _Led:
    """A condition to which several ways lead, each of keys that an entry then has all of."""

    ways: tuple[tuple[bytes, ...], ...]

    def keys(self) -> Iterator[bytes]:
        """Those of all ways."""
        for way in self.ways:
            yield from way

    def scouts(self, depth: int) -> Iterator[bytes]:
        """The first ones of each way."""
        return (key for way in self.ways for key in way[:depth])

    def hits(self, block: Block, among: Hits | None = EVERYTHING) -> Hits | None:
        """Those to which any way leads."""
        found = _NOBODY
        for way in self.ways:
            one = block.hits(way, among)
            if one is among or one is None:
                return among
            if one:
                found = blocks.either(found, one) if found else one
        return found

    def _planned(self, known: Block) -> tuple[int, tuple[tuple[bytes, ...], ...]]:
        """The ways with the rarest key of each first, and how many entries they lead to about."""
        ways = tuple(tuple(sorted(way, key=known.count)) for way in self.ways)
        return sum(known.count(way[0]) if way else known.span for way in ways), ways

    def split(self: Led) -> Split:
        """One way is its keys."""
        return (self.ways[0], ()) if len(self.ways) == 1 else ((), (self,))


@dataclass(frozen=True, slots=True)
class Word(_Led):
    """A word stands in a text or a telephone, in the name of the matter, or is how a name sounds."""

    word: str
    """Folded."""
    digits: str = ""
    """To be found in a telephone number, however that was written."""
    letters: str = ""
    """To be found among the readings of a name."""
    matters: frozenset[int] = frozenset()
    """Those whose names hold the word."""
    few_digits: bool = False

    def fits(self, record: Record) -> bool:
        """Whether it does."""
        return (
            self.word in record.texts
            or (self.digits != "" and self.digits in record.digits)
            or (not self.few_digits and self.word in record.phones)
            or record.matter_id in self.matters
            or (self.letters != "" and any(pieces.sounds_like(name, self.letters) for name in record.names))
        )

    def among(self, glance: Glance) -> set[int]:
        """The same, looked for in all of them at once."""
        found = glance.holding("texts", self.word)
        if self.digits:
            found |= glance.holding("digits", self.digits)
        if not self.few_digits:
            found |= glance.holding("phones", self.word)
        if self.matters:
            found |= glance.having("matter_id", self.matters)
        if self.letters:
            found |= glance.sounding_like(self.letters)
        return found

    def planned(self, known: Block) -> tuple[int, Condition]:
        """With the rarest piece of each way first."""
        count, ways = self._planned(known)
        return count, replace(self, ways=ways)


@dataclass(frozen=True, slots=True)
class Digits(_Led):
    """The digits stand in one number of a telephone field, however that was written."""

    digits: str

    def fits(self, record: Record) -> bool:
        """Whether they do."""
        return self.digits in record.digits

    def among(self, glance: Glance) -> set[int]:
        """Those with the digits."""
        return glance.holding("digits", self.digits)

    def planned(self, known: Block) -> tuple[int, Condition]:
        """With the rarest piece first."""
        count, ways = self._planned(known)
        return count, replace(self, ways=ways)


@dataclass(frozen=True, slots=True)
class SoundsLike(_Led):
    """The letters are meant for a name: ``pieces.sounds_like``."""

    letters: str

    def fits(self, record: Record) -> bool:
        """Whether they are."""
        return any(pieces.sounds_like(name, self.letters) for name in record.names)

    def among(self, glance: Glance) -> set[int]:
        """Those with such a name."""
        return glance.sounding_like(self.letters)

    def planned(self, known: Block) -> tuple[int, Condition]:
        """With the rarest piece of each way first."""
        count, ways = self._planned(known)
        return count, replace(self, ways=ways)


@dataclass(frozen=True, slots=True)
class Is(_Led):
    """A column has this value."""

    column: str
    value: object

    def fits(self, record: Record) -> bool:
        """Whether it has."""
        return bool(getattr(record, self.column) == self.value)

    def among(self, glance: Glance) -> set[int]:
        """Those with the value."""
        return glance.having(self.column, (self.value,))

    def planned(self, known: Block) -> tuple[int, Condition]:
        """There is but one way."""
        return self._planned(known)[0], self


def word(folded: str, digits: str, letters: str, matters: frozenset[int]) -> Condition:
    """What ``Word`` says; ``digits`` and ``letters`` may be ``""``."""
    ways = [_way(folded)]
    if digits and digits != folded:
        ways.append(_way(digits))
    if letters:
        ways += pieces.of_letters(letters)
    ways += [(pieces.value("matter_id", one),) for one in sorted(matters)]
    return Word(tuple(ways), folded, digits, letters, matters, pieces.is_few_digits(folded))


def digits(wanted: str) -> Condition:
    """The digits stand in a telephone number."""
    return Digits((_way(wanted),), wanted)


def sounds_like(letters: str) -> Condition:
    """The letters are meant for a name."""
    return SoundsLike(tuple(pieces.of_letters(letters)), letters)


def is_(column: str, value: object) -> Condition:
    """A column has a value."""
    return Is(((pieces.value(column, value),),), column, value)


def _way(text: str) -> tuple[bytes, ...]:
    return tuple(pieces.encoded(pieces.of_word(text)))
