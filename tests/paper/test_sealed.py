"""Whatever a form shows is in the lines that a print keeps the digests of: no change of paper goes untold."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
import json
import re
from collections.abc import Callable
from typing import Any

from reception import wording
from reception.context import Session
from reception.desk import Desk
from reception.errors import StateError
from reception.facts import (
    Act,
    AttemptResult,
    CallResult,
    Category,
    Details,
    Duty,
    NewCallback,
    NewReferral,
    Party,
    Sex,
    Way,
)
from reception.facts.desk_work import NewNotice
from reception.facts.office import EventKind, NewInvitee, Reply
from reception.facts.printing import Stamp
from reception.operations import (
    callbacks,
    directory,
    duties,
    entries,
    notices,
    reading,
    referrals,
    shifts,
    site,
)
from reception.operations.office import circulation, documents, instructions, meetings, papers_in, urgent
from reception.operations.referrals import reminding
from reception.paper import forms, making, style
from tests.factories import (
    CLERK,
    TODAY,
    Clock,
    OpenDesk,
    add,
    call,
    changed,
    department,
    new_uid,
    part,
    visit,
)

NUMBER, CALL, PAPER, MEETING, EVENT = (f"{TODAY}-{number:03}" for number in (1, 2, 3, 4, 5))
OF: dict[str, dict[str, Any]] = {
    "bulletin": {"period": "week", "day": TODAY, "moment": "2026-11-23T09:43:00+08:00"},
    "director_page": {"day": TODAY, "moment": "2026-11-23T09:43:00+08:00"},
    "daily_sheet": {"day": TODAY},
    "case_trail": {"number": NUMBER},
    "roll_call": {"moment": "2026-11-23T12:00:00+08:00"},
    "visitor_register": {"first_day": TODAY, "last_day": TODAY},
    "visit_record": {"number": NUMBER},
    "phone_record": {"number": CALL},
    "handover": {"handover": 1},
    "referral_slip": {"referral": f"{NUMBER}/JC"},
    "reminder_slip": {"referral": f"{NUMBER}/JC"},
    "notice": {"number": NUMBER},
    "visitor_pass": {"number": NUMBER},
    "document_register": {"first_day": TODAY, "last_day": TODAY},
    "handling_slip": {"number": PAPER},
    "meeting_notice": {"number": MEETING},
    "sign_in": {"number": MEETING},
    "event_report": {"number": EVENT},
    "ledger": {"year": TODAY // 10_000},
}
"""Every form, and what of it."""
STAMP = Stamp(dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC), CLERK, code="7K3Q9ZTB", head="0123ABCD")
MEETS = dt.datetime(2026, 11, 24, 7, tzinfo=dt.UTC)
WHOLE = Party("张建国", "13800138000", "某村三组", Sex.MALE, "居民身份证", "11010519491231002X")


@dataclasses.dataclass(frozen=True)
class Seen:
    """One form at one moment: what it collected, and the lines of it."""

    data: Any
    lines: tuple[tuple[str, object], ...]
    paper: bytes


def seen(desk: Desk, form: str, before: Seen | None = None) -> Seen:
    """Read a form, and lay it out, unless it is what it was, with a stamp that never changes."""
    module = forms.get(form)

    def read(session: Session) -> Any:
        return module.collect(session, **OF[form])

    try:
        data, file = desk.ask(read), io.BytesIO()
    except StateError:
        return Seen(None, (), b"")  # nobody gets it any more
    if before is not None and data == before.data:
        return before
    making.render(form, data, wording.load("zh_CN"), style.default(module.FORM), STAMP, file)
    return Seen(data, tuple(module.lines(data)), file.getvalue())


def lived_in(desk: Desk, clock: Clock) -> tuple[int, int]:
    """A visit and a call with everything that any form prints; their ids."""
    jc = department(desk, "JC")
    details = Details(
        complained_about="某公司",
        people_concerned=9,
        amount="三万元",
        since="去年十月",
        evidence=True,
        papers="合同",
        wanted="赵队",
        plate="A12345",
    )
    fields = {"category": Category.COMPLAINT, "matter_id": 1, "request": "请支付", "party_size": 3}
    one = add(desk, visit("拖欠工资", parties=(WHOLE, Party("李代表")), details=details, **fields)).entry_id
    asked = call(
        "失业金", act=Act.PUT_THROUGH, call_result=CallResult.BUSY, department_id=jc, parties=(WHOLE,)
    )
    other = add(desk, asked).entry_id
    desk.do(documents.register, subject="关于评审的通知", sender="省厅", readers="李局长", uid=new_uid())
    people = (NewInvitee("王芳", "县医保局 局长", "0816-8220001"), NewInvitee("李明", "", "13900000002"))
    told: dict[str, Any] = {"convener": "吴局长", "agenda": "总结", "place": "三楼", "meets_at": MEETS}
    desk.do(meetings.notify, subject="年终总结会", invitees=people, **told, uid=new_uid())
    event = desk.do(urgent.register, subject="集体访", people=23, place="大厅", uid=new_uid()).entry_id
    desk.do(urgent.call, event, whom="周主任", phone="8001", reached=False, uid=new_uid())
    desk.do(referrals.refer, one, NewReferral(jc, (department(desk, "XF"),), "请核实"), uid=new_uid())
    referral = desk.ask(referrals.find_referral, f"{NUMBER}/JC").id
    desk.do(reminding.remind, referral, way=Way.WRITTEN, whom="钱工", words="请尽快", uid=new_uid())
    desk.do(notices.give, one, NewNotice(1), uid=new_uid())
    desk.do(shifts.hand_over, "钥匙在抽屉", uid=new_uid())
    desk.do(site.save, {"on_duty": "yes"}, uid=new_uid())
    clock.go(minutes=1)
    return one, other


Change = Callable[[Desk, int, int, Clock], Any]


def _correct(**fields: Any) -> Change:
    return lambda desk, one, _other, _clock: desk.do(entries.correct, one, fields, uid=new_uid())


def _of_call(**fields: Any) -> Change:
    return lambda desk, _one, other, _clock: desk.do(entries.correct, other, fields, uid=new_uid())


def _do(verb: Callable[..., Any], *words: Any, **more: Any) -> Change:
    return lambda desk, one, _other, _clock: desk.do(verb, one, *words, **more, uid=new_uid())


def _on_part(verb: Callable[..., Any], *words: Any) -> Change:
    return lambda desk, _one, _other, _clock: desk.do(verb, part(desk, f"{NUMBER}/JC"), *words, uid=new_uid())


def _set(**values: str) -> Change:
    return lambda desk, _one, _other, _clock: desk.do(site.save, values, uid=new_uid())


def _department(**fields: Any) -> Change:
    def act(desk: Desk, _one: int, _other: int, _clock: Clock) -> None:
        fact = desk.ask(directory.department, "JC")
        desk.do(directory.save_department, changed(fact, **fields), uid=new_uid())

    return act


def _matter(**fields: Any) -> Change:
    def act(desk: Desk, _one: int, _other: int, _clock: Clock) -> None:
        (fact,) = (one for one in desk.ask(directory.catalogue).matters if one.id == 1)
        desk.do(directory.save_matter, changed(fact, **fields), uid=new_uid())

    return act


def _owe(desk: Desk, one: int, _other: int, clock: Clock) -> None:
    desk.do(callbacks.owe, one, NewCallback(due_at=clock.now, phone="1", owner="李"), uid=new_uid())


def _accept(desk: Desk, _one: int, _other: int, _clock: Clock) -> None:
    desk.operator = "李静"
    desk.do(shifts.accept, 1, missing="少一把钥匙", uid=new_uid())
    desk.operator = CLERK


def _on_duty(desk: Desk, _one: int, _other: int, _clock: Clock) -> None:
    desk.do(duties.save, Duty(TODAY, "周", "吴", "晴"), uid=new_uid())


def _of_paper(verb: Callable[..., Any] = documents.amend, **fields: Any) -> Change:
    def act(desk: Desk, _one: int, _other: int, _clock: Clock) -> None:
        desk.do(verb, desk.ask(papers_in.find, PAPER), **fields, uid=new_uid())

    return act


def _answer_paper(desk: Desk, _one: int, _other: int, _clock: Clock) -> None:
    desk.do(referrals.answer, part(desk, f"{PAPER}/XF"), "已转发各单位", uid=new_uid())
    desk.do(referrals.close, desk.ask(referrals.find_referral, f"{PAPER}/XF").id, uid=new_uid())


def _of_meeting(verb: Callable[..., Any], *words: Any, **fields: Any) -> Change:
    def act(desk: Desk, _one: int, _other: int, _clock: Clock) -> None:
        desk.do(verb, desk.ask(reading.find_number, MEETING), *words, **fields, uid=new_uid())

    return act


def _of_invitee(verb: Callable[..., Any], ordinal: int, *words: Any, **fields: Any) -> Change:
    def act(desk: Desk, _one: int, _other: int, _clock: Clock) -> None:
        people = desk.ask(meetings.invitees, desk.ask(reading.find_number, MEETING))
        (who,) = (one for one in people if one.ordinal == ordinal)
        desk.do(verb, who.id, *words, **fields, uid=new_uid())

    return act


def _of_event(verb: Callable[..., Any], *words: Any, **fields: Any) -> Change:
    def act(desk: Desk, _one: int, _other: int, _clock: Clock) -> None:
        desk.do(verb, desk.ask(reading.find_number, EVENT), *words, **fields, uid=new_uid())

    return act


IDENTIFIED = changed(WHOLE, name="张建华", document_number="110105194912310038")
# each changes one thing that the one before it left alone
CHANGES: dict[str, Change] = {
    "name": _correct(parties=(changed(WHOLE, name="张建华"), Party("李代表"))),
    "document": _correct(parties=(IDENTIFIED, Party("李代表"))),
    "sex": _correct(parties=(changed(IDENTIFIED, sex=Sex.FEMALE), Party("李代表"))),
    "representative": _correct(parties=(changed(IDENTIFIED, sex=Sex.FEMALE), Party("赵代表"))),
    "caller": _of_call(parties=(changed(WHOLE, phone="13900139000"),)),
    "number of people": _correct(party_size=4),
    "matter": _correct(matter_id=2),
    "subject": _correct(subject="拖欠工资两年"),
    "request": _correct(request="请立即支付"),
    "category": _correct(category="petition"),
    "time": _correct(received_at=dt.datetime(2026, 11, 23, 1, 40, tzinfo=dt.UTC)),
    "urgency": _correct(urgency="urgent"),
    "complained about": _correct(complained_about="另一公司"),
    "people concerned": _correct(people_concerned=12),
    "amount": _correct(amount="五万元"),
    "since": _correct(since="前年"),
    "evidence": _correct(evidence=False),
    "papers": _correct(papers="欠条"),
    "wanted": _correct(wanted="钱队"),
    "plate": _correct(plate="B54321"),
    "outcome": _correct(outcome="已记录"),
    "read back": _of_call(read_back=True),
    "result of the call": _of_call(call_result="no-answer"),
    "what was said": _of_call(outcome="稍后再打"),
    "a call is owed": _owe,
    "reminded again": lambda desk, _one, _other, _clock: desk.do(
        reminding.remind,
        desk.ask(referrals.find_referral, f"{NUMBER}/JC").id,
        way=Way.PHONE,
        whom="赵工",
        words="再催",
        uid=new_uid(),
    ),
    "told": _on_part(referrals.told, "孙工"),
    "received": _on_part(referrals.receive, "钱工"),
    "answered": _on_part(referrals.answer, "已责令支付"),
    "left": _do(entries.leave),
    "shift accepted": _accept,
    "on duty": _on_duty,
    "department's name": _department(name="执法监察局"),
    "department's room": _department(room="301", phone="8031", officer_a="甲", officer_b="乙", leader="丙"),
    "matter's papers": _matter(materials="身份证\n户口簿", basis="某法", limit="十日"),
    "site": _set(name="另一个单位"),
    "foot": _set(footer="别的话"),
    "withheld": _correct(identity_protected=True),
    "void": _do(entries.void, "重复登记"),
    "paper's title": _of_paper(subject="关于职称评审的通知"),
    "who sent the paper": _of_paper(sender="市局"),
    "paper's number": _of_paper(sender_number="人社发〔2026〕3号"),
    "paper's date": _of_paper(sender_day=20261120),
    "copies": _of_paper(copies=2),
    "paper's urgency": _of_paper(urgency="urgent"),
    "how the paper came": _of_paper(way="fax"),
    "who brought the paper": _of_paper(brought_by="赵师傅"),
    "when the paper came": _of_paper(received_at=dt.datetime(2026, 11, 23, 1, 40, tzinfo=dt.UTC)),
    "proposed": _of_paper(proposed="请职称科阅办"),
    "circulated": _of_paper(circulation.circulate, to="王科长"),
    "signed": _of_paper(circulation.sign, note="已阅"),
    "taken off": _of_paper(circulation.take_off, who="王科长"),
    "paper referred": lambda desk, _one, _other, _clock: desk.do(
        referrals.refer,
        desk.ask(papers_in.find, PAPER),
        NewReferral(department(desk, "XF"), (department(desk, "ZC"),), "请阅办", leader="李局长"),
        uid=new_uid(),
    ),
    "paper answered": _answer_paper,
    "paper filed": _of_paper(documents.file, where="文书2026-3"),
    "form of the number": _set(document_form="收文{year}-{number}"),
    "paper void": _of_paper(entries.void, reason="重复"),
    "meeting's name": _of_meeting(meetings.change, subject="总结会"),
    "convener": _of_meeting(meetings.change, convener="周局长"),
    "agenda": _of_meeting(meetings.change, agenda="总结、部署"),
    "when it meets": _of_meeting(meetings.change, meets_at=MEETS + dt.timedelta(hours=1)),
    "where it meets": _of_meeting(meetings.change, place="四楼"),
    "who should attend": _of_meeting(meetings.change, attendance="各科室负责人"),
    "what to bring": _of_meeting(meetings.change, materials="台账"),
    "what to wear": _of_meeting(meetings.change, dress="正装"),
    "reply by": _of_meeting(meetings.change, reply_by=MEETS - dt.timedelta(hours=3)),
    "who issued it": _of_meeting(meetings.change, issued_by="办公室"),
    "called": _of_invitee(meetings.call, 1, AttemptResult.REACHED, told_whom="本人"),
    "not reached": _of_invitee(meetings.call, 2, AttemptResult.BUSY),
    "attends": _of_invitee(meetings.reply, 1, Reply.ATTENDS, attendee="刘局长"),
    "excused": _of_invitee(meetings.reply, 2, Reply.EXCUSED, reason="出差"),
    "invited": _of_meeting(meetings.invite, (NewInvitee("赵丽", "", "8031"),)),
    "off the list": _of_invitee(meetings.uninvite, 3),
    "round two": _of_meeting(meetings.change, place="礼堂"),
    "meeting cancelled": _of_meeting(meetings.cancel),
    "meeting void": _of_meeting(entries.void, reason="重复"),
    "what the event is": _of_event(entries.correct, {"subject": "集体访：欠薪"}),
    "how many there are": _of_event(urgent.count, people=31),
    "reached": _of_event(urgent.call, whom="周主任", words="马上到"),
    "who came there": _of_event(urgent.note, kind=EventKind.CAME, whom="周主任"),
    "what happened": _of_event(urgent.note, words="请到会议室"),
    "what was agreed": _of_event(urgent.note, kind=EventKind.AGREED, whom="王代表", words="周五答复"),
    "how it ended": _of_event(urgent.end, outcome="各自回家"),
    "event void": _of_event(entries.void, reason="误登"),
    "written on the day's page": lambda desk, _one, _other, _clock: desk.do(
        instructions.write, leader="吴局长", words="辛苦了", day=TODAY, uid=new_uid()
    ),
}


SHAPES = {
    "daily_sheet": (1, "1f69dc9dab70"),
    "case_trail": (2, "58775ae8a54e"),
    "roll_call": (1, "dbbbb92254ac"),
    "visitor_register": (1, "28a10d67a4e3"),
    "visit_record": (1, "a0d1d87911c5"),
    "phone_record": (1, "3510c6eb2b7c"),
    "handover": (1, "c053180a8aa2"),
    "referral_slip": (1, "9f2f47e3340a"),
    "reminder_slip": (1, "669db66483c6"),
    "notice": (1, "b2a26a11f82d"),
    "visitor_pass": (1, "0f88d1b47145"),
    "document_register": (1, "1da8e7ee408a"),
    "handling_slip": (1, "16560f1e38f7"),
    "meeting_notice": (1, "c3e807f987c6"),
    "sign_in": (1, "c6127d88842d"),
    "event_report": (1, "2560c5427832"),
    "ledger": (1, "340696c8d538"),
}
"""Of each form the number of its shape, and a digest of which values its lines are made of.

Where a form has come to tell other values, raise its ``Form.shape`` with what is written here: sheets that
were printed before are then not compared, instead of being called changed in every line.
"""


def _shape(value: object) -> object:
    """Where values stand, whatever they are."""
    return [_shape(one) for one in value] if isinstance(value, (list, tuple)) else "."


def shape_of(one: Seen) -> str:
    """A digest of which values the lines are made of; of lines of one kind the first counts."""
    kinds: dict[str, object] = {}
    for key, values in one.lines:
        kinds.setdefault(re.sub(r"\d+", "#", key), _shape(values))
    return hashlib.sha256(json.dumps(kinds).encode()).hexdigest()[:12]


def test_what_changes_on_any_paper_changes_in_the_lines_of_its_print(
    file_register: str, open_desk: OpenDesk, clock: Clock
) -> None:
    desk = open_desk(file_register)
    one, other = lived_in(desk, clock)
    assert set(OF) == set(forms.NAMES)
    before = {form: seen(desk, form) for form in OF}
    assert {form: (forms.get(form).FORM.shape, shape_of(before[form])) for form in SHAPES} == SHAPES
    untold = []
    moved = set()
    for name, change in CHANGES.items():
        clock.go(minutes=1)
        change(desk, one, other, clock)
        for form in OF:
            now = seen(desk, form, before[form])
            if now.paper != before[form].paper:
                moved.add(name)
                if now.lines == before[form].lines:
                    untold.append(f"{form}: {name}")
            elif now.lines != before[form].lines:
                untold.append(f"{form}: {name} is told, but nothing of it shows")
            before[form] = now
    assert not untold, "\n".join(untold)
    # a notice says what the catalogue said that day, and no form tells where a department sits
    assert set(CHANGES) - moved == {"matter's papers", "department's room"}
