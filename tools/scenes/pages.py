"""The other pages: find, the directory, the settings, who is here, the sheet."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from reception.facts import Act, Kind
from tools.scenes.studio import Scene, Studio, page

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def _find(studio: Studio) -> QWidget:
    found: Any = studio.window.page("find")
    found.look_for("社保卡")
    found.filters.kind.setCurrentIndex(1)
    return page("find")(studio)


def _find_nothing(studio: Studio) -> QWidget:
    found: Any = studio.window.page("find")
    found.filters.kind.setCurrentIndex(0)
    found.look_for("没有这样的事")
    return page("find")(studio)


def _directory(tab: int) -> Scene:
    def prepare(studio: Studio) -> QWidget:
        directory: Any = studio.window.page("directory")
        directory.tabs.setCurrentIndex(tab)
        return page("directory")(studio)

    return prepare


def _person(studio: Studio) -> QWidget:
    _directory(2)(studio)
    people: Any = studio.window.page("directory")
    people = people.people
    people.search.setText("16411112222")
    studio.wait(lambda: people.table.rows.rowCount() == 1)
    people.table.selectRow(0)
    studio.wait(lambda: people.merged.count() == 1)
    return studio.window


def _away(studio: Studio) -> QWidget:
    from reception.operations import absences, directory

    _directory(0)(studio)
    for code, officer in (("JC", "a"), ("XF", "a"), ("XF", "b")):
        where = studio.desk.ask(directory.department, code).id
        studio.desk.do(absences.away, where, officer, uid=uuid.uuid4())
    page: Any = studio.window.page("directory")
    page.departments.search.setText("jc")
    studio.wait(lambda: page.departments.standing.text())
    studio.press("Alt+A")
    return studio.window


def _settings(tab: int) -> Scene:
    def prepare(studio: Studio) -> QWidget:
        settings: Any = studio.window.page("settings")
        studio.window.show_page("settings")
        settings.show_part(tab)
        return studio.window

    return prepare


def _next_year(studio: Studio) -> QWidget:
    _settings(1)(studio)
    part: Any = studio.window.page("settings")
    studio.press("Alt+PgDown")
    part.part.view.setFocus()
    return studio.window


def _paper(studio: Studio) -> QWidget:
    _settings(4)(studio)
    part: Any = studio.window.page("settings")
    studio.wait(lambda: part.part.sample.view.at_rest)
    return studio.window


def _sheet(studio: Studio) -> QWidget:
    studio.window.actions_by_name["sheet"].trigger()
    preview: Any = studio.window.page("sheet")
    studio.wait(lambda: preview.at_rest)
    return studio.window


def _director(studio: Studio) -> QWidget:
    """The director's page above the sheet of the day, as one job."""
    _sheet(studio)
    preview: Any = studio.window.page("sheet")
    if preview.paper.forms.isHidden():  # it stands there on days with urgent events
        studio.press("F6")
    preview.paper.forms.list.setFocus()
    preview.paper.forms.list.setCurrentRow(0)
    studio.press("Space")
    studio.wait(lambda: preview.at_rest)
    return studio.window


def _record(studio: Studio) -> QWidget:
    """The preview of the record of a visit that was referred."""
    studio.window.show_page("today")
    table = studio.window.today.day.table
    rows = [table.rows.row(at) for at in range(table.rows.rowCount())]
    visits = [at for at, row in enumerate(rows) if row is not None and row.kind is Kind.VISIT]
    referred = [at for at in visits if rows[at].act is Act.REFERRED]  # type: ignore[union-attr]
    table.selectRow((referred or visits)[0])
    table.setFocus()
    studio.press("Ctrl+Shift+P")
    preview: Any = studio.window.page("sheet")
    studio.wait(lambda: preview.at_rest)
    return studio.window


def _visitors(studio: Studio) -> QWidget:
    """The preview of the visitor register of one day."""
    page("find")(studio)
    find: Any = studio.window.page("find")
    find.filters.span.setCurrentIndex(find.filters.span.findData("today"))
    find.show_paper()
    preview: Any = studio.window.page("sheet")
    studio.wait(lambda: preview.at_rest)
    return studio.window


SCENES: dict[str, Scene] = {
    "find": _find,
    "find-nothing": _find_nothing,
    "departments": _directory(0),
    "matters": _directory(1),
    "people": _person,
    "clerks": _directory(3),
    "absences": _away,
    "settings": _settings(0),
    "working-days": _settings(1),
    "next-year": _next_year,
    "limits": _settings(2),
    "rules": _settings(3),
    "paper": _paper,
    "here": page("here"),
    "sheet": _sheet,
    "director": _director,
    "record": _record,
    "visitor-register": _visitors,
}
