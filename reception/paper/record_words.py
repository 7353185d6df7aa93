"""The words of a record in one language, and the cells that the records of visits and of calls share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from reportlab.platypus.flowables import Flowable

from reception import dates
from reception.facts import Act, Details, EntryStatus, Visits
from reception.facts.printing import Stamp
from reception.paper.boxes import Band, Box, boxes, label, scaled
from reception.paper.entry_words import EntryWords
from reception.paper.page import Dress
from reception.paper.record import Record
from reception.paper.style import Style
from reception.wording import Wording
from reception.words import SEXES

EMPTY, TICKED = "□", "■"
"""Before what is chosen of several: the sign that every bundled face has, and a copier keeps."""
LABEL = 86.0
"""Width in points of the cells with labels."""
ROW = 26.0
"""Height in points of a band of one line: as high as the lines of forms that are filled in by hand."""
_NARROW_SHEET, _SMALL, _LOWER = 400.0, 9.0, 0.75
"""On a narrower sheet, in points, letters are smaller, and cells to write in lower than those would be."""


def dress(title: str, data: Record, wording: Wording) -> Dress:
    """Head and foot of a record; ``title`` is a message of the context "paper"."""
    return Dress(
        title=wording.pgettext("paper", title),
        unit=data.site,
        date=dates.long_date(data.line.at.date(), wording.language),
        desk=wording.pgettext("paper", "Desk {code}").format(code=data.desk) if data.desk else "",
        notice=data.footer,
        zone=data.zone,
    )


def story(
    data: Record,
    wording: Wording,
    style: Style,
    stamp: Stamp,
    bands: Callable[[RecordWords], Sequence[Band]],
) -> list[Flowable]:
    """The one boxed form of a record, made of the ``bands`` that its words give."""
    corrected = any(key.startswith(data.line.key) for key in stamp.corrected)
    words = RecordWords(data, wording, corrected=corrected)
    made = bands(words)
    if style.width >= _NARROW_SHEET:
        return [boxes(style.width, made, continued=words.continued)]
    small = [replace(one, least=one.least * (_LOWER if one.most else 1)) for one in scaled(made, _SMALL)]
    return [boxes(style.width, small, size=_SMALL, continued=words.continued)]


class RecordWords:
    """What the cells of a record say.

    Args:
        data: the record.
        wording: its language.
        corrected: whether something of it differs from the print before.
    """

    def __init__(self, data: Record, wording: Wording, *, corrected: bool = False) -> None:
        self.data, self._wording = data, wording
        self.gettext, self.pgettext = wording.gettext, wording.pgettext
        self.said = EntryWords(wording)
        self._corrected = corrected
        self.void = data.line.status is EntryStatus.VOID

    def value(self, text: str, width: float = 0.0, *, weight: float = 1.0, centred: bool = False) -> Box:
        """A cell of a line or two, struck through where the entry is void."""
        return Box(text, width, weight, centred=centred, struck=self.void)

    def prose(self, text: str, foot: str = "") -> Box:
        """A cell that is also written in by hand."""
        return Box(text, top=True, foot=foot, struck=self.void)

    @property
    def signed(self) -> str:
        """The place for a signature and its date at the lower right of a cell."""
        signed = self.pgettext("paper", "Signed: {room} Date: {day}")
        return signed.format(room="\u00a0" * 18, day=dates.by_hand(self._wording.language))

    @property
    def continued(self) -> str:
        """How a label is said again on the next page."""
        return self.pgettext("paper", "{label} (continued)")

    def who(self) -> tuple[str, str, str]:
        """Name, organisation and phone."""
        return self.said.who(self.data.line)

    @property
    def sex(self) -> str:
        """Blank where it was not told."""
        return self.gettext(SEXES[self.data.sex]) if self.data.sex else ""

    def moment(self, at: dt.datetime | None) -> str:
        """Date and time."""
        return dates.stamp(at, self._wording.language) if at is not None else ""

    @property
    def came(self) -> str:
        """When it came, and whether it was entered later."""
        at = self.moment(self.data.line.at)
        if not self.data.line.late:
            return at
        return self.pgettext("paper", "{act} ({detail})").format(
            act=at, detail=self.pgettext("paper", "Entered later")
        )

    @property
    def place(self) -> str:
        """At which desk; a site with one leaves it to the hand."""
        desk = self.data.desk
        return self.pgettext("paper", "Desk {code}").format(code=desk) if desk else ""

    def choice(self, options: Iterable[tuple[str, bool]]) -> str:
        """Words with a box before each; what holds is ticked."""
        return "   ".join(f"{TICKED if holds else EMPTY}\u00a0{text}" for text, holds in options)

    @property
    def visits(self) -> str:
        """First or repeat visit; nothing is ticked where nobody knows."""
        known = self.data.visits
        return self.choice(
            (
                (self.pgettext("paper", "First visit"), known is Visits.FIRST),
                (self.pgettext("paper", "Repeat visit"), known is Visits.REPEAT),
            )
        )

    @property
    def problem(self) -> str:
        """What it is about, and below it what else was told of it."""
        if self.data.sealed:
            return self.gettext("Accusation (sealed)")
        told = self.said.semicolon.join(self._told(self.data.details))
        return "\n".join(filter(None, (self.said.matter(self.data.line), told)))

    def _told(self, details: Details) -> Iterable[str]:
        gettext = self.gettext
        evidence = {True: gettext("Yes"), False: gettext("No"), None: ""}[details.evidence]
        concerned = str(details.people_concerned) if details.people_concerned is not None else ""
        for name, value in (
            (gettext("Against whom"), details.complained_about),
            (gettext("People concerned"), concerned),
            (gettext("Amount"), details.amount),
            (gettext("Since when"), details.since),
            (gettext("Evidence"), evidence),
            (gettext("Papers handed in"), details.papers),
        ):
            if value:
                yield gettext("{name}: {value}").format(name=name, value=value)

    @property
    def outcome(self) -> str:
        """What the clerk did."""
        return "" if self.data.sealed else self.said.outcome(self.data.line)

    @property
    def clerk(self) -> str:
        """Who wrote it down."""
        name = self.pgettext("paper", "Recorded by")
        return self.gettext("{name}: {value}").format(name=name, value=self.data.line.operator)

    @property
    def instruction(self) -> str:
        """拟办意见."""
        return self.data.handled.instruction if self.data.handled else ""

    @property
    def leader(self) -> str:
        """What is known of a leader's instruction; the rest is written by hand."""
        done = self.data.handled
        if done is None or not done.leader:
            return ""
        gave = self.pgettext("paper", "Instruction by {leader}").format(leader=done.leader)
        return "\n".join(filter(None, (gave, done.leader_words)))

    @property
    def departments(self) -> str:
        """To whom it went; else where the person was pointed."""
        done = self.data.handled
        if done is None:
            return self.data.line.department
        assisting = self.pgettext("paper", "{act} ({detail})")
        names = [
            name if leads else assisting.format(act=name, detail=self.pgettext("paper", "assisting"))
            for name, leads in done.departments
        ]
        return self.said.semicolon.join(names)

    @property
    def in_charge(self) -> str:
        """The departments, and who of the one that leads has it, since when."""
        done = self.data.handled
        if done is None:
            return self.departments
        return self.said.semicolon.join(
            filter(None, (self.departments, done.officer, self.moment(done.sent_at)))
        )

    @property
    def due(self) -> str:
        """By when."""
        done = self.data.handled
        if done is None or done.due is None:
            return ""
        if done.by_hour:
            said = self.moment(done.due)
        else:
            said = dates.plain_date(done.due.date(), self._wording.language)
        provisional = self.gettext("provisional")
        return (
            self.pgettext("paper", "{act} ({detail})").format(act=said, detail=provisional)
            if done.provisional
            else said
        )

    @property
    def result(self) -> str:
        """What the department answered and how it was closed."""
        done = self.data.handled
        if done is None:
            return ""
        lines = []
        if done.answered_at is not None:
            lines.append(self._at(done.answered_at, done.answer))
        if done.closed_at is not None:
            closed = self.pgettext("paper", "closed")
            said = self.said.semicolon.join(filter(None, (closed, done.note)))
            lines.append(self._at(done.closed_at, said))
        return "\n".join(lines)

    @property
    def answered(self) -> str:
        """When and how the person was answered."""
        done, line = self.data.handled, self.data.line
        if done is not None:
            return " ".join(filter(None, (self.moment(done.contacted_at), done.contacted_how)))
        if line.act is Act.ANSWERED:
            return self._at(line.at, self.pgettext("paper", "answered at once"))
        return ""

    @property
    def content(self) -> str:
        """Whether the person is satisfied; to be ticked by hand where nobody has asked."""
        known = self.data.handled.content if self.data.handled else None
        return self.choice(
            (
                (self.pgettext("paper", "satisfied"), known is True),
                (self.pgettext("paper", "not satisfied"), known is False),
            )
        )

    def remarks(self) -> Iterable[Band]:
        """A band for what must not be overlooked, where there is such a thing: void, urgent, corrected."""
        marks = [self.pgettext("paper", "Corrected")] if self._corrected else []
        said = self.said.semicolon.join(filter(None, (*marks, self.said.remarks(self.data.line))))
        if said:
            yield Band((label(self.pgettext("paper", "Remarks"), LABEL), Box(said)), least=ROW)

    def _at(self, at: dt.datetime, said: str) -> str:
        return f"{self.moment(at)}  {said}".rstrip()
