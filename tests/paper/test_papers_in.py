"""The register of papers received and the handling slip: what is known stands in its cell, however long."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from reception.errors import InputError
from reception.facts import EntryStatus, ReferralStatus, Urgency
from reception.facts.office import PaperWay
from reception.facts.papers_in import PaperIn, PaperReader, PaperStep, PaperWords
from reception.operations.office import circulation, documents
from reception.paper import document_register, handling_slip
from reception.paper.document_register import DocumentRegister
from reception.paper.handling_slip import HandlingSlip
from reception.wording import load
from tests.factories import TODAY, OpenDesk, add, new_uid
from tests.paper import boxed, pdf
from tests.paper.boxed import squeeze
from tests.paper.made_up import ZONE, write

KEYS = [column.key for column in document_register.FORM.columns]
AT = dt.datetime(2026, 1, 5, 9, 8, tzinfo=ZONE)
_TEXT = st.text(st.sampled_from("职称评审，。（）“”——abc XYZ 0123.:;-/<>&\\()%𬱖䶮㛃·é"), max_size=60)
_LINE = st.text(st.sampled_from("张建国欧阳·𬱖䶮㛃abc XYZ0123-<>&%é"), min_size=1, max_size=30)
_SOME = settings(max_examples=12, phases=[Phase.explicit, Phase.generate])

PAPER = PaperIn(
    entry_id=3,
    number="20260105-003",
    serial="收〔2026〕12号",
    day=20260105,
    received_at=AT,
    late=False,
    sender="省人力资源和社会保障厅",
    sender_number="人社厅发〔2026〕31号",
    sender_day=20251230,
    title="关于做好职称评审工作的通知",
    copies=2,
    urgency=Urgency.URGENT,
    way=PaperWay.COURIER,
    brought_by="赵师傅",
    proposed="拟请专业技术人员管理科阅办",
    status=EntryStatus.OPEN,
    step=PaperStep.REFERRED,
    readers=(PaperReader(1, "李局长", "", AT, "已阅"), PaperReader(2, "劳动保障监察大队", "JC", None, "")),
    instructions=(PaperWords("李局长", "请认真办理", AT),),
    lead="专业技术人员管理科",
    assisting=("人才开发科",),
    asked="请于月底前报送方案",
    leader="李局长",
    referral_status=ReferralStatus.OPEN,
    due_day=20260112,
    due_at=AT + dt.timedelta(days=8),
    by_hour=False,
    provisional=False,
    result="已转发各单位",
    answered_at=None,
    closed_at=None,
    outcome="",
    filed_at=AT + dt.timedelta(days=9),
    filed_where="文书2026-3",
    operator="王芳",
    void_reason="",
    version=4,
    lying=False,
    overdue=False,
)


def _register(*papers: PaperIn) -> DocumentRegister:
    return DocumentRegister(
        "某县人力资源和社会保障局", "Asia/Shanghai", "内部资料", 20260101, 20260131, papers
    )


def _read(name: str, data: object, language: str = "zh_CN") -> list[pdf.Page]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        count = write(name, data, load(language), path)
        pages = pdf.read(path)
    assert len(pages) == count
    return pages


def _slip(one: PaperIn, language: str = "zh_CN") -> list[pdf.Page]:
    data = HandlingSlip("某县人力资源和社会保障局", "Asia/Shanghai", "内部资料", one)
    return _read("handling_slip", data, language)


def _lines(pages: list[pdf.Page]) -> list[dict[str, str]]:
    """The papers by the keys of the columns; what goes on on the next page is put together."""
    found: list[dict[str, str]] = []
    for page in pages:
        for values in page.tables[0].rows[1:]:
            one = dict(zip(KEYS, map(squeeze, values), strict=True))
            if one["day"]:
                found.append(one)
            elif found and any(one.values()):
                found[-1] = {key: found[-1][key] + text for key, text in one.items()}
    return found


def test_the_register_has_a_line_for_each_paper_in_the_words_of_the_office() -> None:
    void = dataclasses.replace(PAPER, status=EntryStatus.VOID, void_reason="重复登记", late=True, readers=())
    pages = _read("document_register", _register(PAPER, void))
    heads = [squeeze(text) for text in pages[0].tables[0].rows[0]]
    assert heads == [
        *("收文号", "收文日期", "来文单位", "文号", "标题", "份数", "缓急", "拟办意见/批示", "承办科室"),
        *("时限", "办理结果", "传阅", "归档", "备注"),
    ]
    line, struck = _lines(pages)
    assert line == {
        "serial": "收〔2026〕12号",
        "day": "1月5日",
        "sender": "省人力资源和社会保障厅",
        "sender_number": "人社厅发〔2026〕31号",
        "title": "关于做好职称评审工作的通知",
        "copies": "2",
        "urgency": "加急",
        "handling": "拟请专业技术人员管理科阅办李局长：请认真办理",
        "departments": "专业技术人员管理科；协办：人才开发科",
        "due": "1月12日",
        "result": "已转发各单位",
        "readers": "李局长√、劳动保障监察大队",
        "filed": "文书2026-3；2026年1月14日",
        "remarks": "",
    }
    assert struck["remarks"] == "作废：重复登记；补登"
    said = squeeze(" ".join(pages[-1].outside))
    assert "2026年1月1日至2026年1月31日" in said
    assert "合计：1件，已归档1件" in said
    assert "登记人" in said
    empty = _read("document_register", _register())
    assert "此期间无来文" in squeeze(empty[0].text)


def test_the_slip_has_all_that_goes_with_a_paper_and_room_for_hands() -> None:
    pages = _slip(PAPER)
    assert len(pages) == 1
    found = boxed.fields(pages, "{label}（续）")
    told = {
        "收文号": "收〔2026〕12号（20260105-003）",
        "收文日期": "2026年1月5日09:08",
        "来文单位": "省人力资源和社会保障厅",
        "文号": "人社厅发〔2026〕31号",
        "标题": "关于做好职称评审工作的通知",
        "份数": "2",
        "缓急": "加急",
        "成文日期": "2025年12月30日",
        "来文方式": "快递；赵师傅",
        "承办科室": "专业技术人员管理科；协办：人才开发科",
        "时限": "2026年1月12日",
        "交办要求": "李局长：请于月底前报送方案",
        "归档": "文书2026-3；2026年1月14日",
    }
    assert {name: found[name] for name in told} == told
    assert found["拟办意见"].startswith("拟请专业技术人员管理科阅办")
    assert found["领导批示"].startswith("李局长：请认真办理")
    assert found["领导批示"].endswith("年月日")
    assert found["办理结果"].startswith("已转发各单位")
    (form,) = boxed.forms(pages[0])
    grid = [[squeeze(cell.text) for cell in band] for band in form if len(band) == 4]
    assert ["李局长", "2026年1月5日09:08；已阅", "劳动保障监察大队", ""] in grid
    assert grid.count([""] * 4) == 3  # eight readers have a place


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@_SOME
@given(st.data())
def test_whatever_is_known_stands_inside_its_cell(language: str, data: st.DataObject) -> None:
    draw = data.draw
    count = draw(st.integers(0, 40))
    one = dataclasses.replace(
        PAPER,
        sender=draw(_LINE),
        sender_number=draw(_TEXT),
        title=draw(_LINE) * draw(st.sampled_from((1, 1, 6))),
        proposed=draw(_TEXT) * draw(st.sampled_from((1, 1, 40))),
        instructions=(PaperWords(draw(_LINE), draw(_TEXT), AT),) * draw(st.integers(0, 3)),
        result=draw(_TEXT) * draw(st.sampled_from((1, 20))),
        readers=tuple(
            PaperReader(at, draw(_LINE), "", AT if at % 2 else None, draw(_TEXT)) for at in range(count)
        ),
        status=draw(st.sampled_from((EntryStatus.OPEN, EntryStatus.VOID))),
        void_reason=draw(_TEXT),
        filed_where=draw(_LINE),
    )
    pages = _slip(one, language)
    boxed.assert_inside(pages)
    text = squeeze("".join(page.text for page in pages))
    assert squeeze(one.filed_where) in text
    if language == "zh_CN":
        (line,) = _lines(_read("document_register", _register(one)))
        assert line["title"] == squeeze(one.title)
        assert line["sender"] == squeeze(one.sender)
        names = "、".join(f"{who.name}√" if who.signed_at else who.name for who in one.readers)
        assert line["readers"] == squeeze(names)


def test_both_are_collected_from_the_register(file_register: str, open_desk: OpenDesk) -> None:
    desk = open_desk(file_register)
    visit = add(desk)
    paper = desk.do(
        documents.register,
        subject="关于评审的通知",
        sender="省厅",
        readers="李局长",
        uid=new_uid(),
    )
    desk.do(circulation.sign, paper.entry_id, uid=new_uid())
    register = desk.ask(document_register.collect, TODAY, TODAY)
    assert [(one.number, one.title) for one in register.rows] == [(paper.number, "关于评审的通知")]
    assert register.count == (1, 0)
    assert desk.ask(document_register.collect, 20260101, TODAY - 1).rows == ()
    slip = desk.ask(handling_slip.collect, paper.number)
    assert slip.paper == register.rows[0]
    with pytest.raises(InputError):
        desk.ask(handling_slip.collect, visit.number)
    with pytest.raises(InputError):
        desk.ask(document_register.collect, TODAY, 20260101)
