"""What is to be known of a department before a matter goes there, and who of it is away today."""

from __future__ import annotations

from reception import officers
from reception.facts import Catalogue, DepartmentFact, PartStatus, TodoRow
from ui import labels
from ui.referrals.case import Case
from ui.today import standing_in
from ui.today.card import whereabouts
from ui.wording import _


def said(catalogue: Catalogue, case: Case, department_id: int | None) -> str:
    """Room and phone, who stands in, and that it has returned this matter before; "" for no department."""
    department = next((one for one in catalogue.departments if one.id == department_id), None)
    if department is None:
        return ""
    day = labels.today(catalogue.site.zone)
    lines = (whereabouts(department), standing_in.said(department, catalogue, day), _before(case, department))
    return "\n".join(filter(None, lines))


def _before(case: Case, department: DepartmentFact) -> str:
    parts = case.view.parts if case.view is not None else ()
    reasons = [
        one.return_reason
        for one in parts
        if one.department == department.code and one.status is PartStatus.RETURNED
    ]
    if not reasons:
        return ""
    told = _("{department} has returned this matter before: {reason}")
    return told.format(department=department.name, reason=reasons[-1])


def officer(catalogue: Catalogue, code: str) -> str:
    """Who has a department's work today; "" where the site names nobody, or nobody is there."""
    found = (one for one in catalogue.departments if one.code == code)
    day = labels.today(catalogue.site.zone)
    return next((officers.of(one, catalogue.absences, day).name for one in found), "")


def more(
    catalogue: Catalogue | None, department: DepartmentFact | None, row: TodoRow | None
) -> dict[str, str]:
    """What the desk is told besides: who is there, and by which key the last reminder is printed."""
    told = {}
    if department is not None and catalogue is not None:
        told["officers"] = both(catalogue, department)
    if row is not None and row.referral is not None and row.referral.reminders:
        words = _("{n} times · Alt+M prints the slip of the last")
        told["reminders"] = words.format(n=row.referral.reminders)
    return told


def both(catalogue: Catalogue, department: DepartmentFact) -> str:
    """Officers A and B, with a mark at who is away today."""
    away = officers.absent(catalogue.absences, department.id, labels.today(catalogue.site.zone))
    names = (("a", department.officer_a), ("b", department.officer_b))
    told = [_("{name} (away)").format(name=name) if which in away else name for which, name in names if name]
    return " / ".join(told)
