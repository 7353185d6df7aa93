"""Letters that join, stack, carry marks or run from right to left, found as they were typed."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

import pytest
from bidi import get_display
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reception.paper import fonts
from reception.paper.fonts import bidi
from reception.paper.fonts.chain import Chain
from reception.paper.fonts.system import Library
from reception.paper.lines import break_text
from tests.paper import pdf, reading
from tests.paper.small_fonts import make

# Seen, lam, alef and meem joined as Arabic joins them; lam and alef become one glyph.
ARABIC = "سلاممد"
ARABIC_FORMS = ("seen.init", "lam.init", "lam.medi", "meem.fina", "meem.medi", "lam_alef", "lam_alef.fina")
ARABIC_RULES = """
languagesystem DFLT dflt;
languagesystem arab dflt;
feature init { sub u0633 by seen.init; sub u0644 by lam.init; } init;
feature medi { sub u0644 by lam.medi; sub u0645 by meem.medi; } medi;
feature fina { sub u0645 by meem.fina; } fina;
feature rlig { sub lam.medi u0627 by lam_alef.fina; sub lam.init u0627 by lam_alef; } rlig;
"""
WIDTHS = {"seen.init": 310, "lam_alef.fina": 520, "lam_alef": 530, "meem.fina": 450, "meem.medi": 410}

# A letter with another one below it, and a vowel that is drawn as two.
TIBETAN = "བཀྲཤིས་\u0f71\u0f72\u0f73"
TIBETAN_RULES = """
languagesystem DFLT dflt;
languagesystem tibt dflt;
feature ccmp { sub u0F73 by u0F71 u0F72; } ccmp;
feature blws { sub u0F40 u0FB2 by ka_ra; } blws;
"""
MARKS = """
languagesystem DFLT dflt;
languagesystem latn dflt;
markClass u0308 <anchor -250 700> @above;
feature mark { pos base u0051 <anchor 300 900> mark @above; } mark;
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("fonts")
    make(
        made / "arabic.ttf",
        "".join(dict.fromkeys(ARABIC)),
        family="Joining",
        widths=WIDTHS,
        extra=ARABIC_FORMS,
        features=ARABIC_RULES,
    )
    stacks = {"ka_ra": 500, "u0FB2": 0, "u0F71": 0, "u0F72": 0, "u0F73": 0}
    make(
        made / "tibetan.ttf",
        TIBETAN,
        family="Stacking",
        widths=stacks,
        extra=("ka_ra",),
        features=TIBETAN_RULES,
    )
    make(made / "marks.ttf", "Q\u0308", family="Marks", widths={"u0308": 0}, features=MARKS)
    return made


def chain(folder: Path) -> Chain:
    return Chain((fonts.face(fonts.REGULAR),), Library([folder]))


def chars(path: Path) -> list[pdf.Char]:
    [page] = pdf.read(path)
    return [char for char in page.loose if char.text.strip()]


def both(path: Path, made: Chain, lines: list[str]) -> None:
    """Both readers find the lines."""
    reading.write(path, made, lines)
    assert reading.by_pdfium(path) == lines
    assert reading.by_poppler(path) == lines


def test_letters_join_and_are_found_as_typed(tmp_path: Path, folder: Path) -> None:
    made = chain(folder)
    both(tmp_path / "arabic.pdf", made, ["سلام", "سلام سلام", "لا مد"])
    # seen at the beginning, lam with alef at an end, meem alone
    assert made.width("سلام", 10) == pytest.approx((310 + 520 + 600) / 100)
    read = {char.text: char.x for char in chars(reading.write(tmp_path / "one.pdf", made, ["سلام"]))}
    assert read["م"] < read["ل"] < read["س"]


def test_stacked_letters_are_found_as_typed(tmp_path: Path, folder: Path) -> None:
    made = chain(folder)
    both(tmp_path / "tibetan.pdf", made, ["བཀྲ་ཤིས", "ཀྲ"])
    assert made.width("ཀྲ", 10) == pytest.approx(5)


def test_letter_that_is_drawn_as_two_glyphs_is_found_as_one(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "vowel.pdf"
    both(path, chain(folder), ["ཤ\u0f73ས", "ཀ\u0f73"])
    assert b"ActualText" in _contents(path)


def test_mark_stands_where_its_font_puts_it(tmp_path: Path, folder: Path) -> None:
    """The bundled font has Q but not the mark: both are taken from a font that has both."""
    path = tmp_path / "marks.pdf"
    both(path, chain(folder), ["aQ\u0308b", "Q"])
    letter = next(char for char in chars(path) if char.text == "Q")
    mark = next(char for char in chars(path) if char.text == "\u0308")
    assert letter.font.endswith("Marks")
    assert mark.font.endswith("Marks")
    assert mark.y - letter.y == pytest.approx(2, abs=0.01)  # from 700 to 900 thousandths of 10 points
    assert mark.x - letter.x == pytest.approx(5.5, abs=0.01)


def test_mark_of_a_letter_is_one_with_it_where_the_font_has_them_as_one(tmp_path: Path) -> None:
    typed = unicodedata.normalize("NFD", "Nguyễn Thị Ánh")
    path = tmp_path / "vietnamese.pdf"
    made = chain(tmp_path)
    both(path, made, [typed])
    assert made.width(typed, 10) == pytest.approx(made.width("Nguyễn Thị Ánh", 10))
    assert {name.split("+")[1] for name in reading.embedded(path)} == {fonts.REGULAR}


def test_mark_that_no_font_has_is_boxed_beside_its_letter(tmp_path: Path) -> None:
    both(tmp_path / "mark.pdf", chain(tmp_path), ["Q\u0308a"])


def test_selector_chooses_the_shape_and_is_no_box(tmp_path: Path) -> None:
    texts = ["葛\U000e0100城", "❤\ufe0f好", "王\ufe00"]
    made = chain(tmp_path)
    path = reading.write(tmp_path / "selectors.pdf", made, texts)
    assert reading.by_pdfium(path) == texts
    assert [_seen(line) for line in reading.by_poppler(path)] == texts  # it puts a blank after a box
    assert made.width("葛\U000e0100城", 10) == made.width("葛城", 10)


def test_emoji_are_printed_in_one_colour_or_boxed_joiners_never(tmp_path: Path) -> None:
    make(tmp_path / "fonts" / "emoji.ttf", "👨", family="Noto Emoji")
    made = chain(tmp_path / "fonts")
    path = reading.write(tmp_path / "emoji.pdf", made, ["👨\u200d👩"])
    assert "".join(reading.by_pdfium(path)).replace("\u200d", "") == "👨👩"
    assert made.unprinted("👨\u200d👩") == "👩"


def test_skin_tone_that_no_font_has_leaves_the_emoji_alone_and_is_found_as_typed(tmp_path: Path) -> None:
    make(tmp_path / "fonts" / "emoji.ttf", "👍", family="Noto Emoji")
    made = chain(tmp_path / "fonts")
    path = tmp_path / "tone.pdf"
    lines = [
        "好👍🏽的",
        "👍🏽👍🏿",
        "👋🏽",
        "字🏽",
    ]  # 👋 is in no font; behind no emoji the tone has its own box
    reading.write(path, made, lines)
    assert reading.by_pdfium(path) == lines
    assert [_seen(line) for line in reading.by_poppler(path)] == [_seen(line) for line in lines]
    widths = [made.width(line, 10) for line in lines]
    assert widths == pytest.approx([26, 12, 10, 20])
    assert made.unprinted("".join(lines)) == "👋"


def test_name_from_right_to_left_stands_where_it_was_typed_among_chinese(
    tmp_path: Path, folder: Path
) -> None:
    read = {
        char.text: char.x
        for char in chars(reading.write(tmp_path / "m.pdf", chain(folder), ["سلام张三来访"]))
    }
    assert read["م"] < read["س"] < read["张"] < read["访"]


def test_line_all_from_right_to_left_ends_at_its_left(tmp_path: Path, folder: Path) -> None:
    path = reading.write(tmp_path / "r.pdf", chain(folder), ["(سلام)", "(سلام) 138."])
    assert reading.by_pdfium(path)[0] == "(سلام)"
    placed = sorted((char.x, char.text) for char in chars(path) if char.y < 815)
    assert [text for _x, text in placed[:4]] == [".", "1", "3", "8"]


def test_shaped_text_is_never_wider_than_what_the_line_was_broken_for(tmp_path: Path) -> None:
    """Its letters are wider when joined than alone: they are drawn narrower."""
    wide = {"seen.init": 1500, "lam_alef.fina": 1500, "u0645": 1500}
    make(
        tmp_path / "fonts" / "wide.ttf",
        "".join(dict.fromkeys(ARABIC)),
        widths={**wide, "u0645": 600},
        extra=ARABIC_FORMS,
        features=ARABIC_RULES,
    )
    made = chain(tmp_path / "fonts")
    room = sum(made.advances[char] for char in made.shown("سلام")) / 100
    assert made.width("سلام", 10) == pytest.approx(room)
    path = reading.write(tmp_path / "wide.pdf", made, ["سلام"])
    assert max(char.box[2] for char in chars(path)) <= 10 + room + 0.01
    assert reading.by_pdfium(path) == ["سلام"]


def test_without_harfbuzz_letters_stand_in_the_right_order(tmp_path: Path, folder: Path) -> None:
    script = (
        "import sys; sys.modules['uharfbuzz'] = None\n"
        "from pathlib import Path\n"
        "from tests.paper.test_fonts_shaping import chain, reading\n"
        "from reception.paper.fonts import shaping\n"
        "assert not shaping.AVAILABLE\n"
        "reading.write(Path(sys.argv[1]), chain(Path(sys.argv[2])), sys.argv[3:])\n"
    )
    lines = ["سلام", "(سلام)", unicodedata.normalize("NFD", "Nguyễn"), "ཀྲ", "aQ\u0308b"]
    path = tmp_path / "plain.pdf"
    subprocess.run([sys.executable, "-c", script, path, folder, *lines], check=True, cwd=_ROOT)
    assert reading.by_pdfium(path) == lines
    first = [char for char in chars(path) if char.y > 815]
    assert [char.text for char in sorted(first, key=lambda char: char.x)] == list("مالس")


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("张三سلام来", [0, 0, 1, 1, 1, 1, 0]),
        ("سلام 12:30 张", [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 0, 0]),
        ("a(سلام)b", [0, 0, 1, 1, 1, 1, 0, 0]),
        ("سلام (لا) 5%", [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1]),
        ("سلام. ", [1, 1, 1, 1, 1, 1]),
        ("א(ב)\u0301c", [1, 1, 1, 1, 1, 0]),
    ],
)
def test_levels_are_those_of_the_standard(text: str, levels: list[int]) -> None:
    assert bidi.levels(text, bidi.base(text)) == levels


_MIXED = st.text(st.sampled_from("ab张三אבسلا١٢123 .,:;+-%$()[]《》\u0301\u064b/?!\"'"), max_size=24)


@given(_MIXED)
@example("א(ב)[a]1")
def test_order_is_that_of_another_implementation(text: str) -> None:
    for paragraph, name in ((0, "L"), (1, "R")):
        found = [
            text[place]
            for level, start, end in bidi.runs(bidi.levels(text, paragraph))
            for place in (range(end - 1, start - 1, -1) if level % 2 else range(start, end))
        ]
        assert "".join(found) == get_display(text, base_dir=name)


_TEXTS = st.text(
    st.one_of(
        st.sampled_from("社保卡，。《》abc 12:30<b>&amp;"),
        st.sampled_from("سلام؟ཀྲ་ཤིس\u0308Q\u200d\ufe0f\U000e0100é"),
        # Ligatures and Arabic forms (U+FB00..) pdfium takes apart, whatever the file says.
        st.characters(max_codepoint=0xFAFF, exclude_categories=["Cs", "Cc"]),
        st.characters(min_codepoint=0x10000),
    ),
    max_size=60,
)


@settings(max_examples=40)
@given(st.lists(_TEXTS.filter(str.strip), min_size=1, max_size=12))
def test_no_text_breaks_a_page_or_leaves_its_width(folder: Path, lines: list[str]) -> None:
    made = chain(folder)
    pieces = [
        piece.rstrip() for line in lines for piece in break_text(made.shown(line), 20_000, made.advances)
    ]
    for piece in pieces:
        room = sum(map(made.advances.__getitem__, piece)) / 100
        assert 0 <= made.width(piece, 10, room) <= room + 0.001 or _has_lone_mark(piece)
    with tempfile.TemporaryDirectory() as place:
        path = reading.write(Path(place) / "any.pdf", made, pieces)
        assert reading.by_poppler(path) is not None
        plain = [piece for piece in pieces if made._intricate.isdisjoint(piece)]
        whole = _seen("".join(reading.by_pdfium(path)))  # it takes short lines for one from top to bottom
        assert all(_seen(piece) in whole for piece in plain)


def _has_lone_mark(text: str) -> bool:
    """It has no width until it has a letter."""
    marks = [unicodedata.category(char) in ("Mn", "Me") for char in text]
    blanks = [True, *(char.isspace() or char in "\u200c\u200d\ufe0f" for char in text)]
    return any(mark and blank for mark, blank in zip(marks, blanks, strict=False))


def _seen(text: str) -> str:
    return "".join(text.split())


def _contents(path: Path) -> bytes:
    import pypdf

    return b"".join(page.get_contents().get_data() for page in pypdf.PdfReader(path).pages)  # type: ignore[union-attr]


_ROOT = Path(__file__).resolve().parents[2]
