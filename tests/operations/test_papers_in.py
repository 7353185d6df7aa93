"""Papers received: numbered by day and year, referred, circulated, signed, filed, never left lying unseen."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from reception.desk import Desk
from reception.errors import ConflictError, InputError, NotFoundError, StateError
from reception.facts import Act, EntryStatus, Kind, NewEntry, NewReferral, Receipt, ReferralStatus, Urgency
from reception.facts.office import NewDocument, PaperWay
from reception.facts.papers_in import PaperIn, PaperStep
from reception.operations import directory, entries, reading, referrals, site, undoing
from reception.operations.office import circulation, documents, instructions, papers_in
from reception.paper import daily_sheet
from reception.store import check
from tests.factories import NOW, TODAY, Clock, OpenDesk, add, department, new_uid, overlap, part, row

TITLE = "关于做好2026年度职称评审工作的通知"


def paper(desk: Desk, title: str = TITLE, **fields: Any) -> Receipt:
    """A paper comes."""
    given = {"subject": title, "sender": "省人力资源和社会保障厅", "uid": new_uid(), **fields}
    return desk.do(documents.register, **given)


def known(desk: Desk, receipt: Receipt) -> PaperIn:
    return desk.ask(papers_in.one, receipt.entry_id)


def signed(desk: Desk, receipt: Receipt) -> list[tuple[str, bool]]:
    return [(one.name, one.signed_at is not None) for one in known(desk, receipt).readers]


def test_a_paper_keeps_what_it_bears_under_a_number_of_its_day_and_of_its_year(desk: Desk) -> None:
    add(desk)
    receipt = paper(
        desk,
        sender_number="人社厅发〔2026〕31号",
        sender_day=20261120,
        copies=2,
        urgency=Urgency.URGENT,
        way=PaperWay.COURIER,
        brought_by="顺丰 赵师傅",
        proposed="拟请专业技术人员管理科阅办",
    )
    assert receipt.number == "20261123-002"
    one = known(desk, receipt)
    assert (one.number, one.serial, one.day) == ("20261123-002", "收〔2026〕1号", TODAY)
    assert (one.title, one.sender, one.sender_number, one.sender_day) == (
        TITLE,
        "省人力资源和社会保障厅",
        "人社厅发〔2026〕31号",
        20261120,
    )
    assert (one.copies, one.urgency, one.way) == (2, Urgency.URGENT, PaperWay.COURIER)
    assert (one.brought_by, one.proposed) == ("顺丰 赵师傅", "拟请专业技术人员管理科阅办")
    assert (one.status, one.step, one.filed_at) == (EntryStatus.OPEN, PaperStep.NOTHING, None)
    again = desk.do(documents.register, subject=TITLE, sender="x", uid=_uid(desk, receipt))
    assert again.entry_id == receipt.entry_id
    late = paper(desk, "去年的来文", received_at=NOW - dt.timedelta(days=400), late=True)
    assert known(desk, late).serial == "收〔2025〕1号"
    for name in ("收〔2026〕1号", "2026/1", "20261123-002"):
        assert desk.ask(papers_in.find, name) == receipt.entry_id
    with pytest.raises(NotFoundError):
        desk.ask(papers_in.find, "2026/99")
    assert check.run(desk).troubles == ()


def _uid(desk: Desk, receipt: Receipt) -> Any:
    import uuid

    return uuid.UUID(row(desk, receipt.entry_id).uid)


def test_numbers_of_a_year_have_no_gap_and_none_is_given_twice(register: str, open_desk: OpenDesk) -> None:
    one, other = open_desk(register), open_desk(register, desk="B")
    first = paper(one)
    desk_uid = new_uid()
    one.do(undoing.undo, _uid(one, first), uid=desk_uid)
    assert known(one, first).step is PaperStep.VOID
    (sender,) = [line.organisation for line in one.ask(reading.day_rows, TODAY)]
    assert sender == known(one, first).sender == "省人力资源和社会保障厅"  # whose it was stays to be seen

    def come(session: Any) -> Receipt:
        return documents.register(session, subject=TITLE, sender="市政府办", uid=new_uid())

    earlier, later = overlap(one, come, other, come)
    assert isinstance(earlier, Receipt)
    assert isinstance(later, Receipt)
    assert {known(one, earlier).serial, known(one, later).serial} == {"收〔2026〕2号", "收〔2026〕3号"}
    with pytest.raises(InputError):
        paper(one, "", sender="市政府办")
    assert known(one, paper(one)).serial == "收〔2026〕4号"
    one.do(undoing.undo, desk_uid, uid=new_uid())  # done again, it has its number still
    assert (known(one, first).serial, known(one, first).step) == ("收〔2026〕1号", PaperStep.NOTHING)
    register_of = [line.serial for line in one.ask(papers_in.between, TODAY, TODAY)]
    assert register_of == [f"收〔2026〕{number}号" for number in (1, 2, 3, 4)]
    assert check.run(one).troubles == ()


def test_a_security_marking_is_refused_wherever_it_stands_and_nothing_is_kept(desk: Desk) -> None:
    for field, fields in (
        ("subject", {"title": "机密★10年 关于某事"}),
        ("sender_number", {"sender_number": "人社秘密〔2026〕3号"}),
        ("marking", {"marking": "秘密"}),
        ("proposed", {"proposed": "请李局长阅（绝密）"}),
    ):
        with pytest.raises(InputError) as refused:
            paper(desk, **fields)
        assert refused.value.field == field
        assert "not a classified system" in str(refused.value)
    assert desk.ask(papers_in.rows, which="all") == ()
    innocent = paper(desk, "关于保守商业秘密的通知", sender="市政府秘书科", marking="无")
    assert innocent.number == "20261123-001"  # no number was used up
    changes: tuple[dict[str, Any], ...] = ({"subject": "【机密】关于某事"}, {"sender_number": "机密3号"})
    for change in changes:
        with pytest.raises(InputError):
            desk.do(documents.amend, innocent.entry_id, uid=new_uid(), **change)
    with pytest.raises(InputError):
        desk.do(entries.correct, innocent.entry_id, {"subject": "机密"}, uid=new_uid())


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"sender": " "}, "sender"),
        ({"copies": 0}, "copies"),
        ({"sender_day": 20261399}, "sender_day"),
        ({"title": ""}, "subject"),
        ({"readers": "李局长、李局长"}, "to"),
    ],
)
def test_what_cannot_be_taken_is_refused_at_its_field(
    file_register: str, open_desk: OpenDesk, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(InputError) as refused:
        paper(open_desk(file_register), **fields)
    assert refused.value.field == field


def test_departments_called_for_short_are_departments_and_people_stay_people(
    file_register: str, open_desk: OpenDesk
) -> None:
    desk = open_desk(file_register)
    receipt = paper(desk, readers="劳监、李局长，ZJK")
    assert [(one.name, one.department) for one in known(desk, receipt).readers] == [
        ("劳动保障监察大队", "JC"),
        ("李局长", ""),
        ("ZJK", ""),
    ]
    with pytest.raises(InputError, match=r"劳动保障监察大队.*yet to sign") as twice:
        desk.do(circulation.circulate, receipt.entry_id, to="监察大队", uid=new_uid())
    with pytest.raises(InputError, match=r"养老保险科 / 社会保险中心, .* Write more") as several:
        desk.do(circulation.circulate, receipt.entry_id, to="保险科", uid=new_uid())
    assert (twice.value.field, several.value.field) == ("to", "to")
    desk.do(circulation.sign, receipt.entry_id, who="劳监", uid=new_uid())
    assert signed(desk, receipt) == [("劳动保障监察大队", True), ("李局长", False), ("ZJK", False)]


def test_a_paper_goes_round_in_order_and_each_signs_with_the_time(desk: Desk, clock: Clock) -> None:
    receipt = paper(desk, readers="李局长，jc；王科长")
    assert signed(desk, receipt) == [("李局长", False), ("劳动保障监察大队", False), ("王科长", False)]
    assert known(desk, receipt).step is PaperStep.CIRCULATING
    clock.go(minutes=20)
    act = new_uid()
    desk.do(circulation.sign, receipt.entry_id, note="已阅", uid=act)
    desk.do(circulation.sign, receipt.entry_id, who="王科长", at=NOW + dt.timedelta(minutes=5), uid=new_uid())
    assert signed(desk, receipt) == [("李局长", True), ("劳动保障监察大队", False), ("王科长", True)]
    first, _second, third = known(desk, receipt).readers
    assert (first.signed_at, first.note) == (clock.now, "已阅")
    assert third.signed_at == NOW + dt.timedelta(minutes=5)
    with pytest.raises(StateError):
        desk.do(circulation.sign, receipt.entry_id, who="李局长", uid=new_uid())
    early = NOW - dt.timedelta(hours=1)
    with pytest.raises(InputError):
        desk.do(circulation.sign, receipt.entry_id, who="jc", at=early, uid=new_uid())
    desk.do(undoing.undo, act, uid=new_uid())
    assert signed(desk, receipt)[0] == ("李局长", False)
    desk.do(circulation.take_off, receipt.entry_id, who="劳动保障监察大队", uid=new_uid())
    desk.do(circulation.circulate, receipt.entry_id, to="财务室", uid=new_uid())
    assert signed(desk, receipt) == [("李局长", False), ("王科长", True), ("财务室", False)]
    for _time in range(2):
        desk.do(circulation.sign, receipt.entry_id, uid=new_uid())
    with pytest.raises(StateError):
        desk.do(circulation.sign, receipt.entry_id, uid=new_uid())
    assert known(desk, receipt).step is PaperStep.NOTHING
    trail = desk.ask(reading.entry, receipt.entry_id).trail
    assert [
        new for name, _old, new in trail[1].changes if name in ("circulation.whom", "circulation.note")
    ] == ["已阅", "李局长"]
    verbs = [line.verb for line in trail]
    assert verbs == [
        *("register", "sign", "sign", "undo", "take-off", "circulate", "sign", "sign"),
    ]
    assert check.run(desk).troubles == ()


def test_filing_ends_a_paper_once_nobody_has_it_any_more(desk: Desk, clock: Clock) -> None:
    lead = NewReferral(department(desk, "ZC"), (department(desk, "RC"),), "请阅办")
    receipt = paper(desk, readers="李局长", referral=lead)
    one = known(desk, receipt)
    assert (one.step, one.lead, one.assisting, one.asked) == (
        PaperStep.REFERRED,
        "专业技术人员管理科",
        (desk.ask(directory.department, "RC").name,),
        "请阅办",
    )
    assert one.due_day is not None
    (line,) = desk.ask(reading.entry, receipt.entry_id).trail
    assert line.departments == (one.lead, *one.assisting)  # who leads stands first

    def file(where: str = "文书档案2026-3") -> Receipt:
        return desk.do(documents.file, receipt.entry_id, where=where, uid=act)

    act = new_uid()
    with pytest.raises(StateError, match="referral"):
        file()
    name = part(desk, f"{receipt.number}/ZC")
    desk.do(referrals.answer, name, "已转发各单位", uid=new_uid())
    desk.do(referrals.close, _referral(desk, receipt), uid=new_uid())
    one = known(desk, receipt)
    assert (one.step, one.result) == (PaperStep.CIRCULATING, "已转发各单位")
    assert one.status is EntryStatus.OPEN  # a closed referral does not file the paper
    with pytest.raises(StateError, match="sign"):
        file()
    desk.do(circulation.sign, receipt.entry_id, uid=new_uid())
    with pytest.raises(InputError):
        file(" ")
    file()
    (printed,) = desk.ask(daily_sheet.collect, TODAY).rows
    assert "文书档案2026-3" in printed.outcome  # what became of it stands on the day's sheet
    one = known(desk, receipt)
    assert (one.status, one.step, one.filed_where) == (
        EntryStatus.FINISHED,
        PaperStep.FILED,
        "文书档案2026-3",
    )
    assert one.filed_at == clock.now
    with pytest.raises(StateError):
        desk.do(documents.file, receipt.entry_id, where="别处", uid=new_uid())
    with pytest.raises(StateError):
        desk.do(circulation.circulate, receipt.entry_id, to="张科长", uid=new_uid())
    back = new_uid()
    desk.do(undoing.undo, act, uid=back)
    assert (known(desk, receipt).status, known(desk, receipt).filed_where) == (EntryStatus.OPEN, "")
    desk.do(undoing.undo, back, uid=new_uid())
    assert known(desk, receipt).status is EntryStatus.FINISHED
    desk.do(referrals.refer, receipt.entry_id, NewReferral(department(desk, "JC")), uid=new_uid())
    one = known(desk, receipt)
    assert (one.status, one.step) == (EntryStatus.OPEN, PaperStep.REFERRED)
    assert check.run(desk).troubles == ()


def _referral(desk: Desk, receipt: Receipt) -> int:
    return desk.ask(reading.entry, receipt.entry_id).referrals[-1].id


def test_a_paper_has_no_act_of_the_counter_and_nothing_else_is_a_paper(
    file_register: str, open_desk: OpenDesk
) -> None:
    desk = open_desk(file_register)
    receipt = paper(desk)
    for act in (Act.ANSWERED, Act.POINTED):
        with pytest.raises(StateError):
            desk.do(entries.act, receipt.entry_id, act, uid=new_uid())
    with pytest.raises(StateError):
        desk.do(entries.set_outcome, receipt.entry_id, "已阅", close=True, uid=new_uid())
    with pytest.raises(StateError):
        desk.do(entries.correct, receipt.entry_id, {"act": Act.ANSWERED}, uid=new_uid())
    new = NewEntry(Kind.DOCUMENT, TITLE, act=Act.ANSWERED, record=NewDocument(sender="省厅"))
    with pytest.raises(InputError):
        desk.do(entries.register, new)
    visit = add(desk)
    with pytest.raises(StateError, match="no paper"):
        desk.do(documents.file, visit.entry_id, where="档案柜", uid=new_uid())
    with pytest.raises(NotFoundError):
        desk.ask(papers_in.one, visit.entry_id)


def test_a_paper_is_corrected_and_nobody_overwrites_another_unseen(desk: Desk) -> None:
    receipt = paper(desk, copies=2, sender_number="人社发〔2026〕1号")
    seen = known(desk, receipt).version
    act = new_uid()
    change = {
        "subject": "关于职称评审的通知",
        "copies": 3,
        "urgency": Urgency.CRITICAL,
        "sender_day": 20261119,
    }
    desk.do(documents.amend, receipt.entry_id, version=seen, uid=act, **change)
    one = known(desk, receipt)
    assert (one.title, one.copies, one.urgency, one.sender_day) == (
        "关于职称评审的通知",
        3,
        Urgency.CRITICAL,
        20261119,
    )
    with pytest.raises(ConflictError) as refused:
        desk.do(documents.amend, receipt.entry_id, version=seen, uid=new_uid(), copies=5)
    assert ("copies", "5", "3") in refused.value.differences
    desk.do(documents.amend, receipt.entry_id, version=seen, uid=new_uid(), brought_by="邮递员")
    desk.do(undoing.undo, act, uid=new_uid())
    one = known(desk, receipt)
    assert (one.title, one.copies, one.sender_day, one.brought_by) == (TITLE, 2, None, "邮递员")
    with pytest.raises(InputError):
        desk.do(documents.amend, receipt.entry_id, uid=new_uid(), sender="")
    desk.do(documents.amend, receipt.entry_id, uid=new_uid(), copies=None, way=None)  # emptied: as usual
    one = known(desk, receipt)
    assert (one.copies, one.way) == (1, PaperWay.HAND)
    assert check.run(desk).troubles == ()


def test_what_nobody_has_lies_unhandled_from_the_sites_hour_on(desk: Desk, clock: Clock) -> None:
    old = paper(desk, "昨天的来文", received_at=NOW - dt.timedelta(days=1))
    new = paper(desk, "今天的来文")
    paper(desk, "已转办", referral=NewReferral(department(desk, "JC")))
    round_ = paper(desk, "传阅中", readers="李局长")
    filed = paper(desk, "已归档")
    desk.do(documents.file, filed.entry_id, where="档案柜", uid=new_uid())
    void = paper(desk, "登记错了")
    desk.do(entries.void, void.entry_id, "重复", uid=new_uid())

    def lying() -> list[int]:
        found = desk.ask(papers_in.lying)
        every = desk.ask(papers_in.rows, which="all")
        assert {one.entry_id for one in found} == {one.entry_id for one in every if one.lying}
        return [one.entry_id for one in found]

    assert lying() == [old.entry_id]
    clock.go(hours=6, minutes=47)  # 16:29
    assert lying() == [old.entry_id]
    clock.go(minutes=1)
    assert lying() == [old.entry_id, new.entry_id]
    after = paper(desk, "下班前才来")
    assert after.entry_id not in lying()  # it came after the hour: it has time until the next day
    desk.do(circulation.sign, round_.entry_id, uid=new_uid())
    assert lying() == [old.entry_id, new.entry_id, round_.entry_id]
    desk.do(site.save, {"papers_by": ""}, uid=new_uid())
    assert lying() == [old.entry_id]
    clock.go(hours=8)
    assert lying() == [old.entry_id, new.entry_id, round_.entry_id, after.entry_id]
    open_ones = [one.title for one in desk.ask(papers_in.rows)]
    assert open_ones == ["下班前才来", "传阅中", "已转办", "今天的来文", "昨天的来文"]
    page = desk.ask(papers_in.rows, which="all", before=round_.entry_id, limit=2)
    assert [one.title for one in page] == ["已转办", "今天的来文"]
    nothing = [one.title for one in desk.ask(papers_in.rows, which="nothing")]
    assert nothing == [title for title in open_ones if title != "已转办"]
    paper(desk, "又一件", readers="王科长", sender_number="X-100%_号")
    assert [one.title for one in desk.ask(papers_in.rows, which="round")] == ["又一件"]
    assert [one.title for one in desk.ask(papers_in.rows, which="all", words="0%_号")] == ["又一件"]
    assert [one.title for one in desk.ask(papers_in.rows, which="all", words="档案柜")] == ["已归档"]


def test_what_a_leader_wrote_stands_on_the_paper_by_the_number_of_its_slip(desk: Desk) -> None:
    receipt = paper(desk, readers="李局长")
    act = new_uid()
    desk.do(documents.instruct, receipt.entry_id, leader="李局长", words="请认真办理", uid=act)
    for page in ("收〔2026〕1号", "2026/1", receipt.number):
        desk.do(instructions.enter, on=page, leader="王副局长", words="同意", uid=new_uid())
    wrote = [(one.leader, one.words) for one in known(desk, receipt).instructions]
    assert wrote == [("李局长", "请认真办理"), *[("王副局长", "同意")] * 3]
    desk.do(undoing.undo, act, uid=new_uid())
    assert len(known(desk, receipt).instructions) == 3
    with pytest.raises(InputError):
        desk.do(instructions.enter, on="2026-11", leader="李局长", words="一个月份", uid=new_uid())
    assert check.run(desk).troubles == ()


def test_a_paper_that_came_twice_says_so(desk: Desk) -> None:
    first = paper(desk, sender_number="人社厅发〔2026〕31号", way=PaperWay.FAX)
    void = paper(desk, sender_number="人社厅发〔2026〕31号")
    desk.do(entries.void, void.entry_id, "重复", uid=new_uid())
    second = paper(desk, sender_number=" 人社厅发〔2026〕31号")
    paper(desk, sender_number="")
    other = paper(desk, sender_number="")
    same = [desk.ask(papers_in.view, one.entry_id).same for one in (first, second, other)]
    assert same == [("收〔2026〕3号",), ("收〔2026〕1号",), ()]


def test_the_referral_of_a_paper_shows_its_life(desk: Desk) -> None:
    receipt = paper(desk, referral=NewReferral(department(desk, "JC")))
    desk.do(referrals.give_back, part(desk, f"{receipt.number}/JC"), "不属我科", uid=new_uid())
    one = known(desk, receipt)
    assert (one.referral_status, one.result) == (ReferralStatus.OPEN, "不属我科")
    desk.do(referrals.refer, receipt.entry_id, NewReferral(department(desk, "ZC")), uid=new_uid())
    assert known(desk, receipt).lead == "专业技术人员管理科"
