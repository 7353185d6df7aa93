"""The icons: one family of SVG outlines, drawn in the theme's colours.

The files are from Lucide (ISC licence, beside them).
"""

from __future__ import annotations

import functools
import weakref
from collections.abc import Iterable

from PySide6.QtCore import QObject, QSize, QTimer, Slot
from PySide6.QtGui import QAction, QIcon, QPixmap
from PySide6.QtWidgets import QAbstractButton

import resources
from ui.theme import ICON, theme


def icon(name: str, tone: str = "text") -> QIcon:
    """The icon in the colour of a theme token (``text``, ``muted``, ``alarm`` …), at the present scale."""
    look = theme()
    return _drawn(name, look.colour(tone).name(), look.px(ICON), look.pixel_ratio)


def pixmap(name: str, tone: str = "text") -> QPixmap:
    """The icon as a picture, for labels and cells."""
    size = theme().px(ICON)
    return icon(name, tone).pixmap(QSize(size, size))


def dress(
    target: QAction | QAbstractButton, name: str, tone: str = "text", *, always_enabled: bool = False
) -> None:
    """Give an action or button its icon, and keep it in the theme's colours when they change.

    What is drawn for the accent would not be seen on a button that is disabled, which is grey: unless it is
    ``always_enabled`` it gets a muted one for that.
    """
    _wardrobe().dress(target, name, tone, grey=tone == "on_accent" and not always_enabled)


class Warmer(QObject):
    """Draws icons ahead, one at a turn of the event loop: a table that needs them all at once would stutter.

    Args:
        wanted: name and tone of each.
        parent: the usual one.
    """

    def __init__(self, wanted: Iterable[tuple[str, str]], parent: QObject) -> None:
        super().__init__(parent)
        self._wanted = list(wanted)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)

    @Slot()
    def start(self) -> None:
        """Begin."""
        self._timer.start()

    @Slot()
    def _next(self) -> None:
        if self._wanted:
            icon(*self._wanted.pop())
        else:
            self._timer.stop()


class _Wardrobe(QObject):
    """Remembers who wears which icon; forgets with the wearer."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worn: weakref.WeakKeyDictionary[QObject, tuple[str, str, bool]] = weakref.WeakKeyDictionary()
        theme().changed.connect(self._again)

    def dress(self, target: QAction | QAbstractButton, name: str, tone: str, *, grey: bool) -> None:
        self._worn[target] = (name, tone, grey)
        target.setIcon(_worn(name, tone, grey))

    @Slot()
    def _again(self) -> None:
        for target, worn in list(self._worn.items()):
            try:
                target.setIcon(_worn(*worn))  # type: ignore[attr-defined]
            except RuntimeError:  # Qt has deleted the wearer, Python has not noticed yet
                self._worn.pop(target, None)


def _worn(name: str, tone: str, grey: bool) -> QIcon:
    drawn = icon(name, tone)
    if grey:
        drawn = QIcon(drawn)  # the drawn one is everybody's
        drawn.addPixmap(pixmap(name, "muted"), QIcon.Mode.Disabled)
    return drawn


def _wardrobe() -> _Wardrobe:
    found = theme().findChild(_Wardrobe)
    return found if found is not None else _Wardrobe(theme())


@functools.lru_cache(maxsize=256)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QIcon:
    data = (resources.FOLDER / "icons" / f"{name}.svg").read_bytes()
    data = data.replace(b"currentColor", colour.encode())
    pixels = b"%d" % round(size * ratio)
    # Told in the drawing: a reader that scales would be one more class of Qt before the first paint.
    for side in (b"width", b"height"):
        data = data.replace(side + b'="24"', side + b'="' + pixels + b'"', 1)
    picture = QPixmap()
    picture.loadFromData(data, "svg")
    picture.setDevicePixelRatio(ratio)
    return QIcon(picture)
