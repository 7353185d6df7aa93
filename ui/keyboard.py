"""Every key before any field sees it: a covered screen takes none, a scanner's code is known by what it is.

A code begins with the site's prefix and ends with Enter; its check digits tell it from anything else, never
the speed at which it comes. What begins like one is held back; once it can be none, it is given to the field
as it was typed.
"""

from __future__ import annotations

import unicodedata
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtWidgets import QAbstractItemView, QApplication
from shiboken6 import Shiboken

from reception.codes import decode
from reception.text.patterns import later
from ui.cover import Screen

_O = TypeVar("_O", bound=QObject)
_WATCHED = (
    QEvent.Type.KeyPress,
    QEvent.Type.KeyRelease,
    QEvent.Type.ShortcutOverride,
    QEvent.Type.InputMethod,
)
_SIGNS = later("[0-9A-Za-z-]+")
_LONGEST = 48
"""So many signs a prefix and a number can have at most."""
_PLAIN = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.KeypadModifier,
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SILENT = (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock)
_ANYWHERE = {Qt.Key.Key_F12: "cover", Qt.Key.Key_F1: "keys", Qt.Key.Key_F9: "urgent"}
_LIFTING = (Qt.Key.Key_F12, Qt.Key.Key_Escape)


class Keyboard(QObject):
    """Sees the keys of whichever window of the program has the keyboard.

    Args:
        screen: takes every key while it is covered.
        parent: the usual one.
    """

    scanned = Signal(object)
    """The ``Number`` of a code that was scanned."""
    pressed = Signal(str)
    """The name of an action whose key was pressed in a dialog."""

    def __init__(self, screen: Screen, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.prefix = ""
        """What codes begin with; "" while the site is not known: then nothing is held back."""
        self._screen = screen
        self._window: QWindow | None = None
        self._field: QObject | None = None
        self._held: list[tuple[str, QEvent]] = []
        self._giving_back = False
        app = _app()
        app.focusWindowChanged.connect(self._on_window)
        app.focusObjectChanged.connect(self._on_field)
        self._on_window(QGuiApplication.focusWindow())
        self._on_field(QGuiApplication.focusObject())

    def stop(self) -> None:
        """Let go of the keyboard."""
        app = _app()
        app.focusWindowChanged.disconnect(self._on_window)
        app.focusObjectChanged.disconnect(self._on_field)
        self._on_window(None)
        self._on_field(None)

    @Slot(QWindow)
    def _on_window(self, window: QWindow | None) -> None:
        self._window = self._watch(self._window, window)  # keys come to it before any field

    @Slot(QObject)
    def _on_field(self, field: QObject | None) -> None:
        self._give_back()
        # What an input method commits comes to it. After a question has closed, Qt may name nobody.
        self._field = self._watch(self._field, field or QApplication.focusWidget())

    def _watch(self, old: _O | None, now: _O | None) -> _O | None:
        if old is not None and Shiboken.isValid(old):
            old.removeEventFilter(self)
        if now is not None:
            now.installEventFilter(self)
        return now

    @property
    def held(self) -> str:
        """What is held back now."""
        return "".join(text for text, _event in self._held)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys and what an input method commits; everything else passes."""
        kind = event.type()
        if kind not in _WATCHED or self._giving_back:
            return False
        if self._screen.covered:
            return self._on_covered(event)
        if watched is self._window and isinstance(event, QKeyEvent):
            if kind == QEvent.Type.KeyPress:
                return self._on_press(event)
            if kind == QEvent.Type.ShortcutOverride and event.modifiers() not in _PLAIN:
                self._give_back()  # before a shortcut acts on what is typed
        elif watched is self._field:
            if isinstance(event, QInputMethodEvent):
                return bool(self.prefix) and self._on_committed(event)
            if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_undo(event):
                event.ignore()  # a field would take it for its own "redo"
                return True
        return False

    def _on_covered(self, event: QEvent) -> bool:
        event.accept()  # so that no shortcut is looked for
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return True
        if event.key() in _LIFTING and not event.isAutoRepeat():
            self._screen.lift()
        return True

    def _on_press(self, event: QKeyEvent) -> bool:
        if event.key() in _SILENT:
            return False
        if event.isAutoRepeat() and event.text().isprintable() and event.text() and _in_a_list():
            return True  # a letter or a space there is an act, and done once
        if event.key() in _ANYWHERE and not event.modifiers():  # a dialog has no actions of the window
            self.pressed.emit(_ANYWHERE[Qt.Key(event.key())])
            return True
        if _is_only_a_key(event):
            self._give_back()
            return True
        plain = event.modifiers() in _PLAIN and not _composing()
        if plain and event.key() in _ENTER and self._held:
            number = decode(self.held, self.prefix)
            if number is not None:
                self._held.clear()
                self.scanned.emit(number)
                return True
        elif plain and event.text() and self.prefix:
            return self._hold(event.text(), event)
        self._give_back()
        return False

    def _on_committed(self, event: QInputMethodEvent) -> bool:
        # In Chinese mode signs come full-width, from the input method and not as keys.
        if event.preeditString() or not event.commitString() or event.replacementLength():
            self._give_back()
            return False
        if _composing():
            return False
        return self._hold(event.commitString(), event)

    def _hold(self, text: str, event: QEvent) -> bool:
        """Hold it back if it may be of a code, after what is held already or on its own."""
        for _attempt in range(2):
            if self._may_be(self.held + text):
                self._held.append((text, event.clone()))
                return True
            if not self._held:
                break
            self._give_back()
        return False

    def _may_be(self, text: str) -> bool:
        """Whether ``text`` may be the beginning of a code."""
        code, prefix = unicodedata.normalize("NFKC", text), self.prefix
        if len(code) <= len(prefix):
            return bool(code) and prefix.startswith(code)
        body = code.removeprefix(prefix)
        return len(code) <= _LONGEST and body != code and _SIGNS.fullmatch(body) is not None

    def _give_back(self) -> None:
        """Let the field have what was held back, as it was typed."""
        held, self._held = self._held, []
        if not held or self._field is None or not Shiboken.isValid(self._field):
            return
        self._giving_back = True
        try:
            for _text, event in held:
                QCoreApplication.sendEvent(self._field, event)
        finally:
            self._giving_back = False


def _is_undo(event: QKeyEvent) -> bool:
    wanted = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    return event.key() == Qt.Key.Key_Z and event.modifiers() == wanted


def _is_only_a_key(event: QKeyEvent) -> bool:
    # X11 gives Alt+3 the text "3", and a field would take it where no action has this key. Ctrl+Alt is AltGr.
    held = event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier)
    return held == Qt.KeyboardModifier.AltModifier and event.text().isprintable() and bool(event.text())


def _in_a_list() -> bool:
    return isinstance(QApplication.focusWidget(), QAbstractItemView)


def _composing() -> bool:
    return bool(getattr(QApplication.focusWidget(), "composing", ""))


def _app() -> QGuiApplication:
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    return app
