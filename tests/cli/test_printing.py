"""Any form from the terminal, into a file or to a printer; and what became of a sheet since."""

from __future__ import annotations

import inspect
import os
import re
import uuid
from pathlib import Path

import pypdf
import pytest

from reception import proofs
from reception.cli import paper_words
from reception.paper import forms, output
from tests.cli.running import InProcess, run

DAY = "20240305"
AT = ("--at", "2024-03-05T09:30")
NUMBER = f"{DAY}-001"
WORDS: dict[str, tuple[str, ...]] = {
    "daily-sheet": (DAY,),
    "case-trail": (NUMBER,),
    "director-page": (DAY,),
    "bulletin": ("month", DAY),
    "roll-call": (),
    "visitor-register": ("2024-03-01", "2024-03-31"),
    "visit-record": (NUMBER,),
    "phone-record": (f"{DAY}-002",),
    "handover": (),
    "referral-slip": (f"{NUMBER}/JC",),
    "reminder-slip": (f"{NUMBER}/JC",),
    "notice": (NUMBER,),
    "visitor-pass": (NUMBER,),
    "document-register": ("2024-03-01", "2024-03-31"),
    "handling-slip": (f"{DAY}-003",),
    "meeting-notice": (f"{DAY}-004",),
    "sign-in": (f"{DAY}-004",),
    "event-report": (f"{DAY}-005",),
    "ledger": ("2024",),
}
"""Every form, and what of it is printed."""


@pytest.fixture
def lived_in(reception: InProcess) -> InProcess:
    """A register in which there is something for every form."""
    visit = ("add", "visit", "--subject", "拖欠工资", "--name", "张建国", "--matter", "社保卡补换", *AT)
    assert reception.done(*visit).word == NUMBER
    reception.done("add", "call-in", "--subject", "失业金", *AT)
    reception.done("document", "add", "关于职称评审的通知", "--from", "省厅", "--circulate", "李局长", *AT)
    reception.done("notice", "add", "例会", "--person", "王芳,,13900000001", *AT)
    reception.done("urgent", "begin", "集体访", "--people", "30", *AT)
    reception.done("refer", NUMBER, "--to", "JC")
    reception.done("remind", NUMBER, "--way", "written")
    reception.done("inform", NUMBER)
    reception.done("handover", "--give")
    return reception


def text(path: Path) -> str:
    """What stands on a document's pages."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def test_every_form_is_printed_counted_and_verified(lived_in: InProcess, tmp_path: Path) -> None:
    assert {name.replace("_", "-") for name in forms.NAMES} == set(WORDS)
    for form, words in WORDS.items():
        path = tmp_path / f"{form}.pdf"
        (first,) = lived_in.json("print", form, *words, "-o", str(path))
        assert (first["form"], first["file"], first["count"]) == (form, str(path), 1), form
        assert first["pages"] == len(pypdf.PdfReader(path).pages)
        again = lived_in.done("print", form, *words, "-o", str(path), "--language", "zh_CN")
        assert again.word == str(path)
        verified = lived_in.json("verify-sheet", first["code"])
        assert verified["same"], (form, verified["differences"])
        assert verified["form"] == form
    assert lived_in.json("check")["whole"]


def test_every_argument_of_every_form_has_an_option() -> None:
    for name in forms.NAMES:
        for argument, parameter in inspect.signature(forms.get(name).collect).parameters.items():
            needed = parameter.default is inspect.Parameter.empty and argument != "session"
            assert not needed or argument in paper_words.ARGUMENTS, f"{name}: {argument}"


def test_a_sheet_says_that_it_was_printed_before_and_a_preview_that_it_is_one(
    lived_in: InProcess, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.pdf"
    words = ("print", "daily-sheet", DAY, "-o", str(path), "--language", "zh_CN")
    (first,) = lived_in.json(*words)
    assert first["code"] in text(path)
    assert "补打" not in text(path)
    assert "更正" not in text(path)
    lived_in.done("correct", NUMBER, "subject=拖欠工资两年")
    said = lived_in.done(*words)
    assert said.out.splitlines()[0] == "It was printed before; this is print 2."
    assert "补打" in text(path)
    assert "更正" in text(path)
    before = lived_in.json("check")["lines"]
    (shown,) = lived_in.json(*words, "--preview")
    assert (shown["code"], shown["count"]) == (None, None)
    assert "预览" in text(path)
    assert lived_in.json("check")["lines"] == before


def test_the_same_uid_writes_the_same_bytes(lived_in: InProcess, tmp_path: Path) -> None:
    uid = "8f14e45f-ceea-467f-a9a6-5f6e2f3b1c0d"
    paths = [tmp_path / f"{at}.pdf" for at in range(2)]
    for path in paths:
        (made,) = lived_in.json("print", "daily-sheet", DAY, "-o", str(path), "--uid", uid)
        assert made["count"] == 1
    assert paths[0].read_bytes() == paths[1].read_bytes()
    lived_in.done("outcome", NUMBER, "已告知")
    said = lived_in.refused("print", "daily-sheet", DAY, "-o", str(paths[0]), "--uid", uid)
    assert "Print it anew" in said


def test_several_forms_lie_in_a_folder(
    lived_in: InProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("print", "daily-sheet", DAY, "visit-record", NUMBER, "daily-sheet", DAY)
    made = lived_in.json(*words, "-o", str(tmp_path))
    assert [(one["form"], one["count"]) for one in made] == [
        ("daily-sheet", 1),
        ("visit-record", 1),
        ("daily-sheet", 2),
    ]
    assert {path.name for path in tmp_path.glob("*.pdf")} >= {
        f"reception-daily-sheet-{DAY}.pdf",
        f"reception-daily-sheet-{DAY}-2.pdf",
        f"reception-visit-record-{NUMBER}.pdf",
    }
    assert "need a folder" in lived_in.refused(*words, "-o", str(tmp_path / "one.pdf"))
    monkeypatch.chdir(tmp_path)
    assert lived_in.done("print", "roll-call").word.startswith("reception-roll-call-")


def test_what_no_font_has_is_told_with_its_entry_and_how_to_get_a_font(
    cli: InProcess, tmp_path: Path
) -> None:
    number = cli.add("--name", "张\U00031350", *AT)
    said = cli("print", "daily-sheet", DAY, "-o", str(tmp_path / "sheet.pdf"))
    assert (said.code, said.word) == (0, str(tmp_path / "sheet.pdf"))
    assert "U+31350" in said.err
    assert number[-3:] in said.err
    cli.done("correct", number, "name=张建国")
    cli.done("print", "daily-sheet", DAY, "-o", str(tmp_path / "sheet.pdf"))


REFUSED: list[tuple[tuple[str, ...], str]] = [
    (("nothing",), "no form 'nothing'"),
    (("dayly-sheet",), "Did you mean: daily-sheet?"),
    (("visitor-register", "2024-03-01"), "needs --to"),
    (("visit-record",), "needs --number"),
    (("visit-record", "12"), "12"),
    (("visit-record", f"{DAY}-009"), f"{DAY}-009"),
    (("daily-sheet", DAY, "x"), "one word too many"),
    (("daily-sheet", "--year", "2024"), "takes no --year"),
    (("daily-sheet", "--day", "2024-02-30"), "does not exist"),
    (("daily-sheet", "--desk", "X"), "no desk 'X'"),
    (("daily-sheet", "--paper", "B5"), "Choose one of: A4"),
    (("daily-sheet", "--language", "fr"), "Choose one of: zh_CN"),
    (("daily-sheet", "--printer", "X", "--preview"), "preview"),
]


@pytest.mark.parametrize(("words", "said"), REFUSED, ids=[" ".join(words) for words, _said in REFUSED])
def test_what_cannot_be_printed_is_refused_and_nothing_is_noted(
    cli: InProcess, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    before = cli.json("check")["lines"]
    assert said in cli.refused("print", *words)
    assert cli.json("check")["lines"] == before


def test_where_a_sheet_cannot_be_saved_it_is_not_noted_as_printed(cli: InProcess, tmp_path: Path) -> None:
    before = cli.json("check")["lines"]
    for place in (tmp_path / "missing" / "sheet.pdf", Path("/dev/full")):
        cli.refused("print", "daily-sheet", "-o", str(place), code=1)
    assert cli.json("check")["lines"] == before
    assert list(tmp_path.glob("*.pdf")) == []


@pytest.mark.parametrize("command", [("print", "daily-sheet"), ("print-day",)], ids=" ".join)
def test_what_could_not_be_saved_is_saved_by_the_same_act_and_is_no_reprint(
    cli: InProcess, tmp_path: Path, command: tuple[str, ...]
) -> None:
    path, other = tmp_path / "sheet.pdf", tmp_path / "other.pdf"
    output.rough(path, os.getpid()).mkdir()  # in the way once the print is noted
    failed = cli(*command, "-o", str(path))
    assert (failed.code, failed.out) == (1, "")
    uid = failed.err.partition("--uid ")[2].partition("'")[0]
    saved = cli.done(*command, "--uid", uid, "-o", str(other))
    assert "printed before" not in saved.out
    assert other.read_bytes().startswith(b"%PDF")


def test_a_department_prints_nothing(cli: InProcess, tmp_path: Path) -> None:
    for words in (("print", "daily-sheet"), ("print-day",), ("verify-sheet", "7K3Q9ZTB")):
        result = cli(*words, before=["--department", "JC"])
        assert (result.code, result.out) == (2, "")
        assert "the desk's work" in result.err
    assert list(tmp_path.glob("*.pdf")) == []


# Whether a sheet still holds.


def test_a_sheet_is_verified_and_what_changed_is_told(lived_in: InProcess, tmp_path: Path) -> None:
    (made,) = lived_in.json("print", "daily-sheet", DAY, "-o", str(tmp_path / "a.pdf"), "--operator", "王芳")
    same = lived_in.done("verify-sheet", made["code"].lower().replace("-", "")).out.splitlines()
    assert same[0] == "The register holds exactly what this sheet shows."
    assert same[1].startswith(f"Daily reception register {DAY}, print 1 of 1: ")
    head = same[1].rpartition(" ")[2]
    assert head in text(tmp_path / "a.pdf")
    lived_in.done("correct", NUMBER, "name=李四", "--operator", "李静")
    late = lived_in.add("--at", "2024-03-05T10:00", "--late")
    told = lived_in.done("verify-sheet", made["code"]).out
    assert told.splitlines()[0].endswith("lines differ from what this sheet shows.")
    assert "李静: Corrected" in told
    document = lived_in.json("verify-sheet", made["code"])
    assert (document["same"], document["holds"], document["operator"]) == (False, True, "王芳")
    states = {one["number"]: one["state"] for one in document["differences"] if one["number"]}
    assert states == {NUMBER: "changed", late: "new"}
    (deed,) = next(one["deeds"] for one in document["differences"] if one["number"] == NUMBER)
    assert (deed["operator"], deed["verb"], deed["of"]) == ("李静", "correct", "entry")
    wrong = made["code"][:-1] + ("0" if made["code"][-1] != "0" else "1")
    assert "mistyped" in lived_in.refused("verify-sheet", wrong)
    elsewhere = proofs.code_of(uuid.uuid4())
    assert "No sheet with the code" in lived_in.refused("verify-sheet", elsewhere)


def test_help_lists_the_forms_by_name_and_a_wrong_one_is_told_before_a_missing_register(
    tmp_path: Path,
) -> None:
    for language, title in (("zh_CN", "来访人员登记表"), ("en", "Visitor register")):
        told = run("--language", language, "print", "--help")
        assert re.search(f"visitor-register +{title}", told.out)
    wrong = run("--register", str(tmp_path / "none.sqlite"), "print", "dayly-sheet")
    assert (wrong.code, "Did you mean: daily-sheet?" in wrong.err) == (2, True)


def test_a_sheet_of_days_to_come_is_refused_and_nothing_is_written(
    lived_in: InProcess, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.pdf"
    said = lived_in("print", "daily-sheet", "2099-01-01", "-o", str(path))
    assert (said.code, path.exists()) == (2, False)
    assert "2099-01-01: that day is still to come" in said.err
