"""A department's own inbox: it sees and does what was sent to it, and nothing else."""

from __future__ import annotations

import pytest

from reception.desk import Desk
from reception.errors import InputError, NotFoundError, StateError
from reception.facts import (
    Category,
    Details,
    NewReferral,
    PartStatus,
    ReferralStatus,
    StepKind,
    Todo,
    TodoRow,
    Way,
)
from reception.facts.inbox import InboxCounts
from reception.operations import (
    absences,
    day,
    directory,
    entries,
    find,
    inbox,
    reading,
    referrals,
    site,
    to_do,
    undoing,
    veiling,
)
from reception.operations.office import documents, instructions, jobs
from reception.operations.to_do.moment import moment
from reception.store import check
from reception.store.changes import Watcher
from tests.factories import (
    TODAY,
    Clock,
    OpenDesk,
    add,
    call,
    changed,
    department,
    new_uid,
    part,
    person,
    visit,
)


@pytest.fixture
def jc(register: str, open_desk: OpenDesk) -> Desk:
    """The inbox of JC, at which nobody was named."""
    return open_desk(register, department="jc", operator="")


def send(desk: Desk, subject: str, lead: str, *assist: str, **fields: object) -> str:
    """Refer a visit; its number."""
    to = NewReferral(department(desk, lead), tuple(department(desk, one) for one in assist), "请核实")
    new = changed(visit(subject, parties=(person(phone="13800001111"),), referral=to), **fields)
    return add(desk, new).number


def names(rows: tuple[TodoRow, ...]) -> list[str]:
    """Which parts these are."""
    return [row.referral.part.name[-6:] for row in rows if row.referral is not None]


def test_an_inbox_holds_what_was_sent_to_it_and_nothing_else(desk: Desk, jc: Desk) -> None:
    first = send(desk, "拖欠工资", "JC", "LDGX")
    send(desk, "工伤认定", "GS")
    send(desk, "押金不退", "LDGX", "JC")
    add(desk, call("要回电", details=Details(callback_wanted=True)))
    add(desk, visit("没人办"))
    assert names(jc.ask(inbox.rows)) == ["001/JC", "003/JC"]
    assert names(jc.ask(inbox.rows, which="all")) == ["003/JC", "001/JC"]
    assert jc.ask(inbox.counts) == InboxCounts(sent=2, newest=part(desk, "20261123-003/JC"))
    assert [row.part.department for row in jc.ask(referrals.rows, which="all")] == ["JC", "JC"]
    assert [row.part.department for row in jc.ask(referrals.rows, department="GS")] == ["JC", "JC"]
    whole = jc.ask(referrals.whole)
    assert {one.row.number for one in whole} == {first, "20261123-003"}
    assert [part.department for one in whole if one.view for part in one.view.parts] == ["JC", "JC"]
    assert jc.ask(referrals.find_part, first).department == "JC"
    for name in (f"{first}/LDGX", "20261123-002/GS", "20261123-002"):
        with pytest.raises(NotFoundError):
            jc.ask(referrals.find_part, name)
    with pytest.raises(NotFoundError):
        jc.ask(inbox.part, part(desk, f"{first}/LDGX"))
    known = jc.ask(directory.catalogue)
    assert (known.desk, known.matters, known.operators) == ("JC", (), (known.operator,))


def test_its_search_finds_by_words_number_and_telephone_what_it_may_see(desk: Desk, jc: Desk) -> None:
    number = send(desk, "拖欠工资", "JC", request="五人，三个月")
    send(desk, "拖欠工资 别科的", "GS")
    send(desk, "举报不签合同", "JC", category=Category.REPORT)
    send(desk, "押金", "JC", details=Details(identity_protected=True))

    def found(text: str) -> list[str]:
        return names(jc.ask(inbox.rows, which="all", text=text))

    assert found("拖欠") == found("三个月") == found(number) == found("1123-001") == ["001/JC"]
    assert found("1111") == found("张建国") == ["001/JC"]
    assert found("举报") == ["003/JC"]
    assert found("请核实") == ["004/JC", "003/JC", "001/JC"]
    assert [names(jc.ask(inbox.rows, which=which, text="请核实")) for which in inbox.FILTERS] == [
        ["001/JC", "003/JC", "004/JC"],
        ["001/JC", "003/JC", "004/JC"],
        [],
        [],
        ["004/JC", "003/JC", "001/JC"],
    ]
    assert found("别科") == found("002") == found("20261123-002") == found("%") == []
    hidden = jc.ask(inbox.rows, which="all", text="押金")[0]
    assert "张" not in hidden.person
    assert hidden.phone == ""


def test_it_finds_the_papers_and_jobs_that_were_sent_to_it_by_whom_they_are_from_and_by_nothing_else(
    desk: Desk, jc: Desk
) -> None:
    sent = desk.do(
        documents.register,
        subject="专项检查",
        sender="市人社局",
        sender_number="人社发〔2026〕88号",
        proposed="拟办某某",
        brought_by="跑腿小周",
        readers="传阅甲",
        uid=new_uid(),
    )
    desk.do(referrals.refer, sent.entry_id, NewReferral(department(desk, "JC")), uid=new_uid())
    other = desk.do(documents.register, subject="别科", sender="市人社局", uid=new_uid())
    desk.do(referrals.refer, other.entry_id, NewReferral(department(desk, "GS")), uid=new_uid())
    job = desk.do(
        jobs.give, given_by="吴局长", words="周五前查清", department_id=department(desk, "JC"), uid=new_uid()
    )
    desk.do(jobs.step, job.entry_id, words="内部进展", uid=new_uid())
    on = sent.entry_id
    desk.do(instructions.write, leader="李局长", words="页上批示", entry_id=on, referral=1, uid=new_uid())
    guarded = desk.do(documents.register, subject="举报信", sender="某举报单位", uid=new_uid())
    desk.do(entries.correct, guarded.entry_id, {"identity_protected": True}, uid=new_uid())
    desk.do(referrals.refer, guarded.entry_id, NewReferral(department(desk, "JC")), uid=new_uid())

    def found(text: str) -> list[str]:
        return names(jc.ask(inbox.rows, which="all", text=text))

    assert found("市人社") == found("〔2026〕88") == found("专项") == ["001/JC"]
    assert found("吴局长") == found("查清") == ["003/JC"]
    for kept in ("拟办某某", "跑腿", "传阅甲", "内部进展", "页上批示", "李局长", "某举报单位"):
        assert found(kept) == [], kept
    first, second, masked = jc.ask(inbox.rows)
    assert (first.person, second.person) == ("市人社局", "吴局长")
    assert masked.person == veiling.MASK
    numbers = [jc.ask(inbox.part, one.part_id or 0).sender_number for one in (first, second, masked)]
    assert numbers == ["人社发〔2026〕88号", "", ""]


def test_whatever_else_is_the_desks_is_refused(desk: Desk, jc: Desk) -> None:
    number = send(desk, "拖欠工资", "JC")
    entry = desk.ask(reading.find_number, number)
    referral = desk.ask(referrals.find_referral, number).id
    asked = [
        (reading.entry, (entry,)),
        (reading.find_number, (number,)),
        (reading.day_rows, (TODAY,)),
        (to_do.rows, ()),
        (day.todo, (TODAY,)),
        (find.entries, (None,)),
        (moment, ()),
    ]
    for verb, words in asked:
        with pytest.raises(StateError, match="only what was sent to it"):
            jc.ask(verb, *words)  # type: ignore[arg-type]
    for act in (referrals.close, referrals.pause, referrals.slip):
        with pytest.raises(StateError, match="only what was sent to it"):
            jc.do(act, referral, uid=new_uid())
    with pytest.raises(StateError):
        jc.do(entries.register, visit())
    with pytest.raises(StateError):
        desk.ask(inbox.rows)
    assert [one.verb for one in desk.ask(reading.entry, entry).trail] == ["register"]


def test_it_works_its_own_parts_in_a_chain_of_its_own(desk: Desk, jc: Desk, clock: Clock) -> None:
    number = send(desk, "拖欠工资", "JC", "LDGX")
    mine, other = part(desk, f"{number}/JC"), part(desk, f"{number}/LDGX")
    with pytest.raises(NotFoundError):
        jc.do(referrals.receive, other, "钱工", uid=new_uid())
    act = new_uid()
    jc.do(referrals.receive, mine, "钱工", uid=act)
    jc.do(undoing.undo, act, uid=new_uid())
    assert desk.ask(referrals.find_part, number).status is PartStatus.SENT
    jc.do(undoing.redo_last, uid=new_uid())
    desks = new_uid()
    desk.do(referrals.told, mine, "赵队", uid=desks)
    with pytest.raises(NotFoundError):
        jc.do(undoing.undo, desks, uid=new_uid())
    jc.do(referrals.answer, mine, "已支付", uid=new_uid())
    assert names(jc.ask(inbox.rows)) == []
    assert names(jc.ask(inbox.rows, which="done")) == ["001/JC"]
    trail = desk.ask(reading.entry, desk.ask(reading.find_number, number)).trail
    assert [(line.verb, line.desk) for line in trail] == [
        ("register", ""),
        ("receive", "@JC"),
        ("undo", "@JC"),
        ("redo", "@JC"),
        ("told", ""),
        ("answer", "@JC"),
    ]
    seen = jc.ask(inbox.part, mine)
    assert [line.verb for line in seen.trail] == [line.verb for line in trail]
    assert not [one for line in seen.trail for one in line.changes if one[0].startswith(("phone", "name"))]
    assert check.run(desk).entries == 1


def test_who_sits_there_is_an_officer_and_no_clerk_of_the_desk(
    desk: Desk, register: str, open_desk: OpenDesk
) -> None:
    fact = desk.ask(directory.department, "JC")
    desk.do(directory.save_department, changed(fact, officer_a="赵强", officer_b="钱明"), uid=new_uid())
    number = send(desk, "拖欠工资", "JC")
    jc = open_desk(register, department="JC", operator="")
    jc.do(absences.away, fact.id, "a", uid=new_uid())
    assert jc.ask(directory.catalogue).operators == ("赵强", "钱明")
    assert jc.operator == "赵强"
    later = open_desk(register, department="JC", operator="")
    later.do(referrals.receive, part(desk, number), "钱明", uid=new_uid())
    assert later.operator == "钱明"  # who stands in
    assert "赵强" not in desk.ask(directory.catalogue).operators
    assert [(one.officer, one.department_id) for one in desk.ask(directory.catalogue).absences] == [
        ("a", fact.id)
    ]
    with pytest.raises(NotFoundError):
        jc.do(absences.away, department(desk, "GS"), "a", uid=new_uid())
    gs = desk.do(absences.away, department(desk, "GS"), "a", uid=new_uid())
    with pytest.raises(NotFoundError):
        jc.do(absences.back, gs.id, uid=new_uid())
    assert [one.department_id for one in jc.ask(directory.catalogue).absences] == [fact.id]
    check.run(desk)


@pytest.mark.parametrize("code", ["XX", "YBJ"])
def test_there_is_no_inbox_of_who_is_not_there_or_outside(
    file_register: str, open_desk: OpenDesk, code: str
) -> None:
    with pytest.raises(InputError):
        open_desk(file_register, department=code)


def test_what_is_masked_or_sealed_stays_so(desk: Desk, register: str, open_desk: OpenDesk) -> None:
    desk.do(site.save, {"supervisors": desk.operator}, uid=new_uid())
    send(desk, "举报瞒报", "JC", category=Category.REPORT, request="他是会计")
    sealed = send(desk, "检举某人", "JC", category=Category.ACCUSATION, request="内情")
    jc = open_desk(register, department="JC", operator="赵强")
    first, second = jc.ask(inbox.rows)
    assert ("张建国" in first.person, first.phone) == (False, "")
    view = jc.ask(inbox.part, first.part_id or 0)
    assert (view.request, view.organisation, "张" in view.row.person) == ("他是会计", "", False)
    assert "检举某人" not in second.text
    assert second.referral is not None
    assert second.referral.subject == second.text
    mine = part(desk, f"{sealed}/JC")
    view = jc.ask(inbox.part, mine)
    assert (view.request, view.steps, view.trail) == ("", (), ())
    with pytest.raises(StateError, match="sealed"):
        jc.do(referrals.give_back, mine, "某人", uid=new_uid())
    assert names(jc.ask(inbox.rows, which="all", text="内情")) == []


def test_a_department_signs_for_what_is_sealed_and_asks_the_supervisor(
    desk: Desk, jc: Desk, register: str, open_desk: OpenDesk
) -> None:
    desk.do(site.save, {"supervisors": desk.operator, "language": "en"}, uid=new_uid())
    sealed = send(desk, "检举某人", "JC", "LDGX", category=Category.ACCUSATION, request="内情")
    whole = desk.ask(referrals.find_referral, sealed)
    (row,) = jc.ask(inbox.rows)
    told = f"Accusation (sealed): ask the supervisor ({desk.operator})"
    assert (row.text, row.number, row.department, row.person) == (told, sealed, "JC", veiling.MASK)
    assert row.referral is not None
    assert (row.referral.sealed, row.referral.term, row.referral.instruction) == (True, whole.term, "")
    assert (row.referral.part.name, row.referral.part.status) == (f"{sealed}/JC", PartStatus.SENT)
    act = new_uid()
    jc.do(referrals.receive, jc.ask(referrals.find_part, sealed).id, "赵强", uid=act)
    for told_by, whose in ((jc, f"{sealed}/JC"), (desk, f"{sealed}/JC")):
        found = told_by.ask(referrals.find_part, whose)
        assert (found.status, found.received_by, found.name) == (PartStatus.RECEIVED, "赵强", whose)
    (one,) = jc.ask(referrals.whole)
    assert one.view is not None
    assert [(part.name, part.received_by) for part in one.view.parts] == [(f"{sealed}/JC", "赵强")]
    assert (one.view.instruction, one.view.steps, one.trail, one.row.subject) == ("", (), (), told)
    assert jc.ask(referrals.find_referral, sealed) == one.view
    with pytest.raises(StateError, match=f"tell the supervisor .{desk.operator}."):
        jc.do(referrals.answer, row.part_id or 0, "查实", uid=new_uid())
    with pytest.raises(StateError, match=f"tell the supervisor .{desk.operator}."):
        jc.do(referrals.ask, row.part_id or 0, 3, "外调", uid=new_uid())
    clerk = open_desk(register, operator="李娜")
    assert [one.view for one in clerk.ask(referrals.whole)] == [None]
    with pytest.raises(StateError, match="only a supervisor"):
        clerk.do(referrals.receive, row.part_id or 0, "某人", uid=new_uid())
    jc.do(undoing.undo, act, uid=new_uid())
    assert jc.ask(referrals.find_part, sealed).status is PartStatus.SENT
    desk.do(referrals.answer, row.part_id or 0, "查无实据", uid=new_uid())
    (done,) = jc.ask(inbox.rows, which="done")
    assert done.referral is not None
    assert (done.referral.part.status, done.referral.part.answer) == (PartStatus.ANSWERED, "")
    check.run(desk)


def test_the_watch_tells_it_of_its_own_parts_only(desk: Desk, jc: Desk) -> None:
    watcher = Watcher(jc)
    add(desk)
    send(desk, "工伤认定", "GS")
    assert [one for one in watcher.poll() if one.subject_kind == "entry"] == []
    number = send(desk, "拖欠工资", "JC")
    (change,) = watcher.poll()
    assert change.subject_id == desk.ask(reading.find_number, number)


# More time.


def test_more_time_is_asked_for_and_granted_with_who_allowed_it(desk: Desk, jc: Desk, clock: Clock) -> None:
    number = send(desk, "拖欠工资", "JC", "LDGX")
    before = desk.ask(referrals.find_referral, number)
    assert before.term is not None
    mine = part(desk, f"{number}/JC")
    for amount, reason in ((0, "外调"), (3, " ")):
        with pytest.raises(InputError):
            jc.do(referrals.ask, mine, amount, reason, uid=new_uid())
    act = new_uid()
    receipt = jc.do(referrals.ask, mine, 3, "须外调", uid=act)
    assert jc.do(referrals.ask, mine, 3, "须外调", uid=act) == receipt
    with pytest.raises(StateError, match="already"):
        jc.do(referrals.ask, mine, 2, "再要", uid=new_uid())
    assert [(row.what, row.text) for row in desk.ask(to_do.rows)][:1] == [(Todo.ASKED, "须外调")]
    clock.go(days=20)  # overdue by now: it stands under that, and still says that the desk has to decide
    assert [(row.what, row.text) for row in desk.ask(to_do.rows)][:1] == [(Todo.OVERDUE, "须外调")]
    assert desk.ask(to_do.counters).overdue == 1
    (row,) = desk.ask(to_do.rows, which="asked")
    assert row.referral is not None
    assert (row.referral.asked_amount, row.referral.part.status) == (3, PartStatus.RECEIVED)
    desk.do(referrals.extend, before.id, 15, reason="外调", approver="周主任", uid=new_uid())
    after = desk.ask(referrals.find_referral, number)
    asked, extension = after.steps
    assert (asked.kind, asked.words, asked.rung, asked.content, asked.whom) == (
        StepKind.ASKED,
        "须外调",
        3,
        True,
        "周主任",
    )
    assert extension.kind is StepKind.EXTENSION
    assert after.term is not None
    assert after.term.amount == before.term.amount + 15
    assert jc.ask(inbox.rows)[0].referral is not None
    assert [step.kind for step in jc.ask(inbox.part, mine).steps] == [StepKind.ASKED, StepKind.EXTENSION]
    assert desk.ask(to_do.rows, which="asked") == ()
    check.run(desk)


def test_more_time_is_refused_with_the_reason(desk: Desk, jc: Desk) -> None:
    number = send(desk, "拖欠工资", "JC")
    mine, referral = part(desk, number), desk.ask(referrals.find_referral, number).id
    with pytest.raises(StateError, match="Nobody asks"):
        desk.do(referrals.deny, referral, "不同意", uid=new_uid())
    jc.do(referrals.ask, mine, 3, "须外调", uid=new_uid())
    assert jc.ask(inbox.rows)[0].referral.asked == "须外调"  # type: ignore[union-attr]
    said_no = new_uid()
    desk.do(referrals.deny, referral, "来得及", whom="周主任", uid=said_no)
    (step,) = jc.ask(inbox.part, mine).steps
    assert (step.content, step.reply, step.whom) == (False, "来得及", "周主任")
    jc.do(referrals.ask, mine, 5, "再要", uid=new_uid())
    with pytest.raises(StateError):
        desk.do(undoing.undo, said_no, uid=new_uid())  # it asked again meanwhile
    jc.do(undoing.undo_last, uid=new_uid())
    desk.do(undoing.undo, said_no, uid=new_uid())
    assert [row.text for row in desk.ask(to_do.rows, which="asked")] == ["须外调"]
    check.run(desk)


def test_only_who_has_it_asks_for_more_time(desk: Desk, jc: Desk, register: str, open_desk: OpenDesk) -> None:
    number = send(desk, "拖欠工资", "JC", "LDGX")
    other = open_desk(register, department="LDGX")
    with pytest.raises(StateError, match="Only the lead"):
        other.do(referrals.ask, part(desk, f"{number}/LDGX"), 3, "外调", uid=new_uid())
    mine = part(desk, f"{number}/JC")
    asked = new_uid()
    jc.do(referrals.ask, mine, 3, "外调", uid=asked)
    jc.do(referrals.answer, mine, "已支付", uid=new_uid())
    with pytest.raises(StateError, match="not with this department"):
        jc.do(referrals.ask, mine, 3, "外调", uid=new_uid())
    assert desk.ask(to_do.rows, which="asked") == ()
    assert desk.ask(referrals.find_referral, number).status is ReferralStatus.COMPLETED
    check.run(desk)


def test_reminders_to_it_are_seen_and_the_offices_own_steps_are_not(
    desk: Desk, jc: Desk, clock: Clock
) -> None:
    number = send(desk, "拖欠工资", "JC")
    referral = desk.ask(referrals.find_referral, number).id
    from reception.operations.referrals import reminding

    desk.do(reminding.remind, referral, way=Way.PHONE, whom="赵队", uid=new_uid())
    mine = part(desk, number)
    jc.do(referrals.give_back, mine, "应由仲裁", uid=new_uid())
    desk.do(referrals.reroute, referral, NewReferral(department(desk, "ZCY")), uid=new_uid())
    seen = jc.ask(inbox.part, mine)
    assert [step.kind for step in seen.steps] == [StepKind.REMINDER]
    assert [line.verb for line in seen.trail] == ["register", "remind", "return"]
    assert seen.row.what is Todo.ENDED
    zcy = desk.ask(referrals.find_part, f"{number}/ZCY")
    assert zcy.status is PartStatus.SENT
