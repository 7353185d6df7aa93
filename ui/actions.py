"""Every key of the window in one table, made into actions; tooltips show the keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ui import icons
from ui.pages import PAGES
from ui.wording import N_, _


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """An action: its name in code, its keys (the first is shown), its words, its button's icon or "".

    ``keyed`` ones show their key on their button too.
    """

    name: str
    keys: tuple[str, ...]
    text: str
    icon: str = ""
    keyed: bool = False


SPECS: Sequence[ActionSpec] = (
    ActionSpec("visit", ("F2",), N_("Visit"), "user-round", keyed=True),
    ActionSpec("call-in", ("F3",), N_("Incoming call"), "phone-incoming", keyed=True),
    ActionSpec("call-out", ("F4",), N_("Outgoing call"), "phone-outgoing", keyed=True),
    ActionSpec("more", ("F6",), N_("Rarely used fields")),
    ActionSpec("wait", ("F7",), N_("The visitor waits here from now")),
    ActionSpec("group", ("Ctrl+G",), N_("Representatives of a group")),
    ActionSpec("late", ("Ctrl+L",), N_("Late entries, from notes")),
    ActionSpec("clerk", ("F8",), N_("Change of clerk"), "user-cog"),
    ActionSpec("save", ("Ctrl+Return", "Ctrl+Enter"), N_("Save")),
    ActionSpec("act-1", ("Ctrl+1",), N_("Answer")),
    ActionSpec("act-2", ("Ctrl+2",), N_("Point")),
    ActionSpec("act-3", ("Ctrl+3",), N_("Put through")),
    ActionSpec("act-4", ("Ctrl+4",), N_("Refer")),
    ActionSpec("aside", ("Ctrl+Tab",), N_("Bring back what was put aside")),
    ActionSpec("find", ("Ctrl+K",), N_("Find"), "search", keyed=True),
    ActionSpec("sheet", ("Ctrl+P",), N_("Day's sheet"), "printer", keyed=True),
    ActionSpec("larger", ("Ctrl++", "Ctrl+="), N_("Larger")),
    ActionSpec("smaller", ("Ctrl+-",), N_("Smaller")),
    ActionSpec("normal", ("Ctrl+0",), N_("Normal size")),
    *(
        ActionSpec(f"page-{page.name}", (page.shortcut,), page.title, page.icon)
        for page in PAGES
        if page.listed
    ),
)


def make(owner: QWidget) -> dict[str, QAction]:
    """All actions by name, added to ``owner``; their keys work in its whole window."""
    made: dict[str, QAction] = {}
    for spec in SPECS:
        action = QAction(_(spec.text), owner)
        action.setObjectName(spec.name)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setToolTip(f"{_(spec.text)} ({shown_key(spec)})")
        if spec.keyed:
            action.setIconText(f"{shown_key(spec)} {_(spec.text)}")
        if spec.icon:
            icons.dress(action, spec.icon)
        owner.addAction(action)
        made[spec.name] = action
    return made


def shown_key(spec: ActionSpec) -> str:
    """The key as the keyboard says it: ``Ctrl+Enter``."""
    return spec.keys[0].replace("Return", "Enter")
