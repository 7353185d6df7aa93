"""The Chinese words of the sheet, so that its pages can be tested without the compiled catalogue."""

from __future__ import annotations

import gettext

from reception.wording import Wording

WORDS = {
    "Daily reception register": "每日接待登记表",
    "Desk {code}": "接待台 {code}",
    "Printed {when}": "打印时间 {when}",
    "Printed {when} by {who}": "打印时间 {when} 打印人 {who}",
    "Preview": "预览",
    "Reprint, print no. {count}": "补打（第 {count} 次打印）",
    "Code {code} · journal {head}": "核验码 {code} · 日志 {head}",
    "Corrected": "更正",
    "Ledger of the year": "年度接待总登记簿",
    "Nobody came or called in this year.": "本年度无来访、来电。",
    "{day} (continued)": "{day}（续）",
    "{heading} (continued)": "{heading}（续）",
    "Preview: nothing is noted": "预览，未登记打印",
    "cont.": "续",
    "Weather": "天气",
    "Leader on duty": "带班领导",
    "Officer on duty": "值班员",
    "Accusation (sealed)": "检举控告（封存）",
    "{name}: {value}": "{name}：{value}",
    "Page {page} of {pages}": "第 {page} 页 共 {pages} 页",
    "No.": "序号",
    "Number": "编号",
    "Time": "时间",
    "Kind": "方式",
    "Name": "姓名",
    "Organisation or address": "单位/住址",
    "Phone": "联系电话",
    "Party": "人数",
    "Matter": "事由",
    "Sent to": "去向/承办科室",
    "Department in charge": "承办科室",
    "Outcome": "处理情况",
    "Clerk": "经办人",
    "Left": "离开时间",
    "Remarks": "备注",
    "Visit": "来访",
    "Call in": "来电",
    "Call out": "去电",
    "Doc. in": "来文",
    "Assignment": "交办",
    "Meeting": "会议",
    "Urgent event": "紧急情况",
    "Answered": "答复",
    "Pointed": "引导",
    "Put through": "转接",
    "Referred": "转办",
    "connected": "接通",
    "no answer": "无人接",
    "busy": "占线",
    "open": "未办结",
    "Open": "未办结",
    "answered, to be closed": "已答复，待办结",
    "closed": "已办结",
    "taken back": "已撤回",
    "Urgent": "加急",
    "Most urgent": "特急",
    "Withheld": "保密",
    "Entered later": "补登",
    "Call-back owed": "待回电",
    "{act} ({detail})": "{act}（{detail}）",
    "{matter}: {subject}": "{matter}：{subject}",
    "Void: {reason}": "作废：{reason}",
    "~{time}": "约{time}",
    "leaving times estimated because nobody signed out (~): {count}": ("离开时间为估计（约…）{count} 批"),
    "; ": "；",
    "Recorded by (first asked)": "登记人（首问责任人）",
    "Head of the office": "办公室负责人",
    "Date": "日期",
    "Nobody came or called on this day.": "当日无来访、来电。",
    "Totals: visits {visits} ({visitors} people), calls in {calls_in}, calls out {calls_out}, "
    "answered {answered}, pointed {pointed}, put through {put_through}, referred {referred}, "
    "still open {open}": (
        "合计：来访 {visits} 批 {visitors} 人次，来电 {calls_in}，去电 {calls_out}，"
        "答复 {answered}，引导 {pointed}，转接 {put_through}，转办 {referred}，未办结 {open}"
    ),
    "Carried over from earlier days, still open: {count}": "往日结转未办结事项：{count} 件",
    "… and {count} more, see the register.": "……另有 {count} 件，详见登记簿。",
    "Roll-call of visitors": "在场来访人员点名表",
    "As known at {time}; the register does not answer": "截至 {time} 的名单；登记库无响应",
    "Who left without signing out may still be listed.": "未签离的人员可能已离开。",
    "People": "人数",
    "Here since": "来访时间",
    "Where": "去向",
    "Found": "清点",
    "Nobody is known to be here.": "目前无人在场。",
    "Together: {visits} visits, {people} people": "合计 {visits} 批 {people} 人",
    "Roll called by": "清点人",
    "People found": "实到人数",
    "waits at the desk": "在接待台等候",
    "{place} ({detail})": "{place}（{detail}）",
    "Left out, because this paper has no room for them: {columns}": "本纸张放不下，未印栏目：{columns}",
    ", ": "、",
}


OWN = {
    word: word
    for word in ("登记人（首问责任人）", "办公室负责人", "分管领导意见", "值班领导", "经办", "日期")
}
"""What sites write themselves; no catalogue has it."""


class _Chinese(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return WORDS[message]

    def pgettext(self, context: str, message: str) -> str:
        assert context == "paper"
        return WORDS[message] if message in WORDS else OWN[message]


CHINESE = Wording("zh_CN", _Chinese())
ENGLISH = Wording("en", gettext.NullTranslations())
