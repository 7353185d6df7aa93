"""The records of a visit and of a call: what the register knows stands in its cell, the rest is left free."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from reception import dates
from reception.facts import (
    Act,
    Category,
    Details,
    EntryStatus,
    Kind,
    ReferralStatus,
    Sex,
    Urgency,
    Visits,
)
from reception.paper.record import Handled, Record
from reception.wording import load
from tests.paper import boxed, pdf
from tests.paper.made_up import ZONE, row, write

AT = dt.datetime(2026, 1, 5, 9, 8, tzinfo=ZONE)
_TEXT = st.text(st.sampled_from("社保卡补换，。（）“”——abc XYZ 0123.:;-/<>&\\()%𬱖䶮㛃·é\n"), max_size=60)
_LINE = st.text(st.sampled_from("张建国欧阳·𬱖䶮㛃abc XYZ0123-<>&%é"), max_size=40)
_MOMENT = st.datetimes(dt.datetime(2026, 1, 5, 10), dt.datetime(2026, 12, 31)).map(
    lambda one: one.replace(second=0, microsecond=0, tzinfo=ZONE)
)


def record(kind: Kind = Kind.VISIT, **changes: object) -> Record:
    """A plain record; what begins with ``line_`` changes its line on the daily sheet."""
    line = {
        name.removeprefix("line_"): changes.pop(name) for name in list(changes) if name.startswith("line_")
    }
    plain = Record(
        site="某县人力资源和社会保障局",
        zone="Asia/Shanghai",
        footer="非涉密系统，严禁录入国家秘密",
        desk="A",
        line=row(
            3, number="20260105-A-003", at=AT, kind=kind, **{"matter": "", "subject": "补换社保卡", **line}
        ),
        sealed=False,
        sex=Sex.MALE,
        document="1234",
        others=(),
        visits=None,
        category=None,
        request="",
        details=Details(),
        handled=None,
    )
    return dataclasses.replace(plain, **changes)  # type: ignore[arg-type]


@st.composite
def _handled(draw: st.DrawFn) -> Handled:
    return Handled(
        status=ReferralStatus.CLOSED,
        instruction=draw(_TEXT),
        leader=draw(_LINE),
        leader_words=draw(_TEXT),
        departments=tuple((draw(_LINE), leads) for leads in draw(st.sampled_from(((True,), (True, False))))),
        officer=draw(_LINE),
        sent_at=draw(_MOMENT),
        due=draw(st.none() | _MOMENT),
        by_hour=draw(st.booleans()),
        provisional=draw(st.booleans()),
        answer=draw(_TEXT),
        answered_at=draw(st.none() | _MOMENT),
        note=draw(_TEXT),
        closed_at=draw(st.none() | _MOMENT),
        contacted_at=draw(st.none() | _MOMENT),
        contacted_how=draw(_LINE),
        content=draw(st.sampled_from((None, True, False))),
    )


@st.composite
def _records(draw: st.DrawFn, kinds: tuple[Kind, ...]) -> Record:
    return record(
        draw(st.sampled_from(kinds)),
        line_name=draw(_LINE),
        line_organisation=draw(_LINE),
        line_phone=draw(_LINE),
        line_subject=draw(_TEXT) * draw(st.sampled_from((1, 1, 1, 9, 90))),
        line_act=draw(st.sampled_from((None, *Act))),
        line_outcome=draw(_TEXT),
        line_operator=draw(_LINE),
        line_late=draw(st.booleans()),
        line_status=draw(st.sampled_from((EntryStatus.FINISHED, EntryStatus.VOID))),
        line_void_reason=draw(_LINE),
        sex=draw(st.sampled_from((None, *Sex))),
        others=tuple((draw(_LINE), "13800000000") for _ in range(draw(st.integers(0, 5)))),
        visits=draw(st.sampled_from((None, *Visits))),
        category=draw(st.sampled_from((None, Category.NOTICE, Category.COMPLAINT))),
        request=draw(_TEXT),
        details=Details(
            complained_about=draw(_LINE),
            papers=draw(_TEXT),
            read_back=draw(st.sampled_from((None, True, False))),
        ),
        handled=draw(st.none() | _handled()),
    )


def printed(form: str, data: Record, language: str) -> tuple[list[pdf.Page], dict[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.pdf"
        count = write(form, data, load(language), path)
        pages = pdf.read(path)
    assert len(pages) == count
    again = load(language).pgettext("paper", "{label} (continued)")
    return pages, boxed.fields(pages, again)


def said(language: str, message: str) -> str:
    return boxed.squeeze(load(language).pgettext("paper", message))


def assert_worn(pages: list[pdf.Page], language: str, title: str, *signatures: str) -> None:
    """Head and foot are on every page, the signatures once, on the last one and under the form."""
    pgettext = load(language).pgettext
    for number, page in enumerate(pages, 1):
        assert page.width < page.height
        outside = "".join(page.outside)
        assert boxed.squeeze(pgettext("paper", title)) in boxed.squeeze(outside)
        assert "某县人力资源和社会保障局" in outside
        assert boxed.squeeze(
            pgettext("paper", "Page {page} of {pages}").format(page=number, pages=len(pages))
        ) in boxed.squeeze(outside)
        assert boxed.forms(page)
        for word in signatures:
            assert (pgettext("paper", word) in outside) is (number == len(pages))


# Shrinking prints the form hundreds of times; a failing record is told as it came.
_SOME = settings(max_examples=25, phases=[Phase.explicit, Phase.generate])


@_SOME
@given(_records((Kind.VISIT,)), st.sampled_from(("zh_CN", "en")))
def test_a_visit_comes_back_field_by_field(data: Record, language: str) -> None:
    pages, fields = printed("visit_record", data, language)
    boxed.assert_inside(pages)
    assert_worn(pages, language, "Record of a visit", "Visitor", "Received by")
    line, done = data.line, data.handled
    squeeze = boxed.squeeze
    assert fields[said(language, "Number")] == "20260105-A-003"
    assert fields[said(language, "Name")] == squeeze(line.name)
    assert fields[said(language, "Organisation or address")] == squeeze(line.organisation)
    assert fields[said(language, "Phone")] == squeeze(line.phone)
    assert fields[said(language, "ID (last four)")] == "1234"
    came = fields[said(language, "Came at")]
    assert came.startswith(squeeze(dates.stamp(AT, language)))
    assert (said(language, "Entered later") in came) is line.late
    told = fields[said(language, "What is told")]
    assert told.startswith(squeeze(line.subject))
    assert squeeze(data.details.complained_about) in told
    assert told.endswith(squeeze(data.details.papers or data.details.complained_about or line.subject))
    assert fields[said(language, "Request")] == squeeze(data.request)
    clerk = said(language, "Recorded by") + "：:"[language == "en"] + squeeze(line.operator)
    did = fields[said(language, "What the desk did")]
    assert did.endswith(squeeze(line.outcome) + clerk)
    assert ("■" in fields[said(language, "First or repeat")]) is (data.visits is not None)
    if data.others:
        along = fields[said(language, "Came along")]
        assert along.count("13800000000") == len(data.others)
        assert all(squeeze(name) in along for name, _ in data.others)
    assert_handled(fields, done, language)
    remarks = fields.get(said(language, "Remarks"), "")
    assert (
        (squeeze(line.void_reason) in remarks)
        if line.status is EntryStatus.VOID
        else not remarks or line.late
    )


def assert_handled(fields: dict[str, str], done: Handled | None, language: str) -> None:
    squeeze, empty = boxed.squeeze, {"zh_CN": "签字：年月日", "en": "Signed:Date:"}[language]
    proposed, leader = (
        fields[said(language, "Proposed handling")],
        fields[said(language, "Leader's instruction")],
    )
    result = fields[said(language, "Result")].removesuffix(empty)
    assert proposed == (squeeze(done.instruction) if done else "") + empty
    if done is None or not done.leader:
        assert leader == empty
    else:
        assert squeeze(done.leader) in leader
        assert leader.endswith(squeeze(done.leader_words) + empty)
    answered = done is not None and done.answered_at is not None
    closed = done is not None and done.closed_at is not None
    assert (result != "") is (answered or closed)
    if done is not None:
        assert squeeze(done.answer) in result or not answered
        assert result.endswith(squeeze(done.note)) or not closed
        due = fields[said(language, "Due")]
        assert (due == "") is (done.due is None)


@_SOME
@given(_records((Kind.CALL_IN, Kind.CALL_OUT)), st.sampled_from(("zh_CN", "en")))
def test_a_call_comes_back_field_by_field(data: Record, language: str) -> None:
    pages, fields = printed("phone_record", data, language)
    boxed.assert_inside(pages)
    assert_worn(pages, language, "Record of a call")
    line, squeeze = data.line, boxed.squeeze
    asked = line.kind is Kind.CALL_IN
    unit, caller, number = (
        ("Caller's unit", "Caller", "Caller's number")
        if asked
        else ("Unit called", "Person called", "Number called")
    )
    assert fields[said(language, unit)] == squeeze(line.organisation)
    assert fields[said(language, caller)] == squeeze(line.name)
    assert fields[said(language, number)] == squeeze(line.phone)
    told = fields[said(language, "What was said")]
    assert told.startswith(squeeze(line.subject))
    assert squeeze(data.request) in told
    assert told.endswith(squeeze(line.outcome))
    assert fields[said(language, "Recorded by")] == squeeze(line.operator)
    known = {True: [True, False], False: [False, True], None: [False, False]}[data.details.read_back]
    boxes = [sign == "■" for sign in fields[said(language, "Read back")] if sign in "■□"]
    assert boxes == known
    kinds = [sign == "■" for sign in fields[said(language, "Kind of call")] if sign in "■□"]
    expected = [
        data.category is one
        for one in (
            Category.NOTICE,
            Category.INSTRUCTIONS,
            Category.ENQUIRY,
            Category.COMPLAINT,
            Category.REPORT,
        )
    ]
    assert kinds == [*expected, line.urgency is not Urgency.NORMAL]
    assert_handled(fields, data.handled, language)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize(("form", "kind"), [("visit_record", Kind.VISIT), ("phone_record", Kind.CALL_IN)])
def test_a_plain_record_fills_one_page_and_leaves_room_for_a_hand(
    form: str, kind: Kind, language: str
) -> None:
    pages, _ = printed(form, record(kind), language)
    (page,) = pages
    heights = {boxed.squeeze(band[0].text): band[0].top - band[0].bottom for band in boxed.forms(page)[0]}
    for label in ("Proposed handling", "Leader's instruction", "Result"):
        assert heights[said(language, label)] > 50, label
    lowest = min(band[0].bottom for band in boxed.forms(page)[0])
    assert lowest < page.height / 5


def test_a_subject_of_five_thousand_characters_loses_none() -> None:
    subject = "".join(f"{at:04d}欠薪。" for at in range(715))[:5000]
    for form, kind, label in (
        ("visit_record", Kind.VISIT, "What is told"),
        ("phone_record", Kind.CALL_IN, "What was said"),
    ):
        pages, fields = printed(
            form, record(kind, line_subject=subject, line_outcome="", line_act=None), "zh_CN"
        )
        assert len(pages) > 2
        boxed.assert_inside(pages)
        assert fields[said("zh_CN", label)] == subject


def test_a_void_record_says_why_and_is_struck_through() -> None:
    pages, fields = printed(
        "visit_record", record(line_status=EntryStatus.VOID, line_void_reason="重复登记"), "zh_CN"
    )
    assert "重复登记" in fields["备注"]
    (form,) = boxed.forms(pages[0])
    (name,) = [band[1] for band in form if boxed.squeeze(band[0].text) == "姓名"]
    struck = [
        one
        for one in pages[0].strokes
        if name.left < one[0] and one[2] < name.right and name.bottom < one[1] < name.top and one[1] == one[3]
    ]
    assert len(struck) == 1
