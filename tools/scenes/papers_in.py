"""The rooms of papers received and of parcels, and what a paper is noted and referred with."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from tools.scenes.office import room
from tools.scenes.studio import Scene, Studio

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_TITLES = (
    ("省人力资源和社会保障厅", "人社厅发〔2026〕31号", "关于做好2026年度职称评审工作的通知"),
    ("市人民政府办公室", "政办发〔2026〕88号", "关于加强农民工工资支付保障工作的意见"),
    ("县防汛抗旱指挥部", "", "关于防汛值班的通知"),
    ("县委办公室", "委办函〔2026〕12号", "关于报送2026年度工作总结的函"),
)


def _papers(studio: Studio) -> QWidget:
    from reception.facts import NewReferral
    from reception.operations import directory
    from reception.operations.office import circulation, documents

    lead = NewReferral(studio.desk.ask(directory.department, "ZC").id, instruction="请阅办")
    before = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    for at, (sender, number, title) in enumerate(_TITLES):
        done = studio.desk.do(
            documents.register,
            subject=title,
            sender=sender,
            sender_number=number,
            proposed="拟请专业技术人员管理科阅办" if not at else "",
            readers="李局长、王副局长、劳动保障监察大队" if at in (0, 3) else "",
            referral=lead if at == 1 else None,
            received_at=before if at == 2 else None,
            uid=uuid.uuid4(),
        )
    studio.desk.do(circulation.sign, done.entry_id, note="已阅", uid=uuid.uuid4())
    found = room(studio, "documents")
    found.table.selectRow(0)
    return studio.window


def _new(studio: Studio) -> QWidget:
    found = room(studio, "documents")
    studio.press("Ctrl+N")
    found.panel.form.fields["sender"].put("市人力资源和社会保障局")
    found.panel.form.fields["subject"].put("关于召开全市人社系统视频会议的通知")
    return studio.window


def _refer(studio: Studio) -> QWidget:
    found = room(studio, "documents")
    found.panel.choose("2")
    return studio.window


def _parcels(studio: Studio) -> QWidget:
    from reception.facts.office import ParcelKind
    from reception.operations import directory
    from reception.operations.office import parcels

    home = studio.desk.ask(directory.department, "RC").id
    for whom, kind, tracking in (
        ("孙科长", ParcelKind.PARCEL, "KD1002003004"),
        ("", ParcelKind.REGISTERED, "KD12345678942"),
        ("钱会计", ParcelKind.LETTER, ""),
    ):
        given: dict[str, Any] = {"whom": whom} if whom else {"department_id": home}
        studio.desk.do(parcels.take_in, kind=kind, tracking=tracking, **given, uid=uuid.uuid4())
    room(studio, "parcels")
    return studio.window


SCENES: dict[str, Scene] = {
    "office-documents": _papers,
    "office-documents-new": _new,
    "office-documents-refer": _refer,
    "office-parcels": _parcels,
}
