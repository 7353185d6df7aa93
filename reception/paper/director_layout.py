"""How the director's page looks: the four rules at a glance, exceptions, departments, totals, what is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from reportlab.platypus.flowables import Flowable

from reception import dates, report_words
from reception.facts import Totals
from reception.facts.jobs import Instruction
from reception.facts.reports import RULES, DayReport, DepartmentFigures, Exceptional, Lapse, Noted, Rule, Span
from reception.numbers import day_date
from reception.operations import veiling
from reception.paper.one_page import (
    PADDING,
    Cell,
    Counts,
    OnePage,
    Pen,
    Piece,
    beside,
    box,
    gap,
    grid,
    row,
    width,
    wrapped,
)
from reception.wording import Wording

_STRIP, _NUMBER_SIZE, _BESIDE = 74.0, 27.0, 6.0
_TINY, _KIND_LINES, _TINIEST, _ABOVE_KINDS = 7.5, 3, 6.5, 45.0
_TINY_LEADING = 1.2
"""Of its size."""
_HEADING, _HEADING_SIZE = 18.0, 11.0
_ROW, _SIZE, _SMALL = 14.5, 9.5, 8.5
_TALL, _LARGE = 15.5, 10.0
"""Of the exceptions: they are what the page is for."""
_GAP = 6.0
_THIN, _RULE = 0.25, 0.7
_NUMBER, _KIND, _DEPARTMENT, _LATE = 74.0, 92.0, 102.0, 78.0
_FIGURE = 40.0
_BOX, _WRITTEN, _MOST_WRITTEN = 64.0, 10.5, 4
_FEW = {Lapse.UNCHECKED: 2, Lapse.NO_ACT: 6}
"""So many of what is no department's fault are named, however much room there is."""
_STEPS = (
    *(("due", 4), ("departments", 5), ("lapses", 18), ("written", 4), ("groups", 3), ("due", 2)),
    *(("departments", 3), ("lapses", 12), ("written", 2), ("groups", 1), ("due", 1), ("departments", 2)),
    *(("lapses", 8), ("written", 1), ("due", 0), ("groups", 0), ("departments", 0), ("written", 0)),
    ("lapses", 0),
)
"""What gives up lines first: exceptions are what the page is for."""


def story(data: DayReport, wording: Wording) -> list[Flowable]:
    """The page."""
    words = _Words(data, wording)
    most = {
        "lapses": sum(min(len(one.rows), _FEW.get(one.what, len(one.rows))) for one in data.lapses),
        "groups": len(data.groups) + len(data.events),
        "departments": (len(data.departments) + 1) // 2,
        "due": len(data.due),
        "written": len(data.instructions),
    }
    return [OnePage(words.page, most, _STEPS)]


def shares(data: DayReport, lines: int) -> dict[Lapse, int]:
    """How many of each kind are named where there is room for so many lines.

    Each kind is named once before any is twice; what is overdue takes two of each further turn.
    """
    left = {one.what: min(len(one.rows), _FEW.get(one.what, len(one.rows))) for one in data.lapses}
    given, turn = dict.fromkeys(left, 0), list(left)
    while lines and any(left.values()):
        for what in turn:
            if lines and left[what]:
                left[what], given[what], lines = left[what] - 1, given[what] + 1, lines - 1
        turn = [Lapse.OVERDUE, *left]
    return given


class _Words:
    """The words of one page in one language."""

    def __init__(self, data: DayReport, wording: Wording) -> None:
        self._data, self._wording = data, wording
        self._zone = ZoneInfo(data.zone)
        self._sealed = wording.gettext(veiling.SEALED)

    def page(self, counts: Counts, wide: float) -> list[Piece]:
        """The pieces of the page, the counts of its parts as far as ``counts`` allow."""
        return [
            self._strip(wide),
            gap(_GAP),
            *self._lapses(counts["lapses"], wide),
            *self._noted(counts["groups"], wide),
            *self._departments(counts["departments"], wide),
            *self._totals(wide),
            *self._due(counts["due"], wide),
            gap(_GAP),
            self._box(counts["written"], wide),
        ]

    # The four rules.

    def _strip(self, wide: float) -> Piece:
        each = (wide - 3 * _BESIDE) / 4

        def draw(pen: Pen, top: float, tall: float) -> None:
            for at, rule in enumerate(RULES):
                self._rule(pen, rule, at * (each + _BESIDE), top, each, tall)

        return Piece(_STRIP, draw)

    def _rule(self, pen: Pen, rule: Rule, x: float, top: float, wide: float, tall: float) -> None:
        canvas, count = pen.canvas, self._data.count(rule)
        canvas.setFillGray(0.88 if count else 1)
        canvas.setLineWidth(1.1 if count else 0.4)
        canvas.rect(x, top - tall, wide, tall, fill=1)
        canvas.setFillGray(0)
        name = self._wording.gettext(report_words.RULES[rule])
        pen.write(Cell(name, wide, bold=True), x, top - 10, 10.5)
        pen.write(Cell(str(count), wide, stand=0.5, bold=True), x, top - 31, _NUMBER_SIZE)
        size, told = _TINY, wrapped(self._kinds(rule), wide, _TINY)
        if len(told) > _KIND_LINES:
            size, told = _TINIEST, wrapped(self._kinds(rule), wide, _TINIEST)
        leading = size * _TINY_LEADING
        middle = top - tall + (tall - _ABOVE_KINDS) / 2 + (len(told) - 1) * leading / 2
        for at, line in enumerate(told):
            pen.write(Cell(line, wide, stand=0.5), x, middle - at * leading, size)

    def _kinds(self, rule: Rule) -> str:
        told = [
            f"{self._kind(what)} {self._data.of(what).count}"
            for what in RULES[rule]
            if self._data.of(what).count
        ]
        return self._wording.pgettext("paper", ", ").join(told) or self._wording.pgettext("paper", "none")

    def _kind(self, what: Lapse) -> str:
        return self._wording.gettext(report_words.LAPSES[what])

    # The exceptions.

    def _lapses(self, lines: int, wide: float) -> Iterator[Piece]:
        given = shares(self._data, lines)
        for rule, kinds in RULES.items():
            if not self._data.count(rule):
                continue
            hidden = {what: self._data.of(what).count - given[what] for what in kinds}
            besides = self._besides(
                [f"{self._kind(what)} {count}" for what, count in hidden.items() if count]
            )
            name = self._wording.gettext(report_words.RULES[rule])
            if width(name, _HEADING_SIZE, bold=True) + width(besides, _SIZE) + 3 * PADDING + 10 <= wide:
                yield self._heading(name, wide, besides)
            else:
                yield self._heading(name, wide)
                yield row([Cell(besides, wide, stand=1.0)], _ROW, _SIZE, under=_THIN)
            for what in kinds:
                for one in self._data.of(what).rows[: given[what]]:
                    yield self._lapse(one, wide)
            yield gap(_GAP)

    def _heading(self, text: str, wide: float, right: str = "") -> Piece:
        beyond = width(right, _SIZE) + 10 if right else 0
        cells = [Cell(text, wide - beyond, bold=True)]
        if right:
            cells.append(Cell(right, beyond, stand=1.0, size=_SIZE))
        return row(cells, _HEADING, _HEADING_SIZE, under=_RULE)

    def _lapse(self, one: Exceptional, wide: float) -> Piece:
        kind = self._kind(one.what)
        if one.returned:
            kind = self._wording.pgettext("paper", "{kind} (came back)").format(kind=kind)
        text = wide - _NUMBER - _KIND - _DEPARTMENT - _LATE
        cells = (
            Cell(one.number, _NUMBER),
            Cell(kind, _KIND),
            Cell(one.department_name or one.department, _DEPARTMENT),
            Cell(self._sealed if one.sealed else one.text, text),
            Cell(report_words.late(one.late, self._wording), _LATE, stand=1.0, bold=True),
        )
        return row(cells, _TALL, _LARGE, under=_THIN)

    def _besides(self, told: Sequence[str]) -> str:
        """What has no room, counted."""
        if not told:
            return ""
        said = self._wording.pgettext("paper", "Besides these: {counts}")
        return said.format(counts=self._wording.pgettext("paper", ", ").join(told))

    # Groups and urgent events.

    def _noted(self, lines: int, wide: float) -> Iterator[Piece]:
        every = [*self._data.events, *self._data.groups]
        pgettext = self._wording.pgettext
        heading = pgettext("paper", "Urgent events {events}, visits by groups {groups}")
        counted = heading.format(events=len(self._data.events), groups=len(self._data.groups))
        yield self._heading(counted, wide)
        for one in every[:lines]:
            yield self._one(one, wide)
        if len(every) > lines:
            yield self._rest(len(every) - lines, wide)
        yield gap(_GAP)

    def _one(self, one: Noted, wide: float) -> Piece:
        people = self._wording.pgettext("paper", "{count} people").format(count=one.people)
        text = wide - _NUMBER - 2 * _FIGURE - _DEPARTMENT - 16
        cells = (
            Cell(one.number, _NUMBER),
            Cell(dates.clock(one.at.astimezone(self._zone)), _FIGURE, bold=True),
            Cell(people if one.people else "", _FIGURE + 16, bold=True),
            Cell(self._sealed if one.sealed else one.text, text),
            Cell(one.department_name, _DEPARTMENT, stand=1.0),
        )
        return row(cells, _ROW, _SIZE, under=_THIN)

    def _rest(self, count: int, wide: float) -> Piece:
        said = self._wording.pgettext("paper", "… and {count} more, see the register.").format(count=count)
        return row([Cell(said, wide)], _ROW, _SIZE)

    # The departments.

    def _departments(self, lines: int, wide: float) -> Iterator[Piece]:
        every = self._data.departments
        if not every:
            return
        pgettext = self._wording.pgettext
        yield self._heading(pgettext("paper", "Departments"), wide)
        half = (wide - 2 * _BESIDE) / 2
        titles = (
            pgettext("paper", "Sent to it"),
            pgettext("paper", "Open"),
            pgettext("paper", "Overdue"),
            pgettext("paper", "Returned"),
        )
        head = [Cell("", half - 4 * _FIGURE), *(Cell(one, _FIGURE, stand=1.0, size=_SMALL) for one in titles)]
        both = len(every) > 1 and lines > 0
        if lines:
            yield self._pair(head, head if both else (), half)
        shown = _foremost(every, 2 * lines)
        middle = (len(shown) + 1) // 2
        for at in range(middle):
            other = shown[middle + at] if middle + at < len(shown) else None
            yield self._pair(
                self._figures(shown[at], half), self._figures(other, half) if other else (), half
            )
        rest = [one for one in every if one not in shown]
        if rest:
            yield self._summed(rest, wide)
        yield gap(_GAP)

    def _pair(self, left: Sequence[Cell], right: Sequence[Cell], half: float) -> Piece:
        pieces = [row(left, _ROW - 1, _SIZE, under=_THIN)]
        if right:
            pieces.append(row(right, _ROW - 1, _SIZE, under=_THIN, left=half + 2 * _BESIDE))
        return beside(pieces)

    def _figures(self, one: DepartmentFigures, half: float) -> list[Cell]:
        now = one.now
        told = [
            (now.received, False),
            (now.open, False),
            (now.overdue, now.overdue > 0),
            (now.returned, False),
        ]
        cells = [Cell(str(count), _FIGURE, stand=1.0, bold=bold) for count, bold in told]
        return [Cell(one.name or one.code, half - 4 * _FIGURE), *cells]

    def _summed(self, rest: Sequence[DepartmentFigures], wide: float) -> Piece:
        said = self._wording.pgettext(
            "paper",
            "{count} more departments: received {received}, open {open}, overdue {overdue}, "
            "returned {returned}",
        )
        sums = {
            name: sum(getattr(one.now, name) for one in rest)
            for name in ("received", "open", "overdue", "returned")
        }
        return row([Cell(said.format(count=len(rest), **sums), wide)], _ROW, _SIZE)

    # The totals.

    def _totals(self, wide: float) -> Iterator[Piece]:
        pgettext, data = self._wording.pgettext, self._data
        titles = (
            pgettext("paper", "Visits/people"),
            pgettext("paper", "Calls in"),
            pgettext("paper", "Calls out"),
            pgettext("paper", "Answered"),
            pgettext("paper", "Pointed"),
            pgettext("paper", "Put through"),
            pgettext("paper", "Referred"),
            pgettext("paper", "Open"),
        )
        first, visits, others = 0.18 * wide, 0.15 * wide, 0.67 * wide / (len(titles) - 1)
        widths = (visits, *(others for _one in titles[1:]))
        headed = zip(titles, widths, strict=True)
        rows = [[Cell("", first), *(Cell(one, each, stand=0.5, size=_SMALL) for one, each in headed)]]
        for at, span in enumerate((data.today, data.week_ago, data.month)):
            counts = zip(_counts(span.totals), widths, strict=True)
            told = [Cell(one, each, stand=0.5, bold=not at) for one, each in counts]
            rows.append([Cell(self._span(span), first, bold=not at, size=_SMALL), *told])
        yield grid(rows, _ROW, _SIZE)
        yield gap(_GAP)

    def _span(self, span: Span) -> str:
        language, first, last = self._wording.language, day_date(span.first), day_date(span.last)
        if first == last and span is not self._data.month:
            return f"{dates.short_date(first, language)} {dates.short_weekday(first, language)}"
        both = self._wording.pgettext("paper", "{first} – {last}")
        return both.format(first=dates.short_date(first, language), last=dates.short_date(last, language))

    # What comes next.

    def _due(self, lines: int, wide: float) -> Iterator[Piece]:
        data, language = self._data, self._wording.language
        until = day_date(data.due_until)
        said = self._wording.pgettext("paper", "Due by {day}: {count}").format(
            day=f"{dates.short_date(until, language)} {dates.short_weekday(until, language)}",
            count=data.due_count,
        )
        yield self._heading(said, wide)
        for one in data.due[:lines]:
            day = day_date(one.due_day)
            text = wide - _NUMBER - _DEPARTMENT - _LATE
            cells = (
                Cell(one.number, _NUMBER),
                Cell(one.department_name or one.department, _DEPARTMENT),
                Cell(self._sealed if one.sealed else one.text, text),
                Cell(dates.short_date(day, language), _LATE, stand=1.0),
            )
            yield row(cells, _ROW, _SIZE, under=_THIN)
        if data.due_count > lines and lines:
            yield self._rest(data.due_count - lines, wide)

    def _box(self, count: int, wide: float) -> Piece:
        pgettext, every = self._wording.pgettext, self._data.instructions
        foot = pgettext("paper", "Signature and date:") + " " + dates.by_hand(self._wording.language)
        said = [line for one in every[:count] for line in self._written(one, wide)]
        if len(every) > count:
            more = pgettext("paper", "… and {count} more, see the register.")
            said.append(more.format(count=len(every) - count))
        return box(pgettext("paper", "Leader's instruction"), foot, _BOX, wide, said=said, size=_WRITTEN)

    def _written(self, one: Instruction, wide: float) -> list[str]:
        """What a leader wrote, cut where it is long: the register has all of it."""
        pgettext = self._wording.pgettext
        told = pgettext("paper", "{leader}, entered on {day}, job {job}: {words}")
        if not one.job:
            told = pgettext("paper", "{leader}, entered on {day}: {words}")
        day = dates.short_date(one.at.astimezone(self._zone).date(), self._wording.language)
        text = told.format(leader=one.leader, day=day, job=one.job, words=" ".join(one.words.split()))
        lines = wrapped(text, wide - 4, _WRITTEN)
        shown = lines[:_MOST_WRITTEN]
        return shown if len(lines) == len(shown) else [*shown[:-1], f"{shown[-1]}…"]


def _counts(one: Totals) -> list[str]:
    return [
        f"{one.visits} / {one.visitors}",
        *(
            str(count)
            for count in (
                *(one.calls_in, one.calls_out, one.answered, one.pointed),
                *(one.put_through, one.referred, one.open),
            )
        ),
    ]


def _foremost(every: Sequence[DepartmentFigures], room: int) -> list[DepartmentFigures]:
    """As many as have room, those with most overdue and most open before the others; in their usual order."""
    ranked = sorted(every, key=lambda one: (one.now.overdue, one.now.open, one.now.received), reverse=True)
    chosen = ranked[:room]
    return [one for one in every if one in chosen]
