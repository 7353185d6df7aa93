"""The JSON documents: the same facts as the plain texts, for other programs.

The keys are a promise. Absent values are null; instants are ISO 8601 with the site's offset.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING, Any

from reception.facts import (
    Absence,
    CallbackRow,
    CallbackView,
    Catalogue,
    DepartmentFact,
    EntryRow,
    EntryView,
    LimitClock,
    MatterFact,
    NoticeView,
    PartView,
    Party,
    ReferralView,
    Term,
    TrailLine,
    Visitor,
)
from reception.facts.people import PersonOffer
from reception.numbers import day_date

if TYPE_CHECKING:
    from reception.operations.referrals import Whole

Document = dict[str, Any]

_KEYS = {
    "party_size": "party",
    "matter_id": "matter",
    "department_id": "department",
    "concerned_id": "concerned",
}


def text(document: object) -> str:
    """The document as it is printed."""
    return json.dumps(document, ensure_ascii=False, indent=2)


def entry(row: EntryRow, zone: dt.tzinfo) -> Document:
    """One entry, as a list shows it."""
    return {
        "number": row.number,
        "uid": row.uid,
        "kind": row.kind.value,
        "received_at": instant(row.received_at, zone),
        "name": row.name or None,
        "phone": row.phone or None,
        "organisation": row.organisation or None,
        "party": row.party_size,
        "matter": row.matter or None,
        "subject": row.subject or None,
        "request": row.request or None,
        "outcome": row.outcome or None,
        "category": _word(row.category),
        "act": _word(row.act),
        "department": row.department or None,
        "status": row.status.value,
        "operator": row.operator or None,
        "left_at": instant(row.left_at, zone),
        "left_estimated": row.left_estimated,
        "call_result": _word(row.call_result),
        "urgency": row.urgency.value,
        "waiting_since": instant(row.waiting_since, zone),
        "seen_at": instant(row.seen_at, zone),
        "late": row.late,
        "void_reason": row.void_reason or None,
        "desk": row.desk or None,
        "version": row.version,
    }


def view(whole: EntryView, zone: dt.tzinfo) -> Document:
    """The whole of one entry: with its persons, the rarely used fields, its referrals and its trail."""
    details = {
        field.name: _plain(getattr(whole.details, field.name)) for field in dataclasses.fields(whole.details)
    }
    del details["concerned_id"]
    details["concerned"] = whole.concerned or None
    return {
        **entry(whole.row, zone),
        **details,
        "parties": [_party(person) for person in whole.parties],
        "referrals": [part(one, referral, zone) for referral in whole.referrals for one in referral.parts],
        "callbacks": [callback(one, zone) for one in whole.callbacks],
        "notices": [notice(one, zone) for one in whole.notices],
        "case": whole.case.number if whole.case is not None else None,
        "enquiries": [one.number for one in whole.enquiries],
        "trail": [_trail(line, zone) for line in whole.trail],
    }


def callback(one: CallbackView, zone: dt.tzinfo) -> Document:
    """A call-back of an entry, with its attempts."""
    return {
        "status": one.status.value,
        "created_at": instant(one.created_at, zone),
        "due_at": instant(one.due_at, zone),
        "phone": one.phone or None,
        "about": one.about or None,
        "owner": one.owner or None,
        "operator": one.operator or None,
        "ended_at": instant(one.ended_at, zone),
        "reason": one.reason or None,
        "attempts": [
            {
                "at": instant(made.at, zone),
                "result": made.result.value,
                "reached": made.reached or None,
                "note": made.note or None,
            }
            for made in one.attempts
        ],
    }


def notice(one: NoticeView, zone: dt.tzinfo) -> Document:
    """What somebody was told in full and in writing."""
    return {
        "notice": one.ordinal,
        "at": instant(one.at, zone),
        "operator": one.operator or None,
        "matter": one.matter,
        "materials": list(one.materials),
        "lacks": list(one.lacks),
        "basis": one.basis or None,
        "steps": one.steps or None,
        "time_limit": one.time_limit or None,
        "fee": one.fee or None,
        "place": one.place or None,
        "refusal": one.refusal or None,
        "whereto": one.whereto or None,
    }


def owed(row: CallbackRow, zone: dt.tzinfo) -> Document:
    """A call that is owed, as the queue shows it."""
    return {
        "number": row.number,
        "since": instant(row.since, zone),
        "due_at": instant(row.due_at, zone),
        "overdue": row.overdue,
        "phone": row.phone or None,
        "about": row.about or None,
        "owner": row.owner or None,
        "name": row.person or None,
        "organisation": row.organisation or None,
        "urgency": row.urgency.value,
        "attempts": row.attempts,
        "last_at": instant(row.last_at, zone),
        "last_result": _word(row.last_result),
    }


def visitor(one: Visitor, zone: dt.tzinfo) -> Document:
    """Somebody who has not left."""
    return {
        "number": one.number,
        "received_at": instant(one.received_at, zone),
        "name": one.name or None,
        "organisation": one.organisation or None,
        "phone": one.phone or None,
        "party": one.party_size,
        "about": one.about or None,
        "department": one.department or None,
        "wanted": one.wanted or None,
        "waiting_since": instant(one.waiting_since, zone),
        "seen_at": instant(one.seen_at, zone),
        "waiting_minutes": one.waiting_minutes,
        "late": one.late,
        "desk": one.desk or None,
    }


def person(one: PersonOffer, zone: dt.tzinfo) -> Document:
    """Somebody who was here before. Who reported something is not named with what it was."""
    return {
        "id": one.id,
        "name": one.name or None,
        "phones": list(one.phones),
        "organisation": one.organisation or None,
        "sex": _word(one.sex),
        "times": one.times,
        "last_at": instant(one.last_at, zone),
        "last_subject": one.last_subject or None,
        "last_number": one.last_number or None,
        "open_cases": one.open_cases,
        "note_kind": _word(one.note_kind),
        "note": one.note or None,
        "identity_protected": one.identity_protected,
    }


def part(one: PartView, referral: ReferralView, zone: dt.tzinfo) -> Document:
    """One department's part of a referral."""
    return {
        "referral": one.name,
        "department": one.department,
        "role": one.role.value,
        "instruction": referral.instruction or None,
        "status": one.status.value,
        "sent_at": instant(one.sent_at, zone),
        "told_at": instant(one.told_at, zone),
        "told_whom": one.told_whom or None,
        "received_at": instant(one.received_at, zone),
        "received_by": one.received_by or None,
        "answered_at": instant(one.answered_at, zone),
        "answer": one.answer or None,
        "returned_at": instant(one.returned_at, zone),
        "return_reason": one.return_reason or None,
        "referral_status": referral.status.value,
        "closed_at": instant(referral.closed_at, zone),
        "closing_note": referral.closing_note or None,
        **{name: _plain(getattr(one, name)) for name in _OF_PART},
        "contacted_at": instant(one.contacted_at, zone),
        "year_number": referral.slip or None,
        **term(referral.term, zone),
    }


_OF_PART = (
    *("officer", "stood_in", "on_behalf", "outcome", "case_number", "passed_to"),
    *("contacted", "contacted_how"),
)


def referral(found: Whole, zone: dt.tzinfo) -> Document:
    """A referral with its parts and its trail, as the list of referrals shows it."""
    row, view = found.row, found.view
    return {
        "number": row.number,
        "kind": row.kind.value,
        "received_at": instant(row.received_at, zone),
        "name": row.person or None,
        "phone": row.phone or None,
        "category": _word(row.category),
        "source": _word(row.source),
        "urgency": row.urgency.value,
        "matter": row.matter or None,
        "subject": row.subject or None,
        "sealed": row.sealed,
        "instruction": row.instruction or None,
        "department": row.part.department or None,
        "status": row.referral_status.value,
        "created_at": instant(view.created_at if view else None, zone),
        "closed_at": instant(view.closed_at if view else None, zone),
        "closing_note": (view.closing_note if view else "") or None,
        "leader": (view.leader if view else "") or None,
        "year_number": row.slip or None,
        **term(row.term, zone),
        "overdue_days": row.overdue_days,
        "reminders": row.reminders,
        "parts": [part(one, view, zone) for one in view.parts] if view else [],
        "trail": [_trail(line, zone) for line in found.trail],
    }


def term(one: Term | None, zone: dt.tzinfo) -> Document:
    """The limit of a referral; ``due`` is a day, or of a limit in hours an instant. All null without one."""
    if one is None:
        return dict.fromkeys(("limit", "clock", "due", "provisional", "paused_at"))
    hours = one.clock is LimitClock.HOURS
    return {
        "limit": one.amount,
        "clock": one.clock.value,
        "due": instant(one.due_at, zone) if hours else day_date(one.due_day).isoformat(),
        "provisional": one.provisional,
        "paused_at": instant(one.paused_at, zone),
    }


def department(fact: DepartmentFact, away: Iterable[Absence] = ()) -> Document:
    """One department of the directory, and until when its officers are away."""
    names = ("code", "name", "outside", "room", "phone", "officer_a", "officer_b", "leader", "note", "active")
    absent = {one.officer.upper(): day_date(one.last_day).isoformat() for one in away}
    return {**{name: _plain(getattr(fact, name)) for name in names}, "away": absent}


def matter(fact: MatterFact, catalogue: Catalogue) -> Document:
    """One matter of the catalogue."""
    codes = {one.id: one.code for one in catalogue.departments}
    return {
        "name": fact.name,
        "keywords": fact.keywords or None,
        "department": codes.get(fact.department_id or 0),
        "materials": fact.materials.splitlines(),
        "basis": fact.basis or None,
        "limit": fact.limit or None,
        "note": fact.note or None,
        "active": fact.active,
        "steps": fact.steps or None,
        "fee": fact.fee or None,
    }


def field_name(column: str) -> str:
    """The key under which the documents hold what the trail calls ``column``."""
    prefix, dot, name = column.rpartition(".")
    return f"{prefix}{dot}{_KEYS.get(name, name)}"


def _party(person: Party) -> Document:
    return {field.name: _plain(getattr(person, field.name)) for field in dataclasses.fields(person)}


def _trail(line: TrailLine, zone: dt.tzinfo) -> Document:
    return {
        "at": instant(line.at, zone),
        "operator": line.operator or None,
        "desk": line.desk or None,
        "verb": line.verb,
        "changes": [
            {"field": field_name(name), "old": old or None, "new": new or None}
            for name, old, new in line.changes
        ],
    }


def instant(moment: dt.datetime | None, zone: dt.tzinfo) -> str | None:
    """An instant as the documents tell it."""
    return moment.astimezone(zone).isoformat(timespec="seconds") if moment else None


def _word(value: Enum | None) -> str | None:
    return str(value.value) if value else None


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    return None if value == "" else value
