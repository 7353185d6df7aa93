"""来访接待登记单, the record of one visit: who came with what, what was decided, what became of it.

A form that goes from hand to hand: what the register knows is printed, room is left for what is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reception.errors import InputError
from reception.facts import Kind
from reception.facts.printing import Stamp
from reception.paper import record
from reception.paper.form import Form
from reception.paper.record import Record, subject
from reception.paper.style import Style
from reception.wording import NP_, Wording

if TYPE_CHECKING:
    from reportlab.platypus.flowables import Flowable

    from reception.context import Session
    from reception.paper.boxes import Band
    from reception.paper.page import Dress
    from reception.paper.record_words import RecordWords

__all__ = ["FORM", "collect", "dress", "lines", "story", "subject"]
FORM = Form(
    name="visit_record",
    title=NP_("paper", "Record of a visit"),
    signatures=(NP_("paper", "Visitor"), NP_("paper", "Received by"), NP_("paper", "Date")),
)
_NARROW, _SEX, _ID, _ID_LABEL, _WIDE = 44.0, 44.0, 58.0, 96.0, 158.0


def collect(session: Session, number: str) -> Record:
    """The visit ``number`` as everybody may read it. Raises InputError, also for a call; NotFoundError."""
    found = record.collect(session, number)
    if found.line.kind is not Kind.VISIT:
        raise InputError("{number} is a call: its record is that of a call.", field="number", number=number)
    return found


def lines(data: Record) -> Iterator[tuple[str, object]]:
    """Every printed line: its key, and its values in no language."""
    done = data.handled
    told = (done.contacted_at, done.contacted_how, done.content) if done else ()
    line = data.line
    own = (data.sex, data.document, data.others, line.party_size, data.visits, line.operator)
    return record.lines(data, own, told)


def dress(data: Record, wording: Wording, style: Style, stamp: Stamp) -> Dress:
    """Head and foot."""
    from reception.paper import record_words

    return record_words.dress(FORM.title, data, wording)


def story(data: Record, wording: Wording, style: Style, stamp: Stamp) -> list[Flowable]:
    """The form."""
    from reception.paper import record_words

    return record_words.story(data, wording, style, stamp, _bands)


def _bands(words: RecordWords) -> list[Band]:
    return [*_who(words), *words.remarks(), *_what(words), *_then(words)]


def _who(words: RecordWords) -> list[Band]:
    """Number and time, the person, those who came along."""
    from reception.paper.boxes import Band, label
    from reception.paper.record_words import LABEL, ROW

    data = words.data
    name, organisation, phone = words.who()
    pgettext, value = words.pgettext, words.value
    bands = [
        Band(
            (
                label(pgettext("paper", "Number"), LABEL),
                value(data.line.number),
                label(pgettext("paper", "Came at"), LABEL),
                value(words.came),
            )
        ),
        Band(
            (
                label(pgettext("paper", "Name"), LABEL),
                value(name, weight=1.3),
                label(pgettext("paper", "Sex"), _NARROW),
                value(words.sex, _SEX, centred=True),
                label(pgettext("paper", "Phone"), LABEL),
                value(phone),
            )
        ),
        Band(
            (
                label(pgettext("paper", "Organisation or address"), LABEL),
                value(organisation),
                label(pgettext("paper", "ID (last four)"), _ID_LABEL),
                value(data.document, _ID, centred=True),
            )
        ),
        Band(
            (
                label(pgettext("paper", "Place"), LABEL),
                value(words.place),
                label(pgettext("paper", "Party"), _NARROW),
                value(str(data.line.party_size), _SEX, centred=True),
                label(pgettext("paper", "First or repeat"), LABEL),
                value(words.visits, weight=1.6),
            )
        ),
    ]
    if data.others:
        along = words.said.semicolon.join(" ".join(filter(None, one)) for one in data.others)
        bands.append(Band((label(pgettext("paper", "Came along"), LABEL), value(along))))
    return [Band(band.boxes, least=ROW) for band in bands]


def _what(words: RecordWords) -> list[Band]:
    """What is told and wanted, and what the desk says to it."""
    from reception.paper.boxes import Band, label
    from reception.paper.record_words import LABEL

    pgettext, prose = words.pgettext, words.prose
    did = label(pgettext("paper", "What the desk did"), LABEL)
    return [
        Band((label(pgettext("paper", "What is told"), LABEL), prose(words.problem)), least=66, most=170),
        Band((label(pgettext("paper", "Request"), LABEL), prose(words.data.request)), least=32, most=64),
        Band((did, prose(words.outcome, words.clerk)), least=40, most=70),
    ]


def _then(words: RecordWords) -> list[Band]:
    """What is proposed, what the leader says, who has it, what became of it."""
    from reception.paper.boxes import Band, label
    from reception.paper.record_words import LABEL, ROW

    pgettext, prose, value = words.pgettext, words.prose, words.value
    return [
        Band(
            (label(pgettext("paper", "Proposed handling"), LABEL), prose(words.instruction, words.signed)),
            least=58,
            most=84,
        ),
        Band(
            (label(pgettext("paper", "Leader's instruction"), LABEL), prose(words.leader, words.signed)),
            least=58,
            most=100,
        ),
        Band(
            (
                label(pgettext("paper", "Department"), LABEL),
                value(words.departments),
                label(pgettext("paper", "Due"), LABEL),
                value(words.due, _WIDE),
            ),
            least=ROW,
        ),
        Band((label(pgettext("paper", "Result"), LABEL), prose(words.result)), least=46, most=110),
        Band(
            (
                label(pgettext("paper", "When and how answered"), LABEL),
                value(words.answered),
                label(pgettext("paper", "Satisfied"), LABEL),
                value(words.content, _WIDE),
            ),
            least=ROW + 6,
        ),
    ]
