"""The newcomer's commands: what dev.py says and what it has the system install."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import dev


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with no programs but those that a test puts there; the file notes how they were called."""
    (tmp_path / "bin").mkdir()
    for name in ("env", "sh"):
        found = next(Path(folder, name) for folder in ("/usr/bin", "/bin") if Path(folder, name).exists())
        (tmp_path / "bin" / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(dev, "QT_LIBRARIES", {"libc.so.6": "libc6", "libnowhere.so.9": "libnowhere9"})
    return tmp_path / "calls"


def put(calls: Path, name: str, script: str = "") -> None:
    """Put a program there that notes how it was called, then does what ``script`` says."""
    path = calls.parent / "bin" / name
    path.write_text(f'#!/bin/sh\necho "{name} $*" >> "{calls}"\n{script}\n', "utf-8")
    path.chmod(0o755)


def test_verbs_are_listed_when_none_is_given() -> None:
    done = subprocess.run(
        [sys.executable, dev.__file__], capture_output=True, encoding="utf-8", check=False, timeout=60
    )
    assert done.returncode == 0
    verbs = [line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")]
    assert verbs == ["run", "test", "check", "bench", "screenshots", "translate", "lock"]


def test_unknown_verb_is_named_and_exits_2() -> None:
    command = [sys.executable, dev.__file__, "tset"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=60)
    assert done.returncode == 2
    assert "tset" in done.stderr
    assert not done.stdout


def test_root_has_only_what_is_missing_installed(calls: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(calls, "apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    assert dev.missing_system_packages(window=False) == ["libnowhere9"]
    dev.install_system_packages(["libnowhere9"])

    assert calls.read_text() == "apt-get install --yes --no-install-recommends libnowhere9\n"


def test_stale_package_lists_are_renewed_once(calls: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(calls, "apt-get", f'[ "$1" = update ] || grep -q update "{calls}"')
    (calls.parent / "bin" / "grep").symlink_to("/bin/grep")
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    dev.install_system_packages(["libnowhere9"])

    assert [line.split()[1] for line in calls.read_text().splitlines()] == ["install", "update", "install"]


def test_sudo_that_asks_nothing_is_used(calls: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(calls, "apt-get")
    put(calls, "sudo", 'shift; exec "$@"')
    (calls.parent / "bin" / "true").symlink_to("/bin/true")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    dev.install_system_packages(["libnowhere9"])

    assert calls.read_text().endswith("apt-get install --yes --no-install-recommends libnowhere9\n")


def test_user_without_rights_is_told_the_one_command(calls: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(calls, "apt-get")
    put(calls, "sudo", "exit 1")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(dev.Trouble) as trouble:
        dev.install_system_packages(["python3-venv", "libnowhere9"])

    assert str(trouble.value).endswith("\n  sudo apt-get install python3-venv libnowhere9")
    assert "apt-get" not in calls.read_text().replace("sudo -n true", "")


def test_linux_without_apt_is_told_the_libraries(calls: Path) -> None:
    missing = dev.missing_system_packages(window=False)
    assert missing == ["libnowhere.so.9"]
    with pytest.raises(dev.Trouble, match=r"libnowhere\.so\.9"):
        dev.install_system_packages(missing)


def test_other_systems_need_no_packages(calls: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert dev.missing_system_packages(window=True) == []


def test_environment_is_made_once_and_anew_only_when_something_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    constraints = tmp_path / "constraints.txt"
    constraints.write_text("click==8\n", "utf-8")
    monkeypatch.setattr(dev, "CONSTRAINTS", constraints)
    monkeypatch.setattr(dev, "VENV", tmp_path / "environment")
    monkeypatch.setattr(dev, "STAMP", tmp_path / "environment" / "installed")
    (tmp_path / "environment").mkdir()  # what an interrupted start leaves behind
    assert not dev.environment_works()

    dev.make_environment()

    assert dev.environment_works()
    assert not dev.stamped("run")
    dev.STAMP.write_text(f"full {dev.digest()}", "utf-8")
    assert dev.stamped("full")
    assert dev.stamped("run")
    dev.STAMP.write_text(f"run {dev.digest()}", "utf-8")
    assert not dev.stamped("full")
    constraints.write_text("click==9\n", "utf-8")
    assert not dev.stamped("run")


def test_what_the_tests_ask_besides_is_installed_where_it_is_missing(
    calls: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(calls, "apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    dev.provide_readers()
    put(calls, "pdftotext")
    dev.provide_readers()
    put(calls, "dbus-daemon")
    dev.provide_readers()

    told = "apt-get install --yes --no-install-recommends"
    assert calls.read_text().splitlines() == [f"{told} dbus poppler-utils", f"{told} dbus"]
