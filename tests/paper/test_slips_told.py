"""What a slip shows is in the lines of its print, field by field, and nothing else is."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from collections.abc import Iterator
from enum import Enum
from typing import Any

import pytest

from reception.facts import PartOutcome, StepKind, StepView
from reception.paper import forms, making, style
from reception.wording import load
from tests.paper.made_up import STAMP
from tests.paper.test_slips import AT, NOTICE, PART, REMINDER, SLIP, STEP, TERM, TOLD
from tests.paper.test_visitor_pass import PASS

KEYS = frozenset({"id", "entry_id", "referral_id", "zone"})
"""What stands in the keys of the lines, and the zone, which no site changes."""
ENDED = dataclasses.replace(
    PART,
    officer="甲",
    told_at=AT,
    told_whom="乙",
    received_at=AT,
    received_by="丙",
    answered_at=AT,
    answer="已办",
    outcome=PartOutcome.ANSWERED,
    case_number="1号",
)
LOOKS = (
    StepView(1, 3, StepKind.SEEN, AT, "王芳", whom="李局长", words="请办"),
    StepView(2, 4, StepKind.CALLED_BACK, AT, "王芳", reached=True, content=True, words="好"),
)
WHOLE: dict[str, tuple[str, Any]] = {
    "a slip": ("referral_slip", dataclasses.replace(SLIP, parts=(ENDED,), looks=LOOKS, decided_by="主任")),
    "without a number of the year": ("referral_slip", dataclasses.replace(SLIP, slip="", parts=(ENDED,))),
    "a protected one": (
        "referral_slip",
        dataclasses.replace(SLIP, withheld=True, person="", phone="", organisation=""),
    ),
    "a reminder": (
        "reminder_slip",
        dataclasses.replace(REMINDER, step=dataclasses.replace(STEP, whom="甲", reply="好", replied_at=AT)),
    ),
    "with a new limit": ("reminder_slip", dataclasses.replace(REMINDER, new_day=20260120)),
    "a notice": (
        "notice",
        dataclasses.replace(NOTICE, told=dataclasses.replace(TOLD, refusal="否", whereto="那里")),
    ),
    "a pass": ("visitor_pass", PASS),
}


def other(value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, Enum):
        return next(one for one in type(value) if one is not value)
    if isinstance(value, int):
        return value + 1
    if isinstance(value, dt.datetime):
        return value + dt.timedelta(days=1)
    if isinstance(value, str):
        return f"{value}改"
    return value


def variants(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """The data with one of its values changed, however deep it lies, and which."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            if field.name not in KEYS:
                for path, new in variants(getattr(value, field.name), f"{name}.{field.name}"):
                    yield path, dataclasses.replace(value, **{field.name: new})
    elif isinstance(value, tuple):
        for at, one in enumerate(value):
            for path, new in variants(one, f"{name}[{at}]"):
                yield path, (*value[:at], new, *value[at + 1 :])
    elif (changed := other(value)) != value:
        yield name, changed


def paper(form: str, data: Any) -> bytes:
    file = io.BytesIO()
    making.render(form, data, load("zh_CN"), style.default(forms.get(form).FORM), STAMP, file)
    return file.getvalue()


@pytest.mark.parametrize("which", WHOLE)
def test_the_paper_changes_where_its_lines_do_and_nowhere_else(which: str) -> None:
    form, data = WHOLE[which]
    module, untold, tried = forms.get(form), [], 0
    before = paper(form, data), list(module.lines(data))
    for path, changed in variants(data):
        tried += 1
        now = paper(form, changed), list(module.lines(changed))
        if (now[0] == before[0]) != (now[1] == before[1]):
            untold.append(f"{path}: {'told and not shown' if now[0] == before[0] else 'shown and not told'}")
    assert not untold, "\n".join(untold)
    assert tried > 8
    assert TERM.amount
