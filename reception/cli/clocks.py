"""Commands about time: due dates, the calendar, the limits, who is away, the clock of a referral."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reception import words
from reception.cli import documents, layout, read
from reception.cli.frame import Command, option
from reception.cli.state import AtDesk, State, prints_json, writes
from reception.cli.streams import plain
from reception.errors import InputError
from reception.facts import Absence, Catalogue, Limit, LimitClock, LimitRule
from reception.numbers import day_date
from reception.wording import N_, Wording

if TYPE_CHECKING:
    from reception.deadlines import Due, Year

_REFERRAL = click.argument("referral", metavar="REFERRAL")
_SHOW, _IMPORT, _EXPORT = "show", "import", "export"


@click.command(
    "due",
    cls=Command,
    help=N_(
        "Tell when a limit ends.\n\n"
        "A limit in days starts on the next day and rolls forward over days off; one in hours runs while the "
        "office is open. Provisional means that the notice of a year is not known yet."
    ),
)
@option("--from", "start", metavar="TIME", help=N_("When it begins: a date, or a time; now if not given."))
@option("--limit", metavar="N", required=True, help=N_("How many days or hours."))
@option(
    "--clock",
    metavar="WORD",
    default="working",
    help=N_("calendar (days), working (days; if not given) or hours (of office time)."),
)
@prints_json
@click.pass_obj
def due(state: State, *, start: str | None, limit: str, clock: str) -> None:
    """Tell when a limit ends."""
    from reception.operations import terms

    counted = Limit(read.positive(limit, "limit"), read.word(clock, LimitClock, "clock"))
    with state.open() as here:
        _know_years(here)
        found = here.desk.ask(terms.due, _begin(start, here), counted)
        text = _when(found, counted.clock, here.zone)
    said = N_("Due: {day} (provisional)") if found.provisional else N_("Due: {day}")
    line = state.wording.gettext(said).format(day=_shown(text))
    state.tell({"due": text, "provisional": found.provisional}, [line])


def _begin(text: str | None, here: AtDesk) -> dt.datetime | dt.date:
    if text is None:
        return here.desk.clock()
    if ":" in text:
        return read.instant(text, here.zone, here.today_date, "started_at")
    return day_date(read.day(text))


def _when(found: Due, clock: LimitClock, zone: dt.tzinfo) -> str:
    if clock is LimitClock.HOURS:
        return found.at.astimezone(zone).isoformat(timespec="seconds")
    return found.day.isoformat()


def _shown(text: str) -> str:
    """A date, or a time without seconds and offset."""
    return text[:16].replace("T", " ")


def _know_years(here: AtDesk) -> None:
    """Let a register from before learn the published years."""
    from reception.operations import working_days

    if here.desk.ask(working_days.wanting):
        here.desk.do(working_days.learn)


@click.command(
    "calendar",
    cls=Command,
    help=N_(
        "Show, import or export the days off and make-up days of a year.\n\n"
        "show YEAR; import YEAR FILE; export YEAR [FILE]. The file is CSV in UTF-8: date, off or worked, "
        "name. An import replaces the year, and every open due date is computed again."
    ),
)
@click.argument("what", metavar="WORD")
@click.argument("year", metavar="YEAR")
@click.argument("file", metavar="[FILE]", required=False)
@writes
@click.pass_obj
def calendar(
    state: State, *, what: str, year: str, file: str | None, operator: str | None, uid: str | None
) -> None:
    """The working calendar."""
    from reception import years

    if what not in (_SHOW, _IMPORT, _EXPORT):
        raise InputError(
            "'{text}' cannot stand here. Choose one of: {words}.",
            text=what[:60],
            words=", ".join((_SHOW, _IMPORT, _EXPORT)),
        )
    number = years.right_year(read.whole(year, "year"))
    with state.open(operator) as here:
        _know_years(here)
        if what == _IMPORT:
            _import(state, here, number, file, uid)
        elif what == _EXPORT:
            _export(state, here, number, file)
        else:
            _show(state, here, number)


def _import(state: State, here: AtDesk, year: int, file: str | None, uid: str | None) -> None:
    from reception import years
    from reception.operations import working_days

    if file is None:
        raise InputError("{name} is missing; '--help' shows what belongs here.", name="FILE")
    text = years.decoded(Path(file).read_bytes())
    told = years.parse(year, text)
    if not (told.off or told.worked):
        raise InputError("There is no day off in {path}.", field="days", path=file)
    here.desk.do(working_days.save_year, year, text, uid=read.uid(uid))
    counts = {"year": year, "off": len(told.off), "worked": len(told.worked)}
    line = state.wording.gettext("Saved the calendar of {year}: {off} days off, {worked} make-up days.")
    state.tell(counts, [line.format(**counts)])


def _export(state: State, here: AtDesk, year: int, file: str | None) -> None:
    from reception import years
    from reception.operations import working_days

    path = Path(file or f"calendar-{year}.csv")
    text = years.as_csv(here.desk.ask(working_days.year, year))
    path.write_bytes(text.encode())
    line = state.wording.gettext("The calendar of {year} is in {path}").format(year=year, path=path)
    state.tell({"year": year, "file": str(path)}, [line])


def _show(state: State, here: AtDesk, year: int) -> None:
    from reception.operations import working_days

    found = here.desk.ask(working_days.working_days)
    told = found.years.get(year)
    document = {"year": year, "known": told is not None, "days": _days(told) if told is not None else []}
    lines = _year_lines(_days(told), state.wording) if told is not None else [_unknown(year, state.wording)]
    state.tell(document, lines)


def _days(year: Year) -> list[dict[str, Any]]:
    days = [(day, "off", name) for day, name in year.off.items()]
    days += [(day, "worked", name) for day, name in year.worked.items()]
    return [{"date": day.isoformat(), "kind": kind, "name": name or None} for day, kind, name in sorted(days)]


def _year_lines(days: list[dict[str, Any]], wording: Wording) -> Iterator[str]:
    said = {"off": wording.gettext("day off"), "worked": wording.gettext("make-up day")}
    return layout.table([[one["date"], said[one["kind"]], plain(one["name"] or "")] for one in days])


def _unknown(year: int, wording: Wording) -> str:
    text = wording.gettext(
        "The notice of {year} is not known yet: Monday to Friday count without the fixed days off, and every "
        "date is provisional."
    )
    return text.format(year=year)


@click.command(
    "limits",
    cls=Command,
    help=N_("List the site's limits; --load takes over those of the template that are missing."),
)
@option("--load", is_flag=True, help=N_("Take over the template's limits first."))
@writes
@click.pass_obj
def limits(state: State, *, load: bool, operator: str | None, uid: str | None) -> None:
    """The site's limits."""
    from reception.operations import limiting, terms

    with state.open(operator) as here:
        if load:
            _know_years(here)
            here.desk.do(limiting.adopt, uid=read.uid(uid))
        rules = here.desk.ask(terms.rules)
        matters = {one.id: one.name for one in here.catalogue.matters}
    document = [_limit(one, matters) for one in rules]
    state.tell(document, _limit_lines(rules, matters, state.wording))


def _limit(rule: LimitRule, matters: dict[int, str]) -> dict[str, Any]:
    return {
        "matter": matters.get(rule.matter_id or 0),
        "urgency": rule.urgency,
        "category": rule.category,
        "source": rule.source,
        "limit": rule.amount,
        "clock": rule.clock,
        "remind_days": rule.remind_days,
        "active": rule.active,
    }


def _limit_lines(rules: tuple[LimitRule, ...], matters: dict[int, str], wording: Wording) -> Iterator[str]:
    _ = wording.gettext
    rows = [[_("Limit"), _("Counted in"), _("Reminder days"), _("For what"), ""]]
    for rule in rules:
        names = (
            plain(matters.get(rule.matter_id or 0, "")),
            _(words.URGENCIES[rule.urgency]) if rule.urgency else "",
            _(words.CATEGORIES[rule.category]) if rule.category else "",
            _(words.SOURCES[rule.source]) if rule.source else "",
        )
        about = _(", ").join(filter(None, names)) or _("everything else")
        unused = "" if rule.active else _("no longer used")
        rows.append([str(rule.amount), _(words.CLOCKS[rule.clock]), str(rule.remind_days), about, unused])
    return layout.table(rows)


@click.command(
    "absent",
    cls=Command,
    for_departments=True,
    help=N_("Note that officer A or B of a department is away: until midnight, or up to a day."),
)
@click.argument("code", metavar="CODE")
@click.argument("officer", metavar="A|B")
@option("--until", metavar="DATE", help=N_("The last day of the absence; today if not given."))
@option("--back", is_flag=True, help=N_("Back before that day."))
@writes
@click.pass_obj
def absent(
    state: State,
    *,
    code: str,
    officer: str,
    until: str | None,
    back: bool,
    operator: str | None,
    uid: str | None,
) -> None:
    """An officer is away, or back."""
    from reception.operations import absences

    act_uid, which = read.uid(uid), officer.strip().lower()
    last = read.day(until) if until is not None else None
    if back and last is not None:
        raise InputError("Who is back is not away until a day: leave one of --until and --back out.")
    with state.open(operator) as here:
        where = read.department(code, here.catalogue.departments)
        if back:
            found = here.desk.do(absences.back_to_work, where, which, uid=act_uid)
        else:
            found = here.desk.do(absences.away, where, which, until=last, uid=act_uid)
        document = _absence(found, here.catalogue)
    said = N_("Back: officer {officer} of {code}")
    if not found.ended:
        said = N_("Away until the end of {day}: officer {officer} of {code}")
    values = {"officer": document["officer"], "code": document["department"], "day": document["until"]}
    state.tell(document, [state.wording.gettext(said).format(**values)])


def _absence(found: Absence, catalogue: Catalogue) -> dict[str, Any]:
    fact = next(one for one in catalogue.departments if one.id == found.department_id)
    return {
        "department": fact.code,
        "officer": found.officer.upper(),
        "name": (fact.officer_a if found.officer == "a" else fact.officer_b) or None,
        "from": day_date(found.first_day).isoformat(),
        "until": day_date(found.last_day).isoformat(),
        "back": found.ended,
    }


@click.command("extend", cls=Command, help=N_("Give a referral more time."))
@_REFERRAL
@option("--by", "amount", metavar="N", required=True, help=N_("How many more of what its limit counts."))
@option("--reason", metavar="TEXT", required=True, help=N_("Why."))
@option("--approver", metavar="NAME", required=True, help=N_("Who allowed it."))
@writes
@click.pass_obj
def extend(
    state: State,
    *,
    referral: str,
    amount: str,
    reason: str,
    approver: str,
    operator: str | None,
    uid: str | None,
) -> None:
    """More time."""
    from reception.operations import referrals

    act_uid, more = read.uid(uid), read.positive(amount, "amount")
    with state.open(operator) as here:
        which = here.referral(referral).id
        here.desk.do(referrals.extend, which, more, reason=reason, approver=approver, uid=act_uid)
        _tell_clock(state, here, referral, N_("Extended {name}: due {day}"))


@click.command(
    "pause", cls=Command, help=N_("Stop a referral's clock while the person must bring something.")
)
@_REFERRAL
@option("--reason", metavar="TEXT", required=True, help=N_("What is awaited."))
@writes
@click.pass_obj
def pause(state: State, *, referral: str, reason: str, operator: str | None, uid: str | None) -> None:
    """Stop the clock."""
    from reception.operations import referrals

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        here.desk.do(referrals.pause, here.referral(referral).id, reason, uid=act_uid)
        _tell_clock(state, here, referral, N_("The clock of {name} stands"))


@click.command("resume", cls=Command, help=N_("Let a referral's clock go on."))
@_REFERRAL
@writes
@click.pass_obj
def resume(state: State, *, referral: str, operator: str | None, uid: str | None) -> None:
    """Let the clock go on."""
    from reception.operations import referrals

    act_uid = read.uid(uid)
    with state.open(operator) as here:
        here.desk.do(referrals.resume, here.referral(referral).id, uid=act_uid)
        _tell_clock(state, here, referral, N_("The clock of {name} goes on: due {day}"))


def _tell_clock(state: State, here: AtDesk, name: str, message: str) -> None:
    one, referral = here.part(name), here.referral(name)
    told = documents.term(referral.term, here.zone)
    line = state.wording.gettext(message).format(name=one.name, day=_shown(str(told["due"])))
    state.tell(documents.part(one, referral, here.zone), [line])
