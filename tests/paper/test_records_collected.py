"""The records of entries as the register holds them, on both engines, veiled as paper has to be."""

from __future__ import annotations

import pytest

from reception.desk import Desk
from reception.errors import InputError
from reception.facts import Category, Details, Kind, NewReferral, Party, Sex, Visits
from reception.operations import directory, entries, referrals, site
from reception.operations.referrals import looking_back
from reception.paper import phone_record, visit_record
from reception.paper.record import Record
from tests.factories import CLERK, Clock, OpenDesk, add, call, department, new_uid, person, visit
from tests.paper.test_records import printed


def matter(desk: Desk, word: str) -> int:
    """A matter of the catalogue whose name has this word in it."""
    return next(one.id for one in desk.ask(directory.catalogue).matters if word in one.name)


def collected(desk: Desk, number: str) -> Record:
    return desk.ask(visit_record.collect, number)


def test_a_group_its_matter_and_what_became_of_it(register: str, open_desk: OpenDesk, clock: Clock) -> None:
    desk = open_desk(register)
    desk.do(site.save, {"call_back_categories": "petition"}, uid=new_uid())
    people = [
        Party(
            "张建国",
            "13800001111",
            "某县机械厂",
            sex=Sex.MALE,
            document_type="身份证",
            document_number="110101199003070134",
        )
    ]
    people += [Party(f"代表{at}", f"1380000222{at}") for at in range(5)]
    new = visit(
        "拖欠工资",
        parties=tuple(people),
        party_size=12,
        category=Category.PETITION,
        request="尽快支付",
        details=Details(
            complained_about="某建筑公司", people_concerned=12, amount="18万元", papers="工资表1份"
        ),
        referral=NewReferral(department(desk, "JC"), instruction="请核实", leader="陈局长"),
    )
    receipt = add(desk, new)
    part = desk.ask(referrals.find_part, receipt.number)
    clock.go(minutes=30)
    desk.do(referrals.receive, part.id, "赵队", uid=new_uid())
    desk.do(referrals.answer, part.id, "已责令支付", contacted=True, contacted_how="电话", uid=new_uid())
    referral = desk.ask(referrals.find_referral, receipt.number).id
    clock.go(minutes=30)
    desk.do(looking_back.call_back, referral, content=True, words="满意", reached=True, uid=new_uid())
    data = collected(desk, receipt.number)
    assert (data.line.name, data.sex, data.document, data.line.party_size) == ("张建国", Sex.MALE, "0134", 12)
    assert [name for name, _ in data.others] == [f"代表{at}" for at in range(5)]
    assert data.visits is Visits.FIRST
    done = data.handled
    assert done is not None
    assert (done.instruction, done.leader, done.answer) == ("请核实", "陈局长", "已责令支付")
    assert done.departments == (("劳动保障监察大队", True),)
    assert done.content is True
    assert done.contacted_how == "电话"
    assert done.due is not None
    assert (done.due.hour, done.due.minute) == (23, 59)
    _, fields = printed("visit_record", data, "zh_CN")
    for words in ("某建筑公司", "18万元", "工资表1份"):
        assert words in fields["反映问题"]
    assert fields["是否满意"].startswith("■满意")


def test_a_visit_about_the_same_matter_again_is_a_repeat_visit(
    register: str, open_desk: OpenDesk, clock: Clock
) -> None:
    desk = open_desk(register)
    somebody = (person("张建国", phone="13800001111"),)
    card, pension = (matter(desk, name) for name in ("社保卡", "退休审批"))

    def came(**fields: object) -> Visits | None:
        clock.go(minutes=5)
        return collected(desk, add(desk, visit("来访", **fields)).number).visits

    assert came(parties=somebody, matter_id=card) is Visits.FIRST
    assert came(parties=somebody, matter_id=pension) is Visits.FIRST
    assert came(parties=somebody, matter_id=card) is Visits.REPEAT
    assert came(parties=somebody) is None
    assert came(parties=(Party("某先生"),), matter_id=card) is None
    assert came(parties=(person("李四", phone="13900009999"),)) is Visits.FIRST
    assert (
        came(
            parties=somebody, matter_id=card, category=Category.PETITION, details=Details(visits=Visits.FIRST)
        )
        is Visits.FIRST
    )


def test_a_void_visit_makes_no_repeat_visit(register: str, open_desk: OpenDesk, clock: Clock) -> None:
    desk = open_desk(register)
    new = {"parties": (person("张建国", phone="13800001111"),), "matter_id": matter(desk, "社保卡")}
    first = add(desk, visit("来访", **new))
    desk.do(entries.void, first.entry_id, "重复登记", uid=new_uid())
    clock.go(minutes=5)
    assert collected(desk, add(desk, visit("来访", **new)).number).visits is Visits.FIRST


@pytest.mark.parametrize("who", [CLERK, "陈局长"])
@pytest.mark.parametrize("category", [Category.REPORT, Category.ACCUSATION, Category.ENQUIRY])
def test_who_told_it_is_not_printed_whoever_prints(
    register: str, open_desk: OpenDesk, category: Category, who: str
) -> None:
    desk = open_desk(register, operator="陈局长")
    desk.do(site.save, {"supervisors": "陈局长"}, uid=new_uid())
    new = visit(
        "反映某人收受财物",
        parties=(
            Party("司马秘", "13900002222", "某厂", document_number="110101199003070134"),
            Party("同行者"),
        ),
        category=category,
        request="请查实",
        details=Details(papers="照片", identity_protected=category is Category.ENQUIRY),
    )
    number = add(desk, new).number
    data = open_desk(register, operator=who).ask(visit_record.collect, number)
    pages, fields = printed("visit_record", data, "zh_CN")
    text = "".join(page.text for page in pages) + str(list(visit_record.lines(data)))
    for words in ("司马秘", "13900002222", "某厂", "0134", "同行者"):
        assert words not in text, words
    assert fields["姓名"] == "保密"
    sealed = category is Category.ACCUSATION
    for words in ("收受财物", "请查实", "照片"):
        assert (words in text) is not sealed, words


def test_each_record_is_of_its_own_kind(file_register: str, open_desk: OpenDesk) -> None:
    desk = open_desk(file_register)
    came, rang = add(desk, visit("来访")).number, add(desk, call("来电")).number
    assert desk.ask(visit_record.collect, came).line.kind is Kind.VISIT
    assert desk.ask(phone_record.collect, rang).line.kind is Kind.CALL_IN
    with pytest.raises(InputError):
        desk.ask(visit_record.collect, rang)
    with pytest.raises(InputError):
        desk.ask(phone_record.collect, came)
