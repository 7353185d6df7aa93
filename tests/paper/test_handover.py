"""The handover of a shift on paper: what was open with its next step, what was said, who gave and took."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from reception import dates
from reception.desk import Desk
from reception.errors import NotFoundError
from reception.facts import Act, Category, Duty, NewReferral, Party, PinKind, Todo
from reception.facts.shifts import Handover, HandoverItem
from reception.operations import duties, pins, shifts, site
from reception.paper import handover
from reception.paper.handover import FORM, NEXT, HandedOver
from reception.wording import load
from reception.words import TODOS
from tests.factories import CLERK, TODAY, Clock, OpenDesk, add, department, new_uid, person, visit
from tests.paper import boxed, pdf
from tests.paper.boxed import squeeze
from tests.paper.made_up import ZONE, write

KEYS = [column.key for column in FORM.columns]
AT = dt.datetime(2026, 1, 5, 17, 30, tzinfo=ZONE)
_MIDNIGHT = dt.datetime(2026, 1, 7, 16, tzinfo=dt.UTC)
"""The end of 7 January at the site."""
_HELD = (("Leaders said", PinKind.LEADER), ("Things and keys", PinKind.HELD), ("Notes", PinKind.NOTE))
_TEXT = st.text(st.sampled_from("社保卡补换，。（）“”abc XYZ 0123.:;-/<>&%𬱖䶮㛃·é"), max_size=40)


def shift(*items: HandoverItem, **changes: object) -> HandedOver:
    """A plain handover of a desk."""
    plain = Handover(7, "A", AT, "王芳", items, sum(isinstance(one.what, Todo) for one in items))
    plain = dataclasses.replace(plain, **changes)  # type: ignore[arg-type]
    return HandedOver("某县人社局", "Asia/Shanghai", "", plain, (("JC", "劳动保障监察大队"),))


def item(what: Todo | PinKind = Todo.OVERDUE, text: str = "欠薪投诉", **changes: object) -> HandoverItem:
    number = "" if isinstance(what, PinKind) else "20260105-003"
    return HandoverItem(what, text, **{"number": number, **changes})  # type: ignore[arg-type]


def read(data: HandedOver, language: str = "zh_CN") -> list[pdf.Page]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "handover.pdf"
        count = write("handover", data, load(language), path)
        pages = pdf.read(path)
    assert len(pages) == count
    return pages


def rows(pages: list[pdf.Page]) -> list[dict[str, str]]:
    """The open things, what goes on on the next page put together."""
    found: list[dict[str, str]] = []
    for page in pages:
        for table in page.tables:
            if len(table.edges) != len(KEYS) + 1:
                continue
            for values in table.rows[1:]:
                one = dict(zip(KEYS, map(squeeze, values), strict=True))
                place = one.pop("place")
                if found and place in (found[-1]["place"] + "续", found[-1]["place"] + "cont."):
                    found[-1] |= {key: found[-1][key] + text for key, text in one.items()}
                else:
                    found.append({"place": place, **one})
    return found


@st.composite
def _shifts(draw: st.DrawFn) -> HandedOver:
    items = [
        item(
            draw(st.sampled_from((*NEXT, *PinKind))),
            draw(_TEXT) * draw(st.sampled_from((1, 1, 1, 30))),
            person=draw(_TEXT),
            department=draw(st.sampled_from(("", "JC", "QT"))),
            due_at=draw(
                st.sampled_from((None, AT.astimezone(dt.UTC), dt.datetime(2026, 1, 7, 16, tzinfo=dt.UTC)))
            ),
        )
        for _ in range(draw(st.integers(0, 25)))
    ]
    taken = draw(st.booleans())
    return shift(
        *items,
        giver=draw(_TEXT),
        taker=draw(_TEXT) if taken else "",
        answered_at=AT + dt.timedelta(minutes=9) if taken else None,
        missing=draw(_TEXT) if taken else "",
        remark=draw(_TEXT) * draw(st.sampled_from((1, 1, 60))),
    )


@settings(max_examples=15, phases=[Phase.explicit, Phase.generate])
@given(_shifts(), st.sampled_from(("zh_CN", "en")))
def test_a_handover_comes_back_line_by_line(data: HandedOver, language: str) -> None:
    pages, wording = read(data, language), load(language)
    boxed.assert_inside(pages)
    told, found = data.shift, rows(pages)
    still = [one for one in told.items if isinstance(one.what, Todo)]
    assert len(found) == max(len(still), 1)
    for at, (one, got) in enumerate(zip(still, found, strict=False), 1):
        assert (got["place"], got["number"]) == (str(at), "20260105-003")
        assert got["summary"].startswith(squeeze(one.person))
        assert got["summary"].endswith(squeeze(one.text))
        assert got["state"] == squeeze(wording.gettext(TODOS[Todo(one.what)]))
        assert got["next"] == squeeze(wording.pgettext("paper", NEXT[Todo(one.what)]))
        assert got["department"] == {"": "", "JC": "劳动保障监察大队", "QT": "QT"}[one.department]
        due = {None: "", 9: "17:30", 16: squeeze(dates.short_date(dt.date(2026, 1, 7), language))}
        assert got["due"] == due[one.due_at.hour if one.due_at else None]
    fields = boxed.fields(pages, wording.pgettext("paper", "{label} (continued)"))

    def of(label: str) -> str:
        return fields[squeeze(wording.pgettext("paper", label))]

    assert of("Handed over by") == squeeze(told.giver)
    assert of("Taken over by") == squeeze(told.taker)
    assert of("Said with it") == squeeze(told.remark)
    assert of("Found missing") == squeeze(told.missing)
    for label, kind in (
        ("Leaders said", PinKind.LEADER),
        ("Things and keys", PinKind.HELD),
        ("Notes", PinKind.NOTE),
    ):
        texts = [one.text for one in told.items if one.what is kind]
        assert len(texts) < 2 or all(f"{at}." in of(label) for at in range(1, len(texts) + 1))
        assert all(squeeze(text) in of(label) for text in texts)
    for page in pages:
        assert page.width < page.height
        outside = squeeze("".join(page.outside))
        assert squeeze(wording.pgettext("paper", "Handover of a shift")) in outside


def test_the_moments_of_both_signatures_stand_there() -> None:
    taken = shift(taker="李明", answered_at=AT + dt.timedelta(minutes=25))
    (form, _) = boxed.forms(read(taken)[0])
    assert [squeeze(cell.text) for cell in form[0]] == ["交班人", "王芳", "时间", "2026年1月5日17:30"]
    assert [squeeze(cell.text) for cell in form[1]] == ["接班人", "李明", "时间", "2026年1月5日17:55"]
    (form, _) = boxed.forms(read(shift())[0])
    assert [squeeze(cell.text) for cell in form[1]] == ["接班人", "", "时间", ""]


def test_what_has_no_room_in_the_list_is_counted() -> None:
    text = "".join(page.text for page in read(shift(item(), open_items=212)))
    assert "未办结事项：212 件" in text
    assert "另有 211 件" in text


def test_what_departments_still_owe_is_counted() -> None:
    text = "".join(page.text for page in read(shift(item(), at_departments=4, overdue=2)))
    assert "在科室待答复：4 件（超期 2 件）" in text
    assert "在科室" not in "".join(page.text for page in read(shift(item())))


# From the register.


@pytest.fixture
def handed(desk: Desk) -> Handover:
    """A shift that was handed over with an open referral, notes and a remark."""
    add(desk, visit("反映欠薪", parties=(person("张建国"),), department_id=department(desk, "JC")))
    for kind, text in ((PinKind.LEADER, "下午三点省厅来电"), (PinKind.HELD, "302会议室钥匙")):
        desk.do(pins.pin, text, kind=kind, uid=new_uid())
    desk.do(duties.save, Duty(TODAY, "值班员甲", "带班领导乙"), uid=new_uid())
    return desk.do(shifts.hand_over, "省厅回电要盯住", uid=new_uid())


def test_the_record_is_that_of_the_register(
    register: str, desk: Desk, handed: Handover, open_desk: OpenDesk, clock: Clock
) -> None:
    before = desk.ask(handover.collect)
    assert before.shift == desk.ask(shifts.find, handed.id)
    assert (before.officer, before.leader) == ("值班员甲", "带班领导乙")
    assert dict(before.departments)["JC"] == "劳动保障监察大队"
    assert desk.ask(handover.settle) == {"handover": handed.id}
    clock.go(minutes=5)
    open_desk(register, operator="李明").do(shifts.accept, handed.id, missing="少一把钥匙", uid=new_uid())
    after = desk.ask(handover.collect, handed.id)
    assert (after.shift.taker, after.shift.missing) == ("李明", "少一把钥匙")
    changed = {
        key
        for (key, old), (_, new) in zip(handover.lines(before), handover.lines(after), strict=True)
        if old != new
    }
    assert changed == {f"handover:{handed.id}"}
    with pytest.raises(NotFoundError):
        desk.ask(handover.collect, handed.id + 1)


def test_what_is_with_departments_is_counted_when_a_shift_is_handed_over(
    register: str, open_desk: OpenDesk, clock: Clock
) -> None:
    desk = open_desk(register)
    lead = department(desk, "JC")
    referral = NewReferral(lead, instruction="请查实")
    add(desk, visit("反映欠薪", act=Act.REFERRED, department_id=lead, referral=referral))
    add(desk, visit("问路", act=Act.POINTED, department_id=lead))
    new = desk.do(shifts.hand_over, uid=new_uid())
    assert (new.items, new.at_departments, new.overdue) == ((), 1, 0)  # nothing of it presses yet
    clock.go(days=60)
    late = desk.do(shifts.hand_over, uid=new_uid())
    assert (len(late.items), late.at_departments, late.overdue) == (1, 1, 1)
    assert desk.ask(shifts.find, new.id).overdue == 1  # handed over anew, it is the same one


def test_a_desk_that_handed_nothing_over_says_so(file_register: str, open_desk: OpenDesk) -> None:
    with pytest.raises(NotFoundError):
        open_desk(file_register).ask(handover.collect)


@pytest.mark.parametrize("prints", [CLERK, "李明"])
def test_what_is_sealed_stays_so_whoever_prints(
    register: str, open_desk: OpenDesk, clock: Clock, prints: str
) -> None:
    desk = open_desk(register)
    desk.do(site.save, {"supervisors": CLERK}, uid=new_uid())
    secret = NewReferral(department(desk, "JC"), instruction="请查实")
    add(
        desk, visit("检举收受财物", parties=(Party("司马秘"),), category=Category.ACCUSATION, referral=secret)
    )
    add(desk, visit("举报欠薪", parties=(Party("欧阳密"),), category=Category.REPORT))
    clock.go(days=120)  # by then it is overdue
    done = desk.do(shifts.hand_over, uid=new_uid())
    assert done.open_items == 2
    data = open_desk(register, operator=prints).ask(handover.collect, done.id)
    text = "".join(page.text for page in read(data)) + repr(data.shift.items)
    for words in ("司马秘", "收受财物", "欧阳密", "劳动保障监察大队", "'JC'"):
        assert words not in text, words
    assert "举报欠薪" in text
