"""How the daily sheet looks: its columns after the common registers, and the words that stand in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from reportlab.platypus.flowables import Flowable

from reception import dates
from reception.facts import Act, CallResult, EntryStatus, Kind, ReferralStatus, Urgency
from reception.numbers import day_date
from reception.paper import fonts
from reception.paper.daily_sheet import DaySheet, SheetRow
from reception.paper.page import BODY_WIDTH, Blanks, Dress, TextBlock
from reception.paper.rows import PADDING, SIZE, Column, Row, register, shared
from reception.wording import Wording

_NUMBER_WIDTH = (26.0, 62.0)
_KIND_WIDTH = (28.0, 40.0)
"""These columns are as wide as what stands in them, within these bounds in points."""
_LEFT_WIDTH = (31.0, 42.0)
"""Of the time of leaving, without and with the mark of an estimate."""
_GAP = 6.0
_CARRIED_WIDTHS = (0.14, 0.14, 0.5, 0.22)


def dress(data: DaySheet, wording: Wording, made_at: dt.datetime) -> Dress:
    """Head and foot of the sheet; ``made_at`` is in the site's zone."""
    language = wording.language
    return Dress(
        title=wording.pgettext("paper", "Daily reception register"),
        unit=data.site,
        date=dates.long_date(day_date(data.day), language),
        desk=wording.pgettext("paper", "Desk {code}").format(code=data.desk) if data.desk else "",
        notice=data.footer,
        made=wording.pgettext("paper", "Printed {when}").format(when=dates.stamp(made_at, language)),
    )


def story(data: DaySheet, wording: Wording) -> list[Flowable]:
    """The flowables of the sheet. What closes it never stands on a page without lines of the register."""
    words = _Words(wording)
    signatures = Blanks(words.signatures)
    totals = TextBlock(words.totals(data), before=_GAP)
    after: list[Flowable] = [totals]
    if data.carried:
        heading = TextBlock(words.carried(data.carried_total), before=_GAP, after=_GAP / 2, bold=True)
        rest = data.carried_total - len(data.carried)
        more = [TextBlock(words.more(rest), before=_GAP / 2)] if rest else []
        end = signatures.height + sum(block.height for block in more)
        table = register(
            _carried_columns(wording), [words.carried_row(row) for row in data.carried], reserve=end
        )
        reserve = totals.height + heading.height + table.least
        after += [heading, table, *more]
    else:
        reserve = totals.height + signatures.height
    rows = [words.row(row, data.day) for row in data.rows] or [words.nothing()]
    return [register(_columns(data, wording, words), rows, reserve=reserve), *after, signatures]


def _columns(data: DaySheet, wording: Wording, words: _Words) -> list[Column]:
    """The columns; what the numbers do not need goes to those that hold prose, by their weight in points."""
    number = _fit([row.number for row in data.rows], _NUMBER_WIDTH)
    kind = _fit(words.kinds.values(), _KIND_WIDTH)
    # most leave without a word: a second line for each of them would double the sheet
    left = _LEFT_WIDTH[any(row.left_estimated for row in data.rows)]
    plan = (
        (wording.pgettext("paper", "No."), number, 0, True),
        (wording.pgettext("paper", "Time"), 31, 0, True),
        (wording.pgettext("paper", "Kind"), kind, 0, True),
        (wording.pgettext("paper", "Name"), 0, 52, False),
        (wording.pgettext("paper", "Organisation or address"), 0, 96, False),
        (wording.pgettext("paper", "Phone"), 69, 0, False),
        (wording.pgettext("paper", "Party"), 31, 0, True),
        (wording.pgettext("paper", "Matter"), 0, 138, False),
        (wording.pgettext("paper", "Sent to"), 0, 70, False),
        (wording.pgettext("paper", "Outcome"), 0, 104, False),
        (wording.pgettext("paper", "Clerk"), 0, 41, False),
        (wording.pgettext("paper", "Left"), left, 0, True),
        (wording.pgettext("paper", "Remarks"), 0, 52, False),
    )
    *columns, remarks = shared(BODY_WIDTH, plan)
    return [*columns, replace(remarks, struck=False)]  # the reason of a void must stay legible


def _fit(texts: Iterable[str], bounds: tuple[float, float]) -> float:
    """Width in points of a column that holds the widest of ``texts`` on one line, within ``bounds``."""
    chain = fonts.chain()
    widest = max((chain.width(chain.shown(text), SIZE) for text in texts), default=0)
    return min(max(widest + 2 * PADDING + 1, bounds[0]), bounds[1])


def _carried_columns(wording: Wording) -> list[Column]:
    titles = (
        wording.pgettext("paper", "Number"),
        wording.pgettext("paper", "Name"),
        wording.pgettext("paper", "Matter"),
        wording.pgettext("paper", "Department in charge"),
    )
    return [Column(title, BODY_WIDTH * share) for title, share in zip(titles, _CARRIED_WIDTHS, strict=True)]


class _Words:
    """The words of one sheet in one language, each looked up once."""

    def __init__(self, wording: Wording) -> None:
        self._wording, pgettext = wording, wording.pgettext
        self._language = wording.language
        self.kinds = {
            Kind.VISIT: pgettext("paper", "Visit"),
            Kind.CALL_IN: pgettext("paper", "Call in"),
            Kind.CALL_OUT: pgettext("paper", "Call out"),
        }
        self._acts = {
            Act.ANSWERED: pgettext("paper", "Answered"),
            Act.POINTED: pgettext("paper", "Pointed"),
            Act.PUT_THROUGH: pgettext("paper", "Put through"),
            Act.REFERRED: pgettext("paper", "Referred"),
        }
        self._results = {
            CallResult.CONNECTED: pgettext("paper", "connected"),
            CallResult.NO_ANSWER: pgettext("paper", "no answer"),
            CallResult.BUSY: pgettext("paper", "busy"),
        }
        self._referrals = {
            ReferralStatus.OPEN: pgettext("paper", "open"),
            ReferralStatus.COMPLETED: pgettext("paper", "answered, to be closed"),
            ReferralStatus.CLOSED: pgettext("paper", "closed"),
            ReferralStatus.WITHDRAWN: pgettext("paper", "taken back"),
        }
        self._urgencies = {
            Urgency.URGENT: pgettext("paper", "Urgent"),
            Urgency.CRITICAL: pgettext("paper", "Most urgent"),
        }
        self._open = pgettext("paper", "open")
        self._withheld = pgettext("paper", "Withheld")
        self._late = pgettext("paper", "Entered later")
        self._callback = pgettext("paper", "Call-back owed")
        self._detail = pgettext("paper", "{act} ({detail})")
        self._both = pgettext("paper", "{matter}: {subject}")
        self._about = pgettext("paper", "~{time}")
        self._void = pgettext("paper", "Void: {reason}")
        self._semicolon = pgettext("paper", "; ")
        self.signatures = (
            pgettext("paper", "Recorded by (first asked)"),
            pgettext("paper", "Head of the office"),
            pgettext("paper", "Date"),
        )

    def row(self, row: SheetRow, day: int) -> Row:
        """One line of the register."""
        hide = self._withheld if row.withheld else ""
        crowd = row.kind is Kind.VISIT or row.party_size > 1  # a call has one caller; nobody writes that down
        return Row(
            (
                row.number,
                dates.clock(row.at),
                self.kinds[row.kind],
                hide or row.name,
                hide or row.organisation,
                hide or row.phone,
                str(row.party_size) if crowd else "",
                self._matter(row),
                row.department,
                self._outcome(row),
                row.operator,
                self._left(row, day),
                self._remarks(row),
            ),
            void=row.status is EntryStatus.VOID,
        )

    def nothing(self) -> Row:
        """The line of a day on which nobody came."""
        text = self._wording.pgettext("paper", "Nobody came or called on this day.")
        return Row(("",) * 7 + (text,) + ("",) * 5)

    def carried_row(self, row: SheetRow) -> Row:
        """One open item of an earlier day."""
        return Row(
            (row.number, self._withheld if row.withheld else row.name, self._matter(row), row.department)
        )

    def totals(self, data: DaySheet) -> str:
        """The line of totals."""
        count = data.totals
        totals = self._wording.pgettext(
            "paper",
            "Totals: visits {visits} ({visitors} people), calls in {calls_in}, calls out {calls_out}, "
            "answered {answered}, pointed {pointed}, put through {put_through}, referred {referred}, "
            "still open {open}",
        ).format(
            visits=count.visits,
            visitors=count.visitors,
            calls_in=count.calls_in,
            calls_out=count.calls_out,
            answered=count.answered,
            pointed=count.pointed,
            put_through=count.put_through,
            referred=count.referred,
            open=count.open,
        )
        if not count.estimated:
            return totals
        estimated = self._wording.pgettext(
            "paper", "leaving times estimated because nobody signed out (~): {count}"
        ).format(count=count.estimated)
        return self._semicolon.join((totals, estimated))

    def carried(self, count: int) -> str:
        """The heading of what earlier days left open."""
        return self._wording.pgettext("paper", "Carried over from earlier days, still open: {count}").format(
            count=count
        )

    def more(self, count: int) -> str:
        """What is not listed one by one."""
        return self._wording.pgettext("paper", "… and {count} more, see the register.").format(count=count)

    def _left(self, row: SheetRow, day: int) -> str:
        if row.left_at is None:
            return ""
        left = dates.clock_on(row.left_at, day_date(day), self._language)
        return self._about.format(time=left) if row.left_estimated else left

    def _matter(self, row: SheetRow) -> str:
        """The matter of the catalogue and what was said; one of them where they say the same."""
        if not row.matter or row.subject.startswith(row.matter):
            return row.subject
        return self._both.format(matter=row.matter, subject=row.subject) if row.subject else row.matter

    def _outcome(self, row: SheetRow) -> str:
        words = []
        if row.act is not None:
            details = []
            if row.call_result is not None:
                details.append(self._results[row.call_result])
            if row.act is Act.REFERRED and row.referral_status is not None:
                details.append(self._referrals[row.referral_status])
            elif row.status is EntryStatus.OPEN:
                details.append(self._open)
            act = self._acts[row.act]
            words.append(
                self._detail.format(act=act, detail=self._semicolon.join(details)) if details else act
            )
        elif row.status is EntryStatus.OPEN:
            words.append(self._wording.pgettext("paper", "Open"))
        if row.outcome:
            words.append(row.outcome)
        return self._semicolon.join(words)

    def _remarks(self, row: SheetRow) -> str:
        words = []
        if row.status is EntryStatus.VOID:
            words.append(self._void.format(reason=row.void_reason))
        if row.late:
            words.append(self._late)
        if row.urgency in self._urgencies:
            words.append(self._urgencies[row.urgency])
        if row.callback_wanted:
            words.append(self._callback)
        return self._semicolon.join(words)
