"""电话记录单, the record of one call: what was said, and what was decided and done about it.

Part 1 is what whoever took the call wrote. Part 2 is filled from the referral as far as the register knows
it; the rest is written by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

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
    from reception.paper import record_words

    return record_words.dress(FORM.title, data, wording)


def story(data: Record, wording: Wording, style: Style, stamp: Stamp) -> list[Flowable]:
    """The form: what was said, a heading, what became of it."""
    from reception.paper import record_words

    return record_words.story(data, wording, style, stamp, _bands)


def _bands(words: RecordWords) -> list[Band]:
    return [*_call(words), *_done(words)]


def _call(words: RecordWords) -> list[Band]:
    """Part 1: when, who, about what."""
    from reception.paper.boxes import Band, Box, label
    from reception.paper.record_words import LABEL, ROW

    data, value, pgettext = words.data, words.value, words.pgettext
    name, organisation, phone = words.who()
    came, unit, person, number = (label(text, LABEL) for text in _parties(words))
    read_back = label(pgettext("paper", "Read back"), LABEL)
    first = [
        Band((Box(pgettext("paper", "1. The call"), centred=True, bold=True),), keep=True),
        Band((label(pgettext("paper", "Number"), LABEL), value(data.line.number), came, value(words.came))),
        Band((unit, value(organisation))),
        Band((person, value(name), number, value(phone))),
        Band((label(pgettext("paper", "Kind of call"), LABEL), value(_kinds(words)))),
    ]
    return [
        *(Band(band.boxes, least=ROW, keep=band.keep) for band in first),
        *words.remarks(),
        Band(
            (label(pgettext("paper", "What was said"), LABEL), words.prose(_said(words))),
            least=90,
            most=220,
        ),
        Band(
            (
                read_back,
                value(_read_back(words)),
                label(pgettext("paper", "Recorded by"), LABEL),
                value(data.line.operator),
            ),
            least=ROW,
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


def _done(words: RecordWords) -> list[Band]:
    """Part 2: what is proposed, what the leader says, who has it, what became of it."""
    from reception.paper.boxes import Band, Box, label
    from reception.paper.record_words import LABEL, ROW

    value, prose, pgettext = words.value, words.prose, words.pgettext
    proposed, leader = pgettext("paper", "Proposed handling"), pgettext("paper", "Leader's instruction")
    charge, due = pgettext("paper", "In charge"), pgettext("paper", "Due")
    heading = Box(pgettext("paper", "2. What became of it"), centred=True, bold=True)
    return [
        Band((heading,), least=ROW, keep=True),
        Band((label(proposed, LABEL), prose(words.instruction, words.signed)), least=54, most=96),
        Band((label(leader, LABEL), prose(words.leader, words.signed)), least=54, most=110),
        Band(
            (label(charge, LABEL), value(words.in_charge, weight=1.5), label(due, LABEL), value(words.due)),
            least=ROW,
        ),
        Band(
            (label(pgettext("paper", "Result"), LABEL), prose(words.result, words.signed)),
            least=54,
            most=120,
        ),
    ]
