"""Pages for which something half typed lies on the disk until they are opened: what is told before."""

from __future__ import annotations

import contextlib
from pathlib import Path

from ui.drafts.store import Store
from ui.pages import PAGES
from ui.wording import _


def left(root: Path, uid: str) -> tuple[str, ...]:
    """Their titles, translated: of the panels under ``root``, for the register ``uid``."""
    found = []
    for folder in sorted(root.glob("*")):
        with contextlib.suppress(OSError):  # what cannot be looked at now is brought back with its page
            if (title := _title(folder.name)) and Store(folder, uid).waits():
                found.append(_(title))
    return tuple(found)


def _title(name: str) -> str:
    """What a panel's page is called (`Safety.keep_steps`), "" for a department's."""
    if name == "desk":
        return next(page.title for page in PAGES if page.name == "referrals")
    kind, _sep, room = name.partition("-")
    if kind != "office":
        return ""
    from ui.office.page import ROOMS

    return next((one.title for one in ROOMS if one.name == room), "")
