"""People who return: each entry leads to its person, whoever saves first; merged, unmerged and noted."""

from __future__ import annotations

import datetime as dt
import itertools
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from reception.context import Session
from reception.desk import Desk
from reception.errors import InputError, NotFoundError, RegisterUnusableError, StateError
from reception.facts import Details, Kind, NewEntry, Party, Receipt, Sex
from reception.facts.people import NoteKind, PersonOffer
from reception.operations import cases, entries, people, reading, undoing
from reception.store import check
from tests.factories import NOW, OpenDesk, add, behind_its_back, changed, new_uid, overlap, person, visit
from tests.hands import Hands

MOBILE, LANDLINE = "13800138000", "051288881234"


def came(desk: Desk, *parties: Party, subject: str = "社保卡补换", **fields: object) -> int:
    """The id of a new entry of these people."""
    return add(desk, NewEntry(Kind.VISIT, subject, parties=parties, **fields)).entry_id  # type: ignore[arg-type]


def offered(desk: Desk, typed: str) -> list[tuple[str, int]]:
    """Name and visits of whoever is offered."""
    return [(one.name, one.times) for one in desk.ask(people.recall, typed)]


def only(desk: Desk, typed: str) -> PersonOffer:
    """The only one offered."""
    (one,) = desk.ask(people.recall, typed)
    return one


def test_the_same_name_with_the_same_number_is_one_person(desk: Desk) -> None:
    came(desk, person(phone="138 0013 8000", organisation="柳湾镇新建村3组", sex=Sex.MALE))
    came(desk, person(phone="+86 13800138000"))
    came(desk, person("张　建　国", phone="１３８００１３８０００"))
    came(desk, person("李建国", phone=MOBILE))
    one, other = desk.ask(people.recall, MOBILE)
    assert [(one.name, one.times), (other.name, other.times)] == [("李建国", 1), ("张建国", 3)]
    assert (other.organisation, other.sex, other.phones) == ("柳湾镇新建村3组", Sex.MALE, ("138 0013 8000",))
    check.run(desk)


def test_an_offer_tells_the_last_visit_and_what_is_open(desk: Desk, clock: object) -> None:
    came(desk, person(phone=MOBILE), subject="拖欠工资")
    came(desk, person(phone=MOBILE), subject="昨天的事", received_at=NOW - dt.timedelta(days=1))
    one = only(desk, "张建国")
    assert (one.last_subject, one.last_number, one.last_at) == ("拖欠工资", "20261123-001", NOW)
    assert (one.times, one.open_cases) == (2, 2)


def test_a_second_number_leads_to_the_same_person(desk: Desk) -> None:
    came(desk, person(phone=f"{MOBILE}、0512-88881234"))
    came(desk, person(phone=LANDLINE))
    came(desk, person(phone="138-0013-8000"))
    assert offered(desk, "88881") == [("张建国", 3)]
    check.run(desk)


def test_without_a_number_name_and_organisation_decide(desk: Desk) -> None:
    for organisation in ("某村", "某村", "别的村", ""):
        came(desk, person(organisation=organisation))
    came(desk, person(phone=MOBILE, organisation="某村"))
    assert sorted(times for _, times in offered(desk, "张建国")) == [1, 1, 1, 2]
    check.run(desk)


@pytest.mark.parametrize("name", ["某先生", "王女士", "匿名", "老李", "张某", "某某某先生", ""])
def test_names_that_fit_many_are_nobodys_without_a_number(
    file_register: str, open_desk: OpenDesk, name: str
) -> None:
    desk = open_desk(file_register)
    entry = came(desk, Party(name, organisation="某村"))
    assert desk.ask(reading.entry, entry).parties[0].person_id is None
    first, second = (came(desk, Party(name, phone=MOBILE)) for _ in range(2))
    linked = {desk.ask(reading.entry, one).parties[0].person_id for one in (first, second)}
    assert len(linked) == 1
    assert None not in linked
    check.run(desk)


def test_a_number_alone_is_the_nameless_person_of_it(desk: Desk) -> None:
    came(desk, Party(phone=MOBILE))
    came(desk, Party("某女士", phone=MOBILE))
    came(desk, person(phone=MOBILE))
    assert sorted(offered(desk, "0013")) == [("", 2), ("张建国", 1)]


def test_the_clerks_choice_wins_and_the_journal_tells_of_it(desk: Desk) -> None:
    first = came(desk, Party(phone=MOBILE))
    chosen = desk.ask(reading.entry, first).parties[0].person_id
    entry = came(desk, person(phone="13900139000", person_id=chosen))
    view = desk.ask(reading.entry, entry)
    assert view.parties[0].person_id == chosen
    assert ("person_id", "", "张建国") in [change for line in view.trail for change in line.changes]
    one = only(desk, "13900139000")
    assert (one.id, one.name, one.times, set(one.phones)) == (chosen, "张建国", 2, {MOBILE, "13900139000"})
    came(desk, person(phone="13900139000"))
    assert only(desk, "13900139000").times == 3
    check.run(desk)


def test_a_choice_that_says_what_the_register_knows_is_none(desk: Desk) -> None:
    first = came(desk, person(phone=MOBILE))
    known = desk.ask(reading.entry, first).parties[0].person_id
    again = desk.ask(reading.entry, came(desk, person(phone=MOBILE, person_id=known)))
    assert not [change for line in again.trail for change in line.changes if change[0] == "person_id"]
    with pytest.raises(InputError):
        came(desk, person(person_id=999))


def test_a_void_entry_counts_no_more_and_taken_back_it_does_again(desk: Desk) -> None:
    came(desk, person(phone=MOBILE), subject="第一次")
    second, uid = came(desk, person(phone=MOBILE), subject="第二次"), new_uid()
    desk.do(entries.void, second, "误登", uid=uid)
    one = only(desk, MOBILE)
    assert (one.times, one.last_subject) == (1, "第一次")
    check.run(desk)
    desk.do(undoing.undo, uid, uid=new_uid())
    one = only(desk, MOBILE)
    assert (one.times, one.last_subject) == (2, "第二次")
    check.run(desk)


def test_whoever_was_only_entered_by_mistake_is_not_offered(desk: Desk) -> None:
    desk.do(entries.void, came(desk, person(phone=MOBILE)), "误登", uid=new_uid())
    assert offered(desk, MOBILE) == []


def test_a_correction_leads_to_another_person_and_back(desk: Desk) -> None:
    came(desk, person("王芳", phone=MOBILE))
    entry = came(desk, person("王方", phone=MOBILE), Party("李明", phone=LANDLINE))
    view = desk.ask(reading.entry, entry)
    desk.do(
        entries.correct, entry, {"parties": (changed(view.parties[0], name="王芳"),)}, uid=(uid := new_uid())
    )
    assert offered(desk, MOBILE) == [("王芳", 2)]
    assert offered(desk, "李明") == []
    check.run(desk)
    desk.do(undoing.undo, uid, uid=new_uid())
    assert sorted(offered(desk, MOBILE)) == [("王方", 1), ("王芳", 1)]
    assert offered(desk, "李明") == [("李明", 1)]
    check.run(desk)


def test_a_choice_outlives_a_correction_that_hands_it_back(desk: Desk) -> None:
    chosen = desk.ask(reading.entry, came(desk, Party(phone=MOBILE))).parties[0].person_id
    entry = came(desk, person(person_id=chosen))
    (kept,) = desk.ask(reading.entry, entry).parties
    desk.do(entries.correct, entry, {"parties": (changed(kept, organisation="某村"),)}, uid=new_uid())
    assert desk.ask(reading.entry, entry).parties[0].person_id == chosen
    desk.do(entries.correct, entry, {"parties": (person("李四"),)}, uid=new_uid())
    assert desk.ask(reading.entry, entry).parties[0].person_id != chosen
    assert only(desk, MOBILE).times == 1
    check.run(desk)


def test_one_who_is_named_twice_in_an_entry_came_once(desk: Desk) -> None:
    came(desk, person(phone=MOBILE), person(phone=MOBILE), Party("李明", phone=MOBILE))
    assert sorted(offered(desk, MOBILE)) == [("张建国", 1), ("李明", 1)]
    check.run(desk)


def test_in_whatever_order_entries_are_saved_they_lead_to_the_same_people(
    file_register: str, open_desk: OpenDesk
) -> None:
    desk = open_desk(file_register)
    told = [("甲", ""), ("甲", "1"), ("乙", "1"), ("甲", "2"), ("", "1"), ("甲", "1")]
    outcomes = set()
    for number, order in enumerate(itertools.islice(itertools.permutations(range(6)), 0, 720, 48)):
        head = f"139{number:07d}"
        names = {"甲": f"甲{number:03d}", "乙": f"乙{number:03d}", "": ""}
        ids = {}
        for place in order:
            name, digit = told[place]
            party = Party(names[name], phone=head + digit if digit else "", organisation="某村")
            at = NOW - dt.timedelta(minutes=place)
            ids[place] = came(desk, party, received_at=at)
        linked = [desk.ask(reading.entry, ids[place]).parties[0].person_id for place in range(6)]
        outcomes.add(tuple(linked.index(one) for one in linked))
    assert outcomes == {(0, 1, 2, 3, 4, 1)}
    check.run(desk)


COPIES, EACH = 8, 6


def test_eight_processes_that_save_the_same_people_make_each_once(register: str, open_desk: OpenDesk) -> None:
    with Hands(register, "return", EACH, copies=COPIES) as hands:
        assert len(hands.lines()) == COPIES * EACH
    desk = open_desk(register)
    found = {one.name: one.times for one in desk.ask(people.find, "", 50)}
    assert found == {"张建国": COPIES * EACH, "李明": COPIES * EACH, "": COPIES * EACH}
    assert only(desk, "李明").phones == (LANDLINE, MOBILE)
    check.run(desk)


def test_two_desks_that_save_a_new_person_at_once_make_one(register: str, open_desk: OpenDesk) -> None:
    one, other = open_desk(register, desk="A"), open_desk(register, desk="B")

    def save(session: Session) -> object:
        return entries.register(
            session, visit(parties=(person(phone=MOBILE), person("李明", phone=LANDLINE)))
        )

    def turned(session: Session) -> object:
        return entries.register(
            session, visit(parties=(person("李明", phone=LANDLINE), person(phone=MOBILE)))
        )

    overlap(one, save, other, turned)
    assert offered(one, "张") == [("张建国", 2)]
    assert offered(one, "liming") == [("李明", 2)]
    check.run(one)


SECOND = (
    "138 0013 8000、0512-88881234",
    "0512-88881234、138 0013 8000",
    "15800158000、0512-88881234",
    LANDLINE,
)


@pytest.mark.parametrize(("first", "then"), list(itertools.permutations(SECOND, 2)))
def test_two_desks_that_save_people_who_share_a_second_number_make_one(
    server_register: str, open_desk: OpenDesk, first: str, then: str
) -> None:
    one, other = open_desk(server_register, desk="A"), open_desk(server_register, desk="B")

    def save(phone: str) -> Callable[[Session], object]:
        return lambda session: entries.register(session, visit(parties=(person(phone=phone),)))

    outcomes = overlap(one, save(first), other, save(then))
    assert all(isinstance(one, Receipt) for one in outcomes)
    assert offered(one, "张建国") == [("张建国", 2)]
    came(one, person(phone=LANDLINE))
    assert offered(one, "88881") == [("张建国", 3)]
    check.run(one)


def test_two_desks_that_wait_for_each_other_are_both_saved(server_register: str, open_desk: OpenDesk) -> None:
    one, other = open_desk(server_register, desk="A"), open_desk(server_register, desk="B")
    met = threading.Barrier(2)

    def save(mine: str, both: str) -> Callable[[], object]:
        turn = iter((True, False))

        def verb(session: Session) -> object:
            receipt = entries.register(session, visit(parties=(person(phone=mine),)))
            if next(turn):
                met.wait(20)
            entries.register(session, visit(parties=(person(phone=both),)))
            return receipt

        return lambda: (one if mine == MOBILE else other).do(verb)

    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(save(MOBILE, LANDLINE)), pool.submit(save(LANDLINE, MOBILE))]
        assert all(isinstance(one.result(), Receipt) for one in done)
    assert [times for _, times in offered(one, "张建国")] == [2, 2]
    check.run(one)


def test_merged_records_are_one_person_until_they_are_taken_apart(desk: Desk) -> None:
    came(desk, Party("王女士", phone=MOBILE), subject="第一次")
    came(desk, person("王芳", phone=LANDLINE, organisation="某村"), subject="第二次")
    came(desk, person("王方", phone="13900139000"), subject="第三次")
    lady, fang, wrong = (only(desk, phone).id for phone in (MOBILE, LANDLINE, "13900139000"))
    assert desk.do(people.merge, fang, lady, uid=new_uid()) == min(lady, fang)
    desk.do(people.merge, fang, wrong, uid=(uid := new_uid()))
    assert desk.do(people.merge, fang, wrong, uid=uid) == lady
    for typed in ("王女士", "wf", MOBILE, LANDLINE, "13900139000", "某村"):
        one = only(desk, typed)
        assert (one.id, one.name, one.times, one.last_subject) == (lady, "王芳", 3, "第三次")
        assert set(one.phones) == {MOBILE, LANDLINE, "13900139000"}
    assert [row.subject for row in desk.ask(people.history, lady)] == ["第三次", "第二次", "第一次"]
    assert [row.subject for row in desk.ask(people.history, lady, limit=2)] == ["第三次", "第二次"]
    view = desk.ask(people.person, wrong)
    assert {one.name for one in view.merged} == {"王芳", "王方"}
    assert [line.verb for line in view.trail] == ["merge", "merge"]
    check.run(desk)
    with pytest.raises(StateError):
        desk.do(people.merge, wrong, lady, uid=new_uid())
    desk.do(people.unmerge, wrong, uid=new_uid())
    assert (only(desk, "13900139000").name, only(desk, "13900139000").times) == ("王方", 1)
    assert only(desk, MOBILE).times == 2
    desk.do(people.unmerge, fang, uid=new_uid())
    assert (only(desk, MOBILE).name, only(desk, LANDLINE).name) == ("王女士", "王芳")
    with pytest.raises(StateError):
        desk.do(people.unmerge, fang, uid=new_uid())
    with pytest.raises(NotFoundError):
        desk.ask(people.person, 999)
    check.run(desk)


def test_the_record_kept_gives_the_name_whichever_is_older(desk: Desk) -> None:
    came(desk, person("王方", phone=MOBILE))
    came(desk, person("王芳", phone=LANDLINE))
    old, young = only(desk, MOBILE).id, only(desk, LANDLINE).id
    for kept, other, name in ((young, old, "王芳"), (old, young, "王方")):
        desk.do(people.merge, kept, other, uid=new_uid())
        came(desk, person("王方", phone=MOBILE))
        assert only(desk, MOBILE).name == name
        desk.do(people.unmerge, max(old, young), uid=new_uid())


def test_a_note_is_shown_for_exactly_that_person(desk: Desk) -> None:
    came(desk, person("王芳", phone=MOBILE))
    fang = only(desk, MOBILE).id
    with pytest.raises(InputError) as refused:
        desk.do(people.save_note, fang, NoteKind.BANNED, " ", uid=new_uid())
    assert refused.value.field == "note"
    desk.do(people.save_note, fang, NoteKind.BANNED, "多次扰乱秩序", uid=new_uid())

    def noted(name: str, phone: str) -> list[str]:
        return [one.text for one in desk.ask(people.notes_on, name, phone)]

    for name, phone in (("王芳", ""), ("", MOBILE), ("王芳", "138-0013-8000"), ("某女士", MOBILE)):
        assert noted(name, phone) == ["多次扰乱秩序"], (name, phone)
    for name, phone in (
        ("王", ""),
        ("王芳芳", ""),
        ("", "1380013800"),
        ("王芳", LANDLINE),
        ("李明", MOBILE),
        ("", ""),
    ):
        assert noted(name, phone) == [], (name, phone)
    assert (only(desk, "wf").note_kind, only(desk, "wf").note) == (NoteKind.BANNED, "多次扰乱秩序")
    check.run(desk)
    desk.do(people.save_note, fang, None, uid=new_uid())
    assert noted("王芳", MOBILE) == []
    assert [line.verb for line in desk.ask(people.person, fang).trail] == ["note", "note"]
    check.run(desk)


def test_a_note_holds_for_merged_records_too(desk: Desk) -> None:
    came(desk, person("王芳", phone=MOBILE))
    came(desk, person("王方", phone=LANDLINE))
    first, second = only(desk, MOBILE).id, only(desk, LANDLINE).id
    desk.do(people.save_note, second, NoteKind.HEARING, uid=new_uid())
    desk.do(people.merge, first, second, uid=new_uid())
    (note,) = desk.ask(people.notes_on, "王芳", MOBILE)
    assert (note.person_id, note.name, note.kind) == (first, "王芳", NoteKind.HEARING)
    assert set(note.phones) == {MOBILE, LANDLINE}


def test_of_a_protected_entry_an_offer_tells_neither_subject_nor_number(desk: Desk) -> None:
    came(desk, person(phone=MOBILE), subject="举报某厂", details=Details(identity_protected=True))
    one = only(desk, MOBILE)
    assert (one.last_subject, one.last_number, one.identity_protected) == ("", "", True)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE person SET times = times + 1",
        "UPDATE person SET last_at = NULL",
        "UPDATE entry_party SET person_id = 2 WHERE id = 1",
        "UPDATE entry_party SET person_id = 3 - person_id",
        "UPDATE person SET note = '无', note_kind = 'other' WHERE id = 1",
        "UPDATE person SET merged_into = 1 WHERE id = 2",
    ],
)
def test_persons_changed_behind_the_programs_back_are_found_out(desk: Desk, statement: str) -> None:
    came(desk, person(phone=MOBILE))
    came(desk, person("李明", phone=LANDLINE))
    with behind_its_back(desk.place.text) as execute:
        execute(statement)
    with pytest.raises(RegisterUnusableError):
        check.run(desk)


def test_an_enquiry_belongs_to_the_entry_by_which_the_matter_came(desk: Desk) -> None:
    first = came(desk, person(phone=MOBILE), subject="拖欠工资")
    second = came(desk, person(phone=MOBILE), subject="问进展", case_id=first)
    third = came(desk, person(phone=MOBILE), subject="再问进展", case_id=second)
    assert [row.subject for row in desk.ask(reading.entry, first).enquiries] == ["问进展", "再问进展"]
    of_third = desk.ask(reading.entry, third).case
    assert of_third is not None
    assert of_third.id == first
    (answer,) = desk.ask(cases.asked, "8000")
    assert (answer.entry.id, answer.enquiries, answer.is_open) == (first, 2, True)
    assert only(desk, MOBILE).open_cases == 1
    check.run(desk)
