"""The words that paper has for what an entry says, in one language: every form says them alike."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from reception import dates
from reception.facts import CONTACTS, Act, CallResult, EntryStatus, Kind, ReferralStatus, Totals, Urgency
from reception.paper.daily_sheet import SheetRow
from reception.wording import Wording


class EntryWords:
    """The words of entries in one language, each looked up once."""

    def __init__(self, wording: Wording) -> None:
        self._wording, pgettext = wording, wording.pgettext
        self._language = wording.language
        self.kinds = {
            Kind.VISIT: pgettext("paper", "Visit"),
            Kind.CALL_IN: pgettext("paper", "Call in"),
            Kind.CALL_OUT: pgettext("paper", "Call out"),
            Kind.DOCUMENT: pgettext("paper", "Doc. in"),
            Kind.JOB: pgettext("paper", "Assignment"),
            Kind.MEETING: pgettext("paper", "Meeting"),
            Kind.URGENT: pgettext("paper", "Urgent event"),
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
        self.withheld = pgettext("paper", "Withheld")
        self._late = pgettext("paper", "Entered later")
        self._callback = pgettext("paper", "Call-back owed")
        self._detail = pgettext("paper", "{act} ({detail})")
        self._both = pgettext("paper", "{matter}: {subject}")
        self.about = pgettext("paper", "~{time}")
        self._void = pgettext("paper", "Void: {reason}")
        self.semicolon = pgettext("paper", "; ")
        self.corrected = pgettext("paper", "Corrected")

    def who(self, row: SheetRow) -> tuple[str, str, str]:
        """Name, organisation and phone, or that they are withheld."""
        if row.withheld:
            return self.withheld, self.withheld, self.withheld
        return row.name, row.organisation, row.phone

    def party(self, row: SheetRow) -> str:
        """How many came; a call has one caller, and nobody writes that down."""
        return str(row.party_size) if row.kind is Kind.VISIT or row.party_size > 1 else ""

    def left(self, row: SheetRow, day: dt.date) -> str:
        """When they left; what was only estimated is marked, another day than ``day`` is named."""
        if row.left_at is None:
            return ""
        left = dates.clock_on(row.left_at, day, self._language)
        return self.about.format(time=left) if row.left_estimated else left

    def matter(self, row: SheetRow) -> str:
        """The matter of the catalogue and what was said; one of them where they say the same."""
        if row.sealed:
            return self._wording.gettext("Accusation (sealed)")
        if not row.matter or row.subject.startswith(row.matter):
            return row.subject
        return self._both.format(matter=row.matter, subject=row.subject) if row.subject else row.matter

    def outcome(self, row: SheetRow) -> str:
        """The act, how it stands, and what was said of it."""
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
                self._detail.format(act=act, detail=self.semicolon.join(details)) if details else act
            )
        elif row.call_result is CallResult.CONNECTED:
            words.append(self._wording.pgettext("paper", "Told"))
        elif row.call_result is not None:
            words.append(self._results[row.call_result])
        elif row.status is EntryStatus.OPEN:
            words.append(self._wording.pgettext("paper", "Open"))
        if row.outcome:
            words.append(row.outcome)
        return self.semicolon.join(words)

    def remarks(self, row: SheetRow) -> str:
        """Why it is void, whether it was entered late, is urgent, or a call is owed."""
        words = []
        if row.status is EntryStatus.VOID:
            words.append(self._void.format(reason=row.void_reason))
        if row.late:
            words.append(self._late)
        if row.urgency in self._urgencies:
            words.append(self._urgencies[row.urgency])
        if row.callback_wanted:
            words.append(self._callback)
        return self.semicolon.join(words)

    def cells(self, row: SheetRow, day: dt.date) -> tuple[str, ...]:
        """What stands in each column of the daily register, in its order."""
        return (
            row.number,
            dates.clock(row.at),
            self.kinds[row.kind],
            *self.who(row),
            self.party(row),
            self.matter(row),
            row.department,
            self.outcome(row),
            row.operator,
            self.left(row, day),
            self.remarks(row),
        )

    def totals(self, count: Totals, rows: Iterable[SheetRow] = ()) -> str:
        """The line of totals; of ``rows`` what else there was besides visits and calls."""
        others = Counter(row.kind for row in rows if row.status is not EntryStatus.VOID)
        besides = [
            f"{self.kinds[kind]} {others[kind]}" for kind in Kind if kind not in CONTACTS and others[kind]
        ]
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
        totals = self.semicolon.join((totals, *besides))
        if not count.estimated:
            return totals
        estimated = self._wording.pgettext(
            "paper", "leaving times estimated because nobody signed out (~): {count}"
        ).format(count=count.estimated)
        return self.semicolon.join((totals, estimated))
