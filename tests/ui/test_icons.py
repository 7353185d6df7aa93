"""Icons are drawn at the size and in the colour that they are wanted in."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

import resources
from ui import icons


def test_every_icon_fills_its_size_in_the_colour_of_its_tone(qapp: QApplication) -> None:
    drawings = {path.stem: path.read_text("utf-8") for path in (resources.FOLDER / "icons").glob("*.svg")}
    tinted = [name for name, drawing in drawings.items() if "currentColor" in drawing]
    assert len(tinted) > 40
    for name in tinted:
        for ratio in (1.0, 2.0):
            drawn = icons._drawn(name, "#ff0000", 18, ratio).pixmap(QSize(18, 18), ratio).toImage()
            side = round(18 * ratio)
            assert (drawn.width(), drawn.height()) == (side, side), name
            colours = {(x, y): drawn.pixelColor(x, y) for x in range(side) for y in range(side)}
            inked = [place for place, colour in colours.items() if colour.alpha() > 60]
            assert {colours[place].name() for place in inked} == {"#ff0000"}, name
            reach = max(max(axis) - min(axis) + 1 for axis in zip(*inked, strict=True))
            assert reach > side * 0.5, name
