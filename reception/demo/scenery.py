"""Villages, organisations, building sites and telephones of a county that is on no map.

Mobile numbers begin with digits that no operator has been given, area code 0900 belongs to no place, and no
identity card begins with 99: whatever is made up here cannot be somebody's own.
"""

from __future__ import annotations

from operator import mul
from random import Random

from reception.facts import Sex

COUNTY = "禾川县"
_FREE_PREFIXES = ("154", "160", "161", "163", "164", "168", "169", "179")
_TOWNS = ("柳湾镇", "上坪镇", "石桥镇", "青禾镇", "双河乡", "东岭乡", "白果镇", "云台乡", "南塘镇", "枫林乡")
_VILLAGES = (
    "上湾村",
    "杨家坪村",
    "新建村",
    "团结村",
    "红星村",
    "老鹰岩村",
    "大树村",
    "河口村",
    "石板村",
    "松林村",
)
_ROADS = ("建设路", "人民路", "滨河路", "解放街", "文昌巷", "迎宾大道", "学府路", "老西街")
_ESTATES = ("锦绣家园", "滨江花园", "阳光小区", "御景新城", "教师新村", "供销社家属院")
_FIRM_NAMES = (
    "恒泰",
    "宏远",
    "鑫达",
    "金禾",
    "瑞丰",
    "盛源",
    "华宇",
    "永兴",
    "嘉和",
    "顺通",
    "佳美",
    "天润",
    "百川",
    "众合",
)
_TRADES = (
    "建筑劳务",
    "纺织",
    "食品",
    "物流",
    "电子",
    "家政服务",
    "餐饮管理",
    "商贸",
    "物业服务",
    "机械制造",
    "服装",
    "农业科技",
    "保安服务",
    "人力资源",
)
_PUBLIC = (
    "第一小学",
    "第三中学",
    "职业中学",
    "人民医院",
    "中医院",
    "妇幼保健院",
    "供水公司",
    "公路养护段",
    "文化馆",
    "林场",
)
_SITES = (
    "滨江花园二期",
    "东城棚改",
    "高铁站前广场",
    "第三中学新校区",
    "锦绣家园三期",
    "工业园标准厂房",
    "石桥镇污水处理厂",
    "人民医院门诊楼",
)
_OFFICES = (
    "县委办",
    "县政府办",
    "市人社局办公室",
    "县信访局",
    "县财政局",
    "县总工会",
    "县司法局",
    "县医保局",
    "县融媒体中心",
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def home(dice: Random) -> str:
    """An address in a village or in town."""
    if dice.random() < 0.6:
        return f"{dice.choice(_TOWNS)}{dice.choice(_VILLAGES)}{dice.randint(1, 12)}组"
    if dice.random() < 0.5:
        return f"{dice.choice(_ROADS)}{dice.randint(1, 388)}号"
    flat = f"{dice.randint(1, 18)}{dice.randint(1, 4):02d}"
    return f"{dice.choice(_ESTATES)}{dice.randint(1, 18)}栋{dice.randint(1, 3)}单元{flat}"


def firm(dice: Random) -> str:
    """A company."""
    return f"{COUNTY}{dice.choice(_FIRM_NAMES)}{dice.choice(_TRADES)}有限公司"


def employer(dice: Random) -> str:
    """A company, a school, a hospital."""
    return firm(dice) if dice.random() < 0.7 else COUNTY + dice.choice(_PUBLIC)


def town(dice: Random) -> str:
    """A town."""
    return dice.choice(_TOWNS)


def office(dice: Random) -> str:
    """Another office, or a town's government."""
    return dice.choice(_OFFICES) if dice.random() < 0.6 else dice.choice(_TOWNS) + "政府"


def site(dice: Random) -> str:
    """A building site."""
    return dice.choice(_SITES) + "项目"


def mobile(dice: Random) -> str:
    """A mobile number of nobody."""
    return f"{dice.choice(_FREE_PREFIXES)}{dice.randrange(100_000_000):08d}"


def landline(dice: Random) -> str:
    """A land line as people give it: with or without area code and extension."""
    local = f"{dice.choice('2356')}{dice.randrange(1_000_000):06d}"
    roll = dice.random()
    if roll < 0.35:
        return local
    if roll < 0.6:
        return f"0900-{local}"
    extension = dice.randrange(8001, 8100)
    return f"0900-{local}转{extension}" if roll < 0.8 else f"0900-{local}-{extension}"


def spoken(dice: Random, number: str) -> str:
    """A mobile number in one of the ways in which it is written down."""
    roll = dice.random()
    if roll < 0.5:
        return f"{number[:3]} {number[3:7]} {number[7:]}"
    return f"{number[:3]}-{number[3:7]}-{number[7:]}" if roll < 0.8 else f"+86 {number}"


def plate(dice: Random) -> str:
    """A number plate with a letter that no plate has; every sixth that of an electric car."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
    tail = "".join(dice.choices(letters, k=5))
    return f"川I{'D' if dice.random() < 0.17 else ''}{tail}"


def identity_number(dice: Random, sex: Sex) -> str:
    """A number of the form of GB 11643 with a right check digit, in an area that does not exist."""
    born = f"{dice.randint(1948, 2004)}{dice.randint(1, 12):02d}{dice.randint(1, 28):02d}"
    order = 2 * dice.randrange(499) + (sex is Sex.MALE)
    body = f"99{dice.randrange(10_000):04d}{born}{order:03d}"
    return body + "10X98765432"[sum(map(mul, _WEIGHTS, map(int, body))) % 11]
