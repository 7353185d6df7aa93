"""A walk through a window by keys alone: what Tab and the arrows reach, in which order, and what it tells."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLabel,
    QLineEdit,
    QRadioButton,
    QTabBar,
    QTableView,
    QWidget,
)

from tests.ui.today.keyboard import press

_OWN = (QTableView, QTabBar, QLineEdit, QComboBox, QDateEdit)
"""Widgets that have buttons of their own inside, which keys of theirs serve."""
_SLACK = 4
"""Pixels by which neighbours may overlap and still stand side by side."""


def name_of(widget: QWidget) -> str:
    """What a screen reader calls it."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()


def told(widget: QWidget) -> str:
    """A control as a failure names it."""
    parent = widget.parentWidget()
    return f"{type(widget).__name__} {name_of(widget)!r} in {type(parent).__name__}"


def ancestors(widget: QWidget) -> Iterator[QWidget]:
    """Parents, from the nearest."""
    above = widget.parentWidget()
    while above is not None:
        yield above
        above = above.parentWidget()


def acts(window: QWidget) -> Iterator[QAbstractButton]:
    """The buttons that do something; a box that is ticked or one of a few that are chosen is a field."""
    for one in window.findChildren(QAbstractButton):
        inner = any(isinstance(above, _OWN) for above in ancestors(one))
        field = isinstance(one, QCheckBox | QRadioButton) or one.group() is not None
        if one.isVisible() and one.window() is window and not inner and not field:
            yield one


def sequences(window: QWidget) -> Iterator[QKeySequence]:
    """Every key that a shortcut of the window is for."""
    for shortcut in window.findChildren(QShortcut):
        yield from shortcut.keys()
    for action in window.actions():
        yield from action.shortcuts()


def reached(window: QWidget) -> list[QWidget]:
    """The widgets that Tab goes through, from the one that has the keyboard back to it.

    The second time round: the first chooses a line here and there, and more can be done then.
    """
    first = _round(window)
    return _round(window) if first else []


def _round(window: QWidget) -> list[QWidget]:
    found: list[QWidget] = []
    for _step in range(400):
        focus = QApplication.focusWidget()
        assert focus is not None, f"Tab leads nowhere after {found[-1:]}"
        if focus in found and focus is not found[-1]:  # a date has several parts
            break
        if focus not in found:
            found.append(focus)
        press(Qt.Key.Key_Tab)
    return found


def by_arrows(found: list[QWidget], one: QWidget) -> bool:
    """Whether an arrow key leads to one of a few that exclude each other, from another that Tab reaches."""
    group = one.group() if isinstance(one, QAbstractButton) else None
    if group is None or not group.exclusive():
        return False
    for start in group.buttons():
        if start in found:
            for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
                start.setFocus(Qt.FocusReason.TabFocusReason)
                for _step in group.buttons():
                    press(key)
                    if one.hasFocus():
                        start.setFocus(Qt.FocusReason.TabFocusReason)
                        press(Qt.Key.Key_Space)
                        return True
    return False


def unreached(window: QWidget, found: list[QWidget]) -> list[str]:
    """What could have the keyboard and never gets it."""
    missed = []
    for one in window.findChildren(QWidget):
        wanted = one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and one.isEnabled()
        inner = isinstance(one.parent(), QDateEdit | QComboBox) or one.focusProxy() is not None
        if wanted and not inner and one.window() is window and one not in found and not by_arrows(found, one):
            missed.append(f"not reached: {told(one)}")
    return missed


def silent(found: list[QWidget]) -> list[str]:
    """What does not say what it is."""
    return [f"no name: {told(one)}" for one in found if not name_of(one)]


def unseen(found: list[QWidget]) -> list[str]:
    """What looks the same with the keyboard and without."""
    alike = []
    for one in found:
        one.setFocus(Qt.FocusReason.TabFocusReason)
        with_it = one.grab().toImage()
        one.clearFocus()
        if with_it == one.grab().toImage():
            alike.append(f"focus not seen: {told(one)}")
    if found:
        found[0].setFocus(Qt.FocusReason.TabFocusReason)
    return alike


def backwards(window: QWidget, found: list[QWidget]) -> list[str]:
    """Steps of Tab that go against the eyes: up without going right, or left on the same line.

    The walk is a circle: it goes back to the top once.
    """
    wrong = []
    found[0].setFocus(Qt.FocusReason.TabFocusReason)
    for one, then in zip(found, [*found[1:], *found[:1]], strict=True):
        for _part in range(5):  # of a date
            if not then.hasFocus():
                press(Qt.Key.Key_Tab)  # what scrolls brings it into sight
        at, to = _place(window, one), _place(window, then)
        above = to.bottom() <= at.top() + _SLACK
        same_line = not above and to.top() < at.bottom() - _SLACK
        right = to.left() >= at.right() - _SLACK
        left = to.right() <= at.left() + _SLACK
        if (above and not right) or (same_line and left):
            wrong.append(f"against the eyes: {told(one)} -> {told(then)}")
    return wrong if len(wrong) > 1 else []


def _place(window: QWidget, one: QWidget) -> QRect:
    shown = one.viewport() if isinstance(one, QAbstractScrollArea) else one
    return QRect(shown.mapTo(window, QPoint()), shown.size())


def collisions(window: QWidget) -> list[str]:
    """Keys for which two things of the window would answer at once: then neither does."""
    keys: list[tuple[str, QWidget, bool, str]] = []
    for shortcut in window.findChildren(QShortcut):
        owner = shortcut.parent()
        if not (
            isinstance(owner, QWidget) and owner.isVisible() and owner.isEnabled() and shortcut.isEnabled()
        ):
            continue
        inside = shortcut.context() is not Qt.ShortcutContext.WindowShortcut
        what = shortcut.objectName() or type(owner).__name__
        keys += [(key.toString(), owner, inside, what) for key in QShortcut.keys(shortcut)]
    own = window.actions()
    for action in window.findChildren(QAction):
        if action in own:
            keys += [(key.toString(), window, False, action.objectName()) for key in action.shortcuts()]
    keys += [(key, owner, False, told(owner)) for key, owner in _mnemonics(window)]
    found = []
    for at, (key, owner, inside, what) in enumerate(keys):
        for other_key, other, other_inside, other_what in keys[at + 1 :]:
            apart = inside and other_inside and owner is not other
            apart = apart and owner not in ancestors(other) and other not in ancestors(owner)
            if key == other_key and not apart and (what, owner) != (other_what, other):
                found.append(f"{key}: {what} and {other_what}")
    return found


def _mnemonics(window: QWidget) -> Iterator[tuple[str, QWidget]]:
    texts: list[QAbstractButton | QLabel] = [*window.findChildren(QAbstractButton)]
    texts += window.findChildren(QLabel)
    for one in texts:
        if "&" not in one.text():  # of thousands few have one
            continue
        mnemonic = QKeySequence.mnemonic(one.text()).toString()
        fits = isinstance(one, QAbstractButton) or one.buddy() is not None
        if mnemonic and fits and one.isVisible() and one.window() is window:
            yield mnemonic, one


def faults(window: QWidget) -> list[str]:
    """All that a walk through the window finds wrong."""
    for _turn in range(3):  # what was folded out is laid out first
        QApplication.processEvents()
    found = reached(window)
    return [
        *unreached(window, found),
        *silent(found),
        *backwards(window, found),
        *collisions(window),
        *unseen(found),
    ]
