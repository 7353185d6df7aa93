"""签到表, the sign-in sheet of a meeting: who is expected, where they sign, room for who comes besides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reception import dates, office_words
from reception.errors import InputError
from reception.facts.meetings import InviteeView
from reception.facts.office import Reply
from reception.facts.printing import Stamp
from reception.paper import meeting_notice
from reception.paper.form import FILL, ColumnSpec, Form
from reception.paper.meeting_notice import MeetingNotice, MeetingWords, subject
from reception.paper.plain import plain
from reception.paper.style import Style
from reception.wording import NP_, Wording

if TYPE_CHECKING:
    from reportlab.platypus.flowables import Flowable

    from reception.context import Session
    from reception.paper.page import Dress

__all__ = ["FORM", "collect", "dress", "lines", "story", "subject"]
FORM = Form(
    name="sign_in",
    title=NP_("paper", "Sign-in sheet"),
    columns=(
        ColumnSpec("place", NP_("paper", "No."), 30, centred=True),
        ColumnSpec("name", NP_("paper", "Name"), weight=70),
        ColumnSpec("position", NP_("paper", "Organisation, position"), weight=130),
        ColumnSpec("phone", NP_("paper", "Phone"), 84, most=110),
        ColumnSpec("signature", NP_("paper", "Signature"), weight=90),
        ColumnSpec("remarks", NP_("paper", "Remarks"), weight=60),
    ),
    blank_rows=FILL,
)
_LABEL, _ROW, _GAP = 64.0, 24.0, 8.0
_HAND = 2
"""So many lines a signature needs."""


def collect(session: Session, number: str) -> MeetingNotice:
    """The meeting of the notice ``number``. Raises InputError, also for what we only heard of."""
    found = meeting_notice.collect(session, number)
    if found.meeting.received:
        raise InputError(
            "{number} was notified to us; nobody is invited by us.", field="number", number=number
        )
    return found


def lines(data: MeetingNotice) -> Iterator[tuple[str, object]]:
    """Every printed line: its key, and its values in no language."""
    of, now = data.meeting, data.meeting.now
    key = f"entry:{of.entry_id}"
    yield "head", [data.site, data.footer]
    entry = of.entry
    yield key, plain([entry.subject, entry.void_reason, now.meets_at, now.place, now.convener, now.cancelled])
    for who in of.invitees:
        said = [] if who.stale else [who.reply, who.attendee]
        yield (
            f"{key}/invitee/{who.ordinal}",
            plain([who.name, who.position, who.phone, who.department, *said]),
        )


def dress(data: MeetingNotice, wording: Wording, style: Style, stamp: Stamp) -> Dress:
    """Head and foot; the date is that of the meeting."""
    from reception.paper.page import Dress

    now = data.meeting.now
    at = now.meets_at.astimezone(ZoneInfo(data.zone)) if now.meets_at is not None else None
    return Dress(
        title=wording.pgettext("paper", FORM.title),
        unit=data.site,
        date=dates.long_date(at.date(), wording.language) if at is not None else "",
        notice=data.footer,
        zone=data.zone,
    )


def story(data: MeetingNotice, wording: Wording, style: Style, stamp: Stamp) -> list[Flowable]:
    """The meeting, and a line for each who is invited."""
    from reception.paper.boxes import Band, Box, boxes, label
    from reception.paper.page import TextBlock
    from reception.paper.rows import Row, table

    said, of = MeetingWords(wording, ZoneInfo(data.zone)), data.meeting
    void = bool(of.entry.void_reason)
    facts = (
        (NP_("paper", "Meeting"), of.entry.subject),
        (NP_("paper", "Time"), said.moment(of.now.meets_at)),
        (NP_("paper", "Meeting place"), of.now.place),
        (NP_("paper", "Convener"), of.now.convener),
    )
    pairs = [(label(said.say(name), _LABEL), Box(text, struck=void)) for name, text in facts]
    bands = [Band(pairs[0], least=_ROW), Band(pairs[1], least=_ROW), Band((*pairs[2], *pairs[3]), least=_ROW)]
    if of.now.cancelled:
        cancelled = Box(wording.gettext(office_words.CANCELLED))
        bands.insert(0, Band((label(said.say(NP_("paper", "Remarks")), _LABEL), cancelled), least=_ROW))
    if void:
        reason = said.say(NP_("paper", "Void: {reason}")).format(reason=of.entry.void_reason)
        bands.insert(0, Band((label(said.say(NP_("paper", "Remarks")), _LABEL), Box(reason)), least=_ROW))
    rows = []
    for at, who in enumerate(of.invitees, 1):
        corrected = f"entry:{of.entry_id}/invitee/{who.ordinal}" in stamp.corrected
        mark = said.corrected if corrected else ""
        cells = (str(at), *_named(who), who.phone, "", _excused(who, wording))
        rows.append(Row(cells, void=void, mark=mark, lines=_HAND))
    return [
        boxes(style.width, bands, continued=said.continued),
        TextBlock("", before=_GAP),
        table(FORM, style, wording, rows),
    ]


def _named(who: InviteeView) -> tuple[str, str]:
    """Who comes, and from where: of a department whoever it sends."""
    comes = who.attendee if who.reply is Reply.ATTENDS and not who.stale else ""
    if who.department:
        return comes, " ".join(filter(None, (who.name, who.position)))
    return comes or who.name, who.position


def _excused(who: InviteeView, wording: Wording) -> str:
    excused = who.reply is Reply.EXCUSED and not who.stale
    return wording.gettext(office_words.REPLIES[Reply.EXCUSED]) if excused else ""
