"""会议通知电话记录, the record of a meeting notified by phone: what was told, and whoever was told it when.

Every round has its own list; a notice to us has the caller, the leader before whom it was laid, and the
answer in its place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reception import dates, office_words, words
from reception.facts.meetings import InvitationView, InviteeView, MeetingRound, MeetingView
from reception.facts.printing import Stamp
from reception.paper import of_entry
from reception.paper.form import ColumnSpec, Form
from reception.paper.plain import plain
from reception.paper.style import Style
from reception.wording import N_, NP_, Wording

if TYPE_CHECKING:
    from reportlab.platypus.flowables import Flowable

    from reception.context import Session
    from reception.paper.boxes import Band
    from reception.paper.page import Dress
    from reception.paper.rows import Row

FORM = Form(
    name="meeting_notice",
    title=NP_("paper", "Meeting notice by phone"),
    columns=(
        ColumnSpec("place", NP_("paper", "No."), 28, centred=True, gives=2),
        ColumnSpec("who", NP_("paper", "To whom"), weight=110),
        ColumnSpec("phone", NP_("paper", "Phone"), 74, most=100),
        ColumnSpec("answered", NP_("paper", "Who answered"), weight=62),
        ColumnSpec("told", NP_("paper", "Told"), 66, most=90, centred=True),
        ColumnSpec("reply", NP_("paper", "Reply"), weight=96),
        ColumnSpec("remarks", NP_("paper", "Remarks"), weight=60, gives=1),
    ),
    signatures=(NP_("paper", "Clerk"), NP_("paper", "Office director"), NP_("paper", "Date")),
)
_LABEL, _ROW, _GAP = 74.0, 24.0, 8.0


@dataclass(frozen=True, slots=True)
class MeetingNotice:
    """What the record of one notice shows, in no language; whoever is invited stands in the list's order."""

    site: str
    zone: str
    footer: str
    meeting: MeetingView


def collect(session: Session, number: str) -> MeetingNotice:
    """The notice ``number``. Raises InputError, also for what is no meeting notice; NotFoundError."""
    from reception.operations.office import meetings

    here, meeting = of_entry.named(session, number, meetings.view, N_("{number} is no meeting notice."))
    listed = tuple(sorted(meeting.invitees, key=lambda one: one.ordinal))
    return MeetingNotice(here.name, here.zone, here.footer, replace(meeting, invitees=listed))


def subject(number: str) -> str:
    """What it is a print of: the notice's number."""
    return number


def lines(data: MeetingNotice) -> Iterator[tuple[str, object]]:
    """Every printed line: its key, and its values in no language."""
    of = data.meeting
    entry, key = of.entry, f"entry:{of.entry_id}"
    yield "head", [data.site, data.footer]
    sender = [entry.name, entry.organisation, entry.phone] if of.received else []
    done = (of.read_back, of.laid_at, of.laid_before, of.answered_at, of.answered_whom, entry.outcome)
    yield (
        key,
        plain(
            [entry.number, entry.subject, entry.day, entry.void_reason, *sender, *done, of.ended_at is None]
        ),
    )
    for one in of.rounds:
        yield f"{key}/round/{one.ordinal}", plain([*_of_round(one)])
        for who in of.invitees:
            call = who.of(one.ordinal)
            said = [call.told_at, call.told_whom, call.attempts, call.last_result] if call else []
            yield (
                f"{key}/round/{one.ordinal}/invitee/{who.ordinal}",
                plain([who.name, who.position, who.phone, *said, *_reply_of(of, who, one)]),
            )


def _of_round(one: MeetingRound) -> tuple[object, ...]:
    when = (one.cancelled, one.convener, one.agenda, one.meets_at, one.place, one.attendance, one.materials)
    return (*when, one.dress, one.reply_by, one.issued_by, one.operator)


def _reply_of(of: MeetingView, who: InviteeView, one: MeetingRound) -> list[object]:
    """What they say, if it was said of this round."""
    later = next((after.at for after in of.rounds if after.ordinal > one.ordinal), None)
    at = who.replied_at
    if who.reply is None or at is None or at < one.at or (later is not None and at >= later):
        return []
    return [who.reply, who.attendee, who.reason]


def dress(data: MeetingNotice, wording: Wording, style: Style, stamp: Stamp) -> Dress:
    """Head and foot."""
    from reception.paper.page import Dress

    at = data.meeting.entry.received_at.astimezone(ZoneInfo(data.zone))
    return Dress(
        title=wording.pgettext("paper", FORM.title),
        unit=data.site,
        date=dates.long_date(at.date(), wording.language),
        desk=data.meeting.entry.number,
        notice=data.footer,
        zone=data.zone,
    )


def story(data: MeetingNotice, wording: Wording, style: Style, stamp: Stamp) -> list[Flowable]:
    """What holds now, then each round with whoever was called."""
    from reception.paper.boxes import boxes
    from reception.paper.page import TextBlock
    from reception.paper.rows import Row, table

    said, of = MeetingWords(wording, ZoneInfo(data.zone)), data.meeting
    corrected = any(key.startswith(f"entry:{of.entry_id}") for key in stamp.corrected)
    notice = _Notice(data, said, corrected=corrected)
    flow: list[Flowable] = [boxes(style.width, list(notice.bands()), continued=said.continued)]
    if of.received:
        return flow
    for one in of.rounds:
        heading = said.say(NP_("paper", "Round {round}: {when}")).format(
            round=one.ordinal, when=said.together((said.moment(one.meets_at), one.place))
        )
        if one.cancelled:
            heading = said.say(NP_("paper", "Round {round}: the meeting is cancelled")).format(
                round=one.ordinal
            )
        rows = [notice.row(who, one, stamp) for who in of.invitees]
        nobody = Row(("", said.say(NP_("paper", "Nobody is on the list.")), *[""] * 5))
        told = sum(bool(call and call.told_at) for call in (who.of(one.ordinal) for who in of.invitees))
        counted = said.say(NP_("paper", "Told: {told} of {invited}")).format(
            told=told, invited=len(of.invitees)
        )
        flow += [
            TextBlock(heading, before=_GAP, after=_GAP / 2, bold=True),
            table(FORM, style, wording, rows or [nobody]),
            TextBlock(counted, before=_GAP / 2),
        ]
    return flow


class MeetingWords:
    """One language's way of putting what is known of a meeting; the sign-in sheet says it alike."""

    def __init__(self, wording: Wording, zone: ZoneInfo) -> None:
        self.wording, self.zone = wording, zone
        self.continued = self.say(NP_("paper", "{label} (continued)"))
        self.corrected = self.say(NP_("paper", "Corrected"))
        self._semicolon = self.say(NP_("paper", "; "))

    def say(self, message: str) -> str:
        """A message of the context "paper"."""
        return self.wording.pgettext("paper", message)

    def together(self, texts: tuple[str, ...]) -> str:
        """What is known, one behind the other."""
        return self._semicolon.join(filter(None, texts))

    def moment(self, at: dt.datetime | None) -> str:
        """``2026年11月24日 星期二 15:00``, "" for none."""
        if at is None:
            return ""
        local = at.astimezone(self.zone)
        return f"{dates.long_date(local.date(), self.wording.language)} {dates.clock(local)}"

    def minute(self, at: dt.datetime | None) -> str:
        """``11月24日 15:00``, "" for none."""
        if at is None:
            return ""
        local = at.astimezone(self.zone)
        return f"{dates.short_date(local.date(), self.wording.language)} {dates.clock(local)}"

    def reply(self, who: InviteeView) -> str:
        """``参会：钱科长``, "" as long as nothing was said."""
        if who.reply is None:
            return ""
        word, more = self.wording.gettext(office_words.REPLIES[who.reply]), who.attendee or who.reason
        return self.wording.gettext("{name}: {value}").format(name=word, value=more) if more else word


class _Notice:
    """The bands and rows of one notice."""

    def __init__(self, data: MeetingNotice, said: MeetingWords, *, corrected: bool) -> None:
        self._of, self._said = data.meeting, said
        self._void = bool(data.meeting.entry.void_reason)
        self._corrected = corrected

    def bands(self) -> Iterator[Band]:
        """What is told; of a notice to us by whom, and what was done about it."""
        of, said, now = self._of, self._said, self._of.now
        remarks = []
        if self._void:
            remarks.append(said.say(NP_("paper", "Void: {reason}")).format(reason=of.entry.void_reason))
        if now.cancelled:
            remarks.append(said.wording.gettext(office_words.CANCELLED))
        if self._corrected:
            remarks.append(said.corrected)
        if remarks:
            yield self._whole(NP_("paper", "Remarks"), said.together(tuple(remarks)), struck=False)
        yield self._whole(NP_("paper", "Name of the meeting"), of.entry.subject)
        if of.received:
            entry = of.entry
            came = said.together((said.moment(entry.received_at),))
            yield self._pair(
                (NP_("paper", "Caller's unit"), said.together((entry.organisation, entry.name))),
                (NP_("paper", "Caller's number"), entry.phone),
            )
            read_back = {True: NP_("paper", "Yes"), False: NP_("paper", "No")}.get(bool(of.read_back), "")
            yield self._pair(
                (NP_("paper", "Call came at"), came),
                (NP_("paper", "Read back"), said.say(read_back) if of.read_back is not None else ""),
            )
        yield self._pair(
            (NP_("paper", "Convener"), now.convener), (NP_("paper", "Time"), said.moment(now.meets_at))
        )
        yield self._pair(
            (NP_("paper", "Meeting place"), now.place), (NP_("paper", "Reply by"), said.moment(now.reply_by))
        )
        yield self._whole(NP_("paper", "Agenda"), now.agenda, least=_ROW + 18)
        yield self._whole(NP_("paper", "Who should attend"), now.attendance)
        yield self._pair((NP_("paper", "Materials"), now.materials), (NP_("paper", "Dress"), now.dress))
        yield self._pair(
            (NP_("paper", "Issued by"), now.issued_by), (NP_("paper", "Registered by"), now.operator)
        )
        if of.received:
            yield from self._done()

    def _done(self) -> Iterator[Band]:
        of, said = self._of, self._said
        signed = said.say(NP_("paper", "Signed: {room} Date: {day}")).format(
            room="\u00a0" * 18, day=dates.by_hand(said.wording.language)
        )
        laid = said.together((of.laid_before, said.minute(of.laid_at)))
        yield self._whole(NP_("paper", "Laid before"), laid)
        yield self._whole(NP_("paper", "Leader's instruction"), "", least=72, most=140, foot=signed)
        answered = said.together((of.answered_whom, said.minute(of.answered_at), of.entry.outcome))
        yield self._whole(NP_("paper", "Answered to the sender"), answered, least=_ROW + 18)

    def row(self, who: InviteeView, one: MeetingRound, stamp: Stamp) -> Row:
        """One invitee in one round."""
        from reception.paper.rows import Row

        said, call = self._said, who.of(one.ordinal)
        key = f"entry:{self._of.entry_id}/round/{one.ordinal}/invitee/{who.ordinal}"
        told = call.told_at if call is not None else None
        return Row(
            (
                str(who.ordinal),
                " ".join(filter(None, (who.name, who.position))),
                who.phone,
                call.told_whom if call is not None else "",
                f"√ {said.minute(told)}" if told is not None else "",
                said.reply(who) if _reply_of(self._of, who, one) else "",
                self._missed(call),
            ),
            void=self._void,
            mark=said.corrected if key in stamp.corrected else "",
        )

    def _missed(self, call: InvitationView | None) -> str:
        """How often it was tried, and how the last time ended, of whoever was not reached."""
        if call is None or call.told_at is not None or call.last_result is None:
            return ""
        how = self._said.wording.gettext(words.ATTEMPTS[call.last_result])
        return f"{how} ×\u00a0{call.attempts}"

    def _pair(self, *cells: tuple[str, str]) -> Band:
        from reception.paper.boxes import Band, Box, label

        pairs = [(label(self._said.say(name), _LABEL), Box(text, struck=self._void)) for name, text in cells]
        return Band(tuple(box for pair in pairs for box in pair), least=_ROW)

    def _whole(
        self,
        name: str,
        text: str,
        *,
        least: float = _ROW,
        most: float = 0,
        foot: str = "",
        struck: bool = True,
    ) -> Band:
        from reception.paper.boxes import Band, Box, label

        body = Box(text, top=bool(foot), foot=foot, struck=struck and self._void)
        return Band((label(self._said.say(name), _LABEL), body), least=least, most=most)
