"""A desk and its departments as processes of their own (jobs of ``tests.hands``)."""

from __future__ import annotations

import datetime as dt
import json
import sys
import threading
import time
import uuid
from collections.abc import Callable

NOW = dt.datetime(2026, 11, 23, 1, 42, tzinfo=dt.UTC)
_PATIENCE = 300.0
"""Seconds after which something is lost, on however slow a machine."""
_LOOK = 0.4
"""Seconds between two looks at a list that was short: the windows look every third of a second."""
_FEW = 100


class _Told:
    """Whether standard input was closed: the signal to come to an end."""

    def __init__(self) -> None:
        self._ended, self._until = threading.Event(), time.monotonic() + _PATIENCE
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        sys.stdin.read()
        self._ended.set()

    def wait(self) -> bool:
        """A moment's pause; whether it is time to end."""
        if time.monotonic() > self._until:
            raise TimeoutError("something is lost")
        return self._ended.wait(_LOOK)


def desk(place: str, _copy: int, codes: str, count: str) -> None:
    """Refer visits to the departments in turn; re-route what comes back, close what was answered.

    Now and then it notes an answer itself that came by telephone, while the department may be answering too.
    """
    from reception.desk import Desk
    from reception.errors import StateError
    from reception.facts import Kind, NewEntry, NewReferral
    from reception.operations import directory, entries, referrals, to_do

    here, told = Desk.open(place, operator="王芳", clock=lambda: NOW), _Told()
    ids = [here.ask(directory.department, code).id for code in codes.split(",")]
    other = dict(zip(ids, reversed(ids), strict=True))
    by_code = dict(zip(codes.split(","), ids, strict=True))
    done: dict[str, list[str]] = {"sent": [], "answered": [], "closed": [], "rerouted": []}

    def look(most: int) -> int:
        rows = here.ask(to_do.rows, which="returned", limit=most)
        for row in rows:
            assert row.referral_id is not None
            to = NewReferral(other[by_code[row.department]], decided_by="周主任")
            here.do(referrals.reroute, row.referral_id, to, uid=uuid.uuid4())
            done["rerouted"].append(row.number)
        for row in here.ask(to_do.rows, which="closing", limit=10):
            assert row.referral_id is not None
            here.do(referrals.close, row.referral_id, "已回复", uid=uuid.uuid4())
            done["closed"].append(row.number)
        return len(rows)

    for turn in range(int(count)):
        visit = NewEntry(Kind.VISIT, f"事由 {turn}", referral=NewReferral(ids[turn % 2]))
        number = here.do(entries.register, visit).number
        done["sent"].append(number)
        if turn % 25 == 0:
            part = here.ask(referrals.find_part, number)
            try:
                here.do(referrals.answer, part.id, "电话答复", uid=uuid.uuid4())
                done["answered"].append(part.name)
            except StateError:
                pass  # the department was first
        if turn % 100 == 99:
            look(10)
    while look(100) or {"sent", "received", "returned"} & here.ask(referrals.count).keys():
        told.wait()
    here.close()
    print(json.dumps(done), flush=True)


def inbox(place: str, _copy: int, code: str) -> None:
    """Work off a department's inbox until told to end: answer, now and then receive first or return."""
    from reception.desk import Desk
    from reception.errors import StateError
    from reception.operations import inbox as questions
    from reception.operations import referrals

    here, told = Desk.open(place, department=code, clock=lambda: NOW), _Told()
    done: dict[str, list[str]] = {"saw": [], "answered": [], "returned": []}
    turn, ends = 0, False
    while True:
        rows = here.ask(questions.rows, limit=200)
        if not rows and ends:
            break
        ends = len(rows) < _FEW and told.wait()
        for row in rows:
            assert row.referral is not None
            part = row.referral.part
            done["saw"].append(part.name)
            turn += 1
            try:
                if turn % 30 == 0:
                    here.do(referrals.give_back, part.id, "不属本科", uid=uuid.uuid4())
                    done["returned"].append(part.name)
                    continue
                if turn % 10 == 0:
                    here.do(referrals.receive, part.id, "钱工", uid=uuid.uuid4())
                here.do(referrals.answer, part.id, "已办", uid=uuid.uuid4())
                done["answered"].append(part.name)
            except StateError:
                pass  # the desk noted the answer first
    here.close()
    print(json.dumps(done), flush=True)


JOBS: dict[str, Callable[..., None]] = {"desk": desk, "inbox": inbox}
