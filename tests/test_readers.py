"""To whom a paper goes: a department however it is called for short, and people as people."""

from __future__ import annotations

import pytest

from reception import pinyin
from reception.facts.site import DepartmentFact
from reception.text.readers import meant, split

NAMES = {
    "BG": "办公室",
    "JY": "就业促进和失业保险科 / 公共就业服务中心",
    "SY": "事业单位人事管理科",
    "ZJ": "专业技术人员管理科",
    "JC": "劳动保障监察大队",
    "ZC": "劳动人事争议仲裁院",
    "XX": "信息中心(社会保障卡)",
    "SK": "人事考试中心",
}
DEPARTMENTS = tuple(
    DepartmentFact(
        number,
        code,
        name,
        officer_a="高专",
        leader="劳察",
        pinyin=pinyin.phrase(name).full,
        initials=pinyin.phrase(name).initials,
    )
    for number, (code, name) in enumerate(NAMES.items(), 1)
)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        *[
            (word, "JC")
            for word in ("JC", "ｊｃ", "劳动保障监察大队", "监察大队", "劳监", "ldbzjcdd", "ldbz")
        ],
        ("laodongbaozhangjianchadadui", "JC"),
        ("专技科", "ZJ"),
        *[(word, "JY") for word in ("公共就业服务中心", "就业", "就业科")],
        ("社会保障卡", "XX"),
        ("人事", "SY ZC SK"),
        *[(word, "") for word in ("李局长", "张三", "Wang", "wang", "Ldbzjcdd", "科", "财务室", "", " ")],
        *[(word, "") for word in ("劳察", "高专")],  # people of the directory, whatever else they might be
    ],
)
def test_a_department_is_meant_however_it_is_called_and_nobody_else_is(typed: str, codes: str) -> None:
    assert [one.code for one in meant(typed, DEPARTMENTS)] == codes.split()


def test_names_stand_between_commas_of_any_kind() -> None:
    assert split("李局长、 监察大队，XF,王科长；；张三\n") == ["李局长", "监察大队", "XF", "王科长", "张三"]
