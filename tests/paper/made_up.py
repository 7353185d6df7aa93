"""Days that never were: believable rows, and ugly ones."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from reception.facts import Act, CallResult, EntryStatus, Kind, ReferralStatus, Totals, Urgency
from reception.facts.printing import Stamp
from reception.paper import making
from reception.paper.daily_sheet import DaySheet, SheetRow
from reception.wording import Wording

ZONE = ZoneInfo("Asia/Shanghai")
DAY = 20260105
MADE_AT = dt.datetime(2026, 1, 5, 17, 30, tzinfo=ZONE)
STAMP = Stamp(MADE_AT)
NAMES = ("张建国", "王芳", "欧阳修远", "某女士", "李·买买提", "𬱖生", "", "陈志强")
PLACES = ("某县第一建筑工程有限公司", "城关镇东风路12号3单元501室", "某县人民医院", "", "李家庄村委会")
SUBJECTS = (
    "社保卡补换",
    "失业保险金申领：询问需要哪些材料，单位不给开解除劳动合同证明怎么办",
    "拖欠工资：包工头欠三个月工资18,600元，要求尽快支付，工友12人一同来访",
    "问路",
    "退休审批（提前退休、特殊工种）资料是否齐全？",
    "Asks for Form A-17 (certificate of residence) and when the office opens after 14:30",
)
DEPARTMENTS = ("信息中心（社会保障卡）", "劳动保障监察大队", "公共就业服务中心", "医疗保障局", "")
OUTCOMES = ("", "已告知材料", "已电话告知监察大队李队长,10:25接待", "对方表示下午来取；“告知单”已给")


def row(index: int = 1, **changes: object) -> SheetRow:
    """The plainest row, with what a test cares about changed."""
    plain = SheetRow(
        number=f"{index:03d}",
        at=dt.datetime(2026, 1, 5, 8, 30, tzinfo=ZONE) + dt.timedelta(minutes=index),
        kind=Kind.VISIT,
        name="张建国",
        organisation="某县第一建筑公司",
        phone="13800000000",
        withheld=False,
        party_size=1,
        matter="社保卡",
        subject="补换社保卡",
        department="信息中心",
        act=Act.ANSWERED,
        call_result=None,
        status=EntryStatus.FINISHED,
        referral_status=None,
        outcome="已告知",
        operator="王芳",
        left_at=None,
        late=False,
        urgency=Urgency.NORMAL,
        callback_wanted=False,
        void_reason="",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def ugly_row(index: int, dice: random.Random) -> SheetRow:
    """Any row that a long day may bring."""
    kind = dice.choice((Kind.VISIT, Kind.VISIT, Kind.CALL_IN, Kind.CALL_OUT))
    act = dice.choice((*Act, None))
    void = dice.random() < 0.05
    opened = act in (None, Act.REFERRED) and dice.random() < 0.6
    at = dt.datetime(2026, 1, 5, 8, 30, tzinfo=ZONE) + dt.timedelta(seconds=index * 97)
    withheld = dice.random() < 0.04
    return row(
        index,
        at=at,
        kind=kind,
        name="" if withheld else dice.choice(NAMES),
        organisation="" if withheld else dice.choice(PLACES),
        phone="" if withheld else dice.choice(("13800000000", "0571-00000000转8023", "", "00012345")),
        withheld=withheld,
        party_size=dice.choice((1, 1, 1, 2, 12)) if kind is Kind.VISIT else 1,
        matter=dice.choice(("", "社保卡")),
        subject=dice.choice(SUBJECTS),
        department=dice.choice(DEPARTMENTS),
        act=act,
        call_result=dice.choice(tuple(CallResult)) if act is Act.PUT_THROUGH else None,
        status=EntryStatus.VOID if void else EntryStatus.OPEN if opened else EntryStatus.FINISHED,
        referral_status=dice.choice(tuple(ReferralStatus)) if act is Act.REFERRED else None,
        outcome=dice.choice(OUTCOMES),
        operator=dice.choice(("王芳", "李小明")),
        left_at=at + dt.timedelta(minutes=25) if kind is Kind.VISIT and dice.random() < 0.5 else None,
        late=dice.random() < 0.05,
        urgency=dice.choice((Urgency.NORMAL,) * 10 + (Urgency.URGENT, Urgency.CRITICAL)),
        callback_wanted=dice.random() < 0.05,
        void_reason="重复登记" if void else "",
    )


def sheet(rows: Iterable[SheetRow] = (), carried: Iterable[SheetRow] = (), **changes: object) -> DaySheet:
    """A day with these rows; its totals are not counted from them."""
    carried = tuple(carried)
    plain = DaySheet(
        site="某县人力资源和社会保障局",
        day=DAY,
        desk="",
        zone="Asia/Shanghai",
        footer="非涉密系统，严禁录入国家秘密",
        rows=tuple(rows),
        totals=Totals(31, 44, 22, 5, 40, 9, 8, 6, 3, 1),
        carried=carried,
        carried_total=len(carried),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def long_day(count: int, carried: int = 0, seed: int = 7) -> DaySheet:
    """A day of ``count`` believable rows, the same for the same arguments."""
    dice = random.Random(seed)
    rows = [ugly_row(index, dice) for index in range(1, count + 1)]
    before = [
        replace(ugly_row(index, dice), number=f"20260104-{index:03d}") for index in range(1, carried + 1)
    ]
    return sheet(rows, before)


def write(name: str, data: object, wording: Wording, path: Path, made_at: dt.datetime = MADE_AT) -> int:
    """A first print of the form ``name`` as it looks where the site has chosen nothing; how many pages."""
    return making.write(name, data, wording, None, Stamp(made_at), path)
