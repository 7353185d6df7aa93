"""What was done since a sheet was printed: exactly the lines that differ are told, and who did it."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import shutil
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from reception import proofs, tables
from reception.context import Session
from reception.desk import Desk
from reception.errors import InputError, StateError
from reception.facts import Act, CallResult, Category, NewCallback, NewReferral, Party, Way
from reception.facts.desk_work import NewNotice
from reception.facts.printing import Stamp
from reception.operations import (
    callbacks,
    directory,
    entries,
    notices,
    printing,
    referrals,
    site,
    undoing,
)
from reception.operations.people import noting
from reception.operations.referrals import reminding
from reception.paper import daily_sheet, prints
from reception.store import check
from tests.factories import (
    CLERK,
    TODAY,
    Clock,
    Founded,
    OpenDesk,
    add,
    call,
    changed,
    department,
    new_uid,
    person,
    visit,
)
from tests.paper.printed import CHANGED, GONE, NEW, print_day, told, verified


def _filled(desk: Desk) -> tuple[int, int]:
    """A visit and a call with every field that the sheet prints; their ids."""
    whole = visit(
        "拖欠工资",
        category=Category.COMPLAINT,
        matter_id=1,
        parties=(person("张建国", phone="13800138000", organisation="某村三组"),),
        party_size=3,
    )
    called = call(
        "社保卡", act=Act.PUT_THROUGH, call_result=CallResult.BUSY, department_id=department(desk, "JC")
    )
    return add(desk, whole).entry_id, add(desk, called).entry_id


Change = Callable[[Desk, int, int, Clock], Any]


def _correct(**fields: Any) -> Change:
    return lambda desk, one, _other, _clock: desk.do(entries.correct, one, fields, uid=new_uid())


def _of_call(**fields: Any) -> Change:
    return lambda desk, _one, other, _clock: desk.do(entries.correct, other, fields, uid=new_uid())


def _leave(desk: Desk, one: int, _other: int, clock: Clock) -> None:
    desk.do(entries.leave, one, clock.now, uid=new_uid())


def _refer(desk: Desk, one: int, _other: int, _clock: Clock) -> None:
    desk.do(referrals.refer, one, NewReferral(department(desk, "JC")), uid=new_uid())


def _owe(desk: Desk, one: int, _other: int, clock: Clock) -> None:
    desk.do(callbacks.owe, one, NewCallback(due_at=clock.now, phone="1"), uid=new_uid())


def _void(desk: Desk, one: int, _other: int, _clock: Clock) -> None:
    desk.do(entries.void, one, "重复登记", uid=new_uid())


_KEPT = Party("张建国", "13800138000", "某村三组")
_RENAMED = changed(_KEPT, name="张建华")
_MOVED = changed(_RENAMED, phone="13900139000", organisation="某村四组")
# each changes one thing that the one before it left alone
CHANGES: list[tuple[str, Change, bool]] = [
    ("name", _correct(parties=(_RENAMED,)), True),
    ("phone", _correct(parties=(changed(_RENAMED, phone="13900139000"),)), True),
    ("organisation", _correct(parties=(_MOVED,)), True),
    ("number of people", _correct(party_size=4), True),
    ("matter", _correct(matter_id=2), True),
    ("subject", _correct(subject="拖欠工资两年"), True),
    ("one comma", _correct(subject="拖欠工资，两年"), True),
    ("time", _correct(received_at=dt.datetime(2026, 11, 23, 1, 40, tzinfo=dt.UTC)), True),
    ("withheld", _correct(identity_protected=True), True),
    ("urgency", _correct(urgency="urgent"), True),
    ("outcome", _correct(outcome="已记录"), True),
    ("whom", _of_call(department_id=5), False),
    ("result of the call", _of_call(call_result="no-answer"), False),
    ("a call is owed", _owe, True),
    ("left", _leave, True),
    ("sent on", _refer, True),
    ("void", _void, True),
]


def test_whatever_printed_field_changes_that_line_is_told_and_who_did_it(
    desk: Desk, clock: Clock, open_desk: OpenDesk
) -> None:
    one, other = _filled(desk)
    numbers = {one: "20261123-001", other: "20261123-002"}
    second = open_desk(desk.place.text, desk="B", operator="李静")
    for name, change, of_visit in CHANGES:
        stamp = print_day(desk)
        clock.go(minutes=1)
        change(second, one, other, clock)
        found = verified(desk, stamp)
        assert told(found) == {(numbers[one if of_visit else other], CHANGED)}, name
        (line,) = [difference for difference in found.differences if difference.number]
        assert [(deed.operator, deed.desk, deed.at) for deed in line.deeds] == [("李静", "B", clock.now)], (
            name
        )
        clock.go(minutes=1)
    # every line of every sheet that was ever printed is told in the end
    first = desk.ask(printing.find, _first_code(desk))
    assert told(desk.ask(prints.verify, first.code)) == {(number, CHANGED) for number in numbers.values()}
    check.run(desk)


def _first_code(desk: Desk) -> str:
    def read(session: Session) -> str:
        query = select(tables.printed.c.code).order_by(tables.printed.c.id).limit(1)
        return str(session.connection().execute(query).scalar_one())

    return desk.ask(read)


def test_what_is_late_void_or_taken_back_is_told(desk: Desk, clock: Clock) -> None:
    first, second = add(desk), add(desk)
    stamp = print_day(desk)
    clock.go(hours=1)
    late = add(desk, visit("补登的", received_at=clock.now - dt.timedelta(minutes=90), late=True))
    uid = new_uid()
    desk.do(entries.void, second.entry_id, "误登", uid=uid)
    found = verified(desk, stamp)
    assert told(found) == {(late.number, NEW), (second.number, CHANGED)}
    verbs = {one.number: [deed.verb for deed in one.deeds] for one in found.differences if one.number}
    assert verbs == {late.number: ["register"], second.number: ["void"]}
    assert found.elsewhere == ()
    desk.do(undoing.undo, uid, uid=new_uid())
    assert told(verified(desk, stamp)) == {(late.number, NEW)}
    assert first.number not in verbs


def test_whoever_is_one_person_is_printed_as_before_but_a_department_renamed_is_told(
    desk: Desk, clock: Clock
) -> None:
    one = add(desk, visit(parties=(person("张建国", phone="13800138000"),)))
    other = add(desk, visit(parties=(person("张建囯", phone="13900139000"),)))
    desk.do(referrals.refer, one.entry_id, NewReferral(department(desk, "JC")), uid=new_uid())
    stamp = print_day(desk)
    clock.go(minutes=1)

    def people(session: Session) -> list[int]:
        query = select(tables.party.c.person_id).order_by(tables.party.c.entry_id)
        return list(session.connection().scalars(query))

    desk.do(noting.merge, *desk.ask(people), uid=new_uid())
    assert verified(desk, stamp).same
    fact = desk.ask(directory.department, "JC")
    desk.do(directory.save_department, changed(fact, name="执法监察局"), uid=new_uid())
    found = verified(desk, stamp)
    assert told(found) == {(one.number, CHANGED)}
    assert other.number
    (line,) = found.differences
    assert line.deeds == ()  # nobody touched the entry
    assert ("department", "save", CLERK, "执法监察局") in [
        (one.kind, one.verb, one.operator, one.name) for one in found.elsewhere
    ]
    desk.do(site.save, {"name": "另一个单位"}, uid=new_uid())
    assert {one.key for one in verified(desk, stamp).differences} == {"head", line.key}


def test_what_was_corrected_after_a_print_is_flagged_on_the_next_and_only_there(desk: Desk) -> None:
    one, other = add(desk), add(desk)
    assert print_day(desk).corrected == frozenset()
    desk.do(entries.set_outcome, one.entry_id, "已答复", uid=new_uid())
    late = add(desk)
    stamp = print_day(desk)
    assert f"entry:{one.entry_id}" in stamp.corrected
    assert not stamp.corrected & {f"entry:{other.entry_id}", f"entry:{late.entry_id}"}
    assert print_day(desk).corrected == frozenset()


def test_a_line_that_only_became_void_is_not_called_corrected_besides(desk: Desk) -> None:
    one, other = add(desk), add(desk)
    print_day(desk)
    desk.do(entries.void, one.entry_id, "重复登记", uid=new_uid())
    desk.do(entries.set_outcome, other.entry_id, "已答复", uid=new_uid())
    desk.do(entries.void, other.entry_id, "重复登记", uid=new_uid())
    stamp = print_day(desk)
    assert {key for key in stamp.corrected if key.startswith("entry:")} == {f"entry:{other.entry_id}"}


def test_a_print_of_another_version_accuses_nobody(desk: Desk) -> None:
    """Where the program tells other values of a line than it did, no line of a print before is compared."""
    add(desk)
    gathered = desk.ask(prints.gather, "daily_sheet", "zh_CN", day=TODAY)
    other = {key: bytes(16) for key in proofs.unpack(gathered.promise.digests)[0]}
    packed = proofs.pack(other, shape=daily_sheet.FORM.shape + 1)
    promise = dataclasses.replace(gathered.promise, digests=packed, digest=proofs.sha256(packed))
    stamp = desk.do(printing.commit, promise, uid=new_uid())
    with pytest.raises(StateError, match="Another version"):
        verified(desk, stamp)
    assert print_day(desk).corrected == frozenset()
    check.run(desk)


ACTS = ("outcome", "void", "leave", "add", "name", "print", "undo", "elsewhere")


@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_whatever_is_done_after_a_print_exactly_the_lines_that_differ_are_told(
    founded: Founded, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    clock = Clock()
    place = shutil.copyfile(founded.file, tmp_path_factory.mktemp("any") / "r.sqlite")
    desk = Desk.open(str(place), operator=CLERK, clock=clock)
    try:
        ids = [add(desk, visit(parties=(person("张建国"),))).entry_id for _ in range(2)]
        printed: list[tuple[Stamp, dict[str, object]]] = []

        def plainly() -> dict[str, object]:
            return {
                key: repr(values) for key, values in daily_sheet.lines(desk.ask(daily_sheet.collect, TODAY))
            }

        for act in data.draw(st.lists(st.sampled_from(ACTS), min_size=3, max_size=12)):
            clock.go(minutes=1)
            one = data.draw(st.sampled_from(ids))
            with contextlib.suppress(InputError):  # what is void takes nothing
                _do_any(desk, act, one, ids, printed, plainly)
        for stamp, before in printed:
            now = plainly()
            expected = {key: CHANGED for key in before.keys() & now.keys() if before[key] != now[key]}
            expected |= dict.fromkeys(before.keys() - now.keys(), GONE)
            expected |= dict.fromkeys(now.keys() - before.keys(), NEW)
            found = verified(desk, stamp)
            assert {one.key: one.state.value for one in found.differences} == expected
            assert found.same is not bool(expected)
            assert all(one.deeds for one in found.differences if one.entry_id)
        assert [stamp.count for stamp, _before in printed] == list(range(1, len(printed) + 1))
        check.run(desk)
    finally:
        desk.close()


def _do_any(
    desk: Desk,
    act: str,
    one: int,
    ids: list[int],
    printed: list[tuple[Stamp, dict[str, object]]],
    plainly: Callable[[], dict[str, object]],
) -> None:
    if act == "print":
        printed.append((print_day(desk), plainly()))
    elif act == "add":
        ids.append(add(desk, visit(f"第 {len(ids)} 件")).entry_id)
    elif act == "outcome":
        desk.do(entries.set_outcome, one, "已办", uid=new_uid())
    elif act == "name":
        desk.do(entries.correct, one, {"parties": (person("李四"),)}, uid=new_uid())
    elif act == "leave":
        desk.do(entries.leave, one, uid=new_uid())
    elif act == "void":
        desk.do(entries.void, one, "误登", uid=new_uid())
    elif act == "undo":
        desk.do(undoing.undo_last, uid=new_uid())
    else:
        desk.do(site.save, {"own_setting": act}, uid=new_uid())


def test_a_pass_that_nobody_gets_any_more_is_told_as_gone(desk: Desk, clock: Clock) -> None:
    entry = add(desk)
    gathered = desk.ask(prints.gather, "visitor_pass", "zh_CN", number=entry.number)
    stamp = desk.do(printing.commit, gathered.promise, uid=new_uid())
    assert verified(desk, stamp).same
    clock.go(minutes=1)
    desk.do(entries.void, entry.entry_id, "误登", uid=new_uid())
    found = verified(desk, stamp)
    assert told(found) == {(entry.number, GONE)}
    assert [deed.verb for deed in found.differences[0].deeds] == ["void"]


def test_what_is_sealed_is_verified_for_whom_it_was_printed_and_nobody_else(
    register: str, open_desk: OpenDesk
) -> None:
    desk = open_desk(register)
    desk.do(site.save, {"supervisors": CLERK}, uid=new_uid())
    entry = add(desk, visit("检举某人", category=Category.ACCUSATION))
    desk.do(referrals.refer, entry.entry_id, NewReferral(department(desk, "JC")), uid=new_uid())
    name = f"{entry.number}/JC"
    referral = desk.ask(referrals.find_referral, name).id
    desk.do(reminding.remind, referral, way=Way.WRITTEN, uid=new_uid())
    gathered = desk.ask(prints.gather, "reminder_slip", "zh_CN", referral=name)
    stamp = desk.do(printing.commit, gathered.promise, uid=new_uid())
    assert verified(desk, stamp).same
    with pytest.raises(StateError, match="sealed"):
        verified(open_desk(register, operator="李静"), stamp)


def test_what_was_the_latest_stays_what_its_sheet_shows(desk: Desk, clock: Clock) -> None:
    entry = add(desk, visit(matter_id=1))
    name = f"{entry.number}/JC"

    def made(form: str, **arguments: Any) -> Stamp:
        return desk.do(
            printing.commit, desk.ask(prints.gather, form, "zh_CN", **arguments).promise, uid=new_uid()
        )

    sheets = []
    for reason in ("", "补充了材料"):
        if reason:
            part_id = desk.ask(referrals.find_part, name).id
            desk.do(referrals.give_back, part_id, reason, uid=new_uid())
        desk.do(referrals.refer, entry.entry_id, NewReferral(department(desk, "JC")), uid=new_uid())
        referral = desk.ask(referrals.find_referral, name).id
        desk.do(reminding.remind, referral, way=Way.WRITTEN, words=reason, uid=new_uid())
        desk.do(notices.give, entry.entry_id, NewNotice(1, refusal=reason), uid=new_uid())
        sheets += [made("reminder_slip", referral=name), made("notice", number=entry.number)]
        clock.go(minutes=10)
    assert [stamp.count for stamp in sheets] == [1, 1, 1, 1]
    assert all(stamp.corrected == frozenset() for stamp in sheets)
    assert verified(desk, sheets[1]).same  # the first notice, although a second was given
    assert verified(desk, sheets[3]).same
