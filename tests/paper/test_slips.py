"""Slips and notices: what the register knows stands in its cell on each piece, however long it is."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from reception.facts import (
    LimitClock,
    NoticeView,
    PartOutcome,
    PartStatus,
    PartView,
    Role,
    Source,
    StepKind,
    StepView,
    Term,
    Urgency,
    Way,
)
from reception.facts.printing import Stamp
from reception.paper import forms, making
from reception.paper.boxes import SIZE
from reception.paper.notice import Notice
from reception.paper.referral_pieces import DECIDED
from reception.paper.referral_slip import ReferralSlip
from reception.paper.reminder_slip import ReminderSlip
from reception.paper.slip_words import HEAD_SIGNS, SIGNS, SlipWords
from reception.paper.style import default
from reception.text import papers
from reception.wording import load
from reception.words import OUTCOMES, SOURCES, URGENCIES, WAYS
from tests.paper import boxed, pdf
from tests.paper.made_up import MADE_AT, ZONE

AT = dt.datetime(2026, 1, 5, 9, 8, tzinfo=ZONE)
_TEXT = st.text(st.sampled_from("社保卡补换，。（）“”——abc XYZ 0123.:;-/<>&\\()%𬱖䶮㛃·é\n"), max_size=60)
_LINE = st.text(st.sampled_from("张建国欧阳·𬱖䶮㛃abc XYZ0123-<>&%é"), max_size=40)
_LANGUAGES = st.sampled_from(("zh_CN", "en"))
# Shrinking prints the form hundreds of times; a failing slip is told as it came.
_SOME = settings(max_examples=20, phases=[Phase.explicit, Phase.generate])

TERM = Term(5, LimitClock.WORKING, AT, 20260112, AT + dt.timedelta(days=7))
PART = PartView(1, "20260105-003/JC", "JC", "劳动保障监察大队", Role.LEAD, PartStatus.SENT, AT)
SLIP = ReferralSlip(
    site="某县人力资源和社会保障局",
    zone="Asia/Shanghai",
    footer="内部资料",
    entry_id=3,
    referral_id=1,
    number="20260105-003",
    slip="人社办转〔2026〕12号",
    day=20260105,
    urgency=Urgency.URGENT,
    source=Source.HOTLINE,
    source_number="2026010500001234",
    withheld=False,
    person="张建国",
    phone="13800000000",
    organisation="某县第一建筑公司",
    subject="拖欠工资",
    request="要求支付三个月工资",
    instruction="请核实处理",
    leader="李局长",
    term=TERM,
    leads=("劳动保障监察大队",),
    assisting=("劳动人事争议仲裁院",),
    parts=(PART,),
    looks=(),
    note="",
)
STEP = StepView(1, 2, StepKind.REMINDER, AT, "王芳", "JC", way=Way.WRITTEN, words="请尽快反馈")
REMINDER = ReminderSlip(
    site=SLIP.site,
    zone=SLIP.zone,
    footer=SLIP.footer,
    entry_id=3,
    referral_id=1,
    number=PART.name,
    slip=SLIP.slip,
    subject=SLIP.subject,
    department=PART.department_name,
    officer="赵队长",
    count=2,
    due_day=20260112,
    term=TERM,
    overdue=3,
    step=STEP,
    new_day=None,
)
TOLD = NoticeView(
    ordinal=1,
    at=AT,
    operator="王芳",
    matter="社保卡补换",
    materials=("身份证 原件1 复印件2", "委托书", "户口簿（原件、复印件各1份）"),
    lacks=("委托书",),
    basis="社会保险法",
    steps="取号\n窗口办理",
    time_limit="当场办结",
    fee="不收费",
    place="信息中心 · 305 · 8031",
)
NOTICE = Notice(SLIP.site, SLIP.zone, SLIP.footer, 3, SLIP.number, False, "张建国", "13800000000", TOLD)


def printed(form: str, data: object, language: str, paper: str = "") -> list[pdf.Page]:
    """Its pages; head, foot and place of every character are looked at for all of them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "slip.pdf"
        style = default(forms.get(form).FORM, paper) if paper else None
        count = making.write(form, data, load(language), style, Stamp(MADE_AT), path)
        pages = pdf.read(path)
    assert len(pages) == count
    boxed.assert_inside(pages)
    pgettext = load(language).pgettext
    for number, page in enumerate(pages, 1):
        outside = boxed.squeeze("".join(page.outside))
        assert SLIP.site in outside
        assert SLIP.footer in outside
        told = pgettext("paper", "Page {page} of {pages}").format(page=number, pages=len(pages))
        assert boxed.squeeze(told) in outside
        assert boxed.forms(page, alone=True)
    return pages


def fields(pages: list[pdf.Page], language: str) -> dict[str, str]:
    """What stands beside each label, of all pieces one after the other."""
    return boxed.fields(pages, load(language).pgettext("paper", "{label} (continued)"))


def said(language: str, message: str) -> str:
    return boxed.squeeze(load(language).pgettext("paper", message))


def squeeze(*texts: str) -> str:
    return boxed.squeeze("".join(texts))


@st.composite
def _slips(draw: st.DrawFn) -> ReferralSlip:
    answered = draw(st.booleans())
    part = dataclasses.replace(
        PART,
        department_name=draw(_LINE) or "科",
        officer=draw(_LINE),
        told_whom=draw(_LINE),
        received_by=draw(_LINE),
        outcome=draw(st.sampled_from((None, *PartOutcome))),
        answered_at=AT if answered else None,
        answer=draw(_TEXT) * draw(st.sampled_from((1, 1, 30))) if answered else "",
        case_number=draw(_LINE),
    )
    looks = (
        StepView(1, 3, StepKind.SEEN, AT, "王芳", whom=draw(_LINE), words=draw(_LINE)),
        StepView(2, 4, StepKind.CALLED_BACK, AT, "王芳", reached=True, content=True, words=draw(_LINE)),
    )
    return dataclasses.replace(
        SLIP,
        urgency=draw(st.sampled_from(tuple(Urgency))),
        source=draw(st.sampled_from((None, *Source))),
        source_number=draw(_LINE),
        person=draw(_LINE),
        phone=draw(_LINE),
        organisation=draw(_LINE),
        withheld=draw(st.booleans()),
        subject=draw(_TEXT) * draw(st.sampled_from((1, 1, 1, 9, 90))),
        request=draw(_TEXT),
        instruction=draw(_TEXT) * draw(st.sampled_from((1, 1, 40))),
        leader=draw(_LINE),
        term=draw(st.sampled_from((None, TERM, dataclasses.replace(TERM, provisional=True)))),
        parts=(part,),
        looks=draw(st.sampled_from(((), looks))),
        note=draw(_LINE),
        decided_by=draw(_LINE),
    )


@_SOME
@given(_slips(), _LANGUAGES)
def test_a_referral_slip_comes_back_field_by_field_from_its_pieces(data: ReferralSlip, language: str) -> None:
    pages = printed("referral_slip", data, language)
    found, gettext = fields(pages, language), load(language).gettext
    words, (part,) = SlipWords(load(language), ZONE), data.parts
    due, sent = words.due(data.term), words.time(AT)
    who = said(language, "Withheld") if data.withheld else data.person
    assert found[said(language, "Number")] == squeeze((data.slip + part.name) * 2, data.slip)
    assert found[said(language, "Urgency")] == squeeze(gettext(URGENCIES[data.urgency]) * 2)
    assert found[said(language, "Source")] == squeeze(gettext(SOURCES[data.source]) if data.source else "")
    assert found[said(language, "Reference")] == squeeze(data.source_number)
    assert found[said(language, "Who asks")] == squeeze(who * 2)
    assert found[said(language, "Telephone")] == squeeze("" if data.withheld else data.phone)
    assert found[said(language, "From")] == squeeze("" if data.withheld else data.organisation)
    asked = data.subject + (data.request if data.request != data.subject else "")
    assert found[said(language, "What it is about")] == squeeze(asked, data.subject)
    decided = words.say(DECIDED).format(name=data.decided_by) if data.decided_by else ""
    assert found[said(language, "Proposed handling")] == squeeze(data.instruction, decided)
    leader = found[said(language, "Leader's instruction")]
    gave = words.say("Instruction by {leader}").format(leader=data.leader) if data.leader else ""
    assert leader.startswith(squeeze(gave))
    assert leader.endswith(squeeze(words.say(SIGNS).format(name="")))
    assert all(squeeze(one.words) in leader for one in data.looks if one.kind is StepKind.SEEN)
    assert found[said(language, "Department")] == squeeze(
        words.together((part.department_name, part.officer)) * 2
    )
    assert found[said(language, "Due")] == squeeze(due * 3)
    assert found[said(language, "Sent at")] == squeeze(sent * 2)
    assert found[said(language, "Signed for")] == squeeze(part.received_by)
    result = found[said(language, "Result")]
    outcome = gettext(OUTCOMES[part.outcome]) if part.outcome else ""
    ended = words.together((outcome, part.case_number, words.time(part.answered_at)))
    assert result == squeeze(ended, part.answer, data.note, words.say(HEAD_SIGNS))
    called = found[said(language, "Call-back")]
    assert (called == "") is (data.looks == ())
    assert sum(map(cuts, pages)) == 2 - sum(map(begins_with_a_piece, pages))


def cuts(page: pdf.Page) -> int:
    """How many lines to cut along bear the number."""
    below = [char for char in page.loose if char.y < page.tables[0].levels[0]]
    return squeeze(pdf.joined(below)).count(squeeze(SLIP.slip))


def begins_with_a_piece(page: pdf.Page) -> bool:
    """Whether the title of a piece stands above everything, where there is nothing to cut."""
    above = pdf.joined([char for char in page.loose if char.y > page.tables[0].levels[0]])
    return any(
        said(language, f"Referral slip: {piece}") in squeeze(above)
        for language in ("zh_CN", "en")
        for piece in ("return slip", "counterfoil")
    )


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize(("number", "paper"), [(SLIP.slip, "A4"), ("", "A4"), (SLIP.slip, "Letter")])
def test_a_plain_referral_slip_is_one_sheet_to_cut_with_room_to_write(
    language: str, number: str, paper: str
) -> None:
    (page,) = printed("referral_slip", dataclasses.replace(SLIP, slip=number), language, paper)
    forms = boxed.forms(page, alone=True)
    assert len(forms) == 3
    heights = {squeeze(band[0].text): band[0].top - band[0].bottom for form in forms for band in form}
    for label in ("Leader's instruction", "Result"):
        assert heights[said(language, label)] > 55, label
    cuts = [squeeze(line) for line in page.outside]
    assert cuts.count(squeeze(number or PART.name)) == 2
    assert [
        squeeze(said(language, f"Referral slip: {piece}")) in cuts for piece in ("return slip", "counterfoil")
    ]
    # a dashed line lies between two pieces, on either side of the number that stands across it
    for above, below in ((forms[0], forms[1]), (forms[1], forms[2])):
        bottom, top = above[-1][0].bottom, below[0][0].top
        dashes = [line for line in page.strokes if top < line[1] < bottom]
        assert len(dashes) == 2


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_on_a_small_sheet_what_comes_back_and_what_stays_are_cut_from_each_other(language: str) -> None:
    slip, rest = printed("referral_slip", SLIP, language, "A5")
    assert cuts(slip) == 0
    assert len(boxed.forms(slip, alone=True)) == 1
    assert begins_with_a_piece(rest)
    assert cuts(rest) == 1
    assert len(boxed.forms(rest, alone=True)) == 2


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_long_matter_makes_the_letters_smaller_before_it_takes_a_second_sheet(language: str) -> None:
    told = "包工头欠三个月工资18,600元，要求尽快支付，工友12人一同来访，共打电话37次均无人接听。" * 4
    (page,) = printed("referral_slip", dataclasses.replace(SLIP, subject=told, request=""), language)
    sizes = {char.size for row in page.tables[0].chars for cell in row for char in cell}
    assert max(sizes) < SIZE
    assert min(sizes) >= 9


def test_every_department_gets_a_sheet_of_its_own() -> None:
    other = dataclasses.replace(
        PART, id=2, name="20260105-003/ZCY", department="ZCY", department_name="仲裁院"
    )
    pages = printed("referral_slip", dataclasses.replace(SLIP, slip="", parts=(PART, other)), "zh_CN")
    assert len(pages) == 2
    for page, part in zip(pages, (PART, other), strict=True):
        found = fields([page], "zh_CN")
        assert found["编号"] == part.name * 3
        assert found["承办科室"] == part.department_name * 2


@st.composite
def _reminders(draw: st.DrawFn) -> ReminderSlip:
    step = dataclasses.replace(
        STEP,
        way=draw(st.sampled_from((Way.PHONE, Way.WRITTEN, Way.DIRECTOR))),
        whom=draw(_LINE),
        words=draw(_TEXT) * draw(st.sampled_from((1, 1, 40))),
        reply=draw(_TEXT),
        replied_at=draw(st.sampled_from((None, AT))),
    )
    clock = draw(st.sampled_from(tuple(LimitClock)))
    return dataclasses.replace(
        REMINDER,
        subject=draw(_TEXT) * draw(st.sampled_from((1, 1, 9))),
        department=draw(_LINE),
        officer=draw(_LINE),
        term=draw(st.sampled_from((None, dataclasses.replace(TERM, clock=clock)))),
        overdue=draw(st.sampled_from((None, 0, 1, 17))),
        step=step,
        new_day=draw(st.sampled_from((None, 20260120))),
    )


@_SOME
@given(_reminders(), _LANGUAGES)
def test_a_reminder_slip_comes_back_field_by_field(data: ReminderSlip, language: str) -> None:
    found = fields(printed("reminder_slip", data, language), language)
    words, step = SlipWords(load(language), ZONE), data.step
    assert found[said(language, "Number")].startswith(squeeze(data.slip))
    assert found[said(language, "Referral")] == squeeze(words.together((data.slip, data.number)))
    assert found[said(language, "What it is about")] == squeeze(data.subject)
    assert found[said(language, "Department")] == squeeze(words.together((data.department, data.officer)))
    way = load(language).gettext(WAYS[step.way]) if step.way else ""
    assert found[said(language, "How")] == squeeze(words.together((way, step.whom, words.time(AT))))
    assert found[said(language, "What was said")] == squeeze(step.words)
    assert found[said(language, "Reply")] == squeeze(
        words.together((step.reply, words.time(step.replied_at)))
    )
    assert found[said(language, "New limit")] == squeeze(words.day(data.new_day))
    late = found[said(language, "Overdue by")]
    if data.term is None or data.overdue is None:
        assert late == ""
    elif data.overdue == 0:
        assert late == said(language, "Not overdue yet")
    else:
        assert late == squeeze(words.amount(data.overdue, data.term.clock))
    due = (
        "" if data.term is None else words.due(data.term) if data.new_day is None else words.day(data.due_day)
    )
    assert found[said(language, "It was due")] == squeeze(due)


def test_what_is_overdue_is_counted_in_the_unit_of_its_limit() -> None:
    for clock, chinese, english in (
        (LimitClock.WORKING, "3个工作日", "3 working days"),
        (LimitClock.CALENDAR, "3日", "3 calendar days"),
        (LimitClock.HOURS, "3小时", "3 office hours"),
    ):
        data = dataclasses.replace(REMINDER, term=dataclasses.replace(TERM, clock=clock))
        for language, told in (("zh_CN", chinese), ("en", english)):
            found = fields(printed("reminder_slip", data, language), language)
            assert found[said(language, "Overdue by")] == squeeze(told)


@st.composite
def _notices(draw: st.DrawFn) -> Notice:
    lines = draw(st.lists(_LINE.map(str.strip).filter(bool), max_size=30, unique=True))
    told = dataclasses.replace(
        TOLD,
        ordinal=draw(st.sampled_from((1, 2))),
        operator=draw(_LINE),
        matter=draw(_LINE),
        materials=tuple(lines),
        lacks=tuple(line for line in lines if draw(st.booleans())),
        basis=draw(_TEXT),
        steps=draw(_TEXT) * draw(st.sampled_from((1, 1, 90))),
        time_limit=draw(_LINE),
        fee=draw(_LINE),
        place=draw(_LINE),
        refusal=draw(_TEXT),
        whereto=draw(_LINE),
    )
    return dataclasses.replace(
        NOTICE, withheld=draw(st.booleans()), person=draw(_LINE), phone=draw(_LINE), told=told
    )


@_SOME
@given(_notices(), _LANGUAGES)
def test_a_notice_comes_back_field_by_field_from_both_copies(data: Notice, language: str) -> None:
    pages = printed("notice", data, language)
    words, told, half = SlipWords(load(language), ZONE), data.told, len(pages) // 2
    assert len(pages) == 2 * half
    for copy, first in (("Copy 1: for the person", 0), ("Copy 2: to be kept", half)):
        mine = pages[first : first + half]
        assert said(language, copy) in squeeze("".join(mine[0].outside))
        found = fields(mine, language)
        assert found[said(language, "Number")].startswith(data.number)
        assert found[said(language, "Which matter")] == squeeze(told.matter)
        person = said(language, "Withheld") if data.withheld else data.person
        assert found[said(language, "Applicant")] == squeeze(person)
        assert found[said(language, "Telephone")] == squeeze(data.phone)
        for label, text in (
            ("Legal basis", told.basis),
            ("How it goes", told.steps),
            ("Time it takes", told.time_limit),
            ("Fee", told.fee),
            ("Where, telephone", told.place),
            ("Told by", words.together((told.operator, words.time(AT)))),
            ("Signed for", words.say(SIGNS).format(name="")),
        ):
            assert found[said(language, label)] == squeeze(text), label
        for label, text in (("Why not accepted", told.refusal), ("Where to go instead", told.whereto)):
            assert found.get(said(language, label), "") == squeeze(text), label
        rows = [band for page in mine for form in boxed.forms(page, alone=True) for band in form]
        ticks = [band for band in rows if len(band) == 6 and not band[0].bold]
        assert [squeeze(band[1].text) for band in ticks] == [
            squeeze(papers.read(one).name) for one in told.materials
        ]
        assert [band[0].text for band in ticks] == [str(at) for at in range(1, len(ticks) + 1)]
        assert [band[5].text == "√" for band in ticks] == [one in told.lacks for one in told.materials]
        assert all({band[4].text, band[5].text} == {"√", ""} for band in ticks)


def test_a_notice_tells_original_and_copies_where_the_catalogue_does() -> None:
    pages = printed("notice", NOTICE, "zh_CN")
    assert len(pages) == 2
    rows = [[cell.text for cell in band] for band in boxed.forms(pages[0], alone=True)[0] if len(band) == 6]
    assert rows == [
        ["序号", "材料名称", "原件/复印件", "份数", "已有", "尚缺"],
        ["1", "身份证", "原件复印件", "12", "√", ""],
        ["2", "委托书", "", "", "", "√"],
        ["3", "户口簿", "原件复印件", "11", "√", ""],
    ]
