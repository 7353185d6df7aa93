"""The site: its settings, its day, and the first rows of a new register."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Collection, Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import insert, select, update

from reception import codes, hours, journal, ladder, papers, tables, text
from reception.context import Session, local_day, now
from reception.errors import InputError
from reception.facts import Category, Lack, Site
from reception.facts.site import names
from reception.numbers import PAPER_FORM, SLIP_FORM, day_date, is_slip_form, read_given
from reception.operations import cleaning, touching
from reception.scope import open_to_departments
from reception.tables import standing
from reception.wording import N_

_S = tables.setting
FIXED = frozenset({"uid", "zone", "template"})
"""What a register is born with; entries already stand in that zone."""
BY_ITSELF = frozenset({"estimates_from"})
"""What the desk itself sets."""
KEY = re.compile(r"[a-z][a-z_]{0,63}\Z")
OFFICE_HOURS = frozenset({"office_hours", "hours_summer", "hours_winter", "summer_from", "winter_from"})
"""What limits in hours rest on."""
OF_LINES = frozenset({"urgent_calls", "things_lent"})
"""Lists with a line for each."""
LIMITS = {
    "waiting_minutes": (1, 600),
    "call_back_tries": (1, 20),
    "receive_hours": (1, 200),
    "parcel_days": (1, 365),
}
USUAL = {
    "waiting_minutes": "10",
    "waiting_sound": "no",
    "office_hours": "",
    "close_day_at": "18:30",
    "scanner_prefix": "~",
    "slip_prefix": "",
    "slip_form": SLIP_FORM,
    "contact_categories": "",
    "leader_look_categories": "",
    "call_back_categories": "",
    standing.TRIES: str(standing.USUAL_TRIES),
    "supervisors": "",
    "reminder_ladder": ladder.USUAL,
    "receive_hours": "4",
    "check_wants": "phone outcome destination read-back",
    "on_duty": "no",
    "papers_by": "16:30",
    "document_form": PAPER_FORM,
    "slips_given": "",
    "papers_given": "",
    "parcel_days": "3",
    "urgent_calls": "",
    "things_lent": "",
}
"""What holds where a register was made before these settings were."""


@open_to_departments
def today(session: Session) -> int:
    """The site's local day now, as ``YYYYMMDD``."""
    return local_day(session, now(session))


def values(session: Session) -> dict[str, str]:
    """All settings."""
    return USUAL | {row.key: row.value for row in session.connection().execute(select(_S.c.key, _S.c.value))}


def slip_form(session: Session) -> str:
    """How the site numbers its written slips, with its prefix in it (``numbers.slip_number``)."""
    found = values(session)
    return found["slip_form"].replace("{prefix}", found["slip_prefix"])


def site(session: Session) -> Site:
    """The site as window and paper need it."""
    found = values(session)
    return Site(
        uid=found["uid"],
        name=found["name"],
        zone=found["zone"],
        language=found["language"],
        footer=found["footer"],
        template=found["template"],
        waiting_minutes=int(found["waiting_minutes"]),
        waiting_sound=found["waiting_sound"] == "yes",
        office_hours=found["office_hours"],
        close_day_at=found["close_day_at"],
        scanner_prefix=found["scanner_prefix"],
        values=tuple(sorted(found.items())),
    )


def found(session: Session, first: Mapping[str, str]) -> None:
    """Write the first settings of a new register, those included that stay as they are ever after."""
    for key, value in first.items():
        uid = uuid.uuid4()
        journal.open_act(session, uid, "setting")
        row = {"key": key, "value": cleaning.line(value, key)}
        result = session.connection().execute(insert(_S), row)
        subject = int(result.inserted_primary_key[0])  # type: ignore[index]
        journal.append(session, "create", ("setting", subject), {"record": touching.created(row)}, uid)


def save(session: Session, changes: Mapping[str, str], *, uid: uuid.UUID) -> Site:
    """Change settings; each that really changes gets its line. Raises InputError naming the setting."""
    if journal.open_act(session, uid, "setting") is not None:
        return site(session)
    rows = {row["key"]: row for row in session.connection().execute(select(_S)).mappings()}
    lines = 0
    told: set[str] = set()
    for key, value in changes.items():
        cleaned = _checked(key, value, rows[key]["value"] if key in rows else None)
        if key in rows and rows[key]["value"] == cleaned:
            continue
        if key in rows:
            subject = rows[key]["id"]
            session.connection().execute(update(_S).where(_S.c.id == subject), {"value": cleaned})
            difference = {"record": {"value": (rows[key]["value"], cleaned)}}
        else:
            result = session.connection().execute(insert(_S), {"key": key, "value": cleaned})
            subject = int(result.inserted_primary_key[0])  # type: ignore[index]
            difference = {"record": touching.created({"key": key, "value": cleaned})}
        verb = "save" if key in rows else "create"
        act = journal.further(uid, lines) if lines else uid
        journal.append(session, verb, ("setting", subject), difference, act)
        lines += 1
        told.add(key)
    follow(session, told)
    return site(session)


def follow(session: Session, told: Collection[str]) -> None:
    """Let what rests on these settings follow them, once they are written."""
    if not OFFICE_HOURS.isdisjoint(told):
        from reception.operations.referrals import recomputing

        recomputing.recompute(session)
    if standing.TRIES in told:
        standing.call_anew(session.connection())


def _checked(key: str, value: str, old: str | None) -> str:
    if not KEY.match(key):
        raise InputError("'{name}' is no setting.", field=key, name=key[:60])
    if key.startswith(papers.PREFIX):
        return _paper(key, value)
    cleaned = cleaning.long_text(value, key) if key in OF_LINES else cleaning.line(value, key)
    if key in FIXED and cleaned != old:
        raise InputError("'{name}' is fixed when the register is made.", field=key, name=key)
    if key == "name" and not cleaned:
        raise InputError("The organisation needs a name; it stands on every sheet.", field=key)
    if key == "language" and cleaned not in ("zh_CN", "en"):
        raise InputError("'{value}' is not known here.", field=key, value=cleaned)
    if key in LIMITS:
        low, high = LIMITS[key]
        if not (cleaned.isascii() and cleaned.isdigit() and low <= int(cleaned) <= high):
            raise InputError("A whole number from {low} to {high}.", field=key, low=low, high=high)
    if key in _RIGHT and not (cleaned == "" and key in _MAY_BE_EMPTY):
        _RIGHT[key](key, cleaned)
    return cleaned


def _hours(key: str, value: str) -> None:
    try:
        hours.read_spans(value)
    except ValueError:
        raise InputError(
            "Write the hours of a day one after the other, such as 08:30-12:00 14:00-17:30.", field=key
        ) from None


def _season(key: str, value: str) -> None:
    try:
        hours.read_month_day(value)
    except ValueError:
        raise InputError("Write month and day, such as 06-01.", field=key) from None


def _time(key: str, value: str) -> None:
    if not _CLOCK.match(value):
        raise InputError("Write the time on the 24-hour clock, such as 18:30.", field=key)


def _prefix(key: str, value: str) -> None:
    if not codes.is_prefix(value):
        raise InputError(
            "Scanner codes begin with one to eight signs of which the first is no letter and no digit, "
            "such as ~.",
            field=key,
        )


def _slip_form(key: str, value: str) -> None:
    if not is_slip_form(value):
        raise InputError(
            "The form of the number says where year and number stand, such as {form}.",
            field=key,
            form=PAPER_FORM if key == "document_form" else SLIP_FORM,
        )


def _given(key: str, value: str) -> None:
    try:
        read_given(value)
    except ValueError:
        raise InputError("Write the year and its last number, such as 2026/413.", field=key) from None


def _yes_or_no(key: str, value: str) -> None:
    if value not in ("yes", "no"):
        raise InputError("Say yes or no.", field=key)


def _day(key: str, value: str) -> None:
    try:
        day_date(int(value) if len(value) == 8 and value.isascii() and value.isdigit() else 0)
    except ValueError:
        raise InputError("'{value}' is no day; write it as 20261122.", field=key, value=value[:60]) from None


def _categories(key: str, value: str) -> None:
    for word in value.split():
        if word not in list(Category):
            raise InputError("'{value}' is not known here.", field=key, value=word[:60])


def _wants(key: str, value: str) -> None:
    for word in value.split():
        if word not in list(Lack):
            raise InputError("'{value}' is not known here.", field=key, value=word[:60])


def _paper(key: str, value: str) -> str:
    """A setting of the paper; a list of columns may be longer than other settings."""
    part = papers.part_of(key)
    if not part:
        raise InputError("'{name}' is no setting.", field=key, name=key)
    cleaned = cleaning.measured(text.clean_line(value), key, _LIST)
    if not papers.is_right(part, cleaned):
        raise InputError(_PAPER[part], field=key)
    return cleaned


def _ladder(key: str, value: str) -> None:
    try:
        ladder.parse(value)
    except ValueError:
        raise InputError(
            "Write working days after the due day and a way, one after the other, such as "
            "-1 phone; 1 written; 6 director.",
            field=key,
        ) from None


_LIST = 1_000
_PAPER = {
    "size": N_("Name the paper, such as A4, A5 or Letter."),
    "turned": N_("Say yes or no."),
    "margins": N_("Write the margin in millimetres, 5 to 50, or four: top, right, bottom and left."),
    "columns": N_("Name each column once, a width of 5 to 200 millimetres behind a colon, such as name:22."),
    "rows": N_("A whole number from 0 to 40."),
    "signatures": N_("Write at most six, with | between them, or - for none."),
    "logo": N_("There is no such picture."),
}
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d\Z", re.ASCII)
_MAY_BE_EMPTY = frozenset({"office_hours", "close_day_at", "scanner_prefix", "papers_by"})
_RIGHT: Mapping[str, Callable[[str, str], None]] = {
    "office_hours": _hours,
    "hours_summer": _hours,
    "hours_winter": _hours,
    "summer_from": _season,
    "winter_from": _season,
    "close_day_at": _time,
    "scanner_prefix": _prefix,
    "slip_form": _slip_form,
    "document_form": _slip_form,
    "slips_given": _given,
    "papers_given": _given,
    "papers_by": _time,
    "waiting_sound": _yes_or_no,
    "estimates_from": _day,
    "contact_categories": _categories,
    "leader_look_categories": _categories,
    "call_back_categories": _categories,
    "reminder_ladder": _ladder,
    "check_wants": _wants,
    "on_duty": _yes_or_no,
}


def asks(session: Session, key: str, category: str | None) -> bool:
    """Whether a setting that lists categories names this one."""
    return category is not None and category in values(session)[key].split()


def supervisors(session: Session) -> tuple[str, ...]:
    """The names of the supervisors, as the site wrote them: one after the other, with commas between."""
    return names(values(session)["supervisors"])


def zone_of(name: str) -> ZoneInfo:
    """The zone of an IANA name. Raises InputError."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InputError(
            "'{name}' is not a time zone; they look like Asia/Shanghai.", field="zone", name=name
        ) from None


def computer_zone() -> str:
    """The IANA name of the computer's zone; UTC where it cannot be told."""
    import tzlocal

    try:
        return str(tzlocal.get_localzone_name() or "UTC")
    except (LookupError, ValueError, OSError):
        return "UTC"
