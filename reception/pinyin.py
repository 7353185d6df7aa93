"""How names are read: for finding by pinyin or by initials, and for sorting.

``pypinyin`` takes 0.2 s and 58 MB to import, so it is imported inside the functions, and what they return is kept in the
register beside the name instead of being computed again.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reception.text import fold

MOST_READINGS = 16
"""More combinations of readings than this are not kept: the likely ones come first."""

# Readings as surnames where they differ from the usual ones or are several, the likeliest first, tones by digit.
# The other readings of the character stay findable behind them: whoever only sees a name may read it wrongly.
_SURNAMES = {
    "单": "shan4", "解": "xie4", "曾": "zeng1", "查": "zha1", "仇": "qiu2", "朴": "piao2", "区": "ou1", "翟": "zhai2 di2",
    "缪": "miao4", "覃": "qin2 tan2", "盖": "ge3 gai4", "任": "ren2", "华": "hua4", "宁": "ning4 ning2", "燕": "yan1",
    "应": "ying1", "那": "na1", "纪": "ji3 ji4", "种": "chong2", "乐": "yue4 le4", "员": "yun4", "贠": "yun4",
    "冼": "xian3", "洗": "xian3", "郇": "xun2 huan2", "召": "shao4", "折": "she2", "撒": "sa4", "祭": "zhai4",
    "黑": "he4 hei1", "牟": "mu4 mou2", "隗": "wei3 kui2", "繁": "po2", "谌": "chen2 shen4", "卜": "bu3", "秘": "bi4",
    "能": "nai4", "过": "guo1", "阚": "kan4", "郗": "xi1 chi1", "薄": "bo2", "乜": "nie4", "葛": "ge3", "句": "gou1",
    "柏": "bai3 bo2", "肖": "xiao1", "逢": "pang2 feng2", "费": "fei4 bi4", "粘": "nian2", "尉": "wei4 yu4",
    "蔚": "yu4 wei4", "莘": "shen1 xin1", "郄": "qie4 xi4", "都": "du1", "佴": "nai4", "於": "yu1", "占": "zhan1",
    "钭": "tou3 dou3", "哈": "ha3", "相": "xiang4", "褚": "chu3", "臧": "zang1", "殷": "yin1", "石": "shi2",
    "长孙": "zhang3 sun1", "尉迟": "yu4 chi2", "万俟": "mo4 qi2", "单于": "chan2 yu2", "令狐": "ling2 hu2",
    "澹台": "tan2 tai2", "相里": "xiang4 li3", "乐正": "yue4 zheng4", "颛孙": "zhuan1 sun1",
}  # fmt: skip
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PIECE_RE = re.compile(f"[{_HAN}]+|[^\\W_{_HAN}]+")
_PART_RE = re.compile(r"[/()（）、，,；;|]+")
_TONE_RE = re.compile("[0-9]")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a name may be read.

    ``full`` has every reading without gaps (``shanli danli``), ``initials`` the first letters of each (``sl dl``), both
    the likeliest first, with blanks between them. ``sort_key`` orders as an address book does when compared by code
    points: by syllable, then tone, then character.
    """

    full: str
    initials: str
    sort_key: str


def readings(name: str) -> Reading:
    """The readings of a person's or an organisation's name: the surname read as one, the rest as usual."""
    return _join([_syllables(name, surname=True)], name)


def phrase(*texts: str) -> Reading:
    """The readings of a department, a matter and their further names; each part between brackets or slashes by itself.

    The sort key is that of the first text.
    """
    parts = [part for text in texts for part in [text, *_PART_RE.split(text)] if part.strip()]
    return _join([_syllables(part, surname=False) for part in dict.fromkeys(parts)], texts[0] if texts else "")


def _join(parts: Sequence[Sequence[Sequence[str]]], text: str) -> Reading:
    """One Reading of the parts, each a row of places with the possible syllables of each place."""
    full: dict[str, None] = {}
    initials: dict[str, None] = {}
    for places in parts:
        plain = [_plain(place) for place in places]
        full.update(dict.fromkeys("".join(syllables) for syllables in _combinations(plain)))
        first = [list(dict.fromkeys(s if s.isdigit() else s[0] for s in place)) for place in plain]
        initials.update(dict.fromkeys("".join(letters) for letters in _combinations(first)))
    tones = " ".join(place[0] for place in parts[0]) if parts else ""
    return Reading(" ".join(filter(None, full)), " ".join(filter(None, initials)), f"{tones} {text}".strip())


def _combinations(places: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """At most MOST_READINGS rows of one syllable per place: the likeliest of each first, then one unlikely place, two …"""
    rows: dict[tuple[str, ...], None] = {}
    several = [index for index, place in enumerate(places) if len(place) > 1]
    for unlikely in range(len(several) + 1):
        for chosen in itertools.combinations(several, unlikely):
            for row in itertools.product(*(p[1:] if i in chosen else p[:1] for i, p in enumerate(places))):
                rows[row] = None
                if len(rows) == MOST_READINGS:
                    return list(rows)
    return list(rows)


def _plain(syllables: Iterable[str]) -> list[str]:
    """The syllables without tones; lü also as typed without the dots (lu) and as in a passport (lyu)."""
    plain: dict[str, None] = {}
    for syllable in syllables:
        bare = _TONE_RE.sub("", syllable) if not syllable.isdigit() else syllable
        plain.update(dict.fromkeys((bare, bare.replace("v", "u"), bare.replace("v", "yu")) if "v" in bare[1:2] else (bare,)))
    return list(plain)


def _syllables(text: str, *, surname: bool) -> list[list[str]]:
    """For each Han character, Latin word or number of ``text`` its readings with tones, the likeliest first."""
    places: list[list[str]] = []
    for piece in _PIECE_RE.findall(fold(text)):
        if not re.match(f"[{_HAN}]", piece):
            places.append([piece])
            continue
        places += _surname_first(piece) if surname and not places else _usual(piece)
    return places


def _surname_first(piece: str) -> list[list[str]]:
    for size in (2, 1):
        known = _SURNAMES.get(piece[:size])
        if known and len(piece) >= size:
            places = [[syllable] for syllable in known.split()] if size == 2 else [known.split()]
            others = [_character(character) for character in piece[:size]]
            merged = [list(dict.fromkeys([*place, *other])) for place, other in zip(places, others, strict=True)]
            return merged + _usual(piece[size:])
    return _usual(piece[:1]) + _usual(piece[1:])


def _usual(piece: str) -> list[list[str]]:
    from pypinyin import Style, pinyin

    if not piece:
        return []
    likely = pinyin(piece, style=Style.TONE3, neutral_tone_with_five=True)
    return [list(dict.fromkeys([best[0], *_character(c)])) for c, best in zip(piece, likely, strict=True)]


@lru_cache(maxsize=8192)
def _character(character: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin

    return tuple(pinyin(character, style=Style.TONE3, heteronym=True, neutral_tone_with_five=True)[0])
