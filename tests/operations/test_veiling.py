"""Who reported is masked, an accusation is sealed: whatever is asked of the register, by whomever."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from reception.desk import Desk
from reception.errors import InputError, NotFoundError, StateError
from reception.facts import (
    Act,
    Category,
    Details,
    EntryStatus,
    NewCallback,
    NewReferral,
    Party,
    Query,
    Receipt,
    Way,
)
from reception.finding.indexing import Filler
from reception.operations import (
    callbacks,
    cases,
    day,
    entries,
    find,
    inbox,
    presence,
    reading,
    referrals,
    revealing,
    site,
    to_do,
    undoing,
)
from reception.operations.office import instructions
from reception.operations.people import knowing, recalling
from reception.operations.referrals import reminding
from reception.paper import daily_sheet
from reception.store import check
from reception.store.filling import Filling, Pace
from tests.factories import TODAY, OpenDesk, add, department, new_uid, visit

BOSS = "周主任"
ID = "11010519491231002X"
WHO = Party(
    "欧阳雪梅", "13912345678", "滨河路88号", document_type="身份证", document_number="11010519491231002X"
)
SECOND = Party("司徒文彬", "0539-8212345", "沂水县某村")
OF_PERSON = ("欧阳雪梅", "雪梅", "13912345678", "12345678", "滨河路", "司徒", "8212345", ID)
OF_MATTER = ("收受红包", "朱科长", "分三次")


def told(desk: Desk, category: Category, **fields: Any) -> Receipt:
    """Somebody who waits here tells something, is owed a call, and would be referred."""
    return add(
        desk,
        visit(
            "收受红包一事",
            category=category,
            request="请查朱科长",
            outcome="分三次说完",
            parties=(WHO, SECOND),
            callback=NewCallback(phone="13912345678", about="收受红包"),
            waiting_since=desk.clock(),
            details=Details(wanted="朱科长"),
            **fields,
        ),
    )


def everything(desk: Desk, receipt: Receipt) -> Iterator[tuple[str, Any]]:
    """Whatever the register shows of this day, by the name of the question."""
    yield "day", desk.ask(reading.day_rows, TODAY)
    yield "rows", desk.ask(reading.rows, [receipt.entry_id])
    yield "entry", desk.ask(reading.entry, receipt.entry_id)
    yield "open", desk.ask(day.open_before, TODAY + 1)
    for which in to_do.FILTERS:
        yield f"to do: {which}", desk.ask(to_do.rows, which=which)
    yield "referrals", desk.ask(referrals.rows, which="all")
    yield "calls", desk.ask(callbacks.owed)
    yield "matched", desk.ask(callbacks.match, "13912345678")
    yield "here", desk.ask(presence.here)
    yield "sheet", desk.ask(daily_sheet.collect, TODAY)
    yield "number", desk.ask(find.entries, Query(receipt.number))
    yield "all", desk.ask(find.entries, Query())
    yield "case", desk.ask(cases.answer, receipt.entry_id)


def searched(desk: Desk) -> Iterator[tuple[str, Any]]:
    """What is found by any of the words."""
    for word in (*OF_PERSON, *OF_MATTER, "oyxm", "ouyang", "雪梅 红包", "收受红包 分三次"):
        yield f"find {word}", desk.ask(find.entries, Query(word))
        yield f"recall {word}", desk.ask(recalling.recall, word)
        yield f"people {word}", desk.ask(knowing.find, word)
        yield f"asked {word}", desk.ask(cases.asked, word)
    yield "latest people", desk.ask(knowing.find, "")
    yield "twice", desk.ask(cases.duplicates, visit("收受红包一事", parties=(WHO,)))


def said(found: Any, words: tuple[str, ...]) -> list[str]:
    text = repr(found)
    return [word for word in words if word in text]


def names(desk: Desk) -> None:
    desk.do(site.save, {"supervisors": f"吴局长、{BOSS}"}, uid=new_uid())


def test_an_accusation_is_sealed_for_all_but_the_supervisors(register: str, open_desk: OpenDesk) -> None:
    clerk, boss = open_desk(register), open_desk(register, desk="B", operator=BOSS)
    names(clerk)
    receipt = told(clerk, Category.ACCUSATION)
    boss.do(
        referrals.refer,
        receipt.entry_id,
        NewReferral(department(boss, "XF"), instruction="查朱科长", leader="朱科长"),
        uid=new_uid(),
    )
    for question, found in everything(clerk, receipt):
        assert not said(found, (*OF_PERSON, *OF_MATTER)), question
    for question, found in searched(clerk):
        assert found == (), question
    (row,) = clerk.ask(reading.rows, [receipt.entry_id])
    assert (row.number, row.subject, row.category) == (
        receipt.number,
        "检举控告（封存）",
        Category.ACCUSATION,
    )
    (listed,) = clerk.ask(referrals.rows)
    assert (listed.part.name, listed.part.department, listed.subject) == (
        receipt.number,
        "",
        "检举控告（封存）",
    )
    view = clerk.ask(reading.entry, receipt.entry_id)
    assert (view.parties, view.referrals, view.callbacks) == ((), (), ())
    assert [line.verb for line in view.trail] == ["register", "refer"]
    found = boss.ask(reading.entry, receipt.entry_id)
    assert [one.name for one in found.parties] == ["欧阳雪梅", "司徒文彬"]
    assert found.row.subject == "收受红包一事"
    assert [one.id for one in boss.ask(find.entries, Query("收受红包"))] == [receipt.entry_id]
    assert not said(boss.ask(daily_sheet.collect, TODAY), (*OF_PERSON, *OF_MATTER))  # it hangs on the wall
    check.run(boss)


def test_whatever_is_sealed_is_not_worked_on_by_others(register: str, open_desk: OpenDesk) -> None:
    clerk, boss = open_desk(register), open_desk(register, desk="B", operator=BOSS)
    names(clerk)
    receipt = told(clerk, Category.ACCUSATION)
    boss.do(referrals.refer, receipt.entry_id, NewReferral(department(boss, "XF")), uid=new_uid())
    part = boss.ask(referrals.find_part, receipt.number).id
    attempts: tuple[tuple[Callable[..., Any], tuple[Any, ...]], ...] = (
        (entries.correct, (receipt.entry_id, {"category": Category.ENQUIRY})),
        (entries.set_outcome, (receipt.entry_id, "已办")),
        (revealing.reveal, (receipt.entry_id, 0)),
        (referrals.receive, (part, "钱工")),
        (referrals.answer, (part, "查无此事")),
    )
    for verb, words in attempts:
        with pytest.raises(StateError, match="sealed"):
            clerk.do(verb, *words, uid=new_uid())
    for ask in (referrals.find_part, referrals.find_referral):
        with pytest.raises(StateError, match="sealed"):
            clerk.ask(ask, receipt.number)
    clerk.do(entries.leave, receipt.entry_id, uid=new_uid())  # who is in the house is no secret of theirs
    assert boss.do(revealing.reveal, receipt.entry_id, 0, uid=new_uid()) == "11010519491231002X"
    boss.do(referrals.answer, part, "查无此事", uid=new_uid())
    other = told(clerk, Category.ACCUSATION)
    with pytest.raises(StateError, match="sealed"):
        clerk.do(entries.act, other.entry_id, Act.ANSWERED, uid=new_uid())
    boss.do(entries.act, other.entry_id, Act.ANSWERED, uid=new_uid())
    mine = told(clerk, Category.ACCUSATION)
    clerk.do(undoing.undo_last, uid=new_uid())
    assert clerk.ask(reading.rows, [mine.entry_id])[0].status is EntryStatus.VOID
    check.run(boss)


@pytest.mark.parametrize("category", [Category.REPORT, Category.ACCUSATION])
def test_what_was_reported_leads_to_nobody_known(
    register: str, open_desk: OpenDesk, category: Category
) -> None:
    """Neither when it comes in, nor when something becomes one, nor when a clerk had chosen who it was."""
    clerk, boss = open_desk(register), open_desk(register, desk="B", operator=BOSS)
    names(clerk)
    for _ in range(2):
        told(clerk, Category.ENQUIRY)
    (known,) = clerk.ask(recalling.recall, "欧阳雪梅")
    owed = clerk.ask(callbacks.match, "13912345678")
    told(clerk, category)
    assert clerk.ask(recalling.recall, "欧阳雪梅") == (known,)
    assert boss.ask(recalling.recall, "欧阳雪梅") == (known,)
    assert clerk.ask(callbacks.match, "13912345678") == owed != ()
    chosen = Party("欧阳雪梅", "13500000000", person_id=known.id)
    receipt = add(clerk, visit("收受红包", category=Category.ENQUIRY, parties=(chosen,)))
    (more,) = clerk.ask(recalling.recall, "欧阳雪梅")
    assert (more.times, more.last_number) == (3, receipt.number)
    act = new_uid()
    clerk.do(entries.correct, receipt.entry_id, {"category": category}, uid=act)
    (fewer,) = clerk.ask(recalling.recall, "欧阳雪梅")
    assert (fewer.times, fewer.last_number) == (2, known.last_number)
    check.run(clerk)
    clerk.do(undoing.undo, act, uid=new_uid())
    assert clerk.ask(recalling.recall, "欧阳雪梅")[0].times == 3
    clerk.do(entries.correct, receipt.entry_id, {"category": category}, uid=new_uid())
    boss.do(entries.correct, receipt.entry_id, {"category": Category.PETITION}, uid=new_uid())
    assert clerk.ask(find.entries, Query("收受红包"))[0].id == receipt.entry_id
    noted = add(clerk, visit("另一事", category=category, parties=(chosen,)))
    assert noted.version == 1
    check.run(boss)


def test_who_reported_is_masked_until_the_handler_looks(register: str, open_desk: OpenDesk) -> None:
    clerk = open_desk(register)
    receipt = told(clerk, Category.REPORT, referral=NewReferral(department(clerk, "JC")))
    for question, found in everything(clerk, receipt):
        assert not said(found, OF_PERSON), question
    view = clerk.ask(reading.entry, receipt.entry_id)
    assert (view.row.name, view.row.phone, view.row.identity_protected) == ("某＊＊", "", True)
    assert (view.row.subject, len(view.parties)) == ("收受红包一事", 2)
    shown = clerk.do(revealing.reveal, receipt.entry_id, 0, uid=new_uid())
    assert shown == "欧阳雪梅 · 13912345678 · 滨河路88号 · 身份证 · 11010519491231002X"
    assert clerk.ask(reading.entry, receipt.entry_id).trail[-1].verb == "reveal"
    with pytest.raises(NotFoundError):
        clerk.do(revealing.reveal, receipt.entry_id, 2, uid=new_uid())
    for word in OF_PERSON:
        assert clerk.ask(recalling.recall, word) == clerk.ask(knowing.find, word) == (), word
    assert clerk.ask(callbacks.match, "13912345678") == ()
    check.run(clerk)


def test_nothing_that_is_known_of_somebody_leads_to_what_they_reported(
    register: str, open_desk: OpenDesk
) -> None:
    clerk = open_desk(register)
    told(clerk, Category.ENQUIRY)
    receipt = told(clerk, Category.REPORT)
    (known, _second) = clerk.ask(recalling.recall, "欧阳雪梅") + clerk.ask(recalling.recall, "司徒文彬")
    index = Filling(clerk, (Filler(span=40, tail=1, changed=1),), Pace(40, 0.0), claim=0)

    def found(word: str) -> list[int]:
        return [one.id for one in clerk.ask(find.entries, Query(word))]

    for indexed in (False, True):
        if indexed:
            while index.step() or index.progress()[0] < index.progress()[1]:
                pass
        for word in (*OF_PERSON, "oyxm", "ouyang", "雪梅 红包"):
            assert receipt.entry_id not in found(word), (word, indexed)
        for word in OF_MATTER:
            assert receipt.entry_id in found(word), (word, indexed)
    for word in OF_PERSON:
        assert receipt.entry_id not in [one.entry.id for one in clerk.ask(cases.asked, word)], word
    assert receipt.entry_id not in [one.id for one in clerk.ask(knowing.history, known.id)]
    assert known.open_cases == 1  # what they asked about, not what they reported
    twice = visit("收受红包一事", parties=(WHO,))
    assert receipt.entry_id not in [one.id for one in clerk.ask(cases.duplicates, twice)]
    again = visit("收受红包一事", category=Category.REPORT, parties=(WHO,))
    assert receipt.entry_id in [one.id for one in clerk.ask(cases.duplicates, again)]
    act = new_uid()
    clerk.do(entries.correct, receipt.entry_id, {"category": Category.COMPLAINT}, uid=act)
    assert receipt.entry_id in found("欧阳雪梅")
    clerk.do(undoing.undo, act, uid=new_uid())
    assert receipt.entry_id not in found("欧阳雪梅")
    index.close()
    check.run(clerk)


def test_an_instruction_does_not_name_who_is_protected(desk: Desk) -> None:
    lead, other = department(desk, "JC"), department(desk, "XF")
    receipt = told(desk, Category.REPORT)
    named = [NewReferral(lead, instruction=one) for one in ("核实欧阳雪梅所述", "请致电139 1234 5678")]
    named.append(NewReferral(lead, instruction="联系０５３９－８２１２３４５"))
    for new in named:
        with pytest.raises(InputError, match="protected") as refused:
            desk.do(referrals.refer, receipt.entry_id, new, uid=new_uid())
        assert refused.value.field == "instruction"
        assert not said(str(refused.value), OF_PERSON)
        with pytest.raises(InputError, match="protected"):
            told(desk, Category.REPORT, referral=new)
    desk.do(referrals.refer, receipt.entry_id, NewReferral(lead, instruction="请核实"), uid=new_uid())
    part = desk.ask(referrals.find_part, receipt.number).id
    desk.do(referrals.give_back, part, "不归我科", uid=new_uid())
    again = NewReferral(other, instruction="核实欧阳雪梅所述")
    with pytest.raises(InputError, match="protected"):
        desk.do(referrals.refer, receipt.entry_id, again, uid=new_uid())
    told(desk, Category.COMPLAINT, referral=named[0])  # of whom nothing is hidden
    check.run(desk)


def test_nothing_that_a_department_reads_of_a_referral_names_who_is_protected(
    desk: Desk, register: str, open_desk: OpenDesk
) -> None:
    lead = department(desk, "JC")
    receipt = told(desk, Category.REPORT, referral=NewReferral(lead, instruction="请核实"))
    names = "须找欧阳雪梅核实"
    one = desk.ask(referrals.find_referral, f"{receipt.number}/JC").id
    asked: tuple[tuple[str, Callable[..., Any], dict[str, Any]], ...] = (
        ("reason", referrals.pause, {"reason": names}),
        ("reason", referrals.extend, {"amount": 2, "reason": names, "approver": "周主任"}),
        ("words", reminding.remind, {"way": Way.PHONE, "whom": "钱工", "words": names}),
        ("words", instructions.write, {"leader": "吴局长", "words": names, "department_id": lead}),
    )
    for field, verb, words in asked:
        on = {"entry_id": receipt.entry_id} if verb is instructions.write else {"referral_id": one}
        with pytest.raises(InputError, match="protected") as refused:
            desk.do(verb, **on, **words, uid=new_uid())
        assert refused.value.field == field
    on = {"entry_id": receipt.entry_id}
    desk.do(instructions.write, leader="吴局长", words=names, **on, uid=new_uid())  # it stays at the desk
    desk.do(referrals.answer, desk.ask(referrals.find_part, receipt.number).id, "已查", uid=new_uid())
    with pytest.raises(InputError, match="protected") as refused:
        desk.do(referrals.leader_seen, one, whom="吴局长", instruction=names, uid=new_uid())
    assert refused.value.field == "instruction"
    desk.do(
        referrals.call_back,
        one,
        reached=True,
        content=False,
        whom="欧阳雪梅",
        words="没有解决",
        uid=new_uid(),
    )
    jc = open_desk(register, department="JC", operator="")
    row = jc.ask(inbox.rows)[0]
    seen = jc.ask(inbox.part, row.part_id or 0)
    assert [step.words for step in seen.steps] == ["没有解决"]
    assert not said(seen, OF_PERSON)
    check.run(desk)


def test_what_a_leader_wants_of_a_complaint_does_not_go_to_whom_it_is_about(desk: Desk) -> None:
    about = Details(complained_about="劳动保障监察大队")
    new = visit("态度不好", category=Category.COMPLAINT, parties=(WHO,), details=about)
    receipt = add(desk, new)
    to = department(desk, "JC")
    with pytest.raises(InputError, match="never shown or passed") as refused:
        desk.do(
            instructions.write,
            leader="吴局长",
            words="请说明",
            entry_id=receipt.entry_id,
            department_id=to,
            uid=new_uid(),
        )
    assert refused.value.field == "department_id"


def test_correcting_what_is_masked_keeps_what_was_not_shown(desk: Desk) -> None:
    receipt = told(desk, Category.REPORT)
    seen = desk.ask(reading.entry, receipt.entry_id)
    first = seen.parties[0]
    new = (Party(first.name, "13700000000", document_number=first.document_number), seen.parties[1])
    desk.do(entries.correct, receipt.entry_id, {"parties": new}, uid=new_uid())
    shown = [desk.do(revealing.reveal, receipt.entry_id, at, uid=new_uid()) for at in (0, 1)]
    assert shown == [
        "欧阳雪梅 · 13700000000 · 滨河路88号 · 身份证 · 11010519491231002X",
        "司徒文彬 · 0539-8212345 · 沂水县某村",
    ]
    check.run(desk)


def test_a_complaint_hides_nobody(desk: Desk) -> None:
    receipt = told(desk, Category.COMPLAINT)
    for question, found in everything(desk, receipt):
        assert said(found, OF_PERSON), question
        if question == "entry":
            break
    assert desk.ask(recalling.recall, "欧阳雪梅")
