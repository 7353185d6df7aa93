from __future__ import annotations

import json
from pathlib import Path

import pytest

from reception import config


def test_what_was_saved_is_read_again(tmp_path: Path) -> None:
    place = tmp_path / "folder" / "desk.json"
    mine = config.Config(
        desk="B", language="zh_CN", theme="dark", scale=125, place="/data/接待.db", geometry="01d9"
    )
    config.save(mine, place)
    assert config.load(place) == mine
    assert [file.name for file in place.parent.iterdir()] == ["desk.json"]


def test_a_missing_file_means_the_defaults(tmp_path: Path) -> None:
    assert config.load(tmp_path / "none.json") == config.Config()


def test_an_unreadable_file_is_kept_aside(tmp_path: Path) -> None:
    place = tmp_path / "desk.json"
    place.write_text("{ half", "utf-8")
    assert config.load(place) == config.Config()
    assert (tmp_path / "desk.json.unreadable").read_text("utf-8") == "{ half"


@pytest.mark.parametrize(
    "found",
    [{"theme": "pink"}, {"scale": 5000}, {"scale": "125"}, {"scale": True}, {"desk": 7}, {"unknown": 1}, {}],
)
def test_what_makes_no_sense_has_its_default(tmp_path: Path, found: dict[str, object]) -> None:
    place = tmp_path / "desk.json"
    place.write_text(json.dumps({**found, "language": "en"}), "utf-8")
    assert config.load(place) == config.Config(language="en")


def test_one_change_keeps_the_rest(tmp_path: Path) -> None:
    place = tmp_path / "desk.json"
    config.save(config.Config(desk="B", theme="dark"), place)
    config.change(place, scale=150)
    assert config.load(place) == config.Config(desk="B", theme="dark", scale=150)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(OSError, match="file"):
        config.change(tmp_path / "file" / "desk.json", desk="B")
