"""The wheel holds all that the program reads, and what is installed from it runs from any folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("reception", "ui", "resources")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this tree by the tools that are installed, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    output(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that has the wheel and what it depends on, but not this tree."""
    folder = tmp_path_factory.mktemp("installed")
    environment = folder / "environment"
    venv.create(environment, symlinks=os.name != "nt")
    # A .pth file lends the packages of a folder, but not what .pth files there lend: this tree, in place.
    site = next(environment.rglob("site-packages"))
    (site / "lent.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--python",
        str(program(environment, "python")),
    ]
    output(*pip, "install", "--no-deps", "--no-index", "--ignore-installed", str(wheel), cwd=folder)
    return environment


def program(environment: Path, name: str) -> Path:
    return environment / "Scripts" / f"{name}.exe" if os.name == "nt" else environment / "bin" / name


def output(*command: str, cwd: Path) -> str:
    """What a command prints when it succeeds; its errors in the test's report when it fails."""
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command, cwd=cwd, env=surroundings, capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_wheel_holds_every_file_of_its_packages_and_nothing_else(wheel: Path) -> None:
    there = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert packed == there
    for name in (
        "reception/py.typed",
        "ui/py.typed",
        "resources/fonts/NotoSansSC-Regular.ttf",
        "resources/locale/zh_CN/LC_MESSAGES/messages.mo",
        "reception/store/migrations/env.py",
    ):
        assert name in packed


def test_installed_desk_keeps_a_day_and_prints_it_from_another_folder(
    installed: Path, tmp_path: Path
) -> None:
    desk = [str(program(installed, "reception")), "--register", "day.sqlite", "--language", "zh_CN"]
    assert "print-day" in output(*desk, "--help", cwd=tmp_path)
    output(*desk, "init", "--template", "hrss", cwd=tmp_path)
    number = output(*desk, "add", "visit", "--subject", "社保卡补换", cwd=tmp_path).split()[-1]
    output(*desk, "print-day", "-o", "day.pdf", cwd=tmp_path)

    entry = json.loads(output(*desk, "show", number, "--json", cwd=tmp_path))
    assert entry["subject"] == "社保卡补换"
    assert (tmp_path / "day.pdf").read_bytes().startswith(b"%PDF-")


def test_installed_window_finds_its_fonts_icons_and_words(installed: Path, tmp_path: Path) -> None:
    script = """
from importlib.resources import files
import reception, ui.app
from reception import wording
print(reception.__file__)
print(len(list((files("resources") / "icons").iterdir())))
print(wording.load("zh_CN").gettext("Settings"))
"""
    place, icons, word = output(str(program(installed, "python")), "-c", script, cwd=tmp_path).split()
    assert Path(place).is_relative_to(installed)
    assert int(icons) > 5
    assert word == "设置"
