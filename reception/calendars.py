"""Calendars as files (iCalendar, RFC 5545): read into appointments, written from them. No network.

What is read: every event that is not over, in any time zone that the file explains or the computer knows;
times without a zone are the site's, a day without a time runs from midnight to midnight. An event that comes
again is read for each time within the days asked for, with what was moved or called off of it. What cannot be
read is told event by event; the rest is read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from reception.errors import InputError
from reception.shapes import dataclass
from reception.text import SHORT, clean_line
from reception.text.patterns import later
from reception.wording import N_, Wording

if TYPE_CHECKING:
    from icalendar import Event

DAYS = 60
"""So many days ahead an event that comes again is read."""
MOST_BYTES = 20_000_000
_OWN = "X-RECEPTION-"
_OWN_TEXTS = ("name", "organisation", "phone", "plate", "whom", "subject", "note")
_RARELY = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_OLDEST = 1900
_ESCAPED = later(r"\\([\\,;])")
_PRODUCT = "-//Reception//Reception desk//EN"


@dataclass(frozen=True, slots=True)
class Appointment:
    """An event of a calendar; ``uid`` is its UID, of one that comes again with ``/`` and its instant behind.

    ``until`` is None where it has no length.
    """

    uid: str
    at: dt.datetime
    until: dt.datetime | None = None
    cancelled: bool = False
    name: str = ""
    organisation: str = ""
    phone: str = ""
    party_size: int | None = None
    plate: str = ""
    room: str = ""
    whom: str = ""
    subject: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """An event that could not be read, and why."""

    what: str
    why: InputError


@dataclass(frozen=True, slots=True)
class Calendar:
    """What was read of a file; ``series`` are the UIDs of what comes again, ``over`` counts what is over."""

    appointments: tuple[Appointment, ...]
    series: frozenset[str]
    unread: tuple[Unread, ...]
    over: int


def read(content: bytes, zone: dt.tzinfo, since: dt.datetime) -> Calendar:
    """What a file holds from an instant on (the beginning of a day). Raises InputError for no calendar."""
    events, called_off = _events(content)
    moved = {(_text(one, "UID"), _instant(one, "RECURRENCE-ID", zone)) for one in events if _is_moved(one)}
    found: dict[str, Appointment] = {}
    unread: list[Unread] = []
    series, over = set(), 0
    for event in events:
        try:
            for one in _occurrences(event, zone, since, moved):
                one = _about(event, one, called_off)
                if (one.until or one.at) < since:
                    over += 1
                else:
                    found[one.uid] = one
            if "RRULE" in event:
                series.add(_text(event, "UID"))
        except InputError as error:
            unread.append(Unread(_text(event, "SUMMARY") or _text(event, "UID"), error))
        except (ValueError, TypeError, ArithmeticError, AttributeError, KeyError):
            said = InputError(N_("It is not written as calendars are."))
            unread.append(Unread(_text(event, "SUMMARY") or _text(event, "UID"), said))
    ordered = tuple(sorted(found.values(), key=lambda one: (one.at, one.uid)))
    return Calendar(ordered, frozenset(series), tuple(unread), over)


def write(
    appointments: Iterable[Appointment], zone: dt.tzinfo, stamp: dt.datetime, wording: Wording
) -> bytes:
    """A calendar file: instants in UTC, whole days as days; what we alone know under names of our own."""
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("PRODID", _PRODUCT)
    calendar.add("VERSION", "2.0")
    for one in appointments:
        event = icalendar.Event()
        event.add("UID", one.uid)
        event.add("DTSTAMP", stamp.astimezone(dt.UTC))
        for name, moment in zip(("DTSTART", "DTEND"), _span(one, zone), strict=True):
            if moment is not None:
                event.add(name, moment)
        who = " · ".join(filter(None, (one.organisation, one.name)))
        event.add("SUMMARY", ": ".join(filter(None, (who, one.subject))))
        if one.room:
            event.add("LOCATION", one.room)
        if described := "\n".join(_described(one, wording)):
            event.add("DESCRIPTION", described)
        event.add("STATUS", "CANCELLED" if one.cancelled else "CONFIRMED")
        for name in _OWN_TEXTS:
            if value := getattr(one, name):
                event.add(_OWN + name.upper(), icalendar.vText(value))
        if one.party_size is not None:
            event.add(_OWN + "PEOPLE", icalendar.vText(str(one.party_size)))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(content: bytes) -> tuple[list[Event], bool]:
    """The events of a file, and whether the whole of it calls them off."""
    import icalendar

    wrong = InputError(N_("This is no calendar file (.ics)."), field="file")
    if len(content) > MOST_BYTES:
        raise wrong
    try:
        calendars = icalendar.Calendar.from_ical(_decoded(content), multiple=True)
    except (ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
        raise wrong from error
    if not calendars:
        raise wrong
    method = str(calendars[0].get("METHOD", "")).upper()
    events = [event for one in calendars for event in one.walk("VEVENT")]
    return cast("list[Event]", events), method == "CANCEL"


def _decoded(content: bytes) -> str:
    """Its text, as it was written. Raises UnicodeError: with signs in their place, names would be lost."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")  # as older programs here write


def _occurrences(
    event: Event, zone: dt.tzinfo, since: dt.datetime, moved: set[tuple[str, dt.datetime | None]]
) -> Iterator[Appointment]:
    """Each time at which an event is, without what it is about."""
    uid, start = _text(event, "UID"), _value(event, "DTSTART")
    if not uid:
        raise InputError(N_("It has no UID, so that it would be there twice the next time."))
    if start is None:
        raise InputError(N_("It does not say when."))
    length = _length(event, start, zone)
    if (one := _instant(event, "RECURRENCE-ID", zone)) is not None:
        yield _timed(f"{uid}/{one:%Y%m%dT%H%M%SZ}", _placed(event, start, zone), length)
        return
    if "RRULE" not in event and "RDATE" not in event:
        yield _timed(uid, _placed(event, start, zone), length)
        return
    left_out = {_placed(event, one, zone) for one in _dates(event, "EXDATE")}
    horizon = since + dt.timedelta(days=DAYS)
    for moment in sorted({*_rule(event, start, zone, horizon), *_added(event, zone, horizon)}):
        if moment in left_out or (uid, moment) in moved or moment + (length or dt.timedelta()) < since:
            continue
        yield _timed(f"{uid}/{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}", moment, length)


def _rule(event: Event, start: dt.date, zone: dt.tzinfo, horizon: dt.datetime) -> Iterator[dt.datetime]:
    """The instants of an event that comes again, by the clock of its own zone."""
    from dateutil.rrule import rrulestr

    first = _placed(event, start, zone)
    yield first
    rules = event.get("RRULE")
    for rule in rules if isinstance(rules, list) else [rules] if rules is not None else []:
        if not set(rule["FREQ"]) <= _RARELY:
            raise InputError(N_("It comes again more often than every day."))
        if first.year < _OLDEST:
            raise InputError(N_("It began before {year}."), year=_OLDEST)
        ends = [_placed(event, one, zone) for one in rule.get("UNTIL", ())]
        if not isinstance(start, dt.datetime):
            ends = [one + dt.timedelta(days=1, seconds=-1) for one in ends]
        last = min(horizon, *(one.astimezone(dt.UTC) for one in ends)) if ends else horizon
        kept = {name: value for name, value in rule.items() if name not in ("UNTIL", "COUNT")}
        text = type(rule)(kept).to_ical().decode()
        times = rrulestr(text, dtstart=first).replace(until=last)  # else it looks for a 30 February for ever
        yield from islice(times, *rule.get("COUNT", (None,)))


def _added(event: Event, zone: dt.tzinfo, horizon: dt.datetime) -> Iterator[dt.datetime]:
    for one in _dates(event, "RDATE"):
        moment = _placed(event, one[0] if isinstance(one, tuple) else one, zone)
        if moment <= horizon:
            yield moment


def _dates(event: Event, name: str) -> Iterator[Any]:
    lists = event.get(name, [])
    for several in lists if isinstance(lists, list) else [lists]:
        for one in several.dts:
            yield one.dt


def _is_moved(event: Event) -> bool:
    try:
        return _value(event, "RECURRENCE-ID") is not None
    except (ValueError, AttributeError):
        return False


def _value(event: Event, name: str) -> Any:
    found = event.get(name)
    return found.dt if found is not None else None


def _instant(event: Event, name: str, zone: dt.tzinfo) -> dt.datetime | None:
    found = _value(event, name)
    return _placed(event, found, zone, name).astimezone(dt.UTC) if found is not None else None


def _placed(event: Event, value: dt.date, zone: dt.tzinfo, name: str = "DTSTART") -> dt.datetime:
    """A date or time of an event with its zone: the site's where it has none. Raises InputError."""
    if not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time(), zone)
    if value.tzinfo is not None:
        return value
    if stated := getattr(event.get(name), "params", {}).get("TZID"):
        raise InputError(N_("Its time zone '{name}' is not known."), name=str(stated)[:60])
    return value.replace(tzinfo=zone)


def _length(event: Event, start: dt.date, zone: dt.tzinfo) -> dt.timedelta | None:
    """How long it is; None for no time at all."""
    if (lasts := _value(event, "DURATION")) is not None:
        length: dt.timedelta = lasts
    elif (end := _value(event, "DTEND")) is not None:
        length = _placed(event, end, zone, "DTEND") - _placed(event, start, zone)
    else:
        length = dt.timedelta(days=0 if isinstance(start, dt.datetime) else 1)
    if length < dt.timedelta():
        raise InputError(N_("It ends before it begins."))
    return length or None


def _timed(uid: str, at: dt.datetime, length: dt.timedelta | None) -> Appointment:
    # The length is added by the clock of the event's zone: a day may have 23 hours.
    until = (at + length).astimezone(dt.UTC) if length else None
    return Appointment(uid, at.astimezone(dt.UTC), until)


def _about(event: Event, one: Appointment, called_off: bool) -> Appointment:
    """What an event is about: by our own names where we wrote it, else by what others write."""
    own = {name: _own(event, name) for name in _OWN_TEXTS}
    people = _own(event, "people")
    told = {
        "subject": _text(event, "SUMMARY"),
        "note": _text(event, "DESCRIPTION"),
        "whom": _called(event.get("ORGANIZER")),
        "name": _guest(event),
    }
    ours = any(own.values())
    texts = {name: _short(own[name] if ours else told.get(name, "")) for name in _OWN_TEXTS}
    return Appointment(
        one.uid,
        one.at,
        one.until,
        called_off or _text(event, "STATUS").upper() == "CANCELLED",
        party_size=int(people) if people.isdecimal() and int(people) > 0 else None,
        room=_short(_text(event, "LOCATION")),
        **texts,
    )


def _guest(event: Event) -> str:
    """Who comes, where one only is invited besides the one who invites."""
    found = event.get("ATTENDEE", [])
    host = str(event.get("ORGANIZER", ""))
    guests = [one for one in (found if isinstance(found, list) else [found]) if str(one) != host]
    return _called(guests[0]) if len(guests) == 1 else ""


def _called(address: Any) -> str:
    params: Mapping[str, Any] = getattr(address, "params", {})
    return str(params.get("CN", ""))


def _own(event: Event, name: str) -> str:
    # What has a name of our own the library leaves escaped.
    return _ESCAPED.sub(lambda found: found[1], _text(event, _OWN + name.upper()))


def _text(event: Event, name: str) -> str:
    found = event.get(name)
    return str(found[0] if isinstance(found, list) else found) if found is not None else ""


def _short(text: str) -> str:
    line = clean_line(text)
    return line if len(line) <= SHORT else line[: SHORT - 1] + "…"


def _span(one: Appointment, zone: dt.tzinfo) -> tuple[dt.date, dt.date | None]:
    """When it is, for a file: days where it runs from midnight to midnight of the site, else UTC."""
    at, until = one.at.astimezone(zone), one.until.astimezone(zone) if one.until is not None else None
    if until is not None and at.time() == until.time() == dt.time():
        return at.date(), until.date()
    return one.at.astimezone(dt.UTC), one.until.astimezone(dt.UTC) if one.until is not None else None


def _described(one: Appointment, wording: Wording) -> Iterator[str]:
    _ = wording.gettext
    facts = (
        (N_("Phone"), one.phone),
        (N_("People"), str(one.party_size) if one.party_size is not None else ""),
        (N_("Plate"), one.plate),
        (N_("Whom they see"), one.whom),
        (N_("Note"), one.note),
    )
    for name, value in facts:
        if value:
            yield _("{name}: {value}").format(name=_(name), value=value)
