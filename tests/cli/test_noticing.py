"""What somebody was told in full, by command: noted, shown, taken back, printed with its slips and passes."""

from __future__ import annotations

from pathlib import Path

import pypdf

from tests.cli.running import InProcess


def _text(path: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def test_a_notice_is_noted_and_shown_with_what_is_missing(reception: InProcess) -> None:
    number = reception.add("--name", "张建国", "--matter", "社保卡补换")
    (matter,) = (one for one in reception.json("matters") if one["name"] == "社保卡补换")
    papers = matter["materials"]
    assert len(papers) > 1
    assert reception.done("inform", number, "--has", "1").word == number
    (kept,) = reception.json("show", number)["notices"]
    assert (kept["matter"], kept["materials"], kept["lacks"]) == ("社保卡补换", papers, papers[1:])
    shown = reception.done("show", number).out
    assert f"√ 1 {papers[0]}" in shown
    assert f"- 2 {papers[1]}" in shown
    reception.done("undo")
    assert reception.json("show", number)["notices"] == []
    reception.done("check")


def test_what_somebody_need_not_bring_is_left_out(reception: InProcess, tmp_path: Path) -> None:
    number = reception.add("--name", "张建国", "--matter", "社保卡补换")
    (matter,) = (one for one in reception.json("matters") if one["name"] == "社保卡补换")
    first, without, *rest = matter["materials"]
    reception.done("inform", number, "--has", "1", "--not-needed", "2")
    (kept,) = reception.json("show", number)["notices"]
    assert (kept["materials"], kept["lacks"]) == ([first, *rest], rest)
    reception.done("print", "notice", number, "-o", str(tmp_path / "notice.pdf"))
    assert without not in _text(tmp_path / "notice.pdf")
    assert "1" in reception.refused("inform", number, "--has", "1", "--not-needed", "1")


def test_a_notice_asks_for_a_matter_and_for_papers_that_there_are(reception: InProcess) -> None:
    number = reception.add()
    assert "--matter" in reception.refused("inform", number)
    said = reception.refused("inform", number, "--matter", "社保卡补换", "--has", "1,99")
    assert "99" in said
    reception.refused("inform", number, "--matter", "社保卡补换", "--has", "one")
    reception.refused("inform", "20261122-999", "--matter", "社保卡补换")


def test_slips_notices_and_passes_are_printed_by_command(reception: InProcess, tmp_path: Path) -> None:
    number = reception.add("--name", "张建国")
    reception.done("refer", number, "--to", "JC", "--instruction", "请核实")
    reception.done("inform", number, "--matter", "社保卡补换", "--refusal", "户籍不在本县")
    reception.done("remind", number, "--way", "written", "--note", "请尽快反馈")
    for words, said in (
        (("notice", number), "户籍不在本县"),
        (("referral-slip", number), "请核实"),
        (("reminder-slip", number), "请尽快反馈"),
        (("visitor-pass", number), "张建国"),
    ):
        path = tmp_path / f"{words[0]}.pdf"
        told = reception.done("print", *words, "-o", str(path))
        assert told.word == str(path)
        assert said in _text(path)
    call = reception.done("add", "call-in", "--subject", "退休").word
    reception.refused("print", "visitor-pass", call, "-o", str(tmp_path / "none.pdf"), code=2)


def test_a_site_s_template_tells_how_a_matter_goes_and_what_it_costs() -> None:
    from reception.templates.reading import parse

    hours = (
        '[site.hours]\nsummer_from = "06-01"\nwinter_from = "10-01"\n'
        'summer = ["08:30-12:00"]\nwinter = ["08:30-12:00"]\n'
    )
    site = '[site]\nname = "某局"\noperator = "接待员"\n'
    matter = '[[matters]]\nname = "补卡"\nsteps = "取号"\nfee = "不收费"\n'
    (seed,) = parse("made", site + hours + matter, "zh_CN").matters
    assert (seed.steps, seed.fee) == ("取号", "不收费")
