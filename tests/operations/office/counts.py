"""What is to be done by the account of the office's other work: counted plainly, thing by thing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from reception.facts import Counters, Kind, Todo
from tests.operations.office.account import Account
from tests.operations.office.things import Sending, Thing, at, local_day, office_time

_DAY = dt.timedelta(days=1)
_PAPERS_BY, _PARCEL_DAYS, _RECEIVE = dt.time(16, 30), 3, dt.timedelta(hours=4)
"""What a site has that has set nothing of it."""
OF_REFERRALS = (Todo.OVERDUE, Todo.DUE_TODAY, Todo.RETURNED, Todo.NOT_RECEIVED, Todo.LEADER, Todo.ANSWERED)


def reasons(account: Account, now: dt.datetime) -> dict[Todo, list[str]]:
    """What stands under each reason, by its name in the story; a referral by its entry's."""
    found: dict[Todo, list[str]] = {}
    for key, thing in account.things.items():
        if not thing.void:
            for what in _of_thing(account, key, thing, now):
                found.setdefault(what, []).append(key)
    midnight = at(local_day(now) + _DAY)
    long_ago = at(local_day(now) - _PARCEL_DAYS * _DAY)
    own = {
        Todo.EXPECTED: [
            key for key, one in account.awaited.items() if one.status == "expected" and one.at < midnight
        ],
        Todo.NOT_BACK: [key for key, one in account.lent.items() if one.status == "out" and one.at <= now],
        Todo.PARCEL: [
            key for key, one in account.parcels.items() if one.status == "here" and one.at < long_ago
        ],
    }
    found |= {what: keys for what, keys in own.items() if keys}
    return found


def _of_thing(account: Account, key: str, thing: Thing, now: dt.datetime) -> Iterator[Todo]:
    today = local_day(now)
    if thing.running is not None:
        yield from _of_referral(thing.running, now)
    if thing.kind is Kind.URGENT and not thing.over:
        yield Todo.URGENT
    if thing.kind is Kind.DOCUMENT and lies(thing) and thing.at < _papers_before(now):
        yield Todo.UNHANDLED
    if thing.kind is Kind.MEETING and not thing.over and uncalled(account, key, thing):
        yield Todo.UNCALLED
    if thing.call is not None and thing.call.owed:
        yield Todo.CALLBACK
    if thing.kind is Kind.VISIT and thing.waits and not thing.left and local_day(thing.at) == today:
        yield Todo.WAITING
    elif thing.kind is Kind.CALL_IN and not thing.over:
        yield Todo.NOTIFIED
    elif thing.kind is Kind.VISIT and not thing.acted:
        yield Todo.OPEN


def _of_referral(one: Sending, now: dt.datetime) -> Iterator[Todo]:
    if one.state == "answered":
        yield Todo.LEADER if one.looks and not one.seen else Todo.ANSWERED
        return
    if one.due <= now:
        yield Todo.OVERDUE
    elif one.due <= at(local_day(now) + _DAY):
        yield Todo.DUE_TODAY
    if one.state == "returned":
        yield Todo.RETURNED
    if one.state == "sent" and office_time(one.sent, now) >= _RECEIVE:
        yield Todo.NOT_RECEIVED


def lies(paper: Thing) -> bool:
    """Nobody has the paper, and it is not filed."""
    return not paper.over and paper.running is None and all(paper.readers.values())


def _papers_before(now: dt.datetime) -> dt.datetime:
    """Today's papers are to be under way from the hour on, earlier ones always."""
    by = at(local_day(now), _PAPERS_BY)
    return by if now >= by else at(local_day(now))


def states(account: Account, key: str) -> dict[str, str]:
    """Where each of those who are invited stands in the round that runs."""
    notice, calls = account.things[key], account.calls(key)
    found = {}
    for name in notice.invited:
        mine = [call for _key, call in calls if (call.name, call.round) == (name, len(notice.rounds))]
        knows = any(call.told for _key, call in calls if call.name == name)
        if any(call.told for call in mine):
            found[name] = "told"
        elif mine:
            found[name] = "unreached" if mine[-1].owed else "given-up"
        else:
            found[name] = "spared" if notice.rounds[-1].cancelled and not knows else "uncalled"
    return found


def uncalled(account: Account, key: str, notice: Thing) -> bool:
    """Whether somebody is still to be called for the first time in this round."""
    return "uncalled" in states(account, key).values()


def counters(account: Account, now: dt.datetime) -> Counters:
    """The four "never let" counters."""
    found = reasons(account, now)
    number = {what: len(keys) for what, keys in found.items()}
    live = [one for one in account.things.values() if not one.void]
    parts = sum(one.running is not None and one.running.state != "answered" for one in live)
    nothing = [one for one in live if one.kind in (Kind.VISIT, Kind.CALL_IN) and not one.acted]
    left = any(local_day(one.at) < local_day(now) for one in nothing)
    return Counters(
        overdue=number.get(Todo.OVERDUE, 0),
        not_received=number.get(Todo.NOT_RECEIVED, 0),
        unhandled=number.get(Todo.UNHANDLED, 0),
        waiting=number.get(Todo.WAITING, 0),
        callbacks=number.get(Todo.CALLBACK, 0) + number.get(Todo.UNCALLED, 0),
        unanswered=parts + len(nothing),
        pressing=bool(number.get(Todo.OVERDUE) or left),
    )
