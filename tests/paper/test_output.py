from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from reception.errors import SurroundingsError
from reception.paper import output

REFUSING = """
import resource, sys
from pathlib import Path
from reception.errors import SurroundingsError
from reception.paper import output
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    output.replace(Path(sys.argv[1]), b"x" * 100_000)
except SurroundingsError as error:
    print(error)
"""

KILLED = """
import os, signal, sys
from pathlib import Path
from reception.paper import output
(output.aside() / "day.pdf").write_bytes(b"somebody's name")
output.write(Path(sys.argv[1]), lambda file: (file.write(b"half"), file.flush(), os.kill(os.getpid(), 9)))
"""


def test_file_is_there_whole_and_nothing_else(tmp_path: Path) -> None:
    output.replace(tmp_path / "日.pdf", b"all of it")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("日.pdf", b"all of it")]


def test_earlier_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "day.pdf"
    path.write_bytes(b"yesterday's, and longer")
    output.replace(path, b"today's")
    assert path.read_bytes() == b"today's"


def test_others_may_read_it_like_any_file(tmp_path: Path) -> None:
    path, plain = tmp_path / "day.pdf", tmp_path / "plain"
    plain.touch()
    output.replace(path, b"x")
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


def test_longest_name_is_taken(tmp_path: Path) -> None:
    output.replace(tmp_path / ("n" * 251 + ".pdf"), b"x")


def test_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SurroundingsError, match="is a folder"):
        output.replace(tmp_path, b"x")
    assert list(tmp_path.iterdir()) == []


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SurroundingsError, match=r"There is no folder .*nowhere.*another place"):
        output.replace(tmp_path / "nowhere" / "day.pdf", b"x")


def test_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SurroundingsError):
        output.replace(tmp_path / "file" / "day.pdf", b"x")


def test_name_that_no_disk_takes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SurroundingsError, match="could not be saved"):
        output.replace(tmp_path / ("n" * 300), b"x")
    assert list(tmp_path.iterdir()) == []


def test_device_is_left_alone(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (Path("/dev/full"), pipe):
        with pytest.raises(SurroundingsError, match="not an ordinary file"):
            output.replace(path, b"x")
        assert not path.is_file()
        assert path.exists()


def test_unwritable_folder_is_said_in_plain_words() -> None:
    """The kernel's own folder can be written by nobody, not even by root."""
    folder = Path("/proc/self/fdinfo")
    before = {path.name for path in folder.iterdir() if path.suffix}
    with pytest.raises(SurroundingsError) as caught:
        output.replace(folder / "day.pdf", b"x")
    assert "/proc/self/fdinfo" in str(caught.value)
    assert "Errno" not in str(caught.value)
    assert {path.name for path in folder.iterdir() if path.suffix} == before


@pytest.mark.parametrize("code", [errno.EACCES, errno.EPERM, errno.EROFS])
def test_every_kind_of_refusal_reads_alike(code: int) -> None:
    error = output._plain(PermissionError(code, os.strerror(code)), Path("day.pdf"))
    assert str(error).startswith("'day.pdf' cannot be written.")


def test_full_disk_keeps_the_earlier_file_and_leaves_no_half_one(tmp_path: Path) -> None:
    path = tmp_path / "day.pdf"
    path.write_bytes(b"earlier")
    result = subprocess.run(
        [sys.executable, "-c", REFUSING, path], capture_output=True, text=True, check=True
    )
    assert result.stdout.startswith("There is no room left to save")
    assert [(found.name, found.read_bytes()) for found in tmp_path.iterdir()] == [("day.pdf", b"earlier")]


def test_breaking_off_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        output.replace(tmp_path / "day.pdf", b"x")
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_program_left_goes_with_the_next_save(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside, temporary = tmp_path / "documents", tmp_path / "temporary"
    beside.mkdir()
    temporary.mkdir()
    import fcntl

    killed = subprocess.run(
        [sys.executable, "-c", KILLED, beside / "day.pdf"],
        env={**os.environ, "TMPDIR": str(temporary)},
        check=False,
    )
    assert killed.returncode == -9
    [rough], [aside] = beside.iterdir(), temporary.iterdir()
    assert rough.read_bytes() == b"half"
    assert (aside / "day.pdf").exists()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    mine = output.aside()
    others = [output.rough(beside / "day.pdf", os.getpid()), beside / ".0badcafe-99.tmpx", beside / ".99.tmp"]
    held = beside / rough.name.replace(rough.name[1:9], "00000000")  # as of another computer's process
    for path in (*others, held):
        path.touch()
    with held.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        output.replace(beside / "other.pdf", b"x")
        assert sorted(beside.iterdir()) == sorted([*others, held, beside / "other.pdf"])
    output.sweep_aside()
    assert list(temporary.iterdir()) == [mine]
