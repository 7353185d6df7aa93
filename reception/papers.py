"""How the site's settings of its paper are written, so that window, terminal and paper read them alike.

``paper_letterhead`` and ``paper_logo`` (a picture's digest) stand on every form; ``paper_size`` and
``paper_margins`` hold for all; ``paper_daily_sheet_columns`` for one. Empty leaves it to the form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reception.shapes import dataclass
from reception.text.patterns import later

PAPERS = {
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
    "Letter": (215.9, 279.4),
    "label-100x60": (100.0, 60.0),
    "roll-80": (80.0, 0.0),
    "roll-58": (58.0, 0.0),
}
"""Width and height in millimetres, upright; a roll is cut where the form ends."""
SHEETS = ("A4", "A5", "Letter")
"""What a form with head and foot is printed on."""
PREFIX = "paper_"
OF_ALL = frozenset({"letterhead", "logo", "size", "margins"})
OF_ONE = frozenset({"size", "turned", "margins", "columns", "rows", "signatures"})
NONE = "-"
"""What is written where a form is to have no signatures."""
MARGIN, COLUMN, ROWS, SIGNATURES = (5.0, 50.0), (5.0, 200.0), 40, 6
"""From and to, in millimetres; blank rows and signatures at most."""
_COLUMN = later(r"([a-z][a-z_]*)(?::(\d{1,3}(?:\.\d)?))?\Z")
_NUMBER = later(r"\d{1,3}(?:\.\d)?\Z")
_DIGEST = later(r"(?:[0-9a-f]{64})?\Z")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A column that is printed, and its width in millimetres; 0 leaves the width to the form."""

    key: str
    width: float = 0.0


def key(part: str, form: str = "") -> str:
    """The setting's key: of one form, or of all."""
    return f"{PREFIX}{form}_{part}" if form else PREFIX + part


def part_of(name: str) -> str:
    """Which part of the look a setting says; "" where it is none of the paper's."""
    form, _sep, part = name.removeprefix(PREFIX).rpartition("_")
    return part if part in (OF_ONE if form else OF_ALL) and name.startswith(PREFIX) else ""


def is_right(part: str, value: str) -> bool:
    """Whether a setting's value can be read."""
    try:
        _READ[part](value)
    except (ValueError, KeyError):
        return False
    return True


def size(text: str) -> str:
    """A paper by its name; "" for the form's own. Raises ValueError."""
    if text and text not in PAPERS:
        raise ValueError(text)
    return text


def turned(text: str) -> bool | None:
    """Whether it lies on its side. Raises ValueError."""
    return {"": None, "yes": True, "no": False}[text]


def margins(text: str) -> tuple[float, float, float, float] | None:
    """Top, right, bottom and left in millimetres, from four numbers or one for all. Raises ValueError."""
    if not text:
        return None
    words = text.split()
    if len(words) not in (1, 4) or not all(_NUMBER.match(word) for word in words):
        raise ValueError(text)
    found = [float(word) for word in words] * (4 if len(words) == 1 else 1)
    if not all(MARGIN[0] <= one <= MARGIN[1] for one in found):
        raise ValueError(text)
    return found[0], found[1], found[2], found[3]


def columns(text: str) -> tuple[Chosen, ...]:
    """Columns in their order, a width in millimetres behind a colon: ``number time name:22``.

    Raises ValueError.
    """
    found = []
    for word in text.split():
        told = _COLUMN.match(word)
        if told is None:
            raise ValueError(word)
        width = float(told[2] or 0)
        if width and not COLUMN[0] <= width <= COLUMN[1]:
            raise ValueError(word)
        found.append(Chosen(told[1], width))
    if len({one.key for one in found}) < len(found):
        raise ValueError(text)
    return tuple(found)


def written(chosen: tuple[Chosen, ...]) -> str:
    """Columns as `columns` reads them."""
    return " ".join(f"{one.key}:{one.width:g}" if one.width else one.key for one in chosen)


def rows(text: str) -> int | None:
    """How many blank rows. Raises ValueError."""
    if text and not (text.isascii() and text.isdigit() and int(text) <= ROWS):
        raise ValueError(text)
    return int(text) if text else None


def signatures(text: str) -> tuple[str, ...] | None:
    """Who signs: ``Recorded by | Head of the office``; ``-`` for nobody. Raises ValueError."""
    if not text:
        return None
    found = () if text == NONE else tuple(filter(None, (one.strip() for one in text.split("|"))))
    if len(found) > SIGNATURES:
        raise ValueError(text)
    return found


def _logo(text: str) -> str:
    if not _DIGEST.match(text):
        raise ValueError(text)
    return text


_READ: Mapping[str, Callable[[str], object]] = {
    "size": size,
    "turned": turned,
    "margins": margins,
    "columns": columns,
    "rows": rows,
    "signatures": signatures,
    "letterhead": str,
    "logo": _logo,
}
