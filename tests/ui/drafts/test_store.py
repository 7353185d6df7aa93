"""Drafts on the disk: whole after a kill at any moment, of one window at a time, for this user only."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import random
import stat
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reception.facts import Act, CallResult, Category, Kind, Party, Sex
from tests.ui.drafts.writer import UID, draft
from ui.drafts.codec import Unreadable, from_bytes, to_bytes
from ui.drafts.left import left
from ui.drafts.store import Store, remember, remembered
from ui.today.drafts import Draft
from ui.wording import _

REPOSITORY = Path(__file__).resolve().parents[3]
FULL = Draft(
    Kind.CALL_IN,
    uuid.uuid4(),
    dt.datetime(2026, 11, 23, 1, 42, tzinfo=dt.UTC),
    {
        "subject": (3, "社保卡补换"),
        "name": "𬱖·阿依古丽",
        "act": (Act.PUT_THROUGH, CallResult.BUSY),
        "category": Category.ENQUIRY,
        "sex": Sex.FEMALE,
        "assist_ids": (1, 2),
        "late": True,
        "evidence": None,
        "request": "半个字\ud862",  # half a character, as a field may hold it between two events
    },
    (Party("代表一", "13800000000"),),
    by_hand=True,
    unfolded=True,
    focus="name",
    cursor=(1, 3),
    entry_id=2**40,
    version=4,
)


@contextmanager
def writer(root: Path, job: str) -> Iterator[subprocess.Popen[str]]:
    words = [sys.executable, "-m", "tests.ui.drafts.writer", str(root), job]
    process = subprocess.Popen(
        words, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def subject(one: Draft) -> str:
    return str(one.raw["subject"][1])


def test_whatever_a_form_holds_comes_back_as_it_was() -> None:
    assert from_bytes(to_bytes([FULL, draft("另一张")])) == (FULL, draft("另一张"))


def test_what_another_version_kept_is_left_out_field_by_field() -> None:
    found = to_bytes([FULL]).partition(b"\n")[2].replace(b'"Category"', b'"Colour"')
    (one,) = from_bytes(f"1 {hashlib.sha256(found).hexdigest()}\n".encode() + found)
    assert "category" not in one.raw
    assert one.raw["subject"] == FULL.raw["subject"]


def test_a_changed_byte_is_noticed() -> None:
    content = bytearray(to_bytes([FULL]))
    content[-3] ^= 1
    with pytest.raises(Unreadable):
        from_bytes(bytes(content))


def test_killed_at_any_moment_the_former_state_is_whole_or_the_new_one(tmp_path: Path) -> None:
    dice = random.Random(5)
    for _turn in range(8):
        with writer(tmp_path, "write") as process:
            told = [line(process) for _count in range(dice.randint(1, 60))]
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(dice.random() * 0.01)
            process.kill()
            assert process.stdout is not None  # `communicate` would pass over what was read ahead with a line
            told += [one for one in process.stdout.read().splitlines(True) if one.endswith("\n")]
        store = Store(tmp_path, "register")
        (one,) = store.adopt()
        assert int(subject(one)) - int(told[-1]) in (0, 1)
        assert one.raw["request"] == subject(one) * 200
        store.write([])
        store.close()
    assert list((tmp_path / "register").iterdir()) == []


def test_a_living_window_s_drafts_are_nobody_else_s_and_a_dead_one_s_are_taken_once(tmp_path: Path) -> None:
    with writer(tmp_path, "hold") as process:
        line(process)
        second = Store(tmp_path, "register")
        assert second.adopt() == ()
        process.kill()
        process.wait()
        (one,) = second.adopt()
        assert one.uid == UID
        assert Store(tmp_path, "register").adopt() == ()
        second.write([one])
        assert Store(tmp_path, "register").adopt() == ()
        second.close()
    third = Store(tmp_path, "register")
    assert [subject(one) for one in third.adopt()] == ["1"]
    third.close()


def test_of_four_windows_that_start_at_once_one_takes_the_dead_one_s_drafts(tmp_path: Path) -> None:
    dead = Store(tmp_path, "register")
    dead.write([draft("前一个窗口", uuid.UUID(int=number)) for number in range(3)])
    dead.close()
    with contextlib.ExitStack() as stack:
        windows = [stack.enter_context(writer(tmp_path, "adopt")) for _count in range(4)]
        for one in windows:
            assert line(one) == "ready"
        for one in windows:
            go(one)
        taken: list[str] = []
        for one in windows:
            while (found := line(one)) != "end":
                taken.append(found)
    assert sorted(taken) == sorted(str(uuid.UUID(int=number)) for number in range(3))


def test_who_dies_while_taking_over_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """The one that took over had written its own file, but not yet removed the dead one's."""
    dead, heir = Store(tmp_path, "register"), Store(tmp_path, "register")
    dead.write([draft("原来的")])
    heir.write([draft("原来的")])
    dead.close()
    heir.close()
    store = Store(tmp_path, "register")
    assert [subject(one) for one in store.adopt()] == ["原来的"]
    store.close()  # died again before anything was written
    store = Store(tmp_path, "register")
    (one,) = store.adopt()
    store.write([one])
    assert len(list((tmp_path / "register").glob("*.drafts"))) == 1
    store.close()


def test_only_this_user_can_read_them(tmp_path: Path) -> None:
    former = os.umask(0)
    try:
        store = Store(tmp_path / "drafts", "register")
        store.write([FULL])
        remember(tmp_path / "drafts", "postgresql://secret@host/db", "register")
    finally:
        os.umask(former)
    for path in [tmp_path / "drafts", *(tmp_path / "drafts").rglob("*")]:
        others = (
            stat.S_IRWXG | stat.S_IRWXO if os.name == "posix" else 0
        )  # Windows: the profile keeps them out
        assert path.stat().st_mode & others == 0, path
        assert "secret" not in str(path)
    assert remembered(tmp_path / "drafts", "postgresql://secret@host/db") == "register"
    store.close()


def test_nothing_typed_leaves_no_file(tmp_path: Path) -> None:
    store = Store(tmp_path, "register")
    store.write([])
    assert list(tmp_path.iterdir()) == []
    store.write([FULL])
    store.write([])
    store.close()
    assert list((tmp_path / "register").iterdir()) == []


def test_what_the_disk_changed_is_set_aside_and_the_rest_comes_back(tmp_path: Path) -> None:
    for text in ("坏的", "好的"):
        store = Store(tmp_path, "register")
        store.write([draft(text, uuid.uuid4())])
        store.close()
    damaged = next(
        path for path in (tmp_path / "register").glob("*.drafts") if "坏的".encode() in path.read_bytes()
    )
    damaged.write_bytes(damaged.read_bytes()[:-4])
    store = Store(tmp_path, "register")
    assert [subject(one) for one in store.adopt()] == ["好的"]
    store.write([])
    store.close()
    assert [path.suffix for path in (tmp_path / "register").iterdir()] == [".unreadable"]


def test_what_a_dead_window_left_is_told_by_its_page_and_not_while_it_lives(tmp_path: Path) -> None:
    stores = [Store(tmp_path / name, "register") for name in ("JC", "desk", "office-documents")]
    for store in stores:
        store.write([FULL])
    assert left(tmp_path, "register") == ()
    for store in stores:
        store.close()
    assert left(tmp_path, "register") == (_("Referrals"), _("Papers received"))  # JC has its own window
    assert left(tmp_path, "another") == ()
    taken = Store(tmp_path / "desk", "register")
    assert taken.adopt() == (FULL,)
    assert left(tmp_path, "register") == (_("Papers received"),)
    taken.close()
