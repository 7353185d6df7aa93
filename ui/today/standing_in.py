"""Who stands in at a department, in words: beside its name wherever it is chosen, and once it is.

Days are the site's, ``YYYYMMDD``.
"""

from __future__ import annotations

from reception import officers
from reception.facts import Catalogue, DepartmentFact
from ui.wording import _


def brief(department: DepartmentFact, catalogue: Catalogue, day: int) -> str:
    """What a list has room for; "" while officer A is there."""
    officer = _officer(department, catalogue, day)
    if officer.on_behalf:
        return _("nobody there: the desk takes it")
    return _("A away → {name}").format(name=officer.name) if officer.stood_in else ""


def said(department: DepartmentFact, catalogue: Catalogue, day: int) -> str:
    """The sentence under the field; "" while officer A is there."""
    officer = _officer(department, catalogue, day)
    if officer.on_behalf and department.officer_b:
        return _("Both officers are away: the desk takes it on their behalf.")
    if officer.on_behalf:
        return _("Officer A is away and no B is named: the desk takes it on their behalf.")
    if officer.stood_in:
        return _("Officer A is away: {name} (B) stands in.").format(name=officer.name)
    return ""


def _officer(department: DepartmentFact, catalogue: Catalogue, day: int) -> officers.Officer:
    if not catalogue.absences or department.outside:
        return officers.Officer()
    return officers.of(department, catalogue.absences, day)
