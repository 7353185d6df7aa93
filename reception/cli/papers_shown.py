"""Papers received, as the command line tells of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from reception import office_words, words
from reception.cli import documents, layout
from reception.cli.streams import plain
from reception.facts.papers_in import PaperIn, PaperReader
from reception.numbers import day_date
from reception.wording import N_, Wording


def document(one: PaperIn, zone: dt.tzinfo) -> documents.Document:
    """A paper as JSON; the keys are a promise."""
    moments = ("received_at", "answered_at", "closed_at", "filed_at")
    texts = (
        "sender",
        "sender_number",
        "title",
        "brought_by",
        "proposed",
        "lead",
        "asked",
        "leader",
        "result",
    )
    return {
        "number": one.number,
        "serial": one.serial,
        **{name: getattr(one, name) or None for name in (*texts, "outcome", "filed_where", "void_reason")},
        **{name: documents.instant(getattr(one, name), zone) for name in moments},
        "their_date": day_date(one.sender_day).isoformat() if one.sender_day else None,
        "copies": one.copies,
        "urgency": one.urgency.value,
        "way": one.way.value,
        "late": one.late,
        "step": one.step.value,
        "status": one.status.value,
        "assisting": list(one.assisting),
        "referral": one.referral_status.value if one.referral_status else None,
        "due": documents.instant(one.due_at, zone),
        "provisional": one.provisional,
        "overdue": one.overdue,
        "same": list(one.same),
        "lying": one.lying,
        "readers": [
            {
                "name": reader.name,
                "department": reader.department or None,
                "signed_at": documents.instant(reader.signed_at, zone),
                "note": reader.note or None,
            }
            for reader in one.readers
        ],
        "instructions": [
            {"leader": said.leader, "words": said.words, "at": documents.instant(said.at, zone)}
            for said in one.instructions
        ],
        "operator": one.operator,
        "version": one.version,
    }


def cells(one: PaperIn, wording: Wording, zone: dt.tzinfo) -> list[str]:
    """A line of a list."""
    step = words.small(wording.gettext(office_words.PAPER_STEPS[one.step]))
    at = one.received_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    told = (one.serial, one.number, at, one.sender, one.sender_number, one.title, step, _where(one))
    return [plain(text) for text in told]


def _where(one: PaperIn) -> str:
    """Who has it now: the departments, or the first who has yet to sign; where it is filed."""
    if one.filed_where:
        return one.filed_where
    if one.lead and one.closed_at is None:
        return one.lead
    return one.unsigned[0].name if one.unsigned else ""


def lines(one: PaperIn, wording: Wording, zone: dt.tzinfo) -> Iterator[str]:
    """The whole of a paper with its circulation."""
    _ = wording.gettext
    yield f"{one.serial}  {one.number}  {_(office_words.PAPER_STEPS[one.step])}"
    for name, value in _facts(one, wording):
        if value:
            yield _("{name}: {value}").format(name=_(name), value=plain(value))
    yield from layout.table([_signed(reader, wording, zone) for reader in one.readers])
    for said in one.instructions:
        yield f"{plain(said.leader)}  {plain(said.words)}"


def _facts(one: PaperIn, wording: Wording) -> Iterable[tuple[str, str]]:
    _, fields = wording.gettext, office_words.FIELDS
    return (
        (N_("Subject"), one.title),
        (fields["sender"], one.sender),
        (fields["sender_number"], one.sender_number),
        (N_("Same number"), ", ".join(one.same)),
        (fields["sender_day"], day_date(one.sender_day).isoformat() if one.sender_day else ""),
        (fields["copies"], str(one.copies)),
        (N_("Urgency"), _(words.URGENCIES[one.urgency])),
        (fields["document.way"], _(office_words.PAPER_WAYS[one.way])),
        (fields["brought_by"], one.brought_by),
        (fields["proposed"], one.proposed),
        (N_("Lead"), one.lead),
        (N_("Assisting"), ", ".join(one.assisting)),
        (N_("Answer"), one.result),
        (fields["filed_where"], one.filed_where),
    )


def _signed(one: PaperReader, wording: Wording, zone: dt.tzinfo) -> list[str]:
    at = one.signed_at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if one.signed_at else ""
    mark = "√" if one.signed_at else "-"
    return [mark, plain(one.name), at, plain(one.note)]
