"""What made-up people say: texts from ``resources/demo``, fitted to the register's catalogue."""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from random import Random
from typing import Any

from reception.demo import scenery
from reception.facts import Catalogue, Category, DepartmentFact, Kind, MatterFact

_RELATIVES = ("母亲", "父亲", "老伴", "丈夫", "妻子", "女儿", "儿子", "岳父", "婆婆")


@dataclass(frozen=True, slots=True)
class Scene:
    """One matter as it sounds."""

    matter: str = ""
    weight: float = 1
    visit_only: bool = False
    subjects: Sequence[str] = ()
    requests: Sequence[str] = ()
    said: Sequence[str] = ()
    instructions: Sequence[str] = ()
    answers: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends papers, how their numbers begin, and what the papers are about."""

    sender: str
    sign: str
    titles: Sequence[str]


@dataclass(frozen=True, slots=True)
class Topic:
    """A matter of the catalogue with its scene and the department that it belongs to."""

    matter: MatterFact
    scene: Scene
    department: DepartmentFact | None

    @property
    def inside(self) -> bool:
        """Whether it can be referred: a department of this organisation has it."""
        return self.department is not None and not self.department.outside

    def category(self, kind: Kind) -> Category:
        """What kind of visit or call this is by its name."""
        name = self.matter.name
        if "举报" in name:
            return Category.REPORT
        if "投诉" in name:
            return Category.COMPLAINT
        if name.endswith("访"):
            return Category.PETITION if kind is Kind.VISIT else Category.COMPLAINT
        if name == "送件" and kind is Kind.VISIT:
            return Category.DELIVERY
        return Category.ENQUIRY


@lru_cache(maxsize=1)
def _texts() -> tuple[dict[str, Any], dict[str, Any]]:
    folder = resources.files("resources") / "demo"
    names = ("scenes.toml", "office.toml")
    scenes, office = (tomllib.loads((folder / name).read_text(encoding="utf-8")) for name in names)
    return scenes, office


def site_lists() -> dict[str, str]:
    """Lists among the site's settings: whom to call when something urgent happens, what is lent."""
    return {name: "\n".join(lines) for name, lines in _texts()[1]["site"].items()}


@dataclass(slots=True)
class Speech:
    """Chooses topics and words; all chance comes from ``dice``."""

    dice: Random
    catalogue: Catalogue
    topics: list[Topic] = field(init=False)
    inside: list[Topic] = field(init=False)
    words: dict[str, list[str]] = field(init=False)
    senders: list[Sender] = field(init=False)
    departments: list[DepartmentFact] = field(init=False)
    _all: list[float] = field(init=False)
    _inside: list[float] = field(init=False)

    def __post_init__(self) -> None:
        texts, office = _texts()
        general = Scene(**texts["general"])
        self.words = {**texts["words"], **office["words"]}
        self.senders = [Sender(**one) for one in office["papers"]]
        known = {one["matter"]: Scene(**one) for one in texts["scenes"]}
        departments = {one.id: one for one in self.catalogue.departments}
        self.departments = [one for one in departments.values() if not one.outside and one.active]
        self.topics = [
            Topic(matter, known.get(matter.name, general), departments.get(matter.department_id or 0))
            for matter in self.catalogue.matters
            if matter.active
        ]
        if all(one.scene.visit_only for one in self.topics):
            self.topics.append(Topic(MatterFact(0, ""), general, None))
        self.inside = [one for one in self.topics if one.inside and not one.scene.visit_only]
        self._all = _sums(self.topics)
        self._inside = _sums(self.inside)

    def topic(self, *, by_phone: bool = False) -> Topic:
        """Any matter, the common ones more often; what is nobody's concerns some department."""
        found = self.dice.choices(self.topics, cum_weights=self._all)[0]
        if by_phone and found.scene.visit_only:
            return self.topic(by_phone=True)
        if found.department is None and self.departments:
            return Topic(found.matter, found.scene, self.dice.choice(self.departments))
        return found

    def inside_topic(self, *names: str) -> Topic | None:
        """A matter of a department here, if possible one whose name contains one of ``names``; or None."""
        if names and (
            fitting := [one for one in self.inside if any(name in one.matter.name for name in names)]
        ):
            return self.dice.choices(fitting, weights=[one.scene.weight for one in fitting])[0]
        if not self.inside:
            return None
        return self.dice.choices(self.inside, cum_weights=self._inside)[0]

    def office_topic(self, asked: str, answered: str) -> Topic | None:
        """Something of the office for some department; ``asked`` and ``answered`` name the texts."""
        if not self.departments:
            return None
        scene = Scene(instructions=self.words[asked], answers=self.words[answered])
        return Topic(MatterFact(0, ""), scene, self.dice.choice(self.departments))

    def named(self, name: str) -> Topic | None:
        """The topic of this very matter."""
        return next((one for one in self.topics if one.matter.name == name), None)

    def line(self, choices: Sequence[str], topic: Topic | None = None) -> str:
        """One of the texts, filled in; "" when there is none."""
        if not choices:
            return ""
        text = self.dice.choice(choices)
        return text.format_map(_Filler(self, topic)) if "{" in text else text

    def request(self, topic: Topic, chance: float = 0.5) -> str:
        """What they ask for; by this chance with their whole story."""
        asked = self.line(topic.scene.requests, topic)
        if self.dice.random() >= chance:
            return asked
        told = self.word("narratives", topic)
        return f"{told}\n{asked}" if asked else told

    def word(self, name: str, topic: Topic | None = None) -> str:
        """One of the texts that belong to no matter."""
        return self.line(self.words[name], topic)


def _sums(topics: Sequence[Topic]) -> list[float]:
    return list(itertools.accumulate(one.scene.weight for one in topics))


class _Filler(dict[str, str]):
    """Makes what stands in braces up, only what is asked for."""

    def __init__(self, speech: Speech, topic: Topic | None) -> None:
        super().__init__()
        self._speech = speech
        self._topic = topic

    def __missing__(self, key: str) -> str:
        dice = self._speech.dice
        match key:
            case "firm":
                return scenery.firm(dice)
            case "site":
                return scenery.site(dice)
            case "town":
                return scenery.town(dice)
            case "kin":
                return dice.choice(_RELATIVES)
            case "date":
                return f"{dice.randint(1, 12)}月{dice.randint(1, 28)}日"
            case "yuan":
                return str(dice.randint(3, 240) * 100)
            case "dept" | "room" | "matter":
                return self._place(key)
        low, high = {"n": (2, 36), "m": (2, 8), "y": (3, 30), "age": (48, 86), "wan": (2, 96)}[key]
        return str(dice.randint(low, high))

    def _place(self, key: str) -> str:
        topic = self._topic
        if key == "matter":
            return topic.matter.name if topic else ""
        here = topic.department if topic else None
        if here is None:
            here = self._speech.dice.choice(self._speech.departments or [DepartmentFact(0, "", "办公室")])
        name = here.name.partition(" / ")[0]
        if key == "dept" or not here.room:
            return name
        return f"{here.room}室" if here.room.isdigit() else here.room
