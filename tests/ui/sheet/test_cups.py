"""Printing for real: through the window, the system's dialog and CUPS, to the virtual PDF printer."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from reception.desk import Desk
from reception.errors import SurroundingsError
from reception.facts import Kind, NewEntry
from reception.operations import entries, printing
from reception.paper import spooler
from tests.ui.sheet import print_server
from tests.ui.sheet.print_server import PRINTER, PrintServer

ROOT = Path(__file__).resolve().parents[3]
DOTS = 50
"""Pixels to the inch at which pages are compared."""


@pytest.fixture(scope="module")
def server() -> Iterator[PrintServer]:
    """The only thing in the suite that a machine may lack."""
    if why := print_server.lacking():
        pytest.skip(f"{why}. To run it: {print_server.ENABLE}")
    # Not below pytest's own folder: other runs take from it what the server's filters need to pass.
    with (
        tempfile.TemporaryDirectory(prefix="reception-cups-") as folder,
        print_server.started(Path(folder)) as running,
    ):
        yield running


@pytest.fixture
def _printers_of(server: PrintServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CUPS_SERVER", "CUPS_USER", "PATH"):
        monkeypatch.setenv(name, server.environment[name])


def print_today(server: PrintServer, place: str, folder: Path, *number: str) -> list[str]:
    """What the window said."""
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.sheet.print_one", place, str(folder), *number],
        cwd=ROOT,
        env={**server.environment, "QT_QPA_PLATFORM": "offscreen", "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def arrived(server: PrintServer, count: int, before: int = 0) -> list[Path]:
    """What came out of the printer after ``before`` others, once it is whole."""
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up:
        found = server.printed()[before:]
        if len(found) >= count and all(path.read_bytes().rstrip().endswith(b"%%EOF") for path in found):
            return found
    raise AssertionError(f"{len(server.printed())} of {count} documents were printed")


def ink(document: pypdfium2.PdfDocument, page: int) -> tuple[int, int, int, int]:
    """The box of what is printed on a page, in points."""
    picture = document[page].render(scale=DOTS / 72, grayscale=True).to_pil()
    box = picture.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert box is not None
    left, top, right, bottom = (round(side * 72 / DOTS) for side in box)
    return left, top, right, bottom


def sizes_of_letters(document: pypdfium2.PdfDocument) -> set[float]:
    """How large the letters are, in points."""
    raw = pypdfium2.raw
    text = document[0].get_textpage()
    sizes = (raw.FPDFText_GetFontSize(text.raw, at) for at in range(text.count_chars()))
    return {round(size, 1) for size in sizes if size > 1}


def test_a_sheet_is_printed_at_its_true_size_and_once(
    server: PrintServer, place: str, desk: Desk, tmp_path: Path
) -> None:
    for at in range(60):
        desk.do(entries.register, NewEntry(Kind.VISIT, f"社保卡补换 {at}"))
    said = print_today(server, place, tmp_path / "sent")
    assert said[0].startswith("3 pages were sent to the printer. Code: ")
    (path,) = arrived(server, 1)
    sent = pypdfium2.PdfDocument(next((tmp_path / "sent").glob("job-*.pdf")))
    printed = pypdfium2.PdfDocument(path)
    assert len(printed) == len(sent) == 3
    for page in range(3):
        assert printed.get_page_size(page) == pytest.approx((841.9, 595.3), abs=1)
        assert ink(printed, page) == pytest.approx(ink(sent, page), abs=3)
    assert sizes_of_letters(printed) == sizes_of_letters(sent)
    code = said[0].rpartition(" ")[2]
    assert desk.ask(printing.find, code).count == 1


def test_forms_of_several_sizes_have_each_their_own_paper_and_the_dialogs_wishes(
    server: PrintServer, place: str, desk: Desk, tmp_path: Path
) -> None:
    before = len(server.printed())
    number = [desk.do(entries.register, NewEntry(Kind.VISIT, f"社保卡补换 {at}")).number for at in range(60)]
    said = print_today(server, place, tmp_path / "sent", number[0])
    assert said[0].startswith(
        "3 pages were sent to the printer. Each on its own paper: 100 × 60 mm (1), A4 (2). Code: "
    )
    printed = [pypdfium2.PdfDocument(path) for path in arrived(server, 4, before)]
    assert [len(document) for document in printed] == [1, 2, 1, 2]  # two copies, put together
    sizes = [document.get_page_size(0) for document in printed]
    assert sizes == [pytest.approx(size, abs=1) for size in [(283.5, 170.1), (841.9, 595.3)] * 2]
    numbers = [document.get_textpage().get_text_range() for document in printed[1]]
    assert "001" in numbers[0]
    assert "060" in numbers[1]  # the third page, not the second
    assert server.asked("job-billing")[-4:] == [b"Desk 2"] * 4
    assert server.asked("sides")[-4:] == [b"two-sided-long-edge"] * 4
    assert server.asked("ColorModel")[-4:] == [b"Gray"] * 4  # the driver's own
    assert server.asked("media")[-4:] == [b"Custom.100x60mm", b"A4"] * 2


@pytest.mark.usefixtures("_printers_of")
def test_what_keeps_a_printer_from_printing_is_said_in_plain_words(
    server: PrintServer, tmp_path: Path
) -> None:
    page = tmp_path / "page.pdf"
    document = pypdfium2.PdfDocument.new()
    document.new_page(283, 170)
    document.save(page)
    assert spooler.printers() == (PRINTER,)
    assert spooler.default() == PRINTER
    server.run("cupsdisable", PRINTER)
    job = spooler.send([page], PRINTER, title="off")
    told = spooler.watch(PRINTER, job, seconds=1.0)
    assert told is not None
    assert str(told) == f"The printer '{PRINTER}' is stopped."
    server.run("cancel", job)
    server.run("cupsenable", PRINTER)
    server.run("cupsreject", PRINTER)
    with pytest.raises(SurroundingsError, match="takes no jobs"):
        spooler.send([page], PRINTER, title="refused")
    server.run("cupsaccept", PRINTER)
    with pytest.raises(SurroundingsError, match="no printer 'Gone' any more"):
        spooler.send([page], "Gone", title="gone")


@pytest.mark.usefixtures("_printers_of")
def test_without_a_server_there_is_no_printer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody"))
    assert spooler.printers() == ()
    with pytest.raises(SurroundingsError, match="can still be saved as a file"):
        spooler.send([tmp_path / "page.pdf"], PRINTER, title="lost")
    assert spooler.default() == ""
