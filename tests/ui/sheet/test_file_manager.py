"""The folder of a saved sheet, with the sheet selected: asked of a file manager on a real bus."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
BUS = """<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>"""
"""A bus that starts no file manager of this computer by itself."""
ASK = "import sys; from pathlib import Path; from ui.sheet import showing; {}"


@contextmanager
def running(*command: str, **environment: str) -> Iterator[str]:
    """A process, ended afterwards; the first line that it wrote."""
    env = {**os.environ, **environment}
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    """The address of a session's bus with nobody on it."""
    (tmp_path / "bus.conf").write_text(BUS)
    with running(
        "dbus-daemon", f"--config-file={tmp_path / 'bus.conf'}", "--nofork", "--print-address"
    ) as at:
        yield at


def selected(bus: str, path: Path) -> bool:
    """Whether the desk found somebody who selects it; a process reads the address of its bus once."""
    code = "sys.exit(not showing.selected(Path(sys.argv[1])))"
    done = subprocess.run(
        [sys.executable, "-c", ASK.format(code), str(path)],
        cwd=ROOT,
        env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": bus},
        check=False,
    )
    return done.returncode == 0


def test_the_file_manager_selects_the_sheet(bus: str, tmp_path: Path) -> None:
    path, told = tmp_path / "登记表 1#2%.pdf", tmp_path / "told"
    assert not selected(bus, path)  # nobody there: the folder itself is opened then
    with ExitStack() as stack:
        out = stack.enter_context(told.open("w"))
        manager = subprocess.Popen(
            [sys.executable, "-m", "tests.ui.sheet.file_manager"],
            cwd=ROOT,
            env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": bus},
            stdout=out,
        )
        stack.callback(manager.wait)
        stack.callback(manager.terminate)
        while "ready" not in told.read_text():
            assert manager.poll() is None
        assert selected(bus, path)
        assert told.read_text().splitlines() == ["ready", path.as_uri()]
    assert not selected("unix:path=/nobody", path)
