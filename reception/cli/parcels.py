"""Commands on parcels and letters for staff: taken in, handed out, sent back, listed."""

from __future__ import annotations

import datetime as dt

import click

from reception import office_words, words
from reception.cli import documents, layout, read
from reception.cli.frame import Command, Topic, option
from reception.cli.state import AtDesk, State, reads, writes
from reception.cli.streams import plain
from reception.facts.office import ParcelKind
from reception.facts.papers_in import ParcelRow
from reception.wording import N_, Wording

_PARCEL = click.argument("parcel", metavar="N")
parcel = Topic(
    "parcel",
    help=N_(
        "Parcels and letters for staff: take them in, hand them out.\n\nN is the number that 'list' shows."
    ),
)


@click.command("add", cls=Command, help=N_("Take something in; the last word printed is its number."))
@option("--for", "whom", metavar="NAME", default="", help=N_("Whom it is for."))
@option("--department", metavar="CODE", help=N_("Their department, or the department it is for."))
@option("--kind", metavar="WORD", default="parcel", help=N_("parcel (if not given), letter or registered."))
@option("--from", "sender", metavar="NAME", default="", help=N_("Who sent it."))
@option("--tracking", metavar="TEXT", default="", help=N_("Its tracking number."))
@option("--pieces", metavar="N", default="1", help=N_("How many pieces."))
@option("--note", metavar="TEXT", default="", help=N_("What else there is to say."))
@writes
@click.pass_obj
def add(
    state: State,
    *,
    whom: str,
    department: str | None,
    kind: str,
    sender: str,
    tracking: str,
    pieces: str,
    note: str,
    operator: str | None,
    uid: str | None,
) -> None:
    """Take something in."""
    from reception.operations.office import parcels

    act_uid, what = read.uid(uid), read.word(kind, ParcelKind, "kind")
    count = read.whole(pieces, "pieces")
    with state.open(operator) as here:
        known = here.catalogue.departments if department is not None else ()
        one = here.desk.do(
            parcels.take_in,
            whom=whom,
            department_id=read.department(department, known) if department is not None else None,
            kind=what,
            sender=sender,
            tracking=tracking,
            pieces=count,
            note=note,
            uid=act_uid,
        )
        _tell(state, here, one, N_("Taken in as number {id}"))


@click.command("hand", cls=Command, help=N_("Hand it out."))
@_PARCEL
@option("--to", metavar="NAME", default="", help=N_("Who took it; whom it is for if not given."))
@option("--at", metavar="TIME", help=N_("When, if not now."))
@writes
@click.pass_obj
def hand(
    state: State, *, parcel: str, to: str, at: str | None, operator: str | None, uid: str | None
) -> None:
    """Hand it out."""
    from reception.operations.office import parcels

    act_uid, number = read.uid(uid), read.positive(parcel, "parcel")
    with state.open(operator) as here:
        one = here.desk.do(parcels.hand_out, number, to=to, at=here.moment(at, "at"), uid=act_uid)
        _tell(state, here, one, N_("Handed out number {id}"))


@click.command("back", cls=Command, help=N_("Note that it was sent back."))
@_PARCEL
@option("--why", metavar="TEXT", default="", help=N_("Why."))
@writes
@click.pass_obj
def back(state: State, *, parcel: str, why: str, operator: str | None, uid: str | None) -> None:
    """Send it back."""
    from reception.operations.office import parcels

    act_uid, number = read.uid(uid), read.positive(parcel, "parcel")
    with state.open(operator) as here:
        one = here.desk.do(parcels.send_back, number, why=why, uid=act_uid)
        _tell(state, here, one, N_("Sent back number {id}"))


@click.command("list", cls=Command, help=N_("List what lies here, the oldest first."))
@option("--all", "every", is_flag=True, help=N_("Also what was handed out or sent back, the newest first."))
@option("--limit", metavar="N", default="200", help=N_("How many at most; 200 if not given."))
@reads
@click.pass_obj
def listed(state: State, *, every: bool, limit: str) -> None:
    """List parcels."""
    from reception.operations.office import parcels

    most = read.positive(limit, "limit")
    with state.open() as here:
        found = here.desk.ask(parcels.rows, which="all" if every else "here", limit=most)
        lines = layout.table([cells(one, state.wording, here.zone) for one in found])
        state.tell([document(one, here.zone) for one in found], lines)


parcel.holds(add, hand, back, listed)


def _tell(state: State, here: AtDesk, one: ParcelRow, message: str) -> None:
    state.tell(document(one, here.zone), [state.wording.gettext(message).format(id=one.id)])


def document(one: ParcelRow, zone: dt.tzinfo) -> documents.Document:
    """What was taken in as JSON; the keys are a promise."""
    texts = ("whom", "department", "sender", "tracking", "note", "handed_to", "operator")
    return {
        "id": one.id,
        "kind": one.kind.value,
        "status": one.status.value,
        **{name: getattr(one, name) or None for name in texts},
        "pieces": one.pieces,
        "received_at": documents.instant(one.received_at, zone),
        "handed_at": documents.instant(one.handed_at, zone),
        "days": one.days,
        "long": one.long,
    }


def cells(one: ParcelRow, wording: Wording, zone: dt.tzinfo) -> list[str]:
    """The cells of its line."""
    _ = wording.gettext
    kind, status = (
        words.small(_(word))
        for word in (office_words.PARCEL_KINDS[one.kind], office_words.PARCELS[one.status])
    )
    whom = " · ".join(filter(None, (one.whom, one.department_name)))
    pieces = _("{count} pieces").format(count=one.pieces) if one.pieces > 1 else ""
    at = one.received_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    days = _("{days} days").format(days=one.days) if one.long else ""
    told = (
        str(one.id),
        at,
        kind,
        whom,
        one.sender,
        one.tracking,
        pieces,
        status,
        one.handed_to,
        days,
        one.note,
    )
    return [plain(text) for text in told]
