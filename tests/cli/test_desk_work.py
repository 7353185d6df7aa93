"""The desk's other work by command: who is here, whom to call back, taking back, revealing."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

import pypdf
import pytest

from reception import proofs
from reception.desk import Desk
from reception.facts.people import NoteKind
from reception.operations import people, site
from tests.cli.running import InProcess

NUMBER = "11010519491231002X"


def _call(reception: InProcess, *arguments: str) -> str:
    return reception.done("add", "call-in", "--subject", "退休审批", "--name", "张建国", *arguments).word


def test_who_waits_is_here_until_received_and_gone(reception: InProcess, tmp_path: Path) -> None:
    other, number = reception.add("--name", "李四", "--party", "3"), reception.add("--name", "张建国")
    waits = reception.json("waiting", number)
    assert waits["waiting_since"]
    first, second = reception.json("here")
    assert (first["number"], first["late"], second["number"]) == (number, False, other)
    assert (second["party"], second["waiting_minutes"]) == (3, None)
    text = reception.done("here").out.splitlines()
    assert [number in text[1], other in text[2], len(text)] == [True, True, 3]
    reception.refused("waiting", number)
    assert reception.done("received", number).word == "received"
    assert reception.json("here")[0]["waiting_minutes"] is None
    path = tmp_path / "点名.pdf"
    told = reception.done("roll-call", "-o", str(path))
    assert told.word == str(path)
    pages = pypdf.PdfReader(path).pages
    assert "李四" in pages[0].extract_text()
    again = reception.json("roll-call", "-o", str(path))
    assert proofs.read_code(again.pop("code"))
    assert again == {"people": 4, "visits": 2, "file": str(path), "pages": len(pages), "count": 1}
    for one in (number, other):
        reception.done("leave", one)
    assert reception.json("here") == []


def test_a_visit_nobody_signed_out_of_is_closed_as_estimated(reception: InProcess) -> None:
    yesterday = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    number = reception.add("--at", yesterday.isoformat(timespec="minutes"))
    founded = reception.json("show", number)
    assert founded["left_at"] is None
    # the register was founded today: history before stays as it was
    assert reception.json("close-day") == {"closed": 0}
    assert reception.done("close-day").word == "0"
    assert reception.json("show", number)["left_estimated"] is False


def test_a_call_back_from_the_note_to_the_answer(reception: InProcess) -> None:
    number = _call(reception, "--phone", "13800138000")
    assert reception.json("callbacks") == []
    noted = reception.json(
        "call-back", number, "--due", "2020-01-06T15:00", "--about", "告知进度", "--owner", "李敏"
    )
    (made,) = noted["callbacks"]
    assert (made["status"], made["due_at"], made["about"], made["owner"], made["attempts"]) == (
        "owed",
        "2020-01-06T15:00:00+08:00",
        "告知进度",
        "李敏",
        [],
    )
    (owed,) = reception.json("callbacks")
    assert (owed["number"], owed["phone"], owed["overdue"], owed["attempts"]) == (
        number,
        "13800138000",
        True,
        0,
    )
    uid = str(uuid.uuid4())
    for _twice in range(2):
        reception.done("called", number, "no-answer", "--note", "响了很久", "--uid", uid)
    assert reception.json("callbacks")[0]["last_result"] == "no-answer"
    line = reception.done("callbacks").out.splitlines()[1]
    for word in (number, "2020-01-06 15:00", "13800138000", "张建国", "告知进度", "李敏", "no answer"):
        assert word in line
    done = reception.json("called", number, "reached", "--by", "其女儿")
    assert [(one["result"], one["reached"]) for one in done["callbacks"][0]["attempts"]] == [
        ("no-answer", None),
        ("reached", "其女儿"),
    ]
    assert (done["status"], done["act"], reception.json("callbacks")) == ("finished", "answered", [])
    shown = reception.done("show", number).out
    for word in ("告知进度", "响了很久", "其女儿", "tried to call back", "reached"):
        assert word in shown
    reception.refused("called", number, "busy")


def test_a_call_back_is_given_up_with_a_reason(reception: InProcess) -> None:
    number = _call(reception)
    assert "number to call" in reception.refused("call-back", number)
    reception.done("call-back", number, "--phone", "8001")
    reception.refused("give-up", number)
    given = reception.json("give-up", number, "--reason", "空号")
    assert (given["callbacks"][0]["status"], given["callbacks"][0]["reason"]) == ("given-up", "空号")
    for words in (("called", number, "maybe"), ("callbacks", "--limit", "0")):
        reception.refused(*words)


def test_the_last_act_is_taken_back(reception: InProcess) -> None:
    number = reception.add("--name", "张建国")
    reception.done("leave", number)
    reception.done("add", "visit", "--subject", "别人的", "--operator", "李敏")
    uid = str(uuid.uuid4())
    for _twice in range(2):
        assert reception.done("undo", "--uid", uid).out == f"Took back 'left' of {number}\n"
    assert reception.json("show", number)["left_at"] is None
    taken = reception.json("undo")
    assert (taken["number"], taken["verb"], taken["entry"]["status"]) == (number, "register", "void")
    assert [line["verb"] for line in taken["entry"]["trail"]] == ["register", "leave", "undo", "undo"]
    assert "taken back" in reception.done("show", number).out
    assert "Nothing" in reception.refused("undo")
    assert reception.done("redo").out == f"Did 'registered' of {number} again\n"
    assert reception.json("redo")["entry"]["left_at"] is not None
    assert "Nothing" in reception.refused("redo")
    assert reception.json("undo", "--operator", "李敏")["verb"] == "register"


def test_what_was_done_to_people_and_settings_is_taken_back_too(reception: InProcess) -> None:
    reception.add("--name", "张建国", "--phone", "13800138000")
    desk = Desk.open(reception.register, operator="王芳")
    (someone,) = desk.ask(people.find, "")
    desk.do(people.save_note, someone.id, NoteKind.HEARING, uid=uuid.uuid4())
    desk.do(site.save, {"footer": "新页脚"}, uid=uuid.uuid4())
    desk.close()
    by = ("--operator", "王芳")
    assert reception.done("undo", *by).out == "Took back 'changed' of footer\n"
    taken = reception.json("undo", *by)
    assert (taken["number"], taken["kind"], taken["verb"], taken["entry"]) == (
        "张建国",
        "person",
        "note",
        None,
    )
    assert reception.done("redo", *by).out == "Did 'note written' of 张建国 again\n"


def test_a_document_number_is_shown_whole_by_one_command_only(reception: InProcess) -> None:
    number = reception.add("--name", "张建国")
    assert "No document number" in reception.refused("reveal", number)
    reception.done("correct", number, f"document_number={NUMBER}", "document_type=身份证")
    for words in (("show", number), ("list",), ("here",), ("outcome", number, "好")):
        assert NUMBER not in reception.done(*words, "--json").out
        assert NUMBER not in reception.done(*words).out
    assert reception.done("reveal", number, "--operator", "李敏").word == NUMBER
    assert reception.json("reveal", number, "--person", "1") == {
        "number": number,
        "person": 1,
        "document_number": NUMBER,
    }
    lines = [line for line in reception.json("show", number)["trail"] if line["verb"] == "reveal"]
    assert [line["operator"] for line in lines] == ["李敏", "王芳"]
    assert lines[0]["changes"] == [{"field": "reveal.person", "old": None, "new": "1"}]
    for person in ("0", "2", "eins"):
        reception.refused("reveal", number, "--person", person)


@pytest.mark.parametrize(
    "words",
    [
        ("waiting", "20200101-001"),
        ("received", "20200101-001"),
        ("call-back", "20200101-001"),
        ("called", "20200101-001", "busy"),
        ("give-up", "20200101-001", "--reason", "空号"),
        ("reveal", "20200101-001"),
        ("call-back", "001"),
    ],
)
def test_an_unknown_number_is_refused(cli: InProcess, words: tuple[str, ...]) -> None:
    assert words[1] in cli.refused(*words)
