"""The frame of the window: head, the four counters, the banner for trouble, the foot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from reception import dates
from reception.errors import DeskError
from reception.facts import Catalogue, Counters
from reception.numbers import day_number
from ui import actions as key_actions
from ui import icons
from ui.announcing import announce
from ui.labels import zone
from ui.theme import GAP, GAP_SMALL, theme
from ui.widgets.buttons import Button
from ui.widgets.yielding import ElidedButton, ElidedLabel, YieldingBar
from ui.wording import N_, _, current

# The four "never let" (四个不让), what each counts, and the list (``to_do.rows``) that it opens.
_RULES: Sequence[tuple[str, Sequence[tuple[str, str]], str]] = (
    (N_("No delay"), (("overdue", N_("overdue")),), "overdue"),
    (
        N_("No backlog"),
        (("not_received", N_("late: not received")), ("unhandled", N_("papers"))),
        "not-received",
    ),
    (N_("Nobody kept waiting"), (("waiting", N_("waiting")), ("callbacks", N_("call-backs"))), "people"),
    (N_("Good name"), (("unanswered", N_("unanswered")), ("to_check", N_("to check"))), "unanswered"),
)
_BESIDE = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
_MINUTE = 60_000
_SITE = 6
"""So many letters of the site's name stay."""
_CLERK = 14
"""So many letters of the clerk's key and name stay in any case."""


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class _SiteName(ElidedLabel):
    """Its first letters stay where there is little room: "某…" would be any site's."""

    _whole = ""

    def say(self, text: str) -> None:
        super().say(text)
        self._keep()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._keep()

    def _keep(self) -> None:
        metrics = self.fontMetrics()
        begun = metrics.horizontalAdvance(f"{self.said[:_SITE]}…")
        self.setMinimumWidth(min(begun, metrics.horizontalAdvance(self.said)))


class Head(YieldingBar):
    """Site, pages, date and time, clerk, and the way to Find."""

    new_day = Signal(int)
    """It is past midnight at the site; ``YYYYMMDD``."""
    ticked = Signal(str, str)
    """The site's name and its time."""
    steps = 2

    def __init__(
        self,
        actions: Mapping[str, QAction],
        pages: Sequence[str],
        parent: QWidget | None = None,
        now: Callable[[], dt.datetime] = _utc_now,
    ) -> None:
        super().__init__(parent)
        self._now = now
        self.setProperty("role", "bar")
        self._zone = ""
        self._day = 0
        self._brief = False
        self.site = _SiteName(self)
        self.site.setProperty("role", "title")
        self.site.say(_("Reception desk"))
        self.clock = QLabel(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GAP, 0, GAP, 0)
        layout.setSpacing(GAP_SMALL)
        layout.addWidget(self.site, 3)
        layout.addSpacing(GAP)
        self._pages: list[QToolButton] = []
        for name in pages:
            actions[name].setCheckable(True)
            self._pages.append(tool(actions[name], "nav", self))
            layout.addWidget(self._pages[-1])
        layout.addStretch(1)
        layout.addWidget(self.clock)
        layout.addSpacing(GAP)
        self.clerk = tool(actions["clerk"], "button", self, least=_CLERK)
        layout.addWidget(self.clerk)
        layout.addWidget(tool(actions["find"], "button", self))
        timer = QTimer(self)
        timer.setInterval(1000)
        timer.timeout.connect(self.tick)
        timer.start()
        self.tick()
        theme().changed.connect(self.anew)

    def less(self, step: int, yielding: bool) -> None:
        """First the date goes (its tooltip keeps it), then the pages' names (their icons and keys stay)."""
        if step == 1:
            self._brief = yielding
            self.tick()
            return
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if yielding else _BESIDE
        for button in self._pages:
            button.setToolButtonStyle(style)

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Name the site, its desk and its clerk, and keep its time."""
        self.site.say(catalogue.site.name + (f" · {catalogue.desk}" if catalogue.desk else ""))
        self._zone = catalogue.site.zone
        self.set_operator(catalogue.operator)
        self.tick()

    def set_operator(self, name: str) -> None:
        """Name the clerk at the desk."""
        action = self.clerk.defaultAction()
        words = name or _("Clerk")
        action.setText(words)
        action.setIconText(f"F8 {words}")
        action.setToolTip(_("Change of clerk: {name} is here (F8)").format(name=words))
        self.clerk.setAccessibleName(action.toolTip())

    @property
    def day(self) -> int:
        """The site's day as ``YYYYMMDD``, 0 before the site is known."""
        return self._day

    @Slot()
    def tick(self) -> None:
        """Show the time, and tell a new day."""
        local = self._now().astimezone(zone(self._zone) if self._zone else None)
        day, language = local.date(), current().language
        words = (dates.short_date(day, language), dates.short_weekday(day, language), dates.clock(local))
        self.clock.setText(words[-1] if self._brief else "  ".join(words))
        self.clock.setToolTip(dates.long_date(day, language))
        self.ticked.emit(self.site.said, "  ".join(words))
        number = day_number(day)
        before, self._day = self._day, number if self._zone else 0
        if before and number != before:
            self.new_day.emit(number)


class CounterBar(YieldingBar):
    """The four counters; a number above zero is told by an icon and its colour."""

    wanted = Signal(str)
    """The list (``to_do.rows``) where a counter is worked off."""
    stale = Signal()
    """Minutes pass though nothing is committed: something may be overdue by now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GAP, 0, GAP, 0)
        layout.setSpacing(GAP)
        self._buttons: list[QToolButton] = []
        for _title, _counts, which in _RULES:
            button = ElidedButton(self)
            button.setProperty("kind", "counter")
            button.setProperty("which", which)
            button.setToolButtonStyle(_BESIDE)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            button.clicked.connect(self._on_clicked)
            layout.addWidget(button)  # a stretch would let one be cut beside others that have room
            self._buttons.append(button)
        self._counters: Counters | None = None
        self._brief = False
        self._show()
        theme().changed.connect(self.anew)
        clock = QTimer(self)
        clock.setInterval(_MINUTE)
        clock.timeout.connect(self.stale)
        clock.start()

    def need(self) -> int:
        """The numbers are what matters: the rules' names go before a number is cut."""
        return self.sizeHint().width()

    def less(self, step: int, yielding: bool) -> None:
        """The rules' names go, their tooltips keep them."""
        self._brief = yielding
        self._show()

    def show_counters(self, counters: Counters) -> None:
        """Show the numbers; before the first of them nothing is told, neither good nor bad."""
        self._counters = counters
        self._show()

    def _show(self) -> None:
        known = self._counters
        for button, (title, counts, which) in zip(self._buttons, _RULES, strict=True):
            numbers = [getattr(known, name) if known is not None else 0 for name, _word in counts]
            words = " · ".join(
                f"{_(word)} {number if known is not None else '…'}"
                for (_name, word), number in zip(counts, numbers, strict=True)
            )
            alarm = any(numbers)
            if which == "unanswered":  # what was sent a minute ago harms nobody's name
                alarm = known is not None and known.pressing
            icon = "circle-alert" if alarm else "circle-check" if known is not None else "hourglass"
            icons.dress(button, icon, "alarm" if alarm else "muted")
            if bool(button.property("alarm")) != alarm:
                button.setProperty("alarm", alarm)
                button.style().unpolish(button)
                button.style().polish(button)
            # After the weight of the letters: a button remembers the width that its words had.
            whole = f"{_(title)}  {words}"
            button.setText(words if self._brief else whole)
            key_actions.tip(button, f"list-{which}", whole)
            button.setAccessibleName(whole)

    @property
    def last_stop(self) -> QWidget:
        """Where Tab leaves them."""
        return self._buttons[-1]

    @property
    def counters(self) -> Counters:
        """The numbers that are shown; none at all before the first."""
        return self._counters or Counters()

    @property
    def said(self) -> str:
        """What the counters say now."""
        return " | ".join(button.accessibleName() for button in self._buttons)

    @Slot()
    def _on_clicked(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.wanted.emit(sender.property("which"))


class Banner(QFrame):
    """What is wrong with the register, and what to do; hidden while all is well.

    What stands in it is made with the first trouble: most days have none.

    Args:
        above: what it follows in the order of Tab.
        parent: the usual one.
    """

    retry = Signal()
    restore = Signal()

    def __init__(self, above: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._above = above
        self.setProperty("role", "banner")
        self._words: QLabel | None = None
        self.hide()

    def _make(self) -> QLabel:
        self._icon = QLabel(self)
        words = QLabel(self)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        self._retry = Button(_("Try again  Alt+T"), self)
        icons.dress(self._retry, "refresh-cw")
        self._restore = Button(_("Restore a backup …"), self)
        key_actions.press(self._retry, "trouble.retry")
        key_actions.press(self._restore, "trouble.restore")
        self._retry.clicked.connect(self.retry)
        self._restore.clicked.connect(self.restore)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GAP, GAP_SMALL, GAP, GAP_SMALL)
        layout.addWidget(self._icon)
        layout.addWidget(words, 1)
        layout.addWidget(self._retry)
        layout.addWidget(self._restore)
        QWidget.setTabOrder(self._above, self._retry)
        QWidget.setTabOrder(self._retry, self._restore)
        return words

    def say(self, error: DeskError, *, restorable: bool) -> None:
        """Tell the trouble; ``restorable`` offers a backup too."""
        if self._words is None:
            self._words = self._make()
        hint = _("What you type stays in the form.")
        self._words.setText(f"{error.say(_)} {hint}")
        self._icon.setPixmap(icons.pixmap("triangle-alert", "alarm"))
        self._restore.setVisible(restorable)
        self._retry.setEnabled(True)
        self.show()
        announce(self._words, self._words.text())

    def wait(self) -> None:
        """Another attempt is under way."""
        if self._words is not None:
            self._retry.setEnabled(False)

    @property
    def said(self) -> str:
        """What it says, "" while it is hidden."""
        return self._words.text() if self._words is not None and not self.isHidden() else ""


class _Notice(ElidedLabel):
    def say(self, text: str) -> None:
        """No empty frame where there is nothing to be said."""
        super().say(text)
        self.setVisible(bool(text))


class Foot(QFrame):
    """The site's notice at the left, what just happened at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = _Notice(self)
        self.notice.setProperty("role", "care")
        self.notice.hide()
        self.status = ElidedLabel(self)
        self.status.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GAP, 2, GAP, 3)
        layout.addWidget(self.notice, 1)
        layout.addWidget(self.status, 2)
        self._layout = layout
        self._offered: Sequence[QAction] = ()
        self._buttons: list[QToolButton] = []

    def come_last(self) -> None:
        """Behind all pages in the order of Tab, those that were made just now included."""
        if not self._buttons:
            return  # whom Qt has made in the chain, the binding looks for among all classes of widgets
        last = self.window().previousInFocusChain()
        while last in self._buttons or (last is not None and last.focusPolicy() is Qt.FocusPolicy.NoFocus):
            last = last.previousInFocusChain()  # Qt takes no order from one without the keyboard
        for button in self._buttons:
            if last is not None:
                QWidget.setTabOrder(last, button)
            last = button

    def offer(self, actions: Sequence[QAction]) -> None:
        """Show buttons for these actions beside the messages, each as long as it is of use.

        One whose data is False has its keys and no button.
        """
        self._offered = actions
        for action in actions:
            action.changed.connect(self._on_offered)

    @Slot()
    def _on_offered(self) -> None:
        if not self._buttons:  # nothing can be taken back before something was done
            if not any(action.isEnabled() for action in self._offered):
                return
            self._buttons = [tool(action, "foot", self) for action in self._offered]
            for button in self._buttons:
                self._layout.addWidget(button)
            self.come_last()
        for button, action in zip(self._buttons, self._offered, strict=True):
            button.setVisible(action.isEnabled() and action.data() is not False)

    def say(self, sentence: str) -> None:
        """Show and announce what just happened."""
        self.status.say(sentence)
        if sentence:
            announce(self.status, sentence)


def tool(action: QAction, kind: str, parent: QWidget, *, least: int = 0) -> QToolButton:
    """A button for an action of the window, also in another window."""
    button = ElidedButton(parent, least) if least else QToolButton(parent)
    button.setProperty("kind", kind)
    button.setDefaultAction(action)
    button.setToolButtonStyle(_BESIDE)
    button.setIconSize(QSize(18, 18))
    button.setAccessibleName(action.text())
    return button
