"""What a new register starts with."""

from __future__ import annotations

import re
import zoneinfo

import pytest

from reception import pinyin, templates, text
from reception.errors import InputError
from reception.facts import Category, LimitClock, Source, Urgency
from reception.templates import DepartmentSeed, LimitSeed, MatterSeed, SiteTemplate, TemplateError

DEPARTMENTS = {
    "BGS": "办公室",
    "XF": "信访室",
    "JY": "就业促进和失业保险科 / 公共就业服务中心",
    "PX": "职业能力建设科",
    "RC": "人才开发科 / 人才服务中心",
    "ZC": "专业技术人员管理科",
    "SYDW": "事业单位人事管理科",
    "GZ": "工资福利科",
    "SB": "养老保险科 / 社会保险中心",
    "CJB": "城乡居民养老保险科",
    "GS": "工伤保险科",
    "LDGX": "劳动关系科",
    "JC": "劳动保障监察大队",
    "ZCY": "劳动人事争议仲裁院",
    "SBK": "信息中心(社会保障卡)",
    "JD": "社会保险基金监督科",
    "KS": "人事考试中心",
}
USUAL = {
    "BGS": "公文 会议 值班 政府信息公开申请 来访首接",
    "XF": "信访 复议 重访 集体访",
    "JY": "失业登记 失业金 就业困难 社保补贴 创业担保贷款 见习 招聘",
    "PX": "补贴培训 技能等级 证书 民办培训学校",
    "RC": "档案 毕业生报到 引才",
    "ZC": "职称评审 职称认定 继续教育",
    "SYDW": "公开招聘 岗位 聘用合同",
    "GZ": "工资 津补贴 年休假 抚恤 工龄",
    "SB": "参保登记 养老关系转移 退休审批 养老待遇 资格认证 权益单 遗属",
    "CJB": "缴费档次 居民养老待遇 认证 被征地",
    "GS": "工伤认定 劳动能力鉴定 工伤待遇",
    "LDGX": "劳动合同 最低工资 特殊工时 劳务派遣许可",
    "JC": "拖欠工资 欠薪 不参保 超时加班 童工 押金",
    "ZCY": "劳动关系确认 经济补偿 双倍工资 解除争议",
    "SBK": "社保卡申领 社保卡补换 社保卡挂失",
    "JD": "骗保 冒领",
    "KS": "报名 成绩 证书",
}
NOT_OURS = {
    "医疗保障局": "医保参保 报销 生育津贴",
    "税务局": "社保费缴纳 票据 退费",
    "住房公积金管理中心": "公积金",
    "民政局": "低保 特困",
    "退役军人事务局": "退役安置 优抚",
    "残联": "残疾人证",
    "组织部": "公务员招录",
    "编办": "编制",
    "教育局": "教师资格",
    "卫健局": "职业病诊断",
    "应急管理局": "安全生产",
    "公安局": "户口",
    "法院": "判决执行",
    "司法局": "法律援助",
    "纪检监察机关": "机关作风举报",
}
PAPERS = {
    "欠薪投诉": (
        "JC",
        "投诉书 书写困难可由接待人笔录 身份证 被投诉单位名称 住所 负责人 劳动关系证据 工资凭证",
        "2年 不超过5人",
    ),
    "不签劳动合同投诉": ("JC", "投诉书 身份证 劳动关系证据 工资凭证", "2年 不超过5人 仲裁院"),
    "劳动仲裁": ("ZCY", "申请书 副本 身份证 劳动关系证据 单位登记信息", "1年"),
    "工伤认定": ("GS", "申请表 劳动关系证明 诊断证明或职业病诊断书 事故材料△", "30日 1年"),
    "失业保险金": ("JY", "身份证或社保卡 解除 证明△", "缴费满1年 非因本人意愿 失业登记"),
    "退休审批": ("SB", "本人档案 审批表 缴费证明 身份证", "1至2个月 工资福利科"),
    "养老关系转移": ("SB", "身份证 参保缴费凭证△ 申请表 委托书", "△"),
    "居民养老待遇": ("CJB", "身份证 户口簿 社保卡 申请表", "60 ▲"),
    "档案转入": ("RC", "身份证 调档函 委托书 双方身份证", "15个工作日 不得自带"),
    "档案转出": ("RC", "身份证 调档函（原件） 委托书 双方身份证", "15个工作日 不得自带"),
    "社保卡申领": ("SBK", "身份证 委托书 监护人证件 户口簿或出生证", "△"),
    "社保卡补换": ("SBK", "身份证 委托书 监护人证件 户口簿或出生证", "△"),
    "职称评审": ("ZC", "评审表 学历 现职称证 业绩 继续教育 聘用合同或劳动合同 公示 5个工作日 承诺书△", "△"),
    "灵活就业社保补贴": ("JY", "身份证或社保卡 困难人员认定 灵活就业证明 社区盖章 审批表△", "△"),
}


def hrss() -> SiteTemplate:
    return templates.load("hrss", "zh_CN")


def department(code: str) -> DepartmentSeed:
    return next(one for one in hrss().departments if one.code == code)


def matter(name: str) -> MatterSeed:
    return next(one for one in hrss().matters if one.name == name)


def offered(query: str, template: SiteTemplate) -> list[str]:
    """The matters that the matter field offers for what is typed, best first."""
    found = []
    for place, one in enumerate(template.matters):
        reading = pinyin.phrase(one.name, *one.keywords)
        rank = text.matches(
            query, names=one.name, keywords=one.keywords, pinyin=reading.full, initials=reading.initials
        )
        if rank is not None:
            found.append((rank, place, one.name))
    return [name for _, _, name in sorted(found)]


def test_the_model_site_is_offered_first() -> None:
    assert templates.available() == ("hrss", "office")


def test_the_bureau_stands_in_china_and_says_what_must_not_be_typed() -> None:
    site = hrss()
    assert site.zone == "Asia/Shanghai"
    assert zoneinfo.ZoneInfo(site.zone).key == "Asia/Shanghai"
    assert site.footer == "非涉密系统，严禁录入国家秘密"
    assert site.settings["waiting_minutes"] == "10"
    assert site.settings["slip_prefix"] == "人社办转"
    assert site.settings["hours_summer"] == "08:00-12:00 15:00-18:00"
    assert site.settings["summer_from"] < site.settings["winter_from"]


def test_the_bureau_has_its_departments() -> None:
    inside = {one.code: one for one in hrss().departments if not one.outside}
    assert {code: one.name for code, one in inside.items()} == DEPARTMENTS
    rooms = [one.room for one in inside.values()]
    phones = [one.phone for one in inside.values()]
    assert len(set(rooms)) == len(rooms)
    assert len(set(phones)) == len(phones)
    assert all(re.fullmatch("80[0-9]{2}", phone) for phone in phones)


@pytest.mark.parametrize(("code", "words"), USUAL.items())
def test_every_usual_matter_is_in_its_department(code: str, words: str) -> None:
    ours = [(one.name, *one.keywords) for one in hrss().matters if one.department == code]
    for word in words.split():
        assert [names for names in ours if any(word in name for name in names)], word


@pytest.mark.parametrize(("name", "words"), NOT_OURS.items())
def test_whoever_is_wrong_here_is_pointed_to_the_right_place(name: str, words: str) -> None:
    place = next(one for one in hrss().departments if one.name == name)
    assert place.outside
    theirs = [one for one in hrss().matters if one.department == place.code]
    for word in words.split():
        assert [one for one in theirs if any(word in found for found in (one.name, *one.keywords))], word
    assert all("不归本局" in one.note for one in theirs)


def test_there_are_no_other_outside_organisations() -> None:
    assert {one.name for one in hrss().departments if one.outside} == set(NOT_OURS)


@pytest.mark.parametrize(("name", "expected"), PAPERS.items())
def test_the_papers_and_limits_that_people_are_told(name: str, expected: tuple[str, str, str]) -> None:
    code, papers, told = expected
    one = matter(name)
    assert one.department == code
    for word in papers.split():
        assert word in "\n".join(one.materials), word
    for word in told.split():
        assert word in f"{one.limit}\n{one.note}\n{'、'.join(one.materials)}", word


@pytest.mark.parametrize(
    ("name", "days", "clock"),
    [
        ("欠薪投诉", 5, LimitClock.WORKING),
        ("档案转入", 15, LimitClock.WORKING),
        ("信访", 60, LimitClock.CALENDAR),
        ("工伤认定", 60, LimitClock.CALENDAR),
        ("政府信息公开申请", 20, LimitClock.WORKING),
        ("问路", None, None),
    ],
)
def test_limits_of_statutes_are_counted_by_their_own_clock(
    name: str, days: int | None, clock: LimitClock | None
) -> None:
    assert (matter(name).days, matter(name).clock) == (days, clock)


def _limit(code: str, **about: object) -> tuple[int, LimitClock] | None:
    """The site's own limit for exactly this."""
    names = ("category", "source", "urgency", "matter")
    wanted = {name: about.get(name, "" if name == "matter" else None) for name in names}
    for one in templates.load(code, "zh_CN").limits:
        if {name: getattr(one, name) for name in names} == wanted:
            return one.amount, one.clock
    return None


def test_referrals_are_limited_as_is_usual_in_the_trade() -> None:
    working, hours = LimitClock.WORKING, LimitClock.HOURS
    assert _limit("hrss", source=Source.HOTLINE) == (5, working)
    assert _limit("hrss", source=Source.HOTLINE, category=Category.ENQUIRY) == (3, working)
    assert _limit("hrss", category=Category.COMPLAINT) == (13, working)
    assert _limit("hrss", category=Category.PETITION) == (60, LimitClock.CALENDAR)
    assert _limit("hrss", matter="档案转出") == (15, working)
    for code in templates.available():
        assert _limit(code) == (5, working)
        assert _limit(code, urgency=Urgency.URGENT) == (2, working)
        assert _limit(code, urgency=Urgency.CRITICAL) == (8, hours)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("sbk", "社保卡补换"),
        ("卡丢了", "社保卡补换"),
        ("讨薪", "欠薪投诉"),
        ("qx", "欠薪投诉"),
        ("老板跑了", "欠薪投诉"),
        ("农保", "居民养老缴费"),
        ("gs", "工伤认定"),
        ("退休", "退休审批"),
        ("tuixiu", "退休审批"),
        ("tx", "退休审批"),
        ("被开除", "解除争议"),
        ("洗手间", "厕所"),
        ("cs", "厕所"),
        ("复印", "复印打印"),
        ("盖章", "盖章"),
        ("zr", "找人"),
        ("wl", "问路"),
        ("失业金", "失业保险金"),
        ("举报干部", "机关作风举报"),
    ],
)
def test_what_people_say_finds_their_matter_first(query: str, name: str) -> None:
    assert offered(query, hrss())[0] == name


@pytest.mark.parametrize(
    ("query", "name"), [("报销", "医保参保报销"), ("调档", "档案转入"), ("tx", "欠薪投诉")]
)
def test_what_people_say_finds_their_matter_among_others(query: str, name: str) -> None:
    assert name in offered(query, hrss())[:5]


def test_asking_the_way_costs_two_letters() -> None:
    assert offered("wl", hrss())[0] == "问路"
    assert matter("问路").department == ""
    assert offered("wl", templates.load("office", "zh_CN"))[0] == "问路"


def test_where_a_complaint_may_not_go_is_written_there() -> None:
    assert "不得" in matter("信访").note
    assert "不得" in matter("机关作风举报").note
    assert "保密" in matter("用工违法举报").note
    assert "保密" in matter("冒领举报").note


@pytest.mark.parametrize("language", templates.LANGUAGES)
@pytest.mark.parametrize("code", templates.available())
def test_everything_in_a_template_can_be_kept(code: str, language: str) -> None:
    site = templates.load(code, language)
    assert site.name
    assert site.operator
    for one in site.departments:
        for value in (one.code, one.name, one.room, one.phone, one.note):
            assert text.clean_line(value) == value
            assert len(value) <= text.SHORT
    for found in site.matters:
        assert found.keywords
        for value in (found.name, found.limit, *found.keywords, *found.materials):
            assert text.clean_line(value) == value
            assert len(value) <= text.SHORT
        for value in (found.basis, found.note):
            assert text.clean_text(value) == value
    for value in site.settings.values():
        assert text.clean_line(value) == value
        assert len(value) <= text.SHORT


def test_no_department_is_without_a_matter() -> None:
    for code in templates.available():
        site = templates.load(code, "zh_CN")
        assert {one.code for one in site.departments} == {one.department for one in site.matters} - {""}


def test_an_office_speaks_the_language_of_its_site() -> None:
    chinese, english = (templates.load("office", language) for language in ("zh_CN", "en"))
    assert english.zone == ""
    assert [one.code for one in chinese.departments] == [one.code for one in english.departments]
    assert [one.department for one in chinese.matters] == [one.department for one in english.matters]
    assert "问路" in {one.name for one in chinese.matters}
    assert "Directions" in {one.name for one in english.matters}
    han = re.compile("[\u3400-\u9fff]")
    words = [english.name, english.operator, *english.settings.values()]
    words += [word for one in english.departments for word in (one.name, one.note)]
    for one in english.matters:
        words += [one.name, one.note, one.limit, *one.keywords, *one.materials]
    assert not [word for word in words if han.search(word)]
    assert all(han.search(one.name) for one in chinese.matters)


@pytest.mark.parametrize(
    ("code", "language", "field"), [("bank", "en", "template"), ("hrss", "fr", "language")]
)
def test_a_template_that_is_not_there_is_refused(code: str, language: str, field: str) -> None:
    with pytest.raises(InputError) as refusal:
        templates.load(code, language)
    assert refusal.value.field == field


SMALL = """\
[site]
name = { zh_CN = "单位", en = "Office" }
operator = "A"
[site.hours]
summer_from = "06-01"
winter_from = "10-01"
summer = ["08:00-12:00"]
winter = ["08:00-12:00"]

[[departments]]
code = "A"
name = "First"

[[departments]]
code = "B"
name = "Second"
outside = true

[[matters]]
name = "Way"

[[matters]]
name = "Card"
department = "A"
days = 5
clock = "working"
keywords = ["lost"]

[[limits]]
amount = 3
clock = "hours"
category = "enquiry"
urgency = "urgent"
remind = 0
"""


def test_a_template_is_read() -> None:
    site = templates.parse("small", SMALL, "en")
    assert site.name == "Office"
    assert site.departments == (DepartmentSeed("A", "First"), DepartmentSeed("B", "Second", outside=True))
    assert site.matters[1] == MatterSeed(
        "Card", keywords=("lost",), department="A", days=5, clock=LimitClock.WORKING
    )
    assert site.limits == (
        LimitSeed(5, LimitClock.WORKING, matter="Card"),
        LimitSeed(3, LimitClock.HOURS, Category.ENQUIRY, urgency=Urgency.URGENT, remind_days=0),
    )


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('department = "A"', 'department = "X"', "small.toml:24: department: there is no department 'X'"),
        ('code = "B"', 'code = "A"', "small.toml:15: code: 'A' is there already"),
        ('name = "Card"', 'name = "Way"', "small.toml:23: name: 'Way' is there already"),
        ('code = "B"', 'code = "b"', "small.toml:15: code: is 1 to 16 capital letters or digits"),
        ('name = "Second"', "", "small.toml:14: name: is needed"),
        ("outside = true", 'outside = "yes"', "small.toml:17: outside: is no bool"),
        ("days = 5", "days = true", "small.toml:25: days: is no int"),
        ("days = 5\n", "", "small.toml:25: clock: needs the other one"),
        ('clock = "working"', "", "small.toml:25: days: needs the other one"),
        ('clock = "working"', 'clock = "hours"', "small.toml:26: clock: is calendar or working"),
        ('keywords = ["lost"]', 'keyword = ["lost"]', "small.toml:27: keyword: is not known"),
        ('keywords = ["lost"]', 'keywords = ["lost card"]', "small.toml:27: keywords: are single words"),
        ('keywords = ["lost"]', 'keywords = "lost"', "small.toml:27: keywords: is no list"),
        ('keywords = ["lost"]', "keywords = [1]", "small.toml:27: keywords: is a list of texts"),
        (', en = "Office" }', " }", "small.toml:2: name: needs zh_CN and en"),
        (
            'summer = ["08:00-12:00"]',
            'summer = ["8-12"]',
            "small.toml:7: summer: has spans such as 08:00-12:00",
        ),
        ('"10-01"', '"October"', "small.toml:6: winter_from: is no month and day such as 06-01"),
        ("amount = 3", "amount = 0", "small.toml:30: amount: is 1 to 1000"),
        ("amount = 3", "", "small.toml:29: amount: is 1 to 1000"),
        ('clock = "hours"', "", "small.toml:29: clock: is needed"),
        ('clock = "hours"', 'clock = "days"', "small.toml:31: clock: is one of calendar, working, hours"),
        ('"enquiry"', '"question"', "small.toml:32: category: is one of enquiry, business,"),
        ('urgency = "urgent"', 'urgent = "urgent"', "small.toml:33: urgent: is not known"),
        ("remind = 0", "remind = 99", "small.toml:34: remind: is 0 to 60"),
        ('category = "enquiry"', 'matter = "Bus"', "small.toml:32: matter: there is no matter 'Bus'"),
        (
            'category = "enquiry"\nurgency = "urgent"',
            'matter = "Card"',
            "small.toml:30: amount: there is a limit for this already",
        ),
        ('operator = "A"', "operator = 1", "small.toml:3: operator: is no text"),
        ('[[matters]]\nname = "Way"', '[[matter]]\nname = "Way"', "small.toml: what is 'matter'?"),
        ("[site]", "[site", "small.toml: "),
    ],
)
def test_a_wrong_template_says_where(right: str, wrong: str, said: str) -> None:
    assert right in SMALL
    with pytest.raises(TemplateError) as error:
        templates.parse("small", SMALL.replace(right, wrong, 1), "en")
    assert str(error.value).startswith(said)
