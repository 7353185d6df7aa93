"""Characters that the bundled font lacks, printed with the fonts of the computer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.paper import fonts
from reception.paper.fonts import sfnt, system
from reception.paper.fonts.chain import Chain
from reception.paper.fonts.faces import load
from reception.paper.fonts.system import Library
from tests.paper import reading
from tests.paper.small_fonts import collect, make

# No font of ours has them: U+20BB7, U+3400's neighbour U+3577, a letter of Ext G, one of Ext H.
RARE, RARER, G, H = "𠮷", "𠂤", "\U00030010", "\U00031360"


def chain(folder: Path, name: str = fonts.REGULAR) -> Chain:
    return Chain((fonts.face(name),), Library([folder]))


def homes(made: Chain, text: str) -> list[str]:
    return [made.font_of(char) for char in made.shown(text)]


def families(folder: Path, char: str) -> list[str]:
    return [font.member.family for font in Library([folder]).with_character(ord(char))]


def test_name_is_printed_in_a_font_of_the_computer_and_found_by_two_readers(tmp_path: Path) -> None:
    make(tmp_path / "fonts" / "rare.ttf", RARE + G)
    lines = [f"王{RARE}田", f"{G}", f"a{RARE}{G}b"]
    path = reading.write(tmp_path / "names.pdf", chain(tmp_path / "fonts"), lines)
    assert reading.by_pdfium(path) == lines
    assert reading.by_poppler(path) == lines
    assert {name.split("+")[1] for name in reading.embedded(path)} == {fonts.REGULAR, "Small"}


def test_font_is_read_only_when_a_character_is_missing(tmp_path: Path) -> None:
    library = Library([tmp_path])
    made = Chain((fonts.face(fonts.REGULAR),), library)
    made.shown("王芳 Wang 某县第一建筑工程有限公司")
    assert library._fonts is None
    made.shown(RARE)
    assert library._fonts == []


def test_bold_that_no_bold_font_has_is_printed_as_it_is(tmp_path: Path) -> None:
    make(tmp_path / "rare.ttf", RARE)
    assert homes(chain(tmp_path, fonts.BOLD), f"王{RARE}")[0] == fonts.BOLD
    assert homes(chain(tmp_path, fonts.BOLD), RARE)[0].startswith("Small-")


def test_mainland_shapes_come_before_others_and_regular_before_bold(tmp_path: Path) -> None:
    make(tmp_path / "1.ttf", RARE, family="Aaa", weight=700)
    make(tmp_path / "2.ttf", RARE, family="HanaMinB")
    make(tmp_path / "3.ttf", RARE, family="Unifont Upper")
    make(tmp_path / "4.ttf", RARE, family="BabelStone Han")
    make(tmp_path / "5.ttf", RARE, family="Zzz")
    assert families(tmp_path, RARE) == ["BabelStone Han", "HanaMinB", "Zzz", "Aaa", "Unifont Upper"]


def test_characters_of_one_block_come_from_the_font_that_has_most_of_it(tmp_path: Path) -> None:
    make(tmp_path / "1.ttf", RARE, family="Aaa")
    make(tmp_path / "2.ttf", RARE + RARER, family="Bbb")
    assert families(tmp_path, RARE) == ["Bbb", "Aaa"]


@pytest.mark.parametrize("rights", [0x2, 0x100, 0x200, 0x302])
def test_font_that_may_not_be_embedded_is_not_used(tmp_path: Path, rights: int) -> None:
    make(tmp_path / "closed.ttf", RARE, rights=rights)
    assert homes(chain(tmp_path), RARE) == [""]


@pytest.mark.parametrize("rights", [0, 0x4, 0x8])
def test_font_that_may_be_embedded_is_used(tmp_path: Path, rights: int) -> None:
    make(tmp_path / "open.ttf", RARE, rights=rights)
    assert homes(chain(tmp_path), RARE) != [""]


def test_postscript_outlines_are_not_used(tmp_path: Path) -> None:
    make(tmp_path / "cubic.otf", RARE, outlines=False)
    assert sfnt.members(tmp_path / "cubic.otf") == []
    assert homes(chain(tmp_path), RARE) == [""]


def test_glyph_without_a_picture_prints_nothing_so_the_next_font_is_asked(tmp_path: Path) -> None:
    make(tmp_path / "1.ttf", RARE, family="BabelStone Han", empty=RARE)
    assert homes(chain(tmp_path), RARE) == [""]
    make(tmp_path / "2.ttf", RARE, family="Other")
    assert homes(chain(tmp_path), RARE)[0].startswith("Other-")


def test_font_that_prints_placeholders_for_everything_is_not_used(tmp_path: Path) -> None:
    make(tmp_path / "last.ttf", RARE, family="LastResort")
    assert families(tmp_path, RARE) == []


def test_every_font_of_a_collection_is_used(tmp_path: Path) -> None:
    one = make(tmp_path / "apart" / "1.ttf", RARE, family="First")
    two = make(tmp_path / "apart" / "2.ttf", G, family="Second")
    (tmp_path / "fonts").mkdir()
    collect(tmp_path / "fonts" / "both.ttc", [one, two])
    path = reading.write(tmp_path / "two.pdf", chain(tmp_path / "fonts"), [RARE + G])
    assert reading.by_pdfium(path) == [RARE + G]
    assert [name.split("+")[1][:5] for name in reading.embedded(path)] == ["First", "Secon"]


def test_outlines_stay_on_the_disk_and_a_font_that_is_replaced_meanwhile_changes_nothing(
    tmp_path: Path,
) -> None:
    path = make(tmp_path / "fonts" / "rare.ttf", RARE + RARER + G)
    made = chain(tmp_path / "fonts")
    before = reading.write(tmp_path / "1.pdf", made, [RARE + RARER]).read_bytes()
    fresh = make(tmp_path / "other.ttf", H, family="Other")
    path.unlink()
    fresh.rename(path)
    assert reading.write(tmp_path / "2.pdf", made, [RARE + RARER]).read_bytes() == before
    [face] = [face for name, face in made._faces.items() if name.startswith("Small-")]
    start, length = face.face.get_table_pos("glyf")
    assert len(face.content) == len(face.whole())
    for first, last in (
        (0, 12),
        (start - 3, start + 3),
        (start, start + length),
        (start + length - 2, start + length + 9),
    ):
        assert face.content[first:last] == face.whole()[first:last]


def test_two_fonts_of_one_name_do_not_take_each_others_place(tmp_path: Path) -> None:
    make(tmp_path / "fonts" / "1.ttf", RARE, widths={"u20BB7": 500})
    make(tmp_path / "fonts" / "2.ttf", G, widths={"u30010": 900})
    path = reading.write(tmp_path / "two.pdf", chain(tmp_path / "fonts"), [RARE + G])
    assert reading.by_pdfium(path) == [RARE + G]
    assert len([name for name in reading.embedded(path) if "Small" in name]) == 2


def test_private_use_character_is_printed_only_by_fonts_of_the_national_standard(tmp_path: Path) -> None:
    make(tmp_path / "icons.ttf", "\ue81e", family="Icons")
    assert homes(chain(tmp_path), "\ue81e") == [""]
    make(tmp_path / "sun.ttf", "\ue81e", family="SimSun")
    assert homes(chain(tmp_path), "\ue81e")[0].startswith("SimSun-")


@given(st.data())
def test_damaged_font_is_left_out_and_nothing_breaks(data: st.DataObject) -> None:
    content = bytearray(_WHOLE)
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    del content[data.draw(st.integers(0, len(content))) :]
    path = _FOLDER / "damaged.ttf"
    path.write_bytes(content)
    for member in sfnt.members(path):
        face = load(system.Installed(path, member, False))
        if face is not None:
            present = [point for point in (0x41, ord(RARE), ord(G)) if face.prints(point)]
            face.face.makeSubset([0, *present])


def test_what_was_read_is_kept_until_the_file_changes(tmp_path: Path) -> None:
    cache = tmp_path / "cache" / "fonts.json"
    path = make(tmp_path / "fonts" / "a.ttf", RARE)
    assert [font.member.family for font in Library([tmp_path / "fonts"], cache).fonts] == ["Small"]
    stamp, content = path.stat(), path.read_bytes()
    path.write_bytes(bytes(len(content)))
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    kept = Library([tmp_path / "fonts"], cache)
    assert [font.member.spans for font in kept.fonts] == [(0x20BB7, 0x20BB7)]  # the file was not read
    assert not kept.changed()
    make(path, RARE + G, family="Newer")
    assert kept.changed()
    assert [font.member.family for font in Library([tmp_path / "fonts"], cache).fonts] == ["Newer"]
    path.unlink()
    assert Library([tmp_path / "fonts"], cache).fonts == []
    assert json.loads(cache.read_text("ascii"))["files"] == {}


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"[]", b'{"format": 1, "files": {"a": 1}}', b'{"format": 99, "files": {}}']
)
def test_cache_that_makes_no_sense_is_made_anew(tmp_path: Path, content: bytes) -> None:
    cache = tmp_path / "fonts.json"
    cache.write_bytes(content)
    make(tmp_path / "fonts" / "a.ttf", RARE)
    assert len(Library([tmp_path / "fonts"], cache).fonts) == 1
    assert json.loads(cache.read_text("ascii"))["format"] == system._FORMAT


def test_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    make(tmp_path / "fonts" / "a.ttf", RARE)
    (tmp_path / "file").touch()
    assert len(Library([tmp_path / "fonts"], tmp_path / "file" / "fonts.json").fonts) == 1


def test_several_processes_write_the_cache_at_once_and_it_is_whole(tmp_path: Path) -> None:
    make(tmp_path / "fonts" / "a.ttf", "".join(map(chr, range(0x20000, 0x20FA0, 2))))
    script = (
        "import sys; from pathlib import Path\n"
        "from reception.paper.fonts.system import Library\n"
        "for turn in range(40):\n"
        "    Path(sys.argv[2]).unlink(missing_ok=True)\n"
        "    assert len(Library([Path(sys.argv[1])], Path(sys.argv[2])).fonts) == 1\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "fonts"), str(tmp_path / "fonts.json")]
    children = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(3)]
    for child in children:
        assert child.communicate()[1] == b""
        assert child.returncode == 0
    json.loads((tmp_path / "fonts.json").read_text("ascii"))
    assert list(tmp_path.glob(".*")) == []


def test_same_lines_with_the_same_fonts_give_the_same_bytes(tmp_path: Path) -> None:
    """Whatever was printed before, and in whatever order the folder tells its files."""
    make(tmp_path / "one" / "1.ttf", RARE + RARER, family="First")
    make(tmp_path / "one" / "2.ttf", RARE + G, family="Second")
    make(tmp_path / "two" / "9.ttf", RARE + G, family="Second")
    make(tmp_path / "two" / "8.ttf", RARE + RARER, family="First")
    lines = [f"{RARE}{G}{H}", f"王{RARER}"]
    first = chain(tmp_path / "one")
    second = chain(tmp_path / "two")
    second.shown(H + G)
    reading.write(tmp_path / "0.pdf", second, [G, RARER + H, "\U00031361"])
    one = reading.write(tmp_path / "1.pdf", first, lines).read_bytes()
    two = reading.write(tmp_path / "2.pdf", second, lines).read_bytes()
    assert one == two
    assert str(tmp_path).encode() not in one


def test_font_that_is_installed_while_the_window_is_open_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(system.VARIABLE, str(tmp_path))
    _forget()
    try:
        assert fonts.chain().font_of(RARE) == ""
        assert fonts.chain().boxed
        make(tmp_path / "rare.ttf", RARE)
        fonts.refresh()
        assert fonts.chain().font_of(RARE).startswith("Small-")
        assert not fonts.chain().boxed
    finally:
        _forget()


def _forget() -> None:
    fonts.library.cache_clear()
    fonts.chain.cache_clear()


def test_folders_of_each_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(system.VARIABLE, raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_DATA_DIRS", "/opt/share")
    places = system.folders()
    assert places[0] == Path("/opt/share/fonts")
    assert {Path("/usr/share/fonts"), tmp_path / "data" / "fonts", tmp_path / ".fonts"} <= set(places)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("SYSTEMROOT", "D:/Win")
    monkeypatch.setenv("LOCALAPPDATA", "D:/Local")
    assert system.folders() == [Path("D:/Win/Fonts"), Path("D:/Local/Microsoft/Windows/Fonts")]
    monkeypatch.setattr(sys, "platform", "darwin")
    assert Path("/System/Library/Fonts") in system.folders()


@pytest.fixture(scope="module", autouse=True)
def _font(tmp_path_factory: pytest.TempPathFactory) -> None:
    global _FOLDER, _WHOLE
    _FOLDER = tmp_path_factory.mktemp("damaged")
    _WHOLE = make(_FOLDER / "whole.ttf", "A" + RARE + G).read_bytes()


_FOLDER, _WHOLE = Path(), b""
