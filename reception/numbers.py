"""The printed numbers: ``20261122-001``, ``20261122-B-001``, ``20261122-001/JC``.

Entries carry their day, desk, epoch and sequence as integers; the text is made here and nowhere else. After a
restore the days up to then get a tag (``20261122-R3JB2K7-001``), because numbers that were given after the
backup was made are unknown to it and must never be given again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from reception.errors import InputError
from reception.shapes import dataclass
from reception.text.patterns import later

DESK_CODE = re.compile(r"(?!R[0-9A-Z]{4,})[A-Z0-9]{1,8}\Z")
_NUMBER = later(
    r"(?P<day>[0-9]{8})(?:-(?P<desk>(?!R[0-9A-Z]{4,}-)[A-Z0-9]{1,8}))?(?:-R(?P<epoch>[0-9A-Z]{4,8}))?-(?P<sequence>[0-9]{3,9})"
    r"(?:/(?P<department>[A-Z0-9]{1,16})(?:-(?P<sending>[0-9]{1,4}))?)?\Z"
)
_SHORT = later(
    r"(?:(?P<day>(?:0[1-9]|1[0-2])[0-3][0-9])-)?(?:(?P<desk>[A-Z0-9]{1,8})-)?(?P<sequence>[0-9]{3,4})\Z"
)
_GIVEN = later(r"((?:19|20)[0-9]{2})/([0-9]{1,7})\Z")
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
FIRST_EPOCH, LAST_EPOCH = 36**3, 2**31 - 1
"""From four digits of the tag up to what the register's integers hold."""


@dataclass(frozen=True, slots=True)
class Number:
    """The number of an entry. ``day`` is ``YYYYMMDD``; ``desk`` is ``""`` for the only desk of a site."""

    day: int
    sequence: int
    desk: str = ""
    epoch: int = 0

    def __str__(self) -> str:
        desk = f"-{self.desk}" if self.desk else ""
        epoch = f"-{epoch_tag(self.epoch)}" if self.epoch else ""
        return f"{self.day:08d}{desk}{epoch}-{self.sequence:03d}"

    @property
    def short(self) -> str:
        """What stands in a list of one day: ``001`` or ``B-001``."""
        return str(self).partition("-")[2]


@dataclass(frozen=True, slots=True)
class PartName:
    """The name of a referral's part: the entry's number, the department, the how-manieth sending to it."""

    number: Number
    department: str
    sending: int = 1

    def __str__(self) -> str:
        again = f"-{self.sending}" if self.sending > 1 else ""
        return f"{self.number}/{self.department}{again}"


def parse_number(text: str) -> Number:
    """Read an entry's number. Raises InputError when ``text`` is not one."""
    match = _NUMBER.match(text.strip().upper())
    if match is None or match["department"]:
        raise InputError(
            "'{text}' is not the number of an entry; numbers look like 20261122-001.",
            field="number",
            text=text[:60],
        )
    return _number(match, text)


def parse_part(text: str) -> PartName | Number:
    """Read ``20261122-001/JC`` (a part) or ``20261122-001`` (the entry's latest referral)."""
    match = _NUMBER.match(text.strip().upper())
    if match is None:
        raise InputError(
            "'{text}' is not the name of a referral; they look like 20261122-001/JC.",
            field="number",
            text=text[:60],
        )
    number = _number(match, text)
    if not match["department"]:
        return number
    return PartName(number, match["department"], int(match["sending"] or 1))


def parse_short(text: str, today: int) -> tuple[int, str | None, int] | None:
    """What a list calls an entry: ``002``, ``B-002``, ``1122-002``; None when it is nothing of the kind.

    Returns day, desk code (None: any desk) and sequence. A month and day mean the latest such day.
    """
    match = _SHORT.match(text.strip().upper())
    if match is None:
        return None
    day = today
    if match["day"]:
        day = today // 10_000 * 10_000 + int(match["day"])
        day -= 10_000 if day > today else 0
    return day, match["desk"], int(match["sequence"])


def day_number(day: dt.date) -> int:
    """The day as ``YYYYMMDD``."""
    return day.year * 10_000 + day.month * 100 + day.day


def day_date(day: int) -> dt.date:
    """The date of ``YYYYMMDD``. Raises ValueError when there is no such day."""
    return dt.date(day // 10_000, day // 100 % 100, day % 100)


SLIP_FORM = "{prefix}〔{year}〕{number}号"
"""How the number of a written slip is put where the site says nothing else: as official letters have it."""


def slip_number(form: str, year: int | None, number: int | None) -> str:
    """``人社办转〔2026〕12号``, as ``form`` with its prefix in it says; "" where no written slip went out."""
    return "" if number is None else form.replace("{year}", str(year)).replace("{number}", str(number))


PAPER_FORM = "收〔{year}〕{number}号"
"""How the number of a paper received is put where the site says nothing else (收文号)."""


def paper_number(form: str, year: int | None, number: int | None) -> str:
    """``收〔2026〕12号``, as ``form`` says; "" of what has no number of the year."""
    return slip_number(form, year, number)


def is_slip_form(form: str) -> bool:
    """Whether year and number stand in it once each, and nothing else between braces but the prefix."""
    once = form.count("{year}") == 1 and form.count("{number}") == 1 and form.count("{prefix}") <= 1
    bare = form.replace("{year}", "").replace("{number}", "").replace("{prefix}", "")
    return once and not set("{}") & set(bare) and len(form) <= MOST_OF_A_FORM


MOST_OF_A_FORM = 60


def read_given(text: str) -> dict[int, int]:
    """``2026/413 2025/88``: the year and the last of its numbers that was given. Raises ValueError."""
    given: dict[int, int] = {}
    for one in text.split():
        match = _GIVEN.match(one)
        if match is None or int(match[1]) in given:
            raise ValueError(one)
        given[int(match[1])] = int(match[2])
    return given


def write_given(given: Mapping[int, int]) -> str:
    """As ``read_given`` reads it, the latest year first."""
    return " ".join(f"{year}/{given[year]}" for year in sorted(given, reverse=True))


def _number(match: re.Match[str], text: str) -> Number:
    day = int(match["day"])
    try:
        day_date(day)
    except ValueError:
        raise InputError(
            "'{text}' names a day that does not exist.", field="number", text=text[:60]
        ) from None
    epoch = int(match["epoch"], 36) if match["epoch"] else 0
    if match["epoch"] and not FIRST_EPOCH <= epoch <= LAST_EPOCH:
        raise InputError(
            "'{text}' is not the number of an entry; numbers look like 20261122-001.",
            field="number",
            text=text[:60],
        )
    return Number(day, int(match["sequence"]), match["desk"] or "", epoch)


def epoch_tag(epoch: int) -> str:
    """What numbers of an epoch carry, like ``R3JB2K7``."""
    return f"R{_base36(epoch)}"


def _base36(value: int) -> str:
    text = ""
    while value:
        value, digit = divmod(value, 36)
        text = _DIGITS[digit] + text
    return text.rjust(4, "0")
