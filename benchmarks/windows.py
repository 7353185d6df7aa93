"""Starting windows as processes of their own and asking what they needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0


@contextmanager
def started(command: list[str]) -> Iterator[tuple[dict[str, float], psutil.Process]]:
    """A window and what it wrote of its start, in ms since the process was started; ended afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench-window-") as folder:
        trace = Path(folder) / "trace.json"
        begin = time.time()
        process = subprocess.Popen(
            [one.replace("TRACE", str(trace)) for one in command],
            cwd=ROOT,
            env=_environment(Path(folder), trace),
            stderr=subprocess.DEVNULL,  # the offscreen platform says there what it cannot do
        )
        try:
            marks = _read(trace, process)
            since = {
                name: value if name == "longest_gap" else 1000 * (value - begin)
                for name, value in marks.items()
            }
            yield since, psutil.Process(process.pid)
        finally:
            process.kill()
            process.wait()


def worked_at(path: Path, job: str, count: int) -> dict[str, list[float]]:
    """What a desk's window measured of itself while it was worked at (see ``busy_window``)."""
    with tempfile.TemporaryDirectory(prefix="bench-window-") as folder:
        out = Path(folder) / "found.json"
        subprocess.run(
            [sys.executable, "-m", "benchmarks.busy_window", str(path), job, str(count), str(out)],
            cwd=ROOT,
            env=_environment(Path(folder), Path(folder) / "trace.json"),
            stderr=subprocess.DEVNULL,
            check=True,
        )
        found: dict[str, list[float]] = json.loads(out.read_text(encoding="utf-8"))
        return found


@contextmanager
def inbox(place: str, code: str, count: int) -> Iterator[subprocess.Popen[str]]:
    """A department's window that tells of so many arrivals (see ``inbox_window``); ended afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench-window-") as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.inbox_window", place, code, str(count)],
            cwd=ROOT,
            env=_environment(Path(folder), Path(folder) / "trace.json"),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()


def desk(path: Path) -> list[str]:
    """The command of the desk's window."""
    return [sys.executable, "-m", "ui", "--register", str(path), "--language", "zh_CN"]


def bare() -> list[str]:
    """The command of the bare window."""
    return [sys.executable, str(ROOT / "benchmarks" / "bare_window.py"), "TRACE"]


def _environment(folder: Path, trace: Path) -> dict[str, str]:
    """No screen, nobody's settings, and compiled files as in any installation."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    folders = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CONFIG", "DATA", "STATE")}
    return {
        **kept,
        **folders,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "RECEPTION_TRACE_START": str(trace),
    }


def _read(trace: Path, process: subprocess.Popen[bytes]) -> dict[str, float]:
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        if process.poll() is not None:
            raise RuntimeError(f"the window ended by itself with {process.returncode}")
        try:
            found: dict[str, float] = json.loads(trace.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            time.sleep(0.01)
        else:
            return found
    raise RuntimeError("the window did not tell of its start in time")
