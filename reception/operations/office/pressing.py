"""When something of the office presses: the conditions of lists and counters, apart from the verbs.

They are loaded with the first list that is shown, and the verbs with the first that is done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from reception import tables
from reception.facts import EntryStatus, ReferralStatus
from reception.facts.office import LoanStatus, ParcelStatus, Stands
from reception.operations import owing

_E, _C = tables.entry, tables.callback
_W, _S, _R = tables.document, tables.circulation, tables.referral
_M, _I, _V = tables.meeting, tables.invitee, tables.invitation
_L, _P = tables.loan, tables.parcel
_STANDING = Stands.STANDING.value
_RUNNING = (ReferralStatus.OPEN.value, ReferralStatus.COMPLETED.value)

# Papers received.


def until(values: Mapping[str, str], moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """What came before this instant has to be under way: today's from the site's hour on, earlier always.

    ``values`` are the settings: ``papers_by`` is the hour (``16:30``); "" leaves a paper until the next day.
    What comes after the hour has time until the next day too.
    """
    local = moment.astimezone(zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    hour = values["papers_by"]
    if not hour:
        return midnight.astimezone(dt.UTC)
    by = dt.datetime.combine(local.date(), dt.time.fromisoformat(hour), zone)
    return (by if local >= by else midnight).astimezone(dt.UTC)


def unhandled(before: dt.datetime | ColumnElement[Any]) -> tuple[ColumnElement[bool], ...]:
    """Of ``document`` joined with ``entry``: papers that came before and wait for nobody, nor are they filed.

    By ``ix_document_filed_at``: the papers that are not filed are few among those of many years.
    """
    return (*not_filed(), *without_step(), _E.c.received_at < before)


def not_filed() -> tuple[ColumnElement[bool], ...]:
    """Of ``document`` joined with ``entry``: papers about which something is still to be done."""
    return _W.c.filed_at.is_(None), _W.c.status == _STANDING, _E.c.status == EntryStatus.OPEN.value


def without_step() -> tuple[ColumnElement[bool], ...]:
    """No department has it, and nobody is to sign it."""
    return (
        ~exists().where(_R.c.entry_id == _W.c.entry_id, _R.c.status.in_(_RUNNING)),
        ~exists().where(_S.c.entry_id == _W.c.entry_id, _S.c.status == _STANDING, _S.c.signed_at.is_(None)),
    )


# Parcels, things lent.


def since(values: Mapping[str, str], moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """What came before this instant has lain here longer than the site's days (setting ``parcel_days``)."""
    days = dt.timedelta(days=int(values["parcel_days"]))
    midnight = moment.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return (midnight - days).astimezone(dt.UTC)


def lying(before: dt.datetime | ColumnElement[Any]) -> tuple[ColumnElement[bool], ...]:
    """Of ``parcel``: what has lain here since before that instant; by ``ix_parcel_status``."""
    return _P.c.status == ParcelStatus.HERE.value, _P.c.received_at < before


def not_back(moment: dt.datetime | ColumnElement[Any]) -> tuple[ColumnElement[bool], ...]:
    """Of ``loan``: what should have been back by an instant; by ``ix_loan_status``."""
    return _L.c.status == LoanStatus.OUT.value, _L.c.back_by <= moment


# Meeting notices.

_VOID = EntryStatus.VOID.value
_LATER = _M.alias("later")
LATEST = ~exists().where(
    _LATER.c.entry_id == _M.c.entry_id,
    _LATER.c.status == _STANDING,
    _LATER.c.ordinal > _M.c.ordinal,
)


def _calls(*conditions: ColumnElement[bool]) -> Select[Any]:
    """The calls to an invitee that stand."""
    called = _E.alias("called")
    return (
        select(_V.c.id)
        .join(called, called.c.id == _V.c.call_id)
        .where(
            _V.c.entry_id == _I.c.entry_id,
            _V.c.invitee == _I.c.ordinal,
            _V.c.status == _STANDING,
            called.c.status != _VOID,
            *conditions,
        )
        .correlate(_I, _M)
    )


_OF_ROUND = _V.c.round == _M.c.ordinal
TOLD = _calls(_OF_ROUND, _V.c.told_at.is_not(None)).exists()
OWED_CALL = _calls(
    _OF_ROUND, exists().where(_C.c.entry_id == _V.c.call_id, _C.c.status == owing.OWED).correlate(_V)
).exists()
_UNCALLED = and_(
    ~_calls(_OF_ROUND).exists(), or_(~_M.c.cancelled, _calls(_V.c.told_at.is_not(None)).exists())
)
FRESH = func.coalesce(_I.c.replied_at >= _M.c.at, False)


def count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many of the invitees of a meeting are so."""
    return (
        select(func.count())
        .select_from(_I)
        .where(_I.c.entry_id == _M.c.entry_id, _I.c.status == _STANDING, condition)
        .correlate(_M)
        .scalar_subquery()
    )


def notified() -> Select[Any]:
    """The meetings of which somebody notified us, until that is answered.

    Columns: ``entry_id``; ``press``, by when a reply is wanted, else the meeting; ``laid``, before whom.
    """
    press = func.coalesce(_M.c.reply_by, _M.c.meets_at)
    return (
        select(_M.c.entry_id, press.label("press"), _M.c.laid_before.label("laid"))
        .join(_E, _E.c.id == _M.c.entry_id)
        .where(*_TO_US, _E.c.status != _VOID)
    )


_TO_US = (_M.c.ended_at.is_(None), _M.c.status == _STANDING, _M.c.received)
NOTIFIED = exists().where(_M.c.entry_id == _E.c.id, *_TO_US)
"""Of ``entry``: a call by which somebody notified us of a meeting that is not answered yet."""


def uncalled() -> Select[Any]:
    """The notices under way of which somebody invited was not called yet in the latest round.

    Columns: ``entry_id``; ``press``, by when they are to be reached (None where nothing is known);
    ``people``, how many they are. Whoever was called and not reached is a call-back, and none of them.
    """
    people = count(_UNCALLED)
    return (
        select(
            _M.c.entry_id, func.coalesce(_M.c.reply_by, _M.c.meets_at).label("press"), people.label("people")
        )
        .join(_E, _E.c.id == _M.c.entry_id)
        .where(
            *(_M.c.ended_at.is_(None), _M.c.status == _STANDING, LATEST, _E.c.status != _VOID),
            ~_M.c.received,
            exists().where(_I.c.entry_id == _M.c.entry_id, _I.c.status == _STANDING, _UNCALLED).correlate(_M),
        )
    )
