"""The command that shows with which fonts paper is printed, and how far they reach."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from reception.cli import layout
from reception.cli.frame import Command
from reception.cli.state import State, prints_json
from reception.wording import N_, Wording

if TYPE_CHECKING:
    from reception.paper.fonts.coverage import Coverage, Listed

_SHOWN = 40
"""Characters of a list that are told by name."""


@click.command(
    "fonts",
    cls=Command,
    help=N_(
        "Show with which fonts paper is printed and which characters they have.\n\n"
        "RECEPTION_FONTS names folders to look in, in place of the system's."
    ),
)
@prints_json
@click.pass_obj
def fonts(state: State) -> None:
    """Show the chain of fonts and what it covers."""
    from reception.paper.fonts import coverage

    found = coverage.measure()
    document = {
        "fonts": [
            {"family": one.family, "file": str(one.file) if one.file else None, "characters": one.characters}
            for one in found.fonts
        ],
        "other_fonts": found.others,
        "shaping": found.shaping,
        "coverage": [
            {"name": one.name, "printed": one.printed, "of": one.total, "missing": _ranges(one.missing)}
            for one in found.lists
        ],
    }
    state.tell(document, _told(found, state.wording))


def _ranges(characters: str) -> list[str]:
    """Code points in their order, those in a row as ``U+2EBF0-U+2EE5D``."""
    ranges: list[list[int]] = []
    for point in map(ord, characters):
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return [f"U+{a:04X}" if a == b else f"U+{a:04X}-U+{b:04X}" for a, b in ranges]


def _told(found: Coverage, wording: Wording) -> Iterator[str]:
    from reception import font_words

    _ = wording.gettext
    yield _("Fonts, in the order in which they are asked for a character:")
    here = _("part of this program")
    yield from layout.table(
        [("  " + one.family, f"{one.characters:>6,}", str(one.file or here)) for one in found.fonts]
    )
    yield _("Other fonts, asked for other scripts: {count}").format(count=found.others)
    if not found.shaping:
        yield _("HarfBuzz is missing: Uyghur and Tibetan letters are not joined or stacked.")
    yield ""
    yield _("Characters that are printed:")
    yield from layout.table(
        [
            ("  " + one.name, f"{one.printed:>6,}", f"{one.total:>6,}", f"{_percent(one):>5} %")
            for one in found.lists
        ]
    )
    standard = found.lists[0]
    if standard.missing:
        yield ""
        yield _("Missing of {name}: {characters}").format(
            name=standard.name,
            characters="".join(standard.missing[:_SHOWN]) + ("…" if len(standard.missing) > _SHOWN else ""),
        )
    lacking = "".join(one.missing[:1] for one in found.lists)
    if lacking:
        yield ""
        yield from font_words.remedies(wording, lacking)


def _percent(one: Listed) -> str:
    """Rounded down: only what is whole is 100."""
    return f"{one.printed * 1000 // one.total / 10:g}"
