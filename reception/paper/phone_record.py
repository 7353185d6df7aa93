"""电话记录单, the record of one call: what was said, and what was decided and done about it.

Part 1 is what whoever took the call wrote. Part 2 is filled from the referral as far as the register knows
it; the rest is written by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reception import dates
from reception.errors import InputError
from reception.facts import Category, Kind, Urgency
from reception.facts.printing import Stamp
from reception.paper import record
from reception.paper.form import Form
from reception.paper.record import Record, subject
from reception.paper.style import Style
from reception.wording import NP_, Wording
from reception.words import CATEGORIES

if TYPE_CHECKING:
    from reportlab.platypus.flowables import Flowable

    from reception.context import Session
    from reception.paper.boxes import Band
    from reception.paper.page import Dress
    from reception.paper.record_words import RecordWords

__all__ = ["FORM", "collect", "dress", "lines", "story", "subject"]
FORM = Form(name="phone_record", title=NP_("paper", "Record of a call"))
_TICKED = (Category.NOTICE, Category.INSTRUCTIONS, Category.ENQUIRY, Category.COMPLAINT, Category.REPORT)
"""The kinds of call that such a slip has boxes for; urgent is one more."""
_NARROW_SHEET = 400.0
"""On a narrower sheet, in points, the texts are a size smaller."""
_SMALL, _USUAL, _SCALE = 9.0, 10.5, 0.84


def collect(session: Session, number: str) -> Record:
    """The call ``number`` as everybody may read it. Raises InputError, also for a visit; NotFoundError."""
    found = record.collect(session, number)
    if found.line.kind is Kind.VISIT:
        raise InputError("{number} is a visit: its record is that of a visit.", field="number", number=number)
    return found


def lines(data: Record) -> Iterator[tuple[str, object]]:
    """Every printed line: its key, and its values in no language."""
    done, line = data.handled, data.line
    kind = data.category if data.category in _TICKED else None
    own = (line.kind, kind, data.details.read_back, line.operator)
    return record.lines(data, own, (done.officer, done.sent_at) if done else ())


def dress(data: Record, wording: Wording, style: Style, stamp: Stamp) -> Dress:
    """Head and foot."""
    from reception.paper.page import Dress

    return Dress(
        title=wording.pgettext("paper", FORM.title),
        unit=data.site,
        date=dates.long_date(data.line.at.date(), wording.language),
        desk=wording.pgettext("paper", "Desk {code}").format(code=data.desk) if data.desk else "",
        notice=data.footer,
        zone=data.zone,
    )


def story(data: Record, wording: Wording, style: Style, stamp: Stamp) -> list[Flowable]:
    """The form: what was said, a heading, what became of it."""
    from reception.paper.boxes import boxes
    from reception.paper.record_words import RecordWords

    corrected = any(key.startswith(data.line.key) for key in stamp.corrected)
    words = RecordWords(data, wording, corrected=corrected)
    narrow = style.width < _NARROW_SHEET
    bands = [*_call(words, narrow=narrow), *_done(words, narrow=narrow)]
    size = _SMALL if narrow else _USUAL
    return [boxes(style.width, bands, size=size, continued=words.continued)]


def _call(words: RecordWords, *, narrow: bool) -> list[Band]:
    """Part 1: when, who, about what."""
    from reception.paper.boxes import Band, Box, label
    from reception.paper.record_words import LABEL, ROW

    data, value, pgettext = words.data, words.value, words.pgettext
    wide, row = (LABEL * _SCALE, ROW * _SCALE) if narrow else (LABEL, ROW)
    name, organisation, phone = words.who()
    came, unit, person, number = (label(text, wide) for text in _parties(words))
    read_back = label(pgettext("paper", "Read back"), wide)
    first = [
        Band((Box(pgettext("paper", "1. The call"), centred=True, bold=True),), keep=True),
        Band((label(pgettext("paper", "Number"), wide), value(data.line.number), came, value(words.came))),
        Band((unit, value(organisation))),
        Band((person, value(name), number, value(phone))),
        Band((label(pgettext("paper", "Kind of call"), wide), value(_kinds(words)))),
    ]
    return [
        *(Band(band.boxes, least=row, keep=band.keep) for band in first),
        *words.remarks(wide),
        Band(
            (label(pgettext("paper", "What was said"), wide), words.prose(_said(words))),
            least=60 if narrow else 90,
            most=220,
        ),
        Band(
            (
                read_back,
                value(_read_back(words)),
                label(pgettext("paper", "Recorded by"), wide),
                value(data.line.operator),
            ),
            least=row,
        ),
    ]


def _parties(words: RecordWords) -> tuple[str, str, str, str]:
    """What the cells of the moment, the unit, the person and the number are called."""
    pgettext = words.pgettext
    if words.data.line.kind is Kind.CALL_IN:
        return (
            pgettext("paper", "Call came at"),
            pgettext("paper", "Caller's unit"),
            pgettext("paper", "Caller"),
            pgettext("paper", "Caller's number"),
        )
    return (
        pgettext("paper", "Call made at"),
        pgettext("paper", "Unit called"),
        pgettext("paper", "Person called"),
        pgettext("paper", "Number called"),
    )


def _kinds(words: RecordWords) -> str:
    data = words.data
    urgent = words.pgettext("paper", "Urgent"), data.line.urgency is not Urgency.NORMAL
    kinds = [(words.gettext(CATEGORIES[kind]), data.category is kind) for kind in _TICKED]
    return words.choice([*kinds, urgent])


def _said(words: RecordWords) -> str:
    """The matter, what was wanted, and what was answered at once."""
    request = words.data.request
    return "\n".join(filter(None, (words.problem, request, words.outcome)))


def _read_back(words: RecordWords) -> str:
    known = words.data.details.read_back
    return words.choice(((words.gettext("Yes"), known is True), (words.gettext("No"), known is False)))


def _done(words: RecordWords, *, narrow: bool) -> list[Band]:
    """Part 2: what is proposed, what the leader says, who has it, what became of it."""
    from reception.paper.boxes import Band, Box, label
    from reception.paper.record_words import LABEL, ROW

    value, prose, pgettext = words.value, words.prose, words.pgettext
    wide, row = (LABEL * _SCALE, ROW * _SCALE) if narrow else (LABEL, ROW)
    least = 40.0 if narrow else 54.0
    proposed, leader = pgettext("paper", "Proposed handling"), pgettext("paper", "Leader's instruction")
    charge, due = pgettext("paper", "In charge"), pgettext("paper", "Due")
    heading = Box(pgettext("paper", "2. What became of it"), centred=True, bold=True)
    return [
        Band((heading,), least=row, keep=True),
        Band((label(proposed, wide), prose(words.instruction, words.signed)), least=least, most=96),
        Band((label(leader, wide), prose(words.leader, words.signed)), least=least, most=110),
        Band(
            (label(charge, wide), value(words.in_charge, weight=1.5), label(due, wide), value(words.due)),
            least=row,
        ),
        Band(
            (label(pgettext("paper", "Result"), wide), prose(words.result, words.signed)),
            least=least,
            most=120,
        ),
    ]
