"""What the desk followed up at last: referrals handled again, sent on, extended, reminded, looked back at.

These are done by the verbs themselves, in the last minutes of the last day.
"""

from __future__ import annotations

import uuid
from random import Random
from typing import Any

from sqlalchemy import Select, select

from reception import tables
from reception.context import Session
from reception.desk import Desk
from reception.facts import (
    AGAINST,
    EntryStatus,
    NewReferral,
    PartStatus,
    Receipt,
    ReferralStatus,
    Role,
    Way,
)
from reception.facts.desk_work import NewNotice
from reception.operations import notices, printing, referrals, to_do
from reception.operations.referrals import asking, reminding, timing
from reception.paper import prints

_E, _R, _P, _S = tables.entry, tables.referral, tables.part, tables.step
_LEADER, _DIRECTOR = "李局长", "周主任"


def follow(desk: Desk, dice: Random) -> None:
    """Follow up a few referrals that were closed days ago."""

    def do(verb: Any, *words: Any, **named: Any) -> Receipt:
        uid = uuid.UUID(int=dice.getrandbits(128), version=4)
        done: Receipt = desk.do(verb, *words, uid=uid, **named)
        return done

    answered = desk.ask(_closed, PartStatus.ANSWERED)
    if len(answered) > 1:
        under_way, looked_at = answered[0], answered[1]
        do(referrals.reopen, under_way, "来访人反映只解决了一部分")
        do(referrals.slip, under_way)
        do(reminding.remind, under_way, way=Way.PHONE, whom="值班人员", words="请抓紧办理")
        do(reminding.reply, desk.ask(_last_step, under_way), "本周内办结")
        do(reminding.remind, under_way, way=Way.DIRECTOR, whom=_DIRECTOR, words="承办科室拖延")
        do(reminding.decide, under_way, up=False, words="先由办公室再催一次")
        if desk.ask(_has_limit, under_way):
            do(asking.ask, desk.ask(_lead, under_way), 5, "须调取档案")
            do(asking.deny, under_way, "五天太长，先按原时限办", whom=_DIRECTOR)
            do(timing.extend, under_way, 3, reason="须到外单位核实", approver=_DIRECTOR)
            do(timing.pause, under_way, "等本人补交劳动合同")
            do(timing.resume, under_way)
        do(referrals.reopen, looked_at, "来电说没有收到答复")
        lead = desk.ask(_lead, looked_at)
        do(referrals.answer, lead, "已当面答复本人", contacted=True, contacted_how="电话")
        do(referrals.leader_seen, looked_at, whom=_LEADER)
        do(referrals.call_back, looked_at, reached=True, content=True, words="满意")
        do(referrals.close, looked_at, "已回访，本人满意")
    returned, others = desk.ask(_closed, PartStatus.RETURNED), desk.ask(_departments)
    if returned and others:
        do(referrals.reopen, returned[0], "本人再次来访")
        do(referrals.reroute, returned[0], NewReferral(others[0], decided_by=_DIRECTOR))
    told = desk.ask(_with_papers)
    if told is not None:
        entry_id, matter_id, day = told
        do(notices.give, entry_id, NewNotice(matter_id, has=(1,)))
        sheet = desk.ask(prints.gather, "daily_sheet", "zh_CN", day=day)
        desk.do(printing.commit, sheet.promise, uid=uuid.UUID(int=dice.getrandbits(128), version=4))
    lacking = desk.ask(to_do.rows, which="check", limit=1)
    if lacking:
        do(to_do.check, lacking[0].entry_id)


def _with_papers(session: Session) -> tuple[int, int, int] | None:
    """The latest entry about a matter that asks for papers: entry, matter, day."""
    matter = tables.matter
    query = (
        select(_E.c.id, _E.c.matter_id, _E.c.day)
        .join(matter, matter.c.id == _E.c.matter_id)
        .where(matter.c.materials != "", _E.c.status != EntryStatus.VOID.value, _E.c.category.not_in(AGAINST))
    )
    found = session.connection().execute(query.order_by(_E.c.id.desc()).limit(1)).one_or_none()
    return tuple(found) if found is not None else None


def _closed(session: Session, lead: PartStatus) -> list[int]:
    """Referrals whose lead ended them so; the latest of each entry, newest first."""
    later = _R.alias("later")
    query = (
        select(_R.c.id)
        .join(_E, _E.c.id == _R.c.entry_id)
        .join(_P, _P.c.referral_id == _R.c.id)
        .where(
            _R.c.status == ReferralStatus.CLOSED.value,
            _E.c.status == EntryStatus.FINISHED.value,
            _P.c.role == Role.LEAD.value,
            _P.c.status == lead.value,
            ~select(later.c.id)
            .where(later.c.entry_id == _R.c.entry_id, later.c.ordinal > _R.c.ordinal)
            .exists(),
        )
    )
    return list(session.connection().scalars(query.order_by(_R.c.id.desc()).limit(5)))


def _lead(session: Session, referral_id: int) -> int:
    query: Select[Any] = select(_P.c.id).where(_P.c.referral_id == referral_id, _P.c.role == Role.LEAD.value)
    return int(session.connection().scalars(query.order_by(_P.c.id.desc()).limit(1)).one())


def _last_step(session: Session, referral_id: int) -> int:
    query = select(_S.c.id).where(_S.c.referral_id == referral_id).order_by(_S.c.ordinal.desc()).limit(1)
    return int(session.connection().scalars(query).one())


def _has_limit(session: Session, referral_id: int) -> bool:
    return session.connection().scalar(select(_R.c.due_at).where(_R.c.id == referral_id)) is not None


def _departments(session: Session) -> list[int]:
    query = select(tables.department.c.id).where(
        tables.department.c.outside.is_(False), tables.department.c.active.is_(True)
    )
    return list(session.connection().scalars(query.order_by(tables.department.c.id).limit(3)))
