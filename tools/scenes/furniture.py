"""Who is in the register of the pictures."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reception.desk import Desk


def furnish(desk: Desk) -> None:
    """Let there be somebody of each kind that a picture shows, today."""
    from reception.facts import Kind, NewCallback, NewEntry, Party
    from reception.facts.people import NoteKind
    from reception.operations import entries, people, site

    def come(who: Party, subject: str, kind: Kind = Kind.VISIT, **more: Any) -> int:
        new = NewEntry(kind, subject, uid=uuid.uuid4(), parties=(who,), **more)
        return desk.do(entries.register, new).entry_id

    number = "990181199001011234"
    card = Party("古丽", "16411112222", "幸福小区3栋", document_type="身份证", document_number=number)
    come(card, "补办社保卡")
    come(Party("古丽娜", "16411113333"), "打听进展")
    come(Party("卢大海", "16411114444", "红星机械厂"), "反映拖欠工资")
    now = dt.datetime.now(dt.UTC)
    # Pictures are taken at any hour, and minutes run in office hours only.
    desk.do(site.save, {"office_hours": "00:00-23:59"}, uid=uuid.uuid4())
    for minutes, name in ((4, "周小兰"), (23, "马建军")):
        since = now - dt.timedelta(minutes=minutes)
        come(Party(name), "等候办理", received_at=since, waiting_since=since)
    for minutes, name in ((-45, "陈某"), (90, "周敏")):
        owed = NewCallback(now + dt.timedelta(minutes=minutes), owner="王芳")
        come(Party(name, f"1630000{minutes % 10_000:04d}"), "问失业金", Kind.CALL_IN, callback=owed)
    for number, kind, text in (
        ("16411112222", NoteKind.INTERPRETER, "只说维吾尔语"),
        ("16411114444", NoteKind.BANNED, "2026年10月在窗口打砸，禁止入内至年底"),
    ):
        desk.do(people.save_note, desk.ask(people.recall, number)[0].id, kind, text, uid=uuid.uuid4())
    one, other = (desk.ask(people.recall, number)[0].id for number in ("16411112222", "16411113333"))
    desk.do(people.merge, one, other, uid=uuid.uuid4())
