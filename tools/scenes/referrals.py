"""The page of the referrals, its steps and its lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.scenes.studio import Scene, Studio, page

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def _referrals(studio: Studio) -> QWidget:
    studio.window.page("referrals").discard()  # the round before asked for an answer
    return page("referrals")(studio)


def _step(studio: Studio) -> QWidget:
    studio.window.show_page("referrals")
    studio.wait(lambda: studio.window.lanes.idle)
    studio.window.page("referrals").choose_act(3)
    return studio.window


def _worked(which: str, what: str, key: str, *texts: str) -> Scene:
    """A step of the first row of a list that waits so, with something typed."""

    def prepare(studio: Studio) -> QWidget:
        referrals: Any = studio.window.page("referrals")
        referrals.discard()
        studio.window.show_page("referrals")
        referrals.show_list(which)
        studio.wait(lambda: studio.window.lanes.idle)
        table = referrals.table
        rows = [table.rows.row(at) for at in range(table.rows.rowCount())]
        at = next((at for at, row in enumerate(rows) if not what or row.what.value == what), 0)
        table.selectRow(at)
        studio.wait(lambda: studio.window.lanes.idle)
        studio.press(key)
        for text in texts:
            studio.type(text)
            studio.press("Tab")
        studio.wait(lambda: studio.window.lanes.idle)
        return studio.window

    return prepare


def _list(which: str) -> Scene:
    def prepare(studio: Studio) -> QWidget:
        referrals: Any = studio.window.page("referrals")
        referrals.discard()
        studio.window.show_page("referrals")
        referrals.show_list(which)
        return studio.window

    return prepare


SCENES: dict[str, Scene] = {
    "referrals": _referrals,
    "referral-step": _step,
    "referral-remind": _worked("overdue", "", "Ctrl+6"),
    "referral-extend": _worked("open", "", "Ctrl+7", "3", "张副局长"),
    "referral-reroute": _worked("returned", "", "Ctrl+9"),
    "referral-slip": _worked("open", "under-way", "Ctrl+Y"),
    "people-list": _list("people"),
    "all-referrals": _list("all"),
}
