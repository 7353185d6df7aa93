"""What the window's Settings keep for this computer holds for its commands too, unless told otherwise."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reception import config
from reception.cli import main
from tests.cli.running import InProcess
from tests.factories import Founded

ADD = ("--language", "en", "add", "visit", "--subject", "社保卡补换")


@pytest.fixture
def kept(tmp_path: Path, models: Founded) -> Path:
    """The register that was chosen in the window, at desk B."""
    place = tmp_path / "chosen.sqlite"
    shutil.copyfile(models.file, place)
    config.save(config.Config(desk="B", place=str(place)))
    return place


@pytest.mark.usefixtures("kept")
def test_a_command_is_given_at_the_desk_and_on_the_register_of_the_window(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def number(*before: str) -> str:
        assert main([*before, *ADD]) == 0
        return capsys.readouterr().out.split()[-1]

    assert number().endswith("-B-001")
    monkeypatch.setenv("RECEPTION_DESK", "C")
    assert number().endswith("-C-001")
    assert number("--desk", "D").endswith("-D-001")


def test_what_a_command_is_told_comes_before_what_is_kept(kept: Path, cli: InProcess) -> None:
    before = kept.read_bytes()
    assert cli.add().endswith("-B-001")
    assert kept.read_bytes() == before


def test_without_settings_the_desk_has_no_code(cli: InProcess, home: Path) -> None:
    assert cli.add().count("-") == 1
    assert not list(home.rglob("desk.json*"))
