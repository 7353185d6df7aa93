"""Filling a register with what made-up people bring to a made-up desk."""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator
from random import Random

from sqlalchemy import event, select

from reception import founding, tables, templates
from reception.context import Clock, Session, present, system_clock
from reception.deadlines import Due
from reception.demo import bulk, deck, errands, following, names, returning
from reception.demo.chain import Clerk, Row
from reception.demo.front import Front
from reception.demo.hours import EVENING, Hours, Plan, spans
from reception.demo.ledger import Ledger
from reception.demo.people import Crowd
from reception.demo.speech import Speech, site_lists
from reception.demo.stories import Life, Story
from reception.desk import Desk
from reception.errors import InputError, RegisterMissingError
from reception.facts import Limit, LimitClock, Sex
from reception.operations import directory, site, terms
from reception.operations.office import urgent

Progress = Callable[[int, int], None]
BATCH = 6_000
"""Entries a transaction; it bounds the memory."""
MOST = 100_000_000
_CLERKS = 4
_CLOSED = 5
"""So many of the last days are closed in the evening; before, as in registers of old, nobody did that."""
_CACHE_KIB = 160_000


def fill(
    place: str,
    *,
    days: int,
    per_day: int,
    seed: int = 1,
    until: dt.date | None = None,
    template: str = "hrss",
    progress: Progress | None = None,
    clock: Clock = system_clock,
) -> int:
    """Fill a register without entries with ``days * per_day`` made-up ones; make it if there is none.

    Every batch is one transaction, so that what an interruption leaves is a whole register, only smaller.

    Args:
        place: a file or a ``postgresql://`` URL.
        days: working days, the last of which is ``until`` and is not over yet.
        per_day: entries on a day, on the average.
        seed: the same seed, ``until`` and clock make the same entries.
        until: the last day; today by the site's zone if not given.
        template: what a new register starts with.
        progress: is told (done, all).
        clock: what time it is, in UTC.

    Returns:
        How many entries were made.

    Raises:
        InputError: the register holds entries, or the numbers make no sense; SurroundingsError kinds.
    """
    for field, number in (("days", days), ("per_day", per_day)):
        if not 1 <= number <= MOST // max(days, 1):
            raise InputError("A whole number from {low} to {high}.", field=field, low=1, high=MOST)
    dice = Random(seed)
    desk = _existing(place, clock)
    zone = desk.zone if desk else site.zone_of(templates.load(template, "zh_CN").zone or site.computer_zone())
    plan = Plan.make(dice, zone, days, days * per_day, until, clock())
    clerks = [names.person(dice, dice.choice(tuple(Sex))) for _ in range(_CLERKS)]
    if desk is None:
        founding.create(
            place, template=template, operator=clerks[0], zone=str(zone), clock=lambda: plan.opening
        )
        desk = Desk.open(place, clock=lambda: plan.opening)
    try:
        _fill(desk, plan, dice, seed, clerks, progress or (lambda _done, _all: None))
    finally:
        desk.close()
    return days * per_day


def _existing(place: str, clock: Clock) -> Desk | None:
    """The register that is there, if it holds no entries; None where there is none. Raises InputError."""
    try:
        desk = Desk.open(place, clock=clock)
    except RegisterMissingError:
        return None
    if desk.ask(_any_entry):
        desk.close()
        raise InputError(
            "There are entries in {place} already; it was left as it is.",
            field="place",
            place=desk.place.shown,
        )
    return desk


def _any_entry(session: Session) -> bool:
    return session.connection().scalar(select(tables.entry.c.id).limit(1)) is not None


def _fill(desk: Desk, plan: Plan, dice: Random, seed: int, clerks: list[str], progress: Progress) -> None:
    if not desk.place.is_server:  # connections made from now on
        event.listen(desk.engine, "connect", _make_room)
        desk.engine.dispose()
    for name in clerks:
        desk.do(directory.save_operator, name, uid=uuid.UUID(int=dice.getrandbits(128), version=4))
    first = plan.days[-min(_CLOSED, len(plan.days))]
    settings = {"estimates_from": f"{first:%Y%m%d}"}
    kept = desk.ask(site.values)
    settings |= {name: lines for name, lines in site_lists().items() if not kept[name]}
    desk.do(site.save, settings, uid=uuid.UUID(int=dice.getrandbits(128), version=4))
    desk_id, ledger, people = desk.do(_begin, dice, clerks)
    speech = Speech(dice, desk.ask(directory.catalogue))
    hours = Hours(dice, plan.zone, plan.days)
    front = Front(dice, ledger, speech, Crowd(dice, seed), hours, people)
    front.closes_from, front.to_call = first, desk.ask(urgent.to_call)
    done, total = 0, sum(plan.counts)
    for count in _told(front, plan):
        done += count
        if len(ledger.batch.new["entry"]) >= BATCH:
            desk.do(bulk.write, ledger.take(), desk_id)
        progress(done, total)
    desk.do(bulk.write, ledger.take(), desk_id)
    desk.do(bulk.finish)
    desk.clock = lambda: plan.now
    returning.know(desk, dice)
    following.follow(desk, dice)


def _make_room(connection: sqlite3.Connection, _record: object) -> None:
    """Uids fall all over their indexes: keep those in memory, and reach the disk once a batch.

    What a power cut takes then is the last batches, never the register.
    """
    connection.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
    connection.execute("PRAGMA synchronous=NORMAL")


def _begin(session: Session, dice: Random, clerks: list[str]) -> tuple[int, Ledger, list[Clerk]]:
    here, connection = present(session), session.connection()
    desk, operator = tables.desk, tables.operator
    head = connection.execute(
        select(desk.c.head_sequence, desk.c.head_hash).where(desk.c.id == here.desk_id)
    ).one()
    known = select(operator.c.id, operator.c.name).where(operator.c.name.in_(clerks)).order_by(operator.c.id)
    people = [Clerk(row.id, row.name) for row in connection.execute(known)]
    chain = head.head_sequence, head.head_hash
    ledger = Ledger(dice, (here.desk_id, here.desk_code), chain, bulk.last_ids(session), _terms(session))
    return here.desk_id, ledger, people


def _terms(session: Session) -> Callable[[dt.datetime, Row], Row]:
    """By when what is sent on is to be done, by the site's limits and calendar, read once."""
    rules, calendar, zone = terms.rules(session), terms.Calendar(session), present(session).zone
    known: dict[tuple[dt.date, Limit], Due] = {}

    def of(at: dt.datetime, about: Row) -> Row:
        rule = terms.fitting(rules, about)
        if rule is None:
            return {}
        limit = Limit(rule.amount, rule.clock)
        key = at.astimezone(zone).date(), limit
        if limit.clock is LimitClock.HOURS or key not in known:
            known[key] = calendar.due(at, limit)
        columns = terms.columns(limit, known[key])
        return {**columns, "remind_days": rule.remind_days, "started_at": at}

    return of


def _told(front: Front, plan: Plan) -> Iterator[int]:
    """Tell all stories up to the instant at which the last day breaks off; yields how many entries came."""
    coming: list[tuple[dt.datetime, int, Life]] = []
    steps = 0

    def go_on(life: Life) -> None:
        nonlocal steps
        if (at := next(life, None)) is not None:
            steps += 1
            heapq.heappush(coming, (at, steps, life))

    def catch_up(at: dt.datetime) -> None:
        while coming and coming[0][0] <= at:
            go_on(heapq.heappop(coming)[2])

    usual = deck.deal(front.dice)
    for life in errands.left(front, plan.days, plan.end):
        go_on(life)
    for day, count in zip(plan.days, plan.counts, strict=True):
        last = day == plan.days[-1]
        front.begin(day)
        for life in errands.of_day(front, day, count):
            go_on(life)
        stories: Iterable[Story | None] = itertools.repeat(None, count)
        if last:
            stories = deck.last_day(front.dice, count)
        elif day == plan.days[-2]:
            stories = deck.day_before(front.dice, count)
        within = spans(plan.end if last else None)
        times = front.hours.spread(day, count, within)
        if last and times:  # somebody came just now
            just_now = within[-1][1] - front.dice.uniform(0.5, 6)
            times[-1] = max(times[-1], front.hours.instant(day, just_now))
        for at, story in zip(times, stories, strict=True):
            catch_up(at)
            go_on((story or deck.turn(front, at) or next(usual))(front, at))
        if not last:
            catch_up(front.hours.instant(day, EVENING))
            front.close_day(day)
        yield count
    catch_up(plan.now)
