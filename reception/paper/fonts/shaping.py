"""Letters that join, stack or carry marks, set as their script asks (HarfBuzz), and found again as typed.

A glyph that shaping put in the place of letters has no code point, so each pair of glyph and text gets one
from the last private plane; `faces` writes the text into the ToUnicode map in its place. Text that has more
glyphs than characters is told by ``ActualText`` (PDF 32000-1, 14.9.4). Without HarfBuzz the letters stand
side by side, in the right order.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from reportlab.lib.rl_accel import fp_str

from reception.paper.fonts import unknown
from reception.paper.fonts.bidi import mirrored
from reception.paper.fonts.faces import Face

try:
    import uharfbuzz
except ImportError:  # a system without a wheel for it
    uharfbuzz = None

AVAILABLE = uharfbuzz is not None
# Scripts whose letters join, stack or change places: the blocks of Unicode from Hebrew to Khmer and
# Mongolian, the other ones of India and South-East Asia, the presentation forms, those of the plane above.
_SCRIPTS = (
    *((0x590, 0x8FF), (0x900, 0xDFF), (0xE00, 0xEFF), (0xF00, 0xFFF), (0x1000, 0x109F), (0x1780, 0x17FF)),
    *((0x1800, 0x18AF), (0x1900, 0x1AAF), (0x1B00, 0x1C4F), (0x1CD0, 0x1CFF), (0xA800, 0xA8FF)),
    *((0xA900, 0xAADF), (0xABC0, 0xABFF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFE), (0x10800, 0x11FFF)),
    *((0x1E800, 0x1EFFF),),
)
_shapers: WeakKeyDictionary[Face, Any] = WeakKeyDictionary()


class Glyph(NamedTuple):
    """A glyph as it is placed: its code, advance and offsets in thousandths of the size."""

    code: str
    advance: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """Glyphs that belong together, and the text that is told of them where their own does not say it."""

    glyphs: tuple[Glyph, ...]
    told: str


@dataclass(frozen=True, slots=True)
class Shaped:
    """A piece of a line in one font, from left to right as it is drawn; ``natural`` is its width."""

    face: Face
    clusters: tuple[Cluster, ...]
    natural: float

    def width(self, room: float) -> float:
        """How wide it is drawn: as ``room`` allows, unless that is less than half (a mark without letter)."""
        return room if self.natural / 2 <= room < self.natural else self.natural

    def draw(self, text: Any, room: float, size: float, leading: float) -> None:
        """Write it with the text object; narrower where it would be wider than ``room``, in thousandths."""
        text.setFont(self.face.fontName, size, leading)
        code = text._code
        narrow = self.width(room) < self.natural
        if narrow:
            code.append(f"{fp_str(100 * room / self.natural)} Tz")
        for told, clusters in groupby(self.clusters, lambda cluster: cluster if cluster.told else None):
            if told is not None:
                actual = told.told.encode("utf-16-be").hex().upper()
                code.append(f"/Span <</ActualText <FEFF{actual}>>> BDC")
            glyphs = [glyph for cluster in clusters for glyph in cluster.glyphs]
            for rise, level in groupby(glyphs, lambda glyph: glyph.y):
                if rise:
                    code.append(f"{fp_str(rise * size / 1000)} Ts")
                self._show(text, list(level), size, leading)
                if rise:
                    code.append("0 Ts")
            if told is not None:
                code.append("EMC")
        if narrow:
            code.append("100 Tz")

    def _show(self, text: Any, glyphs: Sequence[Glyph], size: float, leading: float) -> None:
        doc, face = text._canvas._doc, self.face
        parts: list[str] = []
        for glyph in glyphs:
            [(subset, code)] = face.splitString(glyph.code, doc)
            if subset != text._curSubset:
                _flush(text, parts)
                name = face.getSubsetInternalName(subset, doc)
                text._code.append(f"{name} {fp_str(size)} Tf {fp_str(leading)} TL")
                text._curSubset = subset
            width: float = face.face.getCharWidth(ord(glyph.code))  # type: ignore[no-untyped-call]
            if glyph.x:
                parts.append(fp_str(-glyph.x))
            shown = text._canvas._escape(code)
            if parts and parts[-1].endswith(")"):
                parts[-1] = f"{parts[-1][:-1]}{shown})"
            else:
                parts.append(f"({shown})")
            after = width + glyph.x - glyph.advance
            if abs(after) > 0.01:
                parts.append(fp_str(after))
        _flush(text, parts)


def _flush(text: Any, parts: list[str]) -> None:
    if parts:
        text._code.append(f"[{' '.join(parts)}] TJ")
        parts.clear()


def is_complex(char: str) -> bool:
    """Whether it looks otherwise beside its neighbours than alone."""
    point = ord(char)
    return any(first <= point <= last for first, last in _SCRIPTS)


def shape(face: Face, text: str, backwards: bool) -> Shaped:
    """``text`` in one font; ``backwards`` from right to left. Every character of it is in the font."""
    if uharfbuzz is None:
        return _plain(face, text, backwards)
    shaper = _shapers.get(face)
    if shaper is None:
        whole = uharfbuzz.Face(uharfbuzz.Blob(face.whole()), face.number)
        shaper = _shapers[face] = uharfbuzz.Font(whole)
    buffer = uharfbuzz.Buffer()
    # a skin tone that the font lacks is told, and not drawn
    kept = [at for at, char in enumerate(text) if char not in unknown.TONES or face.maps(ord(char))]
    buffer.add_str("".join(text[at] for at in kept))
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if backwards else "ltr"
    buffer.flags = uharfbuzz.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    uharfbuzz.shape(shaper, buffer)
    scale = 1000 / face.face.unitsPerEm
    placed = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
    starts = sorted({kept[info.cluster] for info, _position in placed} | {0})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    clusters = []
    for start, some in groupby(placed, lambda pair: pair[0].cluster):
        found = list(some)
        first = kept[start]
        texts, told = _shared(text[first : ends[first]], len(found), backwards)
        glyphs = (
            Glyph(
                face.code(info.codepoint, said),
                position.x_advance * scale,
                position.x_offset * scale,
                position.y_offset * scale,
            )
            for (info, position), said in zip(found, texts, strict=True)
        )
        clusters.append(Cluster(tuple(glyphs), told))
    return Shaped(face, tuple(clusters), sum(position.x_advance for _info, position in placed) * scale)


def _shared(text: str, count: int, backwards: bool) -> tuple[list[str], str]:
    """What each of ``count`` glyphs stands for, and what has to be told besides.

    Readers put a line that runs from right to left in order by themselves, from what the glyphs say one after
    the other from left to right: what a glyph stands for is written in that order too.
    """
    if backwards:
        text = "".join(map(mirrored, text))
    if count > len(text):
        return [text[::-1] if backwards else text] + [" "] * (count - 1), text
    texts = [text[: len(text) - count + 1], *text[len(text) - count + 1 :]]
    return [said[::-1] for said in reversed(texts)] if backwards else texts, ""


def _plain(face: Face, text: str, backwards: bool) -> Shaped:
    """Without HarfBuzz: letter by letter, a letter and its marks as one where the font has them so."""
    clusters = []
    natural = 0.0
    for cluster in split(text):
        composed = unicodedata.normalize("NFC", cluster)
        chars = composed if len(composed) == 1 else cluster
        present = [char for char in chars if face.face.charToGlyph.get(ord(char))]
        glyphs = []
        for index, char in enumerate(present):
            drawn = mirrored(char) if backwards else char
            glyph = face.face.charToGlyph.get(ord(drawn)) or face.face.charToGlyph[ord(char)]
            said = drawn
            if len(present) == 1:
                said = (mirrored(cluster[0]) if backwards else cluster[0]) + cluster[1:]
            width: float = face.face.getCharWidth(ord(char))  # type: ignore[no-untyped-call]
            code = face.code(glyph, said[::-1] if backwards else said)
            glyphs.append(Glyph(code, 0.0 if index and unicodedata.combining(char) else width, 0.0, 0.0))
        natural += sum(glyph.advance for glyph in glyphs)
        clusters.append(Cluster(tuple(reversed(glyphs) if backwards else glyphs), ""))
    return Shaped(face, tuple(reversed(clusters) if backwards else clusters), natural)


def split(text: str) -> list[str]:
    """Letters, each with the marks, joiners, selectors and skin tones that follow it."""
    found: list[str] = []
    for char in text:
        joins = unicodedata.category(char)[0] == "M" or char in "\u200c\u200d"
        if found and (joins or (char in unknown.TONES and unknown.coloured(found[-1]))):
            found[-1] += char
        else:
            found.append(char)
    return found
