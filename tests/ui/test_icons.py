"""Icons are drawn at the size and in the colour that they are wanted in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

import resources
from ui import icons
from ui.theme import ICON, theme


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_icon_of_a_main_button_is_seen_while_it_is_disabled(qtbot: QtBot, scheme: str) -> None:
    button = QPushButton("Left")
    qtbot.addWidget(button)
    icons.dress(button, "log-out", "on_accent")
    theme().prefer(scheme)  # which draws it anew
    assert _colours(button.icon(), QIcon.Mode.Normal) == {theme().colour("on_accent").name()}
    assert _colours(button.icon(), QIcon.Mode.Disabled) == {theme().colour("muted").name()}
    # and nobody else's icon of the same drawing has changed
    assert _colours(icons.icon("log-out", "on_accent"), QIcon.Mode.Normal) == {
        theme().colour("on_accent").name()
    }
    theme().prefer("light")


def _colours(icon: QIcon, mode: QIcon.Mode) -> set[str]:
    """The colours of what is fully covered."""
    picture = icon.pixmap(ICON, ICON, mode).toImage()
    places = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    each = (picture.pixelColor(x, y) for x, y in places)
    return {QColor(one.rgb()).name() for one in each if one.alpha() == 255}
