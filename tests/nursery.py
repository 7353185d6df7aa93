"""Processes that begin with the engine loaded: one process per worker loads it, and forks itself when asked.

Loading the engine takes longer than most of what such a process is wanted for. Who is forked is a process of
its own in every way, with an environment and streams of its own, and is killed as any other. Where nothing
can be forked, each is started anew.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_CAN_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds")
_LONGEST = 1 << 16


class Child:
    """A process that was asked for; ``stdin`` and ``stdout`` are pipes."""

    def __init__(self, words: list[str], environment: Mapping[str, str]) -> None:
        command = [sys.executable, "-W", "error", "-m", "tests.nursery", *words]
        pipe = subprocess.PIPE
        self._spawned: subprocess.Popen[str] | None = None
        self._code: int | None = None
        if _CAN_FORK:
            self._fork(words, environment)
            return
        self._spawned = subprocess.Popen(
            command, cwd=ROOT, env=dict(environment), stdin=pipe, stdout=pipe, encoding="utf-8"
        )
        assert self._spawned.stdin
        assert self._spawned.stdout
        self.stdin, self.stdout, self.pid = self._spawned.stdin, self._spawned.stdout, self._spawned.pid

    def _fork(self, words: list[str], environment: Mapping[str, str]) -> None:
        their_in, to_it = os.pipe()
        from_it, their_out = os.pipe()
        request = json.dumps({"words": words, "environment": dict(environment)}).encode()
        assert len(request) < _LONGEST
        socket.send_fds(_nursery(), [request], [their_in, their_out])
        os.close(their_in)
        os.close(their_out)
        self.stdin = os.fdopen(to_it, "w", encoding="utf-8")
        self.stdout = os.fdopen(from_it, "r", encoding="utf-8")
        self.pid = int(_nursery().recv(_LONGEST))

    def kill(self) -> None:
        """End it, and whom it forked, as a power cut would."""
        if self._spawned is not None:
            self._spawned.kill()
        else:
            os.killpg(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """Let it come to its end; its exit code, less than zero for the signal that ended it."""
        if self._code is None:
            self.stdin.close()
            self.stdout.close()
            if self._spawned is not None:
                self._code = self._spawned.wait()
            else:
                _nursery().send(json.dumps({"wait": self.pid}).encode())
                self._code = os.waitstatus_to_exitcode(int(_nursery().recv(_LONGEST)))
        return self._code


_lock = threading.Lock()
_started: list[tuple[subprocess.Popen[bytes], socket.socket]] = []
"""The one that serves this process, once it is started; it ends with it."""


def _nursery() -> socket.socket:
    with _lock:
        if not _started:
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            command = [sys.executable, "-W", "error", "-m", "tests.nursery", str(theirs.fileno())]
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
            theirs.close()
            _started.append((process, ours))
            atexit.register(_close)
        return _started[0][1]


def _close() -> None:
    for process, requests in _started:
        requests.close()
        process.wait()
    _started.clear()


def child(*words: str, environment: Mapping[str, str] | None = None) -> Child:
    """Start a process for the job named first (of ``_jobs``), with the other words as its arguments."""
    return Child(list(words), os.environ if environment is None else environment)


Jobs = Mapping[str, Callable[[list[str]], int]]


def _jobs() -> Jobs:
    from tests import hands

    return {"hands": hands.main, "adding": _add}


def _add(arguments: list[str]) -> int:
    """Record visits on a register by the command line, without end; the exit code of what fails."""
    import itertools

    from reception.cli import main

    for count in itertools.count():
        visit = ["add", "visit", "--subject", f"事由 {count}", "--name", "张三"]
        if code := main(["--register", arguments[0], *visit]):
            return code
    return 0


def _serve(requests: socket.socket) -> None:
    """Fork for each request until nobody is there any more; tell how one ended to who waits for it."""
    jobs = _jobs()
    while True:
        content, streams, _flags, _address = socket.recv_fds(requests, _LONGEST, 2)
        if not content:
            return
        request = json.loads(content)
        if "wait" in request:
            requests.send(str(os.waitpid(request["wait"], 0)[1]).encode())
            continue
        process = os.fork()
        if not process:
            requests.close()
            _become(request, streams, jobs)
        os.setpgid(process, process)  # before it is told of: it may be killed at once
        for stream in streams:
            os.close(stream)
        requests.send(str(process).encode())


def _become(request: dict[str, Any], streams: list[int], jobs: Jobs) -> None:
    code = 1
    try:
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - as long as the process
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        os.environ.clear()
        os.environ.update(request["environment"])
        name, *arguments = request["words"]
        code = jobs[name](arguments)
        sys.stdout.flush()
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(code)


def main() -> int:
    """Serve on the socket that is named by its number, or do a job at once."""
    name, *arguments = sys.argv[1:]
    if not name.isdecimal():
        return _jobs()[name](arguments)
    import psycopg  # noqa: F401 - all that is loaded once, before anybody is forked
    import sqlalchemy.dialects.postgresql.psycopg
    import sqlalchemy.dialects.sqlite.pysqlite  # noqa: F401

    import reception.cli.tree
    import reception.desk
    import reception.operations.entries
    import reception.operations.referrals  # noqa: F401

    with socket.socket(fileno=int(name)) as requests:
        _serve(requests)
    return 0


if __name__ == "__main__":
    sys.exit(main())
