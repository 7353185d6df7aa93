"""Security markings (密级标志): refused wherever they stand as one, innocent words let through."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.text.markings import is_marked, marking, marking_in_number

MARKED = """
机密
绝密 关于做好安全工作的通知
秘密★1年
机密★10年 关于调整工资的通知
特急　机密★3年
机密★启封前 关于人事任免
【秘密】关于做好某项工作的通知
（机密★5年）关于某项工作
关于做好某项工作的通知(秘密)
关于印发某某办法的通知〔秘密〕
关于做好某项工作的通知 机密
关于某事——秘密
绝密：某某
秘 密 关于某事
绝　密
机密级★长期
密级：机密
密 级: 秘密
秘密关于印发某某办法的通知
特急·机密
""".strip().splitlines()
INNOCENT = """
关于保守商业秘密的通知
办公室秘书科关于值班安排的函
商业秘密
侵犯商业秘密案件情况通报
关于加强国家秘密保护的通知
保守国家秘密
国家机密
关于机密级文件管理的通知
机密文件管理办法
秘密侦查程序
绝密飞行观后感
关于举办“保守国家秘密”讲座的通知
关于学习《中华人民共和国保守国家秘密法》的通知
关于印发《秘密载体管理规定》的通知
关于涉密人员管理的通知
密码管理局关于商用密码的函
""".strip().splitlines()


@pytest.mark.parametrize("title", MARKED)
def test_a_marking_is_seen_wherever_it_stands_as_one(title: str) -> None:
    assert marking(title) in ("绝密", "机密", "秘密")
    assert marking(f"省厅来文\n{title}") in ("绝密", "机密", "秘密")


@pytest.mark.parametrize("title", INNOCENT)
def test_the_same_words_in_prose_are_innocent(title: str) -> None:
    assert marking(title) is None
    assert not is_marked("无")


@given(
    st.sampled_from(("绝密", "机密", "秘密")),
    st.sampled_from(("", "级")),
    st.sampled_from(("★", "☆", " ★ ")),
    st.sampled_from(("", "长期", "1年", "十年", "6个月")),
    st.sampled_from(INNOCENT),
    st.booleans(),
)
def test_a_star_makes_a_marking_of_it_before_and_behind_any_title(
    word: str, degree: str, star: str, span: str, title: str, before: bool
) -> None:
    mark = f"{word}{degree}{star}{span}"
    assert marking(f"{mark} {title}" if before else f"{title}{mark}") == word


def test_in_a_number_and_in_its_own_field_the_bare_word_is_enough() -> None:
    assert marking_in_number("人社秘密〔2026〕3号") == "秘密"
    assert marking_in_number("人社秘〔2026〕3号") is None
    assert [is_marked(text) for text in ("", " 无 ", "公开", "None", "机密", "内部★")] == [False] * 4 + [
        True
    ] * 2
