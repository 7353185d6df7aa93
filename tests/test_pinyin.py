"""How names are read, found and sorted."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception import text
from reception.pinyin import MOST_READINGS, phrase, readings
from tools import pinyin_table


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("单丽", "shanli"),
        ("解放", "xiefang"),
        ("曾国藩", "zengguofan"),
        ("查良镛", "zhaliangyong"),
        ("仇英", "qiuying"),
        ("朴树", "piaoshu"),
        ("区小明", "ouxiaoming"),
        ("翟天", "zhaitian"),
        ("缪斯", "miaosi"),
        ("覃雨", "qinyu"),
        ("盖叫天", "gejiaotian"),
        ("长孙无忌", "zhangsunwuji"),
        ("尉迟恭", "yuchigong"),
        ("万俟卨", "moqixie"),
        ("单于", "chanyu"),
        ("令狐冲", "linghuchong"),
        ("欧阳修", "ouyangxiu"),
        ("王芳", "wangfang"),
        ("重阳", "chongyang"),
        ("阿卜杜拉·买买提", "abodulamaimaiti"),
        ("John Smith", "johnsmith"),
        ("某女士", "mounvshi"),
    ],
)
def test_a_surname_is_read_as_a_surname(name: str, first: str) -> None:
    assert readings(name).full.split(" ")[0] == first


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("覃雨", ["qinyu", "tanyu", "qy", "ty"]),
        ("盖叫天", ["gejiao", "gaijiao"]),
        ("翟天", ["zhaitian", "ditian", "zt", "dt"]),
        ("单丽", ["shanli", "danli", "sl", "dl"]),
        ("单于", ["chanyu", "shanyu", "danyu"]),
        ("长孙无忌", ["zhangsun", "changsun", "zswj", "cswj"]),
        ("乐嘉", ["yuejia", "lejia", "yj", "lj"]),
        ("吕布", ["lv", "lu", "lü", "lyu", "lvbu", "lubu", "lb"]),
        ("张绿竹", ["zhanglvzhu", "zhangluzhu", "zlz"]),
        ("李茜", ["liqian", "lixi", "lq", "lx"]),
        ("王晟", ["wangsheng", "wangcheng"]),
        ("阿卜杜拉·买买提", ["abodula", "abdlmmt"]),
        ("𬱖芳", ["difang", "df"]),
        ("John Smith", ["john", "js", "smith"]),
        ("u2乐队", ["u2"]),
    ],
)
def test_whoever_reads_a_name_otherwise_finds_it_too(name: str, typed: list[str]) -> None:
    reading = readings(name)
    for query in typed:
        assert text.matches(query, pinyin=reading.full, initials=reading.initials) is not None, query


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("社保卡补换", ["sbk", "sbkbh", "shebaoka", "buhuan"]),
        ("银行行长", ["yinhanghangzhang", "yhhz"]),
        ("就业促进和失业保险科(公共就业服务中心)", ["jycj", "ggjy", "gonggongjiuye", "jiuyecujin"]),
        ("信息中心(社会保障卡)", ["xxzx", "shbzk"]),
        ("重访", ["cf", "chongfang"]),
        ("调档", ["dd", "diaodang"]),
        ("养老关系转移", ["ylgxzy"]),
        ("LED屏", ["led", "ledp", "lp"]),
        ("12333热线", ["12333", "rx"]),
        ("Meeting room 2", ["mr2", "meeting"]),
    ],
)
def test_departments_and_matters_are_found_by_their_letters(name: str, typed: list[str]) -> None:
    reading = phrase(name)
    for query in typed:
        assert text.matches(query, pinyin=reading.full, initials=reading.initials) is not None, query


@pytest.mark.parametrize(
    ("name", "first"),
    [("银行行长", "yinhanghangzhang"), ("音乐会", "yinyuehui"), ("长途电话", "changtudianhua")],
)
def test_a_word_is_read_as_a_word(name: str, first: str) -> None:
    assert phrase(name).full.split(" ")[0] == first


def test_a_phrase_is_not_read_as_a_name() -> None:
    assert phrase("解除合同").full.split(" ")[0] == "jiechuhetong"
    assert readings("解除").full.split(" ")[0] == "xiechu"


def test_further_names_of_a_matter_are_read_as_well() -> None:
    assert phrase("欠薪", "拖欠工资").initials == "qx tqgz"
    assert phrase() == readings("")


def test_names_sort_as_in_an_address_book() -> None:
    names = [
        "赵一",
        "曾二",
        "单三",
        "安四",
        "旺五",
        "王六",
        "王五",
        "吕七",
        "吕八",
        "卢九",
        "覃十",
        "万俟一",
        "莫二",
    ]
    assert sorted(names, key=lambda name: readings(name).sort_key) == [
        *("安四", "卢九", "吕八", "吕七", "莫二", "万俟一", "覃十", "单三"),
        *("王六", "王五", "旺五", "曾二", "赵一"),
    ]


@given(st.text(max_size=30))
def test_anything_can_be_read(name: str) -> None:
    for reading in (readings(name), phrase(name)):
        assert len(reading.full.split(" ")) <= 2 * MOST_READINGS * max(1, len(name))
        assert reading.sort_key.endswith(name)
    assert readings(name) == readings(name)


def test_a_name_with_many_readings_keeps_the_likeliest() -> None:
    reading = readings("乐长行重朝")
    assert len(reading.full.split(" ")) == MOST_READINGS
    assert reading.full.split(" ")[0].startswith("yue")
    assert reading.initials.split(" ")[0][0] == "y"


def test_reading_names_does_not_load_the_library_that_the_table_is_made_from() -> None:
    program = (
        "import sys; from reception.pinyin import phrase; phrase('科室'); print('pypinyin' in sys.modules)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=pinyin_table.ROOT
    )
    assert answer.stdout.strip() == "False"


def test_the_table_is_what_the_pinned_library_gives() -> None:
    assert pinyin_table.TABLE.read_text(encoding="utf-8") == pinyin_table.table()
