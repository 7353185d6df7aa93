"""Facts are frozen dataclasses in everything that shows, though their methods are made late."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from dataclasses import field

import pytest

from reception.shapes import dataclass


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody on the phone."""

    name: str
    phone: str = ""
    matters: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.name} {self.phone}"


def test_it_is_made_shown_and_compared_like_any_dataclass() -> None:
    one, same, other = Caller("王芳", phone="110"), Caller("王芳", "110", []), Caller("李强")
    assert (one.name, one.phone, one.matters) == ("王芳", "110", [])
    assert one == same != other
    assert other.matters is not one.matters
    assert repr(one) == "Caller(name='王芳', phone='110', matters=[])"
    assert str(one) == "王芳 110"
    assert dataclasses.replace(one, phone="119") == Caller("王芳", "119")
    assert dataclasses.asdict(other) == {"name": "李强", "phone": "", "matters": []}
    match one:
        case Caller(name, phone):
            assert (name, phone) == ("王芳", "110")


def test_what_does_not_fit_is_refused_in_its_name() -> None:
    with pytest.raises(TypeError, match=r"Caller.__init__\(\) got an unexpected keyword argument 'age'"):
        Caller("王芳", age=30)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="'name'"):
        Caller()  # type: ignore[call-arg]


def test_nothing_changes_once_it_is_made() -> None:
    one = Caller("王芳")
    for name in ("name", "unknown"):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(one, name, "李强")
    with pytest.raises(dataclasses.FrozenInstanceError):
        del one.name
    assert not hasattr(one, "__dict__")


def test_equal_ones_are_one_key() -> None:
    @dataclass(frozen=True, slots=True)
    class Place:
        room: str
        floor: int = 0

    assert len({Place("101"), Place("101", 0), Place("101", 1)}) == 2


def test_copies_and_pickles_arrive_whole_also_where_none_was_made_before() -> None:
    from reception.facts import Counters

    sent = Counters(overdue=2, waiting=1)
    assert copy.copy(sent) == pickle.loads(pickle.dumps(sent)) == sent
    code = f"import pickle; one = pickle.loads({pickle.dumps(sent)!r}); print(one); one.overdue = 3"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == repr(sent)
    assert "FrozenInstanceError" in done.stderr


def test_the_first_and_the_many_are_made_alike() -> None:
    @dataclass(frozen=True, slots=True)
    class Line:
        number: int
        words: str = "–"
        steps: list[int] = field(default_factory=list)

    made = [Line(at) if at % 2 else Line(words=str(at), number=at) for at in range(300)]
    assert [one.number for one in made] == list(range(300))
    assert {type(one.steps) for one in made} == {list}
    assert len({id(one.steps) for one in made}) == 300
    assert made[0] == Line(0, "0", []) != made[1] == Line(1, "–")
    assert [one.name for one in dataclasses.fields(Line)] == ["number", "words", "steps"]
    with pytest.raises(TypeError, match="takes from 2 to 4 positional arguments"):
        Line(1, "2", [], 4)  # type: ignore[call-arg]


def test_a_value_given_twice_is_refused_at_once() -> None:
    @dataclass(frozen=True, slots=True)
    class Line:
        number: int

    with pytest.raises(TypeError, match="multiple values for argument 'number'"):
        Line(1, number=3)  # type: ignore[misc]
    with pytest.raises(TypeError, match="takes 2 positional arguments but 3 were given"):
        Line(1, 2)  # type: ignore[call-arg]
