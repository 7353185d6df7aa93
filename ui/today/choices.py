"""The directory and the catalogue as the form's fields offer them."""

from __future__ import annotations

from reception.facts import Catalogue, DepartmentFact, MatterFact
from ui.widgets.choice_field import Choice


def matter_choice(matter: MatterFact, catalogue: Catalogue) -> Choice:
    """A matter, with the department that handles it beside it."""
    department = next((one for one in catalogue.departments if one.id == matter.department_id), None)
    detail = " ".join(word for word in (department.name, department.room) if word) if department else ""
    return Choice(matter.id, matter.name, detail, matter.keywords, matter.pinyin, matter.initials)


def department_choices(catalogue: Catalogue, day: int, *, outside: bool) -> list[Choice]:
    """The departments in use, with who stands in where somebody is away on ``day`` (``YYYYMMDD``).

    ``outside``: those outside the organisation too.
    """
    found = [one for one in catalogue.departments if one.active and (outside or not one.outside)]
    if not catalogue.absences:
        return [_department(one) for one in found]
    from ui.today import standing_in  # not before the first paint

    return [_department(one, standing_in.brief(one, catalogue, day)) for one in found]


def _department(one: DepartmentFact, standing: str = "") -> Choice:
    """A department, with its code, room and phone beside it."""
    detail = " · ".join(word for word in (standing, one.code, one.room, one.phone) if word)
    return Choice(one.id, one.name, detail, "", one.pinyin, one.initials, one.code)
