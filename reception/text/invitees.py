"""Lists of who is invited, pasted from a chat, a document or a sheet: one person, department or unit a line.

A line holds a name, a position and a telephone number in any order, between tabs, commas or blanks. Each is
known by what it is: a number by its digits, a position and a unit by how they end. Somebody whom the program
itself puts into a list stands there in the order of ``line``, whatever they are called.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reception.facts.meetings import Pasted
from reception.facts.office import NewInvitee
from reception.facts.site import DepartmentFact
from reception.text.cleaning import SHORT, clean_line, clean_name
from reception.text.documents import lost_digits
from reception.text.matching import fold
from reception.text.patterns import later
from reception.text.phones import clean_phone, number_meant, phone_numbers

if TYPE_CHECKING:
    from reception.facts.people import PersonOffer

_CUT = later("[\t,，、;；|]")
OWN = " · "
"""Between the parts of a line that the program itself wrote."""
_BULLET = later(r"(?:[(（]?[0-9]{1,3}[)）.．、]|[-*•·●▪])\s*(?=\D)")
_PLACE = later(r"[0-9]{1,3}\Z")
_PHONE = later(
    r"(?:电话|手机|座机|分机|内线|tel\.?|phone|mobile)?\s*[:：]?\s*"
    r"(?P<number>[+(]?[0-9][-0-9+() .转/]{2,})\Z",
    re.IGNORECASE,
)
_LONGEST_NUMBER = 60
"""What has more signs is no number: a line is read with each letter that is typed."""
_POSITION = later(
    "(?:长|主任|书记|主席|经理|董事|总监|总工|科员|委员|秘书|干事|干部|代表|负责人|负责同志|联络员|专员|会计|出纳|助理|"
    "调研员|主管|director|head|chief|manager|officer|clerk|secretary|deputy|chairman|chairwoman|chair)\\Z",
    re.IGNORECASE,
)
_UNIT = later(
    "(?:局|委|办|厅|部|处|科|股|室|院|校|所|站|中心|大队|公司|银行|医院|学校|政府|镇|乡|街道|社区|协会|工会|集团|厂|"
    "bureau|office|department|centre|center|company|ltd\\.?|hospital|school)\\Z",
    re.IGNORECASE,
)
_EASTERN = later("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_HEAD_WORDS = (
    "序号,编号,姓名,名字,名称,参会人,参会人员,职务,职位,电话,联系电话,手机,手机号,手机号码,号码,联系方式,单位,科室,部门,"
    "备注,no,no.,name,position,title,phone,telephone,mobile,number,organisation,organization,department,unit,"
    "remark,remarks"
)
_HEADS = frozenset(_HEAD_WORDS.split(","))
_ALL = frozenset({"各科室", "全部科室", "所有科室", "all departments"})


def parse(typed: str, departments: Iterable[DepartmentFact] = (), known: Sequence[NewInvitee] = ()) -> Pasted:
    """Who stands in a pasted text.

    A line that is the name or the code of a department of the directory is that department, with its number;
    an officer or a leader of one is called there; 各科室 is all departments of our own. ``known`` are on the
    list already.
    """
    known_there = tuple(departments)
    named = _directory(known_there)
    inside = [of_department(fact) for fact in known_there if fact.active and not fact.outside]
    found: list[NewInvitee] = []
    twice: dict[str, None] = {}
    odd: list[str] = []
    keys = {_key(one) for one in known}
    for text in re.split("[\r\n\x0b\x0c\x85\u2028\u2029]+", typed):
        own = OWN in text
        cells = _parts(text, OWN) if own else _cells(text)
        if len(cells) == 1 and fold(cells[0]) in _ALL:
            rest = [one for one in inside if _key(one) not in keys]
            keys.update(map(_key, rest))
            found += rest
            continue
        if not cells or all(fold(cell) in _HEADS for cell in cells):
            continue
        one = _in_order(cells) if own else _invitee(cells, named)
        if one is None:
            odd.append(clean_line(text)[:SHORT])
        elif _key(one) in keys:
            twice[one.name] = None
        else:
            keys.add(_key(one))
            found.append(one)
    return Pasted(tuple(found), tuple(twice), _shared((*known, *found)), tuple(odd))


def of_department(fact: DepartmentFact) -> NewInvitee:
    """A department of the directory, or a unit outside, as it is invited."""
    return NewInvitee(fact.name, "", fact.phone, fact.id)


def of_person(offer: PersonOffer, typed: str = "") -> NewInvitee:
    """Somebody whom the register knows, as they are invited: at the number typed, else the newest."""
    return NewInvitee(offer.name, offer.organisation, number_meant(typed, offer.phones))


def line(one: NewInvitee) -> str:
    """Somebody as a line of a list that is read as it was written: name, position, number in this order."""
    return OWN.join(filter(None, (one.name, one.position, one.phone)))


def _parts(text: str, divider: str) -> list[str]:
    return [part for part in map(clean_line, text.split(divider)) if part]


def _in_order(cells: Sequence[str]) -> NewInvitee | None:
    """Somebody as ``line`` writes them."""
    name, *rest = cells
    if _PHONE.match(clean_phone(name)) or any(map(lost_digits, rest)):
        return None
    phone = rest.pop() if rest and _PHONE.match(clean_phone(rest[-1])) else ""
    return NewInvitee(clean_name(name)[:SHORT], OWN.join(rest)[:SHORT], phone[:SHORT])


def _cells(text: str) -> list[str]:
    parts = [clean_line(part) for part in _CUT.split(text)]
    parts = [part for part in parts if part]
    if parts and _BULLET.match(parts[0]):
        parts[0] = _BULLET.sub("", parts[0], 1)
    if len(parts) == 1:
        parts = _blanks(parts[0])
    return parts[1:] if len(parts) > 1 and _PLACE.match(parts[0]) else parts


def _blanks(line: str) -> list[str]:
    """The cells of a line that has only blanks between them."""
    tokens = line.split(" ")
    cells: list[str] = []
    for token in tokens:
        single = len(token) == 1 and _EASTERN.match(token)
        after = bool(cells) and len(cells[-1]) == 1 and bool(_EASTERN.match(cells[-1]))
        latin = not _EASTERN.search(token) and not any(map(str.isdigit, token))
        latin_before = bool(cells) and not _EASTERN.search(cells[-1]) and not any(map(str.isdigit, cells[-1]))
        digits = _digits(token) and bool(cells) and _digits(cells[-1]) and not _whole(cells[-1])
        if single and after:
            cells[-1] += token  # the padding of a short name
        elif len(cells[-1] if cells else "") < SHORT and ((latin and latin_before) or digits):
            cells[-1] += f" {token}"
        else:
            cells.append(token)
    return cells


def _whole(text: str) -> bool:
    """Whether it is a number already, to which nothing belongs that follows."""
    return any(len(number) >= 11 for number in phone_numbers(text))


def _digits(text: str) -> bool:
    return len(text) <= _LONGEST_NUMBER and (bool(_PHONE.match(clean_phone(text))) or text.isdigit())


def _invitee(cells: Sequence[str], named: Mapping[str, NewInvitee]) -> NewInvitee | None:
    phones, words = [], []
    for cell in cells:
        match = _PHONE.match(clean_phone(cell))
        if match is not None:
            phones.append(match["number"].strip())
        elif lost_digits(cell):
            return None  # the sheet has cut the number: it would be another's
        else:
            words.append(cell)
    if not words:
        return None
    phone = " / ".join(phones)[:SHORT]
    name = _name(words, named)
    rest = [word for word in words if word is not name]
    known = named.get(fold(name))
    if known is not None:
        return replace(known, position=" ".join(rest)[:SHORT] or known.position, phone=phone or known.phone)
    unit = next((named[fold(word)] for word in rest if fold(word) in named), None)
    if unit is not None:  # somebody there
        rest = [unit.name if fold(word) in named else word for word in rest]
        phone = phone or unit.phone
    return NewInvitee(clean_name(name)[:SHORT], " ".join(rest)[:SHORT], phone)


def _directory(departments: Iterable[DepartmentFact]) -> dict[str, NewInvitee]:
    """Who is in the directory, by what a line may call them."""
    active = [fact for fact in departments if fact.active]
    named = {
        fold(name): NewInvitee(name, fact.name, fact.phone)
        for fact in active
        for name in (fact.officer_b, fact.officer_a)
        if name
    }
    return named | {fold(key): of_department(fact) for fact in active for key in (fact.code, fact.name)}


def _name(words: Sequence[str], named: Mapping[str, NewInvitee]) -> str:
    """The person, else the unit, else whatever comes first."""
    units = {fold(word) for word in words if fold(word) in named and named[fold(word)].department_id}
    people = [
        word
        for word in words
        if not _POSITION.search(word) and not _UNIT.search(word) and fold(word) not in units
    ]
    places = [word for word in words if _UNIT.search(word) or fold(word) in units]
    return (people or places or list(words))[0]


def _key(one: NewInvitee) -> tuple[object, ...]:
    return fold(one.name), one.department_id, phone_numbers(one.phone)


def _shared(invitees: Iterable[NewInvitee]) -> tuple[str, ...]:
    names: dict[str, list[str]] = {}
    for one in invitees:
        for number in phone_numbers(one.phone):
            names.setdefault(number, []).append(one.name)
    return tuple(", ".join(those) for those in names.values() if len(set(those)) > 1)
