"""What a page of the window is, and which pages there are.

Pages do not know their siblings: they tell the window what they want by signals, and the window wires them.
"""

from __future__ import annotations

import importlib

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reception.facts import Catalogue, Change
from reception.shapes import dataclass
from ui.wording import N_, _
from ui.work import Lanes


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page before it is made: ``place`` (``"module:Class"``) is imported when the page is first shown.

    ``listed`` pages have a button in the head of the window.
    """

    name: str
    place: str
    title: str
    icon: str
    shortcut: str
    listed: bool = True

    def make(self, lanes: Lanes, parent: QWidget) -> Page:
        """Import and make the page."""
        module, _sep, cls = self.place.partition(":")
        page: Page = getattr(importlib.import_module(module), cls)(self, lanes, parent)
        return page


PAGES = (
    PageSpec("today", "ui.today.page:TodayPage", N_("Today"), "calendar-days", "Alt+1"),
    PageSpec("referrals", "ui.referrals.page:ReferralsPage", N_("Referrals"), "send", "Alt+2"),
    PageSpec("find", "ui.find.page:FindPage", N_("Find"), "search", "Alt+3"),
    PageSpec("directory", "ui.directory.page:DirectoryPage", N_("Directory"), "book-user", "Alt+4"),
    PageSpec("settings", "ui.settings.page:SettingsPage", N_("Settings"), "settings", "Alt+5"),
    PageSpec("office", "ui.office.page:OfficePage", N_("Office work"), "building", "Alt+0"),
    PageSpec("here", "ui.here.page:HerePage", N_("Who is here"), "users", "F5", listed=False),
    PageSpec("check", "ui.check.page:CheckPage", N_("Lines to check"), "list-checks", "F11", listed=False),
    PageSpec("shift", "ui.shift.page:ShiftPage", N_("Shift"), "user-cog", "Shift+F8", listed=False),
    PageSpec("sheet", "ui.sheet.preview:SheetPage", N_("Day's sheet"), "printer", "Ctrl+P", listed=False),
)


class Page(QWidget):
    """One page of the window.

    A page is made when it is first shown. Then come, as often as need be: `set_catalogue` (at once if the
    register is open), `activate` whenever the page comes to the front, `changed` for what any process
    committed.
    """

    message = Signal(str)
    """A sentence for the foot of the window; it is announced to accessibility too."""
    thrown = Signal(object)
    """``Thrown``: what was typed and dropped just now, to come back when that is taken back."""
    page_wanted = Signal(str)
    """The name of another page that is wanted."""
    paper_wanted = Signal(object)
    """``Job``: forms to be shown before they are printed (`ui.sheet.opener`)."""
    work_wanted = Signal(object)
    """A ``TodoRow`` of what is worked on on another page, or a ``Line`` of a room (`ui.lists`)."""
    open_entry = Signal(object)
    """The id of an entry to show (``object``: a signal's ``int`` ends at 2³¹)."""

    def __init__(self, spec: PageSpec, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.lanes = lanes
        self.setAccessibleName(self.title)

    @property
    def title(self) -> str:
        """The page's name in the language of the window."""
        return _(self.spec.title)

    def activate(self) -> None:
        """The page has come to the front: put the focus where work begins, and refresh what may be stale."""

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """The register is open, or its departments, matters, clerks or settings are new."""

    def changed(self, changes: tuple[Change, ...]) -> None:
        """Somebody committed something; the page decides whether it is concerned."""

    def new_day(self, day: int) -> None:
        """It is past midnight at the site; ``day`` is ``YYYYMMDD``."""

    def recovered(self) -> None:
        """The register answers again: ask anew."""
        self.activate()

    def stop(self) -> None:
        """The window is about to go: end what the page has started (threads, child processes)."""

    def save(self) -> None:
        """Ctrl+Enter while the page is in front."""

    def discard(self) -> None:
        """Ctrl+Shift+Del while the page is in front."""

    def choose_act(self, number: int) -> None:
        """Ctrl+digit while the page is in front."""

    def toggle_more(self) -> None:
        """F6 while the page is in front."""

    def wait_here(self) -> None:
        """F7 while the page is in front."""

    def show_paper(self) -> bool:
        """Ctrl+P while the page is in front: show its own form. False: it has none, the day's sheet comes."""
        return False

    def has_unsaved_text(self) -> bool:
        """Whether closing the window now would lose something that was typed."""
        return False
