"""The one way from any page or dialog to paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from ui.pages import Page
from ui.sheet.wanted import Job, Wanted
from ui.work import Lanes

if TYPE_CHECKING:
    from ui.window import MainWindow

__all__ = ["Job", "Wanted", "open_forms"]


def open_forms(owner: QWidget, lanes: Lanes, *wanted: Wanted, then: str = "") -> None:
    """Show a preview of forms; from there they are printed or saved.

    Several are one job: what is chosen and in which order is changed in the preview. From a page they are
    shown in its window, Escape leads back; from a dialog in a dialog above it. ``then`` is "print" or "save",
    which asks for the printer or a file as soon as they are shown.
    """
    job = Job(wanted, then)
    page: QWidget | None = owner
    while page is not None and not isinstance(page, Page):
        page = None if page.isWindow() else page.parentWidget()
    if page is not None:
        page.paper_wanted.emit(job)
        return
    from ui.sheet.dialog import PreviewDialog

    PreviewDialog.show_job(owner.window(), lanes, job)


def show_day(window: MainWindow) -> None:
    """Ctrl+P: the form of the page in front, else the sheet of the day; in a preview, print that."""
    page: Any = window.page("sheet")
    if window.front == "sheet":
        page.print_sheet()
        return
    if window.page(window.front).show_paper():
        return
    page.origin = window.front
    window.show_page("sheet")
    page.show_day(window.head.day)


def show_job(window: MainWindow, job: Job) -> None:
    """Bring the preview of these forms to the front."""
    page: Any = window.page("sheet")
    page.origin = window.front if window.front != "sheet" else page.origin
    page.show_job(job)
    window.show_page("sheet")


def is_printing(window: MainWindow) -> bool:
    """Whether the window prints or saves a form at the moment, which would end with it."""
    return any(page.spec.name == "sheet" and page.has_unsaved_text() for page in window.stack)
