"""Fonts of a few glyphs, made for a test: what they hold is what the test says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont

EM = 1000


def make(
    path: Path,
    characters: str,
    *,
    family: str = "Small",
    widths: Mapping[str, int] | None = None,
    extra: Sequence[str] = (),
    empty: str = "",
    features: str = "",
    weight: int = 400,
    rights: int = 0,
    outlines: bool = True,
) -> Path:
    """Write a font of boxes.

    Args:
        path: where.
        characters: what it has; the glyph of "A" is called ``u0041``.
        family: its name.
        widths: of glyphs by name, in thousandths of the size; 600 if not told.
        extra: glyphs that no character has.
        empty: characters whose glyphs have no outline.
        features: OpenType features as Adobe's language writes them.
        weight: 400 is regular.
        rights: ``fsType``.
        outlines: of TrueType; else PostScript ones.
    """
    widths = widths or {}
    names = {ord(char): f"u{ord(char):04X}" for char in characters}
    order = [".notdef", *names.values(), *extra]
    builder = FontBuilder(EM, isTTF=outlines)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    advances = {name: widths.get(name, 600) for name in order}
    blank = {names[ord(char)] for char in empty}
    if outlines:
        builder.setupGlyf({name: _box(TTGlyphPen(None), advances[name], name in blank) for name in order})
    else:
        strings = {name: _string(advances[name]) for name in order}
        builder.setupCFF(family, {}, strings, {})
    builder.setupHorizontalMetrics({name: (width, 50) for name, width in advances.items()})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family.replace(" ", "")})
    builder.setupOS2(usWeightClass=weight, fsType=rights, sTypoAscender=880, sTypoDescender=-120)
    builder.setupPost()
    if features:
        addOpenTypeFeaturesFromString(builder.font, features)
    builder.font.recalcTimestamp = False  # the same font, whenever it is made
    path.parent.mkdir(parents=True, exist_ok=True)
    builder.save(path)
    return path


def collect(path: Path, members: Sequence[Path]) -> Path:
    """Write a collection of fonts that are already there."""
    collection = TTCollection()
    collection.fonts = [TTFont(member, recalcTimestamp=False) for member in members]
    collection.save(path)
    return path


def _box(pen: Any, width: int, empty: bool) -> Any:
    if not empty and width:
        pen.moveTo((50, 0))
        for corner in ((50, 700), (width - 50, 700), (width - 50, 0)):
            pen.lineTo(corner)
        pen.closePath()
    elif not empty:  # a mark: it stands before the place it is drawn at
        pen.moveTo((-300, 750))
        for corner in ((-300, 850), (-200, 850), (-200, 750)):
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()


def _string(width: int) -> Any:
    pen = T2CharStringPen(width, None)
    pen.moveTo((50, 0))
    for corner in ((50, 700), (width - 50, 700), (width - 50, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.getCharString()
