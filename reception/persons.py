"""Who is the same person, and what somebody is found by: pure rules over texts.

Two entries name the same person when the name is the same (folded) and a number is shared; without a number,
when name and organisation are the same. A number without a name is the nameless person of that number. Names
that stand for nobody (某先生, 王女士, 匿名) are nobody's unless there is a number.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from reception import pinyin
from reception.text import clean_name, clean_phone, fold, phone_numbers

LEAST_DIGITS = 3
"""Fewer digits than this are in every number."""
ITEM = 24
"""Characters of a name, a reading or a part of an address that count when people are recalled."""
_MOST_TEXT, _MOST_NUMBERS = 1_600, 400
"""UTF-8 bytes: what a server's index can hold of one row."""
_MOST_IDENTITY = 500
_PARTS = 6
WHOLE, END = "\x1f", "\x1e"
"""Before what is whole (and behind it), and before what is the end of something."""

_ANONYMOUS = frozenset(
    (
        *(
            "匿名",
            "无名",
            "无名氏",
            "不详",
            "未知",
            "不明",
            "保密",
            "无",
            "某",
            "某某",
            "某人",
            "群众",
            "市民",
        ),
        *("居民", "村民", "本人", "来访人", "来电人", "来访者", "来电者", "陌生人", "路人", "不愿透露"),
        *("未留姓名", "不留姓名", "未提供", "anonymous", "unknown", "withheld", "none", "nobody", "-"),
    )
)
_TITLE = "(?:先生|女士|小姐|太太|同志|师傅|老师|大姐|大哥|大爷|大妈|大娘|大叔|阿姨|老人家|老人|某某|某)"
_TITLED = re.compile(f"(某{{0,2}})[^\\W\\d_]{{0,2}}{_TITLE}")
_FAMILIAR = re.compile("[小老][^\\W\\d_\x00-\u2e7f]")
_MISTER = re.compile(r"(?:mr|mrs|ms|miss)\.? ?\S+")
_BETWEEN = re.compile("[ ·'’]+")
_PLACE = re.compile("(?<=[省市县区旗州盟镇乡村街道路巷号社]) *(?=[^ ])| +(?=[^ ])")
_PHONE = re.compile(r"[+(（]?[0-9０-９][-+()0-9０-９（）－ .]*\Z")
"""One telephone number, in whatever groups it was typed."""
_NO_DIGIT = re.compile("[^0-9]")


def anonymous(name: str) -> bool:
    """Whether a name says nothing, not even a surname (某先生, 匿名)."""
    return rank(name) == 0


@lru_cache(maxsize=16_384)
def rank(name: str) -> int:
    """How much a name says: 0 nothing, 1 a surname with a form of address (王女士, 老李, 张某), 2 a name."""
    folded = _folded(name)
    if not folded or folded in _ANONYMOUS:
        return 0
    if _TITLED.fullmatch(folded):
        return 0 if folded.startswith("某") else 1
    return 1 if _FAMILIAR.fullmatch(folded) or _MISTER.fullmatch(folded) else 2


_folded = lru_cache(maxsize=16_384)(fold)


@lru_cache(maxsize=16_384)
def identities(name: str, digits: str, organisation: str) -> tuple[str, ...]:
    """What somebody is known by, the first number's identity first; nothing for nobody.

    ``digits`` are the numbers as ``entry_party`` keeps them, blanks between them.
    """
    folded = "" if anonymous(name) else _folded(name)
    numbers = [number for number in digits.split() if len(number) >= LEAST_DIGITS]
    if numbers:
        return tuple(dict.fromkeys(_bounded(f"{folded}\n{number}") for number in numbers))
    if rank(name) < 2:
        return ()
    return (_bounded(f"{folded}\n\n{_folded(organisation)}"),)


def _bounded(identity: str) -> str:
    """A server indexes no longer text; whoever shares it does so by the digest of the rest."""
    whole = identity.encode()
    if len(whole) <= _MOST_IDENTITY:
        return identity
    return f"{identity[:60]}…{hashlib.sha256(whole).hexdigest()}"


def texts(name: str, organisation: str) -> str:
    """What recall compares texts with: whole ones, then their ends (``WHOLE``, ``END`` before each).

    A name counts whole and from each of its characters on, so do its readings and initials; an organisation
    or address whole and from each of its parts on (镇, 村, 街 …).
    """
    called = "" if anonymous(name) else _squeezed(name)
    address, parts = _address(organisation)
    read = _read(name) if called else ()
    whole = _items((called, *(read[0] if read else ()), address))
    ends = _items((*(called[at:] for at in range(1, min(len(called), ITEM))), *parts))
    for way in read[1:]:
        ends |= _items(way)
    kept = f"{WHOLE}{WHOLE.join(whole)}{WHOLE}" if whole else ""
    for end in ends:
        kept += END + end
    return _cut(kept, _MOST_TEXT)


def _items(found: Iterable[str]) -> dict[str, None]:
    return dict.fromkeys([one[:ITEM] for one in found if one])


_read = lru_cache(maxsize=4_096)(pinyin.ends)


@lru_cache(maxsize=4_096)
def _address(organisation: str) -> tuple[str, list[str]]:
    """An organisation or address, and each of its later parts."""
    place = _folded(organisation)
    parts = [place[match.end() :] for match in _PLACE.finditer(place)][:_PARTS]
    return _squeezed(place), [_squeezed(part) for part in parts]


@lru_cache(maxsize=16_384)
def _squeezed(text: str) -> str:
    return _BETWEEN.sub("", _folded(text))


def _cut(text: str, most: int) -> str:
    encoded = text.encode()
    return text if len(encoded) <= most else encoded[:most].decode(errors="ignore")


def numbers(digits: Iterable[str]) -> str:
    """What recall compares digits with: the numbers between blanks."""
    joined = " ".join(dict.fromkeys(digits))
    return f" {_cut(joined, _MOST_NUMBERS)} " if joined else ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed, as it is looked for: a text, or digits in one or two spellings."""

    text: str
    digits: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.text or self.digits)


def wanted(typed: str) -> Wanted:
    """How to look for what stands in a field; nothing in it looks for nobody.

    Three digits or more, in whatever groups, are looked for in numbers only.
    """
    cleaned = clean_phone(typed)
    if _PHONE.match(cleaned):
        spelled = phone_numbers(typed)
        digits = {_NO_DIGIT.sub("", cleaned), *(spelled if len(spelled) == 1 else ())}
        if found := tuple(sorted(one for one in digits if len(one) >= LEAST_DIGITS)):
            return Wanted("", found)
    return Wanted(_squeezed(clean_name(typed)).replace("ü", "v")[:ITEM], ())


def tier(looked_for: Wanted, person_texts: str, person_digits: str) -> int | None:
    """How well somebody fits: 0 the same, 1 begins so, 2 a later part begins so.

    Of a number any part will do, its last digits as well as the first: those people say on the telephone.
    """
    if typed := looked_for.text:
        if WHOLE + typed + WHOLE in person_texts:
            return 0
        if WHOLE + typed in person_texts:
            return 1
        return 2 if END + typed in person_texts else None
    found = [
        0
        if f" {digits} " in person_digits
        else 1
        if f" {digits}" in person_digits or f"{digits} " in person_digits
        else 2
        for digits in looked_for.digits
        if digits in person_digits
    ]
    return min(found, default=None)


def better_name(old: str, new: str, *, later: bool) -> str:
    """The name that says more; of two that say as much the later one."""
    if rank(new) != rank(old):
        return max(old, new, key=rank)
    return new if later and new else old


def identities_of(party: Mapping[str, Any]) -> tuple[str, ...]:
    """``identities`` of a row of ``entry_party``."""
    return identities(party["name"], party["phone_digits"], party["organisation"])


def shown_numbers(phone: str, digits: str) -> dict[str, str]:
    """The numbers of a party as they are shown: as it was written where there is only one."""
    found = [number for number in digits.split() if len(number) >= LEAST_DIGITS]
    return {number: phone if len(found) == 1 else number for number in found}
