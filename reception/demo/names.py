"""Names of people who do not exist, surnames as common as they are, and what stands for no name."""

from __future__ import annotations

from random import Random

from reception.facts import Sex

_COMMON = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_LESS_COMMON = (
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "单解查仇朴区翟缪覃盖"
)
_DOUBLE = ("欧阳", "司马", "上官", "诸葛", "尉迟", "万俟", "长孙", "单于", "司徒", "令狐")
_SURNAMES = (*_COMMON * 6, *_LESS_COMMON)
_MEN = "伟强磊军洋勇杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆旭宁林海峰建国庆志德荣福生贵才发根水成礼义东升山"
_WOMEN = "芳娜敏静秀娟英慧巧美雅玲红霞燕萍丽琴梅莉兰云洁雪琳倩婷玉桂珍凤香菊莲翠花娥淑春艳仙彩"
_BOTH = "文晓小永子明海云春思佳欣嘉金玉世正一安学忠国新立"
# Characters beyond the 16-bit plane and rare ones within it: registered names hold them.
_RARE = "𬱖𫖯𬭎𬍤𫄧𬘫𬀩𫍲𣲗𬬩𬣙䶮喆淼赟犇祎"
_UYGHUR_MEN = ("买买提", "阿卜杜拉", "艾山", "吐尔逊", "玉素甫", "卡德尔", "艾尔肯", "阿迪力")
_UYGHUR_WOMEN = ("古丽娜尔", "阿依古丽", "热依汗", "迪丽努尔", "帕提古丽")
_TIBETAN = ("扎西次仁", "卓玛央金", "次仁旺堆", "德吉", "格桑", "洛桑顿珠")
_MONGOLIAN = ("巴特尔", "其其格", "乌兰", "苏日娜", "那日苏")


def person(dice: Random, sex: Sex) -> str:
    """A full name."""
    roll = dice.random()
    if roll < 0.93:
        return surname(dice) + given(dice, sex)
    if roll < 0.95:
        return surname(dice) + dice.choice("文晓子海云") + dice.choice(_RARE)
    if roll < 0.98:
        first = dice.choice(_UYGHUR_MEN if sex is Sex.MALE else _UYGHUR_WOMEN)
        return f"{first}·{dice.choice(_UYGHUR_MEN)}"
    return dice.choice(_TIBETAN if roll < 0.99 else _MONGOLIAN)


def surname(dice: Random) -> str:
    """A surname, one in fifty of two characters."""
    return dice.choice(_DOUBLE) if dice.random() < 0.02 else dice.choice(_SURNAMES)


def given(dice: Random, sex: Sex) -> str:
    """A given name of one or two characters."""
    own = _MEN if sex is Sex.MALE else _WOMEN
    if dice.random() < 0.22:
        return dice.choice(own)
    return dice.choice(_BOTH if dice.random() < 0.6 else own) + dice.choice(own)


def addressed(name: str, sex: Sex) -> str:
    """Somebody who gives the surname only: ``王先生``, ``欧阳女士``."""
    family = name[:2] if name[:2] in _DOUBLE else name[:1]
    return family + ("先生" if sex is Sex.MALE else "女士")


def nobody(sex: Sex) -> str:
    """Somebody who gives no name: ``某先生``."""
    return "某先生" if sex is Sex.MALE else "某女士"
