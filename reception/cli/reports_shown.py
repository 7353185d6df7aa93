"""The director's page and the bulletin on a terminal, and as JSON documents whose keys are a promise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any
from zoneinfo import ZoneInfo

from reception import dates, report_words
from reception.cli import layout
from reception.cli.documents import instant
from reception.cli.streams import plain
from reception.facts.reports import (
    RULES,
    Bulletin,
    DayReport,
    DepartmentFigures,
    DueItem,
    Exceptional,
    Figures,
    Lapses,
    Late,
    Noted,
    Span,
)
from reception.numbers import day_date
from reception.wording import Wording

Document = dict[str, Any]
_FIGURES = tuple(field.name for field in fields(Figures))
_TOTALS = (
    *("visits", "visitors", "calls_in", "calls_out", "answered", "pointed", "put_through", "referred"),
    *("open", "void"),
)


def day_document(report: DayReport) -> Document:
    """The director's page of a day."""
    zone = ZoneInfo(report.zone)
    return {
        "day": _iso(report.day),
        "as_of": instant(report.as_of, zone),
        "over": report.over,
        "rules": {
            rule.value: {
                "count": report.count(rule),
                "exceptions": [_lapses(report.of(what), zone) for what in kinds],
            }
            for rule, kinds in RULES.items()
        },
        "groups": [_noted(one, zone) for one in report.groups],
        "events": [_noted(one, zone) for one in report.events],
        "departments": [
            {"code": one.code, "name": one.name, **_figures(one.now)} for one in report.departments
        ],
        "totals": {
            "day": _span(report.today),
            "week_ago": _span(report.week_ago),
            "month": _span(report.month),
        },
        "due": {
            "until": _iso(report.due_until),
            "count": report.due_count,
            "first": [_due(one, zone) for one in report.due],
        },
        "instructions": [
            {
                "leader": one.leader,
                "words": one.words,
                "at": instant(one.at, zone),
                "job": one.job or None,
            }
            for one in report.instructions
        ],
    }


def bulletin_document(report: Bulletin) -> Document:
    """The bulletin of a week or a month."""
    zone = ZoneInfo(report.zone)
    return {
        "period": report.period.value,
        "as_of": instant(report.now.as_of, zone),
        "over": report.over,
        "now": _span(report.now),
        "before": _span(report.before),
        "departments": [_beside(one) for one in report.departments],
        "whole": _beside(report.whole),
        "days": [_span(one) for one in report.days],
    }


def _iso(day: int) -> str:
    return day_date(day).isoformat()


def _late(one: Late) -> Document | None:
    return {"days": one.days, "minutes": one.minutes} if one.days or one.minutes else None


def _lapses(one: Lapses, zone: dt.tzinfo) -> Document:
    return {
        "what": one.what.value,
        "count": one.count,
        "first": [
            {
                "number": row.number,
                "department": row.department or None,
                "text": row.text,
                "since": instant(row.since, zone),
                "late": _late(row.late),
                "returned": row.returned,
            }
            for row in one.rows
        ],
    }


def _noted(one: Noted, zone: dt.tzinfo) -> Document:
    return {
        "number": one.number,
        "at": instant(one.at, zone),
        "people": one.people or None,
        "text": one.text,
        "department": one.department or None,
        "outcome": one.outcome,
    }


def _due(one: DueItem, zone: dt.tzinfo) -> Document:
    return {
        "number": one.number,
        "department": one.department or None,
        "text": one.text,
        "due_day": _iso(one.due_day),
        "due_at": instant(one.due_at, zone),
    }


def _figures(one: Figures) -> Document:
    return {name: getattr(one, name) for name in _FIGURES}


def _beside(one: DepartmentFigures) -> Document:
    return {
        "code": one.code or None,
        "name": one.name or None,
        **_figures(one.now),
        "before": _figures(one.before),
    }


def _span(one: Span) -> Document:
    totals = {name: getattr(one.totals, name) for name in _TOTALS}
    return {"first": _iso(one.first), "last": _iso(one.last), **totals}


def day_lines(report: DayReport, wording: Wording) -> Iterator[str]:
    """The director's page of a day, exceptions first."""
    _, zone = wording.gettext, ZoneInfo(report.zone)
    yield f"{report.site}  {dates.long_date(day_date(report.day), wording.language)}"
    if not report.over:
        yield _("As of {time}").format(time=dates.clock(report.as_of.astimezone(zone)))
    for rule, kinds in RULES.items():
        yield ""
        yield _("{heading}: {count}").format(heading=_(report_words.RULES[rule]), count=report.count(rule))
        rows = [_exception(one, wording) for what in kinds for one in report.of(what).rows]
        yield from (f"  {line}" for line in layout.table(rows)) if rows else ()
        if rest := sum(report.of(what).count - len(report.of(what).rows) for what in kinds):
            yield "  " + _("and {count} more").format(count=rest)
    yield ""
    yield _("Urgent events: {events}, visits by groups: {groups}").format(
        events=len(report.events), groups=len(report.groups)
    )
    if noted := [_one(one, zone, wording) for one in (*report.events, *report.groups)]:
        yield from (f"  {line}" for line in layout.table(noted))
    if report.departments:
        yield ""
        yield from layout.table([_titles(wording), *(_row(one, wording) for one in report.departments)])
    yield ""
    yield from _totals([report.today, report.week_ago, report.month], wording)
    yield ""
    until = dates.long_date(day_date(report.due_until), wording.language)
    yield _("Due by {day}: {count}").format(day=until, count=report.due_count)
    rows = [
        [one.number, plain(one.department_name), plain(one.text), _iso(one.due_day)] for one in report.due
    ]
    yield from (f"  {line}" for line in layout.table(rows)) if rows else ()
    if report.due_count > len(report.due):
        yield "  " + _("and {count} more").format(count=report.due_count - len(report.due))
    if report.instructions:
        yield ""
        yield _("Leaders' instructions")
        told = [[one.leader, " ".join(one.words.split()), one.job] for one in report.instructions]
        yield from (f"  {line}" for line in layout.table([[plain(text) for text in one] for one in told]))


def bulletin_lines(report: Bulletin, wording: Wording) -> Iterator[str]:
    """The bulletin: departments with their figures and the change, then the totals."""
    _ = wording.gettext
    first, last = (
        dates.plain_date(day_date(day), wording.language) for day in (report.now.first, report.now.last)
    )
    yield f"{report.site}  {first} – {last}"
    was = (
        dates.plain_date(day_date(day), wording.language) for day in (report.before.first, report.before.last)
    )
    yield _("In brackets the change to {first} – {last}").format(first=next(was), last=next(was))
    yield ""
    rows = [_beside_row(one, wording) for one in report.departments]
    whole = _beside_row(report.whole, wording)
    yield from layout.table([_titles(wording), *rows, [_("Together"), *whole[1:]]])
    yield ""
    yield from _totals([report.now, report.before], wording)


def _exception(one: Exceptional, wording: Wording) -> list[str]:
    return [
        one.number,
        wording.gettext(report_words.LAPSES[one.what]),
        plain(one.department_name or one.department),
        plain(one.text),
        report_words.late(one.late, wording),
    ]


def _one(one: Noted, zone: dt.tzinfo, wording: Wording) -> list[str]:
    people = wording.gettext("{count} people").format(count=one.people) if one.people else ""
    at = dates.clock(one.at.astimezone(zone))
    return [one.number, at, people, plain(one.text), plain(one.department_name)]


def _titles(wording: Wording) -> list[str]:
    return [wording.gettext("Department"), *(wording.gettext(one) for one in report_words.FIGURES.values())]


def _row(one: DepartmentFigures, wording: Wording) -> list[str]:
    return [plain(one.name), *(str(getattr(one.now, name)) for name in report_words.FIGURES)]


def _beside_row(one: DepartmentFigures, wording: Wording) -> list[str]:
    cells = [plain(one.name)]
    for name in report_words.FIGURES:
        now, before = getattr(one.now, name), getattr(one.before, name)
        cells.append(f"{now} ({report_words.change(now, before)})")
    return cells


def _totals(spans: Sequence[Span], wording: Wording) -> Iterator[str]:
    names = list(report_words.TOTALS)
    titles = ["", *(wording.gettext(report_words.TOTALS[name]) for name in names)]
    rows = [titles]
    for span in spans:
        first, last = _iso(span.first), _iso(span.last)
        told = first if first == last else f"{first} – {last}"
        rows.append([told, *(str(getattr(span.totals, name)) for name in names)])
    yield from layout.table(rows)
