"""Other processes that work on a register (a job of ``tests.nursery``: ``PLACE COPIES JOB ARGUMENT…``).

The process forks itself as often as it is asked to; the copies begin at once. Each tells a line for each
thing done, after it is done.
"""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from tests import inbox_hands, nursery

NOW = dt.datetime(2026, 11, 23, 1, 42, tzinfo=dt.UTC)
COPY = "RECEPTION_TEST_COPY"


class Hands:
    """Some processes at work; leaving the block waits for them."""

    def __init__(self, place: str, job: str, *arguments: object, copies: int = 1) -> None:
        self._process = nursery.child("hands", place, str(copies), job, *map(str, arguments))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self.kill()
        self.finish()
        self._process.stdout.read()
        assert self._process.wait() in (0, -9) or error is not None

    def line(self) -> str:
        """The next line told."""
        return self._process.stdout.readline().strip()

    def lines(self) -> list[str]:
        """Whatever else is told until the end; no half line of somebody who was killed."""
        return [line.strip() for line in self._process.stdout.read().splitlines(True) if line.endswith("\n")]

    def finish(self) -> None:
        """Let those go who wait to be told."""
        self._process.stdin.close()

    def kill(self) -> None:
        """End them all as a power cut would."""
        self._process.kill()


def _tell(line: object) -> None:
    os.write(1, f"{line}\n".encode())  # one write, so that the lines of several processes do not mix


def _register(place: str, copy: int, desks: str, count: str) -> None:
    """Register entries at one of the desks, in turn of the copies."""
    from reception.desk import Desk
    from reception.facts import Kind, NewEntry, Party
    from reception.operations import entries

    codes = desks.split(",")
    desk = Desk.open(place, desk=codes[copy % len(codes)], operator=f"经办{copy}", clock=lambda: NOW)
    for turn in range(int(count)):
        new = NewEntry(Kind.VISIT, f"事由 {copy}/{turn}", parties=(Party(f"张{copy}", "13800000000"),))
        _tell(desk.do(entries.register, new).number)
    desk.close()


def _return(place: str, copy: int, count: str) -> None:
    """Save the same three people again and again, in another order each time."""
    from reception.desk import Desk
    from reception.facts import Kind, NewEntry, Party
    from reception.operations import entries

    several = [
        Party("张建国", "13800138000"),
        Party("李明", "13800138000、0512-88881234"),
        Party("", "13800138000"),
    ]
    desk = Desk.open(place, desk=f"D{copy}", operator="经办", clock=lambda: NOW)
    for turn in range(int(count)):
        parties = several[(copy + turn) % 3 :] + several[: (copy + turn) % 3]
        _tell(desk.do(entries.register, NewEntry(Kind.VISIT, "事由", parties=tuple(parties))).number)
    desk.close()


def _office(place: str, _copy: int, count: str) -> None:
    """Papers with a referral, jobs that come of what a leader wrote on them, visitors who were expected."""
    from reception.desk import Desk
    from reception.facts import NewReferral
    from reception.operations import directory
    from reception.operations.office import documents, expected, instructions

    desk = Desk.open(place, operator="经办", clock=lambda: NOW)
    to = desk.ask(directory.department, "JC").id
    for turn in range(int(count)):
        told: dict[str, Any] = {"subject": f"关于第{turn}项的通知", "sender": "省厅", "readers": "李局长"}
        paper = desk.do(documents.register, **told, referral=NewReferral(to), uid=uuid.uuid4())
        _tell(paper.number)
        wrote: dict[str, Any] = {"leader": "李局长", "words": "请核实", "entry_id": paper.entry_id}
        _tell(desk.do(instructions.write, **wrote, department_id=to, uid=uuid.uuid4()).number)
        guest = desk.do(expected.note, at=NOW, name="钱经理", subject="座谈", uid=uuid.uuid4())
        _tell(desk.do(expected.arrive, guest.id, uid=uuid.uuid4()).number)
    desk.close()


def _one_act(place: str, _copy: int, what: str, uid: str, entry: str) -> None:
    """Do one act, the same in every copy."""
    from reception.desk import Desk
    from reception.facts import Act, Kind, NewEntry
    from reception.operations import entries

    act = uuid.UUID(uid)
    desk = Desk.open(place, clock=lambda: NOW)
    if what == "register":
        receipt = desk.do(entries.register, NewEntry(Kind.VISIT, "社保卡", uid=act))
    elif what == "void":
        receipt = desk.do(entries.void, int(entry), "误登", uid=act)
    else:
        receipt = desk.do(entries.act, int(entry), Act.ANSWERED, uid=act)
    _tell(f"{receipt.number} {receipt.entry_id}")
    desk.close()


def _hold(place: str, _copy: int) -> None:
    """Have the register open until told to let go."""
    from reception.desk import Desk
    from reception.operations import site

    desk = Desk.open(place, clock=lambda: NOW)
    desk.ask(site.today)
    _tell("open")
    sys.stdin.read()
    desk.close()


def _lock(place: str, _copy: int, statements: str) -> None:
    """Keep an SQLite file locked until told to let go."""
    connection = sqlite3.connect(place, isolation_level=None)
    for statement in statements.split(";"):
        connection.execute(statement).fetchall()
    _tell("locked")
    sys.stdin.read()
    connection.close()


def _found(place: str, _copy: int) -> None:
    """Make a register."""
    from reception import founding
    from reception.errors import DeskError

    try:
        founding.create(place, template="office")
    except DeskError as error:
        _tell(type(error).__name__)
    else:
        _tell("made")


def _fill(place: str, _copy: int, span: str) -> None:
    """Fill the index of Find in small blocks and small steps, telling each."""
    from reception.desk import Desk
    from reception.finding import indexing
    from reception.store.filling import Filling, Pace

    desk = Desk.open(place, clock=lambda: NOW)
    filling = Filling(desk, (indexing.Filler(int(span), tail=5, changed=3),), Pace(20, 0.0), claim=1)
    while filling.progress()[0] < filling.progress()[1]:
        _tell(filling.step())
    filling.close()
    desk.close()


JOBS: dict[str, Callable[..., None]] = {
    "register": _register,
    "return": _return,
    "office": _office,
    "one-act": _one_act,
    "hold": _hold,
    "lock": _lock,
    "found": _found,
    "fill": _fill,
    **inbox_hands.JOBS,
}


def main(arguments: list[str]) -> int:
    """Do the job named, in as many processes as asked for."""
    place, copies, job, *arguments = arguments
    if int(copies) == 1:
        JOBS[job](place, int(os.environ.get(COPY, "0")), *arguments)
        return 0
    if not hasattr(os, "fork"):  # Windows
        words = [sys.executable, "-m", "tests.nursery", "hands", place, "1", job, *arguments]
        spawned = [
            subprocess.Popen(words, env={**os.environ, COPY: str(copy)}) for copy in range(int(copies))
        ]
        return max(one.wait() for one in spawned)
    start, go = os.pipe()
    children = [
        child for copy in range(int(copies)) if (child := _fork(place, copy, start, go, job, arguments))
    ]
    os.close(go)
    return max(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)


def _fork(place: str, copy: int, start: int, go: int, job: str, arguments: list[str]) -> int:
    child = os.fork()
    if child:
        return child
    os.close(go)
    os.read(start, 1)  # until the last copy is there too
    code = 1
    try:
        JOBS[job](place, copy, *arguments)
        code = 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(code)
