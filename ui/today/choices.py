"""The directory and the catalogue as the form's fields offer them."""

from __future__ import annotations

from reception.facts import Catalogue, DepartmentFact, MatterFact
from ui.widgets.choice_field import Choice


def matter_choice(matter: MatterFact, catalogue: Catalogue) -> Choice:
    """A matter, with the department that handles it beside it."""
    department = next((one for one in catalogue.departments if one.id == matter.department_id), None)
    detail = " ".join(word for word in (department.name, department.room) if word) if department else ""
    return Choice(matter.id, matter.name, detail, matter.keywords, matter.pinyin, matter.initials)


def department_choice(one: DepartmentFact) -> Choice:
    """A department, with its code, room and phone beside it."""
    words = (one.code, one.room, one.phone)
    detail = " · ".join(word for word in words if word)
    return Choice(one.id, one.name, detail, "", one.pinyin, one.initials, one.code)
