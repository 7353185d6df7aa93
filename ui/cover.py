"""F12: nothing of a person can be read from across the counter, and nothing can be typed, until it is over.

Every window of the program gets an opaque cover, dialogs included, and those that open meanwhile too. What
was being typed stays as it is under it, with its cursor.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QVBoxLayout, QWidget
from shiboken6 import Shiboken

from ui.theme import theme
from ui.wording import _

_SILENTLY = Qt.FocusReason.PopupFocusReason
"""A field that loses the keyboard so is not left: it takes no proposal and keeps its selection."""


class Cover(QWidget):
    """One window's cover: the site's name, the time, and how to lift it."""

    def __init__(self, window: QWidget, site: str, clock: str) -> None:
        super().__init__(window)
        self.window_under = window
        self.setObjectName("cover")
        self.setAccessibleName(_("The screen is covered"))
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._site = _large(site, 28)
        self._clock = _large(clock, 44)
        hint = QLabel(_("F12 shows the desk again"))
        hint.setProperty("role", "muted")
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.addStretch(2)
        for label in (self._site, self._clock, hint):
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
            column.addSpacing(theme().px(12))
        column.addStretch(3)
        window.installEventFilter(self)
        self._fill()
        self.show()
        self.raise_()

    def minimumSizeHint(self) -> QSize:
        """It takes the room that there is."""
        return QSize(0, 0)

    def say(self, clock: str) -> None:
        """Show the time."""
        self._clock.setText(clock)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the whole window whatever becomes of it, and stay above what is put into it."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.ChildAdded, QEvent.Type.LayoutRequest):
            self._fill()
            self.raise_()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """One calm colour, whatever the style does with backgrounds."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(theme().tokens.window))
        painter.end()

    def _fill(self) -> None:
        self.setGeometry(self.window_under.rect())


class Screen(QObject):
    """Covers and uncovers the windows of the program."""

    changed = Signal(bool)
    """Whether the screen is covered now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._covers: dict[Cover, QWidget | None] = {}
        self._site = ""
        self._clock = ""
        self.covered = False

    @Slot()
    def cover(self) -> None:
        """Cover every window; what is being composed is committed first."""
        if self.covered:
            return
        QGuiApplication.inputMethod().commit()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        QToolTip.hideText()
        self.covered = True
        front = QApplication.activeWindow()
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                self._put(window)
        self._take_keyboard(front)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self.changed.emit(True)

    @Slot()
    def lift(self) -> None:
        """Show everything as it was, the keyboard where it was."""
        if not self.covered:
            return
        self.covered = False
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        active = QApplication.activeWindow()
        covers, self._covers = self._covers, {}
        for cover, focus in covers.items():
            if not Shiboken.isValid(cover):
                continue
            window = cover.window_under
            cover.hide()
            if focus is not None and Shiboken.isValid(focus) and focus.window() is window:
                focus.setFocus(_SILENTLY)
            cover.deleteLater()
        if active is not None:
            active.activateWindow()
        self.changed.emit(False)

    @Slot(str, str)
    def show_time(self, site: str, clock: str) -> None:
        """What the covers say."""
        self._site, self._clock = site, clock
        for cover in self._covers:
            if Shiboken.isValid(cover):
                cover.say(clock)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While it is covered: what opens now is covered before it is painted."""
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and not isinstance(watched, Cover)
        ):
            if watched.windowType() in (Qt.WindowType.ToolTip, Qt.WindowType.Popup):
                watched.hide()
            else:
                self._put(watched)
                self._take_keyboard(watched)
        return False

    def _put(self, window: QWidget) -> None:
        if any(Shiboken.isValid(cover) and cover.window_under is window for cover in self._covers):
            return
        focus = window.focusWidget()
        self._covers[Cover(window, self._site, self._clock)] = focus

    def _take_keyboard(self, window: QWidget | None) -> None:
        for cover in self._covers:
            if Shiboken.isValid(cover):
                cover.setFocus(_SILENTLY)
        if window is not None:
            window.activateWindow()


def _large(text: str, size: int) -> QLabel:
    label = QLabel(text)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    font = label.font()
    font.setPixelSize(theme().px(size))
    label.setFont(font)
    return label
