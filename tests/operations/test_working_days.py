"""The working calendar of the site: the years it knows, and the due dates that rest on them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import bindparam, event, insert, select, update

from reception import journal, tables
from reception.context import Session
from reception.desk import Desk
from reception.errors import InputError, NotFoundError, StateError
from reception.facts import Limit, LimitClock, NewReferral, Receipt, Term
from reception.operations import (
    entries,
    limiting,
    presence,
    reading,
    referrals,
    site,
    terms,
    undoing,
    working_days,
)
from reception.operations.referrals import recomputing
from reception.store import check
from tests.factories import (
    NOW,
    Clock,
    OpenDesk,
    add,
    behind_its_back,
    department,
    new_uid,
    overlap,
)

NEW_YEAR = "2027-01-01,off,元旦\n2027-01-02,worked,元旦\n2027-01-04,off,元旦\n"
"""A made-up notice: Saturday the 2nd is worked, Monday the 4th is off."""


@pytest.fixture
def desk(register: str, open_desk: OpenDesk) -> Desk:
    """A desk whose site lets the clerk say how long a referral may take."""
    return _without_limits(open_desk(register))


def _without_limits(desk: Desk) -> Desk:
    for rule in desk.ask(terms.rules):
        if rule.matter_id is None and rule.category is None:
            desk.do(limiting.save, dataclasses.replace(rule, active=False), uid=new_uid())
    return desk


def _referred(desk: Desk, amount: int, clock: LimitClock = LimitClock.WORKING) -> Receipt:
    new = NewReferral(department(desk, "JC"), limit=Limit(amount, clock))
    return desk.do(referrals.refer, add(desk).entry_id, new, uid=new_uid())


def _term(desk: Desk, receipt: Receipt) -> Term:
    (referral,) = desk.ask(reading.entry, receipt.entry_id).referrals
    assert referral.term is not None
    return referral.term


def _due(desk: Desk, receipt: Receipt) -> tuple[int, bool]:
    term = _term(desk, receipt)
    return term.due_day, term.provisional


def _save(desk: Desk, days: str, year: int = 2027) -> None:
    desk.do(working_days.save_year, year, days, uid=new_uid())


def test_a_new_register_knows_the_published_years(desk: Desk) -> None:
    known = desk.ask(working_days.working_days)
    assert set(known.years) >= set(range(2020, 2027))
    assert known.is_worked(dt.date(2026, 9, 20))
    assert desk.do(working_days.learn) == ()
    check.run(desk)


def test_a_register_from_before_learns_them_when_it_is_opened_for_work(
    register: str, open_desk: OpenDesk, clock: Clock
) -> None:
    desk = _without_limits(open_desk(register))
    other = open_desk(register, desk="B", operator="李敏")
    with behind_its_back(register) as execute:
        for statement in (
            "DELETE FROM working_year WHERE year <> 2024",
            "UPDATE working_year SET days = '2024-02-10,off,own' WHERE year = 2024",
            "DELETE FROM derived_state WHERE name = 'years_looked_on'",
        ):
            execute(statement)
    receipt = _referred(desk, 5)
    assert _due(desk, receipt) == (20261130, True)
    learnt = overlap(desk, working_days.learn, other, working_days.learn)
    assert learnt[0] == (2020, 2021, 2022, 2023, 2025, 2026)
    assert learnt[1] == ()
    assert _due(desk, receipt) == (20261130, False)
    assert desk.ask(working_days.year, 2024).days == "2024-02-10,off,own"


def test_the_notice_of_a_year_moves_what_rests_on_it(desk: Desk, clock: Clock) -> None:
    clock.now = NOW + dt.timedelta(days=32)  # Friday 2026-12-25
    early, late = _referred(desk, 4), _referred(desk, 7)
    hours, days = _referred(desk, 40, LimitClock.HOURS), _referred(desk, 10, LimitClock.CALENDAR)
    done = _referred(desk, 7)
    desk.do(referrals.answer, desk.ask(referrals.find_part, done.number).id, "已办", uid=new_uid())
    desk.do(referrals.close, desk.ask(referrals.find_referral, done.number).id, uid=new_uid())
    assert [_due(desk, one) for one in (early, late, hours, days, done)] == [
        (20261231, False),
        (20270106, True),
        (20270105, True),
        (20270104, True),
        (20270106, True),
    ]
    act = new_uid()
    for _repeated in range(2):
        desk.do(working_days.save_year, 2027, NEW_YEAR, uid=act)
    assert [_due(desk, one) for one in (early, late, hours, days, done)] == [
        (20261231, False),
        (20270106, False),
        (20270105, False),
        (20270105, False),
        (20270106, True),  # what is closed stays as it was
    ]
    assert desk.ask(working_days.moved, act) == 3
    assert desk.ask(working_days.moved, new_uid()) == 0
    clock.go(seconds=1)
    _save(desk, "2027-01-01,off\n2027-01-04,off")
    assert [_due(desk, one)[0] for one in (late, hours, days)] == [20270107, 20270106, 20270105]
    trail = desk.ask(reading.entry, days.entry_id).trail
    assert [line.verb for line in trail] == ["register", "refer", "recompute"]
    assert ("referral.due_day", "2027-01-04", "2027-01-05") in trail[-1].changes
    assert len(desk.ask(reading.entry, early.entry_id).trail) == 2
    _save(desk, "")
    assert _due(desk, late) == (20270106, True)
    check.run(desk)


def _last(desk: Desk) -> uuid.UUID:
    act = desk.ask(undoing.last_act)
    assert act is not None
    return act


def test_a_year_is_taken_back_and_entered_again(desk: Desk, clock: Clock) -> None:
    clock.now = NOW + dt.timedelta(days=32)
    receipt = _referred(desk, 7)
    act, other = new_uid(), new_uid()
    desk.do(working_days.save_year, 2027, NEW_YEAR, uid=act)
    assert _last(desk) == act  # what the desk computed by itself is nobody's act
    desk.do(working_days.save_year, 2027, "2027-01-01,off\n2027-01-04,off", uid=other)
    for due in ((20270106, False), (20270106, True)):
        taken = desk.do(undoing.undo, _last(desk), uid=new_uid())
        assert (taken.number, _due(desk, receipt)) == ("2027", due)
    assert 2027 not in desk.ask(working_days.working_days).years
    for due in ((20270106, False), (20270107, False)):
        desk.do(undoing.redo_last, uid=new_uid())
        assert _due(desk, receipt) == due
    verbs = [line.verb for line in desk.ask(reading.entry, receipt.entry_id).trail]
    assert verbs == ["register", "refer"] + ["recompute"] * 6
    check.run(desk)


def test_what_the_desk_learnt_by_itself_is_not_taken_back(desk: Desk) -> None:
    with behind_its_back(desk.place.text) as execute:
        ids = [row[0] for row in execute("SELECT act_uid FROM journal WHERE verb = 'learn'")]
    assert len(ids) >= 7
    with pytest.raises(StateError, match="cannot be taken back"):
        desk.do(undoing.undo, uuid.UUID(str(ids[-1])), uid=new_uid())


def test_what_was_sent_at_the_moment_when_a_year_was_entered_learns_of_it(desk: Desk, clock: Clock) -> None:
    """Another desk had read the calendar before, and committed after."""
    clock.now = NOW + dt.timedelta(days=32)
    _save(desk, NEW_YEAR)
    receipt = _referred(desk, 7)
    with behind_its_back(desk.place.text) as execute:
        execute("UPDATE referral SET due_day = 20270105, provisional = TRUE")
    assert _due(desk, receipt) == (20270105, True)
    desk.do(working_days.learn)
    assert _due(desk, receipt) == (20270106, False)
    assert not desk.ask(working_days.wanting)


@pytest.mark.parametrize(
    ("year", "days", "kind"),
    [(2027, "2027-01-01", InputError), (2027, "", NotFoundError), (1999, NEW_YEAR, InputError)],
)
def test_what_is_no_year_is_refused(desk: Desk, year: int, days: str, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        _save(desk, days, year)
    assert 2027 not in desk.ask(working_days.working_days).years


def test_other_office_hours_move_what_is_counted_in_hours(desk: Desk, clock: Clock) -> None:
    receipt = _referred(desk, 2, LimitClock.HOURS)
    assert _term(desk, receipt).due_at == NOW + dt.timedelta(hours=2)
    clock.go(minutes=1)
    act = new_uid()
    desk.do(site.save, {"receive_hours": "5", "office_hours": "08:30-10:00 15:00-18:00"}, uid=act)
    assert _term(desk, receipt).due_at == NOW + dt.timedelta(hours=7)
    assert desk.ask(working_days.moved, act) == 1
    clock.go(seconds=1)
    assert desk.ask(reading.entry, receipt.entry_id).trail[-1].verb == "recompute"
    desk.do(undoing.undo_last, uid=new_uid())
    assert _term(desk, receipt).due_at == NOW + dt.timedelta(hours=2)
    desk.do(undoing.redo_last, uid=new_uid())
    assert _term(desk, receipt).due_at == NOW + dt.timedelta(hours=7)
    check.run(desk)


def test_waiting_stands_still_on_days_off(desk: Desk, clock: Clock) -> None:
    """National Day: Wednesday 2026-09-30 is worked until six, then Thursday 10-08 from half past eight."""
    clock.now = dt.datetime(2026, 9, 20, 1, 0, tzinfo=dt.UTC)  # a Sunday that is worked
    receipt = add(desk)
    desk.do(entries.wait, receipt.entry_id, uid=new_uid())
    clock.go(minutes=25)
    assert desk.ask(presence.here)[0].waiting_minutes == 25
    clock.now = dt.datetime(2026, 10, 1, 1, 0, tzinfo=dt.UTC)
    second = add(desk)
    desk.do(entries.wait, second.entry_id, uid=new_uid())
    clock.go(minutes=25)
    assert desk.ask(presence.here)[0].waiting_minutes == 0


MANY = 600


@contextmanager
def _statements(desk: Desk) -> Iterator[list[str]]:
    """What is sent to the database."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(desk.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(desk.engine, "before_cursor_execute", note)


def _many(session: Session) -> None:
    """Hundreds of referrals due in the next year, each told of in its own line as the verbs would."""
    connection = session.connection()
    entry = dict(connection.execute(select(tables.entry)).mappings().one())
    sent = connection.execute(select(tables.referral)).mappings().one()
    uid = new_uid()
    journal.open_act(session, uid)
    entry = {name: value for name, value in entry.items() if name != "id"}
    made = [{**entry, "uid": uuid.uuid4(), "sequence": 1_000 + at} for at in range(MANY)]
    connection.execute(insert(tables.entry), made)
    ids = connection.scalars(select(tables.entry.c.id).order_by(tables.entry.c.id)).all()[-MANY:]
    referral = {name: value for name, value in sent.items() if name != "id"}
    connection.execute(insert(tables.referral), [{**referral, "entry_id": one} for one in ids])
    skip, left_out = {"version", "line", "line_desk_id"}, tables.DERIVED | {"entry_id"}
    lines = []
    for entry_id, one in zip(ids, made, strict=True):
        told = {name: (None, value) for name, value in one.items() if name not in skip and value != ""}
        also = {
            name: (None, value) for name, value in referral.items() if name not in left_out and value != ""
        }
        changes = {"entry": told, "referral/1": also}
        lines.append(journal.Line("register", ("entry", entry_id), changes, one["uid"]))
    first = journal.append_many(session, lines)
    moved = update(tables.entry).where(tables.entry.c.id == bindparam("row"))
    connection.execute(moved, [{"row": one, "version": 1, "line": first + at} for at, one in enumerate(ids)])


def test_hundreds_are_computed_anew_in_a_few_statements(desk: Desk, clock: Clock) -> None:
    clock.now = NOW + dt.timedelta(days=32)
    receipt = _referred(desk, 10)
    desk.do(_many)
    with _statements(desk) as sent:
        _save(desk, "2027-01-01,off\n2027-01-04,off")
    assert len(sent) < 40
    table = tables.referral
    query = select(table.c.due_day, table.c.provisional, table.c.press_at == table.c.due_at).distinct()
    found = desk.ask(lambda session: session.connection().execute(query).all())
    assert found == [(20270112, False, True)]
    assert _due(desk, receipt) == (20270112, False)
    assert desk.do(recomputing.recompute) == 0
    check.run(desk)
