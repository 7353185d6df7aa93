"""Whatever is done to a paper in whatever order, what it waits for is what its rows say, and checks hold."""

from __future__ import annotations

import contextlib
import uuid
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reception.desk import Desk
from reception.errors import DeskError
from reception.facts import EntryStatus, NewReferral
from reception.facts.papers_in import PaperStep
from reception.operations import referrals, undoing
from reception.operations.office import circulation, documents, papers_in
from reception.store import check
from tests.factories import CLERK, Clock, Founded, department, new_uid, part

ACTS = ("circulate", "sign", "take-off", "file", "refer", "answer", "undo")


@dataclass
class Paper:
    """What the paper's story comes to, told apart from the program: who has yet to sign, and so on."""

    unsigned: list[str] = field(default_factory=list)
    referred: bool = False
    filed: bool = False
    before: list[tuple[uuid.UUID, list[str], bool, bool]] = field(default_factory=list)

    @property
    def step(self) -> PaperStep:
        if self.referred:
            return PaperStep.REFERRED
        if self.unsigned:
            return PaperStep.CIRCULATING
        return PaperStep.FILED if self.filed else PaperStep.NOTHING


def _act(desk: Desk, paper: Paper, entry_id: int, what: str, number: int) -> None:
    """Do it to both; what the program refuses must make no sense for the paper either."""
    uid, name = new_uid(), f"{number}号"
    was = (list(paper.unsigned), paper.referred, paper.filed)
    sense = {
        "circulate": not paper.filed,
        "sign": bool(paper.unsigned),
        "take-off": bool(paper.unsigned),
        "file": not paper.filed and not paper.referred and not paper.unsigned,
        "refer": not paper.referred,
        "answer": paper.referred,
        "undo": bool(paper.before),
    }[what]
    try:
        if what == "circulate":
            desk.do(circulation.circulate, entry_id, to=name, uid=uid)
            paper.unsigned.append(name)
        elif what == "sign":
            desk.do(circulation.sign, entry_id, uid=uid)
            paper.unsigned.pop(0)
        elif what == "take-off":
            desk.do(circulation.take_off, entry_id, who=(paper.unsigned or ["谁"])[-1], uid=uid)
            paper.unsigned.pop()
        elif what == "file":
            desk.do(documents.file, entry_id, where="档案柜", uid=uid)
            paper.filed = True
        elif what == "refer":
            desk.do(referrals.refer, entry_id, NewReferral(department(desk, "JC")), uid=uid)
            paper.referred = True
        elif what == "answer":
            _close(desk, entry_id)
            paper.referred, paper.before = False, []
            return
        elif paper.before:
            act, *then = paper.before.pop()
            desk.do(undoing.undo, act, uid=uid)
            paper.unsigned, paper.referred, paper.filed = then  # type: ignore[assignment]
            return
        else:
            return
    except DeskError:
        assert not sense, what
        return
    assert sense, what
    paper.before.append((uid, *was))


def _close(desk: Desk, entry_id: int) -> None:
    number = desk.ask(papers_in.one, entry_id).number
    name = desk.ask(referrals.find_part, number).name
    desk.do(referrals.answer, part(desk, name), "已办", uid=new_uid())
    desk.do(referrals.close, desk.ask(referrals.find_referral, name).id, uid=new_uid())


@settings(
    max_examples=15,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.sampled_from(ACTS), min_size=4, max_size=14))
def test_a_paper_stands_where_its_story_says(
    tmp_path_factory: pytest.TempPathFactory, founded: Founded, acts: list[str]
) -> None:
    folder: Path = tmp_path_factory.mktemp("paper")
    with founded.copied("sqlite", folder / "register.sqlite") as place:
        clock = Clock()
        with contextlib.closing(Desk.open(place, operator=CLERK, clock=clock)) as desk:
            clock.go(minutes=1)
            title = "关于评审的通知"
            new = desk.do(documents.register, subject=title, sender="省厅", uid=new_uid())
            paper = Paper()
            for number, what in enumerate(acts):
                clock.go(seconds=10)
                _act(desk, paper, new.entry_id, what, number)
                one = desk.ask(papers_in.one, new.entry_id)
                assert one.step is paper.step
                assert [who.name for who in one.unsigned] == paper.unsigned
                done = paper.filed and not paper.referred
                assert (one.status is EntryStatus.FINISHED) is done
                nothing = desk.ask(papers_in.rows, which="nothing")
                assert bool(nothing) is (paper.step is PaperStep.NOTHING)
            assert check.run(desk).troubles == ()
