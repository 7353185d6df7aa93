"""The site's limits: what a referral gets, and how the site changes them."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from reception.desk import Desk
from reception.errors import InputError, NotFoundError
from reception.facts import (
    Category,
    Details,
    Limit,
    LimitClock,
    LimitRule,
    NewReferral,
    Source,
    Term,
    Urgency,
)
from reception.operations import directory, limiting, reading, terms, undoing
from reception.store import check
from tests.factories import NOW, Clock, add, behind_its_back, department, new_uid, visit

WORKING = LimitClock.WORKING


def _sent(desk: Desk, limit: Limit | None = None, *, to: str = "XF", **fields: Any) -> Term | None:
    referral = NewReferral(department(desk, to), limit=limit)
    receipt = add(desk, visit(referral=referral, **fields))
    (made,) = desk.ask(reading.entry, receipt.entry_id).referrals
    return made.term


def _due(desk: Desk, **fields: Any) -> int | None:
    term = _sent(desk, **fields)
    return term.due_day if term is not None else None


def _matter(desk: Desk, name: str) -> int:
    return next(one.id for one in desk.ask(directory.catalogue).matters if one.name == name)


def _rule(desk: Desk, **about: object) -> LimitRule:
    """The site's limit for exactly this."""
    names = ("category", "source", "urgency", "matter_id")
    wanted = {name: about.get(name) for name in names}
    rules = desk.ask(terms.rules)
    return next(one for one in rules if {name: getattr(one, name) for name in names} == wanted)


def test_a_referral_gets_the_limit_of_its_kind(desk: Desk) -> None:
    """It is Monday 2026-11-23; nothing is off until New Year."""
    hotline = Details(source=Source.HOTLINE)
    assert _due(desk) == 20261130
    assert _due(desk, category=Category.ENQUIRY) == 20261126
    assert _due(desk, category=Category.COMPLAINT) == 20261210
    assert _due(desk, category=Category.COMPLAINT, details=hotline) == 20261210
    assert _due(desk, category=Category.ENQUIRY, details=hotline) == 20261126
    assert _due(desk, category=Category.PETITION) == 20270122
    assert _due(desk, category=Category.COMPLAINT, matter_id=_matter(desk, "欠薪投诉")) == 20261130
    urgent = Details(urgency=Urgency.URGENT, source=Source.HOTLINE)
    assert _due(desk, category=Category.COMPLAINT, details=urgent) == 20261125
    term = _sent(desk, details=Details(urgency=Urgency.CRITICAL))
    assert term is not None
    assert (term.clock, term.due_day, term.remind_days) == (LimitClock.HOURS, 20261124, 0)
    assert (term.started_at, term.provisional, term.paused_at) == (NOW, False, None)
    check.run(desk)


def test_the_clerk_may_shorten_but_not_lengthen(desk: Desk) -> None:
    shorter = _sent(desk, Limit(2, WORKING))
    assert shorter is not None
    assert (shorter.amount, shorter.due_day) == (2, 20261125)
    other_clock = _sent(desk, Limit(7, LimitClock.CALENDAR))
    assert other_clock is not None
    assert other_clock.due_day == 20261130
    for longer in (Limit(6, WORKING), Limit(8, LimitClock.CALENDAR), Limit(100, LimitClock.HOURS)):
        with pytest.raises(InputError, match="2026-11-30"):
            _sent(desk, longer)
    for none in (Limit(0, WORKING), Limit(4_000, LimitClock.CALENDAR), Limit(1_001, LimitClock.HOURS)):
        with pytest.raises(InputError, match="A whole number"):
            _sent(desk, none)


def test_the_site_changes_its_limits(desk: Desk) -> None:
    usual, act = _rule(desk), new_uid()
    changed = dataclasses.replace(usual, amount=3, remind_days=2)
    for _repeated in range(2):
        assert desk.do(limiting.save, changed, uid=act) == changed
    assert _due(desk) == 20261126
    own = LimitRule(0, 1, WORKING, category=Category.REPORT, source=Source.LETTER)
    made = desk.do(limiting.save, own, uid=new_uid())
    assert made == dataclasses.replace(own, id=made.id)
    assert _due(desk, category=Category.REPORT, details=Details(source=Source.LETTER)) == 20261124
    desk.do(limiting.save, dataclasses.replace(made, active=False), uid=new_uid())
    assert _due(desk, category=Category.REPORT, details=Details(source=Source.LETTER)) == 20261126
    desk.do(limiting.save, own, uid=new_uid())  # the one that is not used stands in nobody's way
    assert desk.ask(directory.catalogue).limits == desk.ask(terms.rules)
    check.run(desk)


@pytest.mark.parametrize(
    ("fields", "kind", "said"),
    [
        ({"amount": 0}, InputError, "A whole number from 1 to 3650"),
        ({"amount": 1_001, "clock": LimitClock.HOURS}, InputError, "A whole number from 1 to 1000"),
        ({"remind_days": 61}, InputError, "A whole number from 0 to 60"),
        ({"matter_id": 999_999}, NotFoundError, "no such matter"),
        ({"id": 999_999}, NotFoundError, "no such limit"),
        ({"category": Category.COMPLAINT, "urgency": None}, InputError, "a limit for exactly this"),
    ],
)
def test_what_is_no_limit_is_refused(
    desk: Desk, fields: dict[str, object], kind: type[Exception], said: str
) -> None:
    before = desk.ask(terms.rules)
    fact = LimitRule(0, 5, WORKING, category=Category.REPORT, urgency=Urgency.URGENT)
    with pytest.raises(kind, match=said):
        desk.do(limiting.save, dataclasses.replace(fact, **fields), uid=new_uid())  # type: ignore[arg-type]
    assert desk.ask(terms.rules) == before


def test_a_register_from_before_has_no_limits_until_it_takes_them_over(desk: Desk) -> None:
    before = [dataclasses.replace(one, id=0) for one in desk.ask(terms.rules)]
    with behind_its_back(desk.place.text) as execute:
        execute("DELETE FROM limit_rule")
        execute("UPDATE matter SET name = '档案转进' WHERE name = '档案转入'")
    assert _sent(desk) is None
    longest = _sent(desk, Limit(90, WORKING))  # without a limit of the site any may be set
    assert longest is not None
    assert longest.provisional
    own = LimitRule(0, 9, WORKING, category=Category.ENQUIRY)
    kept = desk.do(limiting.save, own, uid=new_uid())
    act = new_uid()
    taken = desk.do(limiting.adopt, uid=act)
    assert desk.do(limiting.adopt, uid=act) == ()
    assert desk.do(limiting.adopt, uid=new_uid()) == ()
    assert desk.ask(terms.rules) == (kept, *taken)
    assert _due(desk) == 20261130
    gone = [one for one in before if one not in [dataclasses.replace(rule, id=0) for rule in taken]]
    assert [(one.category, one.amount) for one in gone] == [(None, 15), (Category.ENQUIRY, 3)]


def test_changes_of_the_limits_are_taken_back(desk: Desk, clock: Clock) -> None:
    clock.go(minutes=1)
    before = desk.ask(terms.rules)
    usual = _rule(desk)
    desk.do(limiting.save, dataclasses.replace(usual, amount=3), uid=new_uid())
    taken = desk.do(undoing.undo_last, uid=new_uid())
    assert (taken.number, desk.ask(terms.rules)) == ("5 工作日", before)
    own = LimitRule(0, 9, WORKING, category=Category.REPORT)
    made = desk.do(limiting.save, own, uid=new_uid())
    desk.do(undoing.undo_last, uid=new_uid())
    assert desk.ask(terms.rules) == (*before, dataclasses.replace(made, active=False))
    desk.do(limiting.save, own, uid=new_uid())
    with pytest.raises(NotFoundError):
        desk.do(undoing.redo_last, uid=new_uid())
    check.run(desk)


def test_the_limits_of_a_template_are_taken_back_together(desk: Desk, clock: Clock) -> None:
    clock.go(minutes=1)
    with behind_its_back(desk.place.text) as execute:
        execute("DELETE FROM limit_rule WHERE matter_id IS NULL")
    taken = desk.do(limiting.adopt, uid=new_uid())
    assert len(taken) > 5
    desk.do(undoing.undo_last, uid=new_uid())
    assert not [one for one in desk.ask(terms.rules) if one.active and one.matter_id is None]
    desk.do(undoing.redo_last, uid=new_uid())
    assert desk.ask(terms.rules)[-len(taken) :] == taken
