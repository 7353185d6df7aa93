from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pypdf
import pypdfium2 as pdfium
import pytest
import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from reception.paper import document, fonts, laid, page, rows, style
from reception.paper.fonts import unknown
from reception.paper.form import Form
from tests.paper import pdf
from tests.paper.chinese import ENGLISH
from tests.paper.made_up import STAMP

DRESS = page.Dress("Title", "Unit", "Date", "Notice", "Asia/Shanghai")
STYLE = style.default(Form("made_up", "Title"))


def printed(path: Path, *texts: str) -> list[str]:
    """The texts as they come back, each from its own cell."""
    table = rows.register([rows.Column("Text", 400)], [rows.Row((text,)) for text in texts])
    with path.open("wb") as file:
        document.write(file, [table], DRESS, ENGLISH, STYLE, STAMP)
    return pdf.first_column(pdf.read(path))


def pieces(chain: fonts.Chain, line: str) -> list[tuple[str, str]]:
    """The fonts of a line, each with what it prints."""
    return [(piece.font, piece.text) for piece in chain._pieces(line)]


def test_character_beyond_the_bmp_comes_back_as_itself(tmp_path: Path) -> None:
    path = tmp_path / "name.pdf"
    assert printed(path, "𬱖生") == ["𬱖生"]
    assert "𬱖生" in pypdf.PdfReader(path).pages[0].extract_text()


def test_character_beyond_the_bmp_is_not_taken_for_another_in_a_search(tmp_path: Path) -> None:
    path = tmp_path / "name.pdf"
    printed(path, "𬱖生")
    document = pdfium.PdfDocument(path)
    textpage = document[0].get_textpage()
    assert textpage.search("生").get_next() is not None
    assert textpage.search("\u2cc5").get_next() is None
    textpage.close()
    document.close()


def test_map_to_unicode_holds_utf16_in_blocks_of_a_hundred() -> None:
    cmap = fonts.to_unicode("F", [0, 0x41, 0x2CC56, *range(0x4E00, 0x4E00 + 253)])
    pairs = dict(re.findall(r"^<([0-9A-F]{2})> <([0-9A-F]{4,})>$", cmap, re.M))
    assert pairs["01"] == "0041"
    assert pairs["02"] == "D873DC56"
    assert "00" not in pairs  # what has no glyph has no character
    assert len(pairs) == 255
    counts = re.findall(r"(\d+) beginbfchar\n(.*?)\nendbfchar", cmap, re.S)
    assert [int(count) for count, _ in counts] == [100, 100, 55]
    assert [block.count("\n") + 1 for _, block in counts] == [100, 100, 55]


def test_three_thousand_different_characters_come_back(tmp_path: Path) -> None:
    known = sorted(point for point in fonts.face(fonts.REGULAR).face.charToGlyph if 0x4E00 <= point < 0x9FFF)
    astral = [point for point in fonts.face(fonts.REGULAR).face.charToGlyph if 0x20000 <= point < 0x2FA00]
    chars = "".join(map(chr, known[::10] + astral))
    assert len(chars) > 2_000
    texts = [chars[start : start + 40] for start in range(0, len(chars), 40)]
    assert printed(tmp_path / "many.pdf", *texts) == texts


def test_character_that_no_font_has_is_a_box_and_found_as_itself(tmp_path: Path) -> None:
    path = tmp_path / "missing.pdf"
    texts = ["𠮷田", "a\ue81eb", "\U00030000", "\U0010fffd"]
    assert printed(path, *texts) == texts
    boxed = [char for row in pdf.read(path)[0].tables[0].chars[1:] for char in row[0] if not char.font]
    assert len({round(char.size) for char in boxed}) == 1
    result = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    assert result.stderr == b""
    found = result.stdout.decode()
    assert all(text in found for text in texts)


@pytest.mark.parametrize(("point", "rows"), [(0x20BB7, "20 BB7"), (0x3400, "34 00"), (0x10ABCD, "10A BCD")])
def test_box_holds_the_digits_of_the_code_point(point: int, rows: str) -> None:
    """Every digit has its own strokes, and stands at its own place."""
    frame, pen, *strokes = unknown.drawing(point).split("\n")[1:]
    assert frame.endswith("re S")
    assert pen.startswith(f"{unknown._PEN} w")
    drawn = []
    for row in rows.split():
        for digit in row:
            count = len(unknown._DIGITS[digit].split("|"))
            shape, strokes = strokes[:count], strokes[count:]
            places = [
                tuple(map(float, place)) for place in re.findall(r"([\d.-]+) ([\d.-]+) [ml]", " ".join(shape))
            ]
            left = min(x for x, _ in places)
            drawn.append((digit, [(round(x - left), round(y)) for x, y in places]))
            assert all(unknown._LEFT < x < unknown._RIGHT for x, _ in places)
            assert all(unknown._BOTTOM < y < unknown._TOP for _, y in places)
    assert strokes == []
    assert [digit for digit, _ in drawn] == list(rows.replace(" ", ""))


def test_control_characters_and_lone_surrogates_do_not_break_the_page(tmp_path: Path) -> None:
    assert printed(tmp_path / "odd.pdf", "a\tb", "a\x00b", "a\ud800b", "a\r\nb\u2028c") == [
        "a b",
        "a\ufffdb",
        "a\ufffdb",
        "abc",
    ]


def test_every_face_is_embedded_as_a_subset(tmp_path: Path) -> None:
    path = tmp_path / "fonts.pdf"
    printed(path, "某县𬱖Aé")
    reader = pypdf.PdfReader(path)
    found = {}
    for sheet in reader.pages:
        for font in sheet["/Resources"]["/Font"].values():  # type: ignore[index]
            one = font.get_object()
            found[one["/BaseFont"]] = one["/FontDescriptor"].get_object()
    assert {name.split("+")[1] for name in found} == {fonts.REGULAR, fonts.BOLD}
    for name, descriptor in found.items():
        assert re.match(r"/[A-Z]{6}\+", name)
        assert len(descriptor["/FontFile2"].get_object().get_data()) < 100_000  # the whole face has 10 MB


def test_poppler_reads_the_file_without_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "name.pdf"
    printed(path, "𬱖生", "Tom & <b>Jerry</b>")
    result = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    assert result.stderr == b""
    assert "𬱖生" in result.stdout.decode()
    assert "Tom & <b>Jerry</b>" in result.stdout.decode()


def test_chain_asks_its_faces_in_order() -> None:
    latin = fonts.Face(
        "Vera", io.BytesIO((Path(reportlab.__file__).parent / "fonts" / "Vera.ttf").read_bytes())
    )
    pdfmetrics.registerFont(latin)
    chain = fonts.Chain((latin, fonts.face(fonts.REGULAR)))
    text = chain.shown("Tel 电话 A")
    assert pieces(chain, text) == [("Vera", "Tel "), (fonts.REGULAR, "电话"), ("Vera", " A")]
    assert chain.shown("\U0010fffd") == "\U0010fffd"
    assert pieces(chain, chain.shown("a\U0010fffd")) == [("Vera", "a"), (unknown.NAME, "\U0010fffd")]
    assert pieces(chain, chain.shown("a〚")) == [("Vera", "a"), (fonts.REGULAR, "〚")]
    assert chain.width("电", 10) == 10


def test_line_of_two_faces_is_drawn_in_one_piece(tmp_path: Path) -> None:
    latin = fonts.Face(
        "Vera", io.BytesIO((Path(reportlab.__file__).parent / "fonts" / "Vera.ttf").read_bytes())
    )
    pdfmetrics.registerFont(latin)
    chain = fonts.Chain((latin, fonts.face(fonts.REGULAR)))
    columns = [rows.Column("Text", 300), rows.Column("Centred", 300, centred=True)]
    table = rows.Register(
        rows._Look(tuple(columns), laid.Layer(columns, chain).lay(rows.Row(("H", "H"))), chain, chain),
        [laid.Layer(columns, chain).lay(rows.Row(("Tel 电话 A", "甲x")))],
    )
    path = tmp_path / "two.pdf"
    canvas = Canvas(str(path))
    table.wrapOn(canvas, 600, 600)
    table.drawOn(canvas, 10, 500)
    canvas.save()
    [read] = pdf.read(path)
    cell = read.tables[0].chars[1][0]
    assert "".join(char.text for char in cell) == "Tel 电话 A"
    assert {char.font.split("+")[-1] for char in cell} == {"BitstreamVeraSans-Roman", fonts.REGULAR}
    assert [char.x for char in cell] == sorted(char.x for char in cell)
    assert len({round(char.y, 2) for char in cell}) == 1
