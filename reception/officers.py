"""Who has a department's work on a day (AB岗): A; B, if A is away; the desk on their behalf, if both are."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from reception.facts import Absence, DepartmentFact
from reception.shapes import dataclass

OFFICERS = ("a", "b")


@dataclass(frozen=True, slots=True)
class Officer:
    """Whom a department's part goes to today; nobody's name where the site names none."""

    name: str = ""
    stood_in: bool = False
    on_behalf: bool = False


def of(department: DepartmentFact, absences: Iterable[Absence], day: int) -> Officer:
    """Who has a department's work on a day (``YYYYMMDD``)."""
    return at_work(department.officer_a, department.officer_b, absent(absences, department.id, day))


def absent(absences: Iterable[Absence], department_id: int, day: int) -> dict[str, Absence]:
    """Which officers of a department are away on a day, A before B, out of absences of any department."""
    found = {
        one.officer: one
        for one in absences
        if one.department_id == department_id and not one.ended and one.first_day <= day <= one.last_day
    }
    return {officer: found[officer] for officer in OFFICERS if officer in found}


def at_work(officer_a: str, officer_b: str, away: Collection[str]) -> Officer:
    """Who has the work while these officers are away."""
    if "a" not in away:
        return Officer(officer_a)
    if "b" not in away and officer_b:
        return Officer(officer_b, stood_in=True)
    return Officer(on_behalf=True)
