"""Commands of the shift: hand over, accept, pin a note, say who is on duty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import click

from reception import words
from reception.cli import documents, layout, read
from reception.cli.frame import Command, option
from reception.cli.state import AtDesk, State, writes
from reception.cli.streams import plain
from reception.errors import InputError, NotFoundError
from reception.facts import Duty, PinKind, Todo
from reception.facts.shifts import Handover, HandoverItem, Pin, Shift
from reception.numbers import day_date
from reception.wording import N_, Wording


@click.command(
    "handover",
    cls=Command,
    help=N_(
        "Show what waits at this desk and whether its last shift was accepted; hand over, or accept.\n\n"
        "Whoever comes next accepts, once, or says what is missing."
    ),
)
@option("--give", is_flag=True, help=N_("Hand the shift over with all that is open now."))
@option("--remark", metavar="TEXT", default="", help=N_("What to say with it."))
@option("--accept", is_flag=True, help=N_("Accept the shift that was handed over."))
@option("--missing", metavar="TEXT", default="", help=N_("Answer it with what is missing."))
@option("--take-back", is_flag=True, help=N_("Take your answer back; it waits to be accepted again."))
@writes
@click.pass_obj
def handover(
    state: State,
    *,
    give: bool,
    remark: str,
    accept: bool,
    missing: str,
    take_back: bool,
    operator: str | None,
    uid: str | None,
) -> None:
    """The shift of this desk."""
    from reception.operations import shifts

    act_uid = read.uid(uid)
    answers = accept or bool(missing)
    if sum((give, answers, take_back)) > 1:
        raise InputError("Hand over, accept or take back: one at a time.", field="give")
    with state.open(operator) as here:
        if give:
            here.desk.do(shifts.hand_over, remark, uid=act_uid)
        elif answers or take_back:
            last = here.desk.ask(shifts.look).last
            if last is None:
                raise NotFoundError("No shift was handed over at this desk.", field="give")
            if take_back:
                here.desk.do(shifts.take_back, last.id, uid=act_uid)
            else:
                here.desk.do(shifts.accept, last.id, missing=missing, uid=act_uid)
        shift = here.desk.ask(shifts.look)
        state.tell(_document(shift, here.zone), _lines(shift, state.wording, here.zone))


def _document(shift: Shift, zone: dt.tzinfo) -> documents.Document:
    counters = shift.counters
    return {
        "desk": shift.desk or None,
        "operator": shift.operator or None,
        "overdue": counters.overdue,
        "not_received": counters.not_received,
        "unhandled": counters.unhandled,
        "waiting": counters.waiting,
        "callbacks": counters.callbacks,
        "unanswered": counters.unanswered,
        "to_check": counters.to_check,
        "leaders": [_item(one, zone) for one in shift.leaders],
        "pins": [_pin(one, zone) for one in shift.pins],
        "accepted": shift.unaccepted is None,
        "handover": _handover(shift.last, zone) if shift.last is not None else None,
    }


def _handover(one: Handover, zone: dt.tzinfo) -> documents.Document:
    return {
        "at": documents.instant(one.at, zone),
        "giver": one.giver,
        "remark": one.remark or None,
        "open": one.open_items,
        "items": [_item(item, zone) for item in one.items],
        "answered_at": documents.instant(one.answered_at, zone),
        "taker": one.taker or None,
        "missing": one.missing or None,
    }


def _item(one: HandoverItem, zone: dt.tzinfo) -> documents.Document:
    return {
        "what": one.what.value,
        "text": one.text or None,
        "number": one.number or None,
        "department": one.department or None,
        "due": documents.instant(one.due_at, zone),
    }


def _pin(one: Pin, zone: dt.tzinfo) -> documents.Document:
    return {
        "id": one.id,
        "kind": one.kind.value,
        "text": one.text,
        "until": day_date(one.until_day).isoformat() if one.until_day else None,
        "operator": one.operator,
        "created_at": documents.instant(one.created_at, zone),
    }


def _lines(shift: Shift, wording: Wording, zone: dt.tzinfo) -> Iterator[str]:
    _ = wording.gettext
    counts = shift.counters
    yield _(
        "Overdue {overdue}, late: not received {late}, papers {papers}, waiting {waiting}, "
        "call-backs {calls}, unanswered {unanswered}, to be checked {check}"
    ).format(
        overdue=counts.overdue,
        late=counts.not_received,
        papers=counts.unhandled,
        waiting=counts.waiting,
        calls=counts.callbacks,
        unanswered=counts.unanswered,
        check=counts.to_check,
    )
    yield from _items(shift.leaders, wording, zone)
    yield from layout.table([_pinned(one, wording) for one in shift.pins])
    if shift.last is not None:
        yield from _told(shift.last, wording, zone)


def _told(one: Handover, wording: Wording, zone: dt.tzinfo) -> Iterator[str]:
    _ = wording.gettext
    given = _("Handed over by {giver} at {time}: {count} to be done then").format(
        giver=plain(one.giver), time=_time(one.at, zone), count=one.open_items
    )
    yield f"{given}  {plain(one.remark)}".rstrip()
    yield from (f"  {line}" for line in _items(one.items, wording, zone))
    if one.answered_at is None:
        yield _("Nobody has accepted it yet.")
        return
    said = N_("Accepted by {taker} at {time}") if not one.missing else N_("Missing, says {taker} at {time}:")
    line = _(said).format(taker=plain(one.taker), time=_time(one.answered_at, zone))
    yield f"{line} {plain(one.missing)}".rstrip()


def _items(items: tuple[HandoverItem, ...], wording: Wording, zone: dt.tzinfo) -> Iterator[str]:
    def cells(one: HandoverItem) -> list[str]:
        word = words.TODOS[one.what] if isinstance(one.what, Todo) else words.PINS[one.what]
        due = _due(one.due_at, zone) if one.due_at else ""
        told = (words.small(wording.gettext(word)), one.number, one.department, due, one.text)
        return [plain(text) for text in told]

    return layout.table([cells(one) for one in items])


def _pinned(one: Pin, wording: Wording) -> list[str]:
    until = f"– {day_date(one.until_day).isoformat()}" if one.until_day else ""
    kind = words.small(wording.gettext(words.PINS[one.kind]))
    return [str(one.id), kind, plain(one.text), until]


def _due(moment: dt.datetime, zone: dt.tzinfo) -> str:
    here = moment.astimezone(zone)
    if here.time() == dt.time():  # the midnight after the day on which it is due
        return (here.date() - dt.timedelta(days=1)).isoformat()
    return _time(moment, zone)


def _time(moment: dt.datetime, zone: dt.tzinfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


@click.command("pin", cls=Command, help=N_("Pin a note for the next shift."))
@click.argument("text", metavar="TEXT")
@option("--kind", metavar="WORD", default="note", help=N_("note, leader (said so) or held (at the desk)."))
@option("--until", metavar="DATE", help=N_("Up to and with which day; until it is ended if not given."))
@writes
@click.pass_obj
def pin(
    state: State, *, text: str, kind: str, until: str | None, operator: str | None, uid: str | None
) -> None:
    """Pin a note."""
    from reception.operations import pins

    act_uid, what = read.uid(uid), read.word(kind, PinKind, "kind")
    last = read.day(until) if until is not None else None
    with state.open(operator) as here:
        one = here.desk.do(pins.pin, text, kind=what, until=last, uid=act_uid)
        _tell_pin(state, here, one, N_("Pinned as number {id}"))


@click.command("unpin", cls=Command, help=N_("End a pinned note; 'reception handover' lists them."))
@click.argument("note", metavar="N")
@writes
@click.pass_obj
def unpin(state: State, *, note: str, operator: str | None, uid: str | None) -> None:
    """End a note."""
    from reception.operations import pins

    act_uid, number = read.uid(uid), read.positive(note, "note")
    with state.open(operator) as here:
        one = here.desk.do(pins.end, number, uid=act_uid)
        _tell_pin(state, here, one, N_("Ended note {id}"))


def _tell_pin(state: State, here: AtDesk, one: Pin, message: str) -> None:
    state.tell(_pin(one, here.zone), [state.wording.gettext(message).format(id=one.id)])


@click.command(
    "on-duty",
    cls=Command,
    help=N_("Show who is on duty outside the office hours of a day, or enter it."),
)
@click.argument("day", metavar="[DATE]", required=False)
@option("--officer", metavar="NAME", help=N_("The duty officer."))
@option("--leader", metavar="NAME", help=N_("The leader on duty."))
@option("--weather", metavar="TEXT", help=N_("The weather."))
@writes
@click.pass_obj
def on_duty(
    state: State,
    *,
    day: str | None,
    officer: str | None,
    leader: str | None,
    weather: str | None,
    operator: str | None,
    uid: str | None,
) -> None:
    """Who is on duty."""
    from reception.operations import duties

    act_uid = read.uid(uid)
    chosen = read.day(day) if day is not None else None
    with state.open(operator) as here:
        number = here.today if chosen is None else chosen
        duty = here.desk.ask(duties.of, number)
        if (officer, leader, weather) != (None, None, None):
            new = Duty(
                number,
                duty.officer if officer is None else officer,
                duty.leader if leader is None else leader,
                duty.weather if weather is None else weather,
            )
            duty = here.desk.do(duties.save, new, uid=act_uid)
    told = (day_date(duty.day).isoformat(), duty.officer, duty.leader, duty.weather)
    document = {
        "day": told[0],
        "officer": duty.officer or None,
        "leader": duty.leader or None,
        "weather": duty.weather or None,
    }
    state.tell(document, ["  ".join(plain(text) for text in told if text)])
