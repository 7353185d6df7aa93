"""The register whose referrals are measured: 300,000 of a million entries referred, 5,000 of them not closed.

It is a copy of the register that everything else is measured on. What is added goes past the journal, so
``reception check`` would not accept it; the verbs do not look there.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import func, make_url, select, text, update

from benchmarks import bench_server, register
from reception import deadlines, tables
from reception.context import Session
from reception.deadlines import WorkingDays
from reception.demo import bulk
from reception.desk import Desk
from reception.facts import Limit, LimitClock
from reception.hours import OfficeHours
from reception.operations import site, terms, working_days
from reception.tables import standing

REFERRALS = 300_000
OPEN = 5_000
LATELY = 14_000
"""Among so many of the latest entries are the open ones: a hundred days."""
_LIMITS = (
    (Limit(5, LimitClock.WORKING), 50),
    (Limit(15, LimitClock.WORKING), 20),
    (Limit(13, LimitClock.CALENDAR), 10),
    (Limit(60, LimitClock.CALENDAR), 15),
    (Limit(16, LimitClock.HOURS), 5),
)
_ENTRY, _REFERRAL, _PART, _STEP = tables.entry, tables.referral, tables.part, tables.step
Row = dict[str, Any]


def file(path: Path) -> Path:
    """The register as a file, made now if it was not before."""
    target = register.BUILD / path.name.replace("register", "referrals")
    if not target.exists():
        unfinished = register.copy(path, f"unfinished-{target.name}")
        with closing(Desk.open(str(unfinished))) as desk:
            _fill(desk)
        unfinished.rename(target)
    return target


@contextmanager
def server(path: Path) -> Iterator[str]:
    """The same on the server, as a database of its own beside the one that it is a copy of."""
    with bench_server.filled(path) as url:
        name = "bench_referrals"
        ours = make_url(url).set(database=name).render_as_string(hide_password=False)
        theirs = make_url(url).database
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
        if there is None:
            other = make_url(url).set(drivername="postgresql", database="template1")
            with psycopg.connect(other.render_as_string(hide_password=False), autocommit=True) as connection:
                connection.execute(b'DROP DATABASE IF EXISTS "unfinished"')
                connection.execute(f'CREATE DATABASE "unfinished" TEMPLATE "{theirs}"'.encode())
                unfinished = make_url(ours).set(database="unfinished")
                with closing(Desk.open(unfinished.render_as_string(hide_password=False))) as desk:
                    _fill(desk)
                connection.execute(f'ALTER DATABASE "unfinished" RENAME TO "{name}"'.encode())
            with psycopg.connect(ours.replace("+psycopg", ""), autocommit=True) as connection:
                connection.execute("VACUUM ANALYZE")
                connection.execute("CHECKPOINT")
        yield ours


def _fill(desk: Desk) -> None:
    desk.do(working_days.learn)
    print(f"{desk.do(_refer):,} referrals added")


def _refer(session: Session) -> int:
    connection, dice = session.connection(), random.Random(23)
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))
    count = connection.scalar(select(func.count()).select_from(_REFERRAL)) or 0
    # what other measurements saved all came in a minute, at desks of their own
    first_desk = connection.scalar(select(func.min(tables.desk.c.id)))
    query = (
        select(_ENTRY.c.id, _ENTRY.c.received_at, _ENTRY.c.operator_id)
        .where(
            _ENTRY.c.act.in_(("answered", "pointed")),
            _ENTRY.c.status == "finished",
            _ENTRY.c.desk_id == first_desk,
            _ENTRY.c.id.not_in(select(_REFERRAL.c.entry_id)),
        )
        .order_by(_ENTRY.c.id)
    )
    candidates = connection.execute(query).all()
    before, lately = candidates[:-LATELY], candidates[-LATELY:]
    wanted = max(0, min(REFERRALS - count - OPEN, len(before)))
    maker = _Maker(session, dice)
    closed = sorted(dice.sample(before, wanted), key=lambda row: row.id)
    running = sorted(dice.sample(lately, min(OPEN, len(lately))), key=lambda row: row.id)
    for at in range(0, len(closed), 20_000):
        maker.write([maker.closed(row) for row in closed[at : at + 20_000]])
    maker.write([maker.open(row) for row in running])
    first = maker.first
    theirs = select(_REFERRAL.c.entry_id).where(_REFERRAL.c.id >= first)
    connection.execute(update(_ENTRY).where(_ENTRY.c.id.in_(theirs)).values(act="referred"))
    runs = theirs.where(_REFERRAL.c.status != "closed")
    connection.execute(update(_ENTRY).where(_ENTRY.c.id.in_(runs)).values(status="open"))
    standing.refresh_all(connection, [row.id for row in running])
    if connection.dialect.name == "postgresql":
        for table in (_REFERRAL, _PART, _STEP):
            sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
            connection.execute(text(f"SELECT setval({sequence}, (SELECT max(id) FROM {table.name}))"))
    return len(closed) + len(running)


class _Maker:
    """Makes referrals with their parts and steps."""

    def __init__(self, session: Session, dice: random.Random) -> None:
        self._connection = session.connection()
        self._dice = dice
        self._now = session.info["present"].instant
        self._zone = session.info["present"].zone
        self._days: WorkingDays = working_days.working_days(session)
        self._office = OfficeHours.read(site.values(session))
        department = tables.department
        inside = select(department.c.id).where(department.c.outside.is_(False))
        self._departments = list(self._connection.scalars(inside))
        self._known: dict[tuple[dt.date, Limit], deadlines.Due] = {}
        self._ids = {
            table.name: (self._connection.scalar(select(func.max(table.c.id))) or 0)
            for table in (_REFERRAL, _PART, _STEP)
        }
        self.first = self._ids[_REFERRAL.name] + 1

    def write(self, made: Sequence[tuple[Row, list[Row], list[Row]]]) -> None:
        bulk.insert(self._connection, _REFERRAL, [referral for referral, _parts, _steps in made])
        bulk.insert(self._connection, _PART, [part for _referral, parts, _steps in made for part in parts])
        bulk.insert(self._connection, _STEP, [step for _referral, _parts, steps in made for step in steps])

    def closed(self, entry: Any) -> tuple[Row, list[Row], list[Row]]:
        referral = self._referral(entry, "closed")
        answered = entry.received_at + dt.timedelta(hours=self._dice.randint(2, 200))
        referral |= {"closed_at": answered + dt.timedelta(hours=1), "closing_note": "已告知本人"}
        states = ["answered", *(["answered"] if self._dice.random() < 0.15 else [])]
        return referral, self._parts(referral, states, answered), []

    def open(self, entry: Any) -> tuple[Row, list[Row], list[Row]]:
        state = self._dice.choices(("sent", "received", "returned", "answered"), weights=(25, 55, 6, 14))[0]
        referral = self._referral(entry, "completed" if state == "answered" else "open")
        if state == "answered":
            referral["leader_asked"] = True if self._dice.random() < 0.3 else None
            referral["person_asked"] = True if self._dice.random() < 0.4 else None
        elif self._dice.random() < 0.03:
            referral["paused_at"] = entry.received_at + dt.timedelta(hours=1)
        then = min(self._now, entry.received_at + dt.timedelta(hours=self._dice.randint(1, 60)))
        states = [state, *self._dice.choices(("sent", "received", "answered"), k=self._dice.random() < 0.2)]
        steps = []
        if referral["due_at"] < self._now and self._dice.random() < 0.6:
            steps.append(self._reminder(referral, self._dice.choice((-1, 1, 6))))
        return referral, self._parts(referral, states, then), steps

    def _next(self, table: str) -> int:
        self._ids[table] += 1
        return self._ids[table]

    def _referral(self, entry: Any, status: str) -> Row:
        limit = self._dice.choices([one for one, _ in _LIMITS], [share for _, share in _LIMITS])[0]
        key = (entry.received_at.astimezone(self._zone).date(), limit)
        due = self._known.get(key)
        if due is None:
            due = deadlines.due(entry.received_at, limit, self._days, self._office, self._zone)
            if limit.clock is not LimitClock.HOURS:
                self._known[key] = due
        return {
            "id": self._next(_REFERRAL.name),
            "entry_id": entry.id,
            "ordinal": 1,
            "operator_id": entry.operator_id,
            "instruction": "请核实后答复来访人，并告知本科室。",
            "status": status,
            "created_at": entry.received_at,
            "closed_at": None,
            "remind_days": 1,
            "started_at": entry.received_at,
            "due_at": due.at,
            **terms.columns(limit, due),
        }

    def _parts(self, referral: Row, states: Sequence[str], then: dt.datetime) -> list[Row]:
        departments = self._dice.sample(self._departments, len(states))
        return [
            {
                "id": self._next(_PART.name),
                "referral_id": referral["id"],
                "entry_id": referral["entry_id"],
                "department_id": department,
                "sending": 1,
                "role": "assist" if index else "lead",
                "status": state,
                "sent_at": referral["created_at"],
                "received_at": then if state in ("received", "answered") else None,
                "answered_at": then if state == "answered" else None,
                "answer": "已核实，材料齐全即可办理。" if state == "answered" else "",
                "returned_at": then if state == "returned" else None,
                "return_reason": "不属本科室职责" if state == "returned" else "",
            }
            for index, (department, state) in enumerate(zip(departments, states, strict=True))
        ]

    def _reminder(self, referral: Row, rung: int) -> Row:
        return {
            "id": self._next(_STEP.name),
            "entry_id": referral["entry_id"],
            "referral_id": referral["id"],
            "ordinal": 1,
            "kind": "reminder",
            "at": referral["due_at"],
            "operator_id": referral["operator_id"],
            "rung": rung,
            "way": "phone",
            "whom": "钱工",
        }
