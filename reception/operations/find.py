"""Find: entries by what is written in them, newest first."""

from __future__ import annotations

from reception import text as rules
from reception.context import Session
from reception.errors import InputError
from reception.facts import EntryRow, Query
from reception.finding import asking, leading, pieces, records, state
from reception.finding.conditions import Among, Days, Every, Without
from reception.finding.looking import Look
from reception.finding.names import Names
from reception.finding.protocol import Condition
from reception.finding.reading import rows
from reception.finding.recent import recent
from reception.numbers import parse_number, parse_short
from reception.operations import cleaning, listing, reading, site, veiling

_OF_DAY = "SELECT id, desk_id FROM entry WHERE day = ? AND sequence = ?"
LEAST_DIGITS = pieces.LEAST_DIGITS
_NOTHING = Among(frozenset())


def entries(
    session: Session, query: Query, *, before: int | None = None, limit: int = 50
) -> tuple[EntryRow, ...]:
    """The entries that contain every word of ``query.text`` and pass its filters, newest first.

    Texts contain a word when they do so after cleaning, case folding and width folding of both. Three digits
    or more are also looked for in telephone numbers, however either was written; letters also in the pinyin
    and the initials of names. A whole number finds its entry, a short one (``002``, ``1122-002``) that of
    its day. ``before`` is the id of the last entry of the page above. Raises InputError for a text that is
    too long.

    A sealed entry is found by its number only, unless a supervisor looks for it.
    """
    connection = session.connection()
    cleaned = cleaning.line(query.text, "text")
    standing = state.standing(connection)
    known = recent(connection, standing.heads)
    filters, days = _filters(query, known.names)
    if (number := _number(session, cleaned)) is not None:
        of_number = records.some(connection, [number] if before is None or number < before else [])
        ids, read = [record.id for record in of_number if Every(filters).fits(record)], {}
    else:
        sealed = veiling.closed(session, standing.accusations)
        hidden = (Without(sealed),) if sealed else ()
        asked = asking.conditions(cleaned, known.names, lambda word: _short(session, known.names, word))
        parts = (*filters, *asked, *hidden)
        condition = parts[0] if len(parts) == 1 else Every(parts)
        look = Look(connection, standing, known, condition, days, before, limit)
        ids, read = look.newest(), look.whole
    read |= records.whole(connection, [one for one in ids if one not in read])
    rows = listing.rows(connection, known, [read[one] for one in ids])
    return reading.with_names(session, veiling.entries(session, rows))


def _filters(query: Query, names: Names) -> tuple[tuple[Condition, ...], Days | None]:
    values = {
        "kind": query.kind and query.kind.value,
        "status": query.status and query.status.value,
        "act": query.act and query.act.value,
        "department_id": query.department_id,
    }
    found: list[Condition] = [
        leading.is_(column, value) for column, value in values.items() if value is not None
    ]
    if query.operator:
        known = names.operator_id(rules.clean_line(query.operator))
        found.append(_NOTHING if known is None else leading.is_("operator_id", known))
    if query.from_day is None and query.to_day is None:
        return tuple(found), None
    days = Days(query.from_day or 0, 99_999_999 if query.to_day is None else query.to_day)
    return (*found, days), days


def _number(session: Session, text: str) -> int | None:
    try:
        return reading.find_entry(session, parse_number(text))
    except InputError:
        return None


def _short(session: Session, names: Names, text: str) -> list[Condition]:
    """The entry that the day's list calls so, among what else is found."""
    found = parse_short(text, site.today(session))
    if found is None:
        return []
    day, desk, sequence = found
    kept = rows(session.connection(), _OF_DAY, (day, sequence))
    return [Among(frozenset(one for one, of in kept if desk is None or names.desks.get(of) == desk))]
