"""The made-up register: complete, believable, whole, and the same for the same seed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Table, func, select

from reception import founding, journal, tables, text, words
from reception.context import Session
from reception.demo import fill, filling
from reception.desk import Desk
from reception.errors import InputError
from reception.facts import (
    CONTACTS,
    Act,
    AttemptResult,
    CallbackStatus,
    CallResult,
    Category,
    EntryStatus,
    Kind,
    NewEntry,
    PartStatus,
    ReferralStatus,
    Role,
    Todo,
    Urgency,
    Visits,
)
from reception.facts.meetings import Notified
from reception.facts.office import EventKind, ExpectedStatus, LoanStatus, ParcelStatus, StandsOn
from reception.facts.papers_in import PaperStep
from reception.operations import callbacks, day, entries, people, presence, reading, referrals, site
from reception.operations.office import (
    documents,
    expected,
    instructions,
    jobs,
    loans,
    meetings,
    papers_in,
    parcels,
    urgent,
)
from reception.operations.referrals import recomputing
from reception.store import check

MONDAY = dt.date(2026, 11, 23)
LATER = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)
NOON = dt.datetime(2026, 11, 23, 4, 0, tzinfo=dt.UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
E, P, R, PART, J = tables.entry, tables.party, tables.referral, tables.part, tables.journal


@pytest.fixture(scope="module")
def ten_days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Ten days of forty entries."""
    place = str(tmp_path_factory.mktemp("demo") / "register.sqlite")
    assert fill(place, days=10, per_day=40, until=MONDAY, clock=lambda: LATER) == 400
    with closing(Desk.open(place, clock=lambda: LATER)) as desk:
        yield desk


def all_rows(desk: Desk, table: Table) -> list[Any]:
    def read(session: Session) -> list[Any]:
        return list(session.connection().execute(select(table).order_by(*table.primary_key.columns)))

    return desk.ask(read)


def found(desk: Desk, column: Any) -> set[Any]:
    def read(session: Session) -> set[Any]:
        return set(session.connection().scalars(select(column).distinct()))

    return desk.ask(read)


def test_every_kind_act_category_and_state_is_there(ten_days: Desk) -> None:
    assert found(ten_days, E.c.kind) == set(Kind)
    assert found(ten_days, E.c.act) == {None, *Act}
    assert found(ten_days, E.c.call_result) == {None, *CallResult}
    assert found(ten_days, E.c.status) == set(EntryStatus)
    assert found(ten_days, E.c.category) == {None, *Category}
    assert found(ten_days, E.c.urgency) >= {Urgency.NORMAL, Urgency.URGENT}
    assert found(ten_days, E.c.visits) == {None, *Visits}
    assert found(ten_days, R.c.status) == set(ReferralStatus)
    assert found(ten_days, PART.c.status) == set(PartStatus)
    assert found(ten_days, PART.c.role) == set(Role)
    assert 2 in found(ten_days, PART.c.sending)
    for flag in (E.c.late, E.c.identity_protected, E.c.callback_wanted):
        assert found(ten_days, flag) == {False, True}
    for column in (E.c.waiting_since, E.c.seen_at, E.c.left_at):
        assert len(found(ten_days, column)) > 1
    for column in (E.c.complained_about, E.c.amount, E.c.papers, E.c.wanted, E.c.plate, P.c.document_number):
        assert len(found(ten_days, column)) > 1
    assert max(found(ten_days, P.c.position)) >= 1
    assert max(found(ten_days, E.c.party_size)) >= 6
    assert len(found(ten_days, E.c.operator_id)) > 2


def test_every_step_of_an_entry_and_a_referral_stands_in_the_trail(ten_days: Desk) -> None:
    steps = set(words.VERBS) - {"restore", "wait", "recompute"}
    assert found(ten_days, J.c.verb) >= steps


def test_papers_meetings_jobs_and_events_of_the_office_are_in_every_state(ten_days: Desk) -> None:
    with closing(Desk.open(ten_days.place.text, clock=lambda: NOON)) as at_noon:
        papers = at_noon.ask(papers_in.rows, which="all")
        assert {one.step for one in papers} == set(PaperStep) - {PaperStep.VOID}
        assert any(one.lying for one in papers)
        assert any(one.instructions for one in papers)
        numbers = [one.serial for one in reversed(papers)]
        assert numbers == [f"收〔2026〕{number}号" for number in range(1, len(papers) + 1)]
        given = at_noon.ask(jobs.rows, which="all", limit=500)
        assert {one.status for one in given} == {EntryStatus.OPEN, EntryStatus.FINISHED}
        assert {one.stands_on for one in at_noon.ask(instructions.rows)} == set(StandsOn)
        begun = at_noon.ask(meetings.rows, which="open")
        assert any(one.unreached for one in begun)
        assert any(one.round > 1 for one in (*begun, *at_noon.ask(meetings.rows, which="past")))
        (event,) = at_noon.ask(urgent.rows)
        view = at_noon.ask(urgent.view, event.entry_id)
        assert event.people > 8
        assert [one.whom for one in view.log if one.kind is EventKind.CALLED] == list(view.called)
        assert view.called == tuple(one.name for one in view.calls[: len(view.called)])


def test_visitors_are_expected_things_lent_and_parcels_kept(ten_days: Desk) -> None:
    assert found(ten_days, tables.expected.c.status) == set(ExpectedStatus)
    assert found(ten_days, tables.loan.c.status) == {LoanStatus.OUT, LoanStatus.BACK}
    kept = {ParcelStatus.HERE, ParcelStatus.HANDED}
    assert found(ten_days, tables.parcel.c.status) >= kept
    by_id = {row.id: row for row in all_rows(ten_days, E)}
    for row in all_rows(ten_days, tables.expected):
        assert (row.visit_id is None) is (row.status != ExpectedStatus.CAME)
        if row.visit_id is not None:
            assert by_id[row.visit_id].kind == Kind.VISIT
            assert by_id[row.visit_id].day == row.day


def test_calls_are_owed_tried_and_ended(ten_days: Desk) -> None:
    statuses = {CallbackStatus.OWED, CallbackStatus.DONE, CallbackStatus.GIVEN_UP}
    assert found(ten_days, tables.callback.c.status) == statuses
    assert found(ten_days, tables.attempt.c.result) == set(AttemptResult)
    owed = ten_days.ask(callbacks.owed)
    assert any(one.attempts for one in owed)
    assert all(one.phone for one in owed if one.id is not None)


def test_visits_of_the_last_days_are_closed_in_the_evening(ten_days: Desk) -> None:
    visits = [row for row in all_rows(ten_days, E) if row.kind == Kind.VISIT and row.status != "void"]
    days = sorted({row.day for row in visits})
    first = int(ten_days.ask(site.values)["estimates_from"])
    assert first in days[1:]
    for row in visits:
        if row.day < first or row.day == days[-1]:
            assert row.left_estimated is None
        elif not (row.late and row.received_at.astimezone(SHANGHAI).hour == 17):  # entered the next morning
            assert row.left_at is not None
        if row.left_estimated:
            assert row.left_at.astimezone(SHANGHAI).hour == 17
    assert {row.left_estimated for row in visits} == {None, True}
    with_desk = ten_days.ask(presence.here)
    assert with_desk == ()  # it is the day after


def _computed_anew(session: Session) -> int:
    """How many due dates are not what the site's limits and calendar say."""
    journal.open_act(session, uuid.uuid4())
    return recomputing.recompute(session)


def test_the_register_passes_the_check_and_works_on(register_url: str) -> None:
    """On both engines: what was written in bulk is what the verbs would have written."""
    fill(register_url, days=4, per_day=60, until=MONDAY, clock=lambda: LATER)
    with closing(Desk.open(register_url, clock=lambda: LATER)) as desk:
        assert check.run(desk).entries == 240
        again = {row.referral_id for row in all_rows(desk, tables.step) if row.kind == "reopened"}
        made = all_rows(desk, R)
        assert all(row.due_at > row.started_at for row in made)
        assert all((row.started_at == row.created_at) is (row.id not in again) for row in made)
        assert desk.do(_computed_anew) == 0
        receipt = desk.do(entries.register, NewEntry(Kind.VISIT, "问路"))
        assert receipt.number == "20261124-001"
        parts = desk.ask(referrals.rows, which="sent")
        sent = next(row for row in parts if row.part.role is Role.LEAD)
        desk.do(referrals.receive, sent.part.id, "王芳", uid=uuid.uuid4())
        desk.do(referrals.answer, sent.part.id, "已办结", uid=uuid.uuid4())
        desk.do(referrals.close, sent.referral_id, uid=uuid.uuid4())
        assert check.run(desk).entries == 241
    with closing(Desk.open(register_url, clock=lambda: NOON)) as desk:
        waiting = next(row for row in desk.ask(day.todo, 20261123) if row.what is Todo.WAITING)
        desk.do(entries.seen, waiting.entry_id, uid=uuid.uuid4())
        desk.do(entries.void, waiting.entry_id, "登错了", uid=uuid.uuid4())
        _work_in_the_office(desk)
        assert check.run(desk).entries == 242


def _work_in_the_office(desk: Desk) -> None:
    """One step about each thing; a call about a meeting and whoever arrives are entries."""

    def do(verb: Any, *words: Any, **named: Any) -> None:
        desk.do(verb, *words, uid=uuid.uuid4(), **named)

    do(documents.file, desk.ask(papers_in.rows, which="nothing")[0].entry_id, where="上级来文卷")
    do(jobs.step, desk.ask(jobs.rows)[0].entry_id, words="已与乡镇对接")
    event = desk.ask(urgent.rows)[0].entry_id
    do(urgent.call, event, words="已到现场")
    do(urgent.end, event, outcome="已劝离")
    notice = next(one for one in desk.ask(meetings.rows) if one.unreached)
    invitees = desk.ask(meetings.view, notice.entry_id).invitees
    uncalled = next(one for one in invitees if one.state is Notified.UNREACHED)
    do(meetings.call, uncalled.id, AttemptResult.REACHED, told_whom="值班员")
    do(expected.arrive, desk.ask(expected.rows)[0].id)
    do(loans.give_back, desk.ask(loans.rows)[0].id)
    do(parcels.hand_out, desk.ask(parcels.rows)[0].id)


def told(desk: Desk) -> list[Any]:
    """Everything of the entries but the chain's hashes, which begin with the register's own uid."""
    owed = (tables.callback, tables.attempt)
    office = (*tables.OF_ENTRY.values(), tables.expected, tables.loan, tables.parcel)
    return [all_rows(desk, table) for table in (E, P, R, PART, *owed, *office, tables.operator)]


def test_the_same_seed_makes_the_same_register(ten_days: Desk, tmp_path: Path) -> None:
    again, other = str(tmp_path / "again.sqlite"), str(tmp_path / "other.sqlite")
    fill(again, days=10, per_day=40, until=MONDAY, clock=lambda: LATER)
    fill(other, days=10, per_day=40, until=MONDAY, clock=lambda: LATER, seed=2)
    with closing(Desk.open(again)) as same, closing(Desk.open(other)) as different:
        assert told(same) == told(ten_days)
        assert all_rows(different, P) != all_rows(ten_days, P)


def test_people_return_and_a_foreman_lends_his_telephone(ten_days: Desk) -> None:
    persons = [row for row in all_rows(ten_days, P) if row.name and row.phone_digits]
    times = Counter((row.name, row.phone_digits) for row in persons)
    assert sum(count for count in times.values() if count > 1) > 0.2 * len(persons)
    names_by_phone: dict[str, set[str]] = {}
    for row in persons:
        names_by_phone.setdefault(row.phone_digits, set()).add(row.name)
    assert max(map(len, names_by_phone.values())) >= 3


def test_numbers_follow_each_other_on_every_day(ten_days: Desk) -> None:
    numbers: dict[int, list[int]] = {}
    for row in all_rows(ten_days, E):
        numbers.setdefault(row.day, []).append(row.sequence)
    assert len(numbers) >= 10
    assert list(numbers)[-1] == 20261123
    for given in numbers.values():
        assert sorted(given) == list(range(1, len(given) + 1))


def test_the_desk_keeps_its_hours(ten_days: Desk) -> None:
    for row in all_rows(ten_days, E):
        local = row.received_at.astimezone(SHANGHAI)
        minute = local.hour * 60 + local.minute
        assert 505 - 45 * row.late <= minute <= 720 or 865 - 45 * row.late <= minute <= 1050
    times = [row.at for row in all_rows(ten_days, J)]
    assert times == sorted(times)


def test_the_last_day_is_a_morning_with_work_left(ten_days: Desk) -> None:
    with closing(Desk.open(ten_days.place.text, clock=lambda: NOON)) as at_noon:
        todo = Counter(row.what for row in at_noon.ask(day.todo, 20261123))
    assert set(todo) >= {Todo.WAITING, Todo.RETURNED, Todo.CALLBACK, Todo.ANSWERED, Todo.OPEN}
    assert set(todo) >= {Todo.URGENT, Todo.UNHANDLED, Todo.EXPECTED, Todo.NOT_BACK, Todo.PARCEL}
    next_day = {row.what for row in ten_days.ask(day.todo, 20261124)}
    assert next_day >= {Todo.OVERDUE, Todo.NOT_RECEIVED}
    assert todo[Todo.WAITING] >= 2
    assert max(row.received_at for row in all_rows(ten_days, E)).astimezone(SHANGHAI).hour == 11


def test_little_stays_open_and_nothing_for_months(tmp_path: Path) -> None:
    place = str(tmp_path / "register.sqlite")
    fill(place, days=100, per_day=30, until=MONDAY, clock=lambda: LATER)
    with closing(Desk.open(place, clock=lambda: LATER)) as desk:
        before = desk.ask(day.open_before, 20261123)
        assert 1 <= len(before) <= 0.005 * 3000
        assert before[0].day > 20260900
        assert {row.act for row in before if row.kind in CONTACTS} <= {Act.REFERRED}


def test_every_text_is_as_the_desk_would_have_kept_it(tmp_path: Path) -> None:
    place = str(tmp_path / "register.sqlite")
    fill(place, days=20, per_day=100, until=MONDAY, clock=lambda: LATER)
    with closing(Desk.open(place)) as desk:
        persons, kept = all_rows(desk, P), all_rows(desk, E)
    for row in persons:
        assert (row.name, row.phone) == (text.clean_name(row.name), text.clean_phone(row.phone))
        assert row.organisation == text.clean_line(row.organisation)
        assert not text.id_number_warning(row.document_number)
    for row in kept:
        for value in (row.subject, row.request, row.outcome):
            assert value == text.clean_text(value)
            assert "{" not in value
        assert row.subject
    names = "".join(row.name for row in persons)
    assert "·" in names
    assert any(ord(character) > 0xFFFF for character in names)
    assert {"女士", "先生"} <= {row.name[-2:] for row in persons}
    assert any("转80" in row.phone for row in persons)


def test_calls_neither_wait_nor_bring_parcels(ten_days: Desk) -> None:
    for row in all_rows(ten_days, E):
        if row.kind != Kind.VISIT:
            assert (row.waiting_since, row.seen_at, row.left_at, row.plate) == (None, None, None, "")
            assert row.category not in (
                Category.DELIVERY,
                Category.PETITION,
                Category.OFFICIAL,
                Category.BUSINESS,
            )


def test_whoever_reports_stays_unnamed_and_accusations_go_outside(ten_days: Desk) -> None:
    for row in all_rows(ten_days, E):
        if row.category == Category.REPORT and row.act == Act.REFERRED:
            assert row.identity_protected
    outside = {row.id for row in all_rows(ten_days, tables.department) if row.outside}
    assert not outside & {row.department_id for row in all_rows(ten_days, PART)}


@pytest.mark.parametrize("hour", [0, 8, 13, 20])
def test_today_ends_now(tmp_path: Path, hour: int) -> None:
    now = dt.datetime(2026, 11, 23, hour, 20, tzinfo=SHANGHAI)
    place = str(tmp_path / "register.sqlite")
    fill(place, days=2, per_day=40, clock=lambda: now.astimezone(dt.UTC))
    with closing(Desk.open(place, clock=lambda: now.astimezone(dt.UTC))) as desk:
        today = desk.ask(reading.day_rows, 20261123)
        assert len(today) >= 10
        assert max(row.received_at for row in today) <= now
        assert max(row.at for row in all_rows(desk, J)) <= now
        waiting = [row for row in desk.ask(day.todo, 20261123) if row.what is Todo.WAITING]
        assert waiting
        assert all(now - row.since < dt.timedelta(minutes=90) for row in waiting)
        assert check.run(desk).entries == 80


def test_an_empty_register_is_filled_as_it_is(tmp_path: Path) -> None:
    place = str(tmp_path / "register.sqlite")
    founding.create(place, template="office", site_name="某办公室", operator="王芳", zone="Europe/Lisbon")
    fill(place, days=3, per_day=50, until=MONDAY, clock=lambda: LATER)
    with closing(Desk.open(place, clock=lambda: LATER)) as desk:
        assert check.run(desk).entries == 150
        assert desk.zone.key == "Europe/Lisbon"


def test_a_register_with_entries_is_refused(tmp_path: Path) -> None:
    place = str(tmp_path / "register.sqlite")
    founding.create(place, operator="王芳")
    with closing(Desk.open(place)) as desk:
        desk.do(entries.register, NewEntry(Kind.VISIT, "问路"))
    with pytest.raises(InputError, match="entries"):
        fill(place, days=3, per_day=50)
    with closing(Desk.open(place)) as desk:
        assert desk.ask(lambda session: session.connection().scalar(select(func.count(E.c.id)))) == 1


@pytest.mark.parametrize(("days", "per_day", "field"), [(0, 5, "days"), (5, -1, "per_day")])
def test_senseless_numbers_are_refused(tmp_path: Path, days: int, per_day: int, field: str) -> None:
    with pytest.raises(InputError) as refused:
        fill(str(tmp_path / "register.sqlite"), days=days, per_day=per_day)
    assert refused.value.field == field
    assert not list(tmp_path.iterdir())


def test_an_interrupted_filling_leaves_a_whole_register_that_works(
    register_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "BATCH", 100)
    steps: list[tuple[int, int]] = []

    def interrupt(done: int, total: int) -> None:
        steps.append((done, total))
        if done > 300:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(register_url, days=30, per_day=40, until=MONDAY, clock=lambda: LATER, progress=interrupt)
    assert steps[0][1] == 1200
    with closing(Desk.open(register_url, clock=lambda: LATER)) as desk:
        receipt = desk.do(entries.register, NewEntry(Kind.VISIT, "问路"))
        assert desk.ask(reading.entry, receipt.entry_id).row.number == receipt.number
        assert 100 <= check.run(desk).entries <= 340


def test_batches_make_no_difference(ten_days: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What happens to an entry after its batch was written ends up the same."""
    monkeypatch.setattr(filling, "BATCH", 20)
    place = str(tmp_path / "register.sqlite")
    fill(place, days=10, per_day=40, until=MONDAY, clock=lambda: LATER)
    with closing(Desk.open(place)) as desk:
        assert told(desk) == told(ten_days)
        assert check.run(desk).entries == 400


def test_people_return_and_are_known(ten_days: Desk) -> None:
    linked = [row.person_id for row in all_rows(ten_days, P)]
    known = Counter(person_id for person_id in linked if person_id is not None)
    assert len(known) > 50
    assert max(known.values()) > 3
    assert sum(known.values()) > 0.6 * len(linked)
    person = tables.person
    assert found(ten_days, person.c.note_kind) > {None}
    assert found(ten_days, person.c.merged_into) > {None}
    (often,) = known.most_common(1)
    assert ten_days.ask(people.person, often[0]).offer.times > 3


def test_some_ask_what_became_of_their_matter(ten_days: Desk) -> None:
    asked = [row for row in all_rows(ten_days, E) if row.case_id is not None]
    assert asked
    by_id = {row.id: row for row in all_rows(ten_days, E)}
    for row in asked:
        matter = by_id[row.case_id]
        assert matter.received_at < row.received_at
        assert matter.case_id is None
