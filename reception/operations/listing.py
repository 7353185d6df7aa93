"""Rows of a list made from what Find has read: as ``reading.rows``, in a quarter of the time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import Connection

from reception.facts import EntryRow
from reception.finding import records
from reception.finding.names import Names
from reception.finding.recent import Recent, with_names
from reception.finding.records import Rows
from reception.numbers import Number
from reception.operations.reading import ACT, CATEGORY, KIND, RESULT, STANDS, STATUS, URGENCY


def rows(connection: Connection, known: Recent, groups: Iterable[Rows]) -> tuple[EntryRow, ...]:
    """The entries of such rows as ``records.whole`` reads, in their order."""
    each = list(groups)
    try:
        return tuple([_row(group, known.names) for group in each])
    except KeyError:  # something of the directory that was added without a line in the journal
        names = with_names(connection, known).names
        return tuple([_row(group, names) for group in each])


def _row(group: Rows, names: Names) -> EntryRow:
    row = group[0]
    one, version, day, kind, status, act, department_id, operator_id, matter_id, *texts = row[: records.ENTRY]
    uid, desk_id, epoch, sequence, received_at, late, party_size, category, urgency, *more = row[
        records.ENTRY : records.WHOLE
    ]
    call_result, waiting_since, seen_at, left_at, protected, callback_wanted, void_reason, *last = more
    left_estimated, referral = last
    name, organisation, phone, _digits, position = row[records.WHOLE :]
    if position != 0:
        name = organisation = phone = ""
    desk = names.desks[desk_id]
    department, department_name = ("", "") if department_id is None else names.departments[department_id]
    return EntryRow(
        id=one,
        uid=uid if len(uid) > 32 else f"{uid[:8]}-{uid[8:12]}-{uid[12:16]}-{uid[16:20]}-{uid[20:]}",
        number=str(Number(day, sequence, desk, epoch)),
        day=day,
        sequence=sequence,
        desk=desk,
        kind=KIND[kind],
        received_at=_instant(received_at),
        late=bool(late),
        name=name,
        phone=phone,
        organisation=organisation,
        party_size=party_size,
        matter="" if matter_id is None else names.matters[matter_id],
        subject=texts[0],
        request=texts[1],
        outcome=texts[2],
        category=CATEGORY[category],
        urgency=URGENCY[urgency],
        act=ACT[act],
        call_result=RESULT[call_result],
        department=department,
        department_name=department_name,
        status=STATUS[status],
        referral_status=STANDS[referral],
        operator=names.operators[operator_id],
        waiting_since=waiting_since and _instant(waiting_since),
        seen_at=seen_at and _instant(seen_at),
        left_at=left_at and _instant(left_at),
        identity_protected=bool(protected),
        callback_wanted=bool(callback_wanted),
        void_reason=void_reason,
        version=version,
        left_estimated=bool(left_estimated),
    )


def _instant(kept: str | dt.datetime) -> dt.datetime:
    """From what the driver has: a file keeps UTC without saying so, a server speaks its session's zone."""
    if isinstance(kept, str):
        return dt.datetime.fromisoformat(f"{kept}+00:00")
    return kept.astimezone(dt.UTC)
