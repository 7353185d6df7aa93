"""``reception people`` and ``reception add --case``."""

from __future__ import annotations

from tests.cli.running import InProcess

MOBILE = "138 0013 8000"
CALLER = ("--name", "单小芳", "--phone", MOBILE)


def test_people_are_found_by_what_is_known_of_them(reception: InProcess) -> None:
    for subject in ("社保卡补换", "拖欠工资"):
        reception.done("add", "visit", "--subject", subject, *CALLER)
    reception.done("add", "call-in", "--subject", "咨询", "--phone", "13900139000")
    for text in ("单", "dan", "sxf", "0013 8000", "小芳"):
        (one,) = reception.json("people", text)
        assert (one["name"], one["phones"], one["times"]) == ("单小芳", [MOBILE], 2)
        assert (one["last_subject"], one["open_cases"], one["note"]) == ("拖欠工资", 2, None)
    shown = reception.done("people", "001").out
    assert "单小芳" in shown
    assert "13900139000" in shown
    assert len(reception.json("people", "001", "--limit", "1")) == 1
    assert reception.json("people", "王") == []


def test_an_enquiry_is_added_to_its_case(reception: InProcess) -> None:
    number = reception.done("add", "visit", "--subject", "拖欠工资", *CALLER).word
    again = reception.done("add", "call-in", "--subject", "问进展", *CALLER, "--case", number).word
    assert reception.json("show", again)["case"] == number
    assert reception.json("show", number)["enquiries"] == [again]
    assert number in reception.done("show", again).out
    assert "20200101-001" in reception.refused("add", "visit", "--subject", "问", "--case", "20200101-001")
