"""Who is expected, what is lent at the desk, what is taken in for staff: records that are no entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from reception import journal
from reception.demo import names, scenery
from reception.demo.chain import Row
from reception.demo.front import Front
from reception.demo.hours import AFTERNOON, EVENING, MORNING
from reception.demo.stories import FINISHED, Life, leaving, minutes
from reception.facts import Act, Kind, Party, Sex
from reception.facts.office import ExpectedStatus, LoanStatus, ParcelKind, ParcelStatus
from reception.numbers import day_number
from reception.operations import cleaning

_A_DAY = 140.0
"""Entries of a day on which there are so many errands as below."""
_LEAST = 0.5
"""A quiet desk has at least this share of them."""
_VISITORS, _LOANS, _PARCELS = 1.6, 1.2, 2.6
_EARLY = 10 * 60.0
_LONG_AGO = 6
_OPENING = 500.0
_OUTCOMES = (
    *(ExpectedStatus.CAME, ExpectedStatus.CANCELLED, ExpectedStatus.ABSENT),
    *(ExpectedStatus.CAME,) * 5,
)
_KINDS = (ParcelKind.PARCEL, ParcelKind.PARCEL, ParcelKind.LETTER, ParcelKind.REGISTERED)


def of_day(front: Front, day: dt.date, entries: int) -> Iterator[Life]:
    """What an ordinary day brings, the more the busier it is."""
    share = max(entries / _A_DAY, _LEAST)
    for usual, story in ((_VISITORS, _expected), (_LOANS, _lent), (_PARCELS, _taken_in)):
        for _one in range(int(usual * share + front.dice.random())):
            yield story(front, day)


def left(front: Front, days: list[dt.date], end: float) -> Iterator[Life]:
    """What is still to be seen on the last of ``days``, which breaks off at minute ``end``."""
    today, before = days[-1], days[-2] if len(days) > 1 else None
    noted = front.hours.instant(before, EVENING - 5) if before else front.hours.instant(today, 0)
    tomorrow = today + dt.timedelta(days=1 if today.weekday() < 4 else 7 - today.weekday())
    for ahead in (-55, -4, 45, 160):
        minute = end + ahead
        if MORNING[1] <= minute < AFTERNOON[0]:  # nobody is expected at lunch
            minute = AFTERNOON[0] + (minute - MORNING[1]) / 4
        if 1 <= minute < 24 * 60:
            yield _expected(front, today, noted=noted, minute=minute, comes=False)
    yield _expected(front, tomorrow, noted=noted, minute=570, comes=False)
    if before:
        yield _lent(front, before, minute=AFTERNOON[0] + 20, until=AFTERNOON[1], back=False)
    begun = min(_OPENING + 20, max(0.0, end - 1))
    if end < AFTERNOON[1]:
        yield _lent(front, today, minute=begun, until=AFTERNOON[1], back=False)
    yield _taken_in(front, days[-min(_LONG_AGO, len(days))], minute=begun, handed=False)
    yield _taken_in(front, today, minute=begun, handed=False)


def arrive(front: Front, at: dt.datetime, *, row: Row) -> Life:
    """Somebody who was expected is here: a visit, received by whom they wanted."""
    who = cleaning.party(Party(row["name"], row["phone"], row["organisation"]), 0)
    held = front.entry(
        at,
        Kind.VISIT,
        None,
        [who],
        subject=row["subject"] or row["whom"] or row["organisation"],
        party_size=row["party_size"],
        department_id=row["department_id"],
        waiting_since=at,
        wanted=row["whom"],
        plate=row["plate"],
    )
    assert held.act is not None
    new = {"status": ExpectedStatus.CAME.value, "visit_id": held.row["id"]}
    clerk = front.clerk(at)
    front.ledger.record_changed(at, clerk, "expected", row, new, journal.further(held.act, 1))
    at += minutes(front, 2, 9)
    yield at
    front.change(at, held, "seen", {"seen_at": at})
    at += minutes(front, 0.5, 2)
    yield at
    done = {"act": Act.ANSWERED.value if row["department_id"] is None else Act.POINTED.value}
    front.change(at, held, done["act"], {**done, "status": FINISHED})
    yield from leaving(front, held, at, 0.7)


def due(front: Front, at: dt.datetime) -> Row | None:
    """Who is expected about now and comes; nobody is expected twice."""
    for row in front.awaited:
        if row["at"] <= at + dt.timedelta(seconds=_EARLY):
            front.awaited.remove(row)
            return row
    return None


def _expected(
    front: Front,
    day: dt.date,
    *,
    noted: dt.datetime | None = None,
    minute: float | None = None,
    comes: bool | None = None,
) -> Life:
    dice, word = front.dice, front.speech.word
    created = noted or _some_time(front, day)
    yield created
    ordinary = minute is None
    if ordinary:  # for one of the next days
        day += dt.timedelta(days=1 if day.weekday() < 4 else 7 - day.weekday())
        minute = dice.choice((525, 540, 570, 600, 630, 660, 885, 900, 930, 960))
    at = front.hours.instant(day, float(round(minute or 0) // 5 * 5))
    delegation = dice.random() < 0.4
    sex = dice.choice(tuple(Sex))
    department = dice.choice(front.speech.departments) if front.speech.departments else None
    values = {
        "day": day_number(day),
        "at": at,
        "until": at + dt.timedelta(minutes=dice.choice((30, 60, 90))) if dice.random() < 0.5 else None,
        "name": names.person(dice, sex),
        "organisation": word("delegations") if delegation else scenery.office(dice),
        "phone": scenery.mobile(dice),
        "party_size": dice.randint(3, 8) if delegation else dice.choice((1, 1, 2)),
        "plate": scenery.plate(dice) if delegation and dice.random() < 0.6 else "",
        "room": word("rooms") if delegation else department.room if department else "",
        "department_id": department.id if department and not delegation else None,
        "whom": word("leaders") if delegation or department is None else front.officer(department.id),
        "subject": word("visiting"),
        "note": "",
        "calendar_uid": "",
        "status": ExpectedStatus.EXPECTED.value,
        "visit_id": None,
        "created_at": created,
    }
    row = front.ledger.record(created, front.clerk(created), "expected", values)
    if comes is False:
        return
    status, at = _what_comes_of_it(front, row, day)
    if status is ExpectedStatus.CAME:
        front.awaited.append(row)
        front.awaited.sort(key=lambda one: one["at"])
    yield at
    if status is ExpectedStatus.CAME:
        if row not in front.awaited:
            return
        front.awaited.remove(row)
        status = ExpectedStatus.ABSENT
    words = word("called_off" if status is ExpectedStatus.CANCELLED else "not_come")
    ended = {"status": status.value, "note": words}
    front.ledger.record_changed(at, front.clerk(at), "expected", row, ended)


def _what_comes_of_it(front: Front, row: Row, day: dt.date) -> tuple[ExpectedStatus, dt.datetime]:
    """Whether they come, and when the desk knows that they do not."""
    times = front.times["expected"] = front.times.get("expected", 0) + 1
    status = _OUTCOMES[(times - 1) % len(_OUTCOMES)]
    if status is ExpectedStatus.CANCELLED:
        return status, row["at"] - minutes(front, 30, 90)
    return status, front.hours.instant(day, EVENING - 70)


def _lent(
    front: Front,
    day: dt.date,
    *,
    minute: float | None = None,
    until: float | None = None,
    back: bool = True,
) -> Life:
    dice = front.dice
    at = front.hours.instant(day, minute) if minute is not None else _some_time(front, day)
    yield at
    department = dice.choice(front.speech.departments) if front.speech.departments else None
    inside = department is not None and dice.random() < 0.6
    person = front.crowd.somebody()
    back_by = front.hours.instant(day, until if until is not None else AFTERNOON[1])
    values = {
        "thing": front.speech.word("things"),
        "pieces": dice.choice((1, 1, 1, 2)),
        "whom": front.officer(department.id) if inside and department else person.name,
        "phone": (department.phone if department else "") if inside else person.all["phone"],
        "department_id": department.id if inside and department else None,
        "entry_id": None,
        "lent_at": at,
        "back_by": back_by if until is not None or (dice.random() < 0.8 and at < back_by) else None,
        "returned_at": None,
        "note": "",
        "status": LoanStatus.OUT.value,
    }
    row = front.ledger.record(at, front.clerk(at), "loan", values)
    if not back:
        return
    at = front.hours.after(at, dice.uniform(0.3, 6))
    yield at
    new = {"status": LoanStatus.BACK.value, "returned_at": at}
    front.ledger.record_changed(at, front.clerk(at), "loan", row, new)


def _taken_in(front: Front, day: dt.date, *, minute: float | None = None, handed: bool = True) -> Life:
    dice = front.dice
    at = front.hours.instant(day, minute) if minute is not None else _some_time(front, day)
    yield at
    department = dice.choice(front.speech.departments) if front.speech.departments else None
    kind = dice.choice(_KINDS)
    values = {
        "kind": kind.value,
        "sender": front.speech.word("senders"),
        "tracking": f"{dice.randrange(10**8):08d}" if kind is not ParcelKind.LETTER else "",
        "whom": front.officer(department.id if department else 0),
        "department_id": department.id if department else None,
        "pieces": dice.choice((1, 1, 1, 2)),
        "received_at": at,
        "handed_at": None,
        "handed_to": "",
        "note": "",
        "status": ParcelStatus.HERE.value,
    }
    row = front.ledger.record(at, front.clerk(at), "parcel", values)
    if not handed:
        return
    if dice.random() < 0.06:
        at = front.hours.after(at, 14)
        yield at
        new: Row = {"status": ParcelStatus.SENT_BACK.value, "handed_at": at, "note": "查无此人"}
    else:
        at = front.hours.after(at, dice.uniform(0.1, 9))
        yield at
        to = row["whom"] if dice.random() < 0.7 else front.officer(row["department_id"] or 0)
        new = {"status": ParcelStatus.HANDED.value, "handed_at": at, "handed_to": to}
    front.ledger.record_changed(at, front.clerk(at), "parcel", row, new)


def _some_time(front: Front, day: dt.date) -> dt.datetime:
    within = MORNING if front.dice.random() < 0.6 else AFTERNOON
    return front.hours.instant(day, front.dice.uniform(*within))
