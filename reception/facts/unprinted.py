"""What paper cannot print as it is, because no font of the computer has it."""

from __future__ import annotations

from reception.shapes import dataclass


@dataclass(frozen=True, slots=True)
class UnprintedLine:
    """A line of a form: its key, the number of its entry or "", the characters, and the text they are in."""

    key: str
    number: str
    characters: str
    text: str


@dataclass(frozen=True, slots=True)
class Unprinted:
    """The lines of a form with characters that are printed as code points in boxes; false without any."""

    found: tuple[UnprintedLine, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.found)

    @property
    def characters(self) -> str:
        """The characters, each once, in the order of the form."""
        return "".join(dict.fromkeys("".join(line.characters for line in self.found)))
