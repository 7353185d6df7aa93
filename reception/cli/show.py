"""The facts as plain text: one line for each fact, one table for a list."""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import TypeVar

from reception import timeline, trail_words, words
from reception.cli import documents, layout
from reception.cli import words as spoken
from reception.cli.streams import plain
from reception.facts import (
    Absence,
    Act,
    CallbackRow,
    CallbackView,
    CallResult,
    Catalogue,
    DepartmentFact,
    EntryRow,
    EntryView,
    Kind,
    MatterFact,
    NoticeView,
    PartView,
    Party,
    ReferralView,
    TrailLine,
    Visitor,
    gives_notice,
)
from reception.facts.meetings import Notified
from reception.facts.people import PersonOffer
from reception.numbers import day_date
from reception.office_words import NOTIFIED
from reception.wording import Wording

Key = TypeVar("Key", bound=Enum)
_OF_OFFICES = (Kind.DOCUMENT, Kind.CALL_OUT)
"""Who sent a paper, and a department that was called, have no name of a person."""


def entries(rows: Iterable[EntryRow], wording: Wording, zone: dt.tzinfo) -> Iterator[str]:
    """The lines of a list of entries, under a head."""
    _ = wording.gettext
    head = [_(spoken.LABELS[name]) for name in ("number", "received_at", "kind", "name", "party", "subject")]
    head += [_(spoken.LABELS[name]) for name in ("act", "department", "status", "operator")]
    lines = [_entry_cells(row, wording, zone) for row in rows]
    yield from _table([head, *lines])


def entry(view: EntryView, wording: Wording, zone: dt.tzinfo) -> Iterator[str]:
    """The whole of one entry: what is known, its persons, its referrals, its trail."""
    _ = wording.gettext
    yield from _labelled(_entry_facts(view, wording, zone), wording)
    for position, person in enumerate(view.parties[1:], 2):
        label = _("Person {position}").format(position=position)
        yield _("{name}: {value}").format(name=label, value=_person(person, wording))
    for referral in view.referrals:
        yield ""
        yield from _referral(referral, wording, zone)
    for callback in view.callbacks:
        yield ""
        yield from _callback(callback, wording, zone)
    for notice in view.notices:
        yield ""
        yield from _notice(notice, wording, zone)
    if view.trail:
        yield ""
        yield _("Trail")
        cells = [_trail_cells(line, wording, zone) for line in view.trail]
        yield from (f"  {line}" for line in layout.table(cells))


def visitors(found: Iterable[Visitor], wording: Wording, zone: dt.tzinfo) -> Iterator[str]:
    """Everyone who has not left, under a head."""
    _ = wording.gettext
    names = ("number", "received_at", "name", "party", "organisation", "where", "waiting_minutes")
    lines = [
        [
            one.number,
            one.received_at.astimezone(zone).strftime("%H:%M"),
            plain(one.name),
            str(one.party_size),
            layout.cut(plain(one.organisation), 30),
            plain(" ".join(filter(None, (one.department, one.wanted)))),
            _waits(one, wording),
        ]
        for one in found
    ]
    yield from _table([[_(spoken.LABELS[name]) for name in names], *lines])


def owed(rows: Iterable[CallbackRow], wording: Wording, zone: dt.tzinfo) -> Iterator[str]:
    """The calls that are owed, most urgent first, under a head."""
    _ = wording.gettext
    names = ("number", "due_at", "phone", "name", "about", "owner", "attempts", "last_result")
    lines = [
        [
            row.number,
            _time(row.due_at, zone),
            plain(row.phone),
            plain(row.person or row.organisation),
            layout.cut(plain(row.about), 40),
            plain(row.owner),
            str(row.attempts or ""),
            _word(row.last_result, words.ATTEMPTS, wording),
        ]
        for row in rows
    ]
    yield from _table([[_(spoken.LABELS[name]) for name in names], *lines])


def people(found: Iterable[PersonOffer], wording: Wording, zone: dt.tzinfo) -> Iterator[str]:
    """People who were here before, under a head."""
    _ = wording.gettext
    names = ("name", "phone", "organisation", "times", "last_at", "last_number", "open_cases", "note")
    lines = [
        [
            plain(one.name),
            plain(_(", ").join(one.phones)),
            layout.cut(plain(one.organisation), 30),
            str(one.times),
            _time(one.last_at, zone),
            one.last_number,
            str(one.open_cases or ""),
            _note(one, wording),
        ]
        for one in found
    ]
    yield from _table([[_(spoken.LABELS[name]) for name in names], *lines])


def _note(one: PersonOffer, wording: Wording) -> str:
    if one.note_kind is None:
        return ""
    kind = wording.gettext(spoken.NOTES[one.note_kind])
    words = layout.cut(plain(one.note), 30)
    return wording.gettext("{name}: {value}").format(name=kind, value=words) if words else kind


def part(one: PartView, wording: Wording, zone: dt.tzinfo) -> str:
    """Where a department's part of a referral stands, on one line."""
    _ = wording.gettext
    told = _("told: {whom}").format(whom=one.told_whom or _time(one.told_at, zone)) if one.told_at else ""
    received = _("received by: {whom}").format(whom=one.received_by) if one.received_by else ""
    steps = (told, received, one.answer, one.return_reason)
    said = _("; ").join(plain(step) for step in steps if step)
    line = f"{one.name}  {_word(one.role, words.ROLES, wording)}  {_word(one.status, words.PARTS, wording)}"
    return f"{line}  {said}" if said else line


def departments(
    facts: Iterable[DepartmentFact], away: Mapping[int, list[Absence]], wording: Wording
) -> Iterator[str]:
    """The directory; ``away`` are those who are away, by department."""
    _ = wording.gettext
    head = [_("Code"), _("Department"), _("Room"), _("Phone"), _("Remarks")]
    lines = []
    for fact in facts:
        marks = [_("outside")] if fact.outside else []
        marks += [] if fact.active else [_("no longer used")]
        for one in away.get(fact.id, ()):
            text = _("officer {officer} away until the end of {day}")
            day = day_date(one.last_day).isoformat()
            marks.append(text.format(officer=one.officer.upper(), day=day))
        marks += [plain(fact.note)] if fact.note else []
        lines.append([fact.code, plain(fact.name), plain(fact.room), plain(fact.phone), "; ".join(marks)])
    yield from _table([head, *lines])


def matters(facts: Iterable[MatterFact], catalogue: Catalogue, wording: Wording) -> Iterator[str]:
    """The catalogue of matters."""
    _ = wording.gettext
    codes = {one.id: one.code for one in catalogue.departments}
    head = [_("Matter name"), _("Department"), _("Keywords"), _("Limit")]
    lines = [
        [plain(fact.name), codes.get(fact.department_id or 0, ""), plain(fact.keywords), plain(fact.limit)]
        for fact in facts
    ]
    yield from _table([head, *lines])


def _table(rows: list[list[str]]) -> Iterator[str]:
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    return layout.table(rows, columns)


def _acted(row: EntryRow, wording: Wording) -> str:
    """What was done; of a call that gives a notice whether they were told."""
    told = row.act in (Act.ANSWERED, Act.PUT_THROUGH) and gives_notice(row.kind, row.category)
    if not told:
        return _word(row.act, words.ACTS, wording)
    missed = row.call_result in (CallResult.NO_ANSWER, CallResult.BUSY)
    if missed:
        return _word(row.call_result, words.RESULTS, wording)
    return _word(Notified.TOLD, NOTIFIED, wording)


def _entry_cells(row: EntryRow, wording: Wording, zone: dt.tzinfo) -> list[str]:
    _ = wording.gettext
    return [
        row.number,
        row.received_at.astimezone(zone).strftime("%H:%M"),
        _word(row.kind, words.KINDS, wording),
        plain(row.name or (row.organisation if row.kind in _OF_OFFICES else "")),
        str(row.party_size),
        layout.cut(plain(row.subject or row.matter), 40),
        _acted(row, wording),
        row.department,
        _word(row.status, words.STATUSES, wording),
        plain(row.operator),
    ]


def _entry_facts(view: EntryView, wording: Wording, zone: dt.tzinfo) -> Iterator[tuple[str, str]]:
    row, main = view.row, view.parties[0] if view.parties else Party()
    yield "number", row.number
    yield "kind", _word(row.kind, words.KINDS, wording)
    yield "received_at", _time(row.received_at, zone)
    yield "late", _yes(row.late, wording)
    yield "status", _word(row.status, words.STATUSES, wording)
    yield "void_reason", row.void_reason
    yield "name", row.name
    yield "sex", _word(main.sex, words.SEXES, wording)
    yield "phone", row.phone
    yield "organisation", row.organisation
    yield "document_type", main.document_type
    yield "document_number", main.document_number
    yield "party", str(row.party_size)
    yield "matter", row.matter
    yield "subject", row.subject
    yield "case_id", view.case.number if view.case is not None else ""
    yield "enquiries", wording.gettext(", ").join(one.number for one in view.enquiries)
    yield "request", row.request
    yield "category", _word(row.category, words.CATEGORIES, wording)
    yield from _details(view, wording)
    yield "act", _acted(row, wording)
    yield "call_result", _word(row.call_result, words.RESULTS, wording)
    yield "department", f"{row.department} {row.department_name}".strip()
    yield "outcome", row.outcome
    yield "waiting_since", _time(row.waiting_since, zone)
    yield "seen_at", _time(row.seen_at, zone)
    yield "left_at", _time(row.left_at, zone)
    yield "left_estimated", _yes(row.left_estimated, wording)
    yield "operator", row.operator
    yield "uid", row.uid


def _details(view: EntryView, wording: Wording) -> Iterator[tuple[str, str]]:
    for field in dataclasses.fields(view.details):
        value = getattr(view.details, field.name)
        if field.name == "concerned_id":
            yield "concerned", view.concerned
        elif field.name == "source":
            yield field.name, _word(value, words.SOURCES, wording)
        elif field.name == "urgency":
            yield field.name, _word(value, words.URGENCIES, wording)
        elif field.name == "visits":
            yield field.name, _word(value, words.VISITS, wording)
        elif isinstance(value, bool):
            known = value or field.name in ("evidence", "read_back")  # asked and answered no is an answer
            yield field.name, _yes_or_no(value, wording) if known else ""
        else:
            yield field.name, "" if value is None else str(value)


def _labelled(facts: Iterable[tuple[str, str]], wording: Wording) -> Iterator[str]:
    """Label and value in two columns; further lines of a value under the first, absent values left out."""
    known = [(wording.gettext(spoken.LABELS[name]), value.splitlines()) for name, value in facts if value]
    size = max(layout.width(label) for label, _ in known) + 2
    for label, lines in known:
        for position, line in enumerate(lines):
            yield layout.pad("" if position else label, size) + plain(line)


def _referral(referral: ReferralView, wording: Wording, zone: dt.tzinfo) -> Iterator[str]:
    _ = wording.gettext
    title = _("Referral")
    yield f"{title} {_time(referral.created_at, zone)}  {_word(referral.status, words.REFERRALS, wording)}"
    for text in (referral.instruction, referral.closing_note):
        if text:
            yield f"  {plain(text)}"
    yield from (f"  {part(one, wording, zone)}" for one in referral.parts)


def _callback(one: CallbackView, wording: Wording, zone: dt.tzinfo) -> Iterator[str]:
    _ = wording.gettext
    title, due = _("Call-back"), _time(one.due_at, zone)
    said = (
        due,
        plain(one.phone),
        plain(one.owner),
        _word(one.status, words.CALLBACKS, wording),
        plain(one.reason),
    )
    yield "  ".join(filter(None, (title, *said)))
    if one.about:
        yield f"  {plain(one.about)}"
    for made in one.attempts:
        told = (
            _time(made.at, zone),
            _word(made.result, words.ATTEMPTS, wording),
            plain(made.reached),
            plain(made.note),
        )
        yield f"  {'  '.join(filter(None, told))}"


def _notice(one: NoticeView, wording: Wording, zone: dt.tzinfo) -> Iterator[str]:
    _ = wording.gettext
    yield "  ".join(
        (_("Told in full, in writing"), _time(one.at, zone), plain(one.operator), plain(one.matter))
    )
    for at, paper in enumerate(one.materials, 1):
        yield f"  {'-' if paper in one.lacks else '√'} {at} {plain(paper)}"
    for text in (one.refusal, one.whereto):
        if text:
            yield f"  {plain(text)}"


def _waits(one: Visitor, wording: Wording) -> str:
    if one.waiting_minutes is None:
        return ""
    if not one.late:
        return str(one.waiting_minutes)
    return wording.gettext("{minutes} (too long)").format(minutes=one.waiting_minutes)


def _trail_cells(line: TrailLine, wording: Wording, zone: dt.tzinfo) -> list[str]:
    _ = wording.gettext
    verb = words.small(_(words.VERBS[line.verb])) if line.verb in words.VERBS else line.verb
    # what was registered stands above; the trail need not say all of it again
    changes = "" if line.verb == "register" else _("; ").join(_changes(line, wording))
    labels = [_label(column, wording) for column, _old, _new in line.changes]
    if len(set(labels)) < len(labels):  # of several records: who reads would ask which of them it is
        told = timeline.lines([line], wording, zone)
        changes = plain(_("; ").join(filter(None, (text for one in told for text in (one.where, one.said)))))
    return [_time(line.at, zone), plain(line.operator), verb, changes]


def _label(column: str, wording: Wording) -> str:
    name = documents.field_name(column)
    last = name.rpartition(".")[2]
    return wording.gettext(spoken.LABELS.get(name) or spoken.LABELS.get(last) or last)


def _changes(line: TrailLine, wording: Wording) -> Iterator[str]:
    _ = wording.gettext
    for column, old, new in line.changes:
        name, label = documents.field_name(column), _label(column, wording)
        was, now = (_value(name, text, wording) for text in (old, new))
        yield _("{name}: {value}").format(name=label, value=f"{was} → {now}" if old and old != new else now)


def _value(name: str, text: str, wording: Wording) -> str:
    word = trail_words.of_value(name, text) or spoken.ANSWERS.get(text)
    rows = wording.gettext("; ").join(text.splitlines())
    return words.small(wording.gettext(word)) if word else plain(rows)


def _person(person: Party, wording: Wording) -> str:
    known = (
        person.name,
        _word(person.sex, words.SEXES, wording),
        person.phone,
        person.organisation,
        person.document_type,
        person.document_number,
    )
    return "  ".join(plain(text) for text in known if text)


def _word(value: Key | None, table: Mapping[Key, str], wording: Wording) -> str:
    return words.small(wording.gettext(table[value])) if value is not None else ""


def _yes_or_no(value: bool, wording: Wording) -> str:
    return wording.gettext("yes") if value else wording.gettext("no")


def _yes(value: bool, wording: Wording) -> str:
    return wording.gettext("yes") if value else ""


def _time(moment: dt.datetime | None, zone: dt.tzinfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M") if moment else ""
