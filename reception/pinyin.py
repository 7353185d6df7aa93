"""How names are read: for finding by pinyin or by initials, and for sorting.

The readings come from ``resources/pinyin/readings.txt``, which ``tools/pinyin_table.py`` makes from pypinyin:
a quarter of a megabyte searched as one text, instead of the 58 MB and 0.2 s that pypinyin itself costs.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from reception.text import fold

MOST_READINGS = 16
"""More combinations of readings than this are not kept: the likely ones come first."""

# How these are read as surnames, where that differs from the usual reading or is not one only; the likeliest
# first, tones by digit. The usual readings stay findable behind them: whoever only sees a name may read it
# wrongly.
_SURNAME_READINGS = (
    "重 chong2, 单 shan4, 解 xie4, 曾 zeng1, 查 zha1, 仇 qiu2, 朴 piao2, 区 ou1, 翟 zhai2 di2, 缪 miao4, "
    "覃 qin2 tan2, 盖 ge3 gai4, 任 ren2, 华 hua4, 宁 ning4, 燕 yan1, 应 ying1, 那 na1, 纪 ji3, 种 chong2, "
    "乐 yue4 le4, 员 yun4, 贠 yun4, 冼 xian3, 洗 xian3, 郇 xun2 huan2, 召 shao4, 折 she2, 撒 sa4, "
    "祭 zhai4, 黑 he4 hei1, 牟 mu4 mou2, 隗 wei3 kui2, 繁 po2, 谌 chen2 shen4, 卜 bu3, 秘 bi4, 能 nai4, "
    "过 guo1, 阚 kan4, 郗 xi1 chi1, 薄 bo2, 乜 nie4, 葛 ge3, 句 gou1, 柏 bai3 bo2, 肖 xiao1, "
    "逢 pang2 feng2, 费 fei4 bi4, 粘 nian2, 尉 wei4 yu4, 蔚 yu4 wei4, 莘 shen1 xin1, 郄 qie4 xi4, 都 du1, "
    "佴 nai4, 於 yu1, 占 zhan1, 钭 tou3 dou3, 哈 ha3, 相 xiang4, 褚 chu3, 臧 zang1, 殷 yin1, 石 shi2, "
    "沈 shen3, 贾 jia3, 叶 ye4, 车 che1, 盛 sheng4, 宿 su4, 訾 zi1, 幺 yao1, 仉 zhang3, 长孙 zhang3-sun1, "
    "尉迟 yu4-chi2, 万俟 mo4-qi2, 单于 chan2-yu2, 令狐 ling2-hu2, 澹台 tan2-tai2, 相里 xiang4-li3, "
    "乐正 yue4-zheng4, 颛孙 zhuan1-sun1"
)
# Letters from the CJK blocks on, read one by one, and words of other letters and digits. Not a class of the
# Han ranges, because one takes 5 ms to compile.
_PIECE_RE = re.compile("([^\\W\\d_\x00-\u2e7f]+)|[^\\W_\u2e80-\U0010ffff]+")
_PART_RE = re.compile(r"[/()（）、，,；;|]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a name may be read.

    ``full`` has every reading without gaps (``shanli danli``), ``initials`` the first letters of each
    (``sl dl``), both the likeliest first, with blanks between them. ``sort_key`` orders as an address book
    does when compared by code points: by syllable, then tone, then character.
    """

    full: str
    initials: str
    sort_key: str


def readings(name: str) -> Reading:
    """The readings of a person's or an organisation's name: the surname read as one, the rest as usual."""
    return _join([_places(name, surname=True)], name)


def ends(name: str, most: int = 8) -> tuple[tuple[str, ...], ...]:
    """What may be typed for a name from each of its first ``most`` characters on: readings, then initials.

    The first are those of the whole name, as in ``readings``; only ``most`` characters are read at all.
    """
    places = [place.typed for place in _places(name[: 4 * most], surname=True)[:most]]
    first = [list(dict.fromkeys(t if t.isdigit() else t[0] for t in typed)) for typed in places]
    return tuple(
        tuple(dict.fromkeys([*_combinations(places[start:]), *_combinations(first[start:])]))
        for start in range(len(places))
    )


def phrase(*texts: str) -> Reading:
    """The readings of a department or a matter, whole and part by part, and of its further names.

    Parts stand between brackets or slashes (``信息中心(社会保障卡)``). The sort key is the first
    text's.
    """
    parts = dict.fromkeys(part for text in texts for part in (text, *_PART_RE.split(text)) if part.strip())
    return _join([_places(part, surname=False) for part in parts], texts[0] if texts else "")


class _Place(NamedTuple):
    """One character, Latin word or number: what may be typed for it, and what it is sorted by."""

    typed: list[str]
    sorted_by: str


def _join(parts: Sequence[Sequence[_Place]], text: str) -> Reading:
    full: dict[str, None] = {}
    initials: dict[str, None] = {}
    for places in parts:
        full.update(dict.fromkeys(_combinations([place.typed for place in places])))
        first = [list(dict.fromkeys(t if t.isdigit() else t[0] for t in place.typed)) for place in places]
        initials.update(dict.fromkeys(_combinations(first)))
    sort_key = " ".join([*(place.sorted_by for place in parts[0]), text]) if parts else text
    return Reading(" ".join(filter(None, full)), " ".join(filter(None, initials)), sort_key)


def _combinations(places: Sequence[Sequence[str]]) -> list[str]:
    """At most MOST_READINGS ways through the places, those with the fewest unlikely readings first."""
    several = [index for index, place in enumerate(places) if len(place) > 1]
    if not several:
        return ["".join([place[0] for place in places])]
    ways: dict[str, None] = {}
    for unlikely in range(len(several) + 1):
        for chosen in itertools.combinations(several, unlikely):
            for way in itertools.product(*(p[1:] if i in chosen else p[:1] for i, p in enumerate(places))):
                ways["".join(way)] = None
                if len(ways) == MOST_READINGS:
                    return list(ways)
    return list(ways)


def _places(text: str, *, surname: bool) -> list[_Place]:
    places: list[_Place] = []
    for match in _PIECE_RE.finditer(fold(text)):
        piece = match[0]
        if not match[1]:
            places.append(_Place([piece], piece))
            continue
        toned = _surname_first(piece) if surname and not places else _usual(piece)
        places += [_Place(_typed(syllables), syllables[0]) for syllables in toned]
    return places


def _typed(syllables: Iterable[str]) -> list[str]:
    """The syllables without tones; lü (``lv``) also without its dots (lu) and as in a passport (lyu)."""
    typed: dict[str, None] = {}
    for syllable in syllables:
        bare = syllable.rstrip("12345")
        typed[bare] = None
        if bare[1:2] == "v":
            typed.update({bare.replace("v", "u"): None, bare.replace("v", "yu"): None})
    return list(typed)


def _surname_first(piece: str) -> list[list[str]]:
    surnames = _surnames()
    for size in (2, 1):
        if piece[:size] in surnames:
            alone = [surnames.get(character, ([],))[0] for character in piece[:size]]  # 单于 may be 单 + 于
            ways = zip(surnames[piece[:size]], alone, map(_character, piece[:size]), strict=True)
            return [list(dict.fromkeys(itertools.chain(*way))) for way in ways] + _usual(piece[size:])
    return _usual(piece[:1]) + _usual(piece[1:])


def _usual(piece: str) -> list[list[str]]:
    """The readings of each character, that of the longest known word first (银行 yin2 hang2)."""
    words = _words()
    places: list[list[str]] = []
    while piece:
        size = next((size for size in (3, 2) if piece[:size] in words), 1)
        likely: Sequence[str] = words[piece[:size]].split(" ") if size > 1 else _character(piece[0])[:1]
        for syllable, character in zip(likely, piece, strict=False):
            places.append(list(dict.fromkeys([syllable, *_character(character)])))
        piece = piece[size:]
    return places


@lru_cache(maxsize=8192)
def _character(character: str) -> tuple[str, ...]:
    """The readings with tones, the likeliest first; an unknown character stands for itself."""
    table = _table()
    found = table.find(character)
    if found < 0:
        return (character,)
    start = table.rindex("\n", 0, found) + 1
    return tuple(table[start : table.index("\t", start)].split(","))


@cache
def _table() -> str:
    """Lines of readings, a tab, and the characters that have them; then the same of words."""
    return (resources.files("resources") / "pinyin" / "readings.txt").read_text(encoding="utf-8")


@cache
def _words() -> dict[str, str]:
    lines = (line.partition("\t") for line in _table().splitlines() if not line.startswith("#"))
    return {word: key for key, _, words in lines if " " in key for word in words.split(" ")}


@cache
def _surnames() -> dict[str, tuple[list[str], ...]]:
    """For each surname the readings of each of its characters (``-`` between those of a compound one)."""
    items = (item.split(" ") for item in _SURNAME_READINGS.split(", "))
    return {name: tuple(map(list, zip(*(r.split("-") for r in ways), strict=True))) for name, *ways in items}
