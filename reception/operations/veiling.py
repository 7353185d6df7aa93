"""Who sees who told something: the one place that masks and seals what the register shows.

Lists, search and slips mask who reported (举报); the handler sees it by the logged act ``revealing.reveal``.
An accusation (检举控告) is sealed: only the supervisors that the site names see more than number and time.
A department to which they sent one sees besides where its own part stands, so that it can sign for it.
Until people sign in with a password this is courtesy, not security.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy import text as sql

from reception import scope, tables, wording
from reception import text as rules
from reception.context import Session, present
from reception.errors import StateError
from reception.facts import (
    CallbackView,
    Category,
    Details,
    EntryRow,
    EntryView,
    PartView,
    Party,
    ReferralView,
    TrailLine,
    Visibility,
    visibility,
)
from reception.operations import site
from reception.wording import N_

MASK = "某＊＊"
"""Stands for a name; the window's own way of veiling leaves it as it is."""
HIDDEN_DOCUMENT = "****"
SEALED = N_("Accusation (sealed)")
ASK = N_("Accusation (sealed): ask the supervisor")
ASK_WHOM = N_("Accusation (sealed): ask the supervisor ({names})")
_WHO: Mapping[str, Any] = {
    "name": MASK,
    "person": MASK,
    "phone": "",
    "organisation": "",
    "identity_protected": True,
}
_BLANK: Mapping[str, Any] = {
    **dict.fromkeys(("matter", "request", "outcome", "instruction", "wanted", "void_reason", "owner"), ""),
    **dict.fromkeys(("department", "department_name", "officer", "told_whom", "received_by", "answer"), ""),
    **dict.fromkeys(
        ("return_reason", "case_number", "contacted_how", "passed_to", "leader", "last_note"), ""
    ),
    **dict.fromkeys(("asked", "closing_note"), ""),
    **dict.fromkeys(("act", "call_result"), None),
    "sealed": True,
}
_ITS_OWN = frozenset({"department", "department_name", "officer", "told_whom", "received_by"})
"""What a department knows of its own part, also of a sealed one."""
_WORDS = ("subject", "about", "text")
T = TypeVar("T")


def supervises(session: Session) -> bool:
    """Whether whoever said to sit at this desk is one of the supervisors that the site names."""
    sits = present(session)
    here = rules.fold(sits.operator)
    return sits.named and bool(here) and here in {rules.fold(name) for name in site.supervisors(session)}


def of(category: Category | str | None) -> Visibility:
    """Who sees who told an entry of this category, as its row has it."""
    return visibility(Category(category) if category else None)


def sealed(session: Session) -> frozenset[int]:
    """The entries that are sealed for whoever sits here: few in any register."""
    return closed(session, frozenset(session.connection().scalars(_ACCUSATIONS)))


def closed(session: Session, accusations: frozenset[int]) -> frozenset[int]:
    """Those of all accusations that are sealed for whoever sits here."""
    return frozenset() if accusations and supervises(session) else accusations


# the word stands in the statement itself, so that both engines use the index of just these entries
_ACCUSATIONS = select(tables.entry.c.id).where(sql("category = 'accusation'"))


MAY_LEAD = func.coalesce(tables.entry.c.category, "") != Category.REPORT.value
"""Entries to which whoever is known by name or number may lead; accusations are left out before."""


def leads(session: Session, category: Category | str | None) -> bool:
    """Whether a name or a number may lead whoever sits here to an entry of this category."""
    return of(category) is not Visibility.MASKED and not is_sealed(session, category)


def refuse_sealed(session: Session, category: str | None, number: str) -> None:
    """Raises StateError where an entry is sealed for whoever sits here."""
    if not is_sealed(session, category):
        return
    who = site.supervisors(session)
    if who and scope.department(session) is not None:
        raise StateError(
            "{number} is an accusation and sealed: tell the supervisor ({names}), who notes it at the desk.",
            number=number,
            names="、".join(who),
        )
    raise StateError("{number} is an accusation and sealed; only a supervisor works on it.", number=number)


def is_sealed(session: Session, category: Category | str | None) -> bool:
    """Whether an entry of this category is sealed for whoever sits here."""
    return of(category) is Visibility.SEALED and not supervises(session)


def facts(
    session: Session, found: Iterable[tuple[T, Category | str | None]], *, on_paper: bool = False
) -> tuple[T, ...]:
    """Rows of a list as whoever sits here sees them; each comes with the category of its entry."""
    return tuple(one for one, _ in _veiled(session, found, on_paper=on_paper))


def entries(session: Session, rows: Iterable[EntryRow], *, on_paper: bool = False) -> tuple[EntryRow, ...]:
    """Entries of a list as whoever sits here sees them; ``on_paper`` as everybody may."""
    every = [(row, row.category) for row in rows]
    return tuple(one for one, _ in _veiled(session, every, on_paper=on_paper))


def view(session: Session, whole: EntryView, *, on_paper: bool = False) -> EntryView:
    """The whole of an entry as whoever sits here sees it; ``on_paper`` as everybody may."""
    how = of(whole.row.category)
    if how is Visibility.PLAIN or (how is Visibility.SEALED and not on_paper and supervises(session)):
        return whole
    row = entries(session, [whole.row], on_paper=on_paper)[0]
    if how is Visibility.SEALED:
        return EntryView(
            row=row,
            matter_id=None,
            department_id=None,
            parties=(),
            details=Details(identity_protected=True),
            referrals=(),
            trail=tuple(TrailLine(one.at, one.operator, one.desk, one.verb, ()) for one in whole.trail),
        )
    return dataclasses.replace(
        whole,
        row=row,
        parties=tuple(masked(one) for one in whole.parties),
        callbacks=tuple(_without_number(one) for one in whole.callbacks),
    )


def masked(party: Party) -> Party:
    """Somebody who reported, as a view shows them; that there is a document to look at shows too."""
    return Party(name=MASK, document_number=HIDDEN_DOCUMENT)


def unmasked(rows: list[dict[str, Any]], old: Mapping[int, Mapping[str, Any]]) -> None:
    """Put back what a mask stands for: the corrector was shown only the mask and has left it as it was."""
    for position, row in enumerate(rows):
        before = old.get(position)
        if before is None:
            continue
        if row["name"] == MASK:
            row["name"] = before["name"]
        if row["document_number"] == HIDDEN_DOCUMENT:
            row["document_number"] = before["document_number"]
        for name in ("phone", "phone_digits", "organisation", "sex", "document_type", "person_id"):
            row[name] = row[name] or before[name]


def _without_number(call: CallbackView) -> CallbackView:
    attempts = tuple(dataclasses.replace(one, reached="") for one in call.attempts)
    return dataclasses.replace(call, phone="", attempts=attempts)


def _veiled(
    session: Session, found: Iterable[tuple[T, Category | str | None]], *, on_paper: bool = False
) -> Iterable[tuple[T, Category | str | None]]:
    every = list(found)
    if not any(category in _VEILED for _, category in every):  # nearly always
        return every
    # the settings are read only for what is sealed, which few lists hold
    seals = any(of(category) is Visibility.SEALED for _, category in every)
    opens = seals and not on_paper and supervises(session)
    word = _instead(session) if seals else SEALED
    own = scope.department(session) is not None and not on_paper
    return [(_hidden(one, category, word, opens=opens, own=own), category) for one, category in every]


def _instead(session: Session) -> str:
    """What stands where an accusation has words; a department is told whom to ask."""
    gettext = wording.load(site.values(session).get("language", "")).gettext
    if scope.department(session) is None:
        return gettext(SEALED)
    who = site.supervisors(session)
    return gettext(ASK_WHOM).format(names="、".join(who)) if who else gettext(ASK)


_VEILED = frozenset({Category.REPORT, Category.ACCUSATION})


def _hidden(one: T, category: Category | str | None, word: str, *, opens: bool, own: bool) -> T:
    how = of(category)
    if how is Visibility.PLAIN or (how is Visibility.SEALED and opens):
        return one
    hidden = dict(_WHO)
    if how is Visibility.SEALED:
        hidden |= {**_BLANK, **dict.fromkeys(_WORDS, word)}
        hidden = {name: value for name, value in hidden.items() if not own or name not in _ITS_OWN}
    return _with(one, hidden, sealed=how is Visibility.SEALED, own=own)


def _with(one: T, hidden: Mapping[str, Any], *, sealed: bool, own: bool) -> T:
    names = {field.name for field in dataclasses.fields(one)}  # type: ignore[arg-type]
    new = {name: value for name, value in hidden.items() if name in names}
    if isinstance(one, EntryRow) and sealed:
        new["referral_status"] = None
    if isinstance(one, PartView):  # its name is that of the department
        new.pop("name", None)
        if sealed:
            new |= {"outcome": None} if own else {"outcome": None, "name": one.name.partition("/")[0]}
    if isinstance(one, ReferralView) and sealed:
        new |= {"steps": (), "parts": tuple(_with(part, hidden, sealed=True, own=own) for part in one.parts)}
    for inner in ("referral", "part"):
        within = getattr(one, inner) if inner in names else None
        if within is not None:
            new[inner] = _with(within, hidden, sealed=sealed, own=own)
    return dataclasses.replace(one, **new)  # type: ignore[type-var]
