"""Meeting notices, as the command line tells of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from reception import dates, office_words, words
from reception.cli import documents, layout
from reception.cli.streams import plain
from reception.facts.meetings import (
    InvitationView,
    InviteeView,
    MeetingRound,
    MeetingRow,
    MeetingView,
    Notified,
)
from reception.wording import N_, Wording

_WORDS = ("convener", "agenda", "place", "attendance", "materials", "dress", "issued_by")


def document(of: MeetingView, zone: dt.tzinfo) -> documents.Document:
    """A notice with its rounds and its invitees as JSON; the keys are a promise."""
    moments = {name: getattr(of, name) for name in ("laid_at", "answered_at", "ended_at")}
    sender = {"sender": of.entry.name, "organisation": of.entry.organisation, "phone": of.entry.phone}
    return {
        "number": of.entry.number,
        "subject": of.entry.subject,
        "status": of.entry.status.value,
        "received": of.received,
        **{name: (value if of.received else "") or None for name, value in sender.items()},
        "read_back": of.read_back,
        **_round(of.now, zone),
        "rounds": [_round(one, zone) for one in of.rounds],
        "invitees": [_invitee(one, zone) for one in of.invitees],
        **{name: documents.instant(moment, zone) for name, moment in moments.items()},
        "laid_before": of.laid_before or None,
        "answered_whom": of.answered_whom or None,
        "outcome": of.entry.outcome or None,
        "version": of.entry.version,
    }


def _round(one: MeetingRound, zone: dt.tzinfo) -> documents.Document:
    return {
        "round": one.ordinal,
        "since": documents.instant(one.at, zone),
        "operator": one.operator,
        "cancelled": one.cancelled,
        "meets_at": documents.instant(one.meets_at, zone),
        "reply_by": documents.instant(one.reply_by, zone),
        **{name: getattr(one, name) or None for name in _WORDS},
    }


def _invitee(one: InviteeView, zone: dt.tzinfo) -> documents.Document:
    return {
        "place": one.ordinal,
        "name": one.name,
        "position": one.position or None,
        "phone": one.phone or None,
        "department": one.department or None,
        "state": one.state.value,
        "reply": one.reply.value if one.reply else None,
        "replied_at": documents.instant(one.replied_at, zone),
        "stale": one.stale,
        "attendee": one.attendee or None,
        "reason": one.reason or None,
        "calls": [_call(call, zone) for call in one.calls],
    }


def _call(one: InvitationView, zone: dt.tzinfo) -> documents.Document:
    return {
        "round": one.round,
        "call": one.call_number,
        "called_at": documents.instant(one.called_at, zone),
        "told_at": documents.instant(one.told_at, zone),
        "told_whom": one.told_whom or None,
        "attempts": one.attempts,
        "last_at": documents.instant(one.last_at, zone),
        "last_result": one.last_result.value if one.last_result else None,
    }


def row(one: MeetingRow, zone: dt.tzinfo) -> documents.Document:
    """A line of the list as JSON."""
    names = ("round", "cancelled", "invited", "told", "unreached", "attends", "excused", "received", "ended")
    moments = ("meets_at", "reply_by", "laid_at", "answered_at")
    return {
        "number": one.number,
        "subject": one.subject,
        "sender": one.sender or None,
        "convener": one.convener or None,
        "place": one.place or None,
        **{name: documents.instant(getattr(one, name), zone) for name in moments},
        **{name: getattr(one, name) for name in names},
        "void": one.void,
    }


def cells(one: MeetingRow, wording: Wording, zone: dt.tzinfo) -> list[str]:
    """A line of the list."""
    _ = wording.gettext
    if one.received:
        how = _("notified to us")
    else:
        how = _("{told} of {invited} told").format(told=one.told, invited=one.invited)
    state = _("cancelled") if one.cancelled else ""
    told = (one.number, _when(one.meets_at, wording, zone), one.place, one.subject, how, state)
    return [plain(text) for text in told]


def lines(of: MeetingView, wording: Wording, zone: dt.tzinfo) -> Iterator[str]:
    """The whole of a notice."""
    _, fields = wording.gettext, office_words.FIELDS
    yield f"{of.entry.number}  {plain(of.entry.subject)}"
    for one in of.rounds:
        if len(of.rounds) > 1:
            yield ""
            yield _("Round {round}").format(round=one.ordinal)
        if one.cancelled:
            yield _(office_words.CANCELLED)
        told = (
            ("convener", one.convener),
            ("meets_at", _when(one.meets_at, wording, zone)),
            ("meeting.place", one.place),
            ("agenda", one.agenda),
            ("attendance", one.attendance),
            ("meeting.materials", one.materials),
            ("dress", one.dress),
            ("reply_by", _when(one.reply_by, wording, zone)),
            ("issued_by", one.issued_by),
        )
        for name, value in told:
            if value:
                yield _("{name}: {value}").format(name=_(fields[name]), value=plain(value))
    for name, value in _handled(of, wording, zone):
        yield _("{name}: {value}").format(name=_(name), value=plain(value))
    if of.invitees:
        yield ""
        yield from layout.table([_grid(one, of, wording, zone) for one in of.invitees])


def _handled(of: MeetingView, wording: Wording, zone: dt.tzinfo) -> Iterable[tuple[str, str]]:
    if of.received:
        sender = " ".join(filter(None, (of.entry.organisation, of.entry.name, of.entry.phone)))
        yield N_("Notified by"), sender
    for label, who, at in (
        (office_words.FIELDS["laid_before"], of.laid_before, of.laid_at),
        (office_words.FIELDS["answered_whom"], of.answered_whom, of.answered_at),
    ):
        if at is not None:
            yield label, f"{who} {_when(at, wording, zone)}"


def _grid(one: InviteeView, of: MeetingView, wording: Wording, zone: dt.tzinfo) -> list[str]:
    """``√ 2 王芳 局长 0816-8220001 09:42 本人 参会 刘副局长``."""
    _ = wording.gettext
    call = one.of(of.now.ordinal)
    mark = "√" if one.state is Notified.TOLD else "-"
    at, whom = "", _(office_words.NOTIFIED[one.state])
    if call is not None:
        moment = call.told_at or call.last_at or call.called_at
        at = moment.astimezone(zone).strftime("%m-%d %H:%M")
        if call.told_at is not None:
            whom = call.told_whom
        elif call.last_result is not None:
            whom = f"{_(words.ATTEMPTS[call.last_result])} × {call.attempts}"
    said = ""
    if one.reply is not None:
        said = " ".join(filter(None, (_(office_words.REPLIES[one.reply]), one.attendee or one.reason)))
        said = _("{text} (earlier round)").format(text=said) if one.stale else said
    told = (mark, str(one.ordinal), one.name, one.position, one.phone, at, whom, said)
    return [plain(text) for text in told]


def _when(moment: dt.datetime | None, wording: Wording, zone: dt.tzinfo) -> str:
    """``2026-11-24 周二 15:42``."""
    if moment is None:
        return ""
    local = moment.astimezone(zone)
    return f"{local:%Y-%m-%d} {dates.short_weekday(local.date(), wording.language)} {local:%H:%M}"
