"""From the text of a template to what a new register starts with."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from typing import TypeVar

from reception import deadlines
from reception.codes import is_prefix
from reception.facts import Category, LimitClock, Source, Urgency
from reception.numbers import SLIP_FORM, is_slip_form
from reception.templates.seeds import DepartmentSeed, LimitSeed, MatterSeed, SiteTemplate
from reception.templates.toml import Lines, Table, TemplateError

_Word = TypeVar("_Word", bound=StrEnum)
_CODE = re.compile(r"[A-Z0-9]{1,16}")
_SPAN = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_CATEGORIES = ("leader_look_categories", "call_back_categories")
_OF_DAYS = (LimitClock.CALENDAR, LimitClock.WORKING)
_MOST_REMIND_DAYS = 60
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def parse(code: str, text: str, language: str) -> SiteTemplate:
    """Read and check the TOML ``text`` of a template. Raises TemplateError naming the first wrong line."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TemplateError(f"{code}.toml: {error}") from error
    lines = Lines(code, text)
    site = Table(data.pop("site", {}), language, lines.at("[site]"))
    hours = Table(site.take("hours", dict, {}), language, lines.at("[site.hours]"))
    departments = tuple(
        _department(Table(table, language, lines.at("[[departments]]", index)))
        for index, table in enumerate(data.pop("departments", []))
    )
    matters = tuple(
        _matter(Table(table, language, lines.at("[[matters]]", index)))
        for index, table in enumerate(data.pop("matters", []))
    )
    limits = tuple(
        _limit(Table(table, language, lines.at("[[limits]]", index)))
        for index, table in enumerate(data.pop("limits", []))
    )
    if data:
        raise TemplateError(f"{code}.toml: what is '{next(iter(data))}'?")
    _check_names(departments, matters, lines)
    _check_limits(limits, matters, lines)
    template = SiteTemplate(
        code=code,
        name=site.text("name", needed=True),
        operator=site.text("operator", needed=True),
        zone=site.text("zone"),
        footer=site.text("footer"),
        settings=_settings(site, hours),
        departments=departments,
        matters=matters,
        limits=(*_of_matters(matters), *limits),
    )
    site.done()
    return template


def _settings(site: Table, hours: Table) -> dict[str, str]:
    settings = {
        "waiting_minutes": str(site.take("waiting_minutes", int, 10)),
        "waiting_sound": "yes" if site.take("waiting_sound", bool, False) else "no",
        "close_day_at": site.text("close_day_at"),
        "scanner_prefix": site.text("scanner_prefix"),
        "slip_prefix": site.text("slip_prefix"),
        "slip_form": site.text("slip_form") or SLIP_FORM,
        **{key: " ".join(site.texts(key)) for key in _CATEGORIES},
    }
    for key in _CATEGORIES:
        site.expect(
            all(one in list(Category) for one in settings[key].split()), key, "is no list of categories"
        )
    at, prefix = settings["close_day_at"], settings["scanner_prefix"]
    site.expect(not at or bool(_TIME.fullmatch(at)), "close_day_at", "is no time such as 18:30")
    site.expect(not prefix or is_prefix(prefix), "scanner_prefix", "is no prefix such as ~")
    site.expect(is_slip_form(settings["slip_form"]), "slip_form", f"is no form such as {SLIP_FORM}")
    for season in ("summer", "winter"):
        start, spans = hours.text(f"{season}_from", needed=True), hours.texts(season)
        hours.expect(bool(_MONTH_DAY.fullmatch(start)), f"{season}_from", "is no month and day such as 06-01")
        hours.expect(
            bool(spans) and all(map(_SPAN.fullmatch, spans)), season, "has spans such as 08:00-12:00"
        )
        settings |= {f"{season}_from": start, f"hours_{season}": " ".join(spans)}
    hours.done()
    return settings


def _department(table: Table) -> DepartmentSeed:
    code = table.text("code", needed=True)
    table.expect(bool(_CODE.fullmatch(code)), "code", "is 1 to 16 capital letters or digits")
    seed = DepartmentSeed(
        code=code,
        name=table.text("name", needed=True),
        room=table.text("room"),
        phone=table.text("phone"),
        outside=table.take("outside", bool, False),
        note=table.text("note"),
    )
    table.done()
    return seed


def _matter(table: Table) -> MatterSeed:
    days = table.take("days", int, 0) or None
    clock = table.text("clock")
    table.expect(clock in ("", *_OF_DAYS), "clock", "is calendar or working")
    table.expect(
        (days is None) == (not clock), "clock" if clock else "days", "needs the other one of days and clock"
    )
    keywords = table.texts("keywords")
    table.expect(
        all(" " not in keyword for keyword in keywords), "keywords", "are single words, without blanks"
    )
    seed = MatterSeed(
        name=table.text("name", needed=True),
        keywords=keywords,
        department=table.text("department"),
        materials=table.texts("materials"),
        basis=table.text("basis"),
        limit=table.text("limit"),
        days=days,
        clock=LimitClock(clock) if clock else None,
        note=table.text("note"),
        steps=table.text("steps"),
        fee=table.text("fee"),
    )
    table.done()
    return seed


def _limit(table: Table) -> LimitSeed:
    clock = table.text("clock", needed=True)
    table.expect(clock in tuple(LimitClock), "clock", f"is one of {', '.join(LimitClock)}")
    amount, remind = table.take("amount", int, 0), table.take("remind", int, 1)
    most = deadlines.MOST_HOURS if clock == LimitClock.HOURS else deadlines.MOST_DAYS
    table.expect(1 <= amount <= most, "amount", f"is 1 to {most}")
    table.expect(0 <= remind <= _MOST_REMIND_DAYS, "remind", f"is 0 to {_MOST_REMIND_DAYS}")
    seed = LimitSeed(
        amount,
        LimitClock(clock),
        category=_word(table, "category", Category),
        source=_word(table, "source", Source),
        urgency=_word(table, "urgency", Urgency),
        matter=table.text("matter"),
        remind_days=remind,
    )
    table.done()
    return seed


def _word(table: Table, key: str, words: type[_Word]) -> _Word | None:
    text = table.text(key)
    table.expect(not text or text in tuple(words), key, f"is one of {', '.join(words)}")
    return words(text) if text else None


def _of_matters(matters: tuple[MatterSeed, ...]) -> Iterator[LimitSeed]:
    """The limits that statutes set a matter."""
    for one in matters:
        if one.days is not None and one.clock is not None:
            yield LimitSeed(one.days, one.clock, matter=one.name)


def _check_limits(limits: tuple[LimitSeed, ...], matters: tuple[MatterSeed, ...], lines: Lines) -> None:
    """What a limit is about is there, and has no other limit."""
    names = {one.name for one in matters}
    known = {_about(one) for one in _of_matters(matters)}
    for index, limit in enumerate(limits):
        wrong = lines.at("[[limits]]", index)
        if limit.matter and limit.matter not in names:
            raise wrong("matter", f"there is no matter '{limit.matter}'")
        if _about(limit) in known:
            raise wrong("amount", "there is a limit for this already")
        known.add(_about(limit))


def _about(limit: LimitSeed) -> tuple[object, ...]:
    return limit.category, limit.source, limit.urgency, limit.matter


def _check_names(
    departments: tuple[DepartmentSeed, ...], matters: tuple[MatterSeed, ...], lines: Lines
) -> None:
    """Codes and names are used once, and every matter's department is there."""
    codes: set[str] = set()
    for index, department in enumerate(departments):
        if department.code in codes:
            raise lines.at("[[departments]]", index)("code", f"'{department.code}' is there already")
        codes.add(department.code)
    names: set[str] = set()
    for index, matter in enumerate(matters):
        wrong = lines.at("[[matters]]", index)
        if matter.department and matter.department not in codes:
            raise wrong("department", f"there is no department '{matter.department}'")
        if matter.name in names:
            raise wrong("name", f"'{matter.name}' is there already")
        names.add(matter.name)
